package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// layers are the packages, lowest first. A package imports only what stands in a lower layer.
var layers = [][]string{
	{"pkg/exact", "pkg/calendar", "pkg/text"},
	{"pkg/diag"},
	{"pkg/source"},
	{"pkg/rubric", "pkg/innovation", "pkg/config"},
	{"pkg/expr"},
	{"pkg/score"},
	{"pkg/lock"},
	{"pkg/library", "pkg/plan", "pkg/progress", "pkg/crosswalk", "pkg/revision"},
	{"pkg/cases"},
	{"pkg/lint"},
	{"pkg/report"},
	{"pkg/render"},
	{"rubrics"},
	{"cmd/touchstone"},
}

// only says who may import a library that the architecture keeps in one room.
var only = map[string]string{
	"gopkg.in/yaml.v3":                     "pkg/source",
	"cel.dev/cel-go":                       "pkg/expr",
	"github.com/spf13/viper":               "pkg/config",
	"github.com/spf13/cobra":               "cmd/touchstone",
	"github.com/olekukonko/tablewriter":    "pkg/render",
	"github.com/xuri/excelize":             "pkg/render",
	"github.com/clipperhouse/displaywidth": "pkg/text",
}

// pure packages touch no file, clock or randomness.
var pure = map[string]bool{"pkg/exact": true, "pkg/expr": true, "pkg/score": true, "pkg/plan": true, "pkg/progress": true, "pkg/lock": true, "pkg/crosswalk": true, "pkg/revision": true, "pkg/cases": true, "pkg/report": true}

const module = "github.com/touchstone-health/touchstone/"

func TestArchitecture(t *testing.T) {
	layer := map[string]int{}
	for i, names := range layers {
		for _, name := range names {
			layer[name] = i
		}
	}
	for file, imports := range sources(t) {
		room := path.Dir(file)
		at, known := layer[room]
		if !known {
			t.Errorf("%s: package %s has no layer; give it one in this test", file, room)
			continue
		}
		for _, imported := range imports {
			if ours, ok := strings.CutPrefix(imported, module); ok && layer[ours] >= at {
				t.Errorf("%s imports %s, which is not in a lower layer", file, ours)
			}
			for library, owner := range only {
				if strings.HasPrefix(imported, library) && room != owner {
					t.Errorf("%s imports %s, which only %s may", file, imported, owner)
				}
			}
			if pure[room] && (imported == "os" || imported == "time" || strings.HasPrefix(imported, "math/rand") || imported == "net") {
				t.Errorf("%s imports %s: %s is pure", file, imported, room)
			}
			if strings.HasPrefix(imported, "net/") && imported != "net/url" {
				t.Errorf("%s imports %s: nothing needs the network", file, imported)
			}
		}
	}
}

// sources are the imports of every Go file of the program that is not a test, by path.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." { // not a part of the program
			return filepath.SkipDir
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		short := filepath.ToSlash(strings.TrimPrefix(name, filepath.FromSlash("../../")))
		for _, i := range f.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			found[short] = append(found[short], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
