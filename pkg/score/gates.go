package score

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

func (c *compiler) bands(root int, r *rubric.Rubric) {
	n := &c.m.Nodes[root]
	if n.Profile() && len(r.Bands) > 0 {
		c.problem(r.AtKey("bands"), ruleBand, "take them out", "a profile has no score, so no band but the lowest would ever be reached")
		return
	}
	for j, b := range r.Bands {
		band := Band{ID: b.ID, Label: b.Label, From: b.From, FromStage: c.stage(b.FromStage, b.At("from_stage"), root)}
		if j > 0 && !n.Bands[j-1].From.Less(b.From) && b.Has("from") && !b.Broken("from") {
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

// cap finds the band at which something caps, in its rubric and in all that use it. What a user lacks is reported where
// it uses.
func (c *compiler) cap(e rubric.Effect, owner int, at diag.Place) (caps, *Band) {
	if e.Cap == "" {
		return nil, nil
	}
	found := caps{}
	id, why := e.Cap, fmt.Sprintf("there is no band %q", e.Cap)
	for i := owner; i >= 0; i = c.m.Nodes[i].Parent {
		n := &c.m.Nodes[i]
		if !n.Root {
			continue
		}
		if found[i] = slices.IndexFunc(n.Bands, func(b Band) bool { return b.ID == id }); found[i] < 0 {
			hint := bandHint(n, id)
			if i != owner {
				hint += fmt.Sprintf(", or say which of its bands is meant: `bands: {%s: …}` beside `use:`", id)
			}
			c.problem(at, ruleBand, hint, "%s", why)
		}
		if n.Source != nil {
			why = fmt.Sprintf("rubric %q caps at a band %q, which is not there", n.ID, id)
			at, id = n.Source.At("use"), inOurs(n.Source, id)
		}
	}
	if found[0] < 0 {
		return found, nil
	}
	return found, &c.m.Nodes[0].Bands[found[0]]
}

// inOurs is what a band of a rubric in use is called where it is used.
func inOurs(use *rubric.Criterion, theirs string) string {
	for _, e := range use.Bands {
		if e.Key == theirs {
			return e.Value
		}
	}
	return theirs
}

// bandWords checks that the bands of a rubric in use that are given other names are there.
func (c *compiler) bandWords(root int) {
	n := &c.m.Nodes[root]
	if n.Source == nil {
		return
	}
	for _, e := range n.Source.Bands {
		if !slices.ContainsFunc(n.Bands, func(b Band) bool { return b.ID == e.Key }) && !e.Broken {
			c.problem(e.KeyPlace, ruleBand, diag.DidYouMean(e.Key, bandIDs(n)), "rubric %q has no band %q", n.Rubric.ID, e.Key)
		}
		ours := &c.m.Nodes[c.m.Nodes[n.Parent].owner]
		if !slices.ContainsFunc(ours.Bands, func(b Band) bool { return b.ID == e.Value }) && !e.Broken {
			c.problem(e.ValuePlace, ruleBand, bandHint(ours, e.Value), "there is no band %q", e.Value)
		}
	}
}

func bandIDs(n *Node) []string {
	var ids []string
	for _, b := range n.Bands {
		ids = append(ids, b.ID)
	}
	return ids
}

func bandHint(n *Node, wanted string) string {
	if near := diag.Nearest(wanted, bandIDs(n)); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("add it to the bands of rubric %q with `id: %s`", n.Rubric.ID, wanted)
}

func (c *compiler) gates(root int, r *rubric.Rubric) {
	c.bandWords(root)
	for _, id := range c.selections[root].without {
		n := &c.m.Nodes[root]
		u := Unchecked{Name: n.Name + "/" + id, Title: inWords(id), Because: n.Source.Without.Because}
		for j := range r.Flags {
			if r.Flags[j].ID == id {
				u.Flag, u.Title = true, flagTitle(&r.Flags[j])
			}
		}
		c.m.NotChecked = append(c.m.NotChecked, u)
	}
	name := c.m.Nodes[root].Name
	names := map[string]bool{}
	unique := func(id string, at diag.Place) {
		if names[id] && id != "" {
			c.problem(at, ruleRepeated, "give it another id", "gate or flag %q is already in this rubric", id)
		}
		names[id] = true
	}
	for i := root; i < c.m.Nodes[root].End; i++ {
		if n := &c.m.Nodes[i]; n.owner == root && n.Source != nil && !n.Root && n.Source.Minimum != "" {
			unique(n.ID+"-minimum", n.Source.At("minimum"))
			c.minimum(i, root)
		}
	}
	for j := range r.Gates {
		g := &r.Gates[j]
		unique(g.ID, g.At("id"))
		if g.Waivable != nil {
			c.knownRoles(g.Waivable.By, g.Waivable.Origin, "by")
		}
		if c.leftOut(root, g.ID) {
			continue
		}
		caps, band := c.cap(g.Otherwise, root, g.At("otherwise"))
		c.m.Gates = append(c.m.Gates, Gate{
			Name: name + "/" + g.ID, Source: g, Because: g.Because, Duty: g.Duty, Otherwise: g.Otherwise, Waivable: g.Waivable,
			needs: c.condition(g.Needs, g.At("needs"), inNeeds, root, 1), when: c.condition(g.When, g.At("when"), inWhen, root, 0),
			fromStage: c.stage(g.FromStage, g.At("from_stage"), root), owner: root, caps: caps, Cap: band,
		})
	}
	for j := range r.Flags {
		unique(r.Flags[j].ID, r.Flags[j].At("id"))
	}
}

// leftOut reports whether a gate or flag is one that its rubric is used without.
func (c *compiler) leftOut(root int, id string) bool {
	return slices.Contains(c.selections[root].without, id)
}

// minimum makes the gate that `minimum: 2` is short for.
func (c *compiler) minimum(i, root int) {
	n := &c.m.Nodes[i]
	x, ok := c.threshold(n, "minimum", n.Source.Minimum)
	if !ok || c.leftOut(root, n.ID+"-minimum") {
		return
	}
	read, compare := "score", ">="
	switch {
	case n.Scale != nil:
		read = "level"
	case n.Measure != nil:
		read = "value"
	}
	if g := n.gauge(); g != nil && g.falls() {
		compare = "<="
	}
	needs := c.condition(fmt.Sprintf("%s(%q) %s %s", read, n.ID, compare, x), n.Source.At("minimum"), inNeeds, root, 1)
	c.m.Gates = append(c.m.Gates, Gate{
		Name: n.Name + "-minimum", Duty: n.Duty, needs: needs, owner: root, fromStage: -1,
		Because: n.Title + " must be at " + leastWords(n, x) + ".",
	})
}

// leastWords say from where on a leaf or a group is good enough: by the label of a level.
func leastWords(n *Node, least exact.Number) string {
	switch {
	case n.Scale != nil && n.Scale.At(least) >= 0:
		at := n.Scale.At(least)
		if at == n.Scale.Best() {
			return "‘" + n.Scale.Levels[at].Label + "’"
		}
		return "‘" + n.Scale.Levels[at].Label + "’ or better"
	case n.Measure != nil:
		return strings.TrimSpace(least.String()+" "+n.Measure.Unit) + " or better"
	}
	return least.String() + " or better"
}

func (c *compiler) flags(root int, r *rubric.Rubric) {
	for j := range r.Flags {
		f := &r.Flags[j]
		if c.leftOut(root, f.ID) {
			continue
		}
		caps, band := c.cap(f.Effect, root, f.At("effect"))
		where := inInform
		if f.Effect.Cap != "" {
			where = inCap
		}
		c.m.Flags = append(c.m.Flags, Flag{
			Name: c.m.Nodes[root].Name + "/" + f.ID, Title: flagTitle(f), Source: f, when: c.condition(f.When, f.At("when"), where, root, -1),
			fromStage: c.stage(f.FromStage, f.At("from_stage"), root), owner: root, caps: caps, Cap: band,
		})
	}
}

// readsOf notes which nodes each gate and flag reads, and marks those that a gate or a capping flag depends on.
func (c *compiler) readsOf() {
	if c.list.HasErrors() { // there may be circles, and no model will come of it
		return
	}
	c.steering()
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
		c.decides(g.owner) // where its rubric does not apply, neither does the gate
		g.Title = c.gateTitle(g)
	}
	for i := range c.m.Flags {
		f := &c.m.Flags[i]
		f.Reads = nodesRead(f.when)
		if f.Caps() {
			c.gated(f.Reads)
			c.decides(f.owner)
		}
	}
}

// gateTitle is what a gate is called: the criterion that it is about, if it is about one, else its id in words.
func (c *compiler) gateTitle(g *Gate) string {
	if g.Source == nil || len(g.Reads) == 1 && !c.m.Nodes[g.Reads[0]].Root {
		return c.m.Nodes[g.Reads[0]].Title
	}
	return inWords(g.Source.ID)
}

func flagTitle(f *rubric.Flag) string { return cmp.Or(f.Title, inWords(f.ID)) }

// inWords is an id as a title.
func inWords(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// wants are the tests of a gate that ask for a level or better.
func (c *compiler) wants(e *expr.Expr) []Want {
	var wants []Want
	if e == nil {
		return nil
	}
	e.Tests(func(t *expr.Test, negated bool) {
		if t.Read != "level" || negated || t.Compare != ">=" && t.Compare != "<=" { // which of the two, its scale says
			return
		}
		scale := c.m.Nodes[t.Target].Scale
		if scale == nil { // a rubric in use could not be opened, and what is read of it is not there
			return
		}
		if at := scale.At(*t.Against[0].Number); at >= 0 {
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
		c.decides(c.m.Nodes[i].Parent)
	}
}

// decides marks what the conditions of a node and of all above it read.
func (c *compiler) decides(i int) {
	for ; i >= 0 && !c.conditions[i]; i = c.m.Nodes[i].Parent {
		if c.conditions == nil {
			c.conditions = map[int]bool{}
		}
		c.conditions[i] = true
		c.gated(nodesRead(c.m.Nodes[i].when))
	}
}

func (c *compiler) gate(i int) {
	if n := &c.m.Nodes[i]; !n.gated {
		n.gated = true
		c.gated(nodesRead(n.when))
		c.gated(n.ruling.reads())
	}
}

func nodesRead(e *expr.Expr) []int {
	var nodes []int
	if e == nil {
		return nil
	}
	e.Tests(func(t *expr.Test, _ bool) {
		if readings[t.Read].target >= aLeaf && !slices.Contains(nodes, t.Target) {
			nodes = append(nodes, t.Target)
		}
	})
	return nodes
}
