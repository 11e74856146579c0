package score_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// The laws of what another record comes to.

// Missing is never fine: whatever is taken away from a record, no evidenced score rises, no gate turns to pass, and the
// band does not rise.
func removingNeverHelps(x *trial) error {
	w := x.clone()
	what := w.remove(x.random)
	after := x.compared(w)
	if root(x.r, score.Evidenced).Add(x.rounding()).Less(root(after, score.Evidenced)) {
		return fmt.Errorf("without %s the score rises from %s to %s", what, root(x.r, score.Evidenced), root(after, score.Evidenced))
	}
	for j := range after.Gates {
		if after.Gates[j].Outcome == score.Pass && x.r.Gates[j].Outcome != score.Pass && !x.readsRounded(j) {
			return fmt.Errorf("without %s gate %s passes", what, after.Gates[j].Gate.Name)
		}
	}
	if after.Verdict.Index > x.r.Verdict.Index && x.rounding().IsZero() {
		return fmt.Errorf("without %s the band rises to %s", what, after.Verdict.Band.Label)
	}
	return nil
}

// rounding is how much the value of the whole may be off, since prices are rounded in points of it: each by up to half
// of a decimal before, and half of one after.
func (x *trial) rounding() exact.Number {
	low, high := x.ends(&x.t.group)
	sum := exact.Zero
	for i := range x.m.Nodes {
		if of := x.m.Nodes[i].Source; of != nil && of.Price != nil && of.Price.Decimals != nil && low.Less(high) {
			sum = sum.Add(exact.Ratio(1, 10).Div(high.Sub(low)))
		}
	}
	return sum
}

// readsRounded reports whether a gate depends on a price that is rounded.
func (x *trial) readsRounded(gate int) bool {
	return !x.rounding().IsZero() && slices.ContainsFunc(x.m.Gates[gate].Depends, func(i int) bool { return x.m.Nodes[i].Scale == nil })
}

// remove takes one thing away, and says which.
func (w *world) remove(r random) string {
	rec := w.rec
	var options []func() string
	if rec.stage != "" {
		options = append(options, func() string { rec.stage = ""; return "the stage" })
	}
	if rec.price != "" {
		options = append(options, func() string { rec.price = ""; return "the price" })
	}
	if rec.version != "" {
		options = append(options, func() string { rec.version = ""; return "the version" })
	}
	if len(rec.facts) > 0 {
		options = append(options, func() string {
			name := pick(r, slices.DeleteFunc(slices.Clone(factNames), func(name string) bool { _, ok := rec.facts[name]; return !ok }))
			delete(rec.facts, name)
			return "fact " + name
		})
	}
	if len(rec.items) > 0 {
		options = append(options, func() string {
			i := r.IntN(len(rec.items))
			id := rec.items[i].id
			rec.items = slices.Delete(rec.items, i, i+1)
			return "evidence " + id
		})
	}
	if len(rec.order) > 0 {
		answer := func() string {
			name := pick(r, rec.order)
			delete(rec.answers, name)
			return "answer " + name
		}
		options = append(options, answer, answer, answer)
	}
	if len(options) == 0 {
		return "nothing"
	}
	return pick(r, options)()
}

// A better level, a lower price or better evidence never lowers evidenced or claimed, where no condition or rule reads
// what is claimed, and turns no gate from pass to fail.
func betterNeverHurts(x *trial) error {
	w := x.clone()
	what := w.improve(x.random)
	after := x.compared(w)
	for b := score.Evidenced; b <= score.Claimed; b++ {
		if root(after, b).Add(x.rounding()).Less(root(x.r, b)) {
			return fmt.Errorf("with %s the score on basis %d falls from %s to %s", what, b, root(x.r, b), root(after, b))
		}
	}
	for j := range after.Gates {
		claims := x.r.Gates[j].Gate.Source != nil && strings.Contains(x.r.Gates[j].Gate.Source.Needs+x.r.Gates[j].Gate.Source.When, "claimed(")
		if x.r.Gates[j].Outcome == score.Pass && after.Gates[j].Outcome == score.Fail && !claims && !x.readsRounded(j) {
			return fmt.Errorf("with %s gate %s fails", what, after.Gates[j].Gate.Name)
		}
	}
	return nil
}

// improve makes one thing better, and says which.
func (w *world) improve(r random) string {
	switch {
	case r.chance(30) && len(w.rec.items) > 0:
		e := pick(r, w.rec.items)
		e.independent, e.checked, e.until, e.n = true, "2026-05-20", "", "30"
		e.covers = w.rec.version
		if mustDate(e.dated).Compare(asOf) <= 0 {
			e.dated = "2026-05-31"
		}
		return "better evidence " + e.id
	case r.chance(10) && w.rec.price != "":
		w.rec.price = "9000"
		return "a lower price"
	}
	for _, i := range r.Perm(len(w.rec.order)) {
		name := w.rec.order[i]
		a := w.rec.answers[name]
		if a == nil || a.words != "" || w.leaf(name) == nil || w.claimRead(name, false) {
			continue
		}
		if a.raise(r, len(w.leaf(name).gauge.steps)-1) {
			return "a better " + name
		}
	}
	return "nothing"
}

// raise makes an answer better, if it is not the best.
func (a *answer) raise(r random, best int) bool {
	switch {
	case a.survey != nil:
		for step := best - 1; step >= 0; step-- {
			if a.survey[step] > 0 {
				a.survey[step]--
				a.survey[step+1]++
				return true
			}
		}
		return false
	case a.high == best && a.low == best:
		return false
	case a.low == a.high:
		a.low++
		a.high++
	case a.high < best && r.chance(50):
		a.high++
	default:
		a.low++
	}
	return true
}

// Evidenced and claimed take the worse end of a range, at best takes the better.
func rangesLieBetweenTheirEnds(x *trial) error {
	for _, i := range x.Perm(len(x.rec.order)) {
		name := x.rec.order[i]
		if a := x.rec.answers[name]; a == nil || !a.isRange() || x.leaf(name) == nil {
			continue
		}
		worse, better := x.clone(), x.clone()
		worse.rec.answers[name].high = worse.rec.answers[name].low
		better.rec.answers[name].low = better.rec.answers[name].high
		low, high := x.compared(worse), x.compared(better)
		if err := sameOn(x.r, low, "at the worse end of "+name, score.Evidenced, score.Claimed); err != nil {
			return err
		}
		if x.claimRead(name, false) {
			return nil
		}
		for b := score.Evidenced; b <= score.Claimed; b++ {
			if root(high, b).Less(root(x.r, b)) {
				return fmt.Errorf("at the better end of %s the score on basis %d falls from %s to %s", name, b, root(x.r, b), root(high, b))
			}
		}
		for j := range x.m.Nodes {
			if c, d := &x.r.Criteria[j], &high.Criteria[j]; c.Scored() && !c.Value(score.AtBest).Equal(d.Value(score.AtBest)) {
				return fmt.Errorf("%s is at best %s, and %s at the better end of %s", x.m.Nodes[j].Name, c.Value(score.AtBest), d.Value(score.AtBest), name)
			}
		}
		return nil
	}
	return nil
}

func identicalAnswers(x *trial) error {
	for _, i := range x.Perm(len(x.rec.order)) {
		name := x.rec.order[i]
		a, c := x.rec.answers[name], x.leaf(name)
		if a == nil || !a.isStep() || c == nil || c.gauge.measure || c.respondents > 0 {
			continue
		}
		w := x.clone()
		w.rec.answers[name].survey = make([]int, len(c.gauge.steps))
		w.rec.answers[name].survey[a.low] = 1 + x.IntN(9)
		return same(x.r, x.compared(w), "with a survey of "+name)
	}
	return nil
}

// A fact that its evidence does not carry is as if not stated, and a level as if only what is carried were claimed: nothing
// that is evidenced changes.
func notCarried(x *trial) error {
	w := x.clone()
	what := ""
	for _, name := range factNames {
		if x.r.Facts[name] != nil && what == "" && !x.claimRead("", true) {
			delete(w.rec.facts, name)
			what = "without fact " + name
		}
	}
	for _, i := range x.Perm(len(x.rec.order)) {
		name := x.rec.order[i]
		j, there := x.m.Lookup(name)
		a := w.rec.answers[name]
		if !there || what != "" || a == nil || !a.isStep() || x.m.Nodes[j].Scale == nil || len(x.r.Criteria[j].Unmet) == 0 || x.claimRead(name, true) {
			continue
		}
		a.low, a.high = x.r.Criteria[j].Level, x.r.Criteria[j].Level
		what = "with no more claimed of " + name
	}
	return sameOn(x.r, x.compared(w), what, score.Evidenced)
}

// Logic in three values is sound: what is decided does not depend on what is not known, as long as the same criteria
// apply.
func decidedStays(x *trial) error {
	w := x.clone()
	filled := w.fillIn(x)
	after := x.compared(w)
	for i := range x.m.Nodes {
		b, a := &x.r.Criteria[i], &after.Criteria[i]
		if b.Counts() != a.Counts() || (b.State == score.MayApply) != (a.State == score.MayApply) {
			return nil
		}
	}
	for j, g := range x.r.Gates {
		if decided := g.Outcome != score.Undecided; decided && after.Gates[j].Outcome != g.Outcome {
			return fmt.Errorf("gate %s is %s, and %s when %v are filled in", g.Gate.Name, g.Outcome, after.Gates[j].Outcome, filled)
		}
	}
	for j, f := range x.r.Flags {
		if decided := f.Raised != expr.Unknown; decided && after.Flags[j].Raised != f.Raised && !strings.Contains(f.Flag.Source.When, "answered(") {
			return fmt.Errorf("flag %s is %d, and %d when %v are filled in", f.Flag.Name, f.Raised, after.Flags[j].Raised, filled)
		}
	}
	return nil
}

// fillIn answers some of what is not known, and says what.
func (w *world) fillIn(x *trial) []string {
	var filled []string
	w.leaves(func(name string, c *criterion) {
		i, ok := x.m.Lookup(name)
		if !ok || x.r.Criteria[i].State != score.Unanswered || x.chance(30) {
			return
		}
		if w.rec.answers[name] == nil && !slices.Contains(w.rec.order, name) {
			w.rec.order = append(w.rec.order, name)
		}
		a := &answer{low: x.IntN(len(c.gauge.steps))}
		a.high = a.low
		if c.respondents > 0 {
			a.survey = make([]int, len(c.gauge.steps))
			a.survey[a.low], a.survey[0] = 3, a.survey[0]+x.IntN(2)
		}
		for _, e := range w.rec.items {
			a.evidence = append(a.evidence, e.id)
		}
		w.rec.answers[name] = a
		filled = append(filled, name)
	})
	if w.rec.price == "" {
		w.rec.price = pick(x.random, []string{"10000", "60000", "250000"})
		filled = append(filled, "the price")
	}
	return filled
}

// asEvaluatedAgain compares the short way of a what-if with the long one, of which it leaves out what cannot change.
func asEvaluatedAgain(x *trial) error {
	for i := range x.m.Nodes {
		n := &x.m.Nodes[i]
		if !n.IsLeaf() || n.IsRule() || n.Price != nil {
			continue
		}
		from, known := x.r.Criteria[i].Number(score.Evidenced)
		to, some := n.Next(from, known)
		if !some {
			continue
		}
		change := score.Change{Raise: true, Node: i, To: to}
		short := x.r.If(change)
		long := x.m.Evaluate(x.r.Record, score.Conditions{AsOf: asOf, Change: change})
		whole, _ := long.Counted(0, score.Evidenced)
		if !short.Score.Equal(whole) || fmt.Sprint(short.Verdict) != fmt.Sprint(long.Verdict) {
			return fmt.Errorf("%s raised to %s: %s and %v, and evaluated again %s and %v", n.Name, to, short.Score, short.Verdict, whole, long.Verdict)
		}
		for j := range long.Gates {
			if short.Gates[j].Outcome != long.Gates[j].Outcome || !slices.Equal(short.Gates[j].Missing, long.Gates[j].Missing) {
				return fmt.Errorf("%s raised to %s: gate %s %s, and evaluated again %s", n.Name, to, long.Gates[j].Gate.Name, short.Gates[j].Outcome, long.Gates[j].Outcome)
			}
		}
	}
	return nil
}
