package report

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Full is the report criterion by criterion, for formats with room to unfold it or a use for its numbers.
type Full struct {
	AsOf calendar.Date
	// Criteria are the whole first, then what stands below it, in the rubric's order.
	Criteria []Entry
	Evidence []Item
	Gates    []GateEntry
	Flags    []FlagEntry
	Facts    []FactEntry
	// Steps are all next steps, the first that should be taken first.
	Steps []StepEntry
	// Bands are lowest first; none where the rubric has none.
	Bands []BandEntry
}

// Full is made when it is first asked for: most formats have no use for it.
func (r *Report) Full() *Full { return r.full() }

// Entry is one criterion in full. What has no number has nil, and never 0.
type Entry struct {
	// Name is its full id, Parent the index of the entry above it, -1 of the whole, and Depth how far down it stands.
	Name, Title   string
	Parent, Depth int
	Leaf          bool
	// Counts is whether it has a part in the result; State is why not, or how it is answered, as a word of the language.
	Counts bool
	State  string
	// Standing says in few words how it stands; Tone is how that is meant.
	Standing string
	Tone     Tone

	Question string
	// Why says why it is asked; may be empty.
	Why string
	// Levels are those of its scale; none of a group, or of a leaf that is answered with a number.
	Levels []LevelEntry
	// Claimed and Supported are the level or the number that is claimed, and what of it the evidence carries; "" without one.
	Claimed, Supported string
	// ClaimedLevel and Level are the same as numbers, as in the JSON report; nil without one. Of a range it is the worse end.
	ClaimedLevel, Level *exact.Number
	// Reason is what the record says of it, NA why it is not applicable, Combined how it is made: of a group, or of a leaf
	// that a rule answers.
	Reason, NA, Combined string
	// Capped says why less counts than is claimed, a rule each; Missing is what it hangs on that is not known.
	Capped  []string
	Missing string
	// Evidence are the ids of the items cited.
	Evidence []string
	Sources  []Source
	// Actor is who must act; "" where the rubric does not say. Duty is the same as a word of the language.
	Actor, Duty string

	// Combine is the operator of a group; "" of a leaf.
	Combine string
	// Weight is what it weighs among its siblings, of a sum its range of points; Among is that as a part of theirs, and Share
	// its part of the whole, both from 0 to 1.
	Weight, Among, Share *exact.Number
	// Worth are evidenced, claimed and at best as what stands above counts them, each from 0 to 1; of what is not known, as
	// the worst.
	Worth *[3]exact.Number
	// From and To are the ends of the range on which its score is shown, Scores the three as numbers on it, nil where none
	// is shown, and ScoreTexts how they are written.
	From, To   exact.Number
	Scores     *[3]exact.Number
	ScoreTexts [3]string
	// Points are what it contributes to the score of the whole, and PointsText how the evidenced ones are written. Brings are, of what is shown in points, what it brings to a sum, and
	// Lowest the least that it can.
	Points, Brings *[3]exact.Number
	Lowest         exact.Number
	PointsText     string
	// Bar are the parts of a bar that are evidenced, claimed and possible, from 0 to 1; meant only if Counts.
	Bar [3]float64
}

// Unknown reports whether the score on a basis is not known, though it counts as the worst.
func (e *Entry) Unknown(basis int) bool {
	return score.Basis(basis) != score.AtBest && (e.State == score.Unanswered.String() || e.State == score.MayApply.String()) //nolint:gosec // one of three
}

// LevelEntry is one level of a scale.
type LevelEntry struct {
	Value, Label, Seen string
	// Claimed and Supported mark the level that is claimed, and the one that counts.
	Claimed, Supported bool
}

// Source is an item of an outside source that a criterion traces to.
type Source struct {
	// To is the item as the rubric names it, How in which way it is covered.
	To, How string
	// Title is that of the source, and Says what the item says, in our words; both empty if the source is not at hand.
	Title, Says string
}

// GateEntry is a gate, passed or not.
type GateEntry struct {
	Name, Title string
	// Outcome is a word of the language, and Standing how that reads.
	Outcome, Standing string
	Tone              Tone
	Because, Actor    string
}

// FlagEntry is a warning sign, raised or not.
type FlagEntry struct {
	Name, Title, Severity string
	// Raised is a word of the language, and Standing how that reads.
	Raised, Standing    string
	Tone                Tone
	Say, Clears, Effect string
}

// FactEntry is a question whose answer decides what applies.
type FactEntry struct {
	Name, Question, Answer string
	Stated                 bool
}

// full is made of every node.
func (b *builder) full() *Full {
	f := &Full{AsOf: b.res.AsOf, Evidence: b.items(), Bands: b.bandEntries()}
	for i := range b.m.Nodes {
		f.Criteria = append(f.Criteria, b.entry(i))
	}
	for _, r := range b.res.Gates {
		f.Gates = append(f.Gates, b.gateEntry(r))
	}
	for _, r := range b.res.Flags {
		f.Flags = append(f.Flags, b.flagEntry(r))
	}
	for _, name := range b.m.FactNames() {
		answer, stated := b.fact(name)
		f.Facts = append(f.Facts, FactEntry{Name: name, Question: b.m.Fact(name).Ask, Answer: answer, Stated: stated})
	}
	for _, s := range b.a.Steps {
		f.Steps = append(f.Steps, b.stepEntry(s))
	}
	return f
}

func (b *builder) entry(i int) Entry {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	e := Entry{
		Name: n.Name, Title: n.Title, Parent: n.Parent, Depth: n.Depth, Leaf: n.IsLeaf(), Counts: c.Counts(), State: c.State.String(),
		Combine: n.Combine(), Reason: c.Because, NA: c.NA, Actor: b.w.actor(n.Duty), Duty: duty(n.Duty),
	}
	b.numbers(&e, i)
	if n.Source != nil {
		e.Question, e.Why = n.Source.Ask, n.Source.Why
		e.Sources = b.sources(n.Source.Maps)
	}
	for _, item := range c.Evidence {
		e.Evidence = append(e.Evidence, item.ID)
	}
	if len(c.Missing) > 0 {
		e.Missing = b.w.missing(c.Missing)
	}
	if !e.Leaf {
		e.Standing, e.Combined = b.groupStanding(i), b.combined(i)
		return e
	}
	b.leaf(&e, i)
	return e
}

// leaf adds what only a leaf has.
func (b *builder) leaf(e *Entry, i int) {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	e.Standing, e.Tone = b.w.stands(i), b.leafTone(i)
	if n.IsRule() {
		e.Combined = "A rule answers: " + conditions{b.m}.ruled(n) + "."
	}
	for _, u := range c.Unmet {
		e.Capped = append(e.Capped, b.w.unmet(i, u))
	}
	if c.State == score.Answered {
		e.Claimed, e.Supported = b.w.claimed(i), b.w.counts(i)
	}
	if x, known := c.Number(score.Claimed); known {
		e.ClaimedLevel = &x
	}
	if x, known := c.Number(score.Evidenced); known {
		e.Level = &x
	}
	if n.Scale == nil {
		return
	}
	exactly := c.State == score.Answered && c.Respondents == 0
	for k, l := range n.Scale.Levels {
		e.Levels = append(e.Levels, LevelEntry{
			Value: l.Value.String(), Label: l.Label, Seen: l.Seen, Claimed: exactly && k == c.ClaimedLevel, Supported: exactly && k == c.Level,
		})
	}
}

// leafTone is caution where a claim is not carried or nothing is known, and good where it is met.
func (b *builder) leafTone(i int) Tone {
	c := &b.res.Criteria[i]
	switch {
	case !c.Counts():
		return Faint
	case c.State == score.Unanswered || c.State == score.MayApply || len(c.Unmet) > 0:
		return Caution
	case b.res.Met(i):
		return Good
	}
	return Plain
}

func (b *builder) groupStanding(i int) string {
	if shape := b.shape(i); shape != "" {
		return shape
	}
	if !b.res.Criteria[i].Counts() {
		return "not counted"
	}
	return b.score(i, score.Evidenced)
}

// numbers are exact, so that a format may count with them.
func (b *builder) numbers(e *Entry, i int) {
	n, c := &b.m.Nodes[i], &b.res.Criteria[i]
	e.From, e.To = n.Range()
	e.Among, e.Share, e.Points, e.PointsText = c.Weight, c.Share, c.Contribution, b.points(i)
	if weight := n.Counts(); c.Counts() && i > 0 {
		e.Weight = &weight
	}
	var worth, scores [3]exact.Number
	shown := c.Scored()
	for basis := range score.Basis(len(scores)) {
		e.ScoreTexts[basis] = b.score(i, basis)
		if c.Scored() {
			worth[basis] = c.Counting(basis)
			e.Bar[basis] = b.drawn(i, basis)
		}
		x, ok := b.res.Score(i, basis)
		scores[basis], shown = x, shown && ok
	}
	if c.Scored() {
		e.Worth = &worth
		e.Lowest, e.Brings = b.brings(i)
	}
	if shown {
		e.Scores = &scores
	}
}

func (b *builder) gateEntry(r score.GateResult) GateEntry {
	e := GateEntry{Name: r.Gate.Name, Title: r.Gate.Title, Outcome: r.Outcome.String(), Because: r.Gate.Because, Actor: b.w.actor(r.Gate.Duty)}
	switch r.Outcome {
	case score.Pass:
		e.Standing, e.Tone = "Passed", Good
	case score.NotRelevant:
		e.Standing, e.Tone = "Does not apply here", Faint
	case score.Fail, score.Undecided, score.Conditional:
		row := b.gate(r)
		e.Standing, e.Tone = capital(b.gateNow(r)), row[0].Tone
		e.Because = row[1].Text
	}
	return e
}

func (b *builder) flagEntry(r score.FlagResult) FlagEntry {
	e := FlagEntry{
		Name: r.Flag.Name, Title: r.Flag.Title, Severity: r.Flag.Source.Severity, Raised: raised[r.Raised], Say: sentence(r.Flag.Source.Say),
		Clears: r.Flag.Source.Clears,
	}
	switch r.Raised {
	case expr.True:
		e.Standing, e.Tone, e.Effect = "Raised", Caution, strings.TrimSpace(limit(r.Flag.Cap))
		if r.Flag.Source.Severity == "high" {
			e.Tone = b.bad()
		}
	case expr.Unknown:
		e.Standing, e.Tone, e.Effect = "Not ruled out: "+b.w.missing(r.Missing), Caution, strings.TrimSpace(limit(r.Flag.Cap))
	case expr.False:
		e.Standing, e.Tone = "Not raised", Plain
	case expr.Absent:
		e.Standing, e.Tone = "Does not apply here", Faint
	}
	return e
}

// Proof says what a result was made from, so that it can be made again: versions, and digests of what was read.
func (r *Report) Proof() []Score {
	d := r.Data()
	return []Score{
		{"Rubric", d.Rubric.ID + " " + d.Rubric.Version},
		{"Scoring digest", d.Rubric.Scoring},
		{"Content digest", d.Rubric.Content},
		{"Record", d.Innovation.ID},
		{"Name", r.Name},
		{"Record digest", d.Innovation.Digest},
		{"As of", r.asOf},
	}
}
