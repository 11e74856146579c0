package report_test

import (
	"strings"
	"testing"
)

const sumRubric = `touchstone: rubric/v1
id: sums
version: 1.0.0
title: Sums
combine: sum
criteria:
  - {id: penalty, title: Penalty, scale: [{value: -10, label: breach}, {value: 0, label: clean}]}
  - {id: steps, title: Steps, scale: [none, some, all], weight: 2}
  - {id: aside, title: Aside, scale: [none, some, all], weight: 0}
  - id: pair
    title: Pair
    combine: all
    criteria:
      - {id: one, title: One, scale: yes-no}
      - {id: two, title: Two, scale: yes-no}
`

// A number in the first table of a sum is either in points, and the note says so with their range, or it is the one that
// stands at the criterion itself.
func TestSumSaysWhatIsInPoints(t *testing.T) {
	r := reportOf(t, sumRubric, "answers: {penalty: 0, steps: 1, aside: 1, one: yes, two: no}")
	want := map[string]string{"Penalty": "0", "Steps": "2", "Aside": "50", "Pair": "1 of 2 met"}
	entries := r.Full().Criteria
	for _, d := range r.Dimensions.Rows {
		if d.Evidenced != want[d.Title] {
			t.Errorf("%s: got %q, want %q", d.Title, d.Evidenced, want[d.Title])
		}
		inPoints := strings.Contains(r.Dimensions.Note, d.Title+" from ")
		if own := entries[d.Entry].ScoreTexts[0]; !inPoints && d.Evidenced != own {
			t.Errorf("%s: %q here and %q there, and no word of points", d.Title, d.Evidenced, own)
		}
		if inPoints != (entries[d.Entry].Brings != nil) {
			t.Errorf("%s: the note and the numbers differ about points", d.Title)
		}
	}
	if note := "In points, as this rubric adds them up: Penalty from -10 to 0 and Steps from 0 to 4. "; !strings.HasPrefix(r.Dimensions.Note, note) {
		t.Errorf("got %q", r.Dimensions.Note)
	}
	if note := reportOf(t, briefRubric, "answers: {safety: 1}").Dimensions.Note; note != "" {
		t.Errorf("a mean is not in points: %q", note)
	}
}

// Where too little is known, the whole is in no band: not in the lowest either.
func TestBandsMarkNothingUnknown(t *testing.T) {
	for record, want := range map[string]string{
		"stage: pilot\nanswers: {safety: 1, burden: 1, extra: 0}": "Low",
		"stage: pilot\nanswers: {safety: 0, burden: 1, extra: 2}": "LowHigh", // here, and the score alone
		"stage: pilot\nanswers: {extra: 2}":                       "",        // too few
		"stage: pilot":                                            "",
	} {
		var marked []string
		for _, band := range reportOf(t, briefRubric, record).Full().Bands {
			if band.Now || band.Alone {
				marked = append(marked, band.Label)
			}
		}
		if got := strings.Join(marked, ""); got != want {
			t.Errorf("%s\ngot %q, want %q", record, got, want)
		}
	}
}
