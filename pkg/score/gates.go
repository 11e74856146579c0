package score

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

func (c *compiler) bands(root int, r *rubric.Rubric) {
	n := &c.m.Nodes[root]
	for j, b := range r.Bands {
		band := Band{ID: b.ID, Label: b.Label, From: b.From, FromStage: c.stage(b.FromStage, b.At("from_stage"))}
		if j > 0 && !n.Bands[j-1].From.Less(b.From) && b.Has("from") {
			c.problem(b.At("from"), ruleBand, "write the bands lowest first", "band %q begins at %s, not above the band before it", b.ID, b.From)
		}
		if slices.ContainsFunc(n.Bands, func(o Band) bool { return o.ID == b.ID && b.ID != "" }) {
			c.problem(b.At("id"), ruleRepeated, "give it another id", "band %q is there twice", b.ID)
		}
		n.Bands = append(n.Bands, band)
	}
	if last := len(n.Bands) - 1; last >= 0 && n.show.to.Less(n.Bands[last].From) {
		c.problem(r.Bands[last].At("from"), ruleBand, "", "band %q begins at %s, beyond the best score %s", n.Bands[last].ID, n.Bands[last].From, n.show.to)
	}
	if len(n.Bands) > 0 && !n.Bands[0].From.Equal(n.show.from) && r.Bands[0].Has("from") {
		c.problem(r.Bands[0].At("from"), ruleBand, "", "the lowest band begins at %s, expected %s, the worst score", n.Bands[0].From, n.show.from)
	}
}

// cap checks that a band is there in the rubric and in all that use it. What a user lacks is reported where it uses.
func (c *compiler) cap(e rubric.Effect, owner int, at diag.Place) {
	if e.Cap == "" {
		return
	}
	why := fmt.Sprintf("there is no band %q", e.Cap)
	for i := owner; i >= 0; i = c.m.Nodes[i].Parent {
		n := &c.m.Nodes[i]
		if !n.Root {
			continue
		}
		if !slices.ContainsFunc(n.Bands, func(b Band) bool { return b.ID == e.Cap }) {
			c.problem(at, ruleBand, bandHint(n, e.Cap), "%s", why)
		}
		if n.Source != nil {
			at = n.Source.At("use")
			why = fmt.Sprintf("rubric %q caps at a band %q, which is not there", n.ID, e.Cap)
		}
	}
}

func bandHint(n *Node, wanted string) string {
	var ids []string
	for _, b := range n.Bands {
		ids = append(ids, b.ID)
	}
	if near := diag.Nearest(wanted, ids); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("add it to the bands of rubric %q with `id: %s`", n.ID, wanted)
}

func (c *compiler) gates(root int, r *rubric.Rubric) {
	names := map[string]bool{}
	unique := func(id string, at diag.Place) {
		if names[id] {
			c.problem(at, ruleRepeated, "give it another id", "gate or flag %q is already in this rubric", id)
		}
		names[id] = true
	}
	for i := root; i < c.m.Nodes[root].End; i++ {
		if c.ownerOf(i) == root && c.m.Nodes[i].Source != nil && !c.m.Nodes[i].Root {
			c.minimum(i, root, unique)
		}
	}
	for j := range r.Gates {
		g := &r.Gates[j]
		unique(g.ID, g.At("id"))
		c.cap(g.Otherwise, root, g.At("otherwise"))
		if g.Waivable != nil {
			c.knownRoles(g.Waivable.By, g.At("waivable"))
		}
		c.m.Gates = append(c.m.Gates, Gate{
			Name: r.ID + "/" + g.ID, Source: g, Because: g.Because, Duty: g.Duty, Otherwise: g.Otherwise, Waivable: g.Waivable,
			needs: c.condition(g.Needs, g.At("needs"), inNeeds, root), when: c.condition(g.When, g.At("when"), inWhen, root),
			fromStage: c.stage(g.FromStage, g.At("from_stage")), owner: root,
		})
	}
	for j := range r.Flags {
		unique(r.Flags[j].ID, r.Flags[j].At("id"))
	}
}

// minimum makes the gate that `minimum: 2` is short for.
func (c *compiler) minimum(i, root int, unique func(id string, at diag.Place)) {
	n := &c.m.Nodes[i]
	written := n.Source.Minimum
	if written == "" {
		return
	}
	unique(n.ID+"-minimum", n.Source.At("minimum"))
	read := "score"
	var number string
	switch {
	case !n.IsLeaf():
		x, ok := c.groupThreshold(n, "minimum", written)
		if !ok {
			return
		}
		number = x.String()
	case len(n.Scale.Levels) < 2:
		return
	default:
		read, number = "level", n.Scale.Levels[c.threshold(n, "minimum", written)].Value.String()
	}
	needs := c.condition(fmt.Sprintf("%s(%q) >= %s", read, n.ID, number), n.Source.At("minimum"), inNeeds, root)
	c.m.Gates = append(c.m.Gates, Gate{
		Name: n.Name + "-minimum", Duty: n.Duty, needs: needs, owner: root, fromStage: -1,
		Because: fmt.Sprintf("%s must be at %s or better.", n.Title, written),
	})
}

func (c *compiler) flags(root int, r *rubric.Rubric) {
	for j := range r.Flags {
		f := &r.Flags[j]
		c.cap(f.Effect, root, f.At("effect"))
		where := inInform
		if f.Effect.Cap != "" {
			where = inCap
		}
		c.m.Flags = append(c.m.Flags, Flag{
			Name: r.ID + "/" + f.ID, Source: f, when: c.condition(f.When, f.At("when"), where, root),
			fromStage: c.stage(f.FromStage, f.At("from_stage")), owner: root,
		})
	}
}

// readsOf notes which nodes each gate and flag reads, and marks those that a gate or a capping flag depends on.
func (c *compiler) readsOf() {
	if c.list.HasErrors() { // there may be circles, and no model will come of it
		return
	}
	for i := range c.m.Gates {
		g := &c.m.Gates[i]
		g.Reads = nodesRead(g.needs)
		g.Depends = g.Reads
		for _, read := range nodesRead(g.when) {
			if !slices.Contains(g.Depends, read) {
				g.Depends = append(slices.Clip(g.Depends), read)
			}
		}
		g.Wants = c.wants(g.needs)
		c.gated(g.Depends)
		g.Title = c.gateTitle(g)
	}
	for i := range c.m.Flags {
		f := &c.m.Flags[i]
		f.Reads = nodesRead(f.when)
		if f.Caps() {
			c.gated(f.Reads)
		}
	}
}

// gateTitle is what a gate is called: the criterion that it is about, if it is about one, else its id in words.
func (c *compiler) gateTitle(g *Gate) string {
	if g.Source == nil || len(g.Reads) == 1 && !c.m.Nodes[g.Reads[0]].Root {
		return c.m.Nodes[g.Reads[0]].Title
	}
	words := strings.ReplaceAll(g.Source.ID, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// wants are the tests of a gate that ask for a level or better.
func (c *compiler) wants(e *expr.Expr) []Want {
	var wants []Want
	if e == nil {
		return nil
	}
	e.Tests(func(t *expr.Test, negated bool) {
		if t.Read != "level" || t.Compare != ">=" || negated {
			return
		}
		if at := c.m.Nodes[t.Target].Scale.at(*t.Against[0].Number); at >= 0 {
			wants = append(wants, Want{Node: t.Target, Level: at})
		}
	})
	return wants
}

// gated marks the nodes that a gate or a capping flag depends on: those it reads, what lies below them, and what
// decides whether they apply.
func (c *compiler) gated(nodes []int) {
	for _, i := range nodes {
		for j := i; j < c.m.Nodes[i].End; j++ {
			c.gate(j)
		}
		for above := c.m.Nodes[i].Parent; above >= 0; above = c.m.Nodes[above].Parent {
			c.gated(nodesRead(c.m.Nodes[above].when))
		}
	}
}

func (c *compiler) gate(i int) {
	if n := &c.m.Nodes[i]; !n.gated {
		n.gated = true
		c.gated(nodesRead(n.when))
	}
}

func nodesRead(e *expr.Expr) []int {
	var nodes []int
	if e == nil {
		return nil
	}
	e.Tests(func(t *expr.Test, _ bool) {
		if r := readings[t.Read]; r.target >= aLeaf && !slices.Contains(nodes, t.Target) {
			nodes = append(nodes, t.Target)
		}
	})
	return nodes
}

// cycles finds criteria whose `when` depends, through claimed(), on themselves: neither could be decided first.
func (c *compiler) cycles() {
	const onPath, done = 1, 2
	state := make([]int, len(c.m.Nodes))
	var path []int
	var visit func(i int)
	visit = func(i int) {
		if state[i] == done {
			return
		}
		if state[i] == onPath {
			c.cycle(path[slices.Index(path, i):])
			return
		}
		state[i] = onPath
		path = append(path, i)
		if p := c.m.Nodes[i].Parent; p >= 0 {
			visit(p)
		}
		for _, read := range nodesRead(c.m.Nodes[i].when) {
			visit(read)
		}
		path = path[:len(path)-1]
		state[i] = done
	}
	for i := range c.m.Nodes {
		visit(i)
	}
}

func (c *compiler) cycle(nodes []int) {
	var names []string
	for _, i := range nodes {
		names = append(names, c.m.Nodes[i].ID)
	}
	first := &c.m.Nodes[nodes[0]]
	at := diag.Place{}
	for _, i := range nodes {
		if n := &c.m.Nodes[i]; n.when != nil && at.Line == 0 {
			at = n.Source.At("when")
		}
	}
	c.problem(at, ruleCycle, "let one of them not depend on the others", "whether %q applies depends on itself: %s",
		first.ID, strings.Join(append(names, first.ID), " → "))
}
