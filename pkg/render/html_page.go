package render

import (
	"cmp"
	"io"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// pageView is what a page is filled in with that is not the result of a score.
type pageView struct {
	Kind, Title string
	Lines       []string
	Sections    []sectionView
	Contents    []link
}

// HTMLPage writes a page as one file that loads nothing.
func HTMLPage(w io.Writer, p report.Page, _ Options) error {
	const fewest = 3 // sections that are worth a list of contents
	v := pageView{Kind: pageKind, Title: cmp.Or(p.Title, "Touchstone"), Lines: p.Lines, Sections: sectionViews(p.Sections, 2, "")}
	if len(p.Sections) >= fewest {
		for _, s := range p.Sections {
			v.Contents = append(v.Contents, link{s.ID, s.Title})
		}
	}
	return writePage(w, "page", v)
}
