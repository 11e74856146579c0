package score

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// answer reads what a record says of one leaf, in the form of the leaf.
func (b *binder) answer(e *source.Entry[string, innovation.Answer]) {
	i, ok := b.find(e)
	if !ok || e.Broken || e.Empty {
		return
	}
	a := answer{because: e.Value.Because, place: e.KeyPlace, evidence: b.cited(e.Value.Evidence)}
	switch written := &e.Value; {
	case written.Unknown:
		a.said = unknown
	case written.NA != "":
		a.said, a.na = notApplicable, written.NA
	default:
		if !b.amount(&a, &b.m.Nodes[i], e) {
			return
		}
	}
	if b.rec.answers[i].place.Line > 0 {
		b.problem(e.KeyPlace, ruleRepeated, "keep one of the two", "criterion %q is already answered at line %d", b.m.Nodes[i].Name, b.rec.answers[i].place.Line)
		return
	}
	b.rec.answers[i] = a
}

// amount reads a level, a number, a range of them or a survey. It reports whether that went well, or nothing is said.
func (b *binder) amount(a *answer, n *Node, e *source.Entry[string, innovation.Answer]) bool {
	written := &e.Value
	switch {
	case written.Has("responses"):
		return b.survey(a, n, e)
	case !written.Value.IsZero() && n.Scale != nil:
		b.problem(written.AtKey("value"), ruleForm, "write `level:`", "%q is answered by a level, not by a number", e.Key)
	case written.Has("level") && n.Measure != nil:
		b.problem(written.AtKey("level"), ruleForm, "write `value:`", "%q is answered by a number, not by a level", e.Key)
	case !written.Value.IsZero():
		return b.ends(a, n, e, written.Value, written.At("value"))
	case written.Has("level"):
		return b.ends(a, n, e, written.Level, written.At("level"))
	case written.Level.IsZero():
		return true
	default:
		return b.ends(a, n, e, written.Level, e.ValuePlace)
	}
	return false
}

// ends reads one amount, or the two of a range in either order.
func (b *binder) ends(a *answer, n *Node, e *source.Entry[string, innovation.Answer], amount innovation.Amount, at diag.Place) bool {
	texts := amount.Range
	if texts == nil {
		texts = []string{amount.One}
	}
	for j, text := range texts {
		x, ok := b.number(n, e.Key, text, at)
		switch {
		case !ok:
			return false
		case j == 0:
			a.worse, a.better = x, x
		default:
			a.worse, a.better = poorer(n.gauge(), a.worse, x), richer(n.gauge(), a.better, x)
		}
	}
	a.said = anAmount
	return true
}

// number reads a level by value or label, or a number within what can be.
func (b *binder) number(n *Node, name, text string, at diag.Place) (exact.Number, bool) {
	if n.Scale != nil {
		level := readLevel(n.Scale, text)
		if level < 0 {
			hint := fmt.Sprintf("the levels are: %s", n.Scale)
			if strings.EqualFold(text, "unknown") {
				hint = fmt.Sprintf("write `%s: unknown`", name)
			}
			b.problem(at, ruleLevel, hint, "level %q is not on the scale of %q", text, name)
			return exact.Zero, false
		}
		return n.Scale.Levels[level].Value, true
	}
	x, err := exact.Parse(text)
	switch {
	case err != nil:
		b.problem(at, ruleForm, "", "%q: %s", name, err.Error())
	case n.Measure.beyond(x):
		b.problem(at, ruleLevel, fmt.Sprintf("expected %s to %s", n.Measure.limits[0], unit(n.Measure.limits[1], n.Measure)), "%s is beyond what %q can be", x, name)
	default:
		return x, true
	}
	return exact.Zero, false
}

func unit(x exact.Number, m *Measure) string { return strings.TrimSpace(x.String() + " " + m.Unit) }

// readLevel reads a level, and on the scale of two called yes and no, a yes-no however it is written.
func readLevel(s *Scale, written string) int {
	if i := s.find(written); i >= 0 {
		return i
	}
	yes, err := source.ParseYesNo(written)
	if err != nil {
		return -1
	}
	no, y := s.find("no"), s.find("yes")
	if no < 0 || y < 0 || len(s.Levels) != 2 {
		return -1
	}
	if yes {
		return y
	}
	return no
}

// survey reads how many gave each level; the answer is their mean. Without a respondent it is not known.
func (b *binder) survey(a *answer, n *Node, e *source.Entry[string, innovation.Answer]) bool {
	if n.Scale == nil {
		b.problem(e.Value.AtKey("responses"), ruleForm, "write `value:`", "%q is answered by a number; a survey counts levels", e.Key)
		return false
	}
	sum, total, ok := exact.Zero, exact.Zero, true
	seen := map[int]bool{}
	for _, r := range e.Value.Responses {
		if r.Broken || r.Empty {
			ok = ok && r.Empty
			continue
		}
		level := readLevel(n.Scale, r.Key)
		_, whole := r.Value.Whole()
		switch {
		case level < 0:
			b.problem(r.KeyPlace, ruleLevel, fmt.Sprintf("the levels are: %s", n.Scale), "level %q is not on the scale of %q", r.Key, e.Key)
			ok = false
		case !whole || r.Value.Sign() < 0:
			b.problem(r.ValuePlace, ruleValue, "", "expected how many gave this level, a whole number, got %s", r.Value)
			ok = false
		case seen[level]:
			b.problem(r.KeyPlace, ruleRepeated, "keep one of the two", "level %q is counted twice", r.Key)
			ok = false
		default:
			seen[level] = true
			sum, total = sum.Add(n.Scale.Levels[level].Value.Mul(r.Value)), total.Add(r.Value)
		}
	}
	if !ok {
		return false
	}
	if total.IsZero() {
		a.said = unknown
		return true
	}
	count, _ := total.Whole()
	a.said, a.respondents = anAmount, int(count)
	a.worse = sum.Div(total)
	a.better = a.worse
	return true
}
