package report

import (
	"strconv"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Page is something to read that is not the result of a score: a list, a rubric.
type Page struct {
	Title    string // may be empty
	Lines    []string
	Sections []Section
	// Short is what a terminal shows instead, where all of it is more than somebody who just looks would read; nil if not.
	Short func() Page
	// Data makes the same for machines; nil if there is no such form.
	Data func() any
}

// Cells makes a row of plain texts.
func Cells(texts ...string) []Cell { return cells(texts...) }

// Rubrics lists rubrics, one line each.
func Rubrics(models []*score.Model) Page {
	s := Section{
		ID: "rubrics", Title: diag.Plural(len(models), "rubric"),
		Columns: []Column{{Title: "Id"}, {Title: "Version"}, {Title: "Criteria", Right: true}, {Title: "Question", Share: 1}},
	}
	for _, m := range models {
		leaves := 0
		for i := range m.Nodes {
			if m.Nodes[i].IsLeaf() {
				leaves++
			}
		}
		s.Rows = append(s.Rows, cells(m.Rubric.ID, m.Rubric.Version, strconv.Itoa(leaves), m.Rubric.Purpose))
	}
	return Page{Sections: []Section{s}}
}
