package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// Markdown writes the reports for GitHub's dialect, so that they can also be read as they are, in an email. The headline is a
// heading, tables are kept narrow enough for a page, and what is too wide becomes a list. Text from files cannot become
// markup.
func Markdown(w io.Writer, reports []*report.Report, _ Options) error {
	m := markdown{out: &sticky{w: w}, level: 1}
	m.printf("<!-- touchstone: %s -->\n", report.Kind)
	if len(reports) == 1 {
		m.report(reports[0])
		return m.out.err
	}
	m.summary(reports)
	m.level++
	for i, r := range reports {
		m.printf("\n<a id=\"%s\"></a>\n\n", anchor(i))
		m.report(r)
	}
	return m.out.err
}

// markdown writes headings from a level on.
type markdown struct {
	out   *sticky
	level int
}

func (m markdown) printf(format string, args ...any) { fmt.Fprintf(m.out, format, args...) }

// heading is one so many levels below the title.
func (m markdown) heading(below int, title string) {
	m.printf("%s %s\n\n", strings.Repeat("#", m.level+below), escape(title))
}

// summary is one line for each report, with a link to it. Of the headline only the word stands there: the rest, which the
// report says, would be a column of single words beside the numbers on a narrow page.
func (m markdown) summary(reports []*report.Report) {
	s := report.Summary(reports)
	m.heading(0, s.Title)
	m.printf("%s\n\n", escape(s.Note))
	m.head(s.Columns)
	for i, row := range s.Rows {
		texts := make([]string, len(row))
		for k, c := range row {
			if texts[k] = escape(c.Text); c.About != "" {
				texts[k] = bold(c.About)
			}
		}
		texts[0] = fmt.Sprintf("[%s](#%s)", cmp.Or(texts[0], "–"), anchor(i))
		m.row(texts)
	}
}

// anchor is where a report begins. It is not made of the name, which any two may share.
func anchor(i int) string { return fmt.Sprintf("report-%d", i+1) }

func (m markdown) report(r *report.Report) {
	m.heading(0, r.Name)
	if r.Summary != "" {
		m.printf("%s\n\n", escape(r.Summary))
	}
	m.headline(r.Headline)
	if len(r.Dimensions.Rows) > 0 {
		m.dimensions(r.Dimensions)
	}
	m.printf("%s  \n%s\n", escape(r.Stage), escape(r.Basis))
	for _, s := range r.Sections {
		m.printf("\n")
		m.section(s)
	}
	m.printf("\n---\n")
	for _, line := range r.Method {
		m.printf("\n%s\n", escape(line))
	}
}

// headline is a heading: a quotation would be the faintest text of the page.
func (m markdown) headline(h report.Headline) {
	m.heading(1, h.Word)
	if h.Text != "" {
		m.printf("%s\n\n", escape(h.Text))
	}
	for i, s := range h.Scores {
		if i > 0 {
			m.printf(" · ")
		}
		m.printf("%s %s", escape(s.Name), bold(s.Text))
	}
	if h.Range != "" {
		m.printf("  \n%s", escape(h.Range))
	}
	if len(h.Scores) > 0 {
		m.printf("\n\n")
	}
	if h.Aside != "" {
		m.printf("(%s)\n\n", escape(h.Aside))
	}
}

// dimensions are a table; where no part has a band, as at the first stage, it has no column for that.
func (m markdown) dimensions(d report.Dimensions) {
	columns := []report.Column{{Title: "Part"}, {Title: "Share", Right: true}, {Title: "Evidenced", Right: true}, {Title: "Claimed", Right: true}, {Title: "At best", Right: true}, {Title: "Standing"}}
	if !slices.ContainsFunc(d.Rows, func(row report.Dimension) bool { return row.Band != "" }) {
		columns = columns[:len(columns)-1]
	}
	m.head(columns)
	for _, row := range d.Rows {
		texts := []string{escape(row.Title), escape(row.Share), escape(row.Evidenced), escape(row.Claimed), escape(row.AtBest), escape(row.Band)}
		m.row(texts[:len(columns)])
	}
	if d.Note != "" {
		m.printf("\n%s\n", escape(d.Note))
	}
	m.printf("\n")
}

// MarkdownPage writes a page for GitHub's dialect.
func MarkdownPage(w io.Writer, p report.Page) error {
	m := markdown{out: &sticky{w: w}, level: 1}
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
		m.page(s)
	}
	return m.out.err
}
