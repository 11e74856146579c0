package main

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/pkg/text"
)

func newLock(p process) *cobra.Command {
	var check bool
	c := &cobra.Command{
		Use:   "lock [PATH...]",
		Short: "Remember what published rubrics came to, so that a later change is noticed",
		Long: "Lock writes down what each published rubric in the files and folders named came to, in " + lock.FileName + " beside\n" +
			"it; without a path, in the current folder. From then on every command refuses a rubric that is listed there and\n" +
			"differs: a change is published as a new version. Drafts are left out. A version that is listed stays listed.",
		Example: "  touchstone lock\n  touchstone lock our-rubrics --check",
		Args:    cobra.ArbitraryArgs,
		RunE: p.with(func(s *session, args []string) error {
			return s.lock(args, check)
		}),
	}
	c.Flags().BoolVar(&check, "check", false, "write nothing, and exit with 1 if a published rubric is not listed or differs")
	addRubricPath(c)
	return c
}

// lock writes the locks of all folders, or none if anything is refused.
func (s *session) lock(paths []string, check bool) error {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if slices.Contains(paths, source.Stdin) {
		return usagef("save the rubric to a file, and name that", "standard input lies in no folder that could remember it")
	}
	folders, list, err := s.lockable(paths)
	if err != nil {
		return err
	}
	additions := make([]lock.Addition, len(folders))
	for i, f := range folders {
		additions[i] = f.lock.Add(f.published)
		list = append(list, additions[i].Refused...)
		for _, r := range additions[i].Added {
			if check {
				list.Add(lock.Missing(r))
			}
		}
	}
	if slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && !lock.IsRefusal(d) }) {
		return invalid(list, s.store.Sources())
	}
	if err := diag.WriteText(s.err, list, s.store.Sources()); err != nil {
		return err
	}
	if list.HasErrors() {
		if !check {
			fmt.Fprintln(s.err, "touchstone: nothing was locked")
		}
		return errNo
	}
	return s.writeLocks(folders, additions)
}

// writeLocks writes the locks to which something was added, and says what became of each.
func (s *session) writeLocks(folders []*lockFolder, additions []lock.Addition) error {
	for i, f := range folders {
		if len(additions[i].Added) > 0 {
			if err := replaceFile(f.file, additions[i].Lock.Bytes()); err != nil {
				return err
			}
		}
		fmt.Fprintln(s.err, text.Visible(lockLine(f, additions[i])))
	}
	return nil
}

// lockFolder is a folder of rubrics with its lock.
type lockFolder struct {
	file      string // the lock
	lock      *lock.Lock
	published []*score.Model
	drafts    int // files
}

// lockable opens the rubrics in the files and folders named, by the folder that each lies in.
func (s *session) lockable(paths []string) ([]*lockFolder, diag.List, error) {
	found, err := lint.Find(paths)
	if err != nil {
		return nil, nil, usagef("", "%s", err.Error())
	}
	var all []*lockFolder
	var problems diag.List
	opened := map[string]bool{}
	for _, name := range found {
		if opened[filepath.Clean(name)] {
			continue
		}
		opened[filepath.Clean(name)] = true
		node, list := s.store.Open(name)
		if !slices.Contains(paths, name) && !s.holds(rubric.Kind, name, node, list) {
			continue
		}
		r, structure := rubric.Parse(node)
		if r == nil {
			problems = append(problems, append(list, structure...)...)
			continue
		}
		var f *lockFolder
		all, f, list = s.lockFolder(all, path.Dir(r.Place().File))
		problems = append(problems, list...)
		problems = append(problems, s.lockOne(f, r)...)
	}
	if len(all) == 0 && len(problems) == 0 {
		return nil, nil, usagef("name a rubric, or a folder that holds some", "no file below %s begins with `touchstone: %s`", strings.Join(paths, ", "), rubric.Kind)
	}
	return all, problems, nil
}

// lockFolder finds a folder among those that were met, or adds it.
func (s *session) lockFolder(all []*lockFolder, folder string) ([]*lockFolder, *lockFolder, diag.List) {
	file := path.Join(folder, lock.FileName)
	if i := slices.IndexFunc(all, func(f *lockFolder) bool { return f.file == file }); i >= 0 {
		return all, all[i], nil
	}
	remembered, list := s.library.Lock(folder)
	if remembered == nil {
		remembered = &lock.Lock{}
	}
	f := &lockFolder{file: file, lock: remembered}
	return append(all, f), f, list
}

// lockOne opens a published rubric, and holds it to the lock if that lists it. A draft is nobody's business, unless it
// has the name of what was published.
func (s *session) lockOne(f *lockFolder, r *rubric.Rubric) diag.List {
	if !r.Published() && !r.Broken("status") && f.lock.Find(r.Edition()) == nil {
		f.drafts++
		return nil
	}
	name := r.Place().File
	if !rubric.IsPath(name) { // else it would be looked for by its id
		name = "./" + name
	}
	m, list := s.library.Model(name, diag.Place{File: name})
	if m != nil {
		f.published = append(f.published, m)
	}
	return list
}

// lockLine says what became of a folder: `rubrics.lock.yaml: 2 added, 5 unchanged; 1 draft left out`.
func lockLine(f *lockFolder, a lock.Addition) string {
	var counts []string
	if len(a.Added) > 0 {
		counts = append(counts, fmt.Sprintf("%d added", len(a.Added)))
	}
	if a.Unchanged > 0 {
		counts = append(counts, fmt.Sprintf("%d unchanged", a.Unchanged))
	}
	line, drafts := f.file+": "+strings.Join(counts, ", "), diag.Plural(f.drafts, "draft")
	switch {
	case len(counts) == 0:
		return line + "nothing to lock; " + drafts + " left out (`status: published` publishes it)"
	case f.drafts > 0:
		return line + "; " + drafts + " left out"
	}
	return line
}
