package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

type scoreOptions struct {
	files   []string
	waivers string
	since   string
	force   bool
}

func newScore(p process) *cobra.Command {
	var o scoreOptions
	c := &cobra.Command{
		Use:   "score FILE...",
		Short: "Print the readiness report of an innovation",
		Long: "Score reads the record of an innovation, scores it against a rubric and prints a readiness report.\n" +
			"A file named - is standard input. The rubric is that of --rubric, else the first that the record is for,\n" +
			"else " + defaultRubric + ". Several files give a summary, then one report each.\n\n" +
			"With --since it says what moved since an earlier report, which -o json=FILE wrote, and why. Two results compare\n" +
			"only where their scores are computed from the same: a rubric that has changed in that is refused.",
		Example: "  touchstone score examples/ai-scribe/innovation.yaml\n" +
			"  touchstone score proposal.yaml -o table -o markdown=report.md --fail-on gate\n" +
			"  touchstone score proposal.yaml --since spring.json -o table -o json=autumn.json",
		Args: cobra.MinimumNArgs(1),
		RunE: p.with(func(s *session, args []string) error {
			o.files = args
			return s.score(o)
		}),
	}
	c.Flags().String("rubric", "", "rubric to score with: id, id@version or path")
	addRubricPath(c)
	c.Flags().String("as-of", "", "day on which evidence is judged (default: today)")
	c.Flags().StringSliceP("output", "o", nil, outputUsage(render.Formats))
	c.Flags().StringSlice("fail-on", nil, "exit with 1 on: "+failOnWords+"; repeatable")
	c.Flags().Bool("detail", false, "show every criterion, what caps it, and its sources")
	c.Flags().StringVar(&o.since, "since", "", "earlier report, written with -o json=FILE: say what moved since, and why (in table, markdown, html, json and xlsx)")
	c.Flags().StringVar(&o.waivers, "waivers", "", "file of the assessing side with its waivers")
	c.Flags().BoolVar(&o.force, "force", false, "overwrite files that are no reports")
	addLook(c)
	return c
}

// score is the path of the data: load, validate, score, analyse, render.
func (s *session) score(o scoreOptions) error {
	task, err := s.task(o)
	if err != nil {
		return err
	}
	innovations, problems := s.load(o.files)
	records, more := s.validate(innovations)
	if err := invalid(append(problems, more...), s.store.Sources()); err != nil {
		return err
	}
	if err := errors.Join(task.failOn.check(records), task.strayWaivers(records)); err != nil {
		return err
	}
	var reports []*report.Report
	var failed []string
	var apart diag.List
	for _, r := range records {
		conditions := score.Conditions{AsOf: task.asOf, Waivers: task.waivers[r.record.Innovation.ID]}
		result := r.model.Evaluate(r.record, conditions)
		analysis := plan.Analyse(result)
		since, list := task.since.Compare(result)
		apart = append(apart, list...)
		reports = append(reports, report.Build(result, analysis, report.Options{Detail: s.settings.Detail, Since: since, Tool: version(), Trace: s.tracing(r.model)}))
		if hit := task.failOn.hit(result); len(hit) > 0 {
			failed = append(failed, fmt.Sprintf("%s fails on %s", r.record.Innovation.ID, strings.Join(hit, ", ")))
		}
	}
	if err := invalid(apart, s.store.Sources()); err != nil {
		return err
	}
	if err := writeAll(s, task.outputs, reports); err != nil {
		return err
	}
	task.sinceLost(s)
	if len(failed) > 0 {
		fmt.Fprintf(s.err, "touchstone: %s\n", strings.Join(failed, "; "))
		return errNo
	}
	return nil
}

// task is what was asked for, checked before any work is done.
type task struct {
	asOf    calendar.Date
	outputs []output[[]*report.Report]
	failOn  failOn
	waivers map[string][]innovation.Waiver // by innovation
	since   *progress.Earlier              // nil without an earlier report
}

func (s *session) task(o scoreOptions) (t task, err error) {
	inputs := append(slices.Clone(o.files), o.waivers, o.since)
	if first := slices.Index(inputs, source.Stdin); first >= 0 && slices.Contains(inputs[first+1:], source.Stdin) {
		return t, usagef("name - once", "standard input can be read only once")
	}
	if t.asOf, err = s.asOf(); err != nil {
		return t, err
	}
	if t.outputs, err = parseOutputs(s.settings.Output, render.Formats); err != nil {
		return t, err
	}
	if err = showable(t.outputs, s.terminal); err != nil {
		return t, err
	}
	if t.failOn, err = parseFailOn(s.settings.FailOn); err != nil {
		return t, err
	}
	if t.waivers, err = s.waivers(o.waivers); err != nil {
		return t, err
	}
	if t.since, err = s.earlier(o.since); err != nil {
		return t, err
	}
	return t, mayReplace(t.outputs, render.Formats, "is no report", inputs, o.force)
}

// sinceLost says which of the outputs have no place for what moved: they list what is so now, a row or a test each.
func (t task) sinceLost(s *session) {
	for _, o := range t.outputs {
		if name := o.format.Name; t.since != nil && (name == "csv" || name == "junit") {
			fmt.Fprintf(s.err, "touchstone: note: %s has no place for what moved since %s; table, markdown, html, json and xlsx say it\n", name, t.since.AsOf)
		}
	}
}

// strayWaivers refuses waivers for an innovation that is not scored: they would be lost without a word.
func (t task) strayWaivers(records []bound) error {
	for id := range t.waivers {
		if !slices.ContainsFunc(records, func(r bound) bool { return r.record.Innovation.ID == id }) {
			return usagef("score the record with that id, or correct `innovation:`", "the waivers are for innovation %q, which is not among the files", id)
		}
	}
	return nil
}

// load reads the records. One that cannot be read leaves a gap and a problem.
func (s *session) load(files []string) ([]*innovation.Innovation, diag.List) {
	var all []*innovation.Innovation
	var problems diag.List
	for _, name := range files {
		node, list := s.store.Open(name)
		inn, structure := innovation.Parse(node)
		problems = append(problems, append(list, structure...)...)
		if inn != nil {
			all = append(all, inn)
		}
	}
	return all, problems
}

// bound is a record beside the model that reads it.
type bound struct {
	model  *score.Model
	record *score.Record
}

// validate opens the rubric of each record and reads the record with its eyes.
func (s *session) validate(innovations []*innovation.Innovation) ([]bound, diag.List) {
	var all []bound
	var problems diag.List
	given := diag.Place{File: s.settings.Origin("rubric")}
	for _, inn := range innovations {
		model, record, list := s.library.Read(inn, s.settings.Rubric, given)
		problems = append(problems, list...)
		if record != nil {
			all = append(all, bound{model: model, record: record})
		}
	}
	return all, problems
}

// waivers reads the assessing side's file.
func (s *session) waivers(name string) (map[string][]innovation.Waiver, error) {
	if name == "" {
		return nil, nil
	}
	node, list := s.store.Open(name)
	a, structure := innovation.ParseAssessment(node)
	list = append(list, structure...)
	if a != nil && a.Has("answers") {
		list.Add(diag.Diagnostic{
			Rule: "not-supported-yet", Place: a.AtKey("answers"), Message: "an assessor's answers are not supported yet",
			Hint: "keep only the waivers in this file for now",
		})
	}
	if err := invalid(list, s.store.Sources()); err != nil {
		return nil, err
	}
	return map[string][]innovation.Waiver{a.Innovation: a.Waivers}, nil
}

// earlier reads the report with which the results are compared.
func (s *session) earlier(name string) (*progress.Earlier, error) {
	if name == "" {
		return nil, nil
	}
	node, list := s.store.OpenJSON(name)
	e, structure := progress.Parse(node)
	list = append(list, structure...)
	for i := range list { // nobody writes a report by hand, so that nothing is to be added to one
		list[i].Hint = "--since takes a report as `touchstone score RECORD -o json=FILE` writes it"
	}
	return e, invalid(list, s.store.Sources())
}
