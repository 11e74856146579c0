package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Key declares one key of a mapping: its name, whether it must be there, what it means in one sentence, and how its
// value is read into a T. The order of keys in [Object] is the canonical order in files.
type Key[T any] struct {
	name, doc string
	required  bool
	unlisted  bool
	others    bool
	shape     shape
	read      func(r *Reader, n *Node, t *T) bool
}

// Field declares a key whose value is read into a field of T.
func Field[T, V any](name string, typ *Type[V], field func(*T) *V, doc string) Key[T] {
	return Key[T]{name: name, doc: doc, shape: typ.shape, read: func(r *Reader, n *Node, t *T) bool {
		return typ.read(r, n, field(t))
	}}
}

// Required returns the key as one that must be there.
func (k Key[T]) Required() Key[T] {
	k.required = true
	return k
}

// Unlisted returns the key as one that is read, and not offered to somebody who looks for a name.
func (k Key[T]) Unlisted() Key[T] {
	k.unlisted = true
	return k
}

// Leading returns keys in another order: those of the names given first, then the others as they are.
func Leading[T any](keys []Key[T], names ...string) []Key[T] {
	rank := func(k Key[T]) int {
		if i := slices.Index(names, k.name); i >= 0 {
			return i
		}
		return len(names)
	}
	keys = slices.Clone(keys)
	slices.SortStableFunc(keys, func(a, b Key[T]) int { return rank(a) - rank(b) })
	return keys
}

// Others declares that other keys may stand there too, and are passed over. It is for what a program wrote: another version
// of it may write more than this one knows.
func Others[T any]() Key[T] { return Key[T]{others: true} }

// Object is a mapping with declared keys. T may embed [Origin] to keep its place. what names it in messages, with the
// value of its `id`, `name` or `use` where it has one.
func Object[T any](what string, keys ...Key[T]) *Type[T] {
	o := &object[T]{what: what}
	o.Declare(keys...)
	return &Type[T]{what: what, shape: o, read: o.read}
}

// Recursive is an [Object] whose keys refer to the type itself.
func Recursive[T any](what string, keys func(self *Type[T]) []Key[T]) *Type[T] {
	o := &object[T]{what: what}
	t := &Type[T]{what: what, shape: o, read: o.read}
	o.Declare(keys(t)...)
	return t
}

type object[T any] struct {
	what  string
	keys  []Key[T]
	names []string
	open  bool // for other keys
}

// Declare adds keys.
func (o *object[T]) Declare(keys ...Key[T]) {
	o.names = slices.Grow(o.names, len(keys))
	for _, k := range keys {
		if k.others {
			o.open = true
			continue
		}
		o.keys, o.names = append(o.keys, k), append(o.names, k.name)
	}
}

func (o *object[T]) read(r *Reader, n *Node, v *T) bool {
	if n.Kind != Mapping {
		return r.wrongType(n, o.form())
	}
	outer := r.owner
	r.owner = called(o.what, n)
	defer func() { r.owner = outer }()
	if origin, ok := any(v).(interface{ setNode(*Node) }); ok {
		origin.setNode(n)
	}
	ok := o.unknown(r, n)
	for _, k := range o.keys {
		ok = k.readFrom(r, n, v) && ok
	}
	return ok
}

// form says how the mapping is written: `keys with values (name, role)`.
func (o *object[T]) form() string {
	const few = 3
	names := o.names
	if len(names) > few {
		names = append(slices.Clone(names[:few]), "…")
	}
	return fmt.Sprintf("keys with values (%s)", strings.Join(names, ", "))
}

// called is a mapping's name in messages: `criterion "net-burden"`.
func called(what string, n *Node) string {
	for _, key := range []string{"id", "name", "use"} {
		if id := n.Get(key); id != nil && id.Kind == Scalar {
			return fmt.Sprintf("%s %q", what, id.Text)
		}
	}
	return what
}

func (k Key[T]) readFrom(r *Reader, n *Node, v *T) bool {
	value := n.Get(k.name)
	if value != nil && (value.Kind != Null || value.broken) {
		outer := r.key
		r.key = k.name
		defer func() { r.key = outer }()
		return !value.broken && k.read(r, value, v)
	}
	if !k.required && (value == nil || !r.strict) {
		return true
	}
	d := diag.Diagnostic{
		Rule: ruleMissing, Place: n.place, Hint: fmt.Sprintf("add `%s:` (%s)", k.name, k.doc),
		Message: fmt.Sprintf("%s has no %q", r.owner, k.name),
	}
	if value != nil {
		d.Place, value.broken = n.Key(k.name).place, true
		d.Message, d.Hint = fmt.Sprintf("%q of %s is empty", k.name, r.owner), k.doc
	}
	r.list.Add(d)
	return false
}

// unknown reports keys that are not declared. Near names are looked for among those not yet used.
func (o *object[T]) unknown(r *Reader, n *Node) bool {
	ok := true
	for i, key := range n.Keys {
		if o.open || slices.Contains(o.names, key.Text) {
			continue
		}
		ok, key.broken, n.Values[i].broken = false, true, true
		r.list.Add(diag.Diagnostic{
			Rule: ruleUnknown, Place: key.place, Message: fmt.Sprintf("unknown key %q in %s", key.Text, r.owner),
			Hint: o.unknownHint(n, key, n.Values[i]),
		})
	}
	return ok
}

func (o *object[T]) unknownHint(n, key, value *Node) string {
	var unused []string
	for _, k := range o.keys {
		if !k.unlisted && n.Get(k.name) == nil {
			unused = append(unused, k.name)
		}
	}
	if near := nearHint(key.Text, unused); near != "" {
		return near
	}
	if n.Flow && value.Kind == Null {
		return "inside { } a comma ends a value: put text that holds a comma in quotes"
	}
	return diag.DidYouMean(key.Text, unused)
}

// Header is the first key of every file.
const Header = "touchstone"

// KindOf returns what the first key says that the file is: `rubric/v1`. It is "" if the file does not say.
func KindOf(n *Node) string {
	if n == nil || n.Kind != Mapping || len(n.Keys) == 0 || n.Keys[0].Text != Header {
		return ""
	}
	return n.Values[0].Text
}

// ReadKind reads a whole file, whose first key must say that it is of the given kind.
func ReadKind[T any](n *Node, kind string, typ *Type[T]) (*T, diag.List) {
	return readKind(&Reader{}, n, kind, typ)
}

// ReadComplete is [ReadKind] for a file in which a key with nothing after its colon is a mistake: an empty condition
// would be a condition that always holds.
func ReadComplete[T any](n *Node, kind string, typ *Type[T]) (*T, diag.List) {
	return readKind(&Reader{strict: true}, n, kind, typ)
}

func readKind[T any](r *Reader, n *Node, kind string, typ *Type[T]) (*T, diag.List) {
	if n == nil {
		return nil, nil
	}
	if !r.header(n, kind) {
		return nil, r.list
	}
	v := new(T)
	typ.read(r, n, v)
	return v, r.list
}

// ReadPlain reads a file that has no header, such as settings.
func ReadPlain[T any](n *Node, typ *Type[T]) (*T, diag.List) {
	r, v := &Reader{}, new(T)
	typ.read(r, n, v)
	return v, r.list
}

func (r *Reader) header(n *Node, kind string) bool {
	hint := fmt.Sprintf("begin the file with `%s: %s`", Header, kind)
	found := n.Get(Header)
	switch {
	case n.Kind != Mapping:
		return r.fail(n, ruleKind, "expected keys with values, got "+n.describe(), hint)
	case found == nil:
		return r.fail(n, ruleKind, fmt.Sprintf("the file does not say what it is: expected `%s: %s`", Header, kind), hint)
	case found.Kind != Scalar: // most likely a slip; the other keys are read all the same
		r.fail(found, ruleKind, fmt.Sprintf("expected %q, got %s", kind, found.describe()), hint)
	case found.Text != kind:
		return r.fail(found, ruleKind, fmt.Sprintf("the file says that it is %q, expected %q", found.Text, kind), "")
	case n.Keys[0].Text != Header:
		r.fail(found, ruleKind, fmt.Sprintf("%q must be the first key of the file", Header), hint)
	}
	return true
}

// KindKey declares the first key, which [ReadKind] has read.
func KindKey[T any](kind string) Key[T] {
	read := func(*Reader, *Node, *T) bool { return true }
	return Key[T]{name: Header, doc: "what the file is", required: true, shape: &wordsShape{[]string{kind}}, read: read}
}
