package score_test

import (
	"testing"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// A sum is displayed as points: weight x level, added up.
func TestSum(t *testing.T) {
	// Points run from 2 x 0 + 1 x -2 + 1/2 x 0 = -2 to 2 x 4 + 1 x 2 + 1/2 x 10 = 15, a range of 17.
	const points = `criteria:
  - id: g
    title: G
    combine: sum
    met: 7
    criteria:
      - {id: a, title: A, scale: five, weight: 2}
      - {id: b, title: B, scale: signed}
      - {id: c, title: C, measure: {worst: 0, best: 10}, weight: 0.5}
      - {id: d, title: D, scale: five, weight: 0}
`
	try(t, []table{
		{name: "points", rubric: points, rows: []row{
			{"answers: {a: 3, b: -1, c: 4, d: 4}", "score g: 7\nscore t: 52.9411764706\nmet g: yes"}, // 6 - 1 + 2; 9/17
			{"answers: {a: 3, b: -2, c: 4}", "score g: 6\nmet g: no"},
			{"answers: {a: 0, b: -2, c: 0}", "score g: -2\nscore t: 0"},
			{"answers: {a: 4, b: 2, c: 10}", "score g: 15\nscore t: 100"},
			{"answers: {a: 3, b: unknown, c: 4}", "score g: 6 6 10"},                                                  // b from -2 to 2
			{"answers: {a: 3, b: -1, c: {na: not measured}}", "score g: 7.91666666667\nscore t: 58.3333333333"},       // 7/12 of 17, from -2
			{"answers: {a: {na: x}, b: 1, c: {na: x}}", "score g: 10.75"},                                             // 3/4 of 17, from -2
			{"answers: {a: {na: x}, b: {na: x}, c: {na: x}}", "score g: none\nstate g: not-applicable\ncounts g: no"}, // nothing is left
			{"", "score g: -2 -2 15"},
		}},
		{name: "ends that are worse high", rubric: "criteria:\n  - {id: g, title: G, combine: sum, criteria: [{id: a, title: A, scale: five, reverse: yes}, {id: m, title: M, measure: {worst: 10, best: 2}, weight: 3}]}\n", rows: []row{
			// From 0 + 3 x 2 = 6 to 4 + 3 x 10 = 34. Reversed 1 is 3 points, and 4 of 2 to 10 is 8 points x 3.
			{"answers: {a: 1, m: 4}", "score g: 27"},
			{"answers: {a: 4, m: 10}", "score g: 6"},
			{"answers: {a: 0, m: 2}", "score g: 34"},
		}},
		{name: "groups in it count by their own range", rubric: `combine: sum
criteria:
  - {id: g, title: G, weight: 2, show: {from: 0, to: 10}, criteria: [{id: a, title: A, scale: five}]}
  - {id: h, title: H, combine: sum, criteria: [{id: b, title: B, scale: signed}, {id: c, title: C, scale: uneven}]}
bands: [{id: low, label: Low, from: -2}, {id: high, label: High, from: 17}]
`, rows: []row{
			{"answers: {a: 3, b: 1, c: 1}", "score g: 7.5\nscore h: 2\nscore t: 17\nband: high\ncontribution g: 15\ncontribution h: 2\ncontribution b: 1\ncontribution c: 1\ncontribution a: 15"},
			{"answers: {a: 3, b: 0, c: 1}", "score t: 16\nband: low"},
			{"answers: {a: 0, b: -2, c: 0}", "score t: -2\ncontribution b: -2\ncontribution g: 0"},
			{"", "score t: -2 -2 27"},
		}},
		{name: "yes-no and weights are points", rubric: `combine: sum
criteria:
  - {id: a, title: A, scale: yes-no, weight: 8}
  - {id: b, title: B, scale: yes-no, reverse: yes, weight: 5}
  - {id: p, title: P, weight: 20, price: {model: benchmark, cap: 300, floor: 100}}
`, rows: []row{
			{"answers: {a: yes, b: yes}\nprice: {amount: 200, currency: GBP, vat: excluded}", "score t: 18\ncontribution p: 10"},
			{"answers: {a: yes, b: no}\nprice: {amount: 250, currency: GBP, vat: excluded}", "score t: 18\ncontribution p: 5"},
		}},
	})
}

// The weakest, the strongest, and a product in which nothing makes up for nothing.
func TestWeakestStrongestProduct(t *testing.T) {
	const leaves = "criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five, weight: 3}, {id: c, title: C, scale: five}, {id: d, title: D, scale: five, weight: 0}]"
	group := func(combine string) string {
		return "criteria: [{id: g, title: G, combine: " + combine + ", " + leaves + "}]\n"
	}
	try(t, []table{
		{name: "min", rubric: group("min"), rows: []row{
			{"answers: {a: 1, b: 3, c: 2, d: 0}", "score g: 25"},
			{"answers: {a: 1, b: 3}", "score g: 0 0 25"},
			{"answers: {a: {na: x}, b: 3, c: 2}", "score g: 50"},
		}},
		{name: "max", rubric: group("max"), rows: []row{
			{"answers: {a: 1, b: 3, c: 2, d: 4}", "score g: 75"},
			{"answers: {a: 1, b: 3}", "score g: 75 75 100"},
			{"", "score g: 0 0 100"},
		}},
		{name: "geometric of whole weights", rubric: "criteria: [{id: g, title: G, combine: geometric, criteria: [{id: a, title: A, measure: {worst: 0, best: 8}, weight: 2}, {id: b, title: B, scale: five}]}]\n", rows: []row{
			{"answers: {a: 1, b: 4}", "score g: 25"}, // (1/64)^(1/3)
			{"answers: {a: 8, b: 0}", "score g: 0"},
			{"answers: {a: 8}", "score g: 0 0 100"},
			{"answers: {b: 1, a: {na: x}}", "score g: 25"},
		}},
		{name: "geometric of broken weights", rubric: "criteria: [{id: g, title: G, combine: geometric, criteria: [{id: a, title: A, measure: {worst: 0, best: 128}, weight: 1.5}, {id: b, title: B, scale: five, weight: 2}, {id: z, title: Z, scale: five, weight: 0}]}]\n", rows: []row{
			{"answers: {a: 1, b: 4, z: 0}", "score g: 12.5"}, // (1/128)^(3/7)
		}},
	})
	m := assemble(t, "combine: geometric\ncriteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five}]\n", nil)
	r := m.Evaluate(bind(t, m, head+"answers: {a: 2, b: 4}"), score.Conditions{AsOf: asOf})
	// The root of 1/2 to 34 digits: 0.70710 67811 86547 52440 08443 62104 8490|39…
	if got, want := r.Criteria[0].Value(score.Evidenced).Fixed(40), "0.7071067811865475244008443621048490000000"; got != want {
		t.Errorf("geometric mean is %s, want %s", got, want)
	}
}

// How many are met, and how far up without a gap.
func TestMetGroups(t *testing.T) {
	const leaves = "criteria: [{id: a, title: A, scale: five, met: 2}, {id: b, title: B, scale: five, reverse: yes, met: 1}, {id: c, title: C, measure: {worst: 30, best: 0}, met: 10}, {id: d, title: D, scale: yes-no}, {id: e, title: E, scale: yes-no, weight: 0}]"
	group := func(combine string) string {
		return "criteria: [{id: g, title: G, combine: " + combine + ", " + leaves + "}]\n"
	}
	try(t, []table{
		{name: "count", rubric: group("count"), rows: []row{
			{"answers: {a: 2, b: 1, c: 10, d: yes}", "score g: 100\nmet g: yes"},
			{"answers: {a: 1, b: 1, c: 11, d: yes, e: yes}", "score g: 50\nmet g: no"},
			{"answers: {a: 2, b: 2}", "score g: 25 25 75"},
			{"answers: {a: 2, b: 2, c: {na: x}, d: yes}", "score g: 66.6666666667"},
		}},
		{name: "all", rubric: group("all"), rows: []row{
			{"answers: {a: 2, b: 1, c: 10, d: yes, e: no}", "score g: 100"},
			{"answers: {a: 4, b: 0, c: 10.5, d: yes}", "score g: 0"},
			{"answers: {a: 4, b: 0, c: 10}", "score g: 0 0 100"},
			{"answers: {a: 4, b: 0, c: 10, d: {na: x}}", "score g: 100"},
			{"answers: {a: {na: x}, b: {na: x}, c: {na: x}, d: {na: x}, e: yes}", "score g: none"},
		}},
		{name: "any", rubric: group("any"), rows: []row{
			{"answers: {a: 1, b: 2, c: 11, d: yes}", "score g: 100"},
			{"answers: {a: 1, b: 2, c: 11, d: no, e: yes}", "score g: 0"},
			{"answers: {a: 1}", "score g: 0 0 100"},
			{"answers: {a: 2}", "score g: 100"},
		}},
		{name: "ladder", rubric: group("ladder"), rows: []row{
			{"answers: {a: 2, b: 1, c: 11, d: yes, e: yes}", "score g: 50\nrung g: b\nahead g: d"},
			{"answers: {a: 1, b: 1, c: 10, d: yes}", "score g: 0\nrung g: none\nahead g: b, c, d"},
			{"answers: {a: 2, b: 1, c: 10, d: yes, e: no}", "score g: 100\nrung g: d\nahead g: none"},
			{"answers: {a: 2, c: 11, d: yes}", "score g: 25 25 50\nrung g: a\nahead g: d"},
			{"answers: {a: 2, b: {na: x}, c: 10, d: no}", "score g: 66.6666666667\nrung g: c\nahead g: none"},
		}},
		{name: "groups are met in their own units", rubric: `criteria:
  - id: g
    title: G
    combine: ladder
    criteria:
      - {id: one, title: One, combine: all, criteria: [{id: a, title: A, scale: yes-no}, {id: b, title: B, scale: yes-no}]}
      - {id: two, title: Two, show: {from: 1, to: 5}, met: 3, criteria: [{id: c, title: C, scale: five}]}
      - {id: three, title: Three, combine: sum, met: 3, criteria: [{id: d, title: D, scale: five}]}
      - {id: four, title: Four, criteria: [{id: e, title: E, scale: five, met: 1}]}
`, rows: []row{
			{"answers: {a: yes, b: yes, c: 2, d: 3, e: 4}", "score g: 100\nrung g: four"},
			{"answers: {a: yes, b: yes, c: 1, d: 3, e: 3}", "score g: 25\nrung g: one\nahead g: three\nmet two: no\nmet four: no"},
			{"answers: {a: yes, c: 2, d: 3, e: 4}", "score g: 0 0 100\nrung g: none\nahead g: two, three, four"},
		}},
	})
}

// A profile has no score of its own, but what is in it does, and its leaves are counted by level.
func TestProfile(t *testing.T) {
	try(t, []table{
		{name: "beside a mean", rubric: `criteria:
  - {id: own, title: Own, scale: five}
  - id: p
    title: P
    combine: profile
    weight: 0
    criteria:
      - {id: a, title: A, scale: five, evidence: {from: 3, kinds: [study]}}
      - {id: b, title: B, scale: five, weight: 0}
      - {id: g, title: G, criteria: [{id: c, title: C, scale: five, na: {reasons: [x]}}, {id: d, title: D, scale: five}, {id: e, title: E, scale: five, weight: 0}]}
gates: [{id: construct, needs: score("g") >= 50}, {id: few, needs: 'count_below("p", 2) <= 1'}]
`, rows: []row{
			{"answers: {own: 3, a: 4, b: 4, c: 2, d: 2, e: 4}", "score t: 75\nscore p: none\nscore g: 50\nlevels p: v0 0, v1 0, v2 3, v3 0, v4 0, unknown 0\ngate construct: pass\ngate few: pass\ncontribution p: none"},
			{"answers: {own: 3, a: 1, c: {na: x}}", "score t: 75\nlevels p: v0 0, v1 1, v2 0, v3 0, v4 0, unknown 1\ngate few: unknown\ngate construct: unknown"},
		}},
		{name: "at the root", rubric: "combine: profile\ncriteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: uneven}]\n", rows: []row{
			{"answers: {a: 3, b: 1}", "score t: none\nband: none\nlevels t: v0 0, v1 0, v2 0, v3 1, v4 0, nothing 0, some 1, all of it 0, unknown 0\nanswered: 2 of 2, may apply 0"},
		}},
	})
}

// What a group displays may leave out what is not known, or take it as the middle. Nothing else follows.
func TestUnknownPolicies(t *testing.T) {
	group := func(policy string) string {
		return `criteria:
  - id: g
    title: G
    ` + policy + `
    criteria:
      - {id: a, title: A, scale: five, na: {reasons: [x]}}
      - {id: b, title: B, scale: five, evidence: {from: 3, kinds: [study]}}
      - {id: c, title: C, scale: five, na: {reasons: [x]}}
      - {id: d, title: D, scale: five, weight: 2, na: {reasons: [x]}}
  - {id: z, title: Z, scale: five}
gates: [{id: sure, needs: score("g") >= 30}, {id: open, needs: score("g") >= 60}, {id: lost, needs: score("g") >= 91}]
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 45}]
`
	}
	const half = "answers: {a: 4, b: 2, z: 2}" // counts (1 + 1/2) / 5 = 30, at best (1 + 1/2 + 1 + 2) / 5 = 90; the root 40 and 70
	const rest = "\ncounted g: 30 30 90\nscore t: 40 40 70\nband: low\ngate sure: pass\ngate open: unknown\ngate lost: fail\nmet g: no"
	try(t, []table{
		{name: "exclude", rubric: group("unknown: exclude"), rows: []row{
			{half, "score g: 75 75 90\nwithheld g: no" + rest}, // (1 + 1/2) / 2
			{"answers: {a: 4, b: 4, z: 2}", "score g: 75 100 100\ncounted g: 30 40 100"},
			{"answers: {z: 2}", "score g: none\ncounted g: 0 0 100"},
			{"answers: {a: {na: x}, b: 2, d: 4, z: 2}", "score g: 83.3333333333 83.3333333333 87.5"}, // (1/2 + 2) / 3, at best (1/2 + 1 + 2) / 4
		}},
		{name: "midpoint", rubric: group("unknown: midpoint"), rows: []row{
			{half, "score g: 60 60 90\nwithheld g: no" + rest}, // (1 + 1/2 + 1/2 + 1) / 5
		}},
		{name: "just enough answered", rubric: group("unknown: exclude\n    min_answered: 0.5"), rows: []row{
			{half, "score g: 75 75 90\nwithheld g: no" + rest},
			{"answers: {a: 4, c: {na: x}, d: {na: x}}", "withheld g: no\nscore g: 100\ncounted g: 50 50 100"}, // 1 of 2
		}},
		{name: "too few answered", rubric: group("unknown: exclude\n    min_answered: 0.51"), rows: []row{
			{half, "score g: none\nwithheld g: 2 of 4" + rest},
		}},
		{name: "a sum in points", rubric: "criteria:\n  - {id: g, title: G, combine: sum, unknown: exclude, criteria: [{id: a, title: A, scale: five, weight: 2}, {id: b, title: B, scale: signed}]}\n", rows: []row{
			// From -2 to 10, a range of 12; a alone has value 3/4.
			{"answers: {a: 3}", "score g: 7 7 8\ncounted g: 4 4 8"},
		}},
		{name: "a policy reaches the whole subtree", rubric: `criteria:
  - id: g
    title: G
    unknown: exclude
    criteria:
      - {id: h, title: H, unknown: midpoint, criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five}]}
      - {id: k, title: K, criteria: [{id: c, title: C, scale: five}, {id: d, title: D, scale: five}]}
      - {id: l, title: L, combine: min, criteria: [{id: e, title: E, scale: five}, {id: f, title: F, scale: five}]}
`, rows: []row{
			// h: a alone, k drops out, l: e alone; h itself displays with the middle for b.
			{"answers: {a: 4, e: 2}", "score g: 75 75 83.3333333333\nscore h: 75 75 100\ncounted g: 16.6666666667 16.6666666667 83.3333333333\nscore k: 0 0 100\nscore l: 0 0 50"},
		}},
		{name: "at the root", rubric: "unknown: exclude\nmin_answered: 0.5\ncriteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five}, {id: c, title: C, scale: five, when: facts.data}]\nbands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 60}]\n", rows: []row{
			{"answers: {a: 4}\nfacts: {data: no}", "score t: 100\ncounted t: 50 50 100\nband: low\nheadline: band\ncontribution a: 50"},
			{"answers: {a: 4, c: 4}", "score t: none\ncounted t: 33.3333333333 33.3333333333 100\nheadline: incomplete\nwithheld t: 1 of 3"},
		}},
	})
}

// The distance between the strongest and the weakest part that counts.
func TestGap(t *testing.T) {
	try(t, []table{{name: "children", rubric: "criteria: [{id: g, title: G, criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five}, {id: c, title: C, scale: five, weight: 0}]}, {id: z, title: Z, scale: five}]\nflags: [{id: uneven, when: gap(\"g\") > 50, severity: low, say: Uneven.}]\n", rows: []row{
		{"answers: {a: 4, b: 1, c: 0, z: 4}", "gap g: 75\ngap t: 37.5\nflag uneven: yes"},
		{"answers: {a: 3, b: 1, z: 2}", "gap g: 50\ngap t: 0\nflag uneven: no"},
		{"answers: {a: 4, b: {na: x}, z: 2}", "gap t: 50\nflag uneven: no"},
		{"answers: {a: {na: x}, b: {na: x}, z: 2}", "gap g: none\nflag uneven: not-applicable"},
	}}})
}
