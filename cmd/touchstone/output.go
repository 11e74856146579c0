package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/render"
)

// output is a format and where it goes; no path is standard output.
type output[T any] struct {
	format render.Format[T]
	path   string
}

// parseOutputs reads what was asked for as FORMAT or FORMAT=PATH; nothing is the first of the formats.
func parseOutputs[T any](written []string, formats []render.Format[T]) ([]output[T], error) {
	if len(written) == 0 {
		written = []string{formats[0].Name}
	}
	var all []output[T]
	for _, w := range written {
		name, path, hasPath := strings.Cut(w, "=")
		i := slices.IndexFunc(formats, func(f render.Format[T]) bool { return f.Name == name })
		if i < 0 {
			return nil, usagef(diag.DidYouMean(name, render.Names(formats)), "there is no output format %q", name)
		}
		if hasPath && path == "" {
			return nil, usagef("write it like "+name+"=report."+name, "no path after %q", w)
		}
		if hasPath {
			path = filepath.Clean(path)
		}
		if slices.ContainsFunc(all, func(o output[T]) bool { return samePlace(o.path, path) }) {
			return nil, usagef("give all but one of them a path: "+name+"=PATH", "two outputs go to the same place")
		}
		all = append(all, output[T]{format: formats[i], path: path})
	}
	return all, nil
}

// samePlace reports whether two paths lead to one file, there already or not; no path is standard output.
func samePlace(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	if info, err := os.Stat(a); err == nil && sameFile(b, info) {
		return true
	}
	return place(a) == place(b)
}

// place is where a path leads: no link stands on the way to it.
func place(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(whole)); err == nil {
		return filepath.Join(folder, filepath.Base(whole))
	}
	return whole
}

// showable refuses to write into a terminal what is no text.
func showable[T any](outputs []output[T], terminal bool) error {
	for _, o := range outputs {
		if name := o.format.Name; o.format.Binary && o.path == "" && terminal {
			return usagef("give it a path: "+name+"=report."+name, "%s is no text that a terminal can show", name)
		}
	}
	return nil
}

// outputUsage is what the help says of -o.
func outputUsage[T any](formats []render.Format[T]) string {
	return "FORMAT or FORMAT=PATH: " + strings.Join(render.Names(formats), ", ") + "; repeatable"
}

// mayReplace refuses to overwrite a file that is not ours, before anything is written. What was read as input is never
// overwritten. isNot says what is wrong with another file: `is no report`.
func mayReplace[T any](outputs []output[T], formats []render.Format[T], isNot string, inputs []string, force bool) error {
	for _, o := range outputs {
		if o.path == "" {
			continue
		}
		info, err := os.Stat(o.path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return fmt.Errorf("look at %q: %w", o.path, cause(err))
		case !info.Mode().IsRegular():
			return usagef("give the path of a file, or none for standard output", "%q is not a file that can be replaced", o.path)
		case slices.ContainsFunc(inputs, func(name string) bool { return sameFile(name, info) }):
			return usagef("give another path", "%q is one of the files that are read", o.path)
		case readOnly(info):
			return usagef("give another path, or make it writable", "%q is read-only", o.path)
		case force:
			continue
		}
		data, err := os.ReadFile(o.path)
		if err != nil {
			return fmt.Errorf("look at %q: %w", o.path, cause(err))
		}
		if !slices.ContainsFunc(formats, func(f render.Format[T]) bool { return f.Ours(data) }) {
			return usagef("give another path, or add --force", "%q is there already and %s of touchstone", o.path, isNot)
		}
	}
	return nil
}

// hasRead reports whether a path is that of a file which this run has opened.
func (s *session) hasRead(path string) bool {
	info, err := os.Stat(path)
	if path == "" || err != nil {
		return false
	}
	for name := range s.store.Sources() {
		if sameFile(name, info) {
			return true
		}
	}
	return false
}

func sameFile(name string, as os.FileInfo) bool {
	info, err := os.Stat(name)
	return err == nil && os.SameFile(info, as)
}

// writeAll renders every output before it writes the first, so that a failed run leaves nothing half done. No file that was
// read is overwritten, whatever was asked for.
func writeAll[T any](s *session, outputs []output[T], what T) error {
	rendered := make([][]byte, len(outputs))
	for i, o := range outputs {
		if s.hasRead(o.path) {
			return usagef("give another path", "%q is one of the files that are read", o.path)
		}
		var b bytes.Buffer
		look := s.look()
		if o.path != "" {
			look.Colour, look.File = false, true
		}
		if err := o.format.Write(&b, what, look); err != nil {
			return fmt.Errorf("render %s: %w", o.format.Name, err)
		}
		rendered[i] = b.Bytes()
		if o.path == "" && o.format.Plain && s.onRunner() {
			rendered[i] = render.Inert(rendered[i])
		}
	}
	for i, o := range outputs {
		if err := s.write(o.path, rendered[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) write(path string, data []byte) error {
	if path == "" {
		return writeOut(s.out, data)
	}
	return replaceFile(path, data)
}

func writeOut(w io.Writer, data []byte) error {
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("write to standard output: %w", err)
	}
	return nil
}

// replaceFile writes a file, whole or not at all: a new one that everyone may read, one that is there as [rewriteFile] does.
func replaceFile(path string, data []byte) error {
	if _, err := os.Lstat(path); err == nil {
		return rewriteFile(path, data)
	}
	const everyoneReads = 0o644
	return writeWhole(path, data, everyoneReads)
}

// rewriteFile replaces what is in a file, whole or not at all. It stays where a link points, and as private as it is.
func rewriteFile(path string, data []byte) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("write %q: %w", path, cause(err))
	}
	info, err := os.Stat(target)
	if err != nil {
		return fmt.Errorf("write %q: %w", path, cause(err))
	}
	if readOnly(info) {
		return fmt.Errorf("write %q: the file is read-only", path)
	}
	return writeWhole(target, data, info.Mode().Perm())
}

// readOnly goes by the permissions alone: who owns the machine could write all the same.
func readOnly(info fs.FileInfo) bool {
	const ownerWrites = 0o200
	return info.Mode()&ownerWrites == 0
}

func writeWhole(path string, data []byte, mode os.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".touchstone-*")
	if err != nil {
		return fmt.Errorf("write %q: %w", path, cause(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write %q: %w", path, cause(err)), os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Chmod(f.Name(), mode); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// cause is an error without the name of the file, which the message names as the user did.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
