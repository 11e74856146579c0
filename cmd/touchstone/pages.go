package main

import (
	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
)

// addPageFlags adds the flags of commands that write a page which is no report.
func addPageFlags(c *cobra.Command, formats string) {
	c.Flags().StringSliceP("output", "o", nil, "FORMAT or FORMAT=PATH: "+formats+"; repeatable")
	c.Flags().Bool("force", false, "overwrite files that are not of touchstone")
	addLook(c)
}

// The formats of pages, as the help has them.
const (
	pageFormats = "table, markdown, html"
	dataFormats = pageFormats + ", json" // of pages that have a form for machines
)

// page writes a page that is no report.
func (s *session) page(page report.Page) error { return show(s, render.PageFormats(page), page) }

// show writes what is no report in the formats asked for, by default the first. What the settings say is about reports.
func show[T any](s *session, formats []render.Format[T], what T) error {
	var asked []string
	if s.settings.Origin("output") == "--output" {
		asked = s.settings.Output
	}
	outputs, err := parseOutputs(asked, formats)
	if err != nil {
		return err
	}
	if err := mayReplace(outputs, formats, "is not", nil, s.force); err != nil {
		return err
	}
	return writeAll(s, outputs, what)
}
