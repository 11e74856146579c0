package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/pkg/text"
	"github.com/touchstone-health/touchstone/rubrics"
)

// reportsOf are the reports that `score` comes to.
func reportsOf(t *testing.T, args ...string) []*report.Report {
	t.Helper()
	var caught []*report.Report
	before := render.Formats
	defer func() { render.Formats = before }()
	render.Formats = append(slices.Clone(before), render.Format[[]*report.Report]{
		Name: "caught", Ours: func([]byte) bool { return false },
		Write: func(_ io.Writer, reports []*report.Report, _ render.Options) error {
			caught = reports
			return nil
		},
	})
	if _, stderr, code := call(t, append([]string{"score", "--as-of", "2026-11-21", "-o", "caught"}, args...)...); code != exitYes {
		t.Fatalf("score %v: exit code %d\n%s", args, code, stderr)
	}
	return caught
}

// casesOf are the reports of cases of all instruments, some of each, which go through every way to combine.
func casesOf(t *testing.T) []*report.Report {
	t.Helper()
	store := source.NewStore(rubrics.FS, nil)
	l := library.New(rubric.NewCatalogue(store), "")
	files, err := lint.Find([]string{"testdata/instruments"})
	if err != nil {
		t.Fatal(err)
	}
	var all []*report.Report
	for _, name := range files {
		if !strings.HasSuffix(name, ".cases.yaml") {
			continue
		}
		node, list := store.Open(name)
		f, more := cases.Parse(node)
		if list = append(list, more...); list.HasErrors() {
			t.Fatal(list)
		}
		of := f.Rubric
		if rubric.IsPath(of) {
			of = "./" + path.Join(path.Dir(filepath.ToSlash(name)), of)
		}
		const some = 8
		for i := range f.Cases[:min(len(f.Cases), some)] {
			k := &f.Cases[i]
			asOf := k.AsOf
			if asOf.IsZero() {
				asOf = f.AsOf
			}
			m, record, problems := l.Read(&k.Innovation, of, diag.Place{File: name})
			if record == nil {
				t.Fatal(problems)
			}
			result := m.Evaluate(record, score.Conditions{AsOf: asOf, Waivers: k.Granted})
			all = append(all, report.Build(result, plan.Analysis{}, report.Options{}))
		}
	}
	return all
}

// What LibreOffice computes is what the report says, to the digit: for every example, for the published instruments, for
// several results in one book, and after a change to what may be changed.
//
// The books are handed over without what their formulas came to, so that nothing can be read but what was computed.
func TestWorkbookRecalculated(t *testing.T) {
	soffice := os.Getenv("TOUCHSTONE_SOFFICE")
	if soffice == "" {
		t.Skip("TOUCHSTONE_SOFFICE does not name LibreOffice's soffice; .ci/run does")
	}
	t.Chdir("../..")
	books := map[string][]*report.Report{"cases": casesOf(t)}
	examples, err := filepath.Glob("examples/*/innovation.yaml")
	if err != nil {
		t.Fatal(err)
	}
	answers, err := filepath.Glob("examples/answers/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	records, err := filepath.Glob("testdata/records/*[^r][^i][^c].yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range slices.Concat(examples, answers, records) {
		name := strings.NewReplacer("/", "_", ".yaml", "").Replace(filepath.ToSlash(file))
		books[name] = reportsOf(t, file)
	}
	for _, other := range []string{"dtac-2", "nice-esf", "sus"} {
		books["one-record_"+other] = reportsOf(t, "examples/one-record/innovation.yaml", "--rubric", other)
	}
	books["several"] = reportsOf(t, examples...)
	books["several_one-rubric"] = reportsOf(t, append([]string{"--rubric", "digital-readiness"}, examples...)...)

	books["hostile"] = hostileReports(t)

	folder := t.TempDir()
	var files []string
	for name, reports := range books {
		file := filepath.Join(folder, name+".xlsx")
		if err := os.WriteFile(file, emptied(t, workbookOf(t, reports)), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	changed := changedBook(t)
	if err := os.WriteFile(filepath.Join(folder, "changed.xlsx"), emptied(t, changed.book), 0o600); err != nil {
		t.Fatal(err)
	}
	books["changed"] = changed.now
	recalculate(t, soffice, append(files, filepath.Join(folder, "changed.xlsx")))

	numbers := 0
	for name, reports := range books {
		t.Run(name, func(t *testing.T) {
			c := check{t: t, sheets: readSheets(t, filepath.Join(folder, name+".fods"))}
			c.book(reports)
			c.harmless()
			numbers += c.numbers
		})
	}
	t.Logf("%d books, %d numbers", len(books), numbers)
}

func workbookOf(t *testing.T, reports []*report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := render.Workbook(&b, reports, render.Options{File: true}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var cached = regexp.MustCompile(`</f><v>[^<]*</v>`)

// emptied is a book without what its formulas came to.
func emptied(t *testing.T, book []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(cached.ReplaceAll(data, []byte("</f>"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// recalculate has LibreOffice open books and write what it has in their place, as flat text.
func recalculate(t *testing.T, soffice string, files []string) {
	t.Helper()
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir())
	args := append([]string{profile, "--headless", "--convert-to", "fods", "--outdir", filepath.Dir(files[0])}, files...)
	if out, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// bases are the heads of the columns of the three scores, and of the values that they are made of.
var (
	bases  = []string{"Evidenced", "Claimed", "At best"}
	values = []string{"Value evidenced, 0 to 1", "Value claimed, 0 to 1", "Value at best, 0 to 1"}
)

// check compares the cells of a book with what a report says.
type check struct {
	t       *testing.T
	sheets  shownSheets
	numbers int // compared
	line    int // of the summary, the last one read
}

// same compares a cell with what is written, and with the number behind it.
func (c *check) same(where string, got shownCell, written string, exactly *exact.Number) {
	c.t.Helper()
	if written == "–" {
		written = ""
	}
	if got.text != written {
		c.t.Errorf("%s: shown as %q, want %q (%s)", where, got.text, written, got.formula)
	}
	if _, err := exact.Parse(strings.TrimSuffix(written, "%")); (err == nil) != got.isNumber {
		c.t.Errorf("%s: %q is a number: %t (%s)", where, got.text, got.isNumber, got.formula)
	}
	if exactly == nil || !got.isNumber {
		return
	}
	c.numbers++
	if want := exactly.Float(); math.Abs(got.number-want) > 1e-9*math.Max(1, math.Abs(want)) {
		c.t.Errorf("%s: %v, want %v (%s)", where, got.number, want, got.formula)
	}
}

// book compares a whole book with its reports.
func (c *check) book(reports []*report.Report) {
	c.t.Helper()
	row := 1
	criteria := c.sheets.rows(c.t, "Criteria")
	for k, r := range reports {
		json := flat(r.Data())
		for i := range r.Full().Criteria {
			e := &r.Full().Criteria[i]
			c.entry(fmt.Sprintf("result %d, %s", k, e.Name), e, func(column string) shownCell { return criteria(row, column) }, json[i])
			row++
		}
		c.summary(r)
	}
	if len(reports) == 1 {
		return
	}
	comparison := c.sheets.rows(c.t, "Comparison")
	for k, r := range reports {
		for basis, s := range r.Headline.Scores {
			c.same(fmt.Sprintf("comparison, row %d", k), comparison(k+1, bases[basis]), s.Text, nil)
		}
	}
}

// computed is all that a formula may be made of, as LibreOffice writes it.
var computed = regexp.MustCompile(`^of:=(IF|SUMPRODUCT|ISNUMBER|ROUND|\[(\$Criteria)?\.\$[A-Z]{1,2}\$[0-9]+(:\.\$[A-Z]{1,2}\$[0-9]+)?\]|"not known"|[-0-9.()*/+=;])+$`)

// harmless holds every formula to be one of ours.
func (c *check) harmless() {
	c.t.Helper()
	for sheet, rows := range c.sheets {
		for _, row := range rows {
			for _, cell := range row {
				if cell.formula != "" && !computed.MatchString(cell.formula) {
					c.t.Errorf("%s: %q is computed as %s", sheet, cell.text, cell.formula)
				}
			}
		}
	}
}

func (c *check) entry(where string, e *report.Entry, cell func(column string) shownCell, json []string) {
	c.t.Helper()
	if got := cell("Id").text; got != e.Name {
		c.t.Fatalf("%s: %q stands in its place", where, got)
	}
	share := ""
	if e.Share != nil {
		share = e.Share.Mul(exact.Hundred).Fixed(1) + "%"
	}
	c.same(where+", share", cell("Share of the whole"), share, e.Share)
	var points *exact.Number
	if e.Points != nil {
		points = &e.Points[0]
	}
	c.same(where+", points", cell("Points evidenced"), e.PointsText, points)
	for basis := range bases {
		var number *exact.Number
		if e.Scores != nil {
			number = &e.Scores[basis]
			if json == nil || json[basis] != number.String() {
				c.t.Errorf("%s: JSON has %v, want %s", where, json, number)
			}
		}
		c.same(where+", "+bases[basis], cell(bases[basis]), e.ScoreTexts[basis], number)
		c.value(where+", "+values[basis], e, basis, cell(values[basis]))
	}
}

// value is a number even of what is not known, if that counts for something all the same.
func (c *check) value(where string, e *report.Entry, basis int, got shownCell) {
	c.t.Helper()
	switch {
	case e.Worth == nil:
		c.same(where, got, "", nil)
	case e.Unknown(basis) && e.Worth[basis].IsZero():
		c.same(where, got, "not known", nil)
	default:
		c.same(where, got, e.Worth[basis].Fixed(3), &e.Worth[basis])
	}
	if adds := e.Combine == "mean" || e.Combine == "sum"; e.Worth != nil && adds != (got.formula != "") {
		c.t.Errorf("%s: combined by %q, and its formula is %q", where, e.Combine, got.formula)
	}
}

// summary compares the scores on the summary of the next report.
func (c *check) summary(r *report.Report) {
	c.t.Helper()
	if len(r.Headline.Scores) == 0 && len(r.Dimensions.Rows) == 0 {
		return
	}
	rows := c.sheets["Summary"]
	for c.line++; len(rows[c.line]) == 0 || rows[c.line][0].text != "Scores"; {
		c.line++
	}
	if len(r.Headline.Scores) > 0 {
		c.line++
		for basis, s := range r.Headline.Scores {
			c.same(r.Name+", the whole", rows[c.line][2+basis], s.Text, nil)
		}
	}
	for _, d := range r.Dimensions.Rows {
		c.line++
		const enough = 1000 // a cell does not hold every title
		words := func(s string) string { return text.Cut(strings.Join(strings.Fields(s), " "), enough) }
		if got, want := words(rows[c.line][0].text), words(text.Visible(d.Title)); got != want {
			c.t.Fatalf("%s: %q stands on the summary, want %q", r.Name, got, want)
		}
		for k, want := range []string{d.Share, d.Evidenced, d.Claimed, d.AtBest} {
			c.same(r.Name+", "+d.Title, rows[c.line][1+k], want, nil)
		}
	}
}

// flat are the scores of a JSON report, in the order of its criteria, as they are written; nil without one.
func flat(d *report.Data) [][]string {
	written := func(s *report.ScoreData) []string {
		if s == nil {
			return nil
		}
		return []string{s.Evidenced.String(), s.Claimed.String(), s.Potential.String()}
	}
	all := [][]string{written(d.Score)}
	var below func(criteria []report.CriterionData)
	below = func(criteria []report.CriterionData) {
		for i := range criteria {
			all = append(all, written(criteria[i].Score))
			below(criteria[i].Criteria)
		}
	}
	below(d.Criteria)
	return all
}
