package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// score computes the values of a node from its own levels or from its children's values.
func (e *evaluation) score(i int) {
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	if !c.State.Counts() {
		return
	}
	if !n.IsLeaf() {
		e.combine(n, c)
		return
	}
	c.scored = true
	for b := range bases {
		c.value[b] = n.Scale.Levels[e.levelOn(i, b)].Worth
	}
}

// levelOn is the level of a leaf that a basis counts: what is not known is the worst or the best.
func (e *evaluation) levelOn(i int, b Basis) int {
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	switch {
	case c.State == Answered && (b == Claimed || b == AtBest):
		return c.ClaimedLevel
	case c.State == Answered:
		return c.Level
	case b == AtBest || b == ceiling:
		return n.Scale.Best()
	}
	return 0
}

// combine makes one value of the children that count: those in the score, with weight above 0. Without one there is
// nothing to score, and the group drops out.
func (e *evaluation) combine(n *Node, c *Criterion) {
	children := e.counting(n)
	if len(children) == 0 {
		c.State = e.droppedWith(n)
		return
	}
	c.scored = true
	for b := range bases {
		switch n.combine {
		case "mean":
			c.value[b] = e.mean(children, b)
		case "min":
			c.value[b] = e.least(children, b)
		case "all", "any", "count":
			c.value[b] = metShare(n.combine, e.countMet(children, b), len(children))
		}
	}
	if c.State == Answered && e.unansweredBelow(n) {
		c.State = Unanswered
	}
}

// counting are the children with a share in the score.
func (e *evaluation) counting(n *Node) []int {
	var children []int
	for _, i := range n.Children {
		if e.res.Criteria[i].scored && e.m.Nodes[i].Weight.Sign() > 0 {
			children = append(children, i)
		}
	}
	return children
}

// droppedWith is the state of a group without a child that counts: that which all its children share, else not
// applicable.
func (e *evaluation) droppedWith(n *Node) State {
	state := NotApplicable
	first := true
	for _, i := range n.Children {
		s := e.res.Criteria[i].State
		switch {
		case e.m.Nodes[i].Weight.Sign() <= 0:
		case first && !s.Counts():
			state, first = s, false
		case s != state:
			return NotApplicable
		}
	}
	return state
}

// unansweredBelow reports whether no leaf of the group is answered.
func (e *evaluation) unansweredBelow(n *Node) bool {
	for _, i := range e.counting(n) {
		if e.res.Criteria[i].State == Answered {
			return false
		}
	}
	return true
}

// mean is sum(w v) / sum(w).
func (e *evaluation) mean(children []int, b Basis) exact.Number {
	sum, weights := exact.Zero, exact.Zero
	for _, i := range children {
		w := e.m.Nodes[i].Weight
		sum = sum.Add(w.Mul(e.res.Criteria[i].value[b]))
		weights = weights.Add(w)
	}
	return sum.Div(weights)
}

func (e *evaluation) least(children []int, b Basis) exact.Number {
	least := exact.One
	for _, i := range children {
		least = exact.Min(least, e.res.Criteria[i].value[b])
	}
	return least
}

func (e *evaluation) countMet(children []int, b Basis) int {
	met := 0
	for _, i := range children {
		if e.isMet(i, b) {
			met++
		}
	}
	return met
}

func (e *evaluation) isMet(i int, b Basis) bool {
	n := &e.m.Nodes[i]
	if n.IsLeaf() {
		return e.levelOn(i, b) >= n.met
	}
	return !e.res.Criteria[i].value[b].Less(n.metValue)
}

// metShare is met / children for `count`, and whether all or any are met for the other two.
func metShare(combine string, met, children int) exact.Number {
	switch {
	case combine == "count":
		return exact.Ratio(int64(met), int64(children))
	case combine == "all" && met == children, combine == "any" && met > 0:
		return exact.One
	}
	return exact.Zero
}

// shares gives every node that counts its share of the whole, and its contribution: share x (from + v x (to - from)) of
// the root's display. A group that does not add carries its contribution itself.
func (e *evaluation) shares() {
	for i := range e.m.Nodes {
		n, c := &e.m.Nodes[i], &e.res.Criteria[i]
		if i == 0 {
			if c.scored {
				one := exact.One
				c.Weight, c.Share = &one, &one
				e.contribute(c)
			}
			continue
		}
		parent := &e.res.Criteria[n.Parent]
		if !c.scored || n.Weight.Sign() <= 0 || parent.Share == nil && parent.Weight == nil {
			continue
		}
		siblings := exact.Zero
		for _, j := range e.counting(&e.m.Nodes[n.Parent]) {
			siblings = siblings.Add(e.m.Nodes[j].Weight)
		}
		weight := n.Weight.Div(siblings)
		c.Weight = &weight
		if e.m.Nodes[n.Parent].combine == "mean" && parent.Share != nil {
			share := weight.Mul(*parent.Share)
			c.Share = &share
			e.contribute(c)
		}
	}
}

func (e *evaluation) contribute(c *Criterion) {
	root := &e.m.Nodes[0]
	var parts [3]exact.Number
	for b := range parts {
		parts[b] = c.Share.Mul(root.Shown(c.value[b]))
	}
	c.Contribution = &parts
}
