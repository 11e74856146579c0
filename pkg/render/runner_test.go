package render_test

import (
	"strings"
	"unicode"
)

// command is what a runner of GitHub Actions makes of a line.
type command struct {
	name       string
	properties map[string]string
	data       string
}

// commands reads lines as the runner does (actions/runner, ActionCommand.cs and ActionCommandManager.cs): first in the form
// of today, `::name key=value,key=value::data` where a line begins, then in the older one, `##[name key=value;]data` anywhere.
// The runner knows a dozen names; here every name is taken for one.
func commands(lines string) (found []command) {
	for line := range strings.Lines(lines) {
		line = strings.TrimRight(line, "\n")
		if c, ok := today(line); ok {
			found = append(found, c)
		} else if c, ok := older(line); ok {
			found = append(found, c)
		}
	}
	return found
}

func today(line string) (c command, ok bool) {
	line, ok = strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	head, data, closed := strings.Cut(line, "::")
	if !ok || !closed {
		return c, false
	}
	name, properties, _ := strings.Cut(head, " ")
	c = command{name: name, properties: map[string]string{}, data: unescape(data, "%0D", "\r", "%0A", "\n", "%25", "%")}
	for property := range strings.SplitSeq(strings.TrimSpace(properties), ",") {
		if key, value, both := strings.Cut(property, "="); both && value != "" {
			c.properties[key] = unescape(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
		}
	}
	return c, true
}

func older(line string) (command, bool) {
	_, rest, begun := strings.Cut(line, "##[")
	head, data, closed := strings.Cut(rest, "]")
	name, _, _ := strings.Cut(head, " ")
	return command{name: name, data: data}, begun && closed
}

// unescape replaces one after the other, as the runner does.
func unescape(s string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return s
}
