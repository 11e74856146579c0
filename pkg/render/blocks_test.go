package render_test

import (
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// A section of blocks holds paragraphs that are wrapped, and code that keeps its lines and its indents. Nothing in code can
// end its fence or move the cursor.
func TestBlocks(t *testing.T) {
	page := report.Page{Sections: []report.Section{{Title: "yaml-tag", Blocks: []report.Block{
		{Lead: "Why", Text: "It is read as <a tag>: `when: !x_y`, " + strings.Repeat("so ", 20) + "gone."},
		{Code: "a:\n  - \x1b[2J```\n    " + strings.Repeat("long ", 16) + "\n"},
		{Text: "One ` alone."},
	}}}}
	var table, markdown strings.Builder
	if err := render.TablePage(&table, page, render.Options{Width: 72}); err != nil {
		t.Fatal(err)
	}
	const wantTable = `yaml-tag
Why: It is read as <a tag>: ` + "`when: !x_y`" + `, so so so so so so so so so so
so so so so so so so so so so gone.

  a:
    - \u{1b}[2J` + "```" + `
      long long long long long long long long long long long long
          long long long long

One ` + "`" + ` alone.
`
	if table.String() != wantTable {
		t.Errorf("got\n%s\nwant\n%s", table.String(), wantTable)
	}
	if err := render.MarkdownPage(&markdown, page); err != nil {
		t.Fatal(err)
	}
	wantMarkdown := "## yaml-tag\n\n**Why:** It is read as &lt;a tag>: `when: !x_y`, " + strings.Repeat("so ", 20) + "gone.\n\n" +
		"````\na:\n  - \\u{1b}[2J```\n    " + strings.Repeat("long ", 16) + "\n````\n\nOne \\` alone.\n"
	if markdown.String() != wantMarkdown {
		t.Errorf("got\n%s\nwant\n%s", markdown.String(), wantMarkdown)
	}
}
