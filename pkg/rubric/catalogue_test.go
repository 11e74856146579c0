package rubric_test

import (
	"fmt"
	"io/fs"
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
func header(id string) string {
	return "touchstone: rubric/v1\nid: " + id + "\nversion: 1.2.3\ntitle: T\n"
}

const vocabulary = "touchstone: vocabulary/v1\nstages: [idea, pilot]\nkinds: {study: {title: Study}}\nroles: {nurse: {title: Nurse}}\n"

// open writes the files to a folder of its own, and opens the rubric with `core` and `words` built in.
func open(t *testing.T, name string, files map[string]string) (*rubric.Rubric, *rubric.Catalogue, []string) {
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
	c := rubric.NewCatalogue(source.NewStore(builtIn, strings.NewReader(files["-"])))
	r, list := c.Open(name, diag.Place{File: "asker.yaml", Line: 1})
	return r, c, told(list)
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
