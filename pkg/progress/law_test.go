package progress_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// rubrics are those that ship and those of the instruments and of the guide: every way to combine is among them.
func rubrics(t *testing.T) []string {
	t.Helper()
	var ids []string
	for _, pattern := range []string{"../../rubrics/*.yaml", "../../testdata/instruments/*.yaml", "../../testdata/guide/[0-9]*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			switch id := strings.TrimSuffix(filepath.Base(name), ".yaml"); {
			case strings.HasSuffix(name, ".cases.yaml"), strings.HasPrefix(id, "vocabulary"), id == "01-record", id == "12-words":
			case strings.Contains(name, "rubrics"):
				ids = append(ids, id)
			default:
				ids = append(ids, strings.TrimPrefix(filepath.ToSlash(name), "../../testdata/"))
			}
		}
	}
	return ids
}

// Over random records of every rubric here, and two of its days:
//
//   - a report that the program writes is read without a complaint, and beside itself nothing has moved;
//   - the points of the criteria and of the shares come to the change of the evidenced score, wherever that is added up and
//     shown as it is, and there are none elsewhere;
//   - each criterion that moved has a reason, and one that did not move in any of the two reports is not among them;
//   - of one record on a later day, nothing is said to be answered otherwise, and what the evidence carries less has an item
//     that has run out between the two days.
func TestLaws(t *testing.T) {
	models := map[string]*score.Model{}
	kinds := map[string][]string{}
	ids := rubrics(t)
	for _, id := range ids {
		models[id] = shipped(t, id)
		all := kindsOf(models[id])
		kinds[id] = all[:min(len(all), 6)]
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(ids).Draw(t, "rubric")
		m, record := models[id], anyRecord(t, models[id], kinds[id])
		then := result(t, m, record, "2026-11-21")
		itself(t, then)
		other := result(t, m, anyRecord(t, m, kinds[id]), "2027-03-20")
		adds(t, compare(t, then, other))
		later := compare(t, then, result(t, m, record, "2027-03-20"))
		adds(t, later)
		aged(t, later)
	})
}

// itself holds a report beside the result that it was made from.
func itself(t fatal, res *score.Result) {
	t.Helper()
	p := compare(t, res, res)
	if known := res.Criteria[0].State != score.Unanswered && res.Criteria[0].State != score.MayApply; known != (p.Then.State() == score.Answered.String()) {
		t.Fatalf("%s is %s, and is read as %s", res.Model.Rubric.ID, res.Criteria[0].State, p.Then.State())
	}
	if p.Moved() || len(p.Criteria) > 0 || len(p.Groups) > 0 || p.Sharing > 0 || p.Points != nil && !p.Points.IsZero() || p.RubricChanged() {
		t.Fatalf("beside itself: %+v", p)
	}
}

// adds holds the points to the score.
func adds(t fatal, p *progress.Progress) {
	t.Helper()
	root := &p.Now.Model.Nodes[0]
	then, now := p.Score(score.Evidenced)
	if expected := root.Adds() && root.Policy() == "" && then != nil && now != nil; expected != (p.Points != nil) {
		t.Fatalf("%s: points: %v, from %v to %v", root.Name, p.Points, then, now)
	}
	sum := comes(t, p)
	if p.Points == nil {
		return
	}
	digit := exact.Ratio(1, 1e8) // of each number, the last of 12 digits is rounded
	if off := now.Sub(*then).Sub(sum); digit.Less(off) || off.Less(digit.Neg()) {
		t.Fatalf("%s: the score moves from %s to %s, and the points come to %s", root.Name, then, now, sum)
	}
}

// comes holds the points to what they are said to come to, which it returns, and each move to having a reason.
func comes(t fatal, p *progress.Progress) exact.Number {
	t.Helper()
	sum := p.Shares
	for _, m := range p.Criteria {
		if len(m.Why) == 0 {
			t.Fatalf("%s moved for no reason", m.Then.ID)
		}
		if m.Points != nil && p.Points == nil {
			t.Fatalf("%s has points, and the whole has none", m.Then.ID)
		}
		if m.Points != nil {
			sum = sum.Add(*m.Points)
		}
	}
	if p.Points != nil && !sum.Equal(*p.Points) {
		t.Fatalf("%s: the points come to %s, not %s", p.Now.Model.Rubric.ID, sum, p.Points)
	}
	return sum
}

// aged holds the reasons of one record on two days to what time alone can do.
func aged(t fatal, p *progress.Progress) {
	t.Helper()
	answered := []progress.Cause{progress.Claimed, progress.Answered, progress.NotAnswered, progress.NotSaid, progress.SaidNotApplicable, progress.Added, progress.Dropped, progress.Expected, progress.NotExpected}
	for _, m := range p.Criteria {
		for _, r := range m.Why {
			if slices.Contains(answered, r.Cause) {
				t.Fatalf("%s: %s, of one record", m.Then.ID, r.Cause)
			}
			if r.Cause == progress.Uncarried || r.Cause == progress.Refused {
				t.Fatalf("%s: %s, and not what ran out", m.Then.ID, r.Cause)
			}
			for _, item := range r.Refused {
				if item.Expired.IsZero() || p.AsOf.After(item.Expired) || !p.Now.AsOf.After(item.Expired) {
					t.Fatalf("%s: %s is said to have run out on %s", m.Then.ID, item.Item.ID, item.Expired)
				}
			}
		}
	}
}
