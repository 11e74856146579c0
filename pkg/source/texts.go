package source

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// quotation is a text in quotes, from the opening quote to behind the closing one.
type quotation struct{ row, from, endRow, to int }

// textBlock is a text after `|` or `>`.
type textBlock struct {
	header, end int // its first line, and the line behind its last
	indent      int // of its text
	explicit    bool
	keeps       bool // the blank lines at its end are part of it
	bare        bool // it has no line break at its end, whatever follows
}

// behindAnchor is where the value of a node begins, if an anchor stands before it.
func (s *sheet) behindAnchor(y *yaml.Node) (row, at int) {
	row, at = y.Line, y.Column
	if y.Anchor == "" {
		return row, at
	}
	at = min(at+len("&"+y.Anchor), len(s.lines[row].text))
	for {
		rest := strings.TrimLeft(s.lines[row].text[at:], " \t")
		if rest != "" && rest[0] != '#' || row+1 == len(s.lines) {
			return row, len(s.lines[row].text) - len(rest)
		}
		row, at = row+1, 0
	}
}

// quote marks the lines of a text in quotes.
func (s *sheet) quote(y *yaml.Node) {
	row, at := s.behindAnchor(y)
	if at >= len(s.lines[row].text) {
		return
	}
	q := quotation{row: row, from: at, endRow: row}
	double := s.lines[row].text[at] == '"'
	for at++; ; at++ {
		text := s.lines[q.endRow].text
		switch {
		case at >= len(text) && q.endRow+1 == len(s.lines):
			return // not reached: the library has read it to its end
		case at >= len(text):
			s.lines[q.endRow].open = true
			q.endRow, at = q.endRow+1, -1
			s.lines[q.endRow].inside = true
		case double && text[at] == '\\', !double && strings.HasPrefix(text[at:], "''"):
			at++
		case double && text[at] == '"', !double && text[at] == '\'':
			q.to = at + 1
			s.quoted = append(s.quoted, q)
			return
		}
	}
}

// textBlock marks the lines of a block of text, with the rules by which the library finds its indent.
func (s *sheet) textBlock(y *yaml.Node, outer int) {
	b := textBlock{indent: max(outer+1, 1)}
	var at int
	b.header, at = s.behindAnchor(y)
	const digits = "123456789"
	mark := strings.TrimLeft(s.lines[b.header].text[at:], "|>")
	mark = mark[:len(mark)-len(strings.TrimLeft(mark, "+-"+digits))]
	b.keeps, b.bare = strings.Contains(mark, "+"), strings.Contains(mark, "-")
	b.end = b.header + 1
	if digit := strings.IndexAny(mark, digits); digit >= 0 {
		b.explicit, b.indent = true, max(outer, 0)+int(mark[digit]-'0')
	} else {
		b.indent = s.indentFrom(b.end, b.indent)
	}
	for i := b.end; i < len(s.lines); i++ {
		text := s.lines[i].text
		trimmed := strings.TrimLeft(text, " ")
		spaces := len(text) - len(trimmed)
		if trimmed != "" && spaces < b.indent {
			break
		}
		if len(text) > b.indent || b.keeps {
			b.end = i + 1
		}
	}
	for i := b.header + 1; i < b.end; i++ {
		s.lines[i].inside = true
	}
	s.blocks[y] = b
}

// indentFrom is the indent of a block of text that begins on a line: that of its first line that is not blank, if no blank
// line above is indented further.
func (s *sheet) indentFrom(row, least int) int {
	for _, below := range s.lines[row:] {
		text := strings.TrimLeft(below.text, " ")
		least = max(least, len(below.text)-len(text))
		if text != "" {
			break
		}
	}
	return least
}

// endsBare reports whether the file ends in a block of text that takes the line break at its end for a part of it, and
// is not there.
func (s *sheet) endsBare() bool {
	last := len(s.lines)
	for _, b := range s.blocks {
		if b.end == last && b.end > b.header+1 && !b.bare {
			return true
		}
	}
	return false
}

// quotedFrom returns the text in quotes that begins at a place of a line, if one does.
func (s *sheet) quotedFrom(row, at int) (q quotation, found bool) {
	i, found := slices.BinarySearchFunc(s.quoted, quotation{row: row, from: at}, func(a, b quotation) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.from - b.from
	})
	if !found {
		return quotation{}, false
	}
	return s.quoted[i], true
}
