package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// FindingsJUnit writes a suite for each file. Of lint it holds one case, which passes if there is no error in the file. Of
// test it holds the cases in the file, and one more if something is wrong with the file itself. All that is wrong with a
// case stands in one failure, since readers keep only one; warnings and notes stand in the output of the suite.
func FindingsJUnit(w io.Writer, f *report.Findings, _ Options) error {
	var suites []*junitSuite
	for _, file := range junitFiles(f) {
		suites = append(suites, junitSuiteOf(f, file))
	}
	return junitWrite(w, f.Command, suites)
}

// junitOfFindings is whether a file holds findings.
func junitOfFindings(file []byte) bool { return junitOf("lint")(file) || junitOf("test")(file) }

// junitFiles are the files that were checked, and others that something is wrong with.
func junitFiles(f *report.Findings) []string {
	files := slices.Clone(f.Files)
	for i := range f.List {
		files = append(files, f.List[i].Place.File)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

func junitSuiteOf(f *report.Findings, file string) *junitSuite {
	s := &junitSuite{Name: text.Visible(file)}
	var errors, rest []*report.Finding
	for i := range f.List {
		switch one := &f.List[i]; {
		case one.Place.File != file || one.Failure != nil:
		case one.Severity == diag.Error:
			errors = append(errors, one)
		default:
			rest = append(rest, one)
		}
	}
	s.Out = junitText(rest)
	if f.Cases == nil || len(errors) > 0 {
		s.file(f.Command, errors)
	}
	for i := range f.Cases {
		if run := &f.Cases[i]; run.Place.File == file {
			s.run(run)
		}
	}
	return s
}

// file adds the case that a file is valid.
func (s *junitSuite) file(command string, errors []*report.Finding) {
	c := junitCase{Name: "the file is valid", ClassName: s.Name}
	if len(errors) > 0 {
		problem := &junitProblem{Message: junitMessage(errors[0].Message, len(errors)), Text: junitText(errors)}
		if command == "test" { // which could not do what it was asked
			c.Error = problem
		} else {
			c.Failure = problem
		}
	}
	s.Cases = append(s.Cases, c)
}

func (s *junitSuite) run(run *report.CaseRun) {
	c := junitCase{Name: text.Visible(run.Name), ClassName: s.Name}
	switch run.Outcome {
	case report.Passed:
	case report.NotRun:
		c.Skipped = &junitProblem{Message: "not run: something is wrong with its file or its rubric"}
	case report.Failed:
		first := &run.Failures[0]
		c.Failure = &junitProblem{Message: junitMessage(first.What+": "+first.Text, len(run.Failures)), Text: junitFailures(run.Failures)}
	}
	s.Cases = append(s.Cases, c)
}

// junitMessage is the first of several, with how many more there are.
func junitMessage(first string, of int) string {
	message := text.Visible(first)
	if of > 1 {
		message = fmt.Sprintf("%s (and %d more)", message, of-1)
	}
	return message
}

// junitText are findings as they are told on a terminal, without their lines.
func junitText(findings []*report.Finding) string {
	var b strings.Builder
	for _, one := range findings {
		fmt.Fprintf(&b, "\n%s", one.Diagnostic)
		for _, line := range one.Lines()[1:] {
			fmt.Fprintf(&b, "\n  %s", text.Visible(line))
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

func junitFailures(failures []report.CaseFailure) string {
	var b strings.Builder
	for i := range failures {
		f := &failures[i]
		fmt.Fprintf(&b, "\n%s: %s: %s", text.Visible(f.Place.String()), text.Visible(f.What), text.Visible(f.Text))
		for _, line := range f.Reasons() {
			fmt.Fprintf(&b, "\n  %s", text.Visible(line))
		}
	}
	return b.String() + "\n"
}
