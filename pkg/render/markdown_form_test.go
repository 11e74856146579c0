package render_test

import (
	"io"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// formSaying is a form with texts from say wherever a rubric has its own.
func formSaying(say func() string) report.Form {
	field := func(kind report.FieldKind) report.Field {
		f := report.Field{ID: "answers.a.level", Kind: kind, Label: say(), Note: say()}
		switch kind {
		case report.FieldTick:
			f.Choices = []report.Choice{{Value: "1", Label: say(), Text: say()}, {Value: "2", Label: say()}}
		case report.FieldTable:
			f.Columns, f.Rows = []string{say(), "Two"}, 2
		case report.FieldLine, report.FieldParagraph:
		}
		return f
	}
	return report.Form{Title: say(), Edition: "a@1.0.0", Scoring: "sha256:0", Lines: []string{say()}, Sections: []report.FormSection{{
		ID: "s", Title: say(), Lines: []string{say()},
		Fields:   []report.Field{field(report.FieldLine), field(report.FieldParagraph), field(report.FieldTick), field(report.FieldTable)},
		Sections: []report.FormSection{{ID: "b", Title: say(), Fields: []report.Field{field(report.FieldTick)}}},
	}}}
}

// Nothing that a rubric says becomes markup in a form.
func TestMarkdownFormIsOnlyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		onlyText(t, func(w io.Writer, say func() string) error { return render.MarkdownForm(w, formSaying(say)) })
	})
}
