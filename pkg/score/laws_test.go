package score_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// The laws of scoring, held on random worlds.

// worlds is how many random worlds each law is tried on.
const worlds = 10_000

var asOf = mustDate("2026-06-01")

func mustDate(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// trial is a world with its result, on which a law is tried. The world is not to be changed, only copies of it.
type trial struct {
	random

	*world
	m *score.Model
	r *score.Result
}

// laws are what holds of every world. Those that write the rubrics again, which takes longest, are tried on half of them.
var laws = []struct {
	name   string
	holds  func(x *trial) error
	onHalf bool
}{
	{"evidenced is not above claimed, nor that above what is at best possible", func(x *trial) error { return inOrder(x.r) }, false},
	{"contributions add up to the score, and shares to one", func(x *trial) error { return addUp(x.r) }, false},
	{"nothing to score is no number, and is no zero", func(x *trial) error { return nothingToScore(x.r) }, false},
	{"a mean never buys back a gate", func(x *trial) error { return neverBoughtBack(x.r) }, false},
	{"what is displayed lies between the worst and what is at best possible", func(x *trial) error { return displayed(x.r) }, false},
	{"what is excluded is as if it had dropped out", excluded, false},
	{"what is taken as the middle lies in the middle", inTheMiddle, false},
	{"rungs and counts are those of the criteria", func(x *trial) error { return rungsAndCounts(x.r) }, false},
	{"removing never helps", removingNeverHelps, false},
	{"better never hurts", betterNeverHurts, false},
	{"a range lies between its ends", rangesLieBetweenTheirEnds, false},
	{"a survey of identical answers is the level itself", identicalAnswers, false},
	{"a gate that is decided stays so whatever is filled in", decidedStays, false},
	{"what nothing carries is as if it were not claimed", notCarried, false},
	{"what would be if one answer were better is what all evaluated again comes to", asEvaluatedAgain, false},
	{"order changes nothing", orderChangesNothing, true},
	{"weights are relative", weightsAreRelative, true},
	{"what dropped out is as if it were not there", droppedOut, true},
	{"a scale in reverse and a mirrored answer are the same", mirrored, true},
	{"a rubric scores the same inside another as alone", sameInsideAsAlone, true},
	{"what is left out changes only weights", leftOut, true},
}

// TestLaws tries all laws on each world, since most of the work is to write it and read it back.
func TestLaws(t *testing.T) {
	t.Parallel()
	var no reported
	before := debug.SetGCPercent(400) // else much of the time goes into it
	t.Cleanup(func() { debug.SetGCPercent(before) })
	shards := max(2, runtime.GOMAXPROCS(0))
	for shard := range shards {
		t.Run(fmt.Sprint("from ", shard), func(t *testing.T) {
			t.Parallel()
			for seed := shard; seed < worlds; seed += shards {
				no.try(t, uint64(seed))
			}
		})
	}
}

// reported are the laws that were seen to be broken; each is shown once.
type reported struct{ laws sync.Map }

// try holds the laws on one world, and shows the smallest files found that break one.
func (no *reported) try(t *testing.T, seed uint64) {
	t.Helper()
	w := newWorld(seed)
	x, err := trialOf(seed, w)
	if err != nil {
		no.show(t, seed, "a rubric and a record that are written by the language can be read", w, func(w *world) error {
			_, again := trialOf(seed, w)
			if again != nil && kind(again) == kind(err) && w.isRight(w.b) {
				return again
			}
			return nil
		})
		return
	}
	for k := range laws {
		if laws[k].onHalf && (seed/2+uint64(k))%2 > 0 || holds(k, x, seed) == nil {
			continue
		}
		no.show(t, seed, laws[k].name, w, func(w *world) error {
			if y, err := trialOf(seed, w); err == nil { // else the world is none
				return holds(k, y, seed)
			}
			return nil
		})
	}
}

// kind is the rule that a diagnostic begins with, without its place.
func kind(err error) string {
	words := strings.Fields(err.Error())
	return strings.Join(words[:min(3, len(words))], " ")
}

func (no *reported) show(t *testing.T, seed uint64, law string, w *world, broken func(w *world) error) {
	t.Helper()
	if _, again := no.laws.LoadOrStore(law, true); again {
		return
	}
	small := smallest(w, broken)
	t.Errorf("seed %d: %s: %v\n%s", seed, law, broken(small), small)
}

func trialOf(seed uint64, w *world) (x *trial, err error) {
	defer caught(&err)
	x = &trial{random: random{rand.New(rand.NewPCG(seed, 2))}, world: w}
	x.m, err = w.model(w.t)
	if err != nil {
		return nil, err
	}
	x.r, err = w.result(x.m)
	return x, err
}

// holds tries one law.
func holds(k int, x *trial, seed uint64) (err error) {
	defer caught(&err)
	y := *x
	y.random = random{rand.New(rand.NewPCG(seed, 3+uint64(k)))}
	return laws[k].holds(&y)
}

func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %v", p)
	}
}

// String writes the files of the world.
func (w *world) String() string {
	text := w.text(w.t)
	if w.b != nil {
		text += "\n" + w.text(w.b)
	}
	return text + "\n" + w.recordText(func(name string) string {
		if w.leaf(name) == nil {
			return ""
		}
		return name
	})
}

// model reads and compiles a rubric of the world.
func (w *world) model(s *sheet) (*score.Model, error) {
	files := fstest.MapFS{}
	if w.b != nil && s != w.b {
		files["b.yaml"] = &fstest.MapFile{Data: []byte(w.text(w.b))}
	}
	return modelOf(w.text(s), files)
}

// isRight reports whether a rubric, if there is one, compiles alone.
func (w *world) isRight(s *sheet) bool {
	if s == nil {
		return true
	}
	_, err := w.model(s)
	return err == nil
}

func modelOf(text string, files fstest.MapFS) (*score.Model, error) {
	store := source.NewStore(files, strings.NewReader(text))
	r, list := rubric.NewCatalogue(store).Open(source.Stdin, diag.Place{File: "test"})
	if list.HasErrors() {
		return nil, fmt.Errorf("rubric: %v", list)
	}
	m, list := score.Compile(r)
	if list.HasErrors() {
		return nil, fmt.Errorf("rubric: %v", list)
	}
	return m, nil
}

func recordOf(m *score.Model, text string) (*score.Record, error) {
	node, list := source.Read("record", []byte(text))
	inn, more := innovation.Parse(node)
	list = append(list, more...)
	if list.HasErrors() {
		return nil, fmt.Errorf("record: %v", list)
	}
	rec, list := m.Bind(inn)
	if list.HasErrors() {
		return nil, fmt.Errorf("record: %v", list)
	}
	return rec, nil
}

func compile(t testing.TB, text string) *score.Model {
	t.Helper()
	m, err := modelOf(text, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return m
}

func bind(t testing.TB, m *score.Model, text string) *score.Record {
	t.Helper()
	rec, err := recordOf(m, text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return rec
}

// result is what the record comes to. Answers to what is left out of b are not given.
func (w *world) result(m *score.Model) (*score.Result, error) {
	rec, err := recordOf(m, w.recordText(func(name string) string {
		if _, ok := m.Lookup(name); !ok {
			return ""
		}
		return name
	}))
	if err != nil {
		return nil, err
	}
	return m.Evaluate(rec, score.Conditions{AsOf: asOf}), nil
}

// compared is a changed world's result beside that of the trial, under the same model.
func (x *trial) compared(w *world) *score.Result {
	r, err := w.result(x.m)
	if err != nil {
		panic(err)
	}
	return r
}

// again is the result of a world whose rubrics have changed.
func again(w *world) *score.Result {
	m, err := w.model(w.t)
	if err != nil {
		panic(err)
	}
	r, err := w.result(m)
	if err != nil {
		panic(err)
	}
	return r
}

// root is the value that bands go by; 0 if there is none.
func root(r *score.Result, b score.Basis) exact.Number { return r.Criteria[0].Value(b) }

func inRangeAndInOrder(t testing.TB, r *score.Result) {
	t.Helper()
	if err := inOrder(r); err != nil {
		t.Fatal(err)
	}
}

func neverBuysBackAGate(t testing.TB, r *score.Result) {
	t.Helper()
	if err := neverBoughtBack(r); err != nil {
		t.Fatal(err)
	}
}

// same compares two results by the names of criteria, gates and flags.
func same(before, after *score.Result, what string) error {
	if err := sameOn(before, after, what, score.Evidenced, score.Claimed, score.AtBest); err != nil {
		return err
	}
	for i := range before.Model.Nodes {
		j, ok := after.Model.Lookup(before.Model.Nodes[i].Name)
		if !ok {
			return fmt.Errorf("%s: %s is gone", what, before.Model.Nodes[i].Name)
		}
		if err := sameNode(before, after, i, j, what); err != nil {
			return err
		}
	}
	return nil
}

// sameOn compares values on some bases, and the verdicts.
func sameOn(before, after *score.Result, what string, bases ...score.Basis) error {
	for i := range before.Model.Nodes {
		name := before.Model.Nodes[i].Name
		j, _ := after.Model.Lookup(name)
		b, a := &before.Criteria[i], &after.Criteria[j]
		if b.State != a.State && before.Model.Nodes[i].IsLeaf() || b.Scored() != a.Scored() {
			return fmt.Errorf("%s: %s is %s, was %s", what, name, a.State, b.State)
		}
		for _, basis := range bases {
			if !b.Value(basis).Equal(a.Value(basis)) {
				return fmt.Errorf("%s: %s scores %s on basis %d, was %s", what, name, a.Value(basis), basis, b.Value(basis))
			}
		}
	}
	for _, g := range before.Gates {
		i := slices.IndexFunc(after.Gates, func(h score.GateResult) bool { return h.Gate.Name == g.Gate.Name })
		if after.Gates[i].Outcome != g.Outcome {
			return fmt.Errorf("%s: gate %s is %s, was %s", what, g.Gate.Name, after.Gates[i].Outcome, g.Outcome)
		}
	}
	for _, f := range before.Flags {
		i := slices.IndexFunc(after.Flags, func(h score.FlagResult) bool { return h.Flag.Name == f.Flag.Name })
		if after.Flags[i].Raised != f.Raised {
			return fmt.Errorf("%s: flag %s is %d, was %d", what, f.Flag.Name, after.Flags[i].Raised, f.Raised)
		}
	}
	if before.Verdict.Index != after.Verdict.Index || before.Verdict.Headline != after.Verdict.Headline {
		return errors.New(what + ": the verdict changed")
	}
	return nil
}

// sameNode compares a node of one result with one of another.
func sameNode(before, after *score.Result, i, j int, what string) error {
	b, a, name := &before.Criteria[i], &after.Criteria[j], before.Model.Nodes[i].Name
	dropped := !before.Model.Nodes[i].IsLeaf() && !b.Counts() && !a.Counts() // which is called after what is in it
	if b.State != a.State && !dropped || b.Scored() != a.Scored() || b.Level != a.Level || b.ClaimedLevel != a.ClaimedLevel {
		return fmt.Errorf("%s: %s is %s at level %d, was %s at %d", what, name, a.State, a.Level, b.State, b.Level)
	}
	for basis := score.Evidenced; basis <= score.AtBest; basis++ {
		shownB, someB := before.Score(i, basis)
		shownA, someA := after.Score(j, basis)
		if !b.Value(basis).Equal(a.Value(basis)) || !shownB.Equal(shownA) || someB != someA {
			return fmt.Errorf("%s: %s scores %s and shows %s on basis %d, was %s and %s", what, name, a.Value(basis), shownA, basis, b.Value(basis), shownB)
		}
	}
	return nil
}
