package score

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
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
