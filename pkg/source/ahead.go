package source

import (
	"os"
	"runtime"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// ready is a file that was read, and that nobody has taken yet. Whoever reads a node marks what is wrong with it, so that
// it is given to one only.
type ready struct {
	data []byte
	node *Node
	list diag.List
	err  error
}

// Ahead reads files that will be opened soon, as many at a time as there are processors: most of the time that a check of
// many files takes is YAML's.
func (s *Store) Ahead(names []string) {
	var distinct []string
	for _, name := range names {
		shown := Shown(name)
		if _, again := s.ready[shown]; !again && name != Stdin && !s.isMounted(name) {
			s.ready[shown] = ready{}
			distinct = append(distinct, name)
		}
	}
	files := make([]ready, len(distinct))
	sideBySide(len(distinct), func(i int) { files[i] = readNow(distinct[i]) })
	for i, name := range distinct {
		s.ready[Shown(name)] = files[i]
	}
}

// sideBySide does n things, as many at a time as there are processors.
func sideBySide(n int, do func(i int)) {
	queue := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := range queue {
				do(i)
			}
		})
	}
	for i := range n {
		queue <- i
	}
	close(queue)
	workers.Wait()
}

func readNow(name string) ready {
	f, opening := os.Open(name)
	data, err := readFile(f, opening, MaxBytes)
	r := ready{data: data, err: err}
	if err == nil {
		r.node, r.list = Read(Shown(name), data)
	}
	return r
}

// PutBack gives a file that was opened, and of which nothing was read but what it is, to the next who opens it.
func (s *Store) PutBack(name string, node *Node, list diag.List) {
	if name != Stdin && !s.isMounted(name) && node != nil {
		s.ready[Shown(name)] = ready{data: s.read[Shown(name)], node: node, list: list}
	}
}

// take gives what is ready of a file.
func (s *Store) take(shown string) (ready, bool) {
	r, there := s.ready[shown]
	delete(s.ready, shown)
	return r, there
}

func (s *Store) isMounted(name string) bool {
	prefix, _ := s.Mounted(name)
	return prefix != ""
}
