package rubric

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// A rubric that is asked for by id is looked for in folders, in their order, and then among the built-in ones. It lies
// in ID.yaml or ID@VERSION.yaml, so that one has to read only files that are named after it.

// candidate is a file in which a rubric may lie.
type candidate struct {
	at    home
	file  string // a path, or the name of a built-in file
	id    string // as the file is named
	named string // the version as the file is named; "" if it names none
}

// shelf is a folder of rubrics.
type shelf struct {
	at     home
	looked bool
	found  []candidate
	err    error // why one could not look into it
}

// shelves are the folders as paths that mean the same however they were written, each once.
func shelves(store *source.Store, folders []string) []*shelf {
	var all []*shelf
	for _, folder := range folders {
		at := home{folder: filepath.ToSlash(filepath.Clean(folder))}
		if prefix, inTree := store.Mounted(folder); prefix != "" {
			at = home{mount: prefix, folder: inTree}
		}
		if !slices.ContainsFunc(all, func(s *shelf) bool { return s.at == at }) {
			all = append(all, &shelf{at: at})
		}
	}
	return all
}

// look lists the folder at the first time. No file is read.
func (s *shelf) look(store *source.Store) ([]candidate, error) {
	if s.looked {
		return s.found, s.err
	}
	s.looked = true
	var entries []fs.DirEntry
	entries, s.err = s.entries(store)
	for _, e := range entries {
		if f, ok := asCandidate(s.at, e.Name()); ok && !e.IsDir() {
			s.found = append(s.found, f)
		}
	}
	return s.found, s.err
}

// entries lists the folder. One that a tree does not have holds nothing: the tree may be from before it was made.
func (s *shelf) entries(store *source.Store) ([]fs.DirEntry, error) {
	if s.at.mount == "" {
		return os.ReadDir(filepath.FromSlash(s.at.folder))
	}
	entries, err := fs.ReadDir(store.Tree(s.at.mount), s.at.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}

var fileName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([a-z][a-z0-9-]*)(?:@(.+))?\.yaml$`) })

// notRubric begins the names of files that hold words which their neighbours share: vocabulary.yaml and
// vocabulary-evidence.yaml are no rubrics.
const notRubric = "vocabulary"

func asCandidate(at home, name string) (candidate, bool) {
	parts := fileName().FindStringSubmatch(name)
	if parts == nil || parts[1] == notRubric || strings.HasPrefix(parts[1], notRubric+"-") {
		return candidate{}, false
	}
	return candidate{at: at, file: path.Join(at.folder, name), id: parts[1], named: parts[2]}, true
}

// candidates are all files that may hold a rubric, and the problems of folders that one cannot look into.
func (c *Catalogue) candidates() ([]candidate, diag.List) {
	var all []candidate
	var list diag.List
	for _, s := range c.shelves {
		found, err := s.look(c.store)
		all = append(all, found...)
		if err != nil {
			list.Errorf(diag.Place{File: s.at.mount + s.at.folder}, source.Unopened, "cannot look into the folder: %s", reason(err))
		}
	}
	inTree := slices.DeleteFunc(slices.Clone(all), func(f candidate) bool { return f.at.mount == "" })
	for _, f := range c.builtIns() {
		if len(withID(f.id, inTree)) == 0 { // what was there at that time is meant, and not what has become of it
			all = append(all, f)
		}
	}
	return all, list
}

func reason(err error) string {
	if inPath, ok := errors.AsType[*fs.PathError](err); ok {
		return inPath.Err.Error()
	}
	return err.Error()
}

func (c *Catalogue) builtIns() []candidate {
	names, err := fs.Glob(c.store.BuiltIn(), "*.yaml")
	if err != nil { // the pattern is right
		panic(err)
	}
	var all []candidate
	for _, name := range names {
		if f, ok := asCandidate(home{builtIn: true, folder: "."}, name); ok {
			all = append(all, f)
		}
	}
	return all
}

// IDs are the ids by which rubrics can be asked for, as far as the names of files tell, in alphabetical order.
func (c *Catalogue) IDs() []string {
	all, _ := c.candidates() // where one cannot look, nothing can be suggested
	ids := make([]string, len(all))
	for i, f := range all {
		ids[i] = f.id
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Names are the rubrics that can be asked for as `id@version`, by id and from the newest version to the oldest. Of the
// files that are named like a rubric, those that say that they are something else are passed over.
func (c *Catalogue) Names() ([]string, diag.List) {
	all, list := c.candidates()
	all = slices.DeleteFunc(all, func(f candidate) bool { return c.parse(f.at, f.file).foreign })
	var names []string
	for _, id := range c.IDs() {
		same := withID(id, all)
		versions, unclear := c.versions(same)
		if unclear >= 0 {
			_, problems := c.openCandidate(same[unclear])
			list = append(list, problems...)
			continue
		}
		slices.SortFunc(versions, func(a, b string) int { return compareVersions(b, a) })
		for _, v := range slices.Compact(versions) {
			names = append(names, id+"@"+v)
		}
	}
	return names, list
}

func withID(id string, all []candidate) []candidate {
	return slices.DeleteFunc(slices.Clone(all), func(f candidate) bool { return f.id != id })
}

// byID finds `id` or `id@version`, and links it.
func (c *Catalogue) byID(name string, from diag.Place) (*Rubric, diag.List) {
	id, asked, _ := strings.Cut(name, "@")
	all, list := c.candidates()
	if list.HasErrors() { // what lies there might be what is asked for
		return nil, list
	}
	found := withID(id, all)
	if len(found) == 0 {
		return nil, c.unknown(id, from)
	}
	found, list = c.choose(id, asked, found, from)
	if slices.ContainsFunc(found, func(f candidate) bool { return c.isOpening(f.at, f.file) }) {
		return nil, c.cycle(name, from)
	}
	if len(found) == 0 {
		return nil, list
	}
	return c.openSame(found, from)
}

func (c *Catalogue) unknown(id string, from diag.Place) diag.List {
	return diag.List{{
		Rule: ruleUnknownRubric, Place: from, Message: fmt.Sprintf("there is no rubric %q", id),
		Hint: strings.TrimSpace(diag.DidYouMean(id, c.IDs()) + " (or a path such as ./" + id + ".yaml)"),
	}}
}

// choose keeps those of the newest version that satisfies what is asked for.
func (c *Catalogue) choose(id, asked string, found []candidate, from diag.Place) ([]candidate, diag.List) {
	versions, unclear := c.versions(found)
	if unclear >= 0 { // it might be the newest; opening it says what is wrong with it
		return found[unclear : unclear+1], nil
	}
	best := newest(versions, asked)
	if best == "" {
		return nil, otherVersions(id, asked, versions, from)
	}
	var chosen []candidate
	for i, v := range versions {
		if v == best {
			chosen = append(chosen, found[i])
		}
	}
	return chosen, nil
}

// versions are those of the files: as they are named, or else as they say. unclear is the first that does not say, or -1.
func (c *Catalogue) versions(found []candidate) (versions []string, unclear int) {
	versions = make([]string, len(found))
	for i, f := range found {
		versions[i] = f.named
		if isVersion(f.named) {
			continue
		}
		r := c.parse(f.at, f.file).rubric
		if r == nil || r.Version == "" {
			return nil, i
		}
		versions[i] = r.Version
	}
	return versions, -1
}

func otherVersions(id, asked string, versions []string, from diag.Place) diag.List {
	hint := fmt.Sprintf("write %s@%s, or leave the version out", id, newest(versions, ""))
	slices.SortFunc(versions, compareVersions)
	return diag.List{{
		Rule: ruleVersion, Place: from, Hint: hint,
		Message: fmt.Sprintf("rubric %q is there as %s, expected %s", id, strings.Join(slices.Compact(versions), ", "), asked),
	}}
}

// openSame opens the first of several files of one id and version. They must say the same: else it would hang on the
// order of folders what an id and a version mean.
func (c *Catalogue) openSame(found []candidate, from diag.Place) (*Rubric, diag.List) {
	first, list := c.openCandidate(found[0])
	for _, f := range found[1:] {
		twin, problems := c.openCandidate(f)
		list = append(list, problems...)
		if first != nil && twin != nil && (first.ContentDigest() != twin.ContentDigest() || first.Status != twin.Status) {
			return nil, append(list, diag.Diagnostic{
				Rule: ruleAmbiguous, Place: from, Hint: "keep one of the two or give one another version, or name the one you mean by its path",
				Message: fmt.Sprintf("rubric %q %s is in %q and in %q, and they differ", first.ID, first.Version, first.Place().File, twin.Place().File),
			})
		}
	}
	return first, list
}

// openCandidate opens a file and holds it to its name.
func (c *Catalogue) openCandidate(f candidate) (*Rubric, diag.List) {
	r, list := c.open(f.at, f.file)
	if r == nil {
		return nil, list
	}
	if r.ID != "" && r.ID != f.id {
		list.Add(misnamed(r, "id", r.ID, f.id))
	}
	if r.Version != "" && f.named != "" && r.Version != f.named {
		list.Add(misnamed(r, "version", r.Version, f.named))
	}
	return r, list
}

func misnamed(r *Rubric, key, says, named string) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: ruleMisnamed, Place: r.At(key), Message: fmt.Sprintf("%s: expected %q, as the file is named, got %q", key, named, says),
		Hint: "rename the file, or correct the " + key,
	}
}
