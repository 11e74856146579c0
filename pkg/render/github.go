package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// githubMark ends a file of annotations. A runner shows it only when it is told to show its own steps.
const githubMark = "::debug::" + findingsMark

// GitHub writes the findings as workflow commands, one a line. A runner of GitHub Actions that reads them in the output
// of a step shows each beside its place in the file.
func GitHub(w io.Writer, f *report.Findings, o Options) error {
	var b bytes.Buffer
	for i := range f.List {
		one := &f.List[i]
		fmt.Fprintf(&b, "::%s %s::%s\n", githubCommand(one.Severity), strings.Join(githubPlace(one), ","), githubData.Replace(visibleLines(one)))
	}
	if o.File {
		fmt.Fprintln(&b, githubMark)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func githubCommand(s diag.Severity) string {
	if s == diag.Note {
		return "notice"
	}
	return s.String()
}

// githubPlace are the properties of an annotation, as many as are known. The last column is the one of the last character.
func githubPlace(f *report.Finding) []string {
	place := []string{"file=" + githubProperty.Replace(text.Visible(f.File))}
	if f.Place.Line > 0 {
		place = append(place, fmt.Sprintf("line=%d", f.Place.Line))
	}
	if f.Place.Column > 0 {
		place = append(place, fmt.Sprintf("col=%d", f.Place.Column), fmt.Sprintf("endColumn=%d", f.Place.Column+max(f.Place.Width, 1)-1))
	}
	return append(place, "title="+githubProperty.Replace(f.Rule))
}

// How a runner wants what would end a message, or a property of it (actions/toolkit, command.ts).
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Inert returns lines of text for a log without a command in them. A runner takes for a command what stands between two
// double colons where a line begins, and what stands in `##[…]` anywhere (actions/runner, ActionCommand.cs): a name of a
// file or a message could set what later steps see. One character of each is written out.
func Inert(lines []byte) []byte {
	if !bytes.Contains(lines, []byte("::")) && !bytes.Contains(lines, []byte("##[")) {
		return lines
	}
	var b bytes.Buffer
	for line := range bytes.Lines(lines) {
		if command := bytes.TrimLeftFunc(line, unicode.IsSpace); bytes.HasPrefix(command, []byte("::")) {
			b.Write(line[:len(line)-len(command)])
			b.WriteString(`\u{3a}`)
			line = command[1:]
		}
		b.Write(bytes.ReplaceAll(line, []byte("##["), []byte(`#\u{23}[`)))
	}
	return b.Bytes()
}
