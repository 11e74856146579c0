package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// mostRows is how many rows of a table are read in a summary. What is beyond is in the log.
const mostRows = 100

// mostAnnotations is how many errors, and warnings, and notes of one step GitHub shows beside the files.
const mostAnnotations = 10

// Summary is the page that stands above the log of a job.
func (f *Findings) Summary() Page {
	p := Page{Title: "touchstone " + f.Command, Lines: f.outcome()}
	if line := f.notShown(); line != "" {
		p.Lines = append(p.Lines, line)
	}
	var failures, others []*Finding
	for i := range f.List {
		if one := &f.List[i]; one.Failure != nil {
			failures = append(failures, one)
		} else {
			others = append(others, one)
		}
	}
	p.add(first(findingRows(others)))
	p.add(first(failureRows(failures)))
	for _, s := range f.CoveragePage.Sections {
		p.add(first(s))
	}
	return p
}

// Brief is the summary without its tables, for where they do not fit.
func (f *Findings) Brief() Page {
	p := f.Summary()
	p.Sections = nil
	p.Lines = append(p.Lines, "The tables are too long to be shown here. All of it is in the log.")
	return p
}

// outcome says how many files and cases were looked at, and what was found.
func (f *Findings) outcome() []string {
	var lines []string
	if f.Cases != nil {
		lines = append(lines, f.Tally().String())
	}
	var problems diag.List
	for i := range f.List {
		if f.List[i].Failure == nil {
			problems.Add(f.List[i].Diagnostic)
		}
	}
	switch {
	case len(problems) > 0:
		lines = append(lines, problems.Summary(f.Sources)+"; "+diag.Plural(len(f.Files), "file")+" looked at")
	case f.Cases == nil:
		lines = append(lines, diag.Plural(len(f.Files), "file")+" looked at, nothing found")
	}
	return lines
}

// notShown says that GitHub leaves out annotations, if it does: nobody should take ten for all.
func (f *Findings) notShown() string {
	var most []string
	found := f.Diagnostics()
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		if n := found.Count(s); n > mostAnnotations {
			most = append(most, fmt.Sprintf("%d of the %d %ss", mostAnnotations, n, s))
		}
	}
	if len(most) == 0 {
		return ""
	}
	return "GitHub shows only " + strings.Join(most, " and ") + " beside the files. All of them are in the log."
}

func findingRows(findings []*Finding) Section {
	s := Section{
		ID: "findings", Title: "What was found",
		Columns: []Column{{Title: "Where"}, {Title: "Severity"}, {Title: "What", Share: 3}, {Title: "Next step", Share: 2}, {Title: "Rule"}},
	}
	for _, one := range findings {
		s.Rows = append(s.Rows, cells(one.Place.String(), one.Severity.String(), one.Message, one.Hint, one.Rule))
	}
	return s
}

func failureRows(findings []*Finding) Section {
	s := Section{
		ID: "failures", Title: "What does not come true",
		Columns: []Column{{Title: "Where"}, {Title: "Case", Share: 2}, {Title: "What", Share: 1}, {Title: "Expected"}, {Title: "Got"}},
	}
	for _, one := range findings {
		s.Rows = append(s.Rows, cells(one.Place.String(), one.Failure.Case, one.Failure.What, one.Failure.Want, one.Failure.Got))
	}
	return s
}

// first keeps as many rows of a section as are read.
func first(s Section) Section {
	if len(s.Rows) > mostRows {
		s.Note = strings.TrimSpace(fmt.Sprintf("%s The first %d of %d.", s.Note, mostRows, len(s.Rows)))
		s.Rows = s.Rows[:mostRows]
	}
	return s
}
