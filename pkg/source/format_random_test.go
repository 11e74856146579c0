package source_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// untidy writes rubrics in every form that a person might, and some that nobody would. Most of what it writes can be read.
type untidy struct {
	*rapid.T

	out   strings.Builder
	names []string // given with &
}

func (u *untidy) one(of ...string) string { return rapid.SampledFrom(of).Draw(u.T, "one") }

func (u *untidy) upTo(n int) int { return rapid.IntRange(0, n).Draw(u.T, "n") }

func (u *untidy) often() bool { return u.upTo(3) > 0 }

func (u *untidy) seldom() bool { return u.upTo(5) == 0 }

// between writes blank lines and comments.
func (u *untidy) between(column int) {
	for range u.upTo(3) {
		switch u.upTo(5) {
		case 0:
			u.out.WriteString(u.one("", " ", "     ") + "\n")
		case 1:
			u.out.WriteString(strings.Repeat(" ", column) + u.note() + "\n")
		case 2:
			u.out.WriteString(strings.Repeat(" ", u.upTo(column+4)) + u.note() + "\n")
		}
	}
}

func (u *untidy) note() string {
	return u.one("# about", "#", "#: b", "# - c", "# \"", "# 'x' {", "# é") + u.one("", " ", "\t ")
}

// line ends a line, and may go on with its comment on the next.
func (u *untidy) line(text string) {
	from := u.out.Len()
	u.out.WriteString(text)
	if u.seldom() {
		u.out.WriteString(u.one(" ", "   ") + u.note())
	} else {
		u.out.WriteString(u.one("", "", " "))
	}
	whole := u.out.String()
	last := whole[strings.LastIndexByte(whole[:from], '\n')+1:]
	u.out.WriteString("\n")
	if at := strings.Index(last, " #"); at >= 0 && u.often() {
		u.out.WriteString(strings.Repeat(" ", at+1) + u.note() + "\n")
	}
}

var untidyKeys = []string{
	"id", "title", "use", "as", "weight", "levels", "improve", "criteria", "gates", "bands", "maps", "evidence", "measure", "because",
	"from_stage", "other", "'quoted'", `"more"`, "é",
}

// mapping writes keys below one another. The first may stand behind a dash.
func (u *untidy) mapping(column, depth int, behindDash bool) {
	keys := rapid.SliceOfNDistinct(rapid.SampledFrom(untidyKeys), 1, 6, rapid.ID).Draw(u.T, "keys")
	if u.seldom() {
		keys = []string{"3", "1", "2.5", "-1"}[:1+u.upTo(3)]
	}
	for i, key := range keys {
		if i > 0 || !behindDash {
			u.between(column)
			u.out.WriteString(strings.Repeat(" ", column))
		}
		u.out.WriteString(key + u.one("", "", " ") + ":")
		u.value(column, depth)
	}
}

func (u *untidy) list(column, depth int, behindDash bool) {
	for i := range 1 + u.upTo(4) {
		if i > 0 || !behindDash {
			u.between(column)
			u.out.WriteString(strings.Repeat(" ", column))
		}
		u.out.WriteString("-")
		gap := 1 + u.upTo(2)
		switch {
		case depth > 0 && u.often():
			u.out.WriteString(strings.Repeat(" ", gap))
			u.block(column+1+gap, depth-1, true)
		default:
			u.value(column, depth)
		}
	}
}

func (u *untidy) block(column, depth int, behindDash bool) {
	if u.often() {
		u.mapping(column, depth, behindDash)
	} else {
		u.list(column, depth, behindDash)
	}
}

// value writes what stands behind a colon or a dash, to the end of the line.
func (u *untidy) value(column, depth int) {
	in := strings.Repeat(" ", column+1+u.upTo(5))
	anchor := ""
	if u.seldom() {
		name := fmt.Sprintf("a%d", u.upTo(3))
		anchor = " &" + name
		defer func() { u.names = append(u.names, name) }()
	}
	switch u.upTo(10) {
	case 0:
		u.line(anchor)
	case 1:
		u.line(anchor + u.one(" ", "  ") + u.one("a", "5", "a#b", "it's", "-x", "é \"q\""))
	case 2:
		if len(u.names) == 0 {
			u.line("")
			return
		}
		u.line(" *" + u.one(u.names...))
	case 3:
		u.line(anchor + u.one(` "a"`, ` 'a # b'`, ` "a \" # b"`, ` 'it''s'`, ` ""`))
	case 4: // text in quotes over several lines
		mark := u.one(`"`, "'")
		u.out.WriteString(anchor + " " + mark + "a" + u.one("", " ", " # no comment") + "\n")
		u.out.WriteString(u.one("", "", "\n", "   \n") + in + "b" + u.one("", "  \n"+in+" c") + mark)
		u.line("")
	case 5: // plain text over several lines
		u.out.WriteString(anchor + u.one(" a", "\n"+in+"a") + u.one("", " ") + "\n" + u.one("", "\n", "  \n"))
		u.line(in + u.one("b", "- b", "it's"))
	case 6, 7:
		u.text(column, anchor)
	case 8:
		u.out.WriteString(anchor + " ")
		u.flow(column, 2)
		u.line("")
	default:
		if depth == 0 {
			u.line(" deep")
			return
		}
		u.line(anchor)
		u.between(column + 2)
		if u.seldom() {
			u.list(column, depth-1, false)
		} else {
			u.block(column+1+u.upTo(4), depth-1, false)
		}
	}
}

// text writes a block of text.
func (u *untidy) text(column int, anchor string) {
	by := 1 + u.upTo(4)
	number := ""
	if u.seldom() {
		number = strconv.Itoa(by)
	}
	u.out.WriteString(anchor + " " + u.one("|", ">") + u.one("", "-", "+") + number + u.one("", "", " # text") + "\n")
	if number != "" && u.often() {
		u.out.WriteString(strings.Repeat(" ", column+by) + "  deep\n")
	}
	for range u.upTo(3) {
		u.out.WriteString(u.one("\n", strings.Repeat(" ", column+by)+u.one("text", "# text", "  more", "trailing  ", "", "  ", "a: b", "- c")+"\n"))
	}
	u.out.WriteString(u.one("", "", "\n", "\n\n"))
}

// flow writes a mapping or list in brackets.
func (u *untidy) flow(column, depth int) {
	space := func() { u.out.WriteString(u.one("", "", " ", "  ")) }
	if u.seldom() {
		space = func() {
			u.out.WriteString(u.one("", " ", "\n"+strings.Repeat(" ", column+1+u.upTo(3)), " # in\n"+strings.Repeat(" ", column+1)))
		}
	}
	one := func() {
		if depth > 0 && u.seldom() {
			u.flow(column, depth-1)
		} else {
			u.out.WriteString(u.one("a", "5", `"q, ]"`, "\"q ], \n  q\"", "'it''s'", "a b", "é", "why? no", "why?", "{}", "[ ]", "x#y", "a:b"))
		}
	}
	if u.often() {
		u.out.WriteString("{")
		for i, key := range rapid.SliceOfNDistinct(rapid.SampledFrom(untidyKeys), 0, 3, rapid.ID).Draw(u.T, "keys") {
			if i > 0 {
				u.out.WriteString(",")
			}
			space()
			u.out.WriteString(key + u.one(":", ": ", ":  ", ": ", ": "))
			if u.often() {
				one()
			}
			space()
		}
		u.out.WriteString(u.one("}", "}", "}", " }", ", }"))
		return
	}
	u.out.WriteString("[")
	for i := range u.upTo(3) {
		if i > 0 {
			u.out.WriteString(",")
		}
		space()
		one()
		space()
	}
	u.out.WriteString(u.one("]", "]", " ]", ",]"))
}

// The laws hold for whatever can be read, in whatever form it is written, and the formatter never has to refuse what it
// made itself.
func TestFormatLawsAtRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := &untidy{T: t}
		u.out.WriteString(u.one("", "", "# head\n", "\n\n", "# head\n\n", "---\n"))
		u.out.WriteString("touchstone: rubric/v1\n")
		u.mapping(0, 4, false)
		u.between(4)
		text := u.one("", "", "\ufeff") + u.out.String() + u.one("", "", "...\n", "...\n# end\n")
		if u.seldom() {
			text = strings.TrimSuffix(text, "\n")
		}
		if u.seldom() {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		for _, d := range checkLaws(t, "f.yaml", []byte(text)) {
			if !strings.Contains(d.Message, "ends within a text") {
				t.Errorf("refused: %s: %s\n%s", d.Place, d.Message, text)
			}
		}
	})
}
