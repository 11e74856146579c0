package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// The sections of what moved since an earlier report.
const (
	SinceSection = "progress"
	MovesSection = "progress-criteria"
)

// since is what an earlier report said beside what is so now. What did it stands in a section of its own.
func (b *builder) since() Section {
	if b.p == nil {
		return Section{}
	}
	s := Section{ID: SinceSection, Title: "Since " + b.p.AsOf.String(), Note: strings.Join(b.sinceNotes(), " ")}
	if !b.p.Moved() {
		s.Blocks = []Block{{Text: "Nothing has moved: the scores, the gates, the warning signs and every criterion are as they were."}}
		return s
	}
	s.Columns = []Column{{Title: "What", Share: 4}, {Title: "Then", Share: 3}, {Title: "Now", Share: 3}, {Title: "Change"}}
	if was, is := standingWord(b.p.Then.Headline, b.bandThen()), standingWord(b.res.Verdict.Headline.String(), b.bandNow()); was != is || b.res.Verdict.Band != nil {
		s.Rows = append(s.Rows, cells("Result", was, is, ""))
	}
	if b.p.BandMoved() && b.res.Verdict.Headline < score.ConditionalBand && !slices.Contains(bandHeadlines(), b.p.Then.Headline) {
		s.Rows = append(s.Rows, cells("Band, as it stands", b.bandThen(), b.bandNow(), "")) // the result names neither
	}
	s.Rows = append(s.Rows, b.scoresSince()...)
	s.Rows = slices.Concat(s.Rows, b.turnRows(b.gatesSince(), "gate"), b.turnRows(b.flagsSince(), "warning sign"), b.countsSince())
	return s
}

// bandHeadlines are those that name the band.
func bandHeadlines() []string {
	return []string{score.ConditionalBand.String(), score.InBand.String()}
}

// sinceNotes say what is otherwise than then that is no progress: the stage, the version, the words of the rubric.
func (b *builder) sinceNotes() []string {
	then, inn := b.p.Then, b.res.Record.Innovation
	notes := []string{"Beside the report of that day, under the same scoring."}
	if was := then.Innovation.Version; was != inn.Version {
		notes = append(notes, fmt.Sprintf("Version %s then, %s now.", cmp.Or(was, "not stated"), cmp.Or(inn.Version, "not stated")))
	}
	if was := then.Innovation.Stage; was != inn.Stage && len(b.m.Stages) > 0 {
		notes = append(notes, fmt.Sprintf("Stage %s then, %s now: other criteria are expected.", cmp.Or(was, "not stated"), cmp.Or(inn.Stage, "not stated")))
	}
	if b.p.RubricChanged() {
		versions := ""
		if was, now := then.Rubric.Version, b.m.Rubric.Version; was != now {
			versions = fmt.Sprintf(" (%s then, %s now)", was, now)
		}
		notes = append(notes, "The rubric has changed"+versions+": words, gates, warning signs or bands, and nothing that a score is computed from.")
	}
	return notes
}

// bandThen is the label of the band then: today's, if it is still there. A result without one is scored.
func (b *builder) bandThen() string {
	then := b.p.Then.Band
	if then == nil {
		return "scored"
	}
	bands := b.m.Nodes[0].Bands
	if i := slices.IndexFunc(bands, func(band score.Band) bool { return band.ID == then.ID }); i >= 0 {
		return bands[i].Label
	}
	return then.Label
}

func (b *builder) bandNow() string {
	if b.res.Verdict.Band == nil {
		return "scored"
	}
	return b.res.Verdict.Band.Label
}

// scoresSince are the three scores, and below the one that decides those of the dimensions that moved; none of a profile.
func (b *builder) scoresSince() [][]Cell {
	var rows [][]Cell
	for basis, name := range []string{"Evidenced", "Claimed", "At best"} {
		then, now := b.p.Score(score.Basis(basis))
		row := b.scoreSince(name, score.Basis(basis), progress.GroupMove{Node: 0, Then: then, Now: now, ThenState: b.p.Then.State()})
		if then != nil && now != nil && !b.meets(0) || row[1].Text != row[2].Text {
			rows = append(rows, row)
		}
		if score.Basis(basis) == score.Evidenced {
			rows = append(rows, b.dimensionsSince()...)
		}
	}
	return rows
}

func (b *builder) dimensionsSince() [][]Cell {
	var rows [][]Cell
	top := b.top()
	for _, m := range b.p.Groups {
		if n := &b.m.Nodes[m.Node]; n.Parent == top {
			rows = append(rows, b.scoreSince("› "+n.Title, score.Evidenced, m))
		}
	}
	return rows
}

// scoreSince is one score of a node. One that moved is written with a decimal at least, as points are, unless it has none, and
// with as many as tell then from now. What was or is not known has no number, and so there is no change from it or to it.
func (b *builder) scoreSince(name string, basis score.Basis, m progress.GroupMove) []Cell {
	const most = 12
	i, then, now := m.Node, m.Then, m.Now
	knownThen, knownNow := known(basis, m.ThenState), known(basis, b.res.Criteria[i].State.String())
	decimals, moved := b.m.Nodes[i].Decimals(), knownThen && knownNow && then != nil && now != nil && !then.Equal(*now)
	if moved && (!then.Round(decimals).Equal(*then) || !now.Round(decimals).Equal(*now)) {
		decimals = max(decimals, 1)
	}
	was, is := b.scoreOf(i, then, decimals), b.scoreOf(i, now, decimals)
	for ; moved && was == is && decimals < most; decimals++ {
		was, is = b.scoreOf(i, then, decimals+1), b.scoreOf(i, now, decimals+1)
	}
	if then != nil && !knownThen {
		was = notKnown
	}
	if now != nil && !knownNow {
		is = notKnown
	}
	row := cells(name, was, is, "")
	if moved && !b.meets(i) {
		row[3] = b.change(now.Sub(*then))
	}
	return row
}

// known reports whether the score of a node in a state says anything: at best, what is not known is taken as the best.
func known(basis score.Basis, state string) bool {
	return basis == score.AtBest || state != score.Unanswered.String() && state != score.MayApply.String()
}

// scoreOf writes a score of node i that is displayed, or was; a dash if there is none.
func (b *builder) scoreOf(i int, x *exact.Number, decimals int) string {
	n := &b.m.Nodes[i]
	switch {
	case x == nil:
		return "–"
	case !b.meets(i):
		return shown(*x, decimals, b.thresholds(i))
	case x.Equal(n.Shown(exact.One)):
		return "met"
	}
	return "not met"
}

// meets reports whether a group is met or not, and has no score in points.
func (b *builder) meets(i int) bool {
	combine := b.m.Nodes[i].Combine()
	return combine == "all" || combine == "any"
}

// change writes points with their sign. What falls is no reproach at the first stage.
func (b *builder) change(points exact.Number) Cell {
	c := Cell{Text: signed(points)}
	switch {
	case b.early() || points.IsZero():
	case points.Sign() > 0:
		c.Tone = Good
	default:
		c.Tone = Caution
	}
	return c
}

// countsSince are the questions answered and the evidence listed, where either is another number.
func (b *builder) countsSince() [][]Cell {
	var rows [][]Cell
	if then, now := b.p.Then.Answered, b.p.Answered(); then != now {
		of := func(t progress.Tally) string { return fmt.Sprintf("%d of %d", t.Answered, t.Expected) }
		rows = append(rows, cells("Questions answered", of(then), of(now), ""))
	}
	if then, now := b.p.Then.Basis, b.p.Basis(); then != now {
		of := func(e progress.Basis) string { return fmt.Sprintf("%d, %d checked", e.Listed, e.Checked) }
		rows = append(rows, cells("Evidence listed", of(then), of(now), ""))
	}
	return rows
}
