package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// displays computes the scores of the groups that state a policy for what is not known. Only what they display follows
// it: parents, bands, gates and flags go by what is not known as the worst.
func (e *evaluation) displays() {
	for i := range e.m.Nodes {
		n, c := &e.m.Nodes[i], &e.res.Criteria[i]
		policy, least := n.policy()
		if policy == "" || !c.scored {
			continue
		}
		d := displayer{e: e, policy: policy}
		var shown [3]exact.Number
		some := true
		for b := Evidenced; b <= Claimed && some; b++ {
			d.basis = b
			shown[b], some = d.value(i)
		}
		shown[AtBest] = c.value[AtBest]
		t := e.res.tallyOf(i)
		if !some || t.Answered == 0 || exact.Ratio(int64(t.Answered), int64(t.Expected)).Less(least) {
			c.Withheld = &Withheld{Answered: t.Answered, Of: t.Expected, Least: least}
			continue
		}
		// A rule may be known in part, or only to what is claimed: a display stays between the worst and the best all the same.
		shown[Claimed] = exact.Min(exact.Max(shown[Claimed], c.value[Claimed]), shown[AtBest])
		shown[Evidenced] = exact.Min(exact.Max(shown[Evidenced], c.value[Evidenced]), shown[Claimed])
		c.display = &shown
	}
}

// policy is what a group states for what is not known, and the share that must be answered for its score to be shown.
func (n *Node) policy() (string, exact.Number) {
	g := n.Rubric.Group
	switch {
	case n.IsLeaf():
		return "", exact.Zero
	case !n.Root:
		g = n.Source.Group
	}
	if g.MinAnswered == nil {
		return g.Unknown, exact.Zero
	}
	return g.Unknown, *g.MinAnswered
}

// Policy is how a group displays what is not known, `exclude` or `midpoint`; "" if as the worst.
func (n *Node) Policy() string {
	policy, _ := n.policy()
	return policy
}

// displayer computes values as if the leaves that are not known had dropped out, or had the middle value.
type displayer struct {
	e      *evaluation
	policy string
	basis  Basis
}

var middle = exact.Ratio(1, 2)

// value is that of a node under the policy, and whether there is any.
func (d displayer) value(i int) (exact.Number, bool) {
	n, c := &d.e.m.Nodes[i], &d.e.res.Criteria[i]
	switch {
	case n.IsLeaf() && c.known[d.basis]:
		return c.Counting(d.basis), true
	case n.IsLeaf():
		return middle, d.policy == "midpoint"
	}
	var operands []operand
	for _, j := range d.e.counting(n) {
		v, some := d.value(j)
		if child := &d.e.m.Nodes[j]; some {
			operands = append(operands, operand{v, child.counts, child.parts, d.met(j, v)})
		}
	}
	if len(operands) == 0 {
		return exact.Zero, false
	}
	return combined(n.combine, operands), true
}

// met is whether a node with a value under the policy is met.
func (d displayer) met(i int, v exact.Number) bool {
	n, c := &d.e.m.Nodes[i], &d.e.res.Criteria[i]
	switch g := n.gauge(); {
	case g != nil && c.known[d.basis]:
		return atLeast(g, c.numbers[d.basis], n.met)
	case g != nil:
		return !v.Less(g.worth(n.met))
	}
	return !v.Less(n.met)
}
