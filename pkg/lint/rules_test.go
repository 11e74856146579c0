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
	"github.com/touchstone-health/touchstone/pkg/rubric"
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
	"half-tested.cases.yaml":    "touchstone: cases/v1\nrubric: ./subject.yaml\nas_of: 2026-06-01\ncases: [{name: trained, answers: {training: yes}, expect: {criteria: {training: {state: answered}}}}]\n",
}

// checked is what all rules find in a file among its neighbours.
func checked(t *testing.T, text string, options Options) diag.List {
	t.Helper()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, text := range neighbours {
		write(name, text)
	}
	files := []string{write("subject.yaml", text)}
	if strings.Contains(text, "id: half-tested") {
		files = append(files, filepath.Join(folder, "half-tested.cases.yaml"))
	}
	store := source.NewStore(nil, strings.NewReader(""))
	catalogue := rubric.NewCatalogue(store)
	options.AsOf = dayOf(t, "2026-11-21")
	return NewChecker(store, catalogue, library.New(catalogue, "example"), options).Check(files)
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
