// Package progress says what moved between an earlier report and a result of today, and why, under the same scoring.
//
// It reads the report from a file that others have opened, and computes no score itself: what the earlier one was is what
// the report says.
package progress

import (
	"cmp"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Progress is what moved.
type Progress struct {
	AsOf calendar.Date // of the earlier report
	Then *Standing
	Now  *score.Result
	// Gates and Flags are those that come out otherwise, in the order of the rubric, those that are gone last.
	Gates []GateMove
	Flags []FlagMove
	// Groups are those below the whole that have another evidenced score.
	Groups []GroupMove
	// Criteria are those that moved: those first that move the score most, and what is below a group with that group.
	Criteria []Move
	// Points is by how much the evidenced score moved: what Criteria and Shares bring together, but for the last of 12
	// digits. It is nil where the whole is not added up from its parts, or where one of the two has no score.
	Points *exact.Number
	// Shares is what criteria bring that stand as they did: their share of the whole is another, because another criterion
	// counts or does not count now. Sharing is how many they are.
	Shares  exact.Number
	Sharing int
}

// GateMove is a gate that comes out otherwise. Now is nil, or Then "", if the rubric did not have it.
type GateMove struct {
	Name string // full
	Then string
	Now  *score.GateResult
}

// FlagMove is a flag that is raised otherwise. Now is nil, or Then "", if the rubric did not have it.
type FlagMove struct {
	Name string // full
	Then string // yes, no, unknown or not-applicable
	Now  *score.FlagResult
}

// GroupMove is a group with another evidenced score, as it is displayed. Then or Now is nil where there was or is none.
type GroupMove struct {
	Node      int
	ThenState string // as [score.State] writes it
	Then, Now *exact.Number
}

// Move is a criterion that moved: a leaf, or a group that carries what is below it.
type Move struct {
	Node int
	Then *Criterion
	// Points is how much more it brings to the evidenced score; nil where it brings nothing of its own, or nothing is added up.
	Points *exact.Number
	Why    []Reason
}

// Compare says what moved since. It is nil, with the reason, if the two cannot be compared, and without an earlier report.
func (e *Earlier) Compare(res *score.Result) (*Progress, diag.List) {
	if e == nil {
		return nil, nil
	}
	if list := e.Before(res.AsOf); list != nil {
		return nil, list
	}
	then, list := e.find(res)
	if list != nil {
		return nil, list
	}
	if list := then.apart(res); list != nil {
		return nil, list
	}
	was := then.all()
	if list := append(then.lacking(res.Model, was), then.unsound(res.Model)...); list != nil {
		return nil, list
	}
	c := comparison{was: was, res: res, p: &Progress{AsOf: e.AsOf, Then: then, Now: res}}
	c.gates()
	c.flags()
	c.groups()
	c.criteria()
	if list := c.p.adrift(); list != nil {
		return nil, list
	}
	return c.p, nil
}

type comparison struct {
	was map[string]*Criterion
	res *score.Result
	p   *Progress
}

// Moved reports whether anything did, of what a reader would be told.
func (p *Progress) Moved() bool {
	scores := false
	for b := score.Evidenced; b <= score.AtBest; b++ {
		then, now := p.Score(b)
		scores = scores || !same(then, now)
	}
	return scores || p.Then.Headline != p.Now.Verdict.Headline.String() || p.BandMoved() || len(p.Gates)+len(p.Flags)+len(p.Criteria) > 0 ||
		p.Then.Answered != p.Answered() || p.Then.Basis != p.Basis()
}

// Score is one of the three scores of the whole, as it is displayed, then and now; nil where there was or is none to show.
// Both are as a report writes them.
func (p *Progress) Score(b score.Basis) (then, now *exact.Number) {
	if s := p.Then.Score; s != nil {
		then = s.on(b)
	}
	if x, some := p.Now.Score(0, b); some {
		x = written(x)
		now = &x
	}
	return then, now
}

// BandMoved reports whether the band is another one.
func (p *Progress) BandMoved() bool {
	then, now := p.Then.Band, p.Now.Verdict.Band
	if then == nil || now == nil {
		return (then == nil) != (now == nil)
	}
	return then.ID != now.ID
}

// Answered counts the questions now.
func (p *Progress) Answered() Tally {
	return Tally{Answered: p.Now.Answered.Answered, Expected: p.Now.Answered.Expected}
}

// Basis counts the items of evidence now.
func (p *Progress) Basis() Basis {
	b := Basis{}
	for i := range p.Now.Record.Innovation.Evidence {
		b.Listed++
		if e := &p.Now.Record.Innovation.Evidence[i]; checked(e, p.Now.AsOf) {
			b.Checked++
		}
	}
	return b
}

func checked(e *innovation.Evidence, day calendar.Date) bool {
	return e.Checked != nil && !e.Checked.Date.IsZero() && !e.Checked.Date.After(day)
}

// RubricChanged reports whether the rubric says other words than then, or has other gates, flags or bands. Its scores are
// computed as they were.
func (p *Progress) RubricChanged() bool {
	return p.Then.Rubric.Content != p.Now.Model.Rubric.ContentDigest()
}

// on is one of the three.
func (s *Scores) on(b score.Basis) *exact.Number {
	return []*exact.Number{&s.Evidenced, &s.Claimed, &s.AtBest}[b]
}

// written is a number as a report writes it, so that it can be compared with one that was read from a report.
func written(x exact.Number) exact.Number {
	y, err := exact.ParseWritten(x.String())
	if err != nil { // more digits than anybody reads
		return x
	}
	return y
}

func same(x, y *exact.Number) bool {
	if x == nil || y == nil {
		return x == y
	}
	return x.Equal(*y)
}

// gates compares the gates. One that is new and holds nothing back, or is gone and did not, is no move.
func (c *comparison) gates() {
	was := byID(c.p.Then.Gates)
	for i := range c.res.Gates {
		g := &c.res.Gates[i]
		then, there := was[g.Gate.Name]
		delete(was, g.Gate.Name)
		if then != g.Outcome.String() && (there || g.Outcome != score.Pass && g.Outcome != score.NotRelevant) {
			c.p.Gates = append(c.p.Gates, GateMove{Name: g.Gate.Name, Then: then, Now: g})
		}
	}
	for _, g := range c.p.Then.Gates {
		if _, gone := was[g.ID]; gone && g.Outcome != score.Pass.String() && g.Outcome != score.NotRelevant.String() {
			c.p.Gates = append(c.p.Gates, GateMove{Name: g.ID, Then: g.Outcome})
		}
	}
}

// flags compares the flags, in the same way.
func (c *comparison) flags() {
	was := byID(c.p.Then.Flags)
	for i := range c.res.Flags {
		f := &c.res.Flags[i]
		then, there := was[f.Flag.Name]
		delete(was, f.Flag.Name)
		if then != raised(f.Raised) && (there || f.Raised == expr.True || f.Raised == expr.Unknown) {
			c.p.Flags = append(c.p.Flags, FlagMove{Name: f.Flag.Name, Then: then, Now: f})
		}
	}
	for _, f := range c.p.Then.Flags {
		if _, gone := was[f.ID]; gone && (f.Outcome == raised(expr.True) || f.Outcome == raised(expr.Unknown)) {
			c.p.Flags = append(c.p.Flags, FlagMove{Name: f.ID, Then: f.Outcome})
		}
	}
}

func byID(list []Outcome) map[string]string {
	found := map[string]string{}
	for _, o := range list {
		found[o.ID] = o.Outcome
	}
	return found
}

// raised writes whether a flag is raised, as in a report.
func raised(t expr.Truth) string {
	switch t {
	case expr.True:
		return "yes"
	case expr.False:
		return "no"
	case expr.Unknown:
		return "unknown"
	default:
		return "not-applicable"
	}
}

// groups compares the groups.
func (c *comparison) groups() {
	for i := 1; i < len(c.res.Model.Nodes); i++ {
		if c.res.Model.Nodes[i].IsLeaf() {
			continue
		}
		was := c.was[c.res.Model.Nodes[i].Name]
		m := GroupMove{Node: i, ThenState: was.State}
		if was.Score != nil {
			m.Then = &was.Score.Evidenced
		}
		if x, some := c.res.Score(i, score.Evidenced); some {
			x = written(x)
			m.Now = &x
		}
		if !same(m.Then, m.Now) {
			c.p.Groups = append(c.p.Groups, m)
		}
	}
}

// criteria finds those that moved, and what the others bring whose share is another.
func (c *comparison) criteria() {
	adds, sum := c.adds(), exact.Zero
	far := map[int]exact.Number{} // by the node that carries
	for i := 1; i < len(c.res.Model.Nodes); i++ {
		n := &c.res.Model.Nodes[i]
		points, carries := c.points(i)
		carries = carries && adds
		if !n.IsLeaf() && (n.Adds() || !carries) {
			continue // what it is made of is told instead
		}
		if carries {
			sum = sum.Add(points)
		}
		if !c.moved(i) {
			if carries && !points.IsZero() {
				c.p.Shares, c.p.Sharing = c.p.Shares.Add(points), c.p.Sharing+1
			}
			continue
		}
		m := Move{Node: i, Then: c.was[n.Name]}
		if carries {
			m.Points, far[i] = &points, size(points)
		}
		c.p.Criteria = append(c.p.Criteria, m)
	}
	if adds {
		c.p.Points = &sum
	}
	for k := range c.p.Criteria {
		m := &c.p.Criteria[k]
		m.Why = c.why(m)
	}
	slices.SortStableFunc(c.p.Criteria, func(a, b Move) int {
		x, y := c.carrier(a.Node), c.carrier(b.Node)
		return cmp.Or(far[y].Cmp(far[x]), cmp.Compare(x, y), cmp.Compare(a.Node, b.Node))
	})
}

// adds reports whether the parts of the whole add up to the score that is shown. Under a policy for what is not known they
// add up to another one.
func (c *comparison) adds() bool {
	root := &c.res.Model.Nodes[0]
	then, now := c.p.Score(score.Evidenced)
	return root.Adds() && root.Policy() == "" && then != nil && now != nil
}

// points is how much more a node brings to the evidenced score, and whether it brings anything of its own, then or now.
func (c *comparison) points(i int) (points exact.Number, carries bool) {
	if now := c.res.Criteria[i].Contribution; now != nil {
		points, carries = written(now[score.Evidenced]), true
	}
	if was := c.was[c.res.Model.Nodes[i].Name].Contribution; was != nil {
		points, carries = points.Sub(was.Evidenced), true
	}
	return points, carries
}

// carrier is the node that brings to the score what i does: the outermost group above it that does not add, or itself.
func (c *comparison) carrier(i int) int {
	nodes := c.res.Model.Nodes
	at := i
	for j := nodes[i].Parent; j > 0; j = nodes[j].Parent {
		if !nodes[j].Adds() && !nodes[j].Profile() {
			at = j
		}
	}
	return at
}

// moved reports whether a leaf is answered or counted otherwise, or a group has another score.
func (c *comparison) moved(i int) bool {
	was, now := c.was[c.res.Model.Nodes[i].Name], &c.res.Criteria[i]
	switch {
	case was.State != now.State.String():
		return true
	case !c.res.Model.Nodes[i].IsLeaf():
		return c.scoreMoved(i, was)
	case now.State != score.Answered:
		return false
	}
	return !same(was.Level, number(now, score.Evidenced)) || !same(was.Claimed, number(now, score.Claimed)) || !same(was.Best(), number(now, score.AtBest))
}

func (c *comparison) scoreMoved(i int, was *Criterion) bool {
	for b := score.Evidenced; b <= score.AtBest; b++ {
		x, some := c.res.Score(i, b)
		if some != (was.Score != nil) || some && !written(x).Equal(*was.Score.on(b)) {
			return true
		}
	}
	return false
}

// number is what a leaf is answered with on a basis, as a report writes it; nil if that is not known.
func number(c *score.Criterion, b score.Basis) *exact.Number {
	x, known := c.Number(b)
	if !known {
		return nil
	}
	x = written(x)
	return &x
}

func size(x exact.Number) exact.Number {
	if x.Sign() < 0 {
		return x.Neg()
	}
	return x
}
