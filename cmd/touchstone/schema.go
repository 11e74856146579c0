package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// kinds are the kinds of file with declared keys, in the order in which people meet them.
var kinds = []struct {
	name        string
	declaration func() source.Declaration
}{
	{"rubric", rubric.Declaration},
	{"vocabulary", rubric.VocabularyDeclaration},
	{"reference", rubric.ReferenceDeclaration},
	{"innovation", innovation.Declaration},
	{"assessment", innovation.AssessmentDeclaration},
	{"cases", cases.Declaration},
	{"lock", lock.Declaration},
}

func schemaKinds() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

func newSchema(p process) *cobra.Command {
	var o schemaOptions
	c := &cobra.Command{
		Use:   "schema KIND",
		Short: "Print the JSON Schema of a kind of file, for editors",
		Long: "Schema prints the JSON Schema (draft-07) of a kind of file. With it an editor offers the keys, says what each means,\n" +
			"and marks slips while you type. It knows the form of one file; `touchstone lint` also checks what files say of each\n" +
			"other. KIND is one of: " + strings.Join(schemaKinds(), ", ") + ".\n\n" +
			"`touchstone init` writes the schema beside the file that it begins. For a whole project write them all with\n" +
			"`--all " + schemaFolder + "`, and put what --vscode prints into .vscode/settings.json. Nothing has to be fetched: --schemastore\n" +
			"prints entries for a catalogue only with the address at which you offer the schemas yourself.",
		Example: "  touchstone schema rubric\n  touchstone schema --all " + schemaFolder + "\n  touchstone schema --vscode\n" +
			"  touchstone schema --schemastore --url https://schemas.example.org/touchstone",
		ValidArgs: schemaKinds(),
		Args:      cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return p.schema(c, args, o)
		},
	}
	o.flags(c.Flags())
	return c
}

// schemaOptions are the other things that are written of the schemas, instead of one of them. One is given.
type schemaOptions struct {
	folder, url         string
	vscode, schemastore bool
	force               bool
}

func (o *schemaOptions) flags(flags *pflag.FlagSet) {
	flags.StringVar(&o.folder, "all", "", "write the schemas of all kinds into this folder instead")
	flags.BoolVar(&o.force, "force", false, "with --all: also overwrite files that are no schemas of touchstone")
	flags.BoolVar(&o.vscode, "vscode", false, "print settings for the YAML extension of VS Code instead, which name the schemas in "+schemaFolder)
	flags.BoolVar(&o.schemastore, "schemastore", false, "print a catalogue in the form of SchemaStore's instead")
	flags.StringVar(&o.url, "url", "", "with --schemastore: the address below which the schemas can be fetched")
}

func (p process) schema(c *cobra.Command, args []string, o schemaOptions) error {
	all := c.Flags().Changed("all")
	chosen := 0
	for _, is := range []bool{len(args) > 0, all, o.vscode, o.schemastore} {
		if is {
			chosen++
		}
	}
	switch {
	case chosen == 0:
		return usagef("expected "+diag.OneOf(schemaKinds()), "%q needs a kind", c.CommandPath())
	case chosen > 1:
		return usagef("give one of them", "a kind, --all, --vscode and --schemastore each say what to write")
	case o.url != "" && !o.schemastore:
		return usagef("add --schemastore, or leave it out", "--url says where a catalogue finds the schemas")
	case o.force && !all:
		return usagef("add --all, or leave it out", "--force goes with --all, which alone overwrites files")
	case all:
		return p.writeSchemas(o.folder, o.force)
	case o.vscode:
		return writeOut(p.out, vscodeSettings())
	case o.schemastore:
		data, err := catalogue(o.url)
		if err != nil {
			return err
		}
		return writeOut(p.out, data)
	case !slices.Contains(schemaKinds(), args[0]):
		return usagef(diag.DidYouMean(args[0], schemaKinds()), "there is no schema for %q", args[0])
	}
	return writeOut(p.out, schemaOf(args[0]))
}

// writeSchemas writes the schemas of all kinds into a folder, and tells which were not there as they are now.
func (p process) writeSchemas(folder string, force bool) error {
	if folder == "" {
		return usagef("write it like --all "+schemaFolder, "--all expects a folder, got \"\"")
	}
	files, err := newSchemaFiles(folder, schemaKinds(), force)
	if err != nil {
		return err
	}
	if err := files.write(); err != nil {
		return err
	}
	upToDate := ""
	if n := len(kinds) - len(files.files); n > 0 {
		upToDate = fmt.Sprintf("; %d up to date", n)
	}
	_, err = fmt.Fprintf(p.err, "wrote %s to %s%s\n", diag.Plural(len(files.files), "schema"), folder, upToDate)
	return err
}
