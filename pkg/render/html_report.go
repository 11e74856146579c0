package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// reportsView is what the page of reports is filled in with.
type reportsView struct {
	Kind, Title string
	Matrix      *matrixView
	Reports     []*reportView
}

// reportView is one report on the page. The prefix keeps the places of several apart.
type reportView struct {
	*report.Report
	Prefix string
	Brief  *report.Brief
	Bars   []dimensionView
	Legend legendView
	// Shares and Bands are whether any part has a share, and anything to say of how it stands alone; Narrow whether that is
	// in few words.
	Shares, Bands, Narrow bool
	Parts                 []partView
	Ruler                 *rulerView
	Range                 []string // of the scores, in the pieces at which a line may break
	Profile               *profileView
	Timeline              *timelineView
	Sections              []sectionView
	Entries               []entryView
	Register              []itemView
	Gates                 []report.GateEntry
	Flags                 []report.FlagEntry
	Proof                 []report.Score
	Contents              []link
}

// OnPaper is how many parts the first printed page has room for.
func (*reportView) OnPaper() int {
	const room = 14
	return room
}

type link struct{ ID, Title string }

func newReportsView(reports []*report.Report) reportsView {
	v := reportsView{Kind: report.Kind, Title: pageTitle(reports)}
	for i, r := range reports {
		prefix := ""
		if len(reports) > 1 {
			prefix = "r" + strconv.Itoa(i+1) + "-"
		}
		v.Reports = append(v.Reports, newReportView(r, prefix))
	}
	if len(reports) > 1 {
		v.Matrix = newMatrixView(reports, v.Reports)
	}
	return v
}

func pageTitle(reports []*report.Report) string {
	if len(reports) != 1 {
		return "Readiness reports: " + report.Summary(reports).Title
	}
	return reports[0].Name + ": " + reports[0].Headline.Word
}

func newReportView(r *report.Report, prefix string) *reportView {
	full := r.Full()
	v := &reportView{
		Report: r, Prefix: prefix, Brief: r.Brief(), Gates: full.Gates, Flags: full.Flags, Proof: r.Proof(),
		Ruler: newRulerView(full.Criteria[0], r.Charts()), Profile: newProfileView(r), Timeline: newTimelineView(r.Charts()),
	}
	v.Range = strings.Split(r.Headline.Range, " · ")
	if len(r.Charts().Bands) == 0 { // bands that are not drawn are not named either
		v.Range = v.Range[:1]
	}
	const fewWords = 16
	v.Narrow = true
	for _, d := range r.Dimensions.Rows {
		bar := newDimensionView(d)
		v.Legend.add(bar.Bar)
		v.Bars = append(v.Bars, bar)
		v.Shares, v.Bands = v.Shares || d.Share != "–", v.Bands || d.Band != ""
		v.Narrow = v.Narrow && text.Width(d.Band) <= fewWords
	}
	v.Sections = sectionViews(unfoldedElsewhere(r.Sections), 2, prefix)
	for i := range v.Sections {
		if s := &v.Sections[i]; s.ID == prefix+"next-steps" {
			s.Levers, s.LeversID = newLeverViews(r.Charts().Levers), prefix+"levers"
		}
	}
	for _, i := range full.Evidence {
		v.Register = append(v.Register, newItemView(i, prefix))
	}
	v.Entries = entryViews(full, prefix)
	v.Contents = v.contents()
	for _, part := range v.Brief.Parts {
		v.Parts = append(v.Parts, partView{part, v.whole(part)})
	}
	return v
}

// unfoldedElsewhere leaves out what stands on the page in a form of its own.
func unfoldedElsewhere(sections []report.Section) []report.Section {
	return slices.DeleteFunc(slices.Clone(sections), func(s report.Section) bool { return s.ID == "detail" })
}

// partView is a part of the first page, with the place of the section that has the whole of it; "" if there is none.
type partView struct {
	report.BriefPart
	Whole string
}

func (v *reportView) whole(part report.BriefPart) string {
	for _, l := range v.Contents {
		if l.ID == v.Prefix+part.ID {
			return l.ID
		}
	}
	return ""
}

// contents lists the sections in the order of the page.
func (v *reportView) contents() []link {
	links := []link{{v.Prefix + "summary", "Summary"}}
	add := func(there bool, id, title string) {
		if there {
			links = append(links, link{v.Prefix + id, title})
		}
	}
	add(v.Profile != nil, "profile", "Profile across the parts")
	for _, s := range v.Sections {
		links = append(links, link{s.ID, s.Title})
		if len(s.Levers) > 0 {
			links = append(links, link{s.LeversID, "What moves the score most"})
		}
	}
	add(true, "criteria", "Every criterion")
	add(v.Timeline != nil, "timeline", "How long the evidence lasts")
	add(len(v.Register) > 0, "evidence", "The evidence")
	add(len(v.Gates) > 0, "all-gates", "Every gate")
	add(len(v.Flags) > 0, "all-flags", "Every warning sign")
	add(true, "method", "How to read this")
	return links
}

// entryViews are the criteria under the headings of their groups. What follows a group that has ended stands under the heading
// of the group around it again.
func entryViews(full *report.Full, prefix string) []entryView {
	var views []entryView
	under := 0
	for i := range full.Criteria {
		e := &full.Criteria[i]
		if e.Leaf && e.Parent != under {
			under = e.Parent
			views = append(views, entryView{Entry: full.Criteria[under], Continued: true, Level: headingLevel(under, full)})
		}
		v := newEntryView(full, i, prefix)
		if !e.Leaf {
			under, v.Level = i, headingLevel(i, full)
		}
		views = append(views, v)
	}
	return views
}

// headingLevel is one step below that of the group around it; the whole has the heading of the section.
func headingLevel(i int, full *report.Full) int {
	const section, deepest = 2, 6
	return min(section+max(full.Criteria[i].Depth, 1), deepest)
}

// entryView is a criterion as it unfolds, or the heading of a group, which may stand there again.
type entryView struct {
	report.Entry
	Level     int
	Continued bool
	Anchor    string
	Bars      barView
	Score     string
	// Open is whether no level is claimed.
	Open  bool
	Cited []citedView
}

// citedView is a pointer to an item of the register.
type citedView struct{ Anchor, Title, Dated string }

func newEntryView(full *report.Full, i int, prefix string) entryView {
	e := full.Criteria[i]
	v := entryView{Entry: e, Anchor: placeOf(e.Name), Bars: newBarView(e.Bar), Open: !slices.ContainsFunc(e.Levels, func(l report.LevelEntry) bool { return l.Claimed || l.Supported })}
	if e.Scores != nil {
		v.Score = "evidenced " + e.ScoreTexts[0] + ", claimed " + e.ScoreTexts[1] + ", at best " + e.ScoreTexts[2]
	}
	for _, id := range e.Evidence {
		for _, item := range full.Evidence {
			if item.ID == id {
				v.Cited = append(v.Cited, citedView{prefix + "e-" + placeOf(id), item.Title, item.Dated.String()})
			}
		}
	}
	return v
}

// placeOf is a full id as it stands in an address: ids have letters, digits and hyphens, so nothing runs together.
func placeOf(name string) string { return strings.ReplaceAll(name, "/", ".") }

// itemView is an item of the register.
type itemView struct {
	report.Item
	Anchor, Days string
}

func newItemView(i report.Item, prefix string) itemView {
	v := itemView{Item: i, Anchor: prefix + "e-" + placeOf(i.ID), Days: "no date"}
	if !i.Dated.IsZero() {
		v.Days = "dated " + i.Dated.String()
	}
	switch {
	case i.LastDay.IsZero():
	case i.Gone:
		v.Days += ", ran out on " + i.LastDay.String()
	default:
		v.Days += ", carries all that rests on it until " + i.LastDay.String()
	}
	return v
}
