package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// CaseFailure is what there is to say about an expectation of a case that does not hold. It speaks to the author of the
// rubric, in the rubric's own ids.
type CaseFailure struct {
	Place            diag.Place
	Case, What, Cite string
	// Aspect and Name are what What is made of; Name is "" of the whole.
	Aspect, Name string
	// Text is what was expected, and what was got; Want and Got are what it is made of.
	Text, Want, Got string
	// Why is how the engine came to what it got, a line each; a line that begins with spaces belongs to the one before.
	Why []string
}

// Failure explains an expectation that does not hold.
func Failure(f cases.Failure) CaseFailure {
	x := explainer{res: f.Result, m: f.Result.Model, w: newWords(f.Result)}
	x.explain(f)
	text := fmt.Sprintf("expected %s, got %s", f.Want, f.Got)
	return CaseFailure{
		Place: f.Place, Case: f.Case.Name, What: looksAt(f.Expectation), Cite: f.Case.Cites, Aspect: string(f.Aspect), Name: f.Name,
		Text: text, Want: f.Want, Got: f.Got, Why: x.lines,
	}
}

// looksAt names what an expectation looks at: `score`, `net-burden: level`, `gate safety-case`, `answered.expected`.
func looksAt(e cases.Expectation) string {
	switch {
	case e.Name == "":
		return string(e.Aspect)
	case e.Aspect == cases.Gate || e.Aspect == cases.Flag:
		return string(e.Aspect) + " " + e.Name
	case e.Aspect == cases.AnsweredOf || e.Aspect == cases.ByDuty:
		return string(e.Aspect) + "." + e.Name
	case e.Aspect == cases.Counts:
		return "counts of " + e.Name
	}
	return e.Name + ": " + string(e.Aspect)
}

// explainer gathers the lines that say why a result is as it is.
type explainer struct {
	res   *score.Result
	m     *score.Model
	w     words
	lines []string
}

func (x *explainer) say(format string, args ...any) {
	x.lines = append(x.lines, fmt.Sprintf(format, args...))
}

func (x *explainer) explain(f cases.Failure) {
	switch f.Aspect {
	case cases.Score:
		x.score(f.Index, score.Evidenced)
	case cases.Claimed:
		x.score(f.Index, score.Claimed)
	case cases.Potential:
		x.score(f.Index, score.AtBest)
	case cases.Band:
		x.band()
	case cases.Headline:
		x.headline()
	case cases.AnsweredOf:
		x.answered()
	case cases.State, cases.Missing:
		x.state(f.Index)
	case cases.Level:
		x.level(f.Index)
	case cases.ClaimedLevel:
		x.claim(f.Index)
	case cases.Met:
		x.met(f.Index)
	case cases.Gate:
		x.gate(&x.res.Gates[f.Index])
	case cases.Flag:
		x.flag(&x.res.Flags[f.Index])
	case cases.Rung, cases.Ahead, cases.Counts:
		x.children(&x.m.Nodes[f.Index], score.Evidenced)
	case cases.ByDuty:
		x.duty(f.Name)
	}
}

// score says what a score is made of: of a leaf its level, of a group the scores and weights of its children.
func (x *explainer) score(i int, basis score.Basis) {
	n, c := &x.m.Nodes[i], &x.res.Criteria[i]
	switch {
	case !x.isGroup(i) && c.State == score.Unanswered:
		x.say("not known counts as the %s", map[bool]string{true: "best", false: "worst"}[basis == score.AtBest])
		x.state(i)
	case !x.isGroup(i) && basis == score.Evidenced:
		x.level(i)
	case !x.isGroup(i):
		x.claim(i)
	case n.Profile():
		x.say("a profile has no score")
	case !c.Scored():
		x.say("nothing below it has a part in the score:")
		x.children(n, basis)
	case c.Withheld != nil:
		x.say("%s", withheldText(c.Withheld))
		x.children(n, basis)
	default:
		x.say("%s of what counts%s%s:", n.Combine(), scaleOf(n), x.metOf(i, basis))
		x.children(n, basis)
		x.policy(i, basis)
	}
}

// metOf tells how many of the parts count as met, where that makes the score.
func (x *explainer) metOf(i int, basis score.Basis) string {
	met, of := x.w.metOf(i, basis)
	switch x.m.Nodes[i].Combine() {
	case "ladder":
		climbed, _ := x.res.Criteria[i].Value(basis).Mul(exact.Int(int64(of))).Whole()
		return fmt.Sprintf(", %d of %d reached without a gap", climbed, of)
	case "all", "any", "count":
		return fmt.Sprintf(", %d of %d met", met, of)
	}
	return ""
}

// policy tells of a score that is not shown as it counts.
func (x *explainer) policy(i int, basis score.Basis) {
	shown, _ := x.res.Score(i, basis)
	if counted, _ := x.res.Counted(i, basis); !counted.Equal(shown) {
		x.say("with what is not known as the worst it is %s; the group shows it under `unknown:`", counted)
	}
}

func (x *explainer) isGroup(i int) bool { return len(x.m.Nodes[i].Children) > 0 || x.m.Nodes[i].Root }

// scaleOf tells the range of a group that is not shown from 0 to 100.
func scaleOf(n *score.Node) string {
	low, high := n.Shown(exact.Zero), n.Shown(exact.One)
	if low.IsZero() && high.Equal(exact.Hundred) {
		return ""
	}
	return fmt.Sprintf(", shown from %s to %s", low, high)
}

func (x *explainer) children(n *score.Node, basis score.Basis) {
	for _, i := range n.Children {
		x.say("  %s: %s", x.m.Nodes[i].ID, x.part(n, i, basis))
	}
}

// part is what one child brings to a group.
func (x *explainer) part(parent *score.Node, i int, basis score.Basis) string {
	n, c := &x.m.Nodes[i], &x.res.Criteria[i]
	got, scored := x.res.Counted(i, basis)
	switch {
	case !scored && n.Profile() && c.Counts():
		return "a profile: " + x.w.profile(i)
	case !scored:
		return "no part, " + c.State.String()
	case n.Weight.Sign() <= 0:
		return got.String() + ", no part, weight 0"
	}
	text := got.String()
	if parent.Combine() == "sum" {
		return x.points(i, basis)
	}
	if x.isGroup(i) {
		text += strings.Replace(scaleOf(n), ", shown", "", 1)
	}
	text += ", weight " + n.Weight.String()
	if c.Weight != nil {
		text += " (" + percent(*c.Weight) + ")"
	}
	if basis == score.Evidenced && slices.Contains([]string{"all", "any", "count", "ladder"}, parent.Combine()) {
		text += map[bool]string{true: ", met", false: ", not met"}[x.res.Met(i)]
	}
	if c.State != score.Answered {
		text += ", " + c.State.String()
	}
	return text
}

// points is what a child brings to a sum.
func (x *explainer) points(i int, basis score.Basis) string {
	n, c := &x.m.Nodes[i], &x.res.Criteria[i]
	text := fmt.Sprintf("%s of %s points", n.Points(c.Value(basis)), n.Points(exact.One))
	if worst := n.Points(exact.Zero); !worst.IsZero() {
		text = fmt.Sprintf("%s points, from %s to %s", n.Points(c.Value(basis)), worst, n.Points(exact.One))
	}
	if c.State != score.Answered {
		text += ", " + c.State.String()
	}
	return text
}

// level says which evidence rules hold a claim back, and why each cited item is not accepted.
func (x *explainer) level(i int) {
	n, c := &x.m.Nodes[i], &x.res.Criteria[i]
	if c.State != score.Answered || n.IsRule() || n.Price != nil {
		x.state(i)
		return
	}
	x.claim(i)
	switch {
	case len(c.Unmet) > 0:
		for _, u := range c.Unmet {
			x.say("evidence rule %d: %s", u.Number, x.w.unmet(i, u))
		}
	case len(n.EvidenceRules()) == 0:
		x.say("no evidence rule holds for it")
	default:
		x.say("every evidence rule that the claim reaches is met")
	}
	if len(c.Unmet) == 0 && len(c.Evidence) > 0 {
		var ids []string
		for _, item := range c.Evidence {
			ids = append(ids, item.ID)
		}
		x.say("cited: %s", strings.Join(ids, ", "))
	}
}

// claim says what a leaf's answer claims.
func (x *explainer) claim(i int) {
	c := &x.res.Criteria[i]
	if n := &x.m.Nodes[i]; c.State != score.Answered || n.IsRule() || n.Price != nil {
		x.state(i)
		return
	}
	worse, _ := c.Number(score.Claimed)
	better, _ := c.Number(score.AtBest)
	text := x.number(i, worse)
	if !better.Equal(worse) {
		text += ", at best " + x.number(i, better)
	}
	if c.Respondents > 0 {
		text += ", the mean of " + diag.Plural(c.Respondents, "respondent")
	}
	x.say("claimed: %s", text)
}

// number writes a level with its label, or a number with its unit.
func (x *explainer) number(i int, number exact.Number) string {
	n := &x.m.Nodes[i]
	if n.Scale != nil && n.Scale.At(number) >= 0 {
		return number.String() + " " + quote(x.w.at(i, number))
	}
	if n.Measure != nil {
		return x.w.at(i, number)
	}
	return number.String()
}

func (x *explainer) met(i int) {
	n := &x.m.Nodes[i]
	from := "the best"
	if n.Source != nil && n.Source.Met != "" {
		from = n.Source.Met
	}
	x.say("met from: %s", from)
	x.score(i, score.Evidenced)
}
