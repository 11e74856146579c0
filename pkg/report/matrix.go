package report

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Matrix sets several reports beside each other. Parts are the titles of the dimensions, and empty unless all have the
// same ones under one rubric: what is not asked alike cannot be compared.
type Matrix struct {
	Title, Note string
	Parts       []string
	Rows        []MatrixRow
}

// MatrixRow is one report: what it comes to, its three scores as they are written, and its dimensions beside the parts.
type MatrixRow struct {
	// Name is that of the innovation and whose it is, Short its own alone.
	Name, Short, Result string
	// Rubric is named only where not all have the same.
	Rubric string
	Tone   Tone
	Scores [3]string
	Parts  []Dimension
}

// NewMatrix takes one report or more.
func NewMatrix(reports []*Report) Matrix {
	m := Matrix{Title: diag.Plural(len(reports), "innovation"), Note: summaryNote(reports), Parts: titles(reports[0])}
	mixed := slices.ContainsFunc(reports, func(r *Report) bool { return r.Rubric != reports[0].Rubric })
	if mixed || slices.ContainsFunc(reports, func(r *Report) bool { return !slices.Equal(titles(r), m.Parts) }) {
		m.Parts = nil
	}
	for _, r := range reports {
		row := MatrixRow{Name: r.Name, Short: r.Short, Result: headlineText(r.Headline), Tone: r.Headline.Tone, Scores: [3]string{"–", "–", "–"}}
		if mixed {
			row.Rubric = r.Rubric
		}
		for k, s := range r.Headline.Scores {
			row.Scores[k] = s.Text
		}
		if len(m.Parts) > 0 {
			row.Parts = r.Dimensions.Rows
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func titles(r *Report) []string {
	var all []string
	for _, d := range r.Dimensions.Rows {
		all = append(all, d.Title)
	}
	return all
}
