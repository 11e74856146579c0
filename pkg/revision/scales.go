package revision

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// level is one of a scale as written, in the short form or the long.
type level struct {
	value exact.Number
	label string
	place diag.Place
}

func (l level) String() string { return l.value.String() + " " + l.label }

// levelsOf are the levels of a scale; nodes are its items as they stand, if it stands in a file.
func levelsOf(points []rubric.Point, nodes []entry) []level {
	all := make([]level, len(points))
	for i, p := range points {
		all[i] = level{value: exact.Int(int64(i)), label: p.Label}
		if p.Value != nil {
			all[i].value = *p.Value
		}
		if i < len(nodes) {
			all[i].place = nodes[i].value.Place()
		}
	}
	return all
}

// levels compares the levels of a scale: by value, and where the values are others, those that kept their label by that.
func (c *comparer) levels(s subject, old, now []level) {
	label := s.at("label")
	reword := func(was, now level) {
		c.change(label.the(now.value.String()), Change{Kind: Changed, Old: was.label, New: now.label, Place: now.place})
	}
	sameValue := func(a, b level) bool { return a.value.Equal(b.value) }
	if len(old) == len(now) && len(without(old, now, sameValue)) == 0 {
		for _, l := range now {
			if was := old[slices.IndexFunc(old, func(o level) bool { return sameValue(o, l) })]; was.label != l.label {
				reword(was, l)
			}
		}
		return
	}
	same := func(a, b level) bool { return sameValue(a, b) && a.label == b.label }
	gone, come := without(old, now, same), without(now, old, same)
	for _, l := range come {
		i := slices.IndexFunc(gone, func(o level) bool { return o.label == l.label })
		j := slices.IndexFunc(gone, func(o level) bool { return sameValue(o, l) })
		switch {
		case i >= 0:
			c.change(s.at("value").the(l.label), Change{Kind: Changed, Old: gone[i].value.String(), New: l.value.String(), Place: l.place})
			gone = slices.Delete(gone, i, i+1)
		case j >= 0: // its value stayed, so that no score comes to be another by it
			reword(gone[j], l)
			c.changes[len(c.changes)-1].bears = is(Minor)
			gone = slices.Delete(gone, j, j+1)
		default:
			c.change(s.at("value").the(l.value.String()), Change{Kind: Added, New: l.String(), Place: l.place})
		}
	}
	for _, l := range gone {
		c.change(s.at("value").the(l.value.String()), Change{Kind: Removed, Old: l.String(), Place: l.place})
	}
}

// without are the levels of the first list of which the other has none that is the same.
func without(of, other []level, same func(a, b level) bool) []level {
	return slices.DeleteFunc(slices.Clone(of), func(l level) bool {
		return slices.ContainsFunc(other, func(o level) bool { return same(l, o) })
	})
}

// scale compares what a criterion is answered on: by name, or written out. A scale of the same name is compared where it is
// defined.
func (c *comparer) scale(s subject, from, to *rubric.Criterion) {
	was, now := keyOf(from.Origin, "scale"), keyOf(to.Origin, "scale")
	if !was.there() || !now.there() || same(was.value, now.value) {
		c.value(s, was, now)
		return
	}
	before := len(c.changes)
	oldLevels, newLevels := c.old.scaleOf(from, was), c.new.scaleOf(to, now)
	c.levels(s, oldLevels, newLevels)
	if from.Scale.Points != nil && to.Scale.Points != nil {
		if len(c.changes) == before {
			c.add(s, Changed, was, now)
		}
		return
	}
	labels := slices.ContainsFunc(c.changes[before:], func(x Change) bool { return strings.HasSuffix(x.Key, "label") })
	c.changes = c.changes[:before]
	c.add(s, Changed, was, now)
	if labels { // it is answered with other words
		c.changes[before].bears.otherwise = Minor
	}
}

// scaleOf are the levels that a criterion is answered with.
func (s *side) scaleOf(of *rubric.Criterion, written entry) []level {
	if of.Scale.Points != nil {
		return levelsOf(of.Scale.Points, written.items())
	}
	for _, e := range s.r.Scales {
		if e.Key == of.Scale.Name {
			return levelsOf(e.Value, nil)
		}
	}
	return levelsOf([]rubric.Point{{Label: "no"}, {Label: "yes"}}, nil) // the one that is built in
}

// scaleWord compares a scale that both versions define.
func (c *comparer) scaleWord(s subject, from, to entry) {
	before := len(c.changes)
	c.levels(s, levelsOf(pointsOf(c.old.r, s.name), from.items()), levelsOf(pointsOf(c.new.r, s.name), to.items()))
	if len(c.changes) == before && !same(from.value, to.value) {
		c.add(s, Changed, from, to)
	}
}

func pointsOf(r *rubric.Rubric, name string) []rubric.Point {
	for _, e := range r.Scales {
		if e.Key == name {
			return e.Value
		}
	}
	return nil
}
