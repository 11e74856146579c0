package main

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// tracing finds the words for what a rubric's criteria trace to. A reference is opened when it is first asked for; one
// that cannot be read leaves the bare ids in the report, since the score hangs on none: lint says what is wrong with it.
func (s *session) tracing(m *score.Model) func(to string) (title, says string) {
	opened := map[string]*rubric.Reference{}
	return func(to string) (string, string) {
		name, id, _ := strings.Cut(to, ":")
		ref, known := opened[name]
		if !known {
			ref, _ = s.reference(m, name)
			opened[name] = ref
		}
		if ref == nil {
			return "", ""
		}
		for _, e := range ref.Items {
			if e.Key == id {
				return ref.Title, e.Value.Says
			}
		}
		return "", ""
	}
}
