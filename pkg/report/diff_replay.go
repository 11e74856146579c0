package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/revision"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// replayText counts the records.
func replayText(r *Replay) string {
	if len(r.Moves)+r.Stay+len(r.Unread) == 0 {
		return fmt.Sprintf("Replay: no record here is for this rubric; %d for others.", r.Passed)
	}
	parts := []string{fmt.Sprintf("%d of %s moved", len(r.Moves), diag.Plural(len(r.Moves)+r.Stay, "record"))}
	if r.Stay > 0 {
		parts = append(parts, fmt.Sprintf("%d came to the same", r.Stay))
	}
	if len(r.Unread) > 0 {
		parts = append(parts, fmt.Sprintf("%d could not be read", len(r.Unread)))
	}
	if r.Passed > 0 {
		parts = append(parts, fmt.Sprintf("%d for other rubrics left aside", r.Passed))
	}
	return fmt.Sprintf("Replay as of %s: %s.", r.AsOf, strings.Join(parts, ", "))
}

// verdictMoves are what holds records back or lets them pass otherwise than before: results, bands, gates, and flags that
// cap.
func verdictMoves(d *revision.Diff, r *Replay) Section {
	s := Section{
		ID: "verdicts", Title: "Results that change",
		Columns: []Column{{Title: "Record", Share: 3}, {Title: "What", Share: 3}, {Title: "Was", Share: 3}, {Title: "Is", Share: 3}, {Title: "By", Share: 5}},
	}
	for _, m := range r.Moves {
		name := recordName(m)
		for _, row := range verdictRows(d, m) {
			row[0].Text, name = name, ""
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

func recordName(m *revision.Move) string {
	inn := m.New.Record.Innovation
	return cmp.Or(inn.ID, inn.Place().File)
}

func verdictRows(d *revision.Diff, m *revision.Move) [][]Cell {
	var rows [][]Cell
	add := func(what, was, is, by string) {
		if was != is {
			rows = append(rows, cells("", what, was, is, by))
		}
	}
	add("result", resultWord(m.Old), resultWord(m.New), resultBecause(d, m))
	if told := m.Old.Verdict.Headline >= score.ConditionalBand && m.New.Verdict.Headline >= score.ConditionalBand; !told {
		add("band", bandLabel(m.Old), bandLabel(m.New), bandBecause(d, m))
	}
	for _, g := range m.Gates {
		add("gate "+shortName(d, g.Name), outcomeWord(g.Old), outcomeWord(g.New), subjects(g.Changes))
	}
	for _, f := range m.Flags {
		add("flag "+shortName(d, f.Name), raisedWord(f.Old), raisedWord(f.New), subjects(f.Changes))
	}
	return rows
}

// scoreMoves are the records of which a score is another, with what moves it.
func scoreMoves(d *revision.Diff, r *Replay) Section {
	s := Section{
		ID: "scores", Title: "Scores that move",
		Columns: []Column{{Title: "Record", Share: 3}, {Title: "Evidenced"}, {Title: "Claimed"}, {Title: "At best"}, {Title: "By", Share: 5}},
	}
	for _, m := range r.Moves {
		if m.Because == nil {
			continue
		}
		row := cells(recordName(m), "", "", "", becauseText(d, m.Because))
		for i := range m.Scores {
			was, is := shownMove(m, i)
			row[i+1].Text = was
			if was != is {
				row[i+1].Text += " → " + is
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// resultWord is the first thing that a report would say.
func resultWord(r *score.Result) string {
	return standingWord(r.Verdict.Headline.String(), bandLabel(r))
}

// standingWord is the same of a headline and the label of a band.
func standingWord(headline, band string) string {
	switch headline {
	case score.GateFails.String():
		return "held back by a gate"
	case score.GateUnknown.String():
		return "cannot say: a gate is not known"
	case score.Incomplete.String():
		return "too little answered"
	case score.ConditionalBand.String():
		return band + ", with conditions"
	}
	return band
}

func bandLabel(r *score.Result) string {
	if r.Verdict.Band == nil {
		return "no band"
	}
	return r.Verdict.Band.Label
}

// resultBecause says what another result comes of.
func resultBecause(d *revision.Diff, m *revision.Move) string {
	var parts []string
	was, now := m.Old.Answered, m.New.Answered
	if incomplete := score.Incomplete; (m.Old.Verdict.Headline == incomplete) != (m.New.Verdict.Headline == incomplete) {
		parts = append(parts, fmt.Sprintf("%d of %d answered, now %d of %d", was.Answered, was.Expected, now.Answered, now.Expected))
	}
	return strings.Join(nonEmpty(append(parts, bandBecause(d, m))...), "; ")
}

// bandBecause says what another result or band comes of: the gates and flags that hold back otherwise, the score, and the
// bands themselves where the same score reached another one before.
func bandBecause(d *revision.Diff, m *revision.Move) string {
	var parts []string
	for _, g := range m.Gates {
		parts = append(parts, "gate "+shortName(d, g.Name))
	}
	for _, f := range m.Flags {
		parts = append(parts, "flag "+shortName(d, f.Name))
	}
	effects := func(c *revision.Change) bool {
		return c.What == revision.AGate && strings.HasPrefix(c.Key, "otherwise") && !slices.Contains(parts, "gate "+c.Name) && holdsBack(m.New, c)
	}
	if m.BandMoves() {
		for i := range d.Changes {
			if c := &d.Changes[i]; effects(c) {
				parts = append(parts, subject(c))
			}
		}
		parts = append(parts, scoreBecause(m))
	}
	return strings.Join(nonEmpty(parts...), "; ")
}

// holdsBack reports whether a gate in which something was changed is not passed.
func holdsBack(r *score.Result, c *revision.Change) bool {
	name := cmp.Or(c.Rubric, r.Model.Nodes[0].Name) + "/" + c.Name
	return slices.ContainsFunc(r.Gates, func(g score.GateResult) bool {
		return g.Gate.Name == name && g.Outcome != score.Pass && g.Outcome != score.NotRelevant
	})
}

// scoreBecause says why the score reaches another band, if it does.
func scoreBecause(m *revision.Move) string {
	from, to := m.Old.Verdict.ScoreBand, m.New.Verdict.ScoreBand
	if from == nil || to == nil || from.ID == to.ID {
		return ""
	}
	var parts []string
	if before := bandOf(m.Old.Model, m.New); before != nil && before.ID != to.ID { // the old bands would give another
		parts = append(parts, subjects(m.Bands))
	}
	if m.Scores[0].Moves() {
		parts = append(parts, "the evidenced score")
	}
	return strings.Join(nonEmpty(parts...), "; ")
}

// bandOf is the band of one version that the score of a result reaches, whatever its stage; nil if there are none.
func bandOf(m *score.Model, r *score.Result) *score.Band {
	x, some := r.Score(0, score.Evidenced)
	var reached *score.Band
	for i := range m.Nodes[0].Bands {
		if b := &m.Nodes[0].Bands[i]; i == 0 || some && !x.Less(b.From) {
			reached = b
		}
	}
	return reached
}

// shownMove writes a score under both versions, with as many decimals as tell them apart.
func shownMove(m *revision.Move, i int) (was, is string) {
	const most = 12
	move := m.Scores[i]
	for d := max(m.Old.Model.Nodes[0].Decimals(), m.New.Model.Nodes[0].Decimals()); d <= most; d++ {
		if was, is = fixed(move.Old, d), fixed(move.New, d); was != is || !move.Moves() {
			return was, is
		}
	}
	return was, is
}

func fixed(x *exact.Number, decimals int) string {
	if x == nil {
		return "none"
	}
	return x.Fixed(decimals)
}

func outcomeWord(g *score.GateResult) string {
	if g == nil {
		return "not there"
	}
	return g.Outcome.String()
}

func raisedWord(f *score.FlagResult) string {
	if f == nil {
		return "not there"
	}
	return map[expr.Truth]string{expr.True: "raised", expr.False: "not raised", expr.Unknown: "unknown", expr.Absent: "not applicable"}[f.Raised]
}

// shortName is the name that something has in the rubric itself, or in a rubric in use with that: a long name in one word
// would not fit beside others.
func shortName(d *revision.Diff, full string) string {
	owner, id, ok := strings.Cut(full, "/")
	switch {
	case full == d.New.Nodes[0].Name:
		return "the whole"
	case !ok || owner == d.New.Nodes[0].Name:
		return cmp.Or(id, owner)
	}
	return id + " of " + owner
}

// becauseText says which criteria move a score, by how much and by which change of theirs.
func becauseText(d *revision.Diff, a *revision.Attribution) string {
	const most = 4
	var parts []string
	for _, c := range a.Causes[:min(len(a.Causes), most)] {
		parts = append(parts, causeText(d, c))
	}
	if more := a.Causes[len(parts):]; len(more) > 0 {
		sum := exact.Zero
		for _, c := range more {
			sum = sum.Add(c.Points)
		}
		parts = append(parts, fmt.Sprintf("%d more: %s", len(more), signed(sum)))
	}
	if a.Sharing > 0 {
		parts = append(parts, fmt.Sprintf("%s, whose share shifts: %s", diag.Plural(a.Sharing, "other"), signed(a.Shares)))
	}
	if a.Points != nil && !a.Left.IsZero() {
		parts = append(parts, "by how the score is shown: "+signed(a.Left))
	}
	text := strings.Join(parts, "; ")
	if text != "" && a.Basis != score.Evidenced {
		text = "of " + map[score.Basis]string{score.Claimed: "claimed", score.AtBest: "at best"}[a.Basis] + ": " + text
	}
	return text
}

func causeText(d *revision.Diff, c revision.Cause) string {
	var changes []string
	for _, change := range c.Changes {
		changes = append(changes, changeOf(d, c.Name, change))
	}
	if c.Old != c.New {
		changes = append(changes, fmt.Sprintf("level %s → %s", c.Old, c.New))
	}
	return shortName(d, c.Name) + ": " + strings.Join(changes, ", ") + ", " + signed(c.Points)
}

// changeOf names a change beside the criterion that it moves: `weight 3 → 2`, if it is of that one.
func changeOf(d *revision.Diff, criterion string, c *revision.Change) string {
	const short = 24
	text := subject(c)
	if c.What == revision.ACriterion && criterion == cmp.Or(c.Rubric, d.New.Nodes[0].Name)+"/"+c.Name {
		text = keyText(c)
		if c.Kind != revision.Changed && c.Kind != revision.Follows {
			text = strings.TrimSpace(text + " " + string(c.Kind))
		}
	}
	if c.Kind == revision.Follows {
		return strings.TrimSpace(text + " (" + c.Why + ")")
	}
	if c.Kind == revision.Changed && len(c.Old) <= short && len(c.New) <= short {
		text += fmt.Sprintf(" %s → %s", c.Old, c.New)
	}
	return text
}

// subjects names changes, each once.
func subjects(changes []*revision.Change) string {
	const most = 3
	var texts []string
	for _, c := range changes {
		if s := subject(c); !slices.Contains(texts, s) {
			texts = append(texts, s)
		}
	}
	if len(texts) > most {
		texts = append(texts[:most], fmt.Sprintf("%d more", len(texts)-most))
	}
	return strings.Join(texts, "; ")
}

// signed writes points with their sign.
func signed(x exact.Number) string {
	if x.Sign() >= 0 {
		return gain(x)
	}
	return "-" + strings.TrimPrefix(gain(x.Neg()), "+")
}

// unread are the records that cannot be read under one of the versions.
func unread(r *Replay) Section {
	s := Section{
		ID: "unread", Title: "Records that cannot be read",
		Columns: []Column{{Title: "Record", Share: 2}, {Title: "Under"}, {Title: "Because", Share: 4}},
	}
	for _, u := range r.Unread {
		switch {
		case u.Old.HasErrors() && u.New.HasErrors():
			s.Rows = append(s.Rows, cells(u.File, "both", firstError(u.New)))
		case u.New.HasErrors():
			s.Rows = append(s.Rows, cells(u.File, "the new", firstError(u.New)))
		default:
			s.Rows = append(s.Rows, cells(u.File, "the old", firstError(u.Old)))
		}
	}
	return s
}

func firstError(list diag.List) string {
	errors := slices.DeleteFunc(list.Sorted(), func(x diag.Diagnostic) bool { return x.Severity != diag.Error })
	text := errors[0].Message
	if more := len(errors) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}
