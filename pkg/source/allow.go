package source

import (
	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Allowance says why a finding of lint does not count. It stands under `allow` in the mapping that the finding is about,
// or in one around it.
type Allowance struct {
	Origin
	Rule, Because string
	Until         calendar.Date // the last day on which it holds; zero is no end
}

// AllowKey declares `allow` for a type that holds allowances.
func AllowKey[T any](field func(*T) *[]Allowance) Key[T] {
	return Field("allow", ListOf(allowanceType), field, "findings of lint that do not count here, and why")
}

var allowanceType = Object("allowance",
	Field("rule", Ident, func(a *Allowance) *string { return &a.Rule }, "the rule of lint").Required(),
	Field("because", Word, func(a *Allowance) *string { return &a.Because }, "why it does not count").Required(),
	Field("until", Date, func(a *Allowance) *calendar.Date { return &a.Until }, "the last day"))

// Holds reports whether the value at a place is this one, one of its keys, or stands inside it.
func (o Origin) Holds(at diag.Place) bool { return o.node.holds(at) }

func (n *Node) holds(at diag.Place) bool {
	if n == nil {
		return false
	}
	if n.place == at {
		return true
	}
	for _, k := range n.Keys {
		if k.place == at {
			return true
		}
	}
	for _, v := range n.Values {
		if v.holds(at) {
			return true
		}
	}
	return false
}

// Texts calls yield for every text that stands in a value, in the order of the file.
func (o Origin) Texts(yield func(text string, at diag.Place)) { o.node.texts(yield) }

func (n *Node) texts(yield func(string, diag.Place)) {
	if n == nil {
		return
	}
	if n.Kind == Scalar {
		yield(n.Text, n.place)
	}
	for _, v := range n.Values {
		v.texts(yield)
	}
}
