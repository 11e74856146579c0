package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

func validJSON(data []byte) bool {
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	return len(trimmed) > 0 && trimmed[0] == '{' && json.Valid(data)
}

// ReadJSON reads what a program wrote: JSON whatever its name, of at most [MaxWritten] bytes. The node is nil when nothing
// could be understood.
func ReadJSON(name string, data []byte) (*Node, diag.List) {
	if len(data) > MaxWritten {
		return nil, diag.List{tooLarge(name, len(data), MaxWritten, "")}
	}
	data, list := decodeUTF8(name, data)
	if list.HasErrors() {
		return nil, list
	}
	root, list := readJSON(name, data, maxWrittenNodes)
	if root == nil && !list.HasErrors() {
		list.Add(diag.Diagnostic{Rule: ruleEmpty, Place: diag.Place{File: name}, Message: "the file is empty, expected JSON"})
	}
	return root, list
}

// readJSON reads a text of at most so many values.
func readJSON(name string, data []byte, most int) (*Node, diag.List) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, nil
	}
	r := jsonReader{file: name, data: data, line: 1, column: 1, most: most}
	if err := syntax(data); err != nil {
		last := err.Offset - 1
		for last > 0 && !utf8.RuneStart(data[last]) { // the library counts bytes
			last--
		}
		at := r.place(last, 1)
		r.list.Errorf(at, ruleSyntax, "not valid JSON here: %s", err.Error())
		return nil, r.list
	}
	r.decoder = json.NewDecoder(bytes.NewReader(data))
	r.decoder.UseNumber()
	root := r.value(0)
	if r.full {
		return nil, r.list
	}
	return root, r.list
}

// syntax checks the whole file, so that the walk below meets only well-formed JSON.
func syntax(data []byte) *json.SyntaxError {
	var ignored json.RawMessage
	err := json.Unmarshal(data, &ignored)
	if bad, ok := errors.AsType[*json.SyntaxError](err); ok {
		return bad
	}
	return nil
}

type jsonReader struct {
	file    string
	data    []byte
	list    diag.List
	decoder *json.Decoder
	nodes   int
	most    int // of them
	full    bool

	// passed is the last offset whose place was asked for, at line and column. Places are asked for in order, so that
	// a file on one long line is counted once.
	passed       int64
	line, column int
}

// value reads one value. The text is known to be well-formed, so Token does not fail. Once there is too much, nothing more is
// read.
func (r *jsonReader) value(depth int) *Node {
	start := r.start()
	token, _ := r.decoder.Token()
	end := r.decoder.InputOffset()
	n := &Node{place: r.place(start, r.width(start, end)), Flow: true}
	r.nodes++
	if (depth > maxDepth || r.nodes > r.most) && !r.full {
		r.full, n.broken = true, true
		r.list.Errorf(n.place, ruleTooLarge, "the file is nested deeper than %d levels or holds more than %d values", maxDepth, r.most)
	}
	switch t := token.(type) {
	case json.Delim:
		n.place.Width = 1
		if t == '{' {
			n.Kind = Mapping
			r.object(n, depth)
		} else {
			n.Kind = Sequence
			for r.decoder.More() && !r.full {
				n.Values = append(n.Values, r.value(depth+1))
			}
		}
		_, _ = r.decoder.Token() // the closing bracket
	case string:
		n.Kind, n.Text, n.Quoted = Scalar, t, true
	case json.Number:
		n.Kind, n.Text = Scalar, t.String()
	case bool:
		n.Kind, n.Text = Scalar, strconv.FormatBool(t)
	}
	return n
}

func (r *jsonReader) object(n *Node, depth int) {
	seen := map[string]int{}
	for r.decoder.More() && !r.full {
		start := r.start()
		token, _ := r.decoder.Token()
		text, _ := token.(string)
		key := &Node{Kind: Scalar, Text: text, Quoted: true, place: r.place(start, r.width(start, r.decoder.InputOffset()))}
		value := r.value(depth + 1)
		if line, again := seen[text]; again {
			r.list.Add(diag.Diagnostic{
				Rule: ruleDuplicate, Place: key.place, Message: fmt.Sprintf("key %q is already at line %d", text, line),
				Hint: "keep one of the two",
			})
			continue
		}
		seen[text] = key.place.Line
		n.Keys, n.Values = append(n.Keys, key), append(n.Values, value)
	}
}

// start is the offset of the next token.
func (r *jsonReader) start() int64 {
	offset := r.decoder.InputOffset()
	for offset < int64(len(r.data)) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[offset]) >= 0 {
		offset++
	}
	return offset
}

func (r *jsonReader) width(start, end int64) int { return utf8.RuneCount(r.data[start:end]) }

// place is where an offset stands, which may not lie before the last one that was asked for.
func (r *jsonReader) place(offset int64, width int) diag.Place {
	offset = max(r.passed, min(offset, int64(len(r.data))))
	between := r.data[r.passed:offset]
	if end := bytes.LastIndexByte(between, '\n'); end >= 0 {
		r.line, r.column = r.line+bytes.Count(between, []byte("\n")), 1
		between = between[end+1:]
	}
	r.passed, r.column = offset, r.column+utf8.RuneCount(between)
	return diag.Place{File: r.file, Line: r.line, Column: r.column, Width: max(width, 1)}
}
