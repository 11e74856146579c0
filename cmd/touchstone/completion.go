package main

import (
	"github.com/spf13/cobra"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

func newCompletion(p process) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     "Print the completion script for a shell: bash, zsh, fish or powershell",
		Example:   "  source <(touchstone completion bash)",
		ValidArgs: shells,
		Args:      cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(p.out, true)
			case "zsh":
				return root.GenZshCompletion(p.out)
			case "fish":
				return root.GenFishCompletion(p.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(p.out)
			}
			return usagef(diag.DidYouMean(args[0], shells), "there is no completion for %q", args[0])
		},
	}
}
