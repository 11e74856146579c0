package main

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// guidePath is the documentation of the rubric language for authors.
const guidePath = "rubrics/README.md"

// The guide shows parts of files that are linted and whose cases pass, and what the program really prints. The switch
// that rewrites golden files rewrites what is printed.
func TestGuide(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(root, guidePath))
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(data), "```")
	for i := 1; i < len(parts); i += 2 {
		kind, body, _ := strings.Cut(parts[i], "\n")
		switch kind {
		case "yaml":
			partOfFile(t, root, body)
		case "console":
			parts[i] = kind + "\n" + runGuide(t, root, body)
		default:
			t.Errorf("a block of kind %q is not checked", kind)
		}
	}
	golden(t, filepath.Join(root, guidePath), strings.Join(parts, "```"))
}

// partOfFile checks that a block stands, whole and as it is, in the file that its first line names.
func partOfFile(t *testing.T, root, body string) {
	t.Helper()
	first, text, _ := strings.Cut(body, "\n")
	name, ok := strings.CutPrefix(first, "# ")
	if !ok {
		t.Errorf("a block begins with %q, not with the name of its file", first)
		return
	}
	file, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Error(err)
		return
	}
	if strings.TrimSpace(text) == "" || !strings.Contains("\n"+string(file), "\n"+text) {
		t.Errorf("%s does not hold these lines:\n%s", name, text)
	}
}

// runGuide calls the command of a block in the folder of the file that it names, and returns it with what it printed. In
// the folder of mistakes the answer is no.
func runGuide(t *testing.T, root, body string) string {
	t.Helper()
	command, _, _ := strings.Cut(body, "\n")
	args := strings.Fields(strings.TrimPrefix(command, "$ touchstone "))
	folder, want := "testdata/guide", exitYes
	for _, arg := range args {
		if _, err := os.Stat(filepath.Join(root, "testdata/guide-wrong", arg)); err == nil {
			folder, want = "testdata/guide-wrong", exitNo
		}
	}
	t.Chdir(filepath.Join(root, folder))
	stdout, stderr, code := call(t, args...)
	if code != want || stderr != "" {
		t.Errorf("%s: exit code %d, want %d\n%s", command, code, want, stderr)
	}
	return command + "\n" + stdout
}

// Every file of the guide is named in it.
func TestGuideNamesItsFiles(t *testing.T) {
	t.Chdir("../..")
	guide := readGuide(t)
	for _, pattern := range []string{"testdata/guide/*.yaml", "testdata/guide/*/*.yaml", "testdata/guide-wrong/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: found %d files (%v)", pattern, len(files), err)
		}
		for _, file := range files {
			if name := path.Base(filepath.ToSlash(file)); !strings.Contains(guide, name) {
				t.Errorf("%s does not name %s", guidePath, name)
			}
		}
	}
}

// Every key that a file may have is named in the guide.
func TestGuideNamesEveryKey(t *testing.T) {
	t.Chdir("../..")
	guide := readGuide(t)
	for _, s := range kinds {
		if s.name == "assessment" || s.name == "lock" { // written by assessors and by the program, not by authors
			continue
		}
		var schema any
		if err := json.Unmarshal(s.declaration().Schema(), &schema); err != nil {
			t.Fatal(err)
		}
		keys := map[string]bool{}
		propertiesIn(schema, keys)
		if len(keys) < 5 {
			t.Errorf("the schema of %s has %d keys", s.name, len(keys))
		}
		for key := range keys {
			if !strings.Contains(guide, "`"+key+"`") {
				t.Errorf("%s does not say what `%s` is (in %s)", guidePath, key, s.name)
			}
		}
	}
}

// propertiesIn collects the names of the properties that a schema declares, at every depth.
func propertiesIn(schema any, keys map[string]bool) {
	switch s := schema.(type) {
	case map[string]any:
		if properties, ok := s["properties"].(map[string]any); ok {
			for key := range properties {
				keys[key] = true
			}
		}
		for _, below := range s {
			propertiesIn(below, keys)
		}
	case []any:
		for _, below := range s {
			propertiesIn(below, keys)
		}
	}
}

func readGuide(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(guidePath))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
