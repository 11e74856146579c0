package source_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
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
