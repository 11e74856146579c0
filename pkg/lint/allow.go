package lint

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// scope is a part of a file, with what is allowed in it.
type scope struct {
	of    source.Origin
	allow []source.Allowance
}

// rubricScopes are the parts of a rubric's own file, the inner ones first.
func rubricScopes(r *rubric.Rubric) []scope {
	var all []scope
	var criteria func(of []rubric.Criterion)
	criteria = func(of []rubric.Criterion) {
		for i := range of {
			criteria(of[i].Criteria)
			all = append(all, scope{of[i].Origin, of[i].Allow})
		}
	}
	criteria(r.Criteria)
	for i := range r.Gates {
		all = append(all, scope{r.Gates[i].Origin, r.Gates[i].Allow})
	}
	for i := range r.Flags {
		all = append(all, scope{r.Flags[i].Origin, r.Flags[i].Allow})
	}
	return append(all, scope{r.Origin, r.Allow})
}

// recordScopes are the parts of a record, the inner ones first.
func recordScopes(inn *innovation.Innovation) []scope {
	var all []scope
	for i := range inn.Evidence {
		all = append(all, scope{inn.Evidence[i].Origin, inn.Evidence[i].Allow})
	}
	for i := range inn.Answers {
		a := &inn.Answers[i].Value
		all = append(all, scope{a.Origin, a.Allow})
	}
	return append(all, scope{inn.Origin, inn.Allow})
}

// Rules about what is allowed. They are looked at last, and cannot be allowed themselves.
const (
	ruleUnused  = "unused-allowance"
	ruleExpired = "expired-allowance"
	ruleNoRule  = "unknown-rule"
)

// allowed are the findings that no allowance covers, with what is wrong with the allowances. One covers the findings of its rule
// in the part of the file in which it stands; the innermost counts.
func (c *Checker) allowed(scopes []scope, found *findings) diag.List {
	used := map[diag.Place]bool{}
	kept := slices.DeleteFunc(slices.Clone(found.list), func(d diag.Diagnostic) bool {
		for _, s := range scopes {
			for i := range s.allow {
				if a := &s.allow[i]; a.Rule == d.Rule && !expired(a, found) && s.of.Holds(d.Place) {
					used[a.Place()] = true
					return true
				}
			}
		}
		return false
	})
	before := found.list
	found.list = kept
	for _, s := range scopes {
		for i := range s.allow {
			c.allowance(&s.allow[i], found, used)
		}
	}
	kept, found.list = found.list, before
	return kept
}

func expired(a *source.Allowance, f *findings) bool {
	return !a.Until.IsZero() && f.asOf.After(a.Until)
}

// allowance checks one that stands in a file.
func (c *Checker) allowance(a *source.Allowance, f *findings, used map[diag.Place]bool) {
	say := func(id string, at diag.Place, hint, format string, args ...any) {
		if i := slices.IndexFunc(c.rules, func(r Rule) bool { return r.ID == id }); i >= 0 {
			f.rule = &c.rules[i]
			f.at(at, hint, format, args...)
		}
	}
	rule, known := Named(a.Rule)
	switch at := a.At("rule"); {
	case !known:
		say(ruleNoRule, at, diag.DidYouMean(a.Rule, adviceIDs()), "there is no rule %q", a.Rule)
	case !rule.Allowable():
		say(ruleNoRule, at, "mend what it finds, and take this out", "rule %q cannot be allowed", a.Rule)
	case expired(a, f):
		say(ruleExpired, a.At("until"), "mend what it covers, or give a later day and the reason", "this held until %s", a.Until)
	case !used[a.Place()] && f.looked[a.Rule]:
		say(ruleUnused, at, "take it out", "rule %q finds nothing here", a.Rule)
	}
}

// adviceIDs are the rules that can be allowed.
func adviceIDs() []string {
	var ids []string
	for _, r := range rules() {
		if !r.Form {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
