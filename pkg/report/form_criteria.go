package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// criteria are the fields of all that is asked below a node, in the rubric's order.
func (f former) criteria(i int) []FormSection {
	var all []FormSection
	for _, j := range f.m.Nodes[i].Children {
		n := &f.m.Nodes[j]
		sec := FormSection{ID: anchor(n), Title: strings.TrimSpace(f.numbers[j] + " " + n.Title)}
		switch {
		case n.IsRule():
			continue
		case !n.IsLeaf():
			sec.Lines = f.groupLines(j)
			if sec.Sections = f.criteria(j); len(sec.Sections) == 0 {
				continue
			}
		case n.Price != nil:
			sec.Lines, sec.Fields = f.leafLines(j), priceFields()
		default:
			sec.Lines, sec.Fields = f.leafLines(j), f.answers(n)
		}
		all = append(all, sec)
	}
	return all
}

func (f former) groupLines(i int) []string {
	n := &f.m.Nodes[i]
	var lines []string
	if text := f.ownGuidance(n); text != "" {
		lines = append(lines, howToRead+": "+text)
	}
	if text := f.expected(i); text != "" {
		lines = append(lines, "Only "+text+".")
	}
	return lines
}

// leafLines are the question, when it is to be answered, and by whom if not by the supplier.
func (f former) leafLines(i int) []string {
	n := &f.m.Nodes[i]
	var lines []string
	if n.Source.Ask != "" {
		lines = append(lines, n.Source.Ask)
	}
	if text := f.expected(i); text != "" {
		lines = append(lines, "Only "+text+".")
	}
	if text := f.minimum(i); text != "" {
		lines = append(lines, "Minimum: "+text)
	}
	if n.Duty == "buyer" || n.Duty == "adopter" {
		lines = append(lines, "This is for the "+n.Duty+" to act on.")
	}
	return lines
}

// answers are the fields of a leaf that is answered.
func (f former) answers(n *score.Node) []Field {
	id := "answers." + n.Name + "."
	var fields []Field
	switch {
	case n.Measure != nil:
		fields = append(fields, Field{ID: id + "value", Label: aNumber(n.Measure.Unit), Note: bounds(n.Measure)})
	case n.Source.Respondents != nil:
		for _, l := range n.Scale.Levels {
			fields = append(fields, Field{ID: id + "responses." + l.Value.String(), Label: fmt.Sprintf("How many people gave %s %s", l.Value, l.Label)})
		}
	default:
		level := Field{ID: id + "level", Label: "Level", Kind: FieldTick}
		for _, l := range n.Scale.Levels {
			level.Choices = append(level.Choices, Choice{Value: l.Value.String(), Label: l.Value.String() + " " + l.Label, Text: l.Seen})
		}
		level.Choices = append(level.Choices, Choice{Value: OpenChoice, Label: notKnown})
		fields = append(fields, level)
	}
	fields = append(fields, notApplicableField(n, id)...)
	because, shown := Field{ID: id + "because", Label: "Because", Kind: FieldParagraph}, Field{ID: id + "evidence", Label: "Shown by", Note: f.shownAt(n)}
	if n.Source.Respondents != nil && shown.Note == "" { // people say what they think
		return fields
	}
	return append(fields, because, shown)
}

func bounds(m *score.Measure) string {
	low, high, bounded := m.Bounds()
	if !bounded {
		return ""
	}
	return fmt.Sprintf("From %s to %s.", low, high)
}

// notApplicableField is there only where that is an answer.
func notApplicableField(n *score.Node, id string) []Field {
	if !strings.HasPrefix(notApplicable(n), "Accepted") {
		return nil
	}
	field := Field{ID: id + "na", Label: "Not applicable, because"}
	if na := n.Source.NA; na != nil && len(na.Reasons) > 0 {
		field.Label, field.Kind = "Or not applicable", FieldTick
		for _, reason := range na.Reasons {
			field.Choices = append(field.Choices, Choice{Value: reason, Label: reason})
		}
	}
	return []Field{field}
}

// shownAt is what must be shown, from which level on.
func (f former) shownAt(n *score.Node) string {
	if n.Scale == nil {
		return strings.Join(f.evidenceOfNumber(n), " ")
	}
	var wanted []string
	for k, l := range n.Scale.Levels {
		if text := f.shownFrom(n, k); text != "" {
			wanted = append(wanted, fmt.Sprintf("From %s: %s", quote(l.Label), lower(text)))
		}
	}
	return strings.Join(wanted, " ")
}

// priceFields are what a record says of a price.
func priceFields() []Field {
	const parts = 5
	return []Field{
		{ID: "price.amount", Label: "Amount"},
		{ID: "price.currency", Label: "Currency", Note: "Three letters, such as GBP."},
		{ID: "price.vat", Label: "VAT", Kind: FieldTick, Choices: []Choice{{Value: "included", Label: "included"}, {Value: "excluded", Label: "excluded"}, {Value: "exempt", Label: "exempt"}}},
		{ID: "price.parts", Label: "What it is made of", Note: "The parts add up to the amount.", Kind: FieldTable, Columns: []string{"Part", "Amount"}, Rows: parts},
	}
}
