package score

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/expr"
)

// What is shared by many rubrics, and is part of a score only where a criterion of this one reads it: a fact that is
// added to a shared vocabulary makes no score of yesterday another.

// testsOf calls visit for every test of the condition and the rule of a node.
func (n *Node) testsOf(visit func(*expr.Test)) {
	each := func(t *expr.Test, _ bool) { visit(t) }
	if n.when != nil {
		n.when.Tests(each)
	}
	switch {
	case n.ruling == nil:
	case n.ruling.condition != nil:
		n.ruling.condition.Tests(each)
	default:
		visit(n.ruling.reading)
	}
}

// factsScored are the facts that a criterion reads, in the rubric's order.
func (m *Model) factsScored() []string {
	read := map[string]bool{}
	for i := range m.Nodes {
		for _, name := range m.Nodes[i].Facts() {
			read[name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(m.factNames), func(name string) bool { return !read[name] })
}

// readsStages reports whether a criterion is expected from a stage on only, or reads the stage.
func (m *Model) readsStages() bool {
	reads := false
	for i := range m.Nodes {
		n := &m.Nodes[i]
		reads = reads || n.fromStage >= 0
		n.testsOf(func(t *expr.Test) { reads = reads || readings[t.Read].target == aStage || t.Read == "stage" })
	}
	return reads
}

// readsStageWords reports whether a criterion of the rubric with its root at node i compares the stage with words of
// that rubric.
func (m *Model) readsStageWords(i int) bool {
	reads := false
	for j := range m.Nodes {
		m.Nodes[j].testsOf(func(t *expr.Test) { reads = reads || t.Read == "stage" && t.Target == i })
	}
	return reads
}
