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
	head := label[:from:from]
	for _, c := range section.Columns {
		head = append(head, words(c.Title).as(look{head: true}))
	}
	if len(section.Columns) > 0 {
		s.add(head...)
	}
	for _, row := range section.Rows {
		cells := label[:from:from]
		for _, c := range row {
			cells = append(cells, words(c.Text).as(look{tone: c.Tone}))
		}
		s.add(cells...)
	}
}

func blockTexts(blocks []report.Block) []string {
	var texts []string
	for _, b := range blocks {
		texts = append(texts, b.Text)
	}
	return texts
}
