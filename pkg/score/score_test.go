package score_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// small is a rubric with one of most things.
const small = `touchstone: rubric/v1
id: t
version: 1.0.0
title: T
stages: [idea, pilot, service]
facts:
  data: {type: yes-no, ask: "Data?"}
  class: {type: choice, of: [none, low, high]}
  size: {type: integer}
  since: {type: date}
kinds: {study: {title: Study}, test: {title: Test}}
roles: {officer: {title: Officer}, other: {title: Other}}
scales: {practice: [none, planned, once, routine, proven]}
criteria:
  - id: burden
    title: Burden
    scale: practice
    weight: 3
    evidence:
      - {from: 2, kinds: [study], max_age: 12 months}
      - {from: 4, kinds: [study], min: 2, independent: yes, checked: yes, version: stated}
  - {id: safety, title: Safety, scale: practice, when: facts.data, na: {reasons: [no data at all]}}
  - {id: later, title: Later, scale: practice, from_stage: pilot}
gates:
  - {id: signed, needs: level("safety") >= 2, when: facts.data, otherwise: fail, waivable: {max: 6 months, by: [officer]}}
bands:
  - {id: low, label: Low, from: 0}
  - {id: mid, label: Middle, from: 40}
  - {id: high, label: High, from: 80, from_stage: pilot}
`

const head = "touchstone: innovation/v1\nid: i\nname: I\n"

func evaluate(t *testing.T, rubricText, record string, waivers ...innovation.Waiver) *score.Result {
	t.Helper()
	m := compile(t, rubricText)
	return m.Evaluate(bind(t, m, head+record), score.Conditions{AsOf: asOf, Waivers: waivers})
}

func at(t *testing.T, r *score.Result, name string) *score.Criterion {
	t.Helper()
	i, ok := r.Model.Lookup("t/" + name)
	if !ok {
		t.Fatalf("no criterion %s", name)
	}
	return &r.Criteria[i]
}

// Of several states that hold, the first of the language's order is shown.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		record, criterion string
		want              score.State
	}{
		{"stage: pilot\nfacts: {data: no}\nanswers: {safety: 3}", "safety", score.DoesNotApply},
		{"stage: pilot\nanswers: {safety: 3}", "safety", score.MayApply},
		{"stage: pilot\nfacts: {data: yes}\nanswers: {safety: 3}", "safety", score.Answered},
		{"stage: pilot\nfacts: {data: yes}\nanswers: {safety: unknown}", "safety", score.Unanswered},
		{"stage: pilot\nfacts: {data: yes}\nanswers: {safety: }", "safety", score.Unanswered},
		{"stage: pilot\nfacts: {data: yes}", "safety", score.Unanswered},
		{"stage: pilot\nfacts: {data: yes}\nanswers: {safety: {na: No data at all.}}", "safety", score.NotApplicable},
		{"stage: pilot\nfacts: {data: yes}\nanswers: {safety: {na: we would rather not}}", "safety", score.Unanswered},
		{"stage: idea\nanswers: {later: 3}", "later", score.NotYetExpected},
		{"answers: {later: 3}", "later", score.MayApply},
		{"stage: service\nanswers: {later: {na: not for us}}", "later", score.NotApplicable},
	} {
		r := evaluate(t, small, c.record)
		if got := at(t, r, c.criterion).State; got != c.want {
			t.Errorf("%q: %s is %s, want %s", c.record, c.criterion, got, c.want)
		}
	}
}

// What an item of evidence must be, one condition at a time. The as-of date is 2026-06-01.
func TestEvidence(t *testing.T) {
	const good = "kind: study, title: E, dated: 2026-05-01, independent: yes, checked: {by: a reader, date: 2026-05-20}, covers: {version: '2.3'}"
	for _, c := range []struct {
		name, first, second string
		claim, want         int
		reason              score.Reason
	}{
		{"all rules met", good, good, 4, 4, score.Accepted},
		{"below the first rule nothing is needed", "", "", 1, 1, score.Accepted},
		{"nothing cited", "", "", 3, 1, score.Accepted},
		{"one of two", good, "", 4, 3, score.Accepted},
		{"another kind", strings.Replace(good, "study", "test", 1), "", 3, 1, score.WrongKind},
		{"no date", strings.Replace(good, "dated: 2026-05-01, ", "", 1), "", 3, 1, score.Undated},
		{"dated on the day", strings.Replace(good, "2026-05-01", "2026-06-01", 1), "", 3, 3, score.Accepted},
		{"dated the day after", strings.Replace(good, "2026-05-01", "2026-06-02", 1), "", 3, 1, score.FutureDated},
		{"the last day of its age", strings.Replace(good, "2026-05-01", "2025-06-01", 1), "", 3, 3, score.Accepted},
		{"a day older", strings.Replace(good, "2026-05-01", "2025-05-31", 1), "", 3, 1, score.TooOld},
		{"the last good day", good + ", valid_until: 2026-06-01", "", 3, 3, score.Accepted},
		{"the day after it", good + ", valid_until: 2026-05-31", "", 3, 1, score.Expired},
		{"another version", strings.Replace(good, "2.3", "2.2", 1), "", 3, 1, score.OtherVersion},
		{"another version that still holds", strings.Replace(good, "version: '2.3'", "version: '2.2', still: {for: '2.3', because: B}", 1), "", 3, 3, score.Accepted},
		{"another version that held once", strings.Replace(good, "version: '2.3'", "version: '2.1', still: {for: '2.2', because: B}", 1), "", 3, 1, score.OtherVersion},
		{"another version where it must cover this one", good, strings.Replace(good, "version: '2.3'", "version: '2.2', still: {for: '2.3', because: B}", 1), 4, 3, score.OtherVersion},
		{"no version where it must cover one", good, strings.Replace(good, ", covers: {version: '2.3'}", "", 1), 4, 3, score.VersionNotCovered},
		{"not independent", good, strings.Replace(good, "independent: yes, ", "", 1), 4, 3, score.NotIndependent},
		{"not checked", good, strings.Replace(good, ", checked: {by: a reader, date: 2026-05-20}", "", 1), 4, 3, score.NotChecked},
		{"checked later", good, strings.Replace(good, "2026-05-20", "2026-06-02", 1), 4, 3, score.NotChecked},
	} {
		var register, cited []string
		for i, item := range []string{c.first, c.second} {
			if item != "" {
				id := []string{"a", "b"}[i]
				register, cited = append(register, "{id: "+id+", "+item+"}"), append(cited, id)
			}
		}
		record := fmt.Sprintf("version: '2.3'\nevidence: [%s]\nanswers: {burden: {level: %d, evidence: [%s]}}",
			strings.Join(register, ", "), c.claim, strings.Join(cited, ", "))
		burden := at(t, evaluate(t, small, record), "burden")
		if burden.Level != c.want {
			t.Errorf("%s: counts as %d, want %d", c.name, burden.Level, c.want)
		}
		if got := firstReason(burden); got != c.reason {
			t.Errorf("%s: refused for %d, want %d", c.name, got, c.reason)
		}
	}
}

func firstReason(c *score.Criterion) score.Reason {
	for _, u := range c.Unmet {
		for _, item := range u.Items {
			return item.Reason
		}
	}
	return score.Accepted
}

func TestGatesAndHeadlines(t *testing.T) {
	const rest = "answers: {burden: 1, later: 4, safety: "
	for _, c := range []struct {
		name, record string
		outcome      score.Outcome
		headline     score.Headline
		band         string
	}{
		{"passes", "stage: pilot\nfacts: {data: yes}\n" + rest + "4}", score.Pass, score.InBand, "Middle"},
		{"fails", "stage: pilot\nfacts: {data: yes}\n" + rest + "1}", score.Fail, score.GateFails, "Low"},
		{"unknown answer", "stage: pilot\nfacts: {data: yes}\n" + rest + "unknown}", score.Undecided, score.GateUnknown, "Low"},
		{"unknown fact, whatever is answered", "stage: pilot\n" + rest + "4}", score.Undecided, score.GateUnknown, "Low"},
		{"does not apply", "stage: pilot\nfacts: {data: no}\n" + rest + "1}", score.NotRelevant, score.InBand, "Middle"},
		{"reads what is not applicable", "stage: pilot\nfacts: {data: yes}\n" + rest + "{na: no data at all}}", score.NotRelevant, score.InBand, "Middle"},
		{"too little answered", "stage: pilot\nfacts: {data: no}", score.NotRelevant, score.Incomplete, "Low"},
	} {
		r := evaluate(t, small, c.record)
		if got := r.Gates[0].Outcome; got != c.outcome {
			t.Errorf("%s: gate is %s, want %s", c.name, got, c.outcome)
		}
		if r.Verdict.Headline != c.headline || r.Verdict.Band.Label != c.band {
			t.Errorf("%s: headline %s in band %s, want %s in %s", c.name, r.Verdict.Headline, r.Verdict.Band.Label, c.headline, c.band)
		}
	}
}

func TestWaivers(t *testing.T) {
	good := innovation.Waiver{Gate: "signed", Reason: "workshop on 3 June", Owner: "officer", Granted: mustDate("2026-05-01"), Expires: mustDate("2026-06-30")}
	failing := "stage: pilot\nfacts: {data: yes}\nanswers: {burden: 1, later: 4, safety: 1}"
	change := func(f func(*innovation.Waiver)) innovation.Waiver {
		w := good
		f(&w)
		return w
	}
	for _, c := range []struct {
		name, record string
		waiver       innovation.Waiver
		want         score.Outcome
		finding      string
	}{
		{"valid", failing, good, score.Conditional, ""},
		{"by its full name", failing, change(func(w *innovation.Waiver) { w.Gate = "t/signed" }), score.Conditional, ""},
		{"its last day", failing, change(func(w *innovation.Waiver) { w.Expires = asOf }), score.Conditional, ""},
		{"ended", failing, change(func(w *innovation.Waiver) { w.Expires = mustDate("2026-05-31") }), score.Fail, "ended on 2026-05-31"},
		{"not begun", failing, change(func(w *innovation.Waiver) { w.Granted = mustDate("2026-06-02") }), score.Fail, "begins later"},
		{"too long", failing, change(func(w *innovation.Waiver) { w.Expires = mustDate("2026-11-02") }), score.Fail, "longer than 6 months"},
		{"wrong role", failing, change(func(w *innovation.Waiver) { w.Owner = "other" }), score.Fail, "owner must be officer"},
		{"no such gate", failing, change(func(w *innovation.Waiver) { w.Gate = "x" }), score.Fail, "no such gate"},
		{"unknown is not lifted", strings.Replace(failing, "safety: 1", "safety: unknown", 1), good, score.Undecided, "not known"},
		{"unused", strings.Replace(failing, "safety: 1", "safety: 3", 1), good, score.Pass, "does not fail"},
	} {
		r := evaluate(t, small, c.record, c.waiver)
		if got := r.Gates[0].Outcome; got != c.want {
			t.Errorf("%s: gate is %s, want %s", c.name, got, c.want)
		}
		var said []string
		for _, f := range r.Findings {
			said = append(said, f.Message)
		}
		text := strings.Join(said, "; ")
		if c.finding == "" != (text == "") || !strings.Contains(text, c.finding) {
			t.Errorf("%s: finding %q, want %q in it", c.name, text, c.finding)
		}
		if c.want == score.Conditional && (r.Verdict.Headline != score.ConditionalBand || r.Verdict.Band.Label != "Middle") {
			t.Errorf("%s: headline %s in %s", c.name, r.Verdict.Headline, r.Verdict.Band.Label)
		}
	}
}

// Every way of combining, on three leaves worth 0, 1/2 and 1; the third may be left unknown.
func TestCombine(t *testing.T) {
	const leaves = "\n      - {id: a, title: A, scale: [x, z, w], weight: 2}\n      - {id: b, title: B, scale: [x, z, w], met: z}\n      - {id: c, title: C, scale: [x, z, w]}\n      - {id: d, title: D, scale: [x, z, w], weight: 0}\n"
	for combine, want := range map[string][3]string{ // evidenced, claimed, at best, of answers a 0, b 1, c unknown
		"mean": {"12.5", "12.5", "37.5"}, "min": {"0", "0", "0"}, "all": {"0", "0", "0"}, "any": {"100", "100", "100"}, "count": {"33.3333333333", "33.3333333333", "66.6666666667"},
	} {
		text := "touchstone: rubric/v1\nid: t\nversion: 1.0.0\ntitle: T\ncriteria:\n  - id: g\n    title: G\n    combine: " + combine + "\n    criteria:" + leaves
		r := evaluate(t, text, "answers: {a: 0, b: 1, d: 2}")
		i, _ := r.Model.Lookup("t/g")
		for basis := score.Evidenced; basis <= score.AtBest; basis++ {
			if x, _ := r.Score(i, basis); x.String() != want[basis] {
				t.Errorf("%s: basis %d is %s, want %s", combine, basis, x, want[basis])
			}
		}
	}
}

// Whatever a record says, reading it with the eyes of a model never panics, and gives scores in order.
func FuzzRecord(f *testing.F) {
	for _, seed := range []string{"", "stage: pilot\nfacts: {data: yes}\nanswers: {burden: 3}", "answers: {t/burden: {na: x}}", "for: [x]\nanswers: {burden: 9}"} {
		f.Add(head + seed)
	}
	m := compile(f, small)
	f.Fuzz(func(t *testing.T, text string) {
		node, _ := source.Read("record", []byte(text))
		inn, _ := innovation.Parse(node)
		if inn == nil {
			return
		}
		rec, _ := m.Bind(inn)
		for _, day := range []calendar.Date{asOf, mustDate("0001-01-01"), mustDate("9999-12-31")} {
			r := m.Evaluate(rec, score.Conditions{AsOf: day})
			inRangeAndInOrder(t, r)
			neverBuysBackAGate(t, r)
		}
	})
}

// outer uses inner under a condition; both have gates.
func inUse(t *testing.T, when string) *score.Model {
	t.Helper()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const bands = "bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 50}]\n"
	write("inner.yaml", `touchstone: rubric/v1
id: inner
version: 1.0.0
title: Inner
facts: {ce: {type: yes-no}}
criteria: [{id: a, title: A, scale: yes-no}]
gates: [{id: marked, needs: facts.ce}]
flags: [{id: bare, when: "!facts.ce", severity: high, effect: {cap: low}, say: Bare.}]
`+bands)
	path := write("outer.yaml", `touchstone: rubric/v1
id: outer
version: 1.0.0
title: Outer
facts: {device: {type: yes-no}, ce: {type: yes-no}}
criteria:
  - {id: b, title: B, scale: yes-no}
  - {use: ./inner.yaml, when: "`+when+`"}
`+bands)
	store := source.NewStore(nil, nil)
	r, list := rubric.NewCatalogue(store).Open(path, placeless)
	m, more := score.Compile(r)
	if list = append(list, more...); list.HasErrors() {
		t.Fatal(list)
	}
	return m
}

// What belongs to a rubric in use follows it: where that does not apply, its gates and flags do not either, and while
// that is not known, they are not known.
func TestGatesFollowTheirRubric(t *testing.T) {
	m := inUse(t, "facts.device")
	for record, want := range map[string]score.Outcome{
		"facts: {device: yes, ce: no}":  score.Fail,
		"facts: {device: yes, ce: yes}": score.Pass,
		"facts: {device: no, ce: no}":   score.NotRelevant,
		"facts: {ce: yes}":              score.Undecided,
	} {
		rec := bind(t, m, head+record+"\nanswers: {outer/b: yes, inner/a: yes}")
		r := m.Evaluate(rec, score.Conditions{AsOf: asOf})
		if got := r.Gates[0].Outcome; got != want {
			t.Errorf("%s: gate is %s, want %s", record, got, want)
		}
		if raised := r.Flags[0].Raised; (want == score.NotRelevant) != (raised == expr.Absent) || (want == score.Undecided) != (raised == expr.Unknown) {
			t.Errorf("%s: flag is %d", record, raised)
		}
	}
}

// A criterion that decides whether a gate applies cannot be waved away with just any reason.
func TestWhatDecidesAGateIsGated(t *testing.T) {
	text := strings.Replace(small, "when: facts.data, otherwise: fail", "when: claimed(\"burden\") >= 1, otherwise: fail", 1)
	r := evaluate(t, text, "stage: pilot\nfacts: {data: yes}\nanswers: {burden: {na: because we say so}, safety: 0}")
	if got := r.Gates[0].Outcome; got != score.Undecided || len(r.Findings) != 1 {
		t.Errorf("gate is %s, findings %v", got, r.Findings)
	}
}

func TestAWaiverLiftsNothingUnknown(t *testing.T) {
	text := strings.Replace(small, `needs: level("safety") >= 2, when: facts.data`, `needs: level("safety") >= 2 && facts.data`, 1)
	text = strings.Replace(text, "scale: practice, when: facts.data", "scale: practice", 1)
	waiver := innovation.Waiver{Gate: "signed", Reason: "x", Owner: "officer", Granted: mustDate("2026-05-01"), Expires: mustDate("2026-06-30")}
	for record, want := range map[string]score.Outcome{
		"facts: {data: yes}\nanswers: {safety: 0}": score.Conditional,
		"answers: {safety: 0}":                     score.Fail,
	} {
		if got := evaluate(t, text, "stage: pilot\n"+record, waiver).Gates[0].Outcome; got != want {
			t.Errorf("%s: gate is %s, want %s", record, got, want)
		}
	}
}

// A rule may take evidence about any version of the product, as a test of how easy it is once was.
func TestVersionAny(t *testing.T) {
	const text = `touchstone: rubric/v1
id: t
version: 1.0.0
title: T
scales: {practice: [none, some, all]}
kinds: {study: {title: Study}}
criteria:
  - {id: any, title: Any, scale: practice, evidence: {kinds: [study], version: any}}
  - {id: this, title: This, scale: practice, evidence: {kinds: [study]}}
`
	r := evaluate(t, text, `version: "2"
evidence: [{id: s, kind: study, title: S, dated: 2026-01-01, covers: {version: "1"}}]
answers: {any: {level: 2, evidence: [s]}, this: {level: 2, evidence: [s]}}`)
	if free, bound := at(t, r, "any").Level, at(t, r, "this").Level; free != 2 || bound != 0 {
		t.Errorf("counts as %d and %d, want 2 and 0", free, bound)
	}
}
