package main

import "github.com/spf13/cobra"

func newInit(p process) *cobra.Command {
	return &cobra.Command{Use: "init"}
}
