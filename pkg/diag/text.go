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
	for _, d := range sorted {
		writeOne(&b, d, sources)
	}
	if len(sorted) > 0 {
		fmt.Fprintln(&b, summary(sorted, sources))
	}
	_, err := w.Write(b.Bytes())
	return err
}

func writeOne(b *bytes.Buffer, d Diagnostic, sources Sources) {
	fmt.Fprintf(b, "%s: %s: %s [%s]\n", text.Visible(d.Place.String()), d.Severity, text.Visible(d.Message), d.Rule)
	if line, ok := lineOf(sources[d.Place.File], d.Place.Line); ok && d.Place.Column > 0 {
		writeSnippet(b, d.Place, line)
	}
	if d.Hint != "" {
		fmt.Fprintf(b, "  hint: %s\n", text.Visible(d.Hint))
	}
}

// writeSnippet cuts a long line to a window around the place; the caret is laid out by display width.
func writeSnippet(b *bytes.Buffer, at Place, line string) {
	const window = 100
	runes := []rune(line)
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

func lineOf(data []byte, number int) (string, bool) {
	if number < 1 {
		return "", false
	}
	for range number - 1 {
		_, after, found := bytes.Cut(data, []byte("\n"))
		if !found {
			return "", false
		}
		data = after
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return strings.TrimRight(string(line), "\r"), true
}

// summary counts the problems, and the files that they are in. A setting is no file.
func summary(list List, sources Sources) string {
	var parts []string
	for _, s := range []Severity{Error, Warning, Note} {
		if n := list.Count(s); n > 0 {
			parts = append(parts, Plural(n, s.String()))
		}
	}
	files := map[string]bool{}
	for _, d := range list {
		if _, read := sources[d.Place.File]; read || d.Place.Line > 0 {
			files[d.Place.File] = true
		}
	}
	if len(files) == 0 {
		return strings.Join(parts, ", ")
	}
	return strings.Join(parts, ", ") + " in " + Plural(len(files), "file")
}
