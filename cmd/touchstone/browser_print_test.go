package main

import (
	"cmp"
	"fmt"
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
	pages, lines := b.print(t)

	rows := map[int][]block{}
	for i := range blocks {
		k := &blocks[i]
		k.Text = squeezed(k.Text)
		k.on = pagesWith(pages, k.Text)
		if len(k.on) == 0 && !overleaf(pages, k.Text) {
			t.Errorf("not on paper: %s %.200q", k.Kind, k.Text)
		} else if len(k.on) == 0 && k.Kind != "text" {
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
	partedHeadings(t, blocks, lines)
	firstSections(t, blocks, pages)
}

// partedHeadings fails where a heading is the last line of its page. The same words may stand on pages before: a block is on the
// first that is not before the page of the block above it.
func partedHeadings(t *testing.T, blocks []block, lines []string) {
	t.Helper()
	page, last := 0, ""
	for _, k := range blocks {
		before := page
		if i := slices.IndexFunc(k.on, func(p int) bool { return p >= page }); i >= 0 {
			page = k.on[i]
		}
		if page > before && last != "" && strings.HasSuffix(lines[before], last) {
			t.Errorf("the end of a page parts the heading %q from what follows", last)
		}
		if last = ""; k.Kind == "heading" {
			last = k.Text
		}
	}
}

// firstSections fails unless each first section fills a page from its top, has all of itself there, and what follows begins another.
func firstSections(t *testing.T, blocks []block, pages []string) {
	t.Helper()
	page := -1
	for i := 0; i < len(blocks); i++ {
		if blocks[i].First < 0 {
			continue
		}
		for page++; page < len(pages) && !strings.HasPrefix(pages[page], blocks[i].Text); page++ {
		}
		if page >= len(pages) {
			t.Errorf("no page begins with %q", blocks[i].Text)
			return
		}
		var over []string
		for which := blocks[i].First; i < len(blocks) && blocks[i].First == which; i++ {
			if !strings.Contains(pages[page], blocks[i].Text) {
				over = append(over, blocks[i].Text)
			}
		}
		if len(over) > 0 {
			t.Errorf("%d pieces of a summary are not on its page, %.200q before others", len(over), over[0])
		}
		if i < len(blocks) && (page+1 >= len(pages) || !strings.HasPrefix(pages[page+1], blocks[i].Text)) {
			t.Errorf("no page after that of the summary begins with %.200q", blocks[i].Text)
		}
		i--
	}
}

// print returns the text of each page on paper, without spaces: in the order of the document, and line by line from the top.
func (b *browser) print(t *testing.T) (pages, lines []string) {
	t.Helper()
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(b.folder, "page.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	const width, height, margin = "596", 842, 32 // in points; the margin has the numbers of the pages
	text := poppler(t, "-raw", "-x", "0", "-y", strconv.Itoa(margin), "-W", width, "-H", strconv.Itoa(height-2*margin), file)
	for page := range strings.SplitSeq(strings.TrimSuffix(text, "\f"), "\f") {
		pages = append(pages, squeezed(page))
	}
	words := make([][]printedWord, len(pages))
	for row := range strings.Lines(poppler(t, "-tsv", file)) {
		var w printedWord
		var skip, page int
		var left, top, wide, high float64
		n, _ := fmt.Sscan(row, &skip, &page, &skip, &skip, &skip, &skip, &left, &top, &wide, &high, &skip, &w.text)
		if w.left, w.foot = left, top+high; n == 12 && skip >= 0 && w.foot > margin && w.foot < height-margin {
			words[page-1] = append(words[page-1], w)
		}
	}
	for _, page := range words {
		lines = append(lines, lineByLine(page))
	}
	return pages, lines
}

// printedWord is a word and where it stands: from the left edge of the page, and down to its foot.
type printedWord struct {
	left, foot float64
	text       string
}

// lineByLine are the words from left to right in each line, and from the top line to the last.
func lineByLine(words []printedWord) string {
	const apart = 5 // points between the feet of two lines, at least
	slices.SortFunc(words, func(x, y printedWord) int { return cmp.Compare(x.foot, y.foot) })
	var b strings.Builder
	for len(words) > 0 {
		n := 1
		for n < len(words) && words[n].foot < words[0].foot+apart {
			n++
		}
		line := words[:n]
		slices.SortStableFunc(line, func(x, y printedWord) int { return cmp.Compare(x.left, y.left) })
		for _, w := range line {
			b.WriteString(w.text)
		}
		words = words[n:]
	}
	return b.String()
}

func poppler(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", append([]string{"-enc", "UTF-8"}, append(args, "-")...)...).Output()
	if err != nil {
		t.Fatalf("pdftotext, of poppler-utils: %v", err)
	}
	return string(out)
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

// overleaf reports whether a text begins on one page and ends on the next.
func overleaf(pages []string, text string) bool {
	for i := range len(pages) - 1 {
		for at := range text {
			if at > 0 && strings.Contains(pages[i], text[:at]) && strings.Contains(pages[i+1], text[at:]) {
				return true
			}
		}
	}
	return false
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
