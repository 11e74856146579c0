package render

import "github.com/touchstone-health/touchstone/pkg/report"

// matrixView is the page of several results: one line each, and of those that are asked alike what is evidenced in each part.
type matrixView struct {
	Title, Note string
	Rows        []matrixRow
	Groups      []matrixGroup
}

type matrixRow struct {
	report.MatrixRow
	Anchor string
}

type matrixGroup struct {
	Rubric string
	Parts  []string
	Rows   []matrixLine
	Legend legendView
}

type matrixLine struct {
	Short string
	Cells []dimensionView
}

func newMatrixView(reports []*report.Report, views []*reportView) *matrixView {
	m := report.NewMatrix(reports)
	v := &matrixView{Title: m.Title, Note: m.Note}
	for i, row := range m.Rows {
		v.Rows = append(v.Rows, matrixRow{row, views[i].Prefix + "top"})
	}
	for _, g := range m.Groups {
		group := matrixGroup{Rubric: g.Rubric, Parts: g.Parts}
		for k, dimensions := range g.Dimensions {
			line := matrixLine{Short: g.Shorts[k]}
			for _, d := range dimensions {
				cell := newDimensionView(d)
				group.Legend.add(cell.Bar)
				line.Cells = append(line.Cells, cell)
			}
			group.Rows = append(group.Rows, line)
		}
		v.Groups = append(v.Groups, group)
	}
	return v
}
