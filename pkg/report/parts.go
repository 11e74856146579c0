package report

import (
	"cmp"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// timeline is when the benefits come. It stands before the next steps: what counts is how soon gains arrive, not how
// soon a product is installed.
func (b *builder) timeline() Section {
	return b.led("benefit-timeline", "When benefits come", rubric.PartBenefitTimeline)
}

// accountable is who answers for it, by name.
func (b *builder) accountable() Section {
	return b.led("accountable", "Who answers for it", rubric.PartAccountable)
}

// led is a section of the facts that a rubric puts into a part of the report. An idea is not asked for them: it shows
// those that it states. Later, what is not stated is shown as not known.
func (b *builder) led(id, title, part string) Section {
	s := Section{ID: id, Title: title, Columns: []Column{{Title: "Question", Share: 5}, {Title: "Answer", Share: 4}}}
	for _, name := range b.m.FactNames() {
		f := b.m.Fact(name)
		if f.Part != part {
			continue
		}
		answer, stated := b.fact(name)
		if !stated && b.early() {
			continue
		}
		row := cells(cmp.Or(f.Ask, name), answer)
		if !stated {
			row[1] = Cell{Text: notKnown, Tone: Caution}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// fact is what the record states.
func (b *builder) fact(name string) (answer string, stated bool) {
	for _, e := range b.res.Record.Innovation.Facts {
		if e.Key == name && !e.Empty {
			return e.Value.Value, true
		}
	}
	return "", false
}

// inPlace names what is met, part by part: how far the way led so far.
func (b *builder) inPlace() Section {
	s := Section{ID: "in-place", Title: "In place already", Columns: []Column{{Title: "Part", Share: 2}, {Title: "Criteria", Share: 6}}}
	top := b.top()
	var direct []string // criteria right below, which stand in no part
	for _, part := range b.m.Nodes[top].Children {
		var titles []string
		for i := part; i < b.m.Nodes[part].End; i++ {
			if b.m.Nodes[i].IsLeaf() && b.res.Criteria[i].State == score.Answered && b.res.Criteria[i].Counts() && b.res.Met(i) {
				titles = append(titles, b.m.Nodes[i].Title)
			}
		}
		switch {
		case b.m.Nodes[part].IsLeaf():
			direct = append(direct, titles...)
		case len(titles) > 0:
			s.Rows = append(s.Rows, cells(b.m.Nodes[part].Title, strings.Join(titles, ", ")))
		}
	}
	if len(direct) > 0 {
		s.Rows = append(s.Rows, cells(b.m.Nodes[top].Title, strings.Join(direct, ", ")))
	}
	return s
}
