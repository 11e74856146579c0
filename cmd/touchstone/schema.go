package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
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
}

func schemaKinds() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

func newSchema(p process) *cobra.Command {
	return &cobra.Command{
		Use:   "schema KIND",
		Short: "Print the JSON Schema of a kind of file, for editors",
		Long: "Schema prints the JSON Schema (draft-07) of a kind of file. With it an editor offers the keys, says what each means,\n" +
			"and marks slips while you type. It knows the form of one file; `touchstone lint` also checks what files say of each\n" +
			"other. KIND is one of: " + strings.Join(schemaKinds(), ", ") + ".",
		Example:   "  touchstone schema rubric\n  touchstone schema innovation",
		ValidArgs: schemaKinds(),
		Args:      cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("expected "+diag.OneOf(schemaKinds()), "%q needs a kind", c.CommandPath())
			}
			for _, k := range kinds {
				if k.name == args[0] {
					return writeOut(p.out, k.declaration().Schema())
				}
			}
			return usagef(diag.DidYouMean(args[0], schemaKinds()), "there is no schema for %q", args[0])
		},
	}
}
