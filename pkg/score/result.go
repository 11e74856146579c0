package score

import (
	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// State is how a criterion stands. States are never confused: what is not known is not zero.
type State uint8

// States.
const (
	Answered State = iota
	Unanswered
	NotApplicable
	MayApply
	NotYetExpected
	DoesNotApply
)

// String writes the state as in the JSON report.
func (s State) String() string {
	return [...]string{"answered", "unknown", "not-applicable", "may-apply", "not-yet-expected", "does-not-apply"}[s]
}

// Counts reports whether a criterion in this state is asked for, answered or not. What is not known counts, as the worst.
func (s State) Counts() bool { return s == Answered || s == Unanswered || s == MayApply }

// Basis is which of the scores is meant.
type Basis uint8

// The three scores, and two that comparisons over groups with unknowns are bounded by.
const (
	Evidenced Basis = iota // supported levels, unknown as worst
	Claimed                // claimed levels, unknown as worst
	AtBest                 // claimed levels, unknown as best
	ceiling                // supported levels, unknown as best
	roof                   // claimed levels, the worse ends of ranges, unknown as best
	bases
)

// Result is what one record comes to under one model on one day. It is not changed afterwards.
type Result struct {
	Model  *Model
	Record *Record
	AsOf   calendar.Date
	// Criteria are beside the model's nodes.
	Criteria []Criterion
	Gates    []GateResult
	Flags    []FlagResult
	Verdict  Verdict
	Answered Tally
	// Facts are those whose evidence does not carry them, by name: they count as not known.
	Facts map[string][]Unmet
	// ByDuty are, for supplier, buyer and adopter, the weighted means of the leaves that they must act on.
	ByDuty map[string][3]exact.Number
	// DutyKnown are those of whose leaves at least one is known.
	DutyKnown map[string]bool
	run       *evaluation // for what would be if something were otherwise

	// Findings are what the record says that had no effect.
	Findings diag.List
}

// Criterion is the state and the scores of one node.
type Criterion struct {
	State State
	// Missing are the facts and answers that decide whether it applies, or that a rule or a price would be made of.
	Missing []string
	// ClaimedLevel and Level are the indexes of the levels that the claim and what is supported of it come to; they mean
	// something only of an answered leaf with a scale.
	ClaimedLevel, Level int
	// Unmet are the evidence rules that the claim reaches and the evidence does not meet.
	Unmet    []Unmet
	NA       string
	Because  string
	Evidence []*innovation.Evidence
	// Respondents is how many answered, of a survey; TooFew is set if they are not enough.
	Respondents int
	TooFew      bool
	// Weight is the share of the parent, Share that of the whole, after dropping out; nil without one.
	Weight, Share *exact.Number
	// Contribution is in the displayed units of the root, by basis; nil where a group above carries it.
	Contribution *[3]exact.Number
	// Band is that of a rubric in use; nil otherwise.
	Band *Band
	// Withheld is why a score that there is is not shown; nil if it is.
	Withheld *Withheld

	present bool // has a part in the score
	numbers [bases]exact.Number
	known   [bases]bool // what numbers holds
	value   [bases]exact.Number
	scored  bool
	rounded *exact.Number    // of a price, the value that its group counts: so that its contribution is rounded
	display *[3]exact.Number // under a policy for what is not known
	lead    exact.Number     // with slope, what a value contributes to the root: lead + slope x value
	slope   exact.Number
}

// Withheld says that too few criteria are answered for a score to be shown.
type Withheld struct {
	Answered, Of int
	Least        exact.Number
}

// Counts reports whether the criterion has a part in the score. What is not known does, as the worst.
func (c *Criterion) Counts() bool { return c.present }

// Scored reports whether there is a score. Without anything to score there is none, and it is not zero.
func (c *Criterion) Scored() bool { return c.scored }

// Value is the score as a value from 0 to 1, with what is not known as the worst; it means something only if Scored.
func (c *Criterion) Value(b Basis) exact.Number { return c.value[b] }

// Counting is the value that a group counts, from 0 to 1: that of a price may be rounded, so that its contribution is. It
// means something only if Scored.
func (c *Criterion) Counting(b Basis) exact.Number {
	if c.rounded != nil {
		return *c.rounded
	}
	return c.value[b]
}

// Number is what a leaf is answered with on a basis: a level's value, a number, the mean of a survey; and whether that
// is known.
func (c *Criterion) Number(b Basis) (exact.Number, bool) { return c.numbers[b], c.known[b] }

// Score is the score of node i as it is displayed, and whether there is one to show.
func (r *Result) Score(i int, b Basis) (exact.Number, bool) {
	c := &r.Criteria[i]
	switch {
	case c.Withheld != nil:
		return exact.Zero, false
	case c.display != nil:
		return r.Model.Nodes[i].Shown(c.display[b]), true
	}
	return r.Counted(i, b)
}

// ShownValue is the score as it is displayed, as a value from 0 to 1; it means something only if there is one to show.
func (r *Result) ShownValue(i int, b Basis) exact.Number {
	if c := &r.Criteria[i]; c.display != nil {
		return c.display[b]
	}
	return r.Criteria[i].value[b]
}

// Counted is the score of node i with what is not known as the worst, in its displayed units: the one that parents and
// bands go by.
func (r *Result) Counted(i int, b Basis) (exact.Number, bool) {
	c := &r.Criteria[i]
	return r.Model.Nodes[i].Shown(c.value[b]), c.scored
}

// Met reports whether node i is met on its supported levels; what is not known is not.
func (r *Result) Met(i int) bool { return r.met(i, Evidenced) }

// MetOn is [Result.Met] on another basis.
func (r *Result) MetOn(i int, b Basis) bool { return r.met(i, b) }

// met compares a leaf's number with the one from which it is met, and a group's value. What is not known is not met
// at the worst and is at the best.
func (r *Result) met(i int, b Basis) bool {
	n, c := &r.Model.Nodes[i], &r.Criteria[i]
	switch g := n.gauge(); {
	case g == nil:
		return c.scored && !c.value[b].Less(n.met)
	case c.known[b]:
		return atLeast(g, c.numbers[b], n.met)
	}
	return c.scored && c.value[b].Equal(exact.One)
}

// Unmet is an evidence rule that caps a level, and why each cited item is not accepted.
type Unmet struct {
	Rule   *rubric.EvidenceRule
	Number int // 1-based, in the order of the rules
	From   int // index of the level from which the rule holds; -1 of a number or a fact, where it always does
	Found  int // items accepted; fewer than the rule's minimum
	Items  []Refused
}

// Refused is an item of evidence that a rule does not accept.
type Refused struct {
	Item   *innovation.Evidence
	Reason Reason
	// Expired is the last good day, where age is the reason.
	Expired calendar.Date
}

// Reason is why an item is not accepted, the first that holds.
type Reason uint8

// Reasons.
const (
	Accepted Reason = iota
	WrongKind
	Undated
	FutureDated
	Expired // past valid_until
	TooOld  // past dated + max_age
	NoLastDay
	OtherVersion
	VersionNotCovered
	NotIndependent
	NotChecked
	CheckFails
)

// Outcome is how a gate came out.
type Outcome uint8

// Outcomes.
const (
	Pass Outcome = iota
	Fail
	Conditional
	Undecided // JSON: unknown
	NotRelevant
)

// String writes the outcome as in the JSON report.
func (o Outcome) String() string {
	return [...]string{"pass", "fail", "conditional", "unknown", "not-applicable"}[o]
}

// GateResult is the outcome of one gate.
type GateResult struct {
	Gate    *Gate
	Outcome Outcome
	Missing []string
	Waiver  *innovation.Waiver // the valid one, if it made the gate conditional
}

// FlagResult is whether one flag is raised: expr.Absent is not applicable.
type FlagResult struct {
	Flag    *Flag
	Raised  expr.Truth
	Missing []string
}

// Tally counts the leaves that have a share in the score.
type Tally struct {
	Answered int
	Expected int // answered or not; MayApply of them are undecided
	MayApply int
}

// Headline is the first thing that a report says.
type Headline uint8

// Headlines, worst first.
const (
	GateFails Headline = iota
	GateUnknown
	Incomplete
	ConditionalBand
	InBand
)

// String writes the headline as in the JSON report.
func (h Headline) String() string {
	return [...]string{"gate-fails", "gate-unknown", "incomplete", "conditional", "band"}[h]
}

// Verdict is the headline and the band.
type Verdict struct {
	Headline Headline
	Also     []Headline // the others that hold
	// Band is nil if the rubric has no bands. Index is its position, lowest first.
	Band  *Band
	Index int
	// ScoreBand is the one that the score alone would give.
	ScoreBand *Band
}

// Better reports whether v is a better headline than w, or the same with a better band.
func (v Verdict) Better(w Verdict) bool {
	if v.Headline != w.Headline {
		return v.Headline > w.Headline
	}
	return v.Index > w.Index && v.Headline >= ConditionalBand
}
