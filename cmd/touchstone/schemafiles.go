package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// schemaFiles are the schemas of some kinds in a folder that need writing: they are not there, or not as this program
// writes them.
type schemaFiles struct {
	folder string
	files  []schemaFile
}

type schemaFile struct {
	path string
	data []byte
}

// newSchemaFiles looks at what is there, and refuses to overwrite what is no schema of ours.
func newSchemaFiles(folder string, kinds []string, force bool) (*schemaFiles, error) {
	f := &schemaFiles{folder: folder}
	info, err := os.Stat(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look at %q: %w", folder, cause(err))
	}
	if err == nil && !info.IsDir() {
		return nil, usagef("schemas are written into a folder of that name: move the file away", "%q is there already and is not a folder", folder)
	}
	for _, kind := range kinds {
		file := schemaFile{path: filepath.Join(folder, schemaName(kind)), data: schemaOf(kind)}
		there, err := file.isThere(force)
		if err != nil {
			return nil, err
		}
		if !there {
			f.files = append(f.files, file)
		}
	}
	return f, nil
}

// isThere reports whether the file is there as it would be written.
func (f schemaFile) isThere(force bool) (bool, error) {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look at %q: %w", f.path, cause(err))
	case !info.Mode().IsRegular():
		return false, usagef("move it away", "%q is not a file that can be replaced", f.path)
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return false, fmt.Errorf("look at %q: %w", f.path, cause(err))
	}
	if !force && !sameTitle(data, f.data) {
		return false, usagef("move it away, or add --force", "%q is there already and is no schema of touchstone", f.path)
	}
	there := bytes.Equal(data, f.data)
	if !there && readOnly(info) {
		return false, usagef("move it away, or make it writable", "%q is read-only", f.path)
	}
	return there, nil
}

// sameTitle reports whether two schemas are of one kind of file, perhaps as two versions of the program write it.
func sameTitle(a, b []byte) bool {
	type schema struct{ Title string }
	var x, y schema
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && x.Title == y.Title
}

// write makes the folder if it is not there, but none above it, and writes each file whole.
func (f *schemaFiles) write() error {
	if len(f.files) == 0 {
		return nil
	}
	const everyoneReads = 0o755
	switch err := os.Mkdir(f.folder, everyoneReads); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write into %q: %w", filepath.ToSlash(filepath.Dir(f.folder)), cause(err))
	case err != nil && !errors.Is(err, fs.ErrExist):
		return fmt.Errorf("write %q: %w", f.folder, cause(err))
	}
	for _, file := range f.files {
		if err := replaceFile(file.path, file.data); err != nil {
			return err
		}
	}
	return nil
}

// schemaOf is the schema of a kind of file that has one.
func schemaOf(kind string) []byte {
	return kinds[slices.Index(schemaKinds(), kind)].declaration().Schema()
}
