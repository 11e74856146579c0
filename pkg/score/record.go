package score

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Record is an innovation as one model reads it: each answer beside its criterion, each fact by its type.
type Record struct {
	Innovation *innovation.Innovation
	// Skipped are the answers that belong to other rubrics, as written.
	Skipped []string

	stage   int // -1 if not stated
	facts   map[string]factValue
	answers []answer // by node
}

// Stage is the index of the stage that the record has come to, -1 if it is not stated.
func (r *Record) Stage() int { return r.stage }

// FactEvidence are the items that a fact is shown by.
func (r *Record) FactEvidence(name string) []*innovation.Evidence { return r.facts[name].evidence }

// answer is what a record says of one leaf.
type answer struct {
	said said
	// worse and better are the ends of a range; the same number twice where one is given.
	worse, better exact.Number
	// respondents is how many answered a survey; 0 if it is none.
	respondents int
	na          string
	because     string
	evidence    []*innovation.Evidence
	place       diag.Place
}

type said uint8

const (
	nothing said = iota
	unknown
	notApplicable
	anAmount
)

// factValue is the value of a fact, in the form of its type.
type factValue struct {
	yes    bool
	word   string
	number exact.Number
	date   calendar.Date
	// evidence is what it is shown by, for the rules that it may have.
	evidence []*innovation.Evidence
}

// Bind reads a record with the eyes of a model. What neither it nor one of the others that the record is for knows of is
// an error; of the others, nil is one that is not at hand. The record holds whatever could be understood.
func (m *Model) Bind(inn *innovation.Innovation, others ...*Model) (*Record, diag.List) {
	b := binder{m: m, others: others, inn: inn, evidence: map[string]*innovation.Evidence{}, rec: &Record{
		Innovation: inn, stage: -1, facts: map[string]factValue{}, answers: make([]answer, len(m.Nodes)),
	}}
	b.ours = m.isFor(inn) || slices.ContainsFunc(others, func(o *Model) bool { return o != nil && o.Rubric.ID == m.Rubric.ID })
	for i := range inn.Evidence {
		b.evidence[inn.Evidence[i].ID] = &inn.Evidence[i]
	}
	b.stage()
	b.facts()
	b.kinds()
	for i := range inn.Answers {
		b.answer(&inn.Answers[i])
	}
	return b.rec, b.list
}

// isFor reports whether short names in the record are those of this model: no answer is taken for another question's.
func (m *Model) isFor(inn *innovation.Innovation) bool {
	if len(inn.For) == 0 {
		return true
	}
	return slices.ContainsFunc(inn.For, func(name string) bool {
		if rubric.IsPath(name) { // only compared, not opened: so it may lead anywhere
			return path.Join(path.Dir(inn.Place().File), name) == m.Rubric.Place().File
		}
		id, version, _ := strings.Cut(name, "@")
		return id == m.Rubric.ID && m.Rubric.Satisfies(version)
	})
}

type binder struct {
	m        *Model
	others   []*Model // that the record is for too
	inn      *innovation.Innovation
	rec      *Record
	list     diag.List
	ours     bool
	hints    int // given so far
	evidence map[string]*innovation.Evidence
}

func (b *binder) problem(at diag.Place, rule, hint, format string, args ...any) {
	b.list.Add(diag.Diagnostic{Rule: rule, Place: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// maxHints bounds how many near names are looked for in one file: each is a walk over all of them.
const maxHints = 50

func (b *binder) hint(look func() string) string {
	if b.hints++; b.hints > maxHints {
		return ""
	}
	return look()
}

func (b *binder) stage() {
	if b.inn.Stage == "" || len(b.m.Stages) == 0 { // a rubric without stages ignores it
		return
	}
	b.rec.stage = b.m.stageIndex(b.inn.Stage)
	if b.rec.stage < 0 {
		b.problem(b.inn.At("stage"), ruleStage, diag.DidYouMean(b.inn.Stage, b.m.Stages), "there is no stage %q", b.inn.Stage)
	}
}

func (b *binder) kinds() {
	for _, e := range b.inn.Evidence {
		if e.Covers.Still != nil && e.Covers.Version == "" {
			b.problem(e.At("covers"), ruleForm, "write it like covers: {version: \"6.0\", still: {for: \"7.3\", because: …}}", "evidence %q is said to hold still, and not which version it is about", e.ID)
		}
		if _, ok := b.m.kinds[e.Kind]; !ok && e.Kind != "" && !b.elsewhere(func(m *Model) bool { return m.kinds[e.Kind].Title != "" }) {
			b.problem(e.At("kind"), ruleKind, diag.DidYouMean(e.Kind, b.m.kindNames), "there is no kind of evidence %q", e.Kind)
		}
	}
}

func (b *binder) facts() {
	for _, e := range b.inn.Facts {
		f := b.m.facts[e.Key]
		switch {
		case e.Broken || e.Empty:
		case f != nil:
			b.fact(e, f)
		case !b.elsewhere(func(m *Model) bool { return m.facts[e.Key] != nil }):
			b.problem(e.KeyPlace, ruleFact, b.hint(func() string { return diag.DidYouMean(e.Key, b.m.factNames) }), "rubric %q asks for no fact %q", b.m.Rubric.ID, e.Key)
		}
	}
}

// elsewhere reports whether another rubric that the record is for knows something, or may: nil is one not at hand, and so
// is each if none is given.
func (b *binder) elsewhere(knows func(*Model) bool) bool {
	if !b.ours && len(b.others) == 0 {
		return true
	}
	return slices.ContainsFunc(b.others, func(m *Model) bool { return m == nil || knows(m) })
}

func (b *binder) fact(e source.Entry[string, innovation.Fact], f *rubric.Fact) {
	var v factValue
	var err error
	written := e.Value.Value
	switch f.Type {
	case "yes-no":
		v.yes, err = source.ParseYesNo(written)
	case "choice":
		v.word = written
		if !slices.Contains(f.Of, written) {
			err = fmt.Errorf("expected %s, got %q", diag.OneOf(f.Of), written)
		}
	case "date":
		v.date, err = calendar.ParseDate(written)
	case "integer", "number":
		v.number, err = exact.Parse(written)
		if err == nil && f.Type == "integer" && strings.ContainsAny(v.number.String(), ".") {
			err = fmt.Errorf("expected a whole number, got %q", written)
		}
	default:
		if v.word = written; strings.TrimSpace(written) == "" { // says nothing
			return
		}
	}
	if err != nil {
		at := e.ValuePlace
		if node := b.inn.Node("facts").Get(e.Key).Get("value"); node != nil {
			at = node.Place()
		}
		hint := ""
		if strings.EqualFold(written, "unknown") {
			hint = "leave it empty if it is not known"
		}
		b.problem(at, ruleValue, hint, "fact %q: %s", e.Key, err.Error())
		return
	}
	v.evidence = b.cited(e.Value.Evidence)
	b.rec.facts[e.Key] = v
}

// cited are the items of the register that are named, each once.
func (b *binder) cited(ids []string) []*innovation.Evidence {
	var items []*innovation.Evidence
	for _, id := range ids {
		if item := b.evidence[id]; item != nil && !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	return items
}

// find is the leaf that an answer's name means. A full name of a rubric that is not at hand, and a short name meant
// for another rubric, are skipped.
func (b *binder) find(e *source.Entry[string, innovation.Answer]) (int, bool) {
	owner, _, full := strings.Cut(e.Key, "/")
	i, known := b.m.byName[e.Key]
	switch {
	case full && !known && !b.m.hasRubric(owner):
		if b.elsewhereFull(e, owner) {
			b.rec.Skipped = append(b.rec.Skipped, e.Key)
		}
		return 0, false
	case full && known:
	case full && b.m.leftOut[e.Key]:
		b.rec.Skipped = append(b.rec.Skipped, e.Key)
		return 0, false
	case full:
		b.problem(e.KeyPlace, ruleCriterion, b.hint(func() string { return diag.DidYouMean(e.Key, b.m.names(owner)) }), "rubric %q has no criterion %q", owner, e.Key)
		return 0, false
	default:
		if i, known = b.short(e); !known {
			return 0, false
		}
	}
	switch n := &b.m.Nodes[i]; {
	case !n.IsLeaf():
		b.problem(e.KeyPlace, ruleForm, "answer the criteria in it", "%q is a group, which has no answer of its own", e.Key)
	case n.IsRule():
		b.problem(e.KeyPlace, ruleForm, "take it out; the rule reads "+n.Source.Rule, "%q is answered by a rule of the rubric", e.Key)
	case n.Price != nil:
		b.problem(e.KeyPlace, ruleForm, "write the price under `price:`", "%q is answered by the price of the record", e.Key)
	default:
		return i, true
	}
	return 0, false
}

// elsewhereFull reports whether a full name of another rubric may be left aside: a rubric that the record is for and that
// is at hand must have it.
func (b *binder) elsewhereFull(e *source.Entry[string, innovation.Answer], owner string) bool {
	for _, m := range b.others {
		if m == nil || !m.hasRubric(owner) {
			continue
		}
		if _, known := m.byName[e.Key]; known {
			return true
		}
		b.problem(e.KeyPlace, ruleCriterion, diag.DidYouMean(e.Key, m.names(owner)), "rubric %q has no criterion %q", owner, e.Key)
		return false
	}
	return true
}

// short finds what a short name means, in this rubric and in the others that the record is for. Under a rubric that it is
// not for, no short name is read.
func (b *binder) short(e *source.Entry[string, innovation.Answer]) (int, bool) {
	found := -1
	var names []string
	for _, i := range b.m.short[e.Key] {
		if b.ours {
			found, names = i, append(names, b.m.Nodes[i].Name)
		}
	}
	for _, other := range b.others {
		if other == nil {
			continue
		}
		for _, i := range other.short[e.Key] {
			if name := other.Nodes[i].Name; !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	switch {
	case !b.ours && len(b.m.short[e.Key]) > 0:
		b.rec.Skipped = append(b.rec.Skipped, e.Key) // it has one, and the record does not mean it
	case found < 0 && (len(names) == 1 || b.elsewhere(func(*Model) bool { return false })):
		b.rec.Skipped = append(b.rec.Skipped, e.Key)
		return 0, false
	case len(names) == 0 && b.leavesOut(e.Key):
		b.rec.Skipped = append(b.rec.Skipped, e.Key)
	case b.m.hasRubric(e.Key):
		b.problem(e.KeyPlace, ruleForm, "answer its criteria, such as "+e.Key+"/…", "%q is a whole rubric, which has no answer of its own", e.Key)
	case len(names) == 0:
		b.problem(e.KeyPlace, ruleCriterion, b.hint(func() string { return near(e.Key, b.shortNames(), b.m.Rubric.Name()) }), "rubric %q has no criterion %q", b.m.Rubric.ID, e.Key)
	case len(names) == 1:
		return found, true
	default:
		b.problem(e.KeyPlace, ruleCriterion, "write "+strings.Join(names, " or "), "%q could mean %d criteria", e.Key, len(names))
	}
	return 0, false
}

// shortNames are those of the criteria that a short name may mean.
func (b *binder) shortNames() []string {
	var ids []string
	if b.ours {
		ids = slices.AppendSeq(ids, maps.Keys(b.m.short))
	}
	for _, other := range b.others {
		if other != nil && !b.ours {
			ids = slices.AppendSeq(ids, maps.Keys(other.short))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// leavesOut reports whether a short name is that of a criterion of a rubric in use which is not taken here.
func (b *binder) leavesOut(id string) bool {
	for name := range b.m.leftOut {
		if strings.HasSuffix(name, "/"+id) {
			return b.ours
		}
	}
	return false
}

func near(word string, known []string, rubricName string) string {
	if best := diag.Nearest(word, known); best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	return fmt.Sprintf("`touchstone rubrics show %s` lists the criteria", rubricName)
}

func (m *Model) hasRubric(id string) bool {
	return slices.ContainsFunc(m.Nodes, func(n Node) bool { return n.Root && n.ID == id })
}

// names are the full names of what a rubric in the tree asks.
func (m *Model) names(owner string) []string {
	var names []string
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.IsLeaf() && m.Nodes[n.owner].Name == owner {
			names = append(names, n.Name)
		}
	}
	return names
}

// Says reports whether the record says anything of a node: an answer, that it does not apply, or that it is not known.
func (r *Record) Says(node int) bool { return r.answers[node].said != nothing }
