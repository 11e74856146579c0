package lint

import (
	"slices"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Rule is one thing that is looked for in files, with the reason for it.
type Rule struct {
	ID       string // kebab-case, stable
	Severity diag.Severity
	// Form rules are about what can be read and compiled. They are errors, but for one that is a note: the settings do not
	// change them, and `allow` does not cover them.
	Form bool

	// By names what finds it, if `touchstone lint` alone cannot: another command, which sees more than one file at a time.
	By string

	Summary string // what is wrong, in one line
	Why     string // what comes of it
	Ground  Ground
	// Bad and Good are examples, one with the fault and one without, in lines of at most 64 columns where a line can be
	// broken. Each is part of a file: [Example] makes it whole.
	Bad, Good string
	// Kind is what the examples are part of, such as [rubric.Kind]; "any" if they are whole files.
	Kind string

	rubric    func(v *rubricView)
	record    func(v *recordView)
	reference func(v *referenceView)
}

// Ground is where a rule comes from.
type Ground struct {
	Kind string // law, measurement, complaint or language
	Text string // which law, what was measured, who complained; "" for the language itself
}

// law is a ground in a statute or a court's decision.
func law(text string) Ground { return Ground{"law", text} }

// measurement is a ground in something that was counted or computed.
func measurement(text string) Ground { return Ground{"measurement", text} }

// complaint is a ground in what people who use such forms, or are scored by them, say about them.
func complaint(text string) Ground { return Ground{"complaint", text} }

// language is the ground of rules without which a file cannot be read or means nothing.
var language = Ground{Kind: "language"}

// Allowable reports whether a file can allow what the rule finds.
func (r Rule) Allowable() bool {
	return !r.Form && !slices.Contains([]string{ruleUnused, ruleExpired, ruleNoRule}, r.ID)
}

// Group is rules about one thing.
type Group struct {
	ID    string // form, locks, rubrics, records, references or allowances
	Rules []Rule
}

// Groups are all rules by what they are about, those of form first.
func Groups() []Group {
	groups := slices.Clone(groups())
	for i := range groups {
		groups[i].Rules = slices.Clone(groups[i].Rules)
	}
	return groups
}

// groups are made at first use, so that commands that check nothing do not pay for them.
var groups = sync.OnceValue(func() []Group {
	all := []Group{
		{"form", formRules()},
		{"locks", lockRules()},
		{"rubrics", rubricRules()},
		{"records", recordRules()},
		{"references", referenceRules()},
		{"allowances", allowanceRules()},
	}
	for _, g := range all {
		for i := range g.Rules {
			r := &g.Rules[i]
			r.Bad, r.Good = folded(r.Bad), folded(r.Good)
		}
	}
	return all
})

// Rules are all rules, those of form first.
func Rules() []Rule { return slices.Clone(rules()) }

var rules = sync.OnceValue(func() []Rule {
	var all []Rule
	for _, g := range groups() {
		all = append(all, g.Rules...)
	}
	return all
})

// Named finds a rule by its id.
func Named(id string) (Rule, bool) {
	all := rules()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return all[i], true
}

// IDs are the ids of all rules, in their order.
func IDs() []string {
	var ids []string
	for _, r := range rules() {
		ids = append(ids, r.ID)
	}
	return ids
}
