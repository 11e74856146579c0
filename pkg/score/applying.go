package score

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/expr"
)

// Applying is what a `when` and a `from_stage` come to, each by itself; where there is none, true.
type Applying struct{ When, Stage expr.Truth }

// state is the one that they give where nothing above decides.
func (a Applying) state() State {
	switch {
	case a.When == expr.False || a.When == expr.Absent:
		return DoesNotApply
	case a.Stage == expr.False:
		return NotYetExpected
	case a.When == expr.Unknown || a.Stage == expr.Unknown:
		return MayApply
	}
	return Answered
}

// Applying is what the node's own conditions come to, and whether its state shows that: what stands above it may have
// given it the same state already.
func (r *Result) Applying(i int) (Applying, bool) {
	n, above := &r.Model.Nodes[i], Answered
	if n.Parent >= 0 {
		above = r.run.applied[n.Parent]
	}
	a, state := r.applying(n.when, n.fromStage), r.Criteria[i].State
	if own := a.state(); own != Answered {
		return a, state == own && own > above
	}
	return a, above == Answered && (state == Answered || state == Unanswered || state == NotApplicable)
}

// GateApplying is what the `when` and the `from_stage` of gate j come to.
func (r *Result) GateApplying(j int) Applying {
	return r.applying(r.Model.Gates[j].when, r.Model.Gates[j].fromStage)
}

// FlagApplying is what the `from_stage` of flag j comes to. Its `when` is what raises it.
func (r *Result) FlagApplying(j int) Applying { return r.applying(nil, r.Model.Flags[j].fromStage) }

func (r *Result) applying(when *expr.Expr, fromStage int) Applying {
	a := Applying{When: expr.True, Stage: r.run.reached(fromStage).Truth}
	if when != nil {
		a.When = when.Eval(r.run.test).Truth
	}
	return a
}

// Facts are those that decide whether the node applies, or that its rule reads, in no order.
func (n *Node) Facts() []string {
	names := factsRead(n.when)
	if n.ruling == nil {
		return names
	}
	if t := n.ruling.reading; t != nil && readings[t.Read].target == aFact {
		names = append(names, t.Name)
	}
	return append(names, factsRead(n.ruling.condition)...)
}

// Facts are those that the gate reads, in no order.
func (g *Gate) Facts() []string { return factsRead(g.needs, g.when) }

// Facts are those that the flag reads, in no order.
func (f *Flag) Facts() []string { return factsRead(f.when) }

func factsRead(conditions ...*expr.Expr) []string {
	var names []string
	for _, e := range conditions {
		if e == nil {
			continue
		}
		e.Tests(func(t *expr.Test, _ bool) {
			if readings[t.Read].target == aFact && !slices.Contains(names, t.Name) {
				names = append(names, t.Name)
			}
		})
	}
	return names
}
