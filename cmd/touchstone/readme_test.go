package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every block of the README is run: files are written as shown, commands are called, and what they print is what
// stands below them. The switch that rewrites golden files rewrites the README too.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, "README.md")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	parts := strings.Split(string(data), "```")
	for i := 1; i < len(parts); i += 2 {
		kind, body, _ := strings.Cut(parts[i], "\n")
		switch kind {
		case "yaml":
			writeBlock(t, folder, body)
		case "console":
			parts[i] = kind + "\n" + runBlock(t, folder, body)
		case "sh":
			runShell(t, root, body)
		default:
			t.Errorf("a block of kind %q is not run", kind)
		}
	}
	golden(t, path, strings.Join(parts, "```"))
}

// writeBlock writes a file whose name is in its first line, as a comment.
func writeBlock(t *testing.T, folder, body string) {
	t.Helper()
	name, text, _ := strings.Cut(strings.TrimPrefix(body, "# "), "\n")
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// runBlock calls the command of a block, and returns it with what it printed.
func runBlock(t *testing.T, folder, body string) string {
	t.Helper()
	t.Chdir(folder)
	command, _, _ := strings.Cut(body, "\n")
	args := strings.Fields(strings.TrimPrefix(command, "$ touchstone "))
	stdout, stderr, code := call(t, args...)
	if code != 0 {
		t.Errorf("%s: exit code %d\n%s", command, code, stderr)
	}
	return command + "\n" + stdout
}

// runShell calls the commands that need no more than the repository. The tests themselves are not run again.
func runShell(t *testing.T, root, body string) {
	t.Helper()
	t.Chdir(root)
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if line == "go test ./..." {
			continue
		}
		args, ok := strings.CutPrefix(line, "go run ./cmd/touchstone ")
		if !ok {
			t.Errorf("%q is not run", line)
			continue
		}
		if _, stderr, code := call(t, strings.Fields(args)...); code != 0 {
			t.Errorf("%s: exit code %d\n%s", line, code, stderr)
		}
	}
}

// Every example in the help of a command parses: its flags and its number of arguments are right.
func TestHelpExamples(t *testing.T) {
	root := newRoot(process{getenv: os.Getenv})
	for _, c := range all(root) {
		for line := range strings.Lines(c.Example) {
			args, ok := strings.CutPrefix(strings.TrimSpace(line), "touchstone ")
			if !ok {
				continue
			}
			found, rest, err := root.Find(strings.Fields(args))
			if err != nil || found != c {
				t.Errorf("%q is not an example of %q (%v)", line, c.CommandPath(), err)
				continue
			}
			if err := found.ParseFlags(rest); err != nil {
				t.Errorf("%q: %v", line, err)
				continue
			}
			if err := found.ValidateArgs(found.Flags().Args()); err != nil {
				t.Errorf("%q: %v", line, err)
			}
		}
	}
}

// all are a command and those below it.
func all(c *cobra.Command) []*cobra.Command {
	found := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		found = append(found, all(sub)...)
	}
	return found
}
