package score

import (
	"fmt"
	"slices"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// Rules of this package's diagnostics.
const (
	ruleForm       = "answer-form"
	ruleScale      = "scale"
	ruleLevel      = "off-scale"
	ruleWeight     = "weight"
	ruleRepeated   = "repeated-name"
	ruleKind       = "unknown-kind"
	ruleStage      = "unknown-stage"
	ruleRole       = "unknown-role"
	ruleBand       = "band"
	ruleFact       = "unknown-fact"
	ruleCriterion  = "unknown-criterion"
	ruleExpression = "expression"
	rulePolarity   = "polarity"
	ruleCycle      = "cycle"
	ruleVocabulary = "vocabulary"
	ruleTitle      = "missing-key"
	ruleWeights    = "weight-rule"
	ruleTooLarge   = "too-large"
	ruleValue      = "bad-value"
)

// Compile makes a model of a linked rubric. The model is nil if there is an error. All problems are found in one run;
// what was reported when the file was read is not reported again.
func Compile(r *rubric.Rubric) (*Model, diag.List) {
	c := compiler{m: &Model{
		Rubric: r, byName: map[string]int{}, short: map[string][]int{}, leftOut: map[string]bool{}, facts: map[string]*rubric.Fact{}, factRules: map[string][]rule{},
		kinds: map[string]rubric.EvidenceKind{}, roles: map[string]rubric.Role{}, Stages: r.Stages,
	}, scales: map[string][]rubric.Point{}}
	c.tree(r)
	c.cycles()
	c.readsOf()
	if c.list.HasErrors() || r.Incomplete {
		return nil, c.list
	}
	c.m.digest = sync.OnceValue(c.m.scoringDigest)
	return c.m, c.list
}

type compiler struct {
	m    *Model
	list diag.List
	// used are the names of the rubrics in the tree.
	used []string
	// scales are those of all rubrics in the tree, by name.
	scales   map[string][]rubric.Point
	hints    int // given so far
	tooLarge bool
	// conditions are the nodes whose conditions were found to decide on a gate.
	conditions map[int]bool
	// selections are what is taken of the rubrics in the tree, by root.
	selections map[int]*selection
}

func (c *compiler) problem(at diag.Place, rule, hint, format string, args ...any) {
	words := rule == ruleStage || rule == ruleKind || rule == ruleFact || rule == ruleRole || rule == ruleScale || rule == ruleCriterion
	if c.m.Rubric.Incomplete && words { // the word may be in the file that could not be read, which was reported
		return
	}
	c.list.Add(diag.Diagnostic{Rule: rule, Place: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// tree builds the nodes, then what refers to them: displays, evidence, conditions, gates, flags, bands.
func (c *compiler) tree(r *rubric.Rubric) {
	c.root(r, nil, -1)
	for i := range slices.Backward(c.m.Nodes) {
		c.weighChildren(i)
	}
	c.factEvidence()
	for i := range c.m.Nodes {
		c.metAndRules(i)
	}
	for i := range c.m.Nodes {
		c.nodeConditions(i)
	}
	roots := c.roots()
	c.namesOfUses(roots)
	for _, i := range roots {
		c.bands(i, c.m.Nodes[i].Rubric)
	}
	for _, i := range roots {
		c.gates(i, c.m.Nodes[i].Rubric)
		c.flags(i, c.m.Nodes[i].Rubric)
		c.weightRules(i)
	}
}

// namesOfUses keeps the names of rubrics in use apart from the ids of the criteria beside them.
func (c *compiler) namesOfUses(roots []int) {
	for _, i := range roots {
		n := &c.m.Nodes[i]
		if n.Parent < 0 {
			continue
		}
		owner := c.m.Nodes[n.Parent].owner
		if j, taken := c.m.byName[c.m.Nodes[owner].Name+"/"+n.ID]; taken && c.m.Nodes[j].owner == owner {
			c.problem(c.at(i, "use"), ruleRepeated, "give it another name with `as:`, or the criterion another id", "criterion %q is already in this rubric", n.ID)
		}
	}
}

func (c *compiler) roots() []int {
	var roots []int
	for i := range c.m.Nodes {
		if c.m.Nodes[i].Root {
			roots = append(roots, i)
		}
	}
	return roots
}

// root adds the root of a rubric, and all below it. use is the criterion that uses it, or nil.
func (c *compiler) root(r *rubric.Rubric, use *rubric.Criterion, parent int) {
	name := r.ID
	if use != nil && use.As != "" {
		name = use.As
	}
	if slices.Contains(c.used, name) {
		at, hint := use.At("use"), "use it once, or again with `as:` and another name"
		if owner := c.m.Nodes[parent].owner; owner > 0 {
			at, hint = c.outermost(c.m.Nodes[owner]), "a rubric that uses others in turn can be used once"
		}
		c.problem(at, ruleRepeated, hint, "rubric %q is already in use here", name)
		return
	}
	c.used = append(c.used, name)
	c.vocabulary(r, use)
	if x := r.MinAnswered; x != nil && (x.Sign() < 0 || exact.One.Less(*x)) {
		c.problem(r.At("min_answered"), ruleValue, "write a share such as 0.8", "expected a share from 0 to 1, got %s", x)
	}
	i := len(c.m.Nodes)
	n := Node{Name: name, ID: name, Title: titleOf(r, use), Source: use, Rubric: r, Root: true, Parent: parent, Weight: exact.One, owner: i}
	if use != nil {
		c.keys(use)
		n.Duty = use.Duty
		n.Weight = c.weight(use)
	}
	n.stages = c.stagesOf(r, use, parent)
	n.combine, n.show = c.group(r.Origin, r.Group, true)
	if c.selections == nil {
		c.selections = map[int]*selection{}
	}
	c.selections[i] = c.selection(r, use)
	n.Part = c.selections[i].part
	c.add(n, r.Criteria)
}

// maxNodes bounds the tree that a rubric comes to with all that it uses.
const maxNodes = 20_000

// outermost is where the rubric that is compiled uses the one that a node belongs to.
func (c *compiler) outermost(n Node) diag.Place {
	at := n.Rubric.Place()
	for up := &n; up.Parent >= 0; up = &c.m.Nodes[up.Parent] {
		if up.Root && up.Source != nil {
			at = up.Source.At("use")
		}
	}
	return at
}

// titleOf is what a rubric is called here; two uses of one are told apart by their names.
func titleOf(r *rubric.Rubric, use *rubric.Criterion) string {
	if use != nil && use.As != "" {
		return fmt.Sprintf("%s (%s)", r.Title, use.As)
	}
	return r.Title
}

// add appends a node and its children.
func (c *compiler) add(n Node, criteria []rubric.Criterion) {
	i := len(c.m.Nodes)
	if i == maxNodes && !c.tooLarge {
		c.tooLarge = true
		c.problem(c.outermost(n), ruleTooLarge, "use fewer or smaller rubrics", "with all that it uses, the rubric has more than %d criteria", maxNodes)
	}
	if i >= maxNodes {
		return
	}
	n.fromStage = -1
	n.met = exact.One
	if n.Parent >= 0 {
		above := &c.m.Nodes[n.Parent]
		n.Depth = above.Depth + 1
		above.Children = append(above.Children, i)
		if n.Duty == "" {
			n.Duty = above.Duty
		}
	}
	if n.ID != "" {
		if _, again := c.m.byName[n.Name]; again {
			c.problem(n.Source.At("id"), ruleRepeated, "give it another id", "criterion %q is already in this rubric", n.ID)
		}
		c.m.byName[n.Name] = i
		if !n.Root {
			c.m.short[n.ID] = append(c.m.short[n.ID], i)
		}
	}
	c.m.Nodes = append(c.m.Nodes, n)
	for j := range criteria {
		c.criterion(&criteria[j], n.Rubric, i)
	}
	c.m.Nodes[i].End = len(c.m.Nodes)
}

func (c *compiler) criterion(of *rubric.Criterion, r *rubric.Rubric, parent int) {
	owner := c.m.Nodes[parent].owner
	selected := c.selections[owner]
	if !selected.takes(of) {
		c.leave(of, c.m.Nodes[owner].Name)
		return
	}
	if of.Has("use") {
		if of.Used != nil {
			from := len(c.m.Nodes)
			c.root(of.Used, of, parent)
			if from < len(c.m.Nodes) {
				c.m.Nodes[from].Weight = selected.weight(of, c.m.Nodes[from].Weight)
			}
		}
		return
	}
	c.keys(of)
	c.named(of)
	n := Node{
		Name: c.m.Nodes[owner].Name + "/" + of.ID, ID: of.ID, Title: of.Title, Source: of, Rubric: r, Parent: parent,
		Weight: selected.weight(of, c.weight(of)), Duty: of.Duty, show: hundred, owner: owner,
	}
	switch {
	case of.Has("criteria"):
		n.combine, n.show = c.group(of.Origin, of.Group, false)
		if len(of.Criteria) == 0 && !of.Broken("criteria") {
			c.problem(of.AtKey("criteria"), ruleForm, "", "group %q has no criteria", of.ID)
		}
	default:
		c.leaf(&n, of, r)
	}
	c.add(n, of.Criteria)
}

// leave notes what a record may answer and this use of the rubric does not ask.
func (c *compiler) leave(of *rubric.Criterion, rubricName string) {
	if !of.Has("use") {
		c.m.leftOut[rubricName+"/"+of.ID] = true
	}
	for i := range of.Criteria {
		c.leave(&of.Criteria[i], rubricName)
	}
}

// at is where a key of a node stands: of a rubric's root in the rubric, but for what only a use of it can say.
func (c *compiler) at(i int, key string) diag.Place {
	n := &c.m.Nodes[i]
	if n.Source != nil && (!n.Root || slices.Contains(useKeys, key)) {
		return n.Source.At(key)
	}
	return n.Rubric.At(key)
}
