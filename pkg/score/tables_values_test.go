package score_test

import "testing"

// Numbers: straight between the ends in either direction, cut off beyond them, or along given points.
func TestMeasures(t *testing.T) {
	try(t, []table{
		{name: "less is better", rubric: "criteria: [{id: m, title: M, measure: {unit: minutes, worst: 30, best: 0}}]\n", rows: []row{
			{"answers: {m: 30}", "score m: 0\nnumber m: 30\nmet m: no"},
			{"answers: {m: 0}", "score m: 100\nmet m: yes"},
			{"answers: {m: 12}", "score m: 60\nmet m: no"},
			{"answers: {m: 20}", "score m: 33.3333333333"},
			{"answers: {m: 45}", "score m: 0\nnumber m: 45"},
			{"answers: {m: -5}", "score m: 100\nnumber m: -5\nmet m: yes"},
			{"answers: {m: 0.3}", "score m: 99"},
			{"answers: {m: {value: 12}}", "score m: 60"},
			{"answers: {m: unknown}", "score m: 0 0 100\nnumber m: none\nstate m: unknown"},
		}},
		{name: "more is better", rubric: "criteria: [{id: m, title: M, measure: {unit: wards, worst: 10, best: 20, limits: [0, 600]}}]\n", rows: []row{
			{"answers: {m: 13}", "score m: 30"},
			{"answers: {m: 0}", "score m: 0"},
			{"answers: {m: 600}", "score m: 100"},
			{"answers: {m: 20}", "met m: yes"},
		}},
		{name: "below nothing", rubric: "criteria: [{id: m, title: M, measure: {worst: -10, best: 10}}]\n", rows: []row{
			{"answers: {m: 0}", "score m: 50"},
			{"answers: {m: -7.5}", "score m: 12.5"},
		}},
		{name: "rising points", rubric: "criteria: [{id: m, title: M, measure: {points: [[0, 0], [68, 50], [100, 100]]}, met: 68}]\n", rows: []row{
			{"answers: {m: 34}", "score m: 25"},
			{"answers: {m: 68}", "score m: 50\nmet m: yes"},
			{"answers: {m: 67.99}", "met m: no"},
			{"answers: {m: 84}", "score m: 75"},
			{"answers: {m: 120}", "score m: 100"},
			{"answers: {m: -1}", "score m: 0"},
		}},
		{name: "falling points", rubric: "criteria: [{id: m, title: M, measure: {points: [[0, 100], [10, 40], [40, 0]]}, met: 10, minimum: 20}]\n", rows: []row{
			{"answers: {m: 5}", "score m: 70\nmet m: yes\ngate m-minimum: pass"},
			{"answers: {m: 20}", "score m: 26.6666666667\nmet m: no\ngate m-minimum: pass"},
			{"answers: {m: 20.5}", "gate m-minimum: fail"},
			{"answers: {m: 50}", "score m: 0"},
			{"", "score m: 0 0 100\ngate m-minimum: unknown"},
		}},
		{name: "level points", rubric: "criteria: [{id: m, title: M, measure: {points: [[0, 0], [10, 50], [20, 50], [30, 100]]}}]\n", rows: []row{
			{"answers: {m: 15}", "score m: 50"},
			{"answers: {m: 25}", "score m: 75"},
		}},
		{name: "met and minimum in the unit", rubric: "criteria: [{id: m, title: M, measure: {unit: minutes, worst: 30, best: 0}, met: 10, minimum: 15}]\n", rows: []row{
			{"answers: {m: 10}", "met m: yes\ngate m-minimum: pass"},
			{"answers: {m: 10.1}", "met m: no\ngate m-minimum: pass"},
			{"answers: {m: 15}", "gate m-minimum: pass"},
			{"answers: {m: 15.001}", "gate m-minimum: fail"},
		}},
	})
}

// Levels: any range of values, the other way round where said.
func TestScales(t *testing.T) {
	try(t, []table{
		{name: "five levels", rubric: "criteria: [{id: a, title: A, scale: five, met: 3}]\n", rows: []row{
			{"answers: {a: 1}", "score a: 25\nmet a: no"},
			{"answers: {a: v3}", "score a: 75\nmet a: yes\nnumber a: 3"},
			{"answers: {a: \"3.0\"}", "score a: 75"},
		}},
		{name: "reversed", rubric: "criteria: [{id: a, title: A, scale: five, reverse: yes, met: 1, minimum: v2}]\n", rows: []row{
			{"answers: {a: 1}", "score a: 75\nmet a: yes\ngate a-minimum: pass\nnumber a: 1"},
			{"answers: {a: 0}", "score a: 100\nmet a: yes"},
			{"answers: {a: 2}", "score a: 50\nmet a: no\ngate a-minimum: pass"},
			{"answers: {a: 3}", "score a: 25\ngate a-minimum: fail"},
			{"", "score a: 0 0 100\nnumber a: none\ngate a-minimum: unknown"},
		}},
		{name: "reversed without met is met at the lowest", rubric: "criteria: [{id: a, title: A, scale: five, reverse: yes}]\n", rows: []row{
			{"answers: {a: 0}", "met a: yes"},
			{"answers: {a: 1}", "met a: no"},
		}},
		{name: "signed", rubric: "criteria: [{id: a, title: A, scale: signed, met: 0}]\n", rows: []row{
			{"answers: {a: -2}", "score a: 0\nmet a: no"},
			{"answers: {a: 0}", "score a: 50\nmet a: yes"},
			{"answers: {a: better}", "score a: 75"},
		}},
		{name: "signed, reversed", rubric: "criteria: [{id: a, title: A, scale: signed, reverse: yes}]\n", rows: []row{
			{"answers: {a: -1}", "score a: 75"},
			{"answers: {a: 2}", "score a: 0"},
		}},
		{name: "uneven", rubric: "criteria: [{id: a, title: A, scale: uneven}]\n", rows: []row{
			{"answers: {a: 1}", "score a: 20"},
			{"answers: {a: all of it}", "score a: 100"},
		}},
		{name: "uneven, reversed", rubric: "criteria: [{id: a, title: A, scale: uneven, reverse: yes}]\n", rows: []row{
			{"answers: {a: 1}", "score a: 80"},
		}},
		{name: "yes-no", rubric: "criteria: [{id: a, title: A, scale: yes-no}, {id: b, title: B, scale: yes-no, reverse: yes}]\n", rows: []row{
			{"answers: {a: yes, b: yes}", "score a: 100\nscore b: 0"},
			{"answers: {a: \"no\", b: 0}", "score a: 0\nscore b: 100"},
		}},
	})
}

// The levels that a survey gave are averaged; a survey that too few answered says nothing.
func TestSurveys(t *testing.T) {
	try(t, []table{
		{name: "mean", rubric: "criteria: [{id: a, title: A, scale: five, met: 3}]\ngates: [{id: g, needs: level(\"a\") >= 3}]\n", rows: []row{
			{"answers: {a: {responses: {1: 2, 3: 2}}}", "score a: 50\nnumber a: 2\nrespondents a: 4, too few: no\nmet a: no\ngate g: fail\nstate a: answered"},
			{"answers: {a: {responses: {v2: 1, v3: 1}}}", "score a: 62.5\nnumber a: 2.5\ngate g: fail"},
			{"answers: {a: {responses: {2: 1, 3: 2, 4: 2}}}", "number a: 3.2\nscore a: 80\nmet a: yes\ngate g: pass"},
			{"answers: {a: {responses: {0: 1, 1: 1, 3: 1}}}", "score a: 33.3333333333"},
			{"answers: {a: {responses: {0: 0, 4: 1}}}", "score a: 100\nrespondents a: 1, too few: no"},
			{"answers: {a: {responses: {}}}", "state a: unknown\nscore a: 0 0 100\ngate g: unknown"},
			{"answers: {a: {responses: {3: 0}}}", "state a: unknown\nscore a: 0 0 100\ngate g: unknown"},
		}},
		{name: "enough", rubric: "criteria: [{id: a, title: A, scale: five, respondents: {min: 10}}]\n", rows: []row{
			{"answers: {a: {responses: {4: 9}}}", "state a: unknown\nscore a: 0 0 100\nrespondents a: 9, too few: yes"},
			{"answers: {a: {responses: {4: 5, 2: 5}}}", "state a: answered\nscore a: 75\nrespondents a: 10, too few: no"},
		}},
		{name: "reversed and signed", rubric: "criteria: [{id: a, title: A, scale: five, reverse: yes, met: 1}, {id: b, title: B, scale: signed}]\n", rows: []row{
			{"answers: {a: {responses: {0: 1, 2: 1}}, b: {responses: {-2: 1, 1: 1}}}", "score a: 75\nmet a: yes\nnumber b: -0.5\nscore b: 37.5"},
			{"answers: {a: {responses: {0: 1, 3: 1}}}", "score a: 62.5\nmet a: no"},
		}},
		{name: "evidence", rubric: `criteria:
  - {id: a, title: A, scale: five, evidence: {from: 3, kinds: [study]}}
  - {id: b, title: B, scale: five, reverse: yes, evidence: {from: 1, kinds: [study]}}
`, rows: []row{
			{"answers: {a: {responses: {2: 1, 3: 1}}, b: {responses: {1: 1, 2: 1}}}", "number a: 2 2.5 2.5\nnumber b: 2 1.5 1.5"},
			{"answers: {a: {responses: {3: 4, 4: 1}}, b: {responses: {0: 1, 1: 1}}}", "number a: 2 3.2 3.2\nscore a: 50 80 80\nnumber b: 2 0.5 0.5\nscore b: 50 87.5 87.5"},
			{"evidence: [{id: e, kind: study, title: E, dated: 2026-05-01}]\nanswers: {a: {responses: {3: 4, 4: 1}, evidence: [e]}}", "number a: 3.2"},
		}},
	})
}

// A range counts as its worse end, and as its better one at best.
func TestRanges(t *testing.T) {
	try(t, []table{
		{name: "levels", rubric: "criteria: [{id: a, title: A, scale: five, met: 2}]\ngates: [{id: g, needs: level(\"a\") >= 2}]\n", rows: []row{
			{"answers: {a: {level: [1, 3]}}", "score a: 25 25 75\nmet a: no\ngate g: fail\nstate a: answered"},
			{"answers: {a: {level: [3, 1]}}", "score a: 25 25 75"},
			{"answers: {a: {level: [v2, 4]}}", "score a: 50 50 100\ngate g: pass\nmet a: yes"},
			{"answers: {a: {level: [2, 2]}}", "score a: 50"},
		}},
		{name: "reversed", rubric: "criteria: [{id: a, title: A, scale: five, reverse: yes}]\n", rows: []row{
			{"answers: {a: {level: [1, 3]}}", "score a: 25 25 75\nnumber a: 3 3 1"},
			{"answers: {a: {level: [3, 1]}}", "score a: 25 25 75"},
		}},
		{name: "numbers", rubric: "criteria: [{id: m, title: M, measure: {worst: 30, best: 0}}, {id: k, title: K, measure: {worst: 0, best: 10}}]\n", rows: []row{
			{"answers: {m: {value: [6, 12]}, k: {value: [7, 2]}}", "score m: 60 60 80\nnumber m: 12 12 6\nscore k: 20 20 70"},
			{"answers: {m: {value: [12, 6]}, k: {value: [2, 7]}}", "score m: 60 60 80\nscore k: 20 20 70"},
		}},
		{name: "evidence", rubric: "criteria: [{id: a, title: A, scale: five, evidence: {from: 2, kinds: [study]}}, {id: m, title: M, measure: {worst: 30, best: 0}, evidence: {kinds: [study]}}]\n", rows: []row{
			{"answers: {a: {level: [1, 3]}}", "score a: 25 25 75"},
			{"answers: {a: {level: [2, 3]}}", "score a: 25 50 75"},
			{"answers: {m: {value: [6, 12]}}", "score m: 0 60 80\nnumber m: 30 12 6"},
		}},
	})
}

// What counts as best although it is not applicable.
func TestNotApplicableCountsBest(t *testing.T) {
	try(t, []table{
		{name: "not read", rubric: "criteria: [{id: a, title: A, scale: five, na: {counts: best}}, {id: b, title: B, scale: five, reverse: yes, na: {counts: best}}, {id: c, title: C, scale: five}, {id: m, title: M, measure: {worst: 30, best: 0}, na: {counts: best}}]\n", rows: []row{
			{"answers: {a: {na: some reason}, c: 0}", "state a: not-applicable\nscore a: 100\nscore t: 25 25 75\nmet a: yes\nweight a: 0.25"},
			{"answers: {b: {na: some reason}, c: 0}", "score b: 100\nscore t: 25 25 75"},
			{"answers: {m: {na: some reason}, c: 0}", "score m: 100\nscore t: 25 25 75"},
			{"answers: {c: {na: some reason}, a: 2, b: 2, m: 15}", "counts c: no\nscore t: 50"},
		}},
		{name: "read by a gate", rubric: "criteria: [{id: a, title: A, scale: five, na: {counts: best, reasons: [no such thing]}}, {id: b, title: B, scale: five}]\ngates: [{id: g, needs: level(\"a\") >= 2}]\n", rows: []row{
			{"answers: {a: {na: no such thing}, b: 0}", "score t: 50\ngate g: pass"},
			{"answers: {a: {na: another reason}, b: 0}", "state a: unknown\nscore t: 0 0 50\ngate g: unknown"},
		}},
		{name: "evidence is not asked of it", rubric: "criteria: [{id: a, title: A, scale: five, na: {counts: best}, evidence: {kinds: [study]}}]\n", rows: []row{
			{"answers: {a: {na: some reason}}", "score a: 100"},
		}},
	})
}
