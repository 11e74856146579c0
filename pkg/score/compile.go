package score

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Rules of this package's diagnostics.
const (
	ruleNotYet     = "not-supported-yet"
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

// notYet reports a key that the language has and this program cannot yet follow: silence would change the score.
func (c *compiler) notYet(o source.Origin, keys ...string) {
	for _, key := range keys {
		if o.Has(key) {
			c.problem(o.AtKey(key), ruleNotYet, "leave it out for now", "%q is not supported yet", key)
		}
	}
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
	c.notYet(r.Origin, "allow")
	if x := r.MinAnswered; x != nil && (x.Sign() < 0 || exact.One.Less(*x)) {
		c.problem(r.At("min_answered"), ruleForm, "write a share such as 0.8", "expected a share from 0 to 1, got %s", x)
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
	c.notYet(of.Origin, "allow")
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

// at is where a key of a node stands: of a rubric's root in the rubric, but for what only a use of it can say.
func (c *compiler) at(i int, key string) diag.Place {
	n := &c.m.Nodes[i]
	if n.Source != nil && (!n.Root || slices.Contains(useKeys, key)) {
		return n.Source.At(key)
	}
	return n.Rubric.At(key)
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
			c.problem(o.At("min_answered"), ruleForm, "write a share such as 0.8", "expected a share from 0 to 1, got %s", x)
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

// vocabulary joins the words of a rubric in use to those of the whole. Two meanings of one word are an error.
func (c *compiler) vocabulary(r *rubric.Rubric, use *rubric.Criterion) {
	c.distinctStages(r)
	differ := func(what, name string) {
		if use != nil {
			c.problem(use.At("use"), ruleVocabulary, "make the two equal, for example in a vocabulary that both import",
				"%s %q of rubric %q differs from that of another rubric here", what, name, r.ID)
		}
	}
	switch {
	case use == nil || len(r.Stages) == 0 || use.Has("stages") || slices.Equal(r.Stages, c.m.Stages):
	case len(c.m.Stages) == 0:
		c.problem(use.At("use"), ruleVocabulary, "add `stages: ["+strings.Join(r.Stages, ", ")+"]`, or import them from a vocabulary",
			"rubric %q goes by stages, and this rubric has none", r.ID)
	default:
		differ("list", "stages")
	}
	for i := range r.Facts {
		e := &r.Facts[i]
		known, again := c.m.facts[e.Key]
		switch {
		case e.Broken || e.Key == "":
		case !again:
			c.fact(e)
		case !bytes.Equal(known.Canonical(), e.Value.Canonical()):
			differ("fact", e.Key)
		}
	}
	for _, e := range r.Kinds {
		known, again := c.m.kinds[e.Key]
		if !again {
			c.m.kinds[e.Key] = e.Value
			c.m.kindNames = append(c.m.kindNames, e.Key)
		} else if known != e.Value {
			differ("kind", e.Key)
		}
	}
	for _, e := range r.Roles {
		c.m.roles[e.Key] = e.Value
	}
	c.scaleNames(r, differ)
}

func (c *compiler) scaleNames(r *rubric.Rubric, differ func(what, name string)) {
	for _, e := range r.Scales {
		if e.Key == yesNo {
			c.problem(e.KeyPlace, ruleScale, "give it another name", "scale %q is built in", yesNo)
		}
		if known, again := c.scales[e.Key]; again && !samePoints(known, e.Value) {
			differ("scale", e.Key)
		}
		c.scales[e.Key] = e.Value
		if !e.Broken {
			c.distinct(e.ValuePlace, levelsOf(e.Value))
		}
	}
}

func samePoints(a, b []rubric.Point) bool {
	return slices.EqualFunc(a, b, func(p, q rubric.Point) bool {
		return p.Label == q.Label && (p.Value == nil) == (q.Value == nil) && (p.Value == nil || p.Value.Equal(*q.Value))
	})
}

func (c *compiler) distinctStages(r *rubric.Rubric) {
	for i, name := range r.Stages {
		if name != "" && slices.Index(r.Stages, name) < i {
			c.problem(r.Item("stages", i), ruleRepeated, "keep one of the two", "stage %q is there twice", name)
		}
	}
}

func (c *compiler) fact(e *source.Entry[string, rubric.Fact]) {
	f := &e.Value
	switch {
	case f.Broken("of") || f.Broken("type"):
	case f.Type == "choice" && len(f.Of) < 2:
		c.problem(e.KeyPlace, ruleVocabulary, "write them like of: [none, some]", "fact %q is a choice of fewer than two", e.Key)
	case f.Type != "choice" && len(f.Of) > 0:
		c.problem(f.AtKey("of"), ruleVocabulary, "leave it out, or make it a choice", "fact %q is of type %s, which has no choices", e.Key, f.Type)
	case len(slices.Compact(slices.Sorted(slices.Values(f.Of)))) < len(f.Of):
		c.problem(f.AtKey("of"), ruleRepeated, "keep one of the two", "a choice of fact %q is there twice", e.Key)
	}
	c.m.facts[e.Key] = f
	c.m.factNames = append(c.m.factNames, e.Key)
}
