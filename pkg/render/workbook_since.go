package render

import "github.com/touchstone-health/touchstone/pkg/report"

// since is a sheet of what moved since an earlier report, and of the criteria that did: what the other formats say of it, as
// text. Without an earlier report there is no sheet.
func (b *workbook) since() {
	var s *sheet
	for k, r := range b.reports {
		for _, section := range r.Sections {
			if section.ID != report.SinceSection && section.ID != report.MovesSection {
				continue
			}
			if s == nil {
				s = b.sheet(page{name: "Since", columns: append(b.whose(), column{"", 44, false}, column{"", 34, false}, column{"", 34, false}, column{"", 14, false}, column{"", 70, false})})
			}
			s.section(b.label(k, look{}), section)
		}
	}
	if s != nil {
		s.done(false)
	}
}

// section writes a section below what is there: its title, its rows under a head of their own, and what is said besides.
func (s *sheet) section(label []cell, section report.Section) {
	if s.row > 0 {
		s.add()
	}
	from, last := len(label), len(s.columns)-1
	line := func(c cell) { s.over(from, last, append(label[:from:from], c)...) }
	line(words(section.Title).as(look{heading: true}))
	for _, text := range append([]string{section.Note}, blockTexts(section.Blocks)...) {
		if text != "" {
			line(words(text))
		}
	}
	if len(section.Columns) == 0 {
		return
	}
	var head []report.Cell
	for _, c := range section.Columns {
		head = append(head, report.Cell{Text: c.Title})
	}
	s.add(s.spread(label, section.Columns, head, look{head: true})...)
	for _, row := range section.Rows {
		s.add(s.spread(label, section.Columns, row, look{})...)
	}
}

// spread puts the cells of a row in columns from the left, and a last one with sentences in the last, which is wide.
func (s *sheet) spread(label []cell, columns []report.Column, row []report.Cell, l look) []cell {
	cells := make([]cell, len(s.columns))
	copy(cells, label)
	for k, c := range row {
		at := len(label) + k
		if k == len(columns)-1 && columns[k].Share > 0 {
			at = len(cells) - 1
		}
		as := l
		as.tone, as.right = c.Tone, columns[k].Right
		cells[at] = words(c.Text).as(as)
	}
	return cells
}

func blockTexts(blocks []report.Block) []string {
	var texts []string
	for _, b := range blocks {
		texts = append(texts, b.Text)
	}
	return texts
}
