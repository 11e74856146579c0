package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
)

// FindingsKind is what findings in a file say that they are.
const FindingsKind = "findings/v1"

// Findings is what a check of files came to: everything that is said of it, in whatever format.
type Findings struct {
	Command string // that checked: lint or test
	Tool    string // the program's version
	// Files are those that were checked, as places name them: sorted, each once.
	Files []string
	// List is all that was found, in order of place, each once. The failures of cases are among it.
	List []Finding
	// Rules are those that List names, in order of their ids.
	Rules []RuleText
	// Cases are those that were chosen, in the order in which they were run; nil if cases were not run at all.
	Cases []CaseRun
	// Coverage is what the cases look at, and CoveragePage the same for people; nil and empty if it was not asked for.
	Coverage     []*cases.Coverage
	CoveragePage Page
	// Sources are the files, for the lines to show.
	Sources diag.Sources
}

// Finding is one thing that was found.
type Finding struct {
	diag.Diagnostic
	// File is that of the place, by the name that a runner knows it by; see [Findings.From].
	File string
	// Fingerprint stays the same from run to run; see [diag.List.Fingerprints].
	Fingerprint string
	// Failure is the expectation that does not hold, if it is one.
	Failure *CaseFailure
}

// NewFindings says what a check found in files. Problems may be in any order, and repeated.
func NewFindings(command, tool string, files []string, problems diag.List, sources diag.Sources) *Findings {
	f := &Findings{Command: command, Tool: tool, Files: each(files), Sources: sources}
	f.found(problems)
	return f
}

// NewTests says what a run of cases came to. Problems are those of the files; the failures are in the runs.
func NewTests(tool string, files []string, problems diag.List, runs []CaseRun, sources diag.Sources) *Findings {
	f := &Findings{Command: "test", Tool: tool, Files: each(files), Cases: append([]CaseRun{}, runs...), Sources: sources}
	f.found(problems)
	return f
}

func each(files []string) []string { return slices.Compact(slices.Sorted(slices.Values(files))) }

// found orders problems and failures, and names them.
func (f *Findings) found(problems diag.List) {
	failures := map[diag.Diagnostic]*CaseFailure{}
	list := slices.Clone(problems)
	for i := range f.Cases {
		for j := range f.Cases[i].Failures {
			failure := &f.Cases[i].Failures[j]
			d := failure.diagnostic()
			failures[d] = failure
			list.Add(d)
		}
	}
	list = list.Sorted()
	names := list.Fingerprints(f.Sources)
	f.List = make([]Finding, len(list))
	for i, d := range list {
		f.List[i] = Finding{Diagnostic: d, File: d.Place.File, Fingerprint: names[i], Failure: failures[d]}
	}
	f.Rules = ruleTexts(list)
}

// From names files from the root of a repository, as runners and editors do. folder is the one in it that was worked in,
// with slashes, and root the whole path of the repository: what is named by its whole path is named from there too.
func (f *Findings) From(root, folder string) {
	for i := range f.List {
		one := &f.List[i]
		inside, found := strings.CutPrefix(one.Place.File, root+"/")
		switch {
		case found:
			one.File = inside
		case f.isPath(one.Place.File):
			one.File = path.Join(folder, one.Place.File)
		}
	}
}

// isPath reports whether a name is one of a file that lies below the folder that was worked in, or beside it.
func (f *Findings) isPath(name string) bool {
	_, read := f.Sources[name]
	return (read || slices.Contains(f.Files, name)) && !path.IsAbs(name) && !strings.HasPrefix(name, "<") && !strings.Contains(name, ":")
}

// Diagnostics are the findings without what only machines want.
func (f *Findings) Diagnostics() diag.List {
	list := make(diag.List, len(f.List))
	for i := range f.List {
		list[i] = f.List[i].Diagnostic
	}
	return list
}

// Lines are what a finding says, the first complete by itself: what was found, the next step, and of a case why it came to
// what it got.
func (f *Finding) Lines() []string {
	lines := []string{f.Message}
	if f.Hint != "" {
		lines = append(lines, "hint: "+f.Hint)
	}
	if f.Failure != nil {
		lines = append(lines, f.Failure.Reasons()...)
	}
	return lines
}

// CaseRun is a case that was chosen.
type CaseRun struct {
	Place    diag.Place // where the case begins
	Name     string
	Outcome  Outcome
	Failures []CaseFailure // in the order of the file
}

// Outcome is what became of a case.
type Outcome string

// Outcomes. A case is not run if anything is wrong with its file or its rubric.
const (
	Passed Outcome = "passed"
	Failed Outcome = "failed"
	NotRun Outcome = "not-run"
)

// RunOf is the run of a case that was run.
func RunOf(c *cases.Case, failures []cases.Failure) CaseRun {
	run := CaseRun{Place: c.Place(), Name: c.Name, Outcome: Passed}
	for _, f := range failures {
		run.Failures = append(run.Failures, Failure(f))
		run.Outcome = Failed
	}
	return run
}

// NoRunOf stands for a case that was not run.
func NoRunOf(c *cases.Case) CaseRun { return CaseRun{Place: c.Place(), Name: c.Name, Outcome: NotRun} }

// ruleFails is the rule of expectations that do not hold.
const ruleFails = "case-fails"

func (f *CaseFailure) diagnostic() diag.Diagnostic {
	return diag.Diagnostic{Rule: ruleFails, Place: f.Place, Message: fmt.Sprintf("\"%s\": %s: %s", f.Case, f.What, f.Text)}
}

// Reasons are why a case came to what it got, and where its expected figures come from.
func (f *CaseFailure) Reasons() []string {
	var lines []string
	lead := "why: "
	for _, line := range f.Why {
		lines = append(lines, lead+line)
		lead = strings.Repeat(" ", len(lead))
	}
	if f.Cite != "" {
		lines = append(lines, "cites: "+f.Cite)
	}
	return lines
}

// Tally counts cases.
type Tally struct{ Files, Passed, Failed, NotRun int }

// Tally counts the cases that were chosen, and the files that they are in.
func (f *Findings) Tally() Tally {
	var t Tally
	files := map[string]bool{}
	for i := range f.Cases {
		files[f.Cases[i].Place.File] = true
		switch f.Cases[i].Outcome {
		case Passed:
			t.Passed++
		case Failed:
			t.Failed++
		case NotRun:
			t.NotRun++
		}
	}
	t.Files = len(files)
	return t
}

// Total is how many cases there are.
func (t Tally) Total() int { return t.Passed + t.Failed + t.NotRun }

// String writes a tally for people: `3 cases in 1 file: 2 passed, 1 failed`.
func (t Tally) String() string {
	text := fmt.Sprintf("%s in %s: %d passed, %d failed", diag.Plural(t.Total(), "case"), diag.Plural(t.Files, "file"), t.Passed, t.Failed)
	if t.NotRun > 0 {
		text += fmt.Sprintf(", %d not run", t.NotRun)
	}
	return text
}
