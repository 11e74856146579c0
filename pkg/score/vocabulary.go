package score

import (
	"bytes"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// vocabulary joins the words of a rubric in use to those of the whole. Two meanings of one word are an error.
func (c *compiler) vocabulary(r *rubric.Rubric, use *rubric.Criterion) {
	c.distinctStages(r)
	differ := func(what, name string) {
		if use != nil {
			c.problem(use.At("use"), ruleVocabulary, "make the two equal, for example in a vocabulary that both import",
				"%s %q of rubric %q differs from that of another rubric here", what, name, r.ID)
		}
	}
	switch {
	case use == nil || len(r.Stages) == 0 || use.Has("stages") || slices.Equal(r.Stages, c.m.Stages):
	case len(c.m.Stages) == 0:
		c.problem(use.At("use"), ruleVocabulary, "add `stages: ["+strings.Join(r.Stages, ", ")+"]`, or import them from a vocabulary",
			"rubric %q goes by stages, and this rubric has none", r.ID)
	default:
		differ("list", "stages")
	}
	for i := range r.Facts {
		e := &r.Facts[i]
		known, again := c.m.facts[e.Key]
		switch {
		case e.Broken || e.Key == "":
		case !again:
			c.fact(e)
		case !bytes.Equal(known.Canonical(), e.Value.Canonical()):
			differ("fact", e.Key)
		}
	}
	for _, e := range r.Kinds {
		known, again := c.m.kinds[e.Key]
		if !again {
			c.m.kinds[e.Key] = e.Value
			c.m.kindNames = append(c.m.kindNames, e.Key)
		} else if known != e.Value {
			differ("kind", e.Key)
		}
	}
	for _, e := range r.Roles {
		c.m.roles[e.Key] = e.Value
	}
	c.scaleNames(r, differ)
}

func (c *compiler) scaleNames(r *rubric.Rubric, differ func(what, name string)) {
	for _, e := range r.Scales {
		if e.Key == yesNo {
			c.problem(e.KeyPlace, ruleScale, "give it another name", "scale %q is built in", yesNo)
		}
		if known, again := c.scales[e.Key]; again && !samePoints(known, e.Value) {
			differ("scale", e.Key)
		}
		c.scales[e.Key] = e.Value
		if !e.Broken {
			c.distinct(e.ValuePlace, levelsOf(e.Value))
		}
	}
}

func samePoints(a, b []rubric.Point) bool {
	return slices.EqualFunc(a, b, func(p, q rubric.Point) bool {
		return p.Label == q.Label && (p.Value == nil) == (q.Value == nil) && (p.Value == nil || p.Value.Equal(*q.Value))
	})
}

func (c *compiler) distinctStages(r *rubric.Rubric) {
	for i, name := range r.Stages {
		if name != "" && slices.Index(r.Stages, name) < i {
			c.problem(r.Item("stages", i), ruleRepeated, "keep one of the two", "stage %q is there twice", name)
		}
	}
}

func (c *compiler) fact(e *source.Entry[string, rubric.Fact]) {
	f := &e.Value
	switch {
	case f.Broken("of") || f.Broken("type"):
	case f.Type == "choice" && len(f.Of) < 2:
		c.problem(e.KeyPlace, ruleVocabulary, "write them like of: [none, some]", "fact %q is a choice of fewer than two", e.Key)
	case f.Type != "choice" && len(f.Of) > 0:
		c.problem(f.AtKey("of"), ruleVocabulary, "leave it out, or make it a choice", "fact %q is of type %s, which has no choices", e.Key, f.Type)
	case f.Part == rubric.PartAccountable && f.Type != "text":
		c.problem(f.AtKey("part"), ruleVocabulary, "make it of type text: a name", "fact %q is of type %s, and the part `accountable` names people", e.Key, f.Type)
	case f.Part == rubric.PartBenefitTimeline && !slices.Contains([]string{"integer", "number", "date"}, f.Type):
		c.problem(f.AtKey("part"), ruleVocabulary, "make it of type integer, number or date", "fact %q is of type %s, and the part `benefit-timeline` is of times", e.Key, f.Type)
	case len(slices.Compact(slices.Sorted(slices.Values(f.Of)))) < len(f.Of):
		c.problem(f.AtKey("of"), ruleRepeated, "keep one of the two", "a choice of fact %q is there twice", e.Key)
	}
	c.m.facts[e.Key] = f
	c.m.factNames = append(c.m.factNames, e.Key)
}
