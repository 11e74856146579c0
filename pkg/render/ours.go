package render

import (
	"bytes"
	"strings"
	"unicode"
)

// begins is for formats whose files all begin alike, however they are spaced.
func begins(with string) func(file []byte) bool {
	with = strings.Join(strings.Fields(with), "")
	return func(file []byte) bool {
		rest := with
		for _, r := range string(file[:min(len(file), 2*len(with)+spacing)]) {
			if rest == "" || unicode.IsSpace(r) {
				continue
			}
			var same bool
			if rest, same = strings.CutPrefix(rest, string(r)); !same {
				return false
			}
		}
		return rest == ""
	}
}

// spacing is room enough for the indentation of what files begin with.
const spacing = 1000

// ends is for formats whose files have the same last line, and nothing else in it.
func ends(with string) func(file []byte) bool {
	return func(file []byte) bool {
		file = bytes.TrimSuffix(file, []byte("\n"))
		return string(file[bytes.LastIndexByte(file, '\n')+1:]) == with
	}
}
