package report_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const partsRubric = `touchstone: rubric/v1
id: parts
version: 1.0.0
title: Parts
stages: [idea, pilot]
scales: {practice: [none, some, all]}
facts:
  months: {type: integer, ask: "Months to the first benefit?", part: benefit-timeline}
  dip: {type: integer, ask: "Weeks of dip?", part: benefit-timeline}
  owner: {type: text, ask: "Who answers for it?", part: accountable}
criteria:
  - id: work
    title: Work
    criteria:
      - {id: burden, title: Burden, scale: practice, met: 1, duty: buyer}
      - {id: sold, title: Sold, scale: practice, na: {reasons: [not for sale]}}
  - {id: told, title: Told beside, weight: 0, criteria: [{id: site, title: Site, scale: practice}]}
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 50}]
`

func partsReport(t *testing.T, record string) *report.Report {
	t.Helper()
	return reportOf(t, partsRubric, record)
}

// reportOf scores a record with a rubric, both as they are written.
func reportOf(t *testing.T, written, record string) *report.Report {
	t.Helper()
	res := resultOf(t, written, record)
	return report.Build(res, plan.Analyse(res), report.Options{Detail: true})
}

// partsSince is a report that says what moved since another record.
func partsSince(t *testing.T, then, now string) *report.Report {
	t.Helper()
	data, err := json.Marshal(report.NewDocument([]*report.Report{partsReport(t, then)}))
	if err != nil {
		t.Fatal(err)
	}
	node, list := source.ReadJSON("then.json", data)
	earlier, structure := progress.Parse(node)
	res := resultOf(t, partsRubric, now)
	since, apart := earlier.Compare(res)
	if list = slices.Concat(list, structure, apart); list.HasErrors() {
		t.Fatal(list)
	}
	return report.Build(res, plan.Analyse(res), report.Options{Since: since})
}

func resultOf(t *testing.T, written, record string) *score.Result {
	t.Helper()
	r, list := rubric.NewCatalogue(source.NewStore(nil, strings.NewReader(written))).Open(source.Stdin, diag.Place{})
	m, more := score.Compile(r)
	node, parsed := source.Read("record", []byte("touchstone: innovation/v1\nid: i\nname: I\n"+record))
	inn, structure := innovation.Parse(node)
	rec, bound := m.Bind(inn)
	if list = slices.Concat(list, more, parsed, structure, bound); list.HasErrors() {
		t.Fatal(list)
	}
	day, err := calendar.ParseDate("2026-06-01")
	if err != nil {
		t.Fatal(err)
	}
	return m.Evaluate(rec, score.Conditions{AsOf: day})
}

// section is a section as lines of its cells; "" if it is not there.
func section(r *report.Report, id string) string {
	var lines []string
	for _, s := range r.Sections {
		if s.ID != id {
			continue
		}
		for _, row := range s.Rows {
			var texts []string
			for _, c := range row {
				texts = append(texts, c.Text)
			}
			lines = append(lines, strings.Join(texts, " | "))
		}
	}
	return strings.Join(lines, "; ")
}

// Every part of the report by which a reference's item can be answered is one that the report has.
func TestPartsAnswerItems(t *testing.T) {
	r := partsReport(t, `stage: pilot
facts: {months: 9, owner: Chief nurse}
answers: {burden: 1, sold: {na: not for sale}, site: 2, other/question: 1}
`)
	since := partsSince(t, "stage: pilot\nanswers: {burden: 0, sold: {na: not for sale}}", "stage: pilot\nanswers: {burden: 1, sold: {na: not for sale}}")
	got := map[string]string{
		"report:accountable":      section(r, "accountable"),
		"report:answered":         r.Basis,
		"report:benefit-timeline": section(r, "benefit-timeline"),
		"report:by-duty":          section(r, "by-duty"),
		"report:in-place":         section(r, "in-place") + "; " + section(since, "progress-criteria"),
		"report:not-counted":      section(r, "later"),
		"report:one-record":       section(r, "skipped"),
		"report:dimensions":       r.Dimensions.Rows[1].Title + " " + r.Dimensions.Rows[1].Share,
	}
	want := map[string]string{
		"report:accountable":      "Who answers for it? | Chief nurse",
		"report:answered":         "1 of 1 answered, 1 not counted",
		"report:benefit-timeline": "Months to the first benefit? | 9; Weeks of dip? | not known",
		"report:by-duty":          "Buyer | 50 | 50 | 50",
		"report:in-place":         "Work | Burden; Told beside | Site; Burden | none | some | +50.0 | The answer changed.",
		"report:not-counted":      "Not applicable, the record says | Sold (not for sale)",
		"report:one-record":       "other/question",
		"report:dimensions":       "Told beside beside",
	}
	for _, part := range slices.Sorted(maps.Keys(rubric.ReportParts)) {
		if !strings.Contains(got[part], want[part]) || want[part] == "" {
			t.Errorf("%s: got %q, want %q in it", part, got[part], want[part])
		}
	}
}

// An idea is not asked when its benefits come: what it states is shown, and nothing is missing.
func TestIdeaIsNotAskedForTheTimeline(t *testing.T) {
	if got := section(partsReport(t, "stage: idea\nfacts: {dip: 4}\n"), "benefit-timeline"); got != "Weeks of dip? | 4" {
		t.Errorf("got %q", got)
	}
	if got := section(partsReport(t, "stage: idea\n"), "accountable"); got != "" {
		t.Errorf("got %q", got)
	}
}
