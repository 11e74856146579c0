package render

import (
	"bytes"
	"fmt"
	"io"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// Failures writes the cases that failed, in the form of diagnostics: each complete in its first line, then the line of
// the expectation with a caret, and why the engine decided so.
func Failures(w io.Writer, failures []report.CaseFailure, sources diag.Sources) error {
	var b bytes.Buffer
	snippet := sources.Snippets()
	for _, f := range failures {
		fmt.Fprintf(&b, "%s: failed: \"%s\": %s: %s\n", text.Visible(f.Place.String()), text.Visible(f.Case), text.Visible(f.What), text.Visible(f.Text))
		b.WriteString(snippet(f.Place))
		for _, line := range f.Reasons() {
			fmt.Fprintf(&b, "  %s\n", text.Visible(line))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}
