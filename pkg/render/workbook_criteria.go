package render

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
)

const criteriaSheet = "Criteria"

// criteriaColumn is a column of the sheet of criteria.
type criteriaColumn struct {
	key string // by which formulas find it
	column
	make func(g *grid, i int, l look) cell
}

// criteriaColumns are the columns for one report. Those up to `actor` are printed.
func criteriaColumns() []criteriaColumn {
	text := func(key, title string, width float64, of func(e *report.Entry) string) criteriaColumn {
		return criteriaColumn{key, column{title, width, false}, func(g *grid, i int, l look) cell { return words(of(&g.of[i])).as(l) }}
	}
	title := func(g *grid, i int, l look) cell {
		l.indent = max(g.of[i].Depth-1, 0)
		return words(g.of[i].Title).as(l)
	}
	return []criteriaColumn{
		{"title", column{"Criterion", 30, false}, title},
		{"standing", column{"How it stands", 24, false}, standing},
		{"weight", column{"Weight", 8, true}, (*grid).weightCell},
		{"share", column{"Share of the whole", 9, true}, (*grid).shareCell},
		{"shown0", column{"Evidenced", 10, true}, scoreOn(0)},
		{"shown1", column{"Claimed", 10, true}, scoreOn(1)},
		{"shown2", column{"At best", 10, true}, scoreOn(2)},
		{"points", column{"Points evidenced", 10, true}, (*grid).pointsCell},
		{"why", column{"Why it counts as it does", 44, false}, why},
		text("reason", "They say", 40, func(e *report.Entry) string { return e.Reason + e.NA }),
		text("evidence", "Evidence", 18, func(e *report.Entry) string { return strings.Join(e.Evidence, ", ") }),
		text("actor", "To act", 12, func(e *report.Entry) string {
			if !e.Leaf {
				return ""
			}
			return e.Actor
		}),
		{"notes", column{"Your notes", 30, false}, func(_ *grid, _ int, l look) cell {
			l.input = true
			return cell{}.as(l)
		}},
		text("question", "Question", 60, func(e *report.Entry) string { return e.Question }),
		text("state", "State", 14, func(e *report.Entry) string { return e.State }),
		text("claimed", "Answer claimed", 16, func(e *report.Entry) string { return e.Claimed }),
		text("supported", "Answer that counts", 16, func(e *report.Entry) string { return e.Supported }),
		{"value0", column{"Value evidenced, 0 to 1", 11, true}, valueOn(0)},
		{"value1", column{"Value claimed, 0 to 1", 11, true}, valueOn(1)},
		{"value2", column{"Value at best, 0 to 1", 11, true}, valueOn(2)},
		text("id", "Id", 30, func(e *report.Entry) string { return e.Name }),
		{"parent", column{"Part of", 30, false}, parentOf},
		text("sources", "Sources", 90, func(e *report.Entry) string { return strings.Join(sourceNames(e), ", ") }),
	}
}

func scoreOn(basis int) func(g *grid, i int, l look) cell {
	return func(g *grid, i int, l look) cell { return g.scoreCell(i, basis, l) }
}

func valueOn(basis int) func(g *grid, i int, l look) cell {
	return func(g *grid, i int, l look) cell { return g.valueCell(i, basis, l) }
}

func standing(g *grid, i int, l look) cell {
	e := &g.of[i]
	l.tone = e.Tone
	if !e.Leaf && !e.Unknown(0) && e.Standing == e.ScoreTexts[0] { // which has a column of its own
		return cell{}.as(l)
	}
	return words(e.Standing).as(l)
}

// why says what holds a criterion down, and of a group how it is made, and whether this book can make it again.
func why(g *grid, i int, l look) cell {
	e := &g.of[i]
	said := slices.Clone(e.Capped)
	if e.Missing != "" {
		said = append(said, "Hangs on: "+e.Missing+".")
	}
	said = append(said, e.Combined)
	if !e.Leaf && e.Worth != nil && !g.adds[i] {
		said = append(said, "Not recalculated in this workbook.")
	}
	return words(strings.TrimSpace(strings.Join(said, " "))).as(l)
}

func parentOf(g *grid, i int, l look) cell {
	if p := g.of[i].Parent; p >= 0 {
		return words(g.of[p].Name).as(l)
	}
	return cell{}.as(l)
}

// layout finds where the reports stand on the sheet of criteria, to which others refer.
func (b *workbook) layout() {
	row := 2
	for _, r := range b.reports {
		b.grids = append(b.grids, b.grid(r.Full().Criteria, row))
		row += len(r.Full().Criteria)
	}
}

func (b *workbook) grid(of []report.Entry, row int) *grid {
	columns := criteriaColumns()
	letterOf := func(key string) string {
		at := slices.IndexFunc(columns, func(c criteriaColumn) bool { return c.key == key })
		return letter(at + len(b.whose()))
	}
	g := &grid{
		of: of, row: row, id: letterOf("id"), parent: letterOf("parent"), weight: letterOf("weight"), share: letterOf("share"),
		value: [3]string{letterOf("value0"), letterOf("value1"), letterOf("value2")},
		shown: [3]string{letterOf("shown0"), letterOf("shown1"), letterOf("shown2")},
	}
	g.find()
	return g
}

// whose is the column that rows of several reports begin with.
func (b *workbook) whose() []column {
	if b.several() {
		return []column{{"Innovation", 18, false}}
	}
	return nil
}

// label begins a row with whose it is, if there are several.
func (b *workbook) label(k int, l look) []cell {
	if b.several() {
		return []cell{words(b.labels[k]).as(l)}
	}
	return nil
}

// criteria is a row for each criterion, groups and the whole among them. Its formulas refer to the rows below, so the sheet
// is guarded, without a password, against being sorted.
func (b *workbook) criteria() {
	columns := criteriaColumns()
	p := page{name: criteriaSheet, columns: b.whose(), list: true, guarded: true}
	p.fixed = len(p.columns) + 1
	for _, c := range columns {
		p.columns = append(p.columns, c.column)
		if c.key == "actor" {
			p.printed = len(p.columns)
		}
	}
	s := b.sheet(p)
	for k, g := range b.grids {
		for i := range g.of {
			l := look{group: !g.of[i].Leaf}
			row := b.label(k, l)
			for _, c := range columns {
				row = append(row, c.make(g, i, l))
			}
			s.add(row...)
		}
	}
	s.done(true)
}
