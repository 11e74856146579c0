package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const standingsRubric = `touchstone: rubric/v1
id: s
version: 1.0.0
title: Standings
stages: [idea, pilot, service]
scales: {practice: [none, some, all]}
facts: {uses_ai: {type: yes-no, ask: "Does it use AI?"}}
kinds: {paper: {title: Paper}}
roles: {lead: {title: Lead}}
criteria:
  - {id: stated, title: Stated, ask: "Stated?", scale: practice, met: 1, duty: supplier, evidence: {kinds: [paper]}}
  - {id: unstated, title: Unstated, scale: practice, evidence: {kinds: [paper]}}
  - {id: minutes, title: Minutes, measure: {unit: minutes, worst: 30, best: 0}, met: 10}
  - {id: learns, title: Learns, scale: yes-no, when: facts.uses_ai}
  - {id: later, title: Later, scale: practice, met: 1, from_stage: service}
  - {id: aside, title: Aside, scale: practice, na: {reasons: [not sold]}}
  - {id: every, title: Every, combine: all, criteria: [{id: every-a, title: Every a, scale: yes-no}, {id: every-b, title: Every b, scale: yes-no, weight: 0}]}
  - {id: one, title: One, combine: any, criteria: [{id: one-a, title: One a, scale: yes-no}, {id: one-b, title: One b, scale: yes-no}, {id: one-c, title: One c, scale: yes-no}]}
  - {id: rungs, title: Rungs, combine: ladder, criteria: [{id: rung-a, title: Rung a, scale: yes-no}, {id: rung-b, title: Rung b, scale: yes-no}]}
  - {id: picture, title: Picture, weight: 0, combine: profile, criteria: [{id: shape, title: Shape, scale: practice}, {id: size, title: Size, scale: practice, met: 2}]}
gates:
  - {id: signed, needs: level("stated") >= 2, otherwise: fail, because: Somebody signs., duty: buyer, waivable: {max: 6 months, by: [lead]}}
  - {id: safe, needs: level("unstated") >= 1, when: facts.uses_ai, otherwise: fail}
  - {id: scaled, needs: level("later") >= 1, from_stage: service, otherwise: fail}
  - {id: sold, needs: level("aside") >= 1, otherwise: fail}
  - {id: softly, needs: met("minutes"), otherwise: conditional}
flags:
  - {id: caps, title: Caps, when: level("every-a") < 1, severity: high, effect: {cap: low}, say: It caps., clears: A yes.}
  - {id: informs, title: Informs, when: level("every-a") < 1, severity: low, effect: inform, say: It informs., clears: A yes too.}
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 50}]
`

func standings(t *testing.T, record, waivers string) report.Standings {
	t.Helper()
	r, list := rubric.NewCatalogue(source.NewStore(nil, strings.NewReader(standingsRubric))).Open(source.Stdin, diag.Place{})
	m, more := score.Compile(r)
	sound(t, list, more)
	node, parsed := source.Read("record", []byte("touchstone: innovation/v1\nid: i\nname: I\nversion: 2.30\n"+record))
	inn, structure := innovation.Parse(node)
	rec, bound := m.Bind(inn)
	sound(t, parsed, structure, bound)
	day, err := calendar.ParseDate("2026-06-01")
	if err != nil {
		t.Fatal(err)
	}
	conditions := score.Conditions{AsOf: day}
	if waivers != "" {
		node, parsed := source.Read("waivers", []byte("touchstone: assessment/v1\ninnovation: i\nassessor: {name: A, role: lead}\n"+waivers))
		a, structure := innovation.ParseAssessment(node)
		sound(t, parsed, structure)
		conditions.Waivers = a.Waivers
	}
	res := m.Evaluate(rec, conditions)
	return report.Build(res, plan.Analyse(res), report.Options{}).Standings()
}

func sound(t *testing.T, lists ...diag.List) {
	t.Helper()
	if all := slices.Concat(lists...); all.HasErrors() {
		t.Fatal(all)
	}
}

const pilot = `stage: pilot
facts: {uses_ai: yes}
evidence: [{id: p, kind: paper, title: P, dated: 2026-05-01}]
answers:
  stated: {level: 1, evidence: [p], because: Because.}
  unstated: 2
  minutes: 12
  learns: no
  aside: {na: not sold}
  every-a: no
  every-b: no
  one-a: no
  one-b: yes
  rung-a: yes
  rung-b: no
  shape: 0
  size: 1
`

// What the rubric makes of each: red is only what it says must be otherwise, and what is not known is never fine.
func TestStandings(t *testing.T) {
	words := map[report.Judgement]string{report.Satisfied: "passes", report.NotSatisfied: "fails", report.Undecided: "unknown", report.NotJudged: "skipped"}
	for _, test := range []struct{ name, record, waivers, want string }{
		{name: "pilot", record: pilot, want: `
gate s/signed fails: ‘some’, needs ‘all’
gate s/safe fails: ‘none’, needs ‘some’
gate s/scaled skipped: not expected before stage service
gate s/sold skipped: does not apply: ‘Aside’ not applicable: not sold
gate s/softly passes
warning sign s/caps fails: raised
criterion s/stated passes
criterion s/unstated skipped: at ‘none’ (‘all’ is claimed): shown, and not judged
criterion s/minutes fails: counts as ‘12 minutes’, needs ‘10 minutes’ or better
criterion s/learns skipped: at ‘no’: shown, and not judged
criterion s/later skipped: not expected yet
criterion s/aside skipped: not applicable: not sold
criterion s/every-a fails: counts as ‘no’, needs ‘yes’
criterion s/every-b skipped: at ‘no’: shown, and not judged
criterion s/one-a skipped: at ‘no’: another answer is enough
criterion s/one-b passes
criterion s/one-c skipped: not asked: another answer is enough
criterion s/rung-a passes
criterion s/rung-b skipped: at ‘no’: a ladder says how far it has come, and asks for no rung
criterion s/shape skipped: at ‘none’: shown, and not judged
criterion s/size fails: counts as ‘some’, needs ‘all’
`},
		{name: "nothing is said", record: "stage: pilot\n", want: `
gate s/signed unknown: not known
gate s/safe unknown: not known: ‘Does it use AI?’
gate s/scaled skipped: not expected before stage service
gate s/sold unknown: not known
gate s/softly unknown: not known
warning sign s/caps unknown: not ruled out: ‘Every a’ is not known
criterion s/stated unknown: not known: Stated?
criterion s/unstated unknown: not known: Which level is it at?
criterion s/minutes unknown: not known: Which level is it at?
criterion s/learns unknown: not known whether it applies: ‘Does it use AI?’
criterion s/later skipped: not expected yet
criterion s/aside unknown: not known: Which level is it at?
criterion s/every-a unknown: not known: Which level is it at?
criterion s/every-b unknown: not known: Which level is it at?
criterion s/one-a unknown: not known: Which level is it at?
criterion s/one-b unknown: not known: Which level is it at?
criterion s/one-c unknown: not known: Which level is it at?
criterion s/rung-a unknown: not known: Which level is it at?
criterion s/rung-b unknown: not known: Which level is it at?
criterion s/shape unknown: not known: Which level is it at?
criterion s/size unknown: not known: Which level is it at?
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := standings(t, test.record, test.waivers)
			var lines []string
			for _, one := range s.List {
				lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s %s %s: %s", one.Kind, one.ID, words[one.Judgement], one.Message), ": "))
			}
			if got, want := strings.Join(lines, "\n"), strings.TrimSpace(test.want); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if s.Innovation != "i 2.30" || s.Rubric != "s 1.0.0" {
				t.Errorf("of %q under %q", s.Innovation, s.Rubric)
			}
		})
	}
}

// What fails says what that rests on, who must act and what comes next.
func TestStandingSaysWhy(t *testing.T) {
	for id, want := range map[string][]string{
		"s/signed": {"Somebody signs. This holds the whole result back.", "To act: buyer", "Next: Stated: Show paper, for ‘some’."},
		"s/caps":   {"It caps. Until then no further than ‘Low’, whatever the score.", "To act: supplier and buyer", "Next: A yes."},
		"s/stated": {"They say: Because.", "Capped: ‘some’ needs: paper. Cited: nothing.", "To act: supplier", "Next: Show paper, for ‘some’."},
	} {
		record := strings.Replace(pilot, "evidence: [p], ", "", 1)
		if id == "s/signed" {
			record = strings.Replace(record, "level: 1", "level: 2", 1)
		}
		for _, one := range standings(t, record, "").List {
			if one.ID == id && strings.Join(one.Why, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s: got %q, want %q", id, one.Why, want)
			}
		}
	}
}

// A gate that is waived passes, and it is said on which condition; so is one that the rubric itself makes a condition.
func TestStandingOnCondition(t *testing.T) {
	s := standings(t, pilot, "waivers: [{gate: signed, reason: Trial of one ward., owner: lead, granted: 2026-05-01, expires: 2026-08-01}]\n")
	if s.List[0].Judgement != report.Satisfied {
		t.Errorf("got %+v", s.List[0])
	}
	said := strings.Join(s.Said, "\n")
	for _, want := range []string{
		"Passed on condition: Stated: waived until 2026-08-01 by the lead: Trial of one ward.",
		"Passed on condition: Minutes: not met",
		"Warning sign (low): It informs. What clears it: A yes too.", "HELD BACK: Unstated: ‘none’, needs ‘some’", "Evidenced ",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	if strings.Contains(said, "It caps") {
		t.Errorf("what is in the list is said again in\n%s", said)
	}
}

// At the first stage nothing fails, whatever is missing, and what is there passes.
func TestNothingFailsAtFirst(t *testing.T) {
	passes := 0
	for _, record := range []string{strings.Replace(pilot, "stage: pilot", "stage: idea", 1), "stage: idea\n"} {
		s := standings(t, record, "")
		for _, one := range s.List {
			switch one.Judgement {
			case report.NotSatisfied, report.Undecided:
				t.Errorf("%s %s: %s", one.Kind, one.ID, one.Message)
			case report.Satisfied:
				passes++
			case report.NotJudged:
				if one.Message == "" {
					t.Errorf("%s %s is skipped without a reason", one.Kind, one.ID)
				}
			}
			if one.ID == "s/caps" && record != "stage: idea\n" && one.Message != "next: A yes." {
				t.Errorf("got %+v", one)
			}
		}
		if said := strings.Join(s.Said, "\n"); !strings.Contains(said, "At stage idea nothing fails") {
			t.Errorf("not said in\n%s", said)
		}
	}
	if passes == 0 {
		t.Error("nothing passes")
	}
}
