package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// detail is every criterion, in the rubric's order.
func (b *builder) detail() Section {
	s := Section{
		ID: "detail", Title: "Every criterion",
		Columns: []Column{
			{Title: "Criterion", Share: 3},
			{Title: "Claimed", Share: 2},
			{Title: "Counts as", Share: 2},
			{Title: "Points", Right: true},
			{Title: "Why, evidence and sources", Share: 7},
		},
	}
	leaves := 0
	for i := range b.m.Nodes {
		s.Rows = append(s.Rows, b.detailRow(i))
		if b.m.Nodes[i].IsLeaf() {
			leaves++
		}
	}
	s.Folded = fmt.Sprintf("All %d, one by one: what is claimed, what counts, and what that rests on", leaves)
	return s
}

func (b *builder) detailRow(i int) []Cell {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	if !n.IsLeaf() {
		row := append([]Cell{nested(n)}, cells(b.score(i, score.Claimed), b.score(i, score.Evidenced), b.points(i), b.combined(i))...)
		for j := range row {
			row[j].Tone = Faint
		}
		return row
	}
	claimed, counts := "–", b.w.stands(i)
	if c.State == score.Answered {
		claimed, counts = b.w.claimed(i), b.w.counts(i)
	}
	return append([]Cell{nested(n)}, cells(claimed, counts, b.points(i), b.explained(i))...)
}

// combined says how a group is made, and of a rubric that is used in part, of what.
func (b *builder) combined(i int) string {
	n := &b.m.Nodes[i]
	text := "Combined by " + n.Combine() + b.share(i) + "."
	if n.Profile() {
		text = "A profile: read part by part, never added up."
	}
	if n.Part != nil {
		text += " Uses " + partOf(n) + "."
	}
	return text
}

// partOf says what of a rubric is in use; a rubric that is cut or reweighted is never quoted under its own id.
func partOf(n *score.Node) string {
	text := fmt.Sprintf("%d of %d of %s %s", n.Part.Criteria, n.Part.Of, n.Rubric.ID, n.Rubric.Version)
	if n.Part.Criteria == 0 && n.Part.Of == 0 {
		text = n.Rubric.ID + " " + n.Rubric.Version
	}
	if n.Part.Reweighted {
		text += " with other weights"
	}
	return text
}

func (b *builder) share(i int) string {
	if c := &b.res.Criteria[i]; c.Share != nil {
		return ", " + percent(*c.Share) + " of the whole"
	}
	return ""
}

func (b *builder) points(i int) string {
	c := &b.res.Criteria[i]
	switch {
	case c.Contribution == nil || b.m.Nodes[i].Policy() != "": // what is shown is not what counts
		return "–"
	case c.State == score.Unanswered || c.State == score.MayApply:
		return notKnown
	}
	return c.Contribution[score.Evidenced].Fixed(1)
}

// explained says why a leaf counts as it does, and what that rests on.
func (b *builder) explained(i int) string { return strings.Join(b.explanations(i), " ") }

func (b *builder) explanations(i int) []string {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	var parts []string
	if n.IsRule() {
		parts = append(parts, "Answered by a rule: "+conditions{b.m}.ruled(n)+".")
	}
	if c.State == score.Answered && n.Scale != nil && c.Respondents == 0 && n.Scale.Levels[c.Level].Seen != "" {
		parts = append(parts, n.Scale.Levels[c.Level].Seen)
	}
	if c.Because != "" {
		parts = append(parts, "They say: "+c.Because)
	}
	if len(c.Unmet) > 0 {
		parts = append(parts, "Capped: "+b.whyCapped(i, c.Unmet))
	}
	if len(c.Evidence) > 0 {
		var ids []string
		for _, item := range c.Evidence {
			ids = append(ids, item.ID)
		}
		parts = append(parts, "Evidence: "+strings.Join(ids, ", ")+".")
	}
	if sources := sourcesOf(n.Source.Maps); len(sources) > 0 {
		parts = append(parts, "Sources: "+strings.Join(sources, ", ")+".")
	}
	return parts
}

func sourcesOf(maps []rubric.Map) []string {
	var sources []string
	for _, m := range maps {
		sources = append(sources, m.To)
	}
	return sources
}

// Deeper stands before what lies below something else, once for each level.
const Deeper = "› "

// nested marks how deep a criterion lies below the rubric's own.
func nested(n *score.Node) Cell {
	depth := max(n.Depth-1, 0)
	return Cell{Text: strings.Repeat(Deeper, depth) + n.Title, Depth: depth}
}
