package lock

import (
	"bytes"
	"fmt"

	"github.com/touchstone-health/touchstone/pkg/source"
)

const comment = "# Written by `touchstone lock`, and not edited by hand: the digests of what was published in this folder. It belongs\n" +
	"# with the rubrics. One that differs from its line here is refused; a change is published as a new version.\n"

// Bytes is the lock as a file. Each edition has one line, so that two lists that grew apart can be put together.
func (l *Lock) Bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%s: %s\n", comment, source.Header, Kind)
	if len(l.Rubrics) == 0 {
		b.WriteString("rubrics: {}\n")
		return b.Bytes()
	}
	b.WriteString("rubrics:\n")
	for _, e := range l.Rubrics {
		fmt.Fprintf(&b, "  %s: {content: %q, scoring: %q}\n", e.Key, e.Value.Content, e.Value.Scoring)
	}
	return b.Bytes()
}
