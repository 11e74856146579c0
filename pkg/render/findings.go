package render

import (
	"bytes"
	"fmt"
	"io"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// FindingsFormats are all formats of findings, in the order of the help.
var FindingsFormats = []Format[*report.Findings]{
	{Name: "text", About: "for people", Write: Text, Ours: ends(findingsMark), Plain: true},
	{Name: "json", About: "for programs", Write: FindingsJSON, Ours: begins(`{"touchstone": "` + report.FindingsKind + `"`)},
	{Name: "sarif", About: "for editors and code scanning", Write: SARIF, Ours: begins(sarifHead)},
	{Name: "junit", About: "for lists of tests", Write: FindingsJUnit, Ours: junitOfFindings},
	{Name: "github", About: "annotations of GitHub Actions", Write: GitHub, Ours: ends(githubMark)},
	{Name: "gitlab", About: "a code quality report of GitLab", Write: GitLab, Ours: isGitLab},
}

// findingsMark is the last line of a file of findings that has no other place to say what it is.
const findingsMark = "touchstone " + report.FindingsKind

// Text writes findings for people, each with its line. Of cases those that failed are shown, with a count of all; what is
// wrong with their files is told apart, on standard error.
func Text(w io.Writer, f *report.Findings, o Options) error {
	var b bytes.Buffer
	var err error
	if f.Cases != nil {
		err = testText(&b, f, o)
	} else {
		err = checkText(&b, f)
	}
	if err != nil {
		return err
	}
	if o.File {
		fmt.Fprintln(&b, findingsMark)
	}
	_, err = w.Write(b.Bytes())
	return err
}

func checkText(w io.Writer, f *report.Findings) error {
	if len(f.List) == 0 {
		return nil
	}
	if err := diag.WriteText(w, f.Diagnostics(), f.Sources); err != nil {
		return err
	}
	_, err := io.WriteString(w, "`touchstone explain RULE` says why.\n")
	return err
}

func testText(w io.Writer, f *report.Findings, o Options) error {
	var failures []report.CaseFailure
	for i := range f.Cases {
		failures = append(failures, f.Cases[i].Failures...)
	}
	if err := Failures(w, failures, f.Sources); err != nil {
		return err
	}
	if t := f.Tally(); t.Total() > 0 {
		if _, err := fmt.Fprintln(w, t); err != nil {
			return err
		}
	}
	return TablePage(w, f.CoveragePage, o)
}
