package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/score"
)

func (b *builder) headline() Headline {
	v := b.res.Verdict
	h := Headline{}
	switch v.Headline {
	case score.GateFails:
		h.Word, h.Tone, h.Text = "HELD BACK", b.bad(), b.gateText(score.Fail)
	case score.GateUnknown:
		h.Word, h.Tone, h.Text = "CANNOT SAY YET", Caution, b.gateText(score.Undecided)
	case score.Incomplete:
		h.Word, h.Text = b.incompleteText()
		h.Tone = Caution
	case score.ConditionalBand:
		h.Word, h.Tone, h.Text = "WITH CONDITIONS", Caution, v.Band.Label+", on condition: "+b.gateText(score.Conditional)
	case score.InBand:
		h.Word, h.Tone = b.bandWord()
		h.Text = b.bandText()
	}
	h.Aside = strings.Join(b.asides(v), "; ")
	if !b.m.Nodes[0].Profile() {
		h.Scores, h.Range = b.scores(0), b.bands()
	}
	return h
}

// gateText says how the gravest gate with an outcome stands, names the others, and apart from them what only limits.
func (b *builder) gateText(o score.Outcome) string {
	gates := b.gatesThat(o)
	text := b.gateTitle(gates[0])
	var also, limits []string
	for _, r := range gates[1:] {
		if r.Gate.Otherwise.Cap == "" || o == score.Conditional { // a gate that is waived limits nothing
			also = append(also, r.Gate.Title)
		} else {
			limits = append(limits, r.Gate.Title)
		}
	}
	if n := b.cappingFlags(); n > 0 {
		limits = append(limits, diag.Plural(n, "warning sign"))
	}
	if len(also) > 0 {
		text += "; also: " + strings.Join(also, ", ")
	}
	if len(limits) > 0 {
		text += "; limited by: " + strings.Join(limits, ", ")
	}
	return text
}

// cappingFlags counts the warning signs that limit the band today.
func (b *builder) cappingFlags() int {
	n := 0
	for _, r := range b.res.Flags {
		if r.Flag.Caps() && (r.Raised == expr.True || r.Raised == expr.Unknown) {
			n++
		}
	}
	return n
}

func (b *builder) gateTitle(r score.GateResult) string {
	if r.Waiver != nil {
		return fmt.Sprintf("%s, waived until %s", r.Gate.Title, r.Waiver.Expires)
	}
	return r.Gate.Title + ": " + b.gateNow(r)
}

func (b *builder) incompleteText() (word, text string) {
	t := b.res.Answered
	if t.Expected == 0 {
		return "NOTHING TO SCORE", "no criterion applies, or is expected yet"
	}
	return "NOT ENOUGH ANSWERED", fmt.Sprintf("%d of %d answered: too few to give a result", t.Answered, t.Expected)
}

// bandWord is the band, or at the first stage, short of any other band, that there is a next step.
func (b *builder) bandWord() (string, Tone) {
	v := b.res.Verdict
	switch {
	case b.m.Nodes[0].Profile():
		return "PROFILE", Plain
	case v.Band == nil && b.m.Nodes[0].Combine() == "ladder":
		return "LADDER", Plain
	case v.Band == nil:
		return "SCORED", Plain
	case v.Index == 0 && b.early():
		return "EARLY DAYS", Plain
	case v.Index == 0:
		return strings.ToUpper(v.Band.Label), Caution
	}
	return strings.ToUpper(v.Band.Label), Good
}

func (b *builder) bandText() string {
	v := b.res.Verdict
	switch {
	case b.m.Nodes[0].Profile():
		return "read part by part; by design there is no total"
	case v.Band == nil && b.m.Nodes[0].Combine() == "ladder":
		return lower(b.ladderShape(0))
	case v.Band == nil:
		return "this rubric has no bands"
	case b.early() && v.Index == 0 && len(b.a.Steps) > 0:
		return "next: " + b.nextText(b.a.Steps[0])
	case v.ScoreBand != v.Band:
		return "a warning sign limits it"
	case v.Index == 0 && len(b.m.Nodes[0].Bands) > 1:
		return "the evidence does not reach the next band"
	}
	return ""
}

// nextText is the first step in few words: what a paper has to say stands among the steps.
func (b *builder) nextText(s plan.Step) string {
	if len(s.Show) == 0 {
		return lower(b.adviceText(s))
	}
	return fmt.Sprintf("show %s, for %s.", b.toShow(s), quote(b.m.Nodes[s.Node].Title))
}

// asides say what the score alone would give, and what else holds.
func (b *builder) asides(v score.Verdict) []string {
	var parts []string
	if v.Headline <= score.GateUnknown && v.Index > 0 {
		parts = append(parts, "as it stands: "+v.Band.Label)
	}
	if v.ScoreBand != nil && v.ScoreBand != v.Band {
		parts = append(parts, "the score alone: "+v.ScoreBand.Label)
	}
	if v.Headline <= score.GateUnknown && v.Index == 0 && v.ScoreBand == v.Band && len(b.m.Nodes[0].Bands) > 1 && !b.early() {
		parts = append(parts, "the score alone does not reach "+quote(b.m.Nodes[0].Bands[1].Label)+" either")
	}
	if e := b.firstLoss(); e != nil {
		parts = append(parts, goodUntil+e.Expires.String()+", the last day of evidence that it rests on")
	}
	if claimed := b.claimedBand(); claimed != nil {
		parts = append(parts, "claims that lack evidence do not count; they would make it "+quote(claimed.Label))
	}
	for _, also := range v.Also {
		switch also {
		case score.GateUnknown:
			parts = append(parts, "a gate cannot be decided yet")
		case score.Incomplete:
			parts = append(parts, fmt.Sprintf("only %d of %d answered", b.res.Answered.Answered, b.res.Answered.Expected))
		case score.ConditionalBand:
			parts = append(parts, "a gate is passed on condition")
		case score.GateFails, score.InBand:
		}
	}
	return parts
}

const goodUntil = "good until "

// firstLoss is the evidence that runs out first of that without which the verdict is worse; nil if there is none.
func (b *builder) firstLoss() *plan.Expiry {
	for i := range b.a.Expiring {
		if v, e := b.res.Verdict, &b.a.Expiring[i]; v.Headline >= score.ConditionalBand && v.Index > 0 && v.Better(e.Then.Verdict) {
			return e
		}
	}
	return nil
}

// claimedBand is the band that the claimed score would give, if it is above that of the evidenced one.
func (b *builder) claimedBand() *score.Band {
	claimed, ok := b.res.Counted(0, score.Claimed)
	bands := b.m.Nodes[0].Bands
	for j := len(bands) - 1; j > 0 && ok; j-- {
		if bands[j].FromStage > b.res.Record.Stage() || claimed.Less(bands[j].From) {
			continue
		}
		if b.res.Verdict.ScoreBand.From.Less(bands[j].From) {
			return &bands[j]
		}
		return nil
	}
	return nil
}

// thresholds are the numbers that a score of node i must not seem to reach.
func (b *builder) thresholds(i int) []exact.Number {
	n := &b.m.Nodes[i]
	list := []exact.Number{n.Shown(exact.Zero), n.Shown(exact.One)}
	for _, band := range n.Bands {
		list = append(list, band.From)
	}
	if met, of := n.MetFrom(); of {
		list = append(list, met)
	}
	return list
}

// scores writes the three scores of a node; without one, a dash that is not a zero.
func (b *builder) scores(i int) []Score {
	var all []Score
	for basis, name := range []string{"evidenced", "claimed", "at best"} {
		all = append(all, Score{Name: name, Text: b.score(i, score.Basis(basis))})
	}
	return all
}

func (b *builder) score(i int, basis score.Basis) string {
	x, ok := b.res.Score(i, basis)
	combine := b.m.Nodes[i].Combine()
	switch state := b.res.Criteria[i].State; {
	case b.res.Criteria[i].Withheld != nil:
		return "withheld"
	case !ok:
		return "–"
	case basis != score.AtBest && (state == score.Unanswered || state == score.MayApply):
		return notKnown
	case combine == "all" || combine == "any":
		met, of := b.w.metOf(i, basis)
		if combine == "any" && met > 0 {
			return "met"
		}
		return fmt.Sprintf("%d of %d met", met, of)
	}
	return shown(x, b.m.Nodes[i].Decimals(), b.thresholds(i))
}

// metOf counts what is met of a section: its items, also those of sections in it, and of the whole its sections.
func (w words) metOf(i int, basis score.Basis) (met, of int) {
	nodes := w.res.Model.Nodes
	for _, j := range nodes[i].Children {
		n := &nodes[j]
		switch {
		case !w.res.Criteria[j].Counts() || n.Weight.Sign() <= 0:
		case i > 0 && n.Combine() == "all" && nodes[i].Combine() == "all":
			m, o := w.metOf(j, basis)
			met, of = met+m, of+o
		default:
			of++
			if w.res.MetOn(j, basis) {
				met++
			}
		}
	}
	return met, of
}

// notKnown stands where a zero would be read as a judgement.
const notKnown = NotKnown

// NotKnown is what stands there, for formats that must tell it from a number.
const NotKnown = "not known"

// bands says where the bands above the lowest begin, and on which range.
func (b *builder) bands() string {
	root := &b.m.Nodes[0]
	var parts []string
	for j, band := range root.Bands {
		if j == 0 {
			continue
		}
		text := fmt.Sprintf("%s from %s", band.Label, band.From)
		if band.FromStage > b.res.Record.Stage() {
			text += fmt.Sprintf(" (not before stage %s)", b.m.Stages[band.FromStage])
		}
		parts = append(parts, text)
	}
	switch root.Combine() {
	case "all":
		return "every part must be met"
	case "any":
		return "one part must be met"
	}
	of := "of " + root.Shown(exact.One).String()
	if worst := root.Shown(exact.Zero); !worst.IsZero() {
		of = fmt.Sprintf("from %s to %s", worst, root.Shown(exact.One))
	}
	return strings.Join(append([]string{of}, parts...), " · ")
}

// dimensions are the root's children; a root of leaves alone has those. Profiles, which have no score, stand apart, and so
// do the leaves of one.
func (b *builder) dimensions() Dimensions {
	var d Dimensions
	top := b.top()
	var notes, points []string
	for _, i := range b.m.Nodes[top].Children {
		n := &b.m.Nodes[i]
		if n.Profile() || n.IsLeaf() && b.m.Nodes[0].Profile() {
			continue
		}
		row := b.dimension(i)
		d.Rows = append(d.Rows, row)
		if row.Share == beside {
			notes = append(notes, b.besideText(n, row))
		}
		if b.inPoints(i) {
			points = append(points, b.pointsText(n))
		}
	}
	if len(points) > 0 {
		notes = slices.Insert(notes, 0, "In points, as this rubric adds them up: "+joined(points, "and")+".")
	}
	d.Note = strings.Join(notes, " ")
	return d
}

// pointsText is the range of the points that a child of a sum can bring to it: where its bar begins and ends.
func (b *builder) pointsText(n *score.Node) string {
	decimals := b.m.Nodes[0].Decimals()
	return fmt.Sprintf("%s from %s to %s", n.Title, n.Points(exact.Zero).Fixed(decimals), n.Points(exact.One).Fixed(decimals))
}

// besideText says of what does not count that it does not, and of a whole rubric how it stands alone.
func (b *builder) besideText(n *score.Node, row Dimension) string {
	text := row.Title + " stands beside the score, and is not counted in it"
	if n.Root && n.Part == nil && row.Band != "" {
		text += "; alone it is: " + row.Band
	}
	return text + "."
}

// beside is in place of a share of what is shown and never counted.
const beside = "beside"

// drawn is how much of a bar a score fills: what is shown as a number, or nothing.
func (b *builder) drawn(i int, basis score.Basis) float64 {
	if b.res.Criteria[i].Withheld != nil {
		return 0
	}
	return b.res.ShownValue(i, basis).Float()
}

// top is the node whose children are the dimensions: the root, or the only group in it.
func (b *builder) top() int {
	top := 0
	for {
		n := &b.m.Nodes[top]
		if len(n.Children) != 1 || b.m.Nodes[n.Children[0]].IsLeaf() || b.m.Nodes[n.Children[0]].Profile() {
			return top
		}
		top = n.Children[0]
	}
}

// inPoints reports whether node i is shown in the points that it brings to a sum. What brings none has its own scale, and
// what is met or not is said so.
func (b *builder) inPoints(i int) bool {
	n := &b.m.Nodes[i]
	if n.Parent < 0 || b.m.Nodes[n.Parent].Combine() != "sum" || n.Weight.IsZero() || n.Combine() == "all" || n.Combine() == "any" {
		return false
	}
	return b.res.Criteria[i].Scored() && b.res.Criteria[i].Withheld == nil
}

// pointsOf are what a child of a sum brings to it, in points.
func (b *builder) pointsOf(i int, texts []Score) {
	for basis := range texts {
		if c := &b.res.Criteria[i]; texts[basis].Text != notKnown && b.inPoints(i) {
			texts[basis].Text = b.m.Nodes[i].Points(c.Value(score.Basis(basis))).Fixed(b.m.Nodes[0].Decimals())
		}
	}
}

// metOnly says of a leaf whether it is met, where nothing else of it counts.
func (b *builder) metOnly(i int, texts []Score) {
	for basis := range texts {
		if texts[basis].Text == notKnown || !b.m.Nodes[i].IsLeaf() || !b.res.Criteria[i].Scored() {
			continue
		}
		texts[basis].Text = "not met"
		if b.res.MetOn(i, score.Basis(basis)) {
			texts[basis].Text = "met"
		}
	}
}

func (b *builder) dimension(i int) Dimension {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	row := Dimension{Entry: i, Title: n.Title, Share: "–", Scored: c.Scored()}
	row.Known = row.Scored && c.Withheld == nil && c.State != score.Unanswered && c.State != score.MayApply
	texts := b.scores(i)
	switch b.m.Nodes[n.Parent].Combine() {
	case "sum":
		b.pointsOf(i, texts)
	case "ladder", "all", "any", "count":
		b.metOnly(i, texts)
	}
	row.Evidenced, row.Claimed, row.AtBest = texts[0].Text, texts[1].Text, texts[2].Text
	if parent := &b.m.Nodes[n.Parent]; c.Weight != nil && (parent.Adds() || parent.Combine() == "geometric") {
		row.Share = percent(*c.Weight)
	} else if c.Scored() && n.Weight.IsZero() {
		row.Share = beside
	}
	switch {
	case n.Part != nil:
		row.Band = partOf(n)
	case c.Band != nil && c.Scored() && (!b.early() || c.Band != &n.Bands[0]):
		row.Band = c.Band.Label
	case n.IsLeaf():
		row.Band = b.w.stands(i)
	default:
		row.Band = b.shape(i)
	}
	row.Filled, row.Reach, row.Possible = b.drawn(i, score.Evidenced), b.drawn(i, score.Claimed), b.drawn(i, score.AtBest)
	return row
}
