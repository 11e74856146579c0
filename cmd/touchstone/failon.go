package main

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

const failOnWords = "gate, flag:SEVERITY, below:BAND, incomplete, expired"

// failOn is which results give exit code 1.
type failOn struct {
	gate, incomplete, expired bool
	flag                      []string // severities
	below                     []string // bands
}

var severities = []string{"high", "medium", "low"}

func parseFailOn(written []string) (f failOn, err error) {
	for _, w := range written {
		word, rest, _ := strings.Cut(w, ":")
		switch {
		case w == "gate":
			f.gate = true
		case w == "incomplete":
			f.incomplete = true
		case w == "expired":
			f.expired = true
		case word == "flag" && slices.Contains(severities, rest):
			f.flag = append(f.flag, severities[:slices.Index(severities, rest)+1]...)
		case word == "below" && rest != "":
			f.below = append(f.below, rest)
		default:
			return f, usagef("expected "+failOnWords+"; a severity is "+diag.OneOf(severities), "cannot fail on %q", w)
		}
	}
	return f, nil
}

// check refuses a band that no rubric at hand has.
func (f failOn) check(records []bound) error {
	for _, name := range f.below {
		for _, r := range records {
			var ids []string
			for _, b := range r.model.Nodes[0].Bands {
				ids = append(ids, b.ID)
			}
			if !slices.Contains(ids, name) {
				return usagef(diag.DidYouMean(name, ids), "rubric %q has no band %q", r.model.Rubric.ID, name)
			}
		}
	}
	return nil
}

// hit says which of the things named a result is at or beyond; none if it is not.
func (f failOn) hit(r *score.Result) []string {
	var hit []string
	note := func(is bool, word string) {
		if is {
			hit = append(hit, word)
		}
	}
	note(f.gate && slices.ContainsFunc(r.Gates, func(g score.GateResult) bool {
		return g.Outcome == score.Fail || g.Outcome == score.Undecided
	}), "gate")
	note(slices.ContainsFunc(r.Flags, func(g score.FlagResult) bool {
		return g.Raised == expr.True && slices.Contains(f.flag, g.Flag.Source.Severity)
	}), "flag")
	for _, band := range f.below {
		note(isBelow(r, band), "below:"+band)
	}
	note(f.incomplete && (r.Verdict.Headline == score.Incomplete || slices.Contains(r.Verdict.Also, score.Incomplete)), "incomplete")
	note(f.expired && slices.ContainsFunc(r.Criteria, hasExpired), "expired")
	return hit
}

func hasExpired(c score.Criterion) bool {
	return slices.ContainsFunc(c.Unmet, func(u score.Unmet) bool {
		return slices.ContainsFunc(u.Items, func(i score.Refused) bool { return i.Reason == score.Expired || i.Reason == score.TooOld })
	})
}

func isBelow(r *score.Result, band string) bool {
	at := slices.IndexFunc(r.Model.Nodes[0].Bands, func(b score.Band) bool { return b.ID == band })
	return r.Verdict.Index < at
}
