package report

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// conditions puts what a rubric writes as expressions into words: what must hold, by questions, titles and labels.
type conditions struct{ m *score.Model }

// words of a condition, as a sentence without its full stop and its capital.
func (c conditions) words(e *expr.Expr) string { return c.say(e, false, false) }

// given is the words of a condition after `if`, where it may stand beside another: what is one of several is marked as such.
func (c conditions) given(e *expr.Expr) string {
	top, negated := e, false
	for top.Op == expr.Not {
		top, negated = top.Args[0], !negated
	}
	return c.say(e, false, top.Op != expr.Leaf && (top.Op == expr.Or) != negated)
}

// say writes a part of a condition. A `!` is carried down to the comparisons, where it turns their words round.
func (c conditions) say(e *expr.Expr, negated, within bool) string {
	switch e.Op {
	case expr.Leaf:
		return c.test(e.Test, negated).String()
	case expr.Not:
		return c.say(e.Args[0], !negated, within)
	case expr.And, expr.Or:
	}
	if all := (e.Op == expr.And) != negated; all {
		return c.all(e, negated, within)
	}
	return c.some(e, negated, within)
}

// all joins parts that must all hold. What has parts of its own comes last, so that it is seen where it ends.
func (c conditions) all(e *expr.Expr, negated, within bool) string {
	simple, joint := c.parts(e, negated)
	text := joined(simple, "and")
	for _, part := range joint {
		if text != "" {
			text += ", and "
		}
		text += part
	}
	if within && len(joint) > 0 {
		return "(" + text + ")"
	}
	return text
}

// some joins parts of which one must hold.
func (c conditions) some(e *expr.Expr, negated, within bool) string {
	simple, joint := c.parts(e, negated)
	parts := slices.Concat(simple, joint)
	switch {
	case len(parts) == 1:
		return parts[0]
	case len(parts) > 2 || len(joint) > 0 && within:
		return "at least one of these holds: " + strings.Join(parts, "; ")
	case within:
		return "either " + strings.Join(parts, " or ")
	case len(joint) > 0:
		return strings.Join(parts, "; or ")
	}
	return strings.Join(parts, ", or ")
}

// parts are those of one comparison, of which several in a row about one thing name it once, and those that have parts of
// their own.
func (c conditions) parts(e *expr.Expr, negated bool) (simple, joint []string) {
	word := " or "
	if (e.Op == expr.And) != negated {
		word = " and "
	}
	about := ""
	for _, arg := range e.Args {
		t, not := bare(arg, negated)
		if t == nil {
			joint = append(joint, c.say(arg, negated, true))
			continue
		}
		p := c.test(t, not)
		if last := len(simple) - 1; last >= 0 && p.subject != "" && p.subject == about {
			simple[last] += word + p.predicate
			continue
		}
		simple, about = append(simple, p.String()), p.subject
	}
	return simple, joint
}

// bare is the comparison that an expression is, below any `!`; nil if it has parts.
func bare(e *expr.Expr, negated bool) (*expr.Test, bool) {
	for e.Op == expr.Not {
		e, negated = e.Args[0], !negated
	}
	return e.Test, negated
}

// phrase is what a comparison says: what it is about, which may be part of the rest, and what holds of that.
type phrase struct{ subject, predicate string }

func (p phrase) String() string { return strings.TrimSpace(p.subject + " " + p.predicate) }

// compound reports whether a condition has more than one comparison, so that words may be read in more than one way.
func compound(e *expr.Expr) bool {
	return e != nil && len(e.Args) > 1 || e != nil && e.Op == expr.Not && compound(e.Args[0])
}

// onOneLine is an expression as the rubric has it.
func onOneLine(written string) string { return strings.Join(strings.Fields(written), " ") }
