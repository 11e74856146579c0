package render

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/calendar"
)

// Whatever a text is, no part of it between commas or semicolons begins like a formula, and nothing else of it is lost.
func TestFieldIsNoFormula(t *testing.T) {
	begins := regexp.MustCompile(`(^|;)[\s\x{a0}\x{3000}\x{200c}\x{200d}"]*'*[=+\-@＝＋－＠]`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("=+-@＝＋－＠;,'\" \t\r\na\u00a0\u200d\u202e"))).Draw(t, "text")
		got := field(s)
		if found := begins.FindString(got); found != "" && !strings.Contains(found, "'") {
			t.Fatalf("%q begins like a formula", got)
		}
		if plain := field("x" + s); strings.ReplaceAll(plain, "'", "") != "x"+strings.ReplaceAll(got, "'", "") {
			t.Fatalf("%q and %q differ by more than marks", got, plain)
		}
	})
}

// A text that is longer than a cell can be says so at its end, and is cut between characters.
func TestCut(t *testing.T) {
	for _, s := range []string{strings.Repeat("a", most), strings.Repeat("😀", most/2)} {
		if cut(s) != s {
			t.Error("what fits is cut")
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(rapid.StringN(1, 5, -1).Draw(t, "text"), most)
		got := cut(s)
		if !utf8.ValidString(s) {
			return
		}
		if units(got) > most || !utf8.ValidString(got) || units(s) > most && !strings.HasSuffix(got, "has the whole of it)") {
			t.Fatalf("%d of %d", units(got), units(s))
		}
	})
}

// Days are numbered as Excel numbers them: 1 March 1900 is 61, and 21 November 2026 is 46347.
func TestDays(t *testing.T) {
	for written, want := range map[string]any{"1900-03-01": 61, "2026-11-21": 46347, "2000-01-01": 36526, "1899-12-31": "1899-12-31"} {
		d, err := calendar.ParseDate(written)
		if err != nil {
			t.Fatal(err)
		}
		if got := day(d).value; got != want {
			t.Errorf("%s: %v, want %v", written, got, want)
		}
	}
	if day(calendar.Date{}).value != nil {
		t.Error("no day has a number")
	}
}
