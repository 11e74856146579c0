package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// share finds what a node counts for in its parent and in the whole, after dropping out. What it contributes to the
// score of the root is lead + slope x value: those of the children of a group that adds make up that of the group.
//
// Both are handed down by share: share x (from + v x (to - from)). Under a root that is a sum, and sums below it, a child
// brings its own points, weight x (lowest + v x range), scaled to what the group contributes; the points of those that
// dropped out are shared among the rest.
func (e *evaluation) share(i int) {
	if e.shared[i] {
		return
	}
	e.shared[i] = true
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	e.presence(i)
	if i == 0 {
		if one := exact.One; c.present {
			c.Weight, c.Share = &one, &one
			c.lead, c.slope = n.show.from, n.show.to.Sub(n.show.from)
		}
		return
	}
	e.share(n.Parent)
	above, parent := &e.m.Nodes[n.Parent], &e.res.Criteria[n.Parent]
	if !c.present || n.Weight.Sign() <= 0 || !parent.present {
		return
	}
	siblings, lowest := exact.Zero, exact.Zero
	for _, j := range above.Children {
		e.presence(j)
		if child := &e.m.Nodes[j]; e.res.Criteria[j].present && child.Weight.Sign() > 0 {
			low, _ := child.spread()
			siblings, lowest = siblings.Add(child.counts), lowest.Add(child.Weight.Mul(low))
		}
	}
	weight := n.counts.Div(siblings)
	if !above.Profile() {
		c.Weight = &weight
	}
	if !above.Adds() || parent.Share == nil {
		return
	}
	share := weight.Mul(*parent.Share)
	c.Share = &share
	c.lead, c.slope = weight.Mul(parent.lead), weight.Mul(parent.slope)
	if points := above.show.to.Sub(above.show.from); e.m.sums(n.Parent) && !points.IsZero() {
		scale := parent.slope.Div(points)
		low, _ := n.spread()
		c.lead = scale.Mul(n.Weight).Mul(low).Add(weight.Mul(parent.lead.Sub(scale.Mul(lowest))))
	}
}

// sums reports whether a node and all above it are sums.
func (m *Model) sums(i int) bool {
	for ; i >= 0; i = m.Nodes[i].Parent {
		if m.Nodes[i].combine != "sum" {
			return false
		}
	}
	return true
}

// contributions gives every node that has a share what it contributes to the score of the root, in its displayed units.
func (e *evaluation) contributions() {
	for i := range e.m.Nodes {
		e.share(i)
		c := &e.res.Criteria[i]
		if c.Share == nil || !c.scored {
			continue
		}
		var parts [3]exact.Number
		for b := range parts {
			parts[b] = c.lead.Add(c.slope.Mul(c.Counting(Basis(b))))
		}
		c.Contribution = &parts
	}
}

// byDuty is, for those who must act, the weighted mean of their leaves, 0 to 100. A leaf weighs its share of its own
// rubric, wherever that is used and whatever it weighs there: a buyer's part may be shown beside the score.
func (e *evaluation) byDuty() {
	sums := map[string]*[3]exact.Number{}
	weights := map[string]exact.Number{}
	e.res.DutyKnown = map[string]bool{}
	e.ownShares(func(i int, share exact.Number) {
		c, duty := &e.res.Criteria[i], e.m.Nodes[i].Duty
		if duty == "" || duty == "shared" || !c.scored {
			return
		}
		if sums[duty] == nil {
			sums[duty] = &[3]exact.Number{}
		}
		for b := range sums[duty] {
			sums[duty][b] = sums[duty][b].Add(share.Mul(c.value[b]))
		}
		weights[duty] = weights[duty].Add(share)
		if c.State != Unanswered && c.State != MayApply {
			e.res.DutyKnown[duty] = true
		}
	})
	e.res.ByDuty = map[string][3]exact.Number{}
	for duty, sum := range sums {
		var means [3]exact.Number
		for b := range means {
			means[b] = sum[b].Div(weights[duty]).Mul(exact.Hundred)
		}
		e.res.ByDuty[duty] = means
	}
}

// ownShares calls yield for every leaf that counts, with its share of the rubric that it is written in. What stands below
// a profile has none, since it is never added up.
func (e *evaluation) ownShares(yield func(i int, share exact.Number)) {
	nodes := e.m.Nodes
	shares := make([]exact.Number, len(nodes))
	for i := range nodes {
		n := &nodes[i]
		if n.Root {
			shares[i] = exact.One
		}
		if n.IsLeaf() && shares[i].Sign() > 0 {
			yield(i, shares[i])
		}
		siblings := exact.Zero
		if n.Profile() {
			continue
		}
		children := e.counting(n)
		for _, j := range children {
			siblings = siblings.Add(nodes[j].counts)
		}
		for _, j := range children {
			shares[j] = shares[i].Mul(nodes[j].counts).Div(siblings)
		}
	}
}
