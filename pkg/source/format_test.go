package source_test

import (
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

var declared = []source.Declaration{
	rubric.Declaration(), rubric.VocabularyDeclaration(), rubric.ReferenceDeclaration(),
	innovation.Declaration(), innovation.AssessmentDeclaration(), cases.Declaration(), source.Undeclared("later/v1"),
}

// forms are files and their canonical forms. An empty form is that of the file itself. Without a header, a file is a
// rubric.
var forms = []struct{ name, file, form string }{
	{"keys in the declared order, others behind them", "zz: 1\ntitle: T\naa: 2\nid: a\n", "id: a\ntitle: T\nzz: 1\naa: 2\n"},
	{"keys whose names are the author's", "facts:\n  b: {type: text}\n  a: {type: text}\nkinds:\n  z: {title: Z}\n  c: {title: C}\n", ""},
	{"levels rise by value", "criteria:\n  - id: a\n    levels:\n      10: X\n      9.5: W\n      -1: V\n", "criteria:\n  - id: a\n    levels:\n      -1: V\n      9.5: W\n      10: X\n"},
	{"levels that are no numbers", "criteria:\n  - levels:\n      ten: X\n      2: W\n", ""},
	{"items keep their order", "bands:\n  - {id: b}\n  - {id: a}\n", ""},
	{"any depth", "criteria:\n  - criteria:\n      - na:\n          counts: best\n          reasons: [R]\n        id: b\n    id: a\n", "criteria:\n  - id: a\n    criteria:\n      - id: b\n        na:\n          reasons: [R]\n          counts: best\n"},
	{"the short form or the long one", "criteria:\n  - evidence: {min: 1, from: 2}\n  - evidence:\n      - {min: 1, from: 2}\n  - evidence: none\n", "criteria:\n  - evidence: {from: 2, min: 1}\n  - evidence:\n      - {from: 2, min: 1}\n  - evidence: none\n"},
	{"the header goes first", "# head\n\nid: a\ntouchstone: rubric/v1\n", "# head\n\ntouchstone: rubric/v1\nid: a\n"},
	{"a kind of file that is not declared yet", "touchstone: later/v1\nzz:\n- b: 1\n  a: 2\n", "touchstone: later/v1\nzz:\n  - b: 1\n    a: 2\n"},

	{"two spaces for each level", "show:\n    to: 5\ngates:\n- id: a\n  otherwise:\n        cap: b\n-   id: c\n    maps:\n    - d\n", "show:\n  to: 5\ngates:\n  - id: a\n    otherwise:\n      cap: b\n  - id: c\n    maps:\n      - d\n"},
	{"lists in lists", "a:\n- - - x\n  -   - y\n-\n  - z\n", "a:\n  - - - x\n    - - y\n  - - z\n"},
	{"a file that is indented", "  touchstone: rubric/v1\n  id: a\n", "touchstone: rubric/v1\nid: a\n"},
	{"spaces at the ends of lines, blank lines, the end of the file", "\n\ntouchstone: rubric/v1  \n\n\n \nid: a\t\n\n \n", "touchstone: rubric/v1\n\nid: a\n"},
	{"a byte order mark and line ends CRLF", "\ufefftouchstone: rubric/v1\r\n\r\n\r\ntitle: |\r\n  a\r\n\r\n\r\n  b\r\n", "touchstone: rubric/v1\n\ntitle: |\n  a\n\n\n  b\n"},
	{"no line end at the end", "id: a\ntitle: |-\n  T", "id: a\ntitle: |-\n  T\n"},
	{"marks of the document", "---\n# c\n\n\ntouchstone: rubric/v1\ntitle: T\nid: a\n\n\n...\n\n# d\n", "---\n# c\n\ntouchstone: rubric/v1\nid: a\ntitle: T\n\n...\n\n# d\n"},

	{"a comment moves with the key below it", "# of title\ntitle: T # T\n\n# of id,\n  # as well\nid: a\n", "\n# of id,\n# as well\nid: a\n# of title\ntitle: T # T\n"},
	{"a comment above a moved first key of an item", "bands:\n  - label: L\n    # of id\n    id: a\n", "bands:\n  # of id\n  - id: a\n    label: L\n"},
	{"a comment that touches what is above it, and not what is below", "title: T\n# also of title\n\nid: a\n", "\nid: a\ntitle: T\n# also of title\n"},
	{"a comment at the end of a block", "gates:\n  - needs: x\n    id: a\n    # end of a\n  # end of gates\n# of bands\nbands: []\n# end\n", "gates:\n  - id: a\n    needs: x\n    # end of a\n  # end of gates\n# of bands\nbands: []\n# end\n"},
	{"a comment below a key with nothing in it", "stage:\n    # one of three\nid: a\n", "id: a\nstage:\n  # one of three\n"},
	{"a comment that goes on in the next line", "zz:\n    title: T # one\n             # two\n    b: c\n", "zz:\n  title: T # one\n           # two\n  b: c\n"},
	{"a comment behind a dash", "bands:\n  -  # c\n     label: L\n     id: a\n", "bands:\n  - # c\n    id: a\n    label: L\n"},
	{"comments in the column of their own", "id: a        # x\ntitle: T     # y\n", ""},

	{"blocks of text", "because: >-\n\n      a\n        b\n\n\n      c\nid: |+\n     x  \n\n\n", "id: |+\n  x  \n\n\nbecause: >-\n\n  a\n    b\n\n\n  c\n"},
	{"blocks of text that say how they are indented", "criteria:\n- why: |2\n     a\n    b\n", "criteria:\n  - why: |2\n       a\n      b\n"},
	{"no blank line below a text that would take it in", "title: |+\n  T\npurpose: P\n\nid: a\n", "\nid: a\ntitle: |+\n  T\npurpose: P\n"},
	{"text over several lines", "a:\n        b: one\n          two\n\n\n           three\n        c: \"one  \n\n         # two\"\n", "a:\n  b: one\n    two\n\n\n     three\n  c: \"one  \n\n    # two\"\n"},
	{"quotes and spaces in a text", "title:   \"a  #  b\"   # c\npurpose: 'it''s'\nissuer: a  b\n", ""},

	{"brackets on one line", "bands: [ {label: \"{A,  # B\",id: a },{ id: b , label: 'it''s' } , ]\n", "bands: [{id: a, label: \"{A,  # B\"}, {id: b, label: 'it''s'}]\n"},
	{"brackets with an address", "zz: {b:  docs/a.pdf#page=4,a: https://b.example}\n", "zz: {b: docs/a.pdf#page=4, a: https://b.example}\n"},
	{"brackets over several lines", "zz:\n    show: {to: 1,\n           # c\n       from:  0}\n", "zz:\n  show: {to: 1,\n         # c\n     from:  0}\n"},
	{"brackets with a key and nothing in it", "show: {to: , from: 0}\n", ""},
	{"names go before what uses them", "title: &t T\nid: *t\nbands:\n  - label: &l L\n    id: &i a\n  - label: *l\n    id: *i\n", "title: &t T\nid: *t\nbands:\n  - id: &i a\n    label: &l L\n  - id: *i\n    label: *l\n"},
	{"brackets all around", "\n{touchstone: rubric/v1,\n\n\n  title: a\n\n\n  b, id: a}  \n\n\n# end\n", "{touchstone: rubric/v1,\n\n\n  title: a\n\n\n  b, id: a}\n\n# end\n"},
}

func TestFormat(t *testing.T) {
	const header = "touchstone: rubric/v1\n"
	for _, c := range forms {
		file, form := c.file, c.form
		if form == "" {
			form = file
		}
		if !strings.Contains(file, source.Header) {
			file, form = header+file, header+form
		}
		got, list := source.Format("f.yaml", []byte(file), declared)
		if len(list) > 0 || string(got) != form {
			t.Errorf("%s: %v\n--- file\n%s--- got\n%s--- want\n%s", c.name, list, file, got, form)
		}
		checkLaws(t, "f.yaml", []byte(file))
	}
}

// JSON is what another program wrote, and stays as it is.
func TestFormatLeavesJSON(t *testing.T) {
	for _, name := range []string{"f.json", "f.yaml"} {
		const file = "{ \"touchstone\":\"rubric/v1\",\r\n\"title\":\"T\", \"id\":\"a\" }\n\n"
		got, list := source.Format(name, []byte(file), declared)
		if len(list) > 0 || string(got) != file {
			t.Errorf("%s: %v, got %q", name, list, got)
		}
	}
}

// What cannot be laid out is refused with its place and a step to take, and nothing is returned that could be written.
func TestFormatRefuses(t *testing.T) {
	for _, c := range []struct{ file, at, rule string }{
		{"touchstone: rubric/v1\n? id\n: a\n", "f.yaml:2", "cannot-format"},
		{"touchstone: rubric/v1\n?\n  id\n: a\n", "f.yaml:3", "cannot-format"},
		{"touchstone: rubric/v1\na:\n  ? |\n   id\n  : a\n", "f.yaml:3", "cannot-format"},
		{"touchstone: rubric/v1\ntitle: |\n  a", "f.yaml:3", "cannot-format"},
		{"touchstone: rubric/v1\ntitle: a: b\n", "f.yaml:2", "syntax"},
		{"touchstone: rubric/v1\nid: a\nid: b\n", "f.yaml:3:1", "duplicate-key"},
		{"id: a\n", "f.yaml:1:1", "wrong-kind"},
		{"- a\n", "f.yaml:1:1", "wrong-kind"},
		{"touchstone: rubrik/v1\n", "f.yaml:1:13", "unknown-file-kind"},
		{"touchstone:\n", "f.yaml:1:12", "wrong-kind"},
		{"", "f.yaml", "empty-file"},
		{"touchstone: rubric/v1\nid: \xff\n", "f.yaml:2:5", "encoding"},
	} {
		got, list := source.Format("f.yaml", []byte(c.file), declared)
		if got != nil || len(list) != 1 || list[0].Rule != c.rule || list[0].Place.String() != c.at || list[0].Hint == "" {
			t.Errorf("%q: got %q, %+v, want %s at %s, with a hint", c.file, got, list, c.rule, c.at)
		}
	}
}
