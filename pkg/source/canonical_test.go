package source_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/source"
)

// tree is a document that can be written in either language.
type tree struct {
	text   string // a number, word or text, if there is nothing else
	bare   bool   // text that needs no quotes in YAML or JSON
	keys   []string
	values []tree
	list   bool
}

func drawTree(t *rapid.T, depth int) tree {
	kinds := []string{"text", "bare", "null", "list", "mapping"}
	if depth == 0 {
		kinds = kinds[:3]
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "text":
		return tree{text: drawText(t)}
	case "bare":
		return tree{text: rapid.SampledFrom([]string{"1", "-2.50", "1e3", "true", "false"}).Draw(t, "bare"), bare: true}
	case "null":
		return tree{text: "null", bare: true}
	case "list":
		return drawList(t, depth)
	}
	return drawMapping(t, depth)
}

func drawText(t *rapid.T) string {
	return rapid.StringOf(rapid.SampledFrom([]rune("ab:#-!&*'\"\\{}[],|>? \n\té日👩\u200d"))).Draw(t, "text")
}

func drawList(t *rapid.T, depth int) tree {
	list := tree{list: true}
	for range rapid.IntRange(0, 3).Draw(t, "items") {
		list.values = append(list.values, drawTree(t, depth-1))
	}
	return list
}

func drawMapping(t *rapid.T, depth int) tree {
	m := tree{keys: []string{}}
	for range rapid.IntRange(0, 3).Draw(t, "keys") {
		if key := drawText(t); !slices.Contains(m.keys, key) {
			m.keys, m.values = append(m.keys, key), append(m.values, drawTree(t, depth-1))
		}
	}
	return m
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (x tree) json() string {
	var parts []string
	for i, v := range x.values {
		if x.keys != nil {
			parts = append(parts, quote(x.keys[i])+" : "+v.json())
		} else {
			parts = append(parts, v.json())
		}
	}
	switch {
	case x.keys != nil:
		return "{" + strings.Join(parts, ", ") + "}"
	case x.list:
		return "[" + strings.Join(parts, "\n,") + "]"
	case x.bare:
		return x.text
	}
	return quote(x.text)
}

// yaml writes a block, with the last key first and other quotes.
func (x tree) yaml(indent string) string {
	var b strings.Builder
	switch {
	case len(x.values) > 0 && x.list:
		for _, v := range x.values {
			fmt.Fprintf(&b, "\n%s- %s", indent, v.yaml(indent+"  "))
		}
	case len(x.values) > 0:
		for i := range x.values {
			i = len(x.values) - 1 - i
			fmt.Fprintf(&b, "\n%s%s: %s # here", indent, quote(x.keys[i]), x.values[i].yaml(indent+"  "))
		}
	case x.bare || x.list || x.keys != nil:
		return x.json()
	case strings.ContainsAny(x.text, "\n\t"):
		return quote(x.text)
	default:
		return "'" + strings.ReplaceAll(x.text, "'", "''") + "'"
	}
	return b.String()
}

// A document says the same in YAML as in JSON, whatever the order of its keys, its quotes and comments.
func TestCanonicalInBothLanguages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawMapping(t, 3)
		inJSON, inYAML := canonical(t, "f.json", x.json()), canonical(t, "f.yaml", x.yaml(""))
		if inJSON != inYAML {
			t.Errorf("\n%s\n%s\n\n%s\n%s", x.json(), inJSON, x.yaml(""), inYAML)
		}
	})
}

func canonical(t *rapid.T, name, data string) string {
	type document struct {
		source.Origin
	}
	n, list := source.Read(name, []byte(data))
	if len(list) > 0 {
		t.Fatalf("%v in\n%s", list, data)
	}
	v, _ := source.ReadPlain(n, source.Object[document]("document"))
	return string(v.Canonical())
}

func TestCanonical(t *testing.T) {
	const file = "b: 2.30\na: [yes, 'yes', ~, {d: , c: <é>}]\nsecret: x\n"
	v, _ := read("f.yaml", file)
	const want = `{"a":["yes","yes",null,{"c":"\u003cé\u003e","d":null}],"b":"2.30"}`
	if got := string(v.Canonical("secret")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
