package report

import "github.com/touchstone-health/touchstone/pkg/lint"

// RulesKind is what the rules of lint for machines say that they are.
const RulesKind = "rules/v1"

// The rules of lint for machines.
type (
	// RulesData is a list of rules.
	RulesData struct {
		Touchstone string     `json:"touchstone"`
		Rules      []RuleData `json:"rules"`
	}
	// RuleData is one rule. Says is what lint says of Bad, as a terminal shows it.
	RuleData struct {
		ID        string     `json:"id"`
		Severity  string     `json:"severity"`
		Form      bool       `json:"form"`
		Allowable bool       `json:"allowable"`
		Summary   string     `json:"summary"`
		Why       string     `json:"why"`
		Ground    GroundData `json:"ground"`
		Kind      string     `json:"kind"`
		Bad       string     `json:"bad"`
		Says      string     `json:"says"`
		Good      string     `json:"good"`
	}
	// GroundData is where a rule comes from: law, measurement, complaint or language.
	GroundData struct {
		Kind string `json:"kind"`
		Text string `json:"text"`
	}
)

func rulesData(rules []lint.Rule) RulesData {
	d := RulesData{Touchstone: RulesKind, Rules: make([]RuleData, len(rules))}
	for i, r := range rules {
		d.Rules[i] = RuleData{
			ID: r.ID, Severity: r.Severity.String(), Form: r.Form, Allowable: r.Allowable(), Summary: r.Summary, Why: r.Why,
			Ground: GroundData{r.Ground.Kind, r.Ground.Text}, Kind: r.Kind, Bad: r.Bad, Says: r.Says(), Good: r.Good,
		}
	}
	return d
}
