package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// A mapping or list in brackets that stands on one line is written anew: `{ label:A,id: a }` as `{id: a, label: A}`. Its
// values stay as they are written. One that goes over several lines is laid out by its author.

// isFlow reports whether a node is a mapping or list in brackets.
func isFlow(y *yaml.Node) bool {
	return (y.Kind == yaml.MappingNode || y.Kind == yaml.SequenceNode) && y.Style&yaml.FlowStyle != 0
}

// part is a piece of a line.
type part struct{ from, to int }

// flow returns a mapping or list in brackets in canonical form, and where it ends in its line. It is not ok if the
// brackets are not closed on that line, or hold anything whose meaning might hang on the spaces around it.
func (s *sheet) flow(y *yaml.Node, form shape) (written string, end int, ok bool) {
	row, open := s.behindAnchor(y)
	text := s.lines[row].text
	if row != y.Line || open >= len(text) || text[open] != '{' && text[open] != '[' {
		return "", 0, false
	}
	parts, end, ok := s.flowParts(row, open)
	if !ok {
		return "", 0, false
	}
	var pieces []string
	if y.Kind == yaml.MappingNode {
		pieces, ok = s.flowPairs(y, form, text, parts)
	} else {
		pieces, ok = s.flowItems(y, itemShape(form), text, parts)
	}
	return text[y.Column:open+1] + strings.Join(pieces, ", ") + text[end-1:end], end, ok
}

// flowParts returns what stands between the commas of the brackets that open at a place, without the spaces around it,
// and where the brackets end.
func (s *sheet) flowParts(row, open int) (parts []part, end int, ok bool) {
	text := s.lines[row].text
	depth, from := 0, open+1
	for at := open; at < len(text); at++ {
		switch text[at] {
		case '"', '\'':
			if q, quoted := s.quotedFrom(row, at); quoted && q.endRow > row {
				return nil, 0, false
			} else if quoted {
				at = q.to - 1
				continue
			}
		case '#':
			if strings.IndexByte(" \t,[]{}:\"'", text[at-1]) >= 0 {
				return nil, 0, false // perhaps a comment
			}
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if depth == 0 || depth == 1 && text[at] == ',' {
			parts = append(parts, trimmed(text, part{from, at}))
			from = at + 1
		}
		if depth == 0 {
			if last := len(parts) - 1; parts[last].from == parts[last].to { // a comma before the bracket, or nothing at all
				parts = parts[:last]
			}
			return parts, at + 1, true
		}
	}
	return nil, 0, false
}

func trimmed(text string, p part) part {
	for p.from < p.to && (text[p.from] == ' ' || text[p.from] == '\t') {
		p.from++
	}
	for p.to > p.from && (text[p.to-1] == ' ' || text[p.to-1] == '\t') {
		p.to--
	}
	return p
}

func (s *sheet) flowItems(y *yaml.Node, item shape, text string, parts []part) (pieces []string, ok bool) {
	if len(parts) != len(y.Content) {
		return nil, false
	}
	for i, p := range parts {
		piece, ok := s.flowValue(y.Content[i], item, text, p)
		if !ok {
			return nil, false
		}
		pieces = append(pieces, piece)
	}
	return pieces, true
}

// flowPairs refuses keys without a value.
func (s *sheet) flowPairs(y *yaml.Node, form shape, text string, parts []part) (pieces []string, ok bool) {
	if 2*len(parts) != len(y.Content) {
		return nil, false
	}
	for _, i := range inOrder(y, form) {
		key, value, p := y.Content[2*i], y.Content[2*i+1], parts[i]
		if key.Column != p.from || value.Column <= key.Column || value.Column >= p.to {
			return nil, false
		}
		written, colon := strings.CutSuffix(strings.TrimRight(text[p.from:value.Column], " \t"), ":")
		written = strings.TrimRight(written, " \t")
		piece, ok := s.flowValue(value, valueShape(form, key.Value), text, part{value.Column, p.to})
		if !ok || !colon || written == "" {
			return nil, false
		}
		pieces = append(pieces, written+": "+piece)
	}
	return pieces, true
}

func (s *sheet) flowValue(y *yaml.Node, form shape, text string, p part) (piece string, ok bool) {
	if y.Column != p.from {
		return "", false
	}
	if !isFlow(y) {
		return text[p.from:p.to], true
	}
	piece, end, ok := s.flow(y, form)
	return piece, ok && end == p.to
}
