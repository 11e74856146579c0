package main

import (
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
	records := []string{
		"examples/vendor-proposal/innovation.yaml", "examples/clinician-idea/innovation.yaml", "examples/ready-product/innovation.yaml",
		"testdata/records/empty.yaml", "testdata/records/nothing-applies.yaml",
	}
	for _, record := range records {
		stdout, stderr, code := call(t, "score", record, "--as-of", "2026-11-21", "-o", "json")
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
