package main

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/report"
)

func newExplain(p process) *cobra.Command {
	c := &cobra.Command{
		Use:   "explain [RULE...]",
		Short: "Say why a rule of lint is there, with an example, or list all rules",
		Long: "Explain tells of the rules whose names stand in brackets behind what is wrong: what is wrong, why that matters, where\n" +
			"the rule comes from, an example with the fault and one without, and what to do where it is right all the same.\n" +
			"Without RULE it lists all rules.",
		Example:           "  touchstone explain\n  touchstone explain gate-on-claim\n  touchstone explain yaml-tag polarity -o markdown",
		ValidArgsFunction: completeRules,
		RunE: p.with(func(s *session, args []string) error {
			if len(args) == 0 {
				return s.page(report.Rules(lint.Groups()))
			}
			rules, err := namedRules(args)
			if err != nil {
				return err
			}
			return s.page(report.ExplainedRules(rules))
		}),
	}
	addPageFlags(c, dataFormats)
	return c
}

// namedRules are those with the ids. The error names every id that is none.
func namedRules(ids []string) (rules []lint.Rule, unknown error) {
	for _, id := range ids {
		r, known := lint.Named(id)
		if !known {
			hint := cmp.Or(diag.DidYouMean(id, lint.IDs()), "`touchstone explain` lists the rules")
			unknown = errors.Join(unknown, usagef(hint, "there is no rule %q", id))
		}
		rules = append(rules, r)
	}
	return rules, unknown
}

// completeRules offers the rules that begin so and are not there yet, each with what it finds.
func completeRules(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var all []cobra.Completion
	for _, r := range lint.Rules() {
		if strings.HasPrefix(r.ID, begun) && !slices.Contains(args, r.ID) {
			all = append(all, cobra.CompletionWithDesc(r.ID, r.Summary))
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}
