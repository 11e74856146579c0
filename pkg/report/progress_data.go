package report

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// The parts of what moved since an earlier report. A then or now that is null was or is not there.
type (
	// ProgressData is what moved since an earlier report.
	ProgressData struct {
		Since    SinceData                  `json:"since"`
		Moved    bool                       `json:"moved"`
		Headline ThenNow[string]            `json:"headline"`
		Band     ThenNow[BandData]          `json:"band"`
		Score    ThenNow[ScoreData]         `json:"score"`
		Answered ThenNow[AnsweredSinceData] `json:"answered"`
		Evidence ThenNow[EvidenceSinceData] `json:"evidence"`
		Groups   []GroupMoveData            `json:"groups"`
		Gates    []OutcomeMoveData          `json:"gates"`
		Flags    []OutcomeMoveData          `json:"flags"`
		// Points is what Criteria and Shares bring to the evidenced score; null where the whole is not added up.
		Points   *exact.Number `json:"points"`
		Criteria []MoveData    `json:"criteria"`
		Shares   ShareMoveData `json:"shares"`
	}
	// SinceData is the earlier report.
	SinceData struct {
		AsOf    string `json:"as_of"`
		Version string `json:"version"`
		Stage   string `json:"stage"`
		Rubric  string `json:"rubric_version"`
		Content string `json:"rubric_content"`
	}
	// ThenNow is something in the earlier report and now.
	ThenNow[T any] struct {
		Then *T `json:"then"`
		Now  *T `json:"now"`
	}
	// AnsweredSinceData counts the questions.
	AnsweredSinceData struct {
		Answered int `json:"answered"`
		Expected int `json:"expected"`
	}
	// EvidenceSinceData counts the items of evidence.
	EvidenceSinceData struct {
		Listed  int `json:"listed"`
		Checked int `json:"checked"`
	}
	// GroupMoveData is a group with another evidenced score.
	GroupMoveData struct {
		ID string `json:"id"`
		ThenNow[exact.Number]
	}
	// OutcomeMoveData is a gate that comes out otherwise, or a flag.
	OutcomeMoveData struct {
		ID string `json:"id"`
		ThenNow[string]
	}
	// MoveData is a criterion that moved.
	MoveData struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		ThenNow[StoodData]
		Points *exact.Number `json:"points"`
		Why    []WhyData     `json:"why"`
	}
	// StoodData is how a criterion stands.
	StoodData struct {
		State        string        `json:"state"`
		ClaimedLevel *exact.Number `json:"claimed_level,omitempty"`
		Level        *exact.Number `json:"level,omitempty"`
		Evidenced    *exact.Number `json:"evidenced,omitempty"` // of a group
	}
	// WhyData is a reason why a criterion moved.
	WhyData struct {
		Cause    string   `json:"cause"`
		Text     string   `json:"text"`
		Evidence []string `json:"evidence,omitempty"`
	}
	// ShareMoveData is what criteria bring that stand as they did, whose share of the whole is another.
	ShareMoveData struct {
		Criteria int          `json:"criteria"`
		Points   exact.Number `json:"points"`
	}
)

func (b *builder) progressData() *ProgressData {
	p := b.p
	if p == nil {
		return nil
	}
	then, headline := p.Then, b.res.Verdict.Headline.String()
	d := &ProgressData{
		Since: SinceData{AsOf: p.AsOf.String(), Version: then.Innovation.Version, Stage: then.Innovation.Stage, Rubric: then.Rubric.Version, Content: then.Rubric.Content},
		Moved: p.Moved(), Headline: ThenNow[string]{&then.Headline, &headline},
		Groups: []GroupMoveData{}, Gates: []OutcomeMoveData{}, Flags: []OutcomeMoveData{}, Criteria: []MoveData{},
		Points: p.Points, Shares: ShareMoveData{p.Sharing, p.Shares},
	}
	if band := then.Band; band != nil {
		d.Band.Then = &BandData{ID: band.ID, Label: band.Label}
	}
	if band := b.res.Verdict.Band; band != nil {
		d.Band.Now = &BandData{ID: band.ID, Label: band.Label}
	}
	if s := then.Score; s != nil {
		d.Score.Then = &ScoreData{s.Evidenced, s.Claimed, s.AtBest}
	}
	d.Score.Now, _ = b.scoreData(0)
	d.Answered = ThenNow[AnsweredSinceData]{answeredSince(then.Answered), answeredSince(p.Answered())}
	d.Evidence = ThenNow[EvidenceSinceData]{evidenceSince(then.Basis), evidenceSince(p.Basis())}
	for _, m := range p.Groups {
		d.Groups = append(d.Groups, GroupMoveData{b.m.Nodes[m.Node].Name, ThenNow[exact.Number]{m.Then, m.Now}})
	}
	b.outcomesSince(d)
	for i := range p.Criteria {
		d.Criteria = append(d.Criteria, b.moveData(&p.Criteria[i]))
	}
	return d
}

func answeredSince(t progress.Tally) *AnsweredSinceData {
	return &AnsweredSinceData{t.Answered, t.Expected}
}

func evidenceSince(e progress.Basis) *EvidenceSinceData {
	return &EvidenceSinceData{e.Listed, e.Checked}
}

func (b *builder) outcomesSince(d *ProgressData) {
	for _, g := range b.p.Gates {
		m := OutcomeMoveData{ID: g.Name, ThenNow: ThenNow[string]{Then: some(g.Then)}}
		if g.Now != nil {
			m.Now = some(g.Now.Outcome.String())
		}
		d.Gates = append(d.Gates, m)
	}
	for _, f := range b.p.Flags {
		m := OutcomeMoveData{ID: f.Name, ThenNow: ThenNow[string]{Then: some(f.Then)}}
		if f.Now != nil {
			m.Now = some(raised[f.Now.Raised])
		}
		d.Flags = append(d.Flags, m)
	}
}

// some is a text, or nil for none.
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func (b *builder) moveData(m *progress.Move) MoveData {
	n, c := &b.m.Nodes[m.Node], &b.res.Criteria[m.Node]
	d := MoveData{ID: n.Name, Title: n.Title, Points: m.Points}
	then := &StoodData{State: m.Then.State, ClaimedLevel: m.Then.Claimed, Level: m.Then.Level}
	now := &StoodData{State: c.State.String()}
	if n.IsLeaf() {
		now.ClaimedLevel, now.Level = number(c, score.Claimed), number(c, score.Evidenced)
	} else {
		if s := m.Then.Score; s != nil {
			then.Evidenced = &s.Evidenced
		}
		if x, some := b.res.Score(m.Node, score.Evidenced); some {
			now.Evidenced = &x
		}
	}
	d.Then, d.Now = then, now
	for _, r := range m.Why {
		d.Why = append(d.Why, WhyData{Cause: r.Cause.String(), Text: sentence(b.because(m, r)), Evidence: r.Evidence()})
	}
	return d
}
