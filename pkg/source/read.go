// Package source reads YAML and JSON files into nodes that know their place, and nodes into declared types.
//
// Every problem is a diagnostic with file, line and column; a file gives all of its problems in one run. The keys of
// each kind of file are declared once, with [Object] and [Field]; reading, messages, hints, the JSON Schemas for editors
// and the canonical form of files come from there. No other package knows YAML.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// Bounds of one file. They hold reading to a second and 200 MB whatever the file says.
const (
	MaxBytes = 1 << 20
	maxDepth = 64
	maxNodes = 20_000
)

// Bounds of a file that a program wrote, which may be of many records: a report of one is a tenth of a megabyte. They hold
// reading to the same second and 200 MB.
const (
	MaxWritten      = 8 << 20
	maxWrittenNodes = 200_000
)

// Rules of this package's diagnostics.
const (
	ruleSyntax    = "syntax"
	ruleEncoding  = "encoding"
	ruleTooLarge  = "too-large"
	ruleDuplicate = "duplicate-key"
	ruleTag       = "yaml-tag"
	ruleMerge     = "merge-key"
	ruleDocuments = "several-documents"
	ruleEmpty     = "empty-file"
	ruleUnknown   = "unknown-key"
	ruleMissing   = "missing-key"
	ruleType      = "wrong-type"
	ruleValue     = "bad-value"
	ruleKind      = "wrong-kind"
)

// Unopened is the rule for a file that could not be opened.
const Unopened = "unreadable-file"

// Read turns the bytes of a file into a node. The name is used in places; JSON is known by its name or its first
// character. The node is nil when nothing could be understood.
func Read(name string, data []byte) (*Node, diag.List) {
	root, _, list := read(name, data)
	return root, list
}

// read is [Read], with the library's own nodes if the file is YAML.
func read(name string, data []byte) (*Node, *yaml.Node, diag.List) {
	if len(data) > MaxBytes {
		return nil, nil, diag.List{tooLarge(name, len(data), MaxBytes, "split it, or leave out what is not part of the record")}
	}
	data, list := decodeUTF8(name, data)
	if list.HasErrors() {
		return nil, nil, list
	}
	var root *Node
	var written *yaml.Node
	if looksLikeJSON(name, data) {
		root, list = readJSON(name, data, maxNodes)
	} else {
		root, written, list = readYAML(name, data)
	}
	if root == nil && !list.HasErrors() {
		list.Add(diag.Diagnostic{
			Rule: ruleEmpty, Place: diag.Place{File: name}, Message: "the file is empty, expected `touchstone:` and a kind",
			Hint: "`touchstone init` writes a file to start from",
		})
	}
	return root, written, list
}

func tooLarge(name string, size, most int, hint string) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: ruleTooLarge, Place: diag.Place{File: name}, Hint: hint,
		Message: fmt.Sprintf("the file has %d bytes, expected at most %d", size, most),
	}
}

// Unreadable is the diagnostic for a file that could not be opened.
func Unreadable(name string, err error) diag.Diagnostic {
	reason := err.Error()
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		reason = path.Err.Error()
	}
	return diag.Diagnostic{Rule: Unopened, Place: diag.Place{File: name}, Message: "cannot read the file: " + reason}
}

var byteOrderMark = []byte("\ufeff")

// decodeUTF8 drops a byte order mark and refuses what is not UTF-8 text.
func decodeUTF8(name string, data []byte) ([]byte, diag.List) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return nil, diag.List{{
			Rule: ruleEncoding, Place: diag.Place{File: name}, Message: "the file is UTF-16, expected UTF-8",
			Hint: "save it again with the encoding UTF-8",
		}}
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	line, column := 1, 1
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		at := diag.Place{File: name, Line: line, Column: column, Width: 1}
		switch {
		case r == utf8.RuneError && size == 1:
			return nil, diag.List{{
				Rule: ruleEncoding, Place: at, Message: fmt.Sprintf("byte 0x%02x is not UTF-8", rest[0]),
				Hint: "save the file again with the encoding UTF-8",
			}}
		case breaksLine(rest):
			return nil, diag.List{{
				Rule: ruleEncoding, Place: at, Message: fmt.Sprintf("line break U+%04X, expected the usual one", r),
				Hint: "replace the character, or save the file again with the line ends LF or CRLF",
			}}
		case r != '\t' && r != '\n' && r != '\r' && unicode.IsControl(r), r == 0xfffe, r == 0xffff:
			return nil, diag.List{{
				Rule: ruleEncoding, Place: at, Message: fmt.Sprintf("control character U+%04X, expected text", r),
				Hint: "delete the character",
			}}
		}
		rest = rest[size:]
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	return data, nil
}

// breaksLine reports whether text begins with what is the end of a line to YAML only: editors, JSON and our own line
// numbers would not agree with it.
func breaksLine(text []byte) bool {
	const nextLine, lineSeparator, paragraphSeparator = 0x85, 0x2028, 0x2029
	switch r, _ := utf8.DecodeRune(text); r {
	case '\r':
		return !bytes.HasPrefix(text, []byte("\r\n"))
	case nextLine, lineSeparator, paragraphSeparator:
		return true
	}
	return false
}

func looksLikeJSON(name string, data []byte) bool {
	return strings.HasSuffix(strings.ToLower(name), ".json") || validJSON(data)
}
