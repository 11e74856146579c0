package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Charts are what is worth a picture besides the dimensions.
type Charts struct {
	// Bands are where the bands above the lowest begin, on the range of the whole score, from 0 to 1.
	Bands  []Threshold
	Levers []Lever
	AsOf   calendar.Date
	// Lasting are the dated items of evidence that are cited, those that end first before the others.
	Lasting []Item
}

// Threshold is a place on a range.
type Threshold struct {
	Label string
	At    float64
}

// Lever is something that would move the score: a step that adds points, or evidence that runs out and takes them.
type Lever struct {
	Title, Text string
	// Points are how many, below 0 if they are lost, and Amount how that is written.
	Points float64
	Amount string
}

// Charts is made when it is first asked for.
func (r *Report) Charts() *Charts { return r.charts() }

// fewLevers is how many levers a picture has room for.
const fewLevers = 10

func (b *builder) charts(items []Item) *Charts {
	c := &Charts{AsOf: b.res.AsOf, Levers: b.levers(), Lasting: lasting(items)}
	root := &b.m.Nodes[0]
	low, high := root.Range()
	for j, band := range root.Bands {
		if span := high.Sub(low); j > 0 && !span.IsZero() && !b.early() { // an idea is not held against them
			c.Bands = append(c.Bands, Threshold{Label: band.From.String(), At: band.From.Sub(low).Div(span).Float()})
		}
	}
	return c
}

// levers are the steps and losses that count most, the greatest first. Where nothing is counted in points there are none.
func (b *builder) levers() []Lever {
	if c := b.m.Nodes[0].Combine(); b.m.Nodes[0].Profile() || c == "all" || c == "any" {
		return nil
	}
	type sized struct {
		Lever
		size exact.Number
	}
	var all []sized
	for _, s := range b.a.Steps {
		if s.Gain.Sign() > 0 && !s.Profiled {
			text := "to " + quote(b.w.at(s.Node, s.To))
			if len(s.Show) > 0 {
				text = "shown, as is claimed"
			}
			all = append(all, sized{Lever{b.m.Nodes[s.Node].Title, text, s.Gain.Float(), gain(s.Gain)}, s.Gain})
		}
	}
	for _, e := range b.a.Expiring {
		if lost := e.Last.Score.Sub(e.Then.Score); lost.Sign() > 0 {
			all = append(all, sized{Lever{e.Item.Title, "runs out after " + e.Expires.String(), -lost.Float(), "−" + strings.TrimPrefix(gain(lost), "+")}, lost})
		}
	}
	slices.SortStableFunc(all, func(x, y sized) int { return y.size.Cmp(x.size) })
	var levers []Lever
	for _, m := range all[:min(len(all), fewLevers)] {
		levers = append(levers, m.Lever)
	}
	return levers
}

// lasting puts what ends first before the others, and what nothing says the end of last.
func lasting(items []Item) []Item {
	var dated []Item
	for _, i := range items {
		if !i.Dated.IsZero() && len(i.CitedBy) > 0 {
			dated = append(dated, i)
		}
	}
	slices.SortStableFunc(dated, func(x, y Item) int {
		switch {
		case x.LastDay.IsZero() != y.LastDay.IsZero():
			return cmp.Compare(y.LastDay.String(), x.LastDay.String())
		case x.LastDay.IsZero():
			return cmp.Compare(x.Dated.String(), y.Dated.String())
		}
		return cmp.Compare(x.LastDay.String(), y.LastDay.String())
	})
	return dated
}
