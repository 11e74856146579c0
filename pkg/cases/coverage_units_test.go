package cases_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// branches has one of each thing that can be looked at.
const branches = `touchstone: rubric/v1
id: ward
version: 1.0.0
title: Ward
stages: [idea, pilot, service]
kinds: {study: {title: Study}}
facts:
  live: {type: yes-no}
  tier: {type: choice, of: [none, some]}
  listed: {type: yes-no, evidence: {kinds: [study], checked: yes}}
criteria:
  - id: outer
    title: Outer
    when: facts.live
    from_stage: pilot
    criteria:
      - {id: inner, title: Inner, scale: yes-no, when: facts.listed}
      - {id: late, title: Late, scale: yes-no, from_stage: service}
  - id: minutes
    title: Minutes
    measure: {worst: 30, best: 0}
    evidence: {kinds: [study], version: stated, valid_until: stated, check: item.results.n >= 20}
  - {id: level, title: Level, scale: [none, some, all], rule: facts.tier}
  - {id: copy, title: Copy, scale: [none, some, all], rule: level("level")}
  - {use: other, when: facts.live}
gates:
  - {id: safe, needs: value("minutes") <= 10, when: facts.live, from_stage: pilot}
flags:
  - {id: capping, when: level("inner") < 1, from_stage: pilot, severity: low, effect: {cap: low}, say: S}
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 50}]
`

const other = `touchstone: rubric/v1
id: other
version: 1.0.0
title: Other
facts: {live: {type: yes-no}}
criteria: [{id: theirs, title: Theirs, scale: yes-no, when: facts.live}]
gates: [{id: theirs-met, needs: met("theirs")}]
bands: [{id: theirs-low, label: Low, from: 0}]
`

func branchesLibrary() *library.Library {
	store := source.NewStore(fstest.MapFS{"ward.yaml": {Data: []byte(branches)}, "other.yaml": {Data: []byte(other)}}, strings.NewReader(""))
	return library.New(rubric.NewCatalogue(store), "ward")
}

// Only what stands in the rubric itself can be covered, and only what can come true: a rule does not give every level.
func TestCoverageUnits(t *testing.T) {
	var got []string
	for _, u := range coverageOf(t, branchesLibrary()).Units {
		got = append(got, u.Sort+" "+u.Name+" "+u.Is)
	}
	want := strings.Split(strings.TrimSpace(`
when ward/outer applies
when ward/outer does-not-apply
when ward/outer may-apply
when ward/outer not-yet-expected
level ward/inner 0 no
level ward/inner 1 yes
when ward/inner applies
when ward/inner does-not-apply
when ward/inner may-apply
level ward/late 0 no
level ward/late 1 yes
when ward/late applies
when ward/late not-yet-expected
evidence ward/minutes rule 1 met
evidence ward/minutes rule 1 not met
evidence ward/minutes rule 1 no last day
evidence ward/minutes rule 1 version not covered
evidence ward/minutes rule 1 check fails
level ward/level 0 none
level ward/level 1 some
level ward/copy 0 none
level ward/copy 1 some
when other applies
when other does-not-apply
when other may-apply
gate ward/safe pass
gate ward/safe does not pass
gate ward/safe unknown
gate ward/safe not-applicable (when)
gate ward/safe not-applicable (from_stage)
flag ward/capping yes
flag ward/capping no
flag ward/capping unknown
flag ward/capping not-applicable (from_stage)
evidence facts.listed rule 1 met
evidence facts.listed rule 1 not met
evidence facts.listed rule 1 not checked
band ward low
band ward high
`), "\n")
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// A case covers a branch only if what it expects would be otherwise without it.
func TestCoverageOfBranches(t *testing.T) {
	const study = `evidence: [{id: s, kind: study, title: S, dated: 2026-01-01, valid_until: 2027-01-01, covers: {version: "2"}, results: {n: 20}, checked: {by: B, date: 2026-02-01}}]
version: "2"
`
	for _, test := range []struct {
		name, data, want string
	}{
		{"what stands above decides already", `
stage: pilot
facts: {live: no, listed: no}
expect: {criteria: {inner: {state: does-not-apply}}}`, ""},
		{"a group that does not apply", `
stage: pilot
facts: {live: no}
expect: {criteria: {outer: {state: does-not-apply}, other: {state: does-not-apply}}}`, "when ward/outer does-not-apply, when other does-not-apply"},
		{"a branch below one that is not decided", `
stage: pilot
` + study + `facts: {listed: {value: no, evidence: [s]}}
expect: {criteria: {inner: {state: does-not-apply}}}`, "when ward/inner does-not-apply, evidence facts.listed rule 1 met"},
		{"a fact that is not shown leaves the branch open", `
stage: pilot
` + study + `facts: {live: yes, listed: yes}
expect: {criteria: {inner: {state: may-apply}}}`, "when ward/inner may-apply, evidence facts.listed rule 1 not met"},
		{"a fact whose item nobody checked", `
stage: pilot
` + strings.Replace(study, ", checked: {by: B, date: 2026-02-01}", "", 1) + `facts: {live: yes, listed: {value: yes, evidence: [s]}}
expect: {criteria: {inner: {state: may-apply}}}`, "when ward/inner may-apply, evidence facts.listed rule 1 not met, evidence facts.listed rule 1 not checked"},
		{"only the stage is missing", `
facts: {live: yes}
expect: {criteria: {outer: {state: may-apply}}}`, ""},
		{
			"the stage has not come", `
stage: idea
facts: {live: yes}
expect: {criteria: {outer: {state: not-yet-expected}, late: {state: not-yet-expected}}, gates: {safe: not-applicable}, flags: {capping: not-applicable}}`,
			"when ward/outer not-yet-expected, gate ward/safe not-applicable (from_stage), flag ward/capping not-applicable (from_stage)",
		},
		{
			"a later stage has not come", `
stage: pilot
facts: {live: yes}
expect: {criteria: {late: {state: not-yet-expected}, outer: {state: unknown}}, flags: {capping: unknown}}`,
			"when ward/outer applies, when ward/late not-yet-expected, flag ward/capping unknown",
		},
		{"two conditions keep a gate from applying", `
stage: idea
facts: {live: no}
expect: {gates: {safe: not-applicable}}`, ""},
		{"a gate does not apply", `
stage: pilot
facts: {live: no}
expect: {gates: {safe: not-applicable}}`, "gate ward/safe not-applicable (when)"},
		{"a measure that is shown", study + `
stage: pilot
facts: {live: yes}
answers: {minutes: {value: 10, evidence: [s]}}
expect: {criteria: {minutes: {level: 10}}, gates: {safe: pass}}`, "evidence ward/minutes rule 1 met, gate ward/safe pass"},
		{"a measure whose study has too few cases", strings.Replace(study, "20}", "19}", 1) + `
answers: {minutes: {value: 10, evidence: [s]}}
expect: {criteria: {minutes: {level: 30}}}`, "evidence ward/minutes rule 1 not met, evidence ward/minutes rule 1 check fails"},
		{"a measure whose study is of another version", strings.Replace(study, `covers: {version: "2"}`, `covers: {version: "1"}`, 1) + `
answers: {minutes: {value: 10, evidence: [s]}}
expect: {criteria: {minutes: {level: 30}}}`, "evidence ward/minutes rule 1 not met, evidence ward/minutes rule 1 version not covered"},
		{"a measure whose study is good for ever", strings.Replace(study, "valid_until: 2027-01-01, ", "", 1) + `
answers: {minutes: {value: 10, evidence: [s]}}
expect: {criteria: {minutes: {level: 30}}}`, "evidence ward/minutes rule 1 not met, evidence ward/minutes rule 1 no last day"},
		{"a rule", `
facts: {tier: some}
expect: {criteria: {level: {level: some}, copy: {level: some}}}`, "level ward/level 1 some, level ward/copy 1 some"},
		{"of a rubric in use, its own cases tell", `
facts: {live: yes}
answers: {other/theirs: yes}
expect: {criteria: {other/theirs: {level: yes}, other: {state: answered}}, gates: {theirs-met: pass}}`, "when other applies"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(lookedAt(t, branchesLibrary(), test.data), ", "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// A rule is seen to be met only if the level that is carried rests on it.
func TestRuleThatNothingRestsOn(t *testing.T) {
	const text = `touchstone: rubric/v1
id: ward
version: 1.0.0
title: Ward
kinds: {study: {title: Study}, note: {title: Note}}
criteria:
  - {id: a, title: A, scale: [none, some, all], evidence: [{from: 1, kinds: [note]}, {from: 2, kinds: [study]}]}
`
	got := lookedAt(t, libraryOf(text), `evidence: [{id: s, kind: study, title: S, dated: 2026-01-01}]
answers: {a: {level: 2, evidence: [s]}}
expect: {criteria: {a: {level: 0}}}`)
	if want := []string{"level ward/a 0 none", "evidence ward/a rule 1 not met"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A share reaches what is asked for exactly: with one unit of any number not covered it is never 100.
func TestCoverageReaches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 3000).Draw(t, "of")
		covered := rapid.IntRange(0, of).Draw(t, "covered")
		hundredths := rapid.IntRange(0, 10_000).Draw(t, "asked")
		c := &cases.Coverage{}
		for i := range of {
			c.Units = append(c.Units, &cases.Unit{Sort: "level", Covered: i < covered})
		}
		if got, want := c.Reaches(exact.Ratio(int64(hundredths), 100)), covered*10_000 >= hundredths*of; got != want {
			t.Fatalf("%d of %d reach %d hundredths of a per cent: %v", covered, of, hundredths, got)
		}
		if c.Reaches(exact.Hundred) != (covered == of) {
			t.Fatalf("%d of %d are 100%%", covered, of)
		}
	})
	if !(&cases.Coverage{}).Reaches(exact.Hundred) {
		t.Error("nothing to cover is lacking")
	}
}
