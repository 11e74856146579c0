package revision_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

var placeless = diag.Place{File: "test"}

// library are rubrics and vocabularies by the names of their files, which lie in one folder.
type library fstest.MapFS

// compile opens a rubric of the library by its id. The model is nil if it is not valid.
func (l library) compile(id string) (*score.Model, diag.List) {
	catalogue := rubric.NewCatalogue(source.NewStore(fstest.MapFS(l), strings.NewReader("")))
	r, list := catalogue.Open(id, placeless)
	if r == nil || list.HasErrors() {
		return nil, list
	}
	m, more := score.Compile(r)
	return m, append(list, more...)
}

// with is the library with a file that says something else.
func (l library) with(file, text string) library {
	other := maps.Clone(l)
	other[file] = &fstest.MapFile{Data: []byte(text)}
	return other
}

// shipped are the rubrics that ship, and the instruments of the tests.
func shipped(t *testing.T) library {
	t.Helper()
	l := library{}
	for _, folder := range []string{"../../rubrics", "../../testdata/instruments"} {
		tree := os.DirFS(folder)
		names, err := fs.Glob(tree, "*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(tree, name)
			if err != nil {
				t.Fatal(err)
			}
			l[path.Base(name)] = &fstest.MapFile{Data: data}
		}
	}
	return l
}

// rubrics are the ids of the rubrics in the library.
func (l library) rubrics() []string {
	var ids []string
	for _, name := range slices.Sorted(maps.Keys(l)) {
		if strings.HasPrefix(string(l[name].Data), "touchstone: "+rubric.Kind) {
			ids = append(ids, strings.TrimSuffix(name, ".yaml"))
		}
	}
	return ids
}

// document is a file as data: maps, lists and texts.
func (l library) document(t interface{ Fatal(args ...any) }, file string) map[string]any {
	node, list := source.Read(file, l[file].Data)
	if list.HasErrors() {
		t.Fatal(list)
	}
	var canonical []byte
	if r, _ := rubric.Parse(node); r != nil {
		canonical = r.Canonical()
	} else if v, _ := rubric.ParseVocabulary(node); v != nil {
		canonical = v.Canonical()
	}
	var d map[string]any
	if err := json.Unmarshal(canonical, &d); err != nil {
		t.Fatal(file, err)
	}
	return d
}

// written is a document as a file, which begins with what it is.
func written(t interface{ Fatal(args ...any) }, d map[string]any) string {
	rest := maps.Clone(d)
	delete(rest, source.Header)
	kind, err := json.Marshal(d[source.Header])
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(rest)
	if err != nil {
		t.Fatal(err)
	}
	return `{"` + source.Header + `":` + string(kind) + "," + string(body[1:])
}
