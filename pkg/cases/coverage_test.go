package cases_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/cases"
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
	const study = "evidence: [{id: s, kind: study, title: S, dated: 2026-01-01, independent: yes}]\n    "
	for _, test := range []struct {
		name, data, want string // what the one case covers
	}{
		{"nothing is expected of a criterion", "expect: {score: none}", ""},
		{"a case that fails covers nothing", "expect: {criteria: {burden: {level: 2}}, band: low}", ""},
		{"a level with its rules", "stage: pilot\n    facts: {live: yes}\n    " + study + `answers: {burden: {level: 2, evidence: [s]}}
    expect: {criteria: {burden: {level: 2}}, gates: {shown: pass}, flags: {heavy: no}, band: high}`, `
			level ward/burden 2 all, evidence ward/burden rule 1 met, evidence ward/burden rule 2 met, when ward/burden applies,
			gate ward/shown pass, flag ward/heavy no, band ward high`},
		{"a rule that alone decides", "stage: pilot\n    facts: {live: yes}\n    " + strings.Replace(study, ", independent: yes", "", 1) + `answers: {burden: {level: 2, evidence: [s]}}
    expect: {criteria: {burden: {level: 1}}}`, `
			level ward/burden 1 some, evidence ward/burden rule 1 met, evidence ward/burden rule 2 not met,
			evidence ward/burden rule 2 not independent, when ward/burden applies`},
		{"the lowest of two decides", "stage: pilot\n    facts: {live: yes}\n    " + `answers: {burden: 2}
    expect: {criteria: {burden: {level: 0}}, gates: {shown: fail}, flags: {heavy: yes}, band: low}`, `
			level ward/burden 0 none, evidence ward/burden rule 1 not met, when ward/burden applies, gate ward/shown does not pass,
			flag ward/heavy yes, band ward low`},
		{"too old", "stage: pilot\n    facts: {live: yes}\n    " + strings.Replace(study, "2026-01-01", "2025-01-01", 1) + `answers: {burden: {level: 2, evidence: [s]}}
    expect: {criteria: {burden: {level: 1}}}`, `
			level ward/burden 1 some, evidence ward/burden rule 1 met, evidence ward/burden rule 2 not met,
			evidence ward/burden rule 2 too old, when ward/burden applies`},
		{
			"it does not apply", "stage: idea\n    facts: {live: no}\n    expect: {criteria: {burden: {state: does-not-apply}}, gates: {shown: not-applicable}}",
			"when ward/burden does-not-apply, gate ward/shown not-applicable",
		},
		{
			"it may apply", "stage: pilot\n    expect: {criteria: {burden: {state: may-apply}}, gates: {shown: unknown}, flags: {heavy: unknown}}",
			"when ward/burden may-apply, gate ward/shown unknown",
		},
		{
			"a waiver", "stage: pilot\n    facts: {live: yes}\n    answers: {burden: 0}\n    " +
				"waivers: [{gate: shown, reason: R, owner: lead, granted: 2026-05-01, expires: 2026-07-01}]\n    expect: {gates: {shown: conditional}}",
			"gate ward/shown waived",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := libraryOf(covered)
			_, bound, list := bind(l, "c.yaml", []byte("touchstone: cases/v1\nrubric: ward\nas_of: 2026-06-01\ncases:\n  - name: N\n    "+test.data+"\n"))
			if len(bound) != 1 {
				t.Fatal(told(list))
			}
			c := cases.NewCoverage(bound[0].Model())
			c.Cover(&bound[0])
			var got []string
			for _, u := range c.Units {
				if u.Covered {
					got = append(got, fmt.Sprintf("%s %s %s", u.Sort, u.Name, u.Is))
				}
			}
			want := strings.Split(strings.Join(strings.Fields(test.want), " "), ", ")
			if test.want == "" {
				want = nil
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
	c := cases.NewCoverage(func() *cases.Bound {
		_, bound, _ := bind(libraryOf(covered), "c.yaml", []byte("touchstone: cases/v1\nrubric: ward\nas_of: 2026-06-01\ncases: [{name: N, expect: {score: none}}]\n"))
		return &bound[0]
	}().Model())
	for sort, want := range map[string]int{"level": 3, "evidence": 6, "when": 3, "gate": 5, "flag": 2, "band": 2} {
		if covered, of := c.Of(sort); covered != 0 || of != want {
			t.Errorf("%s: %d of %d, want 0 of %d", sort, covered, of, want)
		}
	}
}
