package render

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// comparison is a row for each report, which can be filtered and sorted: its formulas refer to other sheets only. Where all
// are under the same rubric, each dimension has a column.
func (b *workbook) comparison() {
	columns := []column{
		{"Innovation", 30, false},
		{"Stage", 10, false},
		{"Rubric", 20, false},
		{"Headline", 44, false},
		{"Evidenced", 10, true},
		{"Claimed", 10, true},
		{"At best", 10, true},
		{"Band", 16, false},
		{"Band of the score alone", 16, false},
		{"Answered", 10, true},
		{"Expected", 10, true},
		{"Gates not passed", 10, true},
		{"Warning signs raised", 10, true},
		{"Evidence listed", 10, true},
		{"Checked by a reader", 10, true},
	}
	shared := b.sharedDimensions()
	for _, title := range shared {
		columns = append(columns, column{title, 13, true})
	}
	s := b.sheet(page{name: "Comparison", columns: columns, list: true, fixed: 1})
	for k := range b.reports {
		row := b.compared(k)
		for j := range shared {
			d := b.reports[k].Dimensions.Rows[j]
			row = append(row, b.grid(k).refer(d.Entry, 0, d.Evidenced))
		}
		s.add(row...)
	}
	s.done(true)
}

func (b *workbook) compared(k int) []cell {
	r, d := b.reports[k], b.reports[k].Data()
	h := r.Headline
	row := []cell{
		words(b.labels[k]).as(look{group: true}), words(d.Innovation.Stage), words(d.Rubric.ID + "@" + d.Rubric.Version),
		words(strings.TrimSuffix(h.Word+": "+h.Text, ": ")).as(look{tone: h.Tone}),
	}
	g := b.grid(k)
	for basis := range 3 {
		if basis < len(h.Scores) {
			row = append(row, g.refer(0, basis, h.Scores[basis].Text))
		} else {
			row = append(row, cell{})
		}
	}
	now, alone := "", ""
	for _, band := range r.Full().Bands {
		if band.Now {
			now = band.Label
		}
		if band.Alone {
			alone = band.Label
		}
	}
	return append(row, words(now), words(alone), count(d.Answered.Answered), count(d.Answered.Expected), count(notPassed(d.Gates)),
		count(raisedOf(d.Flags)), count(d.Basis.Listed), count(d.Basis.Checked))
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
