package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// A workbook is known again as long as nobody has saved it since: there may be notes in it by then.
func TestWorkbookThatWasEditedIsNotOurs(t *testing.T) {
	t.Chdir("../..")
	book := workbookOf(t, reportsOf(t, "examples/answers/sus.yaml"))
	at := slices.IndexFunc(render.Formats, func(f render.Format[[]*report.Report]) bool { return f.Name == "xlsx" })
	ours := render.Formats[at].Ours
	if !ours(book) {
		t.Error("what was just written is not known again")
	}
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := f.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel"}); err != nil {
		t.Fatal(err)
	}
	var edited bytes.Buffer
	if err := f.Write(&edited); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"edited": edited.Bytes(), "cut short": book[:len(book)/2], "empty": nil, "begins alike": book[:100]} {
		if ours(file) {
			t.Errorf("%s: is taken for ours", name)
		}
	}
}

// A workbook is not poured into a terminal.
func TestWorkbookNeedsAPlace(t *testing.T) {
	t.Chdir("../..")
	var out, err bytes.Buffer
	p := process{in: bytes.NewReader(nil), out: &out, err: &err, getenv: func(string) string { return "" }, terminal: true}
	code := run([]string{"score", "examples/answers/sus.yaml", "--as-of", "2026-11-21", "-o", "xlsx"}, p)
	if code != exitUsage || out.Len() > 0 || !strings.Contains(err.String(), "give it a path: xlsx=report.xlsx") {
		t.Errorf("exit code %d, %d bytes, %q", code, out.Len(), err.String())
	}
}
