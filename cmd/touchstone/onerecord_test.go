package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// One record answers four rubrics: each leaves aside exactly the answers to the others, and comes to the same result where
// they were never written.
func TestOneRecord(t *testing.T) {
	t.Chdir("../..")
	const path = "examples/one-record/innovation.yaml"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, owners := range map[string][]string{
		"": { // the first that it is for: vendor-screen, which uses criteria of these
			"clinical-input", "workflow-fit", "adoption-signals", "governance-readiness", "benefit-realisation", "system-readiness",
		},
		"dtac-2":   {"dtac-2"},
		"nice-esf": {"nice-esf"},
		"sus":      {"sus"},
	} {
		t.Run(name, func(t *testing.T) {
			own, others := split(string(data), owners)
			whole := scored(t, path, name)
			if !reflect.DeepEqual(whole["skipped"], others) {
				t.Errorf("left aside:\n%v\nwant\n%v", whole["skipped"], others)
			}
			alone := filepath.Join(t.TempDir(), "innovation.yaml")
			if err := os.WriteFile(alone, []byte(own), 0o600); err != nil {
				t.Fatal(err)
			}
			part := scored(t, alone, name)
			if !reflect.DeepEqual(part["skipped"], []any{}) {
				t.Errorf("alone, it still leaves aside %v", part["skipped"])
			}
			for key := range whole {
				if key != "innovation" && key != "skipped" && !reflect.DeepEqual(whole[key], part[key]) {
					t.Errorf("%s is\n%v\nand without the answers to other rubrics\n%v", key, whole[key], part[key])
				}
			}
		})
	}
}

// split takes the answers of other owners out of a record, and lists their names as a report does.
func split(record string, owners []string) (own string, others []any) {
	head, answers, _ := strings.Cut(record, "\nanswers:\n")
	answers, _, _ = strings.Cut(answers, "\nallow:\n")
	lines := []string{head, "answers:"}
	keep := true
	for line := range strings.Lines(answers) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   ") && !strings.HasPrefix(line, "  #") {
			name, _, _ := strings.Cut(strings.TrimSpace(line), ":")
			owner, _, _ := strings.Cut(name, "/")
			if keep = slices.Contains(owners, owner); !keep {
				others = append(others, name)
			}
		}
		if keep {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n", others
}

// scored is the one result of a record, as its JSON report has it.
func scored(t *testing.T, path, rubric string) map[string]any {
	t.Helper()
	args := []string{"score", path, "--as-of", "2026-11-21", "-o", "json"}
	if rubric != "" {
		args = append(args, "--rubric", rubric)
	}
	stdout, stderr, code := call(t, args...)
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	var report struct {
		Results []map[string]any `json:"results"`
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Results) != 1 {
		t.Fatalf("%d results, want 1", len(report.Results))
	}
	return report.Results[0]
}
