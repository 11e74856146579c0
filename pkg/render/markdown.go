package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// Markdown writes the reports for GitHub's dialect. Text from files cannot become markup.
func Markdown(w io.Writer, reports []*report.Report, _ Options) error {
	m := markdown{&sticky{w: w}}
	m.printf("<!-- touchstone: %s -->\n", report.Kind)
	if len(reports) > 1 {
		m.section("#", report.Summary(reports))
	}
	for i, r := range reports {
		if i > 0 || len(reports) > 1 {
			m.printf("\n")
		}
		m.report(r)
	}
	return m.out.err
}

type markdown struct{ out *sticky }

func (m markdown) printf(format string, args ...any) { fmt.Fprintf(m.out, format, args...) }

func (m markdown) report(r *report.Report) {
	m.printf("# %s\n\n", escape(r.Name))
	if r.Summary != "" {
		m.printf("%s\n\n", escape(r.Summary))
	}
	m.printf("%s  \n%s\n\n", escape(r.Stage), escape(r.Basis))
	h := r.Headline
	m.printf("> **%s**", escape(h.Word))
	if h.Text != "" {
		m.printf(" %s", escape(h.Text))
	}
	if h.Aside != "" {
		m.printf("  \n> (%s)", escape(h.Aside))
	}
	m.scores(h)
	m.printf("\n\n")
	if len(r.Dimensions.Rows) > 0 {
		m.dimensions(r.Dimensions)
	}
	for _, s := range r.Sections {
		m.printf("\n")
		m.section("##", s)
	}
	m.printf("\n---\n")
	for _, line := range r.Method {
		m.printf("\n%s\n", escape(line))
	}
}

func (m markdown) scores(h report.Headline) {
	for i, s := range h.Scores {
		before := " · "
		if i == 0 {
			before = "\n>\n> "
		}
		m.printf("%s%s **%s**", before, s.Name, escape(s.Text))
	}
	if h.Range != "" {
		m.printf(" (%s)", escape(h.Range))
	}
}

func (m markdown) dimensions(d report.Dimensions) {
	m.row("", "Share", "Evidenced", "Claimed", "At best", "")
	m.printf("|---|--:|--:|--:|--:|---|\n")
	for _, row := range d.Rows {
		m.row(row.Title, row.Share, row.Evidenced, row.Claimed, row.AtBest, row.Band)
	}
	if d.Note != "" {
		m.printf("\n%s\n", escape(d.Note))
	}
}

func (m markdown) section(level string, s report.Section) {
	m.printf("%s %s\n\n", level, escape(s.Title))
	if s.Note != "" {
		m.printf("%s\n\n", escape(s.Note))
	}
	m.blocks(s.Blocks)
	if len(s.Columns) > 0 {
		if len(s.Blocks) > 0 {
			m.printf("\n")
		}
		m.table(s)
	}
	for i, below := range s.Sections {
		if i > 0 || len(s.Blocks)+len(s.Columns) > 0 {
			m.printf("\n")
		}
		m.section(level[:min(len(level), deepest)]+"#", below)
	}
}

// deepest is how far down a heading can be, less one.
const deepest = 5

func (m markdown) table(s report.Section) {
	var titles, rules []string
	for _, c := range s.Columns {
		rule := "---"
		if c.Right {
			rule = "--:"
		}
		titles, rules = append(titles, c.Title), append(rules, rule)
	}
	m.row(titles...)
	m.printf("|%s|\n", strings.Join(rules, "|"))
	for _, row := range s.Rows {
		texts := make([]string, len(row))
		for i, c := range row {
			texts[i] = escape(c.Text)
			if c.Code != "" {
				texts[i] = strings.TrimSpace(texts[i] + " " + inlineCode(c.Code))
			}
		}
		m.escaped(texts...)
	}
}

func (m markdown) row(texts ...string) {
	for i, t := range texts {
		texts[i] = escape(t)
	}
	m.escaped(texts...)
}

func (m markdown) escaped(cells ...string) { m.printf("| %s |\n", strings.Join(cells, " | ")) }

// inlineCode is code in the cell of a table, which a bar would end even there.
func inlineCode(s string) string {
	if strings.Contains(s, "`") {
		return escape(s)
	}
	return "`" + strings.ReplaceAll(text.Visible(s), "|", `\|`) + "`"
}

// markup is what Markdown or HTML could read as more than text. A full stop matters only after a number at the start.
var markup = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`,
	"#", `\#`, "~", `\~`, "://", "&#58;//", "@", "&#64;", "www.", "www&#46;",
)

func escape(s string) string { return markup.Replace(text.Visible(s)) }

// MarkdownPage writes a page for GitHub's dialect.
func MarkdownPage(w io.Writer, p report.Page) error {
	m := markdown{&sticky{w: w}}
	if p.Title != "" {
		m.printf("# %s\n", escape(p.Title))
	}
	for _, line := range p.Lines {
		m.printf("\n%s\n", escape(line))
	}
	for i, s := range p.Sections {
		if i > 0 || p.Title != "" {
			m.printf("\n")
		}
		m.section("##", s)
	}
	return m.out.err
}
