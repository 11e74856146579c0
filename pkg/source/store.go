package source

import (
	"bytes"
	"embed"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
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
}

// NewStore returns a store that opens embedded files from builtIn and standard input from stdin.
func NewStore(builtIn fs.FS, stdin io.Reader) *Store {
	if builtIn == nil {
		builtIn = embed.FS{} // which holds nothing
	}
	return &Store{builtIn: builtIn, stdin: stdin, read: diag.Sources{}, packed: sync.OnceValue(func() map[string]packed {
		pack, err := fs.ReadFile(builtIn, PackName)
		if err != nil { // there need be none
			return nil
		}
		return unpack(string(pack))
	})}
}

// Sources are the bytes of all files opened so far, by the name used in places.
func (s *Store) Sources() diag.Sources { return s.read }

// BuiltIn are the embedded files.
func (s *Store) BuiltIn() fs.FS { return s.builtIn }

// Open reads a file by its path, or standard input.
func (s *Store) Open(name string) (*Node, diag.List) {
	shown, data, list := s.Load(name)
	if list != nil {
		return nil, list
	}
	return Read(shown, data)
}

// Load returns the bytes of a file or of standard input, at most one more than a file may have, and the name used in
// places. Standard input is read once, however often it is opened.
func (s *Store) Load(name string) (shown string, data []byte, list diag.List) {
	var err error
	if name == Stdin {
		shown = "<stdin>"
		if data, again := s.read[shown]; again {
			return shown, data, nil
		}
		data, err = io.ReadAll(io.LimitReader(s.stdin, MaxBytes+1))
	} else {
		shown = filepath.ToSlash(filepath.Clean(name))
		data, err = readFile(name)
	}
	return shown, data, s.keep(shown, data, err)
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

// readFile reads at most one byte more than a file may have, whatever it is.
func readFile(name string) (data []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	return io.ReadAll(io.LimitReader(f, MaxBytes+1))
}
