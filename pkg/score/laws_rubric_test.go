package score_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// The laws of what the same record comes to under another rubric.

// The order of criteria, gates, flags, evidence and answers changes nothing, but in a ladder.
func orderChangesNothing(x *trial) error {
	w := x.clone()
	for _, s := range w.sheets() {
		shuffle := func(g *group) {
			if g.combine != "ladder" {
				x.Shuffle(len(g.criteria), func(i, j int) { g.criteria[i], g.criteria[j] = g.criteria[j], g.criteria[i] })
			}
		}
		s.each(func(c *criterion, _ []*criterion) { shuffle(&c.group) })
		shuffle(&s.group)
		x.Shuffle(len(s.gates), func(i, j int) { s.gates[i], s.gates[j] = s.gates[j], s.gates[i] })
		x.Shuffle(len(s.flags), func(i, j int) { s.flags[i], s.flags[j] = s.flags[j], s.flags[i] })
	}
	x.Shuffle(len(w.rec.order), func(i, j int) { w.rec.order[i], w.rec.order[j] = w.rec.order[j], w.rec.order[i] })
	x.Shuffle(len(w.rec.items), func(i, j int) { w.rec.items[i], w.rec.items[j] = w.rec.items[j], w.rec.items[i] })
	return same(x.r, again(w), "in another order")
}

// Multiplying the weights of siblings changes no value, but in a sum, where weights are points.
func weightsAreRelative(x *trial) error {
	w := x.clone()
	var lists [][]*criterion
	for _, s := range w.sheets() {
		all := []*group{&s.group}
		s.each(func(c *criterion, _ []*criterion) { all = append(all, &c.group) })
		for _, g := range all {
			if g.combine != "sum" && len(g.criteria) > 0 {
				lists = append(lists, g.criteria)
			}
		}
	}
	if len(lists) == 0 {
		return nil
	}
	for range 2 {
		for _, c := range pick(x.random, lists) {
			c.weight = number(or(c.weight, "1")).Mul(exact.Int(3)).String()
		}
	}
	for _, c := range w.uses() { // which may have weights of their own
		if len(c.use.weights) > 0 {
			return nil
		}
	}
	return same(x.r, again(w), "with other weights of the same proportions")
}

// A criterion that drops out changes nothing, but in a sum, whose range it widens.
func droppedOut(x *trial) error {
	w := x.clone()
	all := []*criterion{{}}
	w.t.each(func(c *criterion, _ []*criterion) {
		if c.criteria != nil {
			all = append(all, c)
		}
	})
	in, scale := &w.t.group, scales[0]
	if c := pick(x.random, all); c.criteria != nil {
		in = &c.group
		if c.uniform {
			scale = c.criteria[0].gauge
		}
	}
	if in.combine == "sum" {
		return nil
	}
	for _, v := range slices.Concat(w.t.gates, w.t.flags) { // a condition passes over it too
		if in != &w.t.group { // what decides whether the group applies could not be waved away any more
			break
		}
		v.needs = v.needs.with(pick(x.random, []string{"&&", "||"}), test{read: "level", leaf: "extra", step: 1, worse: strings.HasPrefix(v.id, "flag")})
		if v.when != nil {
			v.when = v.when.with(pick(x.random, []string{"&&", "||"}), test{read: "claimed", leaf: "extra", step: 1, worse: x.chance(50)})
		}
	}
	extra := &criterion{id: "extra", weight: "2", gauge: scale, when: &expression{form: `as_of < "2000-01-01"`}}
	in.criteria = slices.Insert(slices.Clone(in.criteria), x.IntN(len(in.criteria)+1), extra)
	return same(x.r, again(w), "with a criterion that does not apply")
}

// with joins another test to a condition.
func (e *expression) with(op string, t test) *expression {
	return &expression{form: "(" + e.form + ") " + op + " %s", tests: append(slices.Clone(e.tests), t)}
}

// mirrored turns the sign of all levels of a scale, and its direction.
func mirrored(x *trial) error {
	w := x.clone()
	var all []*criterion
	for _, s := range w.sheets() {
		s.each(func(c *criterion, above []*criterion) {
			groups := slices.ContainsFunc(above, func(c *criterion) bool { return c.combine == "sum" || c.uniform })
			if c.gauge != nil && !c.gauge.measure && c.rule == nil && !groups && s.combine != "sum" && !s.bare(c.id) {
				all = append(all, c)
			}
		})
	}
	if len(all) == 0 {
		return nil
	}
	c := pick(x.random, all)
	c.gauge = c.gauge.negated()
	return same(x.r, again(w), "with a mirrored "+c.id)
}

// bare reports whether a rule takes over the level of a leaf.
func (s *sheet) bare(id string) bool {
	decide, _ := s.expressions()
	return slices.ContainsFunc(decide, func(e *expression) bool {
		return slices.ContainsFunc(e.tests, func(t test) bool { return t.bare && t.leaf == id })
	})
}

func (g *gauge) negated() *gauge {
	c := *g
	c.falls, c.steps = !g.falls, nil
	var points []string
	for i, step := range g.steps {
		minus := number(step).Neg().String()
		c.steps = append(c.steps, minus)
		points = append(points, fmt.Sprintf("{value: %s, label: %s}", minus, g.labels[i]))
	}
	c.text = "[" + strings.Join(points, ", ") + "]"
	c.ends = [2]string{number(g.ends[1]).Neg().String(), number(g.ends[0]).Neg().String()}
	return &c
}

// A rubric that is used whole scores the same inside as alone: all criteria, its gates, its band. A price is rounded in
// points of the whole, and what gates of the whole read cannot be waved away.
func sameInsideAsAlone(x *trial) error {
	if x.b == nil {
		return nil
	}
	w := x.clone()
	w.t.gates, w.t.flags = nil, nil
	w.t.each(func(c *criterion, above []*criterion) {
		c.minimum, c.minimumAt = 0, ""
		if c.use != nil {
			for _, of := range append(slices.Clone(above), c) {
				of.when, of.fromStage = nil, ""
			}
		}
	})
	unrounded(w.b)
	alone, err := w.model(w.b)
	if err != nil {
		return err
	}
	inside := again(w)
	for _, c := range w.uses() {
		if !c.use.whole() {
			continue
		}
		v := w.clone()
		v.rec.stage = theirs(w.b, v.rec.stage)
		rec, err := recordOf(alone, v.recordText(func(name string) string {
			if id, ours := strings.CutPrefix(name, c.use.name()+"/"); ours {
				return "b/" + id
			}
			return ""
		}))
		if err != nil {
			return err
		}
		if err := sameIn(alone.Evaluate(rec, score.Conditions{AsOf: asOf}), inside, c.use.name()); err != nil {
			return err
		}
	}
	return nil
}

func unrounded(s *sheet) {
	s.each(func(c *criterion, _ []*criterion) { c.price = strings.Replace(c.price, ", decimals: 1", "", 1) })
}

// theirs is what a rubric calls a stage.
func theirs(s *sheet, stage string) string {
	for _, o := range otherStages {
		if slices.Equal(o.names, s.stages) && o.ours[stage] != "" {
			return o.ours[stage]
		}
	}
	return stage
}

func sameIn(alone, inside *score.Result, name string) error {
	rename := func(s string) string {
		return name + strings.TrimPrefix(s, "b")
	}
	for i := range alone.Model.Nodes {
		j, ok := inside.Model.Lookup(rename(alone.Model.Nodes[i].Name))
		if !ok {
			return fmt.Errorf("%s is not there", alone.Model.Nodes[i].Name)
		}
		if err := sameNode(alone, inside, i, j, "inside"); err != nil {
			return err
		}
	}
	for _, g := range alone.Gates {
		i := slices.IndexFunc(inside.Gates, func(h score.GateResult) bool { return h.Gate.Name == rename(g.Gate.Name) })
		if inside.Gates[i].Outcome != g.Outcome {
			return fmt.Errorf("inside gate %s is %s, alone %s", g.Gate.Name, inside.Gates[i].Outcome, g.Outcome)
		}
	}
	i, _ := inside.Model.Lookup(name)
	if a, b := alone.Verdict.Band, inside.Criteria[i].Band; (a == nil) != (b == nil) || a != nil && a.ID != b.ID {
		return fmt.Errorf("inside the band is %v, alone %v", b, a)
	}
	return nil
}

// What `only` leaves out changes nothing of what is left but weights: each leaf is what it was, each group of which
// nothing is left out, and each gate that reads only those, or what is left out and comes along.
func leftOut(x *trial) error {
	if x.b == nil || x.b.combine == "sum" {
		return nil
	}
	w := x.clone()
	unrounded(w.b)
	var ids []string
	w.b.each(func(c *criterion, _ []*criterion) { ids = append(ids, c.id) })
	w.t = &sheet{id: "t", stages: w.b.stages, group: group{combine: "profile", criteria: []*criterion{{use: &use{only: []string{pick(x.random, ids)}}}}}}
	for _, list := range [][]*verdict{w.b.gates, w.b.flags} {
		for i, v := range list {
			c := *v
			list[i] = &c
			if strings.HasPrefix(c.effect, "{") {
				c.effect = []string{"inform", "fail"}[index(strings.HasPrefix(c.id, "gate"))]
			}
		}
	}
	w.rec.stage = theirs(w.b, w.rec.stage)
	w.leaves(func(name string, c *criterion) { // whether a reason is needed depends on all that a gate reads
		if a := w.rec.answers[name]; a != nil && strings.HasPrefix(a.words, "{na") && !strings.Contains(c.na, "reasons") {
			a.words = "unknown"
		}
	})
	whole, err := w.model(w.b)
	if err != nil {
		return err
	}
	before, err := w.result(whole)
	if err != nil {
		return err
	}
	after := again(w)
	intact := w.intact(whole, after.Model)
	for i := range after.Model.Nodes {
		n := &after.Model.Nodes[i]
		j, _ := whole.Lookup(n.Name)
		if !intact[n.Name] {
			continue
		}
		if err := sameNode(before, after, j, i, "cut"); err != nil {
			return err
		}
	}
	return sameGates(before, after, intact)
}

// intact are the criteria of b, by name, of which all is taken or nothing, and which read only such.
func (w *world) intact(whole, cut *score.Model) map[string]bool {
	intact := map[string]bool{}
	taken := map[string]bool{}
	only := w.t.criteria[0].use.only[0]
	w.b.each(func(c *criterion, above []*criterion) {
		taken["b/"+c.id] = c.id == only || slices.ContainsFunc(above, func(c *criterion) bool { return c.id == only })
	})
	for i := 1; i < len(cut.Nodes); i++ {
		n := &cut.Nodes[i]
		all, leaves := 0, 0
		for k := i; k < n.End; k++ {
			if cut.Nodes[k].IsLeaf() {
				leaves++
				all += index(taken[cut.Nodes[k].Name])
			}
		}
		j, _ := whole.Lookup(n.Name)
		intact[n.Name] = (all == 0 || all == leaves) && n.End-i == whole.Nodes[j].End-j
	}
	for range cut.Nodes { // what reads what is not intact is not either, nor is what is below or above that
		for i := 1; i < len(cut.Nodes); i++ {
			n := &cut.Nodes[i]
			if n.Source == nil || !n.Root && !readsOnly(n.Source.Rule, intact) || !n.Root && !readsOnly(n.Source.When, intact) {
				for k := i; k < n.End; k++ {
					intact[cut.Nodes[k].Name] = false
				}
			}
			for above := n.Parent; above > 0 && !intact[n.Name]; above = cut.Nodes[above].Parent {
				intact[cut.Nodes[above].Name] = false
			}
		}
	}
	return intact
}

var quotedName = regexp.MustCompile(`\("([a-z0-9-]+)"`)

// readsOnly reports whether an expression of b reads only criteria that are intact.
func readsOnly(text string, intact map[string]bool) bool {
	for _, parts := range quotedName.FindAllStringSubmatch(text, -1) {
		name := parts[1]
		if name != "b" {
			name = "b/" + name
		}
		if is, there := intact[name]; there && !is { // a stage is no criterion
			return false
		}
	}
	return true
}

func sameGates(before, after *score.Result, intact map[string]bool) error {
	for _, g := range before.Gates {
		i := slices.IndexFunc(after.Gates, func(h score.GateResult) bool { return h.Gate.Name == g.Gate.Name })
		if i < 0 {
			return fmt.Errorf("cut: gate %s is gone", g.Gate.Name)
		}
		reads := true
		for _, j := range after.Gates[i].Gate.Depends {
			reads = reads && intact[after.Model.Nodes[j].Name]
		}
		if reads && after.Gates[i].Outcome != g.Outcome {
			return fmt.Errorf("cut: gate %s is %s, was %s", g.Gate.Name, after.Gates[i].Outcome, g.Outcome)
		}
	}
	return nil
}
