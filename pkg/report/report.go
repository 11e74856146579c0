// Package report decides what is said about a result: which words, in which order, rounded how. It is decided once;
// package render only decides how it looks.
package report

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Tone says how a piece of text is meant, for a renderer that has colours. Tone is never the only signal.
type Tone uint8

// Tones.
const (
	Plain Tone = iota
	Bad
	Caution
	Good
	Faint
)

// Report is all that is said about one result.
type Report struct {
	// Short is the name and version of the innovation, Whose its supplier or owner, which may be empty.
	Short, Whose string
	// Name, Summary, Stage and Basis are the lines at the top; there may be no summary.
	Name, Summary, Stage, Basis string
	// Rubric is its title and version.
	Rubric     string
	Headline   Headline
	Dimensions Dimensions
	Sections   []Section
	// Method says what the score means, and what it does not.
	Method []string
	// Standings makes a list of what passes and what does not, when it is wanted.
	Standings func() Standings

	// data makes the same for machines, when it is wanted: the digests in it take longer than the rest.
	data   func() *Data
	full   func() *Full
	brief  func() *Brief
	charts func() *Charts
	asOf   string
	tool   string
}

// Data is the report for machines.
func (r *Report) Data() *Data { return r.data() }

// Tool is the version of the program that made it.
func (r *Report) Tool() string { return r.tool }

// Headline is the first thing that is said.
type Headline struct {
	Word string // HELD BACK
	Text string // what by
	Tone Tone
	// Aside is what else should be known at once; may be empty.
	Aside string
	// Scores are the three; none of a profile, which has no total.
	Scores []Score
	Range  string // `of 100 · Ready to adopt from 75`; "" without scores
}

// Score is one of the three scores, in words.
type Score struct{ Name, Text string }

// Dimensions are the parts right below the root.
type Dimensions struct {
	Rows []Dimension
	// Note says which of them are in points, with the range of each, and how those stand that do not count; may be empty.
	Note string
}

// Dimension is one of them. Filled, Claimed and Possible are parts of a bar, from 0 to 1. Entry is its index among
// [Full.Criteria].
type Dimension struct {
	Entry                      int
	Title, Share               string
	Evidenced, Claimed, AtBest string
	Band                       string
	Filled, Reach, Possible    float64
	// Scored is whether there is a score, Known whether anything of it is answered: what is not known is not a nought.
	Scored, Known bool
}

// Section is a heading with a table below it, or with text where it has no columns.
type Section struct {
	ID, Title string
	// Note is a sentence under the heading; may be empty.
	Note    string
	Columns []Column
	Rows    [][]Cell
	Blocks  []Block
	// Folded says what the rows from Open on are, where they are more than most readers want and a format can fold them
	// away; "" if all are in sight. It is ours: no file has a say in it.
	Folded string
	Open   int
	// Sections stand below it, each under a heading one step down.
	Sections []Section
}

// Block is a paragraph of a text, or lines that are shown as they are.
type Block struct {
	// Lead is the word that a paragraph begins with, before a colon; may be empty.
	Lead string
	// Text is the paragraph, in which backticks stand around what is written in files and commands. It is ours: no file
	// has a say in it.
	Text string
	// Plain is the paragraph instead, where texts from files stand in it: nothing in it is markup, backticks neither.
	Plain string
	// Code are lines of a file or of a terminal, instead of a paragraph.
	Code string
	// List are points below the paragraph, as plain as Plain.
	List []string
}

// Column is a column of a table.
type Column struct {
	Title string
	// Share is how much of the width it takes beside the others; 0 is as much as its text needs.
	Share int
	Right bool
	// Numbers is set of a first column that only numbers the rows: `1.`.
	Numbers bool
}

// Cell is one piece of text in a table.
type Cell struct {
	Text string
	Tone Tone
	// About is what the text begins with and is about; may be empty.
	About string
	// Depth is how deep it lies below others: its text begins with as many of [Deeper].
	Depth int
	// Code is what stands in a file, to be shown as it is after the text; mostly empty.
	Code string
	// To is the ID of the section of the page that says more of it; mostly empty.
	To string
}

// Options are what the reader asked for.
type Options struct {
	// Detail adds every criterion.
	Detail bool
	// Since is what moved since an earlier report; nil without one.
	Since *progress.Progress
	// Tool is the program's version.
	Tool string
	// Trace gives the title of the source of an item that a criterion traces to, and what the item says; "" if it is not
	// at hand. It may be nil, and is asked only by formats that unfold criteria.
	Trace func(to string) (title, says string)
}

// Build says what there is to say about a result. It does not change it.
func Build(res *score.Result, analysis plan.Analysis, o Options) *Report {
	b := builder{res: res, m: res.Model, a: analysis, p: o.Since, w: newWords(res), mostSteps: fewSteps, detailed: o.Detail, trace: o.Trace}
	if o.Detail {
		b.mostSteps = len(analysis.Steps)
	}
	r := &Report{Short: b.short(), Whose: b.whose(), Name: b.name(), Summary: res.Record.Innovation.Summary, Rubric: b.rubric(), Stage: b.stage(), Basis: b.basis(), Headline: b.headline(), Dimensions: b.dimensions()}
	parts := []func() Section{b.gates, b.since, b.moves, b.timeline, b.steps, b.groups}
	if b.m.Nodes[0].Profile() { // is read part by part, so the parts come first
		parts = []func() Section{b.groups, b.each, b.gates, b.since, b.moves, b.steps}
	}
	for _, section := range append(parts, b.inPlace, b.byDuty, b.accountable, b.helpers, b.unsupported, b.flags, b.unknown, b.expiring, b.otherVersions, b.nearMisses, b.later, b.notChecked, b.withoutEffect) {
		if s := section(); len(s.Rows)+len(s.Blocks) > 0 {
			r.Sections = append(r.Sections, s)
		}
	}
	if o.Detail {
		r.Sections = append(r.Sections, b.detail())
		for _, s := range []Section{b.stated(), b.leftAside()} {
			if len(s.Rows) > 0 {
				r.Sections = append(r.Sections, s)
			}
		}
	}
	r.Method = b.method()
	r.asOf, r.tool = res.AsOf.String(), o.Tool
	r.data = sync.OnceValue(func() *Data { return b.data(r) })
	r.full, r.brief = sync.OnceValue(b.full), sync.OnceValue(b.brief)
	r.charts = sync.OnceValue(func() *Charts { return b.charts(r.Full().Evidence) })
	r.Standings = sync.OnceValue(func() Standings { return b.standings(r) })
	return r
}

type builder struct {
	res *score.Result
	m   *score.Model
	a   plan.Analysis
	p   *progress.Progress // nil without an earlier report
	w   words
	// mostSteps is how many next steps are shown.
	mostSteps int
	detailed  bool
	trace     func(to string) (title, says string)
}

func (b *builder) short() string {
	inn := b.res.Record.Innovation
	return strings.TrimSpace(inn.Name + " " + inn.Version)
}

// whose is who supplies it or owns it.
func (b *builder) whose() string {
	inn := b.res.Record.Innovation
	switch {
	case inn.Supplier != nil && inn.Supplier.Name != "":
		return inn.Supplier.Name
	case inn.Owner != nil && inn.Owner.Name != "" && inn.Owner.Role != "":
		return inn.Owner.Name + ", " + inn.Owner.Role
	case inn.Owner != nil:
		return inn.Owner.Name
	}
	return ""
}

func (b *builder) name() string {
	if whose := b.whose(); whose != "" {
		return b.short() + " · " + whose
	}
	return b.short()
}

func (b *builder) stage() string {
	parts := []string{"stage not stated"}
	if s := b.res.Record.Innovation.Stage; s != "" {
		parts[0] = "stage " + s + ", as the record states"
	}
	if len(b.m.Stages) == 0 {
		parts = nil
	}
	return strings.Join(append(parts, "as of "+b.res.AsOf.String()), " · ")
}

func (b *builder) basis() string {
	t := b.res.Answered
	answered := fmt.Sprintf("%d of %d answered", t.Answered, t.Expected)
	if t.MayApply > 0 {
		answered += fmt.Sprintf(" (%d may not apply)", t.MayApply)
	}
	if n := b.notCounted(); n > 0 {
		answered += fmt.Sprintf(", %d not counted", n)
	}
	listed, checked := b.evidenceCount()
	evidence := fmt.Sprintf("%s listed, %d checked by a reader", diag.Plural(listed, "evidence item"), checked)
	if cited := b.cited(); len(cited) < listed {
		evidence = fmt.Sprintf("%d of %s cited here, %d of those checked by a reader", len(cited), diag.Plural(listed, "evidence item"), b.checkedOf(cited))
	}
	return strings.Join([]string{b.rubric(), "self-assessed", answered, evidence}, " · ")
}

// rubric is its title and, apart from whatever version that has, its own.
func (b *builder) rubric() string { return b.m.Rubric.Title + " · rubric " + b.m.Rubric.Version }

// notCounted are the leaves that have no part in the score; a section names them.
func (b *builder) notCounted() int {
	n := 0
	for i := range b.m.Nodes {
		if b.m.Nodes[i].IsLeaf() && !b.res.Criteria[i].Counts() {
			n++
		}
	}
	return n
}

// evidenceCount counts the items of the register. One whose check is dated later does not count as checked.
func (b *builder) evidenceCount() (listed, checked int) {
	register := b.res.Record.Innovation.Evidence
	items := make([]*innovation.Evidence, len(register))
	for i := range register {
		items[i] = &register[i]
	}
	return len(items), b.checkedOf(items)
}

// cited are the items of the register that an answer to this rubric rests on.
func (b *builder) cited() []*innovation.Evidence {
	var items []*innovation.Evidence
	add := func(more []*innovation.Evidence) {
		for _, item := range more {
			if !slices.Contains(items, item) {
				items = append(items, item)
			}
		}
	}
	for i := range b.res.Criteria {
		add(b.res.Criteria[i].Evidence)
	}
	for _, name := range b.m.FactNames() {
		add(b.res.Record.FactEvidence(name))
	}
	return items
}

func (b *builder) checkedOf(items []*innovation.Evidence) int {
	n := 0
	for _, e := range items {
		if e.Checked != nil && !e.Checked.Date.IsZero() && !e.Checked.Date.After(b.res.AsOf) {
			n++
		}
	}
	return n
}

// early is the first stage, where the words are about the next step and nothing is red.
func (b *builder) early() bool {
	return len(b.m.Stages) > 0 && b.res.Record.Innovation.Stage == b.m.Stages[0]
}

// bad is the tone of what holds back.
func (b *builder) bad() Tone {
	if b.early() {
		return Plain
	}
	return Bad
}

// rubricStanding warns of a rubric that may no longer, or not yet, be the one to use.
func (b *builder) rubricStanding() []string {
	var lines []string
	r, day := b.m.Rubric, b.res.AsOf
	if r.Status == "retired" {
		lines = append(lines, "The rubric is retired: ask its issuer which one has taken its place.")
	}
	if from, to := r.InForce.From, r.InForce.To; from.After(day) || !to.IsZero() && day.After(to) {
		lines = append(lines, fmt.Sprintf("The rubric is not in force on %s: it holds %s.", day, period(from.String(), to.String())))
	}
	if by := r.ReviewBy; !by.IsZero() && !by.After(day) {
		lines = append(lines, fmt.Sprintf("The rubric was due for review on %s: ask its issuer whether it still holds.", by))
	}
	return lines
}

func period(from, to string) string {
	switch {
	case from == "":
		return "until " + to
	case to == "":
		return "from " + from
	}
	return "from " + from + " until " + to
}

// sharedLabels are the labels of the scale, if all criteria have the same.
func (b *builder) sharedLabels() string {
	shared := ""
	for i := range b.m.Nodes {
		if b.m.Nodes[i].Scale == nil {
			continue
		}
		var labels []string
		for _, l := range b.m.Nodes[i].Scale.Levels {
			labels = append(labels, l.Label)
		}
		switch text := strings.Join(labels, ", "); {
		case shared == "":
			shared = text
		case shared != text:
			return ""
		}
	}
	return shared
}

// unknownInScore says what becomes of what is not known in the score that is shown.
func (b *builder) unknownInScore() string {
	switch b.m.Nodes[0].Policy() {
	case "exclude":
		return "; what is not known is left out of the score that is shown"
	case "midpoint":
		return "; what is not known is taken as the middle in the score that is shown"
	}
	if slices.ContainsFunc(b.m.Nodes, func(n score.Node) bool { return n.Policy() != "" }) {
		return "; what is not known counts at its lowest, but for the parts whose rubric leaves it out or takes the middle"
	}
	return "; what is not known counts at its lowest in it"
}

// asksEvidence reports whether anything has to be shown.
func asksEvidence(m *score.Model) bool {
	return slices.ContainsFunc(m.Nodes, func(n score.Node) bool { return len(n.EvidenceRules()) > 0 }) ||
		slices.ContainsFunc(m.FactNames(), func(name string) bool { return m.Fact(name).Evidence != nil })
}

// whichSkipped names a few answers that were left aside; more stand in the detail.
func (b *builder) whichSkipped() string {
	const few = 6
	skipped := b.res.Record.Skipped
	if len(skipped) <= few {
		return ": " + strings.Join(skipped, ", ")
	}
	return " (--detail names them): " + strings.Join(skipped[:few], ", ") + " …"
}

func (b *builder) gatesStand() string {
	if len(b.m.Gates) == 0 {
		return ""
	}
	return "No score makes up for a gate that is not passed. "
}

// scoreMethod says what the scores mean.
func (b *builder) scoreMethod() []string {
	evidenced := "Evidenced is what the listed evidence carries, and is what decides"
	if !asksEvidence(b.m) {
		evidenced = "This rubric asks for no evidence, so evidenced and claimed are the record's own word"
	}
	lines := []string{
		evidenced + b.unknownInScore() + ". Claimed " +
			"takes every answer at its word. At best also takes what is not known as good. " + b.gatesStand() +
			"Numbers are rounded to be read; the JSON report has them in full.",
	}
	if slices.ContainsFunc(b.m.Nodes, func(n score.Node) bool { return n.Scale != nil && n.Scale.Reversed() }) {
		lines = append(lines, "A higher score is better throughout: where a low answer is the good one, it is turned round.")
	}
	return lines
}

func (b *builder) method() []string {
	var lines []string
	if !b.m.Nodes[0].Profile() || len(b.dimensions().Rows) > 0 { // else there is no score to explain
		lines = b.scoreMethod()
	}
	if labels := b.sharedLabels(); labels != "" {
		lines = append(lines, "Levels, in order: "+labels+". What each means for a criterion: touchstone rubrics show "+b.m.Rubric.Name()+".")
	}
	if listed, checked := b.evidenceCount(); listed > 0 && checked == 0 {
		lines = append(lines, "No reader has checked the evidence: the tool takes what the record says of it, and opens none of it.")
	}
	if len(b.m.Rubric.Unverified) > 0 {
		lines = append(lines, "What in this rubric was not checked, or not tried: touchstone rubrics show "+b.m.Rubric.Name()+" lists it.")
	}
	lines = append(lines, b.rubricStanding()...)
	if n := len(b.res.Record.Skipped); n > 0 {
		lines = append(lines, diag.Plural(n, "answer")+" that this rubric does not ask for left aside"+b.whichSkipped()+".")
	}
	return lines
}
