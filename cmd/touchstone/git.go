package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/library"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// gitPrefix begins the name of a file as it was at a revision: git:HEAD~1:rubrics/mine.yaml.
const gitPrefix = "git:"

// atRevision opens a rubric as it was, with all that it imports and uses at that revision. written is REVISION:PATH.
func (s *session) atRevision(ctx context.Context, written string) (*score.Model, diag.List, error) {
	rev, file, _ := strings.Cut(written, ":")
	switch {
	case rev == "" || file == "":
		return nil, nil, usagef("write it like git:HEAD~1:rubrics/mine.yaml", "expected a revision and a path after %q, got %q", gitPrefix, written)
	case strings.HasPrefix(rev, "-"):
		return nil, nil, usagef("name a branch, a tag or a commit", "%q is no revision", rev)
	}
	g := git{ctx: ctx}
	folder, err := g.line("rev-parse", "--show-prefix")
	if err != nil {
		return nil, nil, usagef("run it in a folder of the repository, or name files by their paths", "cannot read %s%s: %s", gitPrefix, written, err.Error())
	}
	if strings.HasPrefix(file, "./") || strings.HasPrefix(file, "../") {
		file = path.Join(folder, file)
	}
	prefix := gitPrefix + rev + ":"
	if s.store.Tree(prefix) == nil {
		tree, err := g.tree(rev)
		if err != nil {
			return nil, nil, usagef("name a branch, a tag or a commit", "git has no revision %q: %s", rev, err.Error())
		}
		s.store.Mount(prefix, tree)
	}
	if file = path.Clean(file); !isFile(s.store.Tree(prefix), file) {
		return nil, nil, usagef("a path is meant from the top of the repository, or with ./ from the current folder", "there is no file %q at revision %q", file, rev)
	}
	catalogue := rubric.NewCatalogue(s.store, s.shelvesAt(prefix, folder)...)
	model, list := library.New(catalogue, defaultRubric).Compile(prefix+file, diag.Place{File: prefix + file})
	return model, list, nil
}

// shelvesAt are the folders in which rubrics are looked for: those in the repository as they were at that revision.
// folder is the current one, from the top of the repository.
func (s *session) shelvesAt(prefix, folder string) []string {
	var shelves []string
	for _, shelf := range s.settings.RubricPath {
		inside := path.Join(folder, filepath.ToSlash(fromHere(shelf)))
		if filepath.IsAbs(fromHere(shelf)) || inside == ".." || strings.HasPrefix(inside, "../") {
			shelves = append(shelves, shelf)
			continue
		}
		shelves = append(shelves, prefix+inside)
	}
	return shelves
}

// fromHere is a path from the current folder, if there is a way.
func fromHere(name string) string {
	if !filepath.IsAbs(name) {
		return name
	}
	here, err := os.Getwd()
	if err != nil {
		return name
	}
	if relative, err := filepath.Rel(resolved(here), resolved(name)); err == nil {
		return relative
	}
	return name
}

// resolved is a path without links, as git has it.
func resolved(name string) string {
	if direct, err := filepath.EvalSymlinks(name); err == nil {
		return direct
	}
	return name
}

// git runs the program of that name in the current folder. It only reads.
type git struct{ ctx context.Context }

// run gives what the program writes, at most one byte more than a file of ours may have if whole is false.
func (g git) run(limit int, args ...string) ([]byte, error) {
	c := exec.CommandContext(g.ctx, "git", args...) //nolint:gosec // no shell, and a revision that looks like a flag is refused
	// A file that a partial clone left on a server is not there: nothing here needs the network.
	c.Env = append(c.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0")
	var problem bytes.Buffer
	out := &bounded{limit: limit}
	c.Stdout, c.Stderr = out, &problem
	err := c.Run()
	switch {
	case out.full:
		return out.data, nil
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("the program git is not there")
	case err != nil:
		return nil, errors.New(gitSaid(problem.String(), err))
	}
	return out.data, nil
}

func (g git) line(args ...string) (string, error) {
	const long = 1 << 16
	out, err := g.run(long, args...)
	return strings.TrimSpace(string(out)), err
}

// gitSaid is the first line of what git said, without its own beginning.
func gitSaid(said string, err error) string {
	const most = 200
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if line = strings.TrimPrefix(line, "fatal: "); len(line) > most {
			line = strings.ToValidUTF8(line[:most], "") + "…"
		}
		return line
	}
	return err.Error()
}

// bounded keeps the beginning of what is written to it, and refuses more.
type bounded struct {
	data  []byte
	limit int
	full  bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.limit - len(b.data); len(p) > room {
		b.data, b.full = append(b.data, p[:room]...), true
		return room, fmt.Errorf("more than %d bytes", b.limit)
	}
	b.data = append(b.data, p...)
	return len(p), nil
}

// most is one byte more than a file may have, so that one which is too large is known.
const most = source.MaxBytes + 1
