package score

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// yesNo is the built-in scale.
const yesNo = "yes-no"

// scale makes the levels of a leaf, worst first, with their descriptors and advice.
func (c *compiler) scale(of *rubric.Criterion, r *rubric.Rubric) *Scale {
	points, ok := c.points(of, r)
	s := levelsOf(points)
	if !ok || of.Scale.Points != nil && !c.distinct(of.At("scale"), s) || !s.spans() {
		return s
	}
	if s.reverse = of.Reverse; s.reverse {
		slices.Reverse(s.Levels)
	}
	for i := range s.Levels {
		s.Levels[i].Worth = s.worth(s.Levels[i].Value)
	}
	c.descriptors(of, s)
	c.advice(of, s)
	return s
}

// levelsOf puts the points of a scale in order; in the short form a point's value is its position.
func levelsOf(points []rubric.Point) *Scale {
	s := &Scale{}
	for i, p := range points {
		value := exact.Int(int64(i))
		if p.Value != nil {
			value = *p.Value
		}
		s.Levels = append(s.Levels, Level{Value: value, Label: p.Label})
	}
	slices.SortStableFunc(s.Levels, func(a, b Level) int { return a.Value.Cmp(b.Value) })
	return s
}

// spans reports whether there is a worst and a best level to measure between.
func (s *Scale) spans() bool {
	return len(s.Levels) > 1 && !s.Levels[0].Value.Equal(s.Levels[s.Best()].Value)
}

func (c *compiler) points(of *rubric.Criterion, r *rubric.Rubric) ([]rubric.Point, bool) {
	if of.Scale.Points != nil {
		return of.Scale.Points, !of.Broken("scale")
	}
	if of.Scale.Name == yesNo {
		return []rubric.Point{{Label: "no"}, {Label: "yes"}}, true
	}
	names := []string{yesNo}
	for _, e := range r.Scales {
		if e.Key == of.Scale.Name {
			return e.Value, !e.Broken
		}
		names = append(names, e.Key)
	}
	c.problem(of.At("scale"), ruleScale, diag.DidYouMean(of.Scale.Name, names), "there is no scale %q", of.Scale.Name)
	return nil, false
}

// notLabels are words that an answer gives another meaning.
var notLabels = []string{"unknown", "n/a", "na"}

// distinct checks that values and labels are there once, and that a label cannot be read as something else.
func (c *compiler) distinct(at diag.Place, s *Scale) bool {
	if len(s.Levels) < 2 {
		c.problem(at, ruleScale, "", "a scale needs two levels or more, got %d", len(s.Levels))
		return false
	}
	labels := map[string]bool{}
	for i, l := range s.Levels {
		_, err := exact.Parse(l.Label)
		switch {
		case i > 0 && l.Value.Equal(s.Levels[i-1].Value):
			c.problem(at, ruleScale, "", "value %s is on the scale twice", l.Value)
			return false
		case labels[l.Label]:
			c.problem(at, ruleScale, "", "label %q is on the scale twice", l.Label)
			return false
		case err == nil || slices.Contains(notLabels, strings.ToLower(l.Label)):
			c.problem(at, ruleScale, "write levels with a value of their own like {value: 1, label: Disagree}", "label %q would be read as something else; expected a word", l.Label)
			return false
		}
		labels[l.Label] = true
	}
	return true
}

func (c *compiler) descriptors(of *rubric.Criterion, s *Scale) {
	seen := map[int]bool{}
	for _, e := range of.Levels {
		i, ok := c.keyLevel(s, e.Key, e.KeyPlace, e.Broken)
		if !ok {
			continue
		}
		if seen[i] {
			c.problem(e.KeyPlace, ruleRepeated, "", "level %s is already described", e.Key)
		}
		seen[i] = true
		s.Levels[i].Seen = e.Value
	}
}

func (c *compiler) advice(of *rubric.Criterion, s *Scale) {
	for j := range of.Improve {
		e := &of.Improve[j]
		i, ok := c.keyLevel(s, e.Key, e.KeyPlace, e.Broken)
		if !ok {
			continue
		}
		if s.Levels[i].Advice != nil {
			c.problem(e.KeyPlace, ruleRepeated, "keep one of the two", "level %s already has advice", e.Key)
		}
		s.Levels[i].Advice = &e.Value
		c.knownRoles(e.Value.Help, e.Value.Origin, "help")
	}
}

func (c *compiler) keyLevel(s *Scale, value exact.Number, at diag.Place, broken bool) (int, bool) {
	if broken {
		return 0, false
	}
	i := s.At(value)
	if i < 0 {
		c.problem(at, ruleLevel, fmt.Sprintf("the levels are: %s", s), "level %s is not on the scale", value)
	}
	return i, i >= 0
}

// knownRoles checks the roles in a list of the rubric.
func (c *compiler) knownRoles(roles []string, of source.Origin, key string) {
	for i, id := range roles {
		if _, ok := c.m.roles[id]; !ok && id != "" {
			c.problem(of.Item(key, i), ruleRole, diag.DidYouMean(id, c.roleNames()), "there is no role %q", id)
		}
	}
}

func (c *compiler) roleNames() []string {
	var names []string
	for id := range c.m.roles {
		names = append(names, id)
	}
	slices.Sort(names)
	return names
}
