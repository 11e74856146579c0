package revision

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// entry is a value as written, with the name of its key and where that stands; an item of a list has none. The zero value
// is nothing.
type entry struct {
	name  string
	key   diag.Place
	value *source.Node
}

func (e entry) there() bool { return e.value != nil && e.value.Kind != source.Null }

// keyOf is the value of a key of what was read.
func keyOf(o source.Origin, key string) entry {
	return entry{name: key, key: o.AtKey(key), value: o.Node(key)}
}

// at is where the value stands, and of a value that is more than a text its key.
func (e entry) at() diag.Place {
	if e.key.Line > 0 && e.value.Kind != source.Scalar {
		return e.key
	}
	return e.value.Place()
}

// entries are those of a mapping, in the order of the file.
func (e entry) entries() []entry {
	if e.value == nil || e.value.Kind != source.Mapping {
		return nil
	}
	all := make([]entry, len(e.value.Keys))
	for i, key := range e.value.Keys {
		all[i] = entry{name: key.Text, key: key.Place(), value: e.value.Values[i]}
	}
	return all
}

// find is the value of a key.
func find(all []entry, key string) entry {
	for _, e := range all {
		if e.name == key {
			return e
		}
	}
	return entry{}
}

// items are those of a list; what is written in short as the only one counts as a list of it.
func (e entry) items() []entry {
	switch {
	case !e.there():
		return nil
	case e.value.Kind != source.Sequence:
		return []entry{{value: e.value}}
	}
	all := make([]entry, len(e.value.Values))
	for i, v := range e.value.Values {
		all[i] = entry{value: v}
	}
	return all
}

// same reports whether two values are written with the same words, whatever the order of their keys.
func same(a, b *source.Node) bool {
	switch {
	case a == nil || b == nil:
		return a == b
	case a.Kind != b.Kind || a.Text != b.Text || len(a.Values) != len(b.Values):
		return false
	case a.Kind == source.Mapping:
		for i, key := range a.Keys {
			if !same(a.Values[i], b.Get(key.Text)) {
				return false
			}
		}
		return true
	}
	return slices.EqualFunc(a.Values, b.Values, same)
}

// sameKey compares keys that may be numbers, which are compared by value: the levels of a criterion.
func sameKey(a, b string) bool {
	x, errX := exact.Parse(a)
	y, errY := exact.Parse(b)
	return a == b || errX == nil && errY == nil && x.Equal(y)
}

// flow writes a value in one line.
func flow(n *source.Node) string {
	if n == nil {
		return ""
	}
	var parts []string
	for i, v := range n.Values {
		text := flow(v)
		if n.Kind == source.Mapping {
			text = n.Keys[i].Text + ": " + text
		}
		parts = append(parts, text)
	}
	switch n.Kind {
	case source.Mapping:
		return "{" + strings.Join(parts, ", ") + "}"
	case source.Sequence:
		return "[" + strings.Join(parts, ", ") + "]"
	case source.Null, source.Scalar:
	}
	return strings.Join(strings.Fields(n.Text), " ")
}
