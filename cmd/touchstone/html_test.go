package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Every page holds together without a browser: nothing is loaded or run, each place that is pointed to is there once, the
// headings go down step by step, and the rows of a table are as wide as its head.
func TestPagesHoldTogether(t *testing.T) {
	t.Chdir("../..")
	records, err := filepath.Glob("examples/*/innovation.yaml")
	if err != nil || len(records) < 3 {
		t.Fatalf("found %d examples, want three or more (%v)", len(records), err)
	}
	var pages [][]string
	for _, record := range records {
		pages = append(pages, []string{"score", record})
	}
	pages = append(
		pages, append([]string{"score"}, records...), append([]string{"score", "--rubric", "digital-readiness"}, records...),
		[]string{"rubrics", "show", "digital-readiness"}, []string{"rubrics", "list"}, []string{"crosswalk", "workflow-fit"},
	)
	for _, args := range pages {
		stdout, stderr, code := call(t, append(args, "-o", "html")...)
		if code != 0 {
			t.Fatalf("%v: exit code %d\n%s", args, code, stderr)
		}
		root, err := html.Parse(strings.NewReader(stdout))
		if err != nil {
			t.Fatal(err)
		}
		p := pageCheck{t: t, name: strings.Join(args, " "), ids: map[string]int{}}
		p.walk(root)
		p.links()
	}
}

type pageCheck struct {
	t       *testing.T
	name    string
	ids     map[string]int
	targets []string
	level   int
}

func (p *pageCheck) errorf(format string, args ...any) {
	p.t.Helper()
	p.t.Errorf(p.name+": "+format, args...)
}

// may are the elements that a page is made of. What runs or loads is not among them.
var may = strings.Fields("html head meta title style body a svg defs pattern rect path line circle text nav details summary ul ol li main " +
	"article section header p h1 h2 h3 h4 div span dl dt dd table caption thead tbody tr th td strong code pre")

func (p *pageCheck) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		p.element(n)
	}
	for c := range n.ChildNodes() {
		p.walk(c)
	}
}

func (p *pageCheck) element(n *html.Node) {
	if !slices.Contains(may, n.Data) {
		p.errorf("there is a %s", n.Data)
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "id":
			p.ids[a.Val]++
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			p.targets = append(p.targets, a.Val[1:])
		case a.Key == "href" || a.Key == "src" || strings.HasPrefix(a.Key, "on"):
			p.errorf("%s has %s=%q", n.Data, a.Key, a.Val)
		}
	}
	switch n.Data {
	case "h1", "h2", "h3", "h4":
		level := int(n.Data[1] - '0')
		if level > p.level+1 {
			p.errorf("a heading of level %d after one of level %d", level, p.level)
		}
		p.level = level
	case "tr":
		p.row(n)
	case "style":
		if css := n.FirstChild.Data; strings.Contains(css, "@import") || strings.Contains(strings.ReplaceAll(css, "url(#", ""), "url(") {
			p.errorf("the style loads something")
		}
	}
}

// row holds a row of a body against that of its head.
func (p *pageCheck) row(n *html.Node) {
	head := n.Parent.PrevSibling
	for head != nil && head.Data != "thead" {
		head = head.PrevSibling
	}
	if head == nil {
		return
	}
	cells := func(row *html.Node) (count int) {
		for c := range row.ChildNodes() {
			if c.Type == html.ElementNode {
				count++
			}
		}
		return count
	}
	if got, want := cells(n), cells(head.FirstChild); got != want {
		p.errorf("a row of %d cells under a head of %d", got, want)
	}
}

func (p *pageCheck) links() {
	for id, times := range p.ids {
		if times > 1 {
			p.errorf("id %q stands %d times", id, times)
		}
	}
	for _, target := range p.targets {
		if p.ids[target] == 0 {
			p.errorf("there is no place %q", target)
		}
	}
}
