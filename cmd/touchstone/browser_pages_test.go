package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// htmlPage is a page that a command writes. Of each kind the first is looked at longest.
type htmlPage struct {
	kind, name, html string
	first            bool
}

// htmlPages are all pages that people are given: the report of every example, several on one page, and each rubric
// with its form for answers.
func htmlPages(t *testing.T) []htmlPage {
	t.Helper()
	var pages []htmlPage
	kinds := map[string]bool{}
	add := func(kind, name string, args ...string) {
		stdout, stderr, code := call(t, append(args, "-o", "html")...)
		if code != exitYes {
			t.Fatalf("%v: exit code %d\n%s", args, code, stderr)
		}
		pages = append(pages, htmlPage{kind, name, stdout, !kinds[kind]})
		kinds[kind] = true
	}
	score := []string{"score", "--as-of", "2026-11-21"}
	records := exampleRecords(t)
	for _, record := range records {
		name := filepath.Base(filepath.Dir(record)) + "-" + strings.TrimSuffix(filepath.Base(record), ".yaml")
		add("report", name, append(score, record)...)
	}
	for _, record := range []string{"below-zero", "far-days"} { // numbers and days that pictures have least room for
		add("report", record, append(score, "../../testdata/pages/"+record+".yaml")...)
	}
	// Few at a time, and small ones: a page of all takes a minute, and shows nothing else.
	idea, another, survey := "../../examples/first-evening/innovation.yaml", "../../examples/handover-app/innovation.yaml", "../../examples/answers/sus.yaml"
	add("several", "with rubrics of their own", append(score, idea, survey)...)
	add("several", "with one rubric", append(score, idea, another, "--rubric", "idea-check")...)
	before := filepath.Join(t.TempDir(), "before.json")
	if _, stderr, code := call(t, "score", idea, "--as-of", "2026-06-01", "-o", "json="+before); code != exitYes {
		t.Fatal(stderr)
	}
	add("since", "an earlier report", append(score, idea, "--since", before)...)

	add("rubrics", "list", "rubrics", "list")
	add("crosswalk", "workflow-fit", "crosswalk", "workflow-fit")
	for _, id := range rubricIDs(t) {
		add("rubric", id, "rubrics", "show", id)
		add("form", id, "rubrics", "show", id, "--form")
	}
	return pages
}

func exampleRecords(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"../../examples/*/innovation.yaml", "../../examples/answers/*.yaml"} {
		records, err := filepath.Glob(pattern)
		const atLeast = 3
		if err != nil || len(records) < atLeast {
			t.Fatalf("%s: %d files (%v)", pattern, len(records), err)
		}
		all = append(all, records...)
	}
	return all
}

// rubricIDs are the rubrics that ship.
func rubricIDs(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../rubrics/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range files {
		if id := strings.TrimSuffix(filepath.Base(f), ".yaml"); !strings.HasPrefix(id, "vocabulary") {
			ids = append(ids, id)
		}
	}
	const atLeast = 10
	if len(ids) < atLeast {
		t.Fatalf("found %d rubrics", len(ids))
	}
	return ids
}

// Every page can be read by everybody: with a keyboard, a screen reader, on a phone, in the dark, on paper, and with the file alone.
func TestBrowserPages(t *testing.T) {
	t.Parallel()
	first := newBrowser(t)
	const tabs = 2
	free := make(chan *browser, tabs)
	free <- first
	for range tabs - 1 {
		free <- first.tab(t)
	}
	for _, p := range htmlPages(t) {
		t.Run(p.kind+"/"+p.name, func(t *testing.T) {
			t.Parallel()
			b := <-free
			defer func() { free <- b }()
			b.wide(t)
			b.media(t, "", "light")
			b.open(t, p.html)
			b.quiet(t)
			b.wrong(t, "loads()")
			b.wrong(t, "outline()")
			b.titled(t)
			b.byKeyboard(t)
			b.onPaper(t)
			b.inEveryLook(t, p.first)
			b.withoutScript(t, p.html)
		})
	}
}

// titled fails unless the title of the page names what its first heading names, and how that stands.
func (b *browser) titled(t *testing.T) {
	t.Helper()
	title := ask[string](t, b, "document.title")
	heading := ask[string](t, b, "document.querySelector('h1').textContent")
	word := ask[string](t, b, "document.querySelector('.verdict .word')?.textContent || ''")
	if ask[int](t, b, "document.querySelectorAll('.verdict').length") > 1 {
		word = ""
	}
	if !strings.Contains(title, heading) || !strings.Contains(title, word) {
		t.Errorf("the title is %q; it should have %q and %q", title, heading, word)
	}
}

// inEveryLook goes through what there is of the page, closed and open, light and dark, wide and small, and with wider spaces. The
// contrast of every text, and not of a sample of each kind of text, takes longer than all else.
func (b *browser) inEveryLook(t *testing.T, everyText bool) {
	t.Helper()
	b.do(t, b.axe)
	b.wrong(t, "sideways()")
	if ask[bool](t, b, "document.querySelector('main details') !== null") {
		b.accessible(t, "shape")
	}

	b.do(t, "checks.open(true)")
	b.accessible(t, "shape")
	b.accessible(t, "contrast")
	if everyText {
		b.accessible(t, "all")
	}
	b.wrong(t, "sideways()")
	b.wrong(t, "pictureText()")
	b.wrong(t, "overprinted()")
	b.wrong(t, "colourAlone()")

	b.media(t, "", "dark")
	b.accessible(t, "contrast")
	b.wrong(t, "pictureText()")
	b.wrong(t, "overprinted()")

	b.small(t)
	b.accessible(t, "size")
	b.wrong(t, "sideways()")
	b.wrong(t, "pictureText()")
	b.wrong(t, "overprinted()")
	b.do(t, "checks.spaced()")
	b.wrong(t, "sideways()")
}

// accessible fails with what axe finds.
func (b *browser) accessible(t *testing.T, which string) {
	t.Helper()
	type findings struct{ Passed, Wrong []string }
	found := ask[findings](t, b, "checks.axeFinds("+script(t, which)+")")
	if len(found.Passed) == 0 {
		t.Errorf("axe, %s: looked at nothing", which)
	}
	for _, w := range found.Wrong {
		t.Errorf("axe, %s: %s", which, w)
	}
}

// byKeyboard goes through the page with the keyboard alone: it reaches everything that can be used, in the order of the page, and
// shows where it is; what unfolds does so by Enter and by the space bar; and a link leads past the contents.
func (b *browser) byKeyboard(t *testing.T) {
	t.Helper()
	n := ask[int](t, b, "checks.reachable().length")
	for want := range n {
		type place struct {
			At               int
			Name             string
			Outlined, InView bool
		}
		b.press(t, kb.Tab)
		got := ask[place](t, b, "checks.focused()")
		if got.At != want || !got.Outlined || !got.InView {
			t.Errorf("the tab key, pressed %d times, gets to place %d of %d; marked: %t, in view: %t: %s", want+1, got.At+1, n, got.Outlined, got.InView, got.Name)
			return
		}
	}
	const isOpen = "document.querySelector('summary').parentElement.open"
	if ask[bool](t, b, "document.querySelector('summary') !== null") {
		b.do(t, "document.querySelector('summary').focus()")
		for i, key := range []string{kb.Enter, " ", " ", kb.Enter} {
			b.press(t, key)
			if open := ask[bool](t, b, isOpen); open != (i%2 == 0) {
				t.Errorf("after %q, the %dth key, it is open: %t", key, i+1, open)
			}
		}
	}
	b.do(t, "document.activeElement.blur(); document.querySelector('.skip').focus()")
	b.press(t, kb.Enter)
	b.press(t, kb.Tab)
	if !ask[bool](t, b, "document.activeElement.closest('main') !== null || checks.reachable().every((e) => !e.closest('main'))") {
		t.Error("the link to the content does not lead there")
	}
}

func (b *browser) press(t *testing.T, key string) {
	t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(key)); err != nil {
		t.Fatal(err)
	}
}

// withoutScript fails unless the page reads the same where no script may run.
func (b *browser) withoutScript(t *testing.T, html string) {
	t.Helper()
	const readable = "document.body.innerText"
	b.do(t, "checks.open(false)")
	b.wide(t)
	with := ask[string](t, b, readable)
	command(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open(t, html)
	without := ask[string](t, b, readable)
	command(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
	if with != without || with == "" {
		t.Errorf("with scripts it reads %d letters, without %d", len(with), len(without))
	}
}
