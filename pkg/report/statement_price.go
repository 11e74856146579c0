package report

import (
	"fmt"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// priceTitle is the heading over how the price is scored.
const priceTitle = "How the price is scored"

// prices are the leaves that are answered by the price.
func (s statement) prices() []int {
	var prices []int
	for i := range s.m.Nodes {
		if s.m.Nodes[i].Price != nil {
			prices = append(prices, i)
		}
	}
	return prices
}

// price is the formula, and what comes of a few prices.
func (s statement) price() Section {
	sec := Section{ID: "price", Title: priceTitle}
	all := s.prices()
	for _, i := range all {
		one := s.onePrice(i)
		if len(all) == 1 {
			sec.Blocks, sec.Columns, sec.Rows = one.Blocks, one.Columns, one.Rows
			continue
		}
		sec.Sections = append(sec.Sections, one)
	}
	return sec
}

func (s statement) onePrice(i int) Section {
	n := &s.m.Nodes[i]
	formula, meaning := formulaOf(n.Price)
	sec := Section{ID: "price." + anchor(n), Title: n.Title}
	sec.Blocks = said([]Block{
		{Lead: "Question", Plain: n.Source.Ask},
		{Lead: "Worth", Plain: meaning},
		{Code: formula},
		{Lead: "Points", Plain: s.pricePoints(i)},
		{Lead: "Other bids", Plain: otherBids(n.Price)},
		{Lead: "The amount", Plain: "All bids state it in the one currency, and with or without VAT, as whoever asks for bids says. Its parts, where they are stated, add up to it. " +
			"It is above 0. The method leaves no bid out for a low price: whether one is abnormally low is for the buyer to ask."},
		{Lead: "For example", Plain: exampleOf(n.Price)},
	})
	sec.Columns = []Column{{Title: "Price", Right: true}, {Title: "Worth", Right: true}, {Title: "Points", Right: true}}
	example := examplePrices(n.Price)
	for _, bid := range example {
		v := n.Price.Among(bid, example)
		row := cells(bid.String(), v.Mul(exact.Hundred).Round(4).String()+"%", "–")
		if points, has := s.silent.Points(i, v); has {
			row[2].Text = pointsOf(n.Price, points)
		}
		sec.Rows = append(sec.Rows, row)
	}
	return sec
}

// formulaOf is the formula of a price model, and what it means.
func formulaOf(p *score.Price) (formula, meaning string) {
	switch p.Model {
	case "lowest-ratio":
		return "worth = lowest price / price",
			"The lowest price of the bids that are in is worth 100%. Any other is worth the lowest price divided by its own: one twice as high is worth 50%."
	case "differential":
		return "worth = 1 - (price - lowest price) / lowest price, and not below 0",
			"The lowest price of the bids that are in is worth 100%. Any other loses as many per cent as it is above the lowest; one twice as high or more is worth nothing."
	case "min-max":
		return "worth = (highest price - price) / (highest price - lowest price), and 1 if all are equal",
			"Of the bids that are in, the lowest price is worth 100% and the highest nothing; the others lie on a straight line between them. With two bids one is worth all and one nothing."
	}
	ceiling, floor := p.Ends()
	return fmt.Sprintf("worth = (%s - price) / (%s - %s), from 0 to 1", ceiling, ceiling, floor),
		fmt.Sprintf("A price of %s or more is worth nothing, one of %s or less all, and what lies between them is on a straight line.", ceiling, floor)
}

// pointsOf writes the points of a price with the decimals that they are rounded to, else with a few.
func pointsOf(p *score.Price, points exact.Number) string {
	if d, set := p.Decimals(); set {
		return points.Fixed(d)
	}
	return points.Round(4).String()
}

func otherBids(p *score.Price) string {
	if !p.Relative() {
		return "What a price is worth does not hang on any other bid. Equal prices are worth the same."
	}
	return "What a price is worth hangs on the other bids. A bid that a gate or a minimum puts out is out before the lowest and the highest price are taken. " +
		"Equal prices are worth the same. Alone, a bid has no score for its price: it is not known."
}

// pricePoints says how much of the whole the price is.
func (s statement) pricePoints(i int) string {
	if s.shares[i] == nil {
		return ""
	}
	all, _ := s.silent.Points(i, exact.One)
	text := fmt.Sprintf("The price is %s of the whole, at most %s points: what it is worth times that", s.share(i), all.Round(4))
	if d, set := s.m.Nodes[i].Price.Decimals(); set {
		return text + fmt.Sprintf(", rounded to %s, half away from zero and to no more than all of them, before it is added.", several(d, "decimal", "decimals"))
	}
	return text + ", not rounded."
}

// examplePrices are made up: of a benchmark from within and beyond its ends, else a lowest, a middle and a high one.
func examplePrices(p *score.Price) []exact.Number {
	if p.Relative() {
		return []exact.Number{exact.Int(90000), exact.Int(120000), exact.Int(200000)}
	}
	ceiling, floor := p.Ends()
	span := ceiling.Sub(floor)
	const pence = 2
	return []exact.Number{
		floor.Add(span.Mul(exact.Ratio(1, 4))).Round(pence), floor.Add(span.Mul(exact.Ratio(2, 3))).Round(pence), ceiling.Add(span.Mul(exact.Ratio(1, 10))).Round(pence),
	}
}

func exampleOf(p *score.Price) string {
	var texts []string
	for _, bid := range examplePrices(p) {
		texts = append(texts, bid.String())
	}
	if p.Relative() {
		return "Three made-up bids of " + joined(texts, "and") + ", in the one currency of all bids; computed as a bid is:"
	}
	return "Made-up prices of " + joined(texts, "and") + ", in the one currency of all bids; computed as a bid is:"
}
