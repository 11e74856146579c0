package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

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
	const some = 4 // TestHostileTexts takes them all apart; a browser takes its time
	b, h, hostile, harmless := newBrowser(t), newHostile(t), t.TempDir(), t.TempDir()
	for _, name := range []string{"score", "show", "form"} {
		t.Run(name, func(t *testing.T) {
			b.open(t, "<!doctype html>")
			shown := h.shown(t, b, name)
			if len(shown) < len(h.slots)/4 {
				t.Fatalf("the page shows %d of %d texts", len(shown), len(h.slots))
			}
			for by := 0; by < len(h.texts); by += some {
				values := h.turned(by)
				h.write(t, hostile, values, h.addresses)
				h.write(t, harmless, tame(values), tameLocators(h.addresses))
				html := h.output(t, hostile, name, "html")
				if diff := ask[string](t, b, "checks.differs("+script(t, html)+", "+script(t, h.output(t, harmless, name, "html"))+")"); diff != "" {
					t.Fatalf("turned by %d, the page is made otherwise: %s", by, diff)
				}
				b.open(t, withoutPolicy(t, html))
				b.quiet(t)
				got := strings.ToLower(ask[string](t, b, "checks.text()"))
				for _, i := range shown {
					if want := reads(values[i]); !strings.Contains(got, want) {
						t.Errorf("turned by %d, the page does not read %.200q", by, want)
					}
				}
			}
			h.write(t, hostile, h.turned(0), h.addresses)
			b.open(t, h.output(t, hostile, name, "html"))
			b.quiet(t)
			b.wrong(t, "loads()")
			b.do(t, "checks.open(true)")
			b.small(t)
			b.wrong(t, "sideways()")
		})
	}
}

// shown are the slots whose text is somewhere on the page of a command.
func (h *hostile) shown(t *testing.T, b *browser, command string) []int {
	t.Helper()
	marks := make([]string, len(h.slots))
	for i := range marks {
		marks[i] = fmt.Sprintf("slot%dend", i)
	}
	folder := t.TempDir()
	h.write(t, folder, marks, h.addresses)
	got := strings.ToLower(ask[string](t, b, "checks.textOf("+script(t, h.output(t, folder, command, "html"))+")"))
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
