package source_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Whatever a file holds, reading it ends without a panic, and every problem lies inside the file.
func FuzzRead(f *testing.F) {
	for _, folder := range []string{"rubrics", "examples", "testdata"} {
		seed(f, filepath.Join("..", "..", folder))
	}
	for _, small := range []string{
		"", "---\n---\n", "a: &a [*a]", "\"\n", "a:\n  - \n", "? \n: ", "{\"a\": [1, 2,]}", "[", "a: ! b", "\ufeffa: \"", "%YAML 1.1\n", "a: |2\n x\n", "a\r\n\tb", "\"곥",
	} {
		f.Add([]byte(small))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"f.yaml", "f.json"} {
			n, list := source.Read(name, data)
			_, asRubric := rubric.Parse(n)
			_, asRecord := innovation.Parse(n)
			if n == nil && !list.HasErrors() {
				t.Errorf("%s: nothing was read, and nothing said", name)
			}
			lines := strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
			for _, d := range append(append(list, asRubric...), asRecord...) {
				at := d.Place
				switch {
				case at.File != name, at.Line < 0, at.Line > len(lines):
					t.Errorf("%s: %s lies outside %d lines", at, d.Message, len(lines))
				case at.Column > 0 && at.Column > utf8.RuneCountInString(lines[at.Line-1])+1:
					t.Errorf("%s: %s lies outside its line %q", at, d.Message, lines[at.Line-1])
				case at.Column > 0 && at.Width < 1:
					t.Errorf("%s: %s has no width", at, d.Message)
				}
			}
		}
	})
}

func seed(f *testing.F, folder string) {
	f.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		f.Add(data)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
}
