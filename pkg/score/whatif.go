package score

import (
	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Hypothesis is what a result would come to if one thing were otherwise.
type Hypothesis struct {
	Verdict Verdict
	// Score is the evidenced score of the root, with what is not known as the worst.
	Score exact.Number
	// Gates are in the model's order.
	Gates []GateResult
}

// If computes what the result would come to with a change. It does not change the result, but is not for use by several
// goroutines at once.
func (r *Result) If(change Change) Hypothesis {
	e := r.run.raised(change)
	if e == nil {
		c := r.run.c
		c.Change = change
		e = r.Model.evaluate(r.Record, c)
	}
	score, _ := e.res.Counted(0, Evidenced)
	return Hypothesis{Verdict: e.res.Verdict, Score: score, Gates: e.res.Gates}
}

// On computes what the same record comes to on another day. It does not change the result.
func (r *Result) On(day calendar.Date) Hypothesis {
	c := r.run.c
	c.AsOf = day
	e := r.Model.evaluate(r.Record, c)
	score, _ := e.res.Counted(0, Evidenced)
	return Hypothesis{Verdict: e.res.Verdict, Score: score, Gates: e.res.Gates}
}

// raised is the evaluation with one leaf raised. A better answer changes the values of the leaf and of what stands above
// it, and with them gates, flags and the verdict; nothing else, unless a condition or a rule reads one of these nodes.
// It is nil then, and if the change is another: all has to be evaluated again.
func (e *evaluation) raised(change Change) *evaluation {
	if !change.Raise || e.m.Nodes[change.Node].ruling != nil {
		return nil
	}
	for i := change.Node; i >= 0; i = e.m.Nodes[i].Parent {
		if e.m.Nodes[i].steers {
			return nil
		}
	}
	again := *e
	res := *e.res
	e.spare = append(e.spare[:0], res.Criteria...) // there are many what-ifs, one after the other
	res.Criteria, res.Gates, res.Flags, res.Findings = e.spare, nil, nil, nil
	again.res, again.unknowns, again.c.Change = &res, nil, change
	again.revalue(change.Node)
	again.verdicts()
	return &again
}

// revalue computes a leaf with its change, and all above it from their children's values.
func (e *evaluation) revalue(leaf int) {
	n, c := &e.m.Nodes[leaf], &e.res.Criteria[leaf]
	e.raise(leaf)
	if c.present {
		c.value = [bases]exact.Number{}
		e.leafValue(n, c)
	}
	for i := n.Parent; i >= 0; i = e.m.Nodes[i].Parent {
		if c := &e.res.Criteria[i]; c.present {
			c.State, c.value = e.applied[i], [bases]exact.Number{}
			e.combine(&e.m.Nodes[i], c)
		}
	}
}

// steering marks the nodes that decide more than their own value: what a condition on a criterion or a rule reads.
func (c *compiler) steering() {
	mark := func(nodes []int) {
		for _, i := range nodes {
			c.m.Nodes[i].steers = true
		}
	}
	for i := range c.m.Nodes {
		n := &c.m.Nodes[i]
		mark(nodesRead(n.when))
		if n.ruling == nil {
			continue
		}
		mark(nodesRead(n.ruling.condition))
		if t := n.ruling.reading; t != nil && readings[t.Read].target >= aLeaf {
			mark([]int{t.Target})
		}
	}
}
