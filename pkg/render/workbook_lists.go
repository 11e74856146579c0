package render

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// list is a sheet with a row for each of something of every report. Without any there is no sheet.
func list[T any](b *workbook, name string, fixed int, columns []column, of func(*report.Full) []T, row func(*T) []cell) {
	total := 0
	for _, r := range b.reports {
		total += len(of(r.Full()))
	}
	if total == 0 {
		return
	}
	s := b.sheet(page{name: name, columns: append(b.whose(), columns...), list: true, fixed: len(b.whose()) + fixed})
	for k, r := range b.reports {
		all := of(r.Full())
		for i := range all {
			s.add(append(b.label(k, look{}), row(&all[i])...)...)
		}
	}
	s.done(true)
}

func (b *workbook) evidence() {
	list(b, "Evidence", 2, []column{
		{"Id", 20, false},
		{"Title", 34, false},
		{"Kind", 22, false},
		{"Issuer", 20, false},
		{"Dated", 11, true},
		{"Last good day", 11, true},
		{"Run out", 8, false},
		{"Independent", 11, false},
		{"Checked by", 22, false},
		{"About", 14, false},
		{"Cited by", 34, false},
		{"Not accepted", 40, false},
		{"Where", 34, false},
	}, func(f *report.Full) []report.Item { return f.Evidence }, func(i *report.Item) []cell {
		checked := i.Checked
		if checked == "" {
			checked = "nobody"
		}
		return []cell{
			words(i.ID), words(i.Title), words(i.Kind), words(i.Issuer), day(i.Dated), day(i.LastDay), words(yesNo(i.Gone)), words(yesNo(i.Independent)),
			words(checked), words(i.About), words(strings.Join(i.CitedBy, "; ")), words(strings.Join(i.Refused, "; ")), words(i.Locator),
		}
	})
}

func (b *workbook) gates() {
	list(b, "Gates", 1, []column{{"Gate", 34, false}, {"Outcome", 14, false}, {"How it stands", 44, false}, {"Why", 60, false}, {"To act", 20, false}},
		func(f *report.Full) []report.GateEntry { return f.Gates }, func(g *report.GateEntry) []cell {
			return []cell{words(g.Title), words(g.Outcome), words(g.Standing).as(look{tone: g.Tone}), words(g.Because), words(g.Actor)}
		})
}

func (b *workbook) flags() {
	list(b, "Warning signs", 1, []column{{"Sign", 30, false}, {"Severity", 10, false}, {"Raised", 14, false}, {"How it stands", 34, false}, {"What it says", 50, false}, {"What clears it", 44, false}, {"Effect", 24, false}},
		func(f *report.Full) []report.FlagEntry { return f.Flags }, func(e *report.FlagEntry) []cell {
			return []cell{
				words(e.Title), words(e.Severity), words(e.Raised), words(e.Standing).as(look{tone: e.Tone}), words(e.Say), words(e.Clears), words(e.Effect),
			}
		})
}

func (b *workbook) steps() {
	list(b, "Next steps", 1, []column{{"Criterion", 34, false}, {"Points gained", 10, true}, {"Do this", 90, false}, {"Who", 34, false}},
		func(f *report.Full) []report.StepEntry { return f.Steps }, func(e *report.StepEntry) []cell {
			return []cell{words(e.Title), gainCell(e), words(e.Text), words(e.Who)}
		})
}

// gainCell is what a step adds to the whole; empty where nothing is counted in points.
func gainCell(e *report.StepEntry) cell {
	const signed = `+0.0;-0.0;0`
	if e.Gain == nil {
		return cell{}
	}
	c := number(*e.Gain, 1)
	c.look.format = signed
	if strings.Contains(e.GainText, "<") { // more than nothing, and less than can be shown
		return words(e.GainText)
	}
	return c
}

func (b *workbook) facts() {
	list(b, "Facts", 1, []column{{"Question", 70, false}, {"Answer", 50, false}, {"Name", 30, false}},
		func(f *report.Full) []report.FactEntry { return f.Facts }, func(e *report.FactEntry) []cell {
			answer := words(e.Answer)
			if !e.Stated {
				answer = words("not stated").as(look{tone: report.Caution})
			}
			return []cell{words(e.Question), answer, words(e.Name)}
		})
}
