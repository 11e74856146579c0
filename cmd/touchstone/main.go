// Command touchstone says whether a digital health innovation is ready, from what can be shown.
package main

import (
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/term"
)

// A run is short and its memory small: collecting less often is worth a fifth of its time.
const collectAt = 400

func main() {
	debug.SetGCPercent(collectAt)
	width := 0
	terminal := term.IsTerminal(int(os.Stdout.Fd()))
	if terminal {
		width, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	os.Exit(run(os.Args[1:], process{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, getenv: os.Getenv, terminal: terminal, width: width,
	}))
}
