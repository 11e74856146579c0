package score

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// What is found out about a node depends on what is found out about others. It comes in three parts, since a condition
// on one criterion may stand above another that it reads.
type part uint8

const (
	theState    part = iota // whether it applies
	thePresence             // whether it has a part in the score
	theValue
	parts
)

// finding is one part of one node.
type finding struct {
	node int
	part part
}

// needs are the findings that another is made from.
func (m *Model) needs(f finding) []finding {
	n := &m.Nodes[f.node]
	var all []finding
	add := func(part part, nodes ...int) {
		for _, i := range nodes {
			all = append(all, finding{i, part})
		}
	}
	switch f.part {
	case theState:
		if n.Parent >= 0 {
			add(theState, n.Parent)
		}
		add(theValue, nodesRead(n.when)...)
	case thePresence:
		add(theState, f.node)
		add(thePresence, n.Children...)
		add(thePresence, n.ruling.reads()...)
	default:
		add(thePresence, f.node)
		add(theValue, n.Children...)
		add(theValue, n.ruling.reads()...)
		if n.Price != nil && n.Price.decimals >= 0 { // is rounded in points of the whole, so its share must be known
			for i := n.Parent; i >= 0; i = m.Nodes[i].Parent {
				add(thePresence, i)
			}
		}
	}
	return all
}

func (r *ruling) reads() []int {
	switch {
	case r == nil:
		return nil
	case r.condition != nil:
		return nodesRead(r.condition)
	case readings[r.reading.Read].target >= aLeaf:
		return []int{r.reading.Target}
	}
	return nil
}

// cycles finds criteria that depend on themselves, through conditions and rules: none could be decided first.
func (c *compiler) cycles() {
	const onPath, done = 1, 2
	state := make([]int, len(c.m.Nodes)*int(parts))
	var path []finding
	var visit func(f finding)
	visit = func(f finding) {
		at := f.node*int(parts) + int(f.part)
		switch state[at] {
		case done:
			return
		case onPath:
			c.cycle(path[slices.Index(path, f):])
			return
		}
		state[at] = onPath
		path = append(path, f)
		for _, needed := range c.m.needs(f) {
			visit(needed)
		}
		path = path[:len(path)-1]
		state[at] = done
	}
	for i := range c.m.Nodes {
		visit(finding{i, theValue})
	}
}

func (c *compiler) cycle(circle []finding) {
	var nodes []int
	for _, f := range circle {
		if len(nodes) == 0 || nodes[len(nodes)-1] != f.node {
			nodes = append(nodes, f.node)
		}
	}
	if len(nodes) > 1 && nodes[0] == nodes[len(nodes)-1] {
		nodes = nodes[1:]
	}
	names := make([]string, len(nodes))
	at := diag.Place{}
	what := "the value of %q"
	for j, i := range nodes {
		n := &c.m.Nodes[i]
		names[j] = n.ID
		switch {
		case at.Line > 0:
		case n.when != nil:
			at, what = n.Source.At("when"), "whether %q applies"
		case n.ruling != nil:
			at = n.Source.At("rule")
		}
	}
	c.problem(at, ruleCycle, "let one of them not depend on the others", "%s depends on itself: %s",
		fmt.Sprintf(what, names[0]), strings.Join(append(names, names[0]), " → "))
}
