package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

var yamlLine = pattern(`^yaml: (?:line (\d+): )?(.*)$`)

// beginsBlock matches what the library says with the line of the mapping or list as a whole, however long that is.
var beginsBlock = pattern(`^did not find expected (key|'-' indicator)`)

// oneEarly matches what it says with the line before.
var oneEarly = pattern(`^did not find expected (',' or|<document start>)`)

var unknownAnchor = pattern(`^unknown anchor '(.*)' referenced`)

// syntaxError says what the library said, in our words where the likely cause can be seen in the lines around. The
// library gives no column, its line may be one off, and sometimes there is none; reached is the line that it had read.
func syntaxError(name string, data []byte, reached int, err error) diag.Diagnostic {
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	d := diag.Diagnostic{Rule: ruleSyntax, Place: diag.Place{File: name}}
	reason := err.Error()
	if m := yamlLine().FindStringSubmatch(reason); m != nil {
		d.Place.Line, _ = strconv.Atoi(m[1])
		reason = m[2]
	}
	switch {
	case d.Place.Line == 0 || beginsBlock().MatchString(reason):
		d.Place.Line = reached
	case oneEarly().MatchString(reason):
		d.Place.Line++
	}
	d.Place.Line = min(d.Place.Line, len(lines))
	if m := unknownAnchor().FindStringSubmatch(reason); m != nil {
		d.Message = fmt.Sprintf("not valid YAML near this line: %q refers to an anchor that is not there", "*"+m[1])
		d.Hint = "put text that begins with `*` in quotes"
		return d
	}
	for _, cause := range causes {
		if line := near(lines, d.Place.Line, cause.pattern()); line > 0 {
			d.Place.Line = line
			d.Message, d.Hint = "not valid YAML here: "+cause.message, cause.hint
			return d
		}
	}
	d.Message = "not valid YAML near this line: " + reason
	d.Hint = "look at this line and the one before: a missing quote, a missing colon, or an indent that does not match"
	return d
}

type cause struct {
	pattern       func() *regexp.Regexp
	message, hint string
}

// causes are what people most often mean when YAML refuses a line, the surest first.
var causes = []cause{
	{
		pattern(`^ *\t`), "a tab in the indentation",
		"use spaces",
	},
	{
		pattern(`^[^"'#]*: +!`), "a value that begins with `!` is read as a YAML tag",
		"put the whole expression in double quotes",
	},
	{
		pattern(`^[^"'#]*: +["'][^"']*["'] *[^,\]} #]`), "text goes on after the closing quote",
		"put the whole value in quotes, of the other kind if it holds quotes itself",
	},
	{
		pattern(`^[^"'#{]*: +[^"'#|>{\[ ][^"'#]*: `), "a colon and a space inside a value",
		"put the value in quotes",
	},
	{
		pattern(`\{.*\? *[,}]`), "a question mark before a comma or a brace",
		"put the text in quotes",
	},
	{
		pattern("^[^\"'#]*: +[@`%]"), "a value cannot begin with this character",
		"put the value in quotes",
	},
	{
		pattern(`^[^"'#]*: +[*&]`), "a value that begins with `*` or `&` is read as a reference",
		"put the value in quotes",
	},
}

// near returns the number of the first line that matches, from one before to one after the given one.
func near(lines []string, at int, pattern *regexp.Regexp) int {
	for number := max(at-1, 1); number <= min(at+1, len(lines)); number++ {
		if pattern.MatchString(lines[number-1]) {
			return number
		}
	}
	return 0
}
