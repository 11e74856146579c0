package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/touchstone-health/touchstone/pkg/text"
)

// apart keeps two characters from being read together. Readers of GitHub's dialect look for mentions, numbers of issues and
// addresses in the text that comes of the markup, so a backslash or a code for the character would not keep them from it.
const apart = "<!-- -->"

// bold is a text that stands out; of nothing it is nothing.
func bold(s string) string {
	if s = escape(s); s == "" {
		return ""
	}
	return "**" + s + "**"
}

// escape writes a text so that it is read as text and nothing else, at the beginning of a line, after it or in a cell. What
// can stand as it is does, since people read it in emails too.
func escape(s string) string { return begun(strings.TrimSpace(text.Visible(s))) }

// begun is a text that a line may begin with.
func begun(s string) string {
	at := beginning(s)
	if at < 0 {
		return within(s)
	}
	begins := s[:at] + `\` + s[at:at+1]
	if linked(rune(s[at]), s[:at], s[at+1:]) {
		begins += apart
	}
	return begins + within(s[at+1:])
}

// within is a text that something of its line stands before.
func within(s string) string {
	s = text.Visible(s)
	var b strings.Builder
	for i, r := range s {
		before, after := s[:i], s[i+utf8.RuneLen(r):]
		switch {
		case r == '$': // two of them enclose a formula
			b.WriteString("<span>$</span>")
		case r == '<':
			b.WriteString("&lt;")
		case r == '&' && entity(after):
			b.WriteString("&amp;")
		case markup(r, before, after):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
			if linked(r, before, after) {
				b.WriteString(apart)
			}
		}
	}
	return b.String()
}

// beginning is where a text begins like a list, a quotation, a rule or a line under a heading, or -1 if it does not.
func beginning(s string) int {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case s == "":
		return -1
	case strings.ContainsRune("=>", rune(s[0])):
		return 0
	case strings.ContainsRune("+-:", rune(s[0])) && (len(s) == 1 || strings.ContainsRune(" -:", rune(s[1]))):
		return 0
	case digits > 0 && len(s) > digits && strings.ContainsRune(".)", rune(s[digits])) && (len(s) == digits+1 || s[digits+1] == ' '):
		return digits
	}
	return -1
}

// entity reports whether what stands behind an ampersand could make it a code for another character.
func entity(after string) bool {
	r, _ := utf8.DecodeRuneInString(after)
	return r == '#' || r < utf8.RuneSelf && unicode.IsLetter(r)
}

// markup reports whether a character could be read as markup where it stands.
func markup(r rune, before, after string) bool {
	switch r {
	case '`', '*', '[', ']', '|', '~':
		return true
	case '#':
		return !digit(after)
	case '_': // inside a word it is a letter
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		return !alphanumeric(last) || !alphanumeric(next)
	case '\\':
		next, _ := utf8.DecodeRuneInString(after)
		return after == "" || next < utf8.RuneSelf && (unicode.IsPunct(next) || unicode.IsSymbol(next))
	}
	return false
}

// linked reports whether a character and what follows could become a link, a mention or a picture.
func linked(r rune, before, after string) bool {
	switch r {
	case '@':
		return after != "" && after[0] != ' '
	case '#':
		return digit(after)
	case '/':
		return strings.HasPrefix(after, "/")
	case ':':
		return emoji(after)
	case '-':
		return digit(after) && suffixed(before, "gh")
	case 'w', 'W':
		return strings.HasPrefix(after, ".") && suffixed(before, "ww")
	}
	return false
}

// emoji reports whether what stands behind a colon is the name of a picture. A number is none, but for these.
func emoji(after string) bool {
	const letters, rest = "abcdefghijklmnopqrstuvwxyz", "0123456789_+-"
	name, _, closed := strings.Cut(after, ":")
	switch name {
	case "100", "1234", "+1", "-1":
		return closed
	}
	return closed && strings.ContainsAny(name, letters) && strings.Trim(name, letters+rest) == ""
}

// suffixed reports whether a text ends so, in small letters or capitals.
func suffixed(before, with string) bool {
	return len(before) >= len(with) && strings.EqualFold(before[len(before)-len(with):], with)
}

func digit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
