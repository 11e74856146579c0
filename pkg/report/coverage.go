package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Coverage shows what the cases of rubrics exercise, and names what they do not. least is the per cent that each must
// reach, nil if none must; those that do not are named last, where a reader ends up.
func Coverage(all []*cases.Coverage, least *exact.Number) Page {
	s := Section{ID: "coverage", Title: "What the cases look at", Columns: []Column{{Title: "Rubric", Share: 1}}}
	for _, sort := range cases.Sorts() {
		s.Columns = append(s.Columns, Column{Title: capital(sort) + plural(sort), Right: true})
	}
	s.Columns = append(s.Columns, Column{Title: "All", Right: true})
	names := coverageNames(all)
	for i, c := range all {
		row := cells(names[i])
		for _, sort := range cases.Sorts() {
			covered, of := c.Of(sort)
			row = append(row, countCell(fmt.Sprintf("%d/%d", covered, of), covered < of))
		}
		covered, of := c.Total()
		s.Rows = append(s.Rows, append(row, countCell(coveredShare(c, least), covered < of)))
	}
	var p Page
	p.add(s)
	for i, c := range all {
		p.add(notLookedAt(c, names[i]))
	}
	if least != nil {
		p.add(coveredTooLittle(all, names, *least))
	}
	return p
}

// coverageNames are the ids of rubrics, or their files where two have the same id.
func coverageNames(all []*cases.Coverage) []string {
	files := map[string]map[string]bool{}
	for _, c := range all {
		if files[c.Model.Rubric.ID] == nil {
			files[c.Model.Rubric.ID] = map[string]bool{}
		}
		files[c.Model.Rubric.ID][c.Model.Rubric.Place().File] = true
	}
	names := make([]string, len(all))
	for i, c := range all {
		if names[i] = c.Model.Rubric.ID; len(files[names[i]]) > 1 {
			names[i] = c.Model.Rubric.Place().File
		}
	}
	return names
}

func countCell(text string, lacking bool) Cell {
	if lacking {
		return Cell{Text: text, Tone: Caution}
	}
	return Cell{Text: text}
}

// coveredShare is the share of all units, with as many decimals as tell it from what it does not reach.
func coveredShare(c *cases.Coverage, least *exact.Number) string {
	covered, of := c.Total()
	if of == 0 {
		return "–"
	}
	thresholds := []exact.Number{exact.Zero, exact.Hundred}
	if least != nil {
		thresholds = append(thresholds, *least)
	}
	return shown(exact.Ratio(int64(covered), int64(of)).Mul(exact.Hundred), 0, thresholds) + "%"
}

func coveredTooLittle(all []*cases.Coverage, names []string, least exact.Number) Section {
	s := Section{
		ID: "covered-too-little", Title: "Covered to less than " + least.String() + "%",
		Columns: []Column{{Title: "Rubric", Share: 1}, {Title: "Covered", Right: true}, {Title: "Of", Right: true}, {Title: "All", Right: true}},
	}
	for i, c := range all {
		if covered, of := c.Total(); !c.Reaches(least) {
			s.Rows = append(s.Rows, append(cells(names[i], strconv.Itoa(covered), strconv.Itoa(of)), Cell{Text: coveredShare(c, &least), Tone: Bad}))
		}
	}
	return s
}

func plural(sort string) string {
	if sort == "evidence" || sort == "when" {
		return ""
	}
	return "s"
}

// notLookedAt names what no case of a rubric exercises, by what it is of.
func notLookedAt(c *cases.Coverage, name string) Section {
	s := Section{
		ID: "not-covered-" + c.Model.Rubric.ID, Title: "No case looks at, in " + name,
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
		s.Rows = append(s.Rows, cells(u.Sort, strings.TrimPrefix(u.Name, c.Model.Rubric.ID+"/"), u.Is))
	}
	return s
}
