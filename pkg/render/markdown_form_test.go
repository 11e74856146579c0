package render_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// Nothing that a rubric says becomes markup in a form, and a row of a blank table has as many cells as its head.
func TestMarkdownForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := awkward()
		field := func(kind report.FieldKind) report.Field {
			f := report.Field{Kind: kind, Label: words.Draw(t, "label"), Note: words.Draw(t, "note")}
			switch kind {
			case report.FieldTick:
				f.Choices = []report.Choice{{Label: words.Draw(t, "choice"), Text: words.Draw(t, "text")}}
			case report.FieldTable:
				f.Columns, f.Rows = []string{words.Draw(t, "column"), "Two"}, 2
			case report.FieldLine, report.FieldParagraph:
			}
			return f
		}
		form := report.Form{Title: words.Draw(t, "title"), Edition: "a@1.0.0", Scoring: "sha256:0", Lines: []string{words.Draw(t, "line")}, Sections: []report.FormSection{{
			Title: "S", Lines: []string{words.Draw(t, "section line")},
			Fields:   []report.Field{field(report.FieldLine), field(report.FieldParagraph), field(report.FieldTick), field(report.FieldTable)},
			Sections: []report.FormSection{{Title: words.Draw(t, "below"), Fields: []report.Field{field(report.FieldTick)}}},
		}}}
		var b strings.Builder
		if err := render.MarkdownForm(&b, form); err != nil {
			t.Fatal(err)
		}
		rows := 0
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			bare := strings.NewReplacer(`\\`, "", `\|`, "", `\*`, "", `\_`, "", `\[`, "", `\]`, "", "\\`", "", `\#`, "", `\~`, "").Replace(line)
			if strings.HasPrefix(line, "|") {
				rows++
				if strings.Count(bare, "|") != 3 {
					t.Fatalf("a row of other than two cells: %q", line)
				}
			}
			ours := strings.NewReplacer("# ", "", "#", "", "**", "", "`a@1.0.0`", "", "`sha256:0`", "").Replace(bare)
			if strings.ContainsAny(ours, "*_[]<>`\x1b\u202e") {
				t.Fatalf("markup in %q", line)
			}
		}
		if rows != 4 {
			t.Fatalf("%d rows, want 4", rows)
		}
	})
}
