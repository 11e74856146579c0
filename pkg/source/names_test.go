package source

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is an id or a fact's name is what its form says to schemas and editors.
func TestNamesHaveTheirForms(t *testing.T) {
	ident, fact := regexp.MustCompile(identForm), regexp.MustCompile(factForm)
	texts := rapid.OneOf(rapid.StringOf(rapid.RuneFrom([]rune("azAZ09-_ \né"))), rapid.StringMatching(identForm), rapid.StringMatching(factForm))
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		if isIdent(s) != ident.MatchString(s) || isFactName(s) != fact.MatchString(s) {
			t.Fatalf("%q: an id %t, a fact's name %t", s, isIdent(s), isFactName(s))
		}
	})
}

// The sum of a text is that of its bytes, however long it is.
func TestSumOfText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(rapid.StringN(0, 20, -1).Draw(t, "text"), rapid.IntRange(0, 2000).Draw(t, "times"))
		if sumOf(s) != sum([]byte(s)) {
			t.Fatalf("%d bytes: %d, want %d", len(s), sumOf(s), sum([]byte(s)))
		}
	})
}
