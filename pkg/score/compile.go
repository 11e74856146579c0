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
	}, scales: map[string][]rubric.Point{}}
	c.tree(r)
	c.readsOf()
	c.cycles()
	if c.list.HasErrors() || r.Incomplete {
		return nil, c.list
	}
	return c.m, c.list
}

type compiler struct {
	m    *Model
	list diag.List
	// used are the rubrics in the tree, by id.
	used []string
	// scales are those of all rubrics in the tree, by name.
	scales map[string][]rubric.Point
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
	c.notYet(r.Origin, "weight_rules", "unknown", "allow")
	if x := r.MinAnswered; x != nil && (x.Sign() < 0 || exact.One.Less(*x)) {
		c.problem(r.At("min_answered"), ruleForm, "write a share such as 0.8", "expected a share from 0 to 1, got %s", x)
	}
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
	c.keys(of)
	if of.Has("use") {
		if of.Used != nil {
			c.root(of.Used, of, parent)
		}
		return
	}
	c.named(of)
	c.notYet(of.Origin, "reverse", "measure", "price", "rule", "respondents", "unknown", "min_answered", "allow")
	if of.NA != nil {
		c.notYet(of.NA.Origin, "counts")
	}
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
	case !of.Has("scale") && !of.Has("measure") && !of.Has("price") && !of.Has("rule"):
		c.problem(of.Place(), ruleForm, "add `scale:` (or `criteria:` for a group)", "criterion %q does not say how it is answered", of.ID)
	}
	c.add(n, of.Criteria)
}

// What each form of criterion may say. A key of another form would be read and change nothing, without a word.
var (
	everyKey = []string{"id", "title", "ask", "why", "guidance", "weight", "when", "from_stage", "duty", "maps", "allow"}
	leafKeys = []string{
		"scale", "reverse", "measure", "price", "rule", "levels", "met", "minimum", "evidence", "na", "respondents", "improve",
	}
	groupKeys = []string{"criteria", "combine", "show", "unknown", "min_answered", "met", "minimum", "evidence"}
	useKeys   = []string{"use", "as", "weight", "only", "except", "weights", "stages", "bands", "without", "when", "from_stage", "duty", "allow"}
)

// keys refuses those that belong to another form of criterion.
func (c *compiler) keys(of *rubric.Criterion) {
	form, allowed := "a criterion that is answered", append(slices.Clone(everyKey), leafKeys...)
	switch {
	case of.Has("use"):
		form, allowed = "a rubric in use", useKeys
	case of.Has("criteria"):
		form, allowed = "a group", append(slices.Clone(everyKey), groupKeys...)
	}
	for _, key := range of.Keys() {
		if of.Broken(key) || slices.Contains(allowed, key) || key == "scale" && of.Has("criteria") {
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
	c.distinctStages(r)
	differ := func(what, name string) {
		if use != nil {
			c.problem(use.At("use"), ruleVocabulary, "make the two equal, for example in a vocabulary that both import",
				"%s %q of rubric %q differs from that of another rubric here", what, name, r.ID)
		}
	}
	if use != nil && len(r.Stages) > 0 && !slices.Equal(r.Stages, c.m.Stages) {
		differ("list", "stages")
	}
	for i := range r.Facts {
		e := &r.Facts[i]
		known, again := c.m.facts[e.Key]
		switch {
		case e.Broken || e.Key == "":
		case !again:
			c.fact(e)
		case known.Type != e.Value.Type || known.Ask != e.Value.Ask || !slices.Equal(known.Of, e.Value.Of):
			differ("fact", e.Key)
		}
	}
	for _, e := range r.Kinds {
		known, again := c.m.kinds[e.Key]
		if !again {
			c.m.kinds[e.Key] = e.Value
			c.m.kindNames = append(c.m.kindNames, e.Key)
		} else if known.Title != e.Value.Title {
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
	c.notYet(f.Origin, "evidence")
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
