package score

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
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
		return words(t, e.m.Stages[e.rec.stage])
	case "stage_at_least":
		return e.reached(t.Target)
	case "as_of":
		return dates(t, e.c.AsOf)
	case "claimed", "level":
		return e.levelTest(t)
	case "applies":
		return e.appliesTest(t)
	case "answered":
		if o, ok := e.dropped(t.Target); ok {
			return o
		}
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
		return words(t, v.word)
	case "date":
		return dates(t, v.date)
	}
	return numbers(t, v.number)
}

// fact is the stated value of a fact, or what a what-if takes it to be.
func (e *evaluation) fact(name string) (factValue, bool) {
	if e.c.Change.Fact == name {
		return factValue{yes: e.c.Change.Value == "yes", word: e.c.Change.Value}, true
	}
	v, known := e.rec.facts[name]
	return v, known
}

func words(t *expr.Test, have string) expr.Outcome {
	holds := slices.ContainsFunc(t.Against, func(l expr.Literal) bool { return l.Word == have })
	return expr.Of(holds == (t.Compare != "!="))
}

func dates(t *expr.Test, have calendar.Date) expr.Outcome {
	return expr.Of(slices.ContainsFunc(t.Against, func(l expr.Literal) bool {
		d, err := calendar.ParseDate(l.Word)
		return err == nil && expr.Holds(t.Compare, have.Compare(d))
	}))
}

func numbers(t *expr.Test, have exact.Number) expr.Outcome {
	return expr.Of(slices.ContainsFunc(t.Against, func(l expr.Literal) bool {
		return expr.Holds(t.Compare, have.Cmp(*l.Number))
	}))
}

// dropped gives the outcome of a test whose criterion has no part in the score, or may have none.
func (e *evaluation) dropped(i int) (expr.Outcome, bool) {
	e.decide(i)
	c := &e.res.Criteria[i]
	switch {
	case c.State == MayApply:
		return missing(c.Missing...), true
	case !c.State.Counts():
		return expr.Outcome{Truth: expr.Absent}, true
	}
	return expr.Outcome{}, false
}

func (e *evaluation) levelTest(t *expr.Test) expr.Outcome {
	if o, ok := e.dropped(t.Target); ok {
		return o
	}
	n, c := &e.m.Nodes[t.Target], &e.res.Criteria[t.Target]
	if c.State != Answered {
		return missing(n.Name)
	}
	level := c.Level
	if t.Read == "claimed" {
		level = c.ClaimedLevel
	}
	return numbers(t, n.Scale.Levels[level].Value)
}

func (e *evaluation) appliesTest(t *expr.Test) expr.Outcome {
	e.decide(t.Target)
	c := &e.res.Criteria[t.Target]
	if c.State == MayApply {
		return missing(c.Missing...)
	}
	return expr.Of(c.State.Counts())
}

// rangeTest decides a comparison over what may hold unknowns: it is decided if it comes out the same with the unknown
// as worst and as best, and in between.
func (e *evaluation) rangeTest(t *expr.Test) expr.Outcome {
	n, c := &e.m.Nodes[t.Target], &e.res.Criteria[t.Target]
	if !c.scored {
		return expr.Outcome{Truth: expr.Absent}
	}
	unknowns := e.unknownBelow(t.Target)
	if len(unknowns) > 0 && n.IsLeaf() {
		return missing(unknowns...)
	}
	var outcome expr.Outcome
	switch t.Read {
	case "met":
		worst, best := e.isMet(t.Target, Evidenced), e.isMet(t.Target, ceiling)
		if worst != best {
			return missing(unknowns...)
		}
		return expr.Of(worst)
	case "score":
		outcome = between(t, n.Shown(c.value[Evidenced]), n.Shown(c.value[ceiling]))
	case "gap":
		low, high := e.gap(n)
		outcome = between(t, low, high)
	default:
		outcome = e.countTest(t)
	}
	if outcome.Truth == expr.Unknown {
		return missing(unknowns...)
	}
	return outcome
}

func between(t *expr.Test, low, high exact.Number) expr.Outcome {
	o := numbers(t, low)
	if o.Truth != numbers(t, high).Truth {
		return expr.Outcome{Truth: expr.Unknown}
	}
	return o
}

// countTest counts the leaves on one side of a level; each unknown one may be on either.
func (e *evaluation) countTest(t *expr.Test) expr.Outcome {
	sure, unsure, leaves := 0, 0, 0
	e.m.counted(t.Target, func(i int) {
		c := &e.res.Criteria[i]
		if !c.State.Counts() {
			return
		}
		leaves++
		switch below := e.m.Nodes[i].Scale.Levels[c.Level].Value.Less(t.At); {
		case c.State != Answered:
			unsure++
		case below == (t.Read == "count_below"):
			sure++
		}
	})
	if leaves == 0 {
		return expr.Outcome{Truth: expr.Absent}
	}
	first := numbers(t, exact.Int(int64(sure)))
	for extra := 1; extra <= unsure; extra++ {
		if numbers(t, exact.Int(int64(sure+extra))).Truth != first.Truth {
			return expr.Outcome{Truth: expr.Unknown}
		}
	}
	return first
}

// gap is the least and the greatest distance, 0 to 100, between the strongest and the weakest counting child.
func (e *evaluation) gap(n *Node) (low, high exact.Number) {
	var highestWorst, lowestWorst, highestBest, lowestBest exact.Number
	children := e.counting(n)
	if len(children) < 2 {
		return exact.Zero, exact.Zero
	}
	for j, i := range children {
		worst, best := e.res.Criteria[i].value[Evidenced], e.res.Criteria[i].value[ceiling]
		if j == 0 {
			highestWorst, lowestWorst, highestBest, lowestBest = worst, worst, best, best
			continue
		}
		highestWorst, lowestWorst = exact.Max(highestWorst, worst), exact.Min(lowestWorst, worst)
		highestBest, lowestBest = exact.Max(highestBest, best), exact.Min(lowestBest, best)
	}
	low = exact.Max(exact.Zero, highestWorst.Sub(lowestBest))
	return low.Mul(exact.Hundred), highestBest.Sub(lowestWorst).Mul(exact.Hundred)
}

// unknownBelow names the leaves below a node that count and are not known, by what is missing of them.
func (e *evaluation) unknownBelow(i int) []string {
	var names []string
	e.m.counted(i, func(j int) {
		switch c := &e.res.Criteria[j]; c.State {
		case Unanswered:
			names = union(names, []string{e.m.Nodes[j].Name})
		case MayApply:
			names = union(names, c.Missing)
		case Answered, NotApplicable, NotYetExpected, DoesNotApply:
		}
	})
	return names
}
