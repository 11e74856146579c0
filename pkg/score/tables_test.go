package score_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// The tables of this package say what the language promises, case by case: a rubric, a record, and what must come of
// it. Every expected number is worked out by hand from the definition, never read off the program.

// words are the vocabulary that the rubrics of the tables share.
const words = `stages: [idea, pilot, service]
facts:
  data: {type: yes-no, ask: "Data?"}
  class: {type: choice, of: [low, high], ask: "Class?"}
  staff: {type: integer, ask: "Staff?"}
  shown: {type: yes-no, ask: "Shown?", evidence: {kinds: [study], max_age: 12 months}}
kinds: {study: {title: Study}, test: {title: Test}}
roles: {officer: {title: Officer}}
scales:
  five: [v0, v1, v2, v3, v4]
  signed: [{value: -2, label: much worse}, {value: -1, label: worse}, {value: 0, label: same}, {value: 1, label: better}, {value: 2, label: much better}]
  uneven: [{value: 0, label: nothing}, {value: 1, label: some}, {value: 5, label: all of it}]
`

// a table is a rubric t, files beside it, and what comes of each record. The rubric leaves out what all share.
type table struct {
	name, rubric string
	beside       map[string]string // rubrics by id
	rows         []row
}

// a row is a record and what must be seen, one `what: value` a line.
type row struct{ record, want string }

func try(t *testing.T, tables []table) {
	t.Helper()
	for _, c := range tables {
		t.Run(c.name, func(t *testing.T) {
			t.Helper()
			m := assemble(t, c.rubric, c.beside)
			for _, row := range c.rows {
				r := m.Evaluate(bind(t, m, head+row.record), score.Conditions{AsOf: asOf})
				inRangeAndInOrder(t, r)
				for line := range strings.Lines(row.want) {
					what, want, ok := strings.Cut(strings.TrimSpace(line), ": ")
					if !ok {
						t.Fatalf("no `what: value` in %q", line)
					}
					if got := look(t, r, what); got != want {
						t.Errorf("%q\n%s is %s, want %s", row.record, what, got, want)
					}
				}
			}
		})
	}
}

func assemble(t *testing.T, text string, beside map[string]string) *score.Model {
	t.Helper()
	m, list := attempt(t, text, beside)
	if list.HasErrors() {
		t.Fatal(list)
	}
	return m
}

// attempt compiles rubric t with the rubrics beside it, and gives what is wrong with them.
func attempt(t *testing.T, text string, beside map[string]string) (*score.Model, diag.List) {
	t.Helper()
	folder := t.TempDir()
	write := func(id, text string) string {
		path := filepath.Join(folder, id+".yaml")
		start := "touchstone: rubric/v1\nid: " + id + "\nversion: 1.0.0\ntitle: T\n"
		if !strings.HasPrefix(text, "stages:") {
			start += words
		}
		if err := os.WriteFile(path, []byte(start+text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for id, text := range beside {
		write(id, text)
	}
	r, list := rubric.NewCatalogue(source.NewStore(nil, nil)).Open(write("t", text), placeless)
	if r == nil {
		return nil, list
	}
	m, more := score.Compile(r)
	return m, append(list, more...)
}

// look says what the result holds, in one word or a few.
func look(t *testing.T, r *score.Result, what string) string {
	t.Helper()
	kind, name, _ := strings.Cut(what, " ")
	switch kind {
	case "headline":
		return r.Verdict.Headline.String()
	case "also":
		var all []string
		for _, h := range r.Verdict.Also {
			all = append(all, h.String())
		}
		return several(all)
	case "band":
		return bandOf(r.Verdict.Band)
	case "score-band":
		return bandOf(r.Verdict.ScoreBand)
	case "answered":
		a := r.Answered
		return strconv.Itoa(a.Answered) + " of " + strconv.Itoa(a.Expected) + ", may apply " + strconv.Itoa(a.MayApply)
	case "findings":
		var all []string
		for _, f := range r.Findings {
			all = append(all, f.Message)
		}
		return several(all)
	case "skipped":
		return several(r.Record.Skipped)
	case "duty":
		v, ok := r.ByDuty[name]
		return three(func(b score.Basis) (exact.Number, bool) { return v[b], ok })
	case "gate", "gate-missing":
		return gateOf(t, r, kind, full(name))
	case "flag", "flag-missing":
		return flagOf(t, r, kind, full(name))
	case "not-checked":
		var all []string
		for _, u := range r.Model.NotChecked {
			all = append(all, u.Name+" ("+u.Because+")")
		}
		return several(all)
	}
	i, ok := r.Model.Lookup(full(name))
	if !ok {
		t.Fatalf("no criterion %s", name)
	}
	return lookAt(t, r, i, kind)
}

// full is a name as the model has it: within t a short name will do.
func full(name string) string {
	if name == "t" || strings.Contains(name, "/") || strings.HasPrefix(name, "=") {
		return strings.TrimPrefix(name, "=")
	}
	return "t/" + name
}

func lookAt(t *testing.T, r *score.Result, i int, kind string) string {
	t.Helper()
	n, c := &r.Model.Nodes[i], &r.Criteria[i]
	switch kind {
	case "state":
		return c.State.String()
	case "counts": // has a part in the score
		return yesNo(c.Counts())
	case "score":
		return three(func(b score.Basis) (exact.Number, bool) { return r.Score(i, b) })
	case "counted":
		return three(func(b score.Basis) (exact.Number, bool) { return r.Counted(i, b) })
	case "number":
		return three(c.Number)
	case "met":
		return yesNo(r.Met(i))
	case "missing":
		return several(c.Missing)
	case "withheld":
		if c.Withheld == nil {
			return "no"
		}
		return strconv.Itoa(c.Withheld.Answered) + " of " + strconv.Itoa(c.Withheld.Of)
	case "share":
		return maybe(c.Share)
	case "weight":
		return maybe(c.Weight)
	case "contribution":
		return three(func(b score.Basis) (exact.Number, bool) {
			if c.Contribution == nil {
				return exact.Zero, false
			}
			return c.Contribution[b], true
		})
	case "respondents":
		return strconv.Itoa(c.Respondents) + ", too few: " + yesNo(c.TooFew)
	case "rung", "ahead":
		return rungOf(r, i, kind)
	case "levels":
		return levelsOf(r, i)
	case "gap":
		gap, ok := r.Gap(i)
		if !ok {
			return "none"
		}
		return gap.String()
	case "own-band":
		return bandOf(c.Band)
	case "part":
		if n.Part == nil {
			return "whole"
		}
		return strconv.Itoa(n.Part.Criteria) + " of " + strconv.Itoa(n.Part.Of) + ", reweighted: " + yesNo(n.Part.Reweighted)
	case "duty-of":
		return n.Duty
	}
	t.Fatalf("nothing is called %s", kind)
	return ""
}

// three writes evidenced, claimed and at best; one number where all are the same.
func three(number func(score.Basis) (exact.Number, bool)) string {
	var all []string
	for b := score.Evidenced; b <= score.AtBest; b++ {
		if x, ok := number(b); ok {
			all = append(all, x.String())
		} else {
			all = append(all, "none")
		}
	}
	if all[0] == all[1] && all[1] == all[2] {
		return all[0]
	}
	return strings.Join(all, " ")
}

func gateOf(t *testing.T, r *score.Result, kind, name string) string {
	t.Helper()
	for _, g := range r.Gates {
		if g.Gate.Name == name {
			if kind == "gate" {
				return g.Outcome.String()
			}
			return several(g.Missing)
		}
	}
	t.Fatalf("no gate %s", name)
	return ""
}

func flagOf(t *testing.T, r *score.Result, kind, name string) string {
	t.Helper()
	for _, f := range r.Flags {
		if f.Flag.Name == name {
			if kind == "flag" {
				return map[expr.Truth]string{expr.True: "yes", expr.False: "no", expr.Unknown: "unknown", expr.Absent: "not-applicable"}[f.Raised]
			}
			return several(f.Missing)
		}
	}
	t.Fatalf("no flag %s", name)
	return ""
}

func rungOf(r *score.Result, i int, kind string) string {
	rung, ahead := r.Rung(i)
	if kind == "ahead" {
		var all []string
		for _, j := range ahead {
			all = append(all, r.Model.Nodes[j].ID)
		}
		return several(all)
	}
	if rung < 0 {
		return "none"
	}
	return r.Model.Nodes[rung].ID
}

func levelsOf(r *score.Result, i int) string {
	levels, _, unknown := r.Counts(i)
	var all []string
	for _, l := range levels {
		all = append(all, l.Label+" "+strconv.Itoa(l.Count))
	}
	return several(append(all, "unknown "+strconv.Itoa(unknown)))
}

func bandOf(b *score.Band) string {
	if b == nil {
		return "none"
	}
	return b.ID
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func several(all []string) string {
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

func maybe(x *exact.Number) string {
	if x == nil {
		return "none"
	}
	return x.String()
}

// refuse gives the messages about a record.
func refuse(t *testing.T, m *score.Model, text string) (*score.Record, []string) {
	t.Helper()
	node, list := source.Read("record", []byte(text))
	inn, more := innovation.Parse(node)
	list = append(list, more...)
	var rec *score.Record
	if inn != nil {
		rec, more = m.Bind(inn)
		list = append(list, more...)
	}
	var all []string
	for _, d := range list {
		all = append(all, d.Message)
	}
	return rec, all
}
