package rubrics_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// mistake is a slip that an author makes. It is made at one place: what the pattern finds is replaced, `$1` standing for
// its first group as in package regexp.
type mistake struct {
	name, pattern, with string
}

// mistakes are slips of the hand, of copying, and of judgement. Each changes what somebody would be told.
var mistakes = []mistake{
	// names
	{"a criterion renamed where it is written", `(?m)^( *- id: [a-z0-9-]*[a-z])([a-z0-9])$`, "${1}x${2}"},
	{"a criterion misspelt in a condition", `(level|met|score|claimed|value)\("([a-z0-9-]+)([a-z0-9])"\)`, `$1("${2}q$3")`},
	{"a fact misspelt in a condition", `facts\.([a-z_]+)([a-z])`, "facts.${1}q$2"},
	{"a kind of evidence misspelt", `kinds: \[([a-z0-9-]+)([a-z0-9])`, "kinds: [${1}q$2"},
	{"a role misspelt", `help: \[([a-z0-9-]+)([a-z0-9])`, "help: [${1}q$2"},
	{"a scale misspelt", `(?m)^( *scale: [a-z-]*)([a-z])$`, "${1}q$2"},
	{"an item of a source misspelt", `(maps: \[.?[a-z0-9-]+:)([0-9A-Za-z])`, "${1}9$2"},
	{"a stage misspelt", `from_stage: ([a-z]+)([a-z])`, "from_stage: ${1}q$2"},
	{"a key misspelt", `(?m)^( +)weight: `, "${1}wieght: "},
	{"a key written twice", `(?m)^( +)(title: .*)$`, "${1}$2\n${1}$2"},
	{"a duty misspelt", `duty: (supplier|buyer|adopter|shared)`, "duty: ${1}s"},
	{"the version of a rubric in use that is not there", `(?m)^( +- \{?use: [a-z0-9-]+)@1`, "${1}@9"},
	// weights
	{"a weight ten times as large", `weight: ([1-9][0-9]*)\b`, "weight: ${1}0"},
	{"a weight of 2 where 3 was agreed", `weight: 3\b`, "weight: 2"},
	{"a weight left out", `(?m)^ +weight: [02-9][0-9]*\n`, ""},
	{"a negative weight", `weight: ([1-9])`, "weight: -$1"},
	{"another way to combine", `combine: (mean|all|count|ladder|profile|sum)\b`, "combine: any"},
	// bands
	{"a band that begins later", `(\{id: [a-z-]+, label: [^,]+, from: [1-9][0-9]*)([0-9])`, "${1}9"},
	{"a band that begins at 5 for 50", `(\{id: [a-z-]+, label: [^,]+, from: [1-9])[0-9]\b`, "$1"},
	{"a band out of order", `(\{id: [a-z-]+, label: [^,]+, from: )0\b`, "${1}90"},
	{"a band beyond the scale", `(\{id: [a-z-]+, label: [^,]+, from: )([1-9][0-9])\b`, "${1}${2}0"},
	{"a band that can be reached too early", `, from_stage: [a-z]+\}`, "}"},
	// levels
	{"a level without its text", `(?m)^ +[1-3]: [A-Z][^\n]+\n`, ""},
	{"a level's text replaced by praise", `(?m)^( +[1-4]: )[A-Z][^\n{]+$`, "${1}Good and robust evidence."},
	{"a level that is not on the scale", `(?m)^( +)4: ([A-Z>])`, "${1}7: $2"},
	{"advice for a level that is not there", `(?m)^( +)2: \{advice`, "${1}8: {advice"},
	{"a level's number changed to its neighbour's", `(?m)^( +)2: ([A-Z>])`, "${1}1: $2"},
	{"the lowest level taken for the best", `(?m)^( +)scale: ([a-z]+)$`, "${1}scale: $2\n${1}reverse: yes"},
	{"met from another level", `(?m)^( +met: )2$`, "${1}1"},
	{"the level from which it is met left out", `(?m)^ +met: [0-9]+\n`, ""},
	// questions
	{"a question left out", `(?m)^ +ask: [A-Z][^\n]*\?\n`, ""},
	{"a question that asks a second thing", `(?m)^( +ask: [A-Z][^\n"]*)\?$`, "${1}, and is it written down?"},
	{"a note to the author left in", `(?m)^( +why: )[A-Z][^\n]+$`, "${1}TBC"},
	// evidence
	{"evidence accepted from one level later", `(\{from: )2,`, "${1}3,"},
	{"evidence accepted from beyond the scale", `(\{from: )([234]),`, "${1}9,"},
	{"an age limit left out", `, max_age: [0-9]+ (months|days|years)`, ""},
	{"an age limit of 1200 months", `max_age: ([0-9]+) months`, "max_age: ${1}00 months"},
	{"an age limit without its unit", `max_age: ([0-9]+) months`, "max_age: $1"},
	{"independence not asked for", `, independent: yes`, ""},
	{"the evidence left out", `(?m)^( +)evidence: \{[^\n]*\}\n`, ""},
	{"a check the other way round", `(cvss_max) < `, "$1 >= "},
	// conditions
	{"a threshold off the scale", `((?:level|claimed)\("[a-z0-9-]+"\) (?:>=|<) )[0-9]`, "${1}9"},
	{"a threshold one lower", `(level\("[a-z0-9-]+"\) >= )2`, "${1}1"},
	{"a threshold between two levels", `(level\("[a-z0-9-]+"\) >= )2`, "${1}1.5"},
	{"a comparison the other way round", `(level\("[a-z0-9-]+"\)) >= `, "$1 < "},
	{"a condition left out", `(?m)^ +when: facts[^\n]*\n`, ""},
	{"a condition turned round", `(?m)^( +when: )facts\.([a-z_]+)$`, `${1}"!facts.$2"`},
	{"a condition on a choice that is not there", `(facts\.[a-z_]+ [!=]= ")([a-z])`, "${1}q$2"},
	{"expected from another stage", `(?m)^( +from_stage: )pilot$`, "${1}service"},
	{"expected from the start", `(?m)^ +from_stage: [a-z]+\n`, ""},
	// gates and flags
	{"a gate that does not say what it leads to", `(?m)^ +otherwise: [^\n]*\n`, ""},
	{"a gate that only caps", `otherwise: fail\b`, "otherwise: conditional"},
	{"a flag that says nothing of what clears it", `(?m)^ +clears: [A-Z][^\n]*\n`, ""},
	{"a flag raised one level later", `(?m)^( +when: .*level\("[a-z0-9-]+"\) < )2`, "${1}1"},
	{"a cap at a band that is not there", `(cap: )([a-z-]+)([a-z])\}`, "${1}${2}q$3}"},
	{"a flag that caps no longer", `effect: \{cap: [a-z-]+\}`, "effect: inform"},
	{"a graver sign told as a small one", `severity: high`, "severity: low"},
	// standing
	{"a day of review that has passed", `review_by: 20[0-9-]+`, "review_by: 2021-01-31"},
	{"a day that is not in the calendar", `review_by: 20([0-9]+)-[0-9-]+`, "review_by: 20$1-02-30"},
	{"a version of two numbers", `(?m)^version: 1\.0\.0$`, "version: 1.0"},
	{"a file that is imported and not there", `import: \[\./vocab`, "import: [./vocap"},
	{"a reason for not applying left out", `(?m)^( +)na: never\n`, ""},
}

// each is how often a mistake is made in one rubric, at places spread over it.
const each = 1

// TestLawSeededMistakes makes mistakes in every rubric that ships, one at a time, and looks whether lint finds them or a case
// of the rubric fails. Those that neither does are listed, so that they can be seen.
func TestLawSeededMistakes(t *testing.T) {
	bench := newBench(t)
	var missed []string
	made, byLint := 0, 0
	for _, name := range bench.rubrics {
		for _, m := range mistakes {
			for _, seeded := range m.in(bench.texts[name]) {
				made++
				switch bench.finds(name, seeded.text) {
				case foundByLint:
					byLint++
				case foundByCase:
				case notFound:
					missed = append(missed, fmt.Sprintf("%s:%d: %s", name, seeded.line, m.name))
				}
			}
		}
	}
	const least, share = 300, 95
	found := made - len(missed)
	t.Logf("%d mistakes in %d rubrics: %d found by lint, %d more by cases, %d by neither:\n%s",
		made, len(bench.rubrics), byLint, found-byLint, len(missed), strings.Join(missed, "\n"))
	if made < least || found*100 < share*made {
		t.Errorf("%d of %d seeded mistakes are found; expected %d %% of at least %d", found, made, share, least)
	}
}

// seed is a rubric with one mistake.
type seed struct {
	text string
	line int
}

// in makes the mistake at places spread over a text.
func (m mistake) in(text string) []seed {
	pattern := regexp.MustCompile(m.pattern)
	places := pattern.FindAllStringSubmatchIndex(text, -1)
	var seeds []seed
	for k := range min(each, len(places)) {
		at := places[(2*k+1)*len(places)/(2*min(each, len(places)))]
		with := pattern.ExpandString(nil, m.with, text, at)
		seeds = append(seeds, seed{text: text[:at[0]] + string(with) + text[at[1]:], line: 1 + strings.Count(text[:at[0]], "\n")})
	}
	return seeds
}

type outcome int

const (
	notFound outcome = iota
	foundByLint
	foundByCase
)

// bench is a copy of the rubrics and their cases, in which one file at a time is replaced.
type bench struct {
	t       *testing.T
	folder  string
	rubrics []string
	texts   map[string]string
	cases   map[string][]string // files, by rubric
	asOf    calendar.Date
}

func newBench(t *testing.T) *bench {
	t.Helper()
	asOf, err := calendar.ParseDate("2026-11-21")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, folder: t.TempDir(), texts: map[string]string{}, cases: map[string][]string{}, asOf: asOf}
	b.copy("..", "rubrics", "*.yaml")
	b.copy("..", "rubrics/references", "*.yaml")
	b.copy("..", "testdata/instruments", "*.yaml")
	files, err := filepath.Glob(filepath.Join(b.folder, "testdata/instruments/*.cases.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if m := regexp.MustCompile(`(?m)^rubric: \.\./\.\./rubrics/([a-z0-9-]+)\.yaml$`).FindSubmatch(data); m != nil {
			b.cases[string(m[1])] = append(b.cases[string(m[1])], file)
		}
	}
	for name := range b.cases {
		b.rubrics = append(b.rubrics, name)
		data, err := os.ReadFile(b.path(name))
		if err != nil {
			t.Fatal(err)
		}
		b.texts[name] = string(data)
	}
	slices.Sort(b.rubrics)
	return b
}

func (b *bench) path(name string) string { return filepath.Join(b.folder, "rubrics", name+".yaml") }

func (b *bench) copy(from, folder, pattern string) {
	b.t.Helper()
	names, err := fs.Glob(os.DirFS(filepath.Join(from, folder)), pattern)
	if err != nil || len(names) == 0 {
		b.t.Fatalf("%s: %d files (%v)", folder, len(names), err)
	}
	if err := os.MkdirAll(filepath.Join(b.folder, folder), 0o755); err != nil {
		b.t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(from, folder, name))
		if err != nil {
			b.t.Fatal(err)
		}
		b.write(filepath.Join(b.folder, folder, name), string(data))
	}
}

func (b *bench) write(path, text string) {
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// finds reports what finds the mistake in a text that takes the place of a rubric.
func (b *bench) finds(name, text string) outcome {
	b.write(b.path(name), text)
	defer b.write(b.path(name), b.texts[name])
	if list, _ := b.check(name, nil); len(list) > 0 {
		return foundByLint
	}
	list, bound := b.check(name, b.cases[name])
	if len(list) > 0 {
		return foundByLint
	}
	for i := range bound {
		if len(bound[i].Run()) > 0 {
			return foundByCase
		}
	}
	return notFound
}

// check lints a rubric with files of its cases, and gives the cases to run.
func (b *bench) check(name string, files []string) (diag.List, []cases.Bound) {
	store := source.NewStore(nil, strings.NewReader(""))
	catalogue := rubric.NewCatalogue(store, filepath.Join(b.folder, "rubrics"))
	l := library.New(catalogue, name)
	checker := lint.NewChecker(store, catalogue, l, lint.Options{AsOf: b.asOf})
	list := checker.Check(append([]string{b.path(name)}, files...))
	var all []cases.Bound
	for _, file := range files {
		node, _ := store.Open(file)
		if f, _ := cases.Parse(node); f != nil {
			bound, _ := f.Bind(l)
			all = append(all, bound...)
		}
	}
	return list, all
}

// TestUnseededRubrics makes sure that what is found above is found because of the mistakes.
func TestUnseededRubrics(t *testing.T) {
	b := newBench(t)
	for _, name := range b.rubrics {
		if found := b.finds(name, b.texts[name]); found != notFound {
			list, _ := b.check(name, b.cases[name])
			t.Errorf("%s without a mistake: %v", name, list)
		}
	}
	if len(b.rubrics) < 15 {
		t.Errorf("%d rubrics have cases: %v", len(b.rubrics), b.rubrics)
	}
}
