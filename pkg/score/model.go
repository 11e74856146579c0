// Package score computes how ready an innovation is under a rubric: compile a rubric once, evaluate many records.
//
// It is pure: it opens no file, has no clock and no randomness, and prints nothing. All numbers are exact.
package score

import (
	"slices"
	"strings"

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

	byName map[string]int
	facts  map[string]*rubric.Fact
	// factNames and kindNames are in the rubric's order, for messages.
	factNames, kindNames []string
	kinds                map[string]rubric.EvidenceKind
	roles                map[string]rubric.Role
}

// Node is a criterion: a leaf, a group, or the root of a rubric in use.
type Node struct {
	Name     string // full: `rubric-id/criterion-id`; of a root the rubric id alone
	ID       string // within its rubric; of a root the rubric id
	Title    string
	Source   *rubric.Criterion // nil for the root
	Rubric   *rubric.Rubric    // the one that it is written in
	Root     bool              // the root of its rubric
	Parent   int               // -1 for the root
	Children []int
	End      int // one past the last node below it
	Depth    int // 0 for the root
	Weight   exact.Number
	Scale    *Scale // nil for a group
	Duty     string
	Bands    []Band // of the root of a rubric, lowest first

	combine   string
	show      show
	met       int          // of a leaf, the level from which it is met
	metValue  exact.Number // of a group, the value, 0 to 1
	rules     []rule
	when      *expr.Expr
	fromStage int  // index of the stage, -1 if expected from the start
	gated     bool // read by a gate or a capping flag, itself or through a group
}

// IsLeaf reports whether the node is answered, rather than combined from others.
func (n *Node) IsLeaf() bool { return n.Scale != nil }

// Combine is the word for how the children make one value.
func (n *Node) Combine() string { return n.combine }

// EvidenceRules are what an answer to the leaf must be shown by, in the rubric's order.
func (n *Node) EvidenceRules() []*rubric.EvidenceRule {
	rules := make([]*rubric.EvidenceRule, len(n.rules))
	for i, r := range n.rules {
		rules[i] = r.EvidenceRule
	}
	return rules
}

// Shown turns a value from 0 to 1 into the units in which the node's score is displayed.
func (n *Node) Shown(v exact.Number) exact.Number {
	return n.show.from.Add(v.Mul(n.show.to.Sub(n.show.from)))
}

// Decimals is how many decimals the node's score is displayed with.
func (n *Node) Decimals() int { return n.show.decimals }

type show struct {
	from, to exact.Number
	decimals int
}

var hundred = show{to: exact.Hundred}

// Scale is the levels of a leaf, worst first.
type Scale struct{ Levels []Level }

// Level is one level of a scale.
type Level struct {
	Value  exact.Number // as written in the rubric
	Label  string
	Seen   string       // what is seen at this level; may be empty
	Worth  exact.Number // from 0, the worst, to 1, the best
	Advice *rubric.Step // how to reach it; may be nil
}

// Best is the index of the best level.
func (s *Scale) Best() int { return len(s.Levels) - 1 }

// String lists the levels for a message.
func (s *Scale) String() string {
	texts := make([]string, len(s.Levels))
	for i, l := range s.Levels {
		texts[i] = l.Value.String() + " " + l.Label
	}
	return strings.Join(texts, ", ")
}

// find returns the index of a level by its value or label, or -1.
func (s *Scale) find(written string) int {
	if x, err := exact.Parse(written); err == nil {
		return s.at(x)
	}
	return slices.IndexFunc(s.Levels, func(l Level) bool { return l.Label == written })
}

// at returns the index of the level with a value, or -1.
func (s *Scale) at(value exact.Number) int {
	return slices.IndexFunc(s.Levels, func(l Level) bool { return l.Value.Equal(value) })
}

// rule is an evidence rule with its level resolved.
type rule struct {
	*rubric.EvidenceRule
	number int // 1-based, in the order of the file
	from   int
}

// Gate is a condition that no mean buys back.
type Gate struct {
	Name  string // full
	Title string // what it is about, in words
	// Source is as written; nil for the gate of a `minimum`.
	Source    *rubric.Gate
	Because   string
	Duty      string
	Otherwise rubric.Effect
	Waivable  *rubric.Waivable
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
}

// Want is a level that a gate asks for.
type Want struct{ Node, Level int }

// Flag is a warning sign.
type Flag struct {
	Name   string // full
	Source *rubric.Flag
	Reads  []int

	when      *expr.Expr
	fromStage int
	owner     int
}

// Caps reports whether the flag limits the band.
func (f *Flag) Caps() bool { return f.Source.Effect.Cap != "" }

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

// Fact returns a fact that the rubric asks for, or nil.
func (m *Model) Fact(name string) *rubric.Fact { return m.facts[name] }

// KindTitle is what people call a kind of evidence.
func (m *Model) KindTitle(kind string) string {
	if k, ok := m.kinds[kind]; ok {
		return k.Title
	}
	return kind
}

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
