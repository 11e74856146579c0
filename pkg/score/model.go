// Package score computes how ready an innovation is under a rubric: compile a rubric once, evaluate many records.
//
// It is pure: it opens no file, has no clock and no randomness, and prints nothing. All numbers are exact.
package score

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// Model is a compiled rubric. It is not changed by evaluation, so several evaluations may share it.
type Model struct {
	Rubric *rubric.Rubric
	// Nodes is the tree in preorder; the root is first.
	Nodes []Node
	Gates []Gate
	Flags []Flag
	// Stages are in order; empty if the rubric knows none.
	Stages []string
	// NotChecked are the gates and flags that a rubric in use is used without.
	NotChecked []Unchecked

	byName map[string]int
	// short are the nodes that are no root by the id that they have in their rubric.
	short map[string][]int
	// leftOut are the full names of criteria of rubrics in use that are not taken here.
	leftOut map[string]bool
	facts   map[string]*rubric.Fact
	// factRules are the evidence rules of facts that have some.
	factRules map[string][]rule
	// factNames and kindNames are in the rubric's order, for messages.
	factNames, kindNames []string
	kinds                map[string]rubric.EvidenceKind
	roles                map[string]rubric.Role
	digest               func() string // of scoring, made once
}

// Unchecked is a gate or flag of a rubric in use that is not checked here, and why.
type Unchecked struct {
	Name    string // full
	Title   string // its own, else its id in words
	Flag    bool
	Because string
}

// Node is a criterion: a leaf, a group, or the root of a rubric in use.
type Node struct {
	Name     string // full: `rubric-id/criterion-id`; of a root the name of the rubric here
	ID       string // within its rubric; of a root the name of the rubric here
	Title    string
	Source   *rubric.Criterion // nil for the root
	Rubric   *rubric.Rubric    // the one that it is written in
	Root     bool              // the root of its rubric
	Parent   int               // -1 for the root
	Children []int
	End      int // one past the last node below it
	Depth    int // 0 for the root
	Weight   exact.Number
	Scale    *Scale   // of a leaf answered with a level
	Measure  *Measure // of a leaf answered with a number
	Price    *Price   // of a leaf answered by the bid's price
	Duty     string   // its own, else that of what stands above it in its rubric or uses that; "" is shared
	Bands    []Band   // of the root of a rubric, lowest first
	Part     *Part    // of the root of a rubric in use that is cut or reweighted; nil if it is used whole

	combine   string
	show      show
	counts    exact.Number // its weight among its siblings: under `sum` its points
	parts     int64        // its weight in whole parts, under `geometric`
	met       exact.Number // the number from which a leaf is met; of a group its value, 0 to 1
	rules     []rule
	ruling    *ruling // stands in for the answer
	when      *expr.Expr
	fromStage int  // index of the stage, -1 if expected from the start
	steers    bool // read by a condition on a criterion, or by a rule
	gated     bool // read by a gate or a capping flag, itself or through a group
	owner     int  // the root of the rubric that it is written in
	stages    []string
}

// Part says what of a rubric is in use.
type Part struct {
	Criteria, Of int
	Reweighted   bool
}

// IsLeaf reports whether the node is answered, rather than combined from others.
func (n *Node) IsLeaf() bool { return n.Scale != nil || n.Measure != nil || n.Price != nil }

// IsRule reports whether an expression stands in for the answer.
func (n *Node) IsRule() bool { return n.ruling != nil }

// Combine is the word for how the children make one value.
func (n *Node) Combine() string { return n.combine }

// Adds reports whether the node's value is made of its children's by adding, so that each has a share in it.
func (n *Node) Adds() bool { return n.combine == "mean" || n.combine == "sum" }

// Profile reports whether the node has no score by design.
func (n *Node) Profile() bool { return n.combine == "profile" }

// EvidenceRules are what an answer to the leaf must be shown by, in the rubric's order.
func (n *Node) EvidenceRules() []*rubric.EvidenceRule { return written(n.rules) }

func written(rules []rule) []*rubric.EvidenceRule {
	all := make([]*rubric.EvidenceRule, len(rules))
	for i, r := range rules {
		all[i] = r.EvidenceRule
	}
	return all
}

// Reaches reports whether an evidence rule, by its index in [Node.EvidenceRules], holds for an answer: the value of a
// level, a number, the mean of a survey.
func (n *Node) Reaches(rule int, answer exact.Number) bool { return n.reaches(n.rules[rule], answer) }

// Shown turns a value from 0 to 1 into the units in which the node's score is displayed.
func (n *Node) Shown(v exact.Number) exact.Number {
	return n.show.from.Add(v.Mul(n.show.to.Sub(n.show.from)))
}

// MetFrom is the displayed score from which a group is met, and whether the node is one with a score.
func (n *Node) MetFrom() (exact.Number, bool) {
	return n.Shown(n.met), !n.IsLeaf() && !n.Profile()
}

// MetNumber is the value of the level, or the number, from which a leaf is met, and whether it is answered with one.
func (n *Node) MetNumber() (exact.Number, bool) { return n.met, n.gauge() != nil }

// Decimals is how many decimals the node's score is displayed with.
func (n *Node) Decimals() int { return n.show.decimals }

// Counts is the node's weight among its siblings: as written, and under `sum` times its range of points.
func (n *Node) Counts() exact.Number { return n.counts }

// Points are what a child of a `sum` brings to it at a value.
func (n *Node) Points(v exact.Number) exact.Number {
	low, high := n.spread()
	return n.Weight.Mul(low.Add(v.Mul(high.Sub(low))))
}

type show struct {
	from, to exact.Number
	decimals int
}

var hundred = show{to: exact.Hundred}

// Gate is a condition that no mean buys back.
type Gate struct {
	Name  string // full
	Title string // what it is about, in words
	// Source is as written; nil for the gate of a `minimum`.
	Source    *rubric.Gate
	Because   string
	Duty      string
	Otherwise rubric.Effect
	// Cap is the band of the whole that it caps at; nil if it does not cap.
	Cap      *Band
	Waivable *rubric.Waivable
	// Reads are the nodes that its condition reads.
	Reads []int
	// Depends are those and what decides whether the gate applies.
	Depends []int
	// Wants are the levels that its condition asks for in so many words: level("x") >= 2.
	Wants []Want

	needs     *expr.Expr
	when      *expr.Expr
	fromStage int
	owner     int // the root of the rubric that it belongs to
	caps      caps
}

// Want is a level that a gate asks for.
type Want struct{ Node, Level int }

// Flag is a warning sign.
type Flag struct {
	Name   string // full
	Title  string // its own, else its id in words
	Source *rubric.Flag
	// Cap is the band of the whole that it caps at; nil if it does not cap.
	Cap   *Band
	Reads []int

	when      *expr.Expr
	fromStage int
	owner     int
	caps      caps
}

// Caps reports whether the flag limits the band.
func (f *Flag) Caps() bool { return f.Source.Effect.Cap != "" }

// caps are the bands at which something caps, by the root that has them.
type caps map[int]int

// Band is a range of scores with a name.
type Band struct {
	ID, Label string
	From      exact.Number // in the displayed units of its rubric's root
	// FromStage is the index of the stage before which it cannot be reached, -1 if none.
	FromStage int
}

// Lookup returns the index of a node by its full name.
func (m *Model) Lookup(name string) (int, bool) {
	i, ok := m.byName[name]
	return i, ok
}

// FactNames are the facts that the rubric asks for, in its order.
func (m *Model) FactNames() []string { return m.factNames }

// FactsRead are the facts that a condition, a rule, a gate or a flag reads, in the rubric's order.
func (m *Model) FactsRead() []string {
	var read []string
	for i := range m.Nodes {
		read = append(read, m.Nodes[i].Facts()...)
	}
	for i := range m.Gates {
		read = append(read, m.Gates[i].Facts()...)
	}
	for i := range m.Flags {
		read = append(read, m.Flags[i].Facts()...)
	}
	return slices.DeleteFunc(slices.Clone(m.factNames), func(name string) bool { return !slices.Contains(read, name) })
}

// FactRules are what a fact must be shown by, in the rubric's order; none of most facts.
func (m *Model) FactRules(name string) []*rubric.EvidenceRule { return written(m.factRules[name]) }

// Fact returns a fact that the rubric asks for, or nil.
func (m *Model) Fact(name string) *rubric.Fact { return m.facts[name] }

// KindTitle is what people call a kind of evidence.
func (m *Model) KindTitle(kind string) string {
	if k, ok := m.kinds[kind]; ok {
		return k.Title
	}
	return kind
}

// Kind returns a kind of evidence, by its id.
func (m *Model) Kind(id string) rubric.EvidenceKind { return m.kinds[id] }

// Role returns who can help, by the id of a role.
func (m *Model) Role(id string) rubric.Role {
	if r, ok := m.roles[id]; ok {
		return r
	}
	return rubric.Role{Title: id}
}

func (m *Model) stageIndex(name string) int { return slices.Index(m.Stages, name) }

// owned reports whether something that belongs to the rubric at node owner is part of the tree below node root.
func (m *Model) owned(owner, root int) bool { return owner >= root && owner < m.Nodes[root].End }

// Weighs reports whether a node is part of what a group is made of: the group itself, or below it with a weight above 0
// all the way.
func (m *Model) Weighs(i, group int) bool {
	for i > group && m.Nodes[i].Weight.Sign() > 0 {
		i = m.Nodes[i].Parent
	}
	return i == group
}

// counted calls yield for every leaf below i with weight above 0 all the way down.
func (m *Model) counted(i int, yield func(int)) { m.below(i, true, yield) }

// below calls yield for every leaf below i, or for those that weigh.
func (m *Model) below(i int, weighing bool, yield func(int)) {
	if m.Nodes[i].IsLeaf() {
		yield(i)
	}
	for _, child := range m.Nodes[i].Children {
		if !weighing || m.Nodes[child].Weight.Sign() > 0 {
			m.below(child, weighing, yield)
		}
	}
}
