package revision

import (
	"iter"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// part names a [score.ScoringPart] as both versions do.
type part struct{ sort, name string }

// difference is an aspect of scores in both versions.
type difference struct{ key, old, new string }

// otherwise is what scores are computed from and is not the same in both versions, by part. A criterion that only one
// version has differs in being there.
type otherwise struct {
	order []part
	by    map[part][]difference
}

func (c *comparer) otherwise() otherwise {
	from, oldOrder := partsOf(c.old)
	to, newOrder := partsOf(c.new)
	o := otherwise{by: map[part][]difference{}}
	for _, p := range append(newOrder, oldOrder...) {
		was, hadIt := from[p]
		now, hasIt := to[p]
		found := differing(was, now)
		if hadIt != hasIt {
			found = []difference{{key: there}}
		}
		if _, noted := o.by[p]; len(found) > 0 && !noted {
			o.by[p], o.order = found, append(o.order, p)
		}
	}
	return o
}

func partsOf(s *side) (map[part]map[string]string, []part) {
	all, order := map[part]map[string]string{}, []part{}
	for _, p := range s.m.ScoringParts() {
		aspects := map[string]string{}
		for _, a := range p.Aspects {
			aspects[a.Key] = a.Text
		}
		if in, is := aspects["in"]; is {
			aspects["in"] = s.name(in)
		}
		at := part{p.Sort, s.name(p.Name)}
		all[at], order = aspects, append(order, at)
	}
	return all, order
}

// differing are the aspects that are not the same, in order of their keys.
func differing(from, to map[string]string) []difference {
	var found []difference
	for _, key := range slices.Compact(slices.Sorted(joinKeys(from, to))) {
		if from[key] != to[key] {
			found = append(found, difference{key, from[key], to[key]})
		}
	}
	return found
}

func joinKeys(a, b map[string]string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for key := range a {
			if !yield(key) {
				return
			}
		}
		for key := range b {
			if !yield(key) {
				return
			}
		}
	}
}

// told are the aspects that a change explains, by part.
type told map[part][]string

// classify finds what each change comes to, and notes what is computed otherwise though nothing was changed in it.
func (c *comparer) classify() []Change {
	o, explained := c.otherwise(), told{}
	for i := range c.changes {
		c.weigh(&c.changes[i], o, explained)
	}
	for _, p := range o.order {
		for _, d := range o.by[p] {
			if !slices.Contains(explained[p], d.key) && !c.comesOf(p, d) {
				c.changes = append(c.changes, c.follows(p, d))
			}
		}
	}
	return c.changes
}

// weigh gives a change its class. One that could change a score is major if it does.
func (c *comparer) weigh(change *Change, o otherwise, explained told) {
	change.Class = change.bears.class
	switch {
	case change.What == TheRubric && change.Rubric == "" && change.Key == "id":
		change.Class, change.Why = Major, "it is another rubric"
		return
	case change.aside != "":
		change.Class, change.Why = min(change.Class, Patch), change.aside
		return
	case change.Class != Major:
		return
	}
	if change.Class = change.bears.otherwise; change.Class < Minor {
		change.Why = "changes no score"
	}
	for _, p := range o.order {
		if !change.reaches.holds(p, change.bears.on) {
			continue
		}
		for _, d := range o.by[p] {
			if len(change.bears.aspects) == 0 || slices.Contains(change.bears.aspects, d.key) {
				change.Class, change.Why = Major, ""
				change.touch(p, d.key)
				explained[p] = append(explained[p], d.key)
			}
		}
	}
	slices.Sort(change.Touches)
}

// touch notes that an aspect of a part is another by the change. What a fact is decides on the criteria that read it.
func (c *Change) touch(p part, aspect string) {
	touched := []string{p.name}
	switch p.sort {
	case score.ScoringFact:
		touched = c.reaches.own.order
	case score.ScoringStages: // the criteria in which that shows are parts themselves
		touched = nil
	}
	if c.touched == nil {
		c.touched = map[string][]string{}
	}
	for _, name := range touched {
		if c.touched[name] == nil {
			c.Touches = append(c.Touches, name)
		}
		c.touched[name] = append(c.touched[name], aspect)
	}
}

// comesOf reports whether what differs comes of something else that differs and is told: facts and stages are a part of
// scores because a criterion reads them, and the rungs of a ladder are its criteria.
func (c *comparer) comesOf(p part, d difference) bool {
	switch d.key {
	case there:
		return p.sort != score.ScoringCriterion
	case "order":
		from, to := c.old.rungs(p.name), c.new.rungs(p.name)
		return slices.Equal(common(from, to), common(to, from))
	}
	return false
}

// follows is a criterion that is computed otherwise because of a change elsewhere.
func (c *comparer) follows(p part, d difference) Change {
	f := Change{Class: Major, Kind: Follows, What: p.sort, Name: p.name, Key: d.key, Why: "what it depends on was changed"}
	if p.sort != score.ScoringCriterion {
		f.Place = c.new.m.Rubric.Place()
		return f
	}
	f.touch(p, d.key)
	s := c.new
	i, now := s.at[p.name]
	if !now {
		s, i = c.old, c.old.at[p.name]
	}
	n := &s.m.Nodes[i]
	f.Name, f.Rubric, f.Place = n.ID, s.usedIn(i), n.Rubric.Place()
	if n.Source != nil {
		f.Place = n.Source.Place()
	}
	switch {
	case d.key == "na" && d.new == "never":
		f.Why = "a gate or a flag that caps reads it now, and the rubric accepts no reason for n/a"
	case d.key == "na":
		f.Why = "no gate and no flag that caps reads it any more, so any reason for n/a is accepted"
	case d.key == there && now:
		f.Key, f.Why = "", "comes along without weight, because what is taken reads it"
	case d.key == there:
		f.Key, f.Why = "", "no longer comes along, because nothing that is taken reads it"
	}
	return f
}
