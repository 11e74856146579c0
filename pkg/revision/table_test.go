package revision

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// Every key that a rubric or a vocabulary can have is in the table, and none that it cannot have: a new key needs a class.
func TestEveryKeyHasAClass(t *testing.T) {
	declared := keysOfSchema(t, rubric.Declaration().Schema(), "")
	for key := range keysOfSchema(t, rubric.VocabularyDeclaration().Schema(), "") {
		if key == "touchstone" || key == "id" || key == "title" {
			declared["vocabulary/"+key] = true
		}
		if word, _, _ := strings.Cut(key, "/"); !declared[key] && word != "vocabulary" {
			t.Errorf("vocabularies have a key %q, and rubrics have not", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(declared)) {
		if _, has := effects()[key]; !has {
			t.Errorf("the key %q has no class", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(effects())) {
		// the levels of a scale stand in a list below its name
		if !declared[key] {
			t.Errorf("no file has the key %q", key)
		}
	}
}

// keysOfSchema are the paths of all keys that a schema knows, without the names that authors choose. The criteria of a
// group have those of every criterion.
func keysOfSchema(t *testing.T, schema []byte, path string) map[string]bool {
	t.Helper()
	var whole map[string]any
	if err := json.Unmarshal(schema, &whole); err != nil {
		t.Fatal(err)
	}
	definitions, _ := whole["definitions"].(map[string]any)
	found := map[string]bool{}
	var walk func(node any, path string)
	walk = func(node any, path string) {
		switch node := node.(type) {
		case []any:
			for _, way := range node {
				walk(way, path)
			}
		case map[string]any:
			if ref, is := node["$ref"].(string); is {
				walk(definitions[strings.TrimPrefix(ref, "#/definitions/")], path)
				return
			}
			properties, _ := node["properties"].(map[string]any)
			for key, value := range properties {
				below := joinPath(path, key)
				if below == "criteria/criteria" {
					continue
				}
				found[below] = true
				walk(value, below)
			}
			for _, key := range []string{"items", "anyOf", "oneOf", "allOf", "additionalProperties", "patternProperties", "then", "else"} {
				if key == "patternProperties" {
					patterns, _ := node[key].(map[string]any)
					for _, value := range patterns {
						walk(value, path)
					}
					continue
				}
				walk(node[key], path)
			}
		}
	}
	walk(whole, path)
	return found
}

// A key whose class is major says which part of a score it is, so that no change of another key is called major for it.
func TestEffects(t *testing.T) {
	known := []string{
		"combine", "evidence", "from_stage", "in", "measure", "met", "na", "order", "price", "respondents", "rule", "scale",
		"show", "stages", "unknown", "weight", "when", there,
	}
	for key, e := range effects() {
		for _, aspect := range e.aspects {
			if !slices.Contains(known, aspect) {
				t.Errorf("%s: there is no aspect %q", key, aspect)
			}
		}
		if (e.class == Major) != (e.otherwise != e.class) {
			t.Errorf("%s: %s, or else %s", key, e.class, e.otherwise)
		}
	}
}
