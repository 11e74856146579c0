package progress

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// ruleNotComparable is the rule for an earlier result with which a new one cannot be compared.
const ruleNotComparable = "not-comparable"

// Before reports a day that lies before that of the report: time does not run backwards, and a paper that has run out since
// would seem to be one that was renewed.
func (e *Earlier) Before(day calendar.Date) diag.List {
	if !e.AsOf.After(day) {
		return nil
	}
	return diag.List{{
		Rule: ruleNotComparable, Place: e.At("as_of"), Message: fmt.Sprintf("the report is as of %s, which is later than %s", e.AsOf, day),
		Hint: fmt.Sprintf("name an earlier report, or score as of %s or later: --as-of %s", e.AsOf, e.AsOf),
	}}
}

// find is the standing of the same innovation under the same rubric. It says why there is none to compare with.
func (e *Earlier) find(res *score.Result) (*Standing, diag.List) {
	id, rubric := res.Record.Innovation.ID, res.Model.Rubric
	var others, found []*Standing
	var ids []string
	for i := range e.Results {
		s := &e.Results[i]
		switch {
		case s.Innovation.ID != id:
			ids = append(ids, fmt.Sprintf("%q", s.Innovation.ID))
		case s.Rubric.ID != rubric.ID:
			others = append(others, s)
		default:
			found = append(found, s)
		}
	}
	d := diag.Diagnostic{Rule: ruleNotComparable}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		d.Place, d.Message = found[1].At("innovation"), fmt.Sprintf("two results for %q under %q: nobody can tell which one is meant", id, rubric.ID)
		d.Hint = "keep one of the two, or score the earlier record again into a report of its own"
	case len(others) > 0:
		d.Place = others[0].Rubric.At("id")
		d.Message = fmt.Sprintf("%q was scored with %q, and is scored with %q now", id, others[0].Rubric.ID, rubric.ID)
		d.Hint = fmt.Sprintf("add --rubric %s, or name a report that was scored with %s", others[0].Rubric.ID, rubric.ID)
	default:
		d.Place, d.Message = e.At("results"), fmt.Sprintf("there is no result for %q, only for %s", id, few(ids))
		d.Hint = "name the report in which it was scored, or score it without --since"
	}
	return nil, diag.List{d}
}

// few joins names, of which the first will do.
func few(names []string) string {
	const most = 5
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > most {
		names = append(names[:most], fmt.Sprintf("%d more", len(names)-most))
	}
	return cmp.Or(strings.Join(names, ", "), "nothing")
}

// apart says why a standing and a result cannot be compared: their scores are computed from other things.
func (s *Standing) apart(res *score.Result) diag.List {
	rubric, scoring := res.Model.Rubric, res.Model.ScoringDigest()
	if s.Rubric.Scoring == scoring {
		return nil
	}
	return diag.List{{
		Rule: ruleNotComparable, Place: s.Rubric.At("scoring"),
		Message: fmt.Sprintf("%q was scored with %s %s (scoring %s), and is scored with %s (scoring %s) now: the two numbers mean different things",
			s.Innovation.ID, rubric.ID, s.Rubric.Version, short(s.Rubric.Scoring), rubric.Version, short(scoring)),
		Hint: "score the earlier record again with this rubric, -o json=EARLIER.json, and compare with that; `touchstone diff --replay` says what the change of the rubric itself moves",
	}}
}

// short is the beginning of a digest, which is enough to tell it from another.
func short(digest string) string {
	const enough = len("sha256:") + 12
	if len(digest) > enough {
		return digest[:enough] + "…"
	}
	return digest
}

// lacking are criteria of the rubric of which a standing says nothing, though its digest says that it was scored with them.
func (s *Standing) lacking(m *score.Model, was map[string]*Criterion) diag.List {
	var names []string
	for i := 1; i < len(m.Nodes); i++ {
		if was[m.Nodes[i].Name] == nil {
			names = append(names, fmt.Sprintf("%q", m.Nodes[i].Name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return diag.List{{
		Rule: ruleNotComparable, Place: s.At("criteria"), Message: "the result says nothing of " + few(names) + ", which the rubric asks",
		Hint: "the report was changed after it was written: score the earlier record again, -o json=EARLIER.json",
	}}
}

// all are the criteria by their full names.
func (s *Standing) all() map[string]*Criterion {
	found := map[string]*Criterion{}
	var add func(list []Criterion)
	add = func(list []Criterion) {
		for i := range list {
			found[list[i].ID] = &list[i]
			add(list[i].Criteria)
		}
	}
	add(s.Criteria)
	return found
}
