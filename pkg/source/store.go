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
	// ahead are the embedded files that were read before they were asked for.
	ahead map[string]readAhead
}

type readAhead struct {
	node *Node
	list diag.List
}

// NewStore returns a store that opens embedded files from builtIn and standard input from stdin.
func NewStore(builtIn fs.FS, stdin io.Reader) *Store {
	if builtIn == nil {
		builtIn = embed.FS{} // which holds nothing
	}
	return &Store{builtIn: builtIn, stdin: stdin, read: diag.Sources{}, ahead: map[string]readAhead{}}
}

// Sources are the bytes of all files opened so far, by the name used in places.
func (s *Store) Sources() diag.Sources { return s.read }

// BuiltIn are the embedded files.
func (s *Store) BuiltIn() fs.FS { return s.builtIn }

// Open reads a file by its path, or standard input.
func (s *Store) Open(name string) (*Node, diag.List) {
	if name == Stdin {
		return s.openStdin()
	}
	shown := filepath.ToSlash(filepath.Clean(name))
	data, err := readFile(name)
	return s.keep(shown, data, err)
}

// openStdin reads standard input once, however often it is opened.
func (s *Store) openStdin() (*Node, diag.List) {
	const shown = "<stdin>"
	if data, again := s.read[shown]; again {
		return Read(shown, data)
	}
	data, err := io.ReadAll(io.LimitReader(s.stdin, MaxBytes+1))
	return s.keep(shown, data, err)
}

// Ahead reads embedded files side by side that will be opened next: reading YAML is half of what a short run does. It
// passes over what is not there.
func (s *Store) Ahead(names ...string) {
	var wait sync.WaitGroup
	found := make([]readAhead, len(names))
	for i, name := range names {
		data, err := fs.ReadFile(s.builtIn, path.Clean(name))
		if _, again := s.read[builtInPrefix+path.Clean(name)]; err != nil || again {
			continue
		}
		wait.Go(func() { found[i].node, found[i].list = Read(builtInPrefix+path.Clean(name), data) })
	}
	wait.Wait()
	for i, name := range names {
		if found[i].node != nil {
			s.ahead[path.Clean(name)] = found[i]
		}
	}
}

// OpenBuiltIn reads an embedded file.
func (s *Store) OpenBuiltIn(name string) (*Node, diag.List) {
	if a, there := s.ahead[path.Clean(name)]; there {
		delete(s.ahead, path.Clean(name)) // a node is its reader's own
		data, _ := fs.ReadFile(s.builtIn, path.Clean(name))
		s.read[builtInPrefix+path.Clean(name)] = bytes.TrimPrefix(data, byteOrderMark)
		return a.node, a.list
	}
	data, err := fs.ReadFile(s.builtIn, path.Clean(name))
	return s.keep(builtInPrefix+path.Clean(name), data, err)
}

func (s *Store) keep(shown string, data []byte, err error) (*Node, diag.List) {
	if err != nil {
		return nil, diag.List{Unreadable(shown, err)}
	}
	s.read[shown] = bytes.TrimPrefix(data, byteOrderMark) // columns are counted without it
	return Read(shown, data)
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
