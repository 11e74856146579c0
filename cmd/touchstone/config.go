package main

import (
	"bytes"
	"cmp"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/config"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
)

func newConfig(p process) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show the settings in force, and where each comes from",
		Long: "Config shows the settings in force. Of several places the first wins: flag, environment (TOUCHSTONE_AS_OF),\n" +
			config.ProjectFile + " in this folder, the user's file, default.",
		Args: cobra.NoArgs,
		RunE: p.with(func(s *session, _ []string) error {
			if _, err := parseOutputs(s.settings.Output, render.Formats); err != nil {
				return err
			}
			if _, err := parseFailOn(s.settings.FailOn); err != nil {
				return err
			}
			return s.config()
		}),
	}
	addLook(c)
	return c
}

func (s *session) config() error {
	page := report.Page{Sections: []report.Section{{
		ID: "settings", Title: "Settings",
		Columns: []report.Column{{Title: "Setting"}, {Title: "Value", Share: 3}, {Title: "From", Share: 3}, {Title: "Meaning", Share: 4}},
	}}}
	rows := &page.Sections[0].Rows
	for _, setting := range config.All {
		*rows = append(*rows, report.Cells(setting.Name, cmp.Or(s.settings.Value(setting.Name), "not set"), s.settings.Origin(setting.Name), setting.About))
	}
	var b bytes.Buffer
	if err := render.TablePage(&b, page, s.look()); err != nil {
		return err
	}
	return writeOut(s.out, b.Bytes())
}
