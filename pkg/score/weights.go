package score

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// weightRules holds the shares of some criteria in the whole of their rubric, before anything drops out and after what
// is left out of it, against the bounds that the rubric sets.
func (c *compiler) weightRules(root int) {
	r := c.m.Nodes[root].Rubric
	if c.selections[root].broken { // what is taken of it is not what is meant
		return
	}
	shares := c.shares(root)
	for j := range r.WeightRules {
		c.weightRule(root, &r.WeightRules[j], shares)
	}
}

// shares are those of the nodes below a root; a node below a group that does not add has none.
func (c *compiler) shares(root int) map[int]exact.Number {
	shares := map[int]exact.Number{root: exact.One}
	for i := root; i < c.m.Nodes[root].End; i++ {
		n := &c.m.Nodes[i]
		own, has := shares[i]
		siblings := exact.Zero
		for _, j := range n.Children {
			siblings = siblings.Add(c.m.Nodes[j].counts)
		}
		if !has || !n.Adds() || siblings.IsZero() {
			continue
		}
		for _, j := range n.Children {
			shares[j] = own.Mul(c.m.Nodes[j].counts).Div(siblings)
		}
	}
	return shares
}

func (c *compiler) weightRule(root int, w *rubric.WeightRule, shares map[int]exact.Number) {
	if w.Min == nil && w.Max == nil {
		if !w.Broken("min") && !w.Broken("max") {
			c.problem(w.Place(), ruleWeights, "add `min:` or `max:`, in per cent", "this weight rule sets no bound")
		}
		return
	}
	if !c.bounds(w) {
		return
	}
	sum := exact.Zero
	var counted []int
	for k, id := range w.Of {
		i, there := c.find(id, root)
		switch {
		case !there && !c.leavesOut(root, id) && id != "":
			c.problem(w.Item("of", k), ruleCriterion, c.near(id, root), "there is no criterion %q", id)
			return
		case !there:
			continue
		}
		share, has := shares[i]
		if !has {
			c.problem(w.Item("of", k), ruleWeights, "", "%q stands below a group that does not add, so it has no share", id)
			return
		}
		if slices.ContainsFunc(w.Of, func(other string) bool { return c.holds(other, i, root) }) || slices.Contains(counted, i) {
			continue // is counted already
		}
		counted = append(counted, i)
		sum = sum.Add(share)
	}
	sum = sum.Mul(exact.Hundred)
	names := strings.Join(w.Of, ", ")
	at, hint := w.Place(), "change the weights"
	if use := c.m.Nodes[root].Source; use != nil { // the rubric itself is right; what is taken of it is not
		if at = use.At("use"); use.Has("weights") {
			at = use.AtKey("weights")
		}
		hint = fmt.Sprintf("change `weights` here; the rule stands in %s", w.Place())
	}
	if w.Because != "" {
		hint += ": " + w.Because
	}
	switch {
	case w.Min != nil && sum.Less(*w.Min):
		c.problem(at, ruleWeights, hint, "%s: %s %% of the total, expected at least %s %%", names, sum.Fixed(2), w.Min)
	case w.Max != nil && w.Max.Less(sum):
		c.problem(at, ruleWeights, hint, "%s: %s %% of the total, expected at most %s %%", names, sum.Fixed(2), w.Max)
	}
}

// bounds reports whether the bounds of a weight rule are per cents that can be kept, and whether it is about something.
func (c *compiler) bounds(w *rubric.WeightRule) bool {
	before := len(c.list)
	if len(w.Of) == 0 && !w.Broken("of") {
		c.problem(w.At("of"), ruleWeights, "name the criteria whose weight is bounded", "this weight rule is about no criterion")
	}
	for _, b := range []struct {
		key string
		x   *exact.Number
	}{{"min", w.Min}, {"max", w.Max}} {
		if b.x != nil && (b.x.Sign() < 0 || exact.Hundred.Less(*b.x)) {
			c.problem(w.At(b.key), ruleWeights, "", "%q is in per cent, from 0 to 100, got %s", b.key, b.x)
		}
	}
	if w.Min != nil && w.Max != nil && w.Max.Less(*w.Min) {
		c.problem(w.At("max"), ruleWeights, "", "`max` is below `min`, got %s and %s", w.Max, w.Min)
	}
	return len(c.list) == before
}

// holds reports whether a criterion is a group in which node i stands.
func (c *compiler) holds(id string, i, root int) bool {
	group, there := c.find(id, root)
	return there && group < i && i < c.m.Nodes[group].End
}

// leavesOut reports whether a criterion is one of the rubric that is not taken here.
func (c *compiler) leavesOut(root int, id string) bool {
	var known func(criteria []rubric.Criterion) bool
	known = func(criteria []rubric.Criterion) bool {
		for i := range criteria {
			if idOf(&criteria[i]) == id || known(criteria[i].Criteria) {
				return true
			}
		}
		return false
	}
	return !c.selections[root].whole && known(c.m.Nodes[root].Rubric.Criteria)
}
