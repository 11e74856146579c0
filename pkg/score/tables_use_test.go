package score_test

import "testing"

// inner is used by the tables below, whole and in part.
const inner = `criteria:
  - {id: a, title: A, scale: five, weight: 3}
  - id: g
    title: G
    criteria:
      - {id: b, title: B, scale: five, minimum: 1}
      - {id: c, title: C, scale: five, weight: 3, from_stage: pilot}
  - {id: d, title: D, scale: five, when: 'claimed("a") >= 1'}
gates:
  - {id: g-a, needs: level("a") >= 2}
  - {id: g-c, needs: level("c") >= 1, otherwise: {cap: mid}}
flags:
  - {id: f-d, when: level("d") < 1, severity: low, say: D is weak.}
bands: [{id: low, label: Low, from: 0}, {id: mid, label: Mid, from: 40}, {id: high, label: High, from: 75}]
`

const outerBands = "bands: [{id: low, label: Low, from: 0}, {id: mid, label: Mid, from: 50}, {id: high, label: High, from: 75}]\n"

// A rubric scores the same wherever it is used, unless it is cut or reweighted.
func TestUse(t *testing.T) {
	beside := map[string]string{"inner": inner}
	use := func(more string) string {
		return "criteria:\n  - {id: own, title: Own, scale: five}\n  - {use: ./inner.yaml" + more + "}\n" + outerBands
	}
	// Of inner a, b, c, d: (3 x 3/4 + (1/4 + 3 x 1/2) / 4 + 1) / 5 = (9/4 + 7/16 + 1) / 5 = 59/80 = 73.75.
	const full = "stage: pilot\nanswers: {own: 4, inner/a: 3, inner/b: 1, inner/c: 2, inner/d: 4}"
	try(t, []table{
		{name: "whole", beside: beside, rubric: use(", weight: 3"), rows: []row{
			{full, `score =inner: 73.75
own-band =inner: mid
part =inner: whole
score t: 80.3125
gate inner/b-minimum: pass
gate inner/g-a: pass
gate inner/g-c: pass
flag inner/f-d: no
share inner/a: 0.45
band: high
contribution own: 25
contribution =inner: 55.3125`},
			{"stage: idea\nanswers: {own: 4, inner/a: 1, inner/b: 0, inner/d: 0}", "gate inner/g-a: fail\ngate inner/b-minimum: fail\ngate inner/g-c: not-applicable\nflag inner/f-d: yes\nstate inner/c: not-yet-expected"},
		}},
		{name: "only", beside: beside, rubric: use(", only: [a, b]"), rows: []row{
			{full, `score inner/a: 75
score =inner: 62.5
part =inner: 2 of 4, reweighted: no
share inner/a: 0.375
share inner/b: 0.125
counts inner/c: yes
gate inner/g-a: pass
gate inner/b-minimum: pass
gate inner/g-c: pass
flag inner/f-d: no
not-checked: none
answered: 3 of 3, may apply 0`}, // (3 x 3/4 + 1/4) / 4
			{"stage: pilot\nanswers: {own: 4, inner/a: 3, inner/b: 1, inner/c: 0, inner/d: 0}", "score =inner: 62.5\ngate inner/g-c: fail\nflag inner/f-d: yes"},
			{"stage: pilot\nanswers: {own: 4, inner/a: 3, inner/b: 1}", "score =inner: 62.5\ngate inner/g-c: unknown\nflag inner/f-d: unknown\nheadline: gate-unknown\nanswered: 3 of 3, may apply 0"},
		}},
		{name: "a condition that reads what is left out", beside: beside, rubric: use(", only: [d]"), rows: []row{
			{"stage: pilot\nanswers: {own: 4, inner/d: 4, inner/a: 3, inner/c: 1}", "state inner/d: answered\nscore =inner: 100\nscore t: 100"},
			{"stage: pilot\nanswers: {own: 4, inner/d: 4, inner/a: 0}", "state inner/d: does-not-apply\nscore =inner: none\nscore t: 100\ngate inner/g-a: fail"},
			{"stage: pilot\nanswers: {own: 4, inner/d: 4}", "state inner/d: may-apply\ngate inner/g-a: unknown"},
		}},
		{name: "without a gate, whole", beside: beside, rubric: use(", without: {gates: [g-c, b-minimum], because: Checked elsewhere.}"), rows: []row{
			{"stage: pilot\nanswers: {own: 4, inner/a: 3}", "not-checked: inner/g-c (Checked elsewhere.), inner/b-minimum (Checked elsewhere.)\ngate inner/g-a: pass\npart =inner: whole"},
		}},
		{name: "without a gate", beside: beside, rubric: use(", only: [a], without: {gates: [g-c, b-minimum], because: Checked elsewhere.}"), rows: []row{
			{"stage: pilot\nanswers: {own: 4, inner/a: 3, inner/d: 1}", "headline: band\nscore t: 87.5\npart =inner: 1 of 4, reweighted: no"},
		}},
		{name: "except", beside: beside, rubric: use(", except: {g: not for us}, without: {gates: [g-c, b-minimum], because: Not for us.}"), rows: []row{
			{"stage: pilot\nanswers: {own: 4, inner/a: 3, inner/d: 4}", "score =inner: 81.25\npart =inner: 2 of 4, reweighted: no"}, // (3 x 3/4 + 1) / 4
		}},
		{name: "except a part of a group", beside: beside, rubric: use(", except: {c: not for us}"), rows: []row{
			{full, "score =inner: 70\npart =inner: 3 of 4, reweighted: no\ngate inner/g-c: pass"}, // (9/4 + 1/4 + 1) / 5
		}},
		{name: "weights", beside: beside, rubric: use(", weights: {a: 1, d: 2, b: 0}"), rows: []row{
			{full, "score =inner: 81.25\nscore inner/g: 50"}, // (3/4 + 1/2 + 2) / 4
		}},
		{name: "no weight", beside: beside, rubric: use(", weight: 0"), rows: []row{
			{full, "score t: 100\nscore =inner: 73.75\nown-band =inner: mid\ngate inner/g-a: pass\nanswered: 1 of 1, may apply 0"},
			{"stage: pilot\nanswers: {own: 4, inner/a: 0}", "score t: 100\ngate inner/g-a: fail\nheadline: gate-fails"},
		}},
		{name: "twice", beside: beside, rubric: "criteria:\n  - {use: ./inner.yaml}\n  - {use: ./inner.yaml, as: twin, only: [a, c]}\n" + outerBands, rows: []row{
			{
				"stage: pilot\nanswers: {inner/a: 3, inner/b: 1, inner/c: 2, inner/d: 4, twin/a: 2, twin/c: 0, twin/d: 1}",
				"score =inner: 73.75\nscore =twin: 37.5\ngate inner/g-a: pass\ngate twin/g-a: pass\ngate twin/g-c: fail",
			},
		}},
		{name: "as part of other ways to combine", beside: beside, rubric: "combine: min\ncriteria:\n  - {id: own, title: Own, scale: five}\n  - {use: ./inner.yaml}\n" + outerBands, rows: []row{
			{full, "score t: 73.75\ncontribution =inner: none\nband: mid"},
		}},
	})
}

// What the other rubric calls its stages and bands is put into our words.
func TestUseInOurWords(t *testing.T) {
	const theirs = `stages: [discovery, alpha, live, retired]
scales: {five: [v0, v1, v2, v3, v4]}
criteria:
  - {id: a, title: A, scale: five}
  - {id: later, title: Later, scale: five, from_stage: live}
  - {id: when-live, title: When, scale: five, when: stage == "live"}
gates:
  - {id: g, needs: level("a") >= 2, otherwise: {cap: poor}, from_stage: alpha}
flags:
  - {id: f, when: stage_at_least("live") && level("a") < 3, severity: low, say: Low., effect: {cap: fair}}
bands: [{id: poor, label: Poor, from: 0}, {id: fair, label: Fair, from: 40}, {id: good, label: Good, from: 70, from_stage: live}]
`
	try(t, []table{{
		name: "stages and bands", beside: map[string]string{"theirs": theirs},
		rubric: "criteria:\n  - {id: own, title: Own, scale: five, weight: 9}\n  - {use: ./theirs.yaml, stages: {idea: discovery, pilot: alpha, service: live}, bands: {poor: low, fair: mid}}\n" + outerBands,
		rows: []row{
			{"stage: idea\nanswers: {own: 4, theirs/a: 0, theirs/later: 4, theirs/when-live: 4}", "gate theirs/g: not-applicable\nstate theirs/later: not-yet-expected\nstate theirs/when-live: does-not-apply\nband: high\nown-band =theirs: poor"},
			{"stage: pilot\nanswers: {own: 4, theirs/a: 1}", "gate theirs/g: fail\nband: low\nflag theirs/f: no"},
			{"stage: pilot\nanswers: {own: 4, theirs/a: 4}", "gate theirs/g: pass\nband: high\nown-band =theirs: fair"},
			{"stage: service\nanswers: {own: 4, theirs/a: 2, theirs/later: 4, theirs/when-live: 4}", "state theirs/when-live: answered\nflag theirs/f: yes\nband: mid\nown-band =theirs: fair"},
			{"stage: service\nanswers: {own: 4, theirs/a: 4, theirs/later: 4, theirs/when-live: 4}", "flag theirs/f: no\nband: high\nown-band =theirs: good"},
			{"answers: {own: 4, theirs/a: 4}", "state theirs/later: may-apply\nstate theirs/when-live: may-apply\ngate theirs/g: unknown\nband: low"},
		},
	}})
}

// Rules, gates and conditions of one rubric may read another by its full name.
func TestAcrossUse(t *testing.T) {
	try(t, []table{{
		name:   "full names",
		beside: map[string]string{"inner": "criteria: [{id: a, title: A, scale: five, evidence: {from: 2, kinds: [study]}}]\n"},
		rubric: `criteria:
  - {use: ./inner.yaml}
  - {id: r, title: R, scale: five, rule: level("inner/a")}
  - {id: w, title: W, scale: five, when: claimed("inner/a") >= 2}
gates: [{id: g, needs: score("inner") >= 50}]
`,
		rows: []row{
			{"answers: {inner/a: 3, w: 2}", "number r: 1 3 3\nstate w: answered\ngate g: fail"},
			{"answers: {a: 1}", "number r: 1\nstate w: does-not-apply\nskipped: none"},
		},
	}})
}

// Answers to rubrics that are not at hand are put aside and counted.
func TestSkipped(t *testing.T) {
	try(t, []table{{
		name: "other rubrics", beside: map[string]string{"inner": "criteria: [{id: a, title: A, scale: five}]\n"},
		rubric: "criteria:\n  - {id: own, title: Own, scale: five}\n  - {use: ./inner.yaml, as: twin}\n",
		rows: []row{
			{"answers: {own: 4, twin/a: 4, other/x: 3, elsewhere/b: {level: 2}}", "skipped: other/x, elsewhere/b\nscore t: 100"},
			{"answers: {own: 4, inner/a: 4}", "skipped: inner/a\nscore t: 50 50 100"},
			{"for: [other]\nanswers: {own: 4, t/own: 2, a: 4}", "skipped: own, a\nscore own: 50"},
			{"for: [t]\nanswers: {own: 4, a: 2}", "skipped: none\nscore t: 75"},
		},
	}})
}

// What an answer says that the rubric cannot take.
func TestRecordErrors(t *testing.T) {
	m := assemble(t, `criteria:
  - {id: a, title: A, scale: five}
  - {id: s, title: S, scale: signed}
  - {id: m, title: M, measure: {unit: minutes, worst: 30, best: 0, limits: [0, 600]}}
  - {id: r, title: R, scale: yes-no, rule: facts.data}
  - {id: p, title: P, price: {model: benchmark, cap: 100, floor: 50}}
  - {id: g, title: G, criteria: [{id: in-g, title: In, scale: five}]}
  - {use: ./inner.yaml}
  - {use: ./inner.yaml, as: twin}
`, map[string]string{"inner": "criteria: [{id: a, title: A, scale: five}, {id: solo, title: Solo, scale: five}]\n"})
	for answer, want := range map[string]string{
		"t/a: 5":                                 `level "5" is not on the scale of "t/a"`,
		"t/a: 1.5":                               `level "1.5" is not on the scale of "t/a"`,
		"t/a: v9":                                `level "v9" is not on the scale of "t/a"`,
		"t/a: {value: 2}":                        `"t/a" is answered by a level, not by a number`,
		"t/a: {level: [2, 5]}":                   `level "5" is not on the scale of "t/a"`,
		"t/a: {responses: {1: 2, 9: 1}}":         `level "9" is not on the scale of "t/a"`,
		"t/a: {responses: {1: 2.5}}":             `expected how many gave this level, a whole number, got 2.5`,
		"t/a: {responses: {1: -2}}":              `expected how many gave this level, a whole number, got -2`,
		"s: 1.0001":                              `level "1.0001" is not on the scale of "s"`,
		"s: {level: [-2, 3]}":                    `level "3" is not on the scale of "s"`,
		"m: 601":                                 `601 is beyond what "m" can be`,
		"m: -0.1":                                `-0.1 is beyond what "m" can be`,
		"m: {level: 3}":                          `"m" is answered by a number, not by a level`,
		"m: {value: [0, 601]}":                   `601 is beyond what "m" can be`,
		"m: {responses: {1: 3}}":                 `"m" is answered by a number; a survey counts levels`,
		"m: fast":                                `"m": expected a number such as 12 or 0.5, got "fast"`,
		"r: yes":                                 `"r" is answered by a rule of the rubric`,
		"r: unknown":                             `"r" is answered by a rule of the rubric`,
		"r: {na: not for us}":                    `"r" is answered by a rule of the rubric`,
		"p: 70":                                  `"p" is answered by the price of the record`,
		"p: {na: not for us}":                    `"p" is answered by the price of the record`,
		"g: 3":                                   `"g" is a group, which has no answer of its own`,
		"g: {na: not for us}":                    `"g" is a group, which has no answer of its own`,
		"solo: 3":                                `"solo" could mean 2 criteria`,
		"twin/a: 7":                              `level "7" is not on the scale of "twin/a"`,
		"twin/none: 1":                           `rubric "twin" has no criterion "twin/none"`,
		"nothing: 1":                             `rubric "t" has no criterion "nothing"`,
		"t/in-g: {level: 1, value: 1}":           `the answer to "t/in-g" has both "level" and "value", expected one`,
		"t/in-g: {level: 1, na: not for us}":     `the answer to "t/in-g" has both "level" and "na", expected one`,
		"t/in-g: {level: 1, responses: {1: 1}}":  `the answer to "t/in-g" has both "level" and "responses", expected one`,
		"t/in-g: {level: 1, evidence: [nobody]}": `no evidence has the id "nobody"`,
		"t/in-g: {na: }":                         `"t/in-g" is not applicable without a reason`,
		"t/in-g: {level: [1, 2, 3]}":             `level: expected a range of two, got 3`,
	} {
		if _, got := refuse(t, m, head+"answers:\n  "+answer+"\n"); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, want %q", answer, got, want)
		}
	}
}
