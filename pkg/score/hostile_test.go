package score_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// Rubrics that once brought the compiler down, or kept it busy without end.

// A circle is told before anything follows it: a gate on a criterion whose own group hangs on it.
func TestCircleUnderAGate(t *testing.T) {
	const leaf = `[{id: a, title: A, scale: yes-no, minimum: 1}]`
	_, list := attempt(t, "criteria: [{id: g, title: G, when: 'claimed(\"a\") >= 1', criteria: "+leaf+"}]\n", nil)
	if said := fmt.Sprint(list); !strings.Contains(said, "depends on itself: g → a → g") {
		t.Errorf("got %s", said)
	}
}

// Conditions that read two criteria of the group before them, forty deep, are followed once each, not 2^40 times.
func TestDeepConditions(t *testing.T) {
	const deep = 40
	var b strings.Builder
	b.WriteString("criteria:\n  - {id: g0, title: G, criteria: [{id: a0, title: A, scale: yes-no}, {id: b0, title: B, scale: yes-no}]}\n")
	for k := 1; k < deep; k++ {
		fmt.Fprintf(&b, "  - {id: g%d, title: G, when: 'claimed(\"a%d\") >= 1 && claimed(\"b%d\") >= 1', criteria: [{id: a%d, title: A, scale: yes-no}, {id: b%d, title: B, scale: yes-no}]}\n", k, k-1, k-1, k, k)
	}
	fmt.Fprintf(&b, "gates: [{id: g, needs: 'level(\"a%d\") >= 1'}]\n", deep-1)
	m := assemble(t, b.String(), nil)
	rec, _ := refuse(t, m, head)
	if r := m.Evaluate(rec, score.Conditions{AsOf: asOf}); r.Verdict.Headline != score.GateUnknown {
		t.Errorf("got %s", r.Verdict.Headline)
	}
}

// What a rubric uses again and again is bounded, and told once.
func TestTreeIsBounded(t *testing.T) {
	const leaves, uses = 1000, 30
	var inner, outer strings.Builder
	inner.WriteString("criteria:\n")
	outer.WriteString("criteria:\n")
	for i := range leaves {
		fmt.Fprintf(&inner, "  - {id: c%d, title: C, scale: yes-no}\n", i)
	}
	for i := range uses {
		fmt.Fprintf(&outer, "  - {use: ./inner.yaml, as: u%d}\n", i)
	}
	_, list := attempt(t, outer.String(), map[string]string{"inner": inner.String()})
	if len(list) != 1 || list[0].Rule != "too-large" {
		t.Errorf("got %d problems, the first %v", len(list), list[0])
	}
}

// N/A on what decides whether a rubric in use applies cannot lift that rubric's gates for just any reason.
func TestNotApplicableLiftsNoRubric(t *testing.T) {
	m := assemble(t, "criteria:\n  - {id: route, title: R, scale: yes-no}\n  - {use: ./part.yaml, when: 'claimed(\"route\") >= 1'}\n", map[string]string{
		"part": "criteria: [{id: c, title: C, scale: yes-no}]\ngates: [{id: s, needs: facts.data}]\n",
	})
	rec, _ := refuse(t, m, head+"facts: {data: no}\nanswers: {t/route: {na: I do not feel like it}}\n")
	if r := m.Evaluate(rec, score.Conditions{AsOf: asOf}); r.Gates[0].Outcome != score.Undecided {
		t.Errorf("the gate is %s", r.Gates[0].Outcome)
	}
}

// Stages of a rubric that is used by one in use are named in the words of the rubric that uses it.
func TestNestedStages(t *testing.T) {
	const leaf = "criteria: [{id: c, title: C, scale: yes-no, from_stage: %s}]\n"
	m := assemble(t, "stages: [s1, s2]\ncriteria: [{use: ./middle.yaml, stages: {s1: idea, s2: pilot}}]\n", map[string]string{
		"middle": "stages: [idea, pilot, service]\ncriteria: [{use: ./low.yaml, stages: {idea: alpha, pilot: beta, service: live}}]\n",
		"low":    "stages: [alpha, beta, live]\n" + fmt.Sprintf(leaf, "beta"),
	})
	for stage, want := range map[string]score.State{"s1": score.NotYetExpected, "s2": score.Unanswered} {
		rec, _ := refuse(t, m, head+"stage: "+stage+"\n")
		r := m.Evaluate(rec, score.Conditions{AsOf: asOf})
		if i, _ := m.Lookup("low/c"); r.Criteria[i].State != want {
			t.Errorf("%s: %s", stage, r.Criteria[i].State)
		}
	}
}
