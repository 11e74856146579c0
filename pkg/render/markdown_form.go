package render

import (
	"io"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// MarkdownForm writes a blank form for GitHub's dialect, to be filled in with an editor or printed. Text from files cannot
// become markup.
func MarkdownForm(w io.Writer, f report.Form) error {
	m := markdown{out: &sticky{w: w}, level: 1}
	m.printf("# %s\n\nRubric %s  \nScoring %s\n", escape(f.Title), inlineCode(f.Edition), inlineCode(f.Scoring))
	for _, line := range f.Lines {
		m.printf("\n%s\n", escape(line))
	}
	for _, s := range f.Sections {
		m.formSection(s)
	}
	return m.out.err
}

func (m markdown) formSection(s report.FormSection) {
	m.printf("\n%s %s\n", strings.Repeat("#", m.level+1), escape(s.Title))
	for _, line := range s.Lines {
		m.printf("\n%s\n", escape(line))
	}
	for _, f := range s.Fields {
		m.printf("\n")
		m.field(f)
	}
	for _, below := range s.Sections {
		m.deeper().formSection(below)
	}
}

// ruled is a line to write on, and box one to tick.
const ruled, box = "……………………………………………………", "☐"

func (m markdown) field(f report.Field) {
	label := bold(f.Label)
	if f.Note != "" {
		label += "\n" + escape(f.Note)
	}
	switch f.Kind {
	case report.FieldLine:
		between := " "
		if f.Note != "" {
			between = "\n\n"
		}
		m.printf("%s%s%s\n", label, between, ruled)
	case report.FieldParagraph:
		m.printf("%s\n\n%s\n\n%s\n", label, ruled, ruled)
	case report.FieldTick:
		m.printf("%s\n\n", label)
		for _, c := range f.Choices {
			text := within(c.Label)
			if c.Text != "" {
				text = bold(c.Label) + " " + within(c.Text)
			}
			m.printf("- %s %s\n", box, text)
		}
	case report.FieldTable:
		m.printf("%s\n\n", label)
		titles := make([]string, len(f.Columns))
		for i, title := range f.Columns {
			titles[i] = escape(title)
		}
		m.row(titles)
		m.printf("|%s\n", strings.Repeat("---|", len(f.Columns)))
		for range f.Rows {
			m.printf("|%s\n", strings.Repeat("   |", len(f.Columns)))
		}
	}
}
