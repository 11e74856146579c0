// Package crosswalk sets a rubric beside the sources that it traces to, both ways: what covers each item of a source and
// how, and which items each criterion, gate and flag covers.
package crosswalk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// How something covers an item, the closest first.
const (
	Meets    = "meets"
	Partly   = "partly"
	Supports = "supports"
	Cites    = "cites" // names it, and covers nothing of it
)

// What covers items.
const (
	Criterion = "criterion"
	Gate      = "gate"
	Flag      = "flag"
)

// Standing is how far an item is covered.
type Standing string

// Standings, the closest first. Context asks for nothing, so that nothing need cover it.
const (
	Met       Standing = "met"
	PartlyMet Standing = "partly"
	Supported Standing = "supported"
	Reported  Standing = "report"
	Context   Standing = "context"
	Uncovered Standing = "uncovered"
)

// Part is a criterion, gate or flag of the rubric, with the items that it covers.
type Part struct {
	What, Name, Title string
	// Scored parts add to the score; of one of weight 0 the rubric only tells.
	Scored bool
	Links  []Link
}

// Link is an item that a part covers.
type Link struct{ Reference, Item, How string }

// Cover is what covers an item.
type Cover struct {
	*Part
	How string
}

// Row is an item with what covers it, the closest first.
type Row struct {
	ID string
	rubric.Item
	Standing Standing
	Covers   []Cover
}

// CountedBy are the scored criteria that meet the item. If there are several, what it asks is counted more than once.
func (r *Row) CountedBy() (names []string) {
	for _, c := range r.Covers {
		if c.What == Criterion && c.Scored && c.How == Meets {
			names = append(names, c.Name)
		}
	}
	return names
}

// Twice reports whether what the item asks is counted more than once.
func (r *Row) Twice() bool { return len(r.CountedBy()) > 1 }

// Source is a reference, item by item.
type Source struct {
	*rubric.Reference
	Rows []Row
}

// Count is how many items have a standing.
func (s *Source) Count(is Standing) int {
	n := 0
	for i := range s.Rows {
		if s.Rows[i].Standing == is {
			n++
		}
	}
	return n
}

// Parts are what can trace to a source, in the rubric's order: criteria, then gates, then flags. A group's maps are its
// own.
func Parts(m *score.Model) []*Part {
	var parts []*Part
	add := func(p *Part, maps []rubric.Map) {
		for _, to := range maps {
			if id, item, ok := strings.Cut(to.To, ":"); ok {
				p.Links = append(p.Links, Link{Reference: id, Item: item, How: cmp.Or(to.How, Meets)})
			}
		}
		parts = append(parts, p)
	}
	scored := scored(m)
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.Source != nil && n.Source.Use == "" && (n.IsLeaf() || len(n.Source.Maps) > 0) {
			add(&Part{What: Criterion, Name: n.Name, Title: n.Title, Scored: scored[i]}, n.Source.Maps)
		}
	}
	for i := range m.Gates {
		if g := &m.Gates[i]; g.Source != nil {
			add(&Part{What: Gate, Name: g.Name, Title: g.Title}, g.Source.Maps)
		}
	}
	for i := range m.Flags {
		f := &m.Flags[i]
		add(&Part{What: Flag, Name: f.Name, Title: f.Source.Say}, f.Source.Maps)
	}
	return parts
}

// scored says of each node whether it adds to the score: its weight and that of all above it is above 0, and none of
// them is a profile.
func scored(m *score.Model) []bool {
	is := make([]bool, len(m.Nodes))
	for i := range m.Nodes {
		n := &m.Nodes[i]
		is[i] = n.Parent < 0 || is[n.Parent] && n.Weight.Sign() > 0 && !m.Nodes[n.Parent].Profile()
	}
	return is
}

// Of sets a reference beside the parts of a rubric.
func Of(ref *rubric.Reference, parts []*Part) *Source {
	s := &Source{Reference: ref}
	for _, e := range ref.Items {
		row := Row{ID: e.Key, Item: e.Value}
		for _, p := range parts {
			for _, l := range p.Links {
				if l.Reference == ref.ID && l.Item == e.Key {
					row.Covers = append(row.Covers, Cover{p, l.How})
				}
			}
		}
		slices.SortStableFunc(row.Covers, func(a, b Cover) int { return cmp.Compare(closeness(a.How), closeness(b.How)) })
		row.Standing = standing(&row)
		s.Rows = append(s.Rows, row)
	}
	return s
}

func closeness(how string) int { return slices.Index([]string{Meets, Partly, Supports, Cites}, how) }

func standing(r *Row) Standing {
	best := Cites
	if len(r.Covers) > 0 {
		best = r.Covers[0].How
	}
	switch {
	case best == Meets:
		return Met
	case best == Partly:
		return PartlyMet
	case best == Supports:
		return Supported
	case r.AnsweredBy != "":
		return Reported
	case r.Kind == rubric.KindContext:
		return Context
	}
	return Uncovered
}

// References are the ids of the references that the parts trace to, in the order in which they first do.
func References(parts []*Part) []string {
	var ids []string
	for _, p := range parts {
		for _, l := range p.Links {
			if !slices.Contains(ids, l.Reference) {
				ids = append(ids, l.Reference)
			}
		}
	}
	return ids
}
