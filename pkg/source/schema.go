package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// schema is a JSON object whose keys have an order, so that a schema is the same byte for byte and reads as files do.
type schema []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in their order.
func (s schema) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range s {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(appendString(nil, m.key))
		b.WriteByte(':')
		if err := plainJSON(&b, m.value, ""); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// plainJSON leaves `<` and `&` as they are: people read a schema, and no browser runs it.
func plainJSON(b *bytes.Buffer, v any, indent string) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(v)
}

// schemaWriter gathers what a schema defines once.
type schemaWriter struct {
	// complete makes a key with nothing after its colon a mistake.
	complete    bool
	names       map[shape]string
	definitions schema
}

func (w *schemaWriter) document(kind string, root shape) []byte {
	s := schema{
		{"$schema", "http://json-schema.org/draft-07/schema#"},
		{"title", fmt.Sprintf("A file that begins with %s: %s", Header, kind)},
	}
	s = append(s, root.schema(w)...)
	s = append(s, member{"definitions", w.definitions})
	var b bytes.Buffer
	if err := plainJSON(&b, s, "  "); err != nil { // texts, numbers and lists of them do not fail to marshal
		panic(err)
	}
	return b.Bytes()
}

// use is the schema of a shape where it is used: a reference to its definition, if it has a name.
func (w *schemaWriter) use(s shape) schema {
	if s.label() == "" {
		return s.schema(w)
	}
	if _, known := w.names[s]; !known {
		w.define(s)
	}
	return schema{{"$ref", "#/definitions/" + w.names[s]}}
}

// define takes a place and a name before it looks inside, for a shape that holds itself.
func (w *schemaWriter) define(s shape) {
	name := s.label()
	for i := 2; w.defines(name); i++ {
		name = fmt.Sprintf("%s-%d", s.label(), i)
	}
	w.names[s] = name
	at := len(w.definitions)
	w.definitions = append(w.definitions, member{key: name})
	inside := s.schema(w)
	w.definitions[at].value = inside
}

func (w *schemaWriter) defines(name string) bool {
	for _, m := range w.definitions {
		if m.key == name {
			return true
		}
	}
	return false
}

// orNothing is a value that may be left out after the colon, in files where that means that it is not answered.
func (w *schemaWriter) orNothing(s schema) schema {
	if w.complete {
		return s
	}
	return anyOf(s, schema{{"type", "null"}})
}

// anyOf is one of several schemas, those that are such a choice themselves opened up.
func anyOf(choices ...schema) schema {
	var flat []schema
	for _, c := range choices {
		if inner, ok := c.choices(); ok {
			flat = append(flat, inner...)
		} else {
			flat = append(flat, c)
		}
	}
	return schema{{"anyOf", flat}}
}

func (s schema) choices() ([]schema, bool) {
	if len(s) != 1 || s[0].key != "anyOf" {
		return nil, false
	}
	inner, ok := s[0].value.([]schema)
	return inner, ok
}

// describe puts the meaning of a key before its schema. Beside a reference it would be ignored, so that goes inside.
func describe(doc string, s schema) schema {
	if len(s) == 1 && s[0].key == "$ref" {
		s = schema{{"allOf", []schema{s}}}
	}
	return append(schema{{"description", doc}}, s...)
}

func (s *scalarShape) schema(*schemaWriter) schema {
	made := schema{{"type", typesOf(s)}}
	if s.pattern != "" {
		made = append(made, member{"pattern", s.pattern})
	}
	if s.words != nil {
		made = append(made, member{"pattern", inAnyCase(s.words)})
	}
	if s.format != "" {
		made = append(made, member{"format", s.format})
	}
	if len(s.refused) > 0 {
		words := slices.Sorted(slices.Values(slices.Concat(s.refused...)))
		made = append(made, member{"not", schema{{"enum", slices.Compact(words)}}})
	}
	return made
}

func typesOf(s *scalarShape) any {
	const always = "string"
	if s.also == nil {
		return always
	}
	return append([]string{always}, s.also...)
}

// inAnyCase is a pattern for words in capital and small letters; patterns in a schema have no switch for that.
func inAnyCase(words []string) string {
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			b.WriteByte('|')
		}
		for _, r := range word {
			if unicode.IsLetter(r) {
				fmt.Fprintf(&b, "[%c%c]", unicode.ToLower(r), unicode.ToUpper(r))
			} else {
				b.WriteString(regexp.QuoteMeta(string(r)))
			}
		}
	}
	return "^(" + b.String() + ")$"
}

// schema leaves the bounds of a number in quotes to the reader, if they have several digits.
func (s *wholeShape) schema(*schemaWriter) schema {
	digits := "[1-9][0-9]*"
	if s.high < 10 {
		digits = fmt.Sprintf("[%d-%d]", s.low, s.high)
	}
	return schema{
		{"type", []string{"integer", "string"}},
		{"pattern", "^" + digits + `(\.0+)?$`},
		{"minimum", s.low},
		{"maximum", s.high},
	}
}

func (s *wordsShape) schema(*schemaWriter) schema {
	if len(s.words) == 1 {
		return schema{{"const", s.words[0]}}
	}
	return schema{{"enum", s.words}}
}

func (s *listShape) schema(w *schemaWriter) schema {
	return schema{{"type", "array"}, {"items", w.use(s.item)}}
}

func (s *mapShape) schema(w *schemaWriter) schema {
	return schema{
		{"type", "object"},
		{"propertyNames", w.use(s.key)},
		{"additionalProperties", w.orNothing(w.use(s.value))},
	}
}

func (s *eitherShape) schema(w *schemaWriter) schema {
	ways := make([]schema, len(s.ways))
	for i, way := range s.ways {
		ways[i] = w.use(way)
	}
	return anyOf(ways...)
}

func (s *limitedShape) schema(w *schemaWriter) schema {
	made := s.of.schema(w)
	for _, limit := range s.limits {
		made = append(made, limit()...)
	}
	return made
}

// schema of a mapping with declared keys. Editors offer what stands under `properties`, so unlisted keys stand elsewhere.
func (o *object[T]) schema(w *schemaWriter) schema {
	var listed, unlisted schema
	var required []string
	for _, k := range o.keys {
		value := w.use(k.shape)
		if k.required {
			required = append(required, k.name)
		} else {
			value = w.orNothing(value)
		}
		if k.unlisted {
			unlisted = append(unlisted, member{"^" + k.name + "$", value})
		} else {
			listed = append(listed, member{k.name, describe(k.doc, value)})
		}
	}
	made := schema{{"type", "object"}, {"properties", listed}}
	if unlisted != nil {
		made = append(made, member{"patternProperties", unlisted})
	}
	if required != nil {
		made = append(made, member{"required", required})
	}
	return append(made, member{"additionalProperties", false})
}
