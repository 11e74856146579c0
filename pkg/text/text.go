// Package text lays out text on a terminal: how wide it is, where its lines break, and how what could move the cursor
// is made visible.
package text

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// Width is how many columns s takes on a terminal.
func Width(s string) int { return displaywidth.String(s) }

// Visible returns s with every control character, line separator, mark of direction and code that is no character
// written out as `\u{1b}`, so that text from a file can neither move the cursor nor reorder what is read. Tabs and line
// breaks become spaces.
func Visible(s string) string {
	clean := func(r rune) bool { return r >= ' ' && r < 0x7f }
	if strings.IndexFunc(s, func(r rune) bool { return !clean(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case hidden(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Shown is [Visible] for a text of several lines, whose line breaks and tabs stay.
func Shown(s string) string {
	if strings.IndexFunc(s, concealed) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\r':
			b.WriteByte(' ')
		case concealed(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func concealed(r rune) bool { return hidden(r) && r != '\t' && r != '\n' }

// hidden holds for controls, for codes that are no characters, and for format characters but the two joiners that scripts
// and emoji need.
func hidden(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner, lineSeparator, paragraphSeparator = 0x200c, 0x200d, 0x2028, 0x2029
	switch r {
	case zeroWidthNonJoiner, zeroWidthJoiner:
		return false
	case lineSeparator, paragraphSeparator, unicode.ReplacementChar:
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

// Wrap breaks s into lines of at most width columns, at spaces; a longer word is cut. It returns at least one line.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		for head := Cut(word, width); head != word; head = Cut(word, width) {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			lines, word = append(lines, head), word[len(head):]
		}
		switch {
		case word == "":
		case line == "":
			line = word
		case Width(line+" "+word) <= width: // a mark may widen the space before it
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// Cut returns the beginning of s that fits in width columns, at least one character with its marks and joiners.
func Cut(s string, width int) string {
	end, used := 0, 0
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		if used += g.Width(); end > 0 && used > width {
			break
		}
		end += len(g.Value())
	}
	return s[:end]
}

// Hidden reports whether a character is one that [Visible] writes out as its code.
func Hidden(r rune) bool { return hidden(r) }
