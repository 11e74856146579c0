package render

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// sectionView is a section of a page, with its heading's level and what stands below it.
type sectionView struct {
	ID, Title, Note string
	Level           int
	Blocks          []report.Block
	Table, Folded   tableView
	// Unfold says what is folded away.
	Unfold string
	Below  []sectionView
	// Levers are the picture that stands after the next steps.
	Levers   []leverView
	LeversID string
}

type tableView struct {
	Columns []columnView
	Rows    [][]cellView
}

// columnView is a column, with how much of the width it takes in per cent, or how many characters it takes at least; 0 is as
// much as the others leave.
type columnView struct {
	Title, Class string
	Width, Least int
}

type cellView struct {
	report.Cell
	Rest string // what follows after what the text is about
}

// sectionViews are sections from a level of headings on. What they point to is marked with the prefix, and is left out where
// the page has no such place.
func sectionViews(sections []report.Section, level int, prefix string) []sectionView {
	places := map[string]bool{}
	collect(sections, places)
	return sectionsBelow(sections, level, prefix, places)
}

func collect(sections []report.Section, places map[string]bool) {
	for i := range sections {
		places[sections[i].ID] = true
		collect(sections[i].Sections, places)
	}
}

func sectionsBelow(sections []report.Section, level int, prefix string, places map[string]bool) []sectionView {
	var views []sectionView
	for i := range sections {
		s := &sections[i]
		v := sectionView{ID: prefix + s.ID, Title: s.Title, Note: s.Note, Level: level, Blocks: s.Blocks, Unfold: s.Folded}
		open, folded := s.Rows, [][]report.Cell(nil)
		if s.Folded != "" {
			open, folded = s.Rows[:s.Open], s.Rows[s.Open:]
		}
		v.Table, v.Folded = newTableView(s.Columns, open, prefix, places), newTableView(s.Columns, folded, prefix, places)
		v.Below = sectionsBelow(s.Sections, level+1, prefix, places)
		views = append(views, v)
	}
	return views
}

func newTableView(columns []report.Column, rows [][]report.Cell, prefix string, places map[string]bool) tableView {
	v := tableView{Columns: columnViews(columns, rows)}
	for _, row := range rows {
		cells := make([]cellView, len(row))
		for i, c := range row {
			cells[i].Cell = c
			cells[i].To = ""
			if places[c.To] && c.To != "" {
				cells[i].To = prefix + c.To
			}
			if rest, is := strings.CutPrefix(c.Text, c.About); is {
				cells[i].Rest = rest
			} else {
				cells[i].About = ""
			}
		}
		v.Rows = append(v.Rows, cells)
	}
	return v
}

// columnViews share what the narrow columns leave.
func columnViews(columns []report.Column, rows [][]report.Cell) []columnView {
	const shared = 92
	sum := 0
	for _, c := range columns {
		sum += c.Share
	}
	views := make([]columnView, len(columns))
	for i, c := range columns {
		v := columnView{Title: c.Title}
		switch {
		case c.Right:
			v.Class = "right"
		case c.Share > 0:
			v.Width = c.Share * shared / sum
		case c.Title != "":
			v.Class, v.Least = "fit", longestWord(rows, i)
			if unbroken(rows, i) {
				v.Class = "short"
			}
		default:
			v.Class = "bare"
		}
		views[i] = v
	}
	return views
}

// longestWord is how many columns the longest word of a narrow column takes, within reason: no word of a sensible length is
// broken, and one without end breaks.
func longestWord(rows [][]report.Cell, column int) int {
	const most = 16
	longest := 0
	for _, row := range rows {
		for word := range strings.FieldsSeq(row[column].Text) {
			longest = max(longest, text.Width(word)+1)
		}
	}
	return min(longest, most)
}

// unbroken reports whether all texts of a column are so short that none need be broken.
func unbroken(rows [][]report.Cell, column int) bool {
	const most = 18
	return !slices.ContainsFunc(rows, func(row []report.Cell) bool { return text.Width(row[column].Text) > most || row[column].Code != "" })
}
