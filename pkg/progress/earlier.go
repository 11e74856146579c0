package progress

import (
	"strconv"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// ReportKind is what the first key of a report says that it is.
const ReportKind = "report/v1"

// Earlier is a report that was written before, as far as progress is told from it. Numbers are as they were written, to 12
// digits.
type Earlier struct {
	source.Origin
	AsOf    calendar.Date
	Results []Standing
}

// Standing is what one record came to then.
type Standing struct {
	source.Origin
	Innovation Innovation
	Rubric     Rubric
	Headline   string // as [score.Headline] writes it
	Band       *Band  // nil of a rubric without bands
	Score      *Scores
	Answered   Tally
	Basis      Basis
	Gates      []Outcome
	Flags      []Outcome
	Criteria   []Criterion
}

// The parts of a standing, as they are called in a report.
type (
	// Innovation is what was scored.
	Innovation struct{ ID, Version, Stage string }
	// Rubric is what it was scored with, with the digests of its words and of what its scores are computed from.
	Rubric struct {
		source.Origin
		ID, Version, Content, Scoring string
	}
	// Band is a range of scores with a name.
	Band struct{ ID, Label string }
	// Scores are the three.
	Scores struct{ Evidenced, Claimed, AtBest exact.Number }
	// Tally counts the questions.
	Tally struct{ Answered, Expected int }
	// Basis counts the items of evidence.
	Basis struct{ Listed, Checked int }
	// Outcome is that of a gate, or whether a flag is raised, as a report writes it.
	Outcome struct{ ID, Outcome string }
	// Cap is an item of evidence that a rule did not accept, with the reason in words; "" if nothing was cited.
	Cap struct {
		Rule          int
		Evidence, Why string
	}
)

// Criterion is how a criterion stood then.
type Criterion struct {
	source.Origin
	ID    string // full
	State string // as [score.State] writes it
	// Claimed and Level are what a leaf was said to be and what was supported of it; Range are the ends of an answer that
	// is one. All are nil where nothing was known.
	Claimed, Level *exact.Number
	Range          []exact.Number
	Capped         []Cap
	Evidence       []string // ids
	Score          *Scores
	Contribution   *Scores // nil where a group above carried it
	Criteria       []Criterion
}

// State is that of the whole, which a report does not write: not answered where no question was.
func (s *Standing) State() string {
	if s.Answered.Answered == 0 {
		return score.Unanswered.String()
	}
	return score.Answered.String()
}

// Best is the better end of what the criterion was said to be; nil if that was not known.
func (c *Criterion) Best() *exact.Number {
	if len(c.Range) == 0 {
		return c.Claimed
	}
	return &c.Range[len(c.Range)-1]
}

// Parse reads an earlier report. It holds whatever could be understood, and is nil only if the file is no report.
func Parse(n *source.Node) (*Earlier, diag.List) {
	return source.ReadKind(n, ReportKind, earlierType())
}

// earlierType declares what is read of a report: what progress is told from, and nothing else.
var earlierType = sync.OnceValue(func() *source.Type[Earlier] {
	return source.Object("report",
		source.KindKey[Earlier](ReportKind),
		source.Field("as_of", source.Date, func(e *Earlier) *calendar.Date { return &e.AsOf }, "the day on which evidence was judged").Required(),
		source.Field("results", source.ListOf(standingType()), func(e *Earlier) *[]Standing { return &e.Results }, "one for each record").Required(),
		source.Others[Earlier]())
})

func standingType() *source.Type[Standing] {
	gate, flag := outcomeType("gate", "outcome", outcomes()), outcomeType("flag", "raised", []string{"yes", "no", "unknown", "not-applicable"})
	return source.Object("result",
		source.Field("innovation", innovationType(), func(s *Standing) *Innovation { return &s.Innovation }, "what was scored").Required(),
		source.Field("rubric", rubricType(), func(s *Standing) *Rubric { return &s.Rubric }, "what it was scored with").Required(),
		source.Field("headline", headlineType(), func(s *Standing) *string { return &s.Headline }, "the first thing that it says").Required(),
		source.Field("band", source.Maybe(bandType()), func(s *Standing) **Band { return &s.Band }, "the band"),
		source.Field("score", source.Maybe(scoresType()), func(s *Standing) **Scores { return &s.Score }, "the three scores"),
		source.Field("answered", tallyType(), func(s *Standing) *Tally { return &s.Answered }, "how many questions were answered").Required(),
		source.Field("basis", basisType(), func(s *Standing) *Basis { return &s.Basis }, "what it stood on").Required(),
		source.Field("gates", source.ListOf(gate), func(s *Standing) *[]Outcome { return &s.Gates }, "the gates").Required(),
		source.Field("flags", source.ListOf(flag), func(s *Standing) *[]Outcome { return &s.Flags }, "the warning signs").Required(),
		source.Field("criteria", source.ListOf(criterionType()), func(s *Standing) *[]Criterion { return &s.Criteria }, "the criteria").Required(),
		source.Others[Standing]())
}

func innovationType() *source.Type[Innovation] {
	return source.Object("innovation",
		source.Field("id", source.Ident, func(i *Innovation) *string { return &i.ID }, "its short name").Required(),
		source.Field("version", source.Text, func(i *Innovation) *string { return &i.Version }, "the version of the product"),
		source.Field("stage", source.Text, func(i *Innovation) *string { return &i.Stage }, "how far it was"),
		source.Others[Innovation]())
}

func rubricType() *source.Type[Rubric] {
	return source.Object("rubric",
		source.Field("id", source.Ident, func(r *Rubric) *string { return &r.ID }, "its id").Required(),
		source.Field("version", source.Text, func(r *Rubric) *string { return &r.Version }, "its version").Required(),
		source.Field("content", source.Text, func(r *Rubric) *string { return &r.Content }, "the digest of its words").Required(),
		source.Field("scoring", source.Text, func(r *Rubric) *string { return &r.Scoring }, "the digest of what its scores are computed from").Required(),
		source.Others[Rubric]())
}

func headlineType() *source.Type[string] {
	var words []string
	for h := score.GateFails; h <= score.InBand; h++ {
		words = append(words, h.String())
	}
	return source.Object("headline",
		source.Field("id", source.Enum(words...), func(s *string) *string { return s }, "which one").Required(),
		source.Others[string]())
}

func bandType() *source.Type[Band] {
	return source.Object("band",
		source.Field("id", source.Ident, func(b *Band) *string { return &b.ID }, "its id").Required(),
		source.Field("label", source.Text, func(b *Band) *string { return &b.Label }, "its name").Required(),
		source.Others[Band]())
}

func scoresType() *source.Type[Scores] {
	return source.Object("score",
		source.Field("evidenced", source.Computed, func(s *Scores) *exact.Number { return &s.Evidenced }, "what the evidence carries").Required(),
		source.Field("claimed", source.Computed, func(s *Scores) *exact.Number { return &s.Claimed }, "every answer at its word").Required(),
		source.Field("potential", source.Computed, func(s *Scores) *exact.Number { return &s.AtBest }, "what is not known as good").Required(),
		source.Others[Scores]())
}

func tallyType() *source.Type[Tally] {
	return source.Object("answered",
		source.Field("answered", count(), func(t *Tally) *int { return &t.Answered }, "answered").Required(),
		source.Field("expected", count(), func(t *Tally) *int { return &t.Expected }, "answered or not").Required(),
		source.Others[Tally]())
}

func basisType() *source.Type[Basis] {
	return source.Object("basis",
		source.Field("evidence_listed", count(), func(b *Basis) *int { return &b.Listed }, "items of evidence").Required(),
		source.Field("evidence_checked", count(), func(b *Basis) *int { return &b.Checked }, "those that a reader checked").Required(),
		source.Others[Basis]())
}

func count() *source.Type[int] {
	return source.Written("a whole number", `^(0|[1-9][0-9]{0,8})$`, "integer", strconv.Atoi)
}

// outcomes are those of gates.
func outcomes() (words []string) {
	for o := score.Pass; o <= score.NotRelevant; o++ {
		words = append(words, o.String())
	}
	return words
}

func outcomeType(what, key string, words []string) *source.Type[Outcome] {
	return source.Object(what,
		source.Field("id", source.Word, func(o *Outcome) *string { return &o.ID }, "its full name").Required(),
		source.Field(key, source.Enum(words...), func(o *Outcome) *string { return &o.Outcome }, "how it came out").Required(),
		source.Others[Outcome]())
}

func criterionType() *source.Type[Criterion] {
	var states []string
	for s := score.Answered; s <= score.DoesNotApply; s++ {
		states = append(states, s.String())
	}
	number, scores := source.Maybe(source.Computed), source.Maybe(scoresType())
	return source.Recursive("criterion", func(self *source.Type[Criterion]) []source.Key[Criterion] {
		return []source.Key[Criterion]{
			source.Field("id", source.Word, func(c *Criterion) *string { return &c.ID }, "its full name").Required(),
			source.Field("state", source.Enum(states...), func(c *Criterion) *string { return &c.State }, "how it stood").Required(),
			source.Field("claimed_level", number, func(c *Criterion) **exact.Number { return &c.Claimed }, "what was claimed"),
			source.Field("level", number, func(c *Criterion) **exact.Number { return &c.Level }, "what was supported"),
			source.Field("range", source.ListOf(source.Computed), func(c *Criterion) *[]exact.Number { return &c.Range }, "the ends of an answer"),
			source.Field("capped", source.ListOf(capType()), func(c *Criterion) *[]Cap { return &c.Capped }, "why it was capped"),
			source.Field("evidence", source.ListOf(source.Word), func(c *Criterion) *[]string { return &c.Evidence }, "what was cited"),
			source.Field("score", scores, func(c *Criterion) **Scores { return &c.Score }, "its scores"),
			source.Field("contribution", scores, func(c *Criterion) **Scores { return &c.Contribution }, "what it brought to the whole"),
			source.Field("criteria", source.ListOf(self), func(c *Criterion) *[]Criterion { return &c.Criteria }, "those below it"),
			source.Others[Criterion](),
		}
	})
}

func capType() *source.Type[Cap] {
	return source.Object("cap",
		source.Field("rule", source.Count, func(c *Cap) *int { return &c.Rule }, "which rule").Required(),
		source.Field("evidence", source.Text, func(c *Cap) *string { return &c.Evidence }, "which item").Required(),
		source.Field("why", source.Text, func(c *Cap) *string { return &c.Why }, "why it was not accepted").Required(),
		source.Others[Cap]())
}
