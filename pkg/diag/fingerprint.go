package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// Fingerprints names each problem of a list in order of place, so that a program can tell from run to run which are new
// and which are gone. A name says the rule, the file, the text of the line and the part of it that is meant: it stays the
// same when lines come and go above, or the line is indented anew, and changes with the line. Problems that are alike in
// all of these are told apart by their order. A name is 32 hexadecimal digits; no two of a list are the same.
func (l List) Fingerprints(sources Sources) []string {
	p := pages{sources: sources}
	seen := map[[sha256.Size]byte]int{}
	var at Place
	var line string
	names := make([]string, len(l))
	for i, d := range l {
		runes, _ := p.whole(d.Place)
		if i == 0 || d.Place.File != at.File || d.Place.Line != at.Line { // many problems of one long line cost no more than one
			line = digest(squeezed(runes))
		}
		at = d.Place
		alike := sum(d.Rule, at.File, line, squeezed(subject(runes, at)))
		seen[alike]++
		name := sum(string(alike[:]), strconv.Itoa(seen[alike]))
		const short = 16
		names[i] = hex.EncodeToString(name[:short])
	}
	return names
}

// subject is the part of a line that a place means; nothing if it means all of it.
func subject(line []rune, at Place) []rune {
	if at.Column == 0 {
		return nil
	}
	start := min(at.Column-1, len(line))
	return line[start:min(start+at.Width, len(line))]
}

// squeezed is text without the spaces around it, and with one for each run inside.
func squeezed(text []rune) string { return strings.Join(strings.Fields(string(text)), " ") }

func digest(text string) string {
	d := sum(text)
	return string(d[:])
}

// sum digests parts, each with its length: what one ends with is never what the next begins with.
func sum(parts ...string) [sha256.Size]byte {
	var all strings.Builder
	for _, part := range parts {
		all.WriteString(strconv.Itoa(len(part)) + " " + part)
	}
	return sha256.Sum256([]byte(all.String()))
}
