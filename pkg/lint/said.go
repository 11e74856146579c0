package lint

import (
	_ "embed"
	"strings"
	"sync"
)

// said is what lint says of the bad example of every rule, as a terminal shows it. A test writes the file and holds it to
// what is found now, so that `explain` need not check anything, and a change of a message is seen where it is reviewed.
//
//go:embed examples.txt
var said string

// saidOf is what lint says, by rule. Each part of the file stands under a line `== ID ==`.
var saidOf = sync.OnceValue(func() map[string]string {
	parts := map[string]string{}
	id := ""
	for line := range strings.Lines(said) {
		if head, is := strings.CutPrefix(line, saidMark); is {
			id = strings.TrimSuffix(head, " ==\n")
			continue
		}
		parts[id] += line
	}
	return parts
})

const saidMark = "== "

// Says is what lint says of the bad example, as a terminal shows it. Lines count from the first of the example.
func (r Rule) Says() string { return saidOf()[r.ID] }
