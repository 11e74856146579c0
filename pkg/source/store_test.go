package source_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

func TestStore(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.yaml", []byte("\ufefftitle: A\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := source.NewStore(fstest.MapFS{"b.yaml": {Data: []byte("title: B\n")}}, strings.NewReader("title: C\n"))
	for range 2 { // standard input can be opened again
		for name, open := range map[string]func(string) (*source.Node, diag.List){
			"./a.yaml": store.Open, source.Stdin: store.Open, "b.yaml": store.OpenBuiltIn,
		} {
			if n, list := open(name); n == nil || list != nil {
				t.Errorf("%s: got %v", name, list)
			}
		}
	}
	for name, want := range map[string]string{"a.yaml": "title: A\n", "<stdin>": "title: C\n", "built-in:b.yaml": "title: B\n"} {
		if got := string(store.Sources()[name]); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// A file that is read ahead is what it would be if it were opened, once; whoever opens it again reads it again.
func TestAhead(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"a.yaml": "\ufefftitle: A\n", "b.yaml": "a: [\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"a.yaml", "./a.yaml", "b.yaml", "none.yaml", source.Stdin}
	ahead, plain := source.NewStore(nil, strings.NewReader("c: C\n")), source.NewStore(nil, strings.NewReader("c: C\n"))
	ahead.Ahead(names)
	if len(ahead.Sources()) > 0 {
		t.Errorf("nothing was opened yet, and the sources are %v", ahead.Sources())
	}
	for range 2 {
		for _, name := range names {
			got, list := ahead.Open(name)
			want, same := plain.Open(name)
			if (got == nil) != (want == nil) || !slices.Equal(list, same) || got.Place() != want.Place() {
				t.Errorf("%s: got %v, %v; want %v, %v", name, got, list, want, same)
			}
		}
	}
	if !maps.EqualFunc(ahead.Sources(), plain.Sources(), bytes.Equal) {
		t.Errorf("sources: got %q, want %q", ahead.Sources(), plain.Sources())
	}
	first, _ := ahead.Open("a.yaml")
	ahead.PutBack("./a.yaml", first, nil)
	if again, _ := ahead.Open("a.yaml"); again != first {
		t.Error("a file that was put back is read again")
	}
	if third, _ := ahead.Open("a.yaml"); third == first {
		t.Error("a file that was put back is given twice")
	}
}

func TestUnreadable(t *testing.T) {
	broken := source.NewStore(fstest.MapFS{}, iotest.ErrReader(errors.New("pipe broken")))
	missing := filepath.ToSlash(filepath.Join(t.TempDir(), "none.yaml"))
	for _, c := range []struct {
		open       func(string) (*source.Node, diag.List)
		name, want string
	}{
		{broken.Open, missing, missing + " unreadable-file: cannot read the file: no such file or directory"},
		{broken.Open, source.Stdin, "<stdin> unreadable-file: cannot read the file: pipe broken"},
		{broken.OpenBuiltIn, "x.yaml", "built-in:x.yaml unreadable-file: cannot read the file: file does not exist"},
	} {
		_, list := c.open(c.name)
		match(t, told("", list), []string{c.want})
	}
}

// What is endless is read to the bound only.
func TestEndlessInput(t *testing.T) {
	endless := bytes.NewReader(bytes.Repeat([]byte("# x\n"), source.MaxBytes))
	store := source.NewStore(fstest.MapFS{}, endless)
	_, list := store.Open(source.Stdin)
	match(t, told("", list), []string{"<stdin> too-large: "})
	if read := endless.Size() - int64(endless.Len()); read > 2*source.MaxBytes {
		t.Errorf("read %d bytes", read)
	}
}

// A tree that lies on no disk is opened by its prefix, wherever in it a file lies; the names of disk and tree do not mix.
func TestMount(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.yaml", []byte("title: on disk\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := source.NewStore(nil, nil)
	store.Mount("git:a/b~1:", fstest.MapFS{"a.yaml": {Data: []byte("title: old\n")}, "deep/c.yaml": {Data: []byte("title: deep\n")}, "huge.yaml": {Data: bytes.Repeat([]byte("# x\n"), source.MaxBytes)}})
	store.Mount("git:a/b:", fstest.MapFS{"a.yaml": {Data: []byte("title: new\n")}})
	for name, want := range map[string]string{
		"a.yaml": "on disk", "git:a/b~1:a.yaml": "old", "git:a/b:./a.yaml": "new", "git:a/b~1:deep/../deep/c.yaml": "deep",
	} {
		n, list := store.Open(name)
		if n == nil || n.Get("title").Text != want {
			t.Errorf("%s: got %v %v, want %s", name, n, list, want)
		}
	}
	for _, name := range []string{"git:a/b:a.yaml", "git:a/b~1:deep/c.yaml"} {
		if store.Sources()[name] == nil {
			t.Errorf("the lines of %s cannot be shown", name)
		}
	}
	for name, want := range map[string]string{
		"git:a/b:none.yaml":   "git:a/b:none.yaml unreadable-file: cannot read the file: file does not exist",
		"git:a/b:../a.yaml":   "git:a/b:../a.yaml unreadable-file: cannot read the file: file does not exist",
		"git:a/b~1:huge.yaml": "git:a/b~1:huge.yaml too-large: ",
		"git:other:a.yaml":    "git:other:a.yaml unreadable-file: cannot read the file: no such file or directory",
	} {
		_, list := store.Open(name)
		match(t, told("", list), []string{want})
	}
}
