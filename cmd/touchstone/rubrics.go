package main

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/score"
)

func newRubrics(p process) *cobra.Command {
	c := &cobra.Command{Use: "rubrics", Short: "List the rubrics that can be asked for by id, or show one"}
	c.AddCommand(newRubricsList(p), newRubricsShow(p))
	return c
}

func newRubricsList(p process) *cobra.Command {
	c := &cobra.Command{
		Use:   "list",
		Short: "List the rubrics that ship, and those in your own folders",
		Long: "List shows the rubrics that can be asked for by id: those that ship with the program, and those in the folders of\n" +
			"--rubric-path, each in every version that is there. In such a folder a rubric lies in ID.yaml or ID@VERSION.yaml.",
		Example: "  touchstone rubrics list\n  touchstone rubrics list --rubric-path ./our-rubrics",
		Args:    cobra.NoArgs,
		RunE: p.with(func(s *session, _ []string) error {
			return s.listRubrics()
		}),
	}
	addPageFlags(c)
	return c
}

func newRubricsShow(p process) *cobra.Command {
	c := &cobra.Command{
		Use:     "show RUBRIC",
		Short:   "Show what a rubric asks, how it weighs it, and what holds an innovation back",
		Example: "  touchstone rubrics show workflow-fit\n  touchstone rubrics show ./mine.yaml -o markdown",
		Args:    cobra.ExactArgs(1),
		RunE: p.with(func(s *session, args []string) error {
			model, list := s.library.Model(args[0], diag.Place{File: args[0]})
			if err := invalid(list, s.store.Sources()); err != nil {
				return err
			}
			return s.page(report.Rubric(model))
		}),
	}
	addPageFlags(c)
	return c
}

func addPageFlags(c *cobra.Command) {
	addRubricPath(c)
	c.Flags().StringSliceP("output", "o", nil, "table or markdown")
	addLook(c)
}

func (s *session) listRubrics() error {
	var models []*score.Model
	names, problems := s.catalogue.Names()
	for _, name := range names {
		m, list := s.library.Model(name, diag.Place{File: name})
		problems = append(problems, list...)
		if m != nil {
			models = append(models, m)
		}
	}
	if err := invalid(problems, s.store.Sources()); err != nil {
		return err
	}
	page := report.Rubrics(models)
	if len(s.settings.RubricPath) > 0 {
		addOrigins(&page.Sections[0], models)
	}
	return s.page(page)
}

// addOrigins says where each rubric comes from, where that is not the same for all.
func addOrigins(s *report.Section, models []*score.Model) {
	s.Columns = append(s.Columns, report.Column{Title: "From", Share: 1})
	for i, m := range models {
		s.Rows[i] = append(s.Rows[i], report.Cells(cmp.Or(m.Rubric.Folder(), "built in"))...)
	}
}

// page writes a page that is no report, in the one format asked for. What the settings say is about reports.
func (s *session) page(page report.Page) error {
	format := "table"
	if s.settings.Origin("output") == "--output" {
		format = strings.Join(s.settings.Output, ",")
	}
	known := []string{"table", "markdown", "html"}
	writers := map[string]func(*bytes.Buffer) error{
		"table":    func(b *bytes.Buffer) error { return render.TablePage(b, page, s.look()) },
		"markdown": func(b *bytes.Buffer) error { return render.MarkdownPage(b, page) },
		"html":     func(b *bytes.Buffer) error { return render.HTMLPage(b, page) },
	}
	if page.Data != nil {
		known = append(known, "json")
		writers["json"] = func(b *bytes.Buffer) error { return render.JSONPage(b, page) }
	}
	write := writers[format]
	if write == nil {
		return usagef(diag.DidYouMean(format, known), "this is not written as %q", format)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return writeOut(s.out, b.Bytes())
}
