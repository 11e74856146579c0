package render

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// comparison is a row for each report, which can be filtered and sorted: its formulas refer to other sheets only. Where all
// are under the same rubric, each dimension has a column. What a reader wants first is printed; the rest is for filters.
func (b *workbook) comparison() {
	p := page{name: "Comparison", list: true, fixed: 1, columns: []column{
		{"Innovation", 26, false},
		{"Headline", 42, false},
		{"Band", 15, false},
		{"Evidenced", 10, true},
		{"Claimed", 10, true},
		{"At best", 10, true},
		{"Gates not passed", 9, true},
		{"Answered", 10, true},
		{"Expected", 10, true},
	}}
	shared := b.sharedDimensions()
	for _, title := range shared {
		p.columns = append(p.columns, column{title, 11, true})
	}
	p.printed = len(p.columns)
	p.columns = append(p.columns, column{"Stage", 10, false}, column{"Rubric", 24, false}, column{"Band of the score alone", 16, false},
		column{"Warning signs raised", 10, true}, column{"Evidence listed", 10, true}, column{"Checked by a reader", 10, true})
	s := b.sheet(p)
	for k, r := range b.reports {
		g := b.grids[k]
		row := b.compared(k, g)
		for j := range shared {
			d := r.Dimensions.Rows[j]
			row = append(row, g.refer(d.Entry, 0, d.Evidenced))
		}
		d := r.Data()
		s.add(append(row, words(d.Innovation.Stage), words(d.Rubric.ID+"@"+d.Rubric.Version), words(bandOf(r, func(e report.BandEntry) bool { return e.Alone })),
			count(raisedOf(d.Flags)), count(d.Basis.Listed), count(d.Basis.Checked))...)
	}
	s.done(true)
}

// compared are the columns that every comparison has.
func (b *workbook) compared(k int, g *grid) []cell {
	r, d := b.reports[k], b.reports[k].Data()
	h := r.Headline
	row := []cell{
		words(b.labels[k]).as(look{group: true}), words(strings.TrimSuffix(h.Word+": "+h.Text, ": ")).as(look{tone: h.Tone}),
		words(bandOf(r, func(e report.BandEntry) bool { return e.Now })),
	}
	for basis := range atBest + 1 {
		if len(h.Scores) == 0 { // a profile
			row = append(row, cell{})
			continue
		}
		row = append(row, g.refer(0, basis, h.Scores[basis].Text))
	}
	return append(row, count(notPassed(d.Gates)), count(d.Answered.Answered), count(d.Answered.Expected))
}

// bandOf is the label of the band of which something holds; "" without one.
func bandOf(r *report.Report, holds func(report.BandEntry) bool) string {
	for _, band := range r.Full().Bands {
		if holds(band) {
			return band.Label
		}
	}
	return ""
}

// notPassed counts the gates that fail, are not known, or are passed on condition.
func notPassed(gates []report.GateData) int {
	n := 0
	for _, g := range gates {
		if g.Outcome != "pass" && g.Outcome != "not-applicable" {
			n++
		}
	}
	return n
}

func raisedOf(flags []report.FlagData) int {
	n := 0
	for _, f := range flags {
		if f.Raised == "yes" {
			n++
		}
	}
	return n
}

// sharedDimensions are the titles of the dimensions, if all reports have the same under one rubric.
func (b *workbook) sharedDimensions() []string {
	var titles []string
	for _, d := range b.reports[0].Dimensions.Rows {
		titles = append(titles, d.Title)
	}
	for _, r := range b.reports {
		if r.Data().Rubric.Content != b.reports[0].Data().Rubric.Content || len(r.Dimensions.Rows) != len(titles) {
			return nil
		}
	}
	return titles
}
