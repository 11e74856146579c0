package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// JSON writes the reports as one document, in the form of report-v1.schema.json.
func JSON(w io.Writer, reports []*report.Report, _ Options) error {
	return encode(w, report.NewDocument(reports))
}

// FindingsJSON writes the findings in the form of findings-v1.schema.json.
func FindingsJSON(w io.Writer, f *report.Findings, _ Options) error { return encode(w, f.Data()) }

// JSONPage writes a page that has a form for machines.
func JSONPage(w io.Writer, p report.Page, _ Options) error { return encode(w, p.Data()) }

func encode(w io.Writer, document any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(w, plainJSON(b.String()))
	return err
}

// plainJSON writes what would mislead who reads a document as text by its code, which says the same to a program.
func plainJSON(s string) string {
	misleads := func(r rune) bool { return text.Hidden(r) && r != '\n' }
	if strings.IndexFunc(s, misleads) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !misleads(r):
			b.WriteRune(r)
		case utf16.RuneLen(r) == 1:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
	}
	return b.String()
}
