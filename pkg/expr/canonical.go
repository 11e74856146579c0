package expr

import (
	"slices"
	"strconv"
	"strings"
)

// Canonical writes the condition so that two which say the same in other spacing, quotes, forms of numbers or order of
// parts are written alike. name is what a test reads by, given the test: whoever resolved names knows them better than
// as they are written.
func (e *Expr) Canonical(name func(*Test) string) string {
	switch e.Op {
	case Leaf:
		return e.Test.canonical(name(e.Test))
	case Not:
		return "!(" + e.Args[0].Canonical(name) + ")"
	case And:
		return e.joined(" && ", name)
	case Or:
		return e.joined(" || ", name)
	}
	panic("expr: unknown op")
}

// joined writes the parts in order of their text: which stands first decides nothing.
func (e *Expr) joined(word string, name func(*Test) string) string {
	parts := make([]string, len(e.Args))
	for i, arg := range e.Args {
		if parts[i] = arg.Canonical(name); arg.Op == And || arg.Op == Or {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), word)
}

func (t *Test) canonical(name string) string {
	var b strings.Builder
	b.WriteString(t.Read)
	if t.Name != "" {
		b.WriteString("(" + strconv.Quote(name))
		if t.HasAt {
			b.WriteString(", " + t.At.Fraction())
		}
		b.WriteString(")")
	}
	if t.Compare == "" {
		return b.String()
	}
	against := make([]string, len(t.Against))
	for i, l := range t.Against {
		against[i] = l.canonical()
	}
	slices.Sort(against)
	against = slices.Compact(against)
	compare := t.Compare
	if compare == "in" && len(against) == 1 {
		compare = "=="
	}
	b.WriteString(" " + compare + " " + strings.Join(against, ", "))
	return b.String()
}

func (l Literal) canonical() string {
	if l.Number != nil {
		return l.Number.Fraction()
	}
	return strconv.Quote(l.Word)
}
