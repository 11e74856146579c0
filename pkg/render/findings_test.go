package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// hostile are texts that would like to be more than text, in one format or another.
var hostile = []string{
	"\x00\x01\x1b[2J\x07\x7f\u0085", "]]>", "<script>alert(1)</script> & &amp; <b>", `"quoted" 'twice' \ back`,
	"::error file=a.yaml::owned", "##[error]owned", "##[add-mask]a", "a\r\n::add-mask::b\n##[group]c", "%0A::set-output name=a::b%25%3A%2C",
	"a,b=c:d;e]f", "\u202egnp.exe\u200b\u2066", "\u2028\u2029\u00a0", "[here](javascript:alert(1)) {0} {{1}}", "| a | b |\n|---|---|\n# head",
	"`code` *b* _u_ https://example.org @everyone", "\xff\xfe not UTF-8", "\ufffe\uffff", "Gebäude 界 👩‍⚕️", "C:/ward.yaml", "/ward.yaml", "../a b/c?d#e%20.yaml",
	strings.Repeat("long ", 2000), " ", "",
}

// hostileFindings are findings that hold each of these texts wherever text from files can come to stand.
func hostileFindings() *report.Findings {
	var problems diag.List
	sources := diag.Sources{}
	for i, s := range hostile {
		file := s + ".yaml"
		sources[file] = []byte("one\n" + s + s + "\nthree\n")
		for _, at := range []diag.Place{{File: file}, {File: file, Line: 2}, {File: file, Line: 2, Column: 1, Width: 3}} {
			problems.Add(diag.Diagnostic{Severity: diag.Severity(i % 3), Rule: "unknown-key", Place: at, Message: s + " found", Hint: s})
		}
	}
	return report.NewFindings("lint", "test", []string{"clean.yaml"}, problems, sources)
}

// hostileTests are cases that do not come true, with each of these texts, and one that does, and one that was not run.
func hostileTests() *report.Findings {
	var runs []report.CaseRun
	for i, s := range hostile {
		at := diag.Place{File: "a.cases.yaml", Line: 10 * (i + 1), Column: 3, Width: 2}
		failure := report.CaseFailure{
			Place: at, Case: s, What: "score", Cite: s, Aspect: "score", Name: s, Text: "expected " + s + ", got 0", Want: s, Got: "0", Why: []string{s, "  " + s},
		}
		other := failure
		other.Place.Line++
		runs = append(runs, report.CaseRun{Place: at, Name: s, Outcome: report.Failed, Failures: []report.CaseFailure{failure, other}})
	}
	runs = append(
		runs,
		report.CaseRun{Place: diag.Place{File: "a.cases.yaml", Line: 1}, Name: "passes", Outcome: report.Passed},
		report.CaseRun{Place: diag.Place{File: "b.cases.yaml", Line: 1}, Name: "is not run", Outcome: report.NotRun},
	)
	problems := diag.List{{Rule: "no-such-rule", Place: diag.Place{File: "b.cases.yaml", Line: 1}, Message: "broken"}}
	return report.NewTests("test", []string{"a.cases.yaml", "b.cases.yaml"}, problems, runs, diag.Sources{})
}

func rendered(t *testing.T, write func(io.Writer, *report.Findings, render.Options) error, f *report.Findings, o render.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, f, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// visible is how a format shows a text that people read: with line breaks between what is said, and nothing hidden.
func visible(f *report.Finding) string {
	var lines []string
	for _, line := range f.Lines() {
		lines = append(lines, text.Visible(line))
	}
	return strings.Join(lines, "\n")
}

// What machines read is what was found, letter for letter; only bytes that are no text are replaced.
func TestFindingsJSON(t *testing.T) {
	f := hostileFindings()
	var got report.FindingsData
	decode(t, rendered(t, render.FindingsJSON, f, render.Options{}), &got)
	if len(got.Findings) != len(f.List) {
		t.Fatalf("%d findings, want %d", len(got.Findings), len(f.List))
	}
	for i, one := range got.Findings {
		want := f.List[i]
		if letters := string([]rune(want.Message)); one.Message != letters {
			t.Errorf("message %q, want %q", one.Message, letters)
		}
		if one.Line != want.Place.Line || one.Column != want.Place.Column || one.Severity != want.Severity.String() {
			t.Errorf("%+v, want %+v", one, want)
		}
	}
}

// A code quality report has what GitLab's documentation asks of it, and no two issues have the same fingerprint: GitLab
// would show one of them only.
func TestGitLab(t *testing.T) {
	for _, f := range []*report.Findings{hostileFindings(), hostileTests()} {
		var issues []struct {
			Engine      string   `json:"engine_name"`
			Type        string   `json:"type"`
			Check       string   `json:"check_name"`
			Categories  []string `json:"categories"`
			Description string   `json:"description"`
			Severity    string   `json:"severity"`
			Fingerprint string   `json:"fingerprint"`
			Location    struct {
				Path  string `json:"path"`
				Lines struct {
					Begin int `json:"begin"`
				} `json:"lines"`
			} `json:"location"`
		}
		decode(t, rendered(t, render.GitLab, f, render.Options{}), &issues)
		if len(issues) != len(f.List) {
			t.Fatalf("%d issues, want %d", len(issues), len(f.List))
		}
		seen := map[string]bool{}
		for i, one := range issues {
			want := f.List[i]
			switch {
			case one.Description == "" || one.Check != want.Rule || one.Type != "issue" || len(one.Categories) == 0:
				t.Errorf("%+v lacks what every issue has", one)
			case !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, one.Severity):
				t.Errorf("%q is no severity", one.Severity)
			case one.Fingerprint == "" || seen[one.Fingerprint]:
				t.Errorf("%q is no fingerprint, or that of another issue", one.Fingerprint)
			case one.Location.Lines.Begin != max(want.Place.Line, 1):
				t.Errorf("line %d, want that of %v", one.Location.Lines.Begin, want.Place)
			case text.Visible(one.Description) != one.Description:
				t.Errorf("%q hides something", one.Description)
			}
			seen[one.Fingerprint] = true
		}
	}
}

// decode reads one JSON value and refuses what it does not know.
func decode(t *testing.T, data string, into any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
	if d.More() {
		t.Fatal("there is more than one value")
	}
}

// The same findings give the same bytes, in every format, and every file is known again by the format that wrote it.
func TestFindingsAgain(t *testing.T) {
	empty := report.NewFindings("lint", "test", nil, nil, nil)
	for _, format := range render.FindingsFormats {
		for what, f := range map[string]func() *report.Findings{"findings": hostileFindings, "tests": hostileTests, "none": func() *report.Findings { return empty }} {
			o := render.Options{Width: 80, File: true}
			first := rendered(t, format.Write, f(), o)
			if rendered(t, format.Write, f(), o) != first {
				t.Errorf("%s of %s: two runs differ", format.Name, what)
			}
			if !format.Ours([]byte(first)) {
				t.Errorf("%s of %s is not known again", format.Name, what)
			}
		}
	}
}

// Files that only speak of findings are not ours.
func TestOthersAreNotOurs(t *testing.T) {
	for _, other := range []string{
		"", "\n", "touchstone findings/v1: notes\n", "# touchstone findings/v1\n", "notes on touchstone findings/v1", `{"kind": "findings/v1"}`, `{"touchstone": "findings/v2"}`,
		"touchstone: findings/v1\n", `{"version": "2.1.0", "runs": []}`, `<testsuites name="pytest">`, "::error::x\n", "[]x", "[1]", "answers: []\n", "[] # none",
	} {
		for _, format := range render.FindingsFormats {
			if format.Ours([]byte(other)) {
				t.Errorf("%s takes %q for its own", format.Name, other)
			}
		}
	}
}

// Whatever is in the files, the runner that reads the text finds no command in it.
func TestInertText(t *testing.T) {
	for _, f := range []*report.Findings{hostileFindings(), hostileTests()} {
		plain := rendered(t, render.Text, f, render.Options{Width: 80})
		if len(commands(plain)) == 0 {
			t.Error("without care there is no command in the text either, so this shows nothing")
		}
		if found := commands(string(render.Inert([]byte(plain)))); len(found) > 0 {
			t.Errorf("commands in the text: %q", found)
		}
	}
}

// Lines come out of it with no command, without one as they went in, and a second time as they are.
func TestInert(t *testing.T) {
	pieces := []string{"::", ":", "#", "##[", "##", "[", "]", "error", "add-mask", " ", "\t", "\u00a0", "\u2003", "\n", "a", "é"}
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
		out := string(render.Inert([]byte(in)))
		if found := commands(out); len(found) > 0 {
			t.Fatalf("%q holds the commands %q", out, found)
		}
		if strings.Count(out, "\n") != strings.Count(in, "\n") {
			t.Fatalf("%q has other lines than %q", out, in)
		}
		if again := string(render.Inert([]byte(out))); again != out {
			t.Fatalf("%q becomes %q", out, again)
		}
		if len(commands(in)) == 0 && !strings.Contains(in, "::") && !strings.Contains(in, "##[") && in != out {
			t.Fatalf("%q becomes %q", in, out)
		}
	})
}

// The annotations, read as a runner reads them, are the findings.
func TestGitHub(t *testing.T) {
	for _, f := range []*report.Findings{hostileFindings(), hostileTests()} {
		found := commands(rendered(t, render.GitHub, f, render.Options{}))
		if len(found) != len(f.List) {
			t.Fatalf("%d commands, want %d", len(found), len(f.List))
		}
		for i, got := range found {
			one := &f.List[i]
			want := command{
				name: map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "notice"}[one.Severity],
				data: visible(one), properties: map[string]string{"file": text.Visible(one.Place.File), "title": one.Rule},
			}
			if one.Place.Line > 0 {
				want.properties["line"] = strconv.Itoa(one.Place.Line)
			}
			if one.Place.Column > 0 {
				want.properties["col"], want.properties["endColumn"] = strconv.Itoa(one.Place.Column), strconv.Itoa(one.Place.Column+one.Place.Width-1)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%q\nwant %q", got, want)
			}
		}
	}
}
