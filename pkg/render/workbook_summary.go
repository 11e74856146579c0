package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// The columns of the summary: what it is about, four of numbers, what is said of it, and who must act.
const (
	aboutColumn = iota
	partColumn
	_
	_
	_
	saidColumn
	whoColumn
)

func summaryColumns() []column {
	return []column{{"", 32, false}, {"", 12, true}, {"", 11, true}, {"", 11, true}, {"", 11, true}, {"", 58, false}, {"", 26, false}}
}

// summary is a page for each report, one below the other.
func (b *workbook) summary() {
	s := b.sheet(page{name: "Summary", columns: summaryColumns()})
	for k := range b.reports {
		if k > 0 {
			s.turn()
		}
		summarised{s, b.reports[k], b.grids[k]}.write()
	}
	s.done(false)
}

// summarised is the summary of one report.
type summarised struct {
	*sheet
	r *report.Report
	g *grid
}

func (s summarised) write() {
	s.wide(s.r.Name, look{title: true})
	s.wide(s.r.Summary, look{})
	s.wide(s.r.Stage, look{tone: report.Faint})
	s.wide(s.r.Basis, look{tone: report.Faint})
	s.add()
	brief, h := s.r.Brief(), s.r.Headline
	s.beside(h.Word, brief.Lead, "", look{heading: true, tone: h.Tone})
	for _, line := range append(slices.Clone(brief.Meaning), brief.Trust) {
		s.beside("", line, "", look{})
	}
	s.scores()
	s.bands()
	s.groups()
	for _, part := range brief.Parts {
		switch part.ID {
		case "groups": // stand above
		case "next-steps":
			s.steps()
		default:
			s.part(part)
		}
	}
	s.basis()
	s.reading()
}

// turn begins a page, where it is printed.
func (s *sheet) turn() {
	s.add()
	if s.book.err == nil {
		s.book.keep(s.w.InsertPageBreak(at(0, s.row+1)))
	}
}

// wide writes a text over all columns.
func (s summarised) wide(t string, l look) {
	if t != "" {
		s.over(aboutColumn, whoColumn, words(t).as(l))
	}
}

// beside writes a text beside what it is about, and who must act.
func (s summarised) beside(about, t, who string, l look) {
	to := saidColumn
	if who == "" {
		to = whoColumn
	}
	s.over(partColumn, to, words(about).as(l), words(t).as(l), cell{}.as(l), cell{}.as(l), cell{}.as(l), cell{}.as(l), words(who).as(l))
}

// heading begins a part, with what its columns are.
func (s summarised) heading(titles ...string) {
	s.add()
	row := make([]cell, whoColumn+1)
	for i := range row {
		row[i] = cell{}.as(look{heading: true})
	}
	for i, t := range titles {
		row[i] = words(t).as(look{heading: true, small: i > 0, right: s.columns[i].right})
	}
	s.add(row...)
}

// scores are the three of the whole and of its parts. They follow those on the sheet of criteria.
func (s summarised) scores() {
	h := s.r.Headline
	if len(h.Scores) == 0 && len(s.r.Dimensions.Rows) == 0 {
		return
	}
	s.heading("Scores", "Share", "Evidenced", "Claimed", "At best", "How it stands")
	if len(h.Scores) > 0 {
		l := look{group: true}
		row := []cell{words("The whole").as(l), cell{}.as(l)}
		for basis := range h.Scores {
			row = append(row, s.g.refer(0, basis, h.Scores[basis].Text).as(l))
		}
		s.add(append(row, words(h.Range).as(l), cell{}.as(l))...)
	}
	for _, d := range s.r.Dimensions.Rows {
		row := []cell{words(d.Title), s.share(d)}
		for basis, written := range []string{d.Evidenced, d.Claimed, d.AtBest} {
			row = append(row, s.g.refer(d.Entry, basis, written))
		}
		s.add(append(row, words(d.Band), cell{})...)
	}
	s.wide(s.r.Dimensions.Note, look{tone: report.Faint})
}

// share is the part of a dimension in what stands above it: of the whole, if that is all there is.
func (s summarised) share(d report.Dimension) cell {
	e := &s.g.of[d.Entry]
	switch {
	case e.Among == nil || d.Share != percent(*e.Among):
		c, _ := said(d.Share, nil)
		return c
	case e.Share != nil && e.Share.Equal(*e.Among):
		return part(*e.Share, 0).live(s.g.there(s.g.share, d.Entry))
	}
	return part(*e.Among, 0)
}

func percent(x exact.Number) string { return x.Mul(exact.Hundred).Fixed(0) + "%" }

func (s summarised) bands() {
	bands := s.r.Full().Bands
	if len(bands) == 0 {
		return
	}
	s.heading("Bands", "From", "", "", "", "Where it stands")
	for _, band := range bands {
		note := band.Note
		switch {
		case band.Now:
			note = joined("it is here", note)
		case band.Alone:
			note = joined("the score alone would be here", note)
		}
		s.add(words(band.Label), number(band.From, decimals(band.From.String())), cell{}, cell{}, cell{}, words(note), cell{})
	}
}

// groups are the parts that are read and not added up, and what else is said of groups.
func (s summarised) groups() {
	at := slices.IndexFunc(s.r.Sections, func(c report.Section) bool { return c.ID == "groups" })
	if at < 0 {
		return
	}
	s.heading(s.r.Sections[at].Title)
	for _, row := range s.r.Sections[at].Rows {
		s.beside(row[0].Text, row[1].Text, "", look{})
	}
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + "; " + b
}

// fewSteps are as many as a tired reader is given; a sheet has them all.
const fewSteps = 5

func (s summarised) steps() {
	steps := s.r.Full().Steps
	if len(s.r.Headline.Scores) > 0 { // the page so far is not almost empty
		s.turn()
	}
	s.heading("What to do next", "Points", "", "", "", "", "Who")
	for i := range steps[:min(len(steps), fewSteps)] {
		step := &steps[i]
		s.over(partColumn+1, saidColumn, words(step.Title), gainCell(step), words(step.Text), cell{}, cell{}, cell{}, words(step.Who))
	}
	if more := len(steps) - fewSteps; more > 0 {
		s.wide(fmt.Sprintf("And %s, on the sheet Next steps.", diag.Plural(more, "more step")), look{tone: report.Faint})
	}
}

func (s summarised) part(p report.BriefPart) {
	s.heading(p.Title)
	for _, item := range p.Items {
		l := look{tone: item.Tone}
		if item.Lead == "" {
			s.wide(item.Text, l)
			continue
		}
		s.beside(item.Lead, item.Text, item.Actor, l)
	}
	s.wide(p.More, look{tone: report.Faint})
}

// basis is what the result stands on, and what it takes to find it again.
func (s summarised) basis() {
	d := s.r.Data()
	s.heading("What the result stands on")
	pair := func(about string, c cell) { s.add(words(about), c) }
	pair("As of", day(s.r.Full().AsOf))
	pair("Questions answered", count(d.Answered.Answered))
	pair("Questions expected", count(d.Answered.Expected))
	pair("of which may not apply", count(d.Answered.MayApply))
	pair("Evidence items listed", count(d.Basis.Listed))
	pair("of which a reader checked", count(d.Basis.Checked))
	s.beside("Assessed by", d.Basis.Kind, "", look{})
	s.beside("Rubric", d.Rubric.ID+"@"+d.Rubric.Version, "", look{})
	s.beside("Its content", d.Rubric.Content, "", look{})
	s.beside("Its scoring", d.Rubric.Scoring, "", look{})
	s.beside("Record", strings.TrimSpace(d.Innovation.ID+" "+d.Innovation.Version), "", look{})
	s.beside("Its content", d.Innovation.Digest, "", look{})
	s.beside("Made by", "touchstone "+s.r.Tool(), "", look{})
}

func (s summarised) reading() {
	s.heading("How to read this")
	for _, line := range s.r.Method {
		s.wide(line, look{})
	}
	if slices.Contains(s.g.adds, true) {
		s.wide("On the sheet Criteria, yellow cells can be changed: notes, weights, and values from 0 to 1. Groups made by mean or sum follow, and so "+
			"do the scores, shares and points that rest on them. Groups made otherwise, gates, bands, next steps and texts stay as they were found.", look{})
	}
	s.wide("That sheet is protected, without a password, so that sorting cannot break its formulas; filtering works. The other sheets are not.", look{})
}
