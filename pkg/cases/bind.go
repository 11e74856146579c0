package cases

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// More rules of this package's diagnostics.
const (
	ruleCriterion = "unknown-criterion"
	ruleGate      = "unknown-gate"
	ruleFlag      = "unknown-flag"
	ruleFact      = "unknown-fact"
	ruleBand      = "band"
	ruleLevel     = "off-scale"
	ruleForm      = "expectation"
)

// Bind reads every case with the eyes of the file's rubric, and finds in it what the case expects. A case with a
// problem is left out, and so are all if the rubric cannot be opened. A file in which [Parse] found an error is bound for
// the sake of its other problems only: its cases may expect less than their author wrote.
func (f *File) Bind(l *library.Library) ([]Bound, diag.List) {
	if f.Rubric == "" { // reported when the file was read
		return nil, nil
	}
	at := f.At("rubric")
	if f.Rubric == source.Stdin {
		return nil, diag.List{{Rule: ruleForm, Place: at, Message: "rubric: expected an id or a path, got \"-\""}}
	}
	model, list := l.Model(f.rubricName(), at)
	list = atRubric(list, at)
	if model == nil {
		return nil, list
	}
	var bound []Bound
	for i := range f.Cases {
		k := &f.Cases[i]
		_, record, problems := l.Read(&k.Innovation, f.rubricName(), at)
		b := binder{m: model}
		b.waivers(k)
		b.expect(&k.Expect)
		problems = append(problems, b.list...)
		list = append(list, problems...)
		if problems.HasErrors() {
			continue
		}
		slices.SortStableFunc(b.found, func(x, y Expectation) int {
			return cmp.Or(cmp.Compare(x.Place.Line, y.Place.Line), cmp.Compare(x.Place.Column, y.Place.Column))
		})
		asOf := k.AsOf
		if asOf.IsZero() {
			asOf = f.AsOf
		}
		bound = append(bound, Bound{Case: k, Expectations: b.found, model: model, record: record, asOf: asOf})
	}
	return bound, list
}

// rubricName is what the rubric is opened by. A path is meant from the file's folder and may lead out of it: cases are
// their author's own, not a stranger's record.
func (f *File) rubricName() string {
	if !rubric.IsPath(f.Rubric) || path.IsAbs(f.Rubric) {
		return f.Rubric
	}
	joined := path.Join(path.Dir(f.Place().File), f.Rubric)
	if !rubric.IsPath(joined) { // a file without an ending, in this folder
		joined = "./" + joined
	}
	return joined
}

// atRubric moves the problem of a rubric that could not be opened to the place that names it.
func atRubric(list diag.List, at diag.Place) diag.List {
	for i, d := range list {
		if d.Rule == source.Unopened {
			list[i].Message, list[i].Place = fmt.Sprintf("%q: %s", d.Place.File, d.Message), at
		}
	}
	return list
}

// binder finds in a model what one case expects.
type binder struct {
	m     *score.Model
	list  diag.List
	found []Expectation
}

func (b *binder) problem(at diag.Place, rule, hint, format string, args ...any) {
	b.list.Add(diag.Diagnostic{Rule: rule, Place: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (b *binder) add(e Expectation, read reading) {
	e.read = read
	b.found = append(b.found, e)
}

// waivers holds the names of gates to those of the rubric: one of another name would be a waiver without effect.
func (b *binder) waivers(k *Case) {
	for i := range k.Granted {
		if w := &k.Granted[i]; w.Gate != "" {
			b.named("gate", ruleGate, w.Gate, gateNames(b.m), w.At("gate"))
		}
	}
}

func (b *binder) expect(e *Expect) {
	b.scores(e.Origin, "", 0, e.Score, e.Claimed, e.Potential)
	if e.Band != "" {
		b.band(e)
	}
	if e.Headline != "" {
		b.add(Expectation{Aspect: Headline, Place: e.At("headline"), Want: e.Headline}, headlineIs(e.Headline))
	}
	b.answered(&e.Answered)
	for i := range e.Criteria {
		b.criterion(&e.Criteria[i])
	}
	for _, g := range e.Gates {
		if i, ok := b.named("gate", ruleGate, g.Key, gateNames(b.m), g.KeyPlace); ok && !g.Broken {
			b.add(Expectation{Aspect: Gate, Index: i, Name: g.Key, Place: g.ValuePlace, Want: g.Value}, gateIs(i, g.Value))
		}
	}
	for _, g := range e.Flags {
		if i, ok := b.named("flag", ruleFlag, g.Key, flagNames(b.m), g.KeyPlace); ok && !g.Broken {
			b.add(Expectation{Aspect: Flag, Index: i, Name: g.Key, Place: g.ValuePlace, Want: g.Value}, flagIs(i, g.Value))
		}
	}
	for _, d := range e.ByDuty {
		if !d.Broken {
			b.add(Expectation{Aspect: ByDuty, Name: d.Key, Place: d.ValuePlace, Want: d.Value.String()}, dutyIs(d.Key, d.Value))
		}
	}
}

// scores adds the three scores of node i, as far as they are expected.
func (b *binder) scores(o source.Origin, name string, i int, evidenced, claimed, potential *Figure) {
	for _, s := range []struct {
		aspect Aspect
		want   *Figure
		basis  score.Basis
	}{{Score, evidenced, score.Evidenced}, {Claimed, claimed, score.Claimed}, {Potential, potential, score.AtBest}} {
		if s.want != nil {
			b.add(Expectation{Aspect: s.aspect, Index: i, Name: name, Place: o.At(string(s.aspect)), Want: s.want.String()}, scoreIs(i, s.basis, *s.want))
		}
	}
}

// String writes the figure as it was written.
func (f Figure) String() string {
	if f.None {
		return none
	}
	return f.Number.Fixed(f.Decimals)
}

func (b *binder) band(e *Expect) {
	known := append(bandNames(b.m), none)
	switch {
	case len(known) == 1 && e.Band != none:
		b.problem(e.At("band"), ruleBand, "write none, or give the rubric bands", "rubric %q has no bands", b.m.Rubric.ID)
	case !slices.Contains(known, e.Band):
		b.problem(e.At("band"), ruleBand, diag.DidYouMean(e.Band, known), "there is no band %q", e.Band)
	default:
		b.add(Expectation{Aspect: Band, Place: e.At("band"), Want: e.Band}, bandIs(e.Band))
	}
}

func (b *binder) answered(a *Answered) {
	for _, part := range []struct {
		key  string
		want *int
	}{{"answered", a.Answered}, {"expected", a.Expected}, {"may_apply", a.MayApply}} {
		if part.want != nil {
			b.add(Expectation{Aspect: AnsweredOf, Name: part.key, Place: a.At(part.key), Want: strconv.Itoa(*part.want)}, tallyIs(part.key, *part.want))
		}
	}
}

func (b *binder) criterion(entry *source.Entry[string, Criterion]) {
	i, ok := b.node(entry.Key, entry.KeyPlace)
	if !ok {
		return
	}
	c, name := &entry.Value, entry.Key
	if c.State != "" {
		b.add(Expectation{Aspect: State, Index: i, Name: name, Place: c.At("state"), Want: c.State}, stateIs(i, c.State))
	}
	b.level(c, Level, c.Level, i, name)
	b.level(c, ClaimedLevel, c.ClaimedLevel, i, name)
	b.scores(c.Origin, name, i, c.Score, c.Claimed, c.Potential)
	if c.Met != nil {
		b.add(Expectation{Aspect: Met, Index: i, Name: name, Place: c.At("met"), Want: yesNo(*c.Met)}, metIs(i, *c.Met))
	}
	if c.Has("missing") && !c.Broken("missing") {
		if names, ok := b.missing(c); ok {
			b.add(Expectation{Aspect: Missing, Index: i, Name: name, Place: c.At("missing"), Want: listed(names)}, missingIs(i, names))
		}
	}
	b.ladder(c, i, name)
	b.counts(c, i, name)
}

// level adds the level of a scale, or the number of a measure or a survey.
func (b *binder) level(c *Criterion, aspect Aspect, written string, i int, name string) {
	if written == "" {
		return
	}
	n, at := &b.m.Nodes[i], c.At(string(aspect))
	e := Expectation{Aspect: aspect, Index: i, Name: name, Place: at, Want: written}
	switch scale := scaleOf(n); {
	case isGroup(n):
		b.problem(at, ruleForm, "expect its `score:`", "%q is a group, which has no level", name)
	case scale == nil:
		b.number(e, written)
	default:
		b.levelOf(e, scale, written)
	}
}

// levelOf adds a level, or a number between two levels: the mean of a survey.
func (b *binder) levelOf(e Expectation, scale *score.Scale, written string) {
	if level := levelOn(scale, written); level >= 0 {
		e.Want = levelText(scale, level)
		b.add(e, levelIs(e.Index, e.Aspect, scale.Levels[level]))
		return
	}
	if want, err := figure(written); err == nil && !want.None && mayBeMean(scale, want.Number) {
		b.number(e, written)
		return
	}
	b.problem(e.Place, ruleLevel, fmt.Sprintf("the levels are: %s", scale), "level %q is not on the scale of %q", written, e.Name)
}

func (b *binder) number(e Expectation, written string) {
	want, err := figure(written)
	if err != nil || want.None {
		b.problem(e.Place, ruleForm, "", "%q is answered by a number, expected one such as 62.5, got %q", e.Name, written)
		return
	}
	e.Want = want.String()
	b.add(e, numberIs(e.Index, e.Aspect, want))
}

// missing resolves what is expected to be missing: facts, the stage, and criteria, which get their full names.
func (b *binder) missing(c *Criterion) ([]string, bool) {
	all := true
	names := []string{}
	for j, written := range c.Missing {
		if written == "stage" || b.m.Fact(written) != nil {
			names = append(names, written)
			continue
		}
		if found := nodesNamed(b.m, written); len(found) == 1 {
			names = append(names, b.m.Nodes[found[0]].Name)
			continue
		}
		all = false
		known := append(append([]string{"stage"}, b.m.FactNames()...), criterionNames(b.m)...)
		b.problem(c.Item("missing", j), ruleFact, diag.DidYouMean(written, known), "there is no fact or criterion %q that could be missing", written)
	}
	return names, all
}

func (b *binder) ladder(c *Criterion, i int, name string) {
	n := &b.m.Nodes[i]
	rungs := childIDs(b.m, n)
	ladder := func(key string) bool {
		if c.Has(key) && n.Combine() != "ladder" {
			b.problem(c.AtKey(key), ruleForm, "leave it out", "%q is no ladder, so that it has no %q", name, key)
			return false
		}
		return c.Has(key) && !c.Broken(key)
	}
	known := func(id string, at diag.Place) bool {
		if !slices.Contains(rungs, id) {
			b.problem(at, ruleCriterion, diag.DidYouMean(id, rungs), "%q has no criterion %q", name, id)
		}
		return slices.Contains(rungs, id)
	}
	if ladder("rung") && (c.Rung == none || known(c.Rung, c.At("rung"))) {
		b.add(Expectation{Aspect: Rung, Index: i, Name: name, Place: c.At("rung"), Want: c.Rung}, rungIs(i, c.Rung))
	}
	if !ladder("ahead") {
		return
	}
	all := true
	for j, id := range c.Ahead {
		all = known(id, c.Item("ahead", j)) && all
	}
	if all {
		b.add(Expectation{Aspect: Ahead, Index: i, Name: name, Place: c.At("ahead"), Want: listed(c.Ahead)}, aheadIs(i, c.Ahead))
	}
}

func (b *binder) counts(c *Criterion, i int, name string) {
	if !c.Has("counts") || c.Broken("counts") {
		return
	}
	if n := &b.m.Nodes[i]; !isGroup(n) {
		b.problem(c.AtKey("counts"), ruleForm, "expect its `level:`", "%q is one criterion, of which nothing is counted", name)
		return
	}
	for _, entry := range c.Counts {
		level, ok := levelBelow(b.m, i, entry.Key)
		if entry.Key == notKnown {
			level.Label, ok = notKnown, true
		}
		switch {
		case entry.Broken:
		case !ok:
			b.problem(entry.KeyPlace, ruleLevel, "write a level of their scale, by value or label", "no criterion of %q has a level %q", name, entry.Key)
		default:
			e := Expectation{Aspect: Counts, Index: i, Name: name + ": " + entry.Key, Place: entry.ValuePlace, Want: strconv.Itoa(entry.Value)}
			b.add(e, countIs(i, level.Label, entry.Value))
		}
	}
}

// node finds a criterion by its short or its full name.
func (b *binder) node(name string, at diag.Place) (int, bool) {
	switch found := nodesNamed(b.m, name); len(found) {
	case 1:
		return found[0], true
	case 0:
		b.problem(at, ruleCriterion, diag.DidYouMean(name, criterionNames(b.m)), "rubric %q has no criterion %q", b.m.Rubric.ID, name)
	default:
		var full []string
		for _, i := range found {
			full = append(full, b.m.Nodes[i].Name)
		}
		b.problem(at, ruleCriterion, "write "+strings.Join(full, " or "), "%q could mean %d criteria", name, len(found))
	}
	return 0, false
}

// named finds a gate or a flag, whose full names are given, by its short or its full name.
func (b *binder) named(what, rule, name string, full []string, at diag.Place) (int, bool) {
	var found []int
	var short, meant []string
	for i, f := range full {
		short = append(short, f[strings.LastIndex(f, "/")+1:])
		if f == name || short[i] == name {
			found, meant = append(found, i), append(meant, f)
		}
	}
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		b.problem(at, rule, diag.DidYouMean(name, short), "rubric %q has no %s %q", b.m.Rubric.ID, what, name)
	default:
		b.problem(at, rule, "write "+strings.Join(meant, " or "), "%q could mean %d %ss", name, len(found), what)
	}
	return 0, false
}
