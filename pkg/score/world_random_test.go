package score_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
)

// random draws worlds.
type random struct{ *rand.Rand }

func (r random) chance(percent int) bool { return r.IntN(100) < percent }

func pick[T any](r random, from []T) T { return from[r.IntN(len(from))] }

func newWorld(seed uint64) *world {
	r := random{rand.New(rand.NewPCG(seed, 1))}
	w := &world{}
	if r.chance(45) {
		w.b = &sheet{id: "b", stages: stages}
		if r.chance(40) {
			w.b.stages = pick(r, otherStages).names
		}
	}
	w.t = &sheet{id: "t", stages: stages}
	if w.b != nil {
		inner := author{random: r, w: w, s: w.b, leaf: "k", group: "h"}
		inner.write(2)
	}
	outer := author{random: r, w: w, s: w.t, leaf: "c", group: "g"}
	outer.write(3)
	outer.settle()
	outer.fill()
	return w
}

var stages = []string{"idea", "pilot", "service"}

// otherStages are what b may call them.
var otherStages = []struct {
	names []string
	ours  map[string]string
}{
	{[]string{"discovery", "beta", "live"}, map[string]string{"idea": "discovery", "pilot": "beta", "service": "live"}},
	{[]string{"early", "late"}, map[string]string{"idea": "early", "pilot": "early", "service": "late"}},
	{[]string{"idea", "pilot", "trial", "done"}, map[string]string{"service": "trial"}},
}

// author writes one rubric. What stands earlier may be read by what comes later, so that nothing depends on itself.
type author struct {
	random

	w           *world
	s           *sheet
	leaf, group string // how ids begin
	leaves      []*criterion
	closed      []*criterion      // groups that are finished
	counted     map[string]*gauge // groups of leaves on one scale
	countable   []string
	late        map[string]bool // rules that read what `when` must not depend on
	groups      int
	prices      int
}

func (a *author) write(depth int) {
	a.counted, a.late = map[string]*gauge{}, map[string]bool{}
	a.s.combine = pick(a.random, []string{
		"", "mean", "mean", "mean", "mean", "sum", "sum", "min", "max", "geometric", "all", "any", "count", "ladder", "profile",
	})
	a.showAndPolicy(&a.s.group)
	if a.s.least == "" && a.chance(15) {
		a.s.least = pick(a.random, []string{"0", "0.3", "0.8", "1"})
	}
	a.s.criteria = a.children(depth, a.s.combine)
	if a.s.id == "t" && a.w.b != nil {
		a.uses()
	}
	low, high := a.w.ends(&a.s.group)
	if a.s.combine != "profile" && low.Less(high) && a.chance(85) {
		for _, part := range []exact.Number{exact.Zero, exact.Ratio(2, 5), exact.Ratio(4, 5)} {
			a.s.bands = append(a.s.bands, low.Add(high.Sub(low).Mul(part)).String())
		}
	}
	a.judge()
}

// judge writes gates and flags.
func (a *author) judge() {
	effects := []string{"fail", "conditional"}
	caps := a.s.bands != nil && (a.s.id == "t" || a.w.b != nil)
	if caps {
		effects = append(effects, "{cap: "+a.s.bandID(0)+"}", "{cap: mid}")
	}
	for i := range a.IntN(4) {
		v := &verdict{id: fmt.Sprintf("gate%d", i), needs: a.favourable(true), effect: pick(a.random, effects)}
		switch a.IntN(6) {
		case 0:
			v.fromStage = a.s.stages[1]
		case 1:
			v.when = a.condition()
		}
		a.s.gates = append(a.s.gates, v)
	}
	for i := range a.IntN(3) {
		v := &verdict{id: fmt.Sprintf("flag%d", i), needs: not(a.favourable(true)), effect: "inform"}
		switch {
		case caps && a.chance(50):
			v.effect = pick(a.random, effects[2:])
		case a.chance(50):
			v.needs = a.informative()
		}
		if a.chance(20) {
			v.fromStage = a.s.stages[1]
		}
		a.s.flags = append(a.s.flags, v)
	}
}

func (a *author) informative() *expression {
	c := pick(a.random, a.leaves)
	e := &expression{form: fmt.Sprintf("applies(%q)", c.id)}
	switch groups := a.scored(); {
	case c.gauge != nil && a.chance(40):
		e.form = fmt.Sprintf("!answered(%q)", c.id)
	case len(groups) > 0:
		e.form = fmt.Sprintf("gap(%q) > %s", pick(a.random, groups).id, pick(a.random, []string{"0", "30", "60"}))
	}
	return e
}

// scored are the finished groups that have a score.
func (a *author) scored() []*criterion {
	return slices.DeleteFunc(slices.Clone(a.closed), func(c *criterion) bool { return c.combine == "profile" })
}

// showAndPolicy writes how a group is displayed.
func (a *author) showAndPolicy(g *group) {
	if g.combine != "sum" && g.combine != "profile" && a.chance(20) {
		g.from, g.to = "-2", "2"
		if a.chance(50) {
			g.from, g.to = "1", "5"
		}
	}
	if slices.Contains([]string{"", "mean", "sum"}, g.combine) && a.chance(30) {
		g.policy = pick(a.random, []string{"exclude", "midpoint"})
		if a.chance(50) {
			g.least = pick(a.random, []string{"0.5", "0.8", "1"})
		}
	}
}

func (a *author) children(depth int, combine string) []*criterion {
	var all []*criterion
	for range 1 + a.IntN(4) {
		var c *criterion
		switch {
		case depth > 0 && a.chance(35):
			c = a.newGroup(depth)
		case a.chance(15) && a.prices < 2:
			c = a.newPrice()
		case a.chance(20):
			c = a.newRule()
		default:
			c = a.newLeaf(a.gauge())
		}
		a.weigh(c, combine)
		all = append(all, c)
	}
	return all
}

func (a *author) weigh(c *criterion, combine string) {
	weights := []string{"", "", "", "0", "1", "2", "3", "0.5", "0.1", "7"}
	if combine == "geometric" {
		weights = []string{"", "1", "1", "2", "0.5", "0"}
	}
	c.weight = pick(a.random, weights)
	if c.combine == "profile" && combine != "profile" {
		c.weight = "0"
	}
}

// common is what every criterion may have. It stands before what is below it is written.
func (a *author) common(c *criterion) *criterion {
	if a.chance(15) {
		c.when = a.condition()
	}
	if a.chance(15) {
		c.fromStage = pick(a.random, a.s.stages)
	}
	return c
}

// condition is what `when` may read: facts, the stage, and claims of leaves that stand earlier.
func (a *author) condition() *expression {
	var all []*expression
	for _, form := range []string{
		"facts.a", "!facts.a", "facts.a && facts.b", "facts.a || !facts.b", `facts.c == "x"`, `facts.c in ["x", "v"]`,
		"facts.size >= 3", `facts.d != "x"`, `stage_at_least("` + a.s.stages[1] + `")`, `stage == "` + a.s.stages[0] + `" || facts.b`,
		`as_of >= "2026-01-01"`,
	} {
		all = append(all, &expression{form: form})
	}
	early := slices.DeleteFunc(slices.Clone(a.leaves), func(c *criterion) bool { return c.gauge == nil || a.late[c.id] })
	if len(early) > 0 && a.chance(40) {
		c := pick(a.random, early)
		return &expression{form: pick(a.random, []string{"%s", "%s", "!(%s)", "%s || facts.a"}), tests: []test{a.test("claimed", c, a.chance(30))}}
	}
	return pick(a.random, all)
}

// test compares what a leaf is answered with.
func (a *author) test(read string, c *criterion, worse bool) test {
	return test{read: read, leaf: c.id, step: c.gauge.first + a.IntN(c.gauge.last-c.gauge.first+1), worse: worse}
}

// favourable is a condition that a better level can only turn to true.
func (a *author) favourable(last bool) *expression {
	e := a.atom(last)
	if a.chance(30) {
		f := a.atom(last)
		form := pick(a.random, []string{"%s && %s", "%s || %s", "!(!(%s) || !(%s))"})
		e = &expression{form: fmt.Sprintf(form, e.form, f.form), tests: append(slices.Clone(e.tests), f.tests...)}
	}
	return e
}

func not(e *expression) *expression { return &expression{form: "!(" + e.form + ")", tests: e.tests} }

func (a *author) atom(last bool) *expression {
	options := []func() *expression{func() *expression {
		return &expression{form: pick(a.random, []string{"facts.a", "!facts.b", `facts.d == "v"`, "facts.staff >= 2"})}
	}}
	if len(a.leaves) > 0 {
		options = append(options, func() *expression { return a.aboutLeaf(pick(a.random, a.leaves)) }, func() *expression { return a.aboutLeaf(pick(a.random, a.leaves)) })
	}
	if groups := a.scored(); len(groups) > 0 {
		options = append(options, func() *expression { return a.aboutGroup(pick(a.random, groups)) })
	}
	if len(a.countable) > 0 {
		options = append(options, func() *expression { return a.count(pick(a.random, a.countable)) })
	}
	if last && a.s.combine != "profile" {
		options = append(options, func() *expression {
			low, high := a.w.ends(&a.s.group)
			return &expression{form: fmt.Sprintf("score(%q) >= %s", a.s.id, low.Add(high.Sub(low).Mul(exact.Ratio(2, 5))))}
		})
	}
	if uses := a.w.uses(); last && len(uses) > 0 && a.s.id == "t" {
		options = append(options, func() *expression { return a.aboutUse(pick(a.random, uses).use) })
	}
	return pick(a.random, options)()
}

func (a *author) aboutLeaf(c *criterion) *expression {
	if c.gauge == nil {
		return &expression{form: fmt.Sprintf("score(%q) >= 50", c.id)}
	}
	read := []string{"level", "value"}[index(c.gauge.measure)]
	switch a.IntN(7) {
	case 0:
		return &expression{form: fmt.Sprintf("met(%q)", c.id)}
	case 1:
		return &expression{form: "!(%s)", tests: []test{a.test(read, c, true)}}
	case 2:
		return &expression{form: `score("` + c.id + `") >= 50 && %s`, tests: []test{a.test("claimed", c, false)}}
	case 3:
		return &expression{form: "%s", tests: []test{a.test("claimed", c, a.chance(50))}}
	}
	return &expression{form: "%s", tests: []test{a.test(read, c, false)}}
}

func (a *author) aboutGroup(c *criterion) *expression {
	if a.chance(30) {
		return &expression{form: fmt.Sprintf("met(%q)", c.id)}
	}
	low, high := a.w.spread(c)
	return &expression{form: fmt.Sprintf("score(%q) > %s", c.id, low.Add(high.Sub(low).Mul(exact.Ratio(1, 4))))}
}

func (a *author) count(id string) *expression {
	g := a.counted[id]
	step := g.steps[1+a.IntN(len(g.steps)-1)]
	if a.chance(50) {
		return &expression{form: fmt.Sprintf("count_from(%q, %s) >= %d", id, step, 1+a.IntN(2))}
	}
	return &expression{form: fmt.Sprintf("count_below(%q, %s) < %d", id, step, 1+a.IntN(2))}
}

func (a *author) aboutUse(u *use) *expression {
	if u.whole() && a.chance(50) {
		var known []*criterion
		a.w.b.each(func(c *criterion, _ []*criterion) {
			if c.gauge != nil {
				known = append(known, c)
			}
		})
		if len(known) > 0 {
			c := pick(a.random, known)
			t := a.test([]string{"level", "value"}[index(c.gauge.measure)], c, false)
			t.leaf = u.name() + "/" + c.id
			return &expression{form: "%s", tests: []test{t}}
		}
	}
	if a.w.b.combine == "profile" {
		return &expression{form: "facts.a"}
	}
	return &expression{form: fmt.Sprintf("met(%q)", u.name())}
}

func (a *author) newGroup(depth int) *criterion {
	c := &criterion{id: a.group + strconv.Itoa(a.groups)} // before those of the groups in it
	a.groups++
	a.common(c)
	c.combine = pick(a.random, []string{
		"mean", "mean", "mean", "sum", "sum", "min", "max", "geometric", "all", "any", "count", "ladder", "ladder", "profile",
	})
	a.showAndPolicy(&c.group)
	if a.chance(30) {
		a.uniform(c)
	} else {
		c.criteria = a.children(depth-1, c.combine)
		if a.chance(15) {
			c.evidence = a.rules(nil)
		}
	}
	if low, high := a.w.ends(&c.group); c.combine != "profile" && low.Less(high) && (c.combine != "sum" || a.s.id == "t") {
		half := low.Add(high.Sub(low).Mul(exact.Ratio(1, 2))).String()
		if a.chance(25) {
			c.metAt = half
		}
		if a.chance(15) {
			c.minimumAt = half
		}
	}
	a.closed = append(a.closed, c)
	return c
}

// uniform is a group of leaves on one scale, which can be counted.
func (a *author) uniform(c *criterion) {
	g := pick(a.random, scales).turned(a.chance(40))
	c.uniform = true
	weighs := false
	for range 2 + a.IntN(3) {
		leaf := a.newLeaf(g)
		a.weigh(leaf, c.combine)
		weighs = weighs || leaf.weight != "0"
		c.criteria = append(c.criteria, leaf)
	}
	if weighs {
		a.counted[c.id] = g
		a.countable = append(a.countable, c.id)
	}
	if a.chance(20) {
		c.evidence = a.rules(g)
	}
}

func (a *author) named(c *criterion) *criterion {
	c.id = a.leaf + strconv.Itoa(len(a.leaves))
	a.leaves = append(a.leaves, c)
	return c
}

func (a *author) newLeaf(g *gauge) *criterion {
	c := a.common(&criterion{gauge: g})
	a.thresholds(c)
	switch {
	case a.chance(45):
		c.evidence = a.rules(g)
	case a.chance(10):
		c.lifted = true
	}
	if a.chance(35) {
		c.na = pick(a.random, []string{"never", "{reasons: [no such thing]}", "{reasons: [something else]}", "{counts: best}", "{reasons: [no such thing], counts: best}"})
	}
	if !g.measure && a.chance(12) {
		c.respondents = 3
	}
	return a.named(c)
}

func (a *author) thresholds(c *criterion) {
	g := c.gauge
	step := func() int { return g.first + a.IntN(g.last-g.first+1) }
	if a.chance(30) {
		c.met = step()
	}
	if a.chance(15) {
		c.minimum = step()
	}
}

// rules are those for evidence. A measure has no level from which they hold, nor has a group of all sorts.
func (a *author) rules(g *gauge) []evidenceRule {
	var all []evidenceRule
	for range 1 + a.IntN(2) {
		r := evidenceRule{rest: pick(a.random, []string{
			"kinds: [study]", "kinds: [study, log]", "kinds: [study], max_age: 12 months", "independent: yes", "min: 2", "checked: yes",
			"version: stated", `check: "item.results.n >= 20"`, `check: "item.kind == 'study' || item.independent"`,
		})}
		if g != nil && !g.measure && a.chance(80) {
			r.from = 1 + a.IntN(len(g.steps)-1)
		}
		all = append(all, r)
	}
	return all
}

func (a *author) newPrice() *criterion {
	a.prices++
	c := &criterion{price: pick(a.random, []string{
		"{model: benchmark, cap: 100000, floor: 20000}", "{model: benchmark, cap: 100000, floor: 20000}",
		"{model: benchmark, cap: 100000, floor: 20000, decimals: 1}", "{model: lowest-ratio}",
	})}
	return a.named(a.common(c))
}

// newRule is a leaf that an expression answers.
func (a *author) newRule() *criterion {
	c := &criterion{}
	early := func(fits func(*criterion) bool) (*criterion, bool) {
		of := slices.DeleteFunc(slices.Clone(a.leaves), func(c *criterion) bool { return c.gauge == nil || !fits(c) })
		if len(of) == 0 {
			return nil, false
		}
		return pick(a.random, of), true
	}
	late := true // what it reads may be a price, or what depends on one
	reading := func(read string, of *criterion) *expression {
		late = a.late[of.id]
		return &expression{form: "%s", tests: []test{{read: read, leaf: of.id, bare: true}}}
	}
	c.gauge = scales[2].turned(a.chance(35)) // yes or no
	c.rule = a.favourable(false)
	if c.gauge.falls {
		c.rule = not(c.rule)
	}
	switch a.IntN(9) {
	case 0:
		if of, ok := early(func(c *criterion) bool { return !c.gauge.measure }); ok {
			c.gauge, c.rule = of.gauge, reading(pick(a.random, []string{"level", "claimed"}), of)
		}
	case 1:
		if of, ok := early(func(c *criterion) bool { return c.gauge.measure }); ok {
			c.gauge, c.rule = of.gauge, reading(pick(a.random, []string{"value", "claimed"}), of)
		}
	case 2:
		c.gauge, c.rule = scales[5].turned(a.chance(30)), &expression{form: "facts.c"}
	case 3:
		c.gauge, c.rule, late = scales[3].turned(a.chance(30)), &expression{form: "facts.size"}, false
	case 4:
		c.gauge, c.rule, late = pick(a.random, measures), &expression{form: "facts.staff"}, false
	case 5:
		if groups := a.scored(); len(groups) > 0 {
			c.gauge, c.rule = pick(a.random, measures[2:4]), &expression{form: fmt.Sprintf("score(%q)", pick(a.random, groups).id)}
		}
	case 6:
		if len(a.countable) > 0 {
			id := pick(a.random, a.countable)
			c.gauge, c.rule = counts[0], &expression{form: fmt.Sprintf("count_from(%q, %s)", id, a.counted[id].steps[1])}
			if a.chance(40) {
				c.gauge, c.rule = counts[1], &expression{form: fmt.Sprintf("count_below(%q, %s)", id, a.counted[id].steps[1])}
			}
		}
	}
	a.common(c)
	a.thresholds(c)
	a.named(c)
	a.late[c.id] = late
	return c
}

// uses puts b into t, once or twice.
func (a *author) uses() {
	for k := range 1 + index(a.chance(25)) {
		c := a.common(&criterion{use: &use{}})
		if k > 0 || a.chance(20) {
			c.use.as = "ward"
		}
		in := &a.s.group
		if groups := slices.DeleteFunc(slices.Clone(a.closed), func(c *criterion) bool { return c.uniform || c.combine == "sum" }); len(groups) > 0 && a.chance(35) {
			in = &pick(a.random, groups).group
		}
		if k > 0 && a.isTaken(c.use.as) {
			continue
		}
		a.cut(c.use, in.combine == "geometric")
		a.weigh(c, in.combine)
		if a.w.b.combine == "profile" && in.combine != "profile" {
			c.weight = "0"
		}
		for _, o := range otherStages {
			if slices.Equal(o.names, a.w.b.stages) {
				var pairs []string
				for _, ours := range stages {
					if theirs := o.ours[ours]; theirs != "" {
						pairs = append(pairs, ours+": "+theirs)
					}
				}
				c.use.stages = "{" + strings.Join(pairs, ", ") + "}"
			}
		}
		in.criteria = append(in.criteria, c)
	}
}

// isTaken reports whether b is in use by a name already.
func (a *author) isTaken(as string) bool {
	return slices.ContainsFunc(a.w.uses(), func(c *criterion) bool { return c.use.as == as })
}

// cut leaves some of b out, or weighs it otherwise. What the range of a sum is made of stays.
func (a *author) cut(u *use, parts bool) {
	if a.w.b.combine == "sum" || a.chance(50) {
		return
	}
	var ids, weighed []string
	a.w.b.each(func(c *criterion, above []*criterion) {
		ids = append(ids, c.id)
		geometric := a.w.b.combine == "geometric" || slices.ContainsFunc(above, func(c *criterion) bool { return c.combine == "geometric" })
		if c.combine != "profile" && !geometric && !parts {
			weighed = append(weighed, c.id)
		}
	})
	switch a.IntN(4) {
	case 0:
		u.only = []string{pick(a.random, ids)}
		if id := pick(a.random, ids); id != u.only[0] {
			u.only = append(u.only, id)
		}
	case 1:
		if id := pick(a.random, ids); a.remains(id) {
			u.except = []string{id}
		}
	case 2:
		if len(weighed) > 0 {
			u.weights = [][2]string{{pick(a.random, weighed), pick(a.random, []string{"0", "5", "0.5"})}}
		}
	}
	if len(a.w.b.gates) > 0 && a.chance(40) {
		u.without = []string{pick(a.random, a.w.b.gates).id}
	}
}

// remains reports whether b has a leaf without a criterion.
func (a *author) remains(without string) bool {
	some := false
	a.w.b.each(func(c *criterion, above []*criterion) {
		below := slices.ContainsFunc(append(slices.Clone(above), c), func(c *criterion) bool { return c.id == without })
		some = some || c.criteria == nil && !below
	})
	return some
}

// settle gives b's bands the names of t's, where b caps and t has bands; else b does not cap.
func (a *author) settle() {
	if a.w.b == nil {
		return
	}
	for _, list := range [][]*verdict{a.w.b.gates, a.w.b.flags} {
		for i, v := range list {
			switch {
			case !strings.HasPrefix(v.effect, "{") || a.s.bands != nil:
			case slices.Contains(a.w.b.gates, list[i]):
				v.effect = "fail"
			default:
				v.effect = "inform"
			}
		}
	}
	for _, c := range a.w.uses() {
		if a.s.bands != nil && a.w.b.bands != nil {
			c.use.bands = "{poor: low}"
		}
	}
}

// Gauges that a leaf may have.
var scales = []*gauge{
	scale("[none, some, all]", []int{0, 1, 2}, "none", "some", "all"),
	scale("", []int{-2, 0, 5}, "low", "mid", "high"),
	scale("yes-no", []int{0, 1}, "no", "yes"),
	scale("[a, b, c, d, e]", []int{0, 1, 2, 3, 4}, "a", "b", "c", "d", "e"),
	scale("", []int{-2, -1, 0, 1, 2}, "much-less", "less", "same", "more", "much-more"),
	scale("[x, v, z]", []int{0, 1, 2}, "x", "v", "z"),
}

func scale(text string, values []int, labels ...string) *gauge {
	g := &gauge{text: text, labels: labels, first: 1, last: len(values) - 1}
	var points []string
	for i, v := range values {
		g.steps = append(g.steps, strconv.Itoa(v))
		points = append(points, fmt.Sprintf("{value: %d, label: %s}", v, labels[i]))
	}
	if text == "" {
		g.text = "[" + strings.Join(points, ", ") + "]"
	}
	g.ends = [2]string{g.steps[0], g.steps[g.last]}
	return g
}

// turned is the scale itself, or in reverse.
func (g *gauge) turned(reverse bool) *gauge {
	if !reverse {
		return g
	}
	c := *g
	c.steps, c.labels, c.falls = slices.Clone(g.steps), slices.Clone(g.labels), !g.falls
	slices.Reverse(c.steps)
	slices.Reverse(c.labels)
	return &c
}

var measures = []*gauge{
	measure("{unit: minutes, worst: 30, best: 0}", 2, 5, "45", "30", "20", "12.5", "3", "0", "-5").between("0", "30"),
	measure("{unit: minutes, worst: 30, best: 2, limits: [0, 600]}", 2, 4, "600", "30", "20", "7", "2", "0").between("2", "30"),
	measure("{worst: 0, best: 10}", 2, 4, "-1", "0", "2.5", "5", "10", "12").between("0", "10"),
	measure("{points: [[0, 0], [68, 50], [100, 100]], limits: [0, 100]}", 1, 4, "0", "10", "68", "80", "100").between("0", "100"),
	measure("{points: [[0, 100], [5, 100], [20, 30], [40, 0], [50, 0]]}", 2, 5, "60", "45", "30", "20", "10", "5", "2").between("5", "40"),
	measure("{points: [[1, 0], [3, 0], [4, 100], [9, 100]]}", 2, 4, "1", "3", "3.25", "3.5", "4", "9").between("3", "4"),
}

// counts are measures for what a rule counts.
var counts = []*gauge{
	measure("{worst: 0, best: 3, limits: [0, 2]}", 1, 2, "0", "1", "2").between("0", "3"),
	measure("{worst: 3, best: 0}", 1, 3, "3", "2", "1", "0").between("0", "3"),
}

func measure(text string, first, last int, steps ...string) *gauge {
	return &gauge{measure: true, text: text, steps: steps, first: first, last: last, falls: number(steps[len(steps)-1]).Less(number(steps[0]))}
}

func (g *gauge) between(low, high string) *gauge {
	g.ends = [2]string{low, high}
	return g
}

func (a *author) gauge() *gauge {
	if a.chance(30) {
		return pick(a.random, measures)
	}
	return pick(a.random, scales).turned(a.chance(35))
}

// fill writes the record.
func (a *author) fill() {
	r := &record{facts: map[string]fact{}, answers: map[string]*answer{}}
	a.w.rec = r
	r.stage = pick(a.random, []string{"", "idea", "pilot", "service", "service"})
	r.version = pick(a.random, []string{"", "2.3", "2.3"})
	if a.chance(75) {
		r.price = pick(a.random, []string{"10000", "47123.45", "60000", "99999", "250000"})
	}
	a.items()
	values := [][]string{{"yes", "no", ""}, {"yes", "yes", "no", ""}, {"x", "v", "z", ""}, {"x", "v", "v", ""}, {"1", "3", "5", ""}, {"1.5", "4", "12", ""}}
	for k, name := range factNames {
		if v := pick(a.random, values[k]); v != "" {
			r.facts[name] = fact{v, a.cited()}
		}
	}
	thorough := a.chance(30) // a record of somebody who answers everything
	a.w.leaves(func(name string, c *criterion) {
		if x := a.answer(c, thorough); x != nil {
			r.answers[name] = x
			r.order = append(r.order, name)
		}
	})
}

func (a *author) items() {
	good := a.chance(50)
	for i := range a.IntN(6) {
		e := &item{
			id: fmt.Sprintf("e%d", i), kind: pick(a.random, []string{"study", "study", "log"}), independent: a.chance(50),
			dated:   pick(a.random, []string{"2026-05-01", "2026-01-15", "2025-06-01", "2025-05-31", "2020-01-01", "2027-01-01"}),
			until:   pick(a.random, []string{"", "", "2026-06-01", "2026-05-31"}),
			covers:  pick(a.random, []string{"", "2.3", "2.3", "2.2"}),
			checked: pick(a.random, []string{"", "2026-05-20", "2026-06-02"}),
			n:       pick(a.random, []string{"", "12", "30", "many"}),
		}
		if good {
			e.dated, e.until, e.covers, e.checked, e.n, e.independent = "2026-05-01", "", "2.3", "2026-05-20", "30", true
		}
		a.w.rec.items = append(a.w.rec.items, e)
	}
}

func (a *author) cited() []string {
	var ids []string
	for _, e := range a.w.rec.items {
		if a.chance(60) {
			ids = append(ids, e.id)
		}
	}
	return ids
}

// answer is nil for none.
func (a *author) answer(c *criterion, thorough bool) *answer {
	n := len(c.gauge.steps)
	x := &answer{evidence: a.cited()}
	kind := a.IntN(16)
	if thorough {
		kind = 6 + a.IntN(10)
	}
	survey := func(people int) {
		x.survey = make([]int, n)
		for range people {
			x.survey[a.IntN(n)]++
		}
	}
	switch {
	case kind == 0:
		return nil
	case kind == 1:
		x.words = "unknown"
	case kind <= 4:
		x.words = "{na: no such thing}"
	case kind == 5 && !c.gauge.measure:
		survey(a.IntN(3))
	case kind <= 8 && !c.gauge.measure || c.respondents > 0 && a.chance(60):
		survey(3 + a.IntN(3))
	case kind <= 11:
		x.low = a.IntN(n)
		x.high = x.low + a.IntN(n-x.low)
	default:
		x.low = a.IntN(n)
		x.high, x.label = x.low, a.chance(30)
	}
	return x
}
