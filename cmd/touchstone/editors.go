package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// kindFiles says by which paths an editor can tell that a file is of a kind.
type kindFiles struct {
	kind  string
	about string   // what a file of the kind says, for a catalogue
	names []string // patterns that say it wherever a file lies
	// folder is a pattern for the files of a folder in which all are of the kind whose names do not say otherwise. Outside
	// of one's own project such a folder may hold anything.
	folder string
}

var filesOfKinds = []kindFiles{
	{kind: "rubric", about: "What good looks like: criteria, weights, gates and bands", names: []string{"rubric.yaml", "*.rubric.yaml"}, folder: "**/rubrics/*.yaml"},
	{kind: "vocabulary", about: "Scales, stages, facts, kinds of evidence and roles that rubrics share", names: []string{"vocabulary.yaml", "vocabulary-*.yaml"}},
	{kind: "reference", about: "A source that criteria trace to, item by item", names: []string{"*.reference.yaml"}, folder: "**/references/*.yaml"},
	{kind: "innovation", about: "An innovation, its evidence and its answers", names: []string{"innovation.yaml", "*.innovation.yaml"}},
	{kind: "assessment", about: "The answers of one assessor about one innovation", names: []string{"assessment.yaml", "*.assessment.yaml"}},
	{kind: "cases", about: "The tests of a rubric", names: []string{"*.cases.yaml"}},
	{kind: "lock", about: "The digests of published rubrics", names: []string{"rubrics.lock.yaml"}},
}

func filesOf(kind string) kindFiles {
	return filesOfKinds[slices.IndexFunc(filesOfKinds, func(f kindFiles) bool { return f.kind == kind })]
}

// patterns are those of a kind in one's own project. Where two match, an editor would hold a file to both schemas, so a
// folder leaves out the names of the other kinds.
func (f kindFiles) patterns() []string {
	if f.folder == "" {
		return f.names
	}
	all := append([]string{f.folder}, f.names...)
	for _, other := range filesOfKinds {
		if other.kind == f.kind {
			continue
		}
		for _, name := range other.names {
			all = append(all, "!"+name)
		}
	}
	return all
}

// vscodeSettings is the part of a settings.json by which the YAML extension of VS Code finds the schemas of all kinds.
func vscodeSettings() []byte {
	schemas := map[string][]string{} // encoding/json puts keys in order
	for _, kind := range schemaKinds() {
		schemas["./"+schemaPath(".", kind)] = filesOf(kind).patterns()
	}
	return indented(map[string]any{"yaml.schemas": schemas})
}

// catalogue is a list of the schemas in the form of SchemaStore's catalog.json. base is where the user has put them.
func catalogue(base string) ([]byte, error) {
	address, err := url.Parse(base)
	if err != nil || address.Scheme != "https" || address.Host == "" {
		return nil, usagef("give the folder in which the schemas can be fetched, without the name of a file", "--url expects an address that begins with https://, got %q", base)
	}
	type entry struct {
		Name        string   `json:"name"`
		Description string   `json:"description"`
		FileMatch   []string `json:"fileMatch"`
		URL         string   `json:"url"`
	}
	var entries []entry
	for _, kind := range schemaKinds() {
		f := filesOf(kind)
		entries = append(entries, entry{"Touchstone " + kind, f.about, f.names, address.JoinPath(schemaName(kind)).String()})
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.Name, b.Name) })
	return indented(map[string]any{
		"$schema": "https://json.schemastore.org/schema-catalog.json", "version": 1, "schemas": entries,
	}), nil
}

func indented(value any) []byte {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("strings and lists of them: %v", err))
	}
	return append(data, '\n')
}

// modeline is the comment in which an editor reads where the schema of a file lies, as seen from that file. Nothing has
// to be fetched.
func modeline(kind string) []byte {
	return []byte("# yaml-language-server: $schema=" + schemaPath(".", kind) + "\n")
}

func schemaName(kind string) string { return kind + ".schema.json" }

// schemaPath is where the schema for the files in a folder lies: in a hidden folder beside them, which lint passes over.
func schemaPath(folder, kind string) string {
	return strings.TrimPrefix(folder+"/"+schemaFolder+"/"+schemaName(kind), "./")
}

const schemaFolder = ".touchstone"
