package score_test

import (
	"strings"
	"testing"
)

// The scoring digest is another if and only if a score may be: base is changed in one place at a time.
const digested = `criteria:
  - {id: a, title: A, scale: five, weight: 3, met: 3, when: 'facts.data && claimed("b") >= 1'}
  - {id: b, title: B, scale: [none, some, all], reverse: no, evidence: [{from: 1, kinds: [study, test], max_age: 12 months}, {from: all, kinds: [test], check: "item.results.n >= 20"}]}
  - {id: m, title: M, measure: {unit: minutes, worst: 30, best: 0}, from_stage: pilot}
  - id: g
    title: G
    combine: ladder
    criteria:
      - {id: c, title: C, scale: yes-no, na: {reasons: [no staff, no sites]}}
      - {id: d, title: D, scale: yes-no}
  - {id: s, title: S, combine: sum, met: 1, criteria: [{id: e, title: E, scale: yes-no, weight: 2}]}
  - {id: r, title: R, scale: [high, low, none], rule: facts.class}
min_answered: 0.5
gates: [{id: gate, needs: level("c") >= 1}]
`

func TestScoringDigest(t *testing.T) {
	whole := words + digested
	base := assemble(t, whole, nil).ScoringDigest()
	for _, c := range []struct{ old, new string }{
		// written otherwise
		{"{id: d, title: D,", "{id: d, weight: 1, title: D,"},
		{"{id: d, title: D, scale: yes-no}", "{id: d, title: D, scale: [never, always]}"},
		{"scale: [none, some, all], reverse: no", "scale: [{value: 2, label: all}, {value: 0, label: few}, {value: 1.0, label: some}]"},
		{"from: all, ", "from: 2, "},
		{"met: 3", "met: v3"},
		{"12 months}, {from", "1 year}, {from"},
		{"kinds: [study, test]", "kinds: [test, study, test]"},
		{"[{from: 1, kinds: [study, test], max_age: 12 months}, {from: all, kinds: [test], check: \"item.results.n >= 20\"}]", "[{from: all, kinds: [test], check: \"item.results.n>=20.0\"}, {from: 1, kinds: [study, test], max_age: 12 months}]"},
		{`facts.data && claimed("b") >= 1`, `claimed("t/b")>=1 && facts.data`},
		{"worst: 30, best: 0", "points: [[0, 100], [30, 0]]"},
		{"reasons: [no staff, no sites]", "reasons: [No sites., no   staff]"},
		{"  - {id: m, title: M, measure: {unit: minutes, worst: 30, best: 0}, from_stage: pilot}\n", ""}, // and put back below
		// what decides no score
		{"title: A,", "title: A better one, ask: \"Is it?\", levels: {0: Nothing.}, duty: buyer,"},
		{"min_answered: 0.5", "min_answered: 0.9"},
		{"gates: [", "bands: [{id: low, label: Low, from: 0}]\ngates: ["},
		{`needs: level("c") >= 1`, `needs: 'level("c") >= 1 && facts.shown'`},
		{"  staff: {type: integer", "  more: {type: text, ask: \"More?\"}\n  staff: {type: number"},
		{"v3, v4]", "third, fourth]"},
	} {
		text := strings.Replace(whole, c.old, c.new, 1)
		if strings.Contains(c.old, "id: m,") {
			text = strings.Replace(text, "min_answered", c.old+"min_answered", 1)
		}
		if text == whole {
			t.Fatalf("nothing is changed by %q", c.old)
		}
		if got := assemble(t, text, nil).ScoringDigest(); got != base {
			t.Errorf("%q for %q: another digest", c.new, c.old)
		}
	}
	for _, c := range []struct{ old, new string }{
		{"weight: 3", "weight: 4"},
		{"worst: 30, best: 0", "worst: 0, best: 30"},
		{"[none, some, all]", "[none, some, {value: 3, label: all}]"},
		{"from: all, ", "from: 1, "},
		{"met: 3", "met: 2"},
		{"12 months}, {from", "13 months}, {from"},
		{"kinds: [study, test]", "kinds: [study]"},
		{"n >= 20", "n >= 21"},
		{`facts.data && `, `facts.data || `},
		{`facts.data && `, `!facts.data && `},
		{"worst: 30", "worst: 31"},
		{"best: 0}", "best: 0, limits: [0, 100]}"},
		{"from_stage: pilot", "from_stage: service"},
		{"combine: ladder", "combine: count"},
		{"no sites]", "no sites, no time]"},
		{"{id: d, title: D, scale: yes-no}", "{id: d, title: D, scale: yes-no, na: never}"},
		{"met: 1, criteria", "criteria"}, // of a sum of 2 points
		{"scale: [high, low, none], rule", "scale: [low, high, none], rule"},
		{"rule: facts.class", "rule: claimed(\"b\")"},
		{"combine: sum, ", ""},
		{`needs: level("c") >= 1`, `needs: level("d") >= 1`}, // for no reason can d now be waved away
		{"criteria:\n  - {id: a", "combine: geometric\ncriteria:\n  - {id: a"},
		{"criteria:\n  - {id: a", "show: {from: 0, to: 10}\ncriteria:\n  - {id: a"},
		{"criteria:\n  - {id: a", "unknown: exclude\ncriteria:\n  - {id: a"},
		{"id: m,", "id: minutes,"},
		{"[idea, pilot, service]", "[idea, pilot, trial, service]"},
		{"of: [low, high]", "of: [low, high, none]"},
		{"data: {type: yes-no", "data: {evidence: {kinds: [study]}, type: yes-no"},
	} {
		got := assemble(t, strings.Replace(whole, c.old, c.new, 1), nil).ScoringDigest()
		if got == base {
			t.Errorf("%q for %q: the same digest", c.new, c.old)
		}
	}
	// the rungs of a ladder have an order, other criteria have none
	c, d := "      - {id: c, title: C, scale: yes-no, na: {reasons: [no staff, no sites]}}\n", "      - {id: d, title: D, scale: yes-no}\n"
	if assemble(t, strings.Replace(whole, c+d, d+c, 1), nil).ScoringDigest() == base {
		t.Error("the rungs of a ladder change places, and the digest is the same")
	}
}
