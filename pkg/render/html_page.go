package render

import (
	"cmp"
	"io"

	"github.com/touchstone-health/touchstone/pkg/report"
)

// pageView is what a page is filled in with that is not the result of a score.
type pageView struct {
	Kind, Title, Heading string
	Lines                []string
	Sections             []report.Section
	Contents             []link
	Reports              bool // never: the footer of reports is theirs
}

// pageKind marks such a page; nothing reads it back.
const pageKind = "page/v1"

// HTMLPage writes a page as one file that loads nothing.
func HTMLPage(w io.Writer, p report.Page) error {
	const fewest = 3 // sections that are worth a list of contents
	v := pageView{Kind: pageKind, Sections: p.Sections, Lines: p.Lines}
	v.Title = cmp.Or(p.Title, "Touchstone")
	v.Heading = v.Title
	if len(p.Sections) >= fewest {
		for _, s := range p.Sections {
			v.Contents = append(v.Contents, link{s.ID, s.Title})
		}
	}
	return page(w, "page", v)
}
