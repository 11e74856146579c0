package render

import "github.com/touchstone-health/touchstone/pkg/report"

// matrixView is the page of several results: one line each, and beside it what is evidenced in each part.
type matrixView struct {
	Title, Note string
	Parts       []string
	Rows        []matrixRow
	Legend      legendView
}

type matrixRow struct {
	report.MatrixRow
	Anchor string
	Cells  []dimensionView
}

func newMatrixView(reports []*report.Report, views []*reportView) *matrixView {
	m := report.NewMatrix(reports)
	v := &matrixView{Title: m.Title, Note: m.Note, Parts: m.Parts}
	for i, row := range m.Rows {
		r := matrixRow{MatrixRow: row, Anchor: views[i].Prefix + "top"}
		for _, d := range row.Parts {
			cell := newDimensionView(d)
			v.Legend.add(cell.Bar)
			r.Cells = append(r.Cells, cell)
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}
