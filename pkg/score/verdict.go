package score

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
)

// defaultMinAnswered is the share of the criteria that must be answered for a headline other than incomplete.
var defaultMinAnswered = exact.Ratio(1, 2)

// gates decides every gate, then what waivers make of those that fail.
func (e *evaluation) gates() {
	e.res.Gates = slices.Grow(e.res.Gates, len(e.m.Gates))
	for i := range e.m.Gates {
		e.res.Gates = append(e.res.Gates, e.gate(&e.m.Gates[i]))
	}
	for i := range e.c.Waivers {
		e.waive(&e.c.Waivers[i])
	}
}

// gate is unknown while it is not known whether it applies, whatever its condition says.
func (e *evaluation) gate(g *Gate) GateResult {
	r := GateResult{Gate: g}
	switch applies := e.applicable(g.owner, g.when, g.fromStage); applies.Truth {
	case expr.False, expr.Absent:
		r.Outcome = NotRelevant
		return r
	case expr.Unknown:
		r.Outcome, r.Missing = Undecided, applies.Missing
		return r
	case expr.True:
	}
	switch needs := g.needs.Eval(e.test); needs.Truth {
	case expr.True:
		r.Outcome = Pass
	case expr.Absent:
		r.Outcome = NotRelevant
	case expr.Unknown:
		r.Outcome, r.Missing = Undecided, needs.Missing
	case expr.False:
		r.Outcome = Fail
		if g.Otherwise.Word == "conditional" {
			r.Outcome = Conditional
		}
	}
	return r
}

// applicable says whether a gate or flag of the rubric at node owner applies. What belongs to a rubric in use follows
// it: where that does not apply, neither do its gates and flags.
func (e *evaluation) applicable(owner int, when *expr.Expr, fromStage int) expr.Outcome {
	of := expr.Of(true)
	switch e.applied[owner] {
	case MayApply:
		of = missing(e.res.Criteria[owner].Missing...)
	case NotApplicable, NotYetExpected, DoesNotApply:
		return expr.Outcome{Truth: expr.Absent}
	case Answered, Unanswered:
	}
	holds := expr.Of(true)
	if when != nil {
		holds = when.Eval(e.test)
	}
	all := []expr.Outcome{of, holds, e.reached(fromStage)}
	names, unknown := []string(nil), false
	for _, o := range all {
		if o.Truth == expr.False || o.Truth == expr.Absent {
			return o
		}
		names, unknown = union(names, o.Missing), unknown || o.Truth == expr.Unknown
	}
	if unknown {
		return missing(names...)
	}
	return expr.Of(true)
}

func (e *evaluation) flags() {
	e.res.Flags = slices.Grow(e.res.Flags, len(e.m.Flags))
	for i := range e.m.Flags {
		f := &e.m.Flags[i]
		r := FlagResult{Flag: f}
		applies := e.applicable(f.owner, nil, f.fromStage)
		switch applies.Truth {
		case expr.True:
			o := f.when.Eval(e.test)
			r.Raised, r.Missing = o.Truth, o.Missing
		case expr.Unknown:
			r.Raised, r.Missing = expr.Unknown, applies.Missing
		case expr.False, expr.Absent:
			r.Raised = expr.Absent
		}
		e.res.Flags = append(e.res.Flags, r)
	}
}

// waive turns a failed gate into a conditional one, if the waiver is good on the day and nothing that the gate reads
// is unknown. A waiver without effect is a finding.
func (e *evaluation) waive(w *innovation.Waiver) {
	var meant []int
	for j, r := range e.res.Gates {
		if r.Gate.Name == w.Gate || strings.HasSuffix(r.Gate.Name, "/"+w.Gate) {
			meant = append(meant, j)
		}
	}
	problem := "several gates have that name; write it with its rubric in front"
	switch len(meant) {
	case 0:
		problem = "there is no such gate"
	case 1:
		problem = e.waiverProblem(w, &e.res.Gates[meant[0]])
	}
	if problem != "" {
		e.finding(w.Place(), "waiver-without-effect", "", "the waiver of gate %q has no effect: %s", w.Gate, problem)
		return
	}
	e.res.Gates[meant[0]].Outcome, e.res.Gates[meant[0]].Waiver = Conditional, w
}

func (e *evaluation) waiverProblem(w *innovation.Waiver, r *GateResult) string {
	may := r.Gate.Waivable
	switch {
	case may == nil:
		return "the gate cannot be waived"
	case !slices.Contains(may.By, w.Owner):
		return "its owner must be " + strings.Join(may.By, " or ")
	case w.Granted.After(e.c.AsOf):
		return "it begins later, on " + w.Granted.String()
	case e.c.AsOf.After(w.Expires):
		return "it ended on " + w.Expires.String()
	case w.Expires.After(w.Granted.Add(may.Max)):
		return "it is longer than " + may.Max.String()
	case r.Outcome == Undecided || e.readsUnknown(r.Gate):
		return "something that the gate reads is not known"
	case r.Outcome != Fail:
		return "the gate does not fail"
	}
	return ""
}

// readsUnknown reports whether anything that the gate's conditions read is not known, whatever they come to.
func (e *evaluation) readsUnknown(g *Gate) bool {
	unknown := e.reached(g.fromStage).Truth == expr.Unknown
	for _, condition := range []*expr.Expr{g.needs, g.when} {
		if condition == nil {
			continue
		}
		condition.Tests(func(t *expr.Test, _ bool) {
			partly := readings[t.Read].target >= aLeaf && len(e.unknownBelow(t.Target)) > 0
			unknown = unknown || partly || e.test(t).Truth == expr.Unknown
		})
	}
	return unknown
}

// waiversInBid reports waivers in the record itself: a bid cannot waive.
func (e *evaluation) waiversInBid() {
	for _, w := range e.rec.Innovation.Waivers {
		e.finding(w.Place(), "waiver-without-effect", "the assessing side grants waivers, in a file named with --waivers",
			"the waiver of gate %q has no effect: it stands in the record that is scored", w.Gate)
	}
}

// verdict is the headline and band of the rubric with its root at node i.
func (e *evaluation) verdict(i int) Verdict {
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	score := n.Shown(c.value[Evidenced])
	v := Verdict{}
	if len(n.Bands) > 0 {
		v.Index = e.scoreBand(n, c.scored, score)
		v.ScoreBand = &n.Bands[v.Index]
		v.Index = min(v.Index, e.cap(i))
		v.Band = &n.Bands[v.Index]
	}
	holds := [...]bool{
		GateFails:       e.anyGate(i, Fail),
		GateUnknown:     e.anyGate(i, Undecided),
		Incomplete:      !c.present || !c.scored && !n.Profile() || e.incomplete(n),
		ConditionalBand: e.anyGate(i, Conditional) && v.Index > 0,
		InBand:          true,
	}
	v.Headline = InBand
	for h := InBand; h > GateFails; h-- {
		if holds[h-1] {
			v.Headline = h - 1
		}
	}
	for h := v.Headline + 1; h < InBand; h++ {
		if holds[h] {
			v.Also = append(v.Also, h)
		}
	}
	return v
}

// scoreBand is the highest band that the score reaches and whose stage has come; without a score the lowest.
func (e *evaluation) scoreBand(n *Node, scored bool, score exact.Number) int {
	for j := len(n.Bands) - 1; j > 0 && scored; j-- {
		if !score.Less(n.Bands[j].From) && e.reached(n.Bands[j].FromStage).Truth == expr.True {
			return j
		}
	}
	return 0
}

// cap is the highest band that gates and flags of the rubric at node i, and of those it uses, leave open.
func (e *evaluation) cap(i int) int {
	bands := e.m.Nodes[i].Bands
	highest := len(bands) - 1
	lower := func(at caps) {
		to := 0
		if at != nil {
			to = at[i]
		}
		highest = min(highest, to)
	}
	for _, r := range e.res.Gates {
		stands := r.Outcome == Fail || r.Outcome == Undecided && r.Gate.Otherwise.Word != "conditional"
		if stands && e.m.owned(r.Gate.owner, i) {
			lower(r.Gate.caps)
		}
	}
	for _, r := range e.res.Flags {
		if r.Flag.Caps() && (r.Raised == expr.True || r.Raised == expr.Unknown) && e.m.owned(r.Flag.owner, i) {
			lower(r.Flag.caps)
		}
	}
	return highest
}

func (e *evaluation) anyGate(root int, o Outcome) bool {
	return slices.ContainsFunc(e.res.Gates, func(r GateResult) bool { return r.Outcome == o && e.m.owned(r.Gate.owner, root) })
}

// incomplete compares answered / expected with the share that the root asks for. What may apply is expected: a missing
// fact must not make a record look more complete.
func (e *evaluation) incomplete(n *Node) bool {
	least := defaultMinAnswered
	if n.Rubric.MinAnswered != nil {
		least = *n.Rubric.MinAnswered
	}
	t := e.res.Answered
	if t.Expected == 0 {
		return true
	}
	return exact.Ratio(int64(t.Answered), int64(t.Expected)).Less(least)
}
