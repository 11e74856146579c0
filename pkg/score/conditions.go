package score

import (
	"fmt"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
)

// condition compiles an expression of the rubric with its root at node owner. It is nil if there is none or a problem.
// wanted is 1 if better levels may only turn it to true, -1 if only to false, 0 if it reads none.
func (c *compiler) condition(text string, at diag.Place, where context, owner, wanted int) *expr.Expr {
	if text == "" {
		return nil
	}
	e, list := expr.Parse(text, at)
	c.list = append(c.list, list...)
	if e == nil {
		return nil
	}
	before := len(c.list)
	e.Tests(func(t *expr.Test, negated bool) { c.test(t, negated, where, owner, wanted) })
	if len(c.list) > before {
		return nil
	}
	return e
}

func (c *compiler) test(t *expr.Test, negated bool, where context, owner, wanted int) {
	r, ok := c.readable(t, where, owner)
	if !ok || !c.resolve(t, r, owner) {
		return
	}
	if t.Read == "facts" {
		c.factTest(t)
		return
	}
	before := len(c.list)
	if c.compared(t, r, owner); len(c.list) == before {
		c.polarity(t, r, negated, where, wanted)
	}
}

// resolve finds what the name refers to.
func (c *compiler) resolve(t *expr.Test, r reading, owner int) bool {
	switch r.target {
	case aFact:
		known := factsOf(c.m.Nodes[owner].Rubric)
		if slices.Contains(known, t.Name) && c.m.facts[t.Name] == nil { // what is wrong with it is reported there
			return false
		}
		if !slices.Contains(known, t.Name) || c.m.facts[t.Name] == nil {
			c.problem(t.Place, ruleFact, c.hint(func() string { return factHint(t.Name, known) }), "there is no fact %q", t.Name)
			return false
		}
	case aStage:
		t.Target = c.stage(t.Name, t.Place, owner)
		return t.Target >= 0
	case aLeaf, aMeasure, eitherLeaf, aGroup, anything:
		i, ok := c.find(t.Name, owner)
		if !ok {
			c.problem(t.Place, ruleCriterion, c.hint(func() string { return c.near(t.Name, owner) }), "there is no criterion %q", t.Name)
			return false
		}
		t.Target = i
		n := &c.m.Nodes[i]
		if !r.takes(n) || n.Price != nil && t.Read == "met" || n.Profile() && (t.Read == "met" || t.Read == "score" || t.Read == "gap") {
			c.problem(t.Place, ruleExpression, kindOfNode(n), "%s does not read %q", t.Read, t.Name)
			return false
		}
		return n.measurable() && (!r.level || c.oneScale(t))
	case noTarget:
		if t.Read == "stage" { // of the rubric that asks, which may have words of its own
			t.Target = owner
		}
	}
	return true
}

// oneScale checks a count over leaves: they must share the scale that its level is on.
func (c *compiler) oneScale(t *expr.Test) bool {
	var first *Scale
	ok, counted := true, 0
	c.m.counted(t.Target, func(int) { counted++ })
	c.m.below(t.Target, counted > 0, func(i int) { // where a use of the rubric leaves nothing to count, the rest must fit
		s := c.m.Nodes[i].Scale
		if first == nil {
			first = s
		}
		if s == nil {
			ok = false
			return
		}
		same := slices.EqualFunc(first.Levels, s.Levels, func(a, b Level) bool { return a.Value.Equal(b.Value) })
		ok = ok && same
	})
	if !ok || first == nil || first.At(t.At) < 0 {
		c.problem(t.Place, ruleExpression, "they need the same levels, and the same `reverse`", "the criteria of %q do not share a scale with level %s", t.Name, t.At)
		return false
	}
	return true
}

// factTest checks that a fact is compared with what it can be.
func (c *compiler) factTest(t *expr.Test) {
	f := c.m.facts[t.Name]
	switch f.Type {
	case "yes-no":
		if t.Compare != "" {
			c.problem(t.Place, ruleExpression, fmt.Sprintf("write facts.%s or !facts.%s", t.Name, t.Name), "fact %q is a yes-no", t.Name)
		}
		return
	case "choice", "text":
		c.equality(t)
		for _, l := range t.Against {
			if f.Type == "choice" && l.Number == nil && !slices.Contains(f.Of, l.Word) {
				c.problem(t.Place, ruleExpression, diag.DidYouMean(l.Word, f.Of), "fact %q is never %q", t.Name, l.Word)
			}
		}
		c.literals(t, true)
	case "date":
		c.literals(t, true)
		c.dates(t)
	default:
		c.literals(t, false)
	}
	if t.Compare == "" {
		c.problem(t.Place, ruleExpression, "", "fact %q is of type %s; expected a comparison", t.Name, f.Type)
	}
}

func (c *compiler) equality(t *expr.Test) {
	if !slices.Contains([]string{"", "==", "!=", "in"}, t.Compare) {
		c.problem(t.Place, ruleExpression, `use ==, != or in ["a", "b"]`, "words have no order, so %s cannot compare them", t.Compare)
	}
}

// literals checks that all values are words, or all numbers.
func (c *compiler) literals(t *expr.Test, words bool) {
	for _, l := range t.Against {
		if (l.Number == nil) != words {
			want := "a number"
			if words {
				want = "a word in quotes"
			}
			c.problem(t.Place, ruleExpression, "", "`%s`: expected %s", t.Text, want)
			return
		}
	}
}

func (c *compiler) dates(t *expr.Test) {
	for _, l := range t.Against {
		if _, err := calendar.ParseDate(l.Word); err != nil {
			c.problem(t.Place, ruleExpression, "", "%s", err.Error())
		}
	}
}

// compared checks the operator and the values of a test that is not of a fact.
func (c *compiler) compared(t *expr.Test, r reading, owner int) {
	switch {
	case r.yesNo && t.Compare != "":
		c.problem(t.Place, ruleExpression, "write it alone, or with ! before it", "`%s` is a yes-no", t.Text)
	case !r.yesNo && t.Compare == "":
		c.problem(t.Place, ruleExpression, "write like >= 2 after it", "`%s` is compared with nothing", t.Text)
	case t.Read == "stage":
		c.equality(t)
		c.literals(t, true)
		for _, l := range t.Against {
			if l.Number == nil {
				c.stage(l.Word, t.Place, owner)
			}
		}
	case t.Read == "as_of":
		c.literals(t, true)
		c.dates(t)
	case !r.yesNo:
		c.literals(t, false)
		c.onScale(t, r)
		if !r.exact && slices.Contains([]string{"==", "!=", "in"}, t.Compare) {
			c.problem(t.Place, ruleExpression, "use <, <=, > or >=", "`%s` would ask for one exact score", t.Text)
		}
	}
}

// onScale checks that the levels that a test compares with are not beyond the scale: no answer would ever meet one.
func (c *compiler) onScale(t *expr.Test, r reading) {
	if r.target != aLeaf && r.target != eitherLeaf || c.m.Nodes[t.Target].Scale == nil {
		return
	}
	scale := c.m.Nodes[t.Target].Scale
	low, high := c.m.Nodes[t.Target].spread()
	for _, l := range t.Against {
		if l.Number != nil && (l.Number.Less(low) || high.Less(*l.Number)) {
			c.problem(t.Place, ruleLevel, fmt.Sprintf("the levels are: %s", scale), "level %s is beyond the scale of %q", l.Number, t.Name)
		}
	}
}

// polarity refuses an expression that a worse supported level could turn in the innovation's favour: evidence would
// then be a reason to hide it. `needs` must rise with the levels, the condition of a flag must fall.
func (c *compiler) polarity(t *expr.Test, r reading, negated bool, where context, wanted int) {
	rises := c.rises(t, r)
	if rises == 0 {
		return
	}
	switch t.Compare {
	case "<", "<=":
		rises = -rises
	case "==", "!=", "in":
		rises = 0
	}
	if negated {
		rises = -rises
	}
	if rises == wanted {
		return
	}
	hint := "turn the comparison round"
	switch {
	case t.Compare == "":
		hint = "take the ! away, or put one before it"
	case slices.Contains([]string{"==", "!=", "in"}, t.Compare):
		hint = "use >= or <="
	case t.Read == "level":
		hint = fmt.Sprintf("turn the comparison round; if a low level is the good one, give %q `reverse: yes`; or read `claimed(%q)`", t.Name, t.Name)
	}
	c.problem(t.Place, rulePolarity, hint, "in %s, `%s` lets a worse level help the innovation", where, t.Text)
}

// rises is how what is read follows the levels: 1 if a better one makes it larger or true, -1 if smaller, 0 if it reads
// none. Where the lowest number is the best, a better one is smaller.
func (c *compiler) rises(t *expr.Test, r reading) int {
	if r.target == aLeaf || r.target == aMeasure {
		if n := &c.m.Nodes[t.Target]; n.Price != nil || n.gauge().falls() {
			return -r.rises
		}
	}
	return r.rises
}

func (c *compiler) nodeConditions(i int) {
	n := &c.m.Nodes[i]
	if n.Source == nil {
		return
	}
	// What the criterion that uses a rubric says is written in the rubric above.
	owner := n.owner
	if n.Root {
		owner = c.m.Nodes[n.Parent].owner
	}
	n.when = c.condition(n.Source.When, n.Source.At("when"), inWhen, owner, 0)
	n.fromStage = c.stage(n.Source.FromStage, n.Source.At("from_stage"), owner)
	c.ruling(i)
}
