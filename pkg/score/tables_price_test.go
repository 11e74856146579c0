package score_test

import (
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

func price(amount string) string {
	return "price: {amount: " + amount + ", currency: GBP, vat: excluded}\n"
}

// A benchmark price scores alone; what it adds is rounded to its decimals in points of the whole.
func TestPrice(t *testing.T) {
	bench := func(leaf, more string) string {
		return "criteria: [{id: p, title: P, price: {model: benchmark, " + leaf + "}" + more + "}, {id: a, title: A, scale: five}]\n"
	}
	try(t, []table{
		{name: "between cap and floor", rubric: bench("cap: 200, floor: 100", ""), rows: []row{
			{price("150") + "answers: {a: 0}", "score p: 50\nscore t: 25\nstate p: answered\ncontribution p: 25"},
			{price("200") + "answers: {a: 0}", "score p: 0"},
			{price("250") + "answers: {a: 0}", "score p: 0"},
			{price("100") + "answers: {a: 0}", "score p: 100"},
			{price("50") + "answers: {a: 0}", "score p: 100"},
			{"answers: {a: 0}", "score p: 0 0 100\nstate p: unknown\nscore t: 0 0 50"},
		}},
		{name: "exact without decimals", rubric: bench("cap: 300, floor: 0", ""), rows: []row{
			{price("100") + "answers: {a: 4}", "contribution p: 33.3333333333\nscore t: 83.3333333333"},
		}},
		{name: "two decimals", rubric: bench("cap: 300, floor: 0, decimals: 2", ""), rows: []row{
			{price("100") + "answers: {a: 4}", "contribution p: 33.33\nscore t: 83.33\ncontribution a: 50"},
		}},
		{name: "half goes up", rubric: bench("cap: 4, floor: 0, decimals: 0", ""), rows: []row{
			{price("3") + "answers: {a: 0}", "contribution p: 13\nscore t: 13"},
			{price("1") + "answers: {a: 0}", "contribution p: 38\nscore t: 38"}, // 37.5
		}},
		{name: "in points of the root as it is displayed", rubric: "show: {from: 0, to: 10}\n" + bench("cap: 4, floor: 0, decimals: 1", ""), rows: []row{
			{price("3") + "answers: {a: 0}", "contribution p: 1.3\nscore t: 1.3"}, // 1.25
		}},
		{name: "below a group", rubric: "criteria:\n  - {id: g, title: G, weight: 3, criteria: [{id: p, title: P, price: {model: benchmark, cap: 300, floor: 0, decimals: 1}}, {id: b, title: B, scale: five}]}\n  - {id: a, title: A, scale: five}\n", rows: []row{
			// 2/3 of 3/4 of 1/2 of 100 is 25 exactly; 1/3 is 12.5; 1/9 is 4.1666…
			{price("100") + "answers: {a: 0, b: 0}", "contribution p: 25\nscore t: 25"},
			{price("260") + "answers: {a: 0, b: 4}", "contribution p: 5\nscore t: 42.5"},
			{price("200") + "answers: {a: 0, b: {na: x}}", "contribution p: 25\nscore t: 25"},   // alone in its group: 1/3 of 75
			{price("250") + "answers: {a: {na: x}, b: 0}", "contribution p: 8.3\nscore t: 8.3"}, // 1/6 of 50 is 8.333…
		}},
		{name: "points of a sum", rubric: "combine: sum\ncriteria: [{id: p, title: P, weight: 40, price: {model: benchmark, cap: 300, floor: 0, decimals: 1}}, {id: a, title: A, scale: five, weight: 15}]\n", rows: []row{
			{price("100") + "answers: {a: 2}", "contribution p: 26.7\nscore t: 56.7"}, // 26.666…
		}},
		{name: "relative ones have no value alone", rubric: "criteria: [{id: p, title: P, price: {model: lowest-ratio}}, {id: q, title: Q, price: {model: differential}}, {id: r, title: R, price: {model: min-max}}, {id: a, title: A, scale: five}]\n", rows: []row{
			{price("100") + "answers: {a: 4}", "state p: unknown\nscore p: 0 0 100\nstate q: unknown\nstate r: unknown\nscore t: 25 25 100"},
		}},
		{name: "a gate", rubric: bench("cap: 200, floor: 100", "") + "gates: [{id: g, needs: score(\"p\") >= 50}]\n", rows: []row{
			{price("150"), "gate g: pass"},
			{price("151"), "gate g: fail"},
			{"", "gate g: unknown"},
		}},
	})
}

// By duty: the weighted mean of the leaves that each must act on.
func TestByDuty(t *testing.T) {
	try(t, []table{
		{name: "leaves", rubric: `criteria:
  - {id: a, title: A, scale: five, weight: 3, duty: supplier}
  - {id: b, title: B, scale: five, duty: supplier, evidence: {kinds: [study]}}
  - {id: c, title: C, scale: five, duty: buyer}
  - {id: d, title: D, scale: five, duty: shared}
  - {id: e, title: E, scale: five}
  - {id: f, title: F, scale: five, weight: 0, duty: supplier}
`, rows: []row{
			{"answers: {a: 4, b: 4, c: 1, d: 0, e: 0, f: 0}", "duty supplier: 75 100 100\nduty buyer: 25\nduty adopter: none"},
			{"answers: {a: 4, c: {na: x}}", "duty supplier: 75 75 100\nduty buyer: none"},
			{"answers: {a: {na: x}, b: 0, c: 4}", "duty supplier: 0\nduty buyer: 100"},
		}},
		{name: "groups hand their duty down", rubric: `criteria:
  - id: g
    title: G
    duty: supplier
    weight: 2
    criteria:
      - {id: a, title: A, scale: five}
      - {id: b, title: B, scale: five, duty: shared}
      - {id: h, title: H, criteria: [{id: c, title: C, scale: five, duty: adopter}, {id: d, title: D, scale: five}]}
  - {id: e, title: E, scale: five, duty: supplier}
`, rows: []row{
			{"answers: {a: 4, b: 0, c: 3, d: 4, e: 4}", "duty supplier: 100\nduty adopter: 75\nduty-of a: supplier\nduty-of b: shared\nduty-of d: supplier\nduty-of c: adopter"},
			{"answers: {a: 0, b: 4, c: 0, d: 0, e: 0}", "duty supplier: 0\nduty adopter: 0"},
		}},
		{
			name: "rubrics in use count beside one another, even with no weight",
			beside: map[string]string{
				"one": "criteria: [{id: x, title: X, scale: five, duty: supplier}, {id: w, title: W, scale: five}]\n",
				"two": "criteria: [{id: x, title: X, scale: five, duty: buyer}, {id: w, title: W, scale: five}]\n",
			},
			rubric: "criteria:\n  - {use: ./one.yaml, weight: 0}\n  - {use: ./two.yaml, duty: supplier}\n",
			rows: []row{
				// one/x and two/w, each half of its rubric.
				{"answers: {one/x: 4, one/w: 0, two/x: 1, two/w: 2}", "duty supplier: 75\nduty buyer: 25\nduty-of two/w: supplier\nscore t: 37.5"},
			},
		},
	})
}

// A relative price beside those of the other bids, by hand: the middle bid last, the order of two turned by a third, two that
// leave nothing between all and nothing, and equal ones. A benchmark is the same whatever the others ask.
func TestPriceAmong(t *testing.T) {
	for _, c := range []struct{ model, bids, want string }{
		{"lowest-ratio", "50 75 100", "1 2/3 1/2"},
		{"lowest-ratio", "100 125", "1 4/5"},
		{"lowest-ratio", "100 125 40", "2/5 8/25 1"},
		{"lowest-ratio", "80 80", "1 1"},
		{"lowest-ratio", "80", "1"},
		{"differential", "100 150 260", "1 1/2 0"},
		{"differential", "80 80", "1 1"},
		{"min-max", "100 125 200", "1 3/4 0"},
		{"min-max", "100 101", "1 0"},
		{"min-max", "80 80 80", "1 1 1"},
		{"benchmark, cap: 200, floor: 100", "50 150 250", "1 1/2 0"},
		{"benchmark, cap: 200, floor: 100", "150", "1/2"},
	} {
		m := assemble(t, "criteria: [{id: p, title: P, price: {model: "+c.model+"}}, {id: a, title: A, scale: five}]\n", nil)
		var bids []exact.Number
		for text := range strings.FieldsSeq(c.bids) {
			bid, err := exact.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			bids = append(bids, bid)
		}
		var got []string
		for _, bid := range bids {
			got = append(got, m.Nodes[1].Price.Among(bid, bids).Fraction())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.model, c.bids, strings.Join(got, " "), c.want)
		}
	}
}

// What a price would contribute is what one that is stated does contribute.
func TestPointsOfAPrice(t *testing.T) {
	m := assemble(t, "criteria: [{id: p, title: P, price: {model: benchmark, cap: 300, floor: 0, decimals: 2}}, {id: a, title: A, scale: five}]\n", nil)
	r := m.Evaluate(bind(t, m, head+price("100")), score.Conditions{AsOf: asOf})
	points, ok := r.Points(1, r.Criteria[1].Value(score.Evidenced))
	if want := r.Criteria[1].Contribution[score.Evidenced]; !ok || !points.Equal(want) || points.String() != "33.33" {
		t.Errorf("got %s, the price contributes %s", points, want)
	}
}
