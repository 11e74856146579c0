package diag

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/text"
)

// Sources gives the bytes of the files that were read, for the lines to show.
type Sources map[string][]byte

// WriteText draws the problems in order of place, each complete in its first line, then the source line with a caret
// and the hint, and ends with a count. Text from the files cannot move the terminal's cursor.
func WriteText(w io.Writer, list List, sources Sources) error {
	var b bytes.Buffer
	sorted := list.Sorted()
	p := pages{sources: sources}
	for _, d := range sorted {
		writeOne(&b, d, &p)
	}
	if len(sorted) > 0 {
		fmt.Fprintln(&b, sorted.Summary(sources))
	}
	_, err := w.Write(b.Bytes())
	return err
}

// String is the first line of a problem as [WriteText] draws it, complete by itself and safe to print.
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", text.Visible(d.Place.String()), d.Severity, text.Visible(d.Message), d.Rule)
}

func writeOne(b *bytes.Buffer, d Diagnostic, p *pages) {
	fmt.Fprintln(b, d)
	if line, ok := p.line(d.Place); ok {
		writeSnippet(b, d.Place, line)
	}
	if d.Hint != "" {
		fmt.Fprintf(b, "  hint: %s\n", text.Visible(d.Hint))
	}
}

// Snippets returns a function that draws the line of a place with a caret below it, as [WriteText] does, or gives "" if
// the line is not known. Places in order cost least.
func (s Sources) Snippets() func(at Place) string {
	p := pages{sources: s}
	return func(at Place) string {
		var b bytes.Buffer
		if line, ok := p.line(at); ok {
			writeSnippet(&b, at, line)
		}
		return b.String()
	}
}

// writeSnippet cuts a long line to a window around the place; the caret is laid out by display width.
func writeSnippet(b *bytes.Buffer, at Place, runes []rune) {
	const window = 100
	start := min(at.Column-1, len(runes))
	first := max(0, min(start-window/2, len(runes)-window))
	end := min(start+max(at.Width, 1), len(runes), first+window)
	before := text.Visible(string(runes[first:start]))
	subject := text.Visible(string(runes[start:max(start, end)]))
	number := strconv.Itoa(at.Line)
	margin := strings.Repeat(" ", len(number))
	fmt.Fprintf(b, "%s |\n", margin)
	fmt.Fprintf(b, "%s | %s\n", number, text.Visible(string(runes[first:min(len(runes), first+window)])))
	caret := "^" + strings.Repeat("~", max(0, text.Width(subject)-1))
	fmt.Fprintf(b, "%s | %s%s\n", margin, strings.Repeat(" ", text.Width(before)), caret)
}

// String writes `file:line:col`, leaving out what is not known.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// pages finds lines of the sources. Problems come in order of place, so it keeps the file and the line at hand: many
// problems of one long line cost no more than one.
type pages struct {
	sources Sources
	file    string
	lines   [][]byte
	number  int
	runes   []rune
}

// line is the line of a place that has a column, if its file was read.
func (p *pages) line(at Place) ([]rune, bool) {
	if at.Column == 0 {
		return nil, false
	}
	return p.whole(at)
}

// whole is the line of a place, whether or not it has a column.
func (p *pages) whole(at Place) ([]rune, bool) {
	if at.File != p.file || p.lines == nil {
		p.file, p.number = at.File, 0
		p.lines = bytes.Split(p.sources[at.File], []byte("\n"))
	}
	if at.Line < 1 || at.Line > len(p.lines) || p.sources[at.File] == nil {
		return nil, false
	}
	if p.number != at.Line {
		p.number, p.runes = at.Line, []rune(strings.TrimRight(string(p.lines[at.Line-1]), "\r"))
	}
	return p.runes, true
}

// Summary counts the problems, and the files that they are in: `3 errors, 1 warning in 2 files`. A setting is no file. It
// is "" of none.
func (l List) Summary(sources Sources) string {
	var parts []string
	for _, s := range []Severity{Error, Warning, Note} {
		if n := l.Count(s); n > 0 {
			parts = append(parts, Plural(n, s.String()))
		}
	}
	files := map[string]bool{}
	for _, d := range l {
		if _, read := sources[d.Place.File]; read || d.Place.Line > 0 {
			files[d.Place.File] = true
		}
	}
	if len(files) == 0 {
		return strings.Join(parts, ", ")
	}
	return strings.Join(parts, ", ") + " in " + Plural(len(files), "file")
}
