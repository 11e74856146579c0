package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// sources checks that everything a rubric traces to is there.
func (c *Checker) sources(r *rubric.Rubric) diag.List {
	s := sources{c: c, r: r}
	s.criteria(r.Criteria)
	for i := range r.Gates {
		s.maps(r.Gates[i].Origin, r.Gates[i].Maps)
	}
	for i := range r.Flags {
		s.maps(r.Flags[i].Origin, r.Flags[i].Maps)
	}
	return s.list
}

type sources struct {
	c    *Checker
	r    *rubric.Rubric
	list diag.List
}

func (s *sources) criteria(criteria []rubric.Criterion) {
	for i := range criteria {
		s.maps(criteria[i].Origin, criteria[i].Maps)
		s.criteria(criteria[i].Criteria)
	}
}

func (s *sources) maps(o source.Origin, maps []rubric.Map) {
	for i, m := range maps {
		if m.To == "" {
			continue
		}
		id, item, _ := strings.Cut(m.To, ":")
		ref, problems := s.c.catalogue.Reference(s.r, id)
		s.list = append(s.list, problems...)
		at := o.Item("maps", i)
		if ref == nil {
			s.list.Add(diag.Diagnostic{
				Rule: ruleSource, Place: at, Message: fmt.Sprintf("there is no reference %q", id),
				Hint: fmt.Sprintf("write its items in references/%s.yaml beside the rubric", id),
			})
			continue
		}
		var known []string
		for _, e := range ref.Items {
			known = append(known, e.Key)
		}
		if !slices.Contains(known, item) {
			s.list.Add(diag.Diagnostic{
				Rule: ruleSource, Place: at, Message: fmt.Sprintf("reference %q has no item %q", id, item), Hint: diag.DidYouMean(item, known),
			})
		}
	}
}
