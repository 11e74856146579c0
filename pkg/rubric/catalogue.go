package rubric

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Rules of this package's diagnostics.
const (
	ruleUnknownRubric = "unknown-rubric"
	ruleVersion       = "rubric-version"
	ruleImport        = "import"
	ruleCycle         = "cycle"
	ruleRepeated      = "repeated-name"
	ruleAmbiguous     = "ambiguous-rubric"
	ruleMisnamed      = "misnamed-rubric"
)

// Catalogue finds rubrics by id in folders and among the built-in files, or by path, and links them. It reads no file
// twice, and none that is not asked for.
type Catalogue struct {
	store   *source.Store
	shelves []*shelf
	// opened are the rubrics by where they were found, so that two uses share one.
	opened map[string]*opened
	// references and vocabularies are by where they were found.
	references   map[string]*Reference
	vocabularies map[string]*Vocabulary
	// opening are the rubrics on the way to this one, to find a cycle.
	opening []string
}

// opened is a file that was read as a rubric.
type opened struct {
	rubric   *Rubric   // nil if the file is none
	problems diag.List // not yet told
	linked   bool
	foreign  bool // it can be read, and is no rubric
}

// NewCatalogue returns a catalogue of the rubrics in the folders and of the store's built-in ones.
func NewCatalogue(store *source.Store, folders ...string) *Catalogue {
	return &Catalogue{
		store: store, shelves: shelves(store, folders),
		opened: map[string]*opened{}, references: map[string]*Reference{}, vocabularies: map[string]*Vocabulary{},
	}
}

// IsPath reports whether a name of a rubric is a path rather than an id.
func IsPath(name string) bool {
	return strings.HasPrefix(name, ".") || strings.ContainsAny(name, `/\`) || slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name))
}

// From resolves the name of a rubric that stands in a record. A path is meant from the record's folder and must stay
// below it: a record may come from a stranger, and is not to choose which files are opened.
func From(name string, from diag.Place) (string, diag.List) {
	if !IsPath(name) && name != source.Stdin {
		return name, nil
	}
	target, list := below(home{folder: path.Dir(from.File)}, name, from)
	for i := range list {
		list[i].Hint = "give a rubric that lies elsewhere with --rubric"
	}
	return target, list
}

// Open finds a rubric by `id`, `id@version`, path or the name of a file that is mounted in the store, and links it. from
// is the place that asks.
func (c *Catalogue) Open(name string, from diag.Place) (*Rubric, diag.List) {
	switch prefix, file := c.store.Mounted(name); {
	case prefix != "":
		return c.open(home{mount: prefix, folder: path.Dir(file)}, file)
	case name == source.Stdin:
		return c.open(home{folder: ".", loose: true}, name)
	case IsPath(name): // cleaned, so that one file has one name however it is reached
		return c.open(home{folder: filepath.ToSlash(filepath.Dir(name))}, filepath.ToSlash(filepath.Clean(name)))
	}
	return c.byID(name, from)
}

// Name is what the rubric is opened by: its id if it is built in, else its path.
func (r *Rubric) Name() string {
	if file := r.Place().File; !r.home.builtIn && IsPath(file) {
		return file
	}
	return r.ID
}

// Folder is where the rubric's file lies, or "" if it lies in none: it is built in, or came in by standard input.
func (r *Rubric) Folder() string {
	if r.home.builtIn || r.home.loose {
		return ""
	}
	return r.home.mount + r.home.folder
}

// Satisfies reports whether the rubric's version is the one asked for: `1.2.3`, one of `1.2` or `1`, or any for "".
func (r *Rubric) Satisfies(version string) bool { return satisfies(r.Version, version) }

// open reads and links a file once. The problems of a file are given to the first who asks for it only.
func (c *Catalogue) open(at home, name string) (*Rubric, diag.List) {
	o := c.parse(at, name)
	list := o.problems
	o.problems = nil
	if o.rubric == nil || o.linked {
		return o.rubric, list
	}
	o.linked = true
	c.opening = append(c.opening, where(at, name))
	list = append(list, c.link(o.rubric)...)
	c.opening = c.opening[:len(c.opening)-1]
	return o.rubric, list
}

// parse reads a file once, and keeps its problems for whoever opens it: of one that is only asked for its version they
// are nobody's business.
func (c *Catalogue) parse(at home, name string) *opened {
	if o, again := c.opened[where(at, name)]; again {
		return o
	}
	node, list := c.read(at, name)
	r, structure := Parse(node)
	if r != nil {
		r.home = at
	}
	o := &opened{rubric: r, problems: append(list, structure...), foreign: node != nil && r == nil}
	c.opened[where(at, name)] = o
	return o
}

// where is what a file is kept by.
func where(at home, name string) string { return fmt.Sprint(at.builtIn, " ", at.mount+name) }

func (c *Catalogue) read(at home, name string) (*source.Node, diag.List) {
	if at.builtIn {
		return c.store.OpenBuiltIn(name)
	}
	return c.store.Open(at.mount + name)
}

// Link reads what a rubric imports and uses. A rubric with errors is linked as far as it goes.
func (c *Catalogue) link(r *Rubric) diag.List {
	var list diag.List
	for i, name := range r.Imports {
		list = append(list, c.importInto(r, name, r.Item("import", i))...)
	}
	return append(list, c.linkUses(r, r.Criteria)...)
}

func (c *Catalogue) linkUses(r *Rubric, criteria []Criterion) diag.List {
	var list diag.List
	for i := range criteria {
		child := &criteria[i]
		list = append(list, c.linkUses(r, child.Criteria)...)
		if child.Use == "" {
			continue
		}
		used, problems := c.use(r, child.Use, child.At("use"))
		child.Used = used
		r.Incomplete = r.Incomplete || used == nil || used.Incomplete
		list = append(list, atUse(problems, child.At("use"))...)
	}
	return list
}

func (c *Catalogue) use(r *Rubric, name string, from diag.Place) (*Rubric, diag.List) {
	if !IsPath(name) {
		return c.byID(name, from)
	}
	target, list := below(r.home, name, from)
	if list != nil {
		return nil, list
	}
	if c.isOpening(r.home, target) {
		return nil, c.cycle(name, from)
	}
	return c.open(r.home.in(path.Dir(target)), target)
}

func (c *Catalogue) isOpening(at home, name string) bool {
	return slices.Contains(c.opening, where(at, name))
}

func (c *Catalogue) cycle(name string, from diag.Place) diag.List {
	var names []string
	for _, opening := range c.opening {
		_, file, _ := strings.Cut(opening, " ")
		names = append(names, file)
	}
	return diag.List{{
		Rule: ruleCycle, Place: from, Message: "rubrics use one another in a circle: " + strings.Join(append(names, name), " → "),
		Hint: "take one of these uses away",
	}}
}

// below resolves a path in a file: it must lie in the file's folder or deeper.
func below(at home, name string, from diag.Place) (string, diag.List) {
	clean := path.Clean(name)
	if path.IsAbs(clean) || strings.HasPrefix(clean, "..") || strings.Contains(name, `\`) || name == source.Stdin {
		return "", diag.List{{
			Rule: ruleImport, Place: from, Message: fmt.Sprintf("expected a path below this file's folder, got %q", name),
			Hint: "write it like ./shared/vocabulary.yaml",
		}}
	}
	return path.Join(at.folder, clean), nil
}

// Reference opens a reference by its id, from the folder `references` beside the rubric, or among the built-in ones.
// It is nil, without a problem, if there is none.
func (c *Catalogue) Reference(r *Rubric, id string) (*Reference, diag.List) {
	if strings.ContainsAny(id, `/\`) { // an id is no way out of the folder
		return nil, nil
	}
	name := path.Join("references", id+".yaml")
	switch beside := path.Join(r.home.folder, name); {
	case !r.home.builtIn && c.exists(r.home, beside):
		return c.reference(r.home.in(""), beside)
	case isIn(c.store.BuiltIn(), name):
		return c.reference(home{builtIn: true}, name)
	}
	return nil, nil
}

// Beside opens a file that lies among rubrics in a folder. The node is nil, without a problem, if there is none.
func (c *Catalogue) Beside(folder, name string) (*source.Node, diag.List) {
	file := path.Join(folder, name)
	if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) { // a link that leads nowhere is there, and is told of
		return nil, nil
	}
	return c.store.Open(file)
}

// reference reads a reference once; its problems are given to the first who asks.
func (c *Catalogue) reference(at home, name string) (*Reference, diag.List) {
	if ref, again := c.references[where(at, name)]; again {
		return ref, nil
	}
	node, list := c.read(at, name)
	ref, structure := ParseReference(node)
	c.references[where(at, name)] = ref
	return ref, append(list, structure...)
}

func (c *Catalogue) exists(at home, name string) bool {
	if at.mount != "" {
		return isIn(c.store.Tree(at.mount), name)
	}
	_, err := os.Stat(name)
	return err == nil
}

func isIn(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return err == nil
}

func (c *Catalogue) importInto(r *Rubric, name string, from diag.Place) diag.List {
	target, list := below(r.home, name, from)
	if list != nil {
		r.Incomplete = true
		return list
	}
	v, list := c.vocabulary(r.home.in(""), target)
	list = atUse(list, from)
	if r.Incomplete = r.Incomplete || v == nil || list.HasErrors(); v == nil {
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Place == from }) {
			list.Errorf(from, ruleImport, "%q cannot be imported: see what is wrong with it", name)
		}
		return list
	}
	r.imported = append(r.imported, v)
	m := merger{from: from, name: name}
	if len(v.Stages) > 0 && len(r.Stages) > 0 {
		m.repeated("stages", "stages")
	} else if len(v.Stages) > 0 {
		r.Stages = v.Stages
	}
	r.Scales = merge(&m, "scale", r.Scales, v.Scales)
	r.Facts = merge(&m, "fact", r.Facts, v.Facts)
	r.Kinds = merge(&m, "kind", r.Kinds, v.Kinds)
	r.Roles = merge(&m, "role", r.Roles, v.Roles)
	return append(list, m.list...)
}

// atUse moves the problem of a file that could not be opened to the place that names it.
func atUse(list diag.List, from diag.Place) diag.List {
	for i, d := range list {
		if d.Rule == source.Unopened {
			list[i].Message = fmt.Sprintf("%q: %s", d.Place.File, d.Message)
			list[i].Place = from
		}
	}
	return list
}

// vocabulary reads a vocabulary once; its problems are given to the first who asks.
func (c *Catalogue) vocabulary(at home, name string) (*Vocabulary, diag.List) {
	if v, again := c.vocabularies[where(at, name)]; again {
		return v, nil
	}
	node, list := c.read(at, name)
	v, structure := ParseVocabulary(node)
	c.vocabularies[where(at, name)] = v
	return v, append(list, structure...)
}

// merger gathers what is defined twice.
type merger struct {
	from diag.Place
	name string
	list diag.List
}

func (m *merger) repeated(what, id string) {
	m.list.Add(diag.Diagnostic{
		Rule: ruleRepeated, Place: m.from, Message: fmt.Sprintf("%s %q of %q is defined in this rubric too", what, id, m.name),
		Hint: "keep one of the two",
	})
}

func merge[V any](m *merger, what string, own, other []source.Entry[string, V]) []source.Entry[string, V] {
	for _, e := range other {
		if slices.ContainsFunc(own, func(o source.Entry[string, V]) bool { return o.Key == e.Key }) {
			m.repeated(what, e.Key)
			continue
		}
		own = append(own, e)
	}
	return own
}
