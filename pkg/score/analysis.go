package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
)

// What follows is for those who ask what a rubric can come to at all, without a record.

// When is the condition of a node; nil if it always applies.
func (n *Node) When() *expr.Expr { return n.when }

// FromStage is the index of the stage from which a node is expected; -1 from the start.
func (n *Node) FromStage() int { return n.fromStage }

// Needs is what a gate asks for.
func (g *Gate) Needs() *expr.Expr { return g.needs }

// When is the condition under which a gate applies; nil if it always does.
func (g *Gate) When() *expr.Expr { return g.when }

// Gated reports whether a gate or a warning sign that caps hangs on the node, itself or through a group.
func (n *Node) Gated() bool { return n.gated }

// Ruling is the rule that stands in for the answer to a leaf: a condition that gives one of two levels, or one reading that
// gives the level or the number. Both are nil of a leaf that is answered.
func (n *Node) Ruling() (condition *expr.Expr, reading *expr.Test) {
	if n.ruling == nil {
		return nil, nil
	}
	return n.ruling.condition, n.ruling.reading
}

// FromStage is the index of the stage from which a gate is expected; -1 from the start.
func (g *Gate) FromStage() int { return g.fromStage }

// When is what raises a flag.
func (f *Flag) When() *expr.Expr { return f.when }

// FromStage is the index of the stage from which a flag is looked for; -1 from the start.
func (f *Flag) FromStage() int { return f.fromStage }

// StageWords are the stages in the words of the rubric that a node is the root of, one for each of the model's.
func (n *Node) StageWords() []string { return n.stages }

// Meets reports whether a number that answers a leaf is at least as good as its `met`.
func (n *Node) Meets(x exact.Number) bool { return atLeast(n.gauge(), x, n.met) }

// Worth is the value of a number that answers a leaf, from 0, the worst, to 1, the best.
func (n *Node) Worth(x exact.Number) exact.Number { return n.gauge().worth(x) }

// Range is what a node's score is displayed between.
func (n *Node) Range() (low, high exact.Number) { return n.show.from, n.show.to }

// Points are the numbers of a measure that have a value of their own, lowest first, and that value from 0 to 1.
func (m *Measure) Points() (at, worth []exact.Number) {
	for _, p := range m.points {
		at, worth = append(at, p.at), append(worth, p.worth)
	}
	return at, worth
}

// Bounds are the lowest and the highest number that an answer can be, if the rubric says.
func (m *Measure) Bounds() (low, high exact.Number, known bool) {
	if m.limits == nil {
		return low, high, false
	}
	return m.limits[0], m.limits[1], true
}
