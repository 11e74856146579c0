package score_test

import (
	"testing"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// By the letter of the language: where the program once read it otherwise. Each test quotes the sentence that it stands
// on.

// Section 9: "`parts` add up to `amount` …; zero and negative prices are errors".
func TestLetterPriceOfNothing(t *testing.T) {
	m := assemble(t, "criteria: [{id: p, title: P, price: {model: benchmark, cap: 300, floor: 100}}]\n", nil)
	for _, given := range []string{
		"{amount: -1, currency: GBP, vat: excluded}",
		"{amount: 0, currency: GBP, vat: excluded}",
		"{amount: 10, currency: GBP, vat: excluded, parts: {purchase: 1, training: 2}}",
	} {
		rec, said := refuse(t, m, head+"price: "+given+"\n")
		if len(said) == 0 {
			r := m.Evaluate(rec, score.Conditions{AsOf: asOf})
			t.Errorf("price %s is taken, and scores %s", given, look(t, r, "score p"))
		}
	}
}

// Section 3: "So one record answers many rubrics": a record that answers a rubric in full can be read by another that uses
// a part of it.
func TestLetterAnswersToWhatIsLeftOut(t *testing.T) {
	beside := map[string]string{"inner": "criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five}]\n"}
	part := assemble(t, "criteria:\n  - {id: own, title: Own, scale: five}\n  - {use: ./inner.yaml, only: [a]}\n", beside)
	if _, said := refuse(t, part, head+"answers: {t/own: 4, inner/a: 4, inner/b: 4}\n"); len(said) > 0 {
		t.Errorf("an answer to what is left out is refused: %q", said)
	}
}

// Section 2: `without: … # shown in every report as not checked here`, and `minimum` is "short for a gate".
func TestLetterMinimumNotChecked(t *testing.T) {
	try(t, []table{{
		name: "of a criterion that is left out too", beside: map[string]string{"inner": "criteria: [{id: a, title: A, scale: five}, {id: b, title: B, scale: five, minimum: 1}]\n"},
		rubric: "criteria: [{id: own, title: Own, scale: five}, {use: ./inner.yaml, only: [a], without: {gates: [b-minimum], because: Elsewhere.}}]\n",
		rows:   []row{{"answers: {own: 1}", "not-checked: inner/b-minimum (Elsewhere.)"}},
	}})
}

// Section 6: "Ids and choices are literals, checked for existence and type"; section 2: "a kind that is not declared is an
// error, not a silent miss".
func TestLetterKindInCheck(t *testing.T) {
	for _, check := range []string{`item.kind == "studdy"`, `item.kind in ["study", "studdy"]`} {
		if _, list := attempt(t, "criteria: [{id: a, title: A, scale: five, evidence: {check: '"+check+"'}}]\n", nil); !list.HasErrors() {
			t.Errorf("%s is taken, though there is no such kind", check)
		}
	}
}

// Section 2: `{of: [cost], max: 40} # per cent of the root total`: what is named twice, or in a group that is named too,
// is only once in the total.
func TestLetterWeightRuleCountsTwice(t *testing.T) {
	for _, rule := range []string{"{of: [a, a], max: 50}", "{of: [g, b], max: 50}"} {
		text := "criteria: [{id: a, title: A, scale: five}, {id: g, title: G, criteria: [{id: b, title: B, scale: five}]}]\nweight_rules: [" + rule + "]\n"
		if _, list := attempt(t, text, nil); list.HasErrors() {
			t.Errorf("%s: a half of the total is taken for more: %v", rule, list)
		}
	}
}

// Section 1: "level keys are numbers, compared by value", and duplicate keys are a diagnostic.
func TestLetterLevelTwiceInASurvey(t *testing.T) {
	m := assemble(t, "criteria: [{id: a, title: A, scale: five}]\n", nil)
	for _, responses := range []string{"{1: 1, 1.0: 3}", "{1: 1, v1: 3}"} {
		if _, said := refuse(t, m, head+"answers: {a: {responses: "+responses+"}}\n"); len(said) == 0 {
			t.Errorf("%s gives one level twice, and is taken", responses)
		}
	}
}

// Section 6: "an expression that a *worse* supported level could turn in the innovation's favour … is an error". A survey
// between two levels leaves the rule that reads it unknown, so a worse mean that falls on a level scores better.
func TestLetterRuleOverSurvey(t *testing.T) {
	m := assemble(t, "criteria:\n  - {id: a, title: A, scale: five}\n  - {id: r, title: R, scale: five, rule: level(\"a\")}\n", nil)
	worse := m.Evaluate(bind(t, m, head+"answers: {a: {responses: {3: 5}}}"), score.Conditions{AsOf: asOf})
	better := m.Evaluate(bind(t, m, head+"answers: {a: {responses: {3: 4, 4: 1}}}"), score.Conditions{AsOf: asOf})
	if at(t, better, "r").Value(score.Evidenced).Less(at(t, worse, "r").Value(score.Evidenced)) {
		t.Errorf("a mean of 3 makes the rule %s, the better one of 3.2 makes it %s", look(t, worse, "score r"), look(t, better, "score r"))
	}
}

// Section 4.6: "Its contribution is share x (from + v x (to - from)) of the root's `show`"; only under a root that is a
// sum do points come in.
func TestLetterContributionOfASumBelowAMean(t *testing.T) {
	try(t, []table{{
		name:   "sum below mean",
		rubric: "criteria: [{id: z, title: Z, scale: five}, {id: g, title: G, combine: sum, criteria: [{id: a, title: A, scale: five, weight: 2}, {id: b, title: B, scale: signed}]}]\n",
		rows: []row{{
			"answers: {z: 4, a: 3, b: -1}", // 1/2 + 1/2 x (8 x 3/4 + 4 x 1/4) / 12
			"score t: 79.1666666667\nshare a: 0.333333333333\nshare b: 0.166666666667\ncontribution a: 25\ncontribution b: 4.16666666667\ncontribution g: 29.1666666667",
		}},
	}})
}

// Section 5: "Two roundings exist: a price's contribution, to its stated decimals in root points, and display": the
// criterion's own score is not rounded, so no gate passes by it.
func TestLetterPriceOwnScore(t *testing.T) {
	try(t, []table{{
		name:   "rounded up",
		rubric: "criteria: [{id: p, title: P, price: {model: benchmark, cap: 4, floor: 0, decimals: 0}}, {id: a, title: A, scale: five}]\ngates: [{id: g, needs: score(\"p\") >= 25.5}]\n",
		rows:   []row{{price("3") + "answers: {a: 0}", "contribution p: 13\nscore t: 13\nscore p: 25\ngate g: fail"}},
	}})
}

// Section 1: whatever is wrong in a file "is a diagnostic", for a gate of which nothing could be read too.
func TestLetterGateOfNothing(t *testing.T) {
	for _, gates := range []string{"[{}]", "[signed]", "[{because: It matters.}]", "[{when: facts.data}]"} {
		t.Run(gates, func(t *testing.T) {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("gates: %s stops the program: %v", gates, p)
				}
			}()
			if _, list := attempt(t, "criteria: [{id: a, title: A, scale: five}]\ngates: "+gates+"\n", nil); !list.HasErrors() {
				t.Error("it is taken")
			}
		})
	}
}
