package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/text"
)

// policy is what forbids a page to run or load anything. Nothing here may need it.
var policy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>\n?`)

// withoutPolicy is a page as a browser has it that knows no policy.
func withoutPolicy(t *testing.T, html string) string {
	t.Helper()
	if len(policy.FindAllString(html, -1)) != 1 {
		t.Fatal("the page has no policy, or several")
	}
	return policy.ReplaceAllString(html, "")
}

// Whatever text stands wherever people write: nothing of it runs or loads, the page is made of what it is made of with harmless
// texts, and the text can be read.
func TestBrowserHostile(t *testing.T) {
	const some = 4 // all are taken apart; opening one takes ten times as long
	b, h := newBrowser(t), newHostile(t)
	for name := range h.commands("") {
		t.Run(name, func(t *testing.T) {
			b.open(t, "<!doctype html>")
			shown := h.shown(t, b, name)
			if len(shown) < len(h.slots)/4 {
				t.Fatalf("the page shows %d of %d texts", len(shown), len(h.slots))
			}
			for by := range h.texts {
				values := h.turned(by)
				html, harmless := h.page(t, name, values, h.addresses), h.page(t, name, tame(values), tameLocators(h.addresses))
				if html == harmless {
					t.Fatal("nothing hostile is on the page")
				}
				if diff := b.differs(t, html, harmless); diff != "" {
					t.Fatalf("turned by %d, the page is made otherwise: %s", by, diff)
				}
				got := strings.ToLower(ask[string](t, b, "checks.textOf("+script(t, html)+")"))
				for _, i := range shown {
					if want := reads(values[i]); !strings.Contains(got, want) {
						t.Errorf("turned by %d, the page does not read %.200q", by, want)
					}
				}
				if by%some == 0 {
					b.open(t, withoutPolicy(t, html))
					b.quiet(t)
				}
			}
			html := h.page(t, name, h.turned(0), h.addresses)
			b.open(t, html)
			b.quiet(t)
			b.wrong(t, "loads()")
			b.do(t, "checks.open(true)")
			b.small(t)
			b.wrong(t, "sideways()")
		})
	}
}

// page is what a command writes as HTML with these texts.
func (h *hostile) page(t *testing.T, command string, values, addresses []string) string {
	t.Helper()
	return h.output(t, command, "html", values, addresses)
}

func (h *hostile) output(t *testing.T, command, format string, values, addresses []string) string {
	t.Helper()
	folder := t.TempDir()
	h.write(t, folder, values, addresses)
	stdout, stderr, code := call(t, append(h.commands(folder)[command], "-o", format)...)
	if code != exitYes {
		t.Fatalf("%s: exit code %d\n%s", command, code, stderr)
	}
	return stdout
}

// shown are the slots whose text is somewhere on the page of a command.
func (h *hostile) shown(t *testing.T, b *browser, command string) []int {
	t.Helper()
	marks := make([]string, len(h.slots))
	for i := range marks {
		marks[i] = fmt.Sprintf("slot%dend", i)
	}
	got := strings.ToLower(ask[string](t, b, "checks.textOf("+script(t, h.page(t, command, marks, h.addresses))+")"))
	var shown []int
	for i, mark := range marks {
		if strings.Contains(got, mark) {
			shown = append(shown, i)
		}
	}
	return shown
}

// reads is how a page reads a text, in small letters: a report begins a sentence with a capital one, and ends it.
func reads(s string) string {
	s = strings.ReplaceAll(s, "\x00", "\ufffd") // which stands for it on a page
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(text.Visible(s)), " ")), ".?")
}

// differs says where a page differs from a harmless one in more than its words.
func (b *browser) differs(t *testing.T, html, harmless string) string {
	t.Helper()
	return ask[string](t, b, "checks.differs("+script(t, html)+", "+script(t, harmless)+")")
}

// script is a text as a script writes it.
func script(t *testing.T, s string) string {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// quiet fails if the open page ran, said or loaded anything.
func (b *browser) quiet(t *testing.T) {
	t.Helper()
	if ran := ask[string](t, b, "String(window.pwned)"); ran != "undefined" {
		t.Errorf("a script ran: %s", ran)
	}
	requests, noises := b.happened()
	if len(requests) != 1 || !strings.HasPrefix(requests[0], "file:") {
		t.Errorf("the page loads %q", requests)
	}
	for _, n := range noises {
		t.Errorf("the page says: %s", n)
	}
}

// What holds for our own tricks holds for any: random texts in all places at once.
func TestBrowserHostileProperty(t *testing.T) {
	b, h := newBrowser(t), newHostile(t)
	b.open(t, "<!doctype html>")
	part := rapid.OneOf(rapid.SampledFrom(h.texts), rapid.StringMatching(`[<>"'&=/{}$()\[\]|*#_~\x60 a-z!;:-]{0,12}`), rapid.String())
	rapid.Check(t, func(r *rapid.T) {
		values := make([]string, len(h.slots))
		for i := range values {
			values[i] = part.Draw(r, "before") + "w" + part.Draw(r, "after")
		}
		for name := range h.commands("") {
			if diff := b.differs(t, h.page(t, name, values, h.addresses), h.page(t, name, tame(values), tameLocators(h.addresses))); diff != "" {
				r.Fatalf("%s: %s", name, diff)
			}
		}
	})
}

// What Markdown becomes is made of the same with hostile texts as with harmless ones.
func TestBrowserHostileMarkdown(t *testing.T) {
	b, h := newBrowser(t), newHostile(t)
	library := os.Getenv("TOUCHSTONE_MARKED")
	if library == "" {
		t.Skip("needs a reader of Markdown: .ci/run runs this, or set TOUCHSTONE_MARKED to the path of marked.umd.js of the npm package marked")
	}
	b.open(t, "<!doctype html>")
	b.do(t, read(t, library))
	for name := range h.commands("") {
		for by := range h.texts {
			values := h.turned(by)
			is := h.output(t, name, "markdown", values, h.addresses)
			ought := h.output(t, name, "markdown", tame(values), tameLocators(h.addresses))
			diff := ask[string](t, b, "checks.differs(checks.fromMarkdown("+script(t, is)+"), checks.fromMarkdown("+script(t, ought)+"))")
			if diff != "" {
				t.Errorf("%s, turned by %d: made otherwise: %s", name, by, diff)
			}
		}
	}
}
