package main

import (
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/config"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/rubrics"
)

// defaultRubric is scored with if nothing else is said.
const defaultRubric = "digital-readiness"

// session is what most commands need: the settings in force, the files they open, and the rubrics among them.
type session struct {
	process
	settings  *config.Settings
	store     *source.Store
	catalogue *rubric.Catalogue
	library   *library.Library
	// force is whether files that are not ours may be overwritten.
	force bool
}

func newSession(p process, c *cobra.Command) (*session, error) {
	store := source.NewStore(rubrics.FS, p.in)
	settings, list := config.Load(config.DefaultFiles(), c.Flags(), store)
	if err := invalid(list, store.Sources()); err != nil {
		return nil, err
	}
	catalogue := rubric.NewCatalogue(store, settings.RubricPath...)
	force, err := c.Flags().GetBool("force")
	return &session{
		force: force && err == nil, process: p, settings: settings, store: store, catalogue: catalogue, library: library.New(catalogue, defaultRubric),
	}, nil
}

// with opens a session for a command to work in.
func (p process) with(do func(s *session, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		s, err := newSession(p, c)
		if err != nil {
			return err
		}
		return do(s, args)
	}
}

// asOf is the day on which evidence is judged: as set, else that of SOURCE_DATE_EPOCH, else today.
func (s *session) asOf() (calendar.Date, error) {
	if s.settings.AsOf != "" {
		d, err := calendar.ParseDate(s.settings.AsOf)
		if err != nil {
			return d, usagef("", "%s (%s)", err.Error(), s.settings.Origin("as-of"))
		}
		return d, nil
	}
	if epoch := s.getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return calendar.Date{}, usagef("", "expected SOURCE_DATE_EPOCH to be a number of seconds, got %q", epoch)
		}
		return calendar.On(time.Unix(seconds, 0).UTC()), nil
	}
	return calendar.On(s.now()), nil
}

// look is what the terminal can show.
func (s *session) look() render.Options {
	const usual = 80
	o := render.Options{Width: s.settings.Width}
	if o.Width == 0 {
		o.Width = s.width
	}
	if o.Width == 0 {
		o.Width = usual
	}
	switch s.settings.Colour {
	case "always":
		o.Colour = true
	case "auto":
		o.Colour = s.terminal && s.getenv("NO_COLOR") == "" && s.getenv("TERM") != "dumb"
	}
	return o
}

// addRubricPath declares the flag for where rubrics are looked for. A folder's name may hold a comma.
func addRubricPath(c *cobra.Command) {
	c.Flags().StringArray("rubric-path", nil, "folder in which rubrics are looked for by id, beside those that ship; repeatable")
}

// addLook declares the flags for how things look.
func addLook(c *cobra.Command) {
	c.Flags().String("color", "auto", "use colours: auto, always or never")
	c.Flags().Int("width", 0, "columns to lay out for, at least 72; 0 is what the terminal has, else 80")
}
