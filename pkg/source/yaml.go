package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// readYAML returns the root as a node of ours and as one of the library's.
func readYAML(name string, data []byte) (*Node, *yaml.Node, diag.List) {
	reader := &lineReader{data: data}
	decoder := yaml.NewDecoder(reader)
	var document yaml.Node
	if err := decode(decoder, &document); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil, nil
		}
		return nil, nil, diag.List{syntaxError(name, data, reader.line(), err)}
	}
	if document.Kind == 0 || len(document.Content) == 0 {
		return nil, nil, nil
	}
	c := converter{file: name, open: map[*yaml.Node]bool{}, bangs: loneBangs(data)}
	root := c.node(document.Content[0], 0)
	if c.full { // what is left of it would only be reported as missing
		return nil, nil, c.list
	}
	c.oneDocument(decoder, reader)
	if root != nil && root.Kind == Null && !c.list.HasErrors() {
		return nil, nil, nil
	}
	return root, document.Content[0], c.list
}

// decode turns a panic of the library into an error, so that no file can stop the program.
func decode(d *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	return d.Decode(into)
}

// lineReader hands out one line at a time, so that it is known how far the library has read when it stops.
type lineReader struct {
	data []byte
	read int
}

func (r *lineReader) Read(p []byte) (int, error) {
	rest := r.data[r.read:]
	if len(rest) == 0 {
		return 0, io.EOF
	}
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end+1]
	}
	n := copy(p, rest)
	r.read += n
	return n, nil
}

// line is the number of the last line that was begun.
func (r *lineReader) line() int { return 1 + bytes.Count(r.data[:max(r.read-1, 0)], []byte("\n")) }

// position is a place in the file, as the library counts.
type position struct{ line, column int }

// loneBangs finds every `!` that nothing is attached to. Before a value it is a tag that the library drops without a
// trace, so that `when: ! facts.x` would say its opposite.
func loneBangs(data []byte) map[position]bool {
	found := map[position]bool{}
	at := position{1, 1}
	for i, r := range string(data) {
		if r == '!' && (i+1 == len(data) || bytes.IndexByte([]byte(" \t\r\n,]}"), data[i+1]) >= 0) {
			found[at] = true
		}
		at.column++
		if r == '\n' {
			at = position{at.line + 1, 1}
		}
	}
	return found
}

// converter walks the library's nodes once and keeps what the program needs of them.
type converter struct {
	file  string
	list  diag.List
	nodes int
	open  map[*yaml.Node]bool // anchors being expanded
	full  bool                // a bound was passed and reported
	bangs map[position]bool
}

func (c *converter) oneDocument(decoder *yaml.Decoder, reader *lineReader) {
	var second yaml.Node
	err := decode(decoder, &second)
	if errors.Is(err, io.EOF) {
		return
	}
	line := second.Line
	if err != nil {
		line = reader.line()
	}
	at := diag.Place{File: c.file, Line: separatorLine(reader.data, line)}
	c.list.Add(diag.Diagnostic{
		Rule: ruleDocuments, Place: at, Message: "a second document begins here, expected one document in a file",
		Hint: "move it to a file of its own, or delete the `---`",
	})
}

// separatorLine finds the `---` or `...` at or before a line.
func separatorLine(data []byte, line int) int {
	lines := bytes.Split(data, []byte("\n"))
	for i := min(line, len(lines)) - 1; i > 0; i-- {
		if bytes.HasPrefix(lines[i], []byte("---")) || bytes.HasPrefix(lines[i], []byte("...")) {
			return i + 1
		}
	}
	return line
}

func (c *converter) place(y *yaml.Node) diag.Place {
	width := 1
	switch {
	case y.Kind == yaml.MappingNode && y.Style&yaml.FlowStyle == 0 && len(y.Content) > 0:
		width = len([]rune(y.Content[0].Value))
	case y.Kind == yaml.ScalarNode && y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		width = len([]rune(y.Value)) + 2
	case y.Kind == yaml.ScalarNode && y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0:
		width = len([]rune(y.Value))
	}
	return diag.Place{File: c.file, Line: y.Line, Column: y.Column, Width: max(width, 1)}
}

func (c *converter) node(y *yaml.Node, depth int) *Node {
	n := &Node{place: c.place(y), Flow: y.Style&yaml.FlowStyle != 0}
	c.nodes++
	switch {
	case c.full:
		n.broken = true
		return n
	case depth > maxDepth || c.nodes > maxNodes:
		c.full, n.broken = true, true
		c.list.Add(diag.Diagnostic{
			Rule: ruleTooLarge, Place: n.place, Hint: "write out less, or with fewer aliases",
			Message: fmt.Sprintf("the file is nested deeper than %d levels or holds more than %d values", maxDepth, maxNodes),
		})
		return n
	}
	if tag := c.tagOf(y); tag != "" {
		c.tag(y, n, tag)
		return n
	}
	switch y.Kind {
	case yaml.AliasNode:
		return c.alias(y, n, depth)
	case yaml.ScalarNode:
		n.Kind, n.Text = Scalar, y.Value
		n.Quoted = y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if !n.Quoted && isNull(y.Value) {
			n.Kind = Null
		}
	case yaml.SequenceNode:
		n.Kind = Sequence
		for _, child := range y.Content {
			n.Values = append(n.Values, c.node(child, depth+1))
		}
	case yaml.MappingNode:
		n.Kind = Mapping
		c.mapping(y, n, depth)
	case yaml.DocumentNode: // only ever the root, which the caller has opened
	}
	return n
}

// alias expands an alias in place, within the bound on nodes; an anchor may not hold itself.
func (c *converter) alias(y *yaml.Node, n *Node, depth int) *Node {
	if c.open[y.Alias] {
		n.broken = true
		c.list.Errorf(n.place, ruleSyntax, "alias %q stands inside its own anchor", "*"+y.Value)
		return n
	}
	c.open[y.Alias] = true
	expanded := c.node(y.Alias, depth+1)
	delete(c.open, y.Alias)
	expanded.place = n.place
	return expanded
}

func (c *converter) mapping(y *yaml.Node, n *Node, depth int) {
	seen := map[string]int{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		k := y.Content[i]
		key := &Node{Kind: Scalar, Text: k.Value, place: c.place(k), Quoted: k.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0}
		line, again := seen[k.Value]
		tag := c.tagOf(k)
		switch {
		case tag != "":
			c.tag(k, key, tag)
			continue
		case k.Kind == yaml.AliasNode || k.Kind != yaml.ScalarNode:
			c.list.Errorf(key.place, ruleType, "a key must be a plain word")
			continue
		case k.Tag == "!!merge":
			c.list.Add(diag.Diagnostic{
				Rule: ruleMerge, Place: key.place, Message: "merge keys (`<<`) are not read", Hint: "write the keys out",
			})
			continue
		case again:
			c.list.Add(diag.Diagnostic{
				Rule: ruleDuplicate, Place: key.place, Message: fmt.Sprintf("key %q is already at line %d", k.Value, line),
				Hint: "keep one of the two",
			})
			continue
		}
		seen[k.Value] = k.Line
		n.Keys = append(n.Keys, key)
		n.Values = append(n.Values, c.node(y.Content[i+1], depth+1))
	}
}

// tagOf is the tag of a node as written, or "". A lone `!` may follow an anchor.
func (c *converter) tagOf(y *yaml.Node) string {
	at := position{y.Line, y.Column}
	if y.Anchor != "" {
		at.column += len([]rune("&" + y.Anchor + " "))
	}
	switch {
	case y.Kind == yaml.AliasNode:
		return ""
	case y.Style&yaml.TaggedStyle != 0:
		return y.Tag
	case c.bangs[at] || c.bangs[position{y.Line, y.Column}]:
		return "!"
	}
	return ""
}

// tag reports `!name`. The commonest cause is an expression that begins with `!`: YAML takes it for a tag, the value
// is empty, and the condition would be gone without a word.
func (c *converter) tag(y *yaml.Node, n *Node, tag string) {
	n.broken = true
	written := strings.TrimSpace(tag + " " + y.Value)
	n.place.Width = len([]rune(written))
	c.list.Add(diag.Diagnostic{
		Rule: ruleTag, Place: n.place,
		Message: fmt.Sprintf("%q is a YAML tag, so its text would be lost; expected a value", tag),
		Hint:    fmt.Sprintf("put the value in quotes: %q", written),
	})
}

func isNull(s string) bool {
	return s == "" || s == "~" || s == "null" || s == "Null" || s == "NULL"
}
