package render

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// grid is where one report stands on the sheet of criteria, and which of its numbers follow from others there.
//
// A cell is a formula only where what it computes is, in exact numbers, what the report says. All else is a number.
type grid struct {
	of  []report.Entry
	row int // of the whole
	// The columns, by their letters.
	id, parent, weight, share string
	value, shown              [3]string
	// adds are the groups whose values are made of those of their parts.
	adds []bool
}

// unknown stands in a cell in place of a nought; a formula takes it for one.
const unknown = "not known"

// rounding is to how many decimals what is shown is rounded in formulas: with more, what binary fractions are off by would
// show where a number is half way between two that can be shown.
const rounding = 10

func (g *grid) find() {
	g.adds = make([]bool, len(g.of))
	for i := range g.of {
		g.adds[i] = g.follows(i)
	}
}

// follows reports whether the value of a group is sum(weight x value) / sum(weights) of its parts, and is not known only if
// all of those are not.
func (g *grid) follows(i int) bool {
	e := &g.of[i]
	if e.Worth == nil || e.Combine != "mean" && e.Combine != "sum" {
		return false
	}
	for basis := range e.Worth {
		sum, weights, known := exact.Zero, exact.Zero, false
		for _, j := range g.children(i) {
			if c := &g.of[j]; c.Weight != nil && c.Worth != nil {
				sum, weights = sum.Add(c.Weight.Mul(c.Worth[basis])), weights.Add(*c.Weight)
				known = known || c.Weight.Sign() > 0 && g.known(j, basis)
			}
		}
		if weights.IsZero() || !sum.Div(weights).Equal(e.Worth[basis]) || known != g.known(i, basis) {
			return false
		}
	}
	return true
}

func (g *grid) children(i int) []int {
	var all []int
	for j := i + 1; j < g.end(i); j++ {
		if g.of[j].Parent == i {
			all = append(all, j)
		}
	}
	return all
}

// end is one past what stands below an entry.
func (g *grid) end(i int) int {
	j := i + 1
	for j < len(g.of) && g.of[j].Depth > g.of[i].Depth {
		j++
	}
	return j
}

// known reports whether the cell with a value has a number. What is not known and counts for something all the same, as
// what a rule comes to at the worst, has one too.
func (g *grid) known(i, basis int) bool {
	return !g.of[i].Unknown(basis) || !g.of[i].Worth[basis].IsZero()
}

// below are the cells of a column beside what stands below an entry.
func (g *grid) below(column string, i int) string {
	return fmt.Sprintf("%[1]s$%[2]d:%[1]s$%[3]d", "$"+column, g.row+i+1, g.row+g.end(i)-1)
}

func (g *grid) cell(column string, i int) string { return fmt.Sprintf("$%s$%d", column, g.row+i) }

// mine picks, of what stands below an entry, its own parts.
func (g *grid) mine(i int) string {
	return fmt.Sprintf("--(%s=%s)", g.below(g.parent, i), g.cell(g.id, i))
}

// valueFormula is the value of a group that adds. In SUMPRODUCT, with commas, text counts as 0.
func (g *grid) valueFormula(i, basis int) string {
	mine, weights, values := g.mine(i), g.below(g.weight, i), g.below(g.value[basis], i)
	mean := fmt.Sprintf("SUMPRODUCT(%s,%s,%s)/SUMPRODUCT(%s,%s)", mine, weights, values, mine, weights)
	if basis == atBest {
		return mean
	}
	return fmt.Sprintf(`IF(SUMPRODUCT(%s,%s,--ISNUMBER(%s))=0,"%s",%s)`, mine, weights, values, unknown, mean)
}

const atBest = 2

// scaled is what a value comes to on a range, or that it is not known.
func (g *grid) scaled(value string, from, span exact.Number, times string) string {
	number := value + times
	if !span.Equal(exact.One) {
		number += "*" + span.String()
	}
	if !from.IsZero() {
		number = from.String() + "+" + number
	}
	return fmt.Sprintf(`IF(ISNUMBER(%s),ROUND(%s,%d),"%s")`, value, number, rounding, unknown)
}

// valueCell is a value from 0 to 1.
func (g *grid) valueCell(i, basis int, l look) cell {
	const decimals = 3
	e := &g.of[i]
	if e.Worth == nil {
		return cell{}.as(l)
	}
	c := words(unknown).as(look{right: true})
	if g.known(i, basis) {
		c = number(e.Worth[basis], decimals)
	}
	if g.adds[i] {
		c.formula = g.valueFormula(i, basis)
	} else if e.Parent >= 0 && g.adds[e.Parent] && e.Weight != nil {
		l.input = true
	}
	return c.as(l)
}

// scoreCell is a score as the report writes it. It follows its value where it is that value on the range.
func (g *grid) scoreCell(i, basis int, l look) cell {
	e := &g.of[i]
	c, isNumber := said(e.ScoreTexts[basis], func() exact.Number { return e.Scores[basis] })
	span := e.To.Sub(e.From)
	switch {
	case e.Worth == nil || !short(e.From) || !short(span):
	case isNumber && g.known(i, basis) && e.Scores[basis].Equal(e.From.Add(e.Worth[basis].Mul(span))) && decimals(e.ScoreTexts[basis]) < rounding,
		e.ScoreTexts[basis] == unknown && !g.known(i, basis):
		c = c.live(g.scaled(g.cell(g.value[basis], i), e.From, span, ""))
	}
	return c.as(l)
}

// shareCell is the part of the whole, which follows the weights.
func (g *grid) shareCell(i int, l look) cell {
	const decimals = 1
	e := &g.of[i]
	if e.Share == nil {
		return cell{}.as(l)
	}
	c := part(*e.Share, decimals)
	if e.Parent >= 0 && e.Weight != nil && g.of[e.Parent].Share != nil && g.adds[e.Parent] {
		c.formula = fmt.Sprintf("%s/SUMPRODUCT(%s,%s)*%s", g.cell(g.weight, i), g.mine(e.Parent), g.below(g.weight, e.Parent), g.cell(g.share, e.Parent))
	}
	return c.as(l)
}

// weightCell is what an entry weighs. It can be changed where it makes a difference; below a profile nothing weighs.
func (g *grid) weightCell(i int, l look) cell {
	e := &g.of[i]
	if e.Weight == nil || g.of[e.Parent].Combine == "profile" {
		return cell{}.as(l)
	}
	l.input = e.Parent >= 0 && g.adds[e.Parent]
	return cell{value: e.Weight.Float(), look: look{format: "General"}}.as(l)
}

// pointsCell is what an entry contributes to the evidenced score of the whole.
func (g *grid) pointsCell(i int, l look) cell {
	e, root := &g.of[i], &g.of[0]
	c, isNumber := said(e.PointsText, func() exact.Number { return e.Points[0] })
	span := root.To.Sub(root.From)
	if e.Share == nil || e.Worth == nil || e.Points == nil || !short(root.From) || !short(span) {
		return c.as(l)
	}
	follows := e.Points[0].Equal(e.Share.Mul(root.From.Add(e.Worth[0].Mul(span))))
	switch {
	case !follows || !root.From.IsZero():
	case isNumber && g.known(i, 0), e.PointsText == unknown && !g.known(i, 0):
		c = c.live(g.scaled(g.cell(g.value[0], i), exact.Zero, span, "*"+g.cell(g.share, i)))
	}
	return c.as(l)
}

// there is how another sheet refers to a cell.
func (g *grid) there(column string, i int) string { return criteriaSheet + "!" + g.cell(column, i) }

// refer is a score as another sheet shows it: that on this one, or of a part of a sum what it brings to that.
func (g *grid) refer(i, basis int, written string) cell {
	e := &g.of[i]
	c, isNumber := said(written, func() exact.Number {
		if e.Brings != nil && written != e.ScoreTexts[basis] {
			return e.Brings[basis]
		}
		return e.Scores[basis]
	})
	switch {
	case e.Brings != nil && (isNumber || written == unknown):
		if e.Weight != nil && short(e.Lowest) && e.Brings[basis].Equal(e.Lowest.Add(e.Worth[basis].Mul(*e.Weight))) && g.known(i, basis) != e.Unknown(basis) {
			c = c.live(g.scaled(g.there(g.value[basis], i), e.Lowest, exact.One, "*"+g.there(g.weight, i)))
		}
	case written == e.ScoreTexts[basis] && (isNumber || written == unknown):
		c = c.live(g.there(g.shown[basis], i))
	}
	return c
}

// live makes a cell follow a formula. What it holds meanwhile is what the formula comes to.
func (c cell) live(formula string) cell {
	c.formula = formula
	return c
}

// said is a cell with what the report says: a number if it writes one, else its words; nothing for a dash.
func said(written string, number func() exact.Number) (cell, bool) {
	if written == "–" {
		return cell{}, false
	}
	if _, err := exact.Parse(written); err != nil {
		return words(written).as(look{right: true}), false
	}
	return cell{value: number().Round(rounding).Float(), look: look{format: decimalFormat(decimals(written), "")}}, true
}

// decimals is how many a written number has.
func decimals(written string) int {
	_, after, _ := strings.Cut(written, ".")
	return len(after)
}

// short reports whether a number can be written in a formula as it is.
func short(x exact.Number) bool {
	written, err := exact.Parse(x.String())
	return err == nil && written.Equal(x)
}
