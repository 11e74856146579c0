package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const conditionWords = `touchstone: rubric/v1
id: t
version: 1.0.0
title: T
stages: [idea, pilot, service]
scales:
  steps: [none, planned, once, routine]
facts:
  ai: {type: yes-no, ask: "Is it AI?"}
  data: {type: yes-no, ask: "Data?"}
  class: {type: choice, of: [low, middle, high], ask: "Which class?"}
  staff: {type: integer, ask: "How many staff?"}
  since: {type: date, ask: "Since when?"}
  bare: {type: yes-no}
kinds:
  test: {title: Test of it}
criteria:
  - {id: a, title: A, scale: steps}
  - {id: b, title: B, scale: steps, reverse: yes}
  - {id: c, title: C, scale: yes-no}
  - {id: d, title: D, measure: {unit: minutes, worst: 30, best: 0}}
  - {id: g, title: G, combine: all, criteria: [{id: x, title: X, scale: steps}, {id: z, title: Z, scale: steps}]}
`

func modelOf(t *testing.T, text string) *score.Model {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	m, list := library.New(rubric.NewCatalogue(source.NewStore(nil, nil)), "").Model(path, diag.Place{})
	if m == nil {
		t.Fatal(list)
	}
	return m
}

// Every form of condition has its words, and a ! turns them into those of the opposite.
func TestConditionsInWords(t *testing.T) {
	table := []struct{ written, words string }{
		{`facts.ai`, "‘Is it AI?’ is answered yes"},
		{`!facts.ai`, "‘Is it AI?’ is answered no"},
		{`!facts.bare`, "The fact ‘bare’ is answered no"},
		{`facts.class == "low"`, "‘Which class?’ is answered ‘low’"},
		{`facts.class != "low"`, "‘Which class?’ is answered with something other than ‘low’"},
		{`facts.class in ["low", "high"]`, "‘Which class?’ is answered ‘low’ or ‘high’"},
		{`!(facts.class in ["low", "high"])`, "‘Which class?’ is answered with something other than ‘low’ or ‘high’"},
		{`facts.staff >= 50`, "‘How many staff?’ is answered with 50 or more"},
		{`!(facts.staff >= 50)`, "‘How many staff?’ is answered with less than 50"},
		{`facts.staff > 50`, "‘How many staff?’ is answered with more than 50"},
		{`facts.since < "2026-01-01"`, "‘Since when?’ is answered with a day before 2026-01-01"},
		{`as_of >= "2026-04-06"`, "The day of scoring is on 2026-04-06 or later"},
		{`stage == "pilot"`, "The stage is pilot"},
		{`stage in ["pilot", "service"]`, "The stage is pilot or service"},
		{`stage != "idea"`, "The stage is not idea"},
		{`stage_at_least("pilot")`, "The stage is pilot or later"},
		{`!stage_at_least("pilot")`, "The stage is before pilot"},
		{`level("a") < 2`, "‘A’ is below ‘once’"},
		{`!(level("a") >= 2)`, "‘A’ is below ‘once’"},
		{`level("a") <= 1`, "‘A’ is at ‘planned’ or worse"},
		{`level("a") <= 0`, "‘A’ is at ‘none’"},
		{`claimed("a") >= 2`, "‘A’ is claimed at ‘once’ or better"},
		{`claimed("a") > 1`, "‘A’ is claimed better than ‘planned’"},
		{`claimed("a") >= 3`, "‘A’ is claimed at ‘routine’"},
		{`claimed("a") in [1, 2]`, "‘A’ is claimed at ‘planned’ or ‘once’"},
		{`claimed("a") != 1`, "‘A’ is claimed at another level than ‘planned’"},
		{`level("b") > 1`, "‘B’ is worse than ‘planned’"},
		{`level("b") >= 1`, "‘B’ is at ‘planned’ or worse"},
		{`claimed("b") <= 1`, "‘B’ is claimed at ‘planned’ or better"},
		{`level("c") < 1`, "‘C’ is at ‘no’"},
		{`claimed("c") == 1`, "‘C’ is claimed at ‘yes’"},
		{`value("d") > 10`, "‘D’ is more than 10 minutes"},
		{`!(value("d") <= 10)`, "‘D’ is more than 10 minutes"},
		{`!met("g")`, "‘G’ is not met (when all of its parts that count are)"},
		{`!met("a")`, "‘A’ is not met (at ‘routine’)"},
		{`!met("d")`, "‘D’ is not met (at 0 minutes or better)"},
		{`score("g") < 50`, "‘G’ has a score of less than 50"},
		{`count_below("g", 2) >= 1`, "1 or more of the criteria of ‘G’ stand below ‘once’"},
		{`count_from("g", 2) < 2`, "Less than 2 of the criteria of ‘G’ stand at ‘once’ or better"},
		{`!answered("a")`, "‘A’ is not answered"},
		{`applies("a") && level("a") < 2`, "‘A’ applies and is below ‘once’"},
		{`!applies("a")`, "‘A’ does not apply"},
		{`gap("t") >= 50`, "The strongest and the weakest part of the whole are 50 or more points apart"},
		{`facts.ai || facts.data`, "‘Is it AI?’ is answered yes, or ‘Data?’ is answered yes"},
		{`!(facts.ai && facts.data)`, "‘Is it AI?’ is answered no, or ‘Data?’ is answered no"},
		{`facts.ai && (facts.data || facts.bare)`, "‘Is it AI?’ is answered yes, and either ‘Data?’ is answered yes or the fact ‘bare’ is answered yes"},
		{`facts.ai && facts.data || facts.bare`, "The fact ‘bare’ is answered yes; or ‘Is it AI?’ is answered yes and ‘Data?’ is answered yes"},
		{
			`stage == "idea" && (facts.ai && level("a") < 2 || facts.data && level("c") < 1)`,
			"The stage is idea, and at least one of these holds: ‘Is it AI?’ is answered yes and ‘A’ is below ‘once’; ‘Data?’ is answered yes and ‘C’ is at ‘no’",
		},
	}
	var flags strings.Builder
	for k, row := range table {
		fmt.Fprintf(&flags, "  - {id: f%d, when: '%s', severity: low, say: S}\n", k, row.written)
	}
	m := modelOf(t, conditionWords+"flags:\n"+flags.String())
	told := 0
	walk(report.Statement(m).Sections, func(s report.Section) {
		if s.ID != "flags" {
			return
		}
		told = len(s.Rows)
		for k, row := range s.Rows {
			raised := row[len(row)-1]
			if raised.Text != table[k].words {
				t.Errorf("%s\n got %s\nwant %s", table[k].written, raised.Text, table[k].words)
			}
			if several := strings.ContainsAny(table[k].written, "&|"); several != (raised.Code == table[k].written) {
				t.Errorf("%s: as code %q", table[k].written, raised.Code)
			}
		}
	})
	if told != len(table) {
		t.Errorf("%d of %d conditions are told", told, len(table))
	}
}

// After `if`, and beside a stage, one of several conditions is marked as such.
func TestConditionsBesideOthers(t *testing.T) {
	m := modelOf(t, conditionWords+`  - {id: h1, title: H1, scale: steps, from_stage: pilot, when: facts.ai || facts.data}
  - {id: h2, title: H2, scale: steps, from_stage: pilot, when: facts.ai && facts.data}
  - {id: h3, title: H3, scale: steps, when: "!(facts.ai && facts.data)"}
`)
	for _, s := range report.Rubric(m).Sections {
		if s.ID != "criteria" {
			continue
		}
		for k, want := range []string{
			"from stage pilot, if either ‘Is it AI?’ is answered yes or ‘Data?’ is answered yes",
			"from stage pilot, if ‘Is it AI?’ is answered yes and ‘Data?’ is answered yes",
			"if either ‘Is it AI?’ is answered no or ‘Data?’ is answered no",
		} {
			row := s.Rows[len(s.Rows)-3+k]
			if got := row[len(row)-1].Text; got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		}
		return
	}
	t.Error("the criteria are not shown")
}

// A rule that stands in for an answer says what it gives, and a condition on an item of evidence what it asks.
func TestRulesInWords(t *testing.T) {
	m := modelOf(t, conditionWords+`  - {id: r1, title: R1, scale: yes-no, rule: facts.ai}
  - {id: r2, title: R2, scale: yes-no, reverse: yes, rule: "!facts.ai"}
  - {id: r3, title: R3, measure: {unit: people, worst: 0, best: 9}, rule: facts.staff}
  - {id: r4, title: R4, measure: {worst: 0, best: 2}, rule: "count_from(\"g\", 2)"}
  - {id: r5, title: R5, scale: steps, rule: claimed("a")}
  - id: e
    title: E
    scale: steps
    evidence:
      - {kinds: [test], min: 2, max_age: 12 months, check: "item.results.n >= 20 && item.independent"}
      - {from: 2, version: any, valid_until: stated}
`)
	want := map[string]string{
		"criterion.t.r1": "Nobody is asked: it is ‘yes’ if ‘Is it AI?’ is answered yes, and else ‘no’.",
		"criterion.t.r2": "Nobody is asked: it is ‘yes’ if ‘Is it AI?’ is answered no, and else ‘no’.",
		"criterion.t.r3": "Nobody is asked: it is the answer to ‘How many staff?’. 0 people is worth nothing and 9 people everything, in a straight line between them. What lies beyond counts as the nearest of them.",
		"criterion.t.r4": "Nobody is asked: it is how many of the criteria of ‘G’ stand at ‘once’ or better. 0 is worth nothing and 2 everything, in a straight line between them. What lies beyond counts as the nearest of them.",
		"criterion.t.r5": "Nobody is asked: it is what is claimed for ‘A’.",
	}
	seen := 0
	walk(report.Statement(m).Sections, func(s report.Section) {
		for _, b := range s.Blocks {
			if text, ok := want[s.ID]; ok && b.Lead == "Answer" {
				if seen++; b.Plain != text {
					t.Errorf("%s\n got %s\nwant %s", s.ID, b.Plain, text)
				}
			}
		}
		if s.ID == "criterion.t.e" {
			last := len(s.Columns) - 1
			for k, text := range map[int]string{
				1: "2 items (test of it), from the last 12 months, such that its result ‘n’ is 20 or more and it is independent.",
				2: "An item of evidence, with the day on which it ends, whatever version it is about.",
				3: "",
			} {
				if got := s.Rows[k][last].Text; got != text {
					t.Errorf("level %d\n got %s\nwant %s", k, got, text)
				}
			}
		}
	})
	if seen != len(want) {
		t.Errorf("%d of %d answers are told", seen, len(want))
	}
}
