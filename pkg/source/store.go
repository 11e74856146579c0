package source

import (
	"bytes"
	"embed"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Stdin is the name by which standard input is opened.
const Stdin = "-"

// builtInPrefix begins the names of embedded files in messages.
const builtInPrefix = "built-in:"

// Store opens files, and remembers their bytes so that messages can show a line of them.
type Store struct {
	builtIn fs.FS
	stdin   io.Reader
	read    diag.Sources
	// packed are the embedded files that are there as they were parsed.
	packed func() map[string]packed
	mounts []mount
	// ready are files that were read ahead, by their names in messages.
	ready map[string]ready
}

// mount is a tree of files that lies on no disk.
type mount struct {
	prefix string
	files  fs.FS
}

// NewStore returns a store that opens embedded files from builtIn and standard input from stdin.
func NewStore(builtIn fs.FS, stdin io.Reader) *Store {
	if builtIn == nil {
		builtIn = embed.FS{} // which holds nothing
	}
	return &Store{builtIn: builtIn, stdin: stdin, read: diag.Sources{}, ready: map[string]ready{}, packed: sync.OnceValue(func() map[string]packed {
		f, err := builtIn.Open(PackName)
		if err != nil { // there need be none
			return nil
		}
		defer func() { _ = f.Close() }() // it was only read
		var pack strings.Builder
		if info, err := f.Stat(); err == nil {
			pack.Grow(int(info.Size()))
		}
		if _, err := io.Copy(&pack, f); err != nil {
			return nil
		}
		return unpack(pack.String())
	})}
}

// Sources are the bytes of all files opened so far, by the name used in places.
func (s *Store) Sources() diag.Sources { return s.read }

// BuiltIn are the embedded files.
func (s *Store) BuiltIn() fs.FS { return s.builtIn }

// Mount lets a tree of files that lies on no disk be opened: each by the prefix, such as `git:HEAD~1:`, and its path in
// the tree. No other mount may have a prefix that begins with this one.
func (s *Store) Mount(prefix string, files fs.FS) {
	s.mounts = append(s.mounts, mount{prefix: prefix, files: files})
}

// Mounted splits the name of a file that is mounted into the prefix and the path in its tree. The prefix of any other is
// "".
func (s *Store) Mounted(name string) (prefix, file string) {
	for _, m := range s.mounts {
		if file, is := strings.CutPrefix(name, m.prefix); is {
			return m.prefix, path.Clean(file)
		}
	}
	return "", name
}

// Tree are the files that are mounted under a prefix; nil if none are.
func (s *Store) Tree(prefix string) fs.FS {
	for _, m := range s.mounts {
		if m.prefix == prefix {
			return m.files
		}
	}
	return nil
}

// Open reads a file by its path, a file that is mounted, or standard input.
func (s *Store) Open(name string) (*Node, diag.List) {
	shown := Shown(name)
	if r, there := s.take(shown); there {
		if list := s.keep(shown, r.data, r.err); list != nil {
			return nil, list
		}
		return r.node, r.list
	}
	shown, data, list := s.Load(name)
	if list != nil {
		return nil, list
	}
	return Read(shown, data)
}

// Load returns the bytes of a file, of one that is mounted or of standard input, at most one more than a file may have, and
// the name used in places. Standard input is read once, however often it is opened.
func (s *Store) Load(name string) (shown string, data []byte, list diag.List) {
	return s.load(name, MaxBytes)
}

// OpenJSON reads a file that a program wrote, as [ReadJSON] does, or standard input.
func (s *Store) OpenJSON(name string) (*Node, diag.List) {
	shown, data, list := s.load(name, MaxWritten)
	if list != nil {
		return nil, list
	}
	return ReadJSON(shown, data)
}

func (s *Store) load(name string, most int) (shown string, data []byte, list diag.List) {
	shown = Shown(name)
	var err error
	if prefix, file := s.Mounted(name); prefix != "" {
		shown = prefix + file
		f, opening := s.Tree(prefix).Open(file)
		data, err = readFile(f, opening, most)
	} else if name == Stdin {
		if data, again := s.read[shown]; again {
			return shown, data, nil
		}
		data, err = io.ReadAll(io.LimitReader(s.stdin, int64(most)+1))
	} else {
		f, opening := os.Open(name)
		data, err = readFile(f, opening, most)
	}
	return shown, data, s.keep(shown, data, err)
}

// Shown is the name by which places name a file that is opened by its path, or standard input.
func Shown(name string) string {
	if name == Stdin {
		return "<stdin>"
	}
	return filepath.ToSlash(filepath.Clean(name))
}

// OpenBuiltIn reads an embedded file.
func (s *Store) OpenBuiltIn(name string) (*Node, diag.List) {
	name = path.Clean(name)
	shown := builtInPrefix + name
	data, err := fs.ReadFile(s.builtIn, name)
	if f, there := s.packed()[name]; there && err == nil {
		if n, same := f.read(shown, data); same {
			s.read[shown] = bytes.TrimPrefix(data, byteOrderMark)
			return n, nil
		}
	}
	if list := s.keep(shown, data, err); list != nil {
		return nil, list
	}
	return Read(shown, data)
}

func (s *Store) keep(shown string, data []byte, err error) diag.List {
	if err != nil {
		return diag.List{Unreadable(shown, err)}
	}
	s.read[shown] = bytes.TrimPrefix(data, byteOrderMark) // columns are counted without it
	return nil
}

// readFile reads at most one byte more than a file may have, whatever it is. It takes what opening the file gave.
func readFile(f fs.File, opening error, most int) (data []byte, err error) {
	if opening != nil {
		return nil, opening
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	return io.ReadAll(io.LimitReader(f, int64(most)+1))
}
