package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The JSON report is what its schema says, for every example and for records of the corner cases.
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
	for _, run := range runs {
		record := strings.Join(run, " ")
		stdout, stderr, code := call(t, append([]string{"score", "--as-of", "2026-11-21", "-o", "json"}, run...)...)
		if code != 0 {
			t.Fatalf("%s: exit code %d\n%s", record, code, stderr)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", record, err)
		}
	}
}
