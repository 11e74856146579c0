package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// step is how many spaces a block is indented from what it belongs to.
const step = 2

// layout writes a sheet in canonical form. It moves whole lines, and never writes a text anew.
type layout struct {
	*sheet
	out []byte
	// due is a blank line to be written before the next one; barred, if it would become part of the text before it.
	due, barred bool
	// column is where the comment at the end of the last line stands, in characters.
	column int
	// stuck is a line whose form is not understood.
	stuck int
}

// notStuck is the value of stuck while every line is understood.
const notStuck = -1

// file writes all lines.
func (l *layout) file(root *yaml.Node, form shape) {
	if !isBlock(root) {
		below := l.above(l.end, root.Line)
		l.head(0, root.Line)
		l.shifted(root.Line, below, 0)
		l.head(below, len(l.lines))
		return
	}
	first := l.firstRow(root)
	l.head(0, first)
	l.block(root, form, 0, "", first, l.end)
	l.head(l.end, len(l.lines))
}

// head writes lines that stand outside of all keys as they are.
func (l *layout) head(from, to int) {
	for i := from; i < to; i++ {
		switch {
		case l.blank(i):
			l.due = true
		case l.alone(i):
			l.comment(i, 0)
		default:
			l.line(i, l.lines[i].text)
		}
	}
}

// line writes a line that is made of line i of the file.
func (l *layout) line(i int, text string) {
	from := &l.lines[i]
	if !from.open {
		text = strings.TrimRight(text, " \t")
	}
	if l.due && !l.barred && len(l.out) > 0 {
		l.out = append(l.out, '\n')
	}
	l.due, l.barred = false, false
	l.out = append(append(l.out, text...), '\n')
	if from.comment >= 0 {
		comment := strings.TrimRight(from.text[from.comment:], " \t")
		l.column = utf8.RuneCountInString(text) - utf8.RuneCountInString(comment)
	}
}

func (l *layout) comment(i, indent int) {
	l.line(i, spaces(indent)+l.lines[i].text[l.lines[i].comment:])
}

// gap writes lines that are blank or comments.
func (l *layout) gap(from, to, indent int) {
	for i := from; i < to; i++ {
		if l.blank(i) {
			l.due = true
		} else {
			l.comment(i, indent)
		}
	}
}

func spaces(n int) string { return strings.Repeat(" ", n) }

// block writes keys or items with the lines up to end. Its first line begins with prefix, which may hold the dashes that
// it stands behind; comments above its first entry begin at lead.
func (l *layout) block(y *yaml.Node, form shape, indent int, prefix string, lead, end int) {
	all := l.entries(y, form)
	for i := range all {
		if !l.begins(&all[i]) {
			l.stuck = all[i].row
			return
		}
	}
	tail := l.deal(all, lead, end)
	order := inOrder(y, form)
	if first := &all[order[0]]; !slices.IsSorted(order) || strings.HasSuffix(prefix, "- ") {
		for first.lead < first.row && l.blank(first.lead) { // nothing that it would part
			first.lead++
		}
	}
	for n, i := range order {
		e := &all[i]
		if n > 0 {
			prefix = spaces(indent)
		}
		l.gap(e.lead, e.row, indentOf(prefix))
		l.entry(e, indent, prefix)
		l.gap(e.after, e.end, indent)
	}
	l.gap(tail, end, indent)
}

// entry writes an entry without the comments above it.
func (l *layout) entry(e *entry, indent int, prefix string) {
	text := l.lines[e.row].text[e.column:]
	if e.key == nil {
		text = strings.TrimLeft(text[1:], " \t")
		prefix += "- "
	}
	if !isBlock(e.value) {
		l.value(e, indent, prefix, text)
		return
	}
	first := l.firstRow(e.value)
	lead := l.above(first, e.row)
	if e.key == nil && (first == e.row || text == "" && lead == e.row+1) {
		l.block(e.value, e.form, indent+step, prefix, lead, e.after)
		return
	}
	l.line(e.row, prefix+text)
	l.rest(e.row+1, lead, indent+step)
	l.block(e.value, e.form, indent+step, spaces(indent+step), lead, e.after)
}

// value writes an entry whose value is no block of its own.
func (l *layout) value(e *entry, indent int, prefix, text string) {
	v := e.value
	if isFlow(v) && v.Line == e.row {
		if written, end, ok := l.flow(v, e.form); ok {
			whole := l.lines[e.row].text
			text = text[:len(text)-(len(whole)-v.Column)] + written + whole[end:]
		}
	}
	l.line(e.row, prefix+text)
	block, isText := l.blocks[v]
	switch {
	case isText:
		l.rest(e.row+1, block.header+1, indent+step)
		l.text(&block, indent, e.column)
		l.rest(block.end, e.inner, indent+step)
		l.barred = block.keeps
	case isFlow(v):
		l.shifted(e.row+1, e.inner, indent-e.column)
	default:
		l.rest(e.row+1, e.inner, indent+step)
	}
	l.gap(e.inner, e.after, indent+step)
}

// rest writes the further lines of a value together, so that the one that is indented least is indented that much.
func (l *layout) rest(from, to, indent int) {
	const far = MaxBytes
	least := far
	for i := from; i < to; i++ {
		if text := l.lines[i].text; strings.Trim(text, " \t") != "" && !l.alone(i) {
			least = min(least, indentOf(text))
		}
	}
	for i := from; i < to; i++ {
		if l.alone(i) && !l.lines[i].aligned {
			l.comment(i, indent)
		} else {
			l.shifted(i, i+1, indent-least)
		}
	}
}

// shifted writes the further lines of a value, indented by so much more.
func (l *layout) shifted(from, to, by int) {
	for i := from; i < to; i++ {
		text := l.lines[i].text
		at := indentOf(text)
		switch {
		case l.lines[i].aligned:
			l.line(i, spaces(l.column)+text[at:])
		case at == len(text): // blank in a text in quotes
			l.line(i, text)
		default:
			l.line(i, spaces(max(at+by, 0))+text[at:])
		}
	}
}

func indentOf(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }

// text writes the lines of a block of text. One whose indent is given by a number keeps it.
func (l *layout) text(b *textBlock, indent, column int) {
	to := indent + step
	if b.explicit {
		to = indent + b.indent - column
	}
	for i := b.header + 1; i < b.end; i++ {
		text := l.lines[i].text
		if len(text) > b.indent {
			l.out = append(append(l.out, spaces(to)...), text[b.indent:]...)
		}
		l.out = append(l.out, '\n')
	}
}
