// Package expr reads conditions and combines their parts. A condition is written in CEL, the Common Expression
// Language, of which comparisons and logic are allowed and calculation is not.
//
// CEL's own parser reads the text. The values are exact numbers that may be unknown or absent, which CEL's types do
// not know, so what a comparison gives is left to whoever knows the values (package score), and `&&`, `||` and `!`
// are combined here in four values.
package expr

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Op says how the parts of an expression are combined.
type Op uint8

// Ops.
const (
	Leaf Op = iota // one test
	And
	Or
	Not
)

// Expr is a condition.
type Expr struct {
	Op   Op
	Args []*Expr // of And and Or two or more, of Not one
	Test *Test   // of a Leaf
}

// Test is one comparison, or a yes-no that is read.
type Test struct {
	Read    string // facts, stage, as_of, item or the name of a function
	Name    string // of the fact or the criterion; the stage of stage_at_least
	At      exact.Number
	HasAt   bool      // At is the second argument, the level of count_below and count_from
	Compare string    // "" for a yes-no, else ==, !=, <, <=, >, >= or in
	Against []Literal // one, or those of the list after `in`
	Text    string    // as written, or nearly
	Place   diag.Place
	// Target is free for whoever resolves names; this package does not read it.
	Target int
}

// Literal is a value in an expression.
type Literal struct {
	Number *exact.Number // nil for a word
	Word   string
}

// Truth is what a condition comes to.
type Truth uint8

// Truths. Absent is a test of a criterion that dropped out: it says nothing either way.
const (
	False Truth = iota
	True
	Unknown
	Absent
)

// Outcome is a truth, with the names of what is missing if it is unknown.
type Outcome struct {
	Truth   Truth
	Missing []string
}

// Of turns a known answer into an outcome.
func Of(b bool) Outcome {
	if b {
		return Outcome{Truth: True}
	}
	return Outcome{Truth: False}
}

// Eval combines the outcomes of the tests. `false && unknown` is false and `true || unknown` is true; an absent part
// is passed over.
func (e *Expr) Eval(test func(*Test) Outcome) Outcome {
	switch e.Op {
	case Leaf:
		return test(e.Test)
	case Not:
		return not(e.Args[0].Eval(test))
	case And:
		return combine(e.Args, test, False, True)
	case Or:
		return combine(e.Args, test, True, False)
	}
	panic("expr: unknown op")
}

func not(o Outcome) Outcome {
	switch o.Truth {
	case True:
		o.Truth = False
	case False:
		o.Truth = True
	case Unknown, Absent:
	}
	return o
}

// combine is And with false as the decider, Or with true.
func combine(args []*Expr, test func(*Test) Outcome, decider, otherwise Truth) Outcome {
	all := Outcome{Truth: Absent}
	for _, arg := range args {
		o := arg.Eval(test)
		switch o.Truth {
		case decider:
			return Outcome{Truth: decider}
		case Unknown:
			all.Truth = Unknown
			for _, name := range o.Missing {
				if !slices.Contains(all.Missing, name) {
					all.Missing = append(all.Missing, name)
				}
			}
		case otherwise:
			if all.Truth == Absent {
				all.Truth = otherwise
			}
		default: // absent
		}
	}
	return all
}

// Tests calls visit for every test, and whether it stands under an odd number of negations.
func (e *Expr) Tests(visit func(t *Test, negated bool)) { e.walk(visit, false) }

func (e *Expr) walk(visit func(*Test, bool), negated bool) {
	if e.Op == Leaf {
		visit(e.Test, negated)
	}
	for _, arg := range e.Args {
		arg.walk(visit, negated != (e.Op == Not))
	}
}

// Holds compares two ordered values by an operator.
func Holds(compare string, order int) bool {
	switch compare {
	case "==", "in":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	}
	panic("expr: unknown operator " + compare)
}

// Words compares a word with those of the test.
func (t *Test) Words(have string) Outcome {
	holds := slices.ContainsFunc(t.Against, func(l Literal) bool { return l.Word == have })
	return Of(holds == (t.Compare != "!="))
}

// Dates compares a day with those of the test.
func (t *Test) Dates(have calendar.Date) Outcome {
	return Of(slices.ContainsFunc(t.Against, func(l Literal) bool {
		d, err := calendar.ParseDate(l.Word)
		return err == nil && Holds(t.Compare, have.Compare(d))
	}))
}

// Numbers compares a number with those of the test.
func (t *Test) Numbers(have exact.Number) Outcome {
	return Of(slices.ContainsFunc(t.Against, func(l Literal) bool { return Holds(t.Compare, have.Cmp(*l.Number)) }))
}
