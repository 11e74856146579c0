package score

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// selection is what is taken of a rubric in use. What its gates, flags, rules and conditions read comes along with
// weight 0: a rubric that is cut must not lose what holds an innovation back.
type selection struct {
	// whole is a rubric that nothing is left out of.
	whole bool
	// taken are the criteria in the tree, true for those with a weight.
	taken   map[*rubric.Criterion]bool
	above   map[*rubric.Criterion]*rubric.Criterion
	weights map[string]exact.Number
	without []string
	part    *Part
	// broken marks a selection that names what is not there.
	broken bool
}

func (s *selection) takes(of *rubric.Criterion) bool {
	_, taken := s.taken[of]
	return s.whole || taken
}

// weight is the one that the criterion has here: none at the top of what is there only to be read.
func (s *selection) weight(of *rubric.Criterion, own exact.Number) exact.Number {
	if above := s.above[of]; !s.whole && !s.taken[of] && (above == nil || s.taken[above]) {
		return exact.Zero
	}
	if w, ok := s.weights[idOf(of)]; ok {
		return w
	}
	return own
}

// idOf is what a criterion is called in its rubric: a rubric in use by its name there.
func idOf(of *rubric.Criterion) string {
	switch {
	case !of.Has("use"):
		return of.ID
	case of.As != "" || of.Used == nil:
		return of.As
	}
	return of.Used.ID
}

func (c *compiler) selection(r *rubric.Rubric, use *rubric.Criterion) *selection {
	s := &selection{whole: true}
	if use == nil {
		return s
	}
	p := picker{c: c, r: r, use: use, s: s, by: map[string]*rubric.Criterion{}, above: map[*rubric.Criterion]*rubric.Criterion{}}
	p.index(r.Criteria, nil)
	s.above = p.above
	p.leftOut()
	p.reweigh()
	if use.Has("only") && use.Has("except") {
		c.problem(use.AtKey("except"), ruleForm, "keep one of the two", "%q and %q do not go together", "only", "except")
		return s
	}
	if use.Has("only") || use.Has("except") {
		p.pick()
	}
	return s
}

type picker struct {
	c     *compiler
	r     *rubric.Rubric
	use   *rubric.Criterion
	s     *selection
	by    map[string]*rubric.Criterion
	above map[*rubric.Criterion]*rubric.Criterion
	order []*rubric.Criterion
}

func (p *picker) index(criteria []rubric.Criterion, above *rubric.Criterion) {
	for i := range criteria {
		of := &criteria[i]
		p.order = append(p.order, of)
		p.above[of] = above
		if id := idOf(of); id != "" {
			p.by[id] = of
		}
		p.index(of.Criteria, of)
	}
}

// named finds a criterion of the rubric in use, by the id that it has there.
func (p *picker) named(id string, at diag.Place) *rubric.Criterion {
	of := p.by[id]
	if of == nil && id != "" {
		p.s.broken = true
		hint := diag.DidYouMean(id, slices.Sorted(maps.Keys(p.by)))
		if short := id[strings.LastIndex(id, "/")+1:]; p.by[short] != nil {
			hint = fmt.Sprintf("write %q: ids are those of the rubric in use", short)
		}
		p.c.problem(at, ruleCriterion, hint, "rubric %q has no criterion %q", p.r.ID, id)
	}
	return of
}

// leftOut checks that the gates and flags that are not wanted are there.
func (p *picker) leftOut() {
	w := p.use.Without
	if w == nil {
		return
	}
	if len(w.Gates)+len(w.Flags) == 0 && !w.Broken("gates") && !w.Broken("flags") {
		p.c.problem(w.Place(), ruleCriterion, "name gates or flags, or take the key out", "without: nothing is named that is left out")
	}
	p.without("gate", "gates", w.Gates, p.gateIDs())
	p.without("flag", "flags", w.Flags, p.flagIDs())
}

func (p *picker) without(what, key string, ids, known []string) {
	for i, id := range ids {
		if !slices.Contains(known, id) && id != "" {
			p.c.problem(p.use.Without.Item(key, i), ruleCriterion, diag.DidYouMean(id, known), "rubric %q has no %s %q", p.r.ID, what, id)
			continue
		}
		p.s.without = append(p.s.without, id)
	}
}

func (p *picker) flagIDs() []string {
	var ids []string
	for i := range p.r.Flags {
		ids = append(ids, p.r.Flags[i].ID)
	}
	return ids
}

func (p *picker) gateIDs() []string {
	var ids []string
	for i := range p.r.Gates {
		ids = append(ids, p.r.Gates[i].ID)
	}
	for _, of := range p.order {
		if of.Minimum != "" {
			ids = append(ids, of.ID+"-minimum")
		}
	}
	return ids
}

func (p *picker) reweigh() {
	p.s.weights = map[string]exact.Number{}
	for _, e := range p.use.Weights {
		if e.Broken || p.named(e.Key, e.KeyPlace) == nil {
			continue
		}
		if e.Value.Sign() < 0 {
			p.c.problem(e.ValuePlace, ruleWeight, "", "a weight cannot be negative, got %s", e.Value)
		}
		p.s.weights[e.Key] = e.Value
	}
	if len(p.s.weights) > 0 {
		p.s.part = &Part{Reweighted: true}
	}
}

// pick takes what is named, what stands above and below it, and what is read.
func (p *picker) pick() {
	named := map[*rubric.Criterion]bool{}
	for i, id := range p.use.Only {
		if of := p.named(id, p.use.Item("only", i)); of != nil {
			named[of] = true
		}
	}
	for _, e := range p.use.Except {
		if of := p.named(e.Key, e.KeyPlace); of != nil {
			named[of] = true
		}
	}
	p.s.whole, p.s.taken = false, map[*rubric.Criterion]bool{}
	for _, of := range p.order {
		if p.isBelow(of, named) == p.use.Has("only") && len(of.Criteria) == 0 {
			p.take(of, true)
		}
	}
	p.s.part = p.count()
	for _, e := range p.use.Weights {
		if of := p.by[e.Key]; of != nil && !p.s.taken[of] {
			p.c.problem(e.KeyPlace, ruleWeight, "take the weight out, or take the criterion in", "%q has a weight, and is left out", e.Key)
		}
	}
	for _, of := range p.read() {
		p.take(of, false)
	}
	if p.s.part.Criteria == 0 && (len(named) > 0 || len(p.use.Only) == 0) {
		p.c.problem(p.use.At("use"), ruleCriterion, "take at least one criterion", "nothing is left of rubric %q", p.r.ID)
	}
}

func (p *picker) isBelow(of *rubric.Criterion, named map[*rubric.Criterion]bool) bool {
	for ; of != nil; of = p.above[of] {
		if named[of] {
			return true
		}
	}
	return false
}

// take adds a criterion with what stands above it. One that is only read has no weight, nor has what is there for it
// alone.
func (p *picker) take(of *rubric.Criterion, weighs bool) {
	for ; of != nil; of = p.above[of] {
		p.s.taken[of] = p.s.taken[of] || weighs
	}
}

// count says how much of the rubric is taken. Of a rubric that it uses in turn, all is.
func (p *picker) count() *Part {
	part := &Part{Reweighted: len(p.s.weights) > 0}
	for _, of := range p.order {
		n := leaves(of)
		part.Of += n
		if p.s.taken[of] {
			part.Criteria += n
		}
	}
	return part
}

// leaves counts what is answered: one, none of a group, or those of a rubric in use.
func leaves(of *rubric.Criterion) int {
	switch {
	case of.Used != nil:
		n := 0
		var below func(criteria []rubric.Criterion)
		below = func(criteria []rubric.Criterion) {
			for i := range criteria {
				n += leaves(&criteria[i])
				below(criteria[i].Criteria)
			}
		}
		below(of.Used.Criteria)
		return n
	case of.Has("criteria") || of.Has("use"):
		return 0
	}
	return 1
}

// read are the criteria that are left out and read all the same, by gates, flags, and the rules and conditions of what
// is taken; and rubrics in use with gates of their own.
func (p *picker) read() []*rubric.Criterion {
	var queue, found []*rubric.Criterion
	seen := map[*rubric.Criterion]bool{}
	reach := func(text string) {
		queue = append(queue, p.namesIn(text)...)
	}
	for i := range p.r.Gates {
		if g := &p.r.Gates[i]; !slices.Contains(p.s.without, g.ID) {
			reach(g.Needs)
			reach(g.When)
		}
	}
	for i := range p.r.Flags {
		if f := &p.r.Flags[i]; !slices.Contains(p.s.without, f.ID) {
			reach(f.When)
		}
	}
	for _, of := range p.order {
		switch {
		case p.s.taken[of]:
			reach(of.When)
			reach(of.Rule)
		case of.Minimum != "" && !slices.Contains(p.s.without, of.ID+"-minimum"), of.Used != nil && len(of.Used.Gates) > 0:
			queue = append(queue, of)
		}
	}
	for len(queue) > 0 {
		of := queue[0]
		queue = queue[1:]
		if seen[of] {
			continue
		}
		seen[of] = true
		found = append(found, of)
		reach(of.Rule)
		for above := of; above != nil; above = p.above[above] {
			reach(above.When)
		}
		for i := range of.Criteria {
			queue = append(queue, &of.Criteria[i])
		}
	}
	return found
}

// namesIn are the criteria that an expression reads. What is wrong with it is reported when it is compiled.
func (p *picker) namesIn(text string) []*rubric.Criterion {
	if text == "" {
		return nil
	}
	e, _ := expr.Parse(text, diag.Place{})
	if e == nil {
		return nil
	}
	var found []*rubric.Criterion
	e.Tests(func(t *expr.Test, _ bool) {
		id, _, _ := strings.Cut(t.Name, "/") // of a rubric that is used in turn, the whole
		if of := p.by[id]; of != nil && readings[t.Read].target >= aLeaf {
			found = append(found, of)
		}
	})
	return found
}

// stagesOf gives, for each stage of the whole, what a rubric calls it; "" if it has no word for it.
func (c *compiler) stagesOf(r *rubric.Rubric, use *rubric.Criterion, parent int) []string {
	if use == nil {
		return r.Stages
	}
	ours := c.m.Nodes[c.m.Nodes[parent].owner].stages
	if !use.Has("stages") {
		return ours
	}
	theirs, user := map[string]string{}, c.m.Nodes[c.m.Nodes[parent].owner].Rubric
	for _, e := range use.Stages {
		switch {
		case e.Broken:
		case !slices.Contains(user.Stages, e.Key):
			c.problem(e.KeyPlace, ruleStage, diag.DidYouMean(e.Key, user.Stages), "there is no stage %q here", e.Key)
		case !slices.Contains(r.Stages, e.Value):
			c.problem(e.ValuePlace, ruleStage, diag.DidYouMean(e.Value, r.Stages), "rubric %q has no stage %q", r.ID, e.Value)
		default:
			theirs[e.Key] = e.Value
		}
	}
	names := make([]string, len(ours))
	last := -1
	for k, stage := range ours {
		names[k] = stage
		if name, ok := theirs[stage]; ok {
			names[k] = name
		}
		switch at := slices.Index(r.Stages, names[k]); {
		case at < 0:
			c.problem(use.AtKey("stages"), ruleStage, fmt.Sprintf("add `%s:` with one of its stages", stage), "rubric %q has no stage for our %q", r.ID, stage)
		case at < last:
			c.problem(use.AtKey("stages"), ruleStage, "", "stages must keep their order: our %q is its %q, and our %q its later %q", stage, names[k], ours[k-1], r.Stages[last])
		default:
			last = at
		}
	}
	return names
}

// stage resolves the name of a stage of the rubric at node owner: the first of the whole that comes to it; -1 if none
// is said or known. A stage that the whole never comes to is one beyond its last.
func (c *compiler) stage(name string, at diag.Place, owner int) int {
	if name == "" {
		return -1
	}
	n := &c.m.Nodes[owner]
	wanted := slices.Index(n.Rubric.Stages, name)
	if wanted < 0 {
		c.problem(at, ruleStage, diag.DidYouMean(name, n.Rubric.Stages), "there is no stage %q", name)
		return -1
	}
	for k, theirs := range n.stages {
		if slices.Index(n.Rubric.Stages, theirs) >= wanted {
			return k
		}
	}
	return len(n.stages)
}
