package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// sheet is a YAML file by lines, with what has to be known to move them: which belong to a text, and where comments
// stand. The library's nodes say where a value begins, and not where it ends.
type sheet struct {
	lines  []line
	end    int                      // of the lines with content and their comments; `...` may follow
	quoted []quotation              // in the order of the file
	blocks map[*yaml.Node]textBlock // by the node of the text

	// The place that was settled last: a column in characters is at which byte of its line.
	row, column, at int
}

type line struct {
	text    string
	inside  bool // it begins inside a text in quotes, or is a line of a block of text
	open    bool // it ends inside a text in quotes
	comment int  // at which byte its comment begins, or -1
	aligned bool // it is a comment that goes on with the one at the end of the line before
}

// newSheet reads the lines of a text without a byte order mark. The places of the nodes are changed to count from 0, and
// columns to count bytes.
func newSheet(text string, root *yaml.Node) *sheet {
	s := &sheet{blocks: map[*yaml.Node]textBlock{}, lines: make([]line, 0, strings.Count(text, "\n")+1)}
	for one := range strings.Lines(text) {
		one = strings.TrimSuffix(strings.TrimSuffix(one, "\n"), "\r")
		s.lines = append(s.lines, line{text: one, comment: -1})
	}
	s.settle(root)
	s.walk(root, -1)
	s.findComments()
	s.end = len(s.lines)
	for i := len(s.lines) - 1; i >= 0 && (s.between(i) || s.endsDocument(i)); i-- {
		if s.endsDocument(i) {
			s.end = i
		}
	}
	return s
}

// walk finds the texts below a node, whose own place is settled. outer is the column of the innermost block of keys or
// items around it, which is what a block of text is indented from.
func (s *sheet) walk(y *yaml.Node, outer int) {
	switch {
	case y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		s.quote(y)
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		s.textBlock(y, outer)
	}
	for i, child := range y.Content {
		s.settle(child)
		if i == 0 && isBlock(y) {
			outer = s.columnOf(y)
		}
		s.walk(child, outer)
	}
}

// isBlock reports whether a node is keys or items on lines of their own.
func isBlock(y *yaml.Node) bool {
	return (y.Kind == yaml.MappingNode || y.Kind == yaml.SequenceNode) && y.Style&yaml.FlowStyle == 0 && len(y.Content) > 0
}

// settle changes the place of a node. Nodes come in the order of the file, so that each line is counted once.
func (s *sheet) settle(y *yaml.Node) {
	row, column := min(y.Line, len(s.lines))-1, y.Column-1
	if row != s.row || column < s.column {
		s.row, s.column, s.at = row, 0, 0
	}
	text := s.lines[row].text
	for s.column < column && s.at < len(text) {
		_, size := utf8.DecodeRuneInString(text[s.at:])
		s.at += size
		s.column++
	}
	y.Line, y.Column = row, s.at
}

// columnOf is the column of the keys or dashes of a block whose first child is settled.
func (s *sheet) columnOf(y *yaml.Node) int {
	if y.Kind == yaml.MappingNode {
		return y.Content[0].Column
	}
	if y.Anchor == "" {
		return y.Column
	}
	for _, below := range s.lines[y.Line+1:] { // an anchor stands on a line before
		if dash := strings.TrimLeft(below.text, " "); strings.HasPrefix(dash, "-") {
			return len(below.text) - len(dash)
		}
	}
	return y.Column
}

// findComments finds each `#` that begins a comment: at the beginning of a line or after a space, outside a text in
// quotes or a block of text.
func (s *sheet) findComments() {
	rest := s.quoted
	for i := range s.lines {
		l, at := &s.lines[i], 0
		if l.inside {
			if len(rest) == 0 || rest[0].row >= i || rest[0].endRow > i {
				continue
			}
			at, rest = rest[0].to, rest[1:]
		}
		for l.comment < 0 && len(rest) > 0 && rest[0].row == i {
			l.comment = commentIn(l.text[:rest[0].from], at)
			if rest[0].endRow > i {
				break
			}
			at, rest = rest[0].to, rest[1:]
		}
		if l.comment < 0 && !l.open {
			l.comment = commentIn(l.text, at)
		}
		l.aligned = i > 0 && s.alone(i) && s.goesOn(i)
	}
}

// commentIn is where a comment begins in a line at or after a place, which is the beginning or behind a quote; or -1.
func commentIn(text string, from int) int {
	for at := from; at < len(text); at++ {
		if text[at] == '#' && (at == from || text[at-1] == ' ' || text[at-1] == '\t') {
			return at
		}
	}
	return -1
}

// goesOn reports whether a comment stands right below one at the end of a line, or below one that goes on with that.
func (s *sheet) goesOn(i int) bool {
	above := &s.lines[i-1]
	return above.comment >= 0 && (above.aligned || !s.alone(i-1)) &&
		utf8.RuneCountInString(above.text[:above.comment]) == s.lines[i].comment
}

// blank reports whether a line is empty, and not part of a text in quotes or a block of text.
func (s *sheet) blank(i int) bool {
	return !s.lines[i].inside && strings.Trim(s.lines[i].text, " \t") == ""
}

// alone reports whether a line is a comment and nothing else.
func (s *sheet) alone(i int) bool {
	l := &s.lines[i]
	return !l.inside && l.comment >= 0 && strings.Trim(l.text[:l.comment], " \t") == ""
}

// between reports whether a line may stand between two values and belong to either.
func (s *sheet) between(i int) bool { return s.blank(i) || s.alone(i) && !s.lines[i].aligned }

func (s *sheet) endsDocument(i int) bool {
	text := s.lines[i].text
	return !s.lines[i].inside && strings.HasPrefix(text, "...") && strings.Trim(text[3:3+min(1, len(text)-3)], " \t") == ""
}

// comments are the texts of all comments, sorted.
func (s *sheet) comments() []string {
	var all []string
	for _, l := range s.lines {
		if l.comment >= 0 {
			all = append(all, strings.TrimRight(l.text[l.comment:], " \t"))
		}
	}
	slices.Sort(all)
	return all
}
