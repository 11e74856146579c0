package render_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// markup are texts that Markdown, GitHub or a mail program would like to read as more than text, many of them only at the
// beginning of a line or of a cell.
var markup = []string{
	"# head", "## head ##", "C #", "=", "===", "-", "---", "- - -", "- item", "+ item", "+", "* item", "*", "1. item", "12) item", "1.", "2026. It", "- [ ] task", "[x] task",
	"> quote", "> [!WARNING]", "| a | b |", "|---|---|", ":-", ":-: | -:", ": definition", "~~~", "~~struck~~", "~one~", "```sh", "`code`", "    code", "\tcode", "***", "___", "_x_", "__x__", "a_b_c", "_", "*x*", "a*b*c",
	"[here](javascript:alert(1))", "[here][1]", "[1]: https://evil.example", "[^1]", "[^1]: note", "![x](https://evil.example/x.png)", "]", "[", "](x)", "!", "<b>x</b>", "<!-- x -->", "<!-- --", "-->", "<https://evil.example>", "<a@evil.example>", "</details>", "<details>", "<?x?>", "<![CDATA[x]]>",
	"https://evil.example/?a=b&c=d", "http://evil.example", "HTTPS://EVIL.EXAMPLE", "ftp://evil.example", "www.evil.example", "WWW.evil.example", "a@evil.example", "mailto:a@evil.example", "xmpp:a@evil.example/x", "javascript:alert(1)",
	"@everyone", "cc @a-b/team", "(@x)", "#12", "fixes #12", "o/r#12", "GH-12", "gh-1", ":shipit:", ":+1:", ":100:", "at 12:30:45", "$a$", "$$a$$", "$`a`$", "costs $5", "from $5 to $10",
	"&amp;", "&#64;user", "&#x3c;b&#x3e;", "&copy", "R&D", "A & B", "a < b > c", `back\`, `\`, `\\`, `\|`, `\\|`, `\*x\*`, `C:\new`, `\# x`, "a |", "| a", "a||b", "› › x", "› ", " lead", "trail  ", "  ", "**", "**x", "x**", "(x)", "‘x’", "x:", "x?", "\u00a0x\u00a0", "\u3000",
	strings.Repeat("word", 300), "\x1b[2J\u202egnp.exe\u200b\u2066", "a\r\n# head\n- item\n\n---", "{{ x }}", "{#id .class}", "==x==", "^x^", "👩‍⚕️ x", "\xff",
}

// plainly is a text of the same width, with the same spaces around it, that is nothing but text.
func plainly(s string) string {
	s = text.Visible(s)
	core := strings.TrimSpace(s)
	return strings.Replace(s, core, strings.Repeat("x", text.Width(core)), 1)
}

// saying is a report with texts from say wherever text from files can come to stand.
func saying(say func() string, prose, folded bool) *report.Report {
	cell := func() report.Cell { return report.Cell{Text: say()} }
	about := func() report.Cell {
		head := say()
		return report.Cell{Text: head + ": " + say(), About: head}
	}
	wide := 0
	if prose {
		wide = 3
	}
	sections := []report.Section{
		{Title: say(), Note: say(), Columns: []report.Column{{Title: "What", Share: 1}, {Title: "Size", Right: true}, {Title: "Why", Share: wide}, {Title: "Who"}}},
		{Title: say(), Columns: []report.Column{{Title: "What", Share: 4}, {Title: "Then", Share: 4}}},
		{Title: say(), Columns: []report.Column{{Right: true, Numbers: true}, {Title: "Points"}, {Title: "Do", Share: 3}, {Title: "Who", Share: 1}}},
		{Title: say(), Columns: []report.Column{{Title: "Criterion", Share: 1}, {Title: "Said", Share: wide}}},
	}
	for i := range 3 {
		sections[0].Rows = append(sections[0].Rows, []report.Cell{about(), cell(), cell(), cell()})
		sections[1].Rows = append(sections[1].Rows, []report.Cell{cell(), cell()})
		sections[2].Rows = append(sections[2].Rows, []report.Cell{{Text: fmt.Sprintf("%d.", i+1)}, cell(), about(), cell()})
		nested := cell()
		nested.Text, nested.Depth = strings.Repeat(report.Deeper, i)+nested.Text, i
		sections[3].Rows = append(sections[3].Rows, []report.Cell{nested, cell()})
	}
	if folded {
		sections[2].Folded, sections[2].Open, sections[3].Folded = "Steps 2 to 3", 1, "All <3>"
	}
	r := &report.Report{
		Name: say(), Summary: say(), Stage: say(), Basis: say(), Sections: sections, Method: []string{say(), say()},
		Headline:   report.Headline{Word: "HELD BACK", Text: say(), Aside: say(), Range: say(), Scores: []report.Score{{Name: "evidenced", Text: "58"}, {Name: "claimed", Text: "71"}}},
		Dimensions: report.Dimensions{Note: say()},
	}
	for range 2 {
		r.Dimensions.Rows = append(r.Dimensions.Rows, report.Dimension{Title: say(), Share: "20%", Evidenced: "1", Claimed: "2", AtBest: "3", Band: say()})
	}
	return r
}

// read is what a reader of GitHub's dialect makes of a document: its elements, and the text between them in pieces, as those
// find them who look for mentions and addresses after it.
type read struct {
	elements []string
	pieces   []string
	text     string
}

func readMarkdown(t *rapid.T, document []byte) read {
	var b bytes.Buffer
	reader := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithRendererOptions(html.WithUnsafe(), html.WithXHTML()),
	)
	if err := reader.Convert(document, &b); err != nil {
		t.Fatal(err)
	}
	var r read
	for d := xml.NewDecoder(strings.NewReader("<doc>" + b.String() + "</doc>")); ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			r.text = strings.Join(strings.Fields(r.text), " ")
			return r
		case err != nil:
			t.Fatalf("%v in\n%s\nof\n%s", err, b.String(), document)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local != "span" { // around a sign of money
				r.elements = append(r.elements, fmt.Sprint(token.Name.Local, token.Attr))
			}
		case xml.EndElement:
			if token.Name.Local != "span" {
				r.elements = append(r.elements, "/"+token.Name.Local)
			}
		case xml.CharData:
			if n := len(r.elements); n == 0 || r.elements[n-1] != "code[]" { // in code nobody looks for them
				r.pieces = append(r.pieces, string(token))
			}
			r.text += string(token)
		case xml.Comment:
			if said := strings.TrimSpace(string(token)); said != "" && said != "touchstone: "+report.Kind {
				t.Fatalf("comment %q", token)
			}
		}
	}
}

// later is what those look for who go over the text that has come of Markdown (github/html-pipeline, cmark-gfm's autolink).
var later = regexp.MustCompile(`@\w|#\d|(?i:\bgh-\d|\bwww\.)|:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:|:(?:100|1234|[+-]1):|//|\$.*\$`)

// awkwardText draws a text that would like to be more than text.
func awkwardText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(markup), rapid.SampledFrom(hostile), rapid.StringOfN(rapid.RuneFrom([]rune("ab1 .:-+=#>|*_~`[](){}<>!\\&;@$/w›‘\n\t\x1b\u202e界é")), 0, 20, -1))
}

// onlyText holds what a format writes of awkward texts against what it writes of plain ones in their place: a document has
// the same elements, no link, picture, mention or heading more; and every text is read back as it is, but for what is made
// visible and for spaces.
func onlyText(t *rapid.T, write func(w io.Writer, say func() string) error) {
	pieces := awkwardText()
	var said []string
	hostile := func() string {
		s := pieces.Draw(t, "begins")
		if rapid.Bool().Draw(t, "goes on") { // with a word that no other has, so that none is taken for another
			s = fmt.Sprintf("%s t%d %s", s, len(said), pieces.Draw(t, "ends"))
		}
		said = append(said, s)
		return s
	}
	at := 0
	plain := func() string {
		at++
		return plainly(said[at-1])
	}
	reading := func(say func() string) read {
		var b bytes.Buffer
		if err := write(&b, say); err != nil {
			t.Fatal(err)
		}
		return readMarkdown(t, b.Bytes())
	}
	got, want := reading(hostile), reading(plain)
	for i := range max(len(got.elements), len(want.elements)) {
		if g, w := element(got, i), element(want, i); g != w {
			t.Fatalf("element %d is %q, with plain texts %q, in %q", i, g, w, got.text)
		}
	}
	for _, s := range said {
		if s = strings.Join(strings.Fields(text.Visible(s)), " "); !strings.Contains(got.text, s) {
			t.Fatalf("%q is not read back in %q", s, got.text)
		}
	}
	for _, piece := range got.pieces {
		if found := later.FindString(piece); found != "" {
			t.Fatalf("%q would be read as more than text in %q", found, piece)
		}
	}
}

func TestMarkdownIsOnlyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		several, prose, folded := rapid.Bool().Draw(t, "several"), rapid.Bool().Draw(t, "prose"), rapid.Bool().Draw(t, "folded")
		onlyText(t, func(w io.Writer, say func() string) error {
			reports := []*report.Report{saying(say, prose, folded)}
			if several {
				reports = append(reports, saying(say, prose, folded))
			}
			return render.Markdown(w, reports, render.Options{})
		})
	})
}

func element(r read, i int) string {
	if i < len(r.elements) {
		return r.elements[i]
	}
	return "none"
}
