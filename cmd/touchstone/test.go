package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

func newTest(p process) *cobra.Command {
	var only string
	var coverage bool
	var least minCoverage
	var told telling
	c := &cobra.Command{
		Use:   "test [PATH...]",
		Short: "Run the cases of rubrics, and say why each that fails does",
		Long: "Test runs the cases in the files named, and in folders those of every file that begins with\n" +
			"`touchstone: " + cases.Kind + "`; without a path, in the current folder. Each expectation that does not hold is shown\n" +
			"with its place, what was got, and why. It exits with 1 if a case fails.\n\n" +
			"With --coverage it lists, for each rubric that a case was run of, which levels, evidence rules, branches of `when`,\n" +
			"gates, flags and bands no case looks at. A case looks at what it expects by name, if all that it expects comes\n" +
			"true. With --run only the cases that are run count.\n\n" + onGitHub,
		Example: "  touchstone test\n  touchstone test rubrics --run 'without evidence'\n  touchstone test ours.cases.yaml --min-coverage 100\n" +
			"  touchstone test -o text -o junit=cases.xml",
		Args: cobra.ArbitraryArgs,
		RunE: p.with(func(s *session, args []string) error {
			return s.test(args, only, coverage || least.percent != nil, least, told)
		}),
	}
	c.Flags().BoolVar(&coverage, "coverage", false, "show what of each rubric the cases that pass look at, and what they do not")
	c.Flags().Var(&least, "min-coverage", "fail if the cases of a rubric cover less of it than this, from 0 to 100; implies --coverage")
	c.Flags().StringVar(&only, "run", "", "run only cases whose name matches this regular expression")
	addTelling(c, &told)
	return c
}

// test is the path of the data: load, choose, run, say.
func (s *session) test(paths []string, only string, coverage bool, least minCoverage, told telling) error {
	if err := told.parse(s); err != nil {
		return err
	}
	pattern, err := regexp.Compile(only)
	if err != nil {
		return usagef("quote a character such as ( with a backslash", "--run expects a regular expression, got %q", only)
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	suites, problems, err := s.suites(paths)
	if err != nil {
		return err
	}
	runs, covered := runCases(suites, pattern, coverage)
	f := report.NewTests(version(), names(suites), problems, runs, s.store.Sources())
	if only != "" && len(runs) == 0 && !problems.HasErrors() {
		return usagef("`--run` is matched against the `name:` of each case", "no case has a name that matches %q", only)
	}
	if coverage {
		f.Coverage, f.CoveragePage = covered, report.Coverage(covered, least.percent)
	}
	if err := told.write(s, f); err != nil {
		return err
	}
	return s.verdict(f.Tally().Failed == 0 && !least.missed(covered), problems)
}

// verdict tells what is wrong with the files, and whether the answer is yes.
func (s *session) verdict(yes bool, problems diag.List) error {
	if !problems.HasErrors() {
		if err := diag.WriteText(s.err, problems, s.store.Sources()); err != nil {
			return err
		}
	}
	err := invalid(problems, s.store.Sources())
	if !yes {
		return errors.Join(errNo, err)
	}
	return err
}

// suite is one file of cases; none is bound if anything in the file or its rubric is wrong.
type suite struct {
	name  string // as places have it
	file  *cases.File
	bound []cases.Bound
}

// suites opens the files of cases. A file that is named must be one; in a folder, others are passed over.
func (s *session) suites(paths []string) ([]suite, diag.List, error) {
	found, err := lint.Find(paths)
	if err != nil {
		return nil, nil, usagef("", "%s", err.Error())
	}
	s.store.Ahead(found)
	var all []suite
	var problems diag.List
	opened := map[string]bool{}
	for _, name := range found {
		if opened[filepath.Clean(name)] {
			continue
		}
		opened[filepath.Clean(name)] = true
		node, list := s.store.Open(name)
		if !slices.Contains(paths, name) && !s.holds(cases.Kind, name, node, list) {
			continue
		}
		one, list := s.suite(node, list)
		one.name = source.Shown(name)
		all, problems = append(all, one), append(problems, list...)
	}
	if len(all) == 0 {
		return nil, nil, usagef("name a file of cases, or a folder that holds some", "no file below %s begins with `touchstone: %s`", strings.Join(paths, ", "), cases.Kind)
	}
	return all, problems, nil
}

// holds reports whether a file that lies in a folder is of the kind that a command is for. One that does not parse is, if
// it looks like it: a case must not be left out because of a slip in its file.
func (s *session) holds(wanted, name string, node *source.Node, list diag.List) bool {
	if node != nil {
		kind := node.Get(source.Header)
		return kind != nil && kind.Text == wanted
	}
	data, read := s.store.Sources()[filepath.ToSlash(filepath.Clean(name))]
	return !read && len(list) > 0 || bytes.Contains(data, []byte(wanted))
}

// suite reads the cases of a file. list is what was wrong with it when it was opened.
func (s *session) suite(node *source.Node, list diag.List) (suite, diag.List) {
	f, structure := cases.Parse(node)
	list = append(list, structure...)
	if f == nil {
		return suite{}, list
	}
	bound, more := f.Bind(s.library)
	if list = append(list, more...); list.HasErrors() {
		bound = nil
	}
	return suite{file: f, bound: bound}, list
}

func names(suites []suite) []string {
	var all []string
	for _, s := range suites {
		all = append(all, s.name)
	}
	return all
}

// runCases runs the cases whose names match, and counts what they exercise of each rubric if that is wanted.
func runCases(suites []suite, pattern *regexp.Regexp, coverage bool) ([]report.CaseRun, []*cases.Coverage) {
	var runs []report.CaseRun
	covered := []*cases.Coverage{}
	for _, s := range suites {
		for i := range s.bound {
			if !pattern.MatchString(s.bound[i].Case.Name) {
				continue
			}
			run := s.bound[i].Run
			if coverage {
				var c *cases.Coverage
				c, covered = coverageOf(s.bound[i].Model(), covered)
				run = func() []cases.Failure { return c.Cover(&s.bound[i]) }
			}
			runs = append(runs, report.RunOf(s.bound[i].Case, run()))
		}
		if s.file != nil && s.bound == nil {
			for i := range s.file.Cases {
				if pattern.MatchString(s.file.Cases[i].Name) {
					runs = append(runs, report.NoRunOf(&s.file.Cases[i]))
				}
			}
		}
	}
	return runs, covered
}

// coverageOf finds the coverage of a rubric, of which several files may hold cases, or begins it.
func coverageOf(m *score.Model, all []*cases.Coverage) (*cases.Coverage, []*cases.Coverage) {
	for _, c := range all {
		if c.Model == m {
			return c, all
		}
	}
	c := cases.NewCoverage(m)
	return c, append(all, c)
}
