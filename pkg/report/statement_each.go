package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

const howToRead = "How to read the levels"

// inFull is each criterion in one place.
func (s statement) inFull() Section {
	sec := Section{ID: "each", Title: "Each criterion in full"}
	sec.Blocks = said([]Block{{Lead: howToRead, Plain: s.wholeGuidance()}})
	sec.Sections = s.below(0)
	return sec
}

func (s statement) below(i int) []Section {
	var all []Section
	for _, j := range s.m.Nodes[i].Children {
		n := &s.m.Nodes[j]
		sec := Section{ID: anchor(n), Title: strings.TrimSpace(s.numbers[j] + " " + n.Title)}
		if n.IsLeaf() {
			s.leaf(&sec, j)
		} else {
			sec.Blocks = said(s.groupBlocks(j))
			sec.Sections = s.below(j)
		}
		all = append(all, sec)
	}
	return all
}

// said are the blocks that say something.
func said(blocks []Block) []Block {
	return slices.DeleteFunc(blocks, func(b Block) bool { return b.Text+b.Plain+b.Code == "" && len(b.List) == 0 })
}

func (s statement) groupBlocks(i int) []Block {
	n := &s.m.Nodes[i]
	blocks := []Block{{Lead: "Score", Plain: capital(s.groupIs(n))}, {Lead: "Share", Plain: s.shareText(i)}}
	if n.Root {
		blocks = slices.Insert(blocks, 0, Block{Plain: n.Rubric.Purpose})
		blocks = append(blocks, Block{Lead: howToRead, Plain: s.ownGuidance(n)}, Block{Lead: "Its own bands", Plain: s.ownBands(n)})
	} else {
		blocks = append(blocks, Block{Lead: "Question", Plain: n.Source.Ask}, Block{Lead: "Why", Plain: n.Source.Why}, Block{Lead: "Minimum", Plain: s.minimum(i)})
	}
	return append(blocks, Block{Lead: "Expected", Plain: sentence(capital(s.expected(i)))}, Block{Lead: "Not known", Plain: policyText(n)})
}

// ownBands are those of a rubric in use, which are shown beside its score and decide nothing of the whole.
func (s statement) ownBands(n *score.Node) string {
	if len(n.Bands) == 0 || n.Part != nil {
		return ""
	}
	var bands []string
	for _, b := range n.Bands {
		bands = append(bands, fmt.Sprintf("%s from %s", b.Label, b.From))
	}
	return strings.Join(bands, ", ") + ". They are shown beside its score."
}

func policyText(n *score.Node) string {
	policy := n.Policy()
	if policy == "" || n.Depth == 0 {
		return ""
	}
	return "The score that this part shows " + policyWords(n) + " What it counts for in the whole takes what is not known as the worst."
}

// leaf is all that there is to say of one criterion.
func (s statement) leaf(sec *Section, i int) {
	n := &s.m.Nodes[i]
	sec.Blocks = said([]Block{
		{Lead: "Question", Plain: n.Source.Ask},
		{Lead: "Why it is asked", Plain: n.Source.Why},
		{Lead: "Share", Plain: s.shareText(i)},
		{Lead: "Expected", Plain: s.whenExpected(i)},
		{Lead: "Answer", Plain: s.answered(n)},
		{Lead: "To read it", Plain: n.Source.Guidance},
		{Lead: "Minimum", Plain: s.minimum(i)},
		{Lead: "Counts as met", Plain: s.metText(i)},
		{Lead: "Not applicable", Plain: notApplicable(n)},
		{Lead: "To act", Plain: sentence(capital(s.actor(n)))},
		{Lead: "Evidence", List: s.evidenceOfNumber(n)},
		{Lead: "Sources", Plain: sourcesText(n.Source.Maps)},
		{Lead: "In files", Text: "`" + n.Name + "`"},
	})
	if n.Scale != nil {
		s.levelTable(sec, i)
	}
}

func (s statement) shareText(i int) string {
	n, parent := &s.m.Nodes[i], &s.m.Nodes[s.m.Nodes[i].Parent]
	switch {
	case n.Weight.IsZero():
		return "None: it is shown beside the score, and never counted in it."
	case s.shares[i] == nil && parent.Adds():
		own := n.Counts().Div(siblings(s.m, n.Parent))
		return fmt.Sprintf("%s of %s (weight %s), which has no share of the whole.", percents(own), quote(parent.Title), s.weight(i))
	case s.shares[i] == nil && parent.Profile():
		return "None: it is read by itself, and never added up."
	case s.shares[i] == nil:
		return fmt.Sprintf("None of its own: %s is %s.", s.c.group(n.Parent), combined(parent, s.m))
	}
	beside := ""
	if n.Parent > 0 {
		beside = " in " + quote(parent.Title)
	}
	return fmt.Sprintf("%s of the whole (weight %s%s).", s.share(i), s.weight(i), beside)
}

// whenExpected says under which conditions a leaf counts, its own and those of all above it; "" if always.
func (s statement) whenExpected(i int) string {
	var parts []string
	for j := i; j > 0; j = s.m.Nodes[j].Parent {
		if text := s.expected(j); text != "" && j == i {
			parts = append(parts, capital(text)+".")
		} else if text != "" {
			parts = append(parts, fmt.Sprintf("With all of %s: %s.", quote(s.m.Nodes[j].Title), text))
		}
	}
	return strings.Join(parts, " ")
}

// answered says what kind of answer is asked for, where it is not simply a level.
func (s statement) answered(n *score.Node) string {
	var parts []string
	if n.IsRule() {
		parts = append(parts, "Nobody is asked: "+s.c.ruled(n)+".")
	}
	if n.Measure != nil {
		if !n.IsRule() {
			parts = append(parts, aNumber(n.Measure.Unit)+".")
		}
		parts = append(parts, measured(n.Measure))
	}
	if n.Price != nil {
		parts = append(parts, "The price, scored as under ‘"+priceTitle+"’.")
	}
	if r := n.Source.Respondents; r != nil {
		parts = append(parts, fmt.Sprintf("How many people gave each level: the mean of their levels counts. With fewer than %d people it is not known.", r.Min))
	}
	return strings.Join(parts, " ")
}

// aNumber is a number with its unit, before it is known.
func aNumber(unit string) string {
	if unit == "" {
		return "A number"
	}
	return "A number (" + unit + ")"
}

func (s statement) minimum(i int) string {
	if s.m.Nodes[i].Source.Minimum == "" {
		return ""
	}
	for j := range s.m.Gates {
		if g := &s.m.Gates[j]; g.Source == nil && g.Name == s.m.Nodes[i].Name+"-minimum" {
			t := g.Needs().Test
			least := strings.TrimPrefix(strings.TrimPrefix(s.c.criterion(t, t.Compare, false), "is "), "has ")
			return fmt.Sprintf("%s. Else the %s is held back, whatever its score.", capital(least), s.it)
		}
	}
	return ""
}

// metText says from where on a leaf counts as met, where that decides anything.
func (s statement) metText(i int) string {
	n := &s.m.Nodes[i]
	counted := map[string]bool{"all": true, "any": true, "count": true, "ladder": true}
	if n.Price != nil || !counted[s.m.Nodes[n.Parent].Combine()] && !s.asksMet(i) {
		return ""
	}
	return capital(metWords(n)) + "."
}

// asksMet reports whether a condition, a rule, a gate or a warning sign asks if a node is met.
func (s statement) asksMet(i int) bool {
	asked := false
	in := func(conditions ...*expr.Expr) {
		for _, e := range conditions {
			if e != nil {
				e.Tests(func(t *expr.Test, _ bool) { asked = asked || t.Read == "met" && t.Target == i })
			}
		}
	}
	for j := range s.m.Nodes {
		ruling, _ := s.m.Nodes[j].Ruling()
		in(s.m.Nodes[j].When(), ruling)
	}
	for j := range s.m.Gates {
		in(s.m.Gates[j].When(), s.m.Gates[j].Needs())
	}
	for j := range s.m.Flags {
		in(s.m.Flags[j].When())
	}
	return asked
}

func notApplicable(n *score.Node) string {
	na := n.Source.NA
	counts := " It then drops out."
	if na != nil && na.Counts == "best" {
		counts = " It then counts as the best."
	}
	switch {
	case n.IsRule() || n.Price != nil:
		return ""
	case na != nil && na.Never:
		return "Never accepted as an answer."
	case na != nil && len(na.Reasons) > 0:
		return "Accepted only with one of these reasons: " + strings.Join(na.Reasons, "; ") + "." + counts
	case n.Gated():
		return "Not accepted: a gate hangs on it."
	}
	return "Accepted with a reason." + counts
}

// sourcesText are the items of outside sources that a criterion takes up, by how.
func sourcesText(maps []rubric.Map) string {
	var parts []string
	for _, how := range []struct{ key, words string }{{"", "meets "}, {"meets", "meets "}, {"partly", "meets in part "}, {"supports", "supports "}, {"cites", "cites "}} {
		var to []string
		for _, m := range maps {
			if m.How == how.key {
				to = append(to, m.To)
			}
		}
		if len(to) > 0 {
			parts = append(parts, how.words+strings.Join(to, ", "))
		}
	}
	return sentence(capital(strings.Join(parts, "; ")))
}

// levelTable has a row for each level: what it is worth, what is seen at it, and what must be shown from it on.
func (s statement) levelTable(sec *Section, i int) {
	n := &s.m.Nodes[i]
	sec.Columns = []Column{
		{Title: "Level"},
		{Title: "Worth", Right: true},
		{Title: s.pointsTitle(), Right: true},
		{Title: "What is seen", Share: 5},
		{Title: "To be shown from here on", Share: 4},
	}
	for k, l := range n.Scale.Levels {
		row := cells(l.Value.String()+" "+l.Label, "", "", l.Seen, s.shownFrom(n, k))
		if s.scores() {
			row[1].Text = percents(l.Worth)
		}
		if points, has := s.silent.Points(i, l.Worth); has {
			row[2].Text = points.Round(2).String()
		}
		sec.Rows = append(sec.Rows, row)
	}
	*sec = compact(*sec)
}

// pointsTitle is the heading over points of the whole, which says of how many if they begin at 0.
func (s statement) pointsTitle() string {
	low, high := s.m.Nodes[0].Range()
	if low.IsZero() {
		return "Points of " + high.String()
	}
	return "Points"
}

// shownFrom is what must be shown from a level on, besides what levels short of it ask for.
func (s statement) shownFrom(n *score.Node, level int) string {
	var wanted []string
	for _, r := range n.EvidenceRules() {
		if startsAt(n, r) == level {
			wanted = append(wanted, s.wanted(r))
		}
	}
	return sentence(capital(strings.Join(wanted, "; and ")))
}

// startsAt is the index of the level from which an evidence rule holds.
func startsAt(n *score.Node, r *rubric.EvidenceRule) int {
	for k, l := range n.Scale.Levels {
		for j, rule := range n.EvidenceRules() {
			if rule == r && n.Reaches(j, l.Value) {
				return k
			}
		}
	}
	return -1
}

// evidenceOfNumber is what an answer with a number must be shown by.
func (s statement) evidenceOfNumber(n *score.Node) []string {
	if n.Scale != nil {
		return nil
	}
	var wanted []string
	for _, r := range n.EvidenceRules() {
		wanted = append(wanted, sentence(capital(s.wanted(r)))+" Without it the number counts as the worst.")
	}
	return wanted
}
