package render

import (
	"fmt"
	"io"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// pageKind is what a file of a page or a form says that it is; nothing reads it back.
const pageKind = "page/v1"

const (
	pageEnd  = "touchstone " + pageKind
	pageNote = "<!-- touchstone: " + pageKind + " -->"
)

// PageFormats are the formats of a page, in the order of the help. Only some pages have a form for machines.
func PageFormats(p report.Page) []Format[report.Page] {
	formats := []Format[report.Page]{
		{Name: "table", About: "for a terminal", Write: writeTablePage, Ours: ends(pageEnd), Plain: true},
		{Name: "markdown", About: "for a document", Write: writeMarkdownPage, Ours: begins(pageNote)},
		{Name: "html", About: "a page that loads nothing, for reading and printing", Write: HTMLPage, Ours: begins(htmlMark + pageKind + `"`)},
		{Name: "json", About: "for programs", Write: JSONPage, Ours: begins(`{"touchstone": "`)},
	}
	if p.Data == nil {
		formats = formats[:len(formats)-1]
	}
	return slices.Clip(formats)
}

// FormFormats are the formats of a blank form.
func FormFormats() []Format[report.Form] {
	return []Format[report.Form]{
		{Name: "markdown", About: "for an editor, or for a pen", Write: writeMarkdownForm, Ours: begins(pageNote)},
		{Name: "html", About: "to be filled in with a browser, and printed", Write: HTMLForm, Ours: begins(htmlMark + pageKind + `"`)},
	}
}

// writeTablePage shows the short form of a page that has one: who wants all of it is better off with a document.
func writeTablePage(w io.Writer, p report.Page, o Options) error {
	if p.Short != nil {
		p = p.Short()
	}
	if err := TablePage(w, p, o); err != nil || !o.File {
		return err
	}
	_, err := fmt.Fprintln(w, pageEnd)
	return err
}

func writeMarkdownPage(w io.Writer, p report.Page, o Options) error {
	if err := marked(w, o); err != nil {
		return err
	}
	return MarkdownPage(w, p)
}

func writeMarkdownForm(w io.Writer, f report.Form, o Options) error {
	if err := marked(w, o); err != nil {
		return err
	}
	return MarkdownForm(w, f)
}

// marked begins a file with what it is; on standard output nobody has to know it again.
func marked(w io.Writer, o Options) error {
	if !o.File {
		return nil
	}
	_, err := fmt.Fprintln(w, pageNote)
	return err
}
