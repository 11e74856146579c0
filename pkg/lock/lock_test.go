package lock_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// model compiles a rubric in a file of its own: an edition, with a title, a weight, and what else is written.
func model(t *testing.T, file, edition, title string, weight int, more ...string) *score.Model {
	t.Helper()
	id, version, _ := strings.Cut(edition, "@")
	text := fmt.Sprintf("touchstone: rubric/v1\nid: %s\nversion: %s\ntitle: %s\ncriteria:\n  - {id: a, title: A, scale: yes-no, weight: %d}\n  - {id: b, title: B, scale: yes-no}\n%s",
		id, version, title, weight, strings.Join(more, "\n"))
	node, list := source.Read(file, []byte(text))
	r, problems := rubric.Parse(node)
	if list = append(list, problems...); list.HasErrors() {
		t.Fatal(list)
	}
	m, list := score.Compile(r)
	if m == nil {
		t.Fatal(list)
	}
	return m
}

func parse(t *testing.T, data []byte) *lock.Lock {
	t.Helper()
	node, list := source.Read(lock.FileName, data)
	l, problems := lock.Parse(node)
	if list = append(list, problems...); list.HasErrors() {
		t.Fatalf("%v\n%s", list, data)
	}
	return l
}

// what are the rubrics that a lock remembers, without their places.
func what(l *lock.Lock) []string {
	lines := make([]string, len(l.Rubrics))
	for i, e := range l.Rubrics {
		lines[i] = fmt.Sprintf("%s %s %s", e.Key, e.Value.Content, e.Value.Scoring)
	}
	return lines
}

// What a lock writes, it reads as the same.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		editions := rapid.SliceOfDistinct(rapid.StringMatching(`[a-z][a-z0-9-]{0,8}@(0|[1-9][0-9]?)\.(0|[1-9][0-9]{0,20})\.(0|[1-9])(-[0-9A-Za-z.-]{1,6})?`), rapid.ID[string]).Draw(t, "editions")
		digest := rapid.StringMatching(`sha256:[0-9a-f]{64}`)
		var l lock.Lock
		for _, e := range editions {
			l.Rubrics = append(l.Rubrics, lock.Entry{Key: e, Value: lock.Digests{Content: digest.Draw(t, "content"), Scoring: digest.Draw(t, "scoring")}})
		}
		node, list := source.Read(lock.FileName, l.Bytes())
		again, problems := lock.Parse(node)
		if list = append(list, problems...); len(list) > 0 {
			t.Fatalf("%v\n%s", list, l.Bytes())
		}
		if !slices.Equal(what(again), what(&l)) || string(again.Bytes()) != string(l.Bytes()) {
			t.Fatalf("got\n%s\nwant\n%s", again.Bytes(), l.Bytes())
		}
	})
}

// Whatever a file holds, reading it as a lock ends without a panic, and one without an error is written and read again.
func FuzzParse(f *testing.F) {
	digest := "sha256:" + strings.Repeat("0", 64)
	for _, seed := range []string{
		"", "touchstone: lock/v1\nrubrics: {}\n", "touchstone: lock/v1\n", "rubrics: {}\n",
		"touchstone: lock/v1\nrubrics:\n  a@1.0.0: {content: \"" + digest + "\", scoring: \"" + digest + "\"}\n",
		"touchstone: lock/v1\nrubrics:\n  a@1.0.0: &a {content: " + digest + ", scoring: " + digest + "}\n  b@1.0.0: *a\n",
		"touchstone: lock/v1\nrubrics: {a@1.0.0: , b: {content: 1}}\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		node, list := source.Read(lock.FileName, data)
		l, problems := lock.Parse(node)
		if list = append(list, problems...); list.HasErrors() {
			return
		}
		if again := parse(t, l.Bytes()); !slices.Equal(what(again), what(l)) {
			t.Errorf("got\n%s\nwant\n%s", again.Bytes(), l.Bytes())
		}
	})
}

// Editions stand by id, then by version as versions are ordered, in whichever order they were added.
func TestAddSorts(t *testing.T) {
	want := []string{"ward@1.0.0-rc.1", "ward@1.0.0", "ward@1.2.0", "ward@1.10.0", "ward@2.0.0", "ward-2@1.0.0"}
	rapid.Check(t, func(rt *rapid.T) {
		l := &lock.Lock{}
		for _, edition := range rapid.Permutation(want).Draw(rt, "order") {
			a := l.Add([]*score.Model{model(t, "x.yaml", edition, "T", 1)})
			if len(a.Added) != 1 || len(a.Refused) > 0 {
				rt.Fatal(a)
			}
			l = a.Lock
		}
		var got []string
		for _, e := range parse(t, l.Bytes()).Rubrics {
			got = append(got, e.Key)
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("got %v", got)
		}
	})
}

// An edition that is listed is counted; a lock that was added to is another lock.
func TestAddCounts(t *testing.T) {
	before := (&lock.Lock{}).Add([]*score.Model{model(t, "a.yaml", "ward@1.0.0", "T", 1)}).Lock
	a := before.Add([]*score.Model{
		model(t, "b.yaml", "ward@1.0.1", "U", 1),
		model(t, "a.yaml", "ward@1.0.0", "T", 1),
		model(t, "copy.yaml", "ward@1.0.1", "U", 1),
	})
	if len(a.Added) != 1 || a.Added[0].Edition() != "ward@1.0.1" || a.Unchanged != 1 || len(a.Refused) > 0 {
		t.Errorf("got %+v", a)
	}
	if len(before.Rubrics) != 1 || len(a.Lock.Rubrics) != 2 {
		t.Errorf("got %v and %v", what(before), what(a.Lock))
	}
}

// What may not be added: two contents of one edition, and one number's editions that score in two ways.
func TestAddRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		locked, added []*score.Model
		want          string
	}{
		"twice": {nil, []*score.Model{
			model(t, "a.yaml", "ward@1.0.0", "T", 1), model(t, "b.yaml", "ward@1.0.0", "U", 1),
		}, `b.yaml lock-twice: rubric "ward" 1.0.0 is in "a.yaml" too, and they differ`},
		"another weight": {
			[]*score.Model{model(t, "a.yaml", "ward@1.0.0", "T", 1)},
			[]*score.Model{model(t, "b.yaml", "ward@1.1.0", "T", 2)},
			`b.yaml lock-step: rubric "ward" 1.1.0 computes scores otherwise than 1.0.0, and whoever asks for ward@1 may get either`,
		},
		"another weight, both new, the newer file first": {
			nil,
			[]*score.Model{model(t, "a.yaml", "ward@1.10.0", "T", 1), model(t, "b.yaml", "ward@1.9.0", "T", 2)},
			`a.yaml lock-step: rubric "ward" 1.10.0 computes scores otherwise than 1.9.0, and whoever asks for ward@1 may get either`,
		},
		"another word": {
			[]*score.Model{model(t, "a.yaml", "ward@1.0.0", "T", 1)},
			[]*score.Model{model(t, "b.yaml", "ward@1.0.1", "U", 1)},
			"",
		},
		"another first number": {
			[]*score.Model{model(t, "a.yaml", "ward@1.0.0", "T", 1)},
			[]*score.Model{model(t, "b.yaml", "ward@2.0.0", "T", 2), model(t, "b.yaml", "ward@10.0.0", "T", 3)},
			"",
		},
		"another rubric": {
			[]*score.Model{model(t, "a.yaml", "ward@1.0.0", "T", 1)},
			[]*score.Model{model(t, "b.yaml", "ward-2@1.0.0", "T", 2)},
			"",
		},
		"before the first release": {
			[]*score.Model{model(t, "a.yaml", "ward@0.1.0", "T", 1)},
			[]*score.Model{model(t, "b.yaml", "ward@0.2.0", "T", 2)},
			"",
		},
		"before a release": {
			[]*score.Model{model(t, "a.yaml", "ward@1.0.0-rc.1", "T", 1)},
			[]*score.Model{model(t, "b.yaml", "ward@1.0.0-rc.2", "T", 2), model(t, "b.yaml", "ward@1.0.0", "T", 3)},
			"",
		},
	} {
		l := (&lock.Lock{}).Add(c.locked).Lock
		a := l.Add(c.added)
		var got []string
		for _, d := range a.Refused {
			got = append(got, fmt.Sprintf("%s %s: %s", d.Place.File, d.Rule, d.Message))
			if !lock.IsRefusal(d) || d.Severity != diag.Error || d.Place.Line != 3 {
				t.Errorf("%s: got %+v", name, d)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if c.want == "" && len(a.Added) != len(c.added) {
			t.Errorf("%s: %d were added", name, len(a.Added))
		}
	}
}

// Each of the two digests tells its own story, and the one without the other a third.
func TestCompare(t *testing.T) {
	was := lock.Digests{Content: "c", Scoring: "s"}
	for now, want := range map[lock.Digests]lock.Difference{
		was:                            lock.None,
		{Content: "x", Scoring: "s"}:   lock.Words,
		{Content: "x", Scoring: "y"}:   lock.Scoring,
		{Content: "c", Scoring: "new"}: lock.Engine,
	} {
		if got := was.Compare(now); got != want {
			t.Errorf("%v: got %d, want %d", now, got, want)
		}
	}
}

// A message names where it was published, what changed, and the files in which the change may be.
func TestRefuse(t *testing.T) {
	m := model(t, "ours/ward.yaml", "ward@1.0.0", "T", 1)
	part := model(t, "ours/part.yaml", "part@2.0.0", "T", 1).Rubric
	l := parse(t, (&lock.Lock{}).Add([]*score.Model{m}).Lock.Bytes())
	uses := func(n int) *rubric.Rubric {
		r := *m.Rubric
		for range n {
			used := *part
			r.Criteria = append(slices.Clone(r.Criteria), rubric.Criterion{Used: &used})
		}
		return &r
	}
	const published = `rubric "ward" 1.0.0 was published (rubrics.lock.yaml:5), and `
	for _, c := range []struct {
		r       *rubric.Rubric
		how     lock.Difference
		through []*rubric.Rubric
		rule    string
		message string
	}{
		{m.Rubric, lock.Words, nil, "lock-words", "its words have changed since; its scores stay comparable"},
		{m.Rubric, lock.Scoring, nil, "lock-scoring", "what its scores are computed from has changed since; results before and after are not comparable"},
		{m.Rubric, lock.Engine, nil, "lock-scoring", "not a word has changed since, but its scoring digest has: this version of touchstone computes scores otherwise, or the lock was edited"},
		{uses(1), lock.Words, nil, "lock-words", `its words have changed since, in this file or rubric "part" 2.0.0; its scores stay comparable`},
		{uses(2), lock.Words, nil, "lock-words", `its words have changed since, in this file, rubric "part" 2.0.0 or rubric "part" 2.0.0; its scores stay comparable`},
		{uses(4), lock.Words, nil, "lock-words", `its words have changed since, in this file or in what it imports and uses; its scores stay comparable`},
		{uses(2), lock.Scoring, []*rubric.Rubric{part}, "lock-scoring", `what its scores are computed from has changed since, in rubric "part" 2.0.0, which it uses; results before and after are not comparable`},
	} {
		d := l.Refuse(c.r, c.how, c.through)
		if d.Rule != c.rule || d.Message != published+c.message || !lock.IsRefusal(d) || d.Hint == "" {
			t.Errorf("got %s: %s", d.Rule, d.Message)
		}
		if want := (diag.Place{File: "ours/ward.yaml", Line: 3, Column: 10, Width: 5}); d.Place != want {
			t.Errorf("got %v", d.Place)
		}
	}
}
