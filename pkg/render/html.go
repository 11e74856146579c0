package render

import (
	"bytes"
	_ "embed" // the templates
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

var (
	//go:embed html/style.css
	htmlStyle string
	//go:embed html/base.html
	htmlBase string
	//go:embed html/report.html
	htmlReport string
	//go:embed html/page.html
	htmlPage string
	//go:embed html/form.html
	htmlForm string
)

// htmlMark is how a page begins, before what kind it is.
const htmlMark = `<!doctype html><html lang="en-GB" data-touchstone="`

// templates are parsed when the first page is written. The style is ours, and so part of a template.
var templates = sync.OnceValue(func() *template.Template {
	t := template.New("html").Funcs(template.FuncMap{"tone": toneClass, "prose": proseParts, "words": isWords, "join": joinList})
	for _, part := range []string{`{{define "style"}}` + htmlStyle + `{{end}}`, htmlBase, htmlReport, htmlPage, htmlForm} {
		template.Must(t.Parse(part))
	}
	return t
})

// HTML writes the reports as one page that holds all it needs: it loads nothing, runs nothing, and prints.
func HTML(w io.Writer, reports []*report.Report, _ Options) error {
	return writePage(w, "reports", newReportsView(reports))
}

// writePage writes a page whole. Escaping is that of html/template, which knows where in the page a text stands; what could
// reorder or hide text is written out on the way.
func writePage(w io.Writer, name string, view any) error {
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, view); err != nil {
		return fmt.Errorf("fill in the page: %w", err)
	}
	_, err := io.WriteString(w, text.Shown(b.String()))
	return err
}

// toneClass is the class of a tone, whose words say the same.
func toneClass(t report.Tone) string {
	switch t {
	case report.Bad:
		return "bad"
	case report.Caution:
		return "caution"
	case report.Good:
		return "good"
	case report.Faint:
		return "faint"
	case report.Plain:
	}
	return "plain"
}

// prosePart is a piece of a text of ours, or of code in it.
type prosePart struct {
	Text string
	Code bool
}

// proseParts takes a text of ours apart at its backticks.
func proseParts(s string) []prosePart {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 { // one is open
		return []prosePart{{Text: s}}
	}
	var all []prosePart
	for i, p := range parts {
		if p != "" {
			all = append(all, prosePart{p, i%2 == 1})
		}
	}
	return all
}

// isWords reports whether a score is written in words, which need less size than a number.
func isWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' })
}

func joinList(items []string) string { return strings.Join(items, ", ") }
