package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const ward = `touchstone: rubric/v1
id: t
version: 1.0.0
title: T
facts: {device: {type: yes-no}, class: {type: choice, of: [low, high]}}
kinds: {study: {title: Study}}
scales: {practice: [none, planned, once, routine]}
criteria:
  - id: cheap
    title: Cheap
    scale: practice
    improve: {1: {advice: Plan it., effort: 2}}
  - id: dear
    title: Dear
    scale: practice
    weight: 2
    improve: {1: {advice: Build it., effort: 5}}
  - id: shown
    title: Shown
    scale: practice
    evidence:
      - {from: 2, kinds: [study], max_age: 12 months}
      - {from: 3, kinds: [study], min: 2}
  - {id: safe, title: Safe, scale: practice}
gates:
  - {id: safety, needs: level("safe") >= 2, when: facts.device}
bands:
  - {id: low, label: Low, from: 0}
  - {id: high, label: High, from: 30}
`

func analyse(t *testing.T, record string) (*score.Result, plan.Analysis) {
	t.Helper()
	r, list := rubric.NewCatalogue(source.NewStore(nil, strings.NewReader(ward))).Open(source.Stdin, diag.Place{})
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
	c := score.Conditions{AsOf: day}
	res := m.Evaluate(rec, c)
	return res, plan.Analyse(res)
}

func steps(res *score.Result, a plan.Analysis) string {
	var ids []string
	for _, s := range a.Steps {
		ids = append(ids, res.Model.Nodes[s.Node].ID+" "+s.Gain.String())
	}
	return strings.Join(ids, ", ")
}

// What opens a gate comes first, then the gain for the effort: a claim that only needs showing costs least.
func TestSteps(t *testing.T) {
	res, a := analyse(t, "facts: {device: yes}\nanswers: {cheap: 0, dear: 0, shown: 2, safe: 1}")
	if got, want := steps(res, a), "safe 6.66666666667, shown 6.66666666667, cheap 6.66666666667, dear 13.3333333333"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !a.Steps[0].Opens || a.Steps[1].Opens || len(a.Steps[1].Show) != 1 {
		t.Errorf("got %+v", a.Steps[:2])
	}
}

func TestNearMisses(t *testing.T) {
	for record, want := range map[string]string{
		"facts: {device: yes}\nanswers: {cheap: 3, dear: 0, shown: 1, safe: 1}": "safe to 2",
		"answers: {cheap: 3, dear: 0, shown: 1, safe: 1}":                       "device no",
		"facts: {device: no}\nanswers: {cheap: 3, dear: 3, shown: 1, safe: 1}":  "",
	} {
		res, a := analyse(t, record)
		var got []string
		for _, n := range a.NearMisses {
			if n.Change.Raise {
				got = append(got, res.Model.Nodes[n.Change.Node].ID+" to "+n.Change.To.String())
			} else {
				got = append(got, n.Change.Fact+" "+n.Change.Value)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: got %v, want %s", record, got, want)
		}
	}
}

// Evidence is listed by the first day that is the last for a rule that the level rests on, within ninety days.
func TestExpiring(t *testing.T) {
	for dated, want := range map[string]string{"2025-06-01": "2026-06-01", "2025-08-30": "2026-08-30", "2025-08-31": "", "2025-05-31": ""} {
		_, a := analyse(t, "evidence: [{id: e, kind: study, title: E, dated: "+dated+"}]\nanswers: {shown: {level: 2, evidence: [e]}}")
		var got []string
		for _, e := range a.Expiring {
			got = append(got, e.Expires.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("dated %s: runs out %q, want %q", dated, got, want)
		}
	}
}
