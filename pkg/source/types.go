package source

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Type says how a value of V is written in a file: what it is called in messages, its shape for a schema, and how it is
// read.
//
// Reading reports its own problems and marks the node, so that one mistake gives one message.
type Type[V any] struct {
	what  string
	shape shape
	read  func(r *Reader, n *Node, v *V) bool
}

// Reader gathers the problems of one file while declared types read it.
type Reader struct {
	list diag.List
	// owner is the mapping being read, as messages call it: `criterion "net-burden"`.
	owner string
	// key is the key whose value is being read; "" at the top of a file.
	key string
	// strict makes a key with nothing after its colon a mistake.
	strict bool
}

// fail reports a problem with a value, once.
func (r *Reader) fail(n *Node, rule, message, hint string) bool {
	if !n.broken {
		n.broken = true
		if r.key != "" {
			message = r.key + ": " + message
		}
		r.list.Add(diag.Diagnostic{Rule: rule, Place: n.place, Message: message, Hint: hint})
	}
	return false
}

func (r *Reader) wrongType(n *Node, what string) bool {
	return r.fail(n, ruleType, fmt.Sprintf("expected %s, got %s", what, n.describe()), "")
}

// scalar declares a type that is read from text; parse's error says what was expected.
func scalar[V any](what string, form shape, parse func(text string) (V, error)) *Type[V] {
	return &Type[V]{what: what, shape: form, read: func(r *Reader, n *Node, v *V) bool {
		if n.Kind != Scalar {
			return r.wrongType(n, what)
		}
		parsed, err := parse(n.Text)
		if err != nil {
			return r.fail(n, ruleValue, err.Error(), "")
		}
		*v = parsed
		return true
	}}
}

// Text is any text, taken as written.
var Text = scalar("text", textShape, func(s string) (string, error) { return s, nil })

// Word is text of at least one visible character.
var Word = scalar("text", wordShape, func(s string) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", errors.New("expected text, got only spaces")
	}
	return s, nil
})

// YesNo is a yes-no: `yes`, `no`, `true` or `false`, in any case, quoted or not.
var YesNo = scalar("yes or no", yesNoShape, ParseYesNo)

// ParseYesNo reads a yes-no.
func ParseYesNo(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "yes", "true":
		return true, nil
	case "no", "false":
		return false, nil
	}
	return false, fmt.Errorf("expected yes or no, got %q", s)
}

// Number is a decimal number in JSON's grammar.
var Number = &Type[exact.Number]{what: "a number", shape: numberShape, read: func(r *Reader, n *Node, v *exact.Number) bool {
	if n.Kind != Scalar {
		return r.wrongType(n, "a number")
	}
	parsed, err := exact.Parse(n.Text)
	if err != nil {
		return r.fail(n, ruleValue, err.Error(), numberHint(n.Text))
	}
	*v = parsed
	return true
}}

// Computed is a number that this program wrote into a file: it may have more digits than one that people write.
var Computed = scalar("a number", numberShape, exact.ParseWritten)

// numberHint gives the right form of a number that is written as in other languages: `012`, `1_000`, `0x10`, `0,33`.
func numberHint(s string) string {
	sign, rest := "", s
	if after, found := strings.CutPrefix(strings.TrimPrefix(s, "+"), "-"); found {
		sign, rest = "-", after
	}
	rest = strings.TrimPrefix(strings.ReplaceAll(rest, "_", ""), "+")
	if whole, err := strconv.ParseInt(rest, 0, 64); err == nil && strings.ContainsAny(rest, "xX") {
		rest = strconv.FormatInt(whole, 10)
	}
	if strings.Count(rest, ",") == 1 && !strings.Contains(rest, ".") {
		rest = strings.Replace(rest, ",", ".", 1)
	}
	rest = strings.TrimLeft(rest, "0")
	if rest == "" || strings.IndexAny(rest[:1], ".eE") == 0 {
		rest = "0" + rest
	}
	if _, err := exact.Parse(sign + rest); err != nil || sign+rest == s {
		return ""
	}
	return "write " + sign + rest
}

// Date is a calendar day.
var Date = scalar("a date such as 2026-11-21", dateShape, calendar.ParseDate)

// Duration is a span of days, months or years.
var Duration = scalar("a duration such as 12 months", durationShape, calendar.ParseSpan)

// Count is a whole number from 1.
var Count = Whole("a whole number from 1", 1, 1_000_000)

// Whole is a whole number from low to high, which are above 0; what says so.
func Whole(what string, low, high int) *Type[int] {
	return scalar(what, &wholeShape{low, high}, func(s string) (int, error) {
		x, err := exact.Parse(s)
		n, whole := strconv.Atoi(x.String())
		if err != nil || whole != nil || n < low || n > high {
			return 0, fmt.Errorf("expected %s, got %q", what, s)
		}
		return n, nil
	})
}

// Written is a text that matches a form, a regular expression. Other readers may take it for a number or a boolean: also is which, or "".
// convert reads what matches.
func Written[V any](what, form, also string, convert func(string) (V, error)) *Type[V] {
	matches, shape := pattern(form), &scalarShape{pattern: form}
	if also != "" {
		shape.also = []string{also}
	}
	return scalar(what, shape, func(s string) (V, error) {
		if !matches().MatchString(s) {
			var none V
			return none, fmt.Errorf("expected %s, got %q", what, s)
		}
		return convert(s)
	})
}

// How names and versions are written, for schemas and other readers.
const (
	identForm   = `^[a-z][a-z0-9-]*$`
	factForm    = `^[a-z][a-z0-9_]*$`
	versionForm = `^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$`
)

var versionPattern = pattern(versionForm)

// pattern is compiled when it is first asked for. A run is short, and needs few of them.
func pattern(form string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) })
}

// isName is whether a text has the form of an id, or with another joint that of a fact's name. Every run asks it of
// every name, so it compiles nothing.
func isName(s string, joint byte) bool {
	for i := range len(s) {
		c := s[i]
		if small := c >= 'a' && c <= 'z'; !small && (i == 0 || c != joint && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

func isIdent(s string) bool    { return isName(s, '-') }
func isFactName(s string) bool { return isName(s, '_') }

// yamlWords are what other YAML readers take for a yes-no or nothing; no id and no choice may be one.
var yamlWords = []string{"yes", "no", "on", "off", "y", "n", "true", "false", "null"}

// celWords are reserved by the expression language.
var celWords = []string{
	"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
	"namespace", "null", "package", "return", "true", "var", "void", "while",
}

// Ident is the id of a criterion, rubric, gate, flag, band or piece of evidence.
var Ident = scalar("an id", identShape, func(s string) (string, error) {
	switch {
	case slices.Contains(yamlWords, s):
		return "", fmt.Errorf("%q is a yes, no or nothing to other YAML readers; expected another word", s)
	case !isIdent(s):
		return "", fmt.Errorf("expected an id of small letters, digits and hyphens that begins with a letter, got %q", s)
	}
	return s, nil
})

// FactName is the name of a fact.
var FactName = scalar("the name of a fact", factShape, func(s string) (string, error) {
	switch {
	case slices.Contains(yamlWords, s) || slices.Contains(celWords, s):
		return "", fmt.Errorf("%q is a word of the expression language or of YAML; expected another name", s)
	case !isFactName(s):
		return "", fmt.Errorf("expected a fact's name of small letters, digits and underscores that begins with a letter, got %q", s)
	}
	return s, nil
})

// ResultName is the name of a result of a piece of evidence: `n` is one.
var ResultName = scalar("the name of a result", resultShape, func(s string) (string, error) {
	if slices.Contains(celWords, s) || !isFactName(s) {
		return "", fmt.Errorf("expected a result's name of small letters, digits and underscores that begins with a letter, got %q", s)
	}
	return s, nil
})

// Choice is one of the values that a question may be answered with.
var Choice = scalar("a choice", choiceShape, func(s string) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", errors.New("expected a choice, got only spaces")
	}
	if s == "~" || slices.Contains(yamlWords, strings.ToLower(s)) {
		return "", fmt.Errorf("%q is a yes, no or nothing to other YAML readers; expected another word", s)
	}
	return s, nil
})

// Version is a semantic version.
var Version = scalar("a version such as 1.0.0", versionShape, func(s string) (string, error) {
	if !versionPattern().MatchString(s) {
		return "", fmt.Errorf("expected a version such as 1.0.0, got %q", s)
	}
	return s, nil
})

// Edition is an id with its version: `workflow-fit@1.0.0`.
var Edition = scalar("an id with a version such as workflow-fit@1.0.0", editionShape, func(s string) (string, error) {
	id, version, _ := strings.Cut(s, "@")
	if !isIdent(id) || !versionPattern().MatchString(version) {
		return "", fmt.Errorf("expected an id with a version such as workflow-fit@1.0.0, got %q", s)
	}
	return s, nil
})

// Enum is one of a few words.
func Enum(words ...string) *Type[string] { return EnumOr("", words...) }

// EnumOr is an [Enum] that stands beside another form, which messages name: `{cap: BAND}`.
func EnumOr(form string, words ...string) *Type[string] {
	what := diag.OneOf(words)
	if form != "" {
		what += " or " + form
	}
	return &Type[string]{what: what, shape: &wordsShape{words}, read: func(r *Reader, n *Node, v *string) bool {
		if n.Kind != Scalar {
			return r.wrongType(n, what)
		}
		if !slices.Contains(words, n.Text) {
			return r.fail(n, ruleValue, fmt.Sprintf("expected %s, got %q", what, n.Text), nearHint(n.Text, words))
		}
		*v = n.Text
		return true
	}}
}

func nearHint(word string, known []string) string {
	if best := diag.Nearest(word, known); best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	return ""
}

// ListOf is a list.
func ListOf[V any](item *Type[V]) *Type[[]V] {
	what := "a list"
	return &Type[[]V]{what: what, shape: &listShape{item.shape}, read: func(r *Reader, n *Node, v *[]V) bool {
		if n.Kind != Sequence {
			return r.wrongType(n, what)
		}
		return readItems(r, n.Values, item, v)
	}}
}

// OneOrMore is a list, or its only item written without one.
func OneOrMore[V any](item *Type[V]) *Type[[]V] {
	form := &eitherShape{[]shape{item.shape, &listShape{item.shape}}}
	return &Type[[]V]{what: item.what + " or a list", shape: form, read: func(r *Reader, n *Node, v *[]V) bool {
		if n.Kind == Sequence {
			return readItems(r, n.Values, item, v)
		}
		return readItems(r, []*Node{n}, item, v)
	}}
}

// readItems keeps a place for every item, so that positions in the list stay those of the file.
func readItems[V any](r *Reader, nodes []*Node, item *Type[V], v *[]V) bool {
	ok := true
	*v = make([]V, len(nodes))
	for i, n := range nodes {
		if n.Kind == Null && !n.broken {
			ok = r.fail(n, ruleType, fmt.Sprintf("expected %s, got nothing", item.what), "")
			continue
		}
		ok = item.read(r, n, &(*v)[i]) && ok
	}
	return ok
}

// Entry is a key with its value, in the order of the file.
type Entry[K, V any] struct {
	Key   K
	Value V
	// KeyPlace is where the key stands, ValuePlace where the value stands.
	KeyPlace, ValuePlace diag.Place
	// Empty marks a key with nothing after the colon; Broken one whose problem was reported.
	Empty, Broken bool
}

// MapOf is a mapping whose keys the author chooses.
func MapOf[K, V any](key *Type[K], value *Type[V]) *Type[[]Entry[K, V]] {
	what := "keys with values"
	return &Type[[]Entry[K, V]]{what: what, shape: &mapShape{key.shape, value.shape}, read: func(r *Reader, n *Node, v *[]Entry[K, V]) bool {
		if n.Kind != Mapping {
			return r.wrongType(n, what)
		}
		ok := true
		*v = make([]Entry[K, V], 0, len(n.Keys))
		for i, k := range n.Keys {
			item := n.Values[i]
			e := Entry[K, V]{KeyPlace: k.place, ValuePlace: item.place, Empty: item.Kind == Null && !item.broken}
			read := key.read(r, k, &e.Key)
			if !e.Empty {
				outer := r.key
				r.key = k.Text
				read = value.read(r, item, &e.Value) && read
				r.key = outer
			}
			if e.Empty && r.strict {
				read = r.fail(item, ruleMissing, fmt.Sprintf("%q is empty", k.Text), "")
			}
			e.Broken = !read || item.broken
			ok = ok && read
			*v = append(*v, e)
		}
		return ok
	}}
}

// Either reads text in one way and everything else in another, for values that have a short form.
func Either[V any](short, long *Type[V]) *Type[V] {
	form := &eitherShape{[]shape{short.shape, long.shape}}
	return &Type[V]{what: short.what + " or " + long.what, shape: form, read: func(r *Reader, n *Node, v *V) bool {
		if n.Kind == Scalar {
			return short.read(r, n, v)
		}
		return long.read(r, n, v)
	}}
}

// Listed reads a list in one way and everything else in another.
func Listed[V any](list, other *Type[V]) *Type[V] {
	form := &eitherShape{[]shape{other.shape, list.shape}}
	return &Type[V]{what: other.what + " or a list", shape: form, read: func(r *Reader, n *Node, v *V) bool {
		if n.Kind == Sequence {
			return list.read(r, n, v)
		}
		return other.read(r, n, v)
	}}
}

// As reads a V and makes a W of it; convert's error says what was expected. The limits tell a schema what it refuses.
func As[V, W any](from *Type[V], convert func(V) (W, error), limits ...Limit) *Type[W] {
	return &Type[W]{what: from.what, shape: limited(from.shape, limits), read: func(r *Reader, n *Node, w *W) bool {
		var v V
		if !from.read(r, n, &v) {
			return false
		}
		made, err := convert(v)
		if err != nil {
			return r.fail(n, ruleValue, err.Error(), "")
		}
		*w = made
		return true
	}}
}

// Into reads a list or a mapping, however well, and makes a W of what could be read: what is wrong with a part of it was
// reported, and is no reason to say nothing of the rest.
func Into[V, W any](from *Type[V], convert func(V) W) *Type[W] {
	return &Type[W]{what: from.what, shape: from.shape, read: func(r *Reader, n *Node, w *W) bool {
		var v V
		ok := from.read(r, n, &v)
		*w = convert(v)
		return ok
	}}
}

// Partly is [Maybe] for what is there in part if a part of it is wrong.
func Partly[V any](typ *Type[V]) *Type[*V] {
	return &Type[*V]{what: typ.what, shape: typ.shape, read: func(r *Reader, n *Node, v **V) bool {
		*v = new(V)
		return typ.read(r, n, *v)
	}}
}

// Maybe is a value that may be left out: nil if it is.
func Maybe[V any](typ *Type[V]) *Type[*V] {
	return &Type[*V]{what: typ.what, shape: typ.shape, read: func(r *Reader, n *Node, v **V) bool {
		read := new(V)
		ok := typ.read(r, n, read)
		if ok {
			*v = read
		}
		return ok
	}}
}
