package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// process is all that the program touches of the world, so that a test can hand in its own.
type process struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	getenv   func(string) string
	terminal bool // whether out is one
	width    int  // its columns; 0 if not known
}

// Exit codes. No flag changes what they mean.
const (
	exitYes   = 0 // it worked, and the answer is yes
	exitNo    = 1 // it worked, and the answer is no
	exitUsage = 2 // the question was wrong: usage, settings, or a file that cannot be opened or is not valid
	exitFault = 3 // the tool failed: cannot write, or a fault of its own
)

// errNo says that the answer is no, and that it was told already.
var errNo = errors.New("the answer is no")

// usageError is a question that was wrong, with the next step.
type usageError struct {
	message, hint string
	list          diag.List    // what is wrong with files, instead of a message
	sources       diag.Sources // of the list
}

func (e *usageError) Error() string { return e.message }

func usagef(hint, format string, args ...any) error {
	return &usageError{message: fmt.Sprintf(format, args...), hint: hint}
}

// invalid is the error for files that are not valid. It is nil if the list has no error.
func invalid(list diag.List, sources diag.Sources) error {
	if !list.HasErrors() {
		return nil
	}
	return &usageError{message: "a file is not valid", list: list, sources: sources}
}

// run is the whole program: arguments in, exit code out. Nobody else decides an exit code.
func run(args []string, p process) (code int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(p.err, "touchstone: error: a fault in touchstone itself: %v\n%s", r, debug.Stack())
			fmt.Fprintf(p.err, "touchstone: hint: please report this with the files that led to it (version %s)\n", version())
			code = exitFault
		}
	}()
	if p.onRunner() {
		p.err = inert{p.err}
	}
	root := newRoot(p)
	root.SetArgs(args)
	return explain(root.Execute(), p.err)
}

// explain tells the user what went wrong, and turns the kind of error into an exit code: of several, the highest.
func explain(err error, w io.Writer) int {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		code := exitYes
		for _, one := range several.Unwrap() {
			code = max(code, explain(one, w))
		}
		return code
	}
	var usage *usageError
	switch {
	case err == nil:
		return exitYes
	case errors.Is(err, errNo):
		return exitNo
	case errors.As(err, &usage) && usage.list != nil:
		if diag.WriteText(w, usage.list, usage.sources) != nil {
			return exitFault
		}
		return exitUsage
	case errors.As(err, &usage):
		say(w, usage.message, usage.hint)
		return exitUsage
	}
	say(w, err.Error(), "")
	return exitFault
}

func say(w io.Writer, message, hint string) {
	fmt.Fprintf(w, "touchstone: error: %s\n", text.Visible(message))
	if hint != "" {
		fmt.Fprintf(w, "touchstone: hint: %s\n", text.Visible(hint))
	}
}

func newRoot(p process) *cobra.Command {
	root := &cobra.Command{
		Use:   "touchstone",
		Short: "Say whether a digital health innovation is ready, from what can be shown",
		Long: "Touchstone scores a described innovation against rubrics of clinical input, workflow fit, adoption signals and\n" +
			"governance readiness, and prints a readiness report. It needs no network, no account and no database.",
		SilenceUsage: true, SilenceErrors: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newScore(p), newLint(p), newTest(p), newFmt(p), newDiff(p), newLock(p), newExplain(p), newRubrics(p), newCrosswalk(p), newInit(p), newSchema(p), newConfig(p), newVersion(p), newCompletion(p))
	root.SetHelpCommand(newHelp(root))
	wrap(root)
	return root
}

// wrap makes cobra's own checks usage errors: unknown commands, missing sub-commands, and wrong numbers of arguments.
func wrap(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			if check(c, args) != nil {
				return usagef("usage: "+c.UseLine(), "%q expects %s, got %s", c.CommandPath(), expected(c), given(args))
			}
			return nil
		}
	}
	if c.HasSubCommands() {
		c.Args = cobra.ArbitraryArgs
		c.RunE = group
	}
	for _, sub := range c.Commands() {
		wrap(sub)
	}
}

// expected is what a command's usage line says of its arguments: `FILE...`.
func expected(c *cobra.Command) string {
	if _, arguments, takes := strings.Cut(c.Use, " "); takes {
		return arguments
	}
	return "no arguments"
}

func given(args []string) string {
	if len(args) == 0 {
		return "none"
	}
	return strings.Trim(fmt.Sprintf("%q", args), "[]")
}

// newHelp is `touchstone help COMMAND`, for those who try it; help for a command is its flag --help.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND...]", Short: "Show the help of a command", Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return group(c, rest)
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}

// group answers for a command that is only a name for others.
func group(c *cobra.Command, args []string) error {
	var names []string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	if len(args) == 0 && !c.HasParent() {
		c.InitDefaultHelpFlag()
		return c.Help()
	}
	if len(args) == 0 {
		return usagef("expected "+diag.OneOf(names), "%q needs a command", c.CommandPath())
	}
	return usagef(diag.DidYouMean(args[0], names), "%q has no command %q", c.CommandPath(), args[0])
}

// flagError says which flag was meant.
func flagError(c *cobra.Command, err error) error {
	hint := fmt.Sprintf("`%s --help` lists the flags", c.CommandPath())
	if unfit, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		wanted := map[string]string{"int": "a whole number", "bool": "true or false", percentValue: "a number from 0 to 100"}[unfit.GetFlag().Value.Type()]
		return usagef(hint, "--%s expects %s, got %q", unfit.GetFlag().Name, cmp.Or(wanted, "another value"), unfit.GetValue())
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usagef(hint, "%s", err.Error())
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := diag.Nearest(unknown.GetSpecifiedName(), names); near != "" {
		hint = fmt.Sprintf("did you mean --%s?", near)
	}
	return usagef(hint, "there is no flag %s", dashes(unknown.GetSpecifiedName()))
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + strings.TrimLeft(name, "-")
}
