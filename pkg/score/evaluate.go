package score

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
)

// Conditions are what an evaluation depends on besides the rubric and the record.
type Conditions struct {
	AsOf calendar.Date
	// Waivers are those of the assessing side.
	Waivers []innovation.Waiver
	// Change is a what-if; the zero value changes nothing.
	Change Change
}

// Change is one thing taken to be otherwise.
type Change struct {
	// Raise takes the supported level of a leaf to be Level.
	Raise bool
	Node  int
	Level int
	// Fact takes the named fact to have a value, as it would be written.
	Fact, Value string
	// Renewed takes an expired item of evidence to be valid.
	Renewed *innovation.Evidence
}

// Evaluate computes what a record comes to. The same arguments give the same result.
func (m *Model) Evaluate(rec *Record, c Conditions) *Result {
	e := m.evaluate(rec, c)
	e.shares()
	e.waiversInBid()
	return e.res
}

// Verdict computes only the verdict and the evidenced score of the root.
func (m *Model) Verdict(rec *Record, c Conditions) (Verdict, exact.Number) {
	e := m.evaluate(rec, c)
	score, _ := e.res.Score(0, Evidenced)
	return e.res.Verdict, score
}

func (m *Model) evaluate(rec *Record, c Conditions) *evaluation {
	e := &evaluation{m: m, rec: rec, c: c, res: &Result{
		Model: m, Record: rec, AsOf: c.AsOf, Criteria: make([]Criterion, len(m.Nodes)),
	}, decided: make([]bool, len(m.Nodes)), applied: make([]State, len(m.Nodes))}
	for i := range m.Nodes {
		e.decide(i)
	}
	for i := range slices.Backward(m.Nodes) {
		e.score(i)
	}
	e.gates()
	e.flags()
	e.tally()
	for i := range m.Nodes {
		if m.Nodes[i].Root && i > 0 {
			e.res.Criteria[i].Band = e.verdict(i).Band
		}
	}
	e.res.Verdict = e.verdict(0)
	return e
}

// evaluation is one run of a model over a record.
type evaluation struct {
	m       *Model
	rec     *Record
	c       Conditions
	res     *Result
	decided []bool // by node: its state and levels are known
	// applied are the states of the nodes before a group with nothing to score drops out.
	applied []State
}

func (e *evaluation) finding(at diag.Place, rule, hint, format string, args ...any) {
	e.res.Findings.Add(diag.Diagnostic{
		Severity: diag.Warning, Rule: rule, Place: at, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// decide finds the state and the levels of a node. Parents, and what `when` reads, come first; there are no cycles.
func (e *evaluation) decide(i int) {
	if e.decided[i] {
		return
	}
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	if n.Parent >= 0 {
		e.decide(n.Parent)
		if above := &e.res.Criteria[n.Parent]; above.State != Answered {
			c.State, c.Missing = above.State, above.Missing
		}
	}
	if c.State == Answered || c.State == MayApply || c.State == NotYetExpected {
		e.applies(n, c)
	}
	e.applied[i] = c.State
	if n.IsLeaf() {
		e.answer(i)
	}
	e.decided[i] = true
}

// applies takes, of several states, the first: does not apply, not yet expected, may apply.
func (e *evaluation) applies(n *Node, c *Criterion) {
	when := expr.Of(true)
	if n.when != nil {
		when = n.when.Eval(e.test)
	}
	expected := e.reached(n.fromStage)
	switch {
	case when.Truth == expr.False || when.Truth == expr.Absent:
		c.State, c.Missing = DoesNotApply, nil
	case expected.Truth == expr.False || c.State == NotYetExpected:
		c.State, c.Missing = NotYetExpected, nil
	case when.Truth == expr.Unknown || expected.Truth == expr.Unknown:
		c.State = MayApply
		c.Missing = union(c.Missing, union(when.Missing, expected.Missing))
	}
}

// reached says whether the record has come to a stage; -1 is no stage at all.
func (e *evaluation) reached(stage int) expr.Outcome {
	switch {
	case stage < 0:
		return expr.Of(true)
	case e.rec.stage < 0:
		return expr.Outcome{Truth: expr.Unknown, Missing: []string{"stage"}}
	}
	return expr.Of(e.rec.stage >= stage)
}

func union(a, b []string) []string {
	for _, name := range b {
		if !slices.Contains(a, name) {
			a = append(slices.Clip(a), name)
		}
	}
	return a
}

// answer reads what the record says of a leaf, and how much of it is supported.
func (e *evaluation) answer(i int) {
	n, c, a := &e.m.Nodes[i], &e.res.Criteria[i], &e.rec.answers[i]
	c.Because, c.Evidence = a.because, a.evidence
	if c.State != Answered {
		return
	}
	switch a.said {
	case nothing, unknown:
		c.State = Unanswered
	case notApplicable:
		c.State, c.NA = NotApplicable, a.na
		if problem := n.naProblem(a.na); problem != "" {
			c.State = Unanswered
			e.finding(a.place, "na-not-accepted", n.naHint(), "%q is not taken as not applicable: %s", n.Name, problem)
		}
	case level:
		c.ClaimedLevel = a.level
		c.Level, c.Unmet = e.supported(n, a)
	}
	if raise := e.c.Change; raise.Raise && raise.Node == i && (c.State == Answered || c.State == Unanswered) {
		c.State, c.Level, c.ClaimedLevel = Answered, raise.Level, max(raise.Level, c.ClaimedLevel)
	}
}

// naProblem is why a reason is not accepted, or "". A leaf that a gate depends on cannot be waved away with just any
// reason.
func (n *Node) naProblem(reason string) string {
	na := n.Source.NA
	switch {
	case na != nil && na.Never:
		return "the rubric allows that for no reason"
	case na != nil && len(na.Reasons) > 0:
		if slices.ContainsFunc(na.Reasons, func(r string) bool { return sameWords(r, reason) }) {
			return ""
		}
		return fmt.Sprintf("%q is not one of the reasons that the rubric accepts", reason)
	case n.gated:
		return "a gate depends on it, and the rubric accepts no reason for it"
	}
	return ""
}

func (n *Node) naHint() string {
	if na := n.Source.NA; na != nil && len(na.Reasons) > 0 {
		return "accepted: " + diag.OneOf(na.Reasons)
	}
	return "give a level, or leave it unanswered"
}

func sameWords(a, b string) bool {
	words := func(s string) string {
		return strings.Join(strings.Fields(strings.ToLower(strings.TrimRight(s, "."))), " ")
	}
	return words(a) == words(b)
}

func (e *evaluation) tally() {
	t := &e.res.Answered
	e.m.counted(0, func(i int) {
		switch e.res.Criteria[i].State {
		case Answered:
			t.Answered++
			t.Expected++
		case Unanswered:
			t.Expected++
		case MayApply:
			t.Expected++
			t.MayApply++
		case NotApplicable, NotYetExpected, DoesNotApply:
		}
	})
}

// counted calls yield for every leaf below i with weight above 0 all the way down.
func (m *Model) counted(i int, yield func(int)) {
	if m.Nodes[i].IsLeaf() {
		yield(i)
	}
	for _, child := range m.Nodes[i].Children {
		if m.Nodes[child].Weight.Sign() > 0 {
			m.counted(child, yield)
		}
	}
}
