package score_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// The laws of scoring, held on random trees. A tree and a record are written as files and read back, so that the laws
// hold for what a user writes and not only for the engine's own types.

// trees is how many random trees each law is tried on.
const trees = 10_000

var asOf = mustDate("2026-06-01")

func mustDate(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// world is one random rubric with one random record.
type world struct {
	r       *rand.Rand
	leaves  []leaf
	groups  []string
	rubric  string
	stage   string
	facts   map[string]string
	items   []item
	answers map[string]answer
	order   []string // of answers
	nodes   []string // the tree, as written, one criterion each, to be shuffled
}

type leaf struct {
	id     string
	levels int
}

type item struct {
	id, kind, dated string
	independent     bool
	gone            bool
}

type answer struct {
	text     string // a level, unknown, or an N/A
	level    int    // -1 for none
	evidence []string
}

func newWorld(seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 1)), facts: map[string]string{}, answers: map[string]answer{}}
	w.writeRubric()
	w.fill()
	return w
}

func (w *world) chance(percent int) bool { return w.r.IntN(100) < percent }

func pick[T any](w *world, from []T) T { return from[w.r.IntN(len(from))] }

// tree writes a random list of criteria; each entry is a block of lines.
func (w *world) tree(depth int, indent string) []string {
	var blocks []string
	for range 1 + w.r.IntN(4) {
		if depth > 0 && w.chance(35) {
			blocks = append(blocks, w.group(depth, indent))
		} else {
			blocks = append(blocks, w.leaf(indent))
		}
	}
	return blocks
}

func (w *world) common(indent string) string {
	var b strings.Builder
	if w.chance(60) {
		fmt.Fprintf(&b, "%sweight: %s\n", indent, pick(w, []string{"0", "1", "2", "3", "0.5", "0.1", "7"}))
	}
	if w.chance(15) {
		fmt.Fprintf(&b, "%swhen: %q\n", indent, pick(w, w.conditions()))
	}
	if w.chance(15) {
		fmt.Fprintf(&b, "%sfrom_stage: %s\n", indent, pick(w, []string{"idea", "pilot", "service"}))
	}
	return b.String()
}

// conditions are what `when` may read: facts, the stage, and claims of leaves that stand earlier.
func (w *world) conditions() []string {
	all := []string{
		"facts.a", "!facts.a", "facts.a && facts.b", "facts.a || !facts.b", `facts.c == "x"`, `facts.c in ["x", "v"]`,
		"facts.size >= 3", `stage_at_least("pilot")`, `stage == "idea" || facts.b`, `as_of >= "2026-01-01"`,
	}
	for _, l := range w.leaves {
		all = append(all, fmt.Sprintf("claimed(%q) >= 1", l.id))
	}
	return all
}

func (w *world) group(depth int, indent string) string {
	id := fmt.Sprintf("g%d", len(w.groups))
	w.groups = append(w.groups, id)
	inner := indent + "  "
	head := fmt.Sprintf("%s- id: %s\n%stitle: %s\n%scombine: %s\n", indent, id, inner, id, inner,
		pick(w, []string{"mean", "mean", "mean", "min", "all", "any", "count"}))
	head += w.common(inner)
	if w.chance(20) {
		head += inner + "met: 50\n"
	}
	if w.chance(20) {
		head += inner + "show: {from: -2, to: 2, decimals: 1}\n"
		head = strings.Replace(head, "met: 50\n", "met: 1\n", 1)
	}
	return head + inner + "criteria:\n" + strings.Join(w.tree(depth-1, inner+"  "), "")
}

var (
	scales     = []string{"[none, some, all]", "[{value: -2, label: low}, {value: 0, label: mid}, {value: 5, label: high}]", "yes-no", "[a, b, c, d, e]"}
	scaleSizes = []int{3, 3, 2, 5}
)

func (w *world) leaf(indent string) string {
	l := leaf{id: fmt.Sprintf("c%d", len(w.leaves))}
	kind := w.r.IntN(len(scales))
	l.levels = scaleSizes[kind]
	inner := indent + "  "
	values := [][]string{{"0", "1", "2"}, {"-2", "0", "5"}, {"0", "1"}, {"0", "1", "2", "3", "4"}}[kind]
	better := func() string { return values[1+w.r.IntN(len(values)-1)] }
	var b strings.Builder
	fmt.Fprintf(&b, "%s- id: %s\n%stitle: %s\n%sscale: %s\n", indent, l.id, inner, l.id, inner, scales[kind])
	b.WriteString(w.common(inner))
	w.leaves = append(w.leaves, l)
	if w.chance(30) {
		fmt.Fprintf(&b, "%smet: %s\n", inner, better())
	}
	if w.chance(20) {
		fmt.Fprintf(&b, "%sminimum: %s\n", inner, better())
	}
	if w.chance(50) {
		fmt.Fprintf(&b, "%sevidence:\n", inner)
		for range 1 + w.r.IntN(2) {
			fmt.Fprintf(&b, "%s  - {from: %q, kinds: [%s]%s}\n", inner, better(), pick(w, []string{"study", "study, log"}),
				pick(w, []string{"", ", max_age: 12 months", ", independent: yes", ", min: 2"}))
		}
	}
	if w.chance(30) {
		b.WriteString(inner + pick(w, []string{"na: never\n", "na: {reasons: [no such thing]}\n"}))
	}
	return b.String()
}

func (w *world) writeRubric() {
	w.nodes = w.tree(3, "  ")
	var b strings.Builder
	for range w.r.IntN(3) {
		fmt.Fprintf(&b, "  - {id: gate%d, needs: %q, otherwise: %s, waivable: {max: 6 months, by: [officer]}%s}\n", b.Len(),
			w.favourable(), pick(w, []string{"fail", "conditional", "{cap: low}"}), pick(w, []string{"", ", from_stage: pilot", ", when: facts.a"}))
	}
	gates := b.String()
	b.Reset()
	for range w.r.IntN(3) {
		fmt.Fprintf(&b, "  - {id: flag%d, when: %q, severity: high, effect: %s, say: x}\n", b.Len(), w.unfavourable(), pick(w, []string{"inform", "{cap: low}"}))
	}
	w.rubric = list("gates", gates) + list("flags", b.String())
}

func list(key, items string) string {
	if items == "" {
		return ""
	}
	return key + ":\n" + items
}

// favourable is a condition that a better level can only turn to true.
func (w *world) favourable() string {
	c := pick(w, w.leaves).id
	options := []string{
		fmt.Sprintf("level(%q) >= 1", c), fmt.Sprintf("met(%q)", c), fmt.Sprintf("!(level(%q) < 1)", c),
		fmt.Sprintf(`level(%q) >= 1 || facts.a`, c), fmt.Sprintf(`score(%q) >= 50 && claimed(%q) >= 0`, c, c),
		`score("t") >= 40`,
	}
	for _, g := range w.groups {
		options = append(options, fmt.Sprintf("score(%q) > 0.5", g), fmt.Sprintf("met(%q)", g))
	}
	return pick(w, options)
}

func (w *world) unfavourable() string { return "!(" + w.favourable() + ")" }

func (w *world) rubricText() string {
	return `touchstone: rubric/v1
id: t
version: 1.0.0
title: T
stages: [idea, pilot, service]
facts:
  a: {type: yes-no}
  b: {type: yes-no}
  c: {type: choice, of: [x, v, z]}
  size: {type: integer}
kinds: {study: {title: Study}, log: {title: Log}}
roles: {officer: {title: Officer}}
criteria:
` + strings.Join(w.nodes, "") + w.rubric + `bands:
  - {id: low, label: Low, from: 0}
  - {id: mid, label: Middle, from: 40}
  - {id: high, label: High, from: 80, from_stage: pilot}
`
}

func (w *world) fill() {
	w.stage = pick(w, []string{"", "idea", "pilot", "service", "service"})
	for _, f := range []struct {
		name   string
		values []string
	}{{"a", []string{"yes", "no", ""}}, {"b", []string{"yes", "no", ""}}, {"c", []string{"x", "v", "z", ""}}, {"size", []string{"1", "5", ""}}} {
		if v := pick(w, f.values); v != "" {
			w.facts[f.name] = v
		}
	}
	for i := range w.r.IntN(5) {
		w.items = append(w.items, item{
			id: fmt.Sprintf("e%d", i), kind: pick(w, []string{"study", "log"}), independent: w.chance(50),
			dated: pick(w, []string{"2026-05-01", "2025-06-01", "2025-05-31", "2020-01-01", "2027-01-01"}),
		})
	}
	for _, l := range w.leaves {
		a := answer{level: -1}
		switch w.r.IntN(10) {
		case 0:
			continue
		case 1:
			a.text = "unknown"
		case 2:
			a.text = "{na: no such thing}"
		default:
			a.level = w.r.IntN(l.levels)
		}
		for _, e := range w.items {
			if w.chance(50) {
				a.evidence = append(a.evidence, e.id)
			}
		}
		w.answers[l.id] = a
		w.order = append(w.order, l.id)
	}
}

func (w *world) recordText() string {
	var b strings.Builder
	b.WriteString("touchstone: innovation/v1\nid: i\nname: I\n")
	if w.stage != "" {
		fmt.Fprintf(&b, "stage: %s\n", w.stage)
	}
	b.WriteString("facts:\n")
	for _, name := range []string{"a", "b", "c", "size"} {
		if v, ok := w.facts[name]; ok {
			fmt.Fprintf(&b, "  %s: %s\n", name, v)
		}
	}
	b.WriteString("evidence:\n")
	for _, e := range w.items {
		if !e.gone {
			fmt.Fprintf(&b, "  - {id: %s, kind: %s, title: E, dated: %s, independent: %t}\n", e.id, e.kind, e.dated, e.independent)
		}
	}
	b.WriteString("answers:\n")
	for _, id := range w.order {
		a, ok := w.answers[id]
		switch {
		case !ok:
		case a.level < 0:
			fmt.Fprintf(&b, "  %s: %s\n", id, a.text)
		default:
			cited := slices.DeleteFunc(slices.Clone(a.evidence), func(e string) bool {
				return slices.ContainsFunc(w.items, func(i item) bool { return i.id == e && i.gone })
			})
			fmt.Fprintf(&b, "  %s: {level: %s, evidence: [%s]}\n", id, w.value(id, a.level), strings.Join(cited, ", "))
		}
	}
	return b.String()
}

// value is a level as written on the leaf's scale.
func (w *world) value(id string, level int) string {
	for block := range strings.SplitSeq(strings.Join(w.nodes, ""), "- id: ") {
		if strings.HasPrefix(block, id+"\n") && strings.Contains(block, scales[1]) {
			return []string{"-2", "0", "5"}[level]
		}
	}
	return strconv.Itoa(level)
}

func compile(t testing.TB, text string) *score.Model {
	t.Helper()
	store := source.NewStore(nil, strings.NewReader(text))
	r, list := rubric.NewCatalogue(store).Open(source.Stdin, placeless)
	if list.HasErrors() {
		t.Fatalf("rubric: %v\n%s", list, text)
	}
	m, list := score.Compile(r)
	if list.HasErrors() {
		t.Fatalf("rubric: %v\n%s", list, text)
	}
	return m
}

func bind(t testing.TB, m *score.Model, text string) *score.Record {
	t.Helper()
	node, list := source.Read("record", []byte(text))
	inn, more := innovation.Parse(node)
	list = append(list, more...)
	if list.HasErrors() {
		t.Fatalf("record: %v\n%s", list, text)
	}
	rec, list := m.Bind(inn)
	if list.HasErrors() {
		t.Fatalf("record: %v\n%s", list, text)
	}
	return rec
}

func (w *world) result(t testing.TB, m *score.Model) *score.Result {
	t.Helper()
	return m.Evaluate(bind(t, m, w.recordText()), score.Conditions{AsOf: asOf})
}

func root(r *score.Result, b score.Basis) exact.Number {
	x, ok := r.Score(0, b)
	if !ok {
		return exact.Zero
	}
	return x
}

// each tries a law on many random worlds, and shows the files of the one that breaks it.
func each(t *testing.T, law func(t testing.TB, w *world, m *score.Model)) {
	t.Helper()
	t.Parallel()
	for seed := range uint64(trees) {
		w := newWorld(seed)
		m := compile(t, w.rubricText())
		law(failing{t, seed, w}, w, m)
		if t.Failed() {
			return
		}
	}
}

// failing adds the files to what a law says when it is broken.
type failing struct {
	testing.TB
	seed uint64
	w    *world
}

func (f failing) Fatalf(format string, args ...any) {
	f.Helper()
	f.TB.Fatalf("seed %d: %s\n%s\n%s", f.seed, fmt.Sprintf(format, args...), f.w.rubricText(), f.w.recordText())
}

// The laws of one result.
func TestLawsOfOneResult(t *testing.T) {
	each(t, func(t testing.TB, w *world, m *score.Model) {
		r := w.result(t, m)
		inRangeAndInOrder(t, r)
		contributionsAddUp(t, r)
		nothingToScore(t, r)
		neverBuysBackAGate(t, r)
	})
}

// Evidenced is not above claimed, and claimed not above what is at best possible; all are from 0 to 1.
func inRangeAndInOrder(t testing.TB, r *score.Result) {
	m := r.Model
	for i := range m.Nodes {
		c := &r.Criteria[i]
		if !c.Scored() {
			continue
		}
		e, cl, p := c.Value(score.Evidenced), c.Value(score.Claimed), c.Value(score.AtBest)
		if e.Sign() < 0 || cl.Less(e) || p.Less(cl) || exact.One.Less(p) {
			t.Fatalf("%s: evidenced %s, claimed %s, at best %s", m.Nodes[i].Name, e, cl, p)
		}
	}
}

// Contributions add up to the score, and shares to one.
func contributionsAddUp(t testing.TB, r *score.Result) {
	m := r.Model
	if !r.Criteria[0].Scored() {
		return
	}
	for b := score.Evidenced; b <= score.AtBest; b++ {
		sum, shares := exact.Zero, exact.Zero
		for i := range m.Nodes {
			if carried(r, i) {
				sum, shares = sum.Add(r.Criteria[i].Contribution[b]), shares.Add(*r.Criteria[i].Share)
			}
		}
		if !sum.Equal(root(r, b)) || !shares.Equal(exact.One) {
			t.Fatalf("contributions add up to %s and shares to %s, score %s", sum, shares, root(r, b))
		}
	}
}

// carried holds for the nodes whose contributions make up the whole: leaves, and groups that do not add.
func carried(r *score.Result, i int) bool {
	if r.Criteria[i].Contribution == nil {
		return false
	}
	return r.Model.Nodes[i].IsLeaf() || r.Model.Nodes[i].Combine() != "mean"
}

// Missing is never fine: whatever is taken away from a record, no evidenced score rises, no gate turns to pass, the
// band does not rise, and the headline is no better than a gate that fails would allow.
func TestLawRemovingNeverHelps(t *testing.T) {
	each(t, func(t testing.TB, w *world, m *score.Model) {
		before := w.result(t, m)
		what := w.remove()
		after := w.result(t, m)
		if root(before, score.Evidenced).Less(root(after, score.Evidenced)) {
			t.Fatalf("without %s the score rises from %s to %s", what, root(before, score.Evidenced), root(after, score.Evidenced))
		}
		for j := range after.Gates {
			if after.Gates[j].Outcome == score.Pass && before.Gates[j].Outcome != score.Pass {
				t.Fatalf("without %s gate %s passes", what, after.Gates[j].Gate.Name)
			}
		}
		if after.Verdict.Index > before.Verdict.Index {
			t.Fatalf("without %s the band rises to %s", what, after.Verdict.Band.Label)
		}
	})
}

// remove takes one thing away, and says which.
func (w *world) remove() string {
	for {
		switch n := w.r.IntN(4); {
		case n == 0 && w.stage != "":
			w.stage = ""
			return "the stage"
		case n == 1 && len(w.facts) > 0:
			for _, name := range []string{"a", "b", "c", "size"} {
				if _, ok := w.facts[name]; ok {
					delete(w.facts, name)
					return "fact " + name
				}
			}
		case n == 2 && len(w.items) > 0:
			i := w.r.IntN(len(w.items))
			w.items[i].gone = true
			return "evidence " + w.items[i].id
		case n == 3 && len(w.order) > 0:
			id := pick(w, w.order)
			delete(w.answers, id)
			return "answer " + id
		case len(w.order) == 0:
			return "nothing"
		}
	}
}

// A better level or better evidence never lowers evidenced or claimed, where no condition reads the criterion.
func TestLawBetterNeverHurts(t *testing.T) {
	each(t, func(t testing.TB, w *world, m *score.Model) {
		before := w.result(t, m)
		what := w.improve()
		after := w.result(t, m)
		for b := score.Evidenced; b <= score.Claimed; b++ {
			if root(after, b).Less(root(before, b)) {
				t.Fatalf("with %s the score falls from %s to %s", what, root(before, b), root(after, b))
			}
		}
		for j := range after.Gates {
			if before.Gates[j].Outcome == score.Pass && after.Gates[j].Outcome == score.Fail {
				t.Fatalf("with %s gate %s fails", what, after.Gates[j].Gate.Name)
			}
		}
	})
}

// improve makes one level or one item better, and says which.
func (w *world) improve() string {
	text := w.rubricText()
	if w.chance(50) && len(w.items) > 0 {
		i := w.r.IntN(len(w.items))
		w.items[i].independent = true
		if mustDate(w.items[i].dated).Compare(asOf) <= 0 {
			w.items[i].dated = "2026-05-31"
		}
		return "better evidence " + w.items[i].id
	}
	for _, l := range w.leaves {
		a, ok := w.answers[l.id]
		conditional := strings.Contains(strings.Split(text, "gates:")[0], fmt.Sprintf("claimed(\\\"%s\\\")", l.id))
		if ok && a.level >= 0 && a.level+1 < l.levels && !conditional {
			a.level++
			w.answers[l.id] = a
			return "a better " + l.id
		}
	}
	return "nothing"
}

// The order of files, criteria and answers changes nothing.
func TestLawOrderChangesNothing(t *testing.T) {
	each(t, func(t testing.TB, w *world, m *score.Model) {
		before := w.result(t, m)
		w.r.Shuffle(len(w.order), func(i, j int) { w.order[i], w.order[j] = w.order[j], w.order[i] })
		w.r.Shuffle(len(w.items), func(i, j int) { w.items[i], w.items[j] = w.items[j], w.items[i] })
		w.r.Shuffle(len(w.nodes), func(i, j int) { w.nodes[i], w.nodes[j] = w.nodes[j], w.nodes[i] })
		shuffled := compile(t, w.rubricText())
		after := w.result(t, shuffled)
		same(t, before, after, "shuffled")
	})
}

// same compares two results by the names of criteria and gates.
func same(t testing.TB, before, after *score.Result, what string) {
	t.Helper()
	for i := range before.Model.Nodes {
		name := before.Model.Nodes[i].Name
		j, _ := after.Model.Lookup(name)
		b, a := &before.Criteria[i], &after.Criteria[j]
		if before.Model.Nodes[i].IsLeaf() && b.State != a.State || b.Scored() != a.Scored() || b.Level != a.Level {
			t.Fatalf("%s: %s is %s, was %s", what, name, a.State, b.State)
		}
		for basis := score.Evidenced; basis <= score.AtBest && b.Scored(); basis++ {
			if !b.Value(basis).Equal(a.Value(basis)) {
				t.Fatalf("%s: %s scores %s, was %s", what, name, a.Value(basis), b.Value(basis))
			}
		}
	}
	for _, g := range before.Gates {
		i := slices.IndexFunc(after.Gates, func(h score.GateResult) bool { return h.Gate.Name == g.Gate.Name })
		if after.Gates[i].Outcome != g.Outcome {
			t.Fatalf("%s: gate %s is %s, was %s", what, g.Gate.Name, after.Gates[i].Outcome, g.Outcome)
		}
	}
	if before.Verdict.Index != after.Verdict.Index || before.Verdict.Headline != after.Verdict.Headline {
		t.Fatalf("%s: the verdict changed", what)
	}
}

// Multiplying the weights of all siblings changes no value.
func TestLawWeightsAreRelative(t *testing.T) {
	each(t, func(t testing.TB, w *world, m *score.Model) {
		before := w.result(t, m)
		for i, block := range w.nodes {
			lines := strings.Split(block, "\n")
			for j, line := range lines {
				if !strings.HasPrefix(line, "    weight: ") {
					continue
				}
				x, _ := exact.Parse(strings.TrimPrefix(line, "    weight: "))
				lines[j] = "    weight: " + x.Mul(exact.Int(3)).String()
			}
			text := strings.Join(lines, "\n")
			if !strings.Contains(text, "\n    weight: ") {
				text = strings.Replace(text, "\n    title:", "\n    weight: 3\n    title:", 1)
			}
			w.nodes[i] = text
		}
		same(t, before, w.result(t, compile(t, w.rubricText())), "weights times three")
	})
}

// A criterion that drops out changes nothing: the tree without it scores the same.
func TestLawDroppedOutIsAsIfNotThere(t *testing.T) {
	each(t, func(t testing.TB, w *world, _ *score.Model) {
		w.rubric = "" // gates and flags may read what is taken away
		extra := "  - id: extra\n    title: extra\n    scale: yes-no\n    weight: 5\n    when: \"facts.a && !facts.a\"\n"
		w.facts["a"] = "yes"
		before := w.result(t, compile(t, w.rubricText()))
		w.nodes = append(w.nodes, extra)
		after := w.result(t, compile(t, w.rubricText()))
		same(t, before, after, "with a criterion that does not apply")
	})
}

// Nothing to score is no number, and is no zero.
func nothingToScore(t testing.TB, r *score.Result) {
	m := r.Model
	for i := range m.Nodes {
		c := &r.Criteria[i]
		if c.Scored() != c.State.Counts() {
			t.Fatalf("%s is %s, and scored: %t", m.Nodes[i].Name, c.State, c.Scored())
		}
	}
	if !r.Criteria[0].Scored() && (r.Verdict.Headline > score.Incomplete || r.Verdict.Index != 0) {
		t.Fatalf("no score, and the headline is %s", r.Verdict.Headline)
	}
}

// The band never stands above what gates and capping flags leave open.
func neverBuysBackAGate(t testing.TB, r *score.Result) {
	for _, g := range r.Gates {
		stands := g.Outcome == score.Fail || g.Outcome == score.Undecided
		if stands && g.Gate.Otherwise.Word != "conditional" && r.Verdict.Index > 0 {
			t.Fatalf("gate %s is %s, and the band is %s", g.Gate.Name, g.Outcome, r.Verdict.Band.Label)
		}
		if g.Outcome == score.Fail && r.Verdict.Headline != score.GateFails {
			t.Fatalf("gate %s fails, and the headline is %s", g.Gate.Name, r.Verdict.Headline)
		}
	}
	for _, f := range r.Flags {
		if f.Flag.Caps() && (f.Raised == expr.True || f.Raised == expr.Unknown) && r.Verdict.Index > 0 {
			t.Fatalf("flag %s caps, and the band is %s", f.Flag.Name, r.Verdict.Band.Label)
		}
	}
}
