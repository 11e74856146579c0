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
			t.wrapped("", led(b), plain)
			continue
		}
		for line := range strings.Lines(b.Code) {
			t.code(text.Visible(strings.TrimRight(line, "\n")))
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
	if b.Lead == "" {
		return b.Text
	}
	return b.Lead + ": " + b.Text
}

// blocks are paragraphs and fenced code. A fence is longer than any that stands in the code.
func (m markdown) blocks(blocks []report.Block) {
	for i, b := range blocks {
		if i > 0 {
			m.printf("\n")
		}
		if b.Code == "" {
			if b.Lead != "" {
				m.printf("**%s:** ", escape(b.Lead))
			}
			m.printf("%s\n", prose(b.Text))
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

// prose escapes a text of ours but for what stands between backticks, which stays code.
func prose(s string) string {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 { // one is open
		return escape(s)
	}
	parts[0] = begun(parts[0])
	for i := 2; i < len(parts); i += 2 {
		parts[i] = within(parts[i])
	}
	return strings.Join(parts, "`")
}
