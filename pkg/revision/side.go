package revision

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// side is one of the two versions.
type side struct {
	m *score.Model
	// r is the rubric at hand, the model's or one that it uses.
	r *rubric.Rubric
	// of are the nodes that a criterion comes to: several, if its rubric is used several times.
	of map[*rubric.Criterion][]int
	// root is the name that stands for that of the model's rubric, so that both versions call it alike.
	root string
	// at are the nodes by the names that both versions have for them.
	at map[string]int
}

func newSide(m *score.Model, root string) *side {
	s := &side{m: m, r: m.Rubric, of: map[*rubric.Criterion][]int{}, root: root, at: map[string]int{}}
	for i := range m.Nodes {
		s.at[s.name(m.Nodes[i].Name)] = i
		if of := m.Nodes[i].Source; of != nil {
			s.of[of] = append(s.of[of], i)
		}
	}
	return s
}

// name is a full name as both versions have it.
func (s *side) name(full string) string {
	if rest, is := strings.CutPrefix(full, s.m.Nodes[0].Name); is && (rest == "" || rest[0] == '/') {
		return s.root + rest
	}
	return full
}

// nodes are those that something holds for.
func (s *side) nodes(is func(*score.Node) bool) []int {
	var found []int
	for i := range s.m.Nodes {
		if is(&s.m.Nodes[i]) {
			found = append(found, i)
		}
	}
	return found
}

// below notes the names of nodes and of all below them.
func (s *side) below(nodes []int, into map[string]bool) {
	for _, i := range nodes {
		for j := i; j < s.m.Nodes[i].End; j++ {
			into[s.name(s.m.Nodes[j].Name)] = true
		}
	}
}

// rungs are the criteria of a group that count, in order.
func (s *side) rungs(group string) []string {
	var found []string
	for _, i := range s.m.Nodes[s.at[group]].Children {
		if n := &s.m.Nodes[i]; n.Weight.Sign() > 0 {
			found = append(found, s.name(n.Name))
		}
	}
	return found
}

// usedIn is the rubric in use that a node is written in, by its name here; "" for the rubric itself.
func (s *side) usedIn(i int) string {
	n := &s.m.Nodes[i]
	if n.Root && n.Parent >= 0 { // what stands beside `use`
		n = &s.m.Nodes[n.Parent]
	}
	owner, _, _ := strings.Cut(n.Name, "/")
	if owner == s.m.Nodes[0].Name {
		return ""
	}
	return owner
}

// contributions are those of the criteria that carry one, by name and in the order of the tree: what stands below them has
// none of its own.
func (s *side) contributions(r *score.Result, b score.Basis) (map[string]exact.Number, []string) {
	by := map[string]exact.Number{}
	var order []string
	for i := range s.m.Nodes {
		c := r.Criteria[i].Contribution
		below := slices.ContainsFunc(s.m.Nodes[i].Children, func(j int) bool { return r.Criteria[j].Contribution != nil })
		if c != nil && !below {
			name := s.name(s.m.Nodes[i].Name)
			by[name], order = c[b], append(order, name)
		}
	}
	return by, order
}

// result is what a criterion comes to; nil if it is not there.
func (s *side) result(r *score.Result, name string) *score.Criterion {
	i, there := s.at[name]
	if !there {
		return nil
	}
	return &r.Criteria[i]
}
