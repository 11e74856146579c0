package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Standings are how gates, warning signs that cap and criteria stand, one by one, for a list that passes or fails each.
type Standings struct {
	// Innovation and Rubric are their ids, with their versions.
	Innovation, Rubric string
	// List are the gates, then the warning signs that cap, then the criteria, each in the rubric's order.
	List []Standing
	// Said are lines on the whole: the headline, what passes on condition, the warning signs that cap nothing.
	Said []string
}

// Standing is how one of them stands.
type Standing struct {
	Kind      string // `gate`, `warning sign` or `criterion`
	ID        string // full name
	Title     string
	Judgement Judgement
	// Message says in one line why it is not satisfied; of what is, it is empty.
	Message string
	// Why are lines on what that rests on, who must act and what comes next.
	Why []string

	next string // what to do about it; may be empty
}

// Judgement is what the rubric makes of a gate or a criterion. It is never more than the rubric says: a criterion for which
// no level is said to be enough is shown and not judged.
type Judgement uint8

// Judgements. What is not known is undecided, never satisfied.
const (
	Satisfied Judgement = iota
	NotSatisfied
	Undecided
	NotJudged
)

func (b *builder) standings(r *Report) Standings {
	inn := b.res.Record.Innovation
	s := Standings{
		Innovation: strings.TrimSpace(inn.ID + " " + inn.Version), Rubric: b.m.Rubric.ID + " " + b.m.Rubric.Version,
		Said: b.nonEmpty(r),
	}
	for _, g := range b.res.Gates {
		s.List = append(s.List, b.gateStanding(g))
	}
	for _, f := range b.res.Flags {
		if f.Flag.Caps() {
			s.List = append(s.List, b.signStanding(f))
		}
	}
	for i := range b.m.Nodes {
		if b.m.Nodes[i].IsLeaf() {
			s.List = append(s.List, b.criterionStanding(i))
		}
	}
	for i := range s.List {
		s.List[i].end(b.early())
	}
	return s
}

// end ends what is open with what to do. At the first stage that comes first, and nothing fails: nobody expects an idea to be
// there yet.
func (s *Standing) end(early bool) {
	switch open := s.Judgement == NotSatisfied || s.Judgement == Undecided; {
	case !open:
		return
	case early && s.next != "":
		s.Judgement, s.Message, s.Why = NotJudged, "next: "+s.next, append([]string{sentence(capital(s.Message))}, s.Why...)
	case early:
		s.Judgement = NotJudged
	case s.next != "":
		s.Why = append(s.Why, "Next: "+s.next)
	}
}

func (b *builder) gateStanding(r score.GateResult) Standing {
	g := r.Gate
	s := Standing{Kind: "gate", ID: g.Name, Title: g.Title}
	switch r.Outcome {
	case score.Pass, score.Conditional:
		return s
	case score.NotRelevant:
		fromStage := ""
		if g.Source != nil {
			fromStage = g.Source.FromStage
		}
		s.Judgement, s.Message = NotJudged, b.notRelevant(fromStage, g.Depends)
		return s
	case score.Fail:
		s.Judgement = NotSatisfied
	case score.Undecided:
		s.Judgement = Undecided
	}
	s.Message = b.gateNow(r)
	s.Why = nonEmpty(strings.TrimSpace(sentence(g.Because)+b.gateEffect(r)), lead("To act", b.w.actor(g.Duty)))
	for _, step := range b.a.Steps {
		if slices.Contains(step.Towards, g) {
			s.next = b.m.Nodes[step.Node].Title + ": " + b.adviceText(step)
			break
		}
	}
	return s
}

// signStanding is that of a sign that caps, which limits the result as a gate does.
func (b *builder) signStanding(r score.FlagResult) Standing {
	f := r.Flag
	s := Standing{Kind: "warning sign", ID: f.Name, Title: f.Title}
	switch r.Raised {
	case expr.False:
		return s
	case expr.Absent:
		s.Judgement, s.Message = NotJudged, b.notRelevant(f.Source.FromStage, f.Reads)
		return s
	case expr.True:
		s.Judgement, s.Message = NotSatisfied, "raised"
	case expr.Unknown:
		s.Judgement, s.Message = Undecided, "not ruled out: "+b.w.missing(r.Missing)+" is not known"
	}
	s.Why = nonEmpty(sentence(f.Source.Say)+limit(f.Cap), lead("To act", b.actors(f.Reads)))
	s.next = f.Source.Clears
	return s
}

// notRelevant says why a gate or a sign is not asked of this record: the stage has not come, or what it reads drops out.
func (b *builder) notRelevant(fromStage string, reads []int) string {
	if slices.Index(b.m.Stages, fromStage) > b.res.Record.Stage() {
		return "not expected before stage " + fromStage
	}
	var out []string
	for _, i := range reads {
		if b.m.Nodes[i].IsLeaf() && !b.res.Criteria[i].Counts() {
			out = append(out, quote(b.m.Nodes[i].Title)+" "+b.w.stands(i))
		}
	}
	if len(out) == 0 {
		return "does not apply"
	}
	return "does not apply: " + strings.Join(out, "; ")
}

func (b *builder) criterionStanding(i int) Standing {
	n := &b.m.Nodes[i]
	s := Standing{Kind: "criterion", ID: n.Name, Title: n.Title}
	s.Judgement, s.Message = b.judged(i)
	if s.Judgement == NotSatisfied || s.Judgement == Undecided {
		s.Why = append(b.explanations(i), nonEmpty(lead("To act", b.w.actor(n.Duty)))...)
		s.next = b.nextFor(i)
	}
	return s
}

// judged is what the rubric makes of a leaf, and why.
func (b *builder) judged(i int) (Judgement, string) {
	switch c := &b.res.Criteria[i]; {
	case c.State == score.NotApplicable, c.State == score.NotYetExpected, c.State == score.DoesNotApply:
		return NotJudged, b.w.stands(i)
	case c.State != score.Answered && b.alternative(i):
		return NotJudged, "not asked: another answer is enough"
	case c.State == score.Unanswered:
		return Undecided, "not known: " + b.asked(i)
	case c.State == score.MayApply:
		return Undecided, "not known whether it applies: " + b.w.missing(c.Missing)
	case !c.Counts():
		return NotJudged, "not counted"
	}
	now, _ := strings.CutPrefix(b.countsAs(i), "counts as ")
	switch {
	case b.below(i, "ladder"):
		if b.res.Met(i) {
			return Satisfied, ""
		}
		return NotJudged, fmt.Sprintf("at %s: a ladder says how far it has come, and asks for no rung", now)
	case !b.enough(i):
		return NotJudged, fmt.Sprintf("at %s: shown, and not judged", now)
	case b.res.Met(i):
		return Satisfied, ""
	case b.alternative(i):
		return NotJudged, fmt.Sprintf("at %s: another answer is enough", now)
	}
	return NotSatisfied, b.countsAs(i) + ", needs " + b.needed(i)
}

// enough reports whether the rubric says what is enough of a leaf: in so many words, or by asking whether it is met. Of
// others the best level is what counts as met, and falling short of the best is no failure.
func (b *builder) enough(i int) bool {
	n := &b.m.Nodes[i]
	if n.Source.Met != "" {
		return true
	}
	switch b.m.Nodes[n.Parent].Combine() {
	case "all", "any", "count":
		return n.Weight.Sign() > 0
	}
	return false
}

// below reports whether a group around a leaf is combined so.
func (b *builder) below(i int, combine string) bool {
	for i = b.m.Nodes[i].Parent; i >= 0; i = b.m.Nodes[i].Parent {
		if b.m.Nodes[i].Combine() == combine {
			return true
		}
	}
	return false
}

// countsAs is what counts of an answer, with the claim if that is more.
func (b *builder) countsAs(i int) string {
	text := "counts as " + quote(b.w.counts(i))
	if len(b.res.Criteria[i].Unmet) > 0 {
		text += fmt.Sprintf(" (%s is claimed)", quote(b.w.claimed(i)))
	}
	return text
}

// needed is the level or number from which a leaf is met.
func (b *builder) needed(i int) string {
	at, ok := b.m.Nodes[i].MetNumber()
	switch {
	case !ok:
		return "the best"
	case b.m.Nodes[i].Scale != nil:
		return quote(b.w.at(i, at))
	}
	return quote(b.w.at(i, at)) + " or better"
}

// nextFor is the advice on a leaf; "" if there is none.
func (b *builder) nextFor(i int) string {
	for _, step := range b.a.Steps {
		if step.Node == i {
			return b.adviceText(step)
		}
	}
	return ""
}

// said is what stands above the list.
func (b *builder) nonEmpty(r *Report) []string {
	lines := nonEmpty(r.Name, r.Stage, r.Basis, headlineText(r.Headline), capital(r.Headline.Aside), scoresLine(r.Headline))
	if b.early() {
		lines = append(lines, "At stage "+b.m.Stages[0]+" nothing fails: what is open is skipped here, and says what it needs.")
	}
	for _, g := range b.gatesThat(score.Conditional) {
		lines = append(lines, fmt.Sprintf("Passed on condition: %s: %s", g.Gate.Title, b.gateNow(g)))
	}
	for _, f := range b.res.Flags {
		if f.Raised == expr.True && !f.Flag.Caps() {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("Warning sign (%s): %s %s", f.Flag.Source.Severity, sentence(f.Flag.Source.Say), lead("What clears it", f.Flag.Source.Clears))))
		}
	}
	for _, f := range b.res.Findings {
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("Said, but without effect: %s. %s", f.Message, capital(f.Hint)), " "))
	}
	return lines
}

// scoresLine is the three scores in one line; "" of a profile.
func scoresLine(h Headline) string {
	var parts []string
	for _, s := range h.Scores {
		parts = append(parts, s.Name+" "+s.Text)
	}
	between := " "
	if !strings.HasPrefix(h.Range, "of ") { // which goes on from the last score
		between = ", "
	}
	return strings.Trim(capital(strings.Join(parts, ", "))+between+h.Range, ", ")
}

// lead puts a word before a text; "" stays so.
func lead(word, s string) string {
	if s == "" {
		return ""
	}
	return word + ": " + s
}
