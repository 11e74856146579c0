package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// gates are what no score makes up for.
func (s statement) gates() Section {
	sec := Section{
		ID: "gates", Title: fmt.Sprintf("What holds a%s back, whatever its score", article(s.it)),
		Columns: []Column{{Title: "Gate", Share: 2}, {Title: "Needs", Share: 4}, {Title: "If not", Share: 3}, {Title: "Why", Share: 4}},
	}
	for i := range s.m.Gates {
		g := &s.m.Gates[i]
		row := cells(g.Title, s.needs(g), s.otherwise(g), because(g))
		if len(g.Reads) == 1 && g.Reads[0] > 0 {
			row[0].To = anchor(&s.m.Nodes[g.Reads[0]])
		}
		if s.full && compound(g.Needs()) {
			row[1].Code = onOneLine(g.Source.Needs)
		}
		sec.Rows = append(sec.Rows, row)
	}
	sec.Note = "Where it is not known whether one of these is so, it holds back just the same." + asWritten(sec)
	return sec
}

// asWritten says what the code in a section is.
func asWritten(sec Section) string {
	for _, row := range sec.Rows {
		if slices.ContainsFunc(row, func(c Cell) bool { return c.Code != "" }) {
			return " What stands as code is the rule as it is written: it is what is computed."
		}
	}
	return ""
}

func article(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "n " + noun
	}
	return " " + noun
}

// because is why there is a gate. That of a `minimum` only says again what it needs.
func because(g *score.Gate) string {
	if g.Source == nil {
		return "It is a minimum."
	}
	return g.Because
}

// needs says when a gate is looked at, and what it then asks for.
func (s statement) needs(g *score.Gate) string {
	return s.applies(g.Name, g.When(), g.FromStage(), s.c.words(g.Needs()))
}

// applies puts before a condition from when and under which other one it is looked at, those of its rubric among them.
func (s statement) applies(name string, when *expr.Expr, fromStage int, condition string) string {
	var parts []string
	if fromStage >= 0 {
		parts = append(parts, "from stage "+s.m.Stages[fromStage])
	}
	if when != nil {
		parts = append(parts, "if "+s.c.given(when))
	}
	root, _ := s.m.Lookup(name[:strings.LastIndex(name, "/")])
	for i := root; i > 0; i = s.m.Nodes[i].Parent {
		if text := s.expected(i); text != "" {
			parts = append(parts, fmt.Sprintf("as all of %s (%s)", quote(s.m.Nodes[i].Title), text))
		}
	}
	if len(parts) > 0 {
		condition = strings.Join(parts, ", ") + ": " + condition
	}
	return capital(condition)
}

func (s statement) otherwise(g *score.Gate) string {
	text := "Holds the whole result back"
	if s.it == bid {
		text = "The bid is held back, and out of any comparison"
	}
	switch {
	case g.Cap != nil:
		text = "No further than " + quote(g.Cap.Label)
	case g.Otherwise.Word == "conditional":
		text = "Ready on condition only"
	}
	if w := g.Waivable; w != nil {
		var by []string
		for _, id := range w.By {
			by = append(by, lower(s.m.Role(id).Title))
		}
		text += fmt.Sprintf("; can be waived for %s by the %s", w.Max, joined(by, "or"))
	}
	return text + "."
}

// cappingFlags are the warning signs that limit the result.
func (s statement) cappingFlags() Section {
	sec := Section{
		ID: "limits", Title: "Warning signs that limit the result",
		Columns: []Column{{Title: "Sign", Share: 4}, {Title: "Raised when", Share: 5}, {Title: "Limits it to", Share: 2}, {Title: "What clears it", Share: 4}},
	}
	for i := range s.m.Flags {
		if f := &s.m.Flags[i]; f.Cap != nil {
			sec.Rows = append(sec.Rows, []Cell{{Text: f.Source.Say}, s.raised(f), {Text: "No further than " + quote(f.Cap.Label) + "."}, {Text: f.Source.Clears}})
		}
	}
	sec.Note = "So do they where it is not known whether they are there." + asWritten(sec)
	return sec
}

// informingFlags are those that are only shown.
func (s statement) informingFlags() Section {
	sec := Section{
		ID: "flags", Title: "Warning signs",
		Columns: []Column{{Title: "Severity"}, {Title: "Sign", Share: 5}, {Title: "Raised when", Share: 5}},
	}
	for i := range s.m.Flags {
		if f := &s.m.Flags[i]; f.Cap == nil {
			sec.Rows = append(sec.Rows, []Cell{{Text: f.Source.Severity}, {Text: f.Source.Say}, s.raised(f)})
		}
	}
	sec.Note = "They are shown beside the result, and change no score and no band." + asWritten(sec)
	return sec
}

func (s statement) raised(f *score.Flag) Cell {
	cell := Cell{Text: s.applies(f.Name, nil, f.FromStage(), s.c.words(f.When()))}
	if s.full && compound(f.When()) {
		cell.Code = onOneLine(f.Source.When)
	}
	return cell
}

// notChecked are gates and warning signs of a rubric in use that it is used without.
func (s statement) notChecked() Section { return notChecked(s.m) }

func (s statement) bands() Section {
	sec := Section{
		ID: "bands", Title: "Bands",
		Columns: []Column{{Title: "Band"}, {Title: "From", Right: true}, {Title: "Note", Share: 1}},
	}
	for _, b := range s.m.Nodes[0].Bands {
		note := ""
		if b.FromStage >= 0 {
			note = "not before stage " + s.m.Stages[b.FromStage]
		}
		sec.Rows = append(sec.Rows, cells(b.Label, b.From.String(), note))
	}
	sec = compact(sec)
	sec.Note = "The band is the highest whose start the evidenced score reaches, unless a gate or a warning sign holds it lower."
	if len(s.m.Gates) == 0 {
		sec = compact(sec)
		sec.Note = "The band is the highest whose start the evidenced score reaches."
	}
	return sec
}
