package innovation

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// What the first key of a file says that it is.
const (
	Kind           = "innovation/v1"
	AssessmentKind = "assessment/v1"
)

type dateType = calendar.Date

var innovationType = sync.OnceValue(func() *source.Type[Innovation] {
	itself := func(i *Innovation) *Innovation { return i }
	keys := []source.Key[Innovation]{
		source.KindKey[Innovation](Kind),
		source.Field("id", source.Ident, func(i *Innovation) *string { return &i.ID }, "its short name").Required(),
	}
	keys = append(keys, Keys("what people call it", itself)...)
	return source.Object("innovation", append(keys,
		WaiversKey(func(i *Innovation) *[]Waiver { return &i.Waivers }, "without effect here").Unlisted())...)
})

// Keys declares what can be said of an innovation for a type that holds one, as a rubric's case does: every key but
// `id` and `waivers`, which mean something else to each holder. name says what the `name` is the name of.
func Keys[T any](name string, of func(*T) *Innovation) []source.Key[T] {
	return []source.Key[T]{
		source.Field("for", source.ListOf(source.Word), func(t *T) *[]string { return &of(t).For }, "the rubrics that it answers"),
		source.Field("name", source.Word, func(t *T) *string { return &of(t).Name }, name).Required(),
		source.Field("summary", source.Word, func(t *T) *string { return &of(t).Summary }, "what it does, in a sentence or two"),
		source.Field("stage", source.Ident, func(t *T) *string { return &of(t).Stage }, "how far it is"),
		source.Field("supplier", source.Maybe(partyType), func(t *T) **Party { return &of(t).Supplier }, "who offers it"),
		source.Field("owner", source.Maybe(partyType), func(t *T) **Party { return &of(t).Owner }, "whose idea it is"),
		source.Field("version", source.Word, func(t *T) *string { return &of(t).Version }, "the version of the product"),
		source.Field("facts", source.MapOf(source.Word, factType), func(t *T) *[]source.Entry[string, Fact] { return &of(t).Facts }, "what is so, stated once"),
		source.Field("price", source.Maybe(priceType), func(t *T) **Price { return &of(t).Price }, "what it costs"),
		source.Field("evidence", source.ListOf(evidenceType), func(t *T) *[]Evidence { return &of(t).Evidence }, "what can be shown"),
		source.Field("answers", source.MapOf(source.Word, answerType), func(t *T) *[]source.Entry[string, Answer] { return &of(t).Answers }, "the answers, by criterion"),
		source.AllowKey(func(t *T) *[]source.Allowance { return &of(t).Allow }),
	}
}

// WaiversKey declares `waivers` for a type that holds some.
func WaiversKey[T any](field func(*T) *[]Waiver, doc string) source.Key[T] {
	return source.Field("waivers", source.ListOf(waiverType), field, doc)
}

var partyType = source.Object("party",
	source.Field("name", source.Word, func(p *Party) *string { return &p.Name }, "the name").Required(),
	source.Field("role", source.Word, func(p *Party) *string { return &p.Role }, "the role"))

var factType = source.Either(
	source.As(source.Text, func(v string) (Fact, error) { return Fact{Value: v}, nil }),
	source.Object("fact",
		source.Field("value", source.Text, func(f *Fact) *string { return &f.Value }, "what is so").Required(),
		source.Field("evidence", source.ListOf(source.Ident), func(f *Fact) *[]string { return &f.Evidence }, "what shows it")))

var priceType = source.Object("price",
	source.Field("amount", source.Number, func(p *Price) *exact.Number { return &p.Amount }, "the whole").Required(),
	source.Field("currency", source.Written("three letters such as GBP", `^[A-Z]{3}$`, "", func(s string) (string, error) { return s, nil }), func(p *Price) *string { return &p.Currency }, "three letters, such as GBP").Required(),
	source.Field("vat", source.Enum("included", "excluded", "exempt"), func(p *Price) *string { return &p.VAT }, "included, excluded or exempt").Required(),
	source.Field("parts", source.MapOf(source.Word, source.Number), func(p *Price) *[]source.Entry[string, exact.Number] { return &p.Parts }, "what it is made of"))

var evidenceType = source.Object("evidence",
	source.Field("id", source.Ident, func(e *Evidence) *string { return &e.ID }, "its short name").Required(),
	source.Field("kind", source.Ident, func(e *Evidence) *string { return &e.Kind }, "its kind, a word of the rubric").Required(),
	source.Field("title", source.Word, func(e *Evidence) *string { return &e.Title }, "what people call it").Required(),
	source.Field("locator", source.As(source.Word, locator), func(e *Evidence) *string { return &e.Locator }, "where it is: a path or an address"),
	source.Field("issuer", source.Word, func(e *Evidence) *string { return &e.Issuer }, "who made it"),
	source.Field("dated", source.Date, func(e *Evidence) *dateType { return &e.Dated }, "the day it was made"),
	source.Field("independent", source.YesNo, func(e *Evidence) *bool { return &e.Independent }, "yes if its maker has no stake in the result"),
	source.Field("valid_until", source.Date, func(e *Evidence) *dateType { return &e.ValidUntil }, "the last day on which it holds"),
	source.Field("covers", source.Object("covers",
		source.Field("version", source.Word, func(c *Covers) *string { return &c.Version }, "the version of the product"),
		source.Field("still", source.Maybe(source.Object("still",
			source.Field("for", source.Word, func(s *Still) *string { return &s.For }, "the later version").Required(),
			source.Field("because", source.Word, func(s *Still) *string { return &s.Because }, "why what it says has not changed").Required())),
			func(c *Covers) **Still { return &c.Still }, "that it holds for a later version too")),
		func(e *Evidence) *Covers { return &e.Covers }, "what it is about"),
	source.Field("checked", source.Maybe(source.Object("checked",
		source.Field("by", source.Word, func(c *Checked) *string { return &c.By }, "who opened it").Required(),
		source.Field("date", source.Date, func(c *Checked) *dateType { return &c.Date }, "when").Required())),
		func(e *Evidence) **Checked { return &e.Checked }, "that a reader opened it"),
	source.Field("results", source.MapOf(source.ResultName, source.Text), func(e *Evidence) *[]source.Entry[string, string] { return &e.Results }, "numbers and words that it found"),
	source.AllowKey(func(e *Evidence) *[]source.Allowance { return &e.Allow }))

var scheme = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]+:`) })

// locator checks the form of a path or an address. It is never opened.
func locator(s string) (string, error) {
	prefix := strings.ToLower(scheme().FindString(s))
	if _, err := url.Parse(s); err != nil || prefix != "" && !slices.Contains([]string{"http:", "https:", "doi:", "urn:"}, prefix) {
		return "", fmt.Errorf("expected a path or an https address, got %q", s)
	}
	return s, nil
}

// amountType is a level or number, or a range of two.
var amountType = source.Listed(
	source.As(source.ListOf(source.Word), func(ends []string) (Amount, error) {
		if len(ends) != 2 {
			return Amount{}, fmt.Errorf("expected a range of two, got %d", len(ends))
		}
		return Amount{Range: ends}, nil
	}, source.Items(2)),
	source.As(source.Word, func(s string) (Amount, error) { return Amount{One: s}, nil }))

// answerType is a level by value or label, `unknown`, or the long form.
var answerType = source.Either(
	source.As(source.Word, func(s string) (Answer, error) {
		switch strings.ToLower(s) {
		case "unknown":
			return Answer{Unknown: true}, nil
		case "n/a", "na":
			return Answer{}, fmt.Errorf("%q gives no reason; expected {na: the reason}", s)
		}
		return Answer{Level: Amount{One: s}}, nil
	}, source.Except("n/a", "na")),
	source.Object("answer",
		source.Field("level", amountType, func(a *Answer) *Amount { return &a.Level }, "a level of the scale"),
		source.Field("value", amountType, func(a *Answer) *Amount { return &a.Value }, "a number"),
		source.Field("na", source.Word, func(a *Answer) *string { return &a.NA }, "why it does not apply"),
		source.Field("responses", source.MapOf(source.Word, source.Number), func(a *Answer) *[]source.Entry[string, exact.Number] { return &a.Responses }, "how many gave each level"),
		source.Field("because", source.Word, func(a *Answer) *string { return &a.Because }, "the reason, in a sentence"),
		source.Field("evidence", source.ListOf(source.Ident), func(a *Answer) *[]string { return &a.Evidence }, "what shows it"),
		source.AllowKey(func(a *Answer) *[]source.Allowance { return &a.Allow })))

var waiverType = source.Object("waiver",
	source.Field("gate", source.Word, func(w *Waiver) *string { return &w.Gate }, "the gate that is waived").Required(),
	source.Field("reason", source.Word, func(w *Waiver) *string { return &w.Reason }, "why").Required(),
	source.Field("owner", source.Ident, func(w *Waiver) *string { return &w.Owner }, "the role that answers for it").Required(),
	source.Field("granted", source.Date, func(w *Waiver) *dateType { return &w.Granted }, "the first day").Required(),
	source.Field("expires", source.Date, func(w *Waiver) *dateType { return &w.Expires }, "the last day").Required())

var assessmentType = sync.OnceValue(func() *source.Type[Assessment] {
	return source.Object("assessment",
		source.KindKey[Assessment](AssessmentKind),
		source.Field("innovation", source.Ident, func(a *Assessment) *string { return &a.Innovation }, "the id of the innovation").Required(),
		source.Field("rubric", source.Word, func(a *Assessment) *string { return &a.Rubric }, "the rubric"),
		source.Field("assessor", source.Maybe(partyType), func(a *Assessment) **Party { return &a.Assessor }, "whose it is"),
		source.Field("interests", source.ListOf(source.Word), func(a *Assessment) *[]string { return &a.Interests }, "what ties the assessor to the innovation"),
		source.Field("answers", source.MapOf(source.Word, answerType), func(a *Assessment) *[]source.Entry[string, Answer] { return &a.Answers }, "the levels given"),
		WaiversKey(func(a *Assessment) *[]Waiver { return &a.Waivers }, "the gates waived"))
})
