package render

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/report"
)

func TestBar(t *testing.T) {
	for _, c := range []struct {
		parts [3]float64
		want  barView
	}{
		{[3]float64{0, 0, 0}, barView{Evidenced: "0", At: "0"}},
		{[3]float64{0.35, 0.38, 0.38}, barView{Evidenced: "35", Claimed: "3", At: "38"}},
		{[3]float64{0, 0, 1}, barView{Evidenced: "0", At: "0", Possible: "100"}},
		{[3]float64{0.125, 0.5, 1}, barView{Evidenced: "12.5", Claimed: "37.5", At: "50", Possible: "50"}},
		{[3]float64{1, 1, 1}, barView{Evidenced: "100", At: "100"}},
	} {
		if got := newBarView(c.parts); got != c.want {
			t.Errorf("%v: got %+v, want %+v", c.parts, got, c.want)
		}
	}
}

// Nothing that is drawn begins before its line or ends behind it, whatever the numbers are.
func TestPercentOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := percentOf(rapid.Float64Range(-10, 10).Draw(t, "part"))
		if x, err := strconv.ParseFloat(s, 64); err != nil || x < 0 || x > 100 || strings.Contains(s, "e") {
			t.Fatalf("%q is no per cent", s)
		}
	})
}

// A profile breaks where a part is not known, and there is none of what is met or not.
func TestProfile(t *testing.T) {
	part := func(title, evidenced string, at float64, known bool) report.Dimension {
		return report.Dimension{Title: title, Evidenced: evidenced, Claimed: evidenced, AtBest: "100", Filled: at, Reach: at, Possible: 1, Scored: true, Known: known}
	}
	known := []report.Dimension{part("A", "20", 0.2, true), part("B", "90", 0.9, true), part("C", "50", 0.5, true)}
	v := newProfileView(&report.Report{Dimensions: report.Dimensions{Rows: known}})
	if len(v.Rows) != 3 || len(v.Evidenced) != 2 || v.Rows[0].Evidenced != "20.6" || !v.Rows[0].Right || v.Rows[2].Right {
		t.Errorf("got %+v", v)
	}
	if want := "Profile of evidenced scores: A 20, claimed 20, at best 100; B 90"; !strings.HasPrefix(v.Label, want) {
		t.Errorf("got %q, want it to begin with %q", v.Label, want)
	}
	gap := []report.Dimension{known[0], part("B", "not known", 0, false), known[2]}
	if v := newProfileView(&report.Report{Dimensions: report.Dimensions{Rows: gap}}); len(v.Evidenced) != 0 || v.Rows[1].Known {
		t.Errorf("a line leads to what is not known: %+v", v)
	}
	met := []report.Dimension{part("A", "met", 1, true), part("B", "not met", 0, true), part("C", "met", 1, true)}
	if v := newProfileView(&report.Report{Dimensions: report.Dimensions{Rows: met}}); v != nil {
		t.Errorf("there is a profile of what is met: %+v", v)
	}
	if v := newProfileView(&report.Report{Dimensions: report.Dimensions{Rows: known[:2]}}); v != nil {
		t.Errorf("there is a profile of two parts: %+v", v)
	}
}

// Gains go to the right of a nought and losses to the left, each as long as it is large.
func TestLevers(t *testing.T) {
	got := newLeverViews([]report.Lever{{Points: 3}, {Points: -1}, {Points: 1.5}})
	for i, want := range []leverView{{X: "25", Width: "75", Zero: "25"}, {X: "0", Width: "25", Zero: "25", Lost: true}, {X: "25", Width: "37.5", Zero: "25"}} {
		want.Lever = got[i].Lever
		if got[i] != want {
			t.Errorf("got %+v, want %+v", got[i], want)
		}
	}
}

// A time line shows the years that matter, also beside a paper that ends in the year 9999.
func TestTimeline(t *testing.T) {
	day := func(s string) calendar.Date {
		d, err := calendar.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	v := newTimelineView(&report.Charts{AsOf: day("2026-01-01"), Lasting: []report.Item{
		{Title: "Old", Dated: day("1900-01-01"), LastDay: day("2025-06-01"), Gone: true},
		{Title: "New", Dated: day("2025-01-01"), LastDay: day("9999-12-31")},
		{Title: "Endless", Dated: day("2025-01-01")},
	}})
	if v.Now != "60.01" { // 2192 days of 3653
		t.Errorf("the day is at %s%%, want 60.01: six years before it, four after", v.Now)
	}
	var years []string
	for _, y := range v.Years {
		if y.Label != "" {
			years = append(years, y.Label)
		}
	}
	if got := strings.Join(years, " "); got != "2021 2023 2025 2027" {
		t.Errorf("years %s", got)
	}
	if old, endless := v.Rows[0], v.Rows[2]; old.X != "0" || !old.Gone || endless.LastDay != "no end stated" {
		t.Errorf("got %+v and %+v", old, endless)
	}
	if newTimelineView(&report.Charts{AsOf: day("2026-01-01")}) != nil {
		t.Error("there is a time line of nothing")
	}
}

func TestColumns(t *testing.T) {
	columns := []report.Column{{Title: "What", Share: 3}, {Title: "Size", Right: true}, {Title: "Why", Share: 1}, {Title: "Who"}, {}}
	rows := [][]report.Cell{{{}, {}, {}, {Text: "a considerable " + strings.Repeat("w", 50)}, {}}}
	got := columnViews(columns, rows)
	want := []columnView{{Title: "What", Width: 69}, {Title: "Size", Class: "right"}, {Title: "Why", Width: 23}, {Title: "Who", Class: "fit", Least: 16}, {Class: "bare"}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
}
