package report

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Page is something to read that is not the result of a score: a list, a rubric.
type Page struct {
	Title    string // may be empty
	Lines    []string
	Sections []Section
	// Data makes the same for machines; nil if there is no such form.
	Data func() any
}

// Cells makes a row of plain texts.
func Cells(texts ...string) []Cell { return cells(texts...) }

// Rubrics lists rubrics, one line each.
func Rubrics(models []*score.Model) Page {
	s := Section{
		ID: "rubrics", Title: diag.Plural(len(models), "rubric"),
		Columns: []Column{{Title: "Id"}, {Title: "Version"}, {Title: "Criteria", Right: true}, {Title: "Question", Share: 1}},
	}
	for _, m := range models {
		leaves := 0
		for i := range m.Nodes {
			if m.Nodes[i].IsLeaf() {
				leaves++
			}
		}
		s.Rows = append(s.Rows, cells(m.Rubric.ID, m.Rubric.Version, strconv.Itoa(leaves), m.Rubric.Purpose))
	}
	return Page{Sections: []Section{s}}
}

// Rubric shows a rubric: what is asked and how it weighs, what is seen at each level, and what holds back.
func Rubric(m *score.Model) Page {
	r := m.Rubric
	p := Page{Title: r.Title + " " + r.Version, Lines: []string{r.Purpose}}
	p.Lines = append(p.Lines, fmt.Sprintf("Rubric %s · %s · issued by %s · licence %s", r.ID, word(r.Status, "draft"), word(r.Issuer, "nobody named"), word(r.Licence, "not stated")))
	if r.Source != "" {
		p.Lines = append(p.Lines, "Source: "+r.Source)
	}
	if len(r.Unverified) > 0 {
		p.Lines = append(p.Lines, "Not checked, or not tried: "+sentences(r.Unverified))
	}
	p.Lines = append(p.Lines, "Content "+r.ContentDigest(), "Scoring "+m.ScoringDigest())
	levels := rubricLevels(m)
	levels.Note = guidance(m)
	p.Sections = append(p.Sections, rubricCriteria(m), levels)
	for _, s := range []Section{rubricGates(m), rubricFlags(m), rubricBands(m)} {
		if len(s.Rows) > 0 {
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

// guidance is how to read the levels: what the rubric says of it and those that it uses, each text once.
func guidance(m *score.Model) string {
	var texts []string
	for i := range m.Nodes {
		if r := m.Nodes[i].Rubric; m.Nodes[i].Root && r.Guidance != "" && !slices.Contains(texts, r.Guidance) {
			texts = append(texts, r.Guidance)
		}
	}
	return strings.Join(texts, " ")
}

func word(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func rubricCriteria(m *score.Model) Section {
	s := Section{
		ID: "criteria", Title: "Criteria", Note: "Share is of the whole, if everything applies and is expected.",
		Columns: []Column{{Title: "Criterion", Share: 3}, {Title: "Share", Right: true}, {Title: "Question", Share: 4}, {Title: "Expected", Share: 3}, {Title: "To act"}},
	}
	shares := fullShares(m)
	for i := range m.Nodes {
		n := &m.Nodes[i]
		if i == 0 {
			continue
		}
		row := cells(n.Title, shares[i], "", "", "")
		if n.IsLeaf() {
			row[2].Text, row[3].Text, row[4].Text = n.Source.Ask, expected(m, n.Source), actor(n.Duty, "supplier")
		} else {
			row[0].Text, row[2].Text, row[0].Tone = n.Title+" ("+n.Name+")", groupIs(n), Faint
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// fullShares are the effective weights when no criterion drops out; what a group that does not add holds has none.
func fullShares(m *score.Model) []string {
	shares := make([]*exact.Number, len(m.Nodes))
	texts := make([]string, len(m.Nodes))
	one := exact.One
	shares[0] = &one
	for i := range m.Nodes {
		texts[i] = "–"
		if p := m.Nodes[i].Parent; p >= 0 && shares[p] != nil && m.Nodes[p].Adds() && m.Nodes[i].Weight.Sign() > 0 {
			siblings := exact.Zero
			for _, j := range m.Nodes[p].Children {
				siblings = siblings.Add(m.Nodes[j].Counts())
			}
			share := m.Nodes[i].Counts().Div(siblings).Mul(*shares[p])
			shares[i] = &share
		}
		if shares[i] != nil {
			texts[i] = shares[i].Mul(exact.Hundred).Fixed(1) + "%"
		}
	}
	return texts
}

// groupIs says how a group is made of what stands below it.
func groupIs(n *score.Node) string {
	text := "Combined by " + n.Combine() + "."
	if n.Profile() {
		text = "A profile: never added up."
	}
	if n.Part != nil {
		text += " Uses " + partOf(n) + "."
	}
	return text
}

func expected(m *score.Model, c *rubric.Criterion) string {
	var parts []string
	if c.FromStage != "" {
		parts = append(parts, "from stage "+c.FromStage)
	}
	if c.When != "" {
		parts = append(parts, condition(m, c.When))
	}
	if len(parts) == 0 {
		return "always"
	}
	return strings.Join(parts, ", ")
}

var yesNoFact = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(!?)facts\.([a-z0-9_]+)$`) })

// condition says in words when something applies, where it hangs on one yes-no; else as the rubric has it.
func condition(m *score.Model, when string) string {
	written := strings.Join(strings.Fields(when), " ")
	match := yesNoFact().FindStringSubmatch(written)
	if match == nil || m.Fact(match[2]) == nil || m.Fact(match[2]).Ask == "" {
		return "when " + written
	}
	answer := "yes"
	if match[1] == "!" {
		answer = "no"
	}
	return fmt.Sprintf("if %s is answered %s", quote(m.Fact(match[2]).Ask), answer)
}

func rubricLevels(m *score.Model) Section {
	s := Section{ID: "levels", Title: "What is seen at each level", Columns: []Column{{Title: "Criterion", Share: 2}, {Title: "Level"}, {Title: "What is seen", Share: 6}}}
	for i := range m.Nodes {
		n := &m.Nodes[i]
		if !n.IsLeaf() {
			continue
		}
		s.Rows = append(s.Rows, answersOf(n)...)
	}
	return s
}

// answersOf are the levels of a leaf, or what stands for them.
func answersOf(n *score.Node) [][]Cell {
	var rows [][]Cell
	switch {
	case n.Measure != nil:
		worst, best := n.Measure.Ends()
		rows = append(rows, cells(n.Title, "a number", strings.TrimSpace(fmt.Sprintf("From %s, which gives nothing, to %s, which gives all. %s", worst, best, capital(n.Measure.Unit)))))
	case n.Price != nil:
		rows = append(rows, cells(n.Title, "the price", "Scored by the model "+n.Price.Model+"."))
	default:
		title := n.Title
		for _, l := range n.Scale.Levels {
			rows = append(rows, cells(title, l.Value.String()+" "+l.Label, l.Seen))
			title = ""
		}
	}
	if n.IsRule() {
		rows[0][2].Text = strings.TrimSpace("Answered by a rule: " + strings.Join(strings.Fields(n.Source.Rule), " ") + ". " + rows[0][2].Text)
	}
	return rows
}

func rubricGates(m *score.Model) Section {
	s := Section{ID: "gates", Title: "What holds an innovation back, whatever its score", Columns: []Column{{Title: "Gate", Share: 2}, {Title: "Needs", Share: 4}, {Title: "If not", Share: 3}, {Title: "Why", Share: 4}}}
	for i := range m.Gates {
		g := &m.Gates[i]
		s.Rows = append(s.Rows, cells(g.Title, gateNeeds(m, g), gateOtherwise(m, g), g.Because))
	}
	return s
}

// gateNeeds says what a gate asks for: in words where that is one level, else as the rubric has it.
func gateNeeds(m *score.Model, g *score.Gate) string {
	needs := "at least its minimum"
	if g.Source != nil {
		needs = strings.Join(strings.Fields(g.Source.Needs), " ")
	}
	if g.Source == nil && len(g.Wants) == 0 {
		needs = strings.TrimSuffix(g.Because, ".")
	}
	if len(g.Wants) == 1 && len(g.Reads) == 1 && !strings.ContainsAny(needs, "&|") {
		n := &m.Nodes[g.Wants[0].Node]
		needs = fmt.Sprintf("%s at %s or better", n.Title, quote(n.Scale.Levels[g.Wants[0].Level].Label))
	}
	if g.Source != nil && g.Source.When != "" {
		needs += ", " + condition(m, g.Source.When)
	}
	if g.Source != nil && g.Source.FromStage != "" {
		needs += ", from stage " + g.Source.FromStage
	}
	return needs
}

func gateOtherwise(m *score.Model, g *score.Gate) string {
	otherwise := "Holds the whole result back"
	switch {
	case g.Cap != nil:
		otherwise = "No further than " + quote(g.Cap.Label)
	case g.Otherwise.Word == "conditional":
		otherwise = "Ready on condition only"
	}
	if w := g.Waivable; w != nil {
		var by []string
		for _, id := range w.By {
			by = append(by, lower(m.Role(id).Title))
		}
		otherwise += fmt.Sprintf("; can be waived for %s by the %s", w.Max, joined(by, "or"))
	}
	return otherwise + "."
}

func rubricFlags(m *score.Model) Section {
	s := Section{ID: "flags", Title: "Warning signs", Columns: []Column{{Title: "Severity"}, {Title: "Sign", Share: 5}, {Title: "Raised when", Share: 4}}}
	for i := range m.Flags {
		f := m.Flags[i].Source
		when := strings.Join(strings.Fields(f.When), " ")
		if f.FromStage != "" {
			when += ", from stage " + f.FromStage
		}
		s.Rows = append(s.Rows, cells(f.Severity, f.Say, when))
	}
	return s
}

func rubricBands(m *score.Model) Section {
	s := Section{ID: "bands", Title: "Bands", Columns: []Column{{Title: "Band"}, {Title: "From", Right: true}, {Title: "Note"}}}
	for _, b := range m.Nodes[0].Bands {
		note := ""
		if b.FromStage >= 0 {
			note = "not before stage " + m.Stages[b.FromStage]
		}
		s.Rows = append(s.Rows, cells(b.Label, b.From.String(), note))
	}
	return s
}
