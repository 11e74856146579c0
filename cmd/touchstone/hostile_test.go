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

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"gopkg.in/yaml.v3" //nolint:depguard // puts texts in the place of others, as whoever wrote the file might have
	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/text"
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
func (h *hostile) write(t *testing.T, folder string, values, addresses []string) {
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

// commands are what shows these texts to people, without the format. Since looks back at a report of the same texts.
func (h *hostile) commands(folder string) map[string][]string {
	in := func(name string) string { return filepath.Join(folder, name) }
	score := []string{"score", in("innovation.yaml"), "--rubric", in("rubric.yaml"), "--waivers", in("waivers.yaml"), "--detail", "--as-of"}
	return map[string][]string{
		"before": append(slices.Clone(score), "2026-06-01"),
		"score":  append(slices.Clone(score), "2026-11-21"),
		"since":  append(slices.Clone(score), "2026-11-21", "--since", in("before.json")),
		"show":   {"rubrics", "show", in("rubric.yaml")},
		"form":   {"rubrics", "show", in("rubric.yaml"), "--form"},
	}
}

// hostileFormats are the formats of text that each command writes. What is no text is read back by tests of its own.
func hostileFormats() map[string][]string {
	score := slices.DeleteFunc(render.Names(render.Formats), func(name string) bool { return name == "xlsx" })
	return map[string][]string{"score": score, "since": {"markdown", "html"}, "show": {"table", "markdown", "html"}, "form": {"markdown", "html"}}
}

// tame are harmless texts in the place of hostile ones, as wide and with the same end, since a wide table becomes a list and a
// sentence gets a full stop. Different texts stay different.
func tame(values []string) []string {
	all, tamed := make([]string, len(values)), map[string]string{}
	for i, v := range values {
		if tamed[v] == "" {
			tamed[v] = tameOne(v, len(tamed))
		}
		all[i] = tamed[v]
	}
	return all
}

func tameOne(value string, number int) string {
	const letters = 26
	value = strings.TrimSpace(text.Visible(value))
	end := ""
	if strings.ContainsAny(value[max(len(value)-1, 0):], ".?:") {
		end = value[len(value)-1:]
	}
	name := string([]byte{byte('A' + number/letters%letters), byte('a' + number%letters)})
	return name + strings.Repeat("x", max(text.Width(value)-len(name)-len(end), 0)) + end
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

// output is what a command writes of the files in a folder.
func (h *hostile) output(t *testing.T, folder, command, format string) string {
	t.Helper()
	if command == "since" {
		before := filepath.Join(folder, "before.json")
		if err := os.WriteFile(before, []byte(h.output(t, folder, "before", "json")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stdout, stderr, code := call(t, append(h.commands(folder)[command], "-o", format)...)
	if code != exitYes {
		t.Fatalf("%s: exit code %d\n%s", command, code, stderr)
	}
	return stdout
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

// Whatever text stands wherever people write: no format has a character that would mislead, a page or a document is made of what
// it is made of with harmless texts, and JSON gives the text back unchanged.
func TestHostileTexts(t *testing.T) {
	const some = 8 // an earlier report has little to add, and takes as long again
	h, hostile, harmless := newHostile(t), t.TempDir(), t.TempDir()
	for by := range h.texts {
		values := h.turned(by)
		h.write(t, hostile, values, h.addresses)
		h.write(t, harmless, tame(values), tameLocators(h.addresses))
		for name, formats := range hostileFormats() {
			if name == "since" && by%some != 0 {
				continue
			}
			for _, format := range formats {
				out := h.output(t, hostile, name, format)
				if format == "html" {
					out = strings.ReplaceAll(out, "\t", " ") // which is all that it is on a page
				}
				if i := strings.IndexFunc(out, misleads); i >= 0 {
					t.Fatalf("%s as %s, turned by %d, has %q, in %q", name, format, by, []rune(out[i:])[0], out[max(i-40, 0):i+1])
				}
				if format == "json" {
					holds(t, out, values[0])
				}
				if format != "html" && format != "markdown" {
					continue
				}
				if diff := differs(t, format, out, h.output(t, harmless, name, format)); diff != "" {
					t.Fatalf("%s as %s, turned by %d, is made otherwise: %s", name, format, by, diff)
				}
			}
		}
	}
}

// What holds of pages for our own tricks holds for any: random texts in all places at once.
func TestHostileTextsProperty(t *testing.T) {
	h, hostile, harmless := newHostile(t), t.TempDir(), t.TempDir()
	part := rapid.OneOf(rapid.SampledFrom(h.texts), rapid.StringMatching(`[<>"'&=/{}$()\[\]|*#_~\x60 a-z!;:-]{0,12}`), rapid.String())
	rapid.Check(t, func(r *rapid.T) {
		values := make([]string, len(h.slots))
		for i := range values {
			values[i] = fmt.Sprintf("%s slot %d %s", part.Draw(r, "before"), i, part.Draw(r, "after"))
		}
		h.write(t, hostile, values, h.addresses)
		h.write(t, harmless, tame(values), tameLocators(h.addresses))
		for _, name := range []string{"score", "show"} {
			if diff := differs(t, "html", h.output(t, hostile, name, "html"), h.output(t, harmless, name, "html")); diff != "" {
				r.Fatalf("%s: %s", name, diff)
			}
		}
	})
}

// differs says where a page, or what a document in Markdown becomes, differs from a harmless one in more than its words.
func differs(t *testing.T, format, out, harmless string) string {
	t.Helper()
	is, ought := elements(t, format, out), elements(t, format, harmless)
	for i := range max(len(is), len(ought)) {
		if i >= len(is) || i >= len(ought) || is[i] != ought[i] {
			return fmt.Sprintf("%q, and not %q", is[max(i-3, 0):min(i+2, len(is))], ought[min(i, len(ought)):min(i+2, len(ought))])
		}
	}
	return ""
}

// elements are those of a page with the names of what they carry, in order, each with how deep it stands. In what comes of Markdown
// a comment or a bare span keeps two characters apart.
func elements(t *testing.T, format, out string) []string {
	t.Helper()
	if format == "markdown" {
		var b strings.Builder
		reader := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(goldmarkhtml.WithUnsafe()))
		if err := reader.Convert([]byte(out), &b); err != nil {
			t.Fatal(err)
		}
		out = b.String()
	}
	root, err := html.Parse(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		said := strings.TrimSpace(n.Data) != "" && format == "html"
		switch {
		case n.Type == html.CommentNode && said:
			all = append(all, fmt.Sprint(depth, " comment"))
		case n.Type == html.ElementNode && (n.Data != "span" || format == "html"):
			names := []string{n.Data}
			for _, a := range n.Attr {
				names = append(names, a.Key)
			}
			all = append(all, fmt.Sprint(depth, names))
		}
		for c := range n.ChildNodes() {
			walk(c, depth+1)
		}
	}
	walk(root, 0)
	return all
}

// holds fails unless one of the texts of a JSON document holds the text, unchanged.
func holds(t *testing.T, document, said string) {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(document), &value); err != nil {
		t.Fatal(err)
	}
	var within func(v any) bool
	within = func(v any) bool {
		switch v := v.(type) {
		case string:
			return strings.Contains(v, said)
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
		t.Errorf("JSON does not hold %q", said)
	}
}
