package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// wanted is what an evidence rule asks for, before any day of scoring.
func (s statement) wanted(r *rubric.EvidenceRule) string {
	return s.c.evidence(r, "", "the version on offer")
}

// kinds are the kinds of evidence that anything asks for, and what each is.
func (s statement) kinds() Section {
	sec := Section{
		ID: "kinds", Title: "Kinds of evidence",
		Columns: []Column{{Title: "Kind", Share: 3}, {Title: "What it is", Share: 4}, {Title: "Wanted in", Share: 3}},
	}
	var ids []string
	in := map[string][]string{}
	note := func(rules []*rubric.EvidenceRule, where string) {
		for _, r := range rules {
			for _, kind := range r.Kinds {
				ids = appendNew(ids, []string{kind})
				in[kind] = appendNew(in[kind], []string{where})
			}
		}
	}
	for _, name := range s.m.FactNames() {
		note(s.m.FactRules(name), quote(cmp.Or(s.m.Fact(name).Ask, name)))
	}
	for i := range s.m.Nodes {
		note(s.m.Nodes[i].EvidenceRules(), s.called(i))
	}
	for _, id := range ids {
		k := s.m.Kind(id)
		what := k.Note
		if k.Expires == "yes" {
			what = strings.TrimSpace(sentence(what) + " It goes out of date.")
		}
		row := cells(s.m.KindTitle(id), what, strings.Join(in[id], ", "))
		row[0].Code = id
		sec.Rows = append(sec.Rows, row)
	}
	return sec
}

// facts are the questions that decide what applies, or that are shown beside the answers.
func (s statement) facts() Section {
	sec := Section{
		ID: "facts", Title: "Questions of fact",
		Columns: []Column{{Title: "Question", Share: 4}, {Title: "Answer", Share: 3}, {Title: "What it decides", Share: 5}},
	}
	shown := slices.ContainsFunc(s.m.FactNames(), func(name string) bool { return len(s.m.FactRules(name)) > 0 })
	if shown {
		sec.Columns = append(sec.Columns, Column{Title: "To be shown", Share: 3})
	}
	add := func(texts ...string) {
		if shown {
			texts = append(texts, "")[:len(sec.Columns)]
		}
		sec.Rows = append(sec.Rows, cells(texts...))
	}
	if len(s.m.Stages) > 0 {
		add(stageQuestion, strings.Join(s.m.Stages, ", "), "What is expected already.")
	}
	for _, name := range s.m.FactNames() {
		f := s.m.Fact(name)
		var wanted []string
		for _, r := range s.m.FactRules(name) {
			wanted = append(wanted, sentence(capital(s.wanted(r))))
		}
		texts := []string{cmp.Or(f.Ask, name), choicesOf(f), s.decides(name)}
		if shown {
			texts = append(texts, strings.Join(wanted, " "))
		}
		add(texts...)
	}
	return sec
}

const stageQuestion = "Which stage has it come to?"

// choicesOf are what a fact can be answered with.
func choicesOf(f *rubric.Fact) string {
	switch f.Type {
	case "yes-no":
		return "yes, no"
	case "choice":
		return strings.Join(f.Of, ", ")
	case "integer":
		return "a whole number"
	case "number":
		return "a number"
	case "date":
		return "a day"
	}
	return "in words"
}

// decides names what hangs on a fact.
func (s statement) decides(name string) string {
	var parts []string
	named := func(what string, titles []string) {
		if len(titles) > 0 {
			parts = append(parts, what+strings.Join(titles, ", "))
		}
	}
	reads := func(e *expr.Expr) bool { return e != nil && readsFact(e, name) }
	var applies, follows, gates, signs []string
	for i := range s.m.Nodes {
		n := &s.m.Nodes[i]
		switch {
		case reads(n.When()):
			applies = append(applies, n.Title)
		case n.IsRule() && slices.Contains(n.Facts(), name):
			follows = append(follows, n.Title)
		}
	}
	for i := range s.m.Gates {
		if slices.Contains(s.m.Gates[i].Facts(), name) {
			gates = append(gates, s.m.Gates[i].Title)
		}
	}
	for i := range s.m.Flags {
		if slices.Contains(s.m.Flags[i].Facts(), name) {
			signs = append(signs, s.m.Flags[i].Title)
		}
	}
	named("whether these apply: ", applies)
	named("the answer to: ", follows)
	named("what these gates come to: ", gates)
	named("whether these signs are raised: ", signs)
	if len(parts) == 0 {
		return "Nothing: it is shown beside the result."
	}
	return sentence(capital(strings.Join(parts, "; ")))
}

func readsFact(e *expr.Expr, name string) bool {
	found := false
	e.Tests(func(t *expr.Test, _ bool) { found = found || t.Read == "facts" && t.Name == name })
	return found
}
