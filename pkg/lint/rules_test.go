package lint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// neighbours are files that examples may name.
var neighbours = map[string]string{
	"example.yaml":              Example(rubric.Kind, ""),
	"words.yaml":                Example(rubric.VocabularyKind, ""),
	"references/guide.yaml":     Example(rubric.ReferenceKind, ""),
	"references/old-guide.yaml": strings.Replace(Example(rubric.ReferenceKind, ""), "id: guide", "id: old-guide\nretired: 2025-01-01\nreplaced_by: guide", 1),
	"current.yaml":              strings.Replace(Example(rubric.Kind, ""), "id: example", "id: current\nstatus: draft", 1),
	"retired.yaml":              strings.Replace(Example(rubric.Kind, ""), "id: example", "id: retired\nstatus: retired", 1),
	"half-tested.cases.yaml":    "touchstone: cases/v1\nrubric: ./rubric.yaml\nas_of: 2026-06-01\ncases: [{name: trained, answers: {training: yes}, expect: {criteria: {training: {state: answered}}}}]\n",
	"gated.yaml": Example(rubric.Kind, `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
flags:
  - {id: no-owner, when: 'level("owner") < 2', severity: high, effect: inform, say: Nobody answers for it., clears: A name in a minute.}
`),
	"staged.yaml":           small("staged", "stages: [alpha, beta, live]"),
	"shelf/ward.yaml":       small("ward", ""),
	"shelf/twin.yaml":       small("twin", ""),
	"shelf/twin@1.0.0.yaml": small("twin", "purpose: Another one."),
	"shelf/renamed.yaml":    small("former", ""),
}

// small is a rubric that needs no other file.
func small(id, more string) string {
	return "touchstone: rubric/v1\nid: " + id + "\nversion: 1.0.0\ntitle: Small rubric\n" + more +
		"\ncriteria:\n  - {id: handover, title: Handover, ask: \"Is it used at handover?\", scale: yes-no, evidence: none}\n"
}

// checked is what all rules find in a file among its neighbours. Rubrics are looked for by id in the folder shelf.
func checked(t *testing.T, text string, options Options) diag.List {
	t.Helper()
	list, _ := checkedWith(t, text, options)
	return list
}

// checkedWith also gives the files that were read.
func checkedWith(t *testing.T, text string, options Options) (diag.List, diag.Sources) {
	t.Helper()
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range neighbours {
		write(name, text)
	}
	if strings.Contains(text, "id: locked") {
		write("published.yaml", lockedRubric)
		write(lock.FileName, lockOf(t, "published.yaml"))
	}
	write(nameOf(text), text)
	files := []string{nameOf(text)}
	if strings.Contains(text, "id: half-tested") {
		files = append(files, "half-tested.cases.yaml")
	}
	store := source.NewStore(nil, strings.NewReader(""))
	catalogue := rubric.NewCatalogue(store, "shelf")
	options.AsOf = dayOf(t, "2026-11-21")
	return NewChecker(store, catalogue, library.New(catalogue, "example"), options).Check(files), store.Sources()
}

// lockOf is a lock of a rubric.
func lockOf(t *testing.T, name string) string {
	t.Helper()
	catalogue := rubric.NewCatalogue(source.NewStore(nil, strings.NewReader("")))
	r, list := catalogue.Open("./"+name, diag.Place{})
	m, more := score.Compile(r)
	if m == nil {
		t.Fatal(list, more)
	}
	return string(new(lock.Lock).Add([]*score.Model{m}).Lock.Bytes())
}

// nameOf is what a file is called: as its first line says, after its kind, or file.yaml.
func nameOf(text string) string {
	if name, says := strings.CutPrefix(text, "# "); says && strings.HasPrefix(name, lock.FileName+"\n") {
		return lock.FileName
	}
	kind, found := strings.CutPrefix(text, source.Header+": ")
	if kind, _, _ = strings.Cut(kind, "/"); !found {
		kind = "file"
	}
	return kind + ".yaml"
}

func dayOf(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// found are the rules that raised something, each once, in order.
func found(list diag.List) []string {
	var ids []string
	for _, d := range list {
		ids = append(ids, d.Rule)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// TestExamples holds every rule to its own examples: the bad one raises that rule and no other, the good one none.
func TestExamples(t *testing.T) {
	for _, r := range Rules() {
		if r.By != "" { // the scripts of that command show it
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			if list := checked(t, Example(r.Kind, r.Bad), Options{}); !slices.Equal(found(list), []string{r.ID}) {
				t.Errorf("the bad example raises %v, expected %s alone:\n%v\n%s", found(list), r.ID, list, Example(r.Kind, r.Bad))
			}
			if list := checked(t, Example(r.Kind, r.Good), Options{}); len(list) > 0 {
				t.Errorf("the good example raises %v:\n%v\n%s", found(list), list, Example(r.Kind, r.Good))
			}
		})
	}
}

// TestBases holds the files that examples are part of to having nothing wrong with them.
func TestBases(t *testing.T) {
	for _, kind := range []string{rubric.Kind, rubric.VocabularyKind, rubric.ReferenceKind, innovation.Kind, cases.Kind} {
		if list := checked(t, Example(kind, ""), Options{}); len(list) > 0 {
			t.Errorf("%s: %v", kind, list)
		}
	}
}

// TestRulesSayWhy holds every rule to a summary, a reason and a ground, and ids to being there once.
func TestRulesSayWhy(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.Summary == "" || r.Why == "" || r.Bad == "" || r.Good == "" || r.Kind == "" {
			t.Errorf("%s lacks its summary, its reason, an example or what that is part of", r.ID)
		}
		if r.Ground.Kind == "" || r.Ground.Kind != language.Kind && r.Ground.Text == "" {
			t.Errorf("%s does not say where it comes from", r.ID)
		}
		if seen[r.ID] {
			t.Errorf("%s is there twice", r.ID)
		}
		seen[r.ID] = true
	}
}

// TestExamplesAreNarrow holds the lines of examples to the width that leaves room for a message, as far as words allow.
func TestExamplesAreNarrow(t *testing.T) {
	for _, r := range Rules() {
		for _, part := range []string{r.Bad, r.Good} {
			for line := range strings.Lines(part) {
				if len(line)-1 > exampleWidth {
					t.Errorf("%s: %d columns: %s", r.ID, len(line)-1, line)
				}
			}
		}
	}
}

// TestFolded shows where long lines of an example are broken. That the text stays the same is shown by [TestExamples].
func TestFolded(t *testing.T) {
	for name, c := range map[string]struct{ long, want string }{
		"short": {"a: b\n", "a: b\n"},
		"behind a comma, to below the first key": {
			"  - {id: trained, needs: 'level(\"training\") >= 2', otherwise: fail, because: x}\n",
			"  - {id: trained, needs: 'level(\"training\") >= 2',\n     otherwise: fail, because: x}\n",
		},
		"behind a space, further in": {
			"summary: A list on a phone for the jobs of the night that everybody on call can see.\n",
			"summary: A list on a phone for the jobs of the night that\n  everybody on call can see.\n",
		},
		"twice": {
			"for: [./a-rubric-with-a-name.yaml, ./another-rubric-with-a-name.yaml, ./a-third-rubric-with-a-name.yaml, ./b.yaml]\n",
			"for: [./a-rubric-with-a-name.yaml,\n  ./another-rubric-with-a-name.yaml,\n  ./a-third-rubric-with-a-name.yaml, ./b.yaml]\n",
		},
		"a note stays as it is":    {"# " + strings.Repeat("x ", 40) + "\n", "# " + strings.Repeat("x ", 40) + "\n"},
		"a word cannot be broken":  {strings.Repeat("x", 80) + "\n", strings.Repeat("x", 80) + "\n"},
		"nothing ends a long line": {strings.Repeat("x ", 40), strings.Repeat("x ", 31) + "x\n  " + strings.Repeat("x ", 8)},
	} {
		if got := folded(c.long); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
