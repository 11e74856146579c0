package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
)

// RuleText is what there is to say about a rule, beside its findings. No text is empty.
type RuleText struct {
	ID       string
	Severity diag.Severity // as it is without settings
	Summary  string        // what is wrong, in one line
	Why      string        // what comes of it
	Ground   string        // where it comes from: `a law: Procurement Act 2023, …`
}

// ruleTexts are the texts of the rules that a list names, in order of their ids.
func ruleTexts(list diag.List) []RuleText {
	var all []RuleText
	for _, d := range list {
		if !slices.ContainsFunc(all, func(r RuleText) bool { return r.ID == d.Rule }) {
			all = append(all, ruleText(d.Rule))
		}
	}
	slices.SortFunc(all, func(a, b RuleText) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// ruleText finds the texts of a rule. One that has none is about form: its findings are errors, and say it all.
func ruleText(id string) RuleText {
	rule, _ := lint.Named(id)
	ground := "the language: what a file may say, and how."
	if rule.Ground.Text != "" {
		ground = fmt.Sprintf("a %s: %s", rule.Ground.Kind, rule.Ground.Text)
	}
	return RuleText{
		ID: id, Severity: rule.Severity, Ground: ground,
		Summary: cmp.Or(rule.Summary, strings.ReplaceAll(id, "-", " ")),
		Why:     cmp.Or(rule.Why, "A file like this cannot be read, or does not mean what it says."),
	}
}
