// Package cases runs a rubric's own tests: small records, each with what its author expects it to come to. It finds what
// is expected in the compiled rubric, evaluates, and compares.
//
// It never asks the engine what to expect: an expected figure is its author's.
package cases

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// File is the tests of one rubric.
type File struct {
	source.Origin
	Rubric string        // an id, or a path from the folder of this file
	AsOf   calendar.Date // of the cases that have none of their own
	Cases  []Case
}

// Case is a record and what is expected of it. Its Name is what it shows, and it has no ID.
type Case struct {
	innovation.Innovation
	AsOf calendar.Date
	// Granted are the waivers of the assessing side. The record's own Waivers, which have no effect, stay empty.
	Granted []innovation.Waiver
	Cites   string // where the expected figures come from; may be empty
	Expect  Expect
}

// Expect is what a case expects; nil, "" and empty lists are not said. What could not be read is left out, so that names
// are checked all the same.
type Expect struct {
	source.Origin
	Score, Claimed, Potential *Figure
	Band, Headline            string
	Answered                  Answered
	Criteria                  []source.Entry[string, Criterion]
	Gates, Flags              []source.Entry[string, string]
	ByDuty                    []source.Entry[string, Figure]
}

// Answered is how many criteria are expected to be answered, of how many, and how many of those may not apply.
type Answered struct {
	source.Origin
	Answered, Expected, MayApply *int
}

// Criterion is what is expected of one criterion, leaf or group.
type Criterion struct {
	source.Origin
	State                     string
	Level, ClaimedLevel       string // by value or label; of a measure or a survey the number
	Score, Claimed, Potential *Figure
	Met                       *bool
	Missing                   []string
	Rung                      string
	Ahead                     []string
	Counts                    []source.Entry[string, int]
}

// Figure is an expected number, or that there is none.
type Figure struct {
	None     bool
	Number   exact.Number
	Decimals int // as many as are written: 62.50 has two
}

// Aspect is what an expectation looks at. The word is the key under which it is written, or of a name that the author
// chooses, what the name is of.
type Aspect string

// Aspects. The first three are of the whole or of one criterion.
const (
	Score        Aspect = "score"
	Claimed      Aspect = "claimed"
	Potential    Aspect = "potential"
	Band         Aspect = "band"
	Headline     Aspect = "headline"
	AnsweredOf   Aspect = "answered"
	State        Aspect = "state"
	Level        Aspect = "level"
	ClaimedLevel Aspect = "claimed_level"
	Met          Aspect = "met"
	Missing      Aspect = "missing"
	Rung         Aspect = "rung"
	Ahead        Aspect = "ahead"
	Counts       Aspect = "counts"
	Gate         Aspect = "gate"
	Flag         Aspect = "flag"
	ByDuty       Aspect = "by_duty"
)

// Expectation is one thing that a case expects, found in its rubric.
type Expectation struct {
	Aspect Aspect
	// Index is that of the node, the gate or the flag; 0, the root, where the whole is meant.
	Index int
	// Name is what it is the expectation of, as written: a criterion, a gate, `expected`. "" is the whole.
	Name  string
	Place diag.Place // of the expected value
	Want  string     // as written

	read reading
}

// Bound is a case that is ready to run.
type Bound struct {
	Case         *Case
	Expectations []Expectation

	model  *score.Model
	record *score.Record
	asOf   calendar.Date
}

// Failure is an expectation that does not hold.
type Failure struct {
	Expectation
	Case   *Case
	Got    string // as it would be written in a case
	Result *score.Result
}

// Run evaluates the case and returns what is not as expected, in the order of the file.
func (b *Bound) Run() []Failure {
	_, failures := b.run()
	return failures
}

// Model is the rubric that the case is of.
func (b *Bound) Model() *score.Model { return b.model }

func (b *Bound) run() (*score.Result, []Failure) {
	result := b.model.Evaluate(b.record, score.Conditions{AsOf: b.asOf, Waivers: b.Case.Granted})
	var failures []Failure
	for _, e := range b.Expectations {
		if got, holds := e.read(result); !holds {
			failures = append(failures, Failure{Expectation: e, Case: b.Case, Got: got, Result: result})
		}
	}
	return result, failures
}

// Touches reports whether the case answers a criterion, or expects anything of it.
func (b *Bound) Touches(node int) bool {
	if b.record.Says(node) {
		return true
	}
	return slices.ContainsFunc(b.Expectations, func(e Expectation) bool {
		return e.Index == node && e.Name != "" && e.Aspect != Gate && e.Aspect != Flag && e.Aspect != ByDuty
	})
}
