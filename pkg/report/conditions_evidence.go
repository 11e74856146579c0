package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// evidence says what an evidence rule asks for: `2 items (hazard log), from the last 24 months, from somebody independent`.
// since goes behind an age, and version is the one that an item must be about where that is asked.
func (c conditions) evidence(r *rubric.EvidenceRule, since, version string) string {
	parts := []string{c.items(r)}
	if !r.MaxAge.IsZero() {
		parts = append(parts, fmt.Sprintf("from the last %s%s", r.MaxAge, since))
	}
	if r.ValidUntil != "" {
		parts = append(parts, "with the day on which it ends")
	}
	if r.Independent {
		parts = append(parts, "from somebody independent")
	}
	if r.Checked {
		parts = append(parts, "checked by a reader")
	}
	switch r.Version {
	case "stated":
		parts = append(parts, "for "+version)
	case "any":
		parts = append(parts, "whatever version it is about")
	}
	if r.Check != "" {
		parts = append(parts, "such that "+c.check(r.Check))
	}
	return strings.Join(parts, ", ")
}

// items are how many of which kinds.
func (c conditions) items(r *rubric.EvidenceRule) string {
	titles := make([]string, len(r.Kinds))
	for i, k := range r.Kinds {
		titles[i] = lower(c.m.KindTitle(k))
	}
	kinds := joined(titles, "or")
	switch {
	case r.Min > 1 && kinds != "":
		return fmt.Sprintf("%d items (%s)", r.Min, kinds)
	case r.Min > 1:
		return fmt.Sprintf("%d items of evidence", r.Min)
	case kinds != "":
		return kinds
	}
	return "an item of evidence"
}

// check is the words of a condition on an item, which the rubric has as it is written.
func (c conditions) check(written string) string {
	e, _ := expr.Parse(written, diag.Place{})
	if e == nil {
		return onOneLine(written)
	}
	return c.words(e)
}
