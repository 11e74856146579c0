package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestWithoutGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := (git{ctx: t.Context()}).line("version"); err == nil || err.Error() != "the program git is not there" {
		t.Errorf("got %v", err)
	}
}

func TestGitSaid(t *testing.T) {
	exit := errors.New("exit status 128")
	for said, want := range map[string]string{
		"fatal: bad revision\nmore\n":        "bad revision",
		"\n  warning: x\n":                   "warning: x",
		"":                                   "exit status 128",
		"fatal: " + strings.Repeat("é", 300): strings.Repeat("é", 100) + "…",
	} {
		if got := gitSaid(said, exit); got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}

// What a program writes is kept to the bound, and no further.
func TestBounded(t *testing.T) {
	b := &bounded{limit: 5}
	for _, text := range []string{"abc", "de"} {
		if n, err := b.Write([]byte(text)); n != len(text) || err != nil || b.full {
			t.Fatal(n, err, b.full)
		}
	}
	if n, err := b.Write([]byte("f")); n != 0 || err == nil || !b.full || string(b.data) != "abcde" {
		t.Errorf("got %d, %v, %v, %q", n, err, b.full, b.data)
	}
}

// The files of a commit are a tree of files as any other.
func TestGitTree(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("HOME", t.TempDir()) // whose settings may ask for a signature
	g := git{ctx: t.Context()}
	if _, err := g.line("init", "-q"); err != nil {
		t.Skip("git is not there: ", err)
	}
	files := fstest.MapFS{"top.yaml": {Data: []byte("top\n")}, "a/b/deep.yaml": {Data: []byte("deep\n")}, "a/two.yaml": {Data: []byte("two\n")}}
	if err := os.CopyFS(".", files); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"add", "-A"}, {"-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "one"},
	} {
		if _, err := g.line(args...); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := g.tree("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		if data, err := fs.ReadFile(tree, name); err != nil || string(data) != string(file.Data) {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		if info, err := fs.Stat(tree, name); err != nil || info.Size() != int64(len(file.Data)) || info.IsDir() {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	for folder, want := range map[string]string{".": "a/ top.yaml", "a": "b/ two.yaml", "a/b": "deep.yaml"} {
		entries, err := fs.ReadDir(tree, folder)
		var names []string
		for _, e := range entries {
			if names = append(names, e.Name()); e.IsDir() {
				names[len(names)-1] += "/"
			}
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%s: %s, %v", folder, got, err)
		}
	}
	for _, none := range []string{"none.yaml", "a", "a/none.yaml"} {
		if _, err := tree.Open(none); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", none, err)
		}
	}
	if _, err := fs.ReadDir(tree, "none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
