package render

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// narrowest is the least width that tables are laid out for.
const narrowest = 60

// Table writes the reports for a terminal: every line fits in its width, and text from files cannot move its cursor.
func Table(w io.Writer, reports []*report.Report, o Options) error {
	t := terminal{out: &sticky{w: w}, width: max(o.Width, narrowest), colour: o.Colour}
	if len(reports) > 1 {
		t.section(report.Summary(reports))
		t.rule()
	}
	for i, r := range reports {
		if i > 0 {
			t.rule()
		}
		t.report(r)
	}
	return t.out.err
}

type terminal struct {
	out    *sticky
	width  int
	colour bool
}

func (t terminal) line(s string) { fmt.Fprintln(t.out, strings.TrimRight(s, " ")) }

func (t terminal) rule() { fmt.Fprintf(t.out, "\n%s\n\n", strings.Repeat("─", t.width)) }

// wrapped writes text over as many lines as it needs, each after the same indent.
func (t terminal) wrapped(indent, s string, style func(string) string) {
	for _, line := range text.Wrap(text.Visible(s), t.width-len(indent)) {
		t.line(indent + style(line))
	}
}

func (t terminal) report(r *report.Report) {
	t.wrapped("", r.Name, t.bold)
	t.wrapped("", r.Stage, plain)
	t.wrapped("", r.Basis, t.faint)
	t.line("")
	t.headline(r.Headline)
	t.line("")
	t.dimensions(r.Dimensions)
	for _, s := range r.Sections {
		t.line("")
		t.section(s)
	}
	t.line("")
	for _, line := range r.Method {
		t.wrapped("", line, t.faint)
	}
	t.wrapped("", "touchstone "+report.Kind, t.faint)
}

func (t terminal) headline(h report.Headline) {
	const indent = "  "
	word := text.Visible(h.Word)
	space := indent + strings.Repeat(" ", text.Width(word)+2)
	lines := text.Wrap(text.Visible(h.Text), t.width-len(space))
	t.line(indent + t.tone(h.Tone, t.bold(word)) + "  " + t.bold(lines[0]))
	for _, line := range lines[1:] {
		t.line(space + t.bold(line))
	}
	if h.Aside != "" {
		t.wrapped(indent, "("+h.Aside+")", plain)
	}
	var scores []string
	for _, s := range h.Scores {
		scores = append(scores, s.Name+" "+t.bold(text.Visible(s.Text)))
	}
	t.line(indent + strings.Join(scores, "    ") + "    " + text.Visible(h.Next))
}

// bars are drawn of what is evidenced, claimed beyond that, and possible beyond that.
const (
	barEvidenced, barClaimed, barPossible, barRest = "█", "▒", "░", "·"

	narrowBar, wideBar = 20, 32
	wide               = 100
)

func (t terminal) dimensions(d report.Dimensions) {
	width := narrowBar
	if t.width >= wide {
		width = wideBar
	}
	s := report.Section{Columns: []report.Column{
		{Title: "", Share: 1}, {Title: "Share", Right: true}, {Title: ""},
		{Title: "Evidenced", Right: true}, {Title: "Claimed", Right: true}, {Title: "At best", Right: true},
	}}
	if t.width >= wide {
		s.Columns = append(s.Columns, report.Column{Title: ""})
	}
	for _, row := range d.Rows {
		cells := []report.Cell{{Text: row.Title}, {Text: row.Share}, {Text: bar(row, width)}, {Text: row.Evidenced}, {Text: row.Claimed}, {Text: row.AtBest}}
		if t.width >= wide {
			cells = append(cells, report.Cell{Text: row.Band})
		}
		s.Rows = append(s.Rows, cells)
	}
	t.table(s)
	t.wrapped("", fmt.Sprintf("%s evidenced   %s claimed beyond that   %s possible, not known", barEvidenced, barClaimed, barPossible), t.faint)
}

func bar(d report.Dimension, width int) string {
	if !d.Scored {
		return ""
	}
	filled := int(d.Filled*float64(width) + 0.5)
	claimed := max(int(d.Reach*float64(width)+0.5), filled)
	possible := max(int(d.Possible*float64(width)+0.5), claimed)
	return strings.Repeat(barEvidenced, filled) + strings.Repeat(barClaimed, claimed-filled) +
		strings.Repeat(barPossible, possible-claimed) + strings.Repeat(barRest, max(width-possible, 0))
}

func (t terminal) section(s report.Section) {
	t.line(t.bold(text.Visible(s.Title)))
	if s.Note != "" {
		t.wrapped("", s.Note, t.faint)
	}
	t.table(s)
}

// gutter is the space between columns.
const gutter = 2

// table lays out the widths and wraps the cells; the library draws the lines.
func (t terminal) table(s report.Section) {
	s = visible(s)
	widths := t.widths(s)
	var b bytes.Buffer
	table := tablewriter.NewTable(&b, tablewriter.WithConfig(config(s.Columns)), tablewriter.WithRenderer(renderer.NewBlueprint(rendition(airy(s, widths)))))
	header := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		header[i] = strings.Join(text.Wrap(c.Title, widths[i]), "\n")
	}
	table.Header(header)
	for _, row := range s.Rows {
		t.check(table.Append(t.cells(row, widths)))
	}
	t.check(table.Render())
	t.drawn(b.String())
}

// visible returns the section with its texts made safe to print.
func visible(s report.Section) report.Section {
	rows := make([][]report.Cell, len(s.Rows))
	for i, row := range s.Rows {
		rows[i] = slices.Clone(row)
		for j := range row {
			rows[i][j].Text = text.Visible(row[j].Text)
		}
	}
	s.Rows = rows
	return s
}

// drawn writes what the library drew, with an empty line instead of a rule between rows: rules between all of them
// are more to look at than the text.
func (t terminal) drawn(table string) {
	headed := false
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		rule := strings.Trim(line, "─ ") == "" && strings.Contains(line, "─")
		if rule && headed {
			line = ""
		}
		headed = headed || rule
		t.line(line)
	}
}

func (t terminal) check(err error) {
	if err != nil && t.out.err == nil {
		t.out.err = err
	}
}

func (t terminal) cells(row []report.Cell, widths []int) []string {
	texts := make([]string, len(row))
	for i, c := range row {
		lines := text.Wrap(c.Text, widths[i])
		for j := range lines {
			lines[j] = t.tone(c.Tone, lines[j])
		}
		texts[i] = strings.Join(lines, "\n")
	}
	return texts
}

// widths gives columns without a share what their text needs, and the rest to the others by their shares. What
// columns with short texts leave over goes to those that wrap.
func (t terminal) widths(s report.Section) []int {
	const least = 8
	needed := needs(s)
	widths := make([]int, len(s.Columns))
	left, shares := t.width-gutter*(len(s.Columns)-1), 0
	for i, c := range s.Columns {
		shares += c.Share
		if c.Share == 0 {
			widths[i] = needed[i]
			left -= widths[i]
		}
	}
	rest := left
	for i, c := range s.Columns {
		if c.Share > 0 {
			widths[i] = min(max(left*c.Share/shares, least), needed[i])
			rest -= widths[i]
		}
	}
	for i := range widths {
		if more := min(needed[i]-widths[i], rest); more > 0 {
			widths[i] += more
			rest -= more
		}
	}
	return widths
}

// needs is how wide each column would be without wrapping.
func needs(s report.Section) []int {
	needed := make([]int, len(s.Columns))
	for i, c := range s.Columns {
		needed[i] = max(text.Width(c.Title), 1)
		for _, row := range s.Rows {
			needed[i] = max(needed[i], text.Width(row[i].Text))
		}
	}
	return needed
}

// airy reports whether a cell wraps, so that rows need a line between them.
func airy(s report.Section, widths []int) bool {
	for i, needed := range needs(s) {
		if needed > widths[i] {
			return true
		}
	}
	return false
}

func config(columns []report.Column) tablewriter.Config {
	align := make([]tw.Align, len(columns))
	padding := make([]tw.Padding, len(columns))
	for i, c := range columns {
		align[i] = tw.AlignLeft
		if c.Right {
			align[i] = tw.AlignRight
		}
		padding[i] = tw.Padding{Right: strings.Repeat(" ", gutter), Overwrite: true}
		if i == len(columns)-1 {
			padding[i] = tw.PaddingNone
		}
	}
	cell := tw.CellConfig{
		Alignment:  tw.CellAlignment{PerColumn: align},
		Padding:    tw.CellPadding{PerColumn: padding},
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
	}
	return tablewriter.Config{Header: cell, Row: cell, Behavior: tw.Behavior{TrimSpace: tw.Off}}
}

func rendition(airy bool) tw.Rendition {
	between := tw.Off
	symbols := tw.NewSymbolCustom("report").WithRow("─").WithCenter("─")
	if airy {
		between = tw.On
	}
	return tw.Rendition{
		Borders: tw.BorderNone, Symbols: symbols,
		Settings: tw.Settings{
			Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: between, ShowHeader: tw.On},
			Lines:      tw.Lines{ShowHeaderLine: tw.On},
		},
	}
}

// Styles of the terminal (ECMA-48, Select Graphic Rendition).
const (
	sgrReset = "\x1b[0m"
	sgrBold  = "\x1b[1m"
	sgrFaint = "\x1b[2m"
	sgrRed   = "\x1b[31m"
	sgrGreen = "\x1b[32m"
	sgrAmber = "\x1b[33m"
)

func plain(s string) string { return s }

func (t terminal) styled(sgr, s string) string {
	if !t.colour || s == "" {
		return s
	}
	return sgr + s + sgrReset
}

func (t terminal) bold(s string) string { return t.styled(sgrBold, s) }

func (t terminal) faint(s string) string { return t.styled(sgrFaint, s) }

func (t terminal) tone(tone report.Tone, s string) string {
	switch tone {
	case report.Bad:
		return t.styled(sgrRed, s)
	case report.Caution:
		return t.styled(sgrAmber, s)
	case report.Good:
		return t.styled(sgrGreen, s)
	case report.Faint:
		return t.styled(sgrFaint, s)
	case report.Plain:
	}
	return s
}

// TablePage writes a page for a terminal.
func TablePage(w io.Writer, p report.Page, o Options) error {
	t := terminal{out: &sticky{w: w}, width: max(o.Width, narrowest), colour: o.Colour}
	if p.Title != "" {
		t.wrapped("", p.Title, t.bold)
	}
	for _, line := range p.Lines {
		t.wrapped("", line, plain)
	}
	for i, s := range p.Sections {
		if i > 0 || p.Title != "" {
			t.line("")
		}
		t.section(s)
	}
	return t.out.err
}
