package revision

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// listed compares what stands in a list under ids: gates, flags, bands.
func (c *comparer) listed(what, key string) {
	from, to := keyOf(c.old.r.Origin, key), keyOf(c.new.r.Origin, key)
	was, now := ids(from), ids(to)
	if a, b := common(was, now), common(now, was); !slices.Equal(a, b) {
		s := subject{what: TheRubric}.at(key)
		c.change(s, Change{Kind: Reordered, Old: "[" + strings.Join(a, ", ") + "]", New: "[" + strings.Join(b, ", ") + "]", Place: to.key})
	}
	olds := from.items()
	for i, item := range to.items() {
		if j := slices.Index(was, now[i]); j >= 0 {
			c.item(what, key, now[i], olds[j], item)
		} else {
			c.item(what, key, now[i], entry{}, item)
		}
	}
	for j, item := range olds {
		if !slices.Contains(now, was[j]) {
			c.item(what, key, was[j], item, entry{})
		}
	}
}

func ids(list entry) []string {
	var all []string
	for _, item := range list.items() {
		all = append(all, flow(find(item.entries(), "id").value))
	}
	return all
}

func (c *comparer) item(what, key, id string, from, to entry) {
	s := subject{what: what, name: id, path: key}
	if c.used != "" && !c.checked(what, id) {
		s.aside = "not checked where it is used"
	}
	switch {
	case from.there() && to.there():
		c.mapping(s, from.entries(), to.entries())
	case to.there():
		c.change(s, Change{Kind: Added, New: itemText(to), Place: to.value.Place()})
	default:
		c.change(s, Change{Kind: Removed, Old: itemText(from), Place: from.value.Place()})
	}
}

// itemText says what a gate, a flag or a band is.
func itemText(e entry) string {
	for _, key := range []string{"needs", "when", "label"} {
		if text := find(e.entries(), key); text.there() {
			return flow(text.value)
		}
	}
	return ""
}

// checked reports whether a gate or flag of the rubric in use at hand is checked in either version.
func (c *comparer) checked(what, id string) bool {
	for _, s := range []*side{c.new, c.old} {
		for _, root := range s.nodes(func(n *score.Node) bool { return n.Root && n.Rubric == s.r }) {
			name := s.m.Nodes[root].Name + "/" + id
			switch {
			case what == AGate && slices.ContainsFunc(s.m.Gates, func(g score.Gate) bool { return g.Name == name }),
				what == AFlag && slices.ContainsFunc(s.m.Flags, func(f score.Flag) bool { return f.Name == name }), what == ABand:
				return true
			}
		}
	}
	return false
}
