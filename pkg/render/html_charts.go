package render

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// Lengths along a picture are in per cent of its width, so that it fits every page without being stretched.

// percentOf writes a part of a width, from 0 to 1, with as many decimals as a page can show.
func percentOf(part float64) string {
	s := strconv.FormatFloat(min(max(part, 0), 1)*100, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// barView is a bar of what is evidenced, then claimed beyond that, then possible beyond that; the last two are "" if there
// is nothing to draw. At is where the possible begins.
type barView struct{ Evidenced, Claimed, At, Possible string }

func newBarView(parts [3]float64) barView {
	claimed := max(parts[1], parts[0])
	b := barView{Evidenced: percentOf(parts[0]), At: percentOf(claimed)}
	if claimed > parts[0] {
		b.Claimed = percentOf(claimed - parts[0])
	}
	if parts[2] > claimed {
		b.Possible = percentOf(parts[2] - claimed)
	}
	return b
}

type dimensionView struct {
	report.Dimension
	Bar barView
}

func newDimensionView(d report.Dimension) dimensionView {
	v := dimensionView{Dimension: d}
	if d.Scored {
		v.Bar = newBarView([3]float64{d.Filled, d.Reach, d.Possible})
	}
	return v
}

// legendView is which kinds of bars are drawn besides what is evidenced.
type legendView struct{ Claimed, Possible bool }

func (l *legendView) add(b barView) {
	l.Claimed, l.Possible = l.Claimed || b.Claimed != "", l.Possible || b.Possible != ""
}

// profileView is a line from part to part, top to bottom.
type profileView struct {
	Label              string
	Height             int
	Rows               []profileRow
	Evidenced, Claimed []segment
}

type profileRow struct {
	Title                      string
	Known                      bool // what is not known has a place at best, and no other
	Right                      bool // whether the title stands where the line is not
	Y, TextY                   int
	Evidenced, Claimed, AtBest string
}

type segment struct {
	X1, X2 string
	Y1, Y2 int
}

// markView is a mark on a line, with what is written beside it.
type markView struct {
	At, Label string
	// Late and Early are so near an end that what is written stands before or after it.
	Late, Early bool
}

// rulerView is the whole score, with marks where bands begin.
type rulerView struct {
	Bar   barView
	Bands []markView
}

// edge is how near to an end of a ruler its numbers are not centred.
const edge = 0.06

// newRulerView is nil where there is no score to draw.
func newRulerView(whole report.Entry, c *report.Charts) *rulerView {
	if whole.Scores == nil || isWords(whole.ScoreTexts[0]) && whole.ScoreTexts[0] != report.NotKnown {
		return nil
	}
	v := &rulerView{Bar: newBarView(whole.Bar)}
	const room = 0.1 // between two numbers; all of them stand in the text below
	last := -1.0
	for _, b := range c.Bands {
		mark := markView{At: percentOf(b.At), Late: b.At > 1-edge, Early: b.At < edge}
		if b.At-last >= room {
			mark.Label, last = b.Label, b.At
		}
		v.Bands = append(v.Bands, mark)
	}
	return v
}

// The rows of a profile, in CSS pixels.
const (
	profileTop, profileRowHeight, profileLine, profileText = 20, 44, 30, 14
	profileFewest                                          = 3
)

// newProfileView is nil where there are too few parts for a profile.
func newProfileView(r *report.Report) *profileView {
	var scored []report.Dimension
	for _, d := range r.Dimensions.Rows {
		switch {
		case d.Known && isWords(d.Evidenced): // met or not is no place on a line
			return nil
		case d.Scored:
			scored = append(scored, d)
		}
	}
	if len(scored) < profileFewest {
		return nil
	}
	v := &profileView{Height: profileTop + profileRowHeight*len(scored)}
	var texts []string
	for k, d := range scored {
		top := profileTop + k*profileRowHeight
		v.Rows = append(v.Rows, profileRow{
			Title: shortened(d.Title), Known: d.Known, Y: top + profileLine, TextY: top + profileText,
			Evidenced: along(d.Filled), Claimed: along(d.Reach), AtBest: along(d.Possible),
		})
		texts = append(texts, fmt.Sprintf("%s %s, claimed %s, at best %s", d.Title, d.Evidenced, d.Claimed, d.AtBest))
	}
	v.connect(scored)
	v.Label = "Profile of evidenced scores: " + strings.Join(texts, "; ") + "."
	return v
}

// connect draws lines between neighbours that are both known, and writes the titles where there is no line.
func (v *profileView) connect(parts []report.Dimension) {
	const left = 0.45
	for k := range v.Rows {
		to := &v.Rows[k]
		to.Right = parts[k].Known && parts[k].Filled < left
		if k == 0 {
			continue
		}
		from := v.Rows[k-1]
		to.Right = to.Right || parts[k-1].Known && parts[k-1].Filled < left
		if from.Known && to.Known {
			v.Evidenced = append(v.Evidenced, segment{from.Evidenced, to.Evidenced, from.Y, to.Y})
			v.Claimed = append(v.Claimed, segment{from.Claimed, to.Claimed, from.Y, to.Y})
		}
	}
}

// shortened fits a title on the narrowest page. The whole of it stands in the table, and in the name of the picture.
func shortened(title string) string {
	const widest = 30
	if text.Width(title) <= widest {
		return title
	}
	return strings.TrimSpace(text.Cut(title, widest)) + "…"
}

// along leaves room for a mark at either end of a line.
func along(part float64) string {
	const margin = 0.01
	return percentOf(margin + part*(1-2*margin))
}

// leverView is a bar to the right of a nought, or to its left.
type leverView struct {
	report.Lever
	Lost           bool
	X, Width, Zero string
}

func newLeverViews(levers []report.Lever) []leverView {
	gained, lost := 0.0, 0.0
	for _, m := range levers {
		gained, lost = max(gained, m.Points), max(lost, -m.Points)
	}
	whole := gained + lost
	var views []leverView
	for _, m := range levers {
		size, zero := m.Points/whole, lost/whole
		v := leverView{Lever: m, X: percentOf(zero), Width: percentOf(size), Zero: percentOf(zero)}
		if m.Points < 0 {
			v.Lost, v.X, v.Width = true, percentOf(zero+size), percentOf(-size)
		}
		views = append(views, v)
	}
	return views
}

// timelineView is a bar for each item of evidence, from its day to its last.
type timelineView struct {
	AsOf, Now string
	Years     []markView
	Rows      []lastingView
}

type lastingView struct {
	Title, Dated, LastDay string
	X, Width              string
	Gone                  bool
}

// newTimelineView is nil without dated evidence.
func newTimelineView(c *report.Charts) *timelineView {
	if len(c.Lasting) == 0 {
		return nil
	}
	span := newSpan(c)
	v := &timelineView{AsOf: c.AsOf.String(), Now: percentOf(span.at(c.AsOf)), Years: span.years()}
	for _, i := range c.Lasting {
		row := lastingView{Title: i.Title, Dated: i.Dated.String(), LastDay: i.LastDay.String(), Gone: i.Gone}
		from, to := span.at(i.Dated), span.at(i.LastDay)
		if i.LastDay.IsZero() {
			row.LastDay, to = "no end stated", span.at(c.AsOf)
		}
		row.X, row.Width = percentOf(from), percentOf(max(to-from, 0))
		v.Rows = append(v.Rows, row)
	}
	return v
}

// span is a stretch of days.
type span struct {
	from calendar.Date
	days int
}

func newSpan(c *report.Charts) span {
	from, to := c.AsOf, c.AsOf
	for _, i := range c.Lasting {
		if from.After(i.Dated) {
			from = i.Dated
		}
		if !i.LastDay.IsZero() && i.LastDay.After(to) {
			to = i.LastDay
		}
	}
	return limited(c.AsOf, from, to)
}

// at is how far along a day lies, from 0 to 1.
func (s span) at(d calendar.Date) float64 {
	return min(max(float64(s.from.DaysUntil(d))/float64(s.days), 0), 1)
}

// A picture shows at most this many years before and after its day; what lies further off ends at its edge.
const yearsBefore, yearsAfter = 6, 4

// limited keeps a span of dates that are far off readable.
func limited(asOf, from, to calendar.Date) span {
	years := func(n int) calendar.Span {
		s, _ := calendar.ParseSpan(strconv.Itoa(n) + " years") // cannot fail: it is written here
		return s
	}
	if first := asOf.Subtract(years(yearsBefore)); first.After(from) {
		from = first
	}
	if last := asOf.Add(years(yearsAfter)); to.After(last) {
		to = last
	}
	return span{from, max(from.DaysUntil(to), 1)}
}

// years are the first days of the years in a span.
func (s span) years() []markView {
	var all []markView
	const room, edge = 0.16, 0.86 // between two numbers, and for the last
	last := -1.0
	year, _ := strconv.Atoi(s.from.String()[:4])
	for y := year + 1; ; y++ {
		first, err := calendar.ParseDate(fmt.Sprintf("%04d-01-01", y))
		if err != nil || s.from.DaysUntil(first) > s.days {
			return all
		}
		mark := markView{At: percentOf(s.at(first))}
		if at := s.at(first); at-last >= room && at < edge {
			mark.Label, last = strconv.Itoa(y), at
		}
		all = append(all, mark)
	}
}
