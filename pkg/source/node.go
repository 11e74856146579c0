package source

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Kind is the form of a [Node].
type Kind uint8

// Kinds of node.
const (
	Null     Kind = iota // nothing after the colon, `null` or `~`
	Scalar               // text, as it was written
	Mapping              // keys with values
	Sequence             // a list
)

// Node is one value of a file, with its place. What it means is for the reader to say: `yes`, `06` and `2.30` are
// text until a declared type reads them. Nodes are not changed after reading.
type Node struct {
	Kind   Kind
	Text   string // of a scalar, as written, or as its quotes and escapes say
	Quoted bool   // a scalar in quotes or a block
	Flow   bool   // a mapping or list in brackets
	Keys   []*Node
	Values []*Node // of a mapping, beside its keys; or of a list

	// broken marks a value that a problem was reported for, so that no later step reports it again.
	broken bool
	place  diag.Place
}

// Place is where the node stands.
func (n *Node) Place() diag.Place {
	if n == nil {
		return diag.Place{}
	}
	return n.place
}

// Get returns the value of a key, or nil.
func (n *Node) Get(key string) *Node {
	if i := n.index(key); i >= 0 {
		return n.Values[i]
	}
	return nil
}

// Key returns the node of a key itself, or nil.
func (n *Node) Key(key string) *Node {
	if i := n.index(key); i >= 0 {
		return n.Keys[i]
	}
	return nil
}

func (n *Node) index(key string) int {
	if n == nil || n.Kind != Mapping {
		return -1
	}
	for i, k := range n.Keys {
		if k.Text == key {
			return i
		}
	}
	return -1
}

// Empty reports whether nothing is written here, and no problem was reported for it.
func (n *Node) Empty() bool { return n != nil && n.Kind == Null && !n.broken }

// describe says what was found, for a message.
func (n *Node) describe() string {
	switch n.Kind {
	case Null:
		return "nothing"
	case Mapping:
		return "keys with values"
	case Sequence:
		return "a list"
	case Scalar:
	}
	const longest = 60
	shown := n.Text
	if runes := []rune(shown); len(runes) > longest {
		shown = string(runes[:longest]) + "…"
	}
	return `"` + strings.TrimSpace(shown) + `"`
}

// Origin ties a value that was read to its place in the file. Types read by [Object] embed it. The zero value is a
// value that stands in no file.
type Origin struct{ node *Node }

func (o *Origin) setNode(n *Node) { o.node = n }

// Place is where the value stands.
func (o Origin) Place() diag.Place { return o.node.Place() }

// At is where the value of a key stands, or the value as a whole if it has no such key.
func (o Origin) At(key string) diag.Place {
	if v := o.node.Get(key); v != nil && v.Kind != Null {
		return v.place
	}
	return o.Place()
}

// AtKey is where a key itself stands, or the value as a whole if it has no such key.
func (o Origin) AtKey(key string) diag.Place {
	if k := o.node.Key(key); k != nil {
		return k.place
	}
	return o.Place()
}

// Item is where item i of the list under a key stands.
func (o Origin) Item(key string, i int) diag.Place {
	if v := o.node.Get(key); v != nil && v.Kind == Sequence && i < len(v.Values) {
		return v.Values[i].place
	}
	return o.At(key)
}

// Broken reports whether a problem was already reported for the value of a key.
func (o Origin) Broken(key string) bool {
	v := o.node.Get(key)
	return v != nil && v.broken
}

// Node is the value of a key, or nil.
func (o Origin) Node(key string) *Node { return o.node.Get(key) }

// Keys are the keys that have a value, in the order of the file.
func (o Origin) Keys() []string {
	if o.node == nil || o.node.Kind != Mapping {
		return nil
	}
	var keys []string
	for i, k := range o.node.Keys {
		if o.node.Values[i].Kind != Null {
			keys = append(keys, k.Text)
		}
	}
	return keys
}

// Empty reports whether the key is there with nothing after its colon.
func (o Origin) Empty(key string) bool { return o.node.Get(key).Empty() }

// Has reports whether the key is there, with a value.
func (o Origin) Has(key string) bool {
	v := o.node.Get(key)
	return v != nil && v.Kind != Null
}

// Canonical returns the value as canonical JSON: keys in order, texts as written, no spaces. Comments, key order and
// quoting do not change it. The keys named are left out.
func (o Origin) Canonical(without ...string) []byte {
	if o.node == nil {
		return nil
	}
	return appendCanonical(nil, o.node, without)
}
