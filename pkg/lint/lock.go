package lint

import (
	"path"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const ruleUnread = "lock-name"

// lock opens the rubrics that a lock lists, as far as they are there: each is held to the lock when it is opened.
func (c *Checker) lock(name string, node *source.Node) diag.List {
	folder, base := path.Split(node.Place().File)
	if base != lock.FileName {
		_, list := lock.Parse(node)
		if name != source.Stdin {
			list.Add(diag.Diagnostic{
				Rule: ruleUnread, Place: node.Get(source.Header).Place(),
				Message: "no command reads this lock: expected it to be called " + lock.FileName, Hint: "rename it, or delete it",
			})
		}
		return list
	}
	folder = path.Clean(folder)
	l, list := c.library.Lock(folder)
	if l == nil {
		return list
	}
	for _, e := range l.Rubrics {
		for _, file := range c.filesOf(folder, e.Key) {
			_, problems := c.library.Model(file, e.KeyPlace)
			list = append(list, problems...)
		}
	}
	return list
}

// filesOf are the files beside a lock that hold an edition and are named after it.
func (c *Checker) filesOf(folder, edition string) []string {
	id, _, _ := strings.Cut(edition, "@")
	var found []string
	for _, name := range []string{id + ".yaml", edition + ".yaml"} {
		node, _ := c.catalogue.Beside(folder, name) // what is wrong with it is told when it is checked itself
		if r, _ := rubric.Parse(node); r != nil && r.Edition() == edition {
			found = append(found, path.Join(folder, name))
		}
	}
	return found
}

// published holds a published rubric to be in the lock of its folder, if there is one, and to the step that its version
// takes from those that the lock lists. That it is what the lock says was looked at when it was opened.
func (c *Checker) published(m *score.Model) diag.List {
	r := m.Rubric
	if !r.Published() || r.Folder() == "" {
		return nil
	}
	l, _ := c.library.Lock(r.Folder())
	if l == nil || l.Find(r.Edition()) != nil {
		return nil
	}
	if refused := l.Add([]*score.Model{m}).Refused; len(refused) > 0 {
		return refused
	}
	return diag.List{lock.Missing(r)}
}
