package revision_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/revision"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Over random edits of real rubrics, of what they import and of what they use:
//
//   - the scoring digests differ if and only if a change is major;
//   - something is told if and only if anything is written otherwise;
//   - what is computed otherwise is told with the change that does it;
//   - the way back is as grave as the way there;
//   - under one scoring digest, records come to the same scores;
//   - the points of what moves a score add up to how far it moves.
func TestLaws(t *testing.T) {
	base := shipped(t)
	ids := base.rubrics()
	records := examples(t)
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(ids).Draw(t, "rubric")
		before, list := base.compile(id)
		if before == nil {
			t.Fatal(list)
		}
		edited, after, what := edit(t, base, id, before)
		d := revision.Compare(before, after)
		told := tell(d)
		sameScores := before.ScoringDigest() == after.ScoringDigest()
		if major := d.Class() == revision.Major; major == sameScores {
			t.Fatalf("%s\n%s\nsame scoring digest: %v, and\n%s", id, what, sameScores, told)
		}
		if same := d.SameContent(); same != (len(d.Changes) == 0) {
			t.Fatalf("%s\n%s\nsame content: %v, and\n%s", id, what, same, told)
		}
		if strings.Contains(told, "what it depends on was changed") {
			t.Fatalf("%s\n%s\nwithout its cause:\n%s", id, what, told)
		}
		if back := revision.Compare(after, before); back.Class() != d.Class() {
			t.Fatalf("%s\n%s\nback:\n%s\nthere:\n%s", id, what, tell(back), told)
		}
		again, _ := edited.compile(id)
		if again.ScoringDigest() != after.ScoringDigest() || tell(revision.Compare(before, again)) != told {
			t.Fatalf("%s\n%s\ntwice, and not the same", id, what)
		}
		for _, inn := range append(slices.Clone(records), anyRecord(t, before), anyRecord(t, before)) {
			replayed(t, d, inn, sameScores, what)
		}
	})
}

// tell writes the changes, one a line.
func tell(d *revision.Diff) string {
	var lines []string
	for _, c := range d.Changes {
		lines = append(lines, fmt.Sprintf("%s %s %s %s/%s %s %s %q → %q (%s) %v", c.Class, c.Kind, c.What, c.Rubric, c.Name, c.Key, c.Item, c.Old, c.New, c.Why, c.Touches))
	}
	return strings.Join(lines, "\n")
}

func examples(t *testing.T) []*innovation.Innovation {
	t.Helper()
	names, err := filepath.Glob("../../examples/*/innovation.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no examples", err)
	}
	var all []*innovation.Innovation
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		node, list := source.Read(filepath.ToSlash(name), data)
		inn, more := innovation.Parse(node)
		if list.HasErrors() || more.HasErrors() {
			t.Fatal(list, more)
		}
		all = append(all, inn)
	}
	return all
}

func replayed(t *rapid.T, d *revision.Diff, inn *innovation.Innovation, sameScores bool, what string) {
	asOf, _ := calendar.ParseDate("2026-11-21")
	results := make([]*score.Result, 2)
	for i, m := range []*score.Model{d.Old, d.New} {
		rec, list := m.Bind(inn, d.Old, d.New)
		if list.HasErrors() {
			return
		}
		results[i] = m.Evaluate(rec, score.Conditions{AsOf: asOf})
	}
	relabelled := slices.ContainsFunc(d.Changes, func(c revision.Change) bool { return strings.HasPrefix(c.Key, "scale") || c.What == revision.AScale })
	if sameScores && !relabelled { // an answer may be given by a label, which then means another level
		for i := range d.Old.Nodes {
			j, there := d.New.Lookup(d.Old.Nodes[i].Name)
			if !there {
				t.Fatalf("%s is gone", d.Old.Nodes[i].Name)
			}
			for _, b := range revision.Bases {
				x, some := results[0].Score(i, b)
				y, someNow := results[1].Score(j, b)
				if some != someNow || !x.Equal(y) {
					t.Fatalf("%s\n%s: under one scoring digest %s is %s and %s", what, inn.ID, d.Old.Nodes[i].Name, x, y)
				}
			}
		}
	}
	m := d.Moved(results[0], results[1])
	if m == nil || m.Because == nil || m.Because.Points == nil {
		return
	}
	sum := m.Because.Shares.Add(m.Because.Left)
	for _, c := range m.Because.Causes {
		sum = sum.Add(c.Points)
	}
	if !sum.Equal(*m.Because.Points) {
		t.Fatalf("%s\n%s\nthe points come to %s, and the score moves by %s", what, inn.ID, sum, m.Because.Points)
	}
	if !m.Because.Left.Equal(exact.Zero) && d.Old.Nodes[0].Policy() == "" && d.New.Nodes[0].Policy() == "" {
		t.Fatalf("%s\n%s\nleft over: %s", what, inn.ID, m.Because.Left)
	}
}

// edit changes one to three things in a rubric or in what belongs to it, so that it compiles.
func edit(t *rapid.T, base library, id string, m *score.Model) (library, *score.Model, string) {
	files := filesOf(m)
	var said []string
	edited, after := base, m
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		for range 30 { // most edits make what is no rubric
			file := rapid.SampledFrom(files).Draw(t, "file")
			doc := edited.document(t, file)
			e := editor{t: t, doc: doc, pool: map[string][]any{}, sites: map[string][]site{}}
			was := written(t, doc)
			if e.edit(); was == written(t, doc) {
				continue
			}
			tried := edited.with(file, written(t, doc))
			if n, list := tried.compile(id); n != nil && !list.HasErrors() {
				edited, after = tried, n
				break
			}
		}
	}
	for _, file := range files {
		if string(edited[file].Data) != string(base[file].Data) {
			said = append(said, file+": "+string(edited[file].Data))
		}
	}
	return edited, after, strings.Join(said, "\n")
}

// filesOf are the rubric's file, twice so that it is drawn more often, and those that it imports and uses.
func filesOf(m *score.Model) []string {
	base := func(file string) string { return strings.TrimPrefix(file, "built-in:") }
	files := []string{base(m.Rubric.Place().File)}
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.Root {
			files = append(files, base(n.Rubric.Place().File))
			for _, v := range n.Rubric.Imported() {
				files = append(files, base(v.Place().File))
			}
		}
	}
	slices.Sort(files[1:])
	return append(files[:1], slices.Compact(files[1:])...)
}
