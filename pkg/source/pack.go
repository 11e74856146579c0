package source

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// PackName is the embedded file that holds the others as they were parsed.
const PackName = "nodes.pack"

const packHeader = "touchstone nodes 1\n"

// Parsing YAML is most of what a short run would do. So the embedded files are embedded a second time, parsed: each node
// by its form, its place, and where its text stands in the YAML. The YAML stays the truth. A file whose bytes are not
// those that were packed is parsed anew, so that an old pack costs time and nothing else.

// Pack parses embedded files for a [Store] to find them in. A file with a problem is left out.
func Pack(files fs.FS) ([]byte, error) {
	all := packer{out: []byte(packHeader)}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		node, list := Read(builtInPrefix+name, data)
		if len(list) > 0 || node == nil {
			return nil
		}
		p := packer{text: string(data)}
		p.node(node)
		all.number(len(name))
		all.out = append(all.out, name...)
		for _, n := range []int{sum(data), len(data), sum(p.out), p.nodes, len(p.out)} {
			all.number(n)
		}
		all.out = append(all.out, p.out...)
		return nil
	})
	return all.out, err
}

// sum uses the polynomial whose tables take no time worth mentioning to make.
func sum(data []byte) int { return int(crc32.ChecksumIEEE(data)) }

// sumOf is [sum] of a text, without a copy of the whole of it.
func sumOf(s string) int {
	var part [1 << 12]byte
	all := uint32(0)
	for s != "" {
		n := copy(part[:], s)
		all, s = crc32.Update(all, crc32.IEEETable, part[:n]), s[n:]
	}
	return int(all)
}

// The first byte of a node: its kind in the two lowest bits, and these.
const (
	packQuoted = 1 << (iota + 2)
	packFlow
	packInline // its text follows: it does not stand in the file as it reads
)

type packer struct {
	text  string // the file
	out   []byte
	nodes int
	line  int // of the node before
	end   int // where its text ends in the file
}

func (p *packer) node(n *Node) {
	p.nodes++
	first := byte(n.Kind)
	if n.Quoted {
		first |= packQuoted
	}
	if n.Flow {
		first |= packFlow
	}
	at := -1
	if n.Kind == Scalar {
		if at = strings.Index(p.text[p.end:], n.Text); at < 0 {
			first |= packInline
		}
	}
	p.out = append(p.out, first)
	p.number(n.place.Line - p.line)
	p.number(n.place.Column)
	p.number(n.place.Width)
	p.line = n.place.Line
	switch {
	case n.Kind != Scalar:
		p.number(len(n.Keys))
		p.number(len(n.Values))
	case at < 0:
		p.number(len(n.Text))
		p.out = append(p.out, n.Text...)
	default:
		p.number(at)
		p.number(len(n.Text))
		p.end += at + len(n.Text)
	}
	for i, value := range n.Values {
		if n.Keys != nil {
			p.node(n.Keys[i])
		}
		p.node(value)
	}
}

func (p *packer) number(n int) { p.out = binary.AppendVarint(p.out, int64(n)) }

// packed is one file of a pack.
type packed struct {
	sum    int // of the file
	length int
	own    int // the sum of the stream
	nodes  int
	stream string
}

// unpack lists the files of a pack; none of one that is not there or not whole.
func unpack(pack string) map[string]packed {
	files := map[string]packed{}
	r := packReader{rest: strings.TrimPrefix(pack, packHeader)}
	if len(r.rest) == len(pack) {
		return nil
	}
	for r.rest != "" {
		name := r.take(r.number())
		f := packed{sum: r.number(), length: r.number(), own: r.number(), nodes: r.number()}
		f.stream = r.take(r.number())
		if r.err != nil {
			return nil
		}
		files[name] = f
	}
	return files
}

// read makes the nodes of a file from its bytes; false if those are not the bytes that were packed.
func (f packed) read(shown string, data []byte) (*Node, bool) {
	if len(data) != f.length || sum(data) != f.sum || sumOf(f.stream) != f.own || f.nodes < 0 || f.nodes > len(data) {
		return nil, false
	}
	r := packReader{rest: f.stream, text: string(data), file: shown, nodes: make([]Node, f.nodes), links: make([]*Node, f.nodes)}
	n := r.node()
	return n, r.err == nil && r.rest == "" && len(r.nodes) == 0
}

var errPack = errors.New("the pack ends early")

// packReader reads numbers and nodes. The first that is not there makes all that follow nothing.
type packReader struct {
	rest, text, file string
	nodes            []Node  // not yet used
	links            []*Node // not yet used
	line, end        int
	err              error
}

func (r *packReader) fail() {
	r.err, r.rest = errPack, ""
}

// number reads what [binary.AppendVarint] wrote.
func (r *packReader) number() int {
	n := 0
	for shift := 0; shift < 63; shift += 7 {
		b := r.take(1)
		if b == "" {
			return 0
		}
		if n |= int(b[0]&0x7f) << shift; b[0] < 0x80 {
			return n>>1 ^ -(n & 1)
		}
	}
	r.fail()
	return 0
}

func (r *packReader) take(n int) string {
	if n < 0 || n > len(r.rest) {
		r.fail()
		return ""
	}
	var s string
	s, r.rest = r.rest[:n], r.rest[n:]
	return s
}

func (r *packReader) node() *Node {
	first := r.take(1)
	if first == "" || len(r.nodes) == 0 {
		r.fail()
		return nil
	}
	n := &r.nodes[0]
	r.nodes = r.nodes[1:]
	n.Kind, n.Quoted, n.Flow = Kind(first[0]&3), first[0]&packQuoted != 0, first[0]&packFlow != 0
	r.line += r.number()
	n.place = diag.Place{File: r.file, Line: r.line, Column: r.number(), Width: r.number()}
	switch {
	case n.Kind != Scalar:
		r.children(n, r.number(), r.number())
	case first[0]&packInline != 0:
		n.Text = r.take(r.number())
	default:
		n.Text = r.slice(r.number(), r.number())
	}
	return n
}

// slice is text of the file, which begins so far after the text before it.
func (r *packReader) slice(after, length int) string {
	from := r.end + after
	if after < 0 || length < 0 || from+length > len(r.text) {
		r.fail()
		return ""
	}
	r.end = from + length
	return r.text[from:r.end]
}

func (r *packReader) children(n *Node, keys, values int) {
	if keys < 0 || values < 0 || keys+values > len(r.links) || keys > 0 && keys != values {
		r.fail()
		return
	}
	n.Keys, r.links = slices.Clip(r.links[:keys]), r.links[keys:]
	n.Values, r.links = slices.Clip(r.links[:values]), r.links[values:]
	for i := range n.Values {
		if keys > 0 {
			n.Keys[i] = r.node()
		}
		n.Values[i] = r.node()
	}
}
