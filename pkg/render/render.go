// Package render decides how a report looks, one file per format. What is said is decided in package report.
package render

import (
	"io"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// Options are what the place of output can show.
type Options struct {
	Width  int  // columns of a terminal
	Colour bool // whether it has colours
	File   bool // whether it is a file, which has to be known again as ours
}

// Format is one way to write what a command came to: reports, or findings.
type Format[T any] struct {
	Name, About string
	Write       func(w io.Writer, what T, o Options) error
	// Ours reports whether a file was written by this program in this format, and so may be replaced. One that only
	// mentions it was not.
	Ours func(file []byte) bool
	// Binary formats are no text, and nothing to show in a terminal.
	Binary bool
	// Plain formats are lines of text for people, in which a character may be shown as its code.
	Plain bool
}

// Formats are all formats of reports, in the order of the help.
var Formats = []Format[[]*report.Report]{
	{Name: "table", About: "for a terminal", Write: Table, Ours: ends("touchstone " + report.Kind), Plain: true},
	{Name: "markdown", About: "for a document, an email or a pull request", Write: Markdown, Ours: begins("<!-- touchstone: " + report.Kind + " -->")},
	{Name: "html", About: "a page that loads nothing, for reading and printing", Write: HTML, Ours: begins(htmlMark + report.Kind + `"`)},
	{Name: "json", About: "for programs", Write: JSON, Ours: begins(`{"touchstone": "` + report.Kind + `"`)},
	{Name: "xlsx", About: "a workbook with live formulas", Write: Workbook, Ours: workbookOurs, Binary: true},
	{Name: "csv", About: "a row for each criterion", Write: CSV, Ours: csvOurs},
	{Name: "junit", About: "for lists of tests", Write: JUnit, Ours: junitOf("score")},
}

// Names are the names of formats.
func Names[T any](formats []Format[T]) []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return names
}

// sticky keeps the first error of a writer, so that it is checked once.
type sticky struct {
	w   io.Writer
	err error
}

func (s *sticky) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(p)
	s.err = err
	return n, err
}
