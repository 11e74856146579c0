package render_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/joshdk/go-junit"
	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// standing is a report that says the texts wherever text from files can come to stand.
func standing(texts ...string) *report.Report {
	s := report.Standings{Innovation: texts[0], Rubric: "r 1.0.0", Said: texts}
	for i, one := range texts {
		s.List = append(s.List, report.Standing{Kind: "gate", ID: "r/g", Title: one, Judgement: report.Judgement(i % 4), Message: one, Why: texts})
	}
	return &report.Report{Standings: func() report.Standings { return s }}
}

func junitBytes(t interface {
	Helper()
	Fatal(args ...any)
}, reports ...*report.Report,
) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := render.JUnit(&b, reports, render.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// told is what a test says besides its name.
func told(test junit.Test) (message, body string) {
	if failure, ok := errors.AsType[junit.Error](test.Error); ok {
		return failure.Message, failure.Body
	}
	return test.Message, ""
}

// Each gate or criterion is a case of the suite of its report, with what became of it and why, letter for letter but for
// what is made visible.
func TestJUnitOfReports(t *testing.T) {
	r := standing(hostile...)
	other := standing("other")
	suites := ingestJUnit(t, junitBytes(t, r, other, r))
	name := text.Visible(r.Standings().Innovation) + " · r 1.0.0"
	s := suites[name]
	if again := suites[name+" (2)"]; len(suites) != 3 || len(again.Tests) != len(hostile) || len(suites["other · r 1.0.0"].Tests) != 1 {
		t.Fatalf("%d suites, and in that of the same name %d tests", len(suites), len(again.Tests))
	}
	statuses := map[report.Judgement]junit.Status{
		report.Satisfied: junit.StatusPassed, report.NotSatisfied: junit.StatusFailed, report.Undecided: junit.StatusError, report.NotJudged: junit.StatusSkipped,
	}
	for i, one := range r.Standings().List {
		test := s.Tests[i]
		if test.Name != text.Visible(one.Title)+" (gate r/g)" || test.Classname != name || test.Status != statuses[one.Judgement] {
			t.Errorf("%+v, want it to be of %+v", test, one)
		}
		message, body := told(test)
		if one.Judgement != report.Satisfied && message != text.Visible(one.Message) {
			t.Errorf("message %q, want %q", message, one.Message)
		}
		for _, line := range one.Why {
			if (one.Judgement == report.NotSatisfied || one.Judgement == report.Undecided) && !slices.Contains(strings.Split(body, "\n"), text.Visible(line)) {
				t.Errorf("%q is not told in %q", line, body)
			}
		}
	}
	for _, line := range hostile {
		if !slices.Contains(strings.Split(s.SystemOut, "\n"), text.Visible(line)) {
			t.Errorf("%q is not told in %q", line, s.SystemOut)
		}
	}
}

// Whatever the texts are, the file is XML in which nothing is hidden, with the elements and attributes of the form and no
// others; it is known again as ours, and by no format of findings as theirs.
func TestJUnitIsAlwaysValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom(hostile), bytesAsText()), 1, 6).Draw(t, "texts")
		data := junitBytes(t, standing(texts...), standing("plain"))
		elements := 0
		for d := xml.NewDecoder(bytes.NewReader(data)); ; elements++ {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v in %q", err, data)
			}
			inForm(t, token)
		}
		for _, f := range render.FindingsFormats {
			if f.Ours(data) {
				t.Fatalf("%s of findings takes it for its own", f.Name)
			}
		}
		for _, f := range render.Formats {
			if f.Ours(data) != (f.Name == "junit") {
				t.Fatalf("%s: ours %t", f.Name, f.Ours(data))
			}
		}
	})
}

func bytesAsText() *rapid.Generator[string] {
	return rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })
}

// junitForm is what each element may hold, as the schema of the xUnit plugin has it.
var junitForm = map[string][]string{
	"testsuites": {"name", "tests", "failures", "errors", "time"},
	"testsuite":  {"name", "tests", "failures", "errors", "time", "skipped"},
	"testcase":   {"name", "classname", "time"},
	"failure":    {"message"}, "error": {"message"}, "skipped": {"message"}, "system-out": {},
}

func inForm(t *rapid.T, token xml.Token) {
	switch token := token.(type) {
	case xml.StartElement:
		allowed, known := junitForm[token.Name.Local]
		if !known {
			t.Fatalf("element %s", token.Name.Local)
		}
		for _, a := range token.Attr {
			if !slices.Contains(allowed, a.Name.Local) || text.Visible(a.Value) != a.Value {
				t.Fatalf("attribute %s=%q of %s", a.Name.Local, a.Value, token.Name.Local)
			}
		}
	case xml.CharData:
		for line := range strings.Lines(string(token)) {
			if line = strings.TrimSuffix(line, "\n"); text.Visible(line) != line {
				t.Fatalf("%q hides something", line)
			}
		}
	case xml.Comment, xml.Directive:
		t.Fatalf("%T in the file", token)
	}
}

// Lists of tests by others, and those of findings, are no reports.
func TestOtherJUnitIsNoReport(t *testing.T) {
	for _, other := range []string{
		xml.Header + `<testsuites name="touchstone score again">`, xml.Header + `<testsuites name="pytest">`, `<testsuites name="touchstone score"`,
		rendered(t, render.FindingsJUnit, hostileFindings(), render.Options{}), rendered(t, render.FindingsJUnit, hostileTests(), render.Options{}),
	} {
		for _, f := range render.Formats {
			if f.Ours([]byte(other)) {
				t.Errorf("%s takes %.80q for its own", f.Name, other)
			}
		}
	}
}
