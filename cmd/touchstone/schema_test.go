package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The JSON report is what its schema says, for every example and for records of the corner cases, and so is one that says
// what moved since.
func TestReportSchema(t *testing.T) {
	t.Chdir("../..")
	schema, err := jsonschema.NewCompiler().Compile("pkg/report/report-v1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	runs := [][]string{{"testdata/records/empty.yaml"}, {"testdata/records/nothing-applies.yaml"}}
	for _, pattern := range []string{"examples/*/innovation.yaml", "examples/answers/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, names, err)
		}
		for _, name := range names {
			runs = append(runs, []string{name})
		}
	}
	for _, rubric := range []string{"dtac-2", "nice-esf", "sus", "testdata/guide/11-points.yaml", "testdata/guide/11-weakest.yaml", "testdata/instruments/emram.yaml"} {
		runs = append(runs, []string{"examples/one-record/innovation.yaml", "--rubric", rubric})
	}
	earlier := filepath.Join(t.TempDir(), "earlier.json")
	moved := 0
	for _, run := range runs {
		first := reportOf(t, schema, append([]string{"--as-of", "2026-11-21"}, run...)...)
		if err := os.WriteFile(earlier, []byte(first), 0o600); err != nil {
			t.Fatal(err)
		}
		if later := reportOf(t, schema, append([]string{"--as-of", "2028-02-01", "--since", earlier}, run...)...); strings.Contains(later, `"moved": true`) {
			moved++
		}
	}
	if moved < 3 {
		t.Errorf("in %d records anything moved: too few to say that the schema holds", moved)
	}
}

// reportOf is the JSON report that a command line gives, which is what the schema says.
func reportOf(t *testing.T, schema *jsonschema.Schema, args ...string) string {
	t.Helper()
	stdout, stderr, code := call(t, append([]string{"score", "-o", "json"}, args...)...)
	if code != 0 {
		t.Fatalf("%q: exit code %d\n%s", args, code, stderr)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%q: %v", args, err)
	}
	return stdout
}

// Findings are what their schema says, of lint and of test, with and without anything found.
func TestFindingsSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../pkg/report/findings-v1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"ward.yaml":         "touchstone: rubric/v1\nid: ward\nversion: 1.0.0\ntitle: Ward\ncriteria: [{id: safe, title: Safe, scale: yes-no}]\n",
		"wrong.yaml":        "touchstone: rubric/v1\nid: wrong\ntitle: [\n",
		"ward.cases.yaml":   "touchstone: cases/v1\nrubric: ./ward.yaml\nas_of: 2026-06-01\ncases: [{name: one, answers: {safe: yes}, expect: {score: 1, criteria: {safe: {level: 0}}}}]\n",
		"broken.cases.yaml": "touchstone: cases/v1\nrubric: ./none.yaml\nas_of: 2026-06-01\ncases: [{name: one, expect: {score: 1}}]\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("empty", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, run := range []struct {
		args string
		code int
		has  []string // after what says that there is some
	}{
		{"lint .", 2, []string{`"severity": "error"`, `"severity": "warning"`, `"line": 3,`, `"column": 17`}},
		{"lint none.yaml", 2, []string{`"rule": "unreadable-file"`}},
		{"lint empty", 0, []string{`"files": [],`, `"findings": []`}},
		{"test ward.cases.yaml", 1, []string{`"tally": {`, `"outcome": "failed"`, `"because": [`}},
		{"test . --coverage", 2, []string{`"outcome": "not-run"`, `"not_covered": [`}},
		{"test ward.cases.yaml --run none", 2, nil},
	} {
		stdout, stderr, code := call(t, append(strings.Fields(run.args), "-o", "json")...)
		if code != run.code {
			t.Errorf("%s: exit code %d, want %d\n%s", run.args, code, run.code, stderr)
		}
		if run.has == nil {
			if stdout != "" {
				t.Errorf("%s: wrote %s", run.args, stdout)
			}
			continue
		}
		for _, part := range run.has {
			if !strings.Contains(stdout, part) {
				t.Errorf("%s: there is no %s in\n%s", run.args, part, stdout)
			}
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", run.args, err)
		}
	}
}
