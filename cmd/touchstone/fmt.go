package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// fmtMode says what becomes of files that are not in canonical form.
type fmtMode struct{ check, diff, write bool }

func newFmt(p process) *cobra.Command {
	var mode fmtMode
	c := &cobra.Command{
		Use:   "fmt [PATH...]",
		Short: "Put files of every kind in one form: the order of keys, indentation, blank lines",
		Long: "Fmt puts the keys of a file in the order in which `touchstone schema` has them, indents by two spaces, takes away\n" +
			"spaces at the ends of lines, and makes one blank line of several. Texts and comments stay as they are written, and a\n" +
			"comment moves with the key below it. Lists and keys whose names are yours keep their order; levels go from low to\n" +
			"high. What stands in brackets over several lines is left as it is, and so is JSON. What a file says never changes,\n" +
			"nor does a digest.\n\n" +
			"Without a flag it prints one file, or standard input (-), in its new form. Several files or a folder need a flag; with\n" +
			"a flag and no path it looks through the current folder. A file that cannot be read is reported and left alone; the\n" +
			"others are dealt with all the same.",
		Example: "  touchstone fmt --check rubrics examples\n  touchstone fmt --diff ward-rubric.yaml\n  touchstone fmt -w ward-rubric.yaml\n" +
			"  touchstone fmt - <ward-rubric.yaml",
		Args: cobra.ArbitraryArgs,
		RunE: p.with(func(s *session, args []string) error {
			return s.fmt(args, mode)
		}),
	}
	c.Flags().BoolVar(&mode.check, "check", false, "list the files that would change, and exit with 1 if there are any")
	c.Flags().BoolVar(&mode.diff, "diff", false, "show what would change, and exit with 1 if anything would")
	c.Flags().BoolVarP(&mode.write, "write", "w", false, "write the files that change, each whole or not at all")
	return c
}

// formatted is a file with its canonical form.
type formatted struct {
	source.Tidied
	path string // by which it is opened
}

func (f *formatted) changes() bool { return !bytes.Equal(f.Before, f.After) }

// fmt is the path of the data: find, format, and write or tell.
func (s *session) fmt(paths []string, mode fmtMode) error {
	names, err := filesToFormat(paths, mode)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return s.nothingFound(paths)
	}
	files, problems := s.formatAll(names)
	switch {
	case mode.write:
		err = s.writeBack(changed(files))
	case mode.diff, mode.check:
		err = s.tellChanges(changed(files), mode.diff)
	case len(files) == 1:
		err = writeOut(s.out, s.fit(files[0].After))
	}
	return errors.Join(err, invalid(problems, s.store.Sources()))
}

// filesToFormat lists each file once.
func filesToFormat(paths []string, mode fmtMode) ([]string, error) {
	if mode.write && (mode.check || mode.diff) {
		return nil, usagef("--check and --diff only look; leave out one or the other", "-w cannot be given with --check or --diff")
	}
	if mode.write && slices.Contains(paths, source.Stdin) {
		return nil, usagef("leave out -w: its new form is printed", "standard input cannot be written back")
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	found, err := lint.Find(paths)
	if err != nil {
		return nil, usagef("", "%s", err.Error())
	}
	if mode == (fmtMode{}) && (len(paths) > 1 || !slices.Equal(found, paths)) {
		return nil, usagef("--check lists the files that would change, --diff shows how, -w writes them", "without a flag, fmt prints one file")
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(name string) bool {
		again := seen[filepath.Clean(name)]
		seen[filepath.Clean(name)] = true
		return again
	}), nil
}

// nothingFound tells that no file is one of ours.
func (s *session) nothingFound(paths []string) error {
	below := strings.Join(paths, ", ")
	if below == "" {
		below = "."
	}
	_, err := fmt.Fprintf(s.err, "touchstone: note: no file below %s begins with `touchstone:`; nothing was done\n", text.Visible(below))
	return err
}

// formatAll formats files, and says what is wrong with those that have no canonical form.
func (s *session) formatAll(names []string) ([]formatted, diag.List) {
	var declared []source.Declaration
	for _, k := range kinds {
		declared = append(declared, k.declaration())
	}
	for _, kind := range lint.Later {
		declared = append(declared, source.Undeclared(kind))
	}
	var sheets []source.Tidied
	var paths []string
	var problems diag.List
	for _, name := range names {
		shown, before, list := s.store.Load(name)
		if problems = append(problems, list...); !list.HasErrors() {
			sheets, paths = append(sheets, source.Tidied{Name: shown, Before: before}), append(paths, name)
		}
	}
	source.FormatAll(sheets, declared)
	var all []formatted
	for i, tidied := range sheets {
		if problems = append(problems, tidied.Problems...); !tidied.Problems.HasErrors() {
			all = append(all, formatted{tidied, paths[i]})
		}
	}
	return all, problems
}

func changed(files []formatted) []formatted {
	return slices.DeleteFunc(files, func(f formatted) bool { return !f.changes() })
}

// tellChanges says which files would change, or how.
func (s *session) tellChanges(files []formatted, how bool) error {
	if len(files) == 0 {
		return nil
	}
	for _, f := range files {
		shown := []byte(text.Visible(f.Name) + "\n")
		if how {
			shown = s.fit(diff.Diff(f.Name, f.Before, f.Name, f.After))
		}
		if err := writeOut(s.out, shown); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(s.err, "touchstone: note: %s would change with `touchstone fmt -w`\n", diag.Plural(len(files), "file"))
	return errors.Join(errNo, err)
}

// fit makes text of files fit to be shown, if it is a terminal that shows it or a runner that takes some of it for
// commands. Anything else gets every byte.
func (s *session) fit(data []byte) []byte {
	if s.onRunner() {
		return render.Inert(data)
	}
	if !s.terminal {
		return data
	}
	var b bytes.Buffer
	for line := range strings.Lines(string(data)) {
		b.WriteString(text.Visible(strings.TrimRight(line, "\r\n")) + "\n")
	}
	return b.Bytes()
}

// writeBack writes each file that changes, and goes on if one cannot be written.
func (s *session) writeBack(files []formatted) error {
	var failed []error
	for _, f := range files {
		err := rewriteFile(f.path, f.After)
		if err == nil {
			_, err = fmt.Fprintf(s.err, "wrote %s\n", text.Visible(f.Name))
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
