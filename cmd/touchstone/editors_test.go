package main

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3" //nolint:depguard // a test that reads a file as an editor does cannot read it as the program does
)

// What init writes names, in its first line, a schema that is there, without a fetch, and that it is valid by.
func TestModelines(t *testing.T) {
	for _, kind := range []string{"rubric", "innovation"} {
		folder := filepath.Join(t.TempDir(), "with a space")
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, "mine.yaml")
		if _, stderr, code := call(t, "init", kind, file); code != exitYes {
			t.Fatal(kind, stderr)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first, rest, _ := strings.Cut(string(data), "\n")
		if printed, _, _ := call(t, "init", kind, "-"); printed != rest {
			t.Errorf("%s: on standard output, where nothing lies beside it, it is not the same without the first line", kind)
		}
		relative, ok := strings.CutPrefix(first, "# yaml-language-server: $schema=")
		if !ok || strings.ContainsAny(relative, " :\\") {
			t.Errorf("%s: the first line is %q", kind, first)
		}
		schema, err := jsonschema.NewCompiler().Compile(filepath.Join(folder, filepath.FromSlash(relative)))
		if err != nil {
			t.Fatal(kind, err)
		}
		var document yaml.Node
		if err := yaml.Unmarshal(data, &document); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(generic(t, &document, nil)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// Every kind with a schema has names by which an editor knows it, and no name is of two kinds.
func TestFilesOfKinds(t *testing.T) {
	var names []string
	for _, kind := range schemaKinds() {
		if slices.IndexFunc(filesOfKinds, func(f kindFiles) bool { return f.kind == kind }) < 0 {
			t.Fatalf("no file is known to be of kind %q", kind)
		}
		names = append(names, filesOf(kind).names...)
	}
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) < len(names) {
		t.Errorf("a name is of two kinds: %v", names)
	}
}

// By the settings for VS Code no file of this repository is held to the schema of another kind. The rubrics that ship,
// what they use, and the examples are held to their own; other names say nothing, and such a file needs a modeline.
func TestSettingsForVSCode(t *testing.T) {
	var settings struct {
		Schemas map[string][]string `json:"yaml.schemas"`
	}
	stdout, _, _ := call(t, "schema", "--vscode")
	if err := json.Unmarshal([]byte(stdout), &settings); err != nil || len(settings.Schemas) != len(kinds) {
		t.Fatal(err, stdout)
	}
	for name, data := range shipped(t) {
		kind := ""
		for _, k := range schemaKinds() {
			if strings.Contains(string(data), "touchstone: "+k+"/v1") || strings.Contains(string(data), `"touchstone": "`+k+"/v1") {
				kind = k
			}
		}
		var held []string
		for schema, patterns := range settings.Schemas {
			if matches(t, patterns, filepath.ToSlash(name)) {
				held = append(held, strings.TrimSuffix(path.Base(schema), ".schema.json"))
			}
		}
		file := filepath.ToSlash(name)
		byModeline := strings.HasPrefix(file, "init ") || strings.Contains(file, "/testdata/") || strings.Contains(file, "/examples/answers/")
		if !slices.Equal(held, []string{kind}) && (held != nil || !byModeline) {
			t.Errorf("%s, of kind %q, is held to %v", name, kind, held)
		}
	}
}

// matches reads patterns as editors do: the last that matches decides, and one without a folder matches in any.
func matches(t *testing.T, patterns []string, name string) bool {
	t.Helper()
	held := false
	for _, pattern := range patterns {
		pattern, but := strings.CutPrefix(pattern, "!")
		pattern, inFolder := strings.CutPrefix(pattern, "**/")
		end := path.Base(name)
		if inFolder {
			end = path.Join(path.Base(path.Dir(name)), end)
		}
		hit, err := path.Match(pattern, end)
		if err != nil {
			t.Fatal(err)
		}
		if hit {
			held = !but
		}
	}
	return held
}
