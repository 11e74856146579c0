package revision

import (
	"slices"
	"strconv"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// comparer compares two versions of a rubric, and of the rubrics that it uses.
type comparer struct {
	old, new *side
	changes  []Change
	// used is the rubric at hand by its name, "" for the one that is compared.
	used string
}

// rubrics compares the two, and then each pair of the rubrics that both use under one name.
func (c *comparer) rubrics() {
	c.rubric()
	type pair struct{ old, new *rubric.Rubric }
	seen := map[pair]bool{}
	for i := range c.new.m.Nodes {
		n := &c.new.m.Nodes[i]
		j, both := c.old.m.Lookup(n.Name)
		if !n.Root || i == 0 || !both || !c.old.m.Nodes[j].Root || j == 0 {
			continue
		}
		p := pair{c.old.m.Nodes[j].Rubric, n.Rubric}
		if seen[p] || p.old.ContentDigest() == p.new.ContentDigest() && p.old.Status == p.new.Status {
			continue
		}
		seen[p] = true
		c.used, c.old.r, c.new.r = n.Name, p.old, p.new
		c.rubric()
	}
}

// apart are the keys of a rubric that are compared in ways of their own.
var apart = []string{source.Header, "stages", "scales", "facts", "kinds", "roles", "criteria", "gates", "flags", "bands"}

// rubric compares the rubrics at hand.
func (c *comparer) rubric() {
	s := subject{what: TheRubric}
	s.reach = c.rootReach()
	c.mapping(s, c.keysOf(c.old.r), c.keysOf(c.new.r))
	c.words()
	c.criteria()
	c.listed(AGate, "gates")
	c.listed(AFlag, "flags")
	c.listed(ABand, "bands")
}

// keysOf are the keys of a rubric that are compared as they stand. Of the version of the whole the first line tells.
func (c *comparer) keysOf(r *rubric.Rubric) []entry {
	var all []entry
	for _, key := range r.Keys() {
		if !slices.Contains(apart, key) && (key != "version" || c.used != "") {
			all = append(all, keyOf(r.Origin, key))
		}
	}
	return all
}

// mapping compares the keys of two mappings: first as they stand in the new one, then those that are gone.
func (c *comparer) mapping(s subject, from, to []entry) {
	for _, e := range to {
		c.value(s.at(e.name), find(from, e.name), e)
	}
	for _, e := range from {
		if !find(to, e.name).there() {
			c.value(s.at(e.name), e, entry{})
		}
	}
}

// value compares the values of a key.
func (c *comparer) value(s subject, from, to entry) {
	switch {
	case !from.there() && !to.there() || same(from.value, to.value):
		return
	case !from.there():
		c.add(s, Added, from, to)
		return
	case !to.there():
		c.add(s, Removed, from, to)
		return
	}
	before := len(c.changes)
	c.parts(s, from, to)
	if len(c.changes) == before { // of its parts nothing is otherwise
		c.add(s, Changed, from, to)
	}
}

// parts compares what two values that differ are made of, where that says more than the values as a whole.
func (c *comparer) parts(s subject, from, to entry) {
	mappings := from.value.Kind == source.Mapping && to.value.Kind == source.Mapping
	lists := from.value.Kind == source.Sequence && to.value.Kind == source.Sequence
	switch path := s.tablePath(); {
	case lists && sameItems(from, to):
		c.add(s, Reordered, from, to)
	case s.item == "" && (path == "criteria/evidence" || path == "facts/evidence" || path == "weight_rules"):
		if from.value.Kind != source.Scalar && to.value.Kind != source.Scalar { // `none`
			c.ruleLists(s, from.items(), to.items())
		}
	case s.item == "" && mappings && named[path]:
		c.namedValues(s, from.entries(), to.entries())
	case mappings:
		c.mapping(s, from.entries(), to.entries())
	}
}

// namedValues compares what stands under keys that the author chose.
func (c *comparer) namedValues(s subject, from, to []entry) {
	for _, e := range to {
		was := entry{}
		for _, o := range from {
			if sameKey(o.name, e.name) {
				was = o
			}
		}
		c.value(s.the(e.name), was, e)
		if was.there() && was.name != e.name {
			c.change(s.the(e.name), Change{Kind: Changed, Old: was.name, New: e.name, Place: e.key, bears: is(Patch)})
		}
	}
	for _, o := range from {
		if !slices.ContainsFunc(to, func(e entry) bool { return sameKey(o.name, e.name) }) {
			c.value(s.the(o.name), o, entry{})
		}
	}
}

// ruleLists compares lists of rules, which have no names: one that is the same is found wherever it stands, and of the
// rest the first is compared with the first.
func (c *comparer) ruleLists(s subject, from, to []entry) {
	gone, come := others(from, to)
	for k := range max(len(gone), len(come)) {
		switch {
		case k >= len(gone):
			c.value(s.the(strconv.Itoa(come[k]+1)), entry{}, to[come[k]])
		case k >= len(come):
			c.value(s.the(strconv.Itoa(gone[k]+1)), from[gone[k]], entry{})
		default:
			c.value(s.the(strconv.Itoa(come[k]+1)), from[gone[k]], to[come[k]])
		}
	}
}

// others are the items of two lists that are not the same in both, by their indexes.
func others(from, to []entry) (gone, come []int) {
	taken := make([]bool, len(from))
	for i, e := range to {
		j := 0
		for j < len(from) && (taken[j] || !same(from[j].value, e.value)) {
			j++
		}
		if j == len(from) {
			come = append(come, i)
			continue
		}
		taken[j] = true
	}
	for j := range from {
		if !taken[j] {
			gone = append(gone, j)
		}
	}
	return gone, come
}

// sameItems reports whether two lists hold the same in another order.
func sameItems(from, to entry) bool {
	texts := func(e entry) []string {
		var all []string
		for _, item := range e.items() {
			all = append(all, flow(item.value))
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(texts(from), texts(to))
}

// add notes that a value is otherwise.
func (c *comparer) add(s subject, kind Kind, from, to entry) {
	at := to
	if kind == Removed {
		at = from
	}
	c.change(s, Change{Kind: kind, Old: flow(from.value), New: flow(to.value), Place: at.at()})
}

// change notes a change of the subject. What it comes to is found out when all are known.
func (c *comparer) change(s subject, change Change) {
	change.Rubric, change.What, change.Name, change.Key, change.Item = c.used, s.what, s.name, s.key, s.item
	if change.reaches, change.aside = s.reach, s.aside; change.bears.class == None {
		change.bears = effects()[s.tablePath()]
	}
	if change.Kind == Reordered && s.key != "stages" { // which of the others stands first decides nothing
		change.bears.otherwise = min(change.bears.otherwise, Patch)
		if change.bears.class != Major {
			change.bears.class = change.bears.otherwise
		}
	}
	c.changes = append(c.changes, change)
}
