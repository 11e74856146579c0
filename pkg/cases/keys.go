package cases

import (
	"fmt"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Kind is what the first key of a file of cases says that it is.
const Kind = "cases/v1"

// none stands for what is not there: no score, no band, no rung.
const none = "none"

var fileType = sync.OnceValue(func() *source.Type[File] {
	return source.Object("file of cases",
		source.KindKey[File](Kind),
		source.Field("rubric", source.Word, func(f *File) *string { return &f.Rubric }, "the rubric under test: a path from this file's folder, or an id").Required(),
		source.Field("as_of", source.Date, func(f *File) *calendar.Date { return &f.AsOf }, "the day on which evidence is judged"),
		source.Field("cases", source.ListOf(caseType()), func(f *File) *[]Case { return &f.Cases }, "the cases").Required())
})

// caseType has the keys of an innovation between those that only a case has.
func caseType() *source.Type[Case] {
	keys := innovation.Keys("what the case shows, in a sentence", func(c *Case) *innovation.Innovation { return &c.Innovation })
	keys = append(keys,
		innovation.WaiversKey(func(c *Case) *[]innovation.Waiver { return &c.Granted }, "the gates that the assessing side waives"),
		source.Field("as_of", source.Date, func(c *Case) *calendar.Date { return &c.AsOf }, "the day, if not that of the file"),
		source.Field("cites", source.Word, func(c *Case) *string { return &c.Cites }, "where the expected figures come from"),
		source.Field("expect", expectType, func(c *Case) *Expect { return &c.Expect }, "what it comes to: its score, its band, its criteria and so on").Required())
	return source.Object("case", source.Leading(keys, "name", "cites", "as_of")...)
}

var expectType = source.Object("expect",
	source.Field("score", source.Maybe(figureType), func(e *Expect) **Figure { return &e.Score }, "the evidenced score, or none"),
	source.Field("claimed", source.Maybe(figureType), func(e *Expect) **Figure { return &e.Claimed }, "the claimed score, or none"),
	source.Field("potential", source.Maybe(figureType), func(e *Expect) **Figure { return &e.Potential }, "the score at best, or none"),
	source.Field("band", source.Ident, func(e *Expect) *string { return &e.Band }, "the id of the band, or none"),
	source.Field("headline", source.Enum(headlines()...), func(e *Expect) *string { return &e.Headline }, "the first thing that is said"),
	source.Field("answered", answeredType, func(e *Expect) *Answered { return &e.Answered }, "how many criteria are answered"),
	source.Field("criteria", source.MapOf(source.Word, criterionType), func(e *Expect) *[]source.Entry[string, Criterion] { return &e.Criteria }, "criteria, leaves and groups, by id"),
	source.Field("gates", source.MapOf(source.Word, source.Enum(outcomes()...)), func(e *Expect) *[]source.Entry[string, string] { return &e.Gates }, "outcomes of gates, by id"),
	source.Field("flags", source.MapOf(source.Word, raisedType), func(e *Expect) *[]source.Entry[string, string] { return &e.Flags }, "whether flags are raised, by id"),
	source.Field("by_duty", source.MapOf(source.Enum("supplier", "buyer", "adopter"), figureType), func(e *Expect) *[]source.Entry[string, Figure] { return &e.ByDuty }, "scores by who must act"))

var answeredType = source.Object("answered",
	source.Field("answered", source.Maybe(wholeType), func(a *Answered) **int { return &a.Answered }, "how many are"),
	source.Field("expected", source.Maybe(wholeType), func(a *Answered) **int { return &a.Expected }, "of how many"),
	source.Field("may_apply", source.Maybe(wholeType), func(a *Answered) **int { return &a.MayApply }, "how many of those may not apply"))

var criterionType = source.Object("criterion",
	source.Field("level", source.Word, func(c *Criterion) *string { return &c.Level }, "the level that counts, by value or label"),
	source.Field("claimed_level", source.Word, func(c *Criterion) *string { return &c.ClaimedLevel }, "the level that is claimed"),
	source.Field("state", source.Enum(states()...), func(c *Criterion) *string { return &c.State }, "how it stands"),
	source.Field("met", source.Maybe(source.YesNo), func(c *Criterion) **bool { return &c.Met }, "whether it counts as met"),
	source.Field("score", source.Maybe(figureType), func(c *Criterion) **Figure { return &c.Score }, "its evidenced score, or none"),
	source.Field("claimed", source.Maybe(figureType), func(c *Criterion) **Figure { return &c.Claimed }, "its claimed score, or none"),
	source.Field("potential", source.Maybe(figureType), func(c *Criterion) **Figure { return &c.Potential }, "its score at best, or none"),
	source.Field("missing", source.ListOf(source.Word), func(c *Criterion) *[]string { return &c.Missing }, "what is not known that decides whether it applies"),
	source.Field("rung", source.Word, func(c *Criterion) *string { return &c.Rung }, "of a ladder, the last criterion met in order, or none"),
	source.Field("ahead", source.ListOf(source.Word), func(c *Criterion) *[]string { return &c.Ahead }, "of a ladder, the criteria met beyond the rung"),
	source.Field("counts", source.MapOf(source.Word, wholeType), func(c *Criterion) *[]source.Entry[string, int] { return &c.Counts }, "of a group, how many criteria are at each level, or unknown"))

// notKnown counts what is not known of a group; no level is called that.
const notKnown = "unknown"

// figureType keeps how many decimals are written: they say how closely the score is compared.
var figureType = source.Written("a number such as 62.5, or none", `^(none|-?(0|[1-9][0-9]*)(\.[0-9]+)?)$`, "number", figure)

func figure(s string) (Figure, error) {
	if s == none {
		return Figure{None: true}, nil
	}
	x, err := exact.Parse(s)
	if err != nil || strings.ContainsAny(s, "eE") {
		return Figure{}, fmt.Errorf("expected a number such as 62.5, or none, got %q", s)
	}
	_, decimals, _ := strings.Cut(s, ".")
	return Figure{Number: x, Decimals: len(decimals)}, nil
}

// most bounds what is counted.
const most = 1_000_000

var wholeType = source.Whole("a whole number from 0", 0, most)

// raisedType is a yes-no that has two answers more.
var raisedType = source.Written("yes, no, unknown or not-applicable", `^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|unknown|not-applicable)$`, "boolean", func(s string) (string, error) {
	if yes, err := source.ParseYesNo(s); err == nil {
		return yesNo(yes), nil
	}
	return s, nil
})

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
