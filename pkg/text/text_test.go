package text_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/text"
)

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0301": 1, "日本": 4, "👩‍⚕️": 2, "a\u200db": 2, "│": 1,
	} {
		if got := text.Width(s); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	for s, want := range map[string]string{
		"plain":               "plain",
		"日本 é 👩‍⚕️":           "日本 é 👩‍⚕️",
		"a\tb\nc\r\nd":        "a b c  d",
		"\x1b[31mred\x07":     `\u{1b}[31mred\u{7}`,
		"\u009b2J\x7f":        `\u{9b}2J\u{7f}`,
		"x\u202egpj.exe":      `x\u{202e}gpj.exe`,
		"\u2066a\u2069\u200f": `\u{2066}a\u{2069}\u{200f}`,
		"a\u2028b\u0085c":     `a\u{2028}b\u{85}c`,
		"bad \xff byte":       `bad \u{fffd} byte`,
		"\ufeffbom":           `\u{feff}bom`,
		"no\ufffe\ufdd0":      `no\u{fffe}\u{fdd0}`,
	} {
		if got := text.Visible(s); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"", 5, ""},
		{"  one  two\nthree ", 9, "one two|three"},
		{"one two", 7, "one two"},
		{"one two", 6, "one|two"},
		{"a extraordinary b", 6, "a|extrao|rdinar|y b"},
		{"日本語 テスト", 5, "日本|語|テス|ト"},
		{"日", 1, "日"},
		{"abc", 0, "a|b|c"},
	} {
		if got := strings.Join(text.Wrap(c.in, c.width), "|"); got != c.want {
			t.Errorf("%q in %d: got %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

// No line is too wide, and nothing but spaces is lost.
func TestWrapKeepsAll(t *testing.T) {
	letters := rapid.SampledFrom([]rune("ab é日本👩⚕🇬🇧1#\u0301\ufe0f\u200d\u20e3\n\t"))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringOf(letters), rapid.String()).Draw(t, "text")
		width := rapid.IntRange(2, 12).Draw(t, "width")
		lines := text.Wrap(s, width)
		for _, line := range lines {
			if text.Width(line) > width {
				t.Errorf("%q is %d wide, not %d", line, text.Width(line), width)
			}
		}
		without := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := without(strings.Join(lines, "")), without(s); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"", 3, ""}, {"abc", 2, "ab"}, {"abc", 5, "abc"}, {"日本", 3, "日"}, {"日本", 1, "日"}, {"e\u0301e", 1, "e\u0301"}, {"👩‍⚕️b", 2, "👩‍⚕️"}, {"a👩‍⚕️", 2, "a"},
	} {
		if got := text.Cut(c.in, c.width); got != c.want {
			t.Errorf("%q in %d: got %q, want %q", c.in, c.width, got, c.want)
		}
	}
}
