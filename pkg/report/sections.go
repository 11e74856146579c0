package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

func cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, t := range texts {
		row[i].Text = t
	}
	return row
}

// gates are those that do not pass, the gravest first.
func (b *builder) gates() Section {
	s := Section{
		ID: "gates", Title: "What holds it back",
		Columns: []Column{{Title: "Gate", Share: 3}, {Title: "Now", Share: 3}, {Title: "Why it matters", Share: 6}, {Title: "To act"}},
	}
	for _, o := range []score.Outcome{score.Fail, score.Undecided, score.Conditional} {
		for _, r := range b.gatesThat(o) {
			s.Rows = append(s.Rows, b.gate(r))
		}
	}
	return s
}

// gatesThat are the gates with an outcome: those that hold everything back before those that cap.
func (b *builder) gatesThat(o score.Outcome) []score.GateResult {
	var whole, capping []score.GateResult
	for _, r := range b.res.Gates {
		switch {
		case r.Outcome != o:
		case r.Gate.Otherwise.Cap == "":
			whole = append(whole, r)
		default:
			capping = append(capping, r)
		}
	}
	return append(whole, capping...)
}

func (b *builder) gate(r score.GateResult) []Cell {
	row := cells(r.Gate.Title, b.gateNow(r), r.Gate.Because+b.gateEffect(r), duty(r.Gate.Duty))
	row[0].Tone = Caution
	if r.Outcome == score.Fail && r.Gate.Otherwise.Cap == "" {
		row[0].Tone = b.bad()
	}
	return row
}

func (b *builder) gateNow(r score.GateResult) string {
	if r.Outcome == score.Undecided {
		return "not known: " + b.w.missing(r.Missing)
	}
	var parts []string
	for _, want := range r.Gate.Wants {
		title := ""
		if len(r.Gate.Wants) > 1 {
			title = b.m.Nodes[want.Node].Title + ": "
		}
		parts = append(parts, fmt.Sprintf("%s%s, needs %s", title, b.standing(want.Node), quote(b.w.level(want.Node, want.Level))))
	}
	text := strings.Join(parts, ". ")
	if w := r.Waiver; w != nil {
		text += fmt.Sprintf(". Waived until %s by the %s: %s", w.Expires, b.m.Role(w.Owner).Title, w.Reason)
	}
	return text
}

// standing is the level that counts; what is claimed beyond it stands in a table of its own.
func (b *builder) standing(i int) string {
	if c := &b.res.Criteria[i]; c.State == score.Answered {
		return quote(b.w.level(i, c.Level))
	}
	return b.w.stands(i)
}

// gateEffect says what the gate does, where that is not to hold everything back.
func (b *builder) gateEffect(r score.GateResult) string {
	if r.Outcome == score.Conditional || r.Gate.Otherwise.Cap == "" {
		return ""
	}
	for _, band := range b.m.Nodes[0].Bands {
		if band.ID == r.Gate.Otherwise.Cap {
			return fmt.Sprintf(" Limits the result to %s.", quote(band.Label))
		}
	}
	return ""
}

// mostSteps is how many next steps a tired reader is given.
const mostSteps = 5

func (b *builder) steps() Section {
	s := Section{
		ID: "next-steps", Title: "Next steps",
		Columns: []Column{{Title: "", Right: true}, {Title: "Points", Right: true}, {Title: "Do this", Share: 6}, {Title: "Who can help", Share: 3}},
	}
	for i, step := range b.a.Steps[:min(len(b.a.Steps), mostSteps)] {
		s.Rows = append(s.Rows, cells(fmt.Sprintf("%d.", i+1), gain(step.Gain), b.stepText(step), b.stepWho(step)))
	}
	if rest := len(b.a.Steps) - mostSteps; rest > 0 {
		s.Note = fmt.Sprintf("The first %d of %d; gates come first, then what gains most for the effort.", mostSteps, len(b.a.Steps))
	}
	return s
}

func (b *builder) stepText(s plan.Step) string {
	text := b.m.Nodes[s.Node].Title + ": " + b.adviceText(s)
	switch {
	case s.Opens:
		text += " This opens the gate."
	case len(s.Towards) > 0:
		text += " This is on the way through a gate."
	case s.Clears:
		text += " This helps to clear a warning sign that caps the result."
	}
	return text
}

func (b *builder) adviceText(s plan.Step) string {
	if s.Advice != nil {
		return s.Advice.Advice
	}
	return b.showText(s)
}

// showText asks for the evidence that a claim lacks.
func (b *builder) showText(s plan.Step) string {
	var wanted []string
	for _, u := range s.Show {
		wanted = append(wanted, b.w.needs(u.Rule))
	}
	return fmt.Sprintf("show the evidence for %s: %s.", quote(b.w.level(s.Node, s.To)), strings.Join(wanted, "; and "))
}

func (b *builder) stepWho(s plan.Step) string {
	var who []string
	if a := b.m.Nodes[s.Node].Scale.Levels[s.To].Advice; a != nil {
		for _, id := range a.Help {
			who = append(who, b.m.Role(id).Title)
		}
	}
	text := strings.Join(who, ", ")
	d := b.m.Nodes[s.Node].Duty
	ownIdea := d == "supplier" && b.res.Record.Innovation.Supplier == nil
	if d == "" || d == "shared" || ownIdea {
		return text
	}
	return strings.TrimSuffix(fmt.Sprintf("for the %s to do; %s", d, text), "; ")
}

// helpers are the roles named in the steps shown, and where to find them.
func (b *builder) helpers() Section {
	s := Section{
		ID: "helpers", Title: "Where to find help",
		Columns: []Column{{Title: "Who", Share: 3}, {Title: "Where", Share: 6}},
	}
	var ids []string
	for _, step := range b.a.Steps[:min(len(b.a.Steps), mostSteps)] {
		if a := b.m.Nodes[step.Node].Scale.Levels[step.To].Advice; a != nil {
			ids = appendNew(ids, a.Help)
		}
	}
	for _, id := range ids {
		if role := b.m.Role(id); role.Find != "" {
			s.Rows = append(s.Rows, cells(role.Title, role.Find))
		}
	}
	return s
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
		s.Rows = append(s.Rows, cells(b.m.Nodes[i].Title, b.w.level(i, c.ClaimedLevel), b.w.level(i, c.Level), b.whyCapped(i, lowestUnmet(c.Unmet))))
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
			row := cells("not known", "Not ruled out yet: "+lower(r.Flag.Source.Say)+b.flagEffect(r), "Answer "+b.w.missing(r.Missing)+".")
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
	row := cells(r.Flag.Source.Severity, r.Flag.Source.Say+b.flagEffect(r), r.Flag.Source.Clears)
	if r.Flag.Source.Severity == "high" {
		row[0].Tone = b.bad()
	}
	return row
}

func (b *builder) flagEffect(r score.FlagResult) string {
	for _, band := range b.m.Nodes[0].Bands {
		if r.Flag.Caps() && band.ID == r.Flag.Source.Effect.Cap {
			return fmt.Sprintf(" Limits the result to %s.", quote(band.Label))
		}
	}
	return ""
}

// unknown are the questions without an answer, and the facts that are not stated. They are not zero: they are asked.
func (b *builder) unknown() Section {
	s := Section{
		ID: "unknown", Title: "Not known", Note: "Counted as nothing until it is answered.",
		Columns: []Column{{Title: "Criterion", Share: 3}, {Title: "Question", Share: 6}, {Title: "To act"}},
	}
	var facts []string
	for i := range b.m.Nodes {
		n, c := &b.m.Nodes[i], &b.res.Criteria[i]
		if n.IsLeaf() && c.State == score.Unanswered {
			s.Rows = append(s.Rows, cells(n.Title, n.Source.Ask, duty(n.Duty)))
		}
		if c.State == score.MayApply {
			facts = appendNew(facts, c.Missing)
		}
	}
	for _, name := range facts {
		s.Rows = append(s.Rows, cells(b.w.missing([]string{name}), "Decides whether "+b.decides(name)+" applies.", "shared"))
	}
	return s
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
		Columns: []Column{{Title: "Evidence", Share: 4}, {Title: "Last day"}, {Title: ""}, {Title: "Carries", Share: 4}},
	}
	for _, e := range b.a.Expiring {
		var titles []string
		for _, i := range e.Nodes {
			titles = append(titles, b.m.Nodes[i].Title)
		}
		s.Rows = append(s.Rows, cells(e.Item.Title, e.Expires.String(), inDays(b.res.AsOf, e.Expires), strings.Join(titles, ", ")))
	}
	return s
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
		return fmt.Sprintf("%s rises to %s, with evidence", b.m.Nodes[c.Node].Title, quote(b.w.level(c.Node, c.Level)))
	case c.Renewed != nil:
		return fmt.Sprintf("%s (%s) is renewed", c.Renewed.Title, c.Renewed.ID)
	default:
		return fmt.Sprintf("the answer to %s is %s", b.w.missing([]string{c.Fact}), c.Value)
	}
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
	if v.Band == nil {
		return "scored"
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
	}{{score.NotYetExpected, "Not expected yet"}, {score.DoesNotApply, "Does not apply"}, {score.NotApplicable, "Not applicable"}} {
		var titles []string
		for i := range b.m.Nodes {
			if n, c := &b.m.Nodes[i], &b.res.Criteria[i]; n.IsLeaf() && c.State == group.state {
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

// detail is every criterion, in the rubric's order.
func (b *builder) detail() Section {
	s := Section{
		ID: "detail", Title: "Every criterion",
		Columns: []Column{
			{Title: "Criterion", Share: 3}, {Title: "Claimed", Share: 2}, {Title: "Counts as", Share: 2}, {Title: "Points", Right: true},
			{Title: "Why, evidence and sources", Share: 7},
		},
	}
	for i := range b.m.Nodes {
		s.Rows = append(s.Rows, b.detailRow(i))
	}
	return s
}

func (b *builder) detailRow(i int) []Cell {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	if !n.IsLeaf() {
		row := cells(n.Title, b.score(i, score.Claimed), b.score(i, score.Evidenced), b.points(i), "Combined by "+n.Combine()+b.share(i)+".")
		for j := range row {
			row[j].Tone = Faint
		}
		return row
	}
	claimed, counts := "–", b.w.stands(i)
	if c.State == score.Answered {
		claimed, counts = b.w.level(i, c.ClaimedLevel), b.w.level(i, c.Level)
	}
	return cells(n.Title, claimed, counts, b.points(i), b.explained(i))
}

func (b *builder) share(i int) string {
	if c := &b.res.Criteria[i]; c.Share != nil {
		return ", " + percent(*c.Share) + " of the whole"
	}
	return ""
}

func (b *builder) points(i int) string {
	c := &b.res.Criteria[i]
	switch {
	case c.Contribution == nil:
		return "–"
	case c.State == score.Unanswered || c.State == score.MayApply:
		return notKnown
	}
	return c.Contribution[score.Evidenced].Fixed(1)
}

// explained says why a leaf counts as it does, and what that rests on.
func (b *builder) explained(i int) string {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	var parts []string
	if c.State == score.Answered && n.Scale.Levels[c.Level].Seen != "" {
		parts = append(parts, n.Scale.Levels[c.Level].Seen)
	}
	if c.Because != "" {
		parts = append(parts, "They say: "+c.Because)
	}
	if len(c.Unmet) > 0 {
		parts = append(parts, "Capped: "+b.whyCapped(i, c.Unmet))
	}
	if len(c.Evidence) > 0 {
		var ids []string
		for _, item := range c.Evidence {
			ids = append(ids, item.ID)
		}
		parts = append(parts, "Evidence: "+strings.Join(ids, ", ")+".")
	}
	if sources := sourcesOf(n.Source.Maps); len(sources) > 0 {
		parts = append(parts, "Sources: "+strings.Join(sources, ", ")+".")
	}
	return strings.Join(parts, " ")
}

func sourcesOf(maps []rubric.Map) []string {
	var sources []string
	for _, m := range maps {
		sources = append(sources, m.To)
	}
	return sources
}

// Summary is one line for each of several reports.
func Summary(reports []*Report) Section {
	s := Section{
		ID: "summary", Title: diag.Plural(len(reports), "innovation"),
		Columns: []Column{{Title: "Innovation", Share: 4}, {Title: "Headline", Share: 4}, {Title: "Evidenced", Right: true}, {Title: "Claimed", Right: true}, {Title: "At best", Right: true}},
	}
	for _, r := range reports {
		row := cells(r.Name, strings.TrimSuffix(r.Headline.Word+": "+r.Headline.Text, ": "), r.Headline.Scores[0].Text, r.Headline.Scores[1].Text, r.Headline.Scores[2].Text)
		row[1].Tone = r.Headline.Tone
		s.Rows = append(s.Rows, row)
	}
	return s
}
