package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3" //nolint:depguard // a test that reads a file as an editor does cannot read it as the program does

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// parsers read the kinds of file that have a schema.
var parsers = map[string]func(*source.Node) diag.List{
	"rubric":     func(n *source.Node) diag.List { _, list := rubric.Parse(n); return list },
	"vocabulary": func(n *source.Node) diag.List { _, list := rubric.ParseVocabulary(n); return list },
	"reference":  func(n *source.Node) diag.List { _, list := rubric.ParseReference(n); return list },
	"innovation": func(n *source.Node) diag.List { _, list := innovation.Parse(n); return list },
	"assessment": func(n *source.Node) diag.List { _, list := innovation.ParseAssessment(n); return list },
	"lock":       func(n *source.Node) diag.List { _, list := lock.Parse(n); return list },
	"cases":      func(n *source.Node) diag.List { _, list := cases.Parse(n); return list },
}

// structure are the rules about the form of a file. The others are about what one value says of another.
var structure = []string{"unknown-key", "missing-key", "wrong-type", "bad-value", "wrong-kind"}

// Every schema is the same each time, ends its last line, and is draft-07 by draft-07's own schema.
func TestSchemas(t *testing.T) {
	if len(parsers) != len(kinds) {
		t.Errorf("%d kinds are tested, %d have a schema", len(parsers), len(kinds))
	}
	for _, kind := range schemaKinds() {
		first, _, _ := call(t, "schema", kind)
		again, _, code := call(t, "schema", kind)
		if code != 0 || first != again || !strings.HasSuffix(first, "\n}\n") {
			t.Errorf("%s: exit code %d, or not the same bytes, or no end of line", kind, code)
		}
		if compiled := compile(t, kind); compiled.DraftVersion != 7 {
			t.Errorf("%s: draft %d", kind, compiled.DraftVersion)
		}
	}
}

// What ships is what its schema says, and what the program writes to start from too.
func TestSchemasOfShippedFiles(t *testing.T) {
	judges := newJudges(t)
	seen := map[string]int{}
	for name, data := range shipped(t) {
		node, list := source.Read(name, data)
		kind, _, _ := strings.Cut(source.KindOf(node), "/")
		if judges[kind] == nil || list.HasErrors() { // what is wrong with the YAML itself is no matter of keys
			continue
		}
		seen[kind]++
		valid := !strings.Contains(filepath.ToSlash(name), "/testdata/")
		problems := judges[kind].parser(t, data)
		if valid && len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		judges[kind].agree(t, name, data, len(problems) == 0)
	}
	for _, kind := range []string{"rubric", "vocabulary", "reference", "innovation"} {
		if seen[kind] == 0 {
			t.Errorf("no file of kind %q was seen", kind)
		}
	}
}

func shipped(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, kind := range []string{"rubric", "innovation"} {
		text, _, _ := call(t, "init", kind, "-")
		files["init "+kind] = []byte(text)
	}
	for _, folder := range []string{"rubrics", "examples", "testdata"} {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(name string, _ fs.DirEntry, err error) error {
			if err != nil || !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(name)) {
				return err
			}
			files[name], err = os.ReadFile(name)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// For each of the small files, parser and schema come to the verdict that is written beside it.
func TestSchemasAgreeWithParsers(t *testing.T) {
	judges := newJudges(t)
	for _, c := range schemaCorpus {
		data := c.data()
		if problems := judges[c.kind].parser(t, data); (len(problems) == 0) != c.valid {
			t.Errorf("%s: the parser says: %v\n%s", c.kind, problems, data)
		}
		judges[c.kind].agree(t, c.kind, data, c.valid)
	}
}

// Whatever a key or a value of these files is replaced by, parser and schema come to the same verdict.
func TestSchemasAgreeOnSlips(t *testing.T) {
	judges := newJudges(t)
	for _, c := range schemaFull {
		j := judges[c.kind]
		if problems := j.parser(t, c.data()); len(problems) > 0 {
			t.Fatalf("%s: %v\n%s", c.kind, problems, c.data())
		}
		eachSlip(t, c.data(), func(data []byte) {
			j.agree(t, c.kind, data, len(j.parser(t, data)) == 0)
		})
	}
}

// eachSlip writes a file with one slip at a time.
func eachSlip(t *testing.T, text []byte, check func([]byte)) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	try := func() {
		data, err := yaml.Marshal(&document)
		if err != nil {
			t.Fatal(err)
		}
		check(data)
	}
	slips(document.Content[0], true, try)
}

// slips changes each value and key below a node, tries, and puts it back.
func slips(n *yaml.Node, top bool, try func()) {
	for i, child := range n.Content {
		isKey := n.Kind == yaml.MappingNode && i%2 == 0
		if top && i < 2 { // another header makes it a file of another kind
			continue
		}
		was := *child
		for _, other := range replacements(isKey) {
			*child = other
			try()
		}
		*child = was
		slips(child, false, try)
	}
	all := n.Content
	for i := 0; n.Kind == yaml.MappingNode && i < len(all); i += 2 {
		n.Content = slices.Concat(all[:i], all[i+2:])
		if !top || i > 0 {
			try()
		}
	}
	n.Content = all
}

func replacements(key bool) []yaml.Node {
	word := yaml.Node{Kind: yaml.ScalarNode, Value: "zz top"}
	number := yaml.Node{Kind: yaml.ScalarNode, Value: "7"}
	if key {
		return []yaml.Node{word, number}
	}
	return []yaml.Node{
		word, number,
		{Kind: yaml.ScalarNode, Value: "7", Style: yaml.SingleQuotedStyle},
		{Kind: yaml.ScalarNode, Value: "0.5"},
		{Kind: yaml.ScalarNode, Value: "true"},
		{Kind: yaml.ScalarNode, Value: "No"},
		{Kind: yaml.ScalarNode, Value: "none"},
		{Kind: yaml.ScalarNode, Value: "2026-11-21"},
		{Kind: yaml.ScalarNode, Value: " ", Style: yaml.DoubleQuotedStyle},
		{Kind: yaml.ScalarNode, Value: "~"},
		{Kind: yaml.SequenceNode, Style: yaml.FlowStyle},
		{Kind: yaml.SequenceNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "null"}}},
		{Kind: yaml.SequenceNode, Content: []*yaml.Node{&word, &number}},
		{Kind: yaml.MappingNode, Style: yaml.FlowStyle},
		{Kind: yaml.MappingNode, Content: []*yaml.Node{&word, &number}},
	}
}

// judge says whether a file of a kind has the right form, in both ways.
type judge struct {
	parse  func(*source.Node) diag.List
	schema *jsonschema.Schema
}

func newJudges(t *testing.T) map[string]*judge {
	t.Helper()
	judges := map[string]*judge{}
	for _, kind := range schemaKinds() {
		judges[kind] = &judge{parse: parsers[kind], schema: compile(t, kind)}
	}
	return judges
}

func compile(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	text, stderr, code := call(t, "schema", kind)
	if code != 0 {
		t.Fatalf("%s: exit code %d\n%s", kind, code, stderr)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(kind, value); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(kind)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// parser is what the parser finds wrong with the form.
func (j *judge) parser(t *testing.T, data []byte) diag.List {
	t.Helper()
	node, list := source.Read("x.yaml", data)
	if list.HasErrors() || node == nil {
		t.Fatalf("%v\n%s", list, data)
	}
	return slices.DeleteFunc(j.parse(node), func(d diag.Diagnostic) bool { return !slices.Contains(structure, d.Rule) })
}

// agree checks the schema's verdict, for an editor that reads YAML 1.2 and for one that reads 1.1.
func (j *judge) agree(t *testing.T, name string, data []byte, valid bool) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	for version, words := range map[string]map[string]bool{"1.2": nil, "1.1": oldTruths} {
		if err := j.schema.Validate(generic(t, &document, words)); (err == nil) != valid {
			t.Errorf("%s: to the parser valid is %v; the schema says of it, read as YAML %s: %v\n%s", name, valid, version, err, data)
		}
	}
}

// oldTruths are the words that YAML 1.1 takes for truth values beyond those of 1.2.
var oldTruths = map[string]bool{"yes": true, "Yes": true, "YES": true, "on": true, "no": false, "No": false, "NO": false, "off": false, "y": true, "n": false}

// generic is a value as an editor has it: no declared type says yet what a text is.
func generic(t *testing.T, n *yaml.Node, truths map[string]bool) any {
	t.Helper()
	switch n.Kind {
	case yaml.DocumentNode:
		return generic(t, n.Content[0], truths)
	case yaml.AliasNode:
		return generic(t, n.Alias, truths)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = generic(t, item, truths)
		}
		return list
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			object[n.Content[i].Value] = generic(t, n.Content[i+1], truths)
		}
		return object
	case yaml.ScalarNode:
	}
	truth, isTruth := truths[n.Value]
	if isTruth && n.Style == 0 {
		return truth
	}
	return plain(t, n)
}

func plain(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
		var number float64
		if err := n.Decode(&number); err != nil {
			t.Fatal(err)
		}
		return number
	}
	return n.Value
}
