package score

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// measure makes the ruler of a leaf that is answered with a number: from worst to best, or by points.
func (c *compiler) measure(of *rubric.Criterion) *Measure {
	w := of.Measure
	m := &Measure{Unit: w.Unit}
	switch {
	case w.Has("points") && (w.Has("worst") || w.Has("best")):
		c.problem(w.AtKey("points"), ruleScale, "keep `points`, or `worst` and `best`", "%q stands beside `worst` or `best`", "points")
	case w.Has("points"):
		m.points = c.measurePoints(w)
	case w.Worst == nil || w.Best == nil:
		if !w.Broken("worst") && !w.Broken("best") {
			c.problem(w.Place(), ruleScale, "write `worst:` and `best:`, or `points:`", "the measure of %q does not say what is worst and best", of.ID)
		}
	case w.Worst.Equal(*w.Best):
		c.problem(w.At("best"), ruleScale, "", "`worst` and `best` must differ, both are %s", w.Best)
	case w.Worst.Less(*w.Best):
		m.points = []point{{*w.Worst, exact.Zero}, {*w.Best, exact.One}}
	default:
		m.points = []point{{*w.Best, exact.One}, {*w.Worst, exact.Zero}}
	}
	if w.Has("limits") && !w.Broken("limits") {
		if len(w.Limits) != 2 || !w.Limits[0].Less(w.Limits[1]) {
			c.problem(w.At("limits"), ruleScale, "write them like limits: [0, 600]", "expected the lowest and the highest possible number, got %s", listOf(w.Limits))
		} else {
			m.limits = &[2]exact.Number{w.Limits[0], w.Limits[1]}
		}
	}
	if m.points == nil { // reported; something to go on with
		m.points = []point{{exact.Zero, exact.Zero}, {exact.One, exact.One}}
	}
	return m
}

// measurePoints reads pairs of a number and its value, 0 to 100: numbers rising, values from one of 0 and 100 to the
// other without turning back.
func (c *compiler) measurePoints(w *rubric.Measure) []point {
	if w.Broken("points") {
		return nil
	}
	var points []point
	for j, pair := range w.Points {
		at := w.Item("points", j)
		switch {
		case len(pair) != 2:
			c.problem(at, ruleScale, "write it like [68, 50]", "expected a pair of a number and its value, got %d", len(pair))
			return nil
		case pair[1].Sign() < 0 || exact.Hundred.Less(pair[1]):
			c.problem(at, ruleScale, "", "a value is from 0 to 100, got %s", pair[1])
			return nil
		case j > 0 && !points[j-1].at.Less(pair[0]):
			c.problem(at, ruleScale, "", "the numbers must rise, %s comes after %s", pair[0], points[j-1].at)
			return nil
		}
		points = append(points, point{pair[0], pair[1].Div(exact.Hundred)})
	}
	if !monotone(points) {
		c.problem(w.At("points"), ruleScale, "", "the values must go from 0 to 100, or from 100 to 0, without turning back")
		return nil
	}
	return points
}

// listOf writes numbers as a file would.
func listOf(numbers []exact.Number) string {
	texts := make([]string, len(numbers))
	for i, x := range numbers {
		texts[i] = x.String()
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

func monotone(points []point) bool {
	if len(points) < 2 {
		return false
	}
	first, last := points[0].worth, points[len(points)-1].worth
	if !first.Add(last).Equal(exact.One) || !first.Mul(last).IsZero() {
		return false
	}
	for j := 1; j < len(points); j++ {
		if turn := points[j].worth.Cmp(points[j-1].worth); turn != 0 && turn != last.Cmp(first) {
			return false
		}
	}
	return true
}

func (c *compiler) price(of *rubric.Criterion) *Price {
	w := of.Price
	p := &Price{Model: w.Model, decimals: -1, cap: exact.One}
	if d := w.Decimals; d != nil {
		if p.decimals = decimals(*d); p.decimals < 0 {
			c.problem(w.At("decimals"), ruleScale, "", "expected 0 to 6 decimals, got %s", d)
		}
	}
	if p.Relative() {
		for _, key := range []string{"cap", "floor"} {
			if w.Has(key) {
				c.problem(w.AtKey(key), ruleForm, "take it out", "%q says nothing of the model %q", key, w.Model)
			}
		}
		return p
	}
	switch {
	case w.Cap == nil || w.Floor == nil:
		if !w.Broken("cap") && !w.Broken("floor") && w.Model != "" {
			c.problem(w.Place(), ruleScale, "write `cap:` and `floor:`", "a benchmark needs the prices that give nothing and all")
		}
	case !w.Floor.Less(*w.Cap):
		c.problem(w.At("cap"), ruleScale, "", "`cap` must be above `floor`, got %s and %s", w.Cap, w.Floor)
	default:
		p.cap, p.floor = *w.Cap, *w.Floor
	}
	return p
}

// decimals is a number of decimals, or -1 if it is not one from 0 to 6.
func decimals(x exact.Number) int {
	if s := x.String(); len(s) == 1 {
		return strings.Index("0123456", s)
	}
	return -1
}

// weighChildren resolves how much the children of a group count in it, once they are known: under `sum` by their range
// of points. The range of the sum itself follows from them.
func (c *compiler) weighChildren(i int) {
	n := &c.m.Nodes[i]
	if n.IsLeaf() {
		return
	}
	if n.combine == "sum" {
		n.show.from, n.show.to = exact.Zero, exact.Zero
	}
	for _, j := range n.Children {
		child := &c.m.Nodes[j]
		child.counts = child.Weight
		if child.Profile() && !n.Profile() && child.Weight.Sign() > 0 {
			c.problem(c.at(j, "weight"), ruleWeight, "add `weight: 0`: it is shown beside the score", "%q is a profile, which has no score to combine", child.ID)
		}
		if n.combine == "sum" {
			low, high := child.spread()
			child.counts = child.Weight.Mul(high.Sub(low))
			n.show.from = n.show.from.Add(child.Weight.Mul(low))
			n.show.to = n.show.to.Add(child.Weight.Mul(high))
		}
	}
	if n.combine == "geometric" {
		c.parts(i)
	}
	if n.combine == "sum" && c.showOf(n) == nil {
		n.show.decimals = c.decimalsOf(n)
	}
}

// showOf is what a group says of its display; nil if nothing.
func (c *compiler) showOf(n *Node) *rubric.Show {
	if n.Root {
		return n.Rubric.Show
	}
	return n.Source.Show
}

// decimalsOf are as many as the points of a sum can have, where it does not say how many to show: half a point is not to
// be shown as one.
func (c *compiler) decimalsOf(n *Node) int {
	const most = 6
	decimals := 0
	points := func(x exact.Number) {
		_, after, _ := strings.Cut(x.String(), ".")
		decimals = max(decimals, min(len(after), most))
	}
	for _, j := range n.Children {
		child := &c.m.Nodes[j]
		if child.Scale != nil {
			for _, l := range child.Scale.Levels {
				points(child.Weight.Mul(l.Value))
			}
			continue
		}
		points(child.Weight)
		decimals = max(decimals, min(child.show.decimals, most))
	}
	return decimals
}

// spread are the lowest and the highest points of a child of a `sum`: a scale's values, a measure's ends, a group's
// display. A price gives up to one point for its weight.
func (n *Node) spread() (low, high exact.Number) {
	switch g := n.gauge(); {
	case g != nil && (n.Scale == nil || n.Scale.spans()):
		worst, best := g.ends()
		return exact.Min(worst, best), exact.Max(worst, best)
	case n.Price != nil:
		return exact.Zero, exact.One
	}
	return n.show.from, n.show.to
}

// maxParts bounds the weights of a geometric mean in whole parts, since each is a power to be computed.
const maxParts = 100

// parts writes the weights of a geometric mean as whole numbers.
func (c *compiler) parts(i int) {
	n := &c.m.Nodes[i]
	unit := exact.Zero
	for _, j := range n.Children {
		unit = exact.GCD(unit, c.m.Nodes[j].Weight)
	}
	total := int64(0)
	for _, j := range n.Children {
		if w := c.m.Nodes[j].Weight; w.Sign() > 0 {
			parts, ok := w.Div(unit).Whole()
			if !ok || parts > maxParts || total > maxParts {
				total = maxParts
			}
			total += parts
			c.m.Nodes[j].parts = parts
		}
	}
	if total > maxParts {
		c.problem(c.at(i, "combine"), ruleWeight, "choose weights such as 3 and 2", "the weights of a geometric mean come to more than %d whole parts", maxParts)
	}
}
