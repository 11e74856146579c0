package library_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const leaf = "criteria: [{id: a, title: A, scale: yes-no}, {id: b, title: B, scale: yes-no}]\n"

// shelf is a library over a folder of its own, in which each file holds a rubric of its name.
func shelf(t *testing.T, bodies map[string]string) *library.Library {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, body := range bodies {
		id := strings.TrimSuffix(filepath.Base(name), ".yaml")
		write(t, name, "touchstone: rubric/v1\nid: "+id+"\nversion: 1.0.0\nstatus: published\ntitle: T\n"+body)
	}
	return newLibrary()
}

func newLibrary() *library.Library {
	return library.New(rubric.NewCatalogue(source.NewStore(nil, strings.NewReader(""))), "")
}

func write(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// publish writes the lock of a folder, with rubrics as they are.
func publish(t *testing.T, folder string, names ...string) {
	t.Helper()
	l := newLibrary()
	var models []*score.Model
	for _, name := range names {
		m, list := l.Model(name, diag.Place{})
		if m == nil {
			t.Fatal(list)
		}
		models = append(models, m)
	}
	write(t, filepath.Join(folder, lock.FileName), string((&lock.Lock{}).Add(models).Lock.Bytes()))
}

// told are the files and rules of the problems of a rubric, which is refused if there are any.
func told(t *testing.T, l *library.Library, name string) []string {
	t.Helper()
	m, list := l.Model(name, diag.Place{})
	if (m == nil) != list.HasErrors() {
		t.Errorf("%s: %v, %v", name, m, list)
	}
	var all []string
	for _, d := range list.Sorted() {
		all = append(all, d.Place.File+" "+d.Rule)
	}
	return all
}

// A rubric is held to its lock wherever it is used, however deep, by whatever is locked itself or not.
func TestHoldDeep(t *testing.T) {
	shelf(t, map[string]string{
		"whole.yaml":            "criteria: [{use: ./parts/middle.yaml}]\n",
		"parts/middle.yaml":     "criteria: [{use: ./small/deep.yaml}]\n",
		"parts/small/deep.yaml": leaf,
	})
	publish(t, "parts/small", "parts/small/deep.yaml")
	if got := told(t, newLibrary(), "whole.yaml"); got != nil {
		t.Errorf("got %v", got)
	}
	const deep = "parts/small/deep.yaml"
	data, err := os.ReadFile(deep)
	if err != nil {
		t.Fatal(err)
	}
	write(t, deep, strings.Replace(string(data), "title: A", "title: B", 1))
	l := newLibrary()
	for _, name := range []string{"whole.yaml", "parts/middle.yaml", deep, "whole.yaml", "./whole.yaml"} {
		if got, want := told(t, l, name), []string{deep + " lock-words"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}

	write(t, deep, strings.Replace(string(data), "title: A", "title: A, weight: 2", 1))
	if got, want := told(t, newLibrary(), "whole.yaml"), []string{deep + " lock-scoring"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Cutting or weighing a rubric where it is used is no change of it: what is compared is the rubric by itself.
func TestHoldOfAPart(t *testing.T) {
	shelf(t, map[string]string{
		"whole.yaml": "criteria: [{use: ./part.yaml, only: [a], weights: {a: 5}}]\n",
		"part.yaml":  leaf,
	})
	publish(t, ".", "part.yaml")
	if got := told(t, newLibrary(), "whole.yaml"); got != nil {
		t.Errorf("got %v", got)
	}
}

// A damaged lock is told of to everybody who opens a rubric beside it.
func TestHoldDamaged(t *testing.T) {
	l := shelf(t, map[string]string{"a.yaml": leaf, "b.yaml": leaf, "elsewhere/c.yaml": leaf})
	write(t, lock.FileName, "touchstone: lock/v1\n")
	want := []string{lock.FileName + " lock-damaged", lock.FileName + " missing-key"}
	for _, name := range []string{"a.yaml", "b.yaml", "a.yaml"} {
		if got := told(t, l, name); !slices.Equal(got, want) {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if got := told(t, l, "elsewhere/c.yaml"); got != nil {
		t.Errorf("got %v", got)
	}
}
