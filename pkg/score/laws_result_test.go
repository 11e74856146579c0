package score_test

import (
	"fmt"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// The laws of one result.

// Evidenced is not above claimed, and claimed not above what is at best possible; all are from 0 to 1.
func inOrder(r *score.Result) error {
	for i := range r.Model.Nodes {
		c := &r.Criteria[i]
		if !c.Scored() {
			continue
		}
		e, cl, p := c.Value(score.Evidenced), c.Value(score.Claimed), c.Value(score.AtBest)
		if e.Sign() < 0 || cl.Less(e) || p.Less(cl) || exact.One.Less(p) {
			return fmt.Errorf("%s: evidenced %s, claimed %s, at best %s", r.Model.Nodes[i].Name, e, cl, p)
		}
	}
	return nil
}

func addUp(r *score.Result) error {
	if !r.Criteria[0].Scored() {
		return nil
	}
	for b := score.Evidenced; b <= score.AtBest; b++ {
		sum, shares := exact.Zero, exact.Zero
		for i := range r.Model.Nodes {
			if carried(r, i) {
				sum, shares = sum.Add(r.Criteria[i].Contribution[b]), shares.Add(*r.Criteria[i].Share)
			}
		}
		if total, _ := r.Counted(0, b); !sum.Equal(total) || !shares.Equal(exact.One) {
			return fmt.Errorf("contributions add up to %s and shares to %s, score %s", sum, shares, total)
		}
	}
	return nil
}

// carried holds for the nodes whose contributions make up the whole: leaves, and groups that do not add.
func carried(r *score.Result, i int) bool {
	if r.Criteria[i].Contribution == nil {
		return false
	}
	return r.Model.Nodes[i].IsLeaf() || !r.Model.Nodes[i].Adds()
}

func nothingToScore(r *score.Result) error {
	for i := range r.Model.Nodes {
		n, c := &r.Model.Nodes[i], &r.Criteria[i]
		best := c.State == score.NotApplicable && n.Source != nil && n.Source.NA != nil && n.Source.NA.Counts == "best"
		if c.Scored() != (c.Counts() && !n.Profile()) || c.Counts() != (c.State.Counts() || best && c.Counts()) {
			return fmt.Errorf("%s is %s, counts: %t, scored: %t", n.Name, c.State, c.Counts(), c.Scored())
		}
	}
	if !r.Criteria[0].Counts() && r.Verdict.Headline > score.Incomplete || !r.Criteria[0].Scored() && r.Verdict.Index != 0 {
		return fmt.Errorf("no score, and the headline is %s", r.Verdict.Headline)
	}
	return nil
}

// The band never stands above what gates and capping flags leave open.
func neverBoughtBack(r *score.Result) error {
	above := func(band *score.Band) bool {
		return r.Verdict.Index > 0 && (band == nil || band.From.Less(r.Verdict.Band.From))
	}
	for _, g := range r.Gates {
		stands := g.Outcome == score.Fail || g.Outcome == score.Undecided
		if stands && g.Gate.Otherwise.Word != "conditional" && above(g.Gate.Cap) {
			return fmt.Errorf("gate %s is %s, and the band is %s", g.Gate.Name, g.Outcome, r.Verdict.Band.Label)
		}
		if g.Outcome == score.Fail && r.Verdict.Headline != score.GateFails || g.Outcome == score.Undecided && r.Verdict.Headline > score.GateUnknown {
			return fmt.Errorf("gate %s is %s, and the headline is %s", g.Gate.Name, g.Outcome, r.Verdict.Headline)
		}
	}
	for _, f := range r.Flags {
		if f.Flag.Caps() && (f.Raised == expr.True || f.Raised == expr.Unknown) && above(f.Flag.Cap) {
			return fmt.Errorf("flag %s caps, and the band is %s", f.Flag.Name, r.Verdict.Band.Label)
		}
	}
	return nil
}

func displayed(r *score.Result) error {
	for i := range r.Model.Nodes {
		c, name := &r.Criteria[i], r.Model.Nodes[i].Name
		worst, scored := r.Counted(i, score.Evidenced)
		best, _ := r.Counted(i, score.AtBest)
		before := worst
		for b := score.Evidenced; b <= score.AtBest; b++ {
			x, shown := r.Score(i, b)
			switch {
			case (c.Withheld != nil) != (scored && withheld(r, i)):
				return fmt.Errorf("%s is withheld: %t", name, c.Withheld != nil)
			case shown != (scored && c.Withheld == nil):
				return fmt.Errorf("%s is scored: %t, withheld: %t, shown: %t", name, scored, c.Withheld != nil, shown)
			case shown && (x.Less(before) || best.Less(x)):
				return fmt.Errorf("%s is displayed as %s on basis %d, worst %s, before %s, best %s", name, x, b, worst, before, best)
			case shown:
				before = x
			}
		}
	}
	return nil
}

// withheld reports whether too little of a group that does something with what is not known is answered: nothing at all,
// or less than it asks for.
func withheld(r *score.Result, i int) bool {
	n := &r.Model.Nodes[i]
	if policy(n) == "" {
		return false
	}
	least := n.Rubric.MinAnswered
	if !n.Root {
		least = n.Source.MinAnswered
	}
	var answered, all int64
	weighed(r.Model, i, func(j int) {
		c := &r.Criteria[j]
		all += int64(index(c.Counts()))
		answered += int64(index(c.Counts() && (c.State == score.Answered || c.State == score.NotApplicable)))
	})
	return answered == 0 || least != nil && exact.Ratio(answered, all).Less(*least)
}

// excluded answers all that is not known with a reason why it is not applicable, and looks at the groups that leave it
// out of what they display. Where that reason is not accepted, or something else changes, there is nothing to compare.
func excluded(x *trial) error {
	if !slices.ContainsFunc(x.m.Nodes, func(n score.Node) bool { return policy(&n) == "exclude" }) {
		return nil
	}
	w := x.clone()
	w.leaves(func(name string, _ *criterion) {
		i, ok := x.m.Lookup(name)
		if !ok || x.r.Criteria[i].State != score.Unanswered {
			return
		}
		if w.rec.answers[name] == nil && !slices.Contains(w.rec.order, name) {
			w.rec.order = append(w.rec.order, name)
		}
		w.rec.answers[name] = &answer{words: "{na: no such thing}"}
	})
	after := x.compared(w)
	for i := range x.m.Nodes {
		n := &x.m.Nodes[i]
		if policy(n) != "exclude" || !x.r.Criteria[i].Scored() || x.r.Criteria[i].Withheld != nil || !onlyDropped(x.r, after, i) {
			continue
		}
		for b := score.Evidenced; b <= score.Claimed; b++ {
			shown, _ := x.r.Score(i, b)
			if counted, _ := after.Counted(i, b); !shown.Equal(counted) {
				return fmt.Errorf("%s is displayed as %s on basis %d, and is %s without what is not known", n.Name, shown, b, counted)
			}
		}
	}
	return nil
}

// policy is what a group does with what is not known.
func policy(n *score.Node) string {
	switch {
	case n.IsLeaf():
		return ""
	case n.Root:
		return n.Rubric.Unknown
	}
	return n.Source.Unknown
}

// onlyDropped reports whether, below a node, all that was not known has dropped out and nothing else has changed.
func onlyDropped(before, after *score.Result, i int) bool {
	same := true
	weighed(before.Model, i, func(j int) {
		b, a := &before.Criteria[j], &after.Criteria[j]
		switch {
		case !b.Counts() || b.State == score.NotApplicable:
			same = same && b.State == a.State
		case b.State == score.Answered:
			_, known := b.Number(score.Claimed) // which a rule may be on one basis only
			same = same && known && a.State == score.Answered && b.Value(score.Evidenced).Equal(a.Value(score.Evidenced)) && b.Value(score.Claimed).Equal(a.Value(score.Claimed))
		default:
			same = same && !a.Counts()
		}
	})
	return same
}

// inTheMiddle holds for groups that only add: what they display is halfway between the worst and the best, where the best
// differs by what is not known only.
func inTheMiddle(x *trial) error {
	for i := range x.m.Nodes {
		n := &x.m.Nodes[i]
		if policy(n) != "midpoint" || !x.r.Criteria[i].Scored() || x.r.Criteria[i].Withheld != nil {
			continue
		}
		plain := true
		for j := i; j < n.End; j++ {
			c := &x.r.Criteria[j]
			known := c.State == score.Answered || c.State == score.NotApplicable
			plain = plain && (x.m.Nodes[j].Adds() || x.m.Nodes[j].IsLeaf())
			plain = plain && (!x.m.Nodes[j].IsLeaf() || !known || c.Value(score.Evidenced).Equal(c.Value(score.AtBest)))
			plain = plain && (known || !x.m.Nodes[j].IsLeaf() || c.Value(score.AtBest).Equal(exact.One) && c.Value(score.Claimed).IsZero())
		}
		worst, _ := x.r.Counted(i, score.Evidenced)
		best, _ := x.r.Counted(i, score.AtBest)
		if shown, _ := x.r.Score(i, score.Evidenced); plain && !shown.Equal(worst.Add(best).Mul(exact.Ratio(1, 2))) {
			return fmt.Errorf("%s is displayed as %s, worst %s, best %s", n.Name, shown, worst, best)
		}
	}
	return nil
}

// The rung of a ladder is met with all before it, and what is ahead is met after one that is not. Every leaf of a
// profile that is answered with a level is counted once.
func rungsAndCounts(r *score.Result) error {
	for i := range r.Model.Nodes {
		n := &r.Model.Nodes[i]
		rung, ahead := r.Rung(i)
		if n.Combine() != "ladder" {
			if rung >= 0 || ahead != nil {
				return fmt.Errorf("%s is no ladder and has a rung", n.Name)
			}
		} else if err := climbed(r, i, rung, ahead); err != nil {
			return err
		}
		levels, numbers, unknown := r.Counts(i)
		counted, leaves := numbers+unknown, 0
		for _, l := range levels {
			counted += l.Count
		}
		weighed(r.Model, i, func(j int) {
			leaves += index(r.Criteria[j].Counts())
		})
		if counted != leaves {
			return fmt.Errorf("%s has %d leaves and counts %d", n.Name, leaves, counted)
		}
	}
	return nil
}

func climbed(r *score.Result, i, rung int, ahead []int) error {
	var met, all int64
	climbing, reached, beyond := true, -1, []int(nil)
	for _, j := range r.Model.Nodes[i].Children {
		if !r.Criteria[j].Counts() || r.Model.Nodes[j].Weight.Sign() <= 0 {
			continue
		}
		all++
		switch is := r.Met(j); {
		case is && climbing:
			met, reached = met+1, j
		case is:
			beyond = append(beyond, j)
		default:
			climbing = false
		}
	}
	if rung != reached || !slices.Equal(ahead, beyond) {
		return fmt.Errorf("%s is at rung %d, ahead %v; met are up to %d, and %v", r.Model.Nodes[i].Name, rung, ahead, reached, beyond)
	}
	if c := &r.Criteria[i]; c.Scored() && !c.Value(score.Evidenced).Equal(exact.Ratio(met, all)) {
		return fmt.Errorf("%s has climbed %d of %d and is worth %s", r.Model.Nodes[i].Name, met, all, c.Value(score.Evidenced))
	}
	return nil
}

// weighed calls yield for every leaf below a node with weight above 0 all the way down.
func weighed(m *score.Model, i int, yield func(int)) {
	if m.Nodes[i].IsLeaf() {
		yield(i)
	}
	for _, j := range m.Nodes[i].Children {
		if m.Nodes[j].Weight.Sign() > 0 {
			weighed(m, j, yield)
		}
	}
}
