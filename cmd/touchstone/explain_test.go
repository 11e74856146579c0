package main

import (
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// Every rule is explained in lines that fit, with its examples whole and what lint says of the bad one.
func TestExplainEveryRule(t *testing.T) {
	for _, r := range lint.Rules() {
		stdout, stderr, code := call(t, "explain", r.ID, "--width", "72")
		if code != exitYes || stderr != "" {
			t.Errorf("%s: exit code %d\n%s", r.ID, code, stderr)
		}
		for line := range strings.Lines(stdout) {
			if text.Width(strings.TrimSuffix(line, "\n")) > 72 {
				t.Errorf("%s: too wide: %s", r.ID, line)
			}
		}
		for _, part := range []string{r.Bad, r.Good} {
			for line := range strings.Lines(part) {
				if !strings.Contains(stdout, "\n  "+text.Visible(strings.TrimSuffix(line, "\n"))+"\n") {
					t.Errorf("%s: does not show %q", r.ID, line)
				}
			}
		}
		if r.By == "" && !strings.Contains(strings.Join(strings.Fields(stdout), " "), "["+r.ID+"]") {
			t.Errorf("%s: does not show what lint says", r.ID)
		}
	}
}
