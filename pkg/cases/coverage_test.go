package cases_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/library"
)

const covered = `touchstone: rubric/v1
id: ward
version: 1.0.0
title: Ward
stages: [idea, pilot]
scales: {practice: [none, some, all]}
kinds: {study: {title: Study}, note: {title: Note}}
roles: {lead: {title: Lead}}
facts: {live: {type: yes-no}}
criteria:
  - id: burden
    title: Burden
    scale: practice
    when: facts.live
    evidence: [{from: 1, kinds: [study, note]}, {from: 2, kinds: [study], max_age: 12 months, independent: yes}]
gates:
  - {id: shown, needs: level("burden") >= 1, from_stage: pilot, waivable: {max: 3 months, by: [lead]}}
flags:
  - {id: heavy, when: level("burden") < 1, severity: low, say: Heavy.}
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 50}]
`

// A unit is covered by a case that comes true and names it, and by no other.
func TestCoverage(t *testing.T) {
	const study = "evidence: [{id: s, kind: study, title: S, dated: 2026-01-01, independent: yes}]\n"
	for _, test := range []struct {
		name, data, want string // what the one case covers
	}{
		{"nothing is expected of a criterion", "expect: {score: none}", ""},
		{"a case that fails covers nothing", "expect: {criteria: {burden: {level: 2}}, band: low}", ""},
		{"a level with its rules", "stage: pilot\nfacts: {live: yes}\n" + study + `answers: {burden: {level: 2, evidence: [s]}}
expect: {criteria: {burden: {level: 2}}, gates: {shown: pass}, flags: {heavy: no}, band: high}`, `
			level ward/burden 2 all, evidence ward/burden rule 1 met, evidence ward/burden rule 2 met, when ward/burden applies,
			gate ward/shown pass, flag ward/heavy no, band ward high`},
		{"a rule that alone decides", "stage: pilot\nfacts: {live: yes}\n" + strings.Replace(study, ", independent: yes", "", 1) + `answers: {burden: {level: 2, evidence: [s]}}
expect: {criteria: {burden: {level: 1}}}`, `
			level ward/burden 1 some, evidence ward/burden rule 1 met, evidence ward/burden rule 2 not met,
			evidence ward/burden rule 2 not independent, when ward/burden applies`},
		{"the lowest of two decides", "stage: pilot\nfacts: {live: yes}\n" + `answers: {burden: 2}
expect: {criteria: {burden: {level: 0}}, gates: {shown: fail}, flags: {heavy: yes}, band: low}`, `
			level ward/burden 0 none, evidence ward/burden rule 1 not met, when ward/burden applies, gate ward/shown does not pass,
			flag ward/heavy yes, band ward low`},
		{"too old", "stage: pilot\nfacts: {live: yes}\n" + strings.Replace(study, "2026-01-01", "2025-01-01", 1) + `answers: {burden: {level: 2, evidence: [s]}}
expect: {criteria: {burden: {level: 1}}}`, `
			level ward/burden 1 some, evidence ward/burden rule 1 met, evidence ward/burden rule 2 not met,
			evidence ward/burden rule 2 too old, when ward/burden applies`},
		{
			"it does not apply", "stage: idea\nfacts: {live: no}\nexpect: {criteria: {burden: {state: does-not-apply}}, gates: {shown: not-applicable}}",
			"when ward/burden does-not-apply, gate ward/shown not-applicable (from_stage)",
		},
		{
			"it may apply", "stage: pilot\nexpect: {criteria: {burden: {state: may-apply}}, gates: {shown: unknown}, flags: {heavy: unknown}}",
			"when ward/burden may-apply, gate ward/shown unknown",
		},
		{
			"a waiver", "stage: pilot\nfacts: {live: yes}\nanswers: {burden: 0}\n" +
				"waivers: [{gate: shown, reason: R, owner: lead, granted: 2026-05-01, expires: 2026-07-01}]\nexpect: {gates: {shown: conditional}}",
			"gate ward/shown waived",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := lookedAt(t, libraryOf(covered), test.data)
			want := strings.Split(strings.Join(strings.Fields(test.want), " "), ", ")
			if test.want == "" {
				want = nil
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
	for sort, want := range map[string]int{"level": 3, "evidence": 6, "when": 3, "gate": 5, "flag": 2, "band": 2} {
		if covered, of := coverageOf(t, libraryOf(covered)).Of(sort); covered != 0 || of != want {
			t.Errorf("%s: %d of %d, want 0 of %d", sort, covered, of, want)
		}
	}
}

// coverageOf is the coverage of the rubric ward by the given cases, each the lines after its name.
func coverageOf(t *testing.T, l *library.Library, data ...string) *cases.Coverage {
	t.Helper()
	var text strings.Builder
	text.WriteString("touchstone: cases/v1\nrubric: ward\nas_of: 2026-06-01\ncases:\n")
	for i, d := range append(data, "expect: {score: none}") { // of which nothing is looked at
		fmt.Fprintf(&text, "  - name: Case %d\n    %s\n", i+1, strings.ReplaceAll(strings.TrimSpace(d), "\n", "\n    "))
	}
	_, bound, list := bind(l, "c.yaml", []byte(text.String()))
	if len(bound) != len(data)+1 {
		t.Fatal(told(list))
	}
	c := cases.NewCoverage(bound[0].Model())
	for i := range bound {
		c.Cover(&bound[i])
	}
	return c
}

// lookedAt are the units that one case covers.
func lookedAt(t *testing.T, l *library.Library, data string) (units []string) {
	t.Helper()
	for _, u := range coverageOf(t, l, data).Units {
		if u.Covered {
			units = append(units, fmt.Sprintf("%s %s %s", u.Sort, u.Name, u.Is))
		}
	}
	return units
}
