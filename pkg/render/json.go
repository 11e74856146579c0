package render

import (
	"encoding/json"
	"io"

	"github.com/touchstone-health/touchstone/pkg/report"
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
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(document)
}
