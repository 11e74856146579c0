package progress_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

const ward = `touchstone: rubric/v1
id: ward
version: 1.0.0
title: Ward
stages: [idea, pilot]
scales:
  practice: [none, planned, done, routine]
kinds: {test: {title: Test}, study: {title: Study}}
facts: {uses_data: {type: yes-no}, outside: {type: yes-no}}
criteria:
  - id: secure
    title: Secure
    scale: practice
    evidence: {from: 2, kinds: [test], max_age: 12 months, checked: yes}
  - {id: plain, title: Plain, scale: practice}
  - {id: later, title: Later, scale: practice, from_stage: pilot}
  - {id: data, title: Data, scale: practice, when: facts.uses_data}
  - {id: derived, title: Derived, scale: yes-no, rule: facts.outside}
  - {id: minutes, title: Minutes, measure: {unit: minutes, worst: 30, best: 0}, evidence: {kinds: [study], min: 2}}
  - id: weakest
    title: Weakest
    combine: min
    criteria:
      - {id: one, title: One, scale: practice}
      - {id: two, title: Two, scale: practice}
  - {id: beside, title: Beside, scale: practice, weight: 0}
`

const (
	test  = "{id: test, kind: test, title: Test, dated: 2026-01-10, checked: {by: reader, date: 2026-02-01}}"
	spent = "{id: spent, kind: test, title: Spent, dated: 2025-01-10, checked: {by: reader, date: 2025-02-01}}"
	again = "{id: again, kind: test, title: Again, dated: 2026-12-10, checked: {by: reader, date: 2026-12-12}}"
	study = "{id: study, kind: study, title: Study, dated: 2026-01-10}"
	other = "{id: other, kind: study, title: Other, dated: 2026-01-10}"
)

// Each way in which a criterion can move is told with its reason and the items that it is about, and no other criterion is
// told of.
func TestReasons(t *testing.T) {
	m := made(t, ward)
	for _, c := range []struct {
		name, then, now string
		days            string // 2026-11-21 and 2026-12-21, if nothing else is said
		want            string // criterion, cause and what it is about: one reason after the other
	}{
		{name: "nothing", then: "answers: {plain: 1}", now: "answers: {plain: 1}"},
		{name: "a reason in other words", then: "answers: {plain: {level: 1, because: so}}", now: "answers: {plain: {level: 1, because: thus}}"},
		{name: "answered", now: "answers: {plain: 1}", want: "plain answered"},
		{name: "no longer answered", then: "answers: {plain: 1}", want: "plain unanswered"},
		{name: "answered with none, which is worth as much as not known", now: "answers: {plain: 0}", want: "plain answered"},
		{name: "answered and capped", now: "answers: {secure: 3}", want: "secure answered, secure capped"},
		{name: "another answer", then: "answers: {plain: 1}", now: "answers: {plain: 3}", want: "plain claimed"},
		{name: "a range", then: "answers: {plain: 1}", now: "answers: {plain: {level: [1, 2]}}", want: "plain claimed"},
		{name: "claimed higher, and no more shown", then: "answers: {secure: 1}", now: "answers: {secure: 3}", want: "secure claimed, secure capped"},
		{name: "claimed higher, and shown", then: "answers: {secure: 1}", now: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", want: "secure claimed, secure evidence-added test"},
		{name: "shown since", then: "answers: {secure: 2}", now: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", want: "secure evidence-added test"},
		{
			name: "checked since", then: "evidence: [" + strings.Replace(test, ", checked: {by: reader, date: 2026-02-01}", "", 1) + "]\nanswers: {secure: {level: 2, evidence: [test]}}",
			now: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", want: "secure evidence-accepted test",
		},
		{
			name: "the number and not the item was short", then: "evidence: [" + study + "]\nanswers: {minutes: {value: 5, evidence: [study]}}",
			now: "evidence: [" + study + ", " + other + "]\nanswers: {minutes: {value: 5, evidence: [study, other]}}", want: "minutes evidence-added other",
		},
		{
			name: "too old since", then: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", days: "2027-01-10 2027-01-11",
			now: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", want: "secure evidence-ran-out test",
		},
		{
			name: "one of two had run out before", then: "evidence: [" + spent + ", " + test + "]\nanswers: {secure: {level: 2, evidence: [spent, test]}}", days: "2027-01-10 2027-01-11",
			now: "evidence: [" + spent + ", " + test + "]\nanswers: {secure: {level: 2, evidence: [spent, test]}}", want: "secure evidence-ran-out test",
		},
		{
			name: "renewed in time", then: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", days: "2027-01-10 2027-01-11",
			now: "evidence: [" + test + ", " + again + "]\nanswers: {secure: {level: 2, evidence: [test, again]}}",
		},
		{
			name: "renewed too late", then: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", days: "2027-01-11 2027-01-12",
			now: "evidence: [" + again + "]\nanswers: {secure: {level: 2, evidence: [again]}}", want: "secure evidence-added again",
		},
		{
			name: "too old long ago, and claimed lower", then: "evidence: [" + test + "]\nanswers: {secure: {level: 3, evidence: [test]}}", days: "2027-02-10 2027-03-10",
			now: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", want: "secure claimed, secure capped",
		},
		{
			name: "no longer checked", then: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}",
			now: "evidence: [" + strings.Replace(test, ", checked: {by: reader, date: 2026-02-01}", "", 1) + "]\nanswers: {secure: {level: 2, evidence: [test]}}", want: "secure evidence-refused test",
		},
		{name: "no longer cited", then: "evidence: [" + test + "]\nanswers: {secure: {level: 2, evidence: [test]}}", now: "answers: {secure: 2}", want: "secure evidence-dropped test"},
		{name: "expected now", then: "stage: idea\nanswers: {later: 1}", now: "stage: pilot\nanswers: {later: 1}", want: "later expected"},
		{name: "expected now, and open", then: "stage: idea", now: "stage: pilot", want: "later expected, later not-answered"},
		{name: "not expected any more", then: "stage: pilot", now: "stage: idea", want: "later not-expected"},
		{name: "applies", then: "facts: {uses_data: no}", now: "facts: {uses_data: yes}", want: "data applies uses_data, data not-answered"},
		{name: "applies no more", then: "facts: {uses_data: yes}\nanswers: {data: 1}", now: "facts: {uses_data: no}\nanswers: {data: 1}", want: "data does-not-apply uses_data"},
		{name: "known that it applies", then: "answers: {data: 2}", now: "facts: {uses_data: yes}\nanswers: {data: 2}", want: "data applies uses_data"},
		{name: "not known any more whether", then: "facts: {uses_data: no}", want: "data may-apply uses_data"},
		{name: "said not to apply", then: "answers: {plain: 1}", now: "answers: {plain: {na: no ward}}", want: "plain not-applicable"},
		{name: "no longer said", then: "answers: {plain: {na: no ward}}", now: "answers: {plain: 1}", want: "plain no-longer-not-applicable"},
		{name: "worked out", then: "facts: {outside: no}", now: "facts: {outside: yes}", want: "derived worked-out"},
		{name: "a rule without its fact", then: "facts: {outside: no}", want: "derived unanswered outside"},
		{name: "through the group that carries it", then: "answers: {one: 2, two: 1}", now: "answers: {one: 2, two: 3}", want: "weakest below ward/two, two claimed"},
		{name: "the weakest stays", then: "answers: {one: 2, two: 1}", now: "answers: {one: 3, two: 1}", want: "one claimed"},
		{name: "beside the score", then: "answers: {beside: 1}", now: "answers: {beside: 2}", want: "beside claimed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			days := []string{"2026-11-21", "2026-12-21"}
			if c.days != "" {
				days = strings.Fields(c.days)
			}
			p := compare(t, result(t, m, c.then, days[0]), result(t, m, c.now, days[1]))
			adds(t, p)
			if got := told(p); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// told writes the reasons.
func told(p *progress.Progress) string {
	var texts []string
	for _, m := range p.Criteria {
		for _, r := range m.Why {
			words := append([]string{p.Now.Model.Nodes[m.Node].ID, r.Cause.String()}, r.Evidence()...)
			words = append(words, r.Names...)
			for _, i := range r.Nodes {
				words = append(words, p.Now.Model.Nodes[i].Name)
			}
			texts = append(texts, strings.Join(words, " "))
		}
	}
	return strings.Join(texts, ", ")
}

// What becomes of gates and flags is told; one that is new in the rubric is told only if it holds back.
func TestGatesAndFlags(t *testing.T) {
	const kept = ward + `gates:
  - {id: kept, needs: level("plain") >= 0, because: B}
` // what gates read belongs to the scoring: an answer to that is not put off lightly
	const verdicts = kept + `  - {id: safe, needs: level("plain") >= 1, because: B}
flags:
  - {id: bare, when: claimed("plain") < 2, severity: low, say: S}
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 10}]
`
	words := func(p *progress.Progress) string {
		var texts []string
		for _, g := range p.Gates {
			now := "gone"
			if g.Now != nil {
				now = g.Now.Outcome.String()
			}
			texts = append(texts, g.Name+" "+g.Then+"→"+now)
		}
		for _, f := range p.Flags {
			texts = append(texts, f.Name+" "+f.Then)
		}
		return strings.Join(texts, ", ")
	}
	with, without := made(t, verdicts), made(t, kept)
	for _, c := range []struct {
		name, then, now string
		from, to        *score.Model
		want            string
	}{
		{"the same", "answers: {plain: 1}", "answers: {plain: 1}", with, with, ""},
		{"known, and passed", "", "answers: {plain: 2}", with, with, "ward/kept unknown→pass, ward/safe unknown→pass, ward/bare unknown"},
		{"known, and failed", "", "answers: {plain: 0}", with, with, "ward/kept unknown→pass, ward/safe unknown→fail, ward/bare unknown"},
		{"closed", "answers: {plain: 2}", "answers: {plain: 0}", with, with, "ward/safe pass→fail, ward/bare no"},
		{"new and passed", "answers: {plain: 2}", "answers: {plain: 2}", without, with, ""},
		{"new and failed", "answers: {plain: 0}", "answers: {plain: 0}", without, with, "ward/safe →fail, ward/bare "},
		{"gone and failed", "answers: {plain: 0}", "answers: {plain: 0}", with, without, "ward/safe fail→gone, ward/bare yes"},
		{"gone and passed", "answers: {plain: 2}", "answers: {plain: 2}", with, without, ""},
	} {
		p := compare(t, result(t, c.from, c.then, "2026-11-21"), result(t, c.to, c.now, "2026-11-21"))
		if got := words(p); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if changed := c.from != c.to; p.RubricChanged() != changed || p.BandMoved() && !changed && c.name == "the same" {
			t.Errorf("%s: the rubric changed: %v", c.name, p.RubricChanged())
		}
	}
}

// What brings most stands first, and what is below a group right after it.
func TestOrder(t *testing.T) {
	m := made(t, ward)
	p := compare(t, result(t, m, "answers: {one: 0, two: 0, plain: 0, beside: 3}", "2026-11-21"), result(t, m, "answers: {one: 3, two: 2, plain: 1, beside: 2}", "2026-11-21"))
	var ids []string
	for _, c := range p.Criteria {
		ids = append(ids, m.Nodes[c.Node].ID)
	}
	if want := []string{"weakest", "one", "two", "plain", "beside"}; !slices.Equal(ids, want) {
		t.Errorf("got %q, want %q", ids, want)
	}
}
