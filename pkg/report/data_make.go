package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// NewDocument joins the data of reports made by the same program for the same day.
func NewDocument(reports []*Report) Document {
	d := Document{Touchstone: Kind, Results: []*Data{}}
	for _, r := range reports {
		d.AsOf, d.Tool.Version = r.asOf, r.tool
		d.Results = append(d.Results, r.Data())
	}
	return d
}

func (b *builder) data(r *Report) *Data {
	inn := b.res.Record.Innovation
	listed, checked := b.evidenceCount()
	t := b.res.Answered
	d := &Data{
		Innovation: InnovationData{ID: inn.ID, Name: inn.Name, Version: inn.Version, Stage: inn.Stage, Digest: inn.Digest()},
		Rubric:     RubricData{ID: b.m.Rubric.ID, Version: b.m.Rubric.Version, Content: b.m.Rubric.ContentDigest(), Scoring: b.m.ScoringDigest()},
		Basis:      BasisData{Kind: "self-assessed", Listed: listed, Checked: checked},
		Headline:   HeadlineData{ID: b.res.Verdict.Headline.String(), Text: headlineText(r.Headline), Also: []string{}},
		Answered:   AnsweredData{Answered: t.Answered, Expected: t.Expected, MayApply: t.MayApply},
		Gates:      []GateData{}, Flags: []FlagData{}, NearMisses: []NearMissData{}, NextSteps: []StepData{}, Expiring: []ExpiringData{},
		HeldOver: []HeldOverData{}, NotChecked: []NotCheckedData{}, ByDuty: map[string]ScoreData{}, Skipped: list(b.res.Record.Skipped), Findings: []FindingData{},
	}
	for _, h := range b.res.Verdict.Also {
		d.Headline.Also = append(d.Headline.Also, h.String())
	}
	if v := b.res.Verdict; v.Band != nil {
		d.Band = &BandData{ID: v.Band.ID, Label: v.Band.Label, FromScoreAlone: v.ScoreBand.ID}
	}
	d.Score, d.NoScore = b.scoreData(0)
	d.GroupData = b.groupData(0)
	d.Criteria = b.criteriaData(b.m.Nodes[0].Children)
	b.verdictData(d)
	b.analysisData(d)
	d.Progress = b.progressData()
	return d
}

func headlineText(h Headline) string {
	return strings.TrimSuffix(h.Word+": "+h.Text, ": ")
}

func (b *builder) verdictData(d *Data) {
	for _, r := range b.res.Gates {
		g := GateData{ID: r.Gate.Name, Outcome: r.Outcome.String(), Because: r.Gate.Because, Duty: duty(r.Gate.Duty), Missing: list(r.Missing)}
		if w := r.Waiver; w != nil {
			g.Waiver = &WaiverData{Owner: w.Owner, Reason: w.Reason, Expires: w.Expires.String()}
		}
		d.Gates = append(d.Gates, g)
	}
	for _, r := range b.res.Flags {
		effect := "inform"
		if r.Flag.Caps() {
			effect = "cap: " + r.Flag.Source.Effect.Cap
		}
		d.Flags = append(d.Flags, FlagData{
			ID: r.Flag.Name, Raised: raised[r.Raised], Severity: r.Flag.Source.Severity, Effect: effect, Say: r.Flag.Source.Say, Missing: list(r.Missing),
		})
	}
	for duty, means := range b.res.ByDuty {
		d.ByDuty[duty] = ScoreData{means[0], means[1], means[2]}
	}
	for _, item := range b.heldOver() {
		still := item.Covers.Still
		d.HeldOver = append(d.HeldOver, HeldOverData{Evidence: item.ID, Version: item.Covers.Version, For: still.For, Because: still.Because})
	}
	for _, g := range b.m.NotChecked {
		one := NotCheckedData{Gate: g.Name, Because: g.Because}
		if g.Flag {
			one.Gate, one.Flag = "", g.Name
		}
		d.NotChecked = append(d.NotChecked, one)
	}
	for _, f := range b.res.Findings {
		d.Findings = append(d.Findings, FindingData{Rule: f.Rule, Place: f.Place.String(), Message: f.Message})
	}
}

// raised writes whether a flag is.
var raised = map[expr.Truth]string{expr.True: "yes", expr.False: "no", expr.Unknown: "unknown", expr.Absent: "not-applicable"}

func (b *builder) analysisData(d *Data) {
	for _, n := range b.a.NearMisses {
		d.NearMisses = append(d.NearMisses, NearMissData{Change: b.changeText(n.Change), Headline: b.verdictText(n.Verdict)})
	}
	for _, s := range b.a.Steps {
		d.NextSteps = append(d.NextSteps, b.stepData(s))
	}
	for _, e := range b.a.Expiring {
		x := ExpiringData{Evidence: e.Item.ID, Expires: e.Expires.String(), Then: ThenData{Headline: e.Then.Verdict.Headline.String()}}
		if band := e.Then.Verdict.Band; band != nil {
			x.Then.Band = &BandData{ID: band.ID, Label: band.Label}
		}
		for _, i := range e.Nodes {
			x.Criteria = append(x.Criteria, b.m.Nodes[i].Name)
		}
		for _, name := range e.Facts {
			x.Criteria = append(x.Criteria, "facts."+name)
		}
		d.Expiring = append(d.Expiring, x)
	}
}

func (b *builder) stepData(s plan.Step) StepData {
	d := StepData{Criterion: b.m.Nodes[s.Node].Name, To: s.To, Help: []string{}}
	if s.Known {
		d.From = &s.From
	}
	if !s.Profiled { // nothing can be gained in points, which is not a gain of 0
		d.Gain = &s.Gain
	}
	d.Advice = b.adviceText(s)
	if s.Advice != nil {
		d.Effort, d.Help = s.Advice.Effort, list(s.Advice.Help)
	}
	return d
}

func (b *builder) criteriaData(nodes []int) []CriterionData {
	var all []CriterionData
	for _, i := range nodes {
		all = append(all, b.criterionData(i))
	}
	return all
}

func (b *builder) criterionData(i int) CriterionData {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	d := CriterionData{
		ID: n.Name, Title: n.Title, State: c.State.String(), Weight: c.Weight, Share: c.Share, Duty: duty(n.Duty),
		Missing: c.Missing, NA: c.NA, Because: c.Because, Criteria: b.criteriaData(n.Children),
	}
	d.Score, d.NoScore = b.scoreData(i)
	if c.Scored() {
		met := b.res.Met(i)
		d.Met = &met
	}
	if c.Contribution != nil {
		d.Contribution = &ScoreData{c.Contribution[0], c.Contribution[1], c.Contribution[2]}
	}
	if c.Band != nil && c.Scored() {
		d.Band = &BandData{ID: c.Band.ID, Label: c.Band.Label}
	}
	if n.Source != nil {
		d.Sources = sourcesOf(n.Source.Maps)
	}
	for _, item := range c.Evidence {
		d.Evidence = append(d.Evidence, item.ID)
	}
	if !n.IsLeaf() {
		d.GroupData = b.groupData(i)
		return d
	}
	b.answerData(&d, c)
	for _, u := range c.Unmet {
		d.Capped = append(d.Capped, b.capData(i, u)...)
	}
	return d
}

// answerData is what a leaf is answered with.
func (b *builder) answerData(d *CriterionData, c *score.Criterion) {
	if n, ok := c.Number(score.Claimed); ok {
		d.ClaimedLevel = &n
		if best, _ := c.Number(score.AtBest); !best.Equal(n) {
			d.Range = []exact.Number{n, best}
		}
	}
	if n, ok := c.Number(score.Evidenced); ok {
		d.Level = &n
	}
	d.Respondents = c.Respondents
}

// groupData is what a group has besides its scores.
func (b *builder) groupData(i int) GroupData {
	n := &b.m.Nodes[i]
	d := GroupData{Combine: n.Combine()}
	if n.Part != nil {
		d.UsedAs = partOf(n)
	}
	if gap, ok := b.res.Gap(i); ok {
		d.Gap = &gap
	}
	if n.Profile() {
		levels, numbers, unknown := b.res.Counts(i)
		for _, l := range levels {
			d.Counts = append(d.Counts, CountData{l.Value, l.Label, l.Count})
		}
		d.NotKnown, d.Numbers = &unknown, numbers
	}
	rung, ahead := b.res.Rung(i)
	if rung >= 0 {
		d.Rung = &RungData{b.m.Nodes[rung].Name, b.m.Nodes[rung].Title}
	}
	for _, j := range ahead {
		d.Ahead = append(d.Ahead, b.m.Nodes[j].Name)
	}
	return d
}

// capData is one entry for each item that is not accepted, or one for a rule that nothing is cited for.
func (b *builder) capData(i int, u score.Unmet) []CapData {
	if len(u.Items) == 0 {
		return []CapData{{Rule: u.Number, Why: b.w.unmet(i, u)}}
	}
	var caps []CapData
	for _, r := range u.Items {
		caps = append(caps, CapData{Rule: u.Number, Evidence: r.Item.ID, Why: b.w.refused(r)})
	}
	return caps
}

func (b *builder) scoreData(i int) (*ScoreData, string) {
	var parts [3]exact.Number
	for basis := range parts {
		x, ok := b.res.Score(i, score.Basis(basis))
		if !ok {
			return nil, b.noScore(i)
		}
		parts[basis] = x
	}
	return &ScoreData{parts[0], parts[1], parts[2]}, ""
}

// noScore is why there is no score to show.
func (b *builder) noScore(i int) string {
	c := &b.res.Criteria[i]
	switch {
	case c.Withheld != nil:
		return withheldText(c.Withheld)
	case b.m.Nodes[i].Profile() && c.Counts():
		return "a profile has no score"
	}
	return fmt.Sprintf("nothing to score: %s", c.State)
}

// withheldText says why a score that there is is not shown.
func withheldText(w *score.Withheld) string {
	if w.Answered == 0 {
		return "withheld: nothing is answered"
	}
	return fmt.Sprintf("withheld: %d of %d answered, and at least %s must be", w.Answered, w.Of, percent(w.Least))
}

// list is never null in JSON.
func list(items []string) []string {
	if items == nil {
		return []string{}
	}
	return items
}
