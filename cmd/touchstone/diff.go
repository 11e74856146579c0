package main

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/revision"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

type diffOptions struct {
	old, new string
	replay   []string
}

func newDiff(p process) *cobra.Command {
	var o diffOptions
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what changed between two versions of a rubric, and how far its version must step",
		Long: "Diff compares two versions of a rubric, with all that they import and use. OLD and NEW are each a path, an id,\n" +
			"id@version, or git:REVISION:PATH, which is read as it was at that revision; as git has it, PATH is meant from the\n" +
			"top of the repository, or with ./ from the current folder.\n\n" +
			"A change is major if any score is computed otherwise for it, minor if it is of verdicts (bands, gates, flags) or of\n" +
			"words that decide answers, and else a patch. Diff exits with 1 if the version steps less far than the gravest change\n" +
			"asks; a draft may change freely, and is only told.\n\n" +
			"With --replay it says which records come to another score, gate, band or result, and which change does it.",
		Example: "  touchstone diff git:HEAD:rubrics/workflow-fit.yaml rubrics/workflow-fit.yaml\n" +
			"  touchstone diff ours@1.0.0 ours.yaml --rubric-path rubrics --replay proposals -o markdown",
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			s, err := newSession(p, c)
			if err != nil {
				return err
			}
			o.old, o.new = args[0], args[1]
			return s.diff(c.Context(), o)
		},
	}
	c.Flags().StringArrayVar(&o.replay, "replay", nil, "file or folder of records to score under both versions; repeatable")
	c.Flags().String("as-of", "", "day on which evidence is judged (default: today)")
	addRubricPath(c)
	addPageFlags(c, dataFormats)
	return c
}

// diff is the path of the data: open, compare, replay, say.
func (s *session) diff(ctx context.Context, o diffOptions) error {
	if o.old == source.Stdin && o.new == source.Stdin {
		return usagef("name - once", "standard input can be read only once")
	}
	from, problems, err := s.version(ctx, o.old)
	if err != nil {
		return err
	}
	to, more, err := s.version(ctx, o.new)
	if err != nil {
		return err
	}
	if err := invalid(append(problems, more...), s.store.Sources()); err != nil {
		return err
	}
	d := revision.Compare(from, to)
	var replay *report.Replay
	var unfit diag.List
	if len(o.replay) > 0 {
		if replay, unfit, err = s.replay(d, o.replay); err != nil {
			return err
		}
	}
	if err := s.page(report.Diff(d, replay)); err != nil {
		return err
	}
	return s.told(d, replay, unfit)
}

// version opens one of the two rubrics. The model is nil if there are problems.
func (s *session) version(ctx context.Context, name string) (*score.Model, diag.List, error) {
	if written, is := strings.CutPrefix(name, gitPrefix); is {
		return s.atRevision(ctx, written)
	}
	model, list := s.library.Compile(name, diag.Place{File: name})
	return model, list, nil
}

// told tells what is wrong with the version and with records, and gives the answer: no, if the version does not step far
// enough; and a record that cannot be read under either version is not what was asked for.
func (s *session) told(d *revision.Diff, replay *report.Replay, unfit diag.List) error {
	var answer error
	list := unfit
	if problem, wrong := d.Problem(); wrong {
		list = append(list, problem)
		if problem.Severity == diag.Error {
			answer = errNo
		}
	}
	var b bytes.Buffer
	if err := diag.WriteText(&b, list, s.store.Sources()); err != nil {
		return err
	}
	if _, err := s.err.Write(b.Bytes()); err != nil {
		return err
	}
	for _, u := range unreadOf(replay) {
		if u.Old.HasErrors() && u.New.HasErrors() {
			return errors.Join(answer, usagef("correct it, or name only records that can be scored", "%q cannot be read as a record", u.File))
		}
	}
	return answer
}

func unreadOf(r *report.Replay) []report.Unread {
	if r == nil {
		return nil
	}
	return r.Unread
}
