package revision_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/revision"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// record answers ward. Of 8 weights burden has 3, pathway, climb and part have 1, 1 and 2: 7 in all.
const record = `touchstone: innovation/v1
id: r
for: [ward@1]
name: R
stage: pilot
facts: {data: yes}
evidence:
  - {id: s, kind: study, title: S, dated: 2025-06-01}
answers:
  burden: {level: 3, evidence: [s]}
  mapped: 2
  walked: 0
  one: yes
  two: no
  part/a: yes way
  part/b: no way
`

// What a record comes to is worked out by hand: burden 3/4, pathway 1/2, climb 1/2, part 1/3, so that the score is
// (3 x 3/4 + 1/2 + 1/2 + 2 x 1/3) / 7 = 47/84, 55.952… of 100.
func TestMoved(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing", "title: Ward\n", "title: Wards\n", ""},
		// (2 x 3/4 + 1 + 2/3) / 6 = 19/36: burden 9/28 to 1/4, the others 1/14 and 2/21 each a sixth more
		{"a weight", "weight: 3", "weight: 2", `evidenced 55.95 → 52.78
claimed 55.95 → 52.78
at best 55.95 → 52.78
-3.17 by burden -7.14 (weight), and 3 others 3.97, left 0.00`},
		// the study is too old for level 2, which leaves level 1: 1/4 in place of 3/4, 3/14 less; and the gate fails
		{"a rule", "24 months", "12 months", `evidenced 55.95 → 34.52
-21.43 by burden -21.43 (evidence/max_age; routine to planned), and 0 others 0.00, left 0.00
gate ward/shown pass → fail by burden evidence/max_age
headline band → gate-fails, band high → low`},
		{"a criterion less", "  - {use: ./part.yaml, weight: 2}\n", "", `evidenced 55.95 → 65.00
claimed 55.95 → 65.00
at best 55.95 → 65.00
9.05 by part -9.52 (), and 3 others 18.57, left 0.00`},
		{"a gate", `level("one") >= 1}`, `level("two") >= 1}`, `gate ward/drawn pass → fail by one na, two na, drawn needs
headline band → gate-fails, band high → low`},
		{"a gate less", "  - {id: drawn, needs: level(\"one\") >= 1}\n", "", ""},
		{"a gate more that passes", "gates:\n", "gates:\n  - {id: more, needs: level(\"one\") >= 1}\n", ""},
		{"a gate more that fails", "gates:\n", "gates:\n  - {id: more, needs: level(\"two\") >= 1}\n", `gate ward/more none → fail by two na, more
headline band → gate-fails, band high → low`},
		{"where a band begins", "from: 50", "from: 60", "headline band → band, band high → low by high from"},
		// climb is 1/2 by rungs; as the weaker of its two it is 0, and brings 1/14 less
		{"how a group combines", "combine: ladder", "combine: min", `evidenced 55.95 → 48.81
claimed 55.95 → 48.81
at best 55.95 → 48.81
-7.14 by climb -7.14 (combine), and 0 others 0.00, left 0.00
headline band → band, band high → low`},
		{"in a group that does not add", "two, title: Two,", "two, weight: 0, title: Two,", `evidenced 55.95 → 63.10
claimed 55.95 → 63.10
at best 55.95 → 63.10
7.14 by climb 7.14 (weight), and 0 others 0.00, left 0.00`},
		{"a label that is answered by", "[no way, yes way]}\n", "[yes way, no way]}\n", `evidenced 55.95 → 46.43
claimed 55.95 → 46.43
at best 55.95 → 46.43
-9.52 by part/a -9.52 (scale/label, scale/label), and 0 others 0.00, left 0.00
gate part/g pass → fail by none
headline band → gate-fails, band high → low`},
	} {
		t.Run(c.name, func(t *testing.T) {
			same := func(_, text string) string { return text }
			before, _ := wards(same).compile("ward")
			after, list := wards(func(_, text string) string { return strings.Replace(text, c.old, c.new, 1) }).compile("ward")
			if after == nil {
				t.Fatal(list)
			}
			d := revision.Compare(before, after)
			if got := moved(t, d, record); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func moved(t *testing.T, d *revision.Diff, text string) string {
	t.Helper()
	node, list := source.Read("r.yaml", []byte(text))
	inn, more := innovation.Parse(node)
	asOf, err := calendar.ParseDate("2026-11-21")
	if err != nil || list.HasErrors() || more.HasErrors() {
		t.Fatal(err, list, more)
	}
	var results []*score.Result
	for _, m := range []*score.Model{d.Old, d.New} {
		rec, problems := m.Bind(inn, d.Old, d.New)
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		results = append(results, m.Evaluate(rec, score.Conditions{AsOf: asOf}))
	}
	m := d.Moved(results[0], results[1])
	if m == nil {
		return ""
	}
	var lines []string
	for i, name := range []string{"evidenced", "claimed", "at best"} {
		if s := m.Scores[i]; s.Moves() {
			lines = append(lines, fmt.Sprintf("%s %s → %s", name, s.Old.Fixed(2), s.New.Fixed(2)))
		}
	}
	if a := m.Because; a != nil {
		var causes []string
		for _, c := range a.Causes {
			why := keys(c.Changes)
			if c.Old != c.New {
				why += "; " + c.Old + " to " + c.New
			}
			causes = append(causes, fmt.Sprintf("%s %s (%s)", strings.TrimPrefix(c.Name, "ward/"), c.Points.Fixed(2), why))
		}
		lines = append(lines, fmt.Sprintf("%s by %s, and %d others %s, left %s", a.Points.Fixed(2), strings.Join(causes, ", "), a.Sharing, a.Shares.Fixed(2), a.Left.Fixed(2)))
	}
	for _, g := range m.Gates {
		was, is := "none", "none"
		if g.Old != nil {
			was = g.Old.Outcome.String()
		}
		if g.New != nil {
			is = g.New.Outcome.String()
		}
		lines = append(lines, fmt.Sprintf("gate %s %s → %s by %s", g.Name, was, is, subjects(g.Changes)))
	}
	if v, w := m.Old.Verdict, m.New.Verdict; v.Headline != w.Headline || m.BandMoves() {
		line := fmt.Sprintf("headline %s → %s, band %s → %s", v.Headline, w.Headline, v.Band.ID, w.Band.ID)
		if len(m.Bands) > 0 {
			line += " by " + subjects(m.Bands)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func keys(changes []*revision.Change) string {
	var all []string
	for _, c := range changes {
		all = append(all, c.Key)
	}
	return strings.Join(all, ", ")
}

func subjects(changes []*revision.Change) string {
	var all []string
	for _, c := range changes {
		all = append(all, strings.TrimSpace(c.Name+" "+c.Key))
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}
