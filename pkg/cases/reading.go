package cases

import (
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// All that this package knows of models and results stands in this file.

// reading looks at a result: what it says, as a case would write it, and whether that is as expected.
type reading func(r *score.Result) (got string, holds bool)

// The words of the engine, for the keys that take one of them.

func headlines() []string { return wordsOf(score.GateFails, score.InBand) }
func states() []string    { return wordsOf(score.Answered, score.DoesNotApply) }
func outcomes() []string  { return wordsOf(score.Pass, score.NotRelevant) }

func wordsOf[W interface {
	~uint8
	String() string
}](first, last W) []string {
	var words []string
	for w := first; w <= last; w++ {
		words = append(words, w.String())
	}
	return words
}

// What a model holds.

func isGroup(n *score.Node) bool { return len(n.Children) > 0 || n.Root }

// scaleOf is the scale of a leaf; nil of a measure or a price, which are answered by a number.
func scaleOf(n *score.Node) *score.Scale { return n.Scale }

// mayBeMean reports whether a number lies between levels of a scale, as the mean of a survey does.
func mayBeMean(s *score.Scale, x exact.Number) bool {
	worst, best := s.Levels[0].Value, s.Levels[s.Best()].Value
	return exact.Min(worst, best).Less(x) && x.Less(exact.Max(worst, best))
}

// levelOn is the index of a level by its value or label, or of a yes-no on the scale of those two, or -1.
func levelOn(s *score.Scale, written string) int {
	x, err := exact.Parse(written)
	for i, l := range s.Levels {
		if err == nil && l.Value.Equal(x) || err != nil && l.Label == written {
			return i
		}
	}
	if yes, err := source.ParseYesNo(written); err == nil {
		return slices.IndexFunc(s.Levels, func(l score.Level) bool { return l.Label == yesNo(yes) })
	}
	return -1
}

func levelText(s *score.Scale, level int) string {
	l := s.Levels[level]
	if value := l.Value.String(); l.Label != "" && l.Label != value {
		return value + " " + l.Label
	}
	return l.Value.String()
}

// levelBelow finds a level that some leaf below node i has.
func levelBelow(m *score.Model, i int, written string) (score.Level, bool) {
	for j := i; j < m.Nodes[i].End; j++ {
		if s := scaleOf(&m.Nodes[j]); s != nil {
			if level := levelOn(s, written); level >= 0 {
				return s.Levels[level], true
			}
		}
	}
	return score.Level{}, false
}

// nodesNamed are the nodes that a name may mean: the one of that full name, else those of that short name, else a
// rubric of that id.
func nodesNamed(m *score.Model, name string) []int {
	var found []int
	for i := range m.Nodes {
		if n := &m.Nodes[i]; !n.Root && (n.ID == name || n.Name == name) {
			found = append(found, i)
		}
	}
	if i, ok := m.Lookup(name); ok && found == nil {
		found = append(found, i)
	}
	return found
}

func criterionNames(m *score.Model) []string {
	names := make([]string, len(m.Nodes))
	for i := range m.Nodes {
		names[i] = m.Nodes[i].ID
	}
	return names
}

func childIDs(m *score.Model, n *score.Node) []string {
	var ids []string
	for _, i := range n.Children {
		ids = append(ids, m.Nodes[i].ID)
	}
	return ids
}

func bandNames(m *score.Model) []string {
	var ids []string
	for _, b := range m.Nodes[0].Bands {
		ids = append(ids, b.ID)
	}
	return ids
}

func gateNames(m *score.Model) []string {
	var names []string
	for i := range m.Gates {
		names = append(names, m.Gates[i].Name)
	}
	return names
}

func flagNames(m *score.Model) []string {
	var names []string
	for i := range m.Flags {
		names = append(names, m.Flags[i].Name)
	}
	return names
}

// What a result says.

func scoreIs(i int, basis score.Basis, want Figure) reading {
	return func(r *score.Result) (string, bool) {
		got, ok := r.Score(i, basis)
		return figureIs(got, ok, want)
	}
}

// figureIs compares at the decimals that are written, rounded half away from zero.
func figureIs(got exact.Number, ok bool, want Figure) (string, bool) {
	if !ok {
		return none, want.None
	}
	return got.String(), !want.None && got.Fixed(want.Decimals) == want.Number.Fixed(want.Decimals)
}

func bandIs(want string) reading {
	return func(r *score.Result) (string, bool) {
		got := none
		if r.Verdict.Band != nil {
			got = r.Verdict.Band.ID
		}
		return got, got == want
	}
}

func headlineIs(want string) reading {
	return func(r *score.Result) (string, bool) { return is(r.Verdict.Headline.String(), want) }
}

func tallyIs(part string, want int) reading {
	return func(r *score.Result) (string, bool) {
		got := map[string]int{"answered": r.Answered.Answered, "expected": r.Answered.Expected, "may_apply": r.Answered.MayApply}[part]
		return is(strconv.Itoa(got), strconv.Itoa(want))
	}
}

func stateIs(i int, want string) reading {
	return func(r *score.Result) (string, bool) { return is(r.Criteria[i].State.String(), want) }
}

// levelIs compares a level of a scale. Without an answer there is none, whatever the score counts it as.
func levelIs(i int, which Aspect, want score.Level) reading {
	return func(r *score.Result) (string, bool) {
		got, known := r.Criteria[i].Number(basisOf(which))
		return numberText(r, i, got, known), known && got.Equal(want.Value)
	}
}

// numberIs compares the number of a measure, or the mean of a survey, at the decimals that are written.
func numberIs(i int, which Aspect, want Figure) reading {
	return func(r *score.Result) (string, bool) {
		got, known := r.Criteria[i].Number(basisOf(which))
		return numberText(r, i, got, known), known && got.Fixed(want.Decimals) == want.Number.Fixed(want.Decimals)
	}
}

func basisOf(which Aspect) score.Basis {
	if which == ClaimedLevel {
		return score.Claimed
	}
	return score.Evidenced
}

func numberText(r *score.Result, i int, x exact.Number, known bool) string {
	if !known {
		return "no level: " + r.Criteria[i].State.String()
	}
	if s := r.Model.Nodes[i].Scale; s != nil && s.At(x) >= 0 {
		return levelText(s, s.At(x))
	}
	return x.String()
}

func metIs(i int, want bool) reading {
	return func(r *score.Result) (string, bool) { return is(yesNo(r.Met(i)), yesNo(want)) }
}

// missingIs compares names in any order: what is missing has none.
func missingIs(i int, want []string) reading {
	return func(r *score.Result) (string, bool) {
		got := r.Criteria[i].Missing
		return listed(got), slices.Equal(sorted(got), sorted(want))
	}
}

func gateIs(i int, want string) reading {
	return func(r *score.Result) (string, bool) { return is(r.Gates[i].Outcome.String(), want) }
}

func flagIs(i int, want string) reading {
	return func(r *score.Result) (string, bool) {
		got := map[expr.Truth]string{expr.True: "yes", expr.False: "no", expr.Unknown: "unknown", expr.Absent: "not-applicable"}[r.Flags[i].Raised]
		return is(got, want)
	}
}

// rungIs is the child of a ladder whose rung is reached, by its short name; "none" is none.
func rungIs(i int, want string) reading {
	return func(r *score.Result) (string, bool) {
		rung, _ := r.Rung(i)
		if rung < 0 {
			return is(none, want)
		}
		return is(r.Model.Nodes[rung].ID, want)
	}
}

// aheadIs are the children of a ladder that are met beyond the rung, by their short names, in the ladder's order.
func aheadIs(i int, want []string) reading {
	return func(r *score.Result) (string, bool) {
		_, ahead := r.Rung(i)
		var got []string
		for _, j := range ahead {
			got = append(got, r.Model.Nodes[j].ID)
		}
		return listed(got), slices.Equal(got, want)
	}
}

// countIs is how many leaves below a group are at a level, or not known.
func countIs(i int, label string, want int) reading {
	return func(r *score.Result) (string, bool) {
		levels, _, got := r.Counts(i)
		for _, l := range levels {
			if l.Label == label {
				got = l.Count
			}
		}
		return is(strconv.Itoa(got), strconv.Itoa(want))
	}
}

// dutyIs is the evidenced score of the leaves of one duty, 0 to 100.
func dutyIs(duty string, want Figure) reading {
	return func(r *score.Result) (string, bool) {
		got, some := r.ByDuty[duty]
		return figureIs(got[score.Evidenced], some, want)
	}
}

func is(got, want string) (string, bool) { return got, got == want }

func sorted(names []string) []string { return slices.Sorted(slices.Values(names)) }

// listed writes names as a list of a case file.
func listed(names []string) string { return "[" + strings.Join(names, ", ") + "]" }
