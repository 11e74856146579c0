package score

import (
	"fmt"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// leaf resolves how a criterion is answered.
func (c *compiler) leaf(n *Node, of *rubric.Criterion, r *rubric.Rubric) {
	forms := 0
	for _, key := range []string{"scale", "measure", "price"} {
		if of.Has(key) {
			if forms++; forms > 1 {
				c.problem(of.AtKey(key), ruleForm, "keep one of `scale`, `measure` and `price`", "%q is answered in more than one form", of.ID)
			}
		}
	}
	switch {
	case forms == 0:
		c.problem(of.Place(), ruleForm, "add `scale:` or `measure:` (or `criteria:` for a group)", "criterion %q does not say how it is answered", of.ID)
	case of.Scale != nil:
		n.Scale = c.scale(of, r)
	case of.Measure != nil:
		n.Measure = c.measure(of)
	case of.Price != nil:
		n.Price = c.price(of)
	}
}

// What each form of criterion may say. A key of another form would be read and change nothing, without a word.
var (
	everyKey  = []string{"id", "title", "ask", "why", "guidance", "weight", "when", "from_stage", "duty", "maps", "allow"}
	scaleKeys = []string{
		"scale", "reverse", "rule", "levels", "met", "minimum", "evidence", "na", "respondents", "improve",
	}
	ruleKeys    = []string{"rule", "scale", "reverse", "measure", "levels", "met", "minimum", "evidence", "improve"}
	measureKeys = []string{"measure", "rule", "met", "minimum", "evidence", "na"}
	priceKeys   = []string{"price"}
	groupKeys   = []string{"criteria", "combine", "show", "unknown", "min_answered", "met", "minimum", "evidence"}
	useKeys     = []string{"use", "as", "weight", "only", "except", "weights", "stages", "bands", "without", "when", "from_stage", "duty", "allow"}
)

// keys refuses those that belong to another form of criterion.
func (c *compiler) keys(of *rubric.Criterion) {
	form, allowed := "a criterion that is answered with a level", append(slices.Clone(everyKey), scaleKeys...)
	switch {
	case of.Has("rule") && !of.Has("criteria") && !of.Has("use"):
		form, allowed = "a criterion that a rule answers", append(slices.Clone(everyKey), ruleKeys...)
	case of.Has("use"):
		form, allowed = "a rubric in use", useKeys
	case of.Has("criteria"):
		form, allowed = "a group", append(slices.Clone(everyKey), groupKeys...)
	case of.Has("measure") && !of.Has("scale"):
		form, allowed = "a criterion that is answered with a number", append(slices.Clone(everyKey), measureKeys...)
	case of.Has("price") && !of.Has("scale"):
		form, allowed = "a price", append(slices.Clone(everyKey), priceKeys...)
	}
	other := []string{"scale", "measure", "price"} // two of them are reported as such
	for _, key := range of.Keys() {
		if of.Broken(key) || slices.Contains(allowed, key) || slices.Contains(other, key) && !of.Has("criteria") && !of.Has("use") {
			continue
		}
		c.problem(of.AtKey(key), ruleForm, "take it out, or move it to where it counts", "%q says nothing of %s", key, form)
	}
}

// named holds a criterion to its id and title: what is used has those of its own.
func (c *compiler) named(of *rubric.Criterion) {
	for _, key := range []string{"id", "title"} {
		if !of.Has(key) {
			c.problem(of.Place(), ruleTitle, fmt.Sprintf("add `%s:`", key), "criterion %sneeds %q", quoted(of.ID), key)
		}
	}
}

func quoted(id string) string {
	if id == "" {
		return ""
	}
	return fmt.Sprintf("%q ", id)
}

func (c *compiler) weight(of *rubric.Criterion) exact.Number {
	if of.Weight == nil {
		return exact.One
	}
	if of.Weight.Sign() < 0 {
		c.problem(of.At("weight"), ruleWeight, "to take points away, give a level of the scale a negative value", "a weight cannot be negative, got %s", of.Weight)
	}
	return *of.Weight
}

// group is how a group combines, and how its score is displayed. That of a `sum` follows from its children.
func (c *compiler) group(o source.Origin, g rubric.Group, root bool) (string, show) {
	combine := g.Combine
	if combine == "" {
		combine = "mean"
	}
	adds := combine == "mean" || combine == "sum"
	if g.Unknown != "" && !adds {
		c.problem(o.At("unknown"), ruleForm, "use it on a group of `mean` or `sum`", "%q says nothing of a group of %q", "unknown", combine)
	}
	if x := g.MinAnswered; x != nil && !root {
		switch {
		case g.Unknown == "":
			c.problem(o.AtKey("min_answered"), ruleForm, "add `unknown: exclude` or `unknown: midpoint`", "%q of a group goes with %q", "min_answered", "unknown")
		case x.Sign() < 0 || exact.One.Less(*x):
			c.problem(o.At("min_answered"), ruleValue, "write a share such as 0.8", "expected a share from 0 to 1, got %s", x)
		}
	}
	s := hundred
	if g.Show != nil {
		s = c.show(o, *g.Show)
		if combine == "sum" && (g.Show.From != nil || g.Show.To != nil) || combine == "profile" {
			c.problem(o.At("show"), ruleForm, showHint[combine], "a %s has no range of its own to show", combine)
		}
	}
	return combine, s
}

var showHint = map[string]string{
	"sum":     "its range follows from its criteria; only `decimals` can be set",
	"profile": "take it out: a profile has no score",
}

func (c *compiler) show(o source.Origin, written rubric.Show) show {
	s := hundred
	if written.From != nil {
		s.from = *written.From
	}
	if written.To != nil {
		s.to = *written.To
	}
	if !s.from.Less(s.to) {
		c.problem(o.At("show"), ruleScale, "", "`from` must be below `to`, got %s and %s", s.from, s.to)
	}
	if d := written.Decimals; d != nil {
		if s.decimals = decimals(*d); s.decimals < 0 {
			c.problem(o.At("show"), ruleScale, "", "expected 0 to 6 decimals, got %s", d)
			s.decimals = 0
		}
	}
	return s
}
