package report_test

import (
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/report"
)

const methodHead = "touchstone: rubric/v1\nid: t\nversion: 1.0.0\ntitle: T\ncriteria:\n"

// The method says of a rubric what holds for its own criteria, and nothing that holds only for those of others.
func TestMethodSaysWhatHolds(t *testing.T) {
	const (
		plain   = "  - {id: a, title: A, scale: yes-no, na: never}\n"
		best    = "  - {id: b, title: B, scale: yes-no, na: {counts: best}}\n"
		out     = "  - {id: o, title: O, scale: yes-no}\n"
		ends    = "  - {id: m, title: M, na: never, measure: {worst: 0, best: 9}}\n"
		bent    = "  - {id: p, title: P, na: never, measure: {points: [[0, 0], [6, 50], [9, 100]]}}\n"
		product = "  - {id: g, title: G, combine: geometric, criteria: [{id: g1, title: G1, scale: yes-no}, {id: g2, title: G2, scale: yes-no}]}\n"
		gate    = "gates: [{id: s, needs: 'met(\"a\")', because: B.}]\n"
	)
	const digits, line, lines = "34 digits", "on a straight line from the worst to the best", "on straight lines between"
	table := []struct {
		criteria, lead string
		said, unsaid   []string
	}{
		{plain, "Rounding", []string{"as fractions."}, []string{digits}},
		{product, "Rounding", []string{"A geometric mean that is no fraction is correctly rounded to 34 digits."}, nil},
		{ends, "Numbers", []string{line}, []string{lines}},
		{bent, "Numbers", []string{lines + " the stated points"}, []string{line}},
		{ends + bent, "Numbers", []string{line, lines + " points where those are stated"}, nil},
		{plain, "What drops out", []string{"Nothing"}, []string{"not applicable"}},
		{out, "What drops out", []string{"What is accepted as not applicable neither helps nor harms"}, []string{"counts as the best"}},
		{best, "What drops out", []string{"Nothing", "not applicable in ‘B’ counts as the best."}, []string{"left out"}},
		{out + best, "What drops out", []string{"it is left out", "not applicable in ‘B’ counts as the best, and is not left out."}, []string{"Nothing"}},
		{plain, "Too little answered", []string{"less than 50% of the expected", "headed ‘not enough answered’."}, []string{"gate"}},
		{plain + gate, "Too little answered", []string{"headed ‘not enough answered’, unless a gate that fails or is not known comes first."}, nil},
	}
	for _, row := range table {
		text := ""
		walk(report.Statement(modelOf(t, methodHead+row.criteria)).Sections, func(s report.Section) {
			for _, b := range s.Blocks {
				if s.ID == "method" && b.Lead == row.lead {
					text = b.Plain
				}
			}
		})
		for _, part := range row.said {
			if !strings.Contains(text, part) {
				t.Errorf("%s of\n%sgot  %s\nwant %s", row.lead, row.criteria, text, part)
			}
		}
		for _, part := range row.unsaid {
			if text == "" || strings.Contains(text, part) {
				t.Errorf("%s of\n%sgot  %s\nwithout %s", row.lead, row.criteria, text, part)
			}
		}
	}
}

// In full a share is exact where 4 decimals are enough; one that is rounded is said to be. In short it has one decimal.
func TestSharesInFull(t *testing.T) {
	weighing := func(a, b string) string {
		return methodHead + "  - {id: a, title: A, scale: yes-no, weight: " + a + "}\n  - {id: b, title: B, scale: yes-no, weight: " + b + "}\n"
	}
	const note = "A share of more than 4 decimals is rounded to 2."
	for _, row := range []struct {
		a, b, full, short string
		rounded           bool
	}{
		{"3.75", "96.25", "3.75%", "3.8%", false},
		{"3.7531", "96.2469", "3.7531%", "3.8%", false},
		{"3.75314", "96.24686", "3.75%", "3.8%", true},
		{"1", "2", "33.33%", "33.3%", true},
		{"10", "90", "10%", "10.0%", false},
	} {
		m := modelOf(t, weighing(row.a, row.b))
		for _, page := range []struct {
			of   report.Page
			want string
			note bool
		}{{report.Statement(m), row.full, row.rounded}, {report.Rubric(m), row.short, false}} {
			shares := 0
			walk(page.of.Sections, func(s report.Section) {
				if s.ID != "criteria" {
					return
				}
				for k, c := range s.Columns {
					if c.Title != "Share" {
						continue
					}
					if shares++; s.Rows[0][k].Text != page.want {
						t.Errorf("%s of %s and %s: got %s, want %s", c.Title, row.a, row.b, s.Rows[0][k].Text, page.want)
					}
				}
				if strings.Contains(s.Note, note) != page.note {
					t.Errorf("of %s and %s: the note is %s", row.a, row.b, s.Note)
				}
			})
			if shares != 1 {
				t.Errorf("%d columns of shares", shares)
			}
		}
	}
}

// A minimum names its level by the label, and the best level is not followed by any better.
func TestMinimumNamesItsLevel(t *testing.T) {
	for written, want := range map[string]string{
		"scale: [none, some, all], minimum: 1":                   "A must be at ‘some’ or better.",
		"scale: [none, some, all], minimum: 2":                   "A must be at ‘all’.",
		"scale: yes-no, minimum: 1":                              "A must be at ‘yes’.",
		"measure: {unit: people, worst: 0, best: 9}, minimum: 5": "A must be at 5 people or better.",
	} {
		m := modelOf(t, methodHead+"  - {id: a, title: A, "+written+"}\n")
		if got := m.Gates[0].Because; got != want {
			t.Errorf("%s\n got %s\nwant %s", written, got, want)
		}
	}
}
