package source

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
)

// shape is how a value is written, as data. Every [Type] and every [Key] has one, and nothing is made of it unless a
// schema is asked for, or a file put in order: see [Declaration].
type shape interface {
	// label names what a schema defines once and refers to; "" is written out wherever it is used.
	label() string
	schema(w *schemaWriter) schema
}

// scalarShape is one text of a file. Other readers of YAML take some texts for numbers or truth values; whether they are
// one here is for the declared type to say, so a schema has to accept both.
type scalarShape struct {
	name    string     // of its definition
	also    []string   // what else than a string it may be to others, as a schema calls it
	pattern string     // of the text; "" is any
	words   []string   // that the text is one of, in any case; nil is any
	format  string     // what a schema calls it, where a pattern cannot say all
	refused [][]string // words that the pattern lets through
}

func (s *scalarShape) label() string { return s.name }

// visible matches text with a character that can be seen.
const visible = `\S`

// The shapes of the scalars that types.go declares.
var (
	textShape     = &scalarShape{also: []string{"number", "boolean"}}
	wordShape     = &scalarShape{name: "text", also: []string{"number", "boolean"}, pattern: visible}
	yesNoShape    = &scalarShape{name: "yes-no", also: []string{"boolean"}, words: []string{"yes", "no", "true", "false"}}
	numberShape   = &scalarShape{name: "number", also: []string{"number"}, pattern: `^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`}
	dateShape     = &scalarShape{name: "date", pattern: calendar.DatePattern, format: "date"}
	durationShape = &scalarShape{name: "duration", pattern: calendar.SpanPattern}
	identShape    = &scalarShape{name: "id", pattern: identForm, refused: [][]string{yamlWords}}
	factShape     = &scalarShape{name: "name-of-a-fact", pattern: factForm, refused: [][]string{yamlWords, celWords}}
	resultShape   = &scalarShape{name: "name-of-a-result", pattern: factForm, refused: [][]string{celWords}}
	versionShape  = &scalarShape{name: "version", pattern: versionForm}
	editionShape  = &scalarShape{name: "id-with-version", pattern: strings.TrimSuffix(identForm, "$") + "@" + strings.TrimPrefix(versionForm, "^")}
	choiceShape   = limited(&scalarShape{also: []string{"number"}, pattern: visible}, []Limit{Except(append([]string{"~"}, yamlWords...)...)})
)

// wholeShape is a whole number from low, above 0, to high.
type wholeShape struct{ low, high int }

func (*wholeShape) label() string { return "" }

// wordsShape is one of a few words.
type wordsShape struct{ words []string }

func (*wordsShape) label() string { return "" }

// listShape is a list of items of one shape.
type listShape struct{ item shape }

func (*listShape) label() string { return "" }

// mapShape is a mapping whose keys the author chooses.
type mapShape struct{ key, value shape }

func (*mapShape) label() string { return "" }

// eitherShape is a value that may be written in several ways, which no value is all of at once.
type eitherShape struct{ ways []shape }

func (*eitherShape) label() string { return "" }

func (o *object[T]) label() string { return strings.ReplaceAll(o.what, " ", "-") }

// limitedShape is a shape of which a conversion refuses a part.
type limitedShape struct {
	of     shape
	limits []Limit
}

func (*limitedShape) label() string { return "" }

// Limit tells a schema what the conversion of an [As] refuses. Several of one type may not say the same thing twice.
type Limit func() schema

func limited(of shape, limits []Limit) shape {
	if len(limits) == 0 {
		return of
	}
	return &limitedShape{of: of, limits: limits}
}

// Items says that a list of any other length is refused.
func Items(n int) Limit {
	return func() schema { return schema{{"minItems", n}, {"maxItems", n}} }
}

// Except says that the words are refused, in any case. A pattern holds for all that is no text, so the type stands with it.
func Except(words ...string) Limit {
	return func() schema { return schema{{"not", schema{{"type", "string"}, {"pattern", inAnyCase(words)}}}} }
}
