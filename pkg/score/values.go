package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
)

// presence finds whether a node has a part in the score. A group without a child that has one drops out, and so does a
// leaf whose rule reads only what has dropped out.
func (e *evaluation) presence(i int) {
	if !e.first(i, thePresence) {
		return
	}
	e.state(i)
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	if !n.IsLeaf() {
		e.groupPresence(n, c)
		return
	}
	if c.State == Answered && n.ruling != nil && e.allDropped(n.ruling) {
		c.State = DoesNotApply
	}
	best := n.Source.NA != nil && n.Source.NA.Counts == "best"
	c.present = c.State.Counts() || c.State == NotApplicable && c.NA != "" && best
}

func (e *evaluation) groupPresence(n *Node, c *Criterion) {
	for _, j := range n.Children {
		e.presence(j)
		c.present = c.present || e.res.Criteria[j].present && e.m.Nodes[j].Weight.Sign() > 0
	}
	if !c.State.Counts() {
		c.present = false
	} else if !c.present {
		c.State = e.droppedWith(n)
	}
}

// allDropped reports whether a ruling reads nodes only, and all have dropped out.
func (e *evaluation) allDropped(r *ruling) bool {
	all := true
	one := func(t *expr.Test, _ bool) {
		if readings[t.Read].target < aLeaf {
			all = false
			return
		}
		e.presence(t.Target)
		all = all && !e.res.Criteria[t.Target].present
	}
	if r.condition != nil {
		r.condition.Tests(one)
	} else {
		one(r.reading, false)
	}
	return all
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

// value computes the scores of a node, from its own number or from its children's values.
func (e *evaluation) value(i int) {
	if !e.first(i, theValue) {
		return
	}
	e.presence(i)
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	for _, j := range n.Children {
		e.value(j)
	}
	switch {
	case !c.present:
	case n.ruling != nil && c.State == Answered:
		e.ruled(n, c)
		e.leafValue(n, c)
	case n.Price != nil:
		e.priced(i)
	case n.IsLeaf():
		e.leafValue(n, c)
	default:
		e.combine(n, c)
	}
}

// leafValue is the worth of what a leaf is answered with; what is not known is the worst, or at best the best.
func (e *evaluation) leafValue(n *Node, c *Criterion) {
	c.scored = true
	for b := range bases {
		switch {
		case c.State == NotApplicable: // which counts as the best here
			_, best := n.gauge().ends()
			c.numbers[b], c.known[b], c.value[b] = best, true, exact.One
		case c.known[b] || n.ruling != nil && c.State == Unanswered: // of a rule, what it may be at the worst or best
			c.value[b] = n.gauge().worth(c.numbers[b])
		case b >= AtBest:
			c.value[b] = exact.One
		}
	}
	if n.Scale != nil && c.State == NotApplicable {
		c.Level, c.ClaimedLevel = n.Scale.Best(), n.Scale.Best()
	}
}

// withBest is, for a basis that takes what is not known as the worst, the one that takes it as the best.
var withBest = [...]Basis{Evidenced: ceiling, Claimed: roof, AtBest: AtBest}

// ruled lets the rule answer, once for each of the scores. It is not known unless what it reads is supported.
func (e *evaluation) ruled(n *Node, c *Criterion) {
	outer := e.basis
	defer func() { e.basis = outer }()
	for _, b := range [...]Basis{AtBest, Claimed, Evidenced} {
		e.basis = b
		worse, better, absent := e.bound(n)
		c.numbers[b], c.known[b], c.Missing = worse, absent == nil, absent
		if b == AtBest {
			c.numbers[b] = better
			continue
		}
		c.numbers[withBest[b]], c.known[withBest[b]] = better, absent == nil
	}
	if !c.known[Evidenced] {
		c.State = Unanswered
		return
	}
	if n.Scale != nil {
		c.Level, c.ClaimedLevel = n.Scale.Reached(c.numbers[Evidenced]), n.Scale.Reached(c.numbers[Claimed])
	}
}

// Needs of a price that are no fact.
const (
	NeedsPrice     = "price"
	NeedsOtherBids = "other bids"
)

// priced gives a bid's price its value. A relative model has one only among bids.
func (e *evaluation) priced(i int) {
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	c.scored = true
	c.value[AtBest], c.value[ceiling], c.value[roof] = exact.One, exact.One, exact.One
	if c.State != Answered {
		return
	}
	price := e.rec.Innovation.Price
	switch {
	case price == nil:
		c.State, c.Missing = Unanswered, []string{NeedsPrice}
		return
	case n.Price.Relative():
		c.State, c.Missing = Unanswered, []string{NeedsOtherBids}
		return
	}
	v := n.Price.worth(price.Amount)
	c.rounded = e.roundedPrice(i, v)
	for b := range bases {
		c.value[b], c.numbers[b], c.known[b] = v, price.Amount, true
	}
}

// roundedPrice is the rounded value of a price that is v; nil if it is not rounded. Where a group does not add, the price
// contributes nothing of its own.
func (e *evaluation) roundedPrice(i int, v exact.Number) *exact.Number {
	e.share(i)
	c, price := &e.res.Criteria[i], e.m.Nodes[i].Price
	if price.decimals < 0 || c.Share == nil {
		return nil
	}
	v = price.rounded(c, v)
	return &v
}
