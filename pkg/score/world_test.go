package score_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
)

// A world is a random rubric t, a rubric b that it may use, and a random record. Laws change a copy of it and write it
// out again, so they hold for files as a user writes them and not only for the engine's own types.
type world struct {
	t, b *sheet
	rec  *record
}

// sheet is one rubric.
type sheet struct {
	id     string
	stages []string
	group
	gates, flags []*verdict
	bands        []string // where the bands begin, lowest first; none if there are none
}

// group is what groups and rubrics have in common.
type group struct {
	combine  string
	from, to string // of `show`; "" is 0 and 100
	policy   string // for what is not known
	least    string // that must be answered
	criteria []*criterion
}

// criterion is a leaf if it has a gauge or a price, a rubric in use if it has a use, else a group.
type criterion struct {
	id        string
	weight    string // "" is 1
	when      *expression
	fromStage string
	gauge     *gauge
	rule      *expression
	price     string
	// met and minimum are steps of the gauge, 0 for none; metAt and minimumAt are scores of a group, "" for none.
	met, minimum     int
	metAt, minimumAt string
	evidence         []evidenceRule
	lifted           bool // `evidence: none`
	na               string
	respondents      int
	group
	uniform bool // all of the group is on one scale
	use     *use
}

type evidenceRule struct {
	from int // step of the gauge; 0 is not said
	rest string
}

// use says how b is used.
type use struct {
	as                    string
	only, except, without []string
	weights               [][2]string
	stages, bands         string // as written
}

func (u *use) name() string {
	if u.as != "" {
		return u.as
	}
	return "b"
}

func (u *use) whole() bool { return len(u.only)+len(u.except)+len(u.weights)+len(u.without) == 0 }

// verdict is a gate or a flag.
type verdict struct {
	id        string
	needs     *expression // `when` of a flag
	when      *expression // of a gate
	fromStage string
	effect    string
}

// expression is a condition or a reading. Its form has a %s for each test of a leaf, so that the number to compare with
// follows the leaf's scale.
type expression struct {
	form  string
	tests []test
}

type test struct {
	read, leaf string
	step       int
	worse      bool // asks for worse than the step, rather than at least as good
	bare       bool // is not compared
}

// gauge is the scale or the measure of a leaf.
type gauge struct {
	measure bool
	text    string
	steps   []string // what one may answer, worst first
	labels  []string // of a scale's steps
	falls   bool     // a lower number is better
	// first and last are the steps that `met` may name.
	first, last int
	ends        [2]string // the lowest and the highest that counts
}

// record is what a supplier writes.
type record struct {
	stage, version, price string
	facts                 map[string]fact
	items                 []*item
	answers               map[string]*answer // by full name
	order                 []string           // in which the answers are written
}

type fact struct {
	value    string
	evidence []string
}

type item struct {
	id, kind, dated, until, covers, checked, n string
	independent                                bool
}

// answer is one of: words, a step, a range of two steps, a survey of counts by step.
type answer struct {
	words     string
	low, high int
	survey    []int
	evidence  []string
	label     bool // write the label of the step
}

func (a *answer) isRange() bool { return a.words == "" && a.survey == nil && a.low != a.high }
func (a *answer) isStep() bool  { return a.words == "" && a.survey == nil && a.low == a.high }

func (w *world) clone() *world {
	c := &world{t: w.t.clone(), b: w.b.clone()}
	rec := *w.rec
	rec.facts, rec.answers, rec.items = map[string]fact{}, map[string]*answer{}, nil
	for name, f := range w.rec.facts {
		f.evidence = slices.Clone(f.evidence)
		rec.facts[name] = f
	}
	for name, a := range w.rec.answers {
		b := *a
		b.evidence, b.survey = slices.Clone(a.evidence), slices.Clone(a.survey)
		rec.answers[name] = &b
	}
	for _, i := range w.rec.items {
		j := *i
		rec.items = append(rec.items, &j)
	}
	rec.order = slices.Clone(rec.order)
	c.rec = &rec
	return c
}

func (s *sheet) clone() *sheet {
	if s == nil {
		return nil
	}
	c := *s
	c.criteria = cloned(s.criteria)
	c.gates, c.flags, c.bands = slices.Clone(s.gates), slices.Clone(s.flags), slices.Clone(s.bands)
	for _, list := range [][]*verdict{c.gates, c.flags} {
		for i, v := range list {
			own := *v
			list[i] = &own
		}
	}
	return &c
}

func cloned(criteria []*criterion) []*criterion {
	var all []*criterion
	for _, of := range criteria {
		c := *of
		c.criteria, c.evidence = cloned(of.criteria), slices.Clone(of.evidence)
		if of.use != nil {
			u := *of.use
			c.use = &u
		}
		all = append(all, &c)
	}
	return all
}

// each calls yield for every criterion, those above before those below, with the groups that it stands in.
func (s *sheet) each(yield func(c *criterion, above []*criterion)) {
	var walk func(criteria, above []*criterion)
	walk = func(criteria, above []*criterion) {
		for _, c := range criteria {
			yield(c, above)
			walk(c.criteria, append(slices.Clip(above), c))
		}
	}
	walk(s.criteria, nil)
}

// sheets are the rubrics of the world.
func (w *world) sheets() []*sheet {
	if w.b == nil {
		return []*sheet{w.t}
	}
	return []*sheet{w.t, w.b}
}

// uses are the criteria of t that use b.
func (w *world) uses() []*criterion {
	var all []*criterion
	w.t.each(func(c *criterion, _ []*criterion) {
		if c.use != nil {
			all = append(all, c)
		}
	})
	return all
}

// find is the criterion with an id in a sheet, or with a full name in another.
func (w *world) find(s *sheet, name string) *criterion {
	if _, short, full := strings.Cut(name, "/"); full {
		s, name = w.b, short
	}
	var found *criterion
	if s == nil {
		return nil
	}
	s.each(func(c *criterion, _ []*criterion) {
		if c.id == name {
			found = c
		}
	})
	return found
}

// leaves calls yield for every leaf that is answered, by its full name.
func (w *world) leaves(yield func(name string, c *criterion)) {
	visit := func(s *sheet, name string) {
		s.each(func(c *criterion, _ []*criterion) {
			if c.gauge != nil && c.rule == nil {
				yield(name+"/"+c.id, c)
			}
		})
	}
	visit(w.t, "t")
	for _, c := range w.uses() {
		visit(w.b, c.use.name())
	}
}

// leaf is the criterion that an answer is for.
func (w *world) leaf(name string) *criterion {
	owner, id, _ := strings.Cut(name, "/")
	if owner == "t" {
		return w.find(w.t, id)
	}
	return w.find(w.b, id)
}

// expressions are all conditions and rules of a sheet.
func (s *sheet) expressions() (decide, judge []*expression) {
	s.each(func(c *criterion, _ []*criterion) { decide = append(decide, c.when, c.rule) })
	for _, g := range s.gates {
		judge = append(judge, g.needs)
		decide = append(decide, g.when)
	}
	for _, f := range s.flags {
		judge = append(judge, f.needs)
	}
	none := func(e *expression) bool { return e == nil }
	return slices.DeleteFunc(decide, none), slices.DeleteFunc(judge, none)
}

// claimRead reports whether a `when` or a `rule`, or a gate or flag where these matter, reads the claim of a leaf in
// whatever direction, or may by way of another rule.
func (w *world) claimRead(name string, judged bool) bool {
	var c *criterion
	if name != "" {
		c = w.leaf(name)
	}
	for _, s := range w.sheets() {
		all, judge := s.expressions()
		if judged {
			all = append(all, judge...)
		}
		for _, e := range all {
			if slices.ContainsFunc(e.tests, func(t test) bool {
				read := w.find(s, t.leaf)
				return t.read == "claimed" && (read == c || read.rule != nil)
			}) {
				return true
			}
		}
	}
	return false
}

// spread are the lowest and the highest points of a criterion in a sum.
func (w *world) spread(c *criterion) (low, high exact.Number) {
	switch {
	case c.gauge != nil:
		return number(c.gauge.ends[0]), number(c.gauge.ends[1])
	case c.price != "":
		return exact.Zero, exact.One
	case c.use != nil:
		return w.ends(&w.b.group)
	}
	return w.ends(&c.group)
}

// ends are the ends between which the score of a group is shown.
func (w *world) ends(g *group) (low, high exact.Number) {
	if g.combine != "sum" {
		return number(or(g.from, "0")), number(or(g.to, "100"))
	}
	for _, c := range g.criteria {
		l, h := w.spread(c)
		weight := number(or(c.weight, "1"))
		low, high = low.Add(weight.Mul(l)), high.Add(weight.Mul(h))
	}
	return low, high
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func number(s string) exact.Number {
	x, err := exact.Parse(s)
	if err != nil {
		panic(err)
	}
	return x
}

// text writes a rubric.
func (w *world) text(s *sheet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "touchstone: rubric/v1\nid: %s\nversion: 1.0.0\ntitle: T\nstages: [%s]\n", s.id, strings.Join(s.stages, ", "))
	b.WriteString(vocabulary)
	w.writeGroup(&b, s, &s.group, "")
	for k, list := range [][]*verdict{s.gates, s.flags} {
		if len(list) > 0 {
			fmt.Fprintf(&b, "%s:\n", []string{"gates", "flags"}[k])
		}
		for _, v := range list {
			w.writeVerdict(&b, s, v, k == 1)
		}
	}
	for k, from := range s.bands {
		if k == 0 {
			b.WriteString("bands:\n")
		}
		fmt.Fprintf(&b, "  - {id: %s, label: %s, from: %s%s}\n", s.bandID(k), bandLabels[k], from, []string{"", "", ", from_stage: " + s.stages[1]}[k])
	}
	return b.String()
}

// vocabulary is what all rubrics share.
const vocabulary = `facts:
  a: {type: yes-no}
  b: {type: yes-no, evidence: {kinds: [study], max_age: 12 months}}
  c: {type: choice, of: [x, v, z]}
  d: {type: choice, of: [x, v], evidence: {check: "item.results.n >= 20"}}
  size: {type: integer}
  staff: {type: number, evidence: {kinds: [log]}}
kinds: {study: {title: Study}, log: {title: Log}}
roles: {officer: {title: Officer}}
`

var bandLabels = []string{"Low", "Middle", "High"}

// bandID is what a sheet calls its bands: b has a word of its own for the lowest.
func (s *sheet) bandID(k int) string {
	if k == 0 && s.id == "b" {
		return "poor"
	}
	return []string{"low", "mid", "high"}[k]
}

func (w *world) writeGroup(b *strings.Builder, s *sheet, g *group, indent string) {
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s%s: %s\n", indent, key, value)
		}
	}
	line("combine", g.combine)
	if g.from != "" {
		line("show", fmt.Sprintf("{from: %s, to: %s, decimals: 1}", g.from, g.to))
	}
	line("unknown", g.policy)
	line("min_answered", g.least)
	fmt.Fprintf(b, "%scriteria:\n", indent)
	for _, c := range g.criteria {
		w.writeCriterion(b, s, c, indent+"  ")
	}
}

func (w *world) writeCriterion(b *strings.Builder, s *sheet, c *criterion, indent string) {
	start := "- "
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s%s%s: %s\n", indent, start, key, value)
			start = "  "
		}
	}
	if c.use != nil {
		line("use", "b")
		w.writeUse(c.use, line)
	} else {
		line("id", c.id)
		line("title", c.id)
	}
	line("weight", c.weight)
	line("when", w.quoted(s, c.when))
	line("from_stage", c.fromStage)
	line("price", c.price)
	line("met", c.metAt)
	line("minimum", c.minimumAt)
	if c.gauge != nil {
		w.writeLeaf(s, c, line)
	}
	line("evidence", c.evidenceText())
	if c.criteria != nil {
		w.writeGroup(b, s, &c.group, indent+"  ")
	}
}

func (w *world) writeLeaf(s *sheet, c *criterion, line func(key, value string)) {
	line([]string{"scale", "measure"}[index(c.gauge.measure)], c.gauge.text)
	if c.gauge.falls && !c.gauge.measure {
		line("reverse", "yes")
	}
	line("rule", w.quoted(s, c.rule))
	if c.met > 0 {
		line("met", c.gauge.steps[c.met])
	}
	if c.minimum > 0 {
		line("minimum", c.gauge.steps[c.minimum])
	}
	line("na", c.na)
	if c.respondents > 0 {
		line("respondents", fmt.Sprintf("{min: %d}", c.respondents))
	}
}

func index(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (c *criterion) evidenceText() string {
	if c.lifted {
		return "none"
	}
	var rules []string
	for _, r := range c.evidence {
		if r.from > 0 {
			g := c.gauge
			if c.uniform {
				g = c.criteria[0].gauge
			}
			r.rest = fmt.Sprintf("from: %q, %s", g.steps[r.from], r.rest)
		}
		rules = append(rules, "{"+r.rest+"}")
	}
	if rules == nil {
		return ""
	}
	return "[" + strings.Join(rules, ", ") + "]"
}

func (*world) writeUse(u *use, line func(key, value string)) {
	line("as", u.as)
	list := func(ids []string) string {
		if len(ids) == 0 {
			return ""
		}
		return "[" + strings.Join(ids, ", ") + "]"
	}
	line("only", list(u.only))
	if len(u.except) > 0 {
		line("except", "{"+strings.Join(u.except, ": left out, ")+": left out}")
	}
	var weights []string
	for _, pair := range u.weights {
		weights = append(weights, pair[0]+": "+pair[1])
	}
	if weights != nil {
		line("weights", "{"+strings.Join(weights, ", ")+"}")
	}
	line("stages", u.stages)
	line("bands", u.bands)
	if len(u.without) > 0 {
		line("without", "{gates: "+list(u.without)+", because: Checked elsewhere.}")
	}
}

func (w *world) writeVerdict(b *strings.Builder, s *sheet, v *verdict, flag bool) {
	rest := ""
	if v.fromStage != "" {
		rest = ", from_stage: " + v.fromStage
	}
	if flag {
		fmt.Fprintf(b, "  - {id: %s, when: %s, severity: high, effect: %s, say: x%s}\n", v.id, w.quoted(s, v.needs), v.effect, rest)
		return
	}
	if v.when != nil {
		rest += ", when: " + w.quoted(s, v.when)
	}
	fmt.Fprintf(b, "  - {id: %s, needs: %s, otherwise: %s, waivable: {max: 6 months, by: [officer]}%s}\n", v.id, w.quoted(s, v.needs), v.effect, rest)
}

// quoted is an expression as it stands in a file.
func (w *world) quoted(s *sheet, e *expression) string {
	if e == nil {
		return ""
	}
	tests := make([]any, len(e.tests))
	for i, t := range e.tests {
		text := fmt.Sprintf("%s(%q)", t.read, t.leaf)
		if !t.bare {
			g := w.find(s, t.leaf).gauge
			compare := [][]string{{">=", "<"}, {"<=", ">"}}[index(g.falls)][index(t.worse)]
			text += " " + compare + " " + g.steps[t.step]
		}
		tests[i] = text
	}
	return fmt.Sprintf("%q", fmt.Sprintf(e.form, tests...))
}

// recordText writes the record. Of the answers only those are written for which wanted gives a name.
func (w *world) recordText(wanted func(name string) string) string {
	var b strings.Builder
	r := w.rec
	b.WriteString("touchstone: innovation/v1\nid: i\nname: I\n")
	if r.stage != "" {
		fmt.Fprintf(&b, "stage: %s\n", r.stage)
	}
	if r.version != "" {
		fmt.Fprintf(&b, "version: %q\n", r.version)
	}
	if r.price != "" {
		fmt.Fprintf(&b, "price: {amount: %s, currency: GBP, vat: excluded}\n", r.price)
	}
	b.WriteString("facts:\n")
	for _, name := range factNames {
		if f, ok := r.facts[name]; ok {
			fmt.Fprintf(&b, "  %s: {value: %s, evidence: [%s]}\n", name, f.value, strings.Join(w.there(f.evidence), ", "))
		}
	}
	b.WriteString("evidence:\n")
	for _, e := range r.items {
		b.WriteString(e.text())
	}
	b.WriteString("answers:\n")
	for _, name := range r.order {
		if a, ok := r.answers[name]; ok && wanted(name) != "" {
			fmt.Fprintf(&b, "  %s: %s\n", wanted(name), w.answerText(w.leaf(name).gauge, a))
		}
	}
	return b.String()
}

var factNames = []string{"a", "b", "c", "d", "size", "staff"}

func (e *item) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - {id: %s, kind: %s, title: E, dated: %s, independent: %t", e.id, e.kind, e.dated, e.independent)
	for _, pair := range [][2]string{
		{"valid_until: %s", e.until}, {"covers: {version: %q}", e.covers}, {"checked: {by: reader, date: %s}", e.checked}, {"results: {n: %s}", e.n},
	} {
		if pair[1] != "" {
			fmt.Fprintf(&b, ", "+pair[0], pair[1])
		}
	}
	return b.String() + "}\n"
}

// there are the items of those named that the record has.
func (w *world) there(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return !slices.ContainsFunc(w.rec.items, func(e *item) bool { return e.id == id })
	})
}

func (w *world) answerText(g *gauge, a *answer) string {
	key := []string{"level", "value"}[index(g.measure)]
	cited := strings.Join(w.there(a.evidence), ", ")
	switch {
	case a.words != "":
		return a.words
	case a.survey != nil:
		var counts []string
		for step, n := range a.survey {
			counts = append(counts, fmt.Sprintf("%s: %d", g.steps[step], n))
		}
		return fmt.Sprintf("{responses: {%s}, evidence: [%s]}", strings.Join(counts, ", "), cited)
	case a.isRange():
		return fmt.Sprintf("{%s: [%s, %s], evidence: [%s]}", key, g.steps[a.low], g.steps[a.high], cited)
	case a.label && !g.measure:
		return fmt.Sprintf("{level: %s, evidence: [%s]}", g.labels[a.low], cited)
	}
	return fmt.Sprintf("{%s: %s, evidence: [%s]}", key, g.steps[a.low], cited)
}
