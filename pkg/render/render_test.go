package render_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// awkward draws text that wraps, is wide, or would like to be more than text.
func awkward() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.RuneFrom([]rune("ab |*_[]<>`#界é\x1b\u202e\n\\")), 0, 60, -1)
}

// page draws a page of random tables, with sections below sections.
func page(t *rapid.T) report.Page {
	words := awkward()
	code := rapid.StringOfN(rapid.RuneFrom([]rune("ab  `\x1b界\n")), 0, 200, -1)
	var p report.Page
	for range rapid.IntRange(1, 3).Draw(t, "sections") {
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		s := report.Section{Title: words.Draw(t, "title")}
		for range columns {
			s.Columns = append(s.Columns, report.Column{Title: "T", Share: rapid.IntRange(1, 4).Draw(t, "share"), Right: rapid.Bool().Draw(t, "right")})
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			row := make([]report.Cell, columns)
			for i := range row {
				row[i].Text = words.Draw(t, "cell")
			}
			s.Rows = append(s.Rows, row)
		}
		if rapid.Bool().Draw(t, "blocks") {
			s.Blocks = []report.Block{{Lead: words.Draw(t, "lead"), Text: words.Draw(t, "text")}, {Code: strings.Repeat(" ", rapid.IntRange(0, 99).Draw(t, "indent")) + code.Draw(t, "code")}}
		}
		if rapid.Bool().Draw(t, "plain") {
			s.Blocks = append(s.Blocks, report.Block{Lead: words.Draw(t, "plain lead"), Plain: words.Draw(t, "plain"), List: rapid.SliceOfN(words, 0, 3).Draw(t, "list")})
		}
		if last := len(p.Sections) - 1; last >= 0 && rapid.Bool().Draw(t, "below") {
			p.Sections[last].Sections = append(p.Sections[last].Sections, s)
			continue
		}
		p.Sections = append(p.Sections, s)
	}
	return p
}

// No line of a table is wider than the terminal, and nothing in it can move the cursor.
func TestTableFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(72, 140).Draw(t, "width")
		var b strings.Builder
		if err := render.TablePage(&b, page(t), render.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			if text.Width(line) > width {
				t.Fatalf("%d columns in a width of %d: %q", text.Width(line), width, line)
			}
			if text.Visible(line) != line {
				t.Fatalf("not safe to print: %q", line)
			}
		}
	})
}

func TestColourOnlyOnRequest(t *testing.T) {
	p := report.Page{Title: "Title", Sections: []report.Section{{Title: "S", Columns: []report.Column{{Title: "C"}}, Rows: [][]report.Cell{{{Text: "x", Tone: report.Bad}}}}}}
	for colour, want := range map[bool]bool{true: true, false: false} {
		var b strings.Builder
		if err := render.TablePage(&b, p, render.Options{Width: 80, Colour: colour}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(b.String(), "\x1b["); got != want {
			t.Errorf("colour %t: escape sequences %t", colour, got)
		}
	}
}

// Code in the cell of a table stays in its cell, whatever is in it, and as it is.
func TestCodeInCells(t *testing.T) {
	p := report.Page{Sections: []report.Section{{Title: "S", Columns: []report.Column{{Title: "C"}, {Title: "D"}}, Rows: [][]report.Cell{
		{{Text: "Either", Code: `level("a") < 2 || <b>`}, {Text: "x"}},
		{{Code: "a`b|c"}, {Text: "y"}},
	}}}}
	var b strings.Builder
	if err := render.MarkdownPage(&b, p); err != nil {
		t.Fatal(err)
	}
	const want = "| Either `level(\"a\") < 2 \\|\\| <b>` | x |\n| a\\`b\\|c | y |\n"
	if !strings.HasSuffix(b.String(), want) {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	b.Reset()
	if err := render.TablePage(&b, p, render.Options{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `Either level("a") < 2 || <b>`) {
		t.Errorf("got\n%s", b.String())
	}
}
