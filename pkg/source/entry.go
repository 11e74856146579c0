package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// entry is a key with its value, or an item of a list, with its lines: comments above it from lead, its own from row,
// comments that are indented further from inner, and those that touch it from after to end.
type entry struct {
	key, value *yaml.Node // key is nil for an item
	form       shape      // of the value
	row        int
	column     int

	lead, inner, after, end int
}

// entries finds the keys or items of a block, and where they begin.
func (s *sheet) entries(y *yaml.Node, form shape) []entry {
	var all []entry
	if y.Kind == yaml.SequenceNode {
		item, column := itemShape(form), s.columnOf(y)
		for _, value := range y.Content {
			all = append(all, entry{value: value, form: item, row: s.dash(value, column), column: column})
		}
		return all
	}
	for i := 0; i < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		all = append(all, entry{key: key, value: value, form: valueShape(form, key.Value), row: key.Line, column: key.Column})
	}
	return all
}

// deal gives the lines up to end to the entries of a block, comments above the first from lead on. Those from tail on
// belong to the block as a whole.
func (s *sheet) deal(all []entry, lead, end int) (tail int) {
	for i := range all {
		e, next := &all[i], end
		if i+1 < len(all) {
			next = all[i+1].row
		}
		e.lead = lead
		e.inner = s.above(next, e.row)
		e.after, e.end = s.belongs(e, next, i+1 == len(all))
		lead, tail = e.end, e.after
	}
	return tail
}

// begins reports whether nothing but dashes stands before an entry, and a colon behind its key. `? key` is another form.
func (s *sheet) begins(e *entry) bool {
	on := s.lines[e.row]
	if on.inside || len(on.text) <= e.column || strings.Trim(on.text[:e.column], " -") != "" {
		return false
	}
	if e.key == nil {
		return on.text[e.column] == '-'
	}
	row, at := s.behindAnchor(e.key)
	behind, written := strings.CutPrefix(s.lines[row].text[at:], e.key.Value)
	if q, quoted := s.quotedFrom(row, at); quoted {
		behind, written = s.lines[q.endRow].text[q.to:], q.endRow == row
	}
	return written && row == e.row && strings.HasPrefix(strings.TrimLeft(behind, " \t"), ":")
}

// above is the first of the lines right above a line that are blank or comments, and below another line.
func (s *sheet) above(row, below int) int {
	for row > below+1 && s.between(row-1) {
		row--
	}
	return row
}

// belongs finds which of the lines between an entry and the next belong to it: comments that are indented further, and
// comments that touch it and not what follows. Below the last entry, those stay at the end of the block.
func (s *sheet) belongs(e *entry, next int, last bool) (after, end int) {
	after = e.inner
	if _, text := s.blocks[e.value]; !text { // a comment might become a line of it
		for i := e.inner; i < next && (s.blank(i) || s.lines[i].comment > e.column); i++ {
			if !s.blank(i) {
				after = i + 1
			}
		}
	}
	end = after
	if last || after == next || s.blank(after) {
		return after, end
	}
	for end < next && !s.blank(end) {
		end++
	}
	if end == next {
		end = after
	}
	return after, end
}

// dash finds the line with the dash of an item, in the column of its list.
func (s *sheet) dash(item *yaml.Node, column int) (row int) {
	for row = item.Line; row > 0; row-- {
		text := s.lines[row].text
		if len(text) > column && text[column] == '-' && strings.Trim(text[:column], " -") == "" {
			break
		}
	}
	return row
}

// firstRow is the line on which a block begins.
func (s *sheet) firstRow(y *yaml.Node) int {
	if y.Kind == yaml.MappingNode {
		return y.Content[0].Line
	}
	return s.dash(y.Content[0], s.columnOf(y))
}
