package rubric_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/rubrics"
)

// header begins a rubric of an id in four lines.
func header(id string) string { return headerOf(id, "1.2.3") }

func headerOf(id, version string) string {
	return "touchstone: rubric/v1\nid: " + id + "\nversion: " + version + "\ntitle: T\n"
}

const vocabulary = "touchstone: vocabulary/v1\nstages: [idea, pilot]\nkinds: {study: {title: Study}}\nroles: {nurse: {title: Nurse}}\n"

// open writes the files to a folder of its own, and opens the rubric with `core` and `words` built in.
func open(t *testing.T, name string, files map[string]string, folders ...string) (*rubric.Rubric, *rubric.Catalogue, []string) {
	t.Helper()
	c, _ := catalogue(t, files, folders...)
	r, list := c.Open(name, asker)
	return r, c, told(list)
}

// asker is the place that asks for rubrics.
var asker = diag.Place{File: "asker.yaml", Line: 1}

// catalogue writes the files to a folder of its own, and looks for rubrics in some of its folders.
func catalogue(t *testing.T, files map[string]string, folders ...string) (*rubric.Catalogue, *source.Store) {
	t.Helper()
	t.Chdir(t.TempDir())
	for file, data := range files {
		if err := os.MkdirAll(filepath.FromSlash(path.Dir(file)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.FromSlash(file), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	builtIn := fstest.MapFS{
		"core.yaml":                  {Data: []byte(header("core") + "import: [./vocabulary.yaml]\n")},
		"outer.yaml":                 {Data: []byte(header("outer") + "criteria:\n  - use: core@1\n  - use: ./core.yaml\n")},
		"loop.yaml":                  {Data: []byte(header("loop") + "criteria:\n  - use: loop@1.2\n")},
		"vocabulary.yaml":            {Data: []byte(vocabulary)},
		"references/shared-ref.yaml": {Data: []byte("touchstone: reference/v1\nid: shared-ref\ntitle: Built in\nitems: {}\n")},
	}
	store := source.NewStore(builtIn, strings.NewReader(files["-"]))
	return rubric.NewCatalogue(store, folders...), store
}

func told(list diag.List) []string {
	var lines []string
	for _, d := range list.Sorted() {
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s %s: %s | %s", d.Place, d.Rule, d.Message, d.Hint), " | "))
	}
	return lines
}

// match demands that each line begins with the wanted one.
func match(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("got:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestOpen(t *testing.T) {
	uses := func(id, used string) string { return header(id) + "criteria:\n  - use: " + used + "\n" }
	imports := func(names string) string { return header("a") + "import: [" + names + "]\n" }
	for _, c := range []struct {
		name, open string
		files      map[string]string
		want       []string
	}{
		{"built-in", "core", nil, nil},
		{"exact version", "core@1.2.3", nil, nil},
		{"newest of a major version", "core@1", nil, nil},
		{"newest of a minor version", "core@1.2", nil, nil},
		{"another version", "core@2", nil, []string{`asker.yaml:1 rubric-version: rubric "core" is there as 1.2.3, expected 2 | write core@1.2.3, or leave the version out`}},
		{"a version is not a prefix of digits", "core@1.2.30", nil, []string{"asker.yaml:1 rubric-version"}},
		{"part of a number", "core@1.", nil, []string{"asker.yaml:1 rubric-version"}},
		{"near id", "coer", nil, []string{`asker.yaml:1 unknown-rubric: there is no rubric "coer" | did you mean "core"? (or a path such as ./coer.yaml)`}},
		{"the vocabulary is no rubric", "vocabulary", nil, []string{`asker.yaml:1 unknown-rubric`}},
		{"uses by id and path among built-in ones", "outer", nil, nil},
		{"path", "./a.yaml", map[string]string{"a.yaml": header("a")}, nil},
		{"JSON", "a.json", map[string]string{"a.json": `{"touchstone": "rubric/v1", "id": "a", "version": "1.0.0", "title": "T"}`}, nil},
		{"standard input", "-", map[string]string{"-": uses("a", "core")}, nil},
		{"no such file", "./a.yaml", nil, []string{"a.yaml unreadable-file"}},
		{"not a rubric", "a.yaml", map[string]string{"a.yaml": vocabulary}, []string{`a.yaml:1:13 wrong-kind`}},

		{"use of a built-in one", "d/a.yaml", map[string]string{"d/a.yaml": uses("a", "core@1")}, nil},
		{"use of a path", "d/a.yaml", map[string]string{"d/a.yaml": uses("a", "./e/b.yaml"), "d/e/b.yaml": uses("b", "./c.yaml"), "d/e/c.yaml": header("c")}, nil},
		{"use of another version", "a.yaml", map[string]string{"a.yaml": uses("a", "core@3")}, []string{"a.yaml:6:10 rubric-version"}},
		{"use of none", "a.yaml", map[string]string{"a.yaml": uses("a", "cora")}, []string{`a.yaml:6:10 unknown-rubric: there is no rubric "cora" | did you mean "core"?`}},
		{"use in a group", "a.yaml", map[string]string{"a.yaml": header("a") + "criteria:\n  - id: g\n    criteria:\n      - use: cora\n"}, []string{"a.yaml:8:14 unknown-rubric"}},
		{"path out of the folder", "d/a.yaml", map[string]string{"d/a.yaml": uses("a", "../b.yaml"), "b.yaml": header("b")}, []string{`d/a.yaml:6:10 import: expected a path below this file's folder, got "../b.yaml"`}},
		{"path out of the folder, hidden", "d/a.yaml", map[string]string{"d/a.yaml": uses("a", "./x/../../b.yaml"), "b.yaml": header("b")}, []string{`d/a.yaml:6:10 import`}},
		{"absolute path", "a.yaml", map[string]string{"a.yaml": uses("a", "/etc/b.yaml")}, []string{`a.yaml:6:10 import`}},
		{"problems of a used file stand in it, once", "a.yaml", map[string]string{
			"a.yaml": header("a") + "criteria:\n  - use: ./b.yaml\n  - {use: ./b.yaml, as: b-again}\n", "b.yaml": header("b") + "foo: 1\n",
		}, []string{"b.yaml:5:1 unknown-key"}},

		{"circle of two", "./d/a.yaml", map[string]string{"d/a.yaml": uses("a", "./b.yaml"), "d/b.yaml": uses("b", "./a.yaml")}, []string{
			"d/b.yaml:6:10 cycle: rubrics use one another in a circle: d/a.yaml → d/b.yaml → ./a.yaml | take one of these uses away",
		}},
		{"circle of one", "a.yaml", map[string]string{"a.yaml": uses("a", "./a.yaml")}, []string{"a.yaml:6:10 cycle"}},
		{"circle of a built-in one", "loop", nil, []string{"built-in:loop.yaml:6:10 cycle: rubrics use one another in a circle: loop.yaml → loop@1.2"}},
		{"twice is no circle", "a.yaml", map[string]string{"a.yaml": header("a") + "criteria:\n  - use: ./b.yaml\n  - use: ./c.yaml\n", "b.yaml": uses("b", "./c.yaml"), "c.yaml": header("c")}, nil},

		{"import", "a.yaml", map[string]string{"a.yaml": imports("./v.yaml"), "v.yaml": vocabulary}, nil},
		{"import of none", "a.yaml", map[string]string{"a.yaml": imports("./v.yaml")}, []string{`a.yaml:5:10 unreadable-file: "v.yaml": cannot read the file`}},
		{"import of a rubric", "a.yaml", map[string]string{"a.yaml": imports("./a.yaml")}, []string{`a.yaml:1:13 wrong-kind`, `a.yaml:5:10 import`}},
		{"import from above", "d/a.yaml", map[string]string{"d/a.yaml": imports("../v.yaml"), "v.yaml": vocabulary}, []string{`d/a.yaml:5:10 import: expected a path below`}},
		{"names defined twice", "a.yaml", map[string]string{
			"a.yaml": imports("./v.yaml") + "stages: [live]\nroles: {nurse: {title: N}, porter: {title: P}}\n", "v.yaml": vocabulary,
		}, []string{
			`a.yaml:5:10 repeated-name: role "nurse" of "./v.yaml" is defined in this rubric too | keep one of the two`,
			`a.yaml:5:10 repeated-name: stages "stages" of "./v.yaml" is defined in this rubric too`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, got := open(t, c.open, c.files)
			match(t, got, c.want)
		})
	}
}

// Of the versions in all folders and among the built-in ones, the newest is taken that is asked for.
func TestVersions(t *testing.T) {
	for _, c := range []struct {
		asked, there, want string // want begins with the version, or with what is said
	}{
		{"w", "1.0.0 1.2.0 1.10.0 1.9.9", "1.10.0"},
		{"w", "9.0.0 10.0.0", "10.0.0"},
		{"w", "1.99999999999999999999.0 1.100000000000000000000.0", "1.100000000000000000000.0"},
		{"w@1", "1.0.0 1.2.0 2.0.0", "1.2.0"},
		{"w@1", "1.0.0 10.0.0", "1.0.0"},
		{"w@1.2", "1.2.0 1.2.7 1.3.0 1.20.0", "1.2.7"},
		{"w@1.2.3", "1.2.3 1.2.4", "1.2.3"},
		{"w@1.2.3", "1.2.4 1.2.30", `asker.yaml:1 rubric-version: rubric "w" is there as 1.2.4, 1.2.30, expected 1.2.3 | write w@1.2.30, or leave the version out`},
		{"w@3", "1.2.0 2.0.0-rc.1 1.10.0", `asker.yaml:1 rubric-version: rubric "w" is there as 1.2.0, 1.10.0, 2.0.0-rc.1, expected 3 | write w@1.10.0,`},
		{"w@1.x", "1.0.0", "asker.yaml:1 rubric-version"},

		{"w", "1.0.0 2.0.0-rc.1", "1.0.0"},
		{"w@2", "1.0.0 2.0.0-rc.1 2.0.0-beta", "2.0.0-rc.1"},
		{"w@2", "2.0.0-rc.1 2.0.0", "2.0.0"},
		{"w@2.0", "2.0.0 2.0.1-rc.1", "2.0.0"},
		{"w@2.0.0-rc.1", "2.0.0-rc.1 2.0.0 2.0.0-rc.1.1", "2.0.0-rc.1"},
		{"w@2.0.0-rc", "2.0.0-rc.1", "asker.yaml:1 rubric-version"},
		{"w@2.0.0", "2.0.0-rc.1", "asker.yaml:1 rubric-version"},
		// the order of semver.org, section 11
		{"w", "1.0.0-alpha 1.0.0-alpha.1", "1.0.0-alpha.1"},
		{"w", "1.0.0-alpha.beta 1.0.0-alpha.1", "1.0.0-alpha.beta"},
		{"w", "1.0.0-alpha.beta 1.0.0-beta", "1.0.0-beta"},
		{"w", "1.0.0-beta.11 1.0.0-beta.2", "1.0.0-beta.11"},
		{"w", "1.0.0-rc.1 1.0.0-beta.11", "1.0.0-rc.1"},
	} {
		files := map[string]string{}
		for i, version := range strings.Fields(c.there) { // over two folders, and the last without a version in its name
			name := fmt.Sprintf("f%d/w@%s.yaml", i%2, version)
			if i == 2 {
				name = "f0/w.yaml"
			}
			files[name] = headerOf("w", version)
		}
		files["f1/other.yaml"] = header("other")
		r, _, got := open(t, c.asked, files, "f0", "f1")
		if r != nil {
			got = append([]string{r.Version}, got...)
		}
		t.Run(c.asked+" of "+c.there, func(t *testing.T) { match(t, got, []string{c.want}) })
	}
}

func TestFolders(t *testing.T) {
	uses := func(id, used string) string { return header(id) + "criteria:\n  - use: " + used + "\n" }
	const purpose = "purpose: p\n"
	for _, c := range []struct {
		name, open string
		files      map[string]string
		where      string
		want       []string
	}{
		{"in the second", "w", map[string]string{"f1/w.yaml": header("w")}, "f1/w.yaml", nil},
		{"newer than the built-in one", "core@1", map[string]string{"f0/core.yaml": headerOf("core", "1.3.0")}, "f0/core.yaml", nil},
		{"older than the built-in one", "core", map[string]string{"f0/core.yaml": headerOf("core", "1.1.0")}, "built-in:core.yaml", nil},
		{"older, and asked for", "core@1.1", map[string]string{"f0/core.yaml": headerOf("core", "1.1.0")}, "f0/core.yaml", nil},
		{"deeper is not looked", "w", map[string]string{"f0/f2/w.yaml": header("w")}, "", []string{`asker.yaml:1 unknown-rubric`}},
		{"a folder of that name", "w", map[string]string{"f0/w.yaml/x": "", "f1/w.yaml": header("w")}, "f1/w.yaml", nil},
		{"other ends of names", "w", map[string]string{"f0/w.yml": header("w"), "f0/w.json": "{}", "f0/w@.yaml": header("w")}, "", []string{`asker.yaml:1 unknown-rubric`}},
		{"near id", "wrad", map[string]string{"f0/ward@1.0.0.yaml": header("ward")}, "", []string{`asker.yaml:1 unknown-rubric: there is no rubric "wrad" | did you mean "ward"?`}},
		{"the vocabulary is no rubric", "vocabulary", map[string]string{"f0/vocabulary.yaml": vocabulary}, "", []string{`asker.yaml:1 unknown-rubric`}},
		{"something else", "w", map[string]string{"f0/w.yaml": vocabulary}, "", []string{`f0/w.yaml:1:13 wrong-kind`}},
		{"a folder that is gone", "core", map[string]string{"f0": ""}, "", []string{"f0 unreadable-file: cannot look into the folder: "}},

		{"another id than the name", "w", map[string]string{"f0/w.yaml": header("x")}, "f0/w.yaml", []string{
			`f0/w.yaml:2:5 misnamed-rubric: id: expected "w", as the file is named, got "x" | rename the file, or correct the id`,
		}},
		{"another version than the name", "w", map[string]string{"f0/w@1.3.0.yaml": header("w")}, "f0/w@1.3.0.yaml", []string{
			`f0/w@1.3.0.yaml:3:10 misnamed-rubric: version: expected "1.3.0", as the file is named, got "1.2.3" | rename the file, or correct the version`,
		}},
		{"half a version in the name", "w@1.2", map[string]string{"f0/w@1.yaml": header("w")}, "f0/w@1.yaml", []string{"f0/w@1.yaml:3:10 misnamed-rubric"}},
		{"no problem of a file that is not asked for", "w@1", map[string]string{"f0/w.yaml": headerOf("w", "2.0.0") + "foo: 1\n", "f0/w@1.0.0.yaml": headerOf("w", "1.0.0")}, "f0/w@1.0.0.yaml", nil},
		{"a file that does not say its version", "w@1", map[string]string{"f0/w.yaml": "touchstone: rubric/v1\nid: w\ntitle: T\nfoo: 1\n", "f0/w@1.0.0.yaml": headerOf("w", "1.0.0")}, "f0/w.yaml", []string{
			"f0/w.yaml:1:1 missing-key", "f0/w.yaml:4:1 unknown-key",
		}},

		{"twice, the same", "w", map[string]string{"f0/w@1.2.3.yaml": header("w") + "# a comment\n", "f1/w.yaml": header("w")}, "f0/w@1.2.3.yaml", nil},
		{"twice, and they differ", "w@1", map[string]string{"f0/w@1.2.3.yaml": header("w") + purpose, "f1/w.yaml": header("w")}, "", []string{
			`asker.yaml:1 ambiguous-rubric: rubric "w" 1.2.3 is in "f0/w@1.2.3.yaml" and in "f1/w.yaml", and they differ | keep one of the two or give`,
		}},
		{"twice in one folder", "w", map[string]string{"f0/w@1.2.3.yaml": header("w") + purpose, "f0/w.yaml": header("w")}, "", []string{"asker.yaml:1 ambiguous-rubric"}},
		{"twice, and they differ in what they import", "w", map[string]string{
			"f0/w.yaml": header("w") + "import: [./v.yaml]\n", "f0/v.yaml": vocabulary,
			"f1/w.yaml": header("w") + "import: [./v.yaml]\n", "f1/v.yaml": vocabulary + "title: V\n",
		}, "", []string{"asker.yaml:1 ambiguous-rubric"}},
		{"as built in, the same", "core", map[string]string{"f1/core.yaml": header("core") + "import: [./vocabulary.yaml]\n", "f1/vocabulary.yaml": vocabulary}, "f1/core.yaml", nil},
		{"as built in, and they differ", "core", map[string]string{"f0/core.yaml": header("core")}, "", []string{
			`asker.yaml:1 ambiguous-rubric: rubric "core" 1.2.3 is in "f0/core.yaml" and in "built-in:core.yaml", and they differ`,
		}},
		{"twice in versions that are not asked for", "w@2", map[string]string{"f0/w.yaml": header("w"), "f1/w.yaml": header("w") + purpose, "f1/w@2.0.0.yaml": headerOf("w", "2.0.0")}, "f1/w@2.0.0.yaml", nil},

		{"use from outside", "a.yaml", map[string]string{"a.yaml": uses("a", "w@1"), "f1/w.yaml": header("w")}, "a.yaml", nil},
		{"use from one to the other", "w", map[string]string{"f0/w.yaml": uses("w", "x"), "f1/x.yaml": header("x")}, "f0/w.yaml", nil},
		{"paths are below the rubric's own folder", "w", map[string]string{
			"f1/w.yaml": header("w") + "import: [./d/v.yaml]\ncriteria:\n  - use: ./d/x.yaml\n", "f1/d/v.yaml": vocabulary, "f1/d/x.yaml": header("x"),
		}, "f1/w.yaml", nil},
		{"use of one that differs", "a.yaml", map[string]string{"a.yaml": uses("a", "w"), "f0/w.yaml": header("w"), "f1/w.yaml": header("w") + purpose}, "a.yaml", []string{"a.yaml:6:10 ambiguous-rubric"}},
		{"use of another version", "a.yaml", map[string]string{"a.yaml": uses("a", "w@3"), "f0/w.yaml": header("w")}, "a.yaml", []string{"a.yaml:6:10 rubric-version"}},

		{"circle of one", "w", map[string]string{"f0/w.yaml": uses("w", "w@1")}, "f0/w.yaml", []string{
			"f0/w.yaml:6:10 cycle: rubrics use one another in a circle: f0/w.yaml → w@1 | take one of these uses away",
		}},
		{"circle through two folders", "w", map[string]string{"f0/w.yaml": uses("w", "x@1.2.3"), "f1/x@1.2.3.yaml": uses("x", "w")}, "f0/w.yaml", []string{
			"f1/x@1.2.3.yaml:6:10 cycle: rubrics use one another in a circle: f0/w.yaml → f1/x@1.2.3.yaml → w",
		}},
		{"circle from a path", "./f0/../f0/w.yaml", map[string]string{"f0/w.yaml": uses("w", "x"), "f1/x.yaml": uses("x", "w")}, "f0/w.yaml", []string{"f1/x.yaml:6:10 cycle"}},
		{"circle through a path", "w", map[string]string{"f0/w.yaml": uses("w", "./d/x.yaml"), "f0/d/x.yaml": uses("x", "w")}, "f0/w.yaml", []string{"f0/d/x.yaml:6:10 cycle"}},
		{"circle through a built-in one", "core", map[string]string{"f0/core.yaml": strings.Replace(uses("core", "outer"), "1.2.3", "1.3.0", 1)}, "f0/core.yaml", []string{
			"built-in:outer.yaml:6:10 cycle: rubrics use one another in a circle: f0/core.yaml → outer.yaml → core@1",
		}},
		{"circle through the second of two", "./f1/w.yaml", map[string]string{"f0/w.yaml": uses("w", "x"), "f1/w.yaml": uses("w", "x"), "f1/x.yaml": uses("x", "w")}, "f1/w.yaml", []string{"f1/x.yaml:6:10 cycle"}},
		{"circle of one without a version", "w", map[string]string{"f0/w.yaml": strings.Replace(uses("w", "w"), "1.2.3", "one", 1)}, "f0/w.yaml", []string{"f0/w.yaml:3:10 bad-value", "f0/w.yaml:6:10 cycle"}},
		{"another version is no circle", "w", map[string]string{"f0/w.yaml": uses("w", "w@1.0"), "f0/w@1.0.0.yaml": headerOf("w", "1.0.0")}, "f0/w.yaml", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"f0/README.md": "", "f1/README.md": ""}
			if _, file := c.files["f0"]; file {
				delete(files, "f0/README.md")
			}
			maps.Copy(files, c.files)
			r, _, got := open(t, c.open, files, "./f0/", "f1", "f0")
			match(t, got, c.want)
			if where := whereOf(r); where != c.where {
				t.Errorf("got %q, want %q", where, c.where)
			}
		})
	}
}

// whereOf is the file in which a rubric was found.
func whereOf(r *rubric.Rubric) string {
	if r == nil {
		return ""
	}
	file := r.Place().File
	if built := strings.HasPrefix(file, "built-in:"); built != (r.Folder() == "") || !built && r.Folder() != path.Dir(file) {
		return "in the folder " + r.Folder()
	}
	return file
}

// Names lists all versions, and passes over what is something else.
func TestNamesInFolders(t *testing.T) {
	files := map[string]string{
		"f0/w.yaml": headerOf("w", "1.10.0"), "f0/w@1.9.0.yaml": headerOf("w", "1.9.0"), "f1/w@1.9.0.yaml": headerOf("w", "1.9.0"),
		"f1/w@2.0.0-rc.1.yaml": headerOf("w", "2.0.0-rc.1"), "f1/core.yaml": headerOf("core", "3.0.0"),
		"f0/vocabulary.yaml": vocabulary, "f0/words.yaml": vocabulary, "f0/compose.yaml": "services: {}\n", "f0/Notes.yaml": "\t",
	}
	c, _ := catalogue(t, files, "f0", "f1")
	names, list := c.Names()
	match(t, told(list), nil)
	want := []string{"core@3.0.0", "core@1.2.3", "loop@1.2.3", "outer@1.2.3", "w@2.0.0-rc.1", "w@1.10.0", "w@1.9.0"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	if ids := c.IDs(); !slices.Equal(ids, []string{"compose", "core", "loop", "outer", "w", "words"}) {
		t.Errorf("got %q", ids)
	}
	c, _ = catalogue(t, map[string]string{"f0/w.yaml": headerOf("w", "one")}, "f0")
	_, list = c.Names()
	match(t, told(list), []string{"f0/w.yaml:3:10 bad-value"})
}

// No file is read but those that may be asked for, and none twice.
func TestFilesRead(t *testing.T) {
	c, store := catalogue(t, map[string]string{
		"f0/w@1.0.0.yaml": headerOf("w", "1.0.0"), "f0/w@2.0.0.yaml": headerOf("w", "2.0.0") + "import: [./v.yaml]\n", "f0/w.yaml": headerOf("w", "1.5.0") + "import: [./old.yaml]\n",
		"f0/v.yaml": vocabulary, "f0/old.yaml": vocabulary, "f0/x.yaml": header("x"), "f0/notes.yaml": "n: 1\n",
	}, "f0")
	for _, name := range []string{"w", "w@2", "w@2.0.0"} {
		_, list := c.Open(name, asker)
		match(t, told(list), nil)
	}
	var read []string
	for file := range store.Sources() {
		read = append(read, file)
		if err := os.Remove(filepath.FromSlash(file)); err != nil {
			t.Error(err)
		}
	}
	slices.Sort(read)
	if want := []string{"f0/v.yaml", "f0/w.yaml", "f0/w@2.0.0.yaml"}; !slices.Equal(read, want) {
		t.Errorf("got %q, want %q", read, want)
	}
	r, list := c.Open("w", asker)
	match(t, told(list), nil)
	if whereOf(r) != "f0/w@2.0.0.yaml" {
		t.Errorf("read again: got %v", r)
	}
}

// Rubrics of two folders have each the references beside it.
func TestReferencesOfFolders(t *testing.T) {
	reference := func(title string) string {
		return "touchstone: reference/v1\nid: ref\ntitle: " + title + "\nitems: {}\n"
	}
	c, _ := catalogue(t, map[string]string{
		"f0/w.yaml": header("w"), "f1/x.yaml": header("x"), "f1/references/ref.yaml": reference("Of f1"), "f2/y.yaml": header("y"), "f2/references/ref.yaml": reference("Of f2"),
	}, "f0", "f1", "f2")
	for id, want := range map[string]string{"w": "", "x": "Of f1", "y": "Of f2"} {
		r, _ := c.Open(id, asker)
		ref, list := c.Reference(r, "ref")
		match(t, told(list), nil)
		if (ref == nil) != (want == "") || ref != nil && ref.Title != want {
			t.Errorf("%s: got %v, want %q", id, ref, want)
		}
	}
}

func TestLinking(t *testing.T) {
	r, _, problems := open(t, "a.yaml", map[string]string{
		"a.yaml": header("a") + "import: [./v.yaml]\nroles: {porter: {title: P}}\ncriteria:\n  - use: ./b.yaml\n  - id: g\n    criteria:\n      - {use: ./b.yaml, as: b-again}\n",
		"b.yaml": header("b"), "v.yaml": vocabulary,
	})
	match(t, problems, nil)
	first, second := r.Criteria[0].Used, r.Criteria[1].Criteria[0].Used
	if first == nil || first.ID != "b" || first != second {
		t.Errorf("got %v and %v, want one rubric", first, second)
	}
	var roles []string
	for _, e := range r.Roles {
		roles = append(roles, e.Key)
	}
	if !slices.Equal(roles, []string{"porter", "nurse"}) || !slices.Equal(r.Stages, []string{"idea", "pilot"}) {
		t.Errorf("got roles %q and stages %q", roles, r.Stages)
	}
}

func TestReference(t *testing.T) {
	const own = "touchstone: reference/v1\nid: own\ntitle: Own\nitems:\n  \"06\": {says: s, kind: red-flag}\n"
	r, c, _ := open(t, "d/a.yaml", map[string]string{"d/a.yaml": header("a"), "d/references/own.yaml": own, "secret.yaml": own})
	for id, want := range map[string]string{"own": "Own", "shared-ref": "Built in", "none": "", "../../secret": ""} {
		ref, problems := c.Reference(r, id)
		match(t, told(problems), nil)
		if (ref == nil) != (want == "") || ref != nil && ref.Title != want {
			t.Errorf("%s: got %v", id, ref)
		}
	}
	if ref, _ := c.Reference(r, "own"); ref.Items[0].Key != "06" {
		t.Errorf("got %q", ref.Items[0].Key)
	}
}

// The digest follows every word that is scored by, wherever it stands, and nothing else.
func TestContentDigest(t *testing.T) {
	digest := func(files map[string]string) string {
		t.Helper()
		r, _, problems := open(t, "a.yaml", files)
		match(t, problems, nil)
		return r.ContentDigest()
	}
	files := func(a, b, v string) map[string]string {
		return map[string]string{"a.yaml": a, "b.yaml": b, "v.yaml": v}
	}
	a := header("a") + "import: [./v.yaml]\ncriteria:\n  - use: ./b.yaml\n"
	b := header("b")
	first := digest(files(a, b, vocabulary))
	same := "# another order, and quotes\ntitle: 'T'\ncriteria: [{use: ./b.yaml}]\nimport:\n  - ./v.yaml\nid: a\nversion: \"1.2.3\"\n"
	same = "touchstone: rubric/v1\n" + same
	if got := digest(files(same, b+"\n# end\n", vocabulary)); got != first {
		t.Error("comments, quotes or order changed the digest")
	}
	if got := digest(files(a+"status: retired\n", b+"status: published\n", vocabulary)); got != first {
		t.Error("a status changed the digest")
	}
	for name, changed := range map[string]map[string]string{
		"own":      files(a+"purpose: p\n", b, vocabulary),
		"used":     files(a, b+"purpose: p\n", vocabulary),
		"imported": files(a, b, vocabulary+"title: v\n"),
		"version":  files(strings.Replace(a, "1.2.3", "1.2.4", 1), b, vocabulary),
	} {
		if digest(changed) == first {
			t.Errorf("%s: the digest is the same", name)
		}
	}
	if !strings.HasPrefix(first, "sha256:") || len(first) != len("sha256:")+64 {
		t.Errorf("got %s", first)
	}
}

// All that ships reads and links without a word, and lies in a file of its id.
func TestBuiltIn(t *testing.T) {
	c := rubric.NewCatalogue(source.NewStore(rubrics.FS, strings.NewReader("")))
	for _, id := range c.IDs() {
		r, problems := c.Open(id, diag.Place{})
		match(t, told(problems), nil)
		if r == nil || r.ID != id {
			t.Errorf("%s: got %v", id, r)
		}
	}
	names, err := fs.Glob(rubrics.FS, "references/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(path.Base(name), ".yaml")
		ref, problems := c.Reference(&rubric.Rubric{}, id)
		match(t, told(problems), nil)
		if ref == nil || ref.ID != id {
			t.Errorf("%s: got %v", id, ref)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{"core": false, "core@1.2": false, "./core": true, "a/b": true, "core.yaml": true, "x.json": true, `a\b`: true} {
		if rubric.IsPath(name) != want {
			t.Errorf("%s: got %v", name, !want)
		}
	}
	for _, c := range [][3]string{
		{"d/a.yaml", "./b.yaml", "d/b.yaml"},
		{"d/a.yaml", "core@1", "core@1"},
		{"a.yaml", "d/../b.yaml", "b.yaml"},
		{"d/a.yaml", "/b.yaml", ""},
		{"d/a.yaml", "../b.yaml", ""},
		{"d/a.yaml", "./x/../../b.yaml", ""},
		{"d/a.yaml", "-", ""},
	} {
		got, list := rubric.From(c[1], diag.Place{File: c[0]})
		if got != c[2] || list.HasErrors() != (c[2] == "") {
			t.Errorf("%v: got %s, %v", c, got, list)
		}
	}
}

// A rubric in a tree that lies on no disk takes what it imports and uses from that tree: by path, and by id from a folder
// of it, before what is built in. A folder that the tree does not have holds nothing.
func TestMounted(t *testing.T) {
	_, store := catalogue(t, map[string]string{"top.yaml": header("top"), "shelf/core.yaml": headerOf("core", "9.0.0")})
	const uses = "import: [./words.yaml]\ncriteria:\n  - use: ./parts/part.yaml\n  - use: core@1\n  - use: outer\n"
	store.Mount("git:x/y:", fstest.MapFS{
		"top.yaml":                    {Data: []byte(headerOf("top", "2.0.0") + uses)},
		"words.yaml":                  {Data: []byte(vocabulary)},
		"parts/part.yaml":             {Data: []byte(header("part"))},
		"shelf/core.yaml":             {Data: []byte(headerOf("core", "1.9.0"))},
		"references/ref-of-tree.yaml": {Data: []byte("touchstone: reference/v1\nid: ref-of-tree\ntitle: T\nitems: {}\n")},
	})
	c := rubric.NewCatalogue(store, "git:x/y:shelf", "git:x/y:shelf/.", "git:x/y:never")
	r, list := c.Open("git:x/y:top.yaml", asker)
	if len(list) > 0 {
		t.Fatal(told(list))
	}
	got := []string{r.Place().String(), r.Version, r.Folder(), r.Name()}
	for i := range r.Criteria {
		if used := r.Criteria[i].Used; used != nil {
			got = append(got, used.Place().File+" "+used.Version)
		}
	}
	want := []string{
		"git:x/y:top.yaml:1:1", "2.0.0", "git:x/y:.", "git:x/y:top.yaml",
		"git:x/y:parts/part.yaml 1.2.3", "git:x/y:shelf/core.yaml 1.9.0", "built-in:outer.yaml 1.2.3",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(r.Imported()) != 1 || r.Imported()[0].Place().File != "git:x/y:words.yaml" {
		t.Errorf("imported %v", r.Imported())
	}
	for id, there := range map[string]bool{"ref-of-tree": true, "shared-ref": true, "none": false} {
		if ref, _ := c.Reference(r, id); (ref != nil) != there {
			t.Errorf("reference %s: %v", id, ref)
		}
	}
	if _, list := c.Open("git:x/y:none.yaml", asker); len(list) != 1 || list[0].Place.File != "git:x/y:none.yaml" {
		t.Errorf("a file that is not there: %v", told(list))
	}
}

func TestCompareVersions(t *testing.T) {
	for i, versions := range [][2]string{{"1.2.3", "1.2.10"}, {"1.0.0-rc.1", "1.0.0"}, {"1.0.0-alpha", "1.0.0-beta"}} {
		if rubric.CompareVersions(versions[0], versions[1]) >= 0 || rubric.CompareVersions(versions[1], versions[0]) <= 0 || rubric.CompareVersions(versions[0], versions[0]) != 0 {
			t.Errorf("%d: %v", i, versions)
		}
	}
}
