package source

import (
	"cmp"
	"math"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/touchstone-health/touchstone/pkg/exact"
)

// keyed is a mapping with declared keys, whatever it is read into.
type keyed interface {
	shape
	// key returns where a key stands among those declared, and how its value is written; found is false for any other.
	key(name string) (at int, value shape, found bool)
}

func (o *object[T]) key(name string) (at int, value shape, found bool) {
	at = slices.Index(o.names, name)
	if at < 0 {
		return 0, nil, false
	}
	return at, o.keys[at].shape, true
}

// asMapping is how a mapping is written where a value of this shape may stand; nil if nothing is declared.
func asMapping(s shape) shape {
	switch s := s.(type) {
	case *limitedShape:
		return asMapping(s.of)
	case *eitherShape:
		for _, way := range s.ways {
			if found := asMapping(way); found != nil {
				return found
			}
		}
	case *mapShape, keyed:
		return s
	}
	return nil
}

// itemShape is how an item is written of a list that may stand where this shape may; nil if nothing is declared.
func itemShape(s shape) shape {
	switch s := s.(type) {
	case *limitedShape:
		return itemShape(s.of)
	case *eitherShape:
		for _, way := range s.ways {
			if found := itemShape(way); found != nil {
				return found
			}
		}
	case *listShape:
		return s.item
	}
	return nil
}

// valueShape is how the value of a key is written in a mapping of this shape.
func valueShape(s shape, key string) shape {
	switch s := asMapping(s).(type) {
	case *mapShape:
		return s.value
	case keyed:
		_, value, _ := s.key(key)
		return value
	}
	return nil
}

// inOrder returns the positions of keys, or of items, in the order in which they are written: keys as declared, and then
// those that are not declared; levels rising; all others as they are.
func inOrder(y *yaml.Node, s shape) []int {
	if y.Kind == yaml.SequenceNode {
		return asWritten(len(y.Content))
	}
	order := asWritten(len(y.Content) / 2)
	compare := comparison(y, s)
	if compare == nil || slices.IsSortedFunc(order, compare) {
		return order
	}
	moved := slices.Clone(order)
	slices.SortStableFunc(moved, compare)
	if namesCross(y) {
		return order
	}
	return moved
}

func asWritten(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// comparison compares positions of keys; it is nil if their order is the author's.
func comparison(y *yaml.Node, s shape) func(i, j int) int {
	switch s := asMapping(s).(type) {
	case keyed:
		ranks := make([]int, len(y.Content)/2)
		for i := range ranks {
			at, _, found := s.key(y.Content[2*i].Value)
			if !found {
				at = math.MaxInt
			}
			ranks[i] = at
		}
		return func(i, j int) int { return cmp.Compare(ranks[i], ranks[j]) }
	case *mapShape:
		if s.key != shape(numberShape) {
			return nil
		}
		numbers := make([]exact.Number, len(y.Content)/2)
		for i := range numbers {
			n, err := exact.Parse(y.Content[2*i].Value)
			if err != nil {
				return nil
			}
			numbers[i] = n
		}
		return func(i, j int) int { return numbers[i].Cmp(numbers[j]) }
	}
	return nil
}

// namesCross reports whether a name (`&name`) that is given below one key is given or used below another as well: the
// meaning of the file then depends on their order.
func namesCross(y *yaml.Node) bool {
	const several = -1
	given, below := map[string]bool{}, map[string]int{}
	for i := 0; i < len(y.Content); i += 2 {
		found := map[string]bool{}
		names(y.Content[i], found, given)
		names(y.Content[i+1], found, given)
		for name := range found {
			if _, again := below[name]; again {
				below[name] = several
			} else {
				below[name] = i
			}
		}
	}
	for name := range given {
		if below[name] == several {
			return true
		}
	}
	return false
}

// names gathers the names that stand in a value, and those that it gives.
func names(y *yaml.Node, found, given map[string]bool) {
	if y.Anchor != "" {
		found[y.Anchor], given[y.Anchor] = true, true
	}
	if y.Kind == yaml.AliasNode {
		found[y.Value] = true
	}
	for _, child := range y.Content {
		names(child, found, given)
	}
}
