package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/cases"
)

// Coverage shows what the cases of rubrics exercise, and names what they do not.
func Coverage(all []*cases.Coverage) Page {
	s := Section{ID: "coverage", Title: "What the cases look at", Columns: []Column{{Title: "Rubric", Share: 1}}}
	for _, sort := range cases.Sorts() {
		s.Columns = append(s.Columns, Column{Title: capital(sort) + plural(sort), Right: true})
	}
	var p Page
	for _, c := range all {
		row := cells(c.Model.Rubric.ID)
		for _, sort := range cases.Sorts() {
			covered, of := c.Of(sort)
			cell := Cell{Text: fmt.Sprintf("%d/%d", covered, of)}
			if covered < of {
				cell.Tone = Caution
			}
			row = append(row, cell)
		}
		s.Rows = append(s.Rows, row)
	}
	p.add(s)
	for _, c := range all {
		p.add(notLookedAt(c))
	}
	return p
}

func plural(sort string) string {
	if sort == "evidence" || sort == "when" {
		return ""
	}
	return "s"
}

// notLookedAt names what no case of a rubric exercises, by what it is of.
func notLookedAt(c *cases.Coverage) Section {
	s := Section{
		ID: "not-covered-" + c.Model.Rubric.ID, Title: "No case looks at, in " + c.Model.Rubric.ID,
		Columns: []Column{{Title: "What"}, {Title: "Name", Share: 2}, {Title: "When it is", Share: 3}},
	}
	var last string
	for _, u := range c.Units {
		if u.Covered {
			continue
		}
		if of := u.Sort + " " + u.Name; of == last {
			row := s.Rows[len(s.Rows)-1]
			row[2].Text = strings.Join([]string{row[2].Text, u.Is}, ", ")
			continue
		}
		last = u.Sort + " " + u.Name
		s.Rows = append(s.Rows, cells(u.Sort, u.Name, u.Is))
	}
	return s
}
