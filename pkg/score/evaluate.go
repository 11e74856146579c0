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
	// Raise takes the supported level or number of a leaf to be To.
	Raise bool
	Node  int
	To    exact.Number
	// Fact takes the named fact to have a value, as it would be written.
	Fact, Value string
	// Renewed takes an expired item of evidence to be valid.
	Renewed *innovation.Evidence
}

// Evaluate computes what a record comes to. The same arguments give the same result.
func (m *Model) Evaluate(rec *Record, c Conditions) *Result {
	e := m.evaluate(rec, c)
	e.contributions()
	e.displays()
	e.byDuty()
	e.waiversInBid()
	e.res.run = e
	return e.res
}

func (m *Model) evaluate(rec *Record, c Conditions) *evaluation {
	e := &evaluation{m: m, rec: rec, c: c, res: &Result{
		Model: m, Record: rec, AsOf: c.AsOf, Criteria: make([]Criterion, len(m.Nodes)), Facts: map[string][]Unmet{},
	}, found: make([][parts]bool, len(m.Nodes)), shared: make([]bool, len(m.Nodes)), applied: make([]State, len(m.Nodes))}
	e.unsupportedFacts()
	for i := range m.Nodes {
		e.value(i)
	}
	e.verdicts()
	return e
}

// verdicts decides gates, flags and bands from the values.
func (e *evaluation) verdicts() {
	e.gates()
	e.flags()
	e.tally()
	for i := range e.m.Nodes {
		if n := &e.m.Nodes[i]; n.Root && i > 0 && n.Part == nil { // one that is cut is not quoted under its own bands
			e.res.Criteria[i].Band = e.verdict(i).Band
		}
	}
	e.res.Verdict = e.verdict(0)
}

// evaluation is one run of a model over a record. What is found out about a node is found when it is first asked for:
// its state, whether it has a part in the score, its value. There are no circles.
type evaluation struct {
	m     *Model
	rec   *Record
	c     Conditions
	res   *Result
	found [][parts]bool // by node
	// shared are the nodes whose share of the whole is known.
	shared []bool
	// unknowns are the names of what is not known below a node, once asked for.
	unknowns map[int][]string
	// applied are the states of the nodes before a group with nothing to score drops out.
	applied []State
	// spare is room for the criteria of a what-if.
	spare []Criterion
	// basis is the one on which levels and numbers are read: Evidenced, but for a rule.
	basis Basis
}

func (e *evaluation) finding(at diag.Place, rule, hint, format string, args ...any) {
	e.res.Findings.Add(diag.Diagnostic{
		Severity: diag.Warning, Rule: rule, Place: at, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// first reports whether this part of a node is asked for the first time.
func (e *evaluation) first(i int, p part) bool {
	again := e.found[i][p]
	e.found[i][p] = true
	return !again
}

// unsupportedFacts finds the facts that are stated and not carried by the evidence that the rubric asks for.
func (e *evaluation) unsupportedFacts() {
	for name := range e.m.factRules {
		v, stated := e.rec.facts[name]
		if !stated {
			continue
		}
		if unmet := e.unmetOf(name, v.evidence); len(unmet) > 0 {
			e.res.Facts[name] = unmet
		}
	}
}

// state finds whether a node applies, and of a leaf what the record says.
func (e *evaluation) state(i int) {
	if !e.first(i, theState) {
		return
	}
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	if n.Parent >= 0 {
		e.state(n.Parent)
		if above := &e.res.Criteria[n.Parent]; e.applied[n.Parent] != Answered {
			c.State, c.Missing = e.applied[n.Parent], above.Missing
		}
	}
	if c.State == Answered || c.State == MayApply || c.State == NotYetExpected {
		e.applies(n, c)
	}
	e.applied[i] = c.State
	if n.IsLeaf() && n.ruling == nil && n.Price == nil {
		e.answer(i)
	}
}

// applies takes, of several states, the first: does not apply, not yet expected, may apply.
func (e *evaluation) applies(n *Node, c *Criterion) {
	when := expr.Of(true)
	if n.when != nil {
		outer := e.basis
		e.basis = Evidenced // whether it applies is decided once, also for a rule that reads claims
		when = n.when.Eval(e.test)
		e.basis = outer
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
	case anAmount:
		e.amount(n, c, a)
	}
	e.raise(i)
}

// raise takes the leaf to be answered with what a what-if says.
func (e *evaluation) raise(i int) {
	n, c, raise := &e.m.Nodes[i], &e.res.Criteria[i], e.c.Change
	if !raise.Raise || raise.Node != i || c.State != Answered && c.State != Unanswered {
		return
	}
	claimed := raise.To
	if c.State == Answered {
		claimed = richer(n.gauge(), claimed, c.numbers[Claimed])
	}
	c.State, c.TooFew = Answered, false
	c.take(n, raise.To, claimed, claimed)
}

// amount takes an answer, if enough people stand behind it where that matters.
func (e *evaluation) amount(n *Node, c *Criterion, a *answer) {
	c.Respondents = a.respondents
	if r := n.Source.Respondents; r != nil && a.respondents < r.Min {
		c.State, c.TooFew = Unanswered, true
		what, hint := diag.Plural(a.respondents, "respondent"), "ask more people, and add their answers to the counts"
		if a.respondents == 0 {
			what, hint = "one answer, and no survey", "give the counts of a survey: {responses: {1: 0, 2: 4, …}}"
		}
		e.finding(a.place, "too-few-respondents", hint,
			"%q is not known: it needs at least %d respondents, and has %s", n.Name, r.Min, what)
		return
	}
	carried, unmet := e.supported(n, a.worse, a.evidence)
	c.Unmet = unmet
	c.take(n, carried, a.worse, a.better)
}

// take sets what a leaf is answered with: what is supported, what is claimed at least, and at best.
func (c *Criterion) take(n *Node, supported, claimed, best exact.Number) {
	c.numbers = [bases]exact.Number{Evidenced: supported, Claimed: claimed, AtBest: best, ceiling: supported, roof: claimed}
	c.known = [bases]bool{true, true, true, true, true}
	if n.Scale != nil {
		c.Level, c.ClaimedLevel = n.Scale.Reached(supported), n.Scale.Reached(claimed)
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

func sameWords(a, b string) bool { return plainWords(a) == plainWords(b) }

// plainWords are the words of a reason, however it is typed.
func plainWords(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.TrimRight(s, "."))), " ")
}

func (e *evaluation) tally() { e.res.Answered = e.res.tallyOf(0) }

// tallyOf counts the leaves below a node that have a share in its score.
func (r *Result) tallyOf(i int) Tally {
	var t Tally
	r.Model.counted(i, func(j int) {
		c := &r.Criteria[j]
		if !c.present {
			return
		}
		t.Expected++
		switch c.State {
		case MayApply:
			t.MayApply++
		case Answered, NotApplicable: // what is not applicable and counts as the best is answered
			t.Answered++
		case Unanswered, NotYetExpected, DoesNotApply:
		}
	})
	return t
}
