package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// fewSteps is how many next steps a tired reader is given.
const fewSteps = 5

func (b *builder) steps() Section {
	s := Section{
		ID: "next-steps", Title: "Next steps",
		Columns: []Column{{Title: "", Right: true, Numbers: true}, {Title: "Points", Right: true}, {Title: "Do this", Share: 6}, {Title: "Who", Share: 3}},
	}
	shown := b.a.Steps[:min(len(b.a.Steps), b.mostSteps)]
	for i, step := range shown {
		row := cells(fmt.Sprintf("%d.", i+1), b.gained(step), b.stepText(step), b.stepWho(step))
		row[2].About = b.m.Nodes[step.Node].Title
		s.Rows = append(s.Rows, row)
	}
	if len(shown) > fewSteps {
		s.Folded, s.Open = fmt.Sprintf("Steps %d to %d", fewSteps+1, len(shown)), fewSteps
	}
	s.Note = "What adds most evidenced points for its effort comes first."
	if len(b.m.Gates) > 0 {
		s.Note = "What holds it back comes first, then what adds most evidenced points for its effort."
	}
	if b.m.Nodes[0].Profile() {
		s.Note = "In the rubric's order: a profile has no points to gain."
	}
	if len(shown) < len(b.a.Steps) {
		s.Note = fmt.Sprintf("The first %d of %d possible steps (--detail lists all). %s", len(shown), len(b.a.Steps), s.Note)
	}
	if b.m.Nodes[0].Profile() {
		s.Columns = slices.Delete(s.Columns, 1, 2)
		for i := range s.Rows {
			s.Rows[i] = slices.Delete(s.Rows[i], 1, 2)
		}
	}
	return s
}

// gained is what a step adds; of a part that is shown beside the score, a dash and not a nought.
func (b *builder) gained(s plan.Step) string {
	if c := b.m.Nodes[0].Combine(); s.Profiled || c == "all" || c == "any" { // nothing is counted in points
		return "–"
	}
	return gain(s.Gain)
}

func (b *builder) stepText(s plan.Step) string { return b.m.Nodes[s.Node].Title + ": " + b.stepSaid(s) }

// stepSaid is the text of a step without what it is about.
func (b *builder) stepSaid(s plan.Step) string {
	text := b.adviceText(s)
	switch {
	case s.Opens:
		text += " Reaching that passes the gate."
	case len(s.Towards) > 0:
		text += " This is on the way through a gate."
	case s.Clears:
		text += " This helps to clear a warning sign that caps the result."
	}
	return text
}

// adviceText is the rubric's advice, or what must be shown.
func (b *builder) adviceText(s plan.Step) string {
	to, meaning := quote(b.w.at(s.Node, s.To)), "."
	if l := b.level(s); l != nil && l.Seen != "" {
		meaning = ": " + l.Seen
	}
	switch ask := b.m.Nodes[s.Node].Source.Ask; {
	case !s.Known && s.Advice != nil && ask != "":
		return sentence(ask) + " If there is nothing to show yet: " + s.Advice.Advice
	case !s.Known && ask != "":
		return sentence(ask)
	case s.Advice != nil:
		return s.Advice.Advice
	case len(s.Show) == 0:
		return fmt.Sprintf("Reach %s%s", to, meaning)
	}
	if n := b.m.Nodes[s.Node]; n.Scale != nil && s.Show[0].From >= 0 { // what the papers must show is the level that asks for them
		lacking := n.Scale.Levels[s.Show[0].From]
		to, meaning = quote(lacking.Label), "."
		if lacking.Seen != "" {
			meaning = ": " + lacking.Seen
		}
	}
	return fmt.Sprintf("Show %s, for %s%s", b.toShow(s), to, meaning)
}

// toShow are the papers that a step asks for.
func (b *builder) toShow(s plan.Step) string {
	var wanted []string
	for _, u := range s.Show {
		wanted = append(wanted, b.w.wanted(u))
	}
	return strings.Join(wanted, "; and ")
}

// level is the level that a step leads to; nil for a number, or a mean between two.
func (b *builder) level(s plan.Step) *score.Level {
	scale := b.m.Nodes[s.Node].Scale
	if scale == nil || scale.At(s.To) < 0 {
		return nil
	}
	return &scale.Levels[scale.At(s.To)]
}

func (b *builder) stepWho(s plan.Step) string {
	var who []string
	if l := b.level(s); l != nil && l.Advice != nil {
		for _, id := range l.Advice.Help {
			who = append(who, b.m.Role(id).Title)
		}
	}
	text := sentence(capital(b.actorOf(s)))
	if len(who) > 0 {
		text += " Help: " + strings.Join(who, ", ") + "."
	}
	return strings.TrimSpace(text)
}

// actorOf is who must take a step: of one that passes a gate, who the gate says, which may ask for the part of one side.
func (b *builder) actorOf(s plan.Step) string {
	if s.Opens && s.Towards[0].Duty != "" {
		return b.w.actor(s.Towards[0].Duty)
	}
	return b.w.actor(b.m.Nodes[s.Node].Duty)
}

// helpers are the roles named in the steps shown, and where to find them.
func (b *builder) helpers() Section {
	s := Section{
		ID: "helpers", Title: "Where to find help",
		Columns: []Column{{Title: "Who", Share: 3}, {Title: "Where", Share: 6}},
	}
	var ids []string
	for _, step := range b.a.Steps[:min(len(b.a.Steps), b.mostSteps)] {
		if l := b.level(step); l != nil && l.Advice != nil {
			ids = appendNew(ids, l.Advice.Help)
		}
	}
	for _, id := range ids {
		if role := b.m.Role(id); role.Find != "" {
			s.Rows = append(s.Rows, cells(role.Title, role.Find))
		}
	}
	return s
}
