package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
)

// test is what one comparison of an expression comes to.
func (e *evaluation) test(t *expr.Test) expr.Outcome {
	switch t.Read {
	case "facts":
		return e.factTest(t)
	case "stage":
		if e.rec.stage < 0 {
			return missing("stage")
		}
		return t.Words(e.m.Nodes[t.Target].stages[e.rec.stage])
	case "stage_at_least":
		return e.reached(t.Target)
	case "as_of":
		return t.Dates(e.c.AsOf)
	case "claimed", "level", "value":
		return e.numberTest(t)
	case "applies":
		return e.appliesTest(t)
	case "answered":
		if o, ok := e.dropped(t.Target); ok {
			return o
		}
		e.value(t.Target)
		return expr.Of(e.res.Criteria[t.Target].State == Answered)
	case "met", "score", "gap", "count_below", "count_from":
		return e.rangeTest(t)
	}
	panic("score: unknown reading " + t.Read)
}

func missing(names ...string) expr.Outcome { return expr.Outcome{Truth: expr.Unknown, Missing: names} }

func (e *evaluation) factTest(t *expr.Test) expr.Outcome {
	f := e.m.facts[t.Name]
	v, known := e.fact(t.Name)
	if !known {
		return missing(t.Name)
	}
	switch f.Type {
	case "yes-no":
		return expr.Of(v.yes)
	case "choice", "text":
		return t.Words(v.word)
	case "date":
		return t.Dates(v.date)
	}
	return t.Numbers(v.number)
}

// fact is the stated value of a fact, or what a what-if takes it to be. One that its evidence does not carry is not
// known, but to a rule that computes what is claimed.
func (e *evaluation) fact(name string) (factValue, bool) {
	if e.c.Change.Fact == name {
		return factValue{yes: e.c.Change.Value == "yes", word: e.c.Change.Value}, true
	}
	v, stated := e.rec.facts[name]
	if e.basis == Evidenced && e.res.Facts[name] != nil {
		return v, false
	}
	return v, stated
}

// dropped gives the outcome of a test whose criterion has no part in the score, or may have none.
func (e *evaluation) dropped(i int) (expr.Outcome, bool) {
	e.presence(i)
	c := &e.res.Criteria[i]
	switch {
	case c.State == MayApply:
		return missing(c.Missing...), true
	case !c.present:
		return expr.Outcome{Truth: expr.Absent}, true
	}
	return expr.Outcome{}, false
}

// mayDrop is [evaluation.dropped] for groups too: one of which nothing is sure to have a part in the score may have none
// itself.
func (e *evaluation) mayDrop(i int) (expr.Outcome, bool) {
	if o, out := e.dropped(i); out || e.m.Nodes[i].IsLeaf() {
		return o, out
	}
	var names []string
	for _, j := range e.counting(&e.m.Nodes[i]) {
		o, may := e.mayDrop(j)
		if !may {
			return expr.Outcome{}, false
		}
		names = union(names, o.Missing)
	}
	return missing(names...), true
}

// numberTest compares the level or the number of a leaf.
func (e *evaluation) numberTest(t *expr.Test) expr.Outcome {
	x, absent, ok := e.leafNumber(t)
	switch {
	case !ok:
		return expr.Outcome{Truth: expr.Absent}
	case absent != nil:
		return missing(absent...)
	}
	return t.Numbers(x)
}

// leafNumber is what a leaf is answered with on the basis that is read, or what is missing for it; not ok if the leaf
// dropped out.
func (e *evaluation) leafNumber(t *expr.Test) (x exact.Number, absent []string, ok bool) {
	if o, out := e.dropped(t.Target); out {
		return x, o.Missing, o.Truth != expr.Absent
	}
	if price := e.rec.Innovation.Price; e.m.Nodes[t.Target].Price != nil { // its amount is known without other bids
		if price == nil {
			return x, []string{NeedsPrice}, true
		}
		return price.Amount, nil, true
	}
	e.value(t.Target)
	b := e.basis
	if t.Read == "claimed" { // is the same whoever asks
		b = Claimed
	}
	x, known := e.res.Criteria[t.Target].Number(b)
	if !known {
		return x, e.missingOf(t.Target), true
	}
	return x, nil, true
}

// missingOf is what a leaf that is not known lacks: facts that its rule reads, or its own answer.
func (e *evaluation) missingOf(i int) []string {
	n, c := &e.m.Nodes[i], &e.res.Criteria[i]
	if (n.ruling != nil || c.State == MayApply) && len(c.Missing) > 0 {
		return c.Missing
	}
	return []string{n.Name}
}

func (e *evaluation) appliesTest(t *expr.Test) expr.Outcome {
	e.presence(t.Target)
	c := &e.res.Criteria[t.Target]
	if c.State == MayApply {
		return missing(c.Missing...)
	}
	return expr.Of(c.present)
}

// rangeTest decides a comparison over what may hold unknowns: it is decided if it comes out the same with the unknown
// as worst and as best, and in between.
func (e *evaluation) rangeTest(t *expr.Test) expr.Outcome {
	if o, out := e.mayDrop(t.Target); out {
		return o
	}
	e.value(t.Target)
	unknowns := e.unknownBelow(t.Target)
	if t.Read == "met" {
		return e.metTest(t.Target, unknowns)
	}
	low, high, counted := e.lowAndHigh(t, unknowns)
	switch {
	case !counted:
		return expr.Outcome{Truth: expr.Absent}
	case len(unknowns) > 0 && e.m.Nodes[t.Target].IsLeaf():
		return missing(unknowns...)
	}
	o := between(t, low, high)
	if o.Truth == expr.Unknown {
		return missing(unknowns...)
	}
	return o
}

func (e *evaluation) metTest(i int, unknowns []string) expr.Outcome {
	worst, best := e.basis, e.highest(unknowns)
	if met := e.res.met(i, worst); met == e.res.met(i, best) {
		return expr.Of(met)
	}
	return missing(unknowns...)
}

// highest is the basis that takes what is not known as the best. Without anything unknown there is nothing above the
// one that is read.
func (e *evaluation) highest(unknowns []string) Basis {
	if len(unknowns) == 0 {
		return e.basis
	}
	return withBest[e.basis]
}

// lowAndHigh bound a score, a gap or a count by what is not known; not counted if a count has nothing to count.
func (e *evaluation) lowAndHigh(t *expr.Test, unknowns []string) (low, high exact.Number, counted bool) {
	n, c := &e.m.Nodes[t.Target], &e.res.Criteria[t.Target]
	switch t.Read {
	case "score":
		return n.Shown(c.value[e.basis]), n.Shown(c.value[e.highest(unknowns)]), true
	case "gap":
		low, high = e.res.gap(n)
		return low, high, true
	}
	sure, unsure, leaves := e.count(t)
	return exact.Int(int64(sure)), exact.Int(int64(sure + unsure)), leaves > 0
}

// bounds are the worse and the better number that a reading may come to for a leaf that it stands in for, and what is
// missing if they differ.
func (e *evaluation) bounds(g gauge, t *expr.Test) (worse, better exact.Number, absent []string) {
	worst, best := g.ends()
	if o, out := e.mayDrop(t.Target); out {
		return worst, best, o.Missing
	}
	if target := readings[t.Read].target; target != aGroup && target != anything {
		x, absent, _ := e.leafNumber(t)
		if absent != nil {
			return worst, best, absent
		}
		return x, x, nil
	}
	e.value(t.Target)
	unknowns := e.unknownBelow(t.Target)
	low, high, _ := e.lowAndHigh(t, unknowns)
	if low.Equal(high) {
		unknowns = nil
	}
	return poorer(g, low, high), richer(g, low, high), unknowns
}

// between decides a comparison with a number of which only bounds are known. What lies between two numbers that are both
// on one side of every threshold is there too, but for counts that are asked to equal one of several.
func between(t *expr.Test, low, high exact.Number) expr.Outcome {
	o := t.Numbers(low)
	if o.Truth != t.Numbers(high).Truth {
		return expr.Outcome{Truth: expr.Unknown}
	}
	for x := low.Add(exact.One); readings[t.Read].level && x.Less(high); x = x.Add(exact.One) {
		if o.Truth != t.Numbers(x).Truth {
			return expr.Outcome{Truth: expr.Unknown}
		}
	}
	return o
}

// count counts the leaves on one side of a level; each unknown one may be on either.
func (e *evaluation) count(t *expr.Test) (sure, unsure, leaves int) {
	e.m.counted(t.Target, func(i int) {
		n, c := &e.m.Nodes[i], &e.res.Criteria[i]
		if e.value(i); !c.present {
			return
		}
		leaves++
		x, known := c.Number(e.basis)
		switch {
		case !known || c.State == MayApply:
			unsure++
		case atLeast(n.Scale, x, t.At) == (t.Read == "count_from"):
			sure++
		}
	})
	return sure, unsure, leaves
}

// Gap is the distance, 0 to 100, between the strongest and the weakest child of a group that counts, and whether it has
// two that are scored.
func (r *Result) Gap(i int) (exact.Number, bool) {
	n := &r.Model.Nodes[i]
	low, high := r.gap(n)
	return low, len(r.scoredChildren(n)) > 1 && low.Equal(high)
}

func (r *Result) scoredChildren(n *Node) []int {
	var children []int
	for _, i := range n.Children {
		if c := &r.Criteria[i]; c.scored && (r.Model.Nodes[i].Weight.Sign() > 0) {
			children = append(children, i)
		}
	}
	return children
}

// gap is the least and the greatest that the distance may be.
func (r *Result) gap(n *Node) (low, high exact.Number) {
	children := r.scoredChildren(n)
	if len(children) < 2 {
		return exact.Zero, exact.Zero
	}
	first := &r.Criteria[children[0]]
	strongest, weakest := first.value[Evidenced], first.value[Evidenced]
	strongestBest, weakestBest := first.value[ceiling], first.value[ceiling]
	for _, i := range children[1:] {
		worst, best := r.Criteria[i].value[Evidenced], r.Criteria[i].value[ceiling]
		strongest, weakest = exact.Max(strongest, worst), exact.Min(weakest, worst)
		strongestBest, weakestBest = exact.Max(strongestBest, best), exact.Min(weakestBest, best)
	}
	low = exact.Max(exact.Zero, strongest.Sub(weakestBest))
	return low.Mul(exact.Hundred), strongestBest.Sub(weakest).Mul(exact.Hundred)
}

// unknownBelow names the leaves below a node that count and are not known, by what is missing of them.
func (e *evaluation) unknownBelow(i int) []string {
	if names, again := e.unknowns[i]; again {
		return names
	}
	var names []string
	seen := map[string]bool{}
	e.m.counted(i, func(j int) {
		e.value(j)
		if c := &e.res.Criteria[j]; !c.present || c.State != Unanswered && c.State != MayApply {
			return
		}
		for _, name := range e.missingOf(j) {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	})
	if e.unknowns == nil {
		e.unknowns = map[int][]string{}
	}
	e.unknowns[i] = names
	return names
}
