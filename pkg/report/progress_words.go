package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// stoodThen says in few words how a criterion stood.
func (b *builder) stoodThen(m *progress.Move) string {
	c := m.Then
	if !b.m.Nodes[m.Node].IsLeaf() {
		if c.Score == nil || !known(score.Evidenced, c.State) {
			return stateWord(c.State)
		}
		return b.scoreOf(m.Node, &c.Score.Evidenced, b.m.Nodes[m.Node].Decimals())
	}
	return b.inState(m.Node, c.State, c.Level, c.Claimed, c.Best())
}

// standsNow says the same of today.
func (b *builder) standsNow(i int) string {
	c := &b.res.Criteria[i]
	if !b.m.Nodes[i].IsLeaf() {
		x, some := b.res.Score(i, score.Evidenced)
		if !some || !known(score.Evidenced, c.State.String()) {
			return stateWord(c.State.String())
		}
		return b.scoreOf(i, &x, b.m.Nodes[i].Decimals())
	}
	return b.inState(i, c.State.String(), number(c, score.Evidenced), number(c, score.Claimed), number(c, score.AtBest))
}

// number is what a leaf is answered with; nil if that is not known.
func number(c *score.Criterion, basis score.Basis) *exact.Number {
	if x, known := c.Number(basis); known {
		return &x
	}
	return nil
}

// inState writes what counts of an answer, and what is claimed beyond that; without an answer, the state.
func (b *builder) inState(i int, state string, counts, claimed, best *exact.Number) string {
	if state != score.Answered.String() || counts == nil {
		return stateWord(state)
	}
	text := b.w.at(i, *counts)
	if said := b.said(i, claimed, best); said != text && claimed != nil {
		text += " (claimed: " + said + ")"
	}
	return text
}

// said writes an answer: a level, a number, or a range.
func (b *builder) said(i int, claimed, best *exact.Number) string {
	switch {
	case claimed == nil:
		return notKnown
	case best == nil || best.Equal(*claimed):
		return b.w.at(i, *claimed)
	}
	return b.w.at(i, *claimed) + " to " + b.w.at(i, *best)
}

// stateWord is a state that is no answer.
func stateWord(state string) string {
	switch state {
	case score.MayApply.String():
		return "may apply"
	case score.NotApplicable.String():
		return "not applicable"
	case score.NotYetExpected.String():
		return "not expected yet"
	case score.DoesNotApply.String():
		return "does not apply"
	}
	return notKnown
}

// whyMoved says why a criterion moved, in plain sentences.
func (b *builder) whyMoved(m *progress.Move) string {
	texts := make([]string, len(m.Why))
	for i, r := range m.Why {
		texts[i] = b.because(m, r)
	}
	return sentences(texts)
}

func (b *builder) because(m *progress.Move, r progress.Reason) string {
	i := m.Node
	switch r.Cause {
	case progress.Answered, progress.Unanswered, progress.NotAnswered, progress.Claimed, progress.WorkedOut:
		return b.answeredOtherwise(m, r)
	case progress.Capped:
		return "The evidence carries no more than " + quote(b.w.counts(i))
	case progress.Expected:
		return "Expected now" + b.atStage()
	case progress.NotExpected:
		return "Not expected any more" + b.atStage()
	case progress.Applies:
		return "Applies now" + b.hangsOn(r.Names)
	case progress.Inapplicable:
		return "Does not apply any more" + b.hangsOn(r.Names)
	case progress.Undecided:
		return "Nobody can say now whether it applies: " + b.w.missing(r.Names)
	case progress.SaidNotApplicable:
		return "The record says now that it is not applicable: " + b.res.Criteria[i].NA
	case progress.NotSaid:
		return "The record no longer says that it is not applicable"
	case progress.Through:
		return "Through " + b.titles(r.Nodes)
	case progress.Otherwise:
		return "The two reports do not say why"
	default:
		return b.shownOtherwise(r)
	}
}

// answeredOtherwise says what became of an answer.
func (b *builder) answeredOtherwise(m *progress.Move, r progress.Reason) string {
	switch r.Cause {
	case progress.Answered:
		return "Answered since"
	case progress.NotAnswered:
		return "Not answered yet"
	case progress.Unanswered:
		if len(r.Names) > 0 {
			return "Not known any more: " + b.w.missing(r.Names)
		}
		return "No longer answered"
	case progress.WorkedOut:
		if b.m.Nodes[m.Node].Price != nil {
			return "The price is another"
		}
		return "Worked out from other answers, which changed"
	default:
		return b.claimsOtherwise(m)
	}
}

// claimsOtherwise says that the answer changed. What is claimed is said only where the levels that count do not say it.
func (b *builder) claimsOtherwise(m *progress.Move) string {
	if c := &b.res.Criteria[m.Node]; len(c.Unmet)+len(m.Then.Capped) == 0 {
		return "The answer changed"
	}
	return fmt.Sprintf("The answer changed: %s is claimed now, %s then", quote(b.w.claimed(m.Node)), quote(b.said(m.Node, m.Then.Claimed, m.Then.Best())))
}

// shownOtherwise says what became of the evidence for an answer.
func (b *builder) shownOtherwise(r progress.Reason) string {
	var texts []string
	switch r.Cause {
	case progress.Added:
		return "New evidence: " + strings.Join(r.Items, ", ")
	case progress.Dropped:
		return "No longer cited: " + strings.Join(r.Items, ", ")
	case progress.Carried:
		return "The evidence carries the claim now"
	case progress.Uncarried:
		return "The evidence no longer carries the claim"
	case progress.Accepted:
		var ids []string
		for _, c := range r.Caps {
			ids, texts = append(ids, c.Evidence), append(texts, c.Why)
		}
		return fmt.Sprintf("The evidence carries the claim now: %s. Before, %s", strings.Join(ids, ", "), strings.Join(texts, "; "))
	case progress.RanOut:
		for _, item := range r.Refused {
			texts = append(texts, ranOut(item.Item, item.Expired.String()))
		}
		return "Evidence ran out: " + strings.Join(texts, ", ")
	default:
		for _, item := range r.Refused {
			texts = append(texts, b.w.refused(item))
		}
		return "No longer accepted: " + strings.Join(texts, "; ")
	}
}

func ranOut(item *innovation.Evidence, last string) string {
	return fmt.Sprintf("%s, whose last day was %s", item.ID, last)
}

func (b *builder) atStage() string {
	if stage := b.res.Record.Innovation.Stage; stage != "" {
		return ", at stage " + stage
	}
	return ""
}

// hangsOn names the facts that decide whether something applies.
func (b *builder) hangsOn(facts []string) string {
	if len(facts) == 0 {
		return ""
	}
	texts := make([]string, len(facts))
	for i, name := range facts {
		texts[i] = b.w.fact(name)
	}
	return "; that hangs on " + joined(texts, "and")
}

func (b *builder) titles(nodes []int) string {
	titles := make([]string, len(nodes))
	for k, i := range nodes {
		titles[k] = quote(b.m.Nodes[i].Title)
	}
	return joined(titles, "and")
}
