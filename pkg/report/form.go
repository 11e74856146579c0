package report

import (
	"cmp"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// Form is a blank form by which a rubric is answered with a pen, in a browser or in an editor.
type Form struct {
	Title string
	// Edition and Scoring are the `id@version` and the scoring digest of the rubric that the answers are tied to.
	Edition, Scoring string
	// Lines say how to fill it in.
	Lines    []string
	Sections []FormSection
}

// FormSection is a heading, what is to be read there, and fields.
type FormSection struct {
	// ID is unique in the form. That of a criterion or a group is the one that its section has in the statement.
	ID, Title string
	Lines     []string
	Fields    []Field
	Sections  []FormSection // one step down
}

// FieldKind says what is filled in.
type FieldKind uint8

// Kinds of fields.
const (
	FieldLine      FieldKind = iota // a few words
	FieldParagraph                  // some lines
	FieldTick                       // one of the choices
	FieldTable                      // rows of the columns
)

// Field is one thing to fill in.
type Field struct {
	// ID is unique in the form, and says where in a record the answer belongs: `facts.uses_ai`, `answers.sus/q1.level`.
	ID, Label string
	// Note is what helps to fill it in; may be empty.
	Note    string
	Kind    FieldKind
	Choices []Choice // of FieldTick
	Columns []string // of FieldTable
	Rows    int      // how many blank ones, of FieldTable
}

// Choice is a box to tick.
type Choice struct {
	// Value is what a record says for it, Label how it reads, and Text what it means; Text may be empty.
	Value, Label, Text string
}

// OpenChoice is the value of the choice that something is not known: what a record says for it.
const OpenChoice = "unknown"

// BlankForm is the form that goes with a [Statement]. What follows from other answers is not asked.
func BlankForm(m *score.Model) Form {
	f := former{statement: newStatement(m, true)}
	form := Form{
		Title:   m.Rubric.Title + " " + m.Rubric.Version + ": answers",
		Edition: m.Rubric.Edition(), Scoring: m.ScoringDigest(),
		Lines: []string{
			"Take for each criterion the highest level of which every word is true and can be shown. What is left open is not known. List what shows it once, " +
				"in the register of evidence, with a short name, and give that name where it is asked for.",
		},
	}
	form.Sections = append(form.Sections, f.what())
	if facts := f.factFields(); len(facts.Fields) > 0 {
		form.Sections = append(form.Sections, facts)
	}
	criteria := FormSection{ID: "criteria", Title: "Criteria", Sections: f.criteria(0)}
	if text := f.wholeGuidance(); text != "" {
		criteria.Lines = []string{howToRead + ": " + text}
	}
	form.Sections = append(form.Sections, criteria, f.register(), f.signed())
	return form
}

// former makes the fields of a form.
type former struct{ statement }

// what is being answered about.
func (f former) what() FormSection {
	sec := FormSection{ID: "what", Title: "What it is about", Fields: []Field{
		{ID: "name", Label: "Name of the product or idea"},
		{ID: "version", Label: "Version"},
		{ID: "supplier", Label: "Supplier or owner"},
		{ID: "summary", Label: "In a few words", Kind: FieldParagraph},
	}}
	if len(f.m.Stages) > 0 {
		stage := Field{ID: "stage", Label: stageQuestion, Kind: FieldTick}
		for _, s := range f.m.Stages {
			stage.Choices = append(stage.Choices, Choice{Value: s, Label: s})
		}
		sec.Fields = append(sec.Fields, stage)
	}
	return sec
}

func (f former) factFields() FormSection {
	sec := FormSection{ID: "facts", Title: "Questions of fact"}
	for _, name := range f.m.FactNames() {
		fact := f.m.Fact(name)
		field := Field{ID: "facts." + name, Label: cmp.Or(fact.Ask, name), Note: fact.Why}
		switch fact.Type {
		case "yes-no":
			field.Kind, field.Choices = FieldTick, []Choice{{Value: "yes", Label: "yes"}, {Value: "no", Label: "no"}}
		case "choice":
			field.Kind = FieldTick
			for _, of := range fact.Of {
				field.Choices = append(field.Choices, Choice{Value: of, Label: of})
			}
		case "integer", "number", "date":
			field.Note = strings.TrimSpace(field.Note + " " + sentence(capital(choicesOf(fact))))
		}
		sec.Fields = append(sec.Fields, field)
		var wanted []string
		for _, r := range f.m.FactRules(name) {
			wanted = append(wanted, sentence(capital(f.wanted(r))))
		}
		if len(wanted) > 0 {
			sec.Fields = append(sec.Fields, Field{ID: "facts." + name + ".evidence", Label: "Shown by", Note: strings.Join(wanted, " ")})
		}
	}
	return sec
}

// register is the list of all evidence, an item a row.
func (f former) register() FormSection {
	const rows = 12
	field := Field{ID: "evidence", Label: "Evidence", Kind: FieldTable, Rows: rows, Columns: []string{
		"Short name", "Kind", "Title", "Made by", "Independent", "Date", "Last day", "About version", "Where to find it",
	}}
	if f.asksResults() {
		field.Columns = append(field.Columns, "Results")
	}
	sec := FormSection{ID: "evidence", Title: "Register of evidence", Fields: []Field{field}}
	var kinds []string
	for _, row := range f.kinds().Rows {
		kinds = append(kinds, row[0].Text)
	}
	if len(kinds) > 0 {
		sec.Lines = []string{"Kinds that are asked for: " + strings.Join(kinds, ", ") + "."}
	}
	return sec
}

// asksResults reports whether a condition on an item is asked for anywhere, which its results must show.
func (f former) asksResults() bool {
	for i := range f.m.Nodes {
		for _, r := range f.m.Nodes[i].EvidenceRules() {
			if strings.Contains(r.Check, "item.results.") {
				return true
			}
		}
	}
	return false
}

// signed is who stands behind the answers.
func (f former) signed() FormSection {
	return FormSection{ID: "declaration", Title: "Who answers for this", Lines: []string{"As far as I know the answers are right, and what they cite can be seen."}, Fields: []Field{
		{ID: "declaration.name", Label: "Name"}, {ID: "declaration.role", Label: "Role"}, {ID: "declaration.date", Label: "Date"}, {ID: "declaration.signature", Label: "Signature"},
	}}
}
