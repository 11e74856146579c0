package source

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Rules of the diagnostics of [Format], beside those of [Read].
const (
	ruleFormat = "cannot-format"
	ruleNoKind = "unknown-file-kind"
)

// Format returns a file in canonical form: keys in the order in which they are declared, two spaces for each level, no
// spaces at the ends of lines, one blank line where there were several, line ends LF. Texts, comments, and the order of
// items and of keys that the author chose stay as they are. JSON is returned as it is.
//
// What the file says does not change: it reads to the same value, key by key. What cannot be laid out in that way is
// refused with a diagnostic, as is a file that cannot be read and one of a kind that is not among those declared; the
// bytes are nil then.
func Format(name string, data []byte, declared []Declaration) ([]byte, diag.List) {
	root, written, list := read(name, data)
	if list.HasErrors() {
		return nil, list
	}
	kind, list := declarationOf(root, declared)
	switch {
	case list.HasErrors():
		return nil, list
	case written == nil: // JSON
		return data, nil
	}
	text := bytes.TrimPrefix(data, byteOrderMark)
	l := layout{sheet: newSheet(string(text), written), stuck: notStuck}
	if !bytes.HasSuffix(text, []byte("\n")) && l.endsBare() {
		return nil, refuse(name, len(l.lines)-1, "the file ends within a text, so a line end there would change it", "add a line end at the end of the file")
	}
	l.file(written, kind.root)
	if l.stuck != notStuck {
		return nil, refuse(name, l.stuck, "this line has a form of YAML that fmt does not know", "write `key: value`, with each key and each dash at the beginning of its line")
	}
	if bytes.Equal(l.out, data) {
		return data, nil
	}
	if !says(name, l.out, root, l.comments()) {
		return nil, refuse(name, 0, "the file cannot be put in order without a change to what it says", "please report this, with the file")
	}
	return l.out, nil
}

// Tidied is a file to be formatted, and what came of it.
type Tidied struct {
	Name          string // in messages
	Before, After []byte // After is nil if it was refused
	Problems      diag.List
}

// FormatAll formats files, as many at a time as there are processors.
func FormatAll(files []Tidied, declared []Declaration) {
	sideBySide(len(files), func(i int) {
		f := &files[i]
		f.After, f.Problems = Format(f.Name, f.Before, declared)
	})
}

func refuse(name string, row int, message, hint string) diag.List {
	return diag.List{{Rule: ruleFormat, Place: diag.Place{File: name, Line: row + 1}, Message: message, Hint: hint}}
}

// declarationOf finds what is declared of a file's kind.
func declarationOf(root *Node, declared []Declaration) (Declaration, diag.List) {
	header := root.Get(Header)
	var known []string
	for _, d := range declared {
		if header != nil && d.kind == header.Text {
			return d, nil
		}
		known = append(known, d.kind)
	}
	if header == nil || header.Kind != Scalar {
		return Declaration{}, diag.List{{
			Rule: ruleKind, Place: cmp.Or(header, root).Place(), Message: fmt.Sprintf("the file does not say what it is: expected `%s:` and a kind", Header),
			Hint: fmt.Sprintf("begin the file with `%s:` and %s", Header, diag.OneOf(known)),
		}}
	}
	return Declaration{}, diag.List{{
		Rule: ruleNoKind, Place: header.Place(), Message: fmt.Sprintf("there is no kind of file %q", header.Text),
		Hint: diag.DidYouMean(header.Text, known),
	}}
}

// says reports whether a text reads to the same value as a node, and has the same comments.
func says(name string, text []byte, root *Node, comments []string) bool {
	again, written, list := read(name, text)
	if list.HasErrors() || !bytes.Equal(appendCanonical(nil, again, nil), appendCanonical(nil, root, nil)) {
		return false
	}
	return written == nil || slices.Equal(newSheet(string(text), written).comments(), comments)
}
