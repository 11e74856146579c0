package score

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
)

// The texts of [Aspect]s: alike if and only if they mean the same, as far as one can tell from the rubric.

// joined writes a list so that no two lists are written alike.
func joined(texts []string) string {
	var b []byte
	for i, text := range texts {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendQuote(b, text)
	}
	return "[" + string(b) + "]"
}

// sorted are texts whose order says nothing, each once.
func sorted(texts []string) []string { return slices.Compact(slices.Sorted(slices.Values(texts))) }

// unless is "" for what is as if nothing were said.
func unless(text, unsaid string) string {
	if text == unsaid {
		return ""
	}
	return text
}

// conditionText writes a condition with full names, so that a short one and a long one are alike.
func (m *Model) conditionText(e *expr.Expr) string {
	if e == nil {
		return ""
	}
	return e.Canonical(m.readText)
}

// readText is what a test reads, by its name in the whole.
func (m *Model) readText(t *expr.Test) string {
	switch r := readings[t.Read]; {
	case r.target == aStage:
		return m.stageText(t.Target)
	case r.target >= aLeaf:
		return m.Nodes[t.Target].Name
	}
	return t.Name
}

func (m *Model) rulingText(r *ruling) string {
	switch {
	case r == nil:
		return ""
	case r.condition != nil:
		return m.conditionText(r.condition)
	}
	return (&expr.Expr{Op: expr.Leaf, Test: r.reading}).Canonical(m.readText)
}

// stageText is a stage of the whole by its name; one that the whole never comes to has none there.
func (m *Model) stageText(stage int) string {
	switch {
	case stage < 0:
		return ""
	case stage >= len(m.Stages):
		return "never"
	}
	return m.Stages[stage]
}

// scaleText lists the values, worst first. Labels are in it only where a rule finds a level by them.
func (n *Node) scaleText() string {
	if n.Scale == nil {
		return ""
	}
	byLabel := n.ruling != nil && n.ruling.reading != nil && readings[n.ruling.reading.Read].target == aFact
	var levels []string
	for _, l := range n.Scale.Levels {
		level := l.Value.Fraction()
		if byLabel {
			level += " " + l.Label
		}
		levels = append(levels, level)
	}
	return joined(levels)
}

func (n *Node) measureText() string {
	if n.Measure == nil {
		return ""
	}
	var points []string
	for _, p := range n.Measure.points {
		points = append(points, p.at.Fraction()+": "+p.worth.Fraction())
	}
	text := joined(points)
	if l := n.Measure.limits; l != nil {
		text += " within " + l[0].Fraction() + " to " + l[1].Fraction()
	}
	return text
}

func (n *Node) priceText() string {
	if n.Price == nil {
		return ""
	}
	return fmt.Sprintf("%s from %s to %s in %d decimals", n.Price.Model, n.Price.cap.Fraction(), n.Price.floor.Fraction(), n.Price.decimals)
}

// metText is the number from which the node is met; "" if that is the best, as it is if nothing is said. Of a group it is
// as displayed: what part that is of a sum follows from its children.
func (n *Node) metText() string {
	best := exact.One
	if g := n.gauge(); g != nil {
		_, best = g.ends()
	}
	if n.met.Equal(best) {
		return ""
	}
	if n.IsLeaf() {
		return n.met.Fraction()
	}
	return n.Shown(n.met).Fraction()
}

// showText is the range of a group that sets one.
func (n *Node) showText() string {
	if n.IsLeaf() || n.combine == "sum" || n.Profile() {
		return ""
	}
	return unless(n.show.from.Fraction()+" to "+n.show.to.Fraction(), "0 to 100")
}

// unknownText is how a group displays what is not known. Without a policy, `min_answered` decides on no score.
func (n *Node) unknownText() string {
	policy, least := n.policy()
	if policy == "" {
		return ""
	}
	return policy + " from " + least.Fraction()
}

// orderText is that of the children of a ladder that count: of any other group it says nothing.
func (m *Model) orderText(n *Node) string {
	if n.combine != "ladder" {
		return ""
	}
	var rungs []string
	for _, i := range n.Children {
		if m.Nodes[i].Weight.Sign() > 0 {
			rungs = append(rungs, m.Nodes[i].Name)
		}
	}
	return joined(rungs)
}

// naText says for which reasons an answer is taken as not applicable, and what becomes of it then. Where a gate or a
// capping flag depends on the leaf, and the rubric names no reason, there is none.
func (n *Node) naText() string {
	if n.gauge() == nil || n.ruling != nil {
		return ""
	}
	text := "any"
	na := n.Source.NA
	switch {
	case na != nil && na.Never:
		return "never"
	case na != nil && len(na.Reasons) > 0:
		reasons := make([]string, len(na.Reasons))
		for i, r := range na.Reasons {
			reasons[i] = plainWords(r)
		}
		text = joined(sorted(reasons))
	case n.gated:
		return "never" // for none but the reasons of the rubric, which gives none
	}
	if na != nil && na.Counts != "" {
		text += " counts " + na.Counts
	}
	return unless(text, "any")
}

// rulesText lists evidence rules. All that are reached must be met, so their order says nothing.
func (m *Model) rulesText(n *Node, rules []rule) string {
	if len(rules) == 0 {
		return ""
	}
	texts := make([]string, len(rules))
	for i := range rules {
		texts[i] = m.ruleText(n, &rules[i])
	}
	return joined(sorted(texts))
}

func (m *Model) ruleText(n *Node, r *rule) string {
	words := []string{strconv.Itoa(max(r.Min, 1)) + " of " + joined(sorted(r.Kinds))}
	say := func(key, text string) {
		if text != "" {
			words = append(words, key+" "+text)
		}
	}
	if r.from > 0 {
		say("from", n.Scale.Levels[r.from].Value.Fraction())
	}
	if !r.MaxAge.IsZero() {
		say("max_age", strconv.Itoa(r.MaxAge.Months)+" months "+strconv.Itoa(r.MaxAge.Days)+" days")
	}
	if r.Independent {
		say("independent", "yes")
	}
	if r.Checked {
		say("checked", "yes")
	}
	say("version", r.Version)
	say("valid_until", r.ValidUntil)
	if r.check != nil {
		say("check", r.check.Canonical(func(t *expr.Test) string { return t.Name }))
	}
	return strings.Join(words, "; ")
}
