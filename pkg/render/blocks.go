package render

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// blocks are written with an empty line between them.
func (t terminal) blocks(blocks []report.Block) {
	for i, b := range blocks {
		if i > 0 {
			t.line("")
		}
		if b.Code == "" {
			t.paragraph(b)
			continue
		}
		for line := range strings.Lines(b.Code) {
			t.code(text.Visible(strings.TrimRight(line, "\n")))
		}
	}
}

// paragraph is a text with the points below it.
func (t terminal) paragraph(b report.Block) {
	if s := led(b); s != "" {
		t.wrapped("", s, plain)
	}
	const bullet, under = "- ", "  "
	for _, item := range b.List {
		for i, line := range text.Wrap(text.Visible(item), t.width-len(bullet)) {
			if i == 0 {
				line = bullet + line
			} else {
				line = under + line
			}
			t.line(line)
		}
	}
}

// code writes a line that keeps its indent, and if it is too wide goes on further in.
func (t terminal) code(written string) {
	const indent, further = "  ", "    "
	if text.Width(indent+written) <= t.width {
		t.line(indent + written)
		return
	}
	words := strings.TrimLeft(written, " ")
	in := indent + strings.Repeat(" ", min(len(written)-len(words), t.width/2))
	for i, part := range text.Wrap(words, t.width-len(in+further)) {
		if i > 0 {
			part = further + part
		}
		t.line(in + part)
	}
}

func led(b report.Block) string {
	s := b.Text + b.Plain
	if b.Lead == "" {
		return s
	}
	return strings.TrimSpace(b.Lead + ": " + s)
}

// blocks are paragraphs and fenced code. A fence is longer than any that stands in the code.
func (m markdown) blocks(blocks []report.Block) {
	for i, b := range blocks {
		if i > 0 {
			m.printf("\n")
		}
		if b.Code == "" {
			m.paragraph(b)
			continue
		}
		fence := "```"
		for strings.Contains(b.Code, fence) {
			fence += "`"
		}
		m.printf("%s\n", fence)
		for line := range strings.Lines(b.Code) {
			m.printf("%s\n", text.Visible(strings.TrimRight(line, "\n")))
		}
		m.printf("%s\n", fence)
	}
}

// paragraph is a text with the points below it.
func (m markdown) paragraph(b report.Block) {
	words := prose(b.Text) + escape(b.Plain)
	if b.Lead != "" {
		words = strings.TrimSpace("**" + escape(b.Lead) + ":** " + words)
	}
	if words != "" {
		m.printf("%s\n", words)
	}
	for i, item := range b.List {
		if i == 0 && words != "" {
			m.printf("\n")
		}
		m.printf("- %s\n", escape(item))
	}
}

// prose escapes a text of ours but for what stands between backticks, which stays code.
func prose(s string) string {
	parts := strings.Split(text.Visible(s), "`")
	if len(parts)%2 == 0 { // one is open
		return escape(s)
	}
	parts[0] = begun(parts[0])
	for i := 2; i < len(parts); i += 2 {
		parts[i] = within(parts[i])
	}
	return strings.Join(parts, "`")
}
