package score

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
)

// ruling is an expression that stands in for an answer: a condition, or one reading that gives the level or number.
type ruling struct {
	condition *expr.Expr
	// isFalse and isTrue are the numbers that a condition gives.
	isFalse, isTrue exact.Number
	reading         *expr.Test
}

// ruling compiles the rule of a leaf. A worse level that it reads must not help: what counts as evidenced would be more
// than what is claimed.
func (c *compiler) ruling(i int) {
	n := &c.m.Nodes[i]
	written := n.Source.Rule
	if written == "" || n.Root || n.gauge() == nil || !n.measurable() {
		return
	}
	at := n.Source.At("rule")
	e, list := expr.Parse(written, at)
	c.list = append(c.list, list...)
	if e == nil {
		return
	}
	wanted := 1
	if n.gauge().falls() {
		wanted = -1
	}
	if c.gives(e, n.owner) {
		c.oneReading(n, e.Test, wanted)
		return
	}
	if n.Scale == nil || len(n.Scale.Levels) != 2 {
		c.problem(at, ruleExpression, "use `scale: yes-no`, or a rule that gives a level or a number", "a condition answers a scale of two levels, and that of %q is another", n.ID)
		return
	}
	if condition := c.condition(written, at, inRule, n.owner, wanted); condition != nil {
		low, high := n.Scale.Levels[0].Value, n.Scale.Levels[1].Value
		n.ruling = &ruling{condition: condition, isFalse: exact.Min(low, high), isTrue: exact.Max(low, high)}
	}
}

// gives reports whether an expression is one reading of a level or number, rather than a condition.
func (c *compiler) gives(e *expr.Expr, owner int) bool {
	if e.Op != expr.Leaf || e.Test.Compare != "" {
		return false
	}
	if e.Test.Read != "facts" {
		return !readings[e.Test.Read].yesNo
	}
	f := c.m.facts[e.Test.Name]
	return f == nil || !slices.Contains(factsOf(c.m.Nodes[owner].Rubric), e.Test.Name) || f.Type != "yes-no"
}

// oneReading compiles a rule that gives a number: of a fact, a level, a measure, a score or a count.
func (c *compiler) oneReading(n *Node, t *expr.Test, wanted int) {
	r, ok := c.readable(t, inRule, n.owner)
	if !ok || !c.resolve(t, r, n.owner) {
		return
	}
	if r.words {
		c.problem(t.Place, ruleExpression, "", "`%s` gives no level and no number", t.Text)
		return
	}
	if !c.fits(n, t) {
		return
	}
	if rises := c.rises(t, r); rises != 0 && rises != wanted {
		c.problem(t.Place, rulePolarity, "turn the scale or the measure round", "in `rule`, `%s` lets a worse level help the innovation", t.Text)
		return
	}
	n.ruling = &ruling{reading: t}
}

// fits reports whether what a reading gives can be on the scale of the leaf; a measure takes every number.
func (c *compiler) fits(n *Node, t *expr.Test) bool {
	wrong := func(what string) bool {
		c.problem(t.Place, ruleExpression, "", "%s is not on the scale of %q", what, n.ID)
		return false
	}
	if t.Read == "facts" {
		f := c.m.facts[t.Name]
		switch f.Type {
		case "integer", "number":
			return true
		case "choice":
			if n.Scale == nil {
				break
			}
			for _, choice := range f.Of {
				if n.Scale.find(choice) < 0 {
					return wrong("the choice " + choice)
				}
			}
			return true
		}
		c.problem(t.Place, ruleExpression, "", "fact %q of type %s gives no level and no number here", t.Name, f.Type)
		return false
	}
	if n.Scale == nil {
		return true
	}
	read := c.m.Nodes[t.Target].Scale
	if read == nil || t.Read != "level" && t.Read != "claimed" {
		c.problem(t.Place, ruleExpression, "use `measure:`", "`%s` gives a number, and %q is answered with a level", t.Text, n.ID)
		return false
	}
	for _, l := range read.Levels {
		if n.Scale.At(l.Value) < 0 {
			return wrong("level " + l.Value.String() + " of " + t.Name)
		}
	}
	return true
}

// Gives reports whether a leaf can come to a level, by its index: a rule may give only some of those on the scale.
func (m *Model) Gives(i, level int) bool {
	n := &m.Nodes[i]
	if n.ruling == nil || n.ruling.condition != nil {
		return true
	}
	x, t := n.Scale.Levels[level].Value, n.ruling.reading
	if t.Read != "facts" {
		at := m.Nodes[t.Target].Scale.At(x)
		return at >= 0 && m.Gives(t.Target, at)
	}
	switch f := m.facts[t.Name]; f.Type {
	case "choice":
		return slices.ContainsFunc(f.Of, func(choice string) bool { return n.Scale.find(choice) == level })
	case "integer":
		_, whole := x.Whole()
		return whole
	}
	return true
}

// bound is what a ruling gives on the basis that is being read: the worse and the better number that it may be, and what
// is missing if it is not known which.
func (e *evaluation) bound(n *Node) (worse, better exact.Number, absent []string) {
	worst, best := n.gauge().ends()
	if n.ruling.condition == nil {
		return e.reading(n, n.ruling.reading)
	}
	switch o := n.ruling.condition.Eval(e.test); o.Truth {
	case expr.True:
		return n.ruling.isTrue, n.ruling.isTrue, nil
	case expr.Unknown:
		return worst, best, o.Missing
	default:
		return n.ruling.isFalse, n.ruling.isFalse, nil
	}
}

// reading is what one reading gives. What a fact says that is not on the scale, or beyond what can be, is as if it were
// not said; what is computed from criteria is taken as far as it goes.
func (e *evaluation) reading(n *Node, t *expr.Test) (worse, better exact.Number, absent []string) {
	if t.Read != "facts" {
		worse, better, absent = e.bounds(n.gauge(), t)
		return n.within(worse), n.within(better), absent
	}
	worst, best := n.gauge().ends()
	v, known := e.fact(t.Name)
	if !known {
		return worst, best, []string{t.Name}
	}
	x := v.number
	if e.m.facts[t.Name].Type == "choice" {
		x = n.Scale.Levels[n.Scale.find(v.word)].Value
	}
	if n.Scale != nil && n.Scale.At(x) < 0 || n.Measure != nil && n.Measure.beyond(x) {
		return worst, best, []string{t.Name}
	}
	return x, x, nil
}

// within is a number that criteria come to as one of the leaf's own: the level that the mean of a survey reaches, or the
// nearest that can be.
func (n *Node) within(x exact.Number) exact.Number {
	switch {
	case n.Scale != nil:
		return n.Scale.Levels[n.Scale.Reached(x)].Value
	case n.Measure.limits != nil:
		return exact.Max(n.Measure.limits[0], exact.Min(n.Measure.limits[1], x))
	}
	return x
}

// beyond reports whether a number is outside what can be.
func (m *Measure) beyond(x exact.Number) bool {
	return m.limits != nil && (x.Less(m.limits[0]) || m.limits[1].Less(x))
}
