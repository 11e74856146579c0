package revision

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Bases are the three scores.
var Bases = []score.Basis{score.Evidenced, score.Claimed, score.AtBest}

// Move is a record of which the result is another under the new version.
type Move struct {
	Old, New *score.Result
	// Scores are the three, in the order of [Bases].
	Scores [3]ScoreMove
	// Gates and Flags are those that come out otherwise; of the flags only those that cap the band.
	Gates []GateMove
	Flags []FlagMove
	// Bands are the changes of bands, if the band is another.
	Bands []*Change
	// Because says what moves the score; nil if none of the three moves.
	Because *Attribution
}

// ScoreMove is a score of the whole as it is displayed; nil where there is none to show.
type ScoreMove struct{ Old, New *exact.Number }

// Moves reports whether the score is another.
func (m ScoreMove) Moves() bool {
	if m.Old == nil || m.New == nil {
		return m.Old != m.New
	}
	return !m.Old.Equal(*m.New)
}

// GateMove is a gate that comes out otherwise. Old or New is nil if the gate is not there.
type GateMove struct {
	Name     string // full, as the new version has it
	Old, New *score.GateResult
	Changes  []*Change
}

// FlagMove is a flag that caps, and is raised otherwise. Old or New is nil if the flag is not there.
type FlagMove struct {
	Name     string
	Old, New *score.FlagResult
	Changes  []*Change
}

// Moved compares what a record comes to under the two versions. It is nil if the three scores, the gates, the headline and
// the band are the same. The results must be those of the diff's models, on the same day.
func (d *Diff) Moved(from, to *score.Result) *Move {
	m := &Move{Old: from, New: to}
	moves := from.Verdict.Headline != to.Verdict.Headline || m.BandMoves()
	for i, b := range Bases {
		m.Scores[i] = ScoreMove{shownScore(from, b), shownScore(to, b)}
		if m.Scores[i].Moves() && m.Because == nil {
			m.Because = d.attribute(m, b)
		}
		moves = moves || m.Scores[i].Moves()
	}
	m.Gates = d.gateMoves(m)
	if !moves && len(m.Gates) == 0 {
		return nil
	}
	m.Flags = d.flagMoves(m)
	if m.BandMoves() {
		m.Bands = d.about(func(c *Change) bool { return c.What == ABand && c.Rubric == "" && c.Class >= Minor })
	}
	return m
}

// BandMoves reports whether the band is another one.
func (m *Move) BandMoves() bool {
	from, to := m.Old.Verdict.Band, m.New.Verdict.Band
	if from == nil || to == nil {
		return from != to
	}
	return from.ID != to.ID
}

func shownScore(r *score.Result, b score.Basis) *exact.Number {
	x, some := r.Score(0, b)
	if !some {
		return nil
	}
	return &x
}

// about are the changes that are about something.
func (d *Diff) about(is func(*Change) bool) []*Change {
	var found []*Change
	for i := range d.Changes {
		if is(&d.Changes[i]) {
			found = append(found, &d.Changes[i])
		}
	}
	return found
}

// gateMoves are the gates that come out otherwise, in the order of the new version. One that is new and passes, or is gone
// and did, holds nothing back in either.
func (d *Diff) gateMoves(m *Move) []GateMove {
	var moves []GateMove
	name := func(g *score.GateResult) string { return g.Gate.Name }
	for full, g := range beside(m.Old.Gates, m.New.Gates, name, d.from.name) {
		if outcome(g.old, g.now) != outcome(g.now, g.old) {
			moves = append(moves, GateMove{Name: full, Old: g.old, New: g.now, Changes: d.ofGate(m, full, g)})
		}
	}
	return moves
}

// outcome is that of a gate. One that is not there comes out as the other, if that holds nothing back.
func outcome(g, other *score.GateResult) score.Outcome {
	switch {
	case g != nil:
		return g.Outcome
	case other.Outcome == score.NotRelevant:
		return score.NotRelevant
	}
	return score.Pass
}

// flagMoves are the capping flags that are raised otherwise.
func (d *Diff) flagMoves(m *Move) []FlagMove {
	var moves []FlagMove
	name := func(f *score.FlagResult) string { return f.Flag.Name }
	for full, f := range beside(m.Old.Flags, m.New.Flags, name, d.from.name) {
		if capping(f.old) != capping(f.now) {
			moves = append(moves, FlagMove{Name: full, Old: f.old, New: f.now, Changes: d.ofFlag(m, full, f)})
		}
	}
	return moves
}

// capping reports whether a flag caps the band: one that is not known does too.
func capping(f *score.FlagResult) bool {
	return f != nil && f.Flag.Caps() && (f.Raised == expr.True || f.Raised == expr.Unknown)
}

// both is something in the two versions; nil where it is not there.
type both[R any] struct{ old, now *R }

// beside puts what has the same name beside one another, in the order of the new version, and what is gone last. renamed
// is what a name of the old version is in the new one.
func beside[R any](from, to []R, name func(*R) string, renamed func(string) string) iter.Seq2[string, both[R]] {
	return func(yield func(string, both[R]) bool) {
		was := map[string]*R{}
		for i := range from {
			was[renamed(name(&from[i]))] = &from[i]
		}
		for i := range to {
			full := name(&to[i])
			if !yield(full, both[R]{was[full], &to[i]}) {
				return
			}
			delete(was, full)
		}
		for i := range from {
			full := renamed(name(&from[i]))
			if was[full] != nil && !yield(full, both[R]{was[full], nil}) {
				return
			}
		}
	}
}

// ofGate are the changes that a gate comes out otherwise by: its own, and those of the criteria that it reads.
func (d *Diff) ofGate(m *Move, name string, g both[score.GateResult]) []*Change {
	r := reading{d: d, m: m, direct: map[string]bool{}, inside: map[string]bool{}}
	if g.old != nil {
		r.add(d.from, g.old.Gate.Depends)
	}
	if g.now != nil {
		r.add(d.to, g.now.Gate.Depends)
	}
	criterion, isMinimum := strings.CutSuffix(name, "-minimum")
	return d.about(func(c *Change) bool {
		own := c.What == AGate && d.fullName(c) == name ||
			isMinimum && c.What == ACriterion && c.Key == "minimum" && d.fullName(c) == criterion
		return own || r.isMovedBy(c)
	})
}

func (d *Diff) ofFlag(m *Move, name string, f both[score.FlagResult]) []*Change {
	r := reading{d: d, m: m, direct: map[string]bool{}, inside: map[string]bool{}}
	if f.old != nil {
		r.add(d.from, f.old.Flag.Reads)
	}
	if f.now != nil {
		r.add(d.to, f.now.Flag.Reads)
	}
	return d.about(func(c *Change) bool { return c.What == AFlag && d.fullName(c) == name || r.isMovedBy(c) })
}

// reading is what a gate or a flag reads: criteria directly, and what is inside of groups.
type reading struct {
	d              *Diff
	m              *Move
	direct, inside map[string]bool
}

func (r *reading) add(s *side, nodes []int) {
	s.below(nodes, r.inside)
	for _, i := range nodes {
		r.direct[s.name(s.m.Nodes[i].Name)] = true
	}
}

// isMovedBy reports whether a change shows in what is read. How much a criterion weighs beside others is not, but inside of
// a group that is read.
func (r *reading) isMovedBy(c *Change) bool {
	for name := range r.inside {
		aspects := c.touched[name]
		weighs := !slices.ContainsFunc(aspects, func(a string) bool { return !slices.Contains(decidesShare, a) })
		if len(aspects) > 0 && r.d.tells(r.m, score.Evidenced, c, name) && (!weighs || !r.direct[name]) {
			return true
		}
	}
	return false
}

// fullName is that of what a change is about.
func (d *Diff) fullName(c *Change) string { return cmp.Or(c.Rubric, d.to.root) + "/" + c.Name }
