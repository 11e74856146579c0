package score

import (
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
)

// Compile makes a model of a linked rubric. The model is nil if there is an error. All problems are found in one run;
// what was reported when the file was read is not reported again.
func Compile(r *rubric.Rubric) (*Model, diag.List) {
	c := compiler{m: &Model{
		Rubric: r, byName: map[string]int{}, facts: map[string]*rubric.Fact{},
		kinds: map[string]rubric.EvidenceKind{}, roles: map[string]rubric.Role{}, Stages: r.Stages,
	}}
	c.tree(r)
	c.readsOf()
	c.cycles()
	if c.list.HasErrors() {
		return nil, c.list
	}
	return c.m, c.list
}

type compiler struct {
	m    *Model
	list diag.List
	// used are the rubrics in the tree, by id.
	used []string
}

func (c *compiler) problem(at diag.Place, rule, hint, format string, args ...any) {
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

// tree builds the nodes, then what refers to them: evidence, conditions, gates, flags, bands.
func (c *compiler) tree(r *rubric.Rubric) {
	c.root(r, nil, -1)
	for i := range c.m.Nodes {
		c.metAndRules(i)
	}
	for i := range c.m.Nodes {
		c.nodeConditions(i)
	}
	for i := range c.m.Nodes {
		if n := &c.m.Nodes[i]; n.Root {
			c.bands(i, n.Rubric)
		}
	}
	for i := range c.m.Nodes {
		if n := &c.m.Nodes[i]; n.Root {
			c.gates(i, n.Rubric)
			c.flags(i, n.Rubric)
		}
	}
}

// root adds the root of a rubric, and all below it. use is the criterion that uses it, or nil.
func (c *compiler) root(r *rubric.Rubric, use *rubric.Criterion, parent int) {
	if slices.Contains(c.used, r.ID) {
		c.problem(use.At("use"), ruleRepeated, "use it once", "rubric %q is already in use here", r.ID)
		return
	}
	c.used = append(c.used, r.ID)
	c.vocabulary(r, use)
	c.notYet(r.Origin, "weight_rules", "unknown")
	n := Node{Name: r.ID, ID: r.ID, Title: r.Title, Source: use, Rubric: r, Root: true, Parent: parent, Weight: exact.One}
	if use != nil {
		c.notYet(use.Origin, "as", "only", "except", "weights", "stages", "bands", "without")
		n.Duty = use.Duty
		n.Weight = c.weight(use)
	}
	n.combine, n.show = c.group(r.Origin, r.Group)
	c.add(n, r.Criteria)
}

// add appends a node and its children.
func (c *compiler) add(n Node, criteria []rubric.Criterion) {
	i := len(c.m.Nodes)
	n.fromStage, n.met = -1, -1
	n.metValue = exact.One
	if n.Parent >= 0 {
		n.Depth = c.m.Nodes[n.Parent].Depth + 1
		c.m.Nodes[n.Parent].Children = append(c.m.Nodes[n.Parent].Children, i)
	}
	if n.ID != "" {
		if _, again := c.m.byName[n.Name]; again {
			c.problem(n.Source.At("id"), ruleRepeated, "give it another id", "criterion %q is already in this rubric", n.ID)
		}
		c.m.byName[n.Name] = i
	}
	c.m.Nodes = append(c.m.Nodes, n)
	for j := range criteria {
		c.criterion(&criteria[j], n.Rubric, i)
	}
	c.m.Nodes[i].End = len(c.m.Nodes)
}

func (c *compiler) criterion(of *rubric.Criterion, r *rubric.Rubric, parent int) {
	if of.Has("use") {
		if of.Used != nil {
			c.root(of.Used, of, parent)
		}
		return
	}
	c.named(of)
	c.notYet(of.Origin, "reverse", "measure", "price", "rule", "respondents", "unknown", "min_answered")
	n := Node{
		Name: r.ID + "/" + of.ID, ID: of.ID, Title: of.Title, Source: of, Rubric: r, Parent: parent,
		Weight: c.weight(of), Duty: of.Duty, show: hundred,
	}
	switch {
	case of.Has("criteria") && of.Has("scale"):
		c.problem(of.AtKey("scale"), ruleForm, "keep `criteria` or `scale`", "%q is a group, and has a scale too", of.ID)
	case of.Has("criteria"):
		n.combine, n.show = c.group(of.Origin, of.Group)
		if len(of.Criteria) == 0 && !of.Broken("criteria") {
			c.problem(of.AtKey("criteria"), ruleForm, "", "group %q has no criteria", of.ID)
		}
	case of.Scale != nil:
		n.Scale = c.scale(of, r)
	case !of.Broken("scale") && !of.Has("measure") && !of.Has("price") && !of.Has("rule"):
		c.problem(of.Place(), ruleForm, "add `scale:` (or `criteria:` for a group)", "criterion %q does not say how it is answered", of.ID)
	}
	c.add(n, of.Criteria)
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
		c.problem(of.At("weight"), ruleWeight, "", "a weight cannot be negative, got %s", of.Weight)
	}
	return *of.Weight
}

func (c *compiler) group(o source.Origin, g rubric.Group) (string, show) {
	combine := g.Combine
	switch combine {
	case "":
		combine = "mean"
	case "sum", "max", "geometric", "ladder", "profile":
		c.problem(o.At("combine"), ruleNotYet, "use mean, min, all, any or count for now", "%q is not supported yet", combine)
	}
	s := hundred
	if g.Show != nil {
		s = c.show(o, *g.Show)
	}
	return combine, s
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
		s.decimals = strings.IndexByte("0123456", d.String()[0])
		if len(d.String()) != 1 || s.decimals < 0 {
			c.problem(o.At("show"), ruleScale, "", "expected 0 to 6 decimals, got %s", d)
			s.decimals = 0
		}
	}
	return s
}

// vocabulary joins the words of a rubric in use to those of the whole. Two meanings of one word are an error.
func (c *compiler) vocabulary(r *rubric.Rubric, use *rubric.Criterion) {
	differ := func(what, name string) {
		c.problem(use.At("use"), ruleVocabulary, "make the two equal, for example in a vocabulary that both import",
			"%s %q of rubric %q differs from that of %q", what, name, r.ID, c.m.Rubric.ID)
	}
	if use != nil && len(r.Stages) > 0 && !slices.Equal(r.Stages, c.m.Stages) {
		differ("list", "stages")
	}
	for i := range r.Facts {
		e := &r.Facts[i]
		known, again := c.m.facts[e.Key]
		switch {
		case !again:
			c.fact(e)
		case known.Type != e.Value.Type || !slices.Equal(known.Of, e.Value.Of):
			differ("fact", e.Key)
		}
	}
	for _, e := range r.Kinds {
		if _, again := c.m.kinds[e.Key]; !again {
			c.m.kinds[e.Key] = e.Value
			c.m.kindNames = append(c.m.kindNames, e.Key)
		}
	}
	for _, e := range r.Roles {
		c.m.roles[e.Key] = e.Value
	}
}

func (c *compiler) fact(e *source.Entry[string, rubric.Fact]) {
	f := &e.Value
	c.notYet(f.Origin, "evidence")
	if f.Type == "choice" && len(f.Of) < 2 && !f.Broken("of") {
		c.problem(e.KeyPlace, ruleVocabulary, "write them like of: [none, some]", "fact %q is a choice of fewer than two", e.Key)
	}
	c.m.facts[e.Key] = f
	c.m.factNames = append(c.m.factNames, e.Key)
}

// stage resolves the name of a stage; -1 if it is not said or not known.
func (c *compiler) stage(name string, at diag.Place) int {
	if name == "" {
		return -1
	}
	i := c.m.stageIndex(name)
	if i < 0 {
		c.problem(at, ruleStage, diag.DidYouMean(name, c.m.Stages), "there is no stage %q", name)
	}
	return i
}
