package score

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// factsOf are the facts that a rubric itself declares or imports: it must mean the same wherever it is used.
func factsOf(r *rubric.Rubric) []string {
	names := make([]string, len(r.Facts))
	for i, e := range r.Facts {
		names[i] = e.Key
	}
	return names
}

func factHint(name string, known []string) string {
	if hint := diag.DidYouMean(name, known); hint != "" {
		return hint
	}
	return fmt.Sprintf("declare it under `facts:` with `%s: {type: yes-no, ask: …}`", name)
}

func kindOfNode(n *Node) string {
	switch {
	case n.Scale != nil:
		return "it is answered with a level; use level, claimed, met or score"
	case n.Measure != nil:
		return "it is answered with a number; use value, claimed, met or score"
	case n.Price != nil:
		return "it is a price; use value or score"
	case n.Profile():
		return "it is a profile, which has no score; use count_below or count_from"
	}
	return "it is a group; use score, met, count_below or count_from"
}

// find resolves a short name in the rubric of the owner, or a full name anywhere below it. A rubric that is used under
// another name calls itself by its own.
func (c *compiler) find(name string, owner int) (int, bool) {
	if n := &c.m.Nodes[owner]; n.Name != n.Rubric.ID {
		if rest, own := strings.CutPrefix(name, n.Rubric.ID); own && (rest == "" || rest[0] == '/') {
			name = n.Name + rest
		}
	}
	if i, ok := c.m.byName[c.m.Nodes[owner].Name+"/"+name]; ok {
		return i, true
	}
	i, ok := c.m.byName[name]
	return i, ok && c.m.owned(i, owner)
}

// hint looks for a near name, a bounded number of times.
func (c *compiler) hint(look func() string) string {
	if c.hints++; c.hints > maxHints {
		return ""
	}
	return look()
}

// near is the hint for an id that is not there.
func (c *compiler) near(id string, owner int) string { return diag.DidYouMean(id, c.idsOf(owner)) }

func (c *compiler) idsOf(owner int) []string {
	var ids []string
	for i := owner; i < c.m.Nodes[owner].End; i++ {
		n := &c.m.Nodes[i]
		if n.owner == owner && !n.Root {
			ids = append(ids, n.ID)
		} else {
			ids = append(ids, n.Name)
		}
	}
	return ids
}
