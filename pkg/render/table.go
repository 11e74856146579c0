package render

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twcache"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// narrowest is the least width that tables are laid out for.
const narrowest = 72

// Table writes the reports for a terminal: every line fits in its width, and text from files cannot move its cursor.
func Table(w io.Writer, reports []*report.Report, o Options) error {
	t := terminal{out: &sticky{w: w}, width: max(o.Width, narrowest), colour: o.Colour, drawer: &drawer{}}
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
	drawer *drawer
}

// drawer draws one table after another: the library sets aside half a megabyte for each that is made anew or reset, for
// a cache of how it turns other types into text. All cells here are text.
type drawer struct {
	table *tablewriter.Table
	drawn bytes.Buffer
}

// begin is an empty table with columns of its own.
func (d *drawer) begin(columns []report.Column, airy bool) *tablewriter.Table {
	d.drawn.Reset()
	options := []tablewriter.Option{
		tablewriter.WithConfig(config(columns)), tablewriter.WithRenderer(renderer.NewBlueprint(rendition(airy))),
	}
	if d.table == nil {
		options = append(options, tablewriter.WithStringerCacheCustom(twcache.NewLRU[reflect.Type, reflect.Value](1)))
		d.table = tablewriter.NewTable(&d.drawn, options...)
	} else {
		d.table.Reset()
		d.table.Options(options...)
	}
	return d.table
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
	if r.Summary != "" {
		t.wrapped("", r.Summary, plain)
	}
	t.wrapped("", r.Stage, plain)
	t.wrapped("", r.Basis, t.faint)
	t.line("")
	t.headline(r.Headline)
	if len(r.Dimensions.Rows) > 0 {
		t.line("")
		t.dimensions(r.Dimensions)
	}
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
	if len(h.Scores) > 0 {
		t.scores(indent, h.Scores)
		t.wrapped(indent, h.Range, t.faint)
	}
}

// scores stand in one line, or one below the other where that is too narrow.
func (t terminal) scores(indent string, scores []report.Score) {
	const between = "    "
	var plainly, styled []string
	for _, s := range scores {
		value := text.Visible(s.Text)
		plainly = append(plainly, s.Name+" "+value)
		styled = append(styled, s.Name+" "+t.bold(value))
	}
	joint := between
	if text.Width(indent+strings.Join(plainly, between)) > t.width {
		joint = "\n" + indent
	}
	t.line(indent + strings.Join(styled, joint))
}

// bars are drawn of what is evidenced, claimed beyond that, and possible beyond that.
const (
	barEvidenced, barClaimed, barPossible, barRest = "█", "▒", "░", "·"

	shortBar, usualBar, wideBar = 6, 20, 32

	usual = 80
	wide  = 110
)

func (t terminal) dimensions(d report.Dimensions) {
	width := usualBar
	switch {
	case t.width >= wide:
		width = wideBar
	case t.width < usual:
		width = shortBar
	}
	s := report.Section{Columns: []report.Column{
		{Title: "", Share: 1},
		{Title: "Share", Right: true},
		{Title: ""},
		{Title: "Evidenced", Right: true},
		{Title: "Claimed", Right: true},
		{Title: "At best", Right: true},
	}}
	if t.width >= wide {
		s.Columns = append(s.Columns, report.Column{Title: "", Share: 1})
	}
	if width == usualBar && t.tight(d) {
		width = shortBar
	}
	for _, row := range d.Rows {
		cells := []report.Cell{{Text: row.Title}, {Text: row.Share}, {Text: bar(row, width)}, {Text: row.Evidenced}, {Text: row.Claimed}, {Text: row.AtBest}}
		if t.width >= wide {
			cells = append(cells, report.Cell{Text: row.Band})
		}
		s.Rows = append(s.Rows, cells)
	}
	t.table(s)
	t.wrapped("", fmt.Sprintf("%s evidenced   %s claimed beyond that   %s possible, not known   %s not claimed", barEvidenced, barClaimed, barPossible, barRest), t.faint)
	if d.Note != "" {
		t.wrapped("", d.Note, plain)
	}
}

// tight reports whether beside the usual bar a word of a title would have to be broken.
func (t terminal) tight(d report.Dimensions) bool {
	const between, columns, shortest = 2, 6, 9 // shortest is the width of a heading
	words, numbers := 0, [4]int{len("Share"), shortest, shortest, shortest}
	for _, row := range d.Rows {
		for word := range strings.FieldsSeq(row.Title) {
			words = max(words, text.Width(word))
		}
		for k, s := range []string{row.Share, row.Evidenced, row.Claimed, row.AtBest} {
			numbers[k] = max(numbers[k], text.Width(s))
		}
	}
	return words+usualBar+numbers[0]+numbers[1]+numbers[2]+numbers[3]+(columns-1)*between > t.width
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
	t.wrapped("", s.Title, t.bold)
	if s.Note != "" {
		t.wrapped("", s.Note, t.faint)
	}
	t.blocks(s.Blocks)
	if len(s.Columns) > 0 {
		t.table(s)
	}
	for i, below := range s.Sections {
		if i > 0 || len(s.Blocks)+len(s.Columns) > 0 {
			t.line("")
		}
		t.section(below)
	}
}

// gutter is the space between columns.
const gutter = 2

// table lays out the widths and wraps the cells; the library draws the lines.
func (t terminal) table(s report.Section) {
	s = visible(s)
	widths := t.widths(s)
	table := t.drawer.begin(s.Columns, airy(s, widths))
	header := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		header[i] = strings.Join(text.Wrap(c.Title, widths[i]), "\n")
	}
	table.Header(header)
	for _, row := range s.Rows {
		t.check(table.Append(t.cells(row, widths)))
	}
	t.check(table.Render())
	t.drawn(t.drawer.drawn.String())
}

// visible returns the section with its texts made safe to print.
func visible(s report.Section) report.Section {
	rows := make([][]report.Cell, len(s.Rows))
	for i, row := range s.Rows {
		rows[i] = slices.Clone(row)
		for j := range row {
			rows[i][j].Text = text.Visible(strings.TrimSpace(row[j].Text + " " + row[j].Code))
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

// TablePage writes a page for a terminal.
func TablePage(w io.Writer, p report.Page, o Options) error {
	t := terminal{out: &sticky{w: w}, width: max(o.Width, narrowest), colour: o.Colour, drawer: &drawer{}}
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
