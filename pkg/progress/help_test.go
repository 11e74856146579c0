package progress_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// fatal is a test, or a run of a property.
type fatal interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// shipped compiles a rubric that ships, by its id, or one of the instruments of the tests.
func shipped(t fatal, id string) *score.Model {
	t.Helper()
	catalogue := rubric.NewCatalogue(source.NewStore(os.DirFS("../../rubrics"), strings.NewReader("")))
	if strings.HasSuffix(id, ".yaml") {
		id = "../../testdata/" + id
	}
	return compiled(t, catalogue, id)
}

// made compiles a rubric from its text.
func made(t fatal, text string) *score.Model {
	t.Helper()
	return compiled(t, rubric.NewCatalogue(source.NewStore(nil, strings.NewReader(text))), source.Stdin)
}

func compiled(t fatal, catalogue *rubric.Catalogue, name string) *score.Model {
	t.Helper()
	r, list := catalogue.Open(name, diag.Place{})
	if r == nil || list.HasErrors() {
		t.Fatal(name, list)
	}
	m, more := score.Compile(r)
	if m == nil || more.HasErrors() {
		t.Fatal(name, more)
	}
	return m
}

// result is what a record comes to on a day.
func result(t fatal, m *score.Model, record, day string) *score.Result {
	t.Helper()
	node, list := source.Read("record.yaml", []byte("touchstone: innovation/v1\nid: ours\nname: Ours\n"+record))
	inn, more := innovation.Parse(node)
	if list.HasErrors() || more.HasErrors() {
		t.Fatal(record, list, more)
	}
	rec, bound := m.Bind(inn)
	if bound.HasErrors() {
		t.Fatal(record, bound)
	}
	return m.Evaluate(rec, score.Conditions{AsOf: date(t, day)})
}

func date(t fatal, day string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// written is the JSON report of results of one day.
func written(t fatal, results ...*score.Result) []byte {
	t.Helper()
	var reports []*report.Report
	for _, res := range results {
		reports = append(reports, report.Build(res, plan.Analysis{}, report.Options{}))
	}
	var b bytes.Buffer
	if err := render.JSON(&b, reports, render.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads a JSON report in which nothing is wrong.
func read(t fatal, data []byte) *progress.Earlier {
	t.Helper()
	node, list := source.ReadJSON("earlier.json", data)
	e, more := progress.Parse(node)
	if len(list)+len(more) > 0 {
		t.Fatal(list, more)
	}
	return e
}

// compare compares a result with the report of an earlier one.
func compare(t fatal, then, now *score.Result) *progress.Progress {
	t.Helper()
	p, list := read(t, written(t, then)).Compare(now)
	if p == nil || len(list) > 0 {
		t.Fatal(list)
	}
	return p
}

// anyRecord draws a record that answers much of what a model asks, with evidence of every kind of some age.
func anyRecord(t *rapid.T, m *score.Model, kinds []string) string {
	var b strings.Builder
	if len(m.Stages) > 0 {
		fmt.Fprintf(&b, "stage: %s\n", rapid.SampledFrom(m.Stages).Draw(t, "stage"))
	}
	b.WriteString("version: \"1\"\nprice: {amount: 70000, currency: GBP, vat: excluded}\nfacts: {")
	for _, name := range m.FactNames() {
		f := m.Fact(name)
		values := map[string][]string{"yes-no": {"yes", "no"}, "choice": f.Of, "integer": {"3", "40"}, "number": {"2.5"}, "date": {"2026-01-01"}, "text": {"told"}}
		if rapid.IntRange(0, 4).Draw(t, "stated") > 0 {
			fmt.Fprintf(&b, "%s: {value: %q, evidence: [e-0, e-1]}, ", name, rapid.SampledFrom(values[f.Type]).Draw(t, name))
		}
	}
	b.WriteString("}\nevidence:\n")
	var items []string
	for i, kind := range slices.Concat(kinds[:min(len(kinds), 1)], kinds) {
		dated := rapid.SampledFrom([]string{"2026-10-01", "2026-02-01", "2025-03-01", "2027-02-01"}).Draw(t, "dated")
		checked := rapid.SampledFrom([]string{"", ", checked: {by: reader, date: 2026-11-02}", ", checked: {by: reader, date: 2027-03-01}", ", valid_until: 2027-01-01"}).Draw(t, "checked")
		fmt.Fprintf(&b, "  - {id: e-%d, kind: %s, title: E, dated: %s, independent: %s%s}\n", i, kind, dated, rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "independent"), checked)
		items = append(items, fmt.Sprintf("e-%d", i))
	}
	b.WriteString("answers:\n  other/question: 1\n")
	for i := range m.Nodes {
		if text := anyAnswer(t, &m.Nodes[i], strings.Join(items, ", ")); text != "" {
			fmt.Fprintf(&b, "  %s: %s\n", m.Nodes[i].Name, text)
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "evidence:\nanswers", "answers"), "evidence: [e-0, e-1]", "evidence: ["+strings.Join(items[:min(len(items), 2)], ", ")+"]")
}

// anyAnswer draws an answer; "" is none.
func anyAnswer(t *rapid.T, n *score.Node, items string) string {
	if n.IsRule() || n.Scale == nil && n.Measure == nil {
		return ""
	}
	cited := rapid.SampledFrom([]string{items, items, strings.Split(items, ",")[0], ""}).Draw(t, "cited")
	switch draw := rapid.IntRange(0, 9).Draw(t, "answer"); {
	case draw == 0:
		return ""
	case draw == 1:
		return "{na: for no reason}"
	case n.Scale == nil:
		worst, best := n.Measure.Ends()
		return fmt.Sprintf("{value: %s, evidence: [%s]}", rapid.SampledFrom([]string{worst.String(), best.String()}).Draw(t, n.Name), cited)
	case draw == 2:
		return fmt.Sprintf("{level: [%s, %s], evidence: [%s]}", n.Scale.Levels[0].Value, n.Scale.Levels[1].Value, cited)
	}
	return fmt.Sprintf("{level: %s, evidence: [%s]}", rapid.SampledFrom(n.Scale.Levels).Draw(t, n.Name).Value, cited)
}

// kindsOf are the kinds of evidence that a model asks for.
func kindsOf(m *score.Model) []string {
	var kinds []string
	for i := range m.Nodes {
		for _, e := range m.Nodes[i].Rubric.Kinds {
			kinds = append(kinds, e.Key)
		}
	}
	return kinds
}
