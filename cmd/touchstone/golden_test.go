package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// call runs the program in this process.
func call(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(args, process{
		in: bytes.NewReader(nil), out: &out, err: &err, getenv: func(string) string { return "" },
		now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) },
	})
	return out.String(), err.String(), code
}

// golden compares with a committed file, or rewrites it.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; TOUCHSTONE_UPDATE=1 go test ./... writes it", err)
	}
	if got != string(want) {
		t.Errorf("%s is stale; TOUCHSTONE_UPDATE=1 go test ./... rewrites it, and git diff shows what changed", path)
	}
}

// Each example has its committed report.
func TestExamples(t *testing.T) {
	t.Chdir("../..")
	records, err := filepath.Glob("examples/*/innovation.yaml")
	if err != nil || len(records) < 3 {
		t.Fatalf("found %d examples, want three or more (%v)", len(records), err)
	}
	for _, record := range records {
		stdout, stderr, code := call(t, "score", filepath.ToSlash(record), "--as-of", "2026-11-21", "--detail", "-o", "markdown")
		if code != 0 {
			t.Fatalf("%s: exit code %d\n%s", record, code, stderr)
		}
		golden(t, filepath.Join(filepath.Dir(record), "report.md"), stdout)
	}
}

// The same input gives the same bytes, in every format.
func TestSameBytes(t *testing.T) {
	t.Chdir("../..")
	for _, format := range []string{"table", "markdown", "html", "json", "xlsx", "csv", "junit"} {
		args := []string{"score", "examples/ai-scribe/innovation.yaml", "examples/rostering/innovation.yaml", "--as-of", "2026-11-21", "--detail", "-o", format}
		first, _, _ := call(t, args...)
		for range 5 {
			if again, _, _ := call(t, args...); again != first {
				t.Fatalf("%s: two runs differ", format)
			}
		}
	}
}
