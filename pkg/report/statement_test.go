package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// allRubrics are those that ship, the instruments, and those of the guide.
func allRubrics(t *testing.T) map[string]*score.Model {
	t.Helper()
	l := library.New(rubric.NewCatalogue(source.NewStore(os.DirFS("../../rubrics"), nil)), "")
	models := map[string]*score.Model{}
	for _, pattern := range []string{"../../rubrics/*.yaml", "../../testdata/instruments/*.yaml", "../../testdata/guide/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(data, []byte("touchstone: rubric/")) {
				continue
			}
			m, list := l.Model(file, diag.Place{})
			if m == nil {
				t.Fatal(file, list)
			}
			models[file] = m
		}
	}
	return models
}

// walk calls yield for every section of a page, those below others too.
func walk(sections []report.Section, yield func(s report.Section)) {
	for _, s := range sections {
		yield(s)
		walk(s.Sections, yield)
	}
}

var expression = regexp.MustCompile(`&&|\|\||facts\.|\b(level|claimed|value|score|count_from|count_below|applies|answered|gap|stage_at_least|met)\("|\bitem\.`)

// What is said of a rubric has no expression in it but as code, every criterion has a place of its own, whatever points at
// a section finds it, and every row has as many cells as the table has columns.
func TestStatements(t *testing.T) {
	for file, m := range allRubrics(t) {
		for kind, page := range map[string]report.Page{"short": report.Rubric(m), "full": report.Statement(m)} {
			ids := map[string]bool{}
			walk(page.Sections, func(s report.Section) {
				if ids[s.ID] || s.ID == "" || s.Title == "" {
					t.Errorf("%s, %s: section %q %q is there twice, or has no name", file, kind, s.ID, s.Title)
				}
				ids[s.ID] = true
				for _, b := range s.Blocks {
					plain(t, file, b.Lead+b.Text+b.Plain+strings.Join(b.List, " "))
				}
				for _, row := range s.Rows {
					if len(row) != len(s.Columns) {
						t.Errorf("%s, %s: %d cells in %d columns of %q", file, kind, len(row), len(s.Columns), s.ID)
					}
				}
			})
			walk(page.Sections, func(s report.Section) {
				plain(t, file, s.Title+s.Note)
				for _, row := range s.Rows {
					for _, c := range row {
						plain(t, file, c.Text)
						if c.To != "" && kind == "full" && !ids[c.To] {
							t.Errorf("%s: nothing is at %q", file, c.To)
						}
					}
				}
			})
			for i := range m.Nodes {
				if n := &m.Nodes[i]; kind == "full" && n.IsLeaf() && !ids["criterion."+strings.ReplaceAll(n.Name, "/", ".")] {
					t.Errorf("%s: %s has no section", file, n.Name)
				}
			}
		}
	}
}

func plain(t *testing.T, file, text string) {
	t.Helper()
	if found := expression.FindString(text); found != "" {
		t.Errorf("%s: %q stands in a sentence: %s", file, found, text)
	}
}

// The shares of the leaves of a rubric that adds all the way down make up the whole, to the rounding of each.
func TestSharesAddUp(t *testing.T) {
	checked := 0
	for file, m := range allRubrics(t) {
		adds := true
		for i := range m.Nodes {
			adds = adds && (m.Nodes[i].IsLeaf() || m.Nodes[i].Adds() || m.Nodes[i].Weight.IsZero())
		}
		if !adds {
			continue
		}
		checked++
		sum, leaves := exact.Zero, 0
		walk(report.Statement(m).Sections, func(s report.Section) {
			for _, b := range s.Blocks {
				if !strings.HasPrefix(s.ID, "criterion.") || b.Lead != "Share" || !strings.Contains(b.Plain, " of the whole (") {
					continue
				}
				percent, _, _ := strings.Cut(b.Plain, "%")
				share, err := exact.Parse(percent)
				if err != nil {
					t.Fatal(err)
				}
				sum, leaves = sum.Add(share), leaves+1
			}
		})
		off := sum.Sub(exact.Hundred)
		if most := exact.Ratio(int64(leaves), 20); most.Less(off) || off.Less(most.Neg()) {
			t.Errorf("%s: %d shares add up to %s", file, leaves, sum)
		}
	}
	if checked < 10 {
		t.Errorf("only %d rubrics add all the way down", checked)
	}
}

// A form asks for every criterion that is answered and for no other, each under the ID that its section has in the
// statement, and no field twice.
func TestForms(t *testing.T) {
	for file, m := range allRubrics(t) {
		form := report.BlankForm(m)
		var criteria []string
		seen := map[string]bool{}
		var visit func(s report.FormSection)
		visit = func(s report.FormSection) {
			if strings.HasPrefix(s.ID, "criterion.") {
				criteria = append(criteria, s.ID)
			}
			for _, f := range s.Fields {
				if seen[f.ID] || f.ID == "" || f.Label == "" {
					t.Errorf("%s: field %q %q is there twice, or has no name", file, f.ID, f.Label)
				}
				seen[f.ID] = true
				if (f.Kind == report.FieldTick) != (len(f.Choices) > 0) || (f.Kind == report.FieldTable) != (len(f.Columns) > 0 && f.Rows > 0) {
					t.Errorf("%s: field %q is of kind %d, with %d choices and %d columns", file, f.ID, f.Kind, len(f.Choices), len(f.Columns))
				}
				plain(t, file, f.Label+f.Note)
			}
			for _, below := range s.Sections {
				visit(below)
			}
		}
		for _, s := range form.Sections {
			visit(s)
		}
		var want []string
		for i := range m.Nodes {
			if n := &m.Nodes[i]; n.IsLeaf() && !n.IsRule() {
				want = append(want, "criterion."+strings.ReplaceAll(n.Name, "/", "."))
			}
		}
		if !slices.Equal(criteria, want) {
			t.Errorf("%s: asks for %v, want %v", file, criteria, want)
		}
		if form.Edition != m.Rubric.Edition() || form.Scoring != m.ScoringDigest() {
			t.Errorf("%s: tied to %s %s", file, form.Edition, form.Scoring)
		}
	}
}
