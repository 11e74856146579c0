package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/score"
)

// groups are the profiles and ladders, which are read and not added up, and scores that are withheld.
func (b *builder) groups() Section {
	s := Section{
		ID: "groups", Title: "Part by part",
		Columns: []Column{{Title: "Part", Share: 3}, {Title: "Standing", Share: 7}},
	}
	for i := range b.m.Nodes {
		n := &b.m.Nodes[i]
		if n.IsLeaf() || !b.res.Criteria[i].Counts() {
			continue
		}
		var standing []string
		if shape := b.shape(i); shape != "" {
			standing = append(standing, shape)
		} else if n.Parent >= 0 && b.m.Nodes[n.Parent].Profile() && n.Parent > 0 {
			standing = append(standing, b.score(i, score.Evidenced))
		}
		if w := b.res.Criteria[i].Withheld; w != nil {
			standing = append(standing, capital(withheldText(w)))
		}
		if len(standing) > 0 {
			title := nested(n)
			if i == 0 {
				title.Text = "In all"
			}
			s.Rows = append(s.Rows, []Cell{title, {Text: strings.Join(standing, ". ")}})
		}
	}
	return s
}

// each is every answer to a profile, which is read one by one.
func (b *builder) each() Section {
	s := Section{ID: "answers", Title: "Each answer", Columns: []Column{{Title: "Criterion", Share: 3}, {Title: "Answer", Share: 2}, {Title: "They say", Share: 4}}}
	for i := range b.m.Nodes {
		if c := &b.res.Criteria[i]; b.m.Nodes[i].IsLeaf() && c.Counts() {
			s.Rows = append(s.Rows, cells(b.m.Nodes[i].Title, b.w.stands(i), c.Because))
		}
	}
	return s
}

// leftAside names the answers that are for other rubrics.
func (b *builder) leftAside() Section {
	s := Section{ID: "skipped", Title: "Left aside", Note: "Answers that this rubric does not ask for.", Columns: []Column{{Title: "Answers", Share: 1}}}
	if skipped := b.res.Record.Skipped; len(skipped) > 0 {
		s.Rows = append(s.Rows, cells(strings.Join(skipped, ", ")))
	}
	return s
}

// stated are the facts that the record states, and its price: the context of every answer.
func (b *builder) stated() Section {
	s := Section{ID: "facts", Title: "What the record states", Columns: []Column{{Title: "Question", Share: 5}, {Title: "Answer", Share: 4}}}
	for _, name := range b.m.FactNames() {
		answer, stated := b.fact(name)
		if !stated {
			answer = "not stated"
		}
		s.Rows = append(s.Rows, cells(cmp.Or(b.m.Fact(name).Ask, name), answer))
	}
	if p := b.res.Record.Innovation.Price; p != nil && slices.ContainsFunc(b.m.Nodes, func(n score.Node) bool { return n.Price != nil }) {
		s.Rows = append(s.Rows, cells("What does it cost?", fmt.Sprintf("%s %s, VAT %s", p.Amount, p.Currency, p.VAT)))
	}
	return s
}

// shape is how a profile or a ladder stands; "" for other groups.
func (b *builder) shape(i int) string {
	switch n := &b.m.Nodes[i]; {
	case n.Profile():
		return b.w.profile(i)
	case n.Combine() == "ladder":
		return b.ladderShape(i)
	}
	return ""
}

// profile is how many criteria are at each level.
func (w words) profile(i int) string {
	levels, numbers, unknown := w.res.Counts(i)
	var texts []string
	for _, l := range levels {
		if l.Count > 0 {
			texts = append(texts, fmt.Sprintf("%d %s", l.Count, lower(l.Label)))
		}
	}
	if numbers > 0 {
		texts = append(texts, fmt.Sprintf("%d answered with a number", numbers))
	}
	if unknown > 0 {
		texts = append(texts, fmt.Sprintf("%d %s", unknown, notKnown))
	}
	return strings.Join(texts, ", ")
}

func (b *builder) ladderShape(i int) string {
	rung, ahead := b.res.Rung(i)
	text := "No rung is reached"
	switch {
	case rung >= 0:
		text = "Reached: " + b.m.Nodes[rung].Title
	case !known(score.Evidenced, b.res.Criteria[i].State.String()):
		text = capital(notKnown)
	}
	var titles []string
	for _, j := range ahead {
		titles = append(titles, b.m.Nodes[j].Title)
	}
	if len(titles) > 0 {
		text += "; met ahead of an earlier rung: " + strings.Join(titles, ", ")
	}
	return text
}

// byDuty sets apart what each of those who must act has shown: a buyer's gap is the buyer's.
func (b *builder) byDuty() Section {
	s := Section{
		ID: "by-duty", Title: "Whose part it is",
		Note: "The " + b.w.actor("supplier") + " makes it, the buyer chooses and pays, the adopter is the service that uses it. Each from 0 to 100, " +
			"over the criteria on which that side alone must act; what two sides must do together is in none of them.",
		Columns: []Column{{Title: "To act", Share: 3}, {Title: "Evidenced", Right: true}, {Title: "Claimed", Right: true}, {Title: "At best", Right: true}},
	}
	for _, d := range []string{"supplier", "buyer", "adopter"} {
		if means, ok := b.res.ByDuty[d]; ok {
			row := cells(capital(b.w.actor(d)), notKnown, notKnown, means[2].Fixed(0))
			if b.res.DutyKnown[d] {
				row[1].Text, row[2].Text = means[0].Fixed(0), means[1].Fixed(0)
			}
			s.Rows = append(s.Rows, row)
		}
	}
	if b.oneDuty() || !b.m.Nodes[0].Adds() { // that side's scores are those of the whole
		s.Rows = nil
	}
	return s
}

// oneDuty reports whether everything that counts is the part of one side.
func (b *builder) oneDuty() bool {
	duties := map[string]bool{}
	for i := range b.m.Nodes {
		if b.m.Nodes[i].IsLeaf() && b.res.Criteria[i].Counts() {
			duties[duty(b.m.Nodes[i].Duty)] = true
		}
	}
	return len(duties) < 2
}

// notChecked are the gates and flags that a rubric in use is used without, those with one reason together.
func (b *builder) notChecked() Section { return notChecked(b.m) }

func notChecked(m *score.Model) Section {
	s := Section{ID: "not-checked", Title: "Not checked here", Columns: []Column{{Title: "Gate or warning sign", Share: 5}, {Title: "Why", Share: 4}}}
	for _, u := range m.NotChecked {
		if last := len(s.Rows) - 1; last >= 0 && s.Rows[last][1].Text == u.Because {
			s.Rows[last][0].Text += "; " + lower(u.Title)
			continue
		}
		s.Rows = append(s.Rows, cells(u.Title, u.Because))
	}
	return s
}
