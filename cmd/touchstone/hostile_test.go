package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gopkg.in/yaml.v3" //nolint:depguard // puts texts in the place of others, as whoever wrote the file might have

	"github.com/touchstone-health/touchstone/pkg/render"
)

// hostile are the files of testdata/hostile. What stands in double quotes in them is a text that people write, and the places
// of all such texts are its slots.
type hostile struct {
	names     []string
	documents []*yaml.Node
	slots     []*yaml.Node
	// locators are places too, whose form is checked when they are read.
	locators []*yaml.Node
	// texts are those that stand in the slots, and addresses the locators, as the files have them.
	texts, addresses []string
}

func newHostile(t *testing.T) *hostile {
	t.Helper()
	h := &hostile{names: []string{"innovation.yaml", "rubric.yaml", "waivers.yaml", "references/hostile-source.yaml"}}
	for _, name := range h.names {
		document := new(yaml.Node)
		if err := yaml.Unmarshal([]byte(read(t, filepath.Join("../../testdata/hostile", name))), document); err != nil {
			t.Fatal(err)
		}
		h.documents = append(h.documents, document)
		h.find(document)
	}
	for _, slot := range h.slots {
		if !slices.Contains(h.texts, slot.Value) {
			h.texts = append(h.texts, slot.Value)
		}
	}
	const atLeast = 50
	if len(h.texts) < atLeast || len(h.locators) == 0 {
		t.Fatalf("found %d hostile texts and %d locators", len(h.texts), len(h.locators))
	}
	return h
}

func (h *hostile) find(n *yaml.Node) {
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "locator" {
			h.locators, h.addresses = append(h.locators, child), append(h.addresses, child.Value)
		} else if child.Style&yaml.DoubleQuotedStyle != 0 {
			h.slots = append(h.slots, child)
		}
		h.find(child)
	}
}

// turned puts into each slot the text that stands so many further on.
func (h *hostile) turned(by int) []string {
	values := make([]string, len(h.slots))
	for i := range values {
		values[i] = h.texts[(i+by)%len(h.texts)]
	}
	return values
}

// write puts a text into each slot and the files into a folder.
func (h *hostile) write(t interface {
	Helper()
	Fatal(args ...any)
}, folder string, values, addresses []string,
) {
	t.Helper()
	for i, slot := range h.slots {
		slot.Value = values[i]
	}
	for i, locator := range h.locators {
		locator.Value = addresses[i]
	}
	for i, name := range h.names {
		data, err := yaml.Marshal(h.documents[i])
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// commands are what shows these texts to people, without the format.
func (h *hostile) commands(folder string) map[string][]string {
	rubric := filepath.Join(folder, "rubric.yaml")
	return map[string][]string{
		"score": {
			"score", filepath.Join(folder, "innovation.yaml"), "--rubric", rubric, "--waivers", filepath.Join(folder, "waivers.yaml"),
			"--as-of", "2026-11-21", "--detail",
		},
		"show": {"rubrics", "show", rubric},
	}
}

// tame is a harmless text in the place of a hostile one: as many different texts are as many different ones.
func tame(values []string) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = strings.Join(strings.FieldsFunc(v, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
		all[i] = fmt.Sprintf("Tame %s %d", all[i], len(v))
	}
	return all
}

// tameLocators are harmless locators that are paths, or addresses, where the hostile ones are.
func tameLocators(addresses []string) []string {
	all := make([]string, len(addresses))
	for i, a := range addresses {
		all[i] = fmt.Sprintf("folder/file-%d.pdf", i)
		if strings.HasPrefix(a, "http") {
			all[i] = fmt.Sprintf("https://example.org/%d", i)
		}
	}
	return all
}

// misleads holds for what moves a cursor, hides, or turns the direction of reading. Joiners make letters and emoji, and a line may end.
func misleads(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner = 0x200c, 0x200d
	switch r {
	case '\n', zeroWidthNonJoiner, zeroWidthJoiner:
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point) || r == unicode.ReplacementChar
}

// Whatever text stands wherever people write, no format has a character that would mislead, and JSON gives it back unchanged.
func TestHostileTexts(t *testing.T) {
	h, folder := newHostile(t), t.TempDir()
	for by := range h.texts {
		values := h.turned(by)
		h.write(t, folder, values, h.addresses)
		for _, f := range render.Formats {
			if slices.Contains(binaryFormats, f.Name) {
				continue
			}
			out, stderr, code := call(t, append(h.commands(folder)["score"], "-o", f.Name)...)
			if code != exitYes {
				t.Fatalf("%s: exit code %d\n%s", f.Name, code, stderr)
			}
			if f.Name == "html" {
				out = strings.ReplaceAll(out, "\t", " ") // which is all that it is on a page
			}
			if i := strings.IndexFunc(out, misleads); i >= 0 {
				t.Fatalf("%s has %q, in %q", f.Name, []rune(out[i:])[0], out[max(i-40, 0):i+1])
			}
			if f.Name == "json" {
				holds(t, out, values[0])
			}
		}
	}
}

// binaryFormats are no text; their own tests read them back.
var binaryFormats = []string{"xlsx"}

// holds fails unless one of the texts of a JSON document holds the text, unchanged.
func holds(t *testing.T, document, text string) {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(document), &value); err != nil {
		t.Fatal(err)
	}
	var within func(v any) bool
	within = func(v any) bool {
		switch v := v.(type) {
		case string:
			return strings.Contains(v, text)
		case []any:
			return slices.ContainsFunc(v, within)
		case map[string]any:
			for _, below := range v {
				if within(below) {
					return true
				}
			}
		}
		return false
	}
	if !within(value) {
		t.Errorf("JSON does not hold %q", text)
	}
}
