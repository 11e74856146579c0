package render

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// maker is what the file says that it was made by. A program that saves it again puts its own name there.
const maker = "touchstone " + report.Kind

// file writes the book. It says nothing of the machine or of who ran the program, and its only time is the day of the
// report, so that the same reports give the same bytes.
func (b *workbook) file(w io.Writer) error {
	const midnight = "T00:00:00Z"
	made := b.reports[0].Full().AsOf.String() + midnight
	b.keep(b.f.SetDocProps(&excelize.DocProperties{
		Title: "Readiness report", Creator: "touchstone", Description: maker, Created: made, Modified: made, Language: "en-GB",
	}))
	b.keep(b.f.SetAppProps(&excelize.AppProperties{Application: maker}))
	b.f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &parts{w: w, parts: map[string]*bytes.Buffer{}} })
	if b.err != nil {
		return b.err
	}
	return b.f.Write(w)
}

// printing sets a sheet up for A4 across, as wide as the paper.
func (b *workbook) printing(p page) {
	paper, across, wide, high, fit := 9, "landscape", 1, 0, true
	b.keep(b.f.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.keep(b.f.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &across, FitToWidth: &wide, FitToHeight: &high}))
	side, end, edge := 0.4, 0.6, 0.3 // inches
	b.keep(b.f.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &end, Bottom: &end, Header: &edge, Footer: &edge}))
	b.keep(b.f.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&RPage &P of &N"}))
	lines := p.list
	b.keep(b.f.SetSheetView(p.name, -1, &excelize.ViewOptions{ShowGridLines: &lines}))
	if p.list {
		b.name("_xlnm.Print_Titles", p.name, "$1:$1")
	}
	if p.printed > 0 {
		b.name("_xlnm.Print_Area", p.name, "$A:$"+letter(p.printed-1))
	}
}

func (b *workbook) name(name, of, cells string) {
	b.keep(b.f.SetDefinedName(&excelize.DefinedName{Name: name, Scope: of, RefersTo: fmt.Sprintf("'%s'!%s", of, cells)}))
}

// parts are those of the file, written in order of their names when all are there: the library has them in any order.
type parts struct {
	w     io.Writer
	parts map[string]*bytes.Buffer
}

// Create begins a part.
func (p *parts) Create(name string) (io.Writer, error) {
	p.parts[name] = &bytes.Buffer{}
	return p.parts[name], nil
}

// AddFS is not asked for.
func (p *parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the file.
func (p *parts) Close() error {
	z := zip.NewWriter(p.w)
	for _, name := range slices.Sorted(maps.Keys(p.parts)) { // [Content_Types].xml comes first, as it should
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err := p.parts[name].WriteTo(w); err != nil {
			return err
		}
	}
	return z.Close()
}

// workbookOurs knows a book by what it was made by: one that somebody has saved since, perhaps with notes, is not ours.
func workbookOurs(file []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return false
	}
	f, err := z.Open("docProps/app.xml")
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it was only read
	const enough = 4096
	start, err := io.ReadAll(io.LimitReader(f, enough))
	return err == nil && strings.Contains(string(start), "<Application>"+maker+"</Application>")
}
