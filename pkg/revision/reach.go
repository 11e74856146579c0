package revision

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// names are full names of criteria as both versions have them, each once, in the order in which they were added.
type names struct {
	order []string
	has   map[string]bool
}

func (n *names) add(name string) {
	if n.has == nil {
		n.has = map[string]bool{}
	}
	if !n.has[name] {
		n.has[name] = true
		n.order = append(n.order, name)
	}
}

// reach is what a change can alter: criteria, and facts or the stages.
type reach struct {
	own, below names
	facts      []string
	stages     bool
}

// holds reports whether a part is one that a change can alter.
func (r *reach) holds(p part, on extent) bool {
	switch p.sort {
	case score.ScoringFact:
		return slices.Contains(r.facts, p.name)
	case score.ScoringStages:
		return r.stages
	}
	return on == everywhere || on == own && r.own.has[p.name] || on == below && r.below.has[p.name]
}

// reachOf is what a criterion, as it is in either version, comes to.
func (c *comparer) reachOf(from, to *rubric.Criterion) reach {
	r := reach{}
	r.add(c.new, c.new.of[to])
	r.add(c.old, c.old.of[from])
	return r
}

// rootReach is what the rubrics at hand come to.
func (c *comparer) rootReach() reach {
	r := reach{}
	r.add(c.new, c.new.nodes(func(n *score.Node) bool { return n.Root && n.Rubric == c.new.r }))
	r.add(c.old, c.old.nodes(func(n *score.Node) bool { return n.Root && n.Rubric == c.old.r }))
	return r
}

// scaleReach are the criteria that are answered on a scale of a name.
func (c *comparer) scaleReach(name string) reach {
	on := func(n *score.Node) bool {
		return n.Source != nil && n.Source.Scale != nil && n.Source.Scale.Name == name
	}
	r := reach{}
	r.add(c.new, c.new.nodes(on))
	r.add(c.old, c.old.nodes(on))
	return r
}

func (r *reach) add(s *side, nodes []int) {
	for _, i := range nodes {
		r.own.add(s.name(s.m.Nodes[i].Name))
		for j := i; j < s.m.Nodes[i].End; j++ {
			r.below.add(s.name(s.m.Nodes[j].Name))
		}
	}
}
