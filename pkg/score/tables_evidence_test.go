package score_test

import "testing"

const (
	study = "evidence: [{id: e, kind: study, title: E, dated: 2026-05-01}]\n"
	both  = "evidence: [{id: e, kind: study, title: E, dated: 2026-05-01}, {id: f, kind: test, title: F, dated: 2026-05-01}]\n"
)

// What is not shown counts as the best level that needs no showing; a number that is not shown as its worst end.
func TestUnsupported(t *testing.T) {
	try(t, []table{
		{name: "measures", rubric: `criteria:
  - {id: m, title: M, measure: {worst: 30, best: 0}, evidence: {kinds: [study]}, met: 15}
  - {id: k, title: K, measure: {worst: 0, best: 10}, evidence: {kinds: [study]}}
  - {id: p, title: P, measure: {points: [[0, 100], [10, 40], [40, 0]]}, evidence: {kinds: [study]}}
gates: [{id: g, needs: value("m") <= 15}]
`, rows: []row{
			{"answers: {m: 12, k: 5, p: 10}", "score m: 0 60 60\nnumber m: 30 12 12\nmet m: no\ngate g: fail\nscore k: 0 50 50\nnumber k: 0 5 5\nscore p: 0 40 40\nnumber p: 40 10 10"},
			{study + "answers: {m: {value: 12, evidence: [e]}}", "score m: 60\nmet m: yes\ngate g: pass"},
		}},
		{name: "the level above the worst is where showing begins", rubric: `criteria:
  - {id: a, title: A, scale: five, evidence: {kinds: [study]}}
  - {id: b, title: B, scale: five, reverse: yes, evidence: {kinds: [study]}}
  - {id: c, title: C, scale: signed, evidence: {kinds: [study]}}
`, rows: []row{
			{"answers: {a: 3, b: 1, c: 1}", "number a: 0 3 3\nnumber b: 4 1 1\nnumber c: -2 1 1"},
			{"answers: {a: 0, b: 4, c: -2}", "number a: 0\nnumber b: 4\nnumber c: -2"},
			{study + "answers: {a: {level: 3, evidence: [e]}, b: {level: 1, evidence: [e]}, c: {level: 1, evidence: [e]}}", "number a: 3\nnumber b: 1\nnumber c: 1"},
		}},
		{name: "reversed, two rules", rubric: "criteria: [{id: b, title: B, scale: five, reverse: yes, evidence: [{from: 3, kinds: [study]}, {from: 1, kinds: [test]}]}]\n", rows: []row{
			{study + "answers: {b: {level: 0, evidence: [e]}}", "number b: 2 0 0\nscore b: 50 100 100"},
			{both + "answers: {b: {level: 0, evidence: [f]}}", "number b: 4 0 0"},
			{both + "answers: {b: {level: 0, evidence: [e, f]}}", "number b: 0"},
			{study + "answers: {b: {level: 2, evidence: [e]}}", "number b: 2"},
		}},
		{name: "rules in any order", rubric: "criteria: [{id: a, title: A, scale: five, evidence: [{from: 4, kinds: [test]}, {from: 2, kinds: [study]}]}]\n", rows: []row{
			{both + "answers: {a: {level: 4, evidence: [f]}}", "number a: 1 4 4"},
			{both + "answers: {a: {level: 4, evidence: [e]}}", "number a: 3 4 4"},
		}},
		{name: "uneven", rubric: "criteria: [{id: a, title: A, scale: uneven, evidence: {from: all of it, kinds: [study]}}]\n", rows: []row{
			{"answers: {a: 5}", "number a: 1 5 5\nscore a: 20 100 100"},
		}},
		{name: "one item is one item", rubric: "criteria: [{id: a, title: A, scale: yes-no, evidence: {kinds: [study, test], min: 2}}]\n", rows: []row{
			{study + "answers: {a: {level: yes, evidence: [e]}}", "number a: 0 1 1"},
			{both + "answers: {a: {level: yes, evidence: [e, f]}}", "number a: 1"},
		}},
	})
}

// A group's rules are the default for the scales and measures below it, in its own rubric.
func TestDefaultRules(t *testing.T) {
	try(t, []table{{
		name: "group", beside: map[string]string{"inner": "criteria: [{id: x, title: X, scale: five}]\n"},
		rubric: `criteria:
  - id: g
    title: G
    evidence: {from: 2, kinds: [study]}
    criteria:
      - {id: a, title: A, scale: five}
      - {id: own, title: Own, scale: five, evidence: {from: 4, kinds: [test]}}
      - {id: free, title: Free, scale: five, evidence: none}
      - {id: m, title: M, measure: {worst: 30, best: 0}, evidence: {kinds: [study]}}
      - {id: r, title: R, scale: [low, mid, high], rule: level("free-too")}
      - {id: free-too, title: Free too, scale: [low, mid, high], evidence: none}
      - {id: p, title: P, price: {model: benchmark, cap: 100, floor: 50}}
      - {use: ./inner.yaml}
      - {id: h, title: H, criteria: [{id: b, title: B, scale: five}]}
      - {id: i, title: I, evidence: {from: 3, kinds: [test]}, criteria: [{id: c, title: C, scale: five}]}
      - {id: j, title: J, evidence: none, criteria: [{id: d, title: D, scale: five}]}
  - id: k
    title: K
    evidence: {kinds: [study]}
    criteria:
      - {id: n-1, title: N1, measure: {worst: 30, best: 0}}
      - {id: n-2, title: N2, scale: five}
`,
		rows: []row{{
			"price: {amount: 75, currency: GBP, vat: excluded}\nanswers: {a: 4, own: 4, free: 4, free-too: high, m: 0, inner/x: 4, b: 4, c: 4, d: 4, n-1: 6, n-2: 3}",
			`number a: 1 4 4
number own: 3 4 4
number free: 4
number m: 30 0 0
number r: 2
score r: 100
score p: 50
number inner/x: 4
number b: 1 4 4
number c: 2 4 4
number d: 4
number n-1: 30 6 6
number n-2: 0 3 3`,
		}},
	}})
}

// A fact that must be shown is not known until it is, but for what is claimed.
func TestFactEvidence(t *testing.T) {
	try(t, []table{{
		name: "fact",
		rubric: `criteria:
  - {id: a, title: A, scale: five, when: facts.shown}
  - {id: r, title: R, scale: yes-no, rule: facts.shown}
  - {id: n-r, title: NR, scale: yes-no, rule: '!facts.shown'}
  - {id: z, title: Z, scale: five}
gates: [{id: g, needs: facts.shown}, {id: w, needs: level("z") >= 1, when: facts.shown}]
flags: [{id: f, when: "!facts.shown", severity: low, say: Not shown.}]
`,
		rows: []row{
			{"facts: {shown: yes}\nanswers: {a: 4, z: 4}", `state a: may-apply
score a: 0 0 100
score r: 0 100 100
score n-r: 0
gate g: unknown
gate w: unknown
flag f: unknown`},
			{study + "facts: {shown: {value: yes, evidence: [e]}}\nanswers: {a: 4, z: 4}", "state a: answered\nscore a: 100\nscore r: 100\nscore n-r: 0\ngate g: pass\ngate w: pass\nflag f: no"},
			{study + "facts: {shown: {value: no, evidence: [e]}}\nanswers: {a: 4, z: 4}", "state a: does-not-apply\nscore r: 0\nscore n-r: 100\ngate g: fail\ngate w: not-applicable\nflag f: yes"},
			{"facts: {shown: no}\nanswers: {a: 4, z: 4}", "state a: may-apply\nscore n-r: 0 100 100\ngate g: unknown"},
			{"evidence: [{id: e, kind: study, title: E, dated: 2025-05-31}]\nfacts: {shown: {value: yes, evidence: [e]}}\nanswers: {a: 4}", "state a: may-apply\nscore r: 0 100 100"},
			{"evidence: [{id: e, kind: test, title: E, dated: 2026-05-31}]\nfacts: {shown: {value: yes, evidence: [e]}}\nanswers: {a: 4}", "state a: may-apply"},
			{"answers: {a: 4, z: 4}", "state a: may-apply\nstate r: unknown\nscore r: 0 0 100\nmissing r: shown\ngate g: unknown"},
		},
	}})
}

// A check reads the item; what it cannot decide is not met.
func TestChecks(t *testing.T) {
	check := func(check string) string {
		return "criteria: [{id: a, title: A, scale: yes-no, evidence: {check: '" + check + "'}}]\n"
	}
	item := func(more string) string {
		return "evidence: [{id: e, kind: study, title: E, dated: 2026-05-01" + more + "}]\nanswers: {a: {level: yes, evidence: [e]}}"
	}
	const met, unmet = "number a: 1", "number a: 0 1 1"
	try(t, []table{
		{name: "a limit", rubric: check("item.results.cvss_max < 7.0"), rows: []row{
			{item(", results: {cvss_max: 6.9}"), met},
			{item(", results: {cvss_max: 7.0}"), unmet},
			{item(", results: {cvss_max: 7}"), unmet},
			{item(", results: {cvss_max: 6.999999999999}"), met},
			{item(", results: {cvss_max: 0}"), met},
			{item(", results: {cvss_max: low}"), unmet},
			{item(", results: {n: 3}"), unmet},
			{item(""), unmet},
		}},
		{name: "a negation over what is missing", rubric: check("!(item.results.cvss_max >= 7.0)"), rows: []row{
			{item(""), unmet},
			{item(", results: {cvss_max: 6.9}"), met},
			{item(", results: {cvss_max: 9}"), unmet},
		}},
		{name: "either", rubric: check("item.results.n >= 20 || item.results.sites >= 3"), rows: []row{
			{item(", results: {sites: 3}"), met},
			{item(", results: {sites: 2}"), unmet},
			{item(", results: {sites: 2, n: 19}"), unmet},
			{item(", results: {n: 20}"), met},
		}},
		{name: "not equal to what is missing", rubric: check("item.results.grade != \"poor\""), rows: []row{
			{item(""), unmet},
			{item(", results: {grade: poor}"), unmet},
			{item(", results: {grade: good}"), met},
		}},
		{name: "issuer", rubric: check("item.issuer in [\"A\", \"B\"]"), rows: []row{
			{item(""), unmet},
			{item(", issuer: A"), met},
			{item(", issuer: C"), unmet},
		}},
		{name: "dates", rubric: check("item.dated >= \"2026-05-01\" && as_of <= \"2026-06-01\""), rows: []row{
			{item(""), met},
		}},
		{name: "independent", rubric: check("item.independent"), rows: []row{
			{item(", independent: yes"), met},
			{item(", independent: no"), unmet},
			{item(""), unmet},
		}},
		{name: "not independent", rubric: check("!item.independent"), rows: []row{
			{item(", independent: no"), met},
		}},
	})
}
