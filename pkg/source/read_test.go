package source_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// thing has a key of every type.
type thing struct {
	source.Origin
	ID, Title, When, Duty string
	Weight                exact.Number
	Ready                 bool
	Due                   calendar.Date
	Age                   calendar.Span
	Min                   int
	Of                    []string
	Notes                 []source.Entry[string, string]
	Things                []thing
}

var thingType = source.Recursive("thing", func(self *source.Type[thing]) []source.Key[thing] {
	return []source.Key[thing]{
		source.Field("id", source.Ident, func(t *thing) *string { return &t.ID }, "its short name"),
		source.Field("title", source.Word, func(t *thing) *string { return &t.Title }, "what people call it").Required(),
		source.Field("when", source.Word, func(t *thing) *string { return &t.When }, "a condition"),
		source.Field("duty", source.Enum("supplier", "buyer"), func(t *thing) *string { return &t.Duty }, "who must act"),
		source.Field("weight", source.Number, func(t *thing) *exact.Number { return &t.Weight }, "a number"),
		source.Field("ready", source.YesNo, func(t *thing) *bool { return &t.Ready }, "a yes-no"),
		source.Field("due", source.Date, func(t *thing) *calendar.Date { return &t.Due }, "a date"),
		source.Field("age", source.Duration, func(t *thing) *calendar.Span { return &t.Age }, "a duration"),
		source.Field("min", source.Count, func(t *thing) *int { return &t.Min }, "how many"),
		source.Field("of", source.ListOf(source.Choice), func(t *thing) *[]string { return &t.Of }, "choices"),
		source.Field("notes", source.MapOf(source.Word, source.Word), func(t *thing) *[]source.Entry[string, string] { return &t.Notes }, "notes by name"),
		source.Field("criteria", source.ListOf(self), func(t *thing) *[]thing { return &t.Things }, "things within"),
	}
})

// read reads a thing and writes its problems as `LINE:COL rule: message | hint`, without what is not there.
func read(name, data string) (*thing, []string) {
	n, list := source.Read(name, []byte(data))
	v := &thing{}
	if n != nil {
		var more diag.List
		v, more = source.ReadPlain(n, thingType)
		list = append(list, more...)
	}
	return v, told(name, list)
}

func told(name string, list diag.List) []string {
	var lines []string
	for _, d := range list.Sorted() {
		at := strings.TrimPrefix(strings.TrimPrefix(d.Place.String(), name), ":")
		line := strings.TrimSpace(at+" "+d.Rule) + ": " + d.Message
		if d.Hint != "" {
			line += " | " + d.Hint
		}
		lines = append(lines, line)
	}
	return lines
}

// Each problem of a file is told once, at its place. A wanted line may leave out its end.
func TestProblems(t *testing.T) {
	const (
		notHere = "syntax: not valid YAML here: "
		nearIt  = "syntax: not valid YAML near this line: "
		second  = "several-documents: a second document begins here, expected one document in a file | move it to a file of its own"
		comma   = " | inside { } a comma ends a value: put text that holds a comma in quotes"
		number  = "bad-value: weight: expected a number such as 12 or 0.5, got "
	)
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"good", "id: a\ntitle: A\n", nil},
		{"unknown key, near and not", "title: A\nwieght: 3\nfoo: 1\n", []string{
			`2:1 unknown-key: unknown key "wieght" in thing | did you mean "weight"?`,
			`3:1 unknown-key: unknown key "foo" in thing | expected one of "id", "when", `,
		}},
		{"near names are unused ones", "title: A\ntitel: B\nid: b\n", []string{`2:1 unknown-key: unknown key "titel" in thing "b" | expected one of`}},
		{"keys are cased", "Title: A\n", []string{`1:1 missing-key: thing has no "title"`, `1:1 unknown-key: unknown key "Title" in thing | did you mean "title"?`}},
		{"duplicate key", "title: A\nid: b\ntitle: C\ntitle: D\n", []string{
			`3:1 duplicate-key: key "title" is already at line 1 | keep one of the two`,
			`4:1 duplicate-key: key "title" is already at line 1`,
		}},
		{"missing and empty", "criteria:\n  - id: b\n  - title:\n", []string{
			`1:1 missing-key: thing has no "title" | add ` + "`title:` (what people call it)",
			`2:5 missing-key: thing "b" has no "title"`,
			`3:5 missing-key: "title" of thing is empty`,
		}},
		{"wrong types", "title: [A]\nof: x\nnotes: [a]\ncriteria:\n  - x\n  -\nweight: {a: b}\n", []string{
			`1:8 wrong-type: title: expected text, got a list`,
			`2:5 wrong-type: of: expected a list, got "x"`,
			`3:8 wrong-type: notes: expected keys with values, got a list`,
			`5:5 wrong-type: criteria: expected keys with values (id, title, when, …), got "x"`,
			`6:4 wrong-type: criteria: expected thing, got nothing`,
			`7:9 wrong-type: weight: expected a number, got keys with values`,
		}},
		{"dates", "title: A\ndue: 2026-02-29\ncriteria:\n  - {title: B, due: 21.11.2026}\n", []string{
			`2:6 bad-value: due: "2026-02-29" is not a day of the calendar`,
			`4:21 bad-value: due: expected a date such as 2026-11-21, got "21.11.2026"`,
		}},
		{"durations", "title: A\nage: 1m\n", []string{`2:6 bad-value: age: expected a duration such as 90 days, 12 months or 2 years, got "1m"`}},
		{"words", "title: ' '\nduty: byer\nid: Yes\nmin: 0\nof: [no, a, '', '~']\n", []string{
			`1:8 bad-value: title: expected text, got only spaces`,
			`2:7 bad-value: duty: expected one of "supplier", "buyer", got "byer" | did you mean "buyer"?`,
			`3:5 bad-value: id: expected an id of small letters`,
			`4:6 bad-value: min: expected a whole number from 1, got "0"`,
			`5:6 bad-value: of: "no" is a yes, no or nothing to other YAML readers`,
			`5:13 bad-value: of: expected a choice, got only spaces`,
			`5:17 bad-value: of: "~" is a yes, no`,
		}},
		{"no id is a boolean", "title: A\nid: y\n", []string{`2:5 bad-value: id: "y" is a yes, no or nothing to other YAML readers; expected another word`}},
		{"octal", "title: A\nweight: 012\n", []string{`2:9 ` + number + `"012" | write 12`}},
		{"hexadecimal", "title: A\nweight: -0x10\n", []string{`2:9 ` + number + `"-0x10" | write -16`}},
		{"underscore", "title: A\nweight: 1_000\n", []string{`2:9 ` + number + `"1_000" | write 1000`}},
		{"plus", "title: A\nweight: +.5\n", []string{`2:9 ` + number + `"+.5" | write 0.5`}},
		{"too big", "title: A\nweight: 1e400\n", []string{`2:9 bad-value: weight: expected at most 15 digits, got "1e400"`}},
		{"infinity", "title: A\nweight: .inf\n", []string{`2:9 ` + number + `".inf"`}},
		{"decimal comma", "title: A\nweight: 0,33\n", []string{`2:9 ` + number + `"0,33" | write 0.33`}},
		{"decimal comma in braces", "{title: A, weight: 0,33}\n", []string{`1:22 unknown-key: unknown key "33" in thing` + comma}},
		{"two commas", "title: A\nweight: 1,000,000\n", []string{`2:9 ` + number + `"1,000,000"`}},
		{"yes-no elsewhere", "title: A\nready: on\n", []string{`2:8 bad-value: ready: expected yes or no, got "on"`}},
		{"comma in braces", "{title: do this, then that}\n", []string{`1:18 unknown-key: unknown key "then that" in thing` + comma}},
		{"question before a brace", "a: 1\nb: {title: Is it safe?}\nc: 1\n", []string{"2 " + notHere + "a question mark before a comma or a brace | put the text in quotes"}},

		{"condition as a tag", "title: A\nwhen: !facts.x\n", []string{
			`2:7 yaml-tag: "!facts.x" is a YAML tag, so its text would be lost; expected a value | put the value in quotes: "!facts.x"`,
		}},
		{"condition as a tag and more", "title: A\nwhen: !facts.x && y\n", []string{"2 " + notHere + "a value that begins with `!` is read as a YAML tag | put the whole expression in double quotes"}},
		{"condition with a lone tag", "title: A\nwhen: ! facts.x\n", []string{`2:7 yaml-tag: "!" is a YAML tag`}},
		{"lone tag behind an anchor", "title: A\nwhen: &a ! facts.x\n", []string{`2:7 yaml-tag: "!" is a YAML tag`}},
		{"tag on a key", "title: A\n!x when: a\n", []string{`2:1 yaml-tag: "!x" is a YAML tag`}},
		{"known tag", "title: !!str A\n", []string{`1:8 yaml-tag: "!!str" is a YAML tag, so its text would be lost; expected a value | put the value in quotes: "!!str A"`}},
		{"tag on a list", "title: A\nof: !x [a]\n", []string{`2:5 yaml-tag`}},
		{"exclamation marks that are none", "title: Stop! Now!\nwhen: \"! facts.x\"\nid: a # ! b\n", nil},
		{"merge key", "title: A\ncriteria:\n  - &b {title: B}\n  - <<: *b\n    title: C\n", []string{"4:5 merge-key: merge keys (`<<`) are not read | write the keys out"}},
		{"a problem in an anchor", "title: A\ncriteria:\n  - &b {title: B, wieght: 3}\n  - *b\n", []string{`3:19 unknown-key`}},
		{"anchor inside itself", "title: A\ncriteria: &a\n  - title: B\n    criteria: *a\n", []string{`4:15 syntax: alias "*a" stands inside its own anchor`}},
		{"no such anchor", "title: \"x: y: z\"\nwhen: x\nid: *bold\n", []string{"3 " + nearIt + `"*bold" refers to an anchor that is not there | put text that begins with`}},
		{"stars", "title: A\nwhen: x\nid: *bold*\n", []string{"3 " + notHere + "a value that begins with `*` or `&` is read as a reference | put the value in quotes"}},
		{"list as a key", "title: A\n? [a, b]\n: c\n", []string{`2:3 wrong-type: a key must be a plain word`}},

		{"two documents", "title: A\n---\ntitle: B\n", []string{"2 " + second}},
		{"a second that is empty", "title: A\n--- # end\n", []string{"2 " + second}},
		{"a second that is not YAML", "title: A\n---\ntitle: \"B\n", []string{"2 " + second}},
		{"text after the end", "title: A\n...\ntitle: B\n", []string{"2 " + second}},
		{"marked beginning and end", "%YAML 1.1\n---\ntitle: A\n...\n", nil},
		{"empty", "", []string{"empty-file: the file is empty, expected `touchstone:` and a kind"}},
		{"comments only", "# nothing\n\n# here\n", []string{"empty-file: "}},
		{"null only", "---\n~\n", []string{"empty-file: "}},

		{"UTF-16", "\xff\xfet\x00i\x00", []string{"encoding: the file is UTF-16, expected UTF-8 | save it again with the encoding UTF-8"}},
		{"UTF-16 big end first", "\xfe\xff\x00t", []string{"encoding: the file is UTF-16"}},
		{"byte order mark", "\ufefftitle: A\nfoo: 1\n", []string{"2:1 unknown-key"}},
		{"Latin-1", "title: A\nid: é\xe9\n", []string{"2:6 encoding: byte 0xe9 is not UTF-8 | save the file again with the encoding UTF-8"}},
		{"control character", "title: é\x07\n", []string{"1:9 encoding: control character U+0007, expected text | delete the character"}},
		{"control character of Latin-1", "title: A\u009b\n", []string{"1:9 encoding: control character U+009B"}},
		{"line break of old", "title: A\rid: b\n", []string{"1:9 encoding: line break U+000D"}},
		{"line break of YAML only", "title: A\u2028id: b\n", []string{"1:9 encoding: line break U+2028"}},
		{"Windows", "title: A\r\nfoo: 1\r\n", []string{"2:1 unknown-key"}},

		{"tab in the indentation", "title: A\ncriteria:\n\t- title: B\n", []string{"3 " + notHere + "a tab in the indentation | use spaces"}},
		{"colon in a value", "title: A\nwhen: a: b\n", []string{"2 " + notHere + "a colon and a space inside a value | put the value in quotes"}},
		{"colon on the first line", "title: A: b\n", []string{"1 " + notHere + "a colon"}},
		{"text after a quote", "title: A\ncriteria:\n  - title: B\n    id: b\n    due: x\n    when: \"a\" b\n", []string{"6 " + notHere + "text goes on after the closing quote"}},
		{"at sign", "title: A\nwhen: @b\n", []string{"2 " + notHere + "a value cannot begin with this character"}},
		{"indent in a long list", "title: A\ncriteria:\n" + strings.Repeat("  - title: B\n", 30) + "   id: b\n", []string{"33 " + nearIt + "did not find expected '-' indicator"}},
		{"open quote at the end", "title: \"A\n", []string{"1 " + nearIt + "found unexpected end of stream"}},
		{"open bracket", "title: A\nof: [a,\n  b\n", []string{"2 " + nearIt}},

		{"code points", "{title: ééé, foo: 3}\n", []string{"1:14 unknown-key"}},
		{"wide characters", "{title: 日本, foo: 3}\n", []string{"1:13 unknown-key"}},
		{"beyond the first plane", "{title: 👩‍⚕️, foo: 3}\n", []string{"1:15 unknown-key"}},
		{"quotes", "{'title': \"a: b, c\", 'foo': 3, \"due\": \"x\"}\n", []string{"1:22 unknown-key", `1:39 bad-value`}},
		{"JSON with YAML's ending", "{\"title\": \"A\",\n \"foo\": 1}", []string{`2:2 unknown-key`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got := read("f.yaml", c.data)
			match(t, got, c.want)
		})
	}
}

// match demands that each line begins with the wanted one.
func match(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("got:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestProblemsOfJSON(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"good", "{\"title\": \"\\u00e9\", \"weight\": 1.50, \"ready\": true, \"id\": null}", nil},
		{"word cut off", "{\"title\": \"A\",\n\"id\": \"é\", \"n\": tru}", []string{"2:20 syntax: not valid JSON here: invalid character '}' in literal true"}},
		{"end too early", "{\"title\": \"A\"\n", []string{"1:14 syntax: not valid JSON here: unexpected end of JSON input"}},
		{"comma at the end", "{\"title\": \"é\",}", []string{"1:15 syntax: not valid JSON here: "}},
		{"octal", "{\"weight\": 01}", []string{"1:13 syntax: "}},
		{"two values", "{} {}", []string{"1:4 syntax: not valid JSON here: invalid character '{' after top-level value"}},
		{"YAML", "title: A\n", []string{"1:2 syntax: "}},
		{"duplicate keys", "{\"é\": 1, \"title\": \"A\",\n \"title\": {\"id\": 1, \"id\": 2}}", []string{
			`1:2 unknown-key: unknown key "é" in thing`, `2:2 duplicate-key: key "title" is already at line 1`, `2:21 duplicate-key: key "id" is already at line 2`,
		}},
		{"wrong types", "{\"title\": \"é\", \"of\": 1, \"due\": [\n1], \"criteria\": [null]}", []string{
			`1:22 wrong-type: of: expected a list, got "1"`, `1:32 wrong-type: due: expected a date such as 2026-11-21, got a list`, `2:18 wrong-type: criteria: expected thing, got nothing`,
		}},
		{"too deep", strings.Repeat("[", 70) + strings.Repeat("]", 70), []string{"1:66 too-large: the file is nested deeper than 64 levels"}},
		{"far too deep", strings.Repeat("[", 1<<20), []string{"1:10001 syntax: not valid JSON here: invalid character '[' exceeded max depth"}},
		{"empty", "", []string{"empty-file: "}},
		{"null", "null", []string{"1:1 wrong-type: expected keys with values (id, title, when, …), got nothing"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got := read("f.json", c.data)
			match(t, got, c.want)
		})
	}
}

func TestBounds(t *testing.T) {
	deep := func(n int) string { return "title: A\nof: " + strings.Repeat("[", n) + strings.Repeat("]", n) + "\n" }
	laughs := "l0: &l0 [x, x, x, x, x, x, x, x, x]\n"
	for i := '1'; i <= '9'; i++ {
		laughs += strings.ReplaceAll("lI: &lI [*lJ, *lJ, *lJ, *lJ, *lJ, *lJ, *lJ, *lJ, *lJ]\n", "I", string(i))
		laughs = strings.ReplaceAll(laughs, "J", string(i-1))
	}
	size := func(n int) string { return "title: A\n" + strings.Repeat("#", n-len("title: A\n")) }
	for _, c := range []struct {
		name, data string
		want       string // the only problem of size
	}{
		{"deep enough", deep(63), ""},
		{"too deep", deep(65), "2:69 too-large: the file is nested deeper than 64 levels or holds more than 20000 values | write out less, or with fewer aliases"},
		{"far too deep", deep(500_000), "2 syntax: not valid YAML near this line: exceeded max depth of 10000"},
		{"a billion laughs", laughs, "1:31 too-large: "},
		{"largest", size(source.MaxBytes), ""},
		{"too large", size(source.MaxBytes + 1), "too-large: the file has 1048577 bytes, expected at most 1048576"},
		{"many values", "of: [" + strings.Repeat("x,", 20_000) + "]", "1:40002 too-large"},
		{"many values in JSON", `{"of": [0` + strings.Repeat(",0", 20_000) + "]}", "1:40005 too-large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := source.Read("f.yaml", []byte(c.data))
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			match(t, told("f.yaml", list), want)
		})
	}
}

// What a program wrote may be larger, and has bounds all the same. It is JSON whatever its name.
func TestReadJSON(t *testing.T) {
	values := func(n int) string { return `{"of": [0` + strings.Repeat(",0", n) + "]}" }
	for _, c := range []struct{ name, data, want string }{
		{"many values", values(20_000), ""},
		{"too many values", values(200_000), "1:400005 too-large: the file is nested deeper than 64 levels or holds more than 200000 values"},
		{"largest", "{}" + strings.Repeat(" ", source.MaxWritten-2), ""},
		{"too large", "{}" + strings.Repeat(" ", source.MaxWritten-1), "too-large: the file has 8388609 bytes, expected at most 8388608"},
		{"empty", " \n", "empty-file: the file is empty, expected JSON"},
		{"YAML", "touchstone: report/v1\n", "1:2 syntax: not valid JSON here: "},
		{"UTF-16", "\xff\xfe{\x00", "encoding: the file is UTF-16, expected UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, list := source.ReadJSON("f.yaml", []byte(c.data))
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			match(t, told("f.yaml", list), want)
			if (n == nil) != (c.want != "") {
				t.Errorf("got a node: %v", n != nil)
			}
		})
	}
}

// Of what another version of the program wrote, the keys that this one knows are read.
func TestOthers(t *testing.T) {
	type part struct {
		source.Origin
		Title string
	}
	typ := source.Object("part", source.Field("title", source.Text, func(p *part) *string { return &p.Title }, "its title").Required(), source.Others[part]())
	for data, want := range map[string][]string{
		`{"new": {"titel": 1}, "title": "A"}`: nil,
		`{"titel": "A"}`:                      {`1:1 missing-key: part has no "title" | add`},
	} {
		n, list := source.ReadJSON("f.json", []byte(data))
		v, problems := source.ReadPlain(n, typ)
		match(t, told("f.json", append(list, problems...)), want)
		if want == nil && v.Title != "A" {
			t.Errorf("%s: got %q", data, v.Title)
		}
	}
}

func TestValues(t *testing.T) {
	for _, word := range []string{"yes", "YES", "Yes", "true", "TRUE", "no", "No", "false", "False"} {
		for _, written := range []string{word, `"` + word + `"`, "'" + word + "'"} {
			v, problems := read("f.yaml", "title: A\nready: "+written+"\n")
			match(t, problems, nil)
			if want := strings.ContainsAny(word[:1], "yYtT"); v.Ready != want {
				t.Errorf("%s: got %v", written, v.Ready)
			}
		}
	}
	for written, want := range map[string]string{
		"06": "06", "2.30": "2.30", "yes": "yes", "0x10": "0x10", "2026-01-02": "2026-01-02", "'it''s'": "it's", `"a\tb"`: "a\tb",
		"|\n  a\n  b\n": "a\nb\n", ">\n  a\n  b\n": "a b\n", "'null'": "null", "\"~\"": "~",
	} {
		v, problems := read("f.yaml", "title: "+written)
		match(t, problems, nil)
		if v.Title != want {
			t.Errorf("%s: got %q, want %q", written, v.Title, want)
		}
	}
}

// What is empty is not there; what broke is told apart from it.
func TestNotAnswered(t *testing.T) {
	for _, written := range []string{"", "null", "~", "NULL"} {
		v, problems := read("f.yaml", "title: A\nnotes: {a: "+written+"}\nwhen: "+written+"\n")
		match(t, problems, nil)
		if !v.Empty("when") || v.Has("when") || !v.Notes[0].Empty || v.Notes[0].Broken {
			t.Errorf("%q: not empty", written)
		}
	}
	v, _ := read("f.yaml", "title: A\nwhen: !x\nnotes: {a: !y , b: [c]}\n")
	if v.Empty("when") || !v.Broken("when") || v.Notes[0].Empty || !v.Notes[0].Broken || !v.Notes[1].Broken {
		t.Error("a broken value counts as empty or good")
	}
}

func TestAliasWithinBounds(t *testing.T) {
	v, problems := read("f.yaml", "title: &t A\nof: &o [a, b]\ncriteria:\n  - {title: *t, of: *o}\n  - title: B\n    of: *o\n")
	match(t, problems, nil)
	for _, child := range v.Things {
		if !slices.Equal(child.Of, []string{"a", "b"}) {
			t.Errorf("got %q", child.Of)
		}
	}
	if got := v.Things[0].At("of").String(); got != "f.yaml:4:21" {
		t.Errorf("the alias stands at %s", got)
	}
}

func TestKind(t *testing.T) {
	type file struct{ ID string }
	typ := source.Object("record", source.KindKey[file]("record/v1"),
		source.Field("id", source.Ident, func(f *file) *string { return &f.ID }, "its short name").Required())
	for _, c := range []struct {
		data string
		want []string
	}{
		{"touchstone: record/v1\nid: a\n", nil},
		{"id: a\ntouchstone: record/v1\n", []string{`2:13 wrong-kind: "touchstone" must be the first key of the file | begin the file with ` + "`touchstone: record/v1`"}},
		{"touchstone:\nid: A\n", []string{`1:12 wrong-kind: expected "record/v1", got nothing`, `2:5 bad-value`}},
		{"touchstone: !x record/v1\nid: a\n", nil}, // told by Read
		{"touchstone: rubric/v1\nid: A\n", []string{`1:13 wrong-kind: the file says that it is "rubric/v1", expected "record/v1"`}},
		{"id: A\ntouchstone: rubric/v1\n", []string{`2:13 wrong-kind: the file says that it is "rubric/v1"`}},
		{"id: A\n", []string{"1:1 wrong-kind: the file does not say what it is: expected `touchstone: record/v1`"}},
		{"- a\n", []string{"1:1 wrong-kind: expected keys with values, got a list"}},
	} {
		n, _ := source.Read("f.yaml", []byte(c.data))
		_, list := source.ReadKind(n, "record/v1", typ)
		match(t, told("f.yaml", list), c.want)
	}
}
