package innovation_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const header = "touchstone: innovation/v1\nid: a\nname: A\n"

func parse(data string) (*innovation.Innovation, []string) {
	n, list := source.Read("f.yaml", []byte(data))
	inn, more := innovation.Parse(n)
	return inn, told(append(list, more...))
}

func told(list diag.List) []string {
	var lines []string
	for _, d := range list.Sorted() {
		at := strings.TrimPrefix(d.Place.String(), "f.yaml:")
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s %s: %s | %s", at, d.Rule, d.Message, d.Hint), " | "))
	}
	return lines
}

func TestProblems(t *testing.T) {
	const proof = "evidence:\n  - {id: study, kind: k, title: T}\n"
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"another kind", "touchstone: rubric/v1\nid: A\n", []string{`1:13 wrong-kind: the file says that it is "rubric/v1", expected "innovation/v1"`}},
		{"missing keys", "touchstone: innovation/v1\nevidence:\n  - id: x\n", []string{
			`1:1 missing-key: innovation has no "id"`, `1:1 missing-key: innovation has no "name"`,
			`3:5 missing-key: evidence "x" has no "kind"`, `3:5 missing-key: evidence "x" has no "title"`,
		}},
		{"evidence twice", header + proof + "  - {id: study, kind: k, title: U}\n", []string{`6:10 repeated-name: evidence "study" is already at line 5`}},
		{"evidence that is not there", header + proof + "facts: {x: {value: 1, evidence: [stduy]}}\nanswers:\n  c: {level: 1, evidence: [study, none]}\n", []string{
			`6:34 unknown-evidence: no evidence has the id "stduy" | did you mean "study"?`,
			`8:35 unknown-evidence: no evidence has the id "none" | add it under ` + "`evidence:` with `id: none`",
		}},
		{"evidence that is no list", header + "evidence: {id: study}\nanswers: {c: {level: 1, evidence: [study]}}\n", []string{`4:11 wrong-type: evidence: expected a list, got keys with values`}},
		{"an answer of two kinds", header + "answers:\n  c: {level: 1, na: no ward}\n", []string{`5:17 unclear-answer: the answer to "c" has both "level" and "na", expected one`}},
		{"no reason", header + "answers:\n  a: n/a\n  b: {na: }\n  c: {na: ' '}\n  d: NA\n", []string{
			`5:6 bad-value: a: "n/a" gives no reason; expected {na: the reason}`, `6:7 na-without-reason: "b" is not applicable without a reason`,
			`7:11 bad-value: na: expected text, got only spaces`, `8:6 bad-value: d: "NA" gives no reason`,
		}},
		{"a range of three", header + "answers: {c: {level: [1, 2, 3]}}\n", []string{`4:22 bad-value: level: expected a range of two, got 3`}},
		{"numbers", header + "price: {amount: 120,000, currency: GBP, vat: no}\n", []string{
			`4:21 unknown-key: unknown key "000" in price`, `4:46 bad-value: vat: expected one of "included", "excluded", "exempt", got "no"`,
		}},
		{"a price of nothing", header + "price: {amount: 0, currency: GBP, vat: excluded}\n", []string{"4:17 price: a price is above 0, got 0"}},
		{"parts of a price", header + "price: {amount: 100, currency: GBP, vat: excluded, parts: {buy: 60, train: 30}}\n", []string{
			"4:52 price: the parts add up to 90, and the amount is 100 | make the two equal",
		}},
		{"locators", header + "evidence:\n  - {id: x, kind: k, title: T, locator: \"javascript:alert(1)\"}\n  - {id: y1, kind: k, title: T, locator: \"docs/a.pdf#page=4\"}\n  - {id: z, kind: k, title: T, locator: \"file:///etc/passwd\"}\n", []string{
			`5:41 bad-value: locator: expected a path or an https address, got "javascript:alert(1)"`, `7:41 bad-value: locator: expected a path`,
		}},
		{"results", header + "evidence:\n  - {id: x, kind: k, title: T, results: {n: 36, in: 3, N: 4}}\n", []string{
			`5:49 bad-value: results: expected a result's name`, `5:56 bad-value: results: expected a result's name`,
		}},
		{"dates", header + "evidence:\n  - {id: x, kind: k, title: T, dated: 2026-02-30, valid_until: soon, checked: {by: me}}\n", []string{
			`5:39 bad-value: dated: "2026-02-30" is not a day`, `5:64 bad-value: valid_until: expected a date`, `5:79 missing-key: checked has no "date"`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, got := parse(c.data); !slices.EqualFunc(got, c.want, strings.HasPrefix) {
				t.Errorf("got:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}

// An answer is what was written, and nothing that was not.
func TestAnswers(t *testing.T) {
	inn, problems := parse(header + `answers:
  level: 06
  label: Planned
  full/name: {level: 3, because: b}
  number: {value: 12.50}
  range: {level: [2, 3]}
  unknown: Unknown
  nothing:
  none: null
  na: {na: no interfaces}
  survey: {responses: {1: 0, 2: 1}}
  yes-no: yes
  broken: !x 3
`)
	if len(problems) != 1 {
		t.Errorf("got %q", problems)
	}
	for _, e := range inn.Answers {
		a := e.Value
		got := fmt.Sprintf("%s %s %s %v %d", a.Level, a.Value, a.NA, a.Unknown, len(a.Responses))
		want := map[string]string{
			"level": "{06 []} { []}  false 0", "label": "{Planned []} { []}  false 0", "full/name": "{3 []} { []}  false 0", "number": "{ []} {12.50 []}  false 0",
			"range": "{ [2 3]} { []}  false 0", "unknown": "{ []} { []}  true 0", "na": "{ []} { []} no interfaces false 0", "survey": "{ []} { []}  false 2",
			"yes-no": "{yes []} { []}  false 0", "nothing": "{ []} { []}  false 0", "none": "{ []} { []}  false 0", "broken": "{ []} { []}  false 0",
		}[e.Key]
		if empty := e.Key == "nothing" || e.Key == "none"; got != want || e.Empty != empty || e.Broken != (e.Key == "broken") {
			t.Errorf("%s: got %s (empty %v, broken %v), want %s", e.Key, got, e.Empty, e.Broken, want)
		}
	}
}

func TestAssessment(t *testing.T) {
	n, _ := source.Read("f.yaml", []byte("touchstone: assessment/v1\ninnovation: a\nwaivers:\n  - {gate: g, reason: r, owner: nurse, granted: 2026-10-01}\n"))
	a, list := innovation.ParseAssessment(n)
	if got := told(list); len(got) != 1 || !strings.HasPrefix(got[0], `4:5 missing-key: waiver has no "expires"`) || len(a.Waivers) != 1 {
		t.Errorf("got %q", got)
	}
}

func TestDigest(t *testing.T) {
	digest := func(data string) string {
		inn, problems := parse(data)
		if problems != nil {
			t.Errorf("got %q", problems)
		}
		return inn.Digest()
	}
	first := digest(header + "facts: {x: yes}\n")
	if digest("# c\ntouchstone: innovation/v1\nname: 'A'\nfacts:\n  x: \"yes\"\nid: a\n") != first {
		t.Error("comments, quotes or order changed the digest")
	}
	if digest(header+"facts: {x: no}\n") == first || digest(header+"facts: {x: yes, y1: }\n") == first {
		t.Error("another fact has the same digest")
	}
}

func TestExamples(t *testing.T) {
	names, err := filepath.Glob("../../examples/*/innovation.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, problems := parse(string(data)); problems != nil {
			t.Errorf("%s: got %q", name, problems)
		}
	}
}
