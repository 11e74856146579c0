package main

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// starterRubric is a small rubric that shows the core of the language; it compiles and lints clean.
//
//go:embed starter-rubric.yaml
var starterRubric []byte

// besideIt is what the help of both commands says of editors.
const besideIt = "\n\nAn editor offers the keys and marks slips by the schema that is written beside FILE, in " + schemaFolder + ", and named in its\n" +
	"first line. Both can be deleted."

func newInit(p process) *cobra.Command {
	c := &cobra.Command{Use: "init", Short: "Write a file to start from: an innovation or a rubric"}
	c.AddCommand(newInitInnovation(p), newInitRubric(p))
	return c
}

func newInitInnovation(p process) *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "innovation [FILE]",
		Short: "Write a record with every question of a rubric, to be filled in",
		Long: "Innovation writes a record with every fact and every criterion of a rubric, none of them answered. What is left\n" +
			"empty is not known, and the report says so. FILE is innovation.yaml if it is not given, - is standard output." + besideIt,
		Example: "  touchstone init innovation my-idea.yaml\n  touchstone init innovation - --rubric workflow-fit",
		Args:    cobra.MaximumNArgs(1),
		RunE: p.with(func(s *session, args []string) error {
			name := s.settings.Rubric
			if name == "" {
				name = defaultRubric
			}
			model, list := s.library.Model(name, diag.Place{File: s.settings.Origin("rubric")})
			if err := invalid(list, s.store.Sources()); err != nil {
				return err
			}
			file := target(args, "innovation.yaml")
			entry, next := forEntry(model, name, file), "score"
			if entry == "" {
				next += " --rubric " + name
			}
			if s.settings.Origin("rubric-path") == "--rubric-path" { // a flag has to be given again
				next += " --rubric-path " + strings.Join(s.settings.RubricPath, " --rubric-path ")
			}
			return s.start(file, "innovation", starterInnovation(model, entry), next, force)
		}),
	}
	c.Flags().String("rubric", "", "rubric whose questions to write: id, id@version or path")
	addRubricPath(c)
	c.Flags().BoolVar(&force, "force", false, "overwrite the file if it is there")
	return c
}

func newInitRubric(p process) *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:     "rubric [FILE]",
		Short:   "Write a small rubric that shows the language",
		Long:    "Rubric writes a small rubric that compiles and scores. FILE is rubric.yaml if it is not given, - is standard output." + besideIt,
		Example: "  touchstone init rubric ward-rubric.yaml",
		Args:    cobra.MaximumNArgs(1),
		RunE: p.with(func(s *session, args []string) error {
			return s.start(target(args, "rubric.yaml"), "rubric", starterRubric, "lint", force)
		}),
	}
	c.Flags().BoolVar(&force, "force", false, "overwrite the file if it is there")
	return c
}

func target(args []string, usual string) string {
	if len(args) == 0 {
		return usual
	}
	return args[0]
}

// start writes a new file with the schema that an editor reads it by, and tells the next step.
func (s *session) start(path, kind string, data []byte, next string, force bool) error {
	if path == source.Stdin {
		return writeOut(s.out, data)
	}
	info, err := os.Stat(path)
	if err == nil && !force {
		return usagef("give another name, or add --force", "%q is there already", path)
	}
	if err == nil && readOnly(info) {
		return usagef("give another name, or make it writable", "%q is read-only", path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look at %q: %w", path, cause(err))
	}
	schema, err := newSchemaFiles(filepath.Join(filepath.Dir(path), schemaFolder), []string{kind}, force)
	if err != nil {
		return err
	}
	if err := schema.write(); err != nil {
		return err
	}
	if err := replaceFile(path, append(modeline(kind), data...)); err != nil {
		return err
	}
	var told strings.Builder
	fmt.Fprintf(&told, "wrote %s; fill it in, then run: touchstone %s %s\n", path, next, path)
	for _, file := range schema.files {
		fmt.Fprintf(&told, "wrote %s, by which an editor offers the keys\n", filepath.ToSlash(file.path))
	}
	_, err = io.WriteString(s.err, told.String())
	return err
}

// forEntry names the rubric in the record: by id and version, or by its path below the record's folder. It is "" for a
// rubric that lies elsewhere: a record cannot name that one.
func forEntry(m *score.Model, name, record string) string {
	if !rubric.IsPath(name) {
		return m.Rubric.ID + "@" + m.Rubric.Version
	}
	folder := "."
	if record != source.Stdin {
		folder = filepath.Dir(record)
	}
	relative, err := filepath.Rel(folder, name)
	if err != nil || !filepath.IsLocal(relative) {
		return ""
	}
	return strconv.Quote("./" + filepath.ToSlash(relative))
}

// starterInnovation is a record of a rubric's questions, with full names and nothing answered.
func starterInnovation(m *score.Model, forRubric string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\nid: my-innovation\n", source.Header, innovation.Kind)
	if forRubric != "" {
		fmt.Fprintf(&b, "for: [%s]\n", forRubric)
	}
	b.WriteString("name: My innovation\nsummary:                  # what it does, in a sentence or two\n")
	if len(m.Stages) > 0 {
		fmt.Fprintf(&b, "stage: %-18s # %s\n", m.Stages[0], strings.Join(m.Stages, ", "))
	}
	b.WriteString("owner: {name: Your name, role: Your role}    # for a product: supplier: {name: Company}\n")
	b.WriteString("version:                  # of the product, in quotes: \"2.3\"\n")
	writeFacts(&b, m)
	if slices.ContainsFunc(m.Nodes, func(n score.Node) bool { return n.Price != nil }) {
		b.WriteString("\n# price: {amount: 120000.00, currency: GBP, vat: excluded}\n")
	}
	b.WriteString("\n# What can be shown. Answers point to it by its id.\nevidence: []\n")
	fmt.Fprintf(&b, "#  - id: first-session\n#    kind: session-record\n#    title: Notes of the first session with ward staff\n#    locator: docs/first-session.pdf\n#    dated: 2026-01-31\n")
	b.WriteString("\n# A level by its number, or {level: 2, because: …, evidence: [first-session]}, or {na: the reason}, or unknown.\n" +
		"# What is left empty is not known; nothing is lost by leaving it for later.\nanswers:\n")
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.IsLeaf() {
			writeQuestion(&b, n)
		}
	}
	return []byte(b.String())
}

// writeFacts asks for the facts of the rubric; of one that takes only a part of others, for those that it reads.
func writeFacts(b *strings.Builder, m *score.Model) {
	names := m.FactNames()
	if slices.ContainsFunc(m.Nodes, func(n score.Node) bool { return n.Part != nil }) {
		names = m.FactsRead()
	}
	if len(names) == 0 {
		return
	}
	b.WriteString("\nfacts:\n")
	for _, name := range names {
		f := m.Fact(name)
		answers := f.Type
		if f.Type == "yes-no" {
			answers = "yes or no"
		} else if len(f.Of) > 0 {
			answers = strings.Join(f.Of, ", ")
		}
		fmt.Fprintf(b, "  %s:   # %s (%s)\n", name, oneLine(f.Ask), answers)
	}
}

func writeQuestion(b *strings.Builder, n *score.Node) {
	if n.IsRule() || n.Price != nil { // is answered by facts, other answers or the price
		return
	}
	fmt.Fprintf(b, "  # %s\n", oneLine(n.Source.Ask))
	if r := n.Source.Respondents; r != nil {
		fmt.Fprintf(b, "  #   from at least %d people: {responses: {LEVEL: how many, …}}\n", r.Min)
	}
	if n.Measure != nil {
		worst, best := n.Measure.Ends()
		fmt.Fprintf(b, "  #   a number (%s), worst %s, best %s\n", cmp.Or(n.Measure.Unit, "no unit"), worst, best)
	} else {
		for _, l := range n.Scale.Levels {
			fmt.Fprintf(b, "  #   %s\n", strings.TrimSpace(fmt.Sprintf("%s %s. %s", l.Value, l.Label, oneLine(l.Seen))))
		}
	}
	fmt.Fprintf(b, "  %s:\n", n.Name)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
