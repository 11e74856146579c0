package cases_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// ward is the rubric under test: a leaf, a group with a condition, a gate, a flag and three bands.
const ward = `touchstone: rubric/v1
id: ward
version: 1.0.0
title: Ward readiness
stages: [idea, pilot, service]
scales:
  practice: [Not started, Planned, Done once, Routine]
facts:
  informs_care: {type: yes-no, ask: "Could a fault in it affect care?"}
kinds:
  study: {title: Time and motion study}
roles:
  safety-officer: {title: Clinical safety officer}
criteria:
  - id: net-burden
    title: Net burden on staff
    weight: 3
    scale: practice
    minimum: 1
    evidence:
      - {from: 2, kinds: [study], max_age: 24 months}
  - id: pathway
    title: Pathway
    combine: min
    criteria:
      - {id: handover, title: Handover, scale: practice, na: {reasons: [no shifts]}}
      - {id: safety, title: Clinical safety case, scale: practice, when: facts.informs_care}
      - {id: signed, title: Signed, scale: yes-no, weight: 0}
gates:
  - id: safety-signed
    needs: level("safety") >= 2
    when: facts.informs_care
    because: x
    waivable: {max: 6 months, by: [safety-officer]}
flags:
  - {id: added-work, when: level("net-burden") < 2, severity: high, effect: inform, say: It adds work., clears: A study.}
bands:
  - {id: not-ready, label: Not ready yet, from: 0}
  - {id: ready, label: Ready, from: 30}
`

const header = "touchstone: cases/v1\nrubric: ward\nas_of: 2026-06-01\ncases:\n"

func newLibrary() *library.Library { return libraryOf(ward) }

func libraryOf(text string) *library.Library {
	store := source.NewStore(fstest.MapFS{"ward.yaml": {Data: []byte(text)}}, strings.NewReader(""))
	return library.New(rubric.NewCatalogue(store), "ward")
}

// bind reads a file of cases as the commands do.
func bind(l *library.Library, name string, data []byte) (*cases.File, []cases.Bound, diag.List) {
	n, list := source.Read(name, data)
	f, more := cases.Parse(n)
	list = append(list, more...)
	if f == nil {
		return nil, nil, list
	}
	bound, more := f.Bind(l)
	return f, bound, append(list, more...)
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
	expecting := func(expect string) string { return header + "  - name: one\n    expect: " + expect + "\n" }
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"another kind", "touchstone: rubric/v1\n", []string{`1:13 wrong-kind: the file says that it is "rubric/v1", expected "cases/v1"`}},
		{"nothing in it", "touchstone: cases/v1\n", []string{`1:1 missing-key: file of cases has no "cases"`, `1:1 missing-key: file of cases has no "rubric"`}},
		{"no cases", header[:len(header)-1] + " []\n", []string{`4:8 expects-nothing: the file has no cases`}},
		{"no rubric of that name", "touchstone: cases/v1\nrubric: wrad\nas_of: 2026-06-01\ncases: [{name: a, expect: {score: 1}}]\n", []string{
			`2:9 unknown-rubric: there is no rubric "wrad" | did you mean "ward"?`,
		}},
		{"no rubric at that path", "touchstone: cases/v1\nrubric: ../none.yaml\nas_of: 2026-06-01\ncases: [{name: a, expect: {score: 1}}]\n", []string{
			`2:9 unreadable-file: "../none.yaml": cannot read the file: no such file or directory`,
		}},
		{"standard input", "touchstone: cases/v1\nrubric: \"-\"\nas_of: 2026-06-01\ncases: [{name: a, expect: {score: 1}}]\n", []string{
			`2:9 expectation: rubric: expected an id or a path, got "-"`,
		}},
		{"no day", "touchstone: cases/v1\nrubric: ward\ncases: [{name: a, as_of: 2026-06-01, expect: {score: 1}}, {name: b, expect: {score: 1}}]\n", []string{
			`3:66 missing-key: neither case "b" nor the file has "as_of" | add`,
		}},
		{"a case of nothing", header + "  - {}\n", []string{`5:5 missing-key: case has no "expect" | add`, `5:5 missing-key: case has no "name" | add`}},
		{"an id", header + "  - {id: x, name: a, expect: {score: 1}}\n", []string{`5:6 unknown-key: unknown key "id" in case "x"`}},
		{"a name twice", header + "  - {name: a, expect: {score: 1}}\n  - {name: a, expect: {score: 2}}\n", []string{
			`6:12 repeated-name: a case named "a" is already at line 5 | say what`,
		}},
		{"a record with mistakes", header + "  - name: a\n    stage: pilto\n    facts: {informs_car: yes}\n    evidence: [{id: x, kind: stduy, title: X}]\n    answers: {handver: 1, net-burden: {level: 7, evidence: [y1]}}\n    expect: {score: 1}\n", []string{
			`6:12 unknown-stage: there is no stage "pilto"`, `7:13 unknown-fact: rubric "ward" asks for no fact "informs_car"`,
			`8:30 unknown-kind: there is no kind of evidence "stduy"`, `9:15 unknown-criterion: rubric "ward" has no criterion "handver" | did you mean "handover"?`,
			`9:47 off-scale: level "7" is not on the scale`, `9:61 unknown-evidence: no evidence has the id "y1"`,
		}},
		{"a waiver of another gate", header + "  - name: a\n    waivers: [{gate: safty-signed, reason: r, owner: safety-officer, granted: 2026-05-01, expires: 2026-07-01}]\n    expect: {score: 1}\n", []string{
			`6:22 unknown-gate: rubric "ward" has no gate "safty-signed" | did you mean "safety-signed"?`,
		}},
		{"expects nothing", expecting("{}"), []string{`6:13 expects-nothing: nothing is expected here | write`}},
		{"expects an empty score", expecting("{score: , claimed: null}"), []string{
			`6:14 expects-nothing: nothing is expected of "score" | write`, `6:23 expects-nothing: nothing is expected of "claimed" | write`,
		}},
		{"expects nothing of parts", expecting("{answered: {}, criteria: {safety: {}, handover: , pathway: {counts: {}}}, gates: {safety-signed: }, flags: {}}"), []string{
			`6:24 expects-nothing: nothing`, `6:47 expects-nothing: nothing`, `6:51 expects-nothing: nothing is expected of "handover"`, `6:81 expects-nothing: nothing`,
			`6:95 expects-nothing: nothing is expected of "safety-signed"`, `6:120 expects-nothing: nothing`,
		}},
		{"figures", expecting("{score: 0x10, claimed: 1e2, potential: nothing, by_duty: {buyer: [1]}, answered: {answered: -1, expected: 2.5, may_apply: 01}}"), []string{
			`6:21 bad-value: score: expected a number such as 62.5, or none, got "0x10"`, `6:36 bad-value: claimed: expected a number`, `6:52 bad-value: potential: expected a number`,
			`6:78 wrong-type: buyer: expected a number such as 62.5, or none, got a list`, `6:105 bad-value: answered: expected a whole number from 0, got "-1"`,
			`6:119 bad-value: expected: expected a whole number`, `6:135 bad-value: may_apply: expected a whole number`,
		}},
		{"words", expecting("{band: redy, headline: gate-fail, criteria: {safety: {state: aswered, met: maybe}}, gates: {safety-signed: passes}, flags: {added-work: perhaps}, by_duty: {suplier: 1}}"), []string{
			`6:20 band: there is no band "redy" | did you mean "ready"?`, `6:36 bad-value: headline: expected one of "gate-fails"`, `6:74 bad-value: state: expected one of "answered"`,
			`6:88 bad-value: met: expected yes or no`, `6:120 bad-value: safety-signed: expected one of "pass"`, `6:149 bad-value: added-work: expected yes, no, unknown or not-applicable, got "perhaps"`,
			`6:169 bad-value: by_duty: expected one of "supplier"`,
		}},
		{"names", expecting("{criteria: {safty: {score: 1}, ward/safety: {scor: 1}}, gates: {safety: pass, ward/net-burden-minimum: pass}, flags: {add-work: no}}"), []string{
			`6:25 unknown-criterion: rubric "ward" has no criterion "safty" | did you mean "safety"?`, `6:58 unknown-key: unknown key "scor" in criterion | did you mean "score"?`,
			`6:77 unknown-gate: rubric "ward" has no gate "safety" | expected one of "net-burden-minimum", "safety-signed"`,
			`6:131 unknown-flag: rubric "ward" has no flag "add-work" | did you mean "added-work"?`,
		}},
		{"levels", expecting("{criteria: {safety: {level: 4, claimed_level: Plannd}, pathway: {level: 1, counts: {Plannd: 1}}, handover: {counts: {1: 1}}}}"), []string{
			`6:41 off-scale: level "4" is not on the scale of "safety" | the levels are: 0 Not started`, `6:59 off-scale: level "Plannd" is not on the scale`,
			`6:85 expectation: "pathway" is a group, which has no level`, `6:97 off-scale: no criterion of "pathway" has a level "Plannd"`, `6:121 expectation: "handover" is one criterion`,
		}},
		{"no ladder", expecting("{criteria: {pathway: {rung: handover, ahead: []}}}"), []string{
			`6:35 expectation: "pathway" is no ladder, so that it has no "rung"`, `6:51 expectation: "pathway" is no ladder, so that it has no "ahead"`,
		}},
		{"missing things", expecting("{criteria: {safety: {missing: [stag, inform_care, handovr, stage]}}}"), []string{
			`6:44 unknown-fact: there is no fact or criterion "stag" that could be missing | did you mean "stage"?`,
			`6:50 unknown-fact: there is no fact or criterion "inform_care" that could be missing | did you mean "informs_care"?`,
			`6:63 unknown-fact: there is no fact or criterion "handovr" that could be missing | did you mean "handover"?`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, list := bind(newLibrary(), "f.yaml", []byte(c.data))
			if got := told(list); !slices.EqualFunc(got, c.want, strings.HasPrefix) {
				t.Errorf("got:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}

// run gives, for each expectation of a case that does not hold, `name aspect: got`.
func run(t *testing.T, data string) []string {
	t.Helper()
	return runOn(t, ward, data)
}

// runOn tells what fails of the one case that a file has, under a rubric.
func runOn(t *testing.T, text, data string) []string {
	t.Helper()
	_, bound, list := bind(libraryOf(text), "f.yaml", []byte(data))
	if len(list) > 0 || len(bound) != 1 {
		t.Fatalf("got %q and %d cases", told(list), len(bound))
	}
	var lines []string
	for _, f := range bound[0].Run() {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s", f.Name, f.Aspect))+": "+f.Got)
	}
	return lines
}

// What is said of the ward comes to these figures, worked out by hand: net-burden is claimed at 3 of 3 and supported at
// 1, since its study is older than 24 months; pathway is the least of handover, 2 of 3, and safety, not known. So
// evidenced (3 x 1/3 + 1 x 0) / 4 = 25, claimed (3 x 1 + 1 x 0) / 4 = 75, at best (3 x 1 + 1 x 2/3) / 4 = 91.666…
const said = `  - name: one
    stage: pilot
    facts: {informs_care: yes}
    evidence: [{id: old, kind: study, title: Old, dated: 2020-01-01}]
    answers: {net-burden: {level: 3, evidence: [old]}, handover: 2, signed: true}
    expect: `

func TestExpectations(t *testing.T) {
	for _, c := range []struct {
		expect string
		want   []string
	}{
		{"{score: 25, claimed: 75.0, potential: 91.67}", nil},
		{"{score: 25.1, claimed: 74, potential: none}", []string{"score: 25", "claimed: 75", "potential: 91.6666666667"}},
		{"{potential: 92}", nil},
		{"{potential: 91.6}", []string{"potential: 91.6666666667"}},
		{"{band: not-ready, headline: gate-unknown}", nil},
		{"{band: none, headline: band}", []string{"band: not-ready", "headline: gate-unknown"}},
		{"{answered: {answered: 2, expected: 3, may_apply: 0}}", nil},
		{"{answered: {answered: 3, expected: 2, may_apply: 1}}", []string{"answered answered: 2", "expected answered: 3", "may_apply answered: 0"}},
		{"{criteria: {net-burden: {state: answered, level: 1, claimed_level: Routine, score: 33.33, claimed: 100, potential: 100, met: no, missing: []}}}", nil},
		{"{criteria: {ward/net-burden: {state: unknown, level: Routine, claimed_level: 0, score: 34, met: yes, missing: [stage, informs_care]}}}", []string{
			"ward/net-burden state: answered", "ward/net-burden level: 1 Planned", "ward/net-burden claimed_level: 3 Routine", "ward/net-burden score: 33.3333333333",
			"ward/net-burden met: no", "ward/net-burden missing: []",
		}},
		{"{criteria: {safety: {level: 0}, pathway: {score: 0, potential: 66.7}, signed: {level: yes, claimed_level: 1}, ward: {score: 25}}}", []string{"safety level: no level: unknown"}},
		{"{gates: {safety-signed: unknown, ward/net-burden-minimum: pass}, flags: {added-work: true}}", nil},
		{"{gates: {safety-signed: fail, net-burden-minimum: not-applicable}, flags: {ward/added-work: no}}", []string{
			"safety-signed gate: unknown", "net-burden-minimum gate: pass", "ward/added-work flag: yes",
		}},
	} {
		if got := run(t, header+said+c.expect+"\n"); !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot:\n\t%s\nwant:\n\t%s", c.expect, strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
		}
	}
}

// A record that says nothing: what may apply, what is missing, and a waiver that has its effect.
func TestStatesAndWaivers(t *testing.T) {
	for _, c := range []struct{ said, expect string }{
		{"", "{score: 0, answered: {may_apply: 1}, criteria: {safety: {state: may-apply, missing: [informs_care]}}, gates: {safety-signed: unknown}}"},
		{"facts: {informs_care: no}", "{criteria: {safety: {state: does-not-apply, score: none, potential: none}}, gates: {safety-signed: not-applicable}}"},
		{"answers: {handover: {na: no shifts}}\n    facts: {informs_care: no}", "{criteria: {handover: {state: not-applicable, score: none}, pathway: {state: not-applicable}}}"},
		{"answers: {safety: 1}\n    facts: {informs_care: yes}", "{gates: {safety-signed: fail}, headline: gate-fails}"},
		{"answers: {safety: 1}\n    facts: {informs_care: yes}\n    waivers: [{gate: safety-signed, reason: r, owner: safety-officer, granted: 2026-05-01, expires: 2026-07-01}]", "{gates: {safety-signed: conditional}}"},
		// The case's own day is before the waiver begins.
		{"as_of: 2026-04-30\n    answers: {safety: 1}\n    facts: {informs_care: yes}\n    waivers: [{gate: safety-signed, reason: r, owner: safety-officer, granted: 2026-05-01, expires: 2026-07-01}]", "{gates: {safety-signed: fail}}"},
	} {
		if got := run(t, header+"  - name: one\n    "+c.said+"\n    expect: "+c.expect+"\n"); got != nil {
			t.Errorf("%s\n%s\ngot %q", c.said, c.expect, got)
		}
	}
}

// Shapes, duties, surveys and numbers.
func TestShapes(t *testing.T) {
	const shapes = `touchstone: rubric/v1
id: ward
version: 1.0.0
title: Ward
scales: {agree: [{value: 1, label: No}, {value: 2, label: Somewhat}, {value: 3, label: Fully}]}
criteria:
  - id: ladder
    title: L
    combine: ladder
    criteria:
      - {id: one, title: One, scale: yes-no, duty: buyer}
      - {id: two, title: Two, scale: yes-no, duty: buyer}
      - {id: three, title: Three, scale: yes-no, duty: supplier}
  - id: views
    title: V
    combine: profile
    weight: 0
    criteria:
      - {id: asked, title: Asked, scale: agree}
      - {id: told, title: Told, scale: agree}
  - {id: minutes, title: Minutes, measure: {unit: minutes, worst: 20, best: 0}}
`
	const answers = "  - name: one\n    answers: {one: 1, two: 0, three: 1, asked: {responses: {1: 1, 3: 2}}, minutes: {value: [2.5, 5]}}\n    expect: "
	for _, c := range []struct {
		expect string
		want   []string
	}{
		{"{criteria: {ladder: {rung: one, ahead: [three]}, views: {score: none, counts: {Somewhat: 0, Fully: 0, unknown: 1}}, asked: {level: 2.33}, minutes: {level: 5, claimed_level: 5.0, potential: 87.5}}, by_duty: {buyer: 50, supplier: 100, adopter: none}}", nil},
		{"{criteria: {ladder: {rung: none, ahead: []}, views: {counts: {2: 1, unknown: 0}}, asked: {level: 3}, minutes: {level: 2.5}, told: {level: 1}}, by_duty: {buyer: 49.9, adopter: 0}}", []string{
			"ladder rung: one", "ladder ahead: [three]", "views: 2 counts: 0", "views: unknown counts: 1", "asked level: 2.33333333333", "minutes level: 5",
			"told level: no level: unknown", "buyer by_duty: 50", "adopter by_duty: none",
		}},
	} {
		if got := runOn(t, shapes, header+answers+c.expect+"\n"); !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot:\n\t%s\nwant:\n\t%s", c.expect, strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
		}
	}
}

// A path is meant from the file's folder, may lead out of it, and need not have an ending.
func TestRubricPaths(t *testing.T) {
	folder := t.TempDir()
	for name, data := range map[string]string{"ward.yaml": ward, "tests/plain": ward} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Join(folder, "tests"))
	for _, c := range []struct{ file, rubric string }{
		{filepath.ToSlash(filepath.Join(folder, "tests", "cases.yaml")), "../ward.yaml"},
		{"cases.yaml", "../ward.yaml"},
		{"cases.yaml", "./plain"},
		{"cases.yaml", filepath.ToSlash(filepath.Join(folder, "ward.yaml"))},
		{"cases.yaml", "ward"},
		{"cases.yaml", "ward@1.0"},
	} {
		data := strings.Replace(header, "rubric: ward", "rubric: "+c.rubric, 1) + "  - {name: one, expect: {score: 0}}\n"
		_, bound, list := bind(newLibrary(), c.file, []byte(data))
		if len(bound) != 1 || len(list) > 0 {
			t.Errorf("%s of %s: got %d cases, %q", c.rubric, c.file, len(bound), told(list))
		}
	}
}

// Whatever a file holds, it is read, bound and run without a panic, and nothing that is expected is passed over.
func FuzzCases(f *testing.F) {
	f.Add([]byte(header + said + "{score: 25, criteria: {safety: {level: 0, missing: [stage]}}, gates: {safety-signed: unknown}}\n"))
	f.Add([]byte(header + said + "{answered: {answered: 2}, by_duty: {buyer: 1}, flags: {added-work: no}, criteria: {pathway: {counts: {1: 2}}}}\n"))
	f.Add([]byte(header + "  - {name: a, expect: {score: , criteria: {pathway: {rung: x, ahead: [y1]}}}}\n"))
	f.Add([]byte(`{"touchstone": "cases/v1", "rubric": "ward", "as_of": "2026-06-01", "cases": [{"name": "a", "expect": {"score": 0}}]}`))
	l := newLibrary()
	f.Fuzz(func(t *testing.T, data []byte) {
		n, list := source.Read("f.yaml", data)
		file, more := cases.Parse(n)
		if file == nil {
			return
		}
		file.Rubric = "ward" // whatever is written, no file is opened
		for i := range file.Cases {
			file.Cases[i].For = nil
		}
		bound, problems := file.Bind(l)
		if list = append(append(list, more...), problems...); list.HasErrors() {
			return
		}
		for _, b := range bound {
			if wanted := expected(b.Case.Node("expect")); len(b.Expectations) != wanted {
				t.Errorf("case %q has %d expectations, %d are looked at", b.Case.Name, wanted, len(b.Expectations))
			}
			b.Run()
		}
	})
}

// expected counts the values below a node; a list is one.
func expected(n *source.Node) int {
	if n.Kind != source.Mapping {
		return 1
	}
	sum := 0
	for _, v := range n.Values {
		sum += expected(v)
	}
	return sum
}
