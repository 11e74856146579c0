package revision

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// place is where a criterion stands in the tree of its rubric.
type place struct {
	of    *rubric.Criterion
	above string // the id of the group; "" at the top
}

// tree are the criteria of a rubric by id, and their ids as they stand, each group before what is in it.
type tree struct {
	by    map[string]place
	order []string
	// groups are the ids in each group, in order; at the top under "".
	groups map[string][]string
}

func treeOf(r *rubric.Rubric) *tree {
	t := &tree{by: map[string]place{}, groups: map[string][]string{}}
	t.add(r.Criteria, "")
	return t
}

func (t *tree) add(criteria []rubric.Criterion, above string) {
	for i := range criteria {
		of := &criteria[i]
		id := idOf(of)
		for _, again := t.by[id]; again || id == ""; _, again = t.by[id] { // where a use leaves it out, nobody minds
			id += " again"
		}
		t.by[id] = place{of: of, above: above}
		t.order = append(t.order, id)
		t.groups[above] = append(t.groups[above], id)
		t.add(of.Criteria, id)
	}
}

// idOf is what a criterion is called in its rubric: a rubric in use by its name there.
func idOf(of *rubric.Criterion) string {
	switch {
	case of.Use == "":
		return of.ID
	case of.As != "":
		return of.As
	}
	return of.Used.ID
}

// criteria compares the trees of the rubrics at hand. A criterion is found by its id wherever it stands.
func (c *comparer) criteria() {
	from, to := treeOf(c.old.r), treeOf(c.new.r)
	c.reordered(from, to, "")
	for _, id := range to.order {
		now := to.by[id]
		was, there := from.by[id]
		if !there {
			c.whole(Added, id, now, to, from)
			continue
		}
		c.criterion(id, was, now)
		c.reordered(from, to, id)
	}
	for _, id := range from.order {
		if _, there := to.by[id]; !there {
			c.whole(Removed, id, from.by[id], from, to)
		}
	}
}

func (c *comparer) theCriterion(id string, from, to *rubric.Criterion) subject {
	s := subject{what: ACriterion, name: id, path: "criteria"}
	if s.reach = c.reachOf(from, to); c.used != "" && len(s.reach.own.order) == 0 {
		s.aside = "left out where it is used"
	}
	return s
}

// whole notes a criterion that only one version has. One that stands in a group of which that is so too is told with it.
func (c *comparer) whole(kind Kind, id string, at place, t, other *tree) {
	if _, both := other.by[at.above]; at.above != "" && !both {
		return
	}
	change := Change{Kind: kind, Place: at.of.Place(), bears: scored(Patch, below, there)}
	text := at.of.Title
	if at.of.Use != "" {
		text = "use: " + at.of.Use
	}
	var with []string
	t.below(id, func(inside string) {
		if _, both := other.by[inside]; !both {
			with = append(with, inside)
		}
	})
	if len(with) > 0 {
		text += ", with " + strings.Join(with, ", ")
	}
	s := c.theCriterion(id, nil, at.of)
	if kind == Added {
		change.New = text
	} else {
		change.Old = text
		s = c.theCriterion(id, at.of, nil)
	}
	c.change(s, change)
}

func (t *tree) below(id string, visit func(id string)) {
	for _, inside := range t.groups[id] {
		visit(inside)
		t.below(inside, visit)
	}
}

// criterion compares one that both versions have.
func (c *comparer) criterion(id string, from, to place) {
	s := c.theCriterion(id, from.of, to.of)
	if from.above != to.above {
		c.change(s, Change{Kind: Moved, Old: groupWords(from.above), New: groupWords(to.above), Place: to.of.Place(), bears: scored(Patch, own, "in")})
	}
	skip := []string{"id", "criteria", "scale"}
	c.mapping(s, criterionKeys(from.of, skip), criterionKeys(to.of, skip))
	c.scale(s.at("scale"), from.of, to.of)
}

func groupWords(id string) string {
	if id == "" {
		return "at the top"
	}
	return "in " + id
}

func criterionKeys(of *rubric.Criterion, skip []string) []entry {
	var all []entry
	for _, key := range of.Keys() {
		if !slices.Contains(skip, key) {
			all = append(all, keyOf(of.Origin, key))
		}
	}
	return all
}

// reordered notes that what stands in a group in both versions stands in another order. At the top the group is "".
func (c *comparer) reordered(from, to *tree, group string) {
	was := common(from.groups[group], to.groups[group])
	now := common(to.groups[group], from.groups[group])
	if slices.Equal(was, now) {
		return
	}
	s, at := subject{what: TheRubric}, c.new.r.AtKey("criteria")
	if s.reach = c.rootReach(); group != "" {
		s, at = c.theCriterion(group, from.by[group].of, to.by[group].of), to.by[group].of.AtKey("criteria")
	}
	s.key = "criteria"
	c.change(s, Change{
		Kind: Reordered, Old: "[" + strings.Join(was, ", ") + "]", New: "[" + strings.Join(now, ", ") + "]", Place: at,
		bears: scored(Patch, own, "order"),
	})
}

// common are the names of the first list that are in the second too.
func common(of, in []string) []string {
	return slices.DeleteFunc(slices.Clone(of), func(name string) bool { return !slices.Contains(in, name) })
}
