package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"
)

// block is a piece of a page on paper: a heading, a cell of a row, a line of a list, or a text that may go on overleaf. First is
// which of the first sections it stands in, or -1.
type block struct {
	Kind, Text string
	Row, First int

	on []int // pages that have it
}

// onPaper prints the page on A4. All of it is there, also what is folded on a screen; no heading is parted from what it is about,
// and no row from itself; and each first section is a page of its own.
func (b *browser) onPaper(t *testing.T) {
	t.Helper()
	b.media(t, "print", "light")
	blocks := ask[[]block](t, b, "checks.printed()")
	b.media(t, "", "light")
	pages := b.print(t)

	rows := map[int][]block{}
	for i := range blocks {
		k := &blocks[i]
		k.Text = squeezed(k.Text)
		k.on = pagesWith(pages, k.Text)
		switch whole := strings.Join(pages, ""); {
		case len(k.on) > 0:
		case !strings.Contains(whole, k.Text):
			t.Errorf("not on paper: %s %.200q", k.Kind, k.Text)
		case k.Kind != "text":
			t.Errorf("cut by the end of a page: %s %.200q", k.Kind, k.Text)
		}
		if k.Row >= 0 {
			rows[k.Row] = append(rows[k.Row], *k)
		}
	}
	for _, row := range rows {
		together := func(page int) bool {
			return !slices.ContainsFunc(row, func(k block) bool { return len(k.on) > 0 && !slices.Contains(k.on, page) })
		}
		if !slices.ContainsFunc(row[0].on, together) && len(row[0].on) > 0 {
			t.Errorf("the end of a page parts the row of %.200q", row[0].Text)
		}
	}
	for i, k := range blocks[:len(blocks)-1] {
		parted := func(page int) bool {
			return strings.HasSuffix(pages[page], k.Text) && !slices.Contains(blocks[i+1].on, page)
		}
		if k.Kind == "heading" && slices.ContainsFunc(k.on, parted) {
			t.Errorf("the end of a page parts the heading %q from what follows", k.Text)
		}
	}
	firstSections(t, blocks, pages)
}

// firstSections fails unless each first section fills a page from its top, has all of itself there, and what follows begins another.
func firstSections(t *testing.T, blocks []block, pages []string) {
	t.Helper()
	for i := 0; i < len(blocks); i++ {
		if blocks[i].First < 0 {
			continue
		}
		page := slices.IndexFunc(pages, func(p string) bool { return strings.HasPrefix(p, blocks[i].Text) })
		if page < 0 {
			t.Errorf("no page begins with %q", blocks[i].Text)
			page = 0
		}
		for which := blocks[i].First; i < len(blocks) && blocks[i].First == which; i++ {
			if !strings.Contains(pages[page], blocks[i].Text) {
				t.Errorf("not on the page of its summary: %.200q", blocks[i].Text)
			}
		}
		if i < len(blocks) && (page+1 >= len(pages) || !strings.HasPrefix(pages[page+1], blocks[i].Text)) {
			t.Errorf("no page after that of the summary begins with %.200q", blocks[i].Text)
		}
		i--
	}
}

// print returns the text of each page on paper, without spaces.
func (b *browser) print(t *testing.T) []string {
	t.Helper()
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(b.folder, "page.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	// Of each page, in points, all but the margins, where the numbers of the pages are.
	const width, height, top, bottom = "596", 842, 36, 44
	out, err := exec.Command("pdftotext", "-raw", "-enc", "UTF-8",
		"-x", "0", "-y", strconv.Itoa(top), "-W", width, "-H", strconv.Itoa(height-top-bottom), file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext, of poppler-utils: %v", err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	for i := range pages {
		pages[i] = squeezed(pages[i])
	}
	return pages
}

func pagesWith(pages []string, text string) []int {
	var on []int
	for i, p := range pages {
		if strings.Contains(p, text) {
			on = append(on, i)
		}
	}
	return on
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
