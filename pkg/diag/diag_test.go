package diag_test

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

func TestWriteText(t *testing.T) {
	place := func(line, column, width int) diag.Place {
		return diag.Place{File: "clinic.yaml", Line: line, Column: column, Width: width}
	}
	for _, c := range []struct {
		name, data string
		d          diag.Diagnostic
		want       string
	}{
		{
			"as the style guide draws it", "a: 1\n\n\n\n\n\n\n\n\n\n\n      wieght: 3\r\nb: 2\n",
			diag.Diagnostic{Rule: "unknown-key", Place: place(12, 7, 6), Message: `unknown key "wieght" in criterion "x"`, Hint: `did you mean "weight"?`},
			`clinic.yaml:12:7: error: unknown key "wieght" in criterion "x" [unknown-key]
   |
12 |       wieght: 3
   |       ^~~~~~
  hint: did you mean "weight"?
1 error in 1 file
`,
		},
		{
			"wide characters before and below", "日本: e\u0301日 x",
			diag.Diagnostic{Severity: diag.Warning, Rule: "r", Place: place(1, 5, 3), Message: "m"},
			"clinic.yaml:1:5: warning: m [r]\n  |\n1 | 日本: e\u0301日 x\n  |       ^~~\n1 warning in 1 file\n",
		},
		{
			"tabs", "a:\tb\tc",
			diag.Diagnostic{Severity: diag.Note, Rule: "r", Place: place(1, 6, 1), Message: "m\tn"},
			"clinic.yaml:1:6: note: m n [r]\n  |\n1 | a: b c\n  |      ^\n1 note in 1 file\n",
		},
		{
			"control characters", "a: \x1b[2J\u202e b",
			diag.Diagnostic{Rule: "r", Place: place(1, 4, 1), Message: "got \"\x1b\"", Hint: "delete \x1b"},
			"clinic.yaml:1:4: error: got \"\\u{1b}\" [r]\n  |\n1 | a: \\u{1b}[2J\\u{202e} b\n  |    ^~~~~~\n  hint: delete \\u{1b}\n1 error in 1 file\n",
		},
		{
			"bytes that are not UTF-8", "é\xffx",
			diag.Diagnostic{Rule: "r", Place: place(1, 2, 1), Message: "m"},
			"clinic.yaml:1:2: error: m [r]\n  |\n1 | é\\u{fffd}x\n  |  ^~~~~~~~\n1 error in 1 file\n",
		},
		{
			"a long line is cut around the place", strings.Repeat("a", 200) + "XYZ" + strings.Repeat("b", 200),
			diag.Diagnostic{Rule: "r", Place: place(1, 201, 3), Message: "m"},
			"clinic.yaml:1:201: error: m [r]\n  |\n1 | " + strings.Repeat("a", 50) + "XYZ" + strings.Repeat("b", 47) + "\n  | " + strings.Repeat(" ", 50) + "^~~\n1 error in 1 file\n",
		},
		{
			"a long subject is cut with its line", strings.Repeat("a", 400),
			diag.Diagnostic{Rule: "r", Place: place(1, 1, 400), Message: "m"},
			"clinic.yaml:1:1: error: m [r]\n  |\n1 | " + strings.Repeat("a", 100) + "\n  | ^" + strings.Repeat("~", 99) + "\n1 error in 1 file\n",
		},
		{
			"behind the end", "abc",
			diag.Diagnostic{Rule: "r", Place: place(1, 9, 4), Message: "m"},
			"clinic.yaml:1:9: error: m [r]\n  |\n1 | abc\n  |    ^\n1 error in 1 file\n",
		},
		{"a line without column", "abc", diag.Diagnostic{Rule: "r", Place: place(1, 0, 0), Message: "m"}, "clinic.yaml:1: error: m [r]\n1 error in 1 file\n"},
		{"the file as a whole", "abc", diag.Diagnostic{Rule: "r", Place: place(0, 0, 0), Message: "m"}, "clinic.yaml: error: m [r]\n1 error in 1 file\n"},
		{"no such line", "abc", diag.Diagnostic{Rule: "r", Place: place(7, 1, 1), Message: "m"}, "clinic.yaml:7:1: error: m [r]\n1 error in 1 file\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			if err := diag.WriteText(&b, diag.List{c.d}, diag.Sources{"clinic.yaml": []byte(c.data)}); err != nil {
				t.Fatal(err)
			}
			if b.String() != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), c.want)
			}
		})
	}
}

// Several problems stand in order of place, each once, with a count.
func TestWriteTextSeveral(t *testing.T) {
	var list diag.List
	list.Errorf(diag.Place{File: "b.yaml", Line: 2}, "r", "third")
	list.Errorf(diag.Place{File: "a.yaml", Line: 10}, "r", "second")
	list.Errorf(diag.Place{File: "b.yaml", Line: 2}, "r", "third")
	list.Add(diag.Diagnostic{Severity: diag.Warning, Rule: "w", Place: diag.Place{File: "a.yaml", Line: 9}, Message: "first"})
	var b strings.Builder
	if err := diag.WriteText(&b, list, nil); err != nil {
		t.Fatal(err)
	}
	const want = "a.yaml:9: warning: first [w]\na.yaml:10: error: second [r]\nb.yaml:2: error: third [r]\n2 errors, 1 warning in 2 files\n"
	if b.String() != want {
		t.Errorf("got:\n%s", b.String())
	}
	b.Reset()
	if err := diag.WriteText(&b, nil, nil); err != nil || b.Len() > 0 {
		t.Errorf("no problems: got %q, %v", b.String(), err)
	}
	r, w := io.Pipe()
	closed := errors.New("closed")
	r.CloseWithError(closed)
	if err := diag.WriteText(w, list, nil); !errors.Is(err, closed) {
		t.Errorf("got %v", err)
	}
}

func TestSorted(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b"})
	number := rapid.IntRange(0, 2)
	rapid.Check(t, func(t *rapid.T) {
		list := diag.List(rapid.SliceOf(rapid.Custom(func(t *rapid.T) diag.Diagnostic {
			return diag.Diagnostic{
				Severity: diag.Severity(number.Draw(t, "severity")), Rule: word.Draw(t, "rule"), Message: word.Draw(t, "message"), Hint: word.Draw(t, "hint"),
				Place: diag.Place{File: word.Draw(t, "file"), Line: number.Draw(t, "line"), Column: number.Draw(t, "column"), Width: number.Draw(t, "width")},
			}
		})).Draw(t, "problems"))
		before := slices.Clone(list)
		sorted := list.Sorted()
		if !slices.Equal(list, before) {
			t.Error("the list itself was changed")
		}
		for i, d := range sorted {
			if slices.Contains(sorted[:i], d) {
				t.Errorf("%v is there twice", d)
			}
			if i > 0 && compare(sorted[i-1], d) > 0 {
				t.Errorf("%v stands before %v", sorted[i-1], d)
			}
		}
		for _, d := range list {
			if !slices.Contains(sorted, d) {
				t.Errorf("%v is lost", d)
			}
		}
	})
}

func compare(a, b diag.Diagnostic) int {
	return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column),
		cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}

func TestCounts(t *testing.T) {
	list := diag.List{{Severity: diag.Warning}, {Severity: diag.Note}, {Severity: diag.Warning}}
	if list.HasErrors() || list.Count(diag.Warning) != 2 || list.Count(diag.Error) != 0 {
		t.Error("warnings and notes count as errors, or not at all")
	}
	list.Errorf(diag.Place{}, "r", "level %d", 6)
	if !list.HasErrors() || list[3].Message != "level 6" {
		t.Errorf("got %v", list[3])
	}
}

func TestNearest(t *testing.T) {
	known := []string{"criteria", "weight", "when", "id"}
	for word, want := range map[string]string{
		"wieght": "weight", "Weight": "weight", "weigth": "weight", "critera": "criteria", "CRITERIA": "criteria", "foo": "", "di": "id", "ix": "id", "xy": "", "": "",
	} {
		if got := diag.Nearest(word, known); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
	if got := diag.Nearest("bat", []string{"cat", "hat"}); got != "cat" {
		t.Errorf("of two equally near: got %q", got)
	}
}

func TestDidYouMean(t *testing.T) {
	many := strings.Split("abcdefghijklm", "")
	for _, c := range []struct {
		word  string
		known []string
		want  string
	}{
		{"wieght", []string{"when", "weight"}, `did you mean "weight"?`},
		{"foo", []string{"when", "weight"}, `expected one of "when", "weight"`},
		{"foo", []string{"weight"}, `expected "weight"`},
		{"foo", nil, ""},
		{"foo", many, ""},
	} {
		if got := diag.DidYouMean(c.word, c.known); got != c.want {
			t.Errorf("%q: got %q, want %q", c.word, got, c.want)
		}
	}
}

func TestPlural(t *testing.T) {
	for _, c := range []struct {
		n    int
		noun string
		want string
	}{
		{0, "error", "0 errors"},
		{1, "error", "1 error"},
		{2, "error", "2 errors"},
		{1, "query", "1 query"},
		{3, "query", "3 queries"},
		{2, "day", "2 days"},
		{2, "key", "2 keys"},
		{2, "survey", "2 surveys"},
	} {
		if got := diag.Plural(c.n, c.noun); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
