package rubric

import (
	"maps"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// What the first key of a file says that it is.
const (
	Kind           = "rubric/v1"
	VocabularyKind = "vocabulary/v1"
	ReferenceKind  = "reference/v1"
)

type (
	dateType = calendar.Date
	spanType = calendar.Span
)

// Parse reads a rubric's own file. What it imports and uses is read by [Catalogue.Link]. The rubric holds whatever
// could be understood; it is nil only if the file is no rubric.
func Parse(n *source.Node) (*Rubric, diag.List) { return source.ReadComplete(n, Kind, rubricType()) }

// ParseVocabulary reads a file of shared words.
func ParseVocabulary(n *source.Node) (*Vocabulary, diag.List) {
	return source.ReadComplete(n, VocabularyKind, vocabularyType)
}

// ParseReference reads a file of an outside source's items.
func ParseReference(n *source.Node) (*Reference, diag.List) {
	return source.ReadComplete(n, ReferenceKind, referenceType)
}

// Declaration is the form of a rubric's file.
func Declaration() source.Declaration { return source.DeclareComplete(Kind, rubricType()) }

// VocabularyDeclaration is the form of a file of shared words.
func VocabularyDeclaration() source.Declaration {
	return source.DeclareComplete(VocabularyKind, vocabularyType)
}

// ReferenceDeclaration is the form of a file of an outside source's items.
func ReferenceDeclaration() source.Declaration {
	return source.DeclareComplete(ReferenceKind, referenceType)
}

var vocabularyType = source.Object("vocabulary",
	source.KindKey[Vocabulary](VocabularyKind),
	source.Field("id", source.Ident, func(v *Vocabulary) *string { return &v.ID }, "its short name"),
	source.Field("title", source.Word, func(v *Vocabulary) *string { return &v.Title }, "what people call it"),
	source.Field("stages", source.ListOf(source.Ident), func(v *Vocabulary) *[]string { return &v.Stages }, "the stages of an innovation, in order"),
	source.Field("scales", scalesType, func(v *Vocabulary) *[]source.Entry[string, []Point] { return &v.Scales }, "scales by name"),
	source.Field("facts", factsType, func(v *Vocabulary) *[]source.Entry[string, Fact] { return &v.Facts }, "what a record states once"),
	source.Field("kinds", kindsType, func(v *Vocabulary) *[]source.Entry[string, EvidenceKind] { return &v.Kinds }, "kinds of evidence"),
	source.Field("roles", rolesType, func(v *Vocabulary) *[]source.Entry[string, Role] { return &v.Roles }, "who can help"),
	source.AllowKey(func(v *Vocabulary) *[]source.Allowance { return &v.Allow }))

// Reference is an outside source: its items, in our own words.
type Reference struct {
	source.Origin
	ID, Title, Publisher, Year, Version string
	// Source is where our account of it comes from; Licence is what others may do with its text.
	Source, Licence string
	ReadOn          calendar.Date
	// Retired is the day from which it no longer holds, ReplacedBy what holds instead; both may be empty.
	Retired    calendar.Date
	ReplacedBy string
	Unverified []string
	Items      []source.Entry[string, Item]
	Allow      []source.Allowance
}

// Item is one claim or requirement of a reference.
type Item struct {
	Says, Kind string
	// AnsweredBy is the part of the report that answers an item which no criterion can; see [ReportParts].
	AnsweredBy string
	// Inferred items follow from the text without being said. Unverified ones were not read in the original.
	Inferred, Unverified bool
}

// Kinds of items.
const (
	KindReportFeature = "report-feature"
	KindContext       = "context"
)

// ReportParts are the parts of the report that can answer an item, and what each does.
var ReportParts = map[string]string{
	"report:accountable":      "names who answers for it",
	"report:answered":         "counts the questions that apply and those that are answered, so that the effort asked can be seen",
	"report:benefit-timeline": "says when the first benefit is expected, and how long the dip before it lasts",
	"report:by-duty":          "shows the gaps of supplier, buyer and adopter apart",
	"report:dimensions":       "shows the dimensions apart, and those that do not count beside the score",
	"report:in-place":         "names what is in place already, and with --since what moved since an earlier report, and why",
	"report:not-counted":      "names what does not apply, with the reason, and takes nothing off for it",
	"report:one-record":       "takes the answers of many rubrics from one record, and names the items that each meets",
}

var referenceType = source.Object("reference",
	source.KindKey[Reference](ReferenceKind),
	source.Field("id", source.Ident, func(r *Reference) *string { return &r.ID }, "its short name").Required(),
	source.Field("title", source.Word, func(r *Reference) *string { return &r.Title }, "its title").Required(),
	source.Field("publisher", source.Word, func(r *Reference) *string { return &r.Publisher }, "who published it"),
	source.Field("year", source.Word, func(r *Reference) *string { return &r.Year }, "when"),
	source.Field("version", source.Word, func(r *Reference) *string { return &r.Version }, "which edition of it"),
	source.Field("source", source.Word, func(r *Reference) *string { return &r.Source }, "where our account of it comes from"),
	source.Field("licence", source.Word, func(r *Reference) *string { return &r.Licence }, "what others may do with its text"),
	source.Field("read_on", source.Date, func(r *Reference) *dateType { return &r.ReadOn }, "the day on which it was read"),
	source.Field("retired", source.Date, func(r *Reference) *dateType { return &r.Retired }, "the day from which it no longer holds"),
	source.Field("replaced_by", source.Word, func(r *Reference) *string { return &r.ReplacedBy }, "what holds instead"),
	source.Field("unverified", source.ListOf(source.Word), func(r *Reference) *[]string { return &r.Unverified }, "what in it was not checked against the original"),
	source.Field("items", source.MapOf(source.Word, itemType), func(r *Reference) *[]source.Entry[string, Item] { return &r.Items }, "its items by number").Required(),
	source.AllowKey(func(r *Reference) *[]source.Allowance { return &r.Allow }))

var itemType = source.Object("item",
	source.Field("says", source.Word, func(i *Item) *string { return &i.Says }, "what it says, in our words").Required(),
	source.Field("kind", source.Enum("criterion", "red-flag", "prerequisite", KindReportFeature, KindContext), func(i *Item) *string { return &i.Kind }, "what becomes of it").Required(),
	source.Field("inferred", source.YesNo, func(i *Item) *bool { return &i.Inferred }, "yes if it follows from the text without being said"),
	source.Field("unverified", source.YesNo, func(i *Item) *bool { return &i.Unverified }, "yes if it was not read in the original"),
	source.Field("answered_by", source.Enum(slices.Sorted(maps.Keys(ReportParts))...), func(i *Item) *string { return &i.AnsweredBy }, "the part of the report that answers it"))
