package main

import (
	"bytes"
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// gitTree are the files of one commit. Each is read from git when it is opened.
type gitTree struct {
	git git
	// objects are the files and links by path, folders the names in each folder.
	objects map[string]gitObject
	folders map[string][]string
}

type gitObject struct {
	id   string
	link bool
}

// tree lists the files of a revision.
func (g git) tree(rev string) (*gitTree, error) {
	commit, err := g.line("rev-parse", "--verify", rev+"^{commit}")
	if err != nil {
		return nil, err
	}
	const large = 1 << 28 // the names of some million files
	listing, err := g.run(large, "ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	t := &gitTree{git: g, objects: map[string]gitObject{}, folders: map[string][]string{".": nil}}
	for entry := range strings.SplitSeq(string(listing), "\x00") {
		about, name, ok := strings.Cut(entry, "\t")
		fields := strings.Fields(about) // mode, type, object
		if !ok || len(fields) != 3 || fields[1] != "blob" {
			continue // another repository inside this one has no files here
		}
		const linkMode = "120000"
		t.add(name, gitObject{id: fields[2], link: fields[0] == linkMode})
	}
	return t, nil
}

func (t *gitTree) add(name string, o gitObject) {
	t.objects[name] = o
	for name != "." {
		folder := path.Dir(name)
		_, known := t.folders[folder]
		t.folders[folder] = append(t.folders[folder], path.Base(name))
		if known {
			return
		}
		name = folder
	}
}

// maxLinks is how many links one may lead to.
const maxLinks = 8

// Open reads a file, or that to which a link leads within the tree.
func (t *gitTree) Open(name string) (fs.File, error) {
	o, there := t.objects[name]
	for range maxLinks {
		if !there || !o.link {
			break
		}
		target, err := t.git.run(most, "cat-file", "blob", o.id)
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		name = path.Join(path.Dir(name), string(target))
		o, there = t.objects[name]
	}
	if !there || o.link {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	data, err := t.git.run(most, "cat-file", "blob", o.id)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &gitFile{Reader: bytes.NewReader(data), gitEntry: gitEntry{name: path.Base(name), size: int64(len(data))}}, nil
}

// ReadDir lists a folder.
func (t *gitTree) ReadDir(name string) ([]fs.DirEntry, error) {
	names, there := t.folders[name]
	if !there {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	var all []fs.DirEntry
	for _, base := range names {
		_, folder := t.folders[path.Join(name, base)]
		all = append(all, gitEntry{name: base, folder: folder})
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return all, nil
}

// isFile reports whether there is a file of a name, which is not read.
func isFile(tree fs.FS, name string) bool {
	t, is := tree.(*gitTree)
	if !is {
		return false
	}
	_, there := t.objects[name]
	return there
}

type gitFile struct {
	*bytes.Reader
	gitEntry
}

func (f *gitFile) Stat() (fs.FileInfo, error) { return f.gitEntry, nil }
func (f *gitFile) Close() error               { return nil }
func (f *gitFile) Size() int64                { return f.size }

// gitEntry is what is known of a file or folder without reading it. A commit keeps no times.
type gitEntry struct {
	name   string
	folder bool
	size   int64
}

func (e gitEntry) Name() string               { return e.name }
func (e gitEntry) Size() int64                { return e.size }
func (e gitEntry) IsDir() bool                { return e.folder }
func (e gitEntry) ModTime() time.Time         { return time.Time{} }
func (e gitEntry) Sys() any                   { return nil }
func (e gitEntry) Type() fs.FileMode          { return e.Mode().Type() }
func (e gitEntry) Info() (fs.FileInfo, error) { return e, nil }

// Mode says that files can only be read.
func (e gitEntry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
