package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// inShort says only how the whole is made.
func (s statement) inShort() Section {
	return Section{ID: "method", Title: "How the score comes about", Blocks: said([]Block{s.wholeText(), s.boundsText()})}
}

// method says in plain words how answers become a result, and only what applies to this rubric.
func (s statement) method() Section {
	blocks := []Block{
		{Lead: "Levels", Plain: s.levelsText()},
		{Lead: "Numbers", Plain: s.numbersText()},
		s.wholeText(),
		{Lead: "Scores", Plain: s.scoresText()},
		{Lead: "What is not known", Plain: s.unknownText()},
		{Lead: "What drops out", Plain: s.dropsText()},
		{Lead: "Evidence", Plain: s.evidenceText()},
		{Lead: "Surveys", Plain: s.surveysText()},
		{Lead: "Rules", Plain: s.rulesText()},
		{Lead: "Gates", Plain: s.gatesText()},
		{Lead: "Waivers", Plain: s.waiversText()},
		{Lead: "Rounding", Plain: s.roundingText()},
		{Lead: "Too little answered", Plain: s.incompleteText()},
		s.boundsText(),
		{Lead: "Not said here", Plain: "Who assesses, how several assessors come to one level, how scores that are exactly equal are told apart, and what must be held to take part at all: " +
			"whoever asks for answers says that."},
	}
	return Section{ID: "method", Title: "How the score comes about", Blocks: said(blocks)}
}

func (s statement) leaves(which func(n *score.Node) bool) []*score.Node {
	var leaves []*score.Node
	for i := range s.m.Nodes {
		if n := &s.m.Nodes[i]; n.IsLeaf() && which(n) {
			leaves = append(leaves, n)
		}
	}
	return leaves
}

func titlesOf(nodes []*score.Node) string {
	var all []string
	for _, n := range nodes {
		all = append(all, quote(n.Title))
	}
	return joined(all, "and")
}

// levelsText says what a level is worth, scale by scale if there are few.
func (s statement) levelsText() string {
	scaled := s.leaves(func(n *score.Node) bool { return n.Scale != nil })
	if len(scaled) == 0 || !s.scores() {
		return ""
	}
	text := "A level is worth its distance from the worst level of its scale, as a part of the distance from the worst to the best: " +
		"(value - worst) / (best - worst)."
	var scales []string
	for _, n := range scaled {
		var worths []string
		for _, l := range n.Scale.Levels {
			worths = append(worths, fmt.Sprintf("%s %s", quote(l.Label), percents(l.Worth)))
		}
		scales = appendNew(scales, []string{strings.Join(worths, ", ")})
	}
	const few = 3
	if len(scales) <= few {
		text += " So " + strings.Join(scales, "; or ") + "."
	}
	reversed := s.leaves(func(n *score.Node) bool { return n.Scale != nil && n.Scale.Reversed() })
	switch {
	case len(reversed) == len(scaled):
		text += " The lowest value is the best."
	case len(reversed) > 0:
		text += " The lowest value is the best in " + titlesOf(reversed) + "."
	}
	return text
}

func (s statement) numbersText() string {
	if len(s.leaves(func(n *score.Node) bool { return n.Measure != nil })) == 0 || !s.scores() {
		return ""
	}
	straight, bent := 0, 0
	for _, n := range s.leaves(func(n *score.Node) bool { return n.Measure != nil }) {
		if byPoints(n.Measure) {
			bent++
		} else {
			straight++
		}
	}
	const beyond = ", and beyond an end as much as that end. "
	switch {
	case bent == 0:
		return "A number is worth its place on a straight line from the worst to the best" + beyond + "The ends stand with the criterion."
	case straight == 0:
		return "A number is worth its place on straight lines between the stated points" + beyond + "The points stand with the criterion."
	}
	return "A number is worth its place on a straight line from the worst to the best, or on straight lines between points where those are stated" + beyond +
		"The ends or the points stand with the criterion."
}

// wholeText says how groups are made, from the whole down, those of a kind together.
func (s statement) wholeText() Block {
	root := &s.m.Nodes[0]
	low, high := root.Range()
	text := "It is " + combined(root, s.m)
	if root.Adds() {
		text += ": what each part is worth, times its share, added up"
	}
	if !root.Profile() && root.Combine() != "sum" {
		text += fmt.Sprintf(". It is shown from %s to %s", low, high)
	}
	b := Block{Lead: "The whole", Plain: text + "."}
	var ways []string
	of := map[string][]string{}
	for i := 1; i < len(s.m.Nodes); i++ {
		if n := &s.m.Nodes[i]; !n.IsLeaf() {
			way := combined(n, s.m)
			ways = appendNew(ways, []string{way})
			of[way] = append(of[way], quote(n.Title))
		}
	}
	for _, way := range ways {
		is := " is "
		if len(of[way]) > 1 {
			is = ", each: "
		}
		b.List = append(b.List, joined(of[way], "and")+is+way+".")
	}
	return b
}

func (s statement) scoresText() string {
	if !s.scores() && asksEvidence(s.m) {
		return "Evidenced is what is shown, and claimed is what is said. There is no score."
	}
	if !s.scores() {
		return "There is none: answers are read one by one."
	}
	if s.m.Nodes[0].Profile() {
		return "Each part that has a score has three: evidenced takes what is shown, claimed what is said, and at best also takes what is not known as good."
	}
	text := "Evidenced takes what is shown, claimed takes what is said, and at best also takes what is not known as good. Evidenced decides; the other two are shown beside it."
	if !asksEvidence(s.m) {
		text += " No evidence is asked for here, so that evidenced and claimed are the same."
	}
	if s.it == bid {
		text += " What a bidder answers is a claim: where assessors score bids, the level that they agree counts, and the bidder's own stands beside it."
	}
	return text
}

func (s statement) unknownText() string {
	if !s.scores() {
		return "What is not answered, or answered as unknown, is reported as not known."
	}
	texts := []string{"What is not answered, or answered as unknown, counts as the worst in evidenced and claimed, and as the best in at best."}
	for i := range s.m.Nodes {
		if n := &s.m.Nodes[i]; n.Policy() != "" {
			texts = append(texts, "The score that is shown for "+s.c.group(i)+" "+policyWords(n))
		}
	}
	if len(texts) > 1 && len(s.m.Nodes[0].Bands)+len(s.m.Gates) > 0 {
		texts = append(texts, "Gates and bands do not go by that.")
	}
	return strings.Join(texts, " ")
}

// policyWords say how a group shows what is not known, and from how many answers on.
func policyWords(n *score.Node) string {
	text := "leaves out what is not known."
	if n.Policy() == "midpoint" {
		text = "takes what is not known as the middle."
	}
	least := n.Rubric.MinAnswered
	if !n.Root {
		least = n.Source.MinAnswered
	}
	if least != nil {
		text += fmt.Sprintf(" With less than %s answered none is shown.", percents(*least))
	}
	return text
}

const nothingDrops = "Nothing: every criterion counts for everybody."

// dropsText says what neither helps nor harms.
func (s statement) dropsText() string {
	var which []string
	if slices.ContainsFunc(s.m.Nodes, func(n score.Node) bool { return n.When() != nil }) {
		which = append(which, "does not apply")
	}
	if slices.ContainsFunc(s.m.Nodes, func(n score.Node) bool { return n.FromStage() >= 0 }) {
		which = append(which, "is not expected yet")
	}
	if len(s.acceptedAsNA(func(best bool) bool { return !best })) > 0 {
		which = append(which, "is accepted as not applicable")
	}
	if len(which) == 0 {
		return nothingDrops + s.bestText(0)
	}
	text := "What " + joined(which, "or") + " neither helps nor harms: it is left out."
	if slices.ContainsFunc(s.m.Nodes, func(n score.Node) bool { return n.Adds() }) {
		text += " Its weight goes to the others in its group, in proportion to theirs."
	}
	if len(which) > 1 || which[0] != "is accepted as not applicable" {
		text += " As long as it is not known whether something applies, it counts as not known."
	}
	return text + s.bestText(len(which))
}

// acceptedAsNA are the leaves that may be answered as not applicable, by whether that then counts as the best.
func (s statement) acceptedAsNA(which func(best bool) bool) []*score.Node {
	return s.leaves(func(n *score.Node) bool {
		return strings.HasPrefix(notApplicable(n), "Accepted") && which(n.Source.NA != nil && n.Source.NA.Counts == "best")
	})
}

// bestText names where what is not applicable counts instead of dropping out; "" if nowhere.
func (s statement) bestText(drops int) string {
	best := s.acceptedAsNA(func(best bool) bool { return best })
	if len(best) == 0 {
		return ""
	}
	instead := ""
	if drops > 0 {
		instead = ", and is not left out"
	}
	const few = 4
	which := "in " + titlesOf(best)
	if len(best) > few {
		which = fmt.Sprintf("in %d criteria, where it is said,", len(best))
	}
	return " What is accepted as not applicable " + which + " counts as the best" + instead + "."
}

func (s statement) evidenceText() string {
	if !asksEvidence(s.m) {
		return ""
	}
	text := "Where it is asked for, an answer counts only as far as it is shown: a claim without what its level asks for, or a lower one does, counts as the best level short of that. " +
		"An item must be dated, and not in the future. It counts through its last day. One that is about a version must be about the one on offer, or be said to hold for that still, with the reason. " +
		"All of this is judged on the day of scoring."
	var asked []string
	for _, name := range s.m.FactNames() {
		if len(s.m.FactRules(name)) > 0 {
			asked = append(asked, name)
		}
	}
	if len(asked) > 0 {
		text += " A question of fact that must be shown, and is not, counts as not answered."
	}
	return text
}

func (s statement) surveysText() string {
	if len(s.leaves(func(n *score.Node) bool { return n.Source.Respondents != nil })) == 0 {
		return ""
	}
	return "Where several people answer, the mean of their levels counts, and fewer people than are asked for count as no answer."
}

func (s statement) rulesText() string {
	ruled := s.leaves(func(n *score.Node) bool { return n.IsRule() })
	if len(ruled) == 0 {
		return ""
	}
	const few = 4
	which := titlesOf(ruled)
	if len(ruled) > few {
		which = several(len(ruled), "criterion", "criteria")
	}
	return capital(which) + ": nobody is asked, it follows from other answers by the rule that stands with it."
}

func (s statement) gatesText() string {
	if len(s.m.Gates) == 0 {
		return ""
	}
	text := "They stand apart from the score: no score makes up for a gate that is not passed, or of which that is not known. They go by what is shown."
	if !strings.HasPrefix(s.dropsText(), nothingDrops) {
		text += " What a gate asks of a criterion that has dropped out is passed over."
	}
	return text
}

func (s statement) waiversText() string {
	if !slices.ContainsFunc(s.m.Gates, func(g score.Gate) bool { return g.Waivable != nil }) {
		return ""
	}
	return "Only the assessing side can waive a gate, where the gate says so, in writing with the reason, the owner and the last day. A waived gate is shown as a condition. It changes no score, and lifts nothing that is not known."
}

func (s statement) roundingText() string {
	if !s.scores() {
		return ""
	}
	texts := []string{"Scores are computed exactly, as fractions."}
	if slices.ContainsFunc(s.m.Nodes, func(n score.Node) bool { return n.Combine() == "geometric" }) {
		texts = append(texts, "A geometric mean that is no fraction is correctly rounded to 34 digits.")
	}
	for _, i := range s.prices() {
		if d, set := s.m.Nodes[i].Price.Decimals(); set {
			texts = append(texts, fmt.Sprintf("The points of %s are rounded to %s before they are added.", quote(s.m.Nodes[i].Title), several(d, "decimal", "decimals")))
		}
	}
	if s.m.Nodes[0].Profile() {
		return strings.Join(append(texts, "They are rounded only to be shown, half away from zero."), " ")
	}
	to := "whole numbers"
	if d := s.m.Nodes[0].Decimals(); d > 0 {
		to = several(d, "decimal", "decimals")
	}
	return strings.Join(append(texts, fmt.Sprintf("The score is rounded only to be shown, to %s, half away from zero. "+
		"Where it would then seem to reach a threshold that it does not reach, it is shown with more decimals.", to)), " ")
}

func (s statement) incompleteText() string {
	least := exact.Ratio(1, 2)
	if given := s.m.Rubric.MinAnswered; given != nil {
		least = *given
	}
	if least.IsZero() {
		return ""
	}
	first := ""
	if len(s.m.Gates) > 0 {
		first = ", unless a gate that fails or is not known comes first"
	}
	return fmt.Sprintf("With less than %s of the expected criteria answered, the result is headed ‘not enough answered’%s.", percents(least), first)
}

// boundsText are the bounds on weights that the rubric, or one in use, holds itself to.
func (s statement) boundsText() Block {
	b := Block{Lead: "Bounds on the weights"}
	for i := range s.m.Nodes {
		n := &s.m.Nodes[i]
		if !n.Root {
			continue
		}
		for _, w := range n.Rubric.WeightRules {
			of := s.bounded(n.Name, w.Of)
			if len(of) == 0 { // all that it is about is left out of what is in use
				continue
			}
			var bounds []string
			if w.Min != nil {
				bounds = append(bounds, fmt.Sprintf("at least %s%%", w.Min))
			}
			if w.Max != nil {
				bounds = append(bounds, fmt.Sprintf("at most %s%%", w.Max))
			}
			b.List = append(b.List, strings.TrimSpace(fmt.Sprintf("%s: %s of %s. %s", joined(of, "and"), joined(bounds, "and"), s.c.group(i), sentence(w.Because))))
		}
	}
	if len(b.List) > 0 {
		b.Plain = "The shares keep to these."
	}
	return b
}

// bounded are the titles of criteria that a rule on weights is about, of those that are in use.
func (s statement) bounded(root string, ids []string) []string {
	var titles []string
	for _, id := range ids {
		i, ok := s.m.Lookup(root + "/" + id)
		if !ok {
			i, ok = s.m.Lookup(id)
		}
		if ok {
			titles = append(titles, quote(s.m.Nodes[i].Title))
		}
	}
	return titles
}
