package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

const sharesNote = "Share is of the whole, if everything applies and is expected."

// criteria is every criterion with its share and its question.
func (s statement) criteria() Section {
	sec := Section{
		ID: "criteria", Title: "Criteria", Note: sharesNote,
		Columns: []Column{{Title: "Criterion", Share: 3}, {Title: "Share", Right: true}, {Title: "Question", Share: 4}, {Title: "Expected", Share: 3}, {Title: "To act"}},
	}
	for i := 1; i < len(s.m.Nodes); i++ {
		n := &s.m.Nodes[i]
		row := cells(n.Title, s.share(i), "", s.expectedOr(i), "")
		if n.IsLeaf() {
			row[2].Text, row[4].Text = n.Source.Ask, s.actor(n)
		} else {
			row[0].Text, row[2].Text, row[3].Text, row[0].Tone = n.Title+" ("+n.Name+")", capital(s.groupIs(n)), s.expected(i), Faint
		}
		sec.Rows = append(sec.Rows, row)
	}
	return compact(sec)
}

// actor is who must act on a leaf; "" where the rubric says that of nothing.
func (s statement) actor(n *score.Node) string {
	if n.Price != nil || !slices.ContainsFunc(s.m.Nodes, func(n score.Node) bool { return n.Duty != "" }) {
		return ""
	}
	return actor(n.Duty, "supplier")
}

// overview is what weighs how much, down to the last criterion.
func (s statement) overview() Section {
	sec := Section{
		ID: "criteria", Title: "Criteria and their shares", Note: s.sharesNote(),
		Columns: []Column{{Title: "No"}, {Title: "Criterion", Share: 4}, {Title: "Weight", Share: 2}, {Title: "Share", Right: true}, {Title: "Expected", Share: 4}},
	}
	for i := 1; i < len(s.m.Nodes); i++ {
		row := cells(s.numbers[i], s.m.Nodes[i].Title, s.weight(i), s.share(i), s.expectedOr(i))
		if !s.m.Nodes[i].IsLeaf() {
			row[1].Text += ": " + s.groupIs(&s.m.Nodes[i])
			row[4].Text = s.expected(i)
		}
		row[1].To = anchor(&s.m.Nodes[i])
		sec.Rows = append(sec.Rows, row)
	}
	if !s.m.Nodes[0].Adds() {
		sec.Title = "Criteria"
	} else {
		sec.Rows = append(sec.Rows, cells("", "The whole", "", "100%", ""))
	}
	return compact(sec)
}

func (s statement) sharesNote() string {
	if !s.m.Nodes[0].Adds() {
		return "The whole is " + combined(&s.m.Nodes[0], s.m) + ", so that no part of it has a share of its own."
	}
	note := sharesNote + " A weight is beside those in the same group: with it, every share can be worked out. "
	if slices.ContainsFunc(s.m.Nodes, func(n score.Node) bool { return !n.IsLeaf() && !n.Adds() }) {
		note += "Below a group that is not a mean or a sum there is no share of one's own: what counts there is the group. "
	}
	if slices.ContainsFunc(s.shares, func(x *exact.Number) bool { return x != nil && !showsExactly(*x) }) {
		note += "A share of more than 4 decimals is rounded to 2. "
	}
	return note + "A dash is no share."
}

// anchor is the ID of the section about a node.
func anchor(n *score.Node) string {
	sort := "group."
	if n.IsLeaf() {
		sort = "criterion."
	}
	return sort + strings.ReplaceAll(n.Name, "/", ".")
}

// fullShares are the effective weights when no criterion drops out; what a group that does not add holds has none.
func fullShares(m *score.Model) []*exact.Number {
	shares := make([]*exact.Number, len(m.Nodes))
	one := exact.One
	shares[0] = &one
	for i := range m.Nodes {
		if p := m.Nodes[i].Parent; p >= 0 && shares[p] != nil && m.Nodes[p].Adds() && m.Nodes[i].Weight.Sign() > 0 {
			share := m.Nodes[i].Counts().Div(siblings(m, p)).Mul(*shares[p])
			shares[i] = &share
		}
	}
	return shares
}

// siblings are the weights below a node, added up.
func siblings(m *score.Model, parent int) exact.Number {
	sum := exact.Zero
	for _, j := range m.Nodes[parent].Children {
		sum = sum.Add(m.Nodes[j].Counts())
	}
	return sum
}

func (s statement) share(i int) string {
	if s.shares[i] == nil {
		return "–"
	}
	if s.full {
		return percents(*s.shares[i])
	}
	return s.shares[i].Mul(exact.Hundred).Fixed(1) + "%"
}

// weight is what a node counts for beside those in its group; "" where weights make no difference.
func (s statement) weight(i int) string {
	n := &s.m.Nodes[i]
	switch above := &s.m.Nodes[n.Parent]; {
	case n.Weight.IsZero():
		return "0, shown only"
	case above.Combine() == "sum":
		return fmt.Sprintf("%s of %s points", n.Counts(), siblings(s.m, n.Parent))
	case above.Adds() || above.Combine() == "geometric":
		return fmt.Sprintf("%s of %s", n.Counts(), siblings(s.m, n.Parent))
	}
	return ""
}

// groupIs says how a group is made of what stands below it.
func (s statement) groupIs(n *score.Node) string {
	text := combined(n, s.m) + "."
	if n.Part != nil {
		text += " Uses " + partOf(n) + "."
	}
	return text
}

// combined says how a group is made of its parts, in words that go on after `is`.
func combined(n *score.Node, m *score.Model) string {
	low, high := n.Range()
	switch n.Combine() {
	case "mean":
		for _, j := range n.Children {
			if w := m.Nodes[j].Weight; !w.IsZero() && !w.Equal(exact.One) {
				return "the weighted mean of its parts"
			}
		}
		return "the mean of its parts"
	case "sum":
		return fmt.Sprintf("the points of its parts added up, from %s to %s", low, high)
	case "min":
		return "as good as its weakest part"
	case "max":
		return "as good as its strongest part"
	case "geometric":
		return "the geometric mean of its parts (their product, each to the power of its weight over all weights), and nothing if one of them is"
	case "all":
		return "full if all of its parts that count are met, and else nothing"
	case "any":
		return "full if at least one of its parts is met, and else nothing"
	case "count":
		return "how many of its parts are met, out of those that count"
	case "ladder":
		return "how many of its parts are met in their order, up to the first that is not"
	}
	return "a profile: its parts are read one by one, and never added up"
}

// expected says from when and under which condition a node applies, by what is written at it; "" if always.
func (s statement) expected(i int) string {
	n := &s.m.Nodes[i]
	var parts []string
	if n.FromStage() >= 0 {
		parts = append(parts, "from stage "+s.m.Stages[n.FromStage()])
	}
	if n.When() != nil {
		parts = append(parts, "if "+s.c.given(n.When()))
	}
	return strings.Join(parts, ", ")
}

// expectedOr is [statement.expected], with a word for always where that is not so of all.
func (s statement) expectedOr(i int) string {
	for j := range s.m.Nodes {
		if s.expected(j) != "" {
			return cmp.Or(s.expected(i), "always")
		}
	}
	return ""
}

// allLevels is what is seen at each level of all criteria.
func (s statement) allLevels() Section {
	sec := Section{
		ID: "levels", Title: "What is seen at each level", Note: s.guidance(),
		Columns: []Column{{Title: "Criterion", Share: 2}, {Title: "Level"}, {Title: "What is seen", Share: 6}},
	}
	for i := range s.m.Nodes {
		if s.m.Nodes[i].IsLeaf() {
			sec.Rows = append(sec.Rows, s.levelsOf(&s.m.Nodes[i])...)
		}
	}
	return sec
}

// guidance is how to read the levels: what the rubric says of it and those that it uses, each text once.
func (s statement) guidance() string {
	var texts []string
	for i := range s.m.Nodes {
		if r := s.m.Nodes[i].Rubric; s.m.Nodes[i].Root && r.Guidance != "" {
			texts = appendNew(texts, []string{r.Guidance})
		}
	}
	return strings.Join(texts, " ")
}

// ownGuidance is the guidance of the rubric with its root at a node, if it has not been given for the whole.
func (s statement) ownGuidance(n *score.Node) string {
	if !n.Root || n.Rubric.Guidance == s.wholeGuidance() {
		return ""
	}
	return n.Rubric.Guidance
}

// wholeGuidance is what holds for all levels alike: the rubric's own guidance, or the only one that there is.
func (s statement) wholeGuidance() string {
	all := s.guidance()
	for i := range s.m.Nodes {
		if s.m.Nodes[i].Root && s.m.Nodes[i].Rubric.Guidance == all {
			return all
		}
	}
	return s.m.Rubric.Guidance
}

// levelsOf are the levels of a leaf, or what stands for them.
func (s statement) levelsOf(n *score.Node) [][]Cell {
	var rows [][]Cell
	switch {
	case n.Measure != nil:
		rows = append(rows, cells(n.Title, "a number", measured(n.Measure)))
	case n.Price != nil:
		rows = append(rows, cells(n.Title, "the price", "Scored as under ‘"+priceTitle+"’."))
	default:
		title := n.Title
		for _, l := range n.Scale.Levels {
			rows = append(rows, cells(title, l.Value.String()+" "+l.Label, l.Seen))
			title = ""
		}
	}
	if n.IsRule() {
		rows[0][2].Text = strings.TrimSpace("Answered by a rule: " + s.c.ruled(n) + ". " + rows[0][2].Text)
	}
	return rows
}

// measured says how a number is scored.
func measured(m *score.Measure) string {
	worst, best := m.Ends()
	unit := func(x exact.Number) string { return strings.TrimSpace(x.String() + " " + m.Unit) }
	text := fmt.Sprintf("%s is worth nothing and %s everything, in a straight line between them.", unit(worst), unit(best))
	if byPoints(m) {
		at, worth := m.Points()
		var points []string
		for k := range at {
			points = append(points, fmt.Sprintf("%s is worth %s", unit(at[k]), percents(worth[k])))
		}
		text = strings.Join(points, ", ") + ", in straight lines between them."
	}
	text += " What lies beyond counts as the nearest of them."
	if low, high, bounded := m.Bounds(); bounded {
		text += fmt.Sprintf(" A number below %s or above %s is refused.", low, high)
	}
	return capital(text)
}

// byPoints reports whether a measure bends between its ends.
func byPoints(m *score.Measure) bool {
	at, _ := m.Points()
	return len(at) > len([]string{"worst", "best"})
}

// percents writes a value from 0 to 1 in per cent: exactly where 4 decimals are enough, else rounded to 2.
func percents(x exact.Number) string {
	const few = 2
	percent := x.Mul(exact.Hundred)
	if !showsExactly(x) {
		percent = percent.Round(few)
	}
	return percent.String() + "%"
}

// showsExactly reports whether [percents] writes a value without rounding it.
func showsExactly(x exact.Number) bool {
	const most = 4
	percent := x.Mul(exact.Hundred)
	return percent.Equal(percent.Round(most))
}
