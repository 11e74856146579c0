package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// A summary stays well below the megabyte beyond which GitHub shows none of it, and says what it leaves out.
func TestLongSummary(t *testing.T) {
	const megabyte = 1 << 20
	for what, c := range map[string]struct {
		findings, long int
		says           string
	}{
		"many":      {5000, 10, "The first 100 of 5000."},
		"long":      {1, megabyte, "too long to be shown here"},
		"many long": {200, 10_000, "too long to be shown here"},
	} {
		var list diag.List
		for i := range c.findings {
			list.Add(diag.Diagnostic{Rule: "long", Place: diag.Place{File: "a.yaml", Line: i + 1}, Message: strings.Repeat("x", c.long)})
		}
		path := filepath.Join(t.TempDir(), "summary.md")
		if err := summarise(path, report.NewFindings("lint", "test", []string{"a.yaml"}, list, nil)); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, says := range []string{c.says, diag.Plural(c.findings, "error") + " in 1 file"} {
			if !strings.Contains(string(data), says) {
				t.Errorf("%s: %q is not said", what, says)
			}
		}
		if len(data) > megabyte {
			t.Errorf("%s: %d bytes", what, len(data))
		}
	}
}
