package render

import (
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// widths gives columns without a share what their text needs, and the rest to the others by their shares. What
// columns with short texts leave over goes to those that wrap.
func (t terminal) widths(s report.Section) []int {
	const least = 8
	needed := needs(s)
	widths := make([]int, len(s.Columns))
	left, shares := t.width-gutter*(len(s.Columns)-1), 0
	for i, c := range s.Columns {
		shares += c.Share
		if c.Share == 0 {
			widths[i] = needed[i]
			left -= widths[i]
		}
	}
	rest := left
	for i, c := range s.Columns {
		if c.Share > 0 {
			widths[i] = min(max(left*c.Share/shares, least), needed[i])
			rest -= widths[i]
		}
	}
	for ; rest < 0; rest++ { // what narrow columns were given at least comes from the widest
		widths[widest(widths)]--
	}
	for i := range widths {
		if more := min(needed[i]-widths[i], rest); more > 0 {
			widths[i] += more
			rest -= more
		}
	}
	return widths
}

func widest(widths []int) int {
	at := 0
	for i, w := range widths {
		if w > widths[at] {
			at = i
		}
	}
	return at
}

// needs is how wide each column would be without wrapping.
func needs(s report.Section) []int {
	needed := make([]int, len(s.Columns))
	for i, c := range s.Columns {
		needed[i] = max(text.Width(c.Title), 1)
		for _, row := range s.Rows {
			needed[i] = max(needed[i], text.Width(row[i].Text))
		}
	}
	return needed
}

// airy reports whether a cell wraps, so that rows need a line between them.
func airy(s report.Section, widths []int) bool {
	for i, needed := range needs(s) {
		if needed > widths[i] {
			return true
		}
	}
	return false
}
