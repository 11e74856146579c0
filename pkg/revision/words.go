package revision

import (
	"path"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// words compares the vocabularies of the rubrics at hand: what they define themselves and what they import, word by word,
// so that a word which moves from one file to another is the same.
func (c *comparer) words() {
	c.stages()
	for _, w := range []struct{ what, key string }{{AFact, "facts"}, {AScale, "scales"}, {AKind, "kinds"}, {ARole, "roles"}} {
		from, to := wordsOf(c.old.r, w.key), wordsOf(c.new.r, w.key)
		for _, e := range to {
			c.word(w.what, w.key, find(from, e.name), e)
		}
		for _, e := range from {
			if !find(to, e.name).there() {
				c.word(w.what, w.key, e, entry{})
			}
		}
	}
	c.vocabularies()
}

// wordsOf are the words of a sort that a rubric defines, and then those that it imports.
func wordsOf(r *rubric.Rubric, key string) []entry {
	all := keyOf(r.Origin, key).entries()
	for _, v := range r.Imported() {
		all = append(all, keyOf(v.Origin, key).entries()...)
	}
	return all
}

func (c *comparer) word(what, key string, from, to entry) {
	name := to.name
	if !to.there() {
		name = from.name
	}
	s := subject{what: what, name: name, path: key}
	switch what {
	case AFact:
		s.reach = c.factReach(name)
	case AScale:
		s.reach = c.scaleReach(name)
	}
	switch {
	case what == AScale && from.there() && to.there():
		c.scaleWord(s, from, to)
	case from.there() && to.there():
		c.value(s, from, to)
	case to.there():
		c.change(s, Change{Kind: Added, New: wordText(to), Place: to.key})
	default:
		c.change(s, Change{Kind: Removed, Old: wordText(from), Place: from.key})
	}
}

// wordText says what a word is: its question or title, or of a scale its labels.
func wordText(e entry) string {
	for _, key := range []string{"ask", "title", "type"} {
		if text := find(e.entries(), key); text.there() {
			return flow(text.value)
		}
	}
	return flow(e.value)
}

// factReach is a fact, with the criteria that read it in either version.
func (c *comparer) factReach(name string) reach {
	r := reach{facts: []string{name}}
	for _, s := range []*side{c.new, c.old} {
		r.add(s, s.nodes(func(n *score.Node) bool { return slices.Contains(n.Facts(), name) }))
	}
	return r
}

// stages compares the stages, which stand in one of the files only.
func (c *comparer) stages() {
	s := subject{what: TheRubric}.at("stages")
	s.reach = reach{stages: true}
	from, to := stagesOf(c.old.r), stagesOf(c.new.r)
	c.value(s, from, to)
}

func stagesOf(r *rubric.Rubric) entry {
	own := keyOf(r.Origin, "stages")
	for _, v := range r.Imported() {
		if imported := keyOf(v.Origin, "stages"); !own.there() {
			own = imported
		}
	}
	return own
}

// vocabularies compares what is said of the files that are imported, by their names.
func (c *comparer) vocabularies() {
	from := c.old.r.Imported()
	for i, v := range c.new.r.Imported() {
		name := vocabularyName(v)
		j := slices.IndexFunc(from, func(o *rubric.Vocabulary) bool { return vocabularyName(o) == name })
		if j < 0 && i < len(from) {
			j = i
		}
		if j < 0 {
			continue // that it is imported now is told of the key
		}
		s := subject{what: AVocabulary, name: name, path: "vocabulary"}
		c.mapping(s, about(from[j].Origin), about(v.Origin))
	}
}

func about(o source.Origin) []entry {
	var all []entry
	for _, key := range o.Keys() {
		if !slices.Contains(apart, key) {
			all = append(all, keyOf(o, key))
		}
	}
	return all
}

// vocabularyName is that of the file, which the rubric names.
func vocabularyName(v *rubric.Vocabulary) string {
	file := v.Place().File
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}
