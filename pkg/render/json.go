package render

import (
	"encoding/json"
	"io"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// JSON writes the reports as one document, in the form of report-v1.schema.json.
func JSON(w io.Writer, reports []*report.Report, _ Options) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(report.NewDocument(reports))
}
