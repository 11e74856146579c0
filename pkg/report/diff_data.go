package report

import (
	"cmp"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/revision"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// DiffKind is what a comparison for machines says that it is.
const DiffKind = "diff/v1"

// The comparison of two versions of a rubric for machines. Keys may be added to it; what is there keeps its meaning.
type (
	// DiffData is what changed, what that asks of the version, and which records move.
	DiffData struct {
		Touchstone string     `json:"touchstone"`
		Old        DiffRubric `json:"old"`
		New        DiffRubric `json:"new"`
		// Class is that of the gravest change: major, minor, patch or none.
		Class string `json:"class"`
		// LeastVersion is the least release that will do; StepEnough whether the new version is far enough.
		LeastVersion string `json:"least_version"`
		StepEnough   bool   `json:"step_enough"`
		// Changes are gravest first.
		Changes []DiffChange `json:"changes"`
		Replay  *DiffReplay  `json:"replay"` // null if no records were replayed
	}
	// DiffRubric is one of the two versions.
	DiffRubric struct {
		File    string `json:"file"`
		ID      string `json:"id"`
		Version string `json:"version"`
		Status  string `json:"status"`
		Content string `json:"content"`
		Scoring string `json:"scoring"`
	}
	// DiffChange is one change.
	DiffChange struct {
		Class string `json:"class"`
		// Kind is added, removed, changed, moved, reordered, or follows: computed otherwise because of another change.
		Kind string `json:"kind"`
		// Rubric is the rubric in use that was changed; "" for the rubric itself.
		Rubric string `json:"rubric"`
		What   string `json:"what"`
		ID     string `json:"id"`
		// Key is the key that was changed, with those above it; Item which of several things under its first.
		Key  string `json:"key"`
		Item string `json:"item"`
		// Old and New are the values as written, in one line.
		Old   string    `json:"old"`
		New   string    `json:"new"`
		Why   string    `json:"why"` // why it has this class, if the key alone does not say
		Place DiffPlace `json:"place"`
		// Criteria are the full names of those whose score is computed otherwise for it.
		Criteria []string `json:"criteria"`
	}
	// DiffPlace is where something stands; line and column are 1-based.
	DiffPlace struct {
		File   string `json:"file"`
		Line   int    `json:"line"`
		Column int    `json:"column"`
	}
	// DiffReplay is what records come to under both versions.
	DiffReplay struct {
		AsOf   string       `json:"as_of"`
		Same   int          `json:"same"`
		Passed int          `json:"passed_over"`
		Moves  []DiffMove   `json:"moves"`
		Unread []DiffUnread `json:"unread"`
	}
	// DiffMove is a record that moves.
	DiffMove struct {
		File      string    `json:"file"`
		ID        string    `json:"id"`
		Name      string    `json:"name"`
		Headline  DiffWords `json:"headline"`
		Band      DiffWords `json:"band"` // ids; "" without one
		Evidenced DiffScore `json:"evidenced"`
		Claimed   DiffScore `json:"claimed"`
		Potential DiffScore `json:"potential"`
		// Gates and Flags are those that come out otherwise; "" where one is not there. Flags are those that cap.
		Gates   []DiffGate   `json:"gates"`
		Flags   []DiffGate   `json:"flags"`
		Because *DiffBecause `json:"because"` // null if no score moves
	}
	// DiffWords are a word under both versions.
	DiffWords struct {
		Old string `json:"old"`
		New string `json:"new"`
	}
	// DiffScore is a score under both versions; null where there is none to show.
	DiffScore struct {
		Old *exact.Number `json:"old"`
		New *exact.Number `json:"new"`
	}
	// DiffGate is a gate or a flag that comes out otherwise. Changes are indexes of the changes.
	DiffGate struct {
		ID      string `json:"id"`
		Old     string `json:"old"`
		New     string `json:"new"`
		Changes []int  `json:"changes"`
	}
	// DiffBecause says what moves a score: the points of the causes, the shares and what is left add up to its points.
	DiffBecause struct {
		Score  string        `json:"score"` // evidenced, claimed or potential: the first that moves
		Points *exact.Number `json:"points"`
		Causes []DiffCause   `json:"causes"`
		// Shares are the points of criteria in which nothing was changed, whose share of the whole is another.
		Shares DiffShares   `json:"shares"`
		Left   exact.Number `json:"left"`
	}
	// DiffCause is a criterion or group that was changed. Levels are those supported, if that is another.
	DiffCause struct {
		Criterion string       `json:"criterion"`
		Points    exact.Number `json:"points"`
		Level     *DiffWords   `json:"level"`
		Changes   []int        `json:"changes"`
	}
	// DiffShares are the criteria of another share.
	DiffShares struct {
		Criteria int          `json:"criteria"`
		Points   exact.Number `json:"points"`
	}
	// DiffUnread is a record that cannot be read under a version.
	DiffUnread struct {
		File string        `json:"file"`
		Old  []DiffProblem `json:"old"`
		New  []DiffProblem `json:"new"`
	}
	// DiffProblem is why.
	DiffProblem struct {
		Rule    string    `json:"rule"`
		Message string    `json:"message"`
		Place   DiffPlace `json:"place"`
	}
)

func diffData(d *revision.Diff, replay *Replay) DiffData {
	s := d.Step()
	data := DiffData{
		Touchstone: DiffKind, Old: diffRubric(d.Old), New: diffRubric(d.New),
		Class: s.Class.String(), LeastVersion: s.Least, StepEnough: s.Fine, Changes: []DiffChange{},
	}
	for i := range d.Changes {
		c := &d.Changes[i]
		data.Changes = append(data.Changes, DiffChange{
			Class: c.Class.String(), Kind: string(c.Kind), Rubric: c.Rubric, What: c.What, ID: c.Name, Key: c.Key, Item: c.Item,
			Old: c.Old, New: c.New, Why: c.Why, Place: diffPlace(c.Place), Criteria: list(c.Touches),
		})
	}
	if replay != nil {
		data.Replay = diffReplay(d, replay)
	}
	return data
}

func diffRubric(m *score.Model) DiffRubric {
	r := m.Rubric
	return DiffRubric{
		File: r.Place().File, ID: r.ID, Version: r.Version, Status: cmp.Or(r.Status, "draft"),
		Content: r.ContentDigest(), Scoring: m.ScoringDigest(),
	}
}

func diffPlace(p diag.Place) DiffPlace {
	return DiffPlace{File: p.File, Line: p.Line, Column: p.Column}
}

func diffReplay(d *revision.Diff, r *Replay) *DiffReplay {
	data := &DiffReplay{AsOf: r.AsOf.String(), Same: r.Stay, Passed: r.Passed, Moves: []DiffMove{}, Unread: []DiffUnread{}}
	for _, m := range r.Moves {
		data.Moves = append(data.Moves, diffMove(d, m))
	}
	for _, u := range r.Unread {
		data.Unread = append(data.Unread, DiffUnread{File: u.File, Old: diffProblems(u.Old), New: diffProblems(u.New)})
	}
	return data
}

func diffProblems(problems diag.List) []DiffProblem {
	all := []DiffProblem{}
	for _, p := range problems.Sorted() {
		if p.Severity == diag.Error {
			all = append(all, DiffProblem{Rule: p.Rule, Message: p.Message, Place: diffPlace(p.Place)})
		}
	}
	return all
}

func diffMove(d *revision.Diff, m *revision.Move) DiffMove {
	inn := m.New.Record.Innovation
	data := DiffMove{
		File: inn.Place().File, ID: inn.ID, Name: inn.Name,
		Headline:  DiffWords{m.Old.Verdict.Headline.String(), m.New.Verdict.Headline.String()},
		Band:      DiffWords{bandID(m.Old), bandID(m.New)},
		Evidenced: DiffScore(m.Scores[0]), Claimed: DiffScore(m.Scores[1]), Potential: DiffScore(m.Scores[2]),
		Gates: []DiffGate{}, Flags: []DiffGate{},
	}
	for _, g := range m.Gates {
		was, is := "", ""
		if g.Old != nil {
			was = g.Old.Outcome.String()
		}
		if g.New != nil {
			is = g.New.Outcome.String()
		}
		data.Gates = append(data.Gates, DiffGate{ID: g.Name, Old: was, New: is, Changes: indexes(d, g.Changes)})
	}
	for _, f := range m.Flags {
		data.Flags = append(data.Flags, DiffGate{ID: f.Name, Old: raisedData(f.Old), New: raisedData(f.New), Changes: indexes(d, f.Changes)})
	}
	if m.Because != nil {
		data.Because = diffBecause(d, m.Because)
	}
	return data
}

func bandID(r *score.Result) string {
	if r.Verdict.Band == nil {
		return ""
	}
	return r.Verdict.Band.ID
}

func raisedData(f *score.FlagResult) string {
	if f == nil {
		return ""
	}
	return raised[f.Raised]
}

func diffBecause(d *revision.Diff, a *revision.Attribution) *DiffBecause {
	data := &DiffBecause{
		Score: scoreNames[slices.Index(revision.Bases, a.Basis)], Points: a.Points, Causes: []DiffCause{},
		Shares: DiffShares{Criteria: a.Sharing, Points: a.Shares}, Left: a.Left,
	}
	for _, c := range a.Causes {
		cause := DiffCause{Criterion: c.Name, Points: c.Points, Changes: indexes(d, c.Changes)}
		if c.Old != c.New {
			cause.Level = &DiffWords{c.Old, c.New}
		}
		data.Causes = append(data.Causes, cause)
	}
	return data
}

// scoreNames are those of the three scores, in the order of [revision.Bases].
var scoreNames = []string{"evidenced", "claimed", "potential"}

// indexes are those of changes in the list of all.
func indexes(d *revision.Diff, changes []*revision.Change) []int {
	at := []int{}
	for i := range d.Changes {
		if slices.Contains(changes, &d.Changes[i]) {
			at = append(at, i)
		}
	}
	return at
}
