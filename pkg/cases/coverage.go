package cases

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Unit is one thing that the cases of a rubric can exercise: a level of a criterion, an outcome of a gate. It is covered
// by a case that comes true and expects it by name: a level that is only passed on the way to a score is not looked at.
type Unit struct {
	Sort    string // level, evidence, when, gate, flag or band
	Name    string // of the criterion, gate, flag or band
	Is      string // what it comes to there: `3 Routine`, `pass`
	Covered bool
}

// Coverage is what the cases of one rubric exercise, of all that they can. What a rubric in use brings along is covered
// by that rubric's own cases.
type Coverage struct {
	Model *score.Model
	Units []*Unit

	own  map[int]bool // the nodes that stand in this rubric
	find map[Unit]*Unit
}

// Sorts of units, in the order in which they are told.
func Sorts() []string { return []string{"level", "evidence", "when", "gate", "flag", "band"} }

// NewCoverage lists what can be exercised, none of it covered.
func NewCoverage(m *score.Model) *Coverage {
	c := &Coverage{Model: m, own: map[int]bool{}, find: map[Unit]*Unit{}}
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.Source != nil && n.Rubric == m.Rubric {
			c.own[i] = true
			c.criterion(n)
		}
	}
	for i := range m.Gates {
		if g := &m.Gates[i]; c.belongs(g.Name) {
			c.gate(g)
		}
	}
	for i := range m.Flags {
		if f := &m.Flags[i]; c.belongs(f.Name) {
			c.add("flag", f.Name, "yes", "no")
		}
	}
	for _, b := range m.Nodes[0].Bands {
		c.add("band", m.Rubric.ID, b.ID)
	}
	return c
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

func (c *Coverage) hit(sort, name, is string) {
	if u := c.find[Unit{Sort: sort, Name: name, Is: is}]; u != nil {
		u.Covered = true
	}
}

func (c *Coverage) criterion(n *score.Node) {
	if n.Scale != nil {
		for l := range n.Scale.Levels {
			c.add("level", n.Name, levelText(n.Scale, l))
		}
	}
	for k, rule := range n.EvidenceRules() {
		c.add("evidence", n.Name, ruleIs(k, "met"), ruleIs(k, "not met"))
		if !rule.MaxAge.IsZero() {
			c.add("evidence", n.Name, ruleIs(k, "too old"))
		}
		if rule.Independent {
			c.add("evidence", n.Name, ruleIs(k, "not independent"))
		}
	}
	if n.Source.When != "" {
		c.add("when", n.Name, "applies", score.DoesNotApply.String(), score.MayApply.String())
	}
	if n.Source.FromStage != "" {
		c.add("when", n.Name, score.NotYetExpected.String())
	}
}

func ruleIs(k int, what string) string { return fmt.Sprintf("rule %d %s", k+1, what) }

func (c *Coverage) gate(g *score.Gate) {
	c.add("gate", g.Name, score.Pass.String(), notPassed, score.Undecided.String())
	if g.Source == nil {
		return
	}
	if g.Source.When != "" || g.Source.FromStage != "" {
		c.add("gate", g.Name, score.NotRelevant.String())
	}
	if g.Waivable != nil {
		c.add("gate", g.Name, "waived")
	}
}

// Look counts what a case exercises; result is what it came to.
func (c *Coverage) look(e Expectation, result *score.Result) {
	switch {
	case (e.Aspect == Level || e.Aspect == State) && c.own[e.Index]:
		c.lookAt(e.Index, e.Aspect, result)
	case e.Aspect == Gate:
		c.hit("gate", result.Gates[e.Index].Gate.Name, outcomeIs(&result.Gates[e.Index]))
	case e.Aspect == Flag && result.Flags[e.Index].Raised == expr.True:
		c.hit("flag", result.Flags[e.Index].Flag.Name, "yes")
	case e.Aspect == Flag && result.Flags[e.Index].Raised == expr.False:
		c.hit("flag", result.Flags[e.Index].Flag.Name, "no")
	case e.Aspect == Band && result.Verdict.Band != nil:
		c.hit("band", c.Model.Rubric.ID, result.Verdict.Band.ID)
	}
}

// outcomeIs is how a gate came out, as a unit says it. One that does not pass may fail or be conditional by its rubric.
func outcomeIs(g *score.GateResult) string {
	switch {
	case g.Waiver != nil:
		return "waived"
	case g.Outcome == score.Fail || g.Outcome == score.Conditional:
		return notPassed
	}
	return g.Outcome.String()
}

const notPassed = "does not pass"

func (c *Coverage) lookAt(i int, aspect Aspect, result *score.Result) {
	n, k := &c.Model.Nodes[i], &result.Criteria[i]
	if k.State == score.Answered || k.State == score.Unanswered {
		c.hit("when", n.Name, "applies")
	}
	c.hit("when", n.Name, k.State.String())
	if aspect != Level || k.State != score.Answered || n.Scale == nil {
		return
	}
	c.hit("level", n.Name, levelText(n.Scale, k.Level))
	for number := range n.EvidenceRules() {
		if n.Reaches(number, k.ClaimedLevel) {
			c.rule(n, number, k.Unmet)
		}
	}
}

// rule counts an evidence rule that a claim reaches: met; or not met, if it alone decides how far the level falls.
func (c *Coverage) rule(n *score.Node, number int, unmet []score.Unmet) {
	at := slices.IndexFunc(unmet, func(u score.Unmet) bool { return u.Number == number+1 })
	if at < 0 {
		c.hit("evidence", n.Name, ruleIs(number, "met"))
		return
	}
	for i, u := range unmet {
		if i != at && u.From <= unmet[at].From {
			return
		}
	}
	c.hit("evidence", n.Name, ruleIs(number, "not met"))
	for _, item := range unmet[at].Items {
		switch item.Reason {
		case score.TooOld:
			c.hit("evidence", n.Name, ruleIs(number, "too old"))
		case score.NotIndependent:
			c.hit("evidence", n.Name, ruleIs(number, "not independent"))
		default:
		}
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
	for _, u := range c.Units {
		if u.Sort == sort {
			if of++; u.Covered {
				covered++
			}
		}
	}
	return covered, of
}
