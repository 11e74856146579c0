package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// lead is what the headline comes to for who must decide: which gates stand in the way, in so many words.
func (b *builder) lead() string {
	switch v := b.res.Verdict; v.Headline {
	case score.GateFails:
		whole, limiting := b.inTheWay(score.Fail)
		switch {
		case b.early():
			return "Before it goes further, this has to be in place: " + joined(append(whole, limiting...), "and") + "."
		case len(whole) > 0:
			return "It should not go further until this is done: " + joined(whole, "and") + "."
		}
		return fmt.Sprintf("It can go no further than %s until this is done: %s.", quote(v.Band.Label), joined(limiting, "and"))
	case score.GateUnknown:
		whole, limiting := b.inTheWay(score.Undecided)
		return "Whether it may go further cannot be said yet. Not known: " + joined(append(whole, limiting...), "and") + "."
	case score.InBand:
		if v.Band != nil && v.Index > 0 && v.ScoreBand == v.Band {
			return b.reached(v)
		}
	case score.ConditionalBand:
		var conditions []string
		for _, r := range b.gatesInTurn(score.Conditional) {
			title := r.Gate.Title + ", not met yet"
			if r.Waiver != nil {
				title = b.gateTitle(r)
			}
			conditions = append(conditions, title)
		}
		return fmt.Sprintf("It may go as far as %s, on condition: %s.", quote(v.Band.Label), joined(conditions, "and"))
	case score.Incomplete:
	}
	return sentence(capital(b.headline().Text))
}

// reached says by how much the evidence reaches its band, and until when.
func (b *builder) reached(v score.Verdict) string {
	where := "where it begins"
	if x, scored := b.res.Score(0, score.Evidenced); scored && v.Band.From.Less(x) {
		over := shown(x.Sub(v.Band.From), b.m.Nodes[0].Decimals(), []exact.Number{exact.Zero})
		where = over + " points above where it begins"
		if over == "1" {
			where = "1 point above where it begins"
		}
	}
	text := "What is evidenced stands " + where + ", and no gate holds it back."
	if e := b.firstLoss(); e != nil {
		text += fmt.Sprintf(" That holds until %s; then %s.", e.Expires, b.thenText(e.Last, e.Then))
	}
	return text
}

// inTheWay are the titles of the gates with an outcome: those that hold everything back, and those that only limit.
func (b *builder) inTheWay(o score.Outcome) (whole, limiting []string) {
	for _, r := range b.gatesInTurn(o) {
		if r.Gate.Otherwise.Cap == "" {
			whole = append(whole, r.Gate.Title)
		} else {
			limiting = append(limiting, r.Gate.Title)
		}
	}
	return whole, limiting
}

// meaning is what else follows from the headline, without taking the decision.
func (b *builder) meaning() []string {
	var lines []string
	switch b.res.Verdict.Headline {
	case score.GateFails:
		lines = append(lines, "No score makes up for that."+b.limitedBy())
	case score.GateUnknown:
		lines = append(lines, "That is neither a yes nor a no.")
	case score.Incomplete:
		lines = append(lines, "That says nothing for it or against it.")
	case score.ConditionalBand:
		lines = append(lines, strings.TrimSpace(b.limitedBy()))
	case score.InBand:
	}
	aside := b.asides(b.res.Verdict)
	if b.res.Verdict.Headline == score.InBand { // until when it holds is said first
		aside = slices.DeleteFunc(aside, func(s string) bool { return strings.HasPrefix(s, goodUntil) })
	}
	if len(aside) > 0 {
		lines = append(lines, sentence(capital(strings.Join(aside, "; "))))
	}
	if b.inUse() {
		lines = append(lines, fmt.Sprintf("It is at stage %s already: whether it stays there meanwhile is to be decided today, by those who answer for it.", b.res.Record.Innovation.Stage))
	}
	return lines
}

// inUse reports whether something is held back that has left the first stage: then what goes on today is a decision too.
func (b *builder) inUse() bool {
	held := b.res.Verdict.Headline == score.GateFails || b.res.Verdict.Headline == score.GateUnknown
	return held && b.res.Record.Innovation.Stage != "" && len(b.m.Stages) > 1 && !b.early()
}

// limitedBy says what stands in the way after the gates that hold everything back.
func (b *builder) limitedBy() string {
	whole, limiting := b.inTheWay(score.Fail)
	if len(whole) == 0 { // then the limiting gates are what is said first
		limiting = nil
	}
	var parts []string
	if len(limiting) > 0 {
		parts = append(parts, diag.Plural(len(limiting), "more gate"))
	}
	if n := b.cappingFlags(); n > 0 {
		parts = append(parts, diag.Plural(n, "warning sign"))
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf(" Besides, how far it may go is limited by %s.", joined(parts, "and"))
}
