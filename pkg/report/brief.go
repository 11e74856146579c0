package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Brief is what fits on the first printed page, for a board with two minutes.
type Brief struct {
	// Lead says in a sentence what the headline means for a decision; Meaning are what else to know at once. May be empty.
	Lead    string
	Meaning []string
	Parts   []BriefPart
}

// BriefPart is a short list under a heading.
type BriefPart struct {
	// ID is that of the section with the whole of it.
	ID, Title string
	Items     []BriefItem
	// More says how much more there is; may be empty.
	More string
	// Numbered lists are read in their order.
	Numbered bool
}

// BriefItem is one line of it: what it is about, what is said, and who must act, which may be empty.
type BriefItem struct {
	Lead, Text, Actor string
	Tone              Tone
}

// Brief is made when it is first asked for.
func (r *Report) Brief() *Brief { return r.brief() }

// briefly is how many items of a list a page has room for.
const briefly = 3

func (b *builder) brief() *Brief {
	brief := &Brief{Lead: b.lead(), Meaning: b.meaning()}
	for _, part := range []BriefPart{b.briefGates(), b.briefSteps(), b.briefFlags(), b.briefUnknown(), b.briefEvidence(), b.briefBenefits()} {
		if len(part.Items) > 0 {
			brief.Parts = append(brief.Parts, part)
		}
	}
	return brief
}

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
	case score.Incomplete, score.ConditionalBand:
	}
	return sentence(capital(b.headline().Text))
}

// reached says how far the evidence carries, and where the next band begins.
func (b *builder) reached(v score.Verdict) string {
	text := fmt.Sprintf("What is evidenced carries ‘%s’, and no gate holds it back.", v.Band.Label)
	bands := b.m.Nodes[0].Bands
	if v.Index+1 == len(bands) {
		return text
	}
	next := bands[v.Index+1]
	return text + fmt.Sprintf(" %s is from %s.", quote(next.Label), next.From)
}

// inTheWay are the titles of the gates with an outcome: those that hold everything back, and those that only limit.
func (b *builder) inTheWay(o score.Outcome) (whole, limiting []string) {
	for _, r := range b.gatesThat(o) {
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
		lines = append(lines, "It may go that far only while the condition is kept, and no longer than it lasts.")
	case score.InBand:
	}
	if aside := b.headline().Aside; aside != "" {
		lines = append(lines, sentence(capital(aside)))
	}
	return lines
}

// limitedBy says what stands in the way after the gates that hold everything back.
func (b *builder) limitedBy() string {
	whole, limiting := b.inTheWay(score.Fail)
	if len(whole) == 0 {
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
	return fmt.Sprintf(" After that, %s still limit how far it may go.", joined(parts, "and"))
}

func (b *builder) briefGates() BriefPart {
	part := BriefPart{ID: "gates", Title: "What holds it back"}
	more := 0
	for _, o := range []score.Outcome{score.Fail, score.Undecided, score.Conditional} {
		for _, r := range b.gatesThat(o) {
			if len(part.Items) > briefly {
				more++
				continue
			}
			row := b.gate(r)
			part.Items = append(part.Items, BriefItem{Lead: r.Gate.Title, Text: b.gateNow(r), Actor: row[2].Text, Tone: row[0].Tone})
		}
	}
	var rest []string
	if more > 0 {
		rest = append(rest, diag.Plural(more, "more gate"))
	}
	if n := b.cappingFlags(); n > 0 {
		rest = append(rest, diag.Plural(n, "warning sign")+" that limit it")
	}
	if len(rest) > 0 && len(part.Items) > 0 {
		part.More = "And " + joined(rest, "and") + "."
	}
	if len(part.Items) == 0 && len(b.m.Gates) > 0 {
		part.Items = []BriefItem{{Text: "No gate holds it back.", Tone: Good}}
	}
	return part
}

func (b *builder) briefSteps() BriefPart {
	part := BriefPart{ID: "next-steps", Title: "What to do next", Numbered: true}
	for _, s := range b.a.Steps[:min(len(b.a.Steps), briefly)] {
		item := BriefItem{Lead: b.m.Nodes[s.Node].Title, Text: sentence(b.briefStep(s)), Actor: b.actorOf(s)}
		part.Items = append(part.Items, item)
	}
	if n := len(b.a.Steps) - len(part.Items); n > 0 {
		part.More = fmt.Sprintf("And %s.", diag.Plural(n, "more step"))
	}
	return part
}

func (b *builder) briefStep(s plan.Step) string {
	if len(s.Show) > 0 {
		return "show " + b.toShow(s)
	}
	return b.adviceText(s)
}

// briefFlags counts the warning signs by their severity, and names the gravest.
func (b *builder) briefFlags() BriefPart {
	part := BriefPart{ID: "flags", Title: b.flagsTitle()}
	const few = 4
	var counts, titles []string
	all := 0
	for _, severity := range []string{"high", "medium", "low"} {
		n := 0
		for _, r := range b.res.Flags {
			if r.Raised == expr.True && r.Flag.Source.Severity == severity {
				n++
				titles = append(titles, r.Flag.Title)
			}
		}
		if n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, severity))
		}
		all += n
	}
	if all == 0 {
		return part
	}
	part.Items = []BriefItem{{Lead: strings.Join(counts, ", "), Text: strings.Join(titles[:min(all, few)], "; "), Tone: Caution}}
	if all > few {
		part.More = fmt.Sprintf("And %d more.", all-few)
	}
	return part
}

func (b *builder) briefUnknown() BriefPart {
	part := BriefPart{ID: "unknown", Title: "What is not known"}
	rows := b.unknown().Rows
	if len(rows) == 0 {
		part.Items = []BriefItem{{Text: "Every question that applies is answered."}}
		return part
	}
	const few = 6
	var titles []string
	for _, row := range rows[:min(len(rows), few)] {
		titles = append(titles, row[0].Text)
	}
	part.Items = []BriefItem{{Lead: diag.Plural(len(rows), "question"), Text: strings.Join(titles, ", "), Tone: Caution}}
	if n := len(rows) - len(titles); n > 0 {
		part.More = fmt.Sprintf("And %d more.", n)
	}
	return part
}

func (b *builder) briefEvidence() BriefPart {
	part := BriefPart{ID: "evidence", Title: "What it rests on"}
	listed, checked := b.evidenceCount()
	text := fmt.Sprintf("%s listed, %d checked by a reader.", diag.Plural(listed, "item"), checked)
	if listed == 0 {
		text = "No evidence is listed."
	}
	part.Items = append(part.Items, BriefItem{Text: text})
	if n := len(b.unsupported().Rows); n > 0 {
		part.Items = append(part.Items, BriefItem{Text: diag.Plural(n, "claim") + " that the evidence does not carry.", Tone: Caution})
	}
	if expiring := b.a.Expiring; len(expiring) > 0 {
		first := expiring[0]
		text := fmt.Sprintf("%s in the next %d days, first %s, on %s: %s.", runsOut(len(expiring)), plan.Soon, first.Item.Title, first.Expires, b.thenText(first.Last, first.Then))
		part.Items = append(part.Items, BriefItem{Text: text, Tone: Caution})
	}
	return part
}

func runsOut(n int) string {
	if n == 1 {
		return "1 runs out"
	}
	return fmt.Sprintf("%d run out", n)
}

// briefBenefits are the answers of the part of the rubric that asks when benefits come.
func (b *builder) briefBenefits() BriefPart {
	part := BriefPart{ID: "benefit-timeline", Title: "When benefits come"}
	for _, name := range b.m.FactNames() {
		f := b.m.Fact(name)
		answer, stated := b.fact(name)
		switch {
		case f.Part != rubric.PartBenefitTimeline || !stated && b.early():
		case stated:
			part.Items = append(part.Items, BriefItem{Lead: strings.TrimSuffix(f.Ask, "?"), Text: answer})
		default:
			part.Items = append(part.Items, BriefItem{Lead: strings.TrimSuffix(f.Ask, "?"), Text: notKnown, Tone: Caution})
		}
	}
	return part
}
