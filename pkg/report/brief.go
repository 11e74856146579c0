package report

import (
	"cmp"
	"fmt"
	"slices"
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
	// Trust says how far to: who assessed it, how much is answered, and how much of the evidence a reader has opened.
	Trust string
	Parts []BriefPart
	// Sides says who the buyer and the adopter are, if either is named; may be empty.
	Sides string
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
	brief := &Brief{Lead: b.lead(), Meaning: b.meaning(), Trust: b.trust()}
	for _, part := range []BriefPart{b.briefParts(), b.briefGates(), b.briefSteps(), b.briefFlags(), b.briefUnknown(), b.briefEvidence(), b.briefAccountable(), b.briefBenefits()} {
		if len(part.Items) > 0 {
			brief.Parts = append(brief.Parts, part)
		}
	}
	brief.Sides = sides(brief.Parts) // before names take the place of the words
	for _, part := range brief.Parts {
		for k := range part.Items {
			part.Items[k].Actor = b.named(part.Items[k].Actor)
		}
	}
	return brief
}

// sides explains those of the words for who must act that are used.
func sides(parts []BriefPart) string {
	used := func(side string) bool {
		return slices.ContainsFunc(parts, func(p BriefPart) bool {
			return slices.ContainsFunc(p.Items, func(i BriefItem) bool { return strings.Contains(i.Actor, side) })
		})
	}
	var lines []string
	if used("buyer") {
		lines = append(lines, "The buyer is who chooses and pays.")
	}
	if used("adopter") {
		lines = append(lines, "The adopter is the service that uses it.")
	}
	return strings.Join(lines, " ")
}

// briefParts are the parts of what is read part by part, and has no table of scores.
func (b *builder) briefParts() BriefPart {
	part := BriefPart{ID: "groups", Title: "Part by part"}
	if len(b.dimensions().Rows) > 0 {
		return part
	}
	const room = 12
	rows := b.groups().Rows
	for _, row := range rows[:min(len(rows), room)] {
		part.Items = append(part.Items, BriefItem{Lead: row[0].Text, Text: row[1].Text})
	}
	if len(rows) > room {
		part.More = fmt.Sprintf("%d more follow.", len(rows)-room)
	}
	return part
}

// briefGates are those that hold everything back; where none does, those that limit it.
func (b *builder) briefGates() BriefPart {
	part := BriefPart{ID: "gates", Title: "What holds it back"}
	gates := b.gatesInTurn(score.Fail, score.Undecided, score.Conditional)
	limits := func(r score.GateResult) bool { return r.Gate.Otherwise.Cap != "" }
	more := len(gates)
	for _, r := range gates {
		if len(part.Items) == briefly || len(part.Items) > 0 && limits(r) && !limits(gates[0]) {
			break
		}
		row := b.gate(r)
		text := sentence(b.gateNow(r)) + " " + sentence(r.Gate.Because)
		part.Items = append(part.Items, BriefItem{Lead: r.Gate.Title, Text: text, Actor: row[2].Text, Tone: row[0].Tone})
		more--
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
		part.Items = []BriefItem{{Text: b.noGate(), Tone: Good}}
		if b.early() || b.cappingFlags() > 0 {
			part.Items[0].Tone = Plain
		}
	}
	return part
}

// noGate says that none holds it back, without saying more than that.
func (b *builder) noGate() string {
	text := "No gate holds it back"
	if b.early() {
		text = "No gate that is asked of it at this stage; more are asked later"
	}
	if n := b.cappingFlags(); n > 0 {
		text += fmt.Sprintf(". %s limit it", capital(diag.Plural(n, "warning sign")))
		if n == 1 {
			text += "s"
		}
	}
	return text + "."
}

// gatesInTurn are the gates with any of some outcomes, in the order in which the first page speaks of them.
func (b *builder) gatesInTurn(outcomes ...score.Outcome) []score.GateResult {
	var gates []score.GateResult
	for _, o := range outcomes {
		gates = append(gates, b.gatesThat(o)...)
	}
	slices.SortStableFunc(gates, func(x, y score.GateResult) int { return cmp.Compare(b.turn(x), b.turn(y)) })
	return gates
}

// turn is the place of the first step towards a gate: what comes first there comes first here. Those that hold everything
// back come before those that limit.
func (b *builder) turn(r score.GateResult) int {
	at := slices.IndexFunc(b.a.Steps, func(s plan.Step) bool { return slices.Contains(s.Towards, r.Gate) })
	if at < 0 {
		at = len(b.a.Steps)
	}
	if r.Gate.Otherwise.Cap != "" {
		at += len(b.a.Steps) + 1
	}
	return at
}

func (b *builder) briefSteps() BriefPart {
	part := BriefPart{ID: "next-steps", Title: "What to do next", Numbered: true}
	for _, s := range b.a.Steps[:min(len(b.a.Steps), briefly)] {
		item := BriefItem{Lead: b.m.Nodes[s.Node].Title, Text: sentence(capital(b.briefStep(s))), Actor: b.actorOf(s)}
		part.Items = append(part.Items, item)
	}
	if len(b.a.Steps) > len(part.Items) {
		part.More = "More steps follow."
	}
	return part
}

func (b *builder) briefStep(s plan.Step) string {
	if len(s.Show) > 0 {
		return "show " + b.toShow(s)
	}
	return b.adviceText(s)
}

// briefFlags names the warning signs that limit the result, and the gravest of the others.
func (b *builder) briefFlags() BriefPart {
	part := BriefPart{ID: "flags", Title: b.flagsTitle()}
	var limiting []string
	for _, r := range b.res.Flags {
		if r.Flag.Caps() && (r.Raised == expr.True || r.Raised == expr.Unknown) {
			limiting = append(limiting, r.Flag.Title)
		}
	}
	if len(limiting) > 0 {
		part.Items = append(part.Items, BriefItem{Lead: "Limiting the result", Text: strings.Join(limiting, "; "), Tone: Caution})
	}
	var others []string
	gravest := ""
	for _, severity := range []string{"high", "medium", "low"} {
		for _, r := range b.res.Flags {
			if r.Raised == expr.True && r.Flag.Source.Severity == severity && !r.Flag.Caps() {
				gravest = cmp.Or(gravest, severity)
				others = append(others, r.Flag.Title)
			}
		}
	}
	if n := len(others); n > 0 {
		part.Items = append(part.Items, BriefItem{Lead: capital(gravest), Text: strings.Join(others[:min(n, briefly)], "; ")})
		if n > briefly {
			part.More = fmt.Sprintf("And %d more.", n-briefly)
		}
	}
	return part
}

func (b *builder) briefUnknown() BriefPart {
	part := BriefPart{ID: "unknown", Title: "What is not known"}
	rows := b.unknown().Rows
	if len(rows) == 0 {
		part.Items = []BriefItem{{Text: "Every criterion that is asked of it today has an answer." + b.notAsked()}}
		return part
	}
	const few = 6
	var titles []string
	for _, row := range rows[:min(len(rows), few)] {
		titles = append(titles, row[0].Text)
	}
	lead, t := diag.Plural(len(rows), "question"), b.res.Answered
	if n := t.Expected - t.Answered; 0 < n && n < len(rows) {
		lead = fmt.Sprintf("%s, and %d beside the score", diag.Plural(n, "question"), len(rows)-n)
	}
	part.Items = []BriefItem{{Lead: lead, Text: strings.Join(titles, ", "), Tone: Caution}}
	if n := len(rows) - len(titles); n > 0 {
		part.More = fmt.Sprintf("And %d more.", n)
	}
	return part
}

// notAsked counts the questions that are not asked at this stage, or do not apply.
func (b *builder) notAsked() string {
	later, never := 0, 0
	for i := range b.m.Nodes {
		switch c := &b.res.Criteria[i]; {
		case !b.m.Nodes[i].IsLeaf() || c.Counts():
		case c.State == score.NotYetExpected:
			later++
		default:
			never++
		}
	}
	var parts []string
	if later > 0 {
		parts = append(parts, fmt.Sprintf("%d more %s asked at later stages", later, agreeing(later, "is", "are")))
	}
	if never > 0 {
		parts = append(parts, fmt.Sprintf("%d %s not apply", never, agreeing(never, "does", "do")))
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + capital(joined(parts, "and")) + "."
}

// agreeing is the form of a verb for so many.
func agreeing(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// trust is where the numbers come from.
func (b *builder) trust() string {
	listed, checked := b.evidenceCount()
	t := b.res.Answered
	answered := fmt.Sprintf("%d of %d questions answered", t.Answered, t.Expected)
	switch {
	case !asksEvidence(b.m):
		return "Self-assessed: " + answered + ". This rubric asks for no evidence."
	case listed == 0:
		return "Self-assessed: " + answered + ", and no evidence listed."
	case checked == listed:
		return fmt.Sprintf("Self-assessed: %s. A reader has opened all of the evidence (%s).", answered, diag.Plural(listed, "item"))
	case checked == 0:
		return fmt.Sprintf("Self-assessed: %s. No reader has opened the evidence (%s): it counts as the record describes it.", answered, diag.Plural(listed, "item"))
	}
	return fmt.Sprintf("Self-assessed: %s. A reader has opened %d of the %d items of evidence; the rest counts as the record describes it.", answered, checked, listed)
}

func (b *builder) briefEvidence() BriefPart {
	part := BriefPart{ID: "expiring", Title: "What to watch"}
	if n := len(b.unsupported().Rows); n > 0 {
		part.Items = append(part.Items, BriefItem{Text: diag.Plural(n, "claim") + " that the evidence does not carry.", Tone: Caution})
	}
	matters := slices.DeleteFunc(slices.Clone(b.a.Expiring), func(e plan.Expiry) bool { return b.thenText(e.Last, e.Then) == unchanged })
	for k, e := range matters {
		if k == 2 {
			n := len(matters) - k
			part.More = fmt.Sprintf("%d more that %s something %s out within %d days.", n, agreeing(n, "carries", "carry"), agreeing(n, "runs", "run"), plan.Soon)
			break
		}
		part.Items = append(part.Items, BriefItem{Lead: e.Item.Title, Text: fmt.Sprintf("runs out after %s. Then %s.", e.Expires, b.thenText(e.Last, e.Then)), Tone: Caution})
	}
	return part
}

// named puts the names that the record gives in the place of the words for who must act.
func (b *builder) named(actor string) string {
	inn := b.res.Record.Innovation
	if inn.Supplier != nil && inn.Supplier.Name != "" {
		return strings.Replace(actor, "supplier", inn.Supplier.Name, 1)
	}
	if inn.Owner != nil && inn.Owner.Name != "" {
		return strings.Replace(actor, "owner", inn.Owner.Name, 1)
	}
	return actor
}

// briefAccountable names those who answer for it.
func (b *builder) briefAccountable() BriefPart {
	part := b.briefFacts("accountable", "Who answers for it", rubric.PartAccountable)
	if len(part.Items) > 1 {
		part.Items, part.More = part.Items[:1], fmt.Sprintf("%d more follow.", len(part.Items)-1)
	}
	return part
}

// briefBenefits says when gains are expected.
func (b *builder) briefBenefits() BriefPart {
	return b.briefFacts("benefit-timeline", "When benefits come", rubric.PartBenefitTimeline)
}

// briefFacts are the answers of a part of the rubric, as in the section of the same name.
func (b *builder) briefFacts(id, title, part string) BriefPart {
	p := BriefPart{ID: id, Title: title}
	for _, row := range b.led(id, title, part).Rows {
		p.Items = append(p.Items, BriefItem{Lead: strings.TrimSuffix(row[0].Text, "?"), Text: row[1].Text, Tone: row[1].Tone})
	}
	return p
}
