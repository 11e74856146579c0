package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// fewMoves is how many criteria that moved a tired reader is shown.
const fewMoves = 10

// moves are the criteria that moved, with the reason for each.
func (b *builder) moves() Section {
	if b.p == nil || len(b.p.Criteria) == 0 {
		return Section{}
	}
	s := Section{
		ID: MovesSection, Title: "What moved since " + b.p.AsOf.String() + ", and why",
		Columns: []Column{{Title: "Criterion", Share: 3}, {Title: "Then", Share: 2}, {Title: "Now", Share: 2}, {Title: "Points", Right: true}, {Title: "Why", Share: 4}},
	}
	apart, alike := b.p.Criteria, [][]progress.Move(nil)
	if !b.detailed {
		apart, alike = b.alike()
	}
	shown := apart
	if !b.detailed && len(shown) > fewMoves+1 { // no line is saved by leaving out one
		shown = shown[:fewMoves]
	}
	for i := range shown {
		s.Rows = append(s.Rows, b.move(&shown[i]))
	}
	if rest := apart[len(shown):]; len(rest) > 0 {
		s.Rows = append(s.Rows, b.restOf(rest))
	}
	for _, moves := range alike {
		row := b.move(&moves[0])
		row[0].Text = fmt.Sprintf("%d criteria", len(moves))
		s.Rows = append(s.Rows, row)
	}
	if n := b.p.Sharing; n > 0 {
		row := cells(diag.Plural(n, "other"), "", "", "", "As they were. Each is another share of the whole, as other criteria count now.")
		row[3] = b.change(b.p.Shares)
		s.Rows = append(s.Rows, row)
	}
	if b.p.Points != nil {
		lowest := ""
		if !known(score.Evidenced, b.p.Then.State()) || !known(score.Evidenced, b.res.Criteria[0].State.String()) {
			lowest = ", in which what is not known counts at its lowest"
		}
		s.Note = "Points are of the evidenced score" + lowest + ", and come to " + signed(*b.p.Points) + " together."
		return s
	}
	s.Columns = slices.Delete(s.Columns, 3, 4)
	for i := range s.Rows {
		s.Rows[i] = slices.Delete(s.Rows[i], 3, 4)
	}
	return s
}

func (b *builder) move(m *progress.Move) []Cell {
	row := cells(b.m.Nodes[m.Node].Title, b.stoodThen(m), b.standsNow(m.Node), "–", b.whyMoved(m))
	if m.Points != nil {
		row[3] = b.change(*m.Points)
	}
	return row
}

// alike are the moves that each have a line of their own, and those of which several say the same and bring nothing: at
// another stage many criteria begin to be expected, and are not answered yet.
func (b *builder) alike() (apart []progress.Move, alike [][]progress.Move) {
	const several = 3
	var said []string
	by := map[string][]progress.Move{}
	for i := range b.p.Criteria {
		m := &b.p.Criteria[i]
		text := strings.Join([]string{b.stoodThen(m), b.standsNow(m.Node), b.whyMoved(m)}, "\n")
		if m.Points != nil && !m.Points.IsZero() || m.Then.State == b.res.Criteria[m.Node].State.String() {
			text = b.m.Nodes[m.Node].Name
		}
		said, by[text] = appendNew(said, []string{text}), append(by[text], *m)
	}
	for _, text := range said {
		if moves := by[text]; len(moves) < several {
			apart = append(apart, moves...)
		} else {
			alike = append(alike, moves)
		}
	}
	return apart, alike
}

// restOf sums up the criteria that are not shown.
func (b *builder) restOf(rest []progress.Move) []Cell {
	sum := exact.Zero
	for _, m := range rest {
		if m.Points != nil {
			sum = sum.Add(*m.Points)
		}
	}
	row := cells(fmt.Sprintf("%d more", len(rest)), "", "", "", "Those that moved least; --detail lists all.")
	row[3] = b.change(sum)
	return row
}
