package report

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// StepEntry is one next step.
type StepEntry struct {
	Title, Text, Who string
	// Gain is what it adds to the evidenced score of the whole, in its points; nil where nothing is counted in points.
	// GainText is how that is written.
	Gain     *exact.Number
	GainText string
}

// BandEntry is a range of scores with a name.
type BandEntry struct {
	Label string
	From  exact.Number
	// Note says what else it needs; may be empty.
	Note string
	// Now marks the one that it is in, Alone the one that the score alone would give. None is marked where too little is known.
	Now, Alone bool
}

func (b *builder) stepEntry(s plan.Step) StepEntry {
	e := StepEntry{Title: b.m.Nodes[s.Node].Title, Text: b.stepSaid(s), Who: b.stepWho(s), GainText: b.gained(s)}
	if e.GainText != "–" {
		e.Gain = &s.Gain
	}
	return e
}

func (b *builder) bandEntries() []BandEntry {
	var all []BandEntry
	bands, v := b.m.Nodes[0].Bands, b.res.Verdict
	placed := b.placed()
	for i := range bands {
		e := BandEntry{Label: bands[i].Label, From: bands[i].From, Now: placed && &bands[i] == v.Band, Alone: placed && &bands[i] == v.ScoreBand}
		if bands[i].FromStage >= 0 {
			e.Note = "not before stage " + b.m.Stages[bands[i].FromStage]
		}
		all = append(all, e)
	}
	return all
}

// placed reports whether enough is known of the whole to say that it is in a band: without that it is in none, and not in
// the lowest.
func (b *builder) placed() bool {
	c, v := &b.res.Criteria[0], b.res.Verdict
	known := c.Withheld == nil && c.State != score.Unanswered && c.State != score.MayApply
	return known && v.Headline != score.Incomplete && !slices.Contains(v.Also, score.Incomplete)
}

// brings is the least that a part of a sum can bring to it, and what it does; nil of what is not shown in points.
func (b *builder) brings(i int) (lowest exact.Number, points *[3]exact.Number) {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	if !b.inPoints(i) {
		return exact.Zero, nil
	}
	points = &[3]exact.Number{}
	for basis := range points {
		points[basis] = n.Points(c.Value(score.Basis(basis)))
	}
	return n.Points(exact.Zero), points
}
