package source

import (
	"cmp"
	"encoding/json"
	"slices"
)

// appendCanonical writes a node as JSON with its keys in byte order. Scalars are strings, since their type is not
// known here; what is empty is null.
func appendCanonical(b []byte, n *Node, without []string) []byte {
	switch n.Kind {
	case Null:
		return append(b, "null"...)
	case Scalar:
		return appendString(b, n.Text)
	case Sequence:
		b = append(b, '[')
		for i, v := range n.Values {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendCanonical(b, v, nil)
		}
		return append(b, ']')
	case Mapping:
		b = append(b, '{')
		first := true
		for _, i := range keyOrder(n) {
			if slices.Contains(without, n.Keys[i].Text) {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = append(appendString(b, n.Keys[i].Text), ':')
			b = appendCanonical(b, n.Values[i], nil)
		}
		return append(b, '}')
	}
	return b
}

func keyOrder(n *Node) []int {
	order := make([]int, len(n.Keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(n.Keys[i].Text, n.Keys[j].Text) })
	return order
}

func appendString(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil { // no string fails to marshal
		panic(err)
	}
	return append(b, quoted...)
}
