// Package lint checks files of every kind: that they can be read, that what they refer to is there, that a rubric
// compiles, and then what is advisable. Everything it looks for is a [Rule]. It says what is wrong, and changes nothing.
package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const (
	ruleKind   = "unknown-file-kind"
	ruleSource = "unknown-source"
	ruleNotYet = "not-supported-yet"
)

// kindsOfFiles are those that can be checked.
var kindsOfFiles = []string{rubric.Kind, rubric.VocabularyKind, rubric.ReferenceKind, innovation.Kind, innovation.AssessmentKind, cases.Kind, lock.Kind}

// Later are kinds of the language that this program cannot check yet.
var Later = []string{"exercise/v1", "moderation/v1"}

// Options say how files are checked. The zero value is the usual way.
type Options struct {
	// Rubric is the rubric to read records with; "" is that of each record.
	Rubric string
	// AsOf is the day on which what has run out is judged.
	AsOf calendar.Date
	// Severity is how much rules matter that are not to matter as usual, by id: note, warning, error or [Off].
	Severity map[string]string
	// Folder says that the files are all that lie in a folder, so that what is not among them is not there.
	Folder bool
	// Strict makes every warning an error.
	Strict bool
}

// Off is the severity of a rule that is not looked at.
const Off = "off"

// severities are the words for how much a rule matters.
var severities = map[string]diag.Severity{"note": diag.Note, "warning": diag.Warning, "error": diag.Error}

// Checker checks files. It opens each rubric once.
type Checker struct {
	store     *source.Store
	catalogue *rubric.Catalogue
	library   *library.Library
	options   Options
	rules     []Rule // that are looked at

	// cases are those of the files that are checked together.
	cases []cases.Bound
}

// NewChecker returns a checker that opens files from the store and rubrics from the library.
func NewChecker(store *source.Store, catalogue *rubric.Catalogue, l *library.Library, o Options) *Checker {
	c := &Checker{store: store, catalogue: catalogue, library: l, options: o}
	for _, r := range rules() {
		if r.Form || o.Severity[r.ID] == Off {
			continue
		}
		if severity, set := severities[o.Severity[r.ID]]; set {
			r.Severity = severity
		}
		if o.Strict && r.Severity == diag.Warning {
			r.Severity = diag.Error
		}
		c.rules = append(c.rules, r)
	}
	return c
}

// Check returns all that is wrong with some files. Cases are read first: what they leave out is said of their rubrics.
func (c *Checker) Check(names []string) diag.List {
	c.store.Ahead(names)
	files := make([]file, len(names))
	for i, name := range names {
		files[i] = c.open(name)
		if files[i].kind == cases.Kind {
			files[i].list = append(files[i].list, c.readCases(files[i].node)...)
		}
	}
	var all diag.List
	for i := range files {
		c.check(&files[i])
		all = append(all, files[i].list...)
	}
	return all
}

// file is one that is checked.
type file struct {
	name string
	kind string
	node *source.Node // nil if it could not be read
	list diag.List
}

func (c *Checker) open(name string) file {
	node, list := c.store.Open(name)
	f := file{name: name, node: node, list: list}
	if node != nil {
		f.kind = cmp.Or(source.KindOf(node), looksLike(node))
	}
	return f
}

// looksLike is the kind of a file that does not say what it is, by a key that only one kind has. Reading it as that says
// what is missing.
func looksLike(node *source.Node) string {
	if header := node.Get(source.Header); header != nil && slices.Contains(kindsOfFiles, header.Text) { // it is not the first key
		return header.Text
	}
	for _, only := range []struct{ key, kind string }{{"criteria", rubric.Kind}, {"cases", cases.Kind}, {"items", rubric.ReferenceKind}, {"rubrics", lock.Kind}} {
		if node.Get(source.Header) == nil && node.Get(only.key) != nil {
			return only.kind
		}
	}
	return ""
}

func (c *Checker) check(f *file) {
	switch {
	case f.node == nil:
	case f.kind == rubric.Kind:
		c.rubric(f)
	case f.kind == rubric.VocabularyKind:
		v, more := rubric.ParseVocabulary(f.node)
		if f.list = append(f.list, more...); v != nil {
			c.advise(f, advice{scopes: []scope{{v.Origin, v.Allow}}})
		}
	case f.kind == rubric.ReferenceKind:
		ref, more := rubric.ParseReference(f.node)
		if f.list = append(f.list, more...); ref != nil {
			c.advise(f, advice{reference: ref, scopes: []scope{{ref.Origin, ref.Allow}}})
		}
	case f.kind == innovation.AssessmentKind:
		_, more := innovation.ParseAssessment(f.node)
		f.list = append(f.list, more...)
	case f.kind == cases.Kind: // read already
	case f.kind == lock.Kind:
		f.list = append(f.list, c.lock(f.name, f.node)...)
	case f.kind == innovation.Kind || f.kind == "":
		c.innovation(f)
	case slices.Contains(Later, f.kind):
		f.list.Add(diag.Diagnostic{Severity: diag.Note, Rule: ruleNotYet, Place: f.node.Get(source.Header).Place(), Message: fmt.Sprintf("files of kind %q are not checked yet", f.kind)})
	default:
		known := slices.Concat(kindsOfFiles, Later)
		f.list.Add(diag.Diagnostic{Rule: ruleKind, Place: f.node.Get(source.Header).Place(), Message: fmt.Sprintf("there is no kind of file %q", f.kind), Hint: kindHint(f.kind, known)})
	}
}

// kindHint is for those who leave the version of a kind out, too.
func kindHint(kind string, known []string) string {
	if slices.Contains(known, kind+"/v1") {
		return diag.DidYouMean(kind+"/v1", known)
	}
	return diag.DidYouMean(kind, known)
}

func (c *Checker) rubric(f *file) {
	c.store.PutBack(f.name, f.node, f.list) // nothing was read of it but its kind
	f.list = nil
	model, problems := c.library.Model(f.name, diag.Place{File: f.name})
	f.list = append(f.list, problems...)
	r, _ := c.catalogue.Open(f.name, diag.Place{File: f.name})
	if r == nil {
		return
	}
	f.list = append(f.list, c.sources(r)...)
	if model != nil {
		f.list = append(f.list, c.published(model)...)
		c.advise(f, advice{model: model, scopes: rubricScopes(r)})
	}
}

// innovation reads a record with the eyes of the first rubric that it is for.
func (c *Checker) innovation(f *file) {
	inn, list := innovation.Parse(f.node)
	if f.list = append(f.list, list...); inn == nil {
		return
	}
	_, _, more := c.library.Read(inn, c.options.Rubric, diag.Place{File: c.options.Rubric})
	f.list = append(f.list, more...)
	c.advise(f, advice{record: inn, scopes: recordScopes(inn)})
}

// readCases finds what each case expects in the rubric, and runs none: whether it comes true is for `touchstone test`.
func (c *Checker) readCases(node *source.Node) diag.List {
	f, list := cases.Parse(node)
	if f == nil {
		return list
	}
	bound, more := f.Bind(c.library)
	c.cases = append(c.cases, bound...)
	return append(list, more...)
}
