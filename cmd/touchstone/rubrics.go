package main

import (
	"cmp"

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
	addRubricPath(c)
	addPageFlags(c, pageFormats)
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
		Example: "  touchstone rubrics show workflow-fit\n  touchstone rubrics show ./mine.yaml -o html=statement.html\n" +
			"  touchstone rubrics show tender-quality --form -o html=form.html",
		Args: cobra.ExactArgs(1),
		RunE: p.with(func(s *session, args []string) error {
			model, list := s.library.Model(args[0], diag.Place{File: args[0]})
			if err := invalid(list, s.store.Sources()); err != nil {
				return err
			}
			if form {
				return show(s, render.FormFormats(), report.BlankForm(model))
			}
			statement := report.Statement(model)
			statement.Short = func() report.Page { return report.Rubric(model) }
			return s.page(statement)
		}),
	}
	addRubricPath(c)
	addPageFlags(c, pageFormats)
	c.Flags().BoolVar(&form, "form", false, "write a blank form to answer the rubric by: markdown or html")
	return c
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
