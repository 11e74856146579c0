package score

import (
	"fmt"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// metAndRules resolves what refers to levels and numbers, once all scales are known.
func (c *compiler) metAndRules(i int) {
	n := &c.m.Nodes[i]
	if n.Source == nil || n.Root {
		return
	}
	if n.Source.Evidence != nil {
		c.ruleWords(n.Source.Evidence)
	}
	n.met = exact.One
	if g := n.gauge(); g != nil && n.measurable() {
		_, n.met = g.ends()
	}
	if x, ok := c.threshold(n, "met", n.Source.Met); ok {
		n.met = x
		if !n.IsLeaf() {
			n.met = x.Sub(n.show.from).Div(n.show.to.Sub(n.show.from))
		}
	}
	if n.IsLeaf() && n.Price == nil && n.measurable() {
		c.leafRules(i)
	}
}

// measurable reports whether a leaf's scale could be made: what is wrong with it is reported.
func (n *Node) measurable() bool { return n.Scale == nil || n.Scale.spans() }

// threshold reads `met` or `minimum`: a level, a number in the unit of the measure, or of a group in displayed units. It
// is better than the worst, since everything is at least as good as that, and can be reached.
func (c *compiler) threshold(n *Node, key, written string) (exact.Number, bool) {
	switch {
	case written == "" || !n.measurable():
	case n.Profile():
		c.problem(n.Source.At(key), ruleLevel, "take it out", "%q says nothing of a profile, which has no score", key)
	case n.Scale != nil:
		return c.levelThreshold(n, key, written)
	default:
		return c.numberThreshold(n, key, written)
	}
	return exact.Zero, false
}

func (c *compiler) levelThreshold(n *Node, key, written string) (exact.Number, bool) {
	level := n.Scale.find(written)
	switch {
	case level < 0:
		c.problem(n.Source.At(key), ruleLevel, fmt.Sprintf("the levels are: %s", n.Scale), "level %q of %q is not on the scale", written, key)
	case level == 0:
		c.problem(n.Source.At(key), ruleLevel, "", "%q is the worst level, so every answer would do; expected a better one", key)
	default:
		return n.Scale.Levels[level].Value, true
	}
	return exact.Zero, false
}

func (c *compiler) numberThreshold(n *Node, key, written string) (exact.Number, bool) {
	worst, best, falls := n.show.from, n.show.to, false
	if n.Measure != nil {
		worst, best = n.Measure.ends()
		falls = n.Measure.falls()
	}
	x, err := exact.Parse(written)
	beyond := func(a, b exact.Number) bool { return !falls && a.Less(b) || falls && b.Less(a) }
	switch {
	case err != nil:
		c.problem(n.Source.At(key), ruleLevel, "", "%q: %s", key, err.Error())
	case !beyond(worst, x) || beyond(best, x):
		c.problem(n.Source.At(key), ruleLevel, "", "%q must be better than %s, the worst, and no better than %s, the best; got %s", key, worst, best, x)
	default:
		return x, true
	}
	return exact.Zero, false
}

// leafRules gives a leaf its evidence rules. An expression that stands in for an answer cites nothing.
func (c *compiler) leafRules(i int) {
	n := &c.m.Nodes[i]
	if n.Source.Rule != "" {
		if n.Source.Evidence != nil && !n.Source.Evidence.None {
			c.problem(n.Source.AtKey("evidence"), ruleForm, "ask for evidence where the facts and criteria that the rule reads are answered",
				"%q is answered by a rule, which cites no evidence", n.ID)
		}
		return
	}
	for j, r := range c.rulesFor(i) {
		c.rule(n, r, j+1)
	}
}

// rulesFor returns a leaf's own evidence rules, or those of the nearest group above it in the same rubric.
func (c *compiler) rulesFor(i int) []rubric.EvidenceRule {
	for ; i >= 0 && c.m.Nodes[i].Source != nil && !c.m.Nodes[i].Root; i = c.m.Nodes[i].Parent {
		if e := c.m.Nodes[i].Source.Evidence; e != nil {
			return e.Rules
		}
	}
	return nil
}

// ruleWords checks the words of evidence rules where they stand, whether or not a leaf below takes them.
func (c *compiler) ruleWords(e *rubric.EvidenceRules) {
	for _, written := range e.Rules {
		for j, kind := range written.Kinds {
			if _, ok := c.m.kinds[kind]; !ok && kind != "" {
				c.problem(written.Item("kinds", j), ruleKind, kindHint(kind, c.m.kindNames), "there is no kind of evidence %q", kind)
			}
		}
		c.check(written)
	}
}

// rule adds an evidence rule to a leaf. On a measure it holds for every number.
func (c *compiler) rule(n *Node, written rubric.EvidenceRule, number int) {
	from := -1
	switch own := n.Source.Evidence != nil; {
	case n.Scale != nil:
		if from = min(1, n.Scale.Best()); written.From != "" {
			if from = n.Scale.find(written.From); from < 0 {
				c.problem(written.At("from"), ruleLevel, fmt.Sprintf("the levels are: %s", n.Scale), "level %q is not on the scale of %q", written.From, n.ID)
				return
			}
			if from == 0 {
				c.problem(written.At("from"), ruleLevel, "leave `from` out: it is then the next level", "level %q is the worst, which needs nothing to be shown", written.From)
				return
			}
		}
	case own && written.From != "":
		c.problem(written.AtKey("from"), ruleForm, "take it out", "%q says nothing of %q, which is answered with a number", "from", n.ID)
		return
	}
	n.rules = append(n.rules, rule{EvidenceRule: &written, number: number, from: from, check: c.checks(written)})
}

// factEvidence gives facts the rules that they ask for.
func (c *compiler) factEvidence() {
	for _, name := range c.m.factNames {
		f := c.m.facts[name]
		if f.Evidence == nil {
			continue
		}
		c.ruleWords(f.Evidence)
		for j, written := range f.Evidence.Rules {
			if written.From != "" {
				c.problem(written.AtKey("from"), ruleForm, "take it out", "%q says nothing of a fact, which has no levels", "from")
			}
			c.m.factRules[name] = append(c.m.factRules[name], rule{EvidenceRule: &written, number: j + 1, from: -1, check: c.checks(written)})
		}
	}
}

func kindHint(kind string, known []string) string {
	if hint := diag.DidYouMean(kind, known); hint != "" {
		return hint
	}
	return fmt.Sprintf("declare it under `kinds:` with `%s: {title: …}`", kind)
}
