package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// syntaxError says what the library said, in our words where the likely cause can be seen in the lines around. The
// library gives no column, its line may be one off, and sometimes there is none; so the place is a line, or the file.
func syntaxError(name string, data []byte, err error) diag.Diagnostic {
	lines := strings.Split(string(data), "\n")
	d := diag.Diagnostic{Rule: ruleSyntax, Place: diag.Place{File: name}}
	reason := err.Error()
	if m := yamlLine.FindStringSubmatch(reason); m != nil {
		d.Place.Line, _ = strconv.Atoi(m[1])
		reason = m[2]
	}
	d.Place.Line = min(d.Place.Line, max(len(bytes.TrimRight(data, "\n")), 1))
	for _, cause := range causes {
		if line := near(lines, d.Place.Line, cause.pattern); line > 0 {
			d.Place.Line = line
			d.Message, d.Hint = "not valid YAML here: "+cause.message, cause.hint
			return d
		}
	}
	d.Message = fmt.Sprintf("not valid YAML near this line: %s", reason)
	d.Hint = "look at this line and the one before: a missing quote, a missing colon, or an indent that does not match"
	return d
}

type cause struct {
	pattern       *regexp.Regexp
	message, hint string
}

// causes are what people most often mean when YAML refuses a line, the surest first.
var causes = []cause{
	{
		regexp.MustCompile(`^ *\t`), "a tab in the indentation",
		"use spaces",
	},
	{
		regexp.MustCompile(`^[^"'#]*: +!`), "a value that begins with `!` is read as a YAML tag",
		"put the whole expression in double quotes",
	},
	{
		regexp.MustCompile(`^[^"'#]*: +["'][^"']*["'] *[^,\]} #]`), "text goes on after the closing quote",
		"put the whole value in quotes, of the other kind if it holds quotes itself",
	},
	{
		regexp.MustCompile(`^[^"'#{]*: +[^"'#|>{\[ ][^"'#]*: `), "a colon and a space inside a value",
		"put the value in quotes",
	},
	{
		regexp.MustCompile("^[^\"'#]*: +[@`%]"), "a value cannot begin with this character",
		"put the value in quotes",
	},
}

// near returns the number of the first line that matches, from one before to one after the given one; with no line
// given, of all lines.
func near(lines []string, at int, pattern *regexp.Regexp) int {
	first, last := at-1, at+1
	if at == 0 {
		first, last = 1, len(lines)
	}
	for number := max(first, 1); number <= min(last, len(lines)); number++ {
		if pattern.MatchString(lines[number-1]) {
			return number
		}
	}
	return 0
}
