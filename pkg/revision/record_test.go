package revision_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// anyRecord answers most of what a model asks, by values and full names, with evidence of every kind.
func anyRecord(t *rapid.T, m *score.Model) *innovation.Innovation {
	var b strings.Builder
	fmt.Fprintf(&b, "touchstone: innovation/v1\nid: any\nfor: [%s]\nname: Any\nversion: \"1\"\n", m.Rubric.ID)
	if len(m.Stages) > 0 {
		fmt.Fprintf(&b, "stage: %s\n", rapid.SampledFrom(m.Stages).Draw(t, "stage"))
	}
	b.WriteString("price: {amount: 70000, currency: GBP, vat: excluded}\nfacts:\n")
	for _, name := range m.FactNames() {
		f := m.Fact(name)
		values := map[string][]string{"yes-no": {"yes", "no"}, "choice": f.Of, "integer": {"3", "40"}, "number": {"2.5"}, "date": {"2026-01-01"}, "text": {"told"}}
		if rapid.IntRange(0, 5).Draw(t, "stated") > 0 {
			fmt.Fprintf(&b, "  %s: {value: %s, evidence: [all]}\n", name, rapid.SampledFrom(values[f.Type]).Draw(t, name))
		}
	}
	b.WriteString("evidence:\n")
	var cited []string
	for _, kind := range kindsOf(m) {
		age := rapid.SampledFrom([]string{"2026-11-01", "2025-09-01", "2024-06-01"}).Draw(t, "dated")
		fmt.Fprintf(&b, "  - {id: e-%s, kind: %s, title: E, dated: %s, independent: %s, checked: {by: reader, date: 2026-11-02}, covers: {version: \"1\"}}\n", kind, kind, age, rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "independent"))
		cited = append(cited, "e-"+kind)
	}
	b.WriteString("answers:\n")
	all := strings.Join(cited, ", ")
	for i := range m.Nodes {
		n := &m.Nodes[i]
		if n.IsRule() || n.Scale == nil && n.Measure == nil {
			continue
		}
		switch answer := rapid.IntRange(0, 9).Draw(t, "answer"); {
		case answer == 0: // not answered
		case answer == 1 && n.Source.NA != nil && len(n.Source.NA.Reasons) > 0:
			fmt.Fprintf(&b, "  %s: {na: %q}\n", n.Name, n.Source.NA.Reasons[0])
		case answer == 2:
			fmt.Fprintf(&b, "  %s: {na: for no reason}\n", n.Name)
		case n.Scale != nil:
			level := rapid.SampledFrom(n.Scale.Levels).Draw(t, n.Name)
			fmt.Fprintf(&b, "  %s: {level: %s, evidence: [%s]}\n", n.Name, level.Value, all)
		default:
			worst, best := n.Measure.Ends()
			fmt.Fprintf(&b, "  %s: {value: %s, evidence: [%s]}\n", n.Name, rapid.SampledFrom([]string{worst.String(), best.String()}).Draw(t, n.Name), all)
		}
	}
	text := strings.ReplaceAll(b.String(), "evidence: [all]", "evidence: ["+all+"]")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "facts:\nevidence", "evidence"), "evidence:\nanswers", "answers")
	node, list := source.Read("any.yaml", []byte(text))
	inn, more := innovation.Parse(node)
	if list.HasErrors() || more.HasErrors() {
		t.Fatal(text, list, more)
	}
	return inn
}

// kindsOf are the kinds of evidence that the rubric itself or what it imports declares.
func kindsOf(m *score.Model) []string {
	var kinds []string
	for _, e := range m.Rubric.Kinds {
		kinds = append(kinds, e.Key)
	}
	return kinds
}
