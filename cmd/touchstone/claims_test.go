package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/crosswalk"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/rubrics"
)

func shippedRubrics() (*rubric.Catalogue, *library.Library) {
	catalogue := rubric.NewCatalogue(source.NewStore(rubrics.FS, nil))
	return catalogue, library.New(catalogue, "")
}

// Every claim of the five texts that is not context is met by a criterion, a gate or a flag, or is answered by the report.
func TestEveryClaimIsCovered(t *testing.T) {
	catalogue, l := shippedRubrics()
	m, list := l.Model(defaultRubric, diag.Place{})
	if m == nil {
		t.Fatal(list)
	}
	parts := crosswalk.Parts(m)
	items := 0
	for _, id := range []string{"open-medical", "patchwork", "pa-consulting", "learnpac", "health-innovation-kss"} {
		ref, problems := catalogue.Reference(m.Rubric, id)
		if ref == nil {
			t.Fatal(id, problems)
		}
		x := crosswalk.Of(ref, parts)
		items += len(x.Rows)
		for i := range x.Rows {
			row := &x.Rows[i]
			switch {
			case row.Standing == crosswalk.Uncovered || row.Standing == crosswalk.Supported:
				t.Errorf("nothing covers %s:%s: %s", id, row.ID, row.Says)
			case row.Twice():
				t.Errorf("%s:%s is counted twice, by %v", id, row.ID, row.CountedBy())
			case row.Kind == rubric.KindReportFeature && row.AnsweredBy == "":
				t.Errorf("%s:%s says of the report what no part of it answers", id, row.ID)
			}
		}
	}
	if items != 210 {
		t.Errorf("the five texts have %d items, want 210", items)
	}
	for _, p := range parts {
		if len(p.Links) == 0 && p.What == crosswalk.Criterion {
			t.Errorf("%s %s traces to nothing", p.What, p.Name)
		}
	}
}

// The sizes that keep the rubrics usable: six to ten criteria a dimension, twenty to thirty flags in all; few questions in
// the two light rubrics, whatever the stage.
func TestSizes(t *testing.T) {
	_, l := shippedRubrics()
	flags := 0
	for id, most := range map[string]int{
		"clinical-input": 10, "workflow-fit": 10, "adoption-signals": 10, "governance-readiness": 10, "benefit-realisation": 10,
		"spread": 10, "system-readiness": 10, defaultRubric: 70, "idea-check": 15, "vendor-screen": 20,
	} {
		m, list := l.Model(id, diag.Place{})
		if m == nil {
			t.Fatal(list)
		}
		leaves := 0
		for i := range m.Nodes {
			if m.Nodes[i].IsLeaf() {
				leaves++
			}
		}
		if id == "idea-check" || id == "vendor-screen" { // what they ask besides: facts
			leaves += len(m.FactsRead())
		}
		if leaves > most || leaves < 6 {
			t.Errorf("%s has %d criteria, want 6 to %d", id, leaves, most)
		}
		if id == defaultRubric {
			flags = len(m.Flags)
		}
	}
	if flags < 20 || flags > 30 {
		t.Errorf("there are %d flags, want 20 to 30", flags)
	}
}

// Whatever a readiness rubric says is looked at by a case: every level, every way that a gate, a flag and a condition can
// come out, every band, and each evidence rule met and not met.
func TestCasesCoverTheReadinessRubrics(t *testing.T) {
	_, l := shippedRubrics()
	for _, id := range []string{
		"clinical-input", "workflow-fit", "adoption-signals", "governance-readiness", "benefit-realisation", "spread", "system-readiness",
		defaultRubric, "idea-check", "vendor-screen",
	} {
		t.Run(id, func(t *testing.T) {
			store := source.NewStore(rubrics.FS, nil)
			node, list := store.Open(filepath.Join("../../testdata/instruments", id+".cases.yaml"))
			file, more := cases.Parse(node)
			if list = append(list, more...); file == nil || list.HasErrors() {
				t.Fatal(list)
			}
			file.Rubric = id // the embedded one
			bound, problems := file.Bind(l)
			if problems.HasErrors() || len(bound) == 0 {
				t.Fatal(problems)
			}
			c := cases.NewCoverage(bound[0].Model())
			for i := range bound {
				for _, f := range c.Cover(&bound[i]) {
					t.Errorf("%s: %s of %s: got %s, want %s", f.Case.Name, f.Aspect, f.Name, f.Got, f.Want)
				}
			}
			var counts, missing []string
			for _, sort := range cases.Sorts() {
				covered, of := c.Of(sort)
				counts = append(counts, fmt.Sprintf("%s %d of %d", sort, covered, of))
			}
			for _, u := range c.Units {
				if !u.Covered {
					missing = append(missing, u.Sort+" "+u.Name+" "+u.Is)
				}
			}
			t.Log(len(bound), "cases:", strings.Join(counts, ", "))
			if slices.Sort(missing); len(missing) > 0 {
				t.Errorf("no case looks at: %s", strings.Join(missing, "; "))
			}
		})
	}
}
