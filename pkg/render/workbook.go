package render

import (
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// Workbook writes the reports as sheets with numbers that are numbers, and with live formulas where a mean or a sum makes
// them. Of several reports, the first sheet compares them, and the rows of each sheet begin with the innovation.
//
// Text from files stands in cells of text, which no program computes; it never becomes part of a formula, a link or the
// name of a sheet. Where it begins like a formula its cell says so as well, so that it stays text when somebody edits it.
func Workbook(w io.Writer, reports []*report.Report, _ Options) error {
	b := &workbook{f: excelize.NewFile(), styles: map[look]int{}, reports: reports, labels: labels(reports)}
	b.layout()
	if len(reports) > 1 {
		b.comparison()
	}
	b.summary()
	b.criteria()
	b.since()
	b.evidence()
	b.gates()
	b.flags()
	b.steps()
	b.facts()
	if b.err == nil {
		b.err = b.file(w)
	}
	if err := b.f.Close(); b.err == nil {
		b.err = err
	}
	return b.err
}

// workbook is one that is being written, a sheet after the other. The first error is kept.
type workbook struct {
	f       *excelize.File
	styles  map[look]int
	sheets  int
	reports []*report.Report
	// labels tell the reports apart.
	labels []string
	// grids are where the reports stand on the sheet of criteria.
	grids []*grid
	err   error
}

// labels are the names of the innovations, with whatever tells apart those of one name.
func labels(reports []*report.Report) []string {
	var all []string
	for _, r := range reports {
		inn := r.Data().Innovation
		label := inn.Name
		for _, more := range []string{" " + inn.Version, " (" + inn.ID + ")", " · " + r.Data().Rubric.ID} {
			if slices.Contains(all, label) {
				label += more
			}
		}
		all = append(all, label)
	}
	return all
}

func (b *workbook) several() bool { return len(b.reports) > 1 }

func (b *workbook) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// column is one of a sheet; its width is in figures of the usual font. Those with numbers have a head to the right.
type column struct {
	title string
	width float64
	right bool
}

// sheet is one that is being written, row by row.
type sheet struct {
	book    *workbook
	name    string
	w       *excelize.StreamWriter
	columns []column
	row     int // the last one written
}

// page is how a sheet is laid out.
type page struct {
	name    string
	columns []column
	// list sheets have a head, which stays in sight and is printed on each page, and can be filtered.
	list bool
	// fixed is how many columns stay in sight.
	fixed int
	// printed is how many columns are printed; 0 is all.
	printed int
	// guarded sheets let only the cells be changed that are there to be changed.
	guarded bool
}

// sheet begins a sheet.
func (b *workbook) sheet(p page) *sheet {
	s := &sheet{book: b, name: p.name, columns: p.columns}
	b.sheets++
	if b.sheets == 1 {
		b.keep(b.f.SetSheetName(b.f.GetSheetName(0), p.name))
	} else {
		_, err := b.f.NewSheet(p.name)
		b.keep(err)
	}
	b.printing(p)
	if p.guarded {
		b.keep(b.f.ProtectSheet(p.name, &excelize.SheetProtectionOptions{
			AutoFilter: true, FormatCells: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
			EditObjects: true, EditScenarios: true,
		}))
	}
	w, err := b.f.NewStreamWriter(p.name)
	if b.keep(err); b.err != nil {
		return s
	}
	s.w = w
	for i, c := range p.columns {
		b.keep(w.SetColWidth(i+1, i+1, c.width))
	}
	if p.list {
		b.keep(w.SetPanes(&excelize.Panes{Freeze: true, XSplit: p.fixed, YSplit: 1, TopLeftCell: at(p.fixed, 2), ActivePane: pane(p.fixed)}))
		head := make([]cell, len(p.columns))
		for i, c := range p.columns {
			head[i] = words(c.title).as(look{head: true, right: c.right})
		}
		s.add(head...)
	}
	return s
}

func pane(fixed int) string {
	if fixed == 0 {
		return "bottomLeft"
	}
	return "bottomRight"
}

// at is the name of a cell, by a column from 0 and a row from 1.
func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		panic("render: no such cell: " + err.Error())
	}
	return name
}

// letter is the name of a column, counted from 0.
func letter(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		panic("render: no such column: " + err.Error())
	}
	return name
}

// add writes the next row, each cell in its own column.
func (s *sheet) add(cells ...cell) { s.over(0, 0, cells...) }

// over writes the next row, with the text in one column going on over those up to another. The row is as high as its texts
// need: not every program finds that out by itself.
func (s *sheet) over(from, to int, cells ...cell) {
	s.row++
	if s.book.err != nil {
		return
	}
	high, values := 0.0, make([]any, len(cells))
	for i, c := range cells {
		if i > 0 && s.columns[i-1].right && !c.look.right && c.look.format == "" {
			c.look.indent++ // away from the number beside it
		}
		values[i] = excelize.Cell{StyleID: s.book.style(c.look), Formula: c.formula, Value: c.value}
		last := i
		if i == from {
			last = to
		}
		if t, isText := c.value.(string); isText {
			high = max(high, height(t, s.width(i, last), c.look))
		}
	}
	s.book.keep(s.w.SetRow(at(0, s.row), values, excelize.RowOpts{Height: high}))
	if to > from {
		s.book.keep(s.w.MergeCell(at(from, s.row), at(to, s.row)))
	}
}

// width is that of some columns together.
func (s *sheet) width(from, to int) float64 {
	width := 0.0
	for _, c := range s.columns[from : to+1] {
		width += c.width
	}
	return width
}

// done ends the sheet. A list can be filtered.
func (s *sheet) done(filtered bool) {
	if s.book.err != nil {
		return
	}
	if filtered {
		s.book.keep(s.book.f.AutoFilter(s.name, at(0, 1)+":"+at(len(s.columns)-1, s.row), nil))
	}
	s.book.keep(s.w.Flush())
}

// cell is a text, a number, a day, or a formula with what it came to.
type cell struct {
	value   any
	formula string
	look    look
}

func (c cell) as(l look) cell {
	l.quoted, l.format, l.right = c.look.quoted, c.look.format, l.right || c.look.right
	c.look = l
	return c
}

// most is how long a text in a cell may be, in the units of the file format.
const most = 32767

// words is a cell of text. An empty one is empty.
func words(s string) cell {
	s = text.Visible(s)
	if s == "" {
		return cell{}
	}
	return cell{value: cut(s), look: look{quoted: formula(s)}}
}

// cut ends a text that is too long for a cell, and says so.
func cut(s string) string {
	const said = " … (too long for a cell: the JSON report has the whole of it)"
	if units(s) <= most {
		return s
	}
	room := most - units(said)
	for i, r := range s {
		if room -= units(string(r)); room < 0 {
			return s[:i] + said
		}
	}
	return s
}

// units is how long a text is in UTF-16.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > '\uffff' {
			n++
		}
	}
	return n
}

// number is a cell with a number, shown with so many decimals.
func number(x exact.Number, decimals int) cell {
	return cell{value: x.Float(), look: look{format: decimalFormat(decimals, "")}}
}

// count is a cell with a whole number.
func count(n int) cell { return cell{value: n, look: look{format: "0"}} }

// part is a cell with a part of something, from 0 to 1, shown as a per cent.
func part(x exact.Number, decimals int) cell {
	return cell{value: x.Float(), look: look{format: decimalFormat(decimals, "%")}}
}

// day is a cell with a day. Programs count days from one that they do not agree on before March 1900.
func day(d calendar.Date) cell {
	if d.IsZero() {
		return cell{}
	}
	first, err := calendar.ParseDate("1900-03-01")
	if err != nil || first.After(d) {
		return words(d.String())
	}
	const firstIs = 61
	return cell{value: first.DaysUntil(d) + firstIs, look: look{format: "yyyy-mm-dd"}}
}
