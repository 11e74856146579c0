package score

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// context is where an expression stands; it decides what the expression may read.
type context uint8

const (
	inWhen   context = 1 << iota // `when` of criteria, groups and gates
	inNeeds                      // `needs` of gates
	inCap                        // `when` of flags that cap
	inInform                     // `when` of flags that inform
	inRule                       // `rule`
)

func (c context) String() string {
	switch c {
	case inWhen:
		return "`when`"
	case inNeeds:
		return "`needs`"
	case inCap:
		return "a flag that caps"
	case inRule:
		return "`rule`"
	default:
		return "a flag that informs"
	}
}

// target is what the name in a test refers to.
type target uint8

const (
	noTarget target = iota
	aFact
	aStage
	aLeaf    // answered with a level
	aMeasure // answered with a number
	eitherLeaf
	aGroup
	anything
)

// reading is one of the things that a test may read.
type reading struct {
	where  context
	target target
	words  bool // gives a word or a date rather than a number
	yesNo  bool // gives a yes-no
	level  bool // takes a level as its second argument
	exact  bool // may be compared with ==
	// rises is 1 if a better supported level makes it larger or true, -1 if smaller, 0 if it does not read them.
	rises int
}

const (
	anywhere  = inWhen | inNeeds | inCap | inInform | inRule
	afterward = inNeeds | inCap | inInform | inRule
)

var readings = map[string]reading{
	"facts":          {where: anywhere, target: aFact},
	"stage":          {where: anywhere, words: true, exact: true},
	"stage_at_least": {where: anywhere, target: aStage, yesNo: true},
	"as_of":          {where: anywhere, words: true},
	"claimed":        {where: anywhere, target: eitherLeaf, exact: true},
	"level":          {where: afterward, target: aLeaf, exact: true, rises: 1},
	"value":          {where: afterward, target: aMeasure, exact: true, rises: 1},
	"met":            {where: afterward, target: anything, yesNo: true, rises: 1},
	"score":          {where: afterward, target: anything, rises: 1},
	"count_below":    {where: afterward, target: aGroup, level: true, exact: true, rises: -1},
	"count_from":     {where: afterward, target: aGroup, level: true, exact: true, rises: 1},
	"answered":       {where: inInform, target: eitherLeaf, yesNo: true},
	"applies":        {where: inInform, target: anything, yesNo: true},
	"gap":            {where: inInform, target: aGroup},
}

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

// readable finds what a test reads, and reports whether it may be read here and is written as it should.
func (c *compiler) readable(t *expr.Test, where context, owner int) (reading, bool) {
	r, known := readings[t.Read]
	switch {
	case !known:
		names := slices.Sorted(maps.Keys(readings))
		hint := diag.DidYouMean(t.Read, names)
		if i, is := c.find(t.Read, owner); is {
			hint = fmt.Sprintf("write met(%q) or %s", t.Read, c.m.Nodes[i].readBy(t.Read))
		} else if slices.Contains(factsOf(c.m.Nodes[owner].Rubric), t.Read) {
			hint = "write facts." + t.Read
		}
		c.problem(t.Place, ruleExpression, hint, "%q is nothing that an expression can read", t.Read)
	case r.where&where == 0:
		c.problem(t.Place, ruleExpression, canRead(where), "%s cannot read %q", where, t.Read)
	case r.level != t.HasAt:
		c.problem(t.Place, ruleExpression, `write count_below("group", 2), and for the others only the id`, "`%s` has the wrong number of arguments", t.Text)
	case (r.target == noTarget) != (t.Name == ""):
		c.problem(t.Place, ruleExpression, "", "`%s` is not how %q is read", t.Text, t.Read)
	default:
		return r, true
	}
	return r, false
}

// readBy is how a criterion is compared.
func (n *Node) readBy(name string) string {
	switch {
	case n.Scale != nil:
		return fmt.Sprintf("level(%q) >= 2", name)
	case n.Measure != nil || n.Price != nil:
		return fmt.Sprintf("value(%q) >= 2", name)
	}
	return fmt.Sprintf("score(%q) >= 50", name)
}

func canRead(where context) string {
	var names []string
	for name, r := range readings {
		if r.where&where != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return "it can read " + strings.Join(names, ", ")
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

// takes reports whether a reading is one of such a node.
func (r reading) takes(n *Node) bool {
	switch r.target {
	case aLeaf:
		return n.Scale != nil
	case aMeasure:
		return n.Measure != nil || n.Price != nil
	case eitherLeaf:
		return n.Scale != nil || n.Measure != nil
	case aGroup:
		return !n.IsLeaf()
	default:
		return true
	}
}

// factsOf are the facts that a rubric itself declares or imports: it must mean the same wherever it is used.
func factsOf(r *rubric.Rubric) []string {
	names := make([]string, len(r.Facts))
	for i, e := range r.Facts {
		names[i] = e.Key
	}
	return names
}

func factHint(name string, known []string) string {
	if hint := diag.DidYouMean(name, known); hint != "" {
		return hint
	}
	return fmt.Sprintf("declare it under `facts:` with `%s: {type: yes-no, ask: …}`", name)
}

func kindOfNode(n *Node) string {
	switch {
	case n.Scale != nil:
		return "it is answered with a level; use level, claimed, met or score"
	case n.Measure != nil:
		return "it is answered with a number; use value, claimed, met or score"
	case n.Price != nil:
		return "it is a price; use value or score"
	case n.Profile():
		return "it is a profile, which has no score; use count_below or count_from"
	}
	return "it is a group; use score, met, count_below or count_from"
}

// find resolves a short name in the rubric of the owner, or a full name anywhere below it. A rubric that is used under
// another name calls itself by its own.
func (c *compiler) find(name string, owner int) (int, bool) {
	if n := &c.m.Nodes[owner]; n.Name != n.Rubric.ID {
		if rest, own := strings.CutPrefix(name, n.Rubric.ID); own && (rest == "" || rest[0] == '/') {
			name = n.Name + rest
		}
	}
	if i, ok := c.m.byName[c.m.Nodes[owner].Name+"/"+name]; ok {
		return i, true
	}
	i, ok := c.m.byName[name]
	return i, ok && c.m.owned(i, owner)
}

// hint looks for a near name, a bounded number of times.
func (c *compiler) hint(look func() string) string {
	if c.hints++; c.hints > maxHints {
		return ""
	}
	return look()
}

// near is the hint for an id that is not there.
func (c *compiler) near(id string, owner int) string { return diag.DidYouMean(id, c.idsOf(owner)) }

func (c *compiler) idsOf(owner int) []string {
	var ids []string
	for i := owner; i < c.m.Nodes[owner].End; i++ {
		n := &c.m.Nodes[i]
		if n.owner == owner && !n.Root {
			ids = append(ids, n.ID)
		} else {
			ids = append(ids, n.Name)
		}
	}
	return ids
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
