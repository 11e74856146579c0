package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// TestSaid holds what is kept of the messages to what lint says now, of every rule's bad example. TOUCHSTONE_UPDATE=1
// rewrites it: read every difference as if you had never seen the code.
func TestSaid(t *testing.T) {
	const path = "examples.txt"
	whole, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range Rules() {
		if r.By != "" {
			continue
		}
		b.WriteString(saidMark + r.ID + " ==\n" + says(t, r))
	}
	if os.Getenv("TOUCHSTONE_UPDATE") != "" {
		if err := os.WriteFile(whole, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != said {
		t.Errorf("%s is stale; TOUCHSTONE_UPDATE=1 go test ./... rewrites it, and git diff shows what changed", path)
	}
}

// says is what lint says of a bad example, with the lines of the example counted from its own first one.
func says(t *testing.T, r Rule) string {
	t.Helper()
	whole := Example(r.Kind, r.Bad)
	list, sources := checkedWith(t, whole, Options{})
	name := nameOf(whole)
	before := strings.Count(strings.TrimSuffix(whole, r.Bad), "\n")
	for i := range list {
		if at := &list[i].Place; at.File == name {
			if at.Line <= before && before > 0 {
				t.Errorf("%s: line %d is not in the example itself: write the example as a whole file", r.ID, at.Line)
			}
			at.Line -= before
		}
	}
	sources[name] = []byte(r.Bad)
	var b strings.Builder
	if err := diag.WriteText(&b, list, sources); err != nil {
		t.Fatal(err)
	}
	drawn := strings.SplitAfter(b.String(), "\n")
	return strings.Join(drawn[:len(drawn)-2], "") // without the count
}

// TestSaysOfEach holds every rule to a message that names it, in the file that `explain` reads.
func TestSaysOfEach(t *testing.T) {
	for _, r := range Rules() {
		if got := r.Says(); r.By == "" && !strings.Contains(got, "["+r.ID+"]\n") {
			t.Errorf("%s: got %q", r.ID, got)
		}
	}
}
