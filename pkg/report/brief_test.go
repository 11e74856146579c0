package report_test

import (
	"fmt"
	"strings"
	"testing"
)

const briefRubric = `touchstone: rubric/v1
id: brief
version: 1.0.0
title: Brief
stages: [idea, pilot]
scales: {practice: [none, some, all]}
roles: {chief: {title: Chief nurse}}
criteria:
  - {id: safety, title: Safety, scale: practice}
  - {id: burden, title: Burden, scale: practice}
  - {id: extra, title: Extra, scale: practice}
gates:
  - {id: safe, needs: 'level("safety") >= 1', because: It could harm., waivable: {max: 12 months, by: [chief]}}
  - {id: light, needs: 'level("burden") >= 1', because: It adds work., otherwise: {cap: low}}
min_answered: 0.6
bands: [{id: low, label: Low, from: 0}, {id: high, label: High, from: 50}, {id: top, label: Top, from: 90}]
`

// The first page says in a sentence what the headline means for who decides.
func TestBriefLead(t *testing.T) {
	for _, c := range []struct{ record, lead, meaning string }{
		{
			"stage: pilot\nanswers: {safety: 0, burden: 0, extra: 2}", "It should not go further until this is done: Safety.",
			"No score makes up for that. Besides, how far it may go is limited by 1 more gate.",
		},
		{"stage: pilot\nanswers: {safety: 2, burden: 0, extra: 2}", "It can go no further than ‘Low’ until this is done: Burden.", "No score makes up for that."},
		{"stage: idea\nanswers: {safety: 0, burden: 1, extra: 2}", "Before it goes further, this has to be in place: Safety.", "No score makes up for that."},
		{"stage: pilot\nanswers: {burden: 2, extra: 2}", "Whether it may go further cannot be said yet. Not known: Safety.", "neither a yes nor a no"},
		{"stage: pilot\nanswers: {safety: 1, burden: 1, extra: 1}", "What is evidenced stands where it begins, and no gate holds it back.", ""},
		{"stage: pilot\nanswers: {safety: 2, burden: 2, extra: 2}", "What is evidenced stands 10 points above where it begins, and no gate holds it back.", ""},
		{"stage: pilot\nanswers: {safety: 1, burden: 1, extra: 0}", "The evidence does not reach the next band.", ""},
	} {
		brief := reportOf(t, briefRubric, c.record).Brief()
		if brief.Lead != c.lead {
			t.Errorf("%s\ngot  %q\nwant %q", c.record, brief.Lead, c.lead)
		}
		if got := strings.Join(brief.Meaning, " "); !strings.Contains(got, c.meaning) {
			t.Errorf("%s\ngot  %q\nwant %q in it", c.record, got, c.meaning)
		}
	}
}

// A page has room for few items of each kind: the rest is counted, and nothing is dropped without a word.
func TestBriefCountsWhatItLeavesOut(t *testing.T) {
	var criteria, gates strings.Builder
	for i := range 9 {
		fmt.Fprintf(&criteria, "  - {id: c%d, title: C%d, scale: practice, improve: {1: {advice: Do it.}}}\n", i, i)
		fmt.Fprintf(&gates, "  - {id: g%d, needs: 'level(\"c%d\") >= 1', because: It could harm.}\n", i, i)
	}
	rubric := "touchstone: rubric/v1\nid: many\nversion: 1.0.0\ntitle: Many\nscales: {practice: [none, some, all]}\ncriteria:\n" +
		criteria.String() + "gates:\n" + gates.String() + "bands: [{id: low, label: Low, from: 0}]\n"
	for _, part := range reportOf(t, rubric, "answers: {c0: 0, c1: 0, c2: 0, c3: 0, c4: 0, c5: 0}").Brief().Parts {
		shown, said := len(part.Items), part.More
		switch part.ID {
		case "gates":
			if shown != 3 || said != "And 6 more gates." {
				t.Errorf("gates: %d shown, %q", shown, said)
			}
		case "next-steps":
			if shown != 3 || said == "" {
				t.Errorf("steps: %d shown, %q", shown, said)
			}
		case "unknown":
			if part.Items[0].Lead != "3 questions" || said != "" {
				t.Errorf("not known: %q, %q", part.Items[0].Lead, said)
			}
		}
	}
}

// What is not known has no number anywhere in the full report, and is no nought in a picture.
func TestFullHasNoNumberForWhatIsNotKnown(t *testing.T) {
	r := reportOf(t, briefRubric, "stage: pilot\nanswers: {burden: 2, extra: 2}")
	safety := r.Full().Criteria[1]
	if safety.Name != "brief/safety" || safety.ScoreTexts != [3]string{"not known", "not known", "100"} || safety.Supported != "" || safety.Bar != [3]float64{0, 0, 1} {
		t.Errorf("got %+v", safety)
	}
	for _, d := range r.Dimensions.Rows {
		if d.Known != (d.Title != "Safety") {
			t.Errorf("%s is known: %t", d.Title, d.Known)
		}
	}
}

// What moves the score is in points, the greatest first.
func TestLevers(t *testing.T) {
	levers := reportOf(t, briefRubric, "stage: pilot\nanswers: {safety: 1, burden: 0, extra: 2}").Charts().Levers
	if len(levers) == 0 {
		t.Fatal("there are none")
	}
	for i, m := range levers {
		if m.Points <= 0 || i > 0 && m.Points > levers[i-1].Points {
			t.Errorf("lever %d: %+v", i, m)
		}
	}
}

// What is explained is the words for who must act, and not what a supplier is called.
func TestBriefSidesAreNoNames(t *testing.T) {
	rubric := strings.NewReplacer("scale: practice", "scale: practice, duty: supplier", "because:", "duty: supplier, because:").Replace(briefRubric)
	brief := reportOf(t, rubric, "stage: pilot\nsupplier: {name: Goodbuyer and adopter Ltd}\nanswers: {safety: 0, burden: 2, extra: 2}").Brief()
	named := false
	for _, part := range brief.Parts {
		for _, item := range part.Items {
			named = named || strings.Contains(item.Actor, "Goodbuyer and adopter Ltd")
		}
	}
	if !named || brief.Sides != "" {
		t.Errorf("named: %v, sides: %q", named, brief.Sides)
	}
}

// The sentence at the head names the gates in the order of the list below it.
func TestBriefNamesGatesInOneOrder(t *testing.T) {
	rubric := strings.Replace(briefRubric, ", otherwise: {cap: low}", "", 1)
	rubric = strings.Replace(rubric, "title: Burden, scale: practice", "title: Burden, scale: practice, weight: 9", 1)
	brief := reportOf(t, rubric, "stage: pilot\nanswers: {safety: 0, burden: 0, extra: 2}").Brief()
	var listed []string
	for _, part := range brief.Parts {
		if part.ID == "gates" {
			for _, item := range part.Items {
				listed = append(listed, item.Lead)
			}
		}
	}
	if want := strings.Join(listed, " and ") + "."; len(listed) != 2 || listed[0] != "Burden" || !strings.HasSuffix(brief.Lead, want) {
		t.Errorf("listed %v, and the sentence is %q", listed, brief.Lead)
	}
}
