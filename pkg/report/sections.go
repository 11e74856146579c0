package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/score"
)

func cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, t := range texts {
		row[i].Text = t
	}
	return row
}

// unsupported are the claims that the evidence does not carry.
func (b *builder) unsupported() Section {
	s := Section{
		ID: "unsupported", Title: "Claims that the evidence does not carry",
		Columns: []Column{{Title: "Criterion", Share: 3}, {Title: "Claimed"}, {Title: "Counts as"}, {Title: "Why", Share: 6}},
	}
	for i := range b.m.Nodes {
		c := &b.res.Criteria[i]
		if c.State != score.Answered || len(c.Unmet) == 0 || !b.m.Nodes[i].IsLeaf() {
			continue
		}
		s.Rows = append(s.Rows, cells(b.m.Nodes[i].Title, b.w.claimed(i), b.w.counts(i), b.whyCapped(i, lowestUnmet(c.Unmet))))
	}
	return s
}

func (b *builder) whyCapped(i int, unmet []score.Unmet) string {
	var why []string
	for _, u := range unmet {
		why = append(why, b.w.unmet(i, u))
	}
	return strings.Join(why, " ")
}

func (b *builder) flags() Section {
	s := Section{
		ID: "flags", Title: b.flagsTitle(),
		Columns: []Column{{Title: "Severity"}, {Title: "Sign", Share: 5}, {Title: "What clears it", Share: 4}},
	}
	for _, severity := range []string{"high", "medium", "low"} {
		for _, r := range b.res.Flags {
			if r.Flag.Source.Severity == severity && r.Raised == expr.True {
				s.Rows = append(s.Rows, b.flag(r))
			}
		}
	}
	for _, r := range b.res.Flags {
		if r.Raised == expr.Unknown && r.Flag.Caps() {
			row := cells("not known", "Not ruled out yet: "+lower(r.Flag.Source.Say)+limit(r.Flag.Cap), "Answer "+b.w.missing(r.Missing)+".")
			row[0].Tone = Caution
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

func (b *builder) flagsTitle() string {
	if b.early() {
		return "To keep in mind"
	}
	return "Warning signs"
}

func (b *builder) flag(r score.FlagResult) []Cell {
	say := sentence(r.Flag.Source.Say)
	if b.early() { // later, what limits stands among what holds it back
		say += limit(r.Flag.Cap)
	}
	row := cells(r.Flag.Source.Severity, say, r.Flag.Source.Clears)
	if r.Flag.Source.Severity == "high" {
		row[0].Tone = b.bad()
	}
	return row
}

// unknown are the questions without an answer, and the facts that are not stated. They are not zero: they are asked.
func (b *builder) unknown() Section {
	s := Section{
		ID: "unknown", Title: "Not known", Note: b.unknownNote(),
		Columns: []Column{{Title: "Criterion", Share: 3}, {Title: "Question", Share: 6}, {Title: "To act"}},
	}
	var facts []string
	for i := range b.m.Nodes {
		n, c := &b.m.Nodes[i], &b.res.Criteria[i]
		if n.IsLeaf() && c.State == score.Unanswered && !b.alternative(i) {
			actor := b.w.actor(n.Duty)
			if slices.Contains(c.Missing, score.NeedsOtherBids) {
				actor = "buyer"
			}
			s.Rows = append(s.Rows, cells(n.Title, b.asked(i), actor))
		}
		if c.State == score.MayApply {
			facts = appendNew(facts, c.Missing)
		}
	}
	for _, name := range facts {
		s.Rows = append(s.Rows, cells(b.w.missing([]string{name}), "Decides whether "+b.decides(name)+" applies.", b.w.actor("")))
	}
	return s
}

// alternative reports whether another answer has made this one needless: one of several is enough, and is there.
func (b *builder) alternative(i int) bool {
	for i = b.m.Nodes[i].Parent; i >= 0; i = b.m.Nodes[i].Parent {
		if b.m.Nodes[i].Combine() == "any" && b.res.Met(i) {
			return true
		}
	}
	return false
}

// unknownNote says what becomes of what is not known.
func (b *builder) unknownNote() string {
	switch b.m.Nodes[0].Policy() {
	case "exclude":
		return "Left out of the score that is shown, and counted at its lowest wherever a decision hangs on it."
	case "midpoint":
		return "Taken as the middle in the score that is shown, and counted at its lowest wherever a decision hangs on it."
	}
	if b.m.Nodes[0].Profile() {
		return "Shown as not known, and as nothing else."
	}
	for i := range b.m.Nodes {
		if b.m.Nodes[i].Policy() != "" {
			return "Counted at its lowest wherever it counts, but for the parts whose rubric shows it otherwise."
		}
	}
	return "Counted at its lowest, wherever it counts, until it is answered."
}

// asked is the question that is open: of a leaf that a rule or a price answers, what that lacks.
func (b *builder) asked(i int) string {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	switch {
	case slices.Contains(c.Missing, score.NeedsOtherBids):
		p := b.res.Record.Innovation.Price
		return fmt.Sprintf("The price is stated, %s %s with VAT %s; it is scored when the other bids are in.", p.Amount, p.Currency, p.VAT)
	case len(c.Missing) > 0:
		return capital(b.w.missing(c.Missing)) + "."
	case c.TooFew:
		return fmt.Sprintf("%s (%s so far, at least %d are needed)", n.Source.Ask, diag.Plural(c.Respondents, "respondent"), n.Source.Respondents.Min)
	}
	return cmp.Or(n.Source.Ask, "Which level is it at?")
}

// decides names the criteria whose part in the score depends on a fact.
func (b *builder) decides(name string) string {
	var titles []string
	for i := range b.m.Nodes {
		if c := &b.res.Criteria[i]; b.m.Nodes[i].IsLeaf() && c.State == score.MayApply && slices.Contains(c.Missing, name) {
			titles = append(titles, quote(b.m.Nodes[i].Title))
		}
	}
	return joined(titles, "and")
}

func appendNew(list, more []string) []string {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

func (b *builder) expiring() Section {
	s := Section{
		ID: "expiring", Title: "Evidence that runs out soon",
		Note:    "‘Then’ is what changes on the day after, if nothing is renewed.",
		Columns: []Column{{Title: "Evidence", Share: 4}, {Title: "Last day"}, {Title: "When"}, {Title: "Carries", Share: 4}, {Title: "Then", Share: 4}},
	}
	for _, e := range b.a.Expiring {
		var titles []string
		for _, i := range e.Nodes {
			titles = append(titles, b.m.Nodes[i].Title)
		}
		for _, name := range e.Facts {
			titles = append(titles, b.w.fact(name))
		}
		s.Rows = append(s.Rows, cells(e.Item.Title, e.Expires.String(), inDays(b.res.AsOf, e.Expires), strings.Join(titles, ", "), b.thenText(e.Last, e.Then)))
	}
	return s
}

// thenText says what is lost when evidence has run out: gates, a band, points, or nothing.
func (b *builder) thenText(last, then score.Hypothesis) string {
	var lost []string
	for j, r := range then.Gates {
		if was := last.Gates[j].Outcome; r.Outcome != was && was == score.Pass {
			lost = append(lost, r.Gate.Title)
		}
	}
	switch {
	case len(lost) > 0:
		return "no longer passed: " + joined(lost, "and")
	case last.Verdict.Better(then.Verdict):
		return b.verdictText(then.Verdict)
	case then.Score.Less(last.Score):
		return strings.TrimPrefix(gain(last.Score.Sub(then.Score)), "+") + " points lower"
	}
	return unchanged
}

const unchanged = "nothing changes"

// otherVersions are the items in use that are about another version, and are said to hold still.
func (b *builder) otherVersions() Section {
	s := Section{
		ID: "other-versions", Title: "Papers on another version",
		Note:    "The record says that they hold still. Whether that is so is for a reader to judge.",
		Columns: []Column{{Title: "Evidence", Share: 4}, {Title: "Version"}, {Title: "Why it is said to hold", Share: 5}},
	}
	for _, item := range b.heldOver() {
		s.Rows = append(s.Rows, cells(item.Title, item.Covers.Version, sentence(item.Covers.Still.Because)))
	}
	return s
}

func (b *builder) heldOver() (items []*innovation.Evidence) {
	for _, item := range b.cited() {
		if still := item.Covers.Still; still != nil && still.For == b.res.Record.Innovation.Version && still.For != item.Covers.Version {
			items = append(items, item)
		}
	}
	return items
}

func (b *builder) nearMisses() Section {
	s := Section{
		ID: "near-misses", Title: "One change away",
		Note:    "Each of these alone would give a better headline.",
		Columns: []Column{{Title: "If", Share: 5}, {Title: "Then", Share: 4}},
	}
	for _, n := range b.a.NearMisses {
		s.Rows = append(s.Rows, cells(b.changeText(n.Change), b.verdictText(n.Verdict)))
	}
	return s
}

func (b *builder) changeText(c score.Change) string {
	switch {
	case c.Raise:
		return b.raised(c)
	case c.Renewed != nil:
		return fmt.Sprintf("%s (%s) is renewed", c.Renewed.Title, c.Renewed.ID)
	default:
		return fmt.Sprintf("the answer to %s is %s", b.w.missing([]string{c.Fact}), c.Value)
	}
}

// raised says what a better answer would be; where there is none yet, that one is given.
func (b *builder) raised(c score.Change) string {
	n := &b.m.Nodes[c.Node]
	text := fmt.Sprintf("%s rises to %s", n.Title, quote(b.w.at(c.Node, c.To)))
	if _, known := b.res.Criteria[c.Node].Number(score.Evidenced); !known {
		text = fmt.Sprintf("%s is answered, with %s or better", n.Title, quote(b.w.at(c.Node, c.To)))
		if n.Scale != nil && n.Scale.At(c.To) == n.Scale.Best() {
			text = fmt.Sprintf("%s is answered %s", n.Title, quote(b.w.at(c.Node, c.To)))
		}
	}
	if len(n.EvidenceRules()) > 0 {
		text += ", with evidence"
	}
	return text
}

func (b *builder) verdictText(v score.Verdict) string {
	switch v.Headline {
	case score.GateFails:
		return "still held back"
	case score.GateUnknown:
		return "no gate fails, but one cannot be decided yet"
	case score.Incomplete:
		return "no gate fails, but too little is answered"
	case score.ConditionalBand:
		return v.Band.Label + ", with conditions"
	case score.InBand:
	}
	switch {
	case v.Band == nil:
		return "scored"
	case b.res.Verdict.Band == v.Band && b.cappingFlags() > 0:
		return v.Band.Label + ", and no gate holds it back; a warning sign still limits it"
	case b.res.Verdict.Band == v.Band:
		return v.Band.Label + ", and nothing holds it back"
	}
	return v.Band.Label
}

// later are the criteria that are not asked of it at this stage, or at all.
func (b *builder) later() Section {
	s := Section{
		ID: "later", Title: "Not counted",
		Columns: []Column{{Title: "Why", Share: 2}, {Title: "Criteria", Share: 6}},
	}
	for _, group := range []struct {
		state score.State
		why   string
	}{{score.NotYetExpected, "Not expected yet"}, {score.DoesNotApply, "Does not apply"}, {score.NotApplicable, "Not applicable, the record says"}} {
		var titles []string
		for i := range b.m.Nodes {
			if n, c := &b.m.Nodes[i], &b.res.Criteria[i]; n.IsLeaf() && !c.Counts() && c.State == group.state {
				titles = append(titles, strings.TrimSuffix(n.Title+" ("+c.NA+")", " ()"))
			}
		}
		if len(titles) > 0 {
			s.Rows = append(s.Rows, cells(group.why, strings.Join(titles, ", ")))
		}
	}
	return s
}

// withoutEffect is what the record or a waiver says that was not taken.
func (b *builder) withoutEffect() Section {
	s := Section{ID: "findings", Title: "Said, but without effect", Columns: []Column{{Title: "What", Share: 6}, {Title: "Next step", Share: 3}}}
	for _, f := range b.res.Findings {
		s.Rows = append(s.Rows, cells(f.Message, f.Hint))
	}
	return s
}

// summaryNote says what the reports have in common: the day, and the rubric if it is one.
func summaryNote(reports []*Report) string {
	note := "As of " + reports[0].asOf
	for _, r := range reports {
		if r.Rubric != reports[0].Rubric {
			return note + ", under different rubrics: the scores cannot be compared."
		}
	}
	return note + ", under " + reports[0].Rubric + "."
}

// Summary is one line for each of several reports.
func Summary(reports []*Report) Section {
	s := Section{
		ID: "summary", Title: diag.Plural(len(reports), "innovation"), Note: summaryNote(reports),
		Columns: []Column{{Title: "Innovation", Share: 4}, {Title: "Headline", Share: 4}, {Title: "Evidenced", Right: true}, {Title: "Claimed", Right: true}, {Title: "At best", Right: true}},
	}
	for _, r := range reports {
		row := cells(r.Name, strings.TrimSuffix(r.Headline.Word+": "+r.Headline.Text, ": "), "–", "–", "–")
		for k, s := range r.Headline.Scores {
			row[2+k].Text = s.Text
		}
		row[1].Tone, row[1].About = r.Headline.Tone, r.Headline.Word
		s.Rows = append(s.Rows, row)
	}
	return s
}
