package cases

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Unit is one thing that the cases of a rubric can exercise: a level of a criterion, an outcome of a gate. It is covered
// by a case that comes true and expects it by name: a level that is only passed on the way to a score is not looked at.
type Unit struct {
	Sort    string // level, evidence, when, gate, flag or band
	Name    string // of the criterion, fact, gate, flag or rubric
	Is      string // what it comes to there: `3 Routine`, `pass`
	Covered bool
}

// Coverage is what the cases of one rubric exercise, of all that they can. What a rubric in use brings along is covered
// by that rubric's own cases.
type Coverage struct {
	Model *score.Model
	Units []*Unit

	own  map[int]bool // the nodes that are written in this rubric
	find map[Unit]*Unit
}

// Sorts of units, in the order in which they are told.
func Sorts() []string { return []string{"level", "evidence", "when", "gate", "flag", "band"} }

// What a unit comes to, besides the words of the engine and the labels of levels.
const (
	applies   = "applies"
	notPassed = "does not pass"
	waived    = "waived"
	byWhen    = "not-applicable (when)"
	byStage   = "not-applicable (from_stage)"
	met       = "met"
	notMet    = "not met"
)

// refusals are what a rule can ask of the items cited, and so the reasons for which it must be seen to refuse one.
var refusals = []struct {
	is      string
	asked   func(*rubric.EvidenceRule) bool
	reasons []score.Reason
}{
	{"too old", func(r *rubric.EvidenceRule) bool { return !r.MaxAge.IsZero() }, []score.Reason{score.TooOld}},
	{"no last day", func(r *rubric.EvidenceRule) bool { return r.ValidUntil == "stated" }, []score.Reason{score.NoLastDay}},
	{"version not covered", func(r *rubric.EvidenceRule) bool { return r.Version == "stated" }, []score.Reason{score.OtherVersion, score.VersionNotCovered}},
	{"not independent", func(r *rubric.EvidenceRule) bool { return r.Independent }, []score.Reason{score.NotIndependent}},
	{"not checked", func(r *rubric.EvidenceRule) bool { return r.Checked }, []score.Reason{score.NotChecked}},
	{"check fails", func(r *rubric.EvidenceRule) bool { return r.Check != "" }, []score.Reason{score.CheckFails}},
}

// NewCoverage lists what can be exercised, none of it covered.
func NewCoverage(m *score.Model) *Coverage {
	c := &Coverage{Model: m, own: map[int]bool{}, find: map[Unit]*Unit{}}
	var facts []string
	for i := range m.Nodes {
		if c.own[i] = c.writes(i); c.own[i] {
			c.criterion(i)
			facts = append(facts, m.Nodes[i].Facts()...)
		}
	}
	for i := range m.Gates {
		if g := &m.Gates[i]; c.belongs(g.Name) {
			c.gate(g)
			facts = append(facts, g.Facts()...)
		}
	}
	for i := range m.Flags {
		if f := &m.Flags[i]; c.belongs(f.Name) {
			c.flag(f)
			facts = append(facts, f.Facts()...)
		}
	}
	for _, name := range m.FactNames() {
		if slices.Contains(facts, name) {
			c.rules(factName(name), m.FactRules(name))
		}
	}
	for _, b := range m.Nodes[0].Bands {
		c.add("band", m.Rubric.ID, b.ID)
	}
	return c
}

// writes reports whether a node is written in this rubric. Of a rubric in use the root is: what stands beside `use`.
func (c *Coverage) writes(i int) bool {
	n := &c.Model.Nodes[i]
	if n.Root && n.Parent >= 0 {
		n = &c.Model.Nodes[n.Parent]
	}
	return i > 0 && n.Rubric == c.Model.Rubric
}

// belongs reports whether a gate or flag is written in this rubric: its full name begins with the rubric's id.
func (c *Coverage) belongs(name string) bool { return strings.HasPrefix(name, c.Model.Rubric.ID+"/") }

func (c *Coverage) add(sort, name string, what ...string) {
	for _, is := range what {
		u := Unit{Sort: sort, Name: name, Is: is}
		if c.find[u] == nil {
			unit := u
			c.find[u] = &unit
			c.Units = append(c.Units, &unit)
		}
	}
}

func (c *Coverage) criterion(i int) {
	n := &c.Model.Nodes[i]
	if n.Scale != nil {
		for l := range n.Scale.Levels {
			if c.Model.Gives(i, l) {
				c.add("level", n.Name, levelText(n.Scale, l))
			}
		}
	}
	c.rules(n.Name, n.EvidenceRules())
	if n.Source.When != "" {
		c.add("when", n.Name, applies, score.DoesNotApply.String(), score.MayApply.String())
	}
	if n.Source.FromStage != "" {
		c.add("when", n.Name, applies, score.NotYetExpected.String())
	}
}

func (c *Coverage) rules(name string, rules []*rubric.EvidenceRule) {
	for k, rule := range rules {
		c.add("evidence", name, ruleIs(k, met), ruleIs(k, notMet))
		for _, r := range refusals {
			if r.asked(rule) {
				c.add("evidence", name, ruleIs(k, r.is))
			}
		}
	}
}

func ruleIs(k int, what string) string { return fmt.Sprintf("rule %d %s", k+1, what) }

func factName(name string) string { return "facts." + name }

func (c *Coverage) gate(g *score.Gate) {
	c.add("gate", g.Name, score.Pass.String(), notPassed, score.Undecided.String())
	if g.Source == nil {
		return
	}
	if g.Source.When != "" {
		c.add("gate", g.Name, byWhen)
	}
	if g.Source.FromStage != "" {
		c.add("gate", g.Name, byStage)
	}
	if g.Waivable != nil {
		c.add("gate", g.Name, waived)
	}
}

// flag adds what is seen of a flag. One that caps does so while it is unknown, too.
func (c *Coverage) flag(f *score.Flag) {
	c.add("flag", f.Name, yesNo(true), yesNo(false))
	if f.Caps() {
		c.add("flag", f.Name, notKnown)
	}
	if f.Source.FromStage != "" {
		c.add("flag", f.Name, byStage)
	}
}

// Cover runs the case and counts what it exercises, if it comes true. It returns what is not as expected.
func (c *Coverage) Cover(b *Bound) []Failure {
	result, failures := b.run()
	if len(failures) == 0 {
		for _, e := range b.Expectations {
			c.look(e, result)
		}
	}
	return failures
}

// Of counts the units of a sort, and how many are covered.
func (c *Coverage) Of(sort string) (covered, of int) {
	return c.count(func(u *Unit) bool { return u.Sort == sort })
}

// Total counts the units of all sorts, and how many are covered.
func (c *Coverage) Total() (covered, of int) { return c.count(func(*Unit) bool { return true }) }

func (c *Coverage) count(meant func(*Unit) bool) (covered, of int) {
	for _, u := range c.Units {
		if meant(u) {
			if of++; u.Covered {
				covered++
			}
		}
	}
	return covered, of
}

// Reaches reports whether at least so many per cent of all units are covered: 199 of 200 are not 100. Where there is
// nothing to cover, nothing is lacking.
func (c *Coverage) Reaches(percent exact.Number) bool {
	covered, of := c.Total()
	return !exact.Int(int64(covered)).Mul(exact.Hundred).Less(percent.Mul(exact.Int(int64(of))))
}
