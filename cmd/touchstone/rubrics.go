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
	var form bool
	c := &cobra.Command{
		Use:   "show RUBRIC",
		Short: "Show what a rubric asks, how it weighs it, and what holds an innovation back",
		Long: "Show prints a rubric: what it asks, how it weighs it, what is seen at each level, what holds an innovation back, and by\n" +
			"which method a score comes about. As a table it is short. Any other format has all of it, each criterion in one place, as\n" +
			"the statement of criteria and method for a tender pack. --form is a blank form to answer it by.",
		Example: "  touchstone rubrics show workflow-fit\n  touchstone rubrics show ./mine.yaml -o markdown\n  touchstone rubrics show tender-quality --form",
		Args:    cobra.ExactArgs(1),
		RunE: p.with(func(s *session, args []string) error {
			model, list := s.library.Model(args[0], diag.Place{File: args[0]})
			if err := invalid(list, s.store.Sources()); err != nil {
				return err
			}
			if form {
				return s.form(report.BlankForm(model))
			}
			if s.pageFormat() == "table" {
				return s.page(report.Rubric(model))
			}
			return s.page(report.Statement(model))
		}),
	}
	addPageFlags(c)
	c.Flags().BoolVar(&form, "form", false, "write a blank form to answer the rubric by: markdown")
	return c
}

// form writes a blank form in the one format asked for, by default the first that there is.
func (s *session) form(form report.Form) error {
	known := []string{"markdown"}
	writers := map[string]func(*bytes.Buffer) error{
		"markdown": func(b *bytes.Buffer) error { return render.MarkdownForm(b, form) },
	}
	format := known[0]
	if s.settings.Origin("output") == "--output" {
		format = s.pageFormat()
	}
	write := writers[format]
	if write == nil {
		return usagef("expected "+diag.OneOf(known), "a form is not written as %q", format)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return writeOut(s.out, b.Bytes())
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

// pageFormat is the one format asked for of what is no report. What the settings say is about reports.
func (s *session) pageFormat() string {
	if s.settings.Origin("output") == "--output" {
		return strings.Join(s.settings.Output, ",")
	}
	return "table"
}

// page writes a page that is no report.
func (s *session) page(page report.Page) error {
	format := s.pageFormat()
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
