package report

import (
	"fmt"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
)

// Rules lists the rules of lint, a group after the other.
func Rules(groups []lint.Group) Page {
	var all []lint.Rule
	var p Page
	for _, g := range groups {
		s := Section{
			ID: g.ID, Title: groupWords[g.ID].title, Note: groupWords[g.ID].note,
			Columns: []Column{{Title: "Rule"}, {Title: "Severity"}, {Title: "What is wrong", Share: 1}},
		}
		for _, r := range g.Rules {
			s.Rows = append(s.Rows, cells(r.ID, r.Severity.String(), r.Summary))
		}
		p.add(s)
		all = append(all, g.Rules...)
	}
	p.Title = diag.Plural(len(all), "rule")
	p.Lines = []string{"touchstone explain RULE says why each is there, with an example."}
	p.Data = func() any { return rulesData(all) }
	return p
}

var groupWords = map[string]struct{ title, note string }{
	"form":       {"Form", "Without these a file cannot be read, or means nothing. No setting changes them, and no file can allow what they find."},
	"locks":      {"Locks", "About what was published. No setting changes them, and no file can allow what they find."},
	"rubrics":    {"Rubrics", "Advice on a rubric that compiles, and on the cases for it."},
	"records":    {"Records", "Advice on what is said of an innovation."},
	"references": {"References", "Advice on outside sources."},
	"allowances": {"Allowances", "About what files allow with `allow`. What these find cannot be allowed itself."},
}

// ExplainedRules tells of rules one by one: what is wrong, why, where the rule comes from, an example with what lint says
// of it and one in which nothing is wrong, and what can be done where it is right all the same.
func ExplainedRules(rules []lint.Rule) Page {
	p := Page{Data: func() any { return rulesData(rules) }}
	for _, r := range rules {
		p.Sections = append(p.Sections, explained(r))
	}
	return p
}

func explained(r lint.Rule) Section {
	part := "Part of a file"
	if r.Whole() {
		part = "A whole file"
	}
	blocks := []Block{
		{Lead: capital(r.Severity.String()), Text: r.Summary + "."},
		{Lead: "Why", Text: r.Why},
		{Lead: "It rests on", Text: groundOf(r.Ground)},
		{Text: part + " that has it:"},
		{Code: r.Bad},
	}
	if r.By == "" {
		blocks = append(blocks, Block{Text: "What `touchstone lint` says of it:"}, Block{Code: r.Says()})
	} else {
		blocks = append(blocks, Block{Text: "It is found by " + r.By + "."})
	}
	blocks = append(blocks, Block{Text: "The same without it:"}, Block{Code: r.Good})
	return Section{ID: r.ID, Title: r.ID, Blocks: append(blocks, wayOut(r)...)}
}

// groundOf says where a rule comes from.
func groundOf(g lint.Ground) string {
	kinds := map[string]string{"law": "the law. ", "measurement": "a measurement. ", "complaint": "a complaint. "}
	if kind := kinds[g.Kind]; kind != "" {
		return kind + g.Text
	}
	return "the language itself. A file that breaks the rule cannot be read, or means something else than its author thinks."
}

// wayOut says what can be done about a finding where what it finds is right all the same.
func wayOut(r lint.Rule) []Block {
	if r.Form {
		return []Block{{Text: fmt.Sprintf("It is always %s: no setting changes it, and `allow` does not cover it.", a(r.Severity))}}
	}
	var blocks []Block
	if r.Allowable() {
		blocks = append(blocks,
			Block{Text: "Where what it finds is right all the same, say so in the criterion, gate, answer or file that it is about, with the reason. `until: 2027-06-30` beside them is the last day on which that holds."},
			Block{Code: "allow: [{rule: " + r.ID + ", because: …}]\n"})
	} else {
		blocks = append(blocks, Block{Text: "`allow` does not cover it."})
	}
	return append(blocks,
		Block{Text: "How much it matters in all files of a project (off, note, warning or error) is set in `.touchstone.yaml`:"},
		Block{Code: "severity: {" + r.ID + ": off}\n"})
}

// a is a severity with its article.
func a(s diag.Severity) string {
	if s == diag.Error {
		return "an error"
	}
	return "a " + s.String()
}
