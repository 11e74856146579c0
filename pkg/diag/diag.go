// Package diag holds problems found in people's files as data, and draws them as text.
//
// A problem in a file is a result, not an error of the program: readers return a [List] beside what they understood.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity says how much a problem matters.
type Severity int

// Severities, gravest first.
const (
	Error   Severity = iota // no score can be trusted
	Warning                 // probably not meant
	Note                    // worth knowing
)

// String returns the word that a reader sees.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "note"
	}
}

// Place is where in a file something stands.
type Place struct {
	File   string // as the user named it, with forward slashes
	Line   int    // 1-based; 0 is the file as a whole
	Column int    // 1-based, in code points; 0 is the line as a whole
	Width  int    // in code points; at least 1 wherever Column is set
}

// compare orders places by file, line and column.
func (p Place) compare(q Place) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Diagnostic is one problem.
type Diagnostic struct {
	Severity Severity
	Rule     string // kebab-case, stable
	Place    Place
	Message  string // what was found, then what was expected; no capital, no full stop
	Hint     string // the next step; may be empty
}

// List is what was found in one run, in any order until [List.Sorted].
type List []Diagnostic

// Errorf adds an error without a hint.
func (l *List) Errorf(at Place, rule, format string, args ...any) {
	*l = append(*l, Diagnostic{Rule: rule, Place: at, Message: fmt.Sprintf(format, args...)})
}

// Add adds one problem.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// HasErrors reports whether one of the problems is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Count returns how many problems have the given severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Sorted returns the problems by file, line, column, rule and message, without repeats.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(a.Place.compare(b.Place), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message),
			// so that repeats stand together whatever else differs
			cmp.Compare(a.Hint, b.Hint), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Place.Width, b.Place.Width))
	})
	return slices.Compact(sorted)
}
