// Package lint checks files of every kind: that they can be read, that what they refer to is there, and that a rubric
// compiles. It says what is wrong, and changes nothing.
package lint

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const (
	ruleKind   = "unknown-file-kind"
	ruleSource = "unknown-source"
)

// Later are kinds of the language that this program cannot check yet.
var Later = []string{"exercise/v1", "moderation/v1", "lock/v1"}

// Checker checks files. It opens each rubric once.
type Checker struct {
	store     *source.Store
	catalogue *rubric.Catalogue
	library   *library.Library
	given     string // the rubric to read records with; "" is that of the record
}

// NewChecker returns a checker that opens files from the store and rubrics from the library. given is the rubric to read
// records with, "" for that of each record.
func NewChecker(store *source.Store, catalogue *rubric.Catalogue, l *library.Library, given string) *Checker {
	return &Checker{store: store, catalogue: catalogue, library: l, given: given}
}

// Find lists the files to check: a file as named, and of a folder all below it that are YAML or JSON and begin with
// the word that every file of ours begins with. Hidden folders are passed over.
func Find(paths []string) ([]string, error) {
	var found []string
	for _, p := range paths {
		if info, err := os.Stat(p); p == source.Stdin || err != nil || !info.IsDir() {
			found = append(found, p) // one that is not there is reported when it is opened
			continue
		}
		below, err := walk(p)
		if err != nil {
			return nil, err
		}
		found = append(found, below...)
	}
	return found, nil
}

func walk(folder string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("look through %q: %w", folder, err)
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != folder:
			return filepath.SkipDir
		case !d.IsDir() && slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(name)) && isOurs(name):
			found = append(found, name)
		}
		return nil
	})
	return found, err
}

// isOurs looks for the header at the beginning of a line, so that a file which does not parse is found too.
func isOurs(name string) bool {
	data, err := os.ReadFile(name)
	if err != nil {
		return true // to be reported when it is opened
	}
	if filepath.Ext(name) == ".json" { // other JSON may well have a key of this name somewhere
		first := strings.TrimLeft(strings.TrimPrefix(string(data), "\ufeff"), " \t\r\n{")
		return strings.HasPrefix(first, `"`+source.Header+`"`)
	}
	for line := range strings.Lines(string(data)) {
		trimmed := strings.TrimLeft(line, " {\"")
		if strings.HasPrefix(trimmed, source.Header+":") || strings.HasPrefix(trimmed, source.Header+`":`) {
			return true
		}
	}
	return false
}

// Check returns all that is wrong with one file.
func (c *Checker) Check(name string) diag.List {
	node, list := c.store.Open(name)
	if node == nil {
		return list
	}
	switch kind := source.KindOf(node); {
	case kind == rubric.Kind:
		return c.rubric(name)
	case kind == rubric.VocabularyKind:
		_, more := rubric.ParseVocabulary(node)
		return append(list, more...)
	case kind == rubric.ReferenceKind:
		_, more := rubric.ParseReference(node)
		return append(list, more...)
	case kind == innovation.AssessmentKind:
		_, more := innovation.ParseAssessment(node)
		return append(list, more...)
	case kind == cases.Kind:
		return append(list, c.cases(node)...)
	case kind == innovation.Kind || kind == "":
		return append(list, c.innovation(node)...)
	case slices.Contains(Later, kind):
		list.Add(diag.Diagnostic{Severity: diag.Note, Rule: "not-supported-yet", Place: node.Get(source.Header).Place(), Message: fmt.Sprintf("files of kind %q are not checked yet", kind)})
	default:
		known := append([]string{rubric.Kind, rubric.VocabularyKind, rubric.ReferenceKind, innovation.Kind, innovation.AssessmentKind, cases.Kind}, Later...)
		list.Add(diag.Diagnostic{Rule: ruleKind, Place: node.Get(source.Header).Place(), Message: fmt.Sprintf("there is no kind of file %q", kind), Hint: diag.DidYouMean(kind, known)})
	}
	return list
}

func (c *Checker) rubric(name string) diag.List {
	_, list := c.library.Model(name, diag.Place{File: name})
	r, _ := c.catalogue.Open(name, diag.Place{File: name})
	if r == nil {
		return list
	}
	return append(list, c.sources(r)...)
}

// sources checks that everything a rubric traces to is there.
func (c *Checker) sources(r *rubric.Rubric) diag.List {
	s := sources{c: c, r: r}
	s.criteria(r.Criteria)
	for i := range r.Gates {
		s.maps(r.Gates[i].Origin, r.Gates[i].Maps)
	}
	for i := range r.Flags {
		s.maps(r.Flags[i].Origin, r.Flags[i].Maps)
	}
	return s.list
}

type sources struct {
	c    *Checker
	r    *rubric.Rubric
	list diag.List
}

func (s *sources) criteria(criteria []rubric.Criterion) {
	for i := range criteria {
		s.maps(criteria[i].Origin, criteria[i].Maps)
		s.criteria(criteria[i].Criteria)
	}
}

func (s *sources) maps(o source.Origin, maps []rubric.Map) {
	for i, m := range maps {
		if m.To == "" {
			continue
		}
		id, item, _ := strings.Cut(m.To, ":")
		ref, problems := s.c.catalogue.Reference(s.r, id)
		s.list = append(s.list, problems...)
		at := o.Item("maps", i)
		if ref == nil {
			s.list.Add(diag.Diagnostic{
				Rule: ruleSource, Place: at, Message: fmt.Sprintf("there is no reference %q", id),
				Hint: fmt.Sprintf("write its items in references/%s.yaml beside the rubric", id),
			})
			continue
		}
		var known []string
		for _, e := range ref.Items {
			known = append(known, e.Key)
		}
		if !slices.Contains(known, item) {
			s.list.Add(diag.Diagnostic{
				Rule: ruleSource, Place: at, Message: fmt.Sprintf("reference %q has no item %q", id, item), Hint: diag.DidYouMean(item, known),
			})
		}
	}
}

// innovation reads a record with the eyes of the first rubric that it is for.
func (c *Checker) innovation(node *source.Node) diag.List {
	inn, list := innovation.Parse(node)
	if inn == nil {
		return list
	}
	_, _, more := c.library.Read(inn, c.given, diag.Place{File: c.given})
	return append(list, more...)
}

// cases finds what each case expects in the rubric, and runs none: whether it comes true is for `touchstone test`.
func (c *Checker) cases(node *source.Node) diag.List {
	f, list := cases.Parse(node)
	if f == nil {
		return list
	}
	_, more := f.Bind(c.library)
	return append(list, more...)
}
