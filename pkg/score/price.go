package score

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Price is how a bid's price becomes a value.
type Price struct {
	Model string
	// cap and floor are the prices that give nothing and all, of a benchmark.
	cap, floor exact.Number
	decimals   int // of its contribution; -1 if it is not rounded
}

// Relative reports whether the price has a value only among those of other bids.
func (p *Price) Relative() bool { return p.Model != "benchmark" }

// Ends are the prices of a benchmark that give nothing and all.
func (p *Price) Ends() (nothing, all exact.Number) { return p.cap, p.floor }

// Decimals is how many decimals the points of a price are rounded to; not set if they are not rounded.
func (p *Price) Decimals() (decimals int, set bool) { return max(p.decimals, 0), p.decimals >= 0 }

// worth is (cap - price) / (cap - floor), from 0 to 1. It does not depend on other bids.
func (p *Price) worth(price exact.Number) exact.Number {
	return withinOne(p.cap.Sub(price).Div(p.cap.Sub(p.floor)))
}

// Among is the value of a price, from 0 to 1, beside those of all bids, its own among them. Prices are above 0, and at least
// one is given. With the lowest and the highest price of the bids:
//
//	lowest-ratio   lowest / price
//	differential   1 - (price - lowest) / lowest, and not below 0
//	min-max        (highest - price) / (highest - lowest), and 1 if all are equal
//	benchmark      (cap - price) / (cap - floor), from 0 to 1, whatever the others ask
func (p *Price) Among(price exact.Number, bids []exact.Number) exact.Number {
	lowest, highest := bids[0], bids[0]
	for _, bid := range bids {
		lowest, highest = exact.Min(lowest, bid), exact.Max(highest, bid)
	}
	switch p.Model {
	case "lowest-ratio":
		return lowest.Div(price)
	case "differential":
		return withinOne(exact.One.Sub(price.Sub(lowest).Div(lowest)))
	case "min-max":
		if highest.Equal(lowest) {
			return exact.One
		}
		return highest.Sub(price).Div(highest.Sub(lowest))
	}
	return p.worth(price)
}

func withinOne(v exact.Number) exact.Number { return exact.Max(exact.Zero, exact.Min(exact.One, v)) }

// rounded is the value that contributes a number of points of the whole with the decimals that the rubric rounds them to,
// in the displayed units of the root.
func (p *Price) rounded(c *Criterion, v exact.Number) exact.Number {
	if p.decimals < 0 || c.slope.IsZero() {
		return v
	}
	points := c.lead.Add(c.slope.Mul(v)).Round(p.decimals)
	return withinOne(points.Sub(c.lead).Div(c.slope))
}

// Points are the points of the whole that node i contributes at a value from 0 to 1, those of a price rounded as the rubric
// says, and whether it contributes any: below a group that does not add nothing does so of its own.
func (r *Result) Points(i int, v exact.Number) (exact.Number, bool) {
	n, c := &r.Model.Nodes[i], &r.Criteria[i]
	switch {
	case c.Share == nil:
		return exact.Zero, false
	case n.Price != nil:
		v = n.Price.rounded(c, v)
	}
	return c.lead.Add(c.slope.Mul(v)), true
}
