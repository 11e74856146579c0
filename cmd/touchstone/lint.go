package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/config"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/source"
)

func newLint(p process) *cobra.Command {
	var strict bool
	var told telling
	c := &cobra.Command{
		Use:   "lint PATH...",
		Short: "Check files of every kind, and say what is wrong and where",
		Long: "Lint checks the files named, and in folders every YAML or JSON file of touchstone. Errors are what cannot be read,\n" +
			"found or compiled. Warnings and notes are advice: weights that cannot matter, gates that nobody can fail, levels that\n" +
			"two readers would take differently, evidence that nothing cites. All errors of all files are shown in one run, and advice on\n" +
			"every file without one.\n\n" +
			"A finding that is meant to be is allowed beside its subject: `allow: [{rule: RULE, because: …, until: 2027-01-01}]`.\n" +
			"`severity:` in " + config.ProjectFile + " says how much a rule matters: off, note, warning or error. It exits with 1 if there\n" +
			"is an error.\n\n" + onGitHub,
		Example: "  touchstone lint rubrics examples\n  touchstone lint proposal.yaml --strict\n" +
			"  touchstone lint rubrics -o text -o sarif=lint.sarif -o junit=lint.xml",
		Args: cobra.MinimumNArgs(1),
		RunE: p.with(func(s *session, args []string) error {
			return s.lint(args, strict, told)
		}),
	}
	c.Flags().String("rubric", "", "rubric to read records with: id, id@version or path (default: that of the record)")
	c.Flags().String("as-of", "", "day on which what has run out is judged, such as 2026-11-21 (default: today)")
	c.Flags().BoolVar(&strict, "strict", false, "count warnings as errors")
	addRubricPath(c)
	addTelling(c, &told)
	return c
}

func (s *session) lint(paths []string, strict bool, told telling) error {
	if err := told.parse(s); err != nil {
		return err
	}
	files, err := lint.Find(paths)
	if err != nil {
		return usagef("", "%s", err.Error())
	}
	if len(files) == 0 {
		fmt.Fprintf(s.err, "touchstone: note: no file below %s begins with `touchstone:`; nothing was checked\n", strings.Join(paths, ", "))
	}
	asOf, err := s.asOf()
	if err != nil {
		return err
	}
	if err := s.severities(); err != nil {
		return err
	}
	checker := lint.NewChecker(s.store, s.catalogue, s.library, lint.Options{Rubric: s.settings.Rubric, AsOf: asOf, Severity: s.settings.Severity, Folder: !slices.Equal(files, paths), Strict: strict})
	all := checker.Check(files)
	if err := told.write(s, report.NewFindings("lint", version(), shown(files), all, s.store.Sources())); err != nil {
		return err
	}
	switch {
	case slices.ContainsFunc(all, func(d diag.Diagnostic) bool { return d.Rule == source.Unopened }):
		return usagef("", "a file could not be opened")
	case all.HasErrors():
		return errNo
	}
	return nil
}

// severities holds the settings to rules that are there, and that advise: what cannot be read is always an error.
func (s *session) severities() error {
	var wrong []error
	for _, id := range slices.Sorted(maps.Keys(s.settings.Severity)) {
		switch rule, known := lint.Named(id); {
		case !known:
			wrong = append(wrong, usagef(diag.DidYouMean(id, lint.IDs()), "severity: there is no rule %q (%s)", id, s.settings.Origin("severity")))
		case rule.Form:
			wrong = append(wrong, usagef("take it out", "severity: %q is always an error (%s)", id, s.settings.Origin("severity")))
		}
	}
	return errors.Join(wrong...)
}
