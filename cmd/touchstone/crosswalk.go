package main

import (
	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/crosswalk"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

func newCrosswalk(p process) *cobra.Command {
	c := &cobra.Command{
		Use:   "crosswalk RUBRIC [REFERENCE]",
		Short: "Show what a rubric traces to, both ways",
		Long: "Crosswalk sets a rubric beside an outside source: for each item of the source what covers it and how, and for each\n" +
			"criterion, gate and flag which items it covers. Without REFERENCE it counts every source that the rubric traces to.\n" +
			"A reference lies in the folder references beside the rubric, or ships with the program.",
		Example: "  touchstone crosswalk digital-readiness open-medical\n  touchstone crosswalk digital-readiness -o markdown\n" +
			"  touchstone crosswalk ./mine.yaml nasss -o json",
		Args: cobra.RangeArgs(1, 2),
		RunE: p.with(func(s *session, args []string) error {
			model, list := s.library.Model(args[0], diag.Place{File: args[0]})
			if err := invalid(list, s.store.Sources()); err != nil {
				return err
			}
			parts := crosswalk.Parts(model)
			names := crosswalk.References(parts)
			if len(args) == 2 {
				names = args[1:]
			}
			sources, err := s.crosswalk(model, parts, names)
			if err != nil {
				return err
			}
			return s.page(report.Crosswalk(model, parts, sources))
		}),
	}
	addRubricPath(c)
	addPageFlags(c, dataFormats)
	return c
}

// crosswalk opens the references named. A rubric in use may have references of its own beside it.
func (s *session) crosswalk(m *score.Model, parts []*crosswalk.Part, names []string) ([]*crosswalk.Source, error) {
	var sources []*crosswalk.Source
	var list diag.List
	for _, name := range names {
		ref, problems := s.reference(m, name)
		if list = append(list, problems...); ref == nil && !list.HasErrors() {
			traced := crosswalk.References(parts)
			return nil, usagef(diag.DidYouMean(name, traced), "there is no reference %q beside %s or among those that ship", name, m.Rubric.ID)
		}
		if ref != nil {
			sources = append(sources, crosswalk.Of(ref, parts))
		}
	}
	if len(names) == 0 {
		return nil, usagef("give its criteria, gates and flags `maps`, such as maps: [open-medical:06]", "%s traces to nothing", m.Rubric.ID)
	}
	return sources, invalid(list, s.store.Sources())
}

// reference opens a reference by its id, from beside the rubric or one that it uses.
func (s *session) reference(m *score.Model, name string) (*rubric.Reference, diag.List) {
	for i := range m.Nodes {
		if !m.Nodes[i].Root {
			continue
		}
		if ref, list := s.catalogue.Reference(m.Nodes[i].Rubric, name); ref != nil || len(list) > 0 {
			return ref, list
		}
	}
	return nil, nil
}
