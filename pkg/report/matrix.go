package report

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Matrix sets several reports beside each other, a row each; and part by part those that have the same parts under one rubric:
// what is not asked alike cannot be compared.
type Matrix struct {
	Title, Note string
	Rows        []MatrixRow
	Groups      []MatrixGroup
}

// MatrixRow is one report: what it comes to, and its three scores as they are written.
type MatrixRow struct {
	// Name is that of the innovation and whose it is.
	Name, Result string
	// Rubric is named only where not all have the same.
	Rubric string
	Tone   Tone
	Scores [3]string
}

// MatrixGroup are two reports or more that are asked alike. Members are their places among the rows, Shorts their own names,
// and Dimensions what each has beside the parts.
type MatrixGroup struct {
	// Rubric is named only where there are others.
	Rubric     string
	Parts      []string
	Members    []int
	Shorts     []string
	Dimensions [][]Dimension
}

// NewMatrix takes one report or more.
func NewMatrix(reports []*Report) Matrix {
	m := Matrix{Title: diag.Plural(len(reports), "innovation"), Note: summaryNote(reports)}
	mixed := slices.ContainsFunc(reports, func(r *Report) bool { return r.Rubric != reports[0].Rubric })
	for i, r := range reports {
		row := MatrixRow{Name: r.Name, Result: headlineText(r.Headline), Tone: r.Headline.Tone, Scores: [3]string{"–", "–", "–"}}
		if mixed {
			row.Rubric = r.Rubric
		}
		for k, s := range r.Headline.Scores {
			row.Scores[k] = s.Text
		}
		m.Rows = append(m.Rows, row)
		m.join(i, r, row.Rubric)
	}
	m.Groups = slices.DeleteFunc(m.Groups, func(g MatrixGroup) bool { return len(g.Members) < 2 || len(g.Parts) == 0 })
	return m
}

// join adds a report to the group of those that are asked alike.
func (m *Matrix) join(i int, r *Report, rubric string) {
	parts := titles(r)
	at := slices.IndexFunc(m.Groups, func(g MatrixGroup) bool { return g.Rubric == rubric && slices.Equal(g.Parts, parts) })
	if at < 0 {
		at = len(m.Groups)
		m.Groups = append(m.Groups, MatrixGroup{Rubric: rubric, Parts: parts})
	}
	g := &m.Groups[at]
	g.Members, g.Shorts, g.Dimensions = append(g.Members, i), append(g.Shorts, r.Short), append(g.Dimensions, r.Dimensions.Rows)
}

func titles(r *Report) []string {
	var all []string
	for _, d := range r.Dimensions.Rows {
		all = append(all, d.Title)
	}
	return all
}
