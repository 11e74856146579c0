package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// operand is what a child brings to the value of its group.
type operand struct {
	value  exact.Number // 0 to 1
	weight exact.Number
	parts  int64 // the weight in whole parts, for geometric
	met    bool
}

// combine makes one value of the children that count: those in the score, with weight above 0. A profile has none.
func (e *evaluation) combine(n *Node, c *Criterion) {
	children := e.counting(n)
	if c.State == Answered && e.noneAnswered(children) {
		c.State = Unanswered
	}
	if n.Profile() {
		return
	}
	c.scored = true
	operands := make([]operand, len(children))
	for b := range bases {
		for k, i := range children {
			child := &e.m.Nodes[i]
			operands[k] = operand{e.res.Criteria[i].Counting(b), child.counts, child.parts, e.res.met(i, b)}
		}
		c.value[b] = combined(n.combine, operands)
	}
}

// counting are the children with a share in the score.
func (e *evaluation) counting(n *Node) []int {
	var children []int
	for _, i := range n.Children {
		if e.res.Criteria[i].present && e.m.Nodes[i].Weight.Sign() > 0 {
			children = append(children, i)
		}
	}
	return children
}

// noneAnswered reports whether nothing in a group is answered.
func (e *evaluation) noneAnswered(children []int) bool {
	for _, i := range children {
		if s := e.res.Criteria[i].State; s == Answered || s == NotApplicable {
			return false
		}
	}
	return true
}

// combined is the value of a group of one or more.
func combined(how string, of []operand) exact.Number {
	switch how {
	case "mean", "sum": // of a sum the weights are ranges of points, and what is shown is points
		return mean(of)
	case "min":
		return extreme(of, exact.Min)
	case "max":
		return extreme(of, exact.Max)
	case "geometric":
		return geometric(of)
	case "ladder":
		return exact.Ratio(int64(leading(of)), int64(len(of)))
	}
	met := int64(0)
	for _, o := range of {
		if o.met {
			met++
		}
	}
	switch all := int64(len(of)); {
	case how == "count":
		return exact.Ratio(met, all)
	case how == "all" && met == all, how == "any" && met > 0:
		return exact.One
	}
	return exact.Zero
}

// mean is sum(w v) / sum(w).
func mean(of []operand) exact.Number {
	sum, weights := exact.Zero, exact.Zero
	for _, o := range of {
		sum = sum.Add(o.weight.Mul(o.value))
		weights = weights.Add(o.weight)
	}
	return sum.Div(weights)
}

func extreme(of []operand, better func(x, y exact.Number) exact.Number) exact.Number {
	x := of[0].value
	for _, o := range of[1:] {
		x = better(x, o.value)
	}
	return x
}

// geometric is (product of v^w)^(1 / sum(w)).
func geometric(of []operand) exact.Number {
	values, weights := make([]exact.Number, len(of)), make([]int64, len(of))
	for k, o := range of {
		values[k], weights[k] = o.value, o.parts
	}
	return exact.GeometricMean(values, weights)
}

// leading is how many are met before the first that is not: the rungs of a ladder that were climbed.
func leading(of []operand) int {
	for k, o := range of {
		if !o.met {
			return k
		}
	}
	return len(of)
}
