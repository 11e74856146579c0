package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// CaseFailure is what there is to say about an expectation of a case that does not hold. It speaks to the author of the
// rubric, in the rubric's own ids.
type CaseFailure struct {
	Place            diag.Place
	Case, What, Cite string
	// Text is what was expected, and what was got.
	Text string
	// Why is how the engine came to what it got, a line each; a line that begins with spaces belongs to the one before.
	Why []string
}

// Failure explains an expectation that does not hold.
func Failure(f cases.Failure) CaseFailure {
	x := explainer{res: f.Result, m: f.Result.Model, w: newWords(f.Result)}
	x.explain(f)
	text := fmt.Sprintf("expected %s, got %s", f.Want, f.Got)
	return CaseFailure{Place: f.Place, Case: f.Case.Name, What: looksAt(f.Expectation), Cite: f.Case.Cites, Text: text, Why: x.lines}
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
	met, of := x.res.MetOf(i, basis)
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

// duty lists the leaves of one duty.
func (x *explainer) duty(name string) {
	for i := range x.m.Nodes {
		if n, c := &x.m.Nodes[i], &x.res.Criteria[i]; n.IsLeaf() && n.Duty == name && c.Counts() {
			x.say("  %s: %s", n.ID, x.standing(i))
		}
	}
	if len(x.lines) == 0 {
		x.say("nothing that counts is the part of the %s", name)
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

// state says what decides whether a criterion applies, from the root down, and what the case answers.
func (x *explainer) state(i int) {
	for _, above := range x.path(i) {
		x.conditions(above, above == i)
	}
	if c := &x.res.Criteria[i]; len(c.Missing) > 0 {
		x.say("not known: %s", strings.Join(c.Missing, ", "))
	}
	if x.isGroup(i) {
		x.say("it holds:")
		for _, child := range x.m.Nodes[i].Children {
			x.say("  %s: %s", x.m.Nodes[child].ID, x.res.Criteria[child].State)
		}
		return
	}
	if n := &x.m.Nodes[i]; n.Price != nil {
		x.price(n)
		return
	}
	if n := &x.m.Nodes[i]; n.IsRule() {
		x.condition("rule", n.Source.Rule, x.rubricOf(i))
		return
	}
	x.say("%s", x.answer(i))
	x.findings(x.m.Nodes[i].Name)
}

// price says how the price that the case states is scored.
func (x *explainer) price(n *score.Node) {
	switch p := x.res.Record.Innovation.Price; {
	case p == nil:
		x.say("the case states no price")
	case n.Price.Relative():
		x.say("the case states a price of %s; the model %s needs other bids", p.Amount, n.Price.Model)
	default:
		ceiling, floor := n.Price.Ends()
		x.say("the case states a price of %s; (%s - price) / (%s - %s), from 0 to 1", p.Amount, ceiling, ceiling, floor)
	}
}

func (x *explainer) path(i int) []int {
	var up []int
	for ; i >= 0; i = x.m.Nodes[i].Parent {
		up = append(up, i)
	}
	slices.Reverse(up)
	return up
}

// conditions are the `when` and the `from_stage` of a node; those of a group above it say whose they are.
func (x *explainer) conditions(i int, itself bool) {
	n := &x.m.Nodes[i]
	if n.Source == nil {
		return
	}
	of := ""
	if !itself {
		of = " of " + n.ID
	}
	owner := i
	if n.Root {
		owner = n.Parent // what stands beside `use` is in the words of the rubric that uses
	}
	x.condition("when"+of, n.Source.When, x.rubricOf(owner))
	x.fromStage("from_stage"+of, n.Source.FromStage)
}

// condition writes a condition with what it read.
func (x *explainer) condition(key, text, owner string) {
	if text == "" {
		return
	}
	x.say("%s: %s", key, strings.Join(strings.Fields(text), " "))
	parsed, _ := expr.Parse(text, diag.Place{})
	if parsed == nil {
		return
	}
	var told []string
	parsed.Tests(func(t *expr.Test, _ bool) {
		defer func() { told = append(told, x.lacking(t, owner)...) }()
		if line := "  " + x.read(t, owner); !slices.Contains(told, line) {
			told = append(told, line)
		}
	})
	x.lines = append(x.lines, told...)
}

// lacking names, where a test asks whether a group is met, the criteria in it that are not.
func (x *explainer) lacking(t *expr.Test, owner string) []string {
	i, ok := x.m.Lookup(owner + "/" + t.Name)
	if t.Read != "met" || !ok || x.m.Nodes[i].IsLeaf() || x.res.Met(i) {
		return nil
	}
	var lines []string
	for j := i + 1; j < x.m.Nodes[i].End; j++ {
		n, c := &x.m.Nodes[j], &x.res.Criteria[j]
		if !n.IsLeaf() || !c.Counts() || x.res.Met(j) {
			continue
		}
		lines = append(lines, fmt.Sprintf("    %s is %s", n.ID, x.standing(j)))
		for _, u := range c.Unmet {
			lines = append(lines, fmt.Sprintf("      evidence rule %d: %s", u.Number, x.w.unmet(j, u)))
		}
	}
	return lines
}

func (x *explainer) fromStage(key, stage string) {
	if stage != "" {
		x.say("%s: %s; %s", key, stage, x.stage())
	}
}

func (x *explainer) stage() string {
	if s := x.res.Record.Innovation.Stage; s != "" {
		return "the stage is " + s
	}
	return "the stage is not stated"
}

// read says what a test of a condition read.
func (x *explainer) read(t *expr.Test, owner string) string {
	switch t.Read {
	case "facts":
		return x.fact(t.Name)
	case "stage", "stage_at_least":
		return x.stage()
	case "as_of":
		return "the day is " + x.res.AsOf.String()
	}
	i, ok := x.m.Lookup(owner + "/" + t.Name)
	if !ok {
		i, ok = x.m.Lookup(t.Name)
	}
	if !ok {
		return t.Text
	}
	return x.m.Nodes[i].ID + " is " + x.standing(i)
}

func (x *explainer) fact(name string) string {
	for _, e := range x.res.Record.Innovation.Facts {
		if e.Key == name && !e.Empty {
			text := "facts." + name + " is " + e.Value.Value
			if len(x.res.Facts[name]) > 0 {
				text += ", and not shown: " + x.w.unmetFact(name)
			}
			return text
		}
	}
	return "facts." + name + " is not stated"
}

// standing says in few words how a criterion stands.
func (x *explainer) standing(i int) string {
	n, c := &x.m.Nodes[i], &x.res.Criteria[i]
	carried, known := c.Number(score.Evidenced)
	claimed, _ := c.Number(score.Claimed)
	switch {
	case known && !claimed.Equal(carried):
		return fmt.Sprintf("at %s, claimed %s", x.number(i, carried), x.number(i, claimed))
	case known:
		return "at " + x.number(i, carried)
	case n.IsLeaf(), !c.Scored():
		return c.State.String()
	}
	got, _ := x.res.Counted(i, score.Evidenced)
	best, _ := x.res.Counted(i, score.AtBest)
	return fmt.Sprintf("%s, with a score of %s, at best %s", c.State, got, best)
}

// rubricOf is the full name of the rubric that node i is written in.
func (x *explainer) rubricOf(i int) string {
	for ; i > 0 && !x.m.Nodes[i].Root; i = x.m.Nodes[i].Parent {
	}
	return x.m.Nodes[max(i, 0)].Name
}

// answer is what the case says of a leaf.
func (x *explainer) answer(i int) string {
	n := &x.m.Nodes[i]
	for _, e := range x.res.Record.Innovation.Answers {
		if e.Key != n.Name && e.Key != n.ID || e.Empty {
			continue
		}
		switch a := e.Value; {
		case a.Unknown:
			return "the case answers: unknown"
		case a.NA != "":
			return "the case answers: not applicable, " + a.NA
		case a.Level.One != "":
			return "the case answers: " + a.Level.One
		}
		return "the case answers it"
	}
	return "the case does not answer it"
}

// findings are what the case says without effect about something of a name.
func (x *explainer) findings(name string) {
	short := name[strings.LastIndex(name, "/")+1:]
	for _, d := range x.res.Findings {
		if strings.Contains(d.Message, fmt.Sprintf("%q", name)) || strings.Contains(d.Message, fmt.Sprintf("%q", short)) {
			x.say("%s", d.Message)
		}
	}
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

func (x *explainer) gate(r *score.GateResult) {
	g := r.Gate
	owner := g.Name[:max(strings.LastIndex(g.Name, "/"), 0)]
	x.belongs(owner)
	switch {
	case g.Source != nil:
		x.condition("needs", g.Source.Needs, owner)
		x.condition("when", g.Source.When, owner)
		x.fromStage("from_stage", g.Source.FromStage)
		if g.Otherwise.Word == "conditional" {
			x.say("otherwise: conditional")
		}
	case len(g.Reads) > 0:
		i := g.Reads[0]
		x.say("minimum of %s: %s", x.m.Nodes[i].ID, x.m.Nodes[i].Source.Minimum)
		x.say("  %s is %s", x.m.Nodes[i].ID, x.standing(i))
	}
	if len(r.Missing) > 0 {
		x.say("not known: %s", strings.Join(r.Missing, ", "))
	}
	if w := r.Waiver; w != nil {
		x.say("waived by %s until %s", w.Owner, w.Expires)
	}
	x.findings(g.Name)
}

// belongs tells of a rubric in use that does not apply: neither do its gates and flags.
func (x *explainer) belongs(owner string) {
	if i, ok := x.m.Lookup(owner); ok && i > 0 && x.res.Criteria[i].State != score.Answered {
		x.say("it belongs to %s, which is %s", owner, x.res.Criteria[i].State)
	}
}

func (x *explainer) flag(r *score.FlagResult) {
	owner := r.Flag.Name[:max(strings.LastIndex(r.Flag.Name, "/"), 0)]
	x.belongs(owner)
	x.condition("when", r.Flag.Source.When, owner)
	x.fromStage("from_stage", r.Flag.Source.FromStage)
	if len(r.Missing) > 0 {
		x.say("not known: %s", strings.Join(r.Missing, ", "))
	}
}

// band says what the score alone gives, and what lowers it.
func (x *explainer) band() {
	v, root := x.res.Verdict, &x.m.Nodes[0]
	if v.Band == nil {
		x.say("the rubric has no bands")
		return
	}
	got, ok := x.res.Counted(0, score.Evidenced)
	if ok {
		x.say("the score alone, %s, gives %s:", got, v.ScoreBand.ID)
	} else {
		x.say("there is no score, which gives %s:", v.ScoreBand.ID)
	}
	for _, b := range root.Bands {
		line := fmt.Sprintf("  %s from %s", b.ID, b.From)
		if b.FromStage >= 0 {
			line += fmt.Sprintf(", not before stage %s; %s", x.m.Stages[b.FromStage], x.stage())
		}
		x.lines = append(x.lines, line)
	}
	x.caps()
}

// caps are the gates and flags that limit the band, each with the band that it leaves.
func (x *explainer) caps() {
	before := len(x.lines)
	lowest := x.m.Nodes[0].Bands[0].ID
	for _, r := range x.res.Gates {
		stands := r.Outcome == score.Fail || r.Outcome == score.Undecided && r.Gate.Otherwise.Word != "conditional"
		if to := r.Gate.Cap; stands && to != nil {
			x.say("gate %s is %s: at most %s", r.Gate.Name, r.Outcome, to.ID)
		} else if stands {
			x.say("gate %s is %s: %s", r.Gate.Name, r.Outcome, lowest)
		}
	}
	for _, r := range x.res.Flags {
		if raised := r.Raised == expr.True; r.Flag.Caps() && (raised || r.Raised == expr.Unknown) {
			x.say("flag %s is %s: at most %s", r.Flag.Name, map[bool]string{true: "raised", false: "unknown"}[raised], r.Flag.Cap.ID)
		}
	}
	if len(x.lines) == before {
		x.say("no gate or flag limits it")
	}
}

// headline lists what would come before the band.
func (x *explainer) headline() {
	for _, r := range x.res.Gates {
		if r.Outcome != score.Pass && r.Outcome != score.NotRelevant {
			line := fmt.Sprintf("gate %s is %s", r.Gate.Name, r.Outcome)
			if len(r.Missing) > 0 {
				line += ", not known: " + strings.Join(r.Missing, ", ")
			}
			x.lines = append(x.lines, line)
		}
	}
	if len(x.lines) == 0 {
		x.say("every gate that applies passes")
	}
	least := "0.5"
	if given := x.m.Rubric.MinAnswered; given != nil {
		least = given.String()
	}
	if root := &x.m.Nodes[0]; !x.res.Criteria[0].Scored() && !root.Profile() {
		x.say("there is no score, so that it is incomplete")
	}
	t := x.res.Answered
	x.say("%d of %d answered; below a share of %s it is incomplete", t.Answered, t.Expected, least)
	if v := x.res.Verdict; v.Band != nil {
		x.say("the band is %s", v.Band.ID)
	}
}

// answered lists the leaves with weight, by how they stand.
func (x *explainer) answered() {
	by := map[score.State][]string{}
	var visit func(i int)
	visit = func(i int) {
		if !x.isGroup(i) {
			state := x.res.Criteria[i].State
			by[state] = append(by[state], x.m.Nodes[i].ID)
		}
		for _, child := range x.m.Nodes[i].Children {
			if x.m.Nodes[child].Weight.Sign() > 0 {
				visit(child)
			}
		}
	}
	visit(0)
	for state := score.Answered; state <= score.DoesNotApply; state++ {
		if ids := by[state]; len(ids) > 0 {
			part := ""
			if !state.Counts() {
				part = ", not expected"
			}
			x.say("%s%s: %s", state, part, strings.Join(ids, ", "))
		}
	}
}
