package score_test

import "testing"

// A condition stands in for a yes or no: once as it is supported, once as it is claimed.
func TestRuleConditions(t *testing.T) {
	const base = "  - {id: base, title: Base, scale: five, evidence: {from: 2, kinds: [study]}, na: {reasons: [none here]}}\n"
	rule := func(leaf string) string { return "criteria:\n" + base + "  - {id: r, title: R, " + leaf + "}\n" }
	try(t, []table{
		{name: "a fact", rubric: rule("scale: yes-no, rule: facts.data"), rows: []row{
			{"facts: {data: yes}", "score r: 100\nstate r: answered\nmet r: yes"},
			{"facts: {data: no}", "score r: 0\nstate r: answered\nmet r: no"},
			{"", "score r: 0 0 100\nstate r: unknown\nmissing r: data\nmet r: no"},
		}},
		{name: "a negated fact", rubric: rule("scale: yes-no, rule: '!facts.data'"), rows: []row{
			{"facts: {data: no}", "score r: 100"},
			{"", "score r: 0 0 100\nstate r: unknown"},
		}},
		{name: "another scale of two", rubric: rule("scale: [{value: -3, label: fails}, {value: 7, label: passes}], rule: facts.data"), rows: []row{
			{"facts: {data: yes}", "number r: 7\nscore r: 100"},
			{"facts: {data: no}", "number r: -3\nscore r: 0"},
		}},
		{name: "supported and claimed", rubric: rule("scale: yes-no, rule: level(\"base\") >= 2"), rows: []row{
			{"answers: {base: 3}", "score r: 0 100 100\nstate r: answered"},
			{study + "answers: {base: {level: 3, evidence: [e]}}", "score r: 100"},
			{"answers: {base: 1}", "score r: 0"},
			{"", "score r: 0 0 100\nstate r: unknown\nmissing r: t/base"},
			{"answers: {base: {na: none here}}", "counts r: no\nscore t: none\nscore r: none"},
			{"answers: {base: {level: [1, 3]}}", "score r: 0 0 100"},
		}},
		{name: "and", rubric: rule("scale: yes-no, rule: facts.data && level(\"base\") >= 1"), rows: []row{
			{"facts: {data: yes}\nanswers: {base: 1}", "score r: 100"},
			{"facts: {data: no}", "score r: 0\nstate r: answered"},
			{"facts: {data: yes}", "score r: 0 0 100\nmissing r: t/base"},
			{"facts: {data: yes}\nanswers: {base: {na: none here}}", "score r: 100"},
			{"facts: {data: no}\nanswers: {base: {na: none here}}", "score r: 0"},
			{"answers: {base: {na: none here}}", "score r: 0 0 100\nmissing r: data"},
			{"answers: {base: 0}", "score r: 0\nstate r: answered"},
		}},
		{name: "or", rubric: rule("scale: yes-no, rule: facts.data || level(\"base\") >= 1"), rows: []row{
			{"facts: {data: yes}", "score r: 100\nstate r: answered"},
			{"facts: {data: no}", "score r: 0 0 100\nmissing r: t/base"},
			{"answers: {base: 0}", "score r: 0 0 100\nmissing r: data"},
			{"facts: {data: no}\nanswers: {base: {na: none here}}", "score r: 0\nstate r: answered"},
		}},
		{name: "a stage", rubric: rule("scale: yes-no, rule: stage_at_least(\"pilot\")"), rows: []row{
			{"stage: idea", "score r: 0"},
			{"stage: service", "score r: 100"},
			{"", "score r: 0 0 100\nstate r: unknown"},
		}},
		{name: "a choice", rubric: rule("scale: yes-no, rule: 'facts.class in [\"low\"]'"), rows: []row{
			{"facts: {class: low}", "score r: 100"},
			{"facts: {class: high}", "score r: 0"},
			{"", "score r: 0 0 100"},
		}},
		{name: "met", rubric: rule("scale: yes-no, rule: met(\"base\")"), rows: []row{
			{study + "answers: {base: {level: 4, evidence: [e]}}", "score r: 100"},
			{"answers: {base: 4}", "score r: 0 100 100"},
			{"answers: {base: 3}", "score r: 0"},
			{"", "score r: 0 0 100"},
		}},
	})
}

// A bare reading gives its level or number.
func TestRuleReadings(t *testing.T) {
	try(t, []table{
		{name: "a level", rubric: "criteria:\n  - {id: base, title: Base, scale: five, evidence: {from: 2, kinds: [study]}}\n  - {id: r, title: R, scale: five, rule: level(\"base\")}\n", rows: []row{
			{"answers: {base: 3}", "number r: 1 3 3\nscore r: 25 75 75"},
			{"", "state r: unknown\nscore r: 0 0 100\nmissing r: t/base"},
			{"answers: {base: {na: x}}", "counts r: no\nscore r: none"},
			{"answers: {base: {level: [0, 3]}}", "score r: 0 0 75"},
		}},
		{name: "a reversed level", rubric: "criteria:\n  - {id: base, title: Base, scale: five, reverse: yes, evidence: {kinds: [study]}}\n  - {id: r, title: R, scale: five, reverse: yes, rule: level(\"base\")}\n", rows: []row{
			{"answers: {base: 1}", "number r: 4 1 1\nscore r: 0 75 75"},
		}},
		{name: "a level onto another scale of the same values", rubric: "criteria:\n  - {id: base, title: Base, scale: [x, w, z]}\n  - {id: r, title: R, scale: five, rule: level(\"base\")}\n", rows: []row{
			{"answers: {base: z}", "score base: 100\nscore r: 50"},
		}},
		{name: "a number", rubric: "criteria:\n  - {id: m, title: M, measure: {worst: 30, best: 0}, evidence: {kinds: [study]}}\n  - {id: r, title: R, measure: {worst: 60, best: 10}, rule: value(\"m\")}\n", rows: []row{
			{study + "answers: {m: {value: 20, evidence: [e]}}", "number r: 20\nscore r: 80"},
			{"answers: {m: 20}", "number r: 30 20 20\nscore r: 60 80 80"},
			{"", "state r: unknown\nscore r: 0 0 100"},
			{"answers: {m: {na: x}}", "counts r: no"},
		}},
		{name: "an integer fact", rubric: "criteria:\n  - {id: r, title: R, measure: {worst: 0, best: 10}, rule: facts.staff}\n  - {id: s, title: S, measure: {worst: 10, best: 0}, rule: facts.staff}\n", rows: []row{
			{"facts: {staff: 4}", "score r: 40\nscore s: 60\nstate r: answered"},
			{"facts: {staff: 40}", "score r: 100\nscore s: 0"},
			{"", "score r: 0 0 100\nstate r: unknown\nmissing r: staff"},
		}},
		{name: "a choice by its label", rubric: "criteria:\n  - {id: r, title: R, scale: [low, high], rule: facts.class}\n  - {id: s, title: S, scale: [low, high], reverse: yes, rule: facts.class}\n", rows: []row{
			{"facts: {class: high}", "score r: 100\nscore s: 0"},
			{"facts: {class: low}", "score r: 0\nscore s: 100"},
			{"", "state r: unknown"},
		}},
		{name: "a count", rubric: "criteria:\n  - {id: g, title: G, criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five, evidence: {kinds: [study]}}, {id: c, title: C, scale: five, weight: 0}]}\n  - {id: r, title: R, measure: {worst: 0, best: 2}, rule: 'count_from(\"g\", 2)'}\n  - {id: s, title: S, measure: {worst: 2, best: 0}, rule: 'count_below(\"g\", 2)'}\n", rows: []row{
			{"answers: {a: 2, b: 3, c: 4}", "number r: 1 2 2\nscore r: 50 100 100\nscore s: 50 100 100"},
			{"answers: {a: 1, b: 1, c: 4}", "score r: 0\nscore s: 0"},
			{"answers: {a: {na: x}, b: {na: x}}", "counts r: no"},
		}},
		{name: "a score", rubric: "criteria:\n  - {id: g, title: G, show: {from: 1, to: 5}, criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five, evidence: {kinds: [study]}}]}\n  - {id: r, title: R, measure: {worst: 1, best: 5}, rule: score(\"g\")}\n", rows: []row{
			{"answers: {a: 2, b: 3}", "number r: 2 3.5 3.5\nscore r: 25 62.5 62.5"},
			{"answers: {a: {na: x}, b: {na: x}}", "counts r: no"},
		}},
		{name: "one rule reads another", rubric: "criteria:\n  - {id: r-2, title: R2, scale: yes-no, rule: met(\"r\")}\n  - {id: r, title: R, scale: yes-no, rule: level(\"a\") >= 2}\n  - {id: a, title: A, scale: five, evidence: {from: 2, kinds: [study]}}\n", rows: []row{
			{"answers: {a: 3}", "score r-2: 0 100 100"},
			{"", "score r-2: 0 0 100\nstate r-2: unknown"},
			{"answers: {a: {na: x}}", "counts r-2: no"},
		}},
		{name: "a rule under a condition", rubric: "criteria:\n  - {id: r, title: R, scale: yes-no, rule: level(\"a\") >= 2, when: facts.data}\n  - {id: a, title: A, scale: five}\n", rows: []row{
			{"answers: {a: 3}", "state r: may-apply\nscore r: 0 0 100"},
			{"facts: {data: no}\nanswers: {a: 3}", "state r: does-not-apply"},
			{"facts: {data: yes}\nanswers: {a: 3}", "score r: 100"},
		}},
	})
}

// Counts over leaves that are not all known are bounded from both sides.
func TestCounts(t *testing.T) {
	const gates = `gates:
  - {id: below-0, needs: 'count_below("g", 2) <= 0'}
  - {id: below-1, needs: 'count_below("g", 2) <= 1'}
  - {id: below-2, needs: 'count_below("g", 2) <= 2'}
  - {id: from-1, needs: 'count_from("g", 2) >= 1'}
  - {id: from-2, needs: 'count_from("g", 2) >= 2'}
  - {id: from-3, needs: 'count_from("g", 2) >= 3'}
`
	leaves := func(more string) string {
		return "criteria:\n  - {id: g, title: G, criteria: [{id: a, title: A, scale: five" + more + "}, {id: b, title: B, scale: five" + more + "}, {id: c, title: C, scale: five" + more + ", na: {reasons: [x]}}, {id: d, title: D, weight: 0, scale: five" + more + "}]}\n" + gates
	}
	try(t, []table{
		{name: "straight", rubric: leaves(""), rows: []row{
			{"answers: {a: 3, b: 1, d: 0}", "gate below-0: fail\ngate below-1: unknown\ngate below-2: pass\ngate from-1: pass\ngate from-2: unknown\ngate from-3: fail\ngate-missing below-1: t/c"},
			{"answers: {a: 3, b: 2, c: 1, d: 4}", "gate below-0: fail\ngate below-1: pass\ngate from-2: pass\ngate from-3: fail"},
			{"answers: {a: 3, b: 2, c: {na: x}, d: 0}", "gate below-0: pass\ngate from-2: pass\ngate from-3: fail"},
		}},
		{name: "supported levels are counted", rubric: leaves(", evidence: {from: 2, kinds: [study]}"), rows: []row{
			{"answers: {a: 3, b: 3, c: 3}", "gate below-2: fail\ngate from-1: fail"},
		}},
		{name: "in groups below", rubric: "criteria:\n  - {id: g, title: G, criteria: [{id: h, title: H, criteria: [{id: a, title: A, scale: five}]}, {id: i, title: I, weight: 0, criteria: [{id: b, title: B, scale: five}]}, {id: c, title: C, scale: five}]}\n" + gates, rows: []row{
			{"answers: {a: 3, b: 3, c: 3}", "gate from-2: pass\ngate from-3: fail"},
			{"answers: {a: 3, b: 0, c: 3}", "gate below-0: pass"},
		}},
	})
}

// What gates and flags read, and what comes of what is not known.
func TestReadings(t *testing.T) {
	try(t, []table{
		{name: "numbers and claims", rubric: `criteria:
  - {id: a, title: A, scale: five, evidence: {from: 2, kinds: [study]}}
  - {id: m, title: M, measure: {worst: 30, best: 0}}
gates:
  - {id: lev, needs: level("a") >= 2}
  - {id: cla, needs: claimed("a") >= 2}
  - {id: val, needs: value("m") <= 15}
  - {id: num, needs: claimed("m") <= 15}
  - {id: met-m, needs: met("m")}
  - {id: sco, needs: score("a") >= 25}
`, rows: []row{
			{"answers: {a: 3, m: 15}", "gate lev: fail\ngate cla: pass\ngate val: pass\ngate num: pass\ngate met-m: fail\ngate sco: pass"},
			{"answers: {a: 0, m: 15.01}", "gate cla: fail\ngate val: fail\ngate num: fail\ngate sco: fail"},
			{"answers: {m: 0}", "gate lev: unknown\ngate cla: unknown\ngate met-m: pass\ngate sco: unknown\ngate-missing lev: t/a"},
			{"answers: {a: 0}", "gate val: unknown\ngate num: unknown\ngate met-m: unknown"},
		}},
		{name: "answered and applies", rubric: `criteria:
  - {id: a, title: A, scale: five, when: facts.data}
  - {id: b, title: B, scale: five}
flags:
  - {id: is-answered, when: answered("a"), severity: low, say: Answered.}
  - {id: does-apply, when: applies("a"), severity: low, say: Applies.}
`, rows: []row{
			{"facts: {data: yes}\nanswers: {a: 1}", "flag is-answered: yes\nflag does-apply: yes"},
			{"facts: {data: yes}", "flag is-answered: no\nflag does-apply: yes"},
			{"facts: {data: no}", "flag does-apply: no"},
			{"", "flag does-apply: unknown"},
		}},
		{name: "absent", rubric: `criteria:
  - {id: a, title: A, scale: five, na: {reasons: [x]}}
  - {id: b, title: B, scale: five}
gates:
  - {id: lone, needs: level("a") >= 2}
  - {id: both, needs: level("a") >= 2 && level("b") >= 2}
  - {id: either, needs: level("a") >= 2 || level("b") >= 2}
`, rows: []row{
			{"answers: {a: {na: x}, b: 2}", "gate lone: not-applicable\ngate both: pass\ngate either: pass"},
			{"answers: {a: {na: x}, b: 1}", "gate lone: not-applicable\ngate both: fail\ngate either: fail"},
			{"answers: {a: {na: x}}", "gate both: unknown\ngate either: unknown"},
			{"answers: {a: 1}", "gate both: fail\ngate either: unknown"},
			{"answers: {b: 3}", "gate both: unknown\ngate either: pass"},
		}},
	})
}

// Headlines, caps and bands.
func TestVerdicts(t *testing.T) {
	const bands = "bands:\n  - {id: low, label: Low, from: 0}\n  - {id: mid, label: Mid, from: 50}\n  - {id: high, label: High, from: 75, from_stage: pilot}\n"
	with := func(more string) string {
		return "criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five}, {id: c, title: C, scale: yes-no, weight: 0}]\n" + more + bands
	}
	try(t, []table{
		{name: "stages", rubric: with(""), rows: []row{
			{"stage: pilot\nanswers: {a: 3, b: 3}", "band: high\nscore-band: high\nheadline: band"},
			{"stage: idea\nanswers: {a: 4, b: 4}", "band: mid"},
			{"answers: {a: 4, b: 4}", "band: mid"},
			{"stage: pilot\nanswers: {a: 2, b: 2}", "band: mid"},
			{"stage: pilot\nanswers: {a: 2, b: 1}", "band: low"},
			{"stage: pilot\nanswers: {a: 4}", "band: mid\nheadline: band\nanswered: 1 of 2, may apply 0"},
			{"stage: pilot", "band: low\nheadline: incomplete"},
		}},
		{name: "a gate that caps", rubric: with("gates: [{id: g, needs: level(\"c\") >= 1, otherwise: {cap: mid}}]\n"), rows: []row{
			{"stage: pilot\nanswers: {a: 4, b: 4, c: no}", "gate g: fail\nband: mid\nscore-band: high\nheadline: gate-fails"},
			{"stage: pilot\nanswers: {a: 4, b: 4}", "gate g: unknown\nband: mid\nheadline: gate-unknown"},
			{"stage: pilot\nanswers: {a: 0, b: 0, c: no}", "band: low"},
			{"stage: pilot\nanswers: {a: 4, b: 4, c: yes}", "band: high\nheadline: band"},
		}},
		{name: "a gate that makes conditional", rubric: with("gates: [{id: g, needs: level(\"c\") >= 1, otherwise: conditional}]\n"), rows: []row{
			{"stage: pilot\nanswers: {a: 4, b: 4, c: no}", "gate g: conditional\nband: high\nheadline: conditional"},
			{"stage: pilot\nanswers: {a: 1, b: 1, c: no}", "gate g: conditional\nband: low\nheadline: band"},
		}},
		{name: "a gate of the default kind", rubric: with("gates: [{id: g, needs: level(\"c\") >= 1}]\n"), rows: []row{
			{"stage: pilot\nanswers: {a: 4, b: 4, c: no}", "gate g: fail\nband: low\nheadline: gate-fails\nscore t: 100"},
			{"stage: pilot\nanswers: {c: no}", "headline: gate-fails\nalso: incomplete"},
		}},
		{name: "a gate that is not expected yet", rubric: with("gates: [{id: g, needs: level(\"c\") >= 1, from_stage: pilot}]\n"), rows: []row{
			{"stage: idea\nanswers: {a: 4, b: 4, c: no}", "gate g: not-applicable\nheadline: band"},
			{"stage: service\nanswers: {a: 4, b: 4, c: no}", "gate g: fail"},
			{"answers: {a: 4, b: 4, c: yes}", "gate g: unknown\nheadline: gate-unknown\nband: low"},
		}},
		{name: "a flag that caps", rubric: with("flags: [{id: f, when: level(\"c\") < 1, severity: high, effect: {cap: low}, say: No.}]\n"), rows: []row{
			{"stage: pilot\nanswers: {a: 4, b: 4, c: no}", "flag f: yes\nband: low\nheadline: band"},
			{"stage: pilot\nanswers: {a: 4, b: 4, c: yes}", "flag f: no\nband: high"},
			{"stage: pilot\nanswers: {a: 4, b: 4}", "flag f: unknown\nband: low"},
		}},
		{name: "a flag that informs", rubric: with("flags: [{id: f, when: level(\"c\") < 1, severity: high, say: No.}]\n"), rows: []row{
			{"stage: pilot\nanswers: {a: 4, b: 4, c: no}", "flag f: yes\nband: high"},
			{"stage: pilot\nanswers: {a: 4, b: 4}", "flag f: unknown\nband: high"},
		}},
		{name: "a flag from a stage", rubric: with("flags: [{id: f, when: level(\"c\") < 1, from_stage: pilot, severity: high, effect: {cap: low}, say: No.}]\n"), rows: []row{
			{"stage: idea\nanswers: {a: 2, b: 2, c: no}", "flag f: not-applicable\nband: mid"},
			{"answers: {a: 2, b: 2, c: no}", "flag f: unknown\nband: low"},
		}},
		{name: "least answered", rubric: with("min_answered: 1\n"), rows: []row{
			{"stage: pilot\nanswers: {a: 4}", "headline: incomplete\nband: mid"},
			{"stage: pilot\nanswers: {a: 4, b: 4}", "headline: band\nband: high"},
		}},
	})
}
