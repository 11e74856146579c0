package lint

import "strings"

// exampleWidth leaves room for what stands before a line of a file in a message.
const exampleWidth = 64

// folded breaks long lines of an example where YAML reads a line break as a space: the text goes on further in.
func folded(part string) string {
	var b strings.Builder
	for line := range strings.Lines(part) {
		further := strings.Repeat(" ", furtherIn(line))
		for at := foldAt(line, len(further)); at > 0; at = foldAt(line, len(further)) {
			b.WriteString(strings.TrimRight(line[:at], " ") + "\n")
			line = further + line[at:]
		}
		b.WriteString(line)
	}
	return b.String()
}

// furtherIn is how far a line that goes on has to be indented: behind the bracket or the key that it began with.
func furtherIn(line string) int {
	text := strings.TrimLeft(line, " -{")
	if in := len(line) - len(text); strings.HasSuffix(line[:in], "{") {
		return in
	}
	return len(line) - len(text) + 2
}

// foldAt is where the rest of a line begins on the next one: behind a comma if there is one in the second half, else
// behind a space. It is 0 if the line is short enough or cannot be broken.
func foldAt(line string, indent int) int {
	if len(strings.TrimRight(line, "\n")) <= exampleWidth || strings.HasPrefix(line, "#") {
		return 0
	}
	head := line[:exampleWidth+1]
	if comma := strings.LastIndex(head, ", "); comma >= max(indent, exampleWidth/2) {
		return comma + len(", ")
	}
	if space := strings.LastIndex(head, " "); space > indent {
		return space + 1
	}
	return 0
}
