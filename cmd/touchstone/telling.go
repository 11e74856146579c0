package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// telling is how findings are told: in which formats, to which files.
type telling struct {
	force   bool
	outputs []output[*report.Findings]
	// summary is the file that a runner of GitHub Actions shows above the log; "" for none.
	summary string
}

// onGitHub is what the help says of GitHub Actions.
const onGitHub = "Under GitHub Actions and without -o, each finding is shown beside its place in the file as well, and a summary\n" +
	"is added to that of the job."

// addTelling declares the flags for how findings are told.
func addTelling(c *cobra.Command, t *telling) {
	c.Flags().StringSliceP("output", "o", nil, outputUsage(render.FindingsFormats))
	c.Flags().BoolVar(&t.force, "force", false, "overwrite files that are no findings")
}

// parse reads what was asked for, before any work is done. What the settings say of output is about reports.
func (t *telling) parse(s *session) (err error) {
	asked := s.settings.Origin("output") == "--output"
	var written []string
	if asked {
		written = s.settings.Output
	}
	if t.outputs, err = parseOutputs(written, render.FindingsFormats); err != nil {
		return err
	}
	if !asked && s.onRunner() {
		annotations, err := parseOutputs([]string{"github"}, render.FindingsFormats)
		t.outputs, t.summary = append(t.outputs, annotations...), s.getenv("GITHUB_STEP_SUMMARY")
		return err
	}
	return nil
}

// write tells the findings. Of all that was read nothing is overwritten.
func (t *telling) write(s *session, f *report.Findings) error {
	if root, folder := s.repository(); root != "" {
		f.From(root, folder)
	}
	inputs := slices.AppendSeq(slices.Clone(f.Files), maps.Keys(f.Sources))
	if err := mayReplace(t.outputs, render.FindingsFormats, "holds no findings", inputs, t.force); err != nil {
		return err
	}
	if err := writeAll(s, t.outputs, f); err != nil {
		return err
	}
	if t.summary == "" {
		return nil
	}
	return summarise(t.summary, f)
}

// summarise adds to the summary of a job, in which other steps may have written. GitHub shows none of one that is longer
// than a megabyte.
func summarise(path string, f *report.Findings) error {
	const most = 1 << 19
	var b bytes.Buffer
	if err := render.MarkdownPage(&b, f.Summary()); err != nil {
		return err
	}
	if b.Len() > most {
		b.Reset()
		if err := render.MarkdownPage(&b, f.Brief()); err != nil {
			return err
		}
	}
	return addTo(path, append([]byte("\n"), b.Bytes()...))
}

// addTo writes at the end of a file.
func addTo(path string, data []byte) error {
	const everyoneReads = 0o644
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, everyoneReads)
	if err != nil {
		return fmt.Errorf("add to the job summary %q: %w", path, cause(err))
	}
	_, err = file.Write(data)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("add to the job summary %q: %w", path, cause(err))
	}
	return nil
}

// repository is the root of the repository that a runner works in, and the folder of it that this is; "" if no runner says.
func (p process) repository() (root, folder string) {
	root = cmp.Or(p.getenv("GITHUB_WORKSPACE"), p.getenv("CI_PROJECT_DIR"))
	here, err := os.Getwd()
	if root == "" || err != nil {
		return "", ""
	}
	folder, err = filepath.Rel(root, here)
	if err != nil || !filepath.IsLocal(folder) {
		return "", ""
	}
	return filepath.ToSlash(root), filepath.ToSlash(folder)
}

// onRunner reports whether a runner of GitHub Actions reads what is printed, and takes some of it for commands.
func (p process) onRunner() bool { return p.getenv("GITHUB_ACTIONS") == "true" }

// shown are names of files as places have them.
func shown(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = source.Shown(name)
	}
	return all
}

// inert takes the commands out of what is printed for people, a line or more at a time.
type inert struct{ w io.Writer }

func (i inert) Write(lines []byte) (int, error) {
	if _, err := i.w.Write(render.Inert(lines)); err != nil {
		return 0, err
	}
	return len(lines), nil
}
