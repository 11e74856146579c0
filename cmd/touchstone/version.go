package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(p process) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return writeOut(p.out, fmt.Appendf(nil, "touchstone %s %s/%s\n", version(), runtime.GOOS, runtime.GOARCH))
		},
	}
}

// version is what the build says. A build from a working copy has none.
func version() string {
	const none = "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != none {
		return info.Main.Version
	}
	return "development"
}
