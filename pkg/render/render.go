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
}

// Format is one way to write reports.
type Format struct {
	Name, About string
	Write       func(w io.Writer, reports []*report.Report, o Options) error
}

// Formats are all formats, in the order of the help.
var Formats = []Format{
	{"table", "for a terminal", Table},
	{"markdown", "for a document, an email or a pull request", Markdown},
	{"json", "for programs", JSON},
}

// Names are the names of the formats.
func Names() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
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
