package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/crosswalk"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Crosswalk shows what a rubric traces to: item by item, what covers it, and part by part, what it covers. Of several
// references only the counts are shown, and what is not covered.
func Crosswalk(m *score.Model, parts []*crosswalk.Part, sources []*crosswalk.Source) Page {
	p := Page{
		Title: m.Rubric.Title + " " + m.Rubric.Version + " and what it traces to",
		Data:  func() any { return crosswalkData(m, parts, sources) },
	}
	if len(sources) == 1 {
		p.Lines = referenceLines(sources[0].Reference)
	}
	p.add(crosswalkCounts(sources))
	if len(sources) == 1 {
		p.add(crosswalkItems(sources[0]))
	}
	for _, s := range sources {
		p.add(crosswalkUncovered(s, len(sources) > 1))
	}
	p.add(crosswalkTwice(sources))
	p.add(crosswalkParts(m, parts, sources))
	return p
}

// add adds a section that has something to say.
func (p *Page) add(s Section) {
	if len(s.Rows) > 0 {
		p.Sections = append(p.Sections, s)
	}
}

func referenceLines(r *rubric.Reference) []string {
	who := strings.Join(nonEmpty(r.Publisher, r.Year, r.Version), ", ")
	lines := []string{fmt.Sprintf("Reference %s: %s (%s)", r.ID, r.Title, cmp.Or(who, "publisher not stated"))}
	if r.Licence != "" {
		lines = append(lines, "Licence: "+r.Licence)
	}
	if !r.ReadOn.IsZero() {
		lines = append(lines, "Sources read on "+r.ReadOn.String()+".")
	}
	if len(r.Unverified) > 0 {
		lines = append(lines, "Not checked: "+sentences(r.Unverified))
	}
	return lines
}

func nonEmpty(texts ...string) (kept []string) {
	for _, t := range texts {
		if t != "" {
			kept = append(kept, t)
		}
	}
	return kept
}

func crosswalkCounts(sources []*crosswalk.Source) Section {
	s := Section{
		ID: "coverage", Title: "How far each is covered", Note: "Report: a part of the report answers it. Context asks for nothing. Open: nothing covers it.",
		Columns: []Column{
			{Title: "Reference", Share: 1},
			{Title: "Items", Right: true},
			{Title: "Covered", Right: true},
			{Title: "Partly", Right: true},
			{Title: "Supported", Right: true},
			{Title: "Report", Right: true},
			{Title: "Context", Right: true},
			{Title: "Open", Right: true},
		},
	}
	for _, x := range sources {
		row := cells(x.ID, strconv.Itoa(len(x.Rows)))
		for _, is := range []crosswalk.Standing{crosswalk.Met, crosswalk.PartlyMet, crosswalk.Supported, crosswalk.Reported, crosswalk.Context, crosswalk.Uncovered} {
			row = append(row, Cell{Text: strconv.Itoa(x.Count(is))})
		}
		if x.Count(crosswalk.Uncovered) > 0 {
			row[len(row)-1].Tone = Caution
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func crosswalkItems(x *crosswalk.Source) Section {
	s := Section{
		ID: "items", Title: "Item by item",
		Columns: []Column{{Title: "Item"}, {Title: "What it says", Share: 4}, {Title: "Covered by", Share: 5}},
	}
	for i := range x.Rows {
		row := &x.Rows[i]
		line := cells(row.ID, itemSays(row), coveredBy(row))
		switch row.Standing {
		case crosswalk.Uncovered:
			line[2].Tone = Caution
		case crosswalk.Context:
			line[2].Tone = Faint
		case crosswalk.Met, crosswalk.PartlyMet, crosswalk.Supported, crosswalk.Reported:
		}
		s.Rows = append(s.Rows, line)
	}
	return s
}

// itemSays is an item in words, with what should be known of it.
func itemSays(row *crosswalk.Row) string {
	var notes []string
	if row.Inferred {
		notes = append(notes, "inferred")
	}
	if row.Unverified {
		notes = append(notes, "not read in the original")
	}
	if len(notes) == 0 {
		return row.Says
	}
	return row.Says + " (" + strings.Join(notes, ", ") + ")"
}

// coveredBy names what covers an item, each with how, unless it meets it.
func coveredBy(row *crosswalk.Row) string {
	var texts []string
	for _, c := range row.Covers {
		text := c.What + " " + c.Name
		if c.How != crosswalk.Meets {
			text += " (" + c.How + ")"
		}
		texts = append(texts, text)
	}
	switch row.Standing {
	case crosswalk.Reported:
		texts = append(texts, "the report "+rubric.ReportParts[row.AnsweredBy]+" ("+row.AnsweredBy+")")
	case crosswalk.Context:
		texts = append(texts, "context; nothing to cover")
	case crosswalk.Uncovered:
		texts = append(texts, uncovered(len(texts)))
	case crosswalk.Met, crosswalk.PartlyMet, crosswalk.Supported:
	}
	return strings.Join(texts, "; ")
}

// uncovered says that nothing covers an item, also of one that something names.
func uncovered(names int) string {
	if names == 0 {
		return "nothing"
	}
	return "nothing that covers it"
}

func crosswalkUncovered(x *crosswalk.Source, named bool) Section {
	s := Section{ID: "uncovered-" + x.ID, Title: "Not covered", Columns: []Column{{Title: "Item"}, {Title: "Kind"}, {Title: "What it says", Share: 1}}}
	if named {
		s.Title += " of " + x.ID
	}
	for i := range x.Rows {
		if row := &x.Rows[i]; row.Standing == crosswalk.Uncovered {
			s.Rows = append(s.Rows, cells(row.ID, row.Kind, itemSays(row)))
		}
	}
	return s
}

func crosswalkTwice(sources []*crosswalk.Source) Section {
	s := Section{
		ID: "twice", Title: "Counted twice", Note: "Two criteria that add to the score meet the same item.",
		Columns: []Column{{Title: "Item"}, {Title: "Met by", Share: 1}},
	}
	for _, x := range sources {
		for i := range x.Rows {
			if row := &x.Rows[i]; row.Twice() {
				s.Rows = append(s.Rows, cells(x.ID+":"+row.ID, strings.Join(row.CountedBy(), ", ")))
			}
		}
	}
	return s
}

func crosswalkParts(m *score.Model, parts []*crosswalk.Part, sources []*crosswalk.Source) Section {
	s := Section{
		ID: "parts", Title: "Part by part",
		Columns: []Column{{Title: "Part of the rubric", Share: 3}, {Title: "Covers", Share: 5}},
	}
	if len(sources) == 1 {
		s.Note = fmt.Sprintf("%s of %s that trace to %s.", diag.Plural(len(tracing(parts, sources)), "part"), m.Rubric.ID, sources[0].ID)
	}
	for _, p := range parts {
		links := linksTo(p, sources)
		if len(links) == 0 && len(sources) == 1 {
			continue
		}
		row := cells(p.What+" "+p.Name, strings.Join(links, ", "))
		if len(links) == 0 {
			row[1] = Cell{Text: "nothing", Tone: Faint}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func tracing(parts []*crosswalk.Part, sources []*crosswalk.Source) (those []*crosswalk.Part) {
	for _, p := range parts {
		if len(linksTo(p, sources)) > 0 {
			those = append(those, p)
		}
	}
	return those
}

// linksTo are the items of the references that a part covers, each with how, unless it meets it.
func linksTo(p *crosswalk.Part, sources []*crosswalk.Source) (links []string) {
	for _, l := range p.Links {
		for _, x := range sources {
			if l.Reference != x.ID {
				continue
			}
			text := l.Item
			if len(sources) > 1 {
				text = l.Reference + ":" + l.Item
			}
			if l.How != crosswalk.Meets {
				text += " (" + l.How + ")"
			}
			links = append(links, text)
		}
	}
	return links
}
