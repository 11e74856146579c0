package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Whatever is expected of the shipped rubrics and does not come true, there is something to say about why.
func TestFailuresAreExplained(t *testing.T) {
	examples, err := filepath.Glob("../../examples/*/innovation.yaml")
	if err != nil || len(examples) == 0 {
		t.Fatal(examples, err)
	}
	l := library.New(rubric.NewCatalogue(source.NewStore(os.DirFS("../../rubrics"), nil)), "")
	m, list := l.Model("digital-readiness", diag.Place{})
	if m == nil {
		t.Fatal(list)
	}
	seen := map[cases.Aspect]bool{}
	for _, name := range examples {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range failures(t, l, record(string(data)), everything(m)) {
			said := report.Failure(f)
			if len(said.Why) == 0 || said.What == "" || said.Place.Column == 0 {
				t.Errorf("%s: %+v", name, said)
			}
			seen[f.Aspect] = true
		}
	}
	if len(seen) != 15 { // every aspect but the two of a ladder
		t.Errorf("only %d aspects failed: %v", len(seen), seen)
	}
}

// record makes a case of an example: without its header and id, which a case has not.
func record(data string) string {
	var b strings.Builder
	for line := range strings.Lines(data) {
		if !strings.HasPrefix(line, "touchstone:") && !strings.HasPrefix(line, "id:") {
			b.WriteString("    " + line)
		}
	}
	return b.String()
}

// everything expects of each criterion, gate and flag what it hardly ever is.
func everything(m *score.Model) string {
	var b strings.Builder
	b.WriteString("      score: 1.234\n      claimed: none\n      potential: none\n      headline: conditional\n      band: none\n")
	b.WriteString("      answered: {answered: 99, expected: 0, may_apply: 99}\n      by_duty: {buyer: 1}\n      criteria:\n")
	for i := range m.Nodes {
		n := &m.Nodes[i]
		fmt.Fprintf(&b, "        %s: {state: may-apply, score: 1.234, claimed: 1.234, potential: 1.234, missing: [stage]", n.Name)
		if n.IsLeaf() {
			b.WriteString(", level: 4, claimed_level: 0, met: yes}\n")
		} else {
			b.WriteString(", met: yes, counts: {Routine: 99}}\n")
		}
	}
	for what, names := range map[string][]string{"gates": gates(m), "flags": flags(m)} {
		fmt.Fprintf(&b, "      %s:\n", what)
		for _, name := range names {
			fmt.Fprintf(&b, "        %s: %s\n", name, map[string]string{"gates": "conditional", "flags": "unknown"}[what])
		}
	}
	return b.String()
}

func gates(m *score.Model) (names []string) {
	for i := range m.Gates {
		names = append(names, m.Gates[i].Name)
	}
	return names
}

func flags(m *score.Model) (names []string) {
	for i := range m.Flags {
		names = append(names, m.Flags[i].Name)
	}
	return names
}

func failures(t *testing.T, l *library.Library, said, expect string) []cases.Failure {
	t.Helper()
	data := "touchstone: cases/v1\nrubric: digital-readiness\nas_of: 2026-11-21\ncases:\n  -\n" + said + "    expect:\n" + expect
	n, list := source.Read("cases.yaml", []byte(data))
	f, more := cases.Parse(n)
	if list = append(list, more...); f == nil {
		t.Fatal(list)
	}
	bound, more := f.Bind(l)
	if list = append(list, more...); list.HasErrors() || len(bound) != 1 {
		t.Fatal(list.Sorted())
	}
	return bound[0].Run()
}
