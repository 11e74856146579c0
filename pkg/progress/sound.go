package progress

import (
	"fmt"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// changed reports what no report says that the program wrote.
func changed(place diag.Place, format string, args ...any) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: ruleNotComparable, Place: place, Message: "the report was changed after it was written: " + fmt.Sprintf(format, args...),
		Hint: "score the earlier record again, -o json=EARLIER.json",
	}
}

// unsound reports criteria that are there twice, and scores that are not in the order in which they always are.
func (s *Standing) unsound(m *score.Model) diag.List {
	var list diag.List
	if root := &m.Nodes[0]; s.Score != nil && !s.Score.ordered(root) {
		list = append(list, changed(s.At("score"), "evidenced is more than claimed, or claimed more than potential"))
	}
	nodes := map[string]*score.Node{}
	for i := range m.Nodes {
		nodes[m.Nodes[i].Name] = &m.Nodes[i]
	}
	found := map[string]bool{}
	var read func(criteria []Criterion)
	read = func(criteria []Criterion) {
		for i := range criteria {
			c := &criteria[i]
			if found[c.ID] {
				list = append(list, changed(c.At("id"), "%q is there twice", c.ID))
			}
			found[c.ID] = true
			if n := nodes[c.ID]; n != nil && c.Score != nil && !c.Score.ordered(n) {
				list = append(list, changed(c.At("score"), "evidenced of %q is more than claimed, or claimed more than potential", c.ID))
			}
			read(c.Criteria)
		}
	}
	read(s.Criteria)
	return list
}

// ordered reports whether claimed is no worse than evidenced, and at best no worse than claimed. A score may be shown on a
// range that falls.
func (s *Scores) ordered(n *score.Node) bool {
	if n.Shown(exact.One).Less(n.Shown(exact.Zero)) {
		return !s.Evidenced.Less(s.Claimed) && !s.Claimed.Less(s.AtBest)
	}
	return !s.Claimed.Less(s.Evidenced) && !s.AtBest.Less(s.Claimed)
}

// adrift reports points that do not come to the change of the score, but for the last of the 12 digits of each.
func (p *Progress) adrift() diag.List {
	then, now := p.Score(score.Evidenced)
	if p.Points == nil || then == nil || now == nil {
		return nil
	}
	root := &p.Now.Model.Nodes[0]
	noise := exact.One.Add(size(root.Shown(exact.Zero))).Add(size(root.Shown(exact.One))).Mul(exact.Ratio(1, 1e8))
	if off := now.Sub(*then).Sub(*p.Points); !noise.Less(size(off)) {
		return nil
	}
	return diag.List{changed(p.Then.At("score"), "what the criteria contribute does not come to its evidenced score")}
}
