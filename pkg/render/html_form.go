package render

import (
	"io"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// formView is what a blank form is filled in with.
type formView struct {
	Kind, Title      string
	Edition, Scoring string
	Lines            []string
	Sections         []formSectionView
}

type formSectionView struct {
	report.FormSection
	Level  int
	Fields []fieldView
	Below  []formSectionView
}

// fieldView is a field; of a table the rows are as many as there are to write in. HasOpen is whether one of the choices says
// that it is not known, which is what stands as long as nothing is chosen.
type fieldView struct {
	report.Field
	Choices []choiceView
	HasOpen bool
	Blank   []int
}

type choiceView struct {
	report.Choice
	Open bool
}

// Is reports whether the field is of a kind, by its name in the template.
func (f fieldView) Is(kind string) bool {
	return kind == map[report.FieldKind]string{
		report.FieldLine: "line", report.FieldParagraph: "paragraph", report.FieldTick: "tick", report.FieldTable: "table",
	}[f.Kind]
}

// HTMLForm writes a blank form that is filled in with a browser, without a script, and printed; or printed and filled in
// with a pen.
func HTMLForm(w io.Writer, f report.Form, _ Options) error {
	return writePage(w, "form", formView{
		Kind: pageKind, Title: f.Title, Edition: f.Edition, Scoring: f.Scoring, Lines: f.Lines, Sections: formSectionViews(f.Sections, 2),
	})
}

func formSectionViews(sections []report.FormSection, level int) []formSectionView {
	var views []formSectionView
	for _, s := range sections {
		v := formSectionView{FormSection: s, Level: level, Below: formSectionViews(s.Sections, level+1)}
		for _, f := range s.Fields {
			field := fieldView{Field: f}
			for _, c := range f.Choices {
				open := c.Value == report.OpenChoice
				field.HasOpen = field.HasOpen || open
				field.Choices = append(field.Choices, choiceView{c, open})
			}
			for row := range f.Rows {
				field.Blank = append(field.Blank, row+1)
			}
			v.Fields = append(v.Fields, field)
		}
		views = append(views, v)
	}
	return views
}
