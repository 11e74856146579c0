package render

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// page is a section of a page: its columns are a table, however wide.
func (m markdown) page(s report.Section) {
	m.opening(s)
	if len(s.Columns) > 0 {
		if len(s.Blocks) > 0 {
			m.printf("\n")
		}
		m.table(s.Columns, s.Rows)
	}
	for i, below := range s.Sections {
		if i > 0 || len(s.Blocks)+len(s.Columns) > 0 {
			m.printf("\n")
		}
		m.deeper().page(below)
	}
}

// deeper writes headings one step further down, as far as there are any.
func (m markdown) deeper() markdown {
	const deepest = 5
	m.level = min(m.level+1, deepest)
	return m
}

// section is a section of a report. Rows that are folded away stand where a reader who wants them unfolds them, and where
// that is not understood below a line that says what they are.
func (m markdown) section(s report.Section) {
	m.opening(s)
	write := m.table
	if tooWide(s) || len(s.Columns) > 0 && s.Columns[0].Numbers {
		write = m.list
	}
	open, folded := s.Rows, [][]report.Cell(nil)
	if s.Folded != "" {
		open, folded = s.Rows[:s.Open], s.Rows[s.Open:]
	}
	if len(open) > 0 {
		write(s.Columns, open)
	}
	if len(folded) > 0 {
		if len(open) > 0 {
			m.printf("\n")
		}
		m.printf("<details>\n<summary>%s</summary>\n\n", html.EscapeString(s.Folded))
		write(s.Columns, folded)
		m.printf("\n</details>\n")
	}
}

func (m markdown) opening(s report.Section) {
	m.heading(1, s.Title)
	if s.Note != "" {
		m.printf("%s\n\n", escape(s.Note))
	}
	m.blocks(s.Blocks)
}

// tooWide reports whether a table would have rows that a page or an email has no room for.
func tooWide(s report.Section) bool {
	const page = 100
	return slices.ContainsFunc(s.Rows, func(row []report.Cell) bool {
		width := 0
		for _, c := range row {
			width += text.Width(strings.TrimSpace(text.Visible(c.Text))) + len(" | ")
		}
		return width > page
	})
}

func (m markdown) table(columns []report.Column, rows [][]report.Cell) {
	m.head(columns)
	for _, row := range rows {
		texts := make([]string, len(row))
		for i, c := range row {
			texts[i] = escape(c.Text)
			if c.Code != "" {
				texts[i] = strings.TrimSpace(texts[i] + " " + inlineCode(c.Code))
			}
		}
		m.row(texts)
	}
}

// inlineCode is code in the cell of a table, which a bar would end even there.
func inlineCode(s string) string {
	if strings.Contains(s, "`") {
		return escape(s)
	}
	return "`" + strings.ReplaceAll(text.Visible(s), "|", `\|`) + "`"
}

func (m markdown) head(columns []report.Column) {
	titles, rules := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		titles[i], rules[i] = escape(c.Title), "---"
		if c.Right {
			rules[i] = "--:"
		}
	}
	m.row(titles)
	m.printf("|%s|\n", strings.Join(rules, "|"))
}

// row takes texts that are escaped.
func (m markdown) row(texts []string) { m.printf("| %s |\n", strings.Join(texts, " | ")) }

// list is a table written row by row: what a row is about, then what the other columns say of it. The column with the
// largest share needs no title before it: it is what the row says.
func (m markdown) list(columns []report.Column, rows [][]report.Cell) {
	about := max(slices.IndexFunc(rows[0], func(c report.Cell) bool { return c.About != "" }), 0)
	items, airy, depth := make([][]string, len(rows)), false, -1
	for i, row := range rows {
		mark := "- "
		if columns[0].Numbers {
			mark = row[0].Text + " "
		}
		depth = min(row[about].Depth, depth+1) // further below than the next it would be read as code
		in := strings.Repeat("  ", depth)
		lines := item(columns, row, about)
		for k := range lines[1:] {
			lines[k+1] = in + strings.Repeat(" ", len(mark)) + lines[k+1]
		}
		lines[0] = in + mark + lines[0]
		items[i], airy = lines, airy || len(lines) > 1
	}
	for i, lines := range items {
		if airy && i > 0 {
			m.printf("\n")
		}
		m.printf("%s\n", strings.Join(lines, "  \n"))
	}
}

// item are the lines of a row: what it is about with the short columns that follow, the main text, the rest.
func item(columns []report.Column, row []report.Cell, about int) []string {
	main := largest(columns)
	first, said, rest := subject(row[about]), "", []string(nil)
	for k, c := range row {
		titled := strings.TrimPrefix(escape(columns[k].Title)+": ", ": ") + escape(c.Text)
		switch {
		case k == about || c.Text == "" || columns[k].Numbers:
		case k == main:
			said = escape(c.Text)
		case k > about && k < main:
			first += " · " + titled
		default:
			rest = append(rest, titled)
		}
	}
	lines := []string{first}
	switch {
	case said != "" && main == about+1 && row[about].About == "":
		lines[0] += after(row[about].Text) + said
	case said != "":
		lines = append(lines, said)
	}
	if len(rest) > 0 {
		lines = append(lines, strings.Join(rest, " · "))
	}
	return lines
}

// after is what stands between a text and what is said of it.
func after(s string) string {
	if strings.ContainsAny(s[max(len(s)-1, 0):], ".?!:") {
		return " "
	}
	return ": "
}

// largest is the column that takes most room, or -1 if that is none or the first.
func largest(columns []report.Column) int {
	at := 0
	for i, c := range columns {
		if c.Share > columns[at].Share {
			at = i
		}
	}
	if at == 0 {
		return -1
	}
	return at
}

// subject is what an item begins with: all of it in bold, unless it says what it is about.
func subject(c report.Cell) string {
	c.Text = strings.TrimPrefix(c.Text, strings.Repeat(report.Deeper, c.Depth))
	if c.About == "" {
		c.About = c.Text
	}
	return cmp.Or(headed(c), "–")
}

// headed is a text with what it is about in bold.
func headed(c report.Cell) string {
	rest, is := strings.CutPrefix(c.Text, c.About)
	if c.About == "" || !is || strings.Trim(rest[:min(len(rest), 1)], ": ") != "" {
		return escape(c.Text)
	}
	return bold(c.About) + within(strings.TrimRight(rest, " "))
}
