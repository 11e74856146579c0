package render_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/joshdk/go-junit"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

func readJUnit(t *testing.T, f *report.Findings) map[string]junit.Suite {
	t.Helper()
	return ingestJUnit(t, []byte(rendered(t, render.FindingsJUnit, f, render.Options{})))
}

// ingestJUnit reads suites by their name, each of which there is once, and holds what they say of themselves to what is read.
func ingestJUnit(t *testing.T, data []byte) map[string]junit.Suite {
	t.Helper()
	suites, err := junit.Ingest(data)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]junit.Suite{}
	for _, s := range suites {
		byName[s.Name] = s
		for _, c := range []struct {
			attribute string
			is        int
		}{{"tests", s.Totals.Tests}, {"failures", s.Totals.Failed}, {"errors", s.Totals.Error}, {"skipped", s.Totals.Skipped}} {
			if s.Properties[c.attribute] != strconv.Itoa(c.is) {
				t.Errorf("suite %q says %s=%s, read are %d", s.Name, c.attribute, s.Properties[c.attribute], c.is)
			}
		}
	}
	if len(byName) != len(suites) {
		t.Errorf("%d suites have %d names", len(suites), len(byName))
	}
	return byName
}

// body is the text of a test that failed.
func body(t *testing.T, test junit.Test) string {
	t.Helper()
	failure, ok := errors.AsType[junit.Error](test.Error)
	if !ok {
		t.Fatalf("%q did not fail", test.Name)
	}
	return failure.Body
}

// Of lint there is a suite for each file, which fails if there is an error in it, and says all of them.
func TestJUnitOfLint(t *testing.T) {
	f := hostileFindings()
	suites := readJUnit(t, f)
	if clean := suites["clean.yaml"]; clean.Totals.Tests != 1 || clean.Totals.Passed != 1 {
		t.Errorf("a clean file: %+v", clean.Totals)
	}
	if len(suites) != len(hostile)+1 {
		t.Errorf("%d suites, want one for each of %d files", len(suites), len(hostile)+1)
	}
	for i := range f.List {
		one := &f.List[i]
		s := suites[text.Visible(one.Place.File)]
		told, passed := s.SystemOut, 1
		if one.Severity == diag.Error {
			told, passed = body(t, s.Tests[0]), 0
		}
		if s.Totals.Passed != passed || !strings.Contains(told, one.String()) || !strings.Contains(told, text.Visible(one.Hint)) {
			t.Errorf("%q is not told in %+v", one.Diagnostic, s)
		}
	}
}

// Of test there is a suite for each file, and in it a test for each case.
func TestJUnitOfTest(t *testing.T) {
	f := hostileTests()
	suites := readJUnit(t, f)
	ran, broken := suites["a.cases.yaml"], suites["b.cases.yaml"]
	if len(suites) != 2 || ran.Totals.Failed != len(hostile) || ran.Totals.Passed != 1 || broken.Totals.Skipped != 1 || broken.Totals.Error != 1 {
		t.Fatalf("%d suites: %+v and %+v", len(suites), ran.Totals, broken.Totals)
	}
	for i, test := range ran.Tests[:len(hostile)] {
		run := &f.Cases[i]
		if test.Name != text.Visible(run.Name) || test.Classname != "a.cases.yaml" {
			t.Errorf("test %q of %q, want %q", test.Name, test.Classname, run.Name)
		}
		for _, failure := range run.Failures {
			for _, want := range append(failure.Reasons(), failure.Place.String(), failure.Text) {
				if told := body(t, test); !strings.Contains(told, text.Visible(want)) {
					t.Errorf("%q does not say %q", told, want)
				}
			}
		}
	}
}
