package library

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Versions reads a record with the eyes of several versions of one rubric, whichever of them it is for, also where they go
// by other ids: what one version knows and another does not is left aside there. The records and the problems are beside
// the models. concerned reports whether the record is for the rubric or answers anything of it.
func (l *Library) Versions(inn *innovation.Innovation, models ...*score.Model) (records []*score.Record, problems []diag.List, concerned bool) {
	named, _ := l.named(inn)
	v := versions{inn: inn, models: models, meant: len(inn.For) == 0}
	var besides []*score.Model // nil is a rubric that is not at hand, and may know anything
	for i, n := range named {
		if v.isOne(inn.For[i], n) {
			v.meant = true
		} else {
			besides = append(besides, n)
		}
	}
	for _, m := range models {
		others := slices.Clone(besides)
		for _, o := range models {
			if v.meant && o != m && o.Rubric.ID == m.Rubric.ID {
				others = append(others, o)
			}
		}
		record, list := m.Bind(v.as(m), others...)
		records, problems = append(records, record), append(problems, list)
	}
	return records, problems, v.meant && len(inn.For) > 0 || v.answersOne()
}

// versions are those of a rubric, and a record that may be for it.
type versions struct {
	inn    *innovation.Innovation
	models []*score.Model
	meant  bool // whether short names in the record are those of the rubric
}

// isOne reports whether a rubric that the record names is the one, in whatever version; opened is what the name leads to,
// if that is at hand.
func (v *versions) isOne(name string, opened *score.Model) bool {
	id, _, _ := strings.Cut(name, "@")
	return v.has(id) || opened != nil && v.has(opened.Rubric.ID)
}

func (v *versions) has(id string) bool {
	return slices.ContainsFunc(v.models, func(m *score.Model) bool { return m.Rubric.ID == id })
}

// as is the record as it would be written for one version: by its id, and without what only others know.
func (v *versions) as(m *score.Model) *innovation.Innovation {
	as := *v.inn
	if v.meant {
		as.For = []string{m.Rubric.ID}
	}
	as.Facts = slices.DeleteFunc(slices.Clone(v.inn.Facts), func(f source.Entry[string, innovation.Fact]) bool {
		return m.Fact(f.Key) == nil && slices.ContainsFunc(v.models, func(o *score.Model) bool { return o.Fact(f.Key) != nil })
	})
	as.Answers = nil
	for _, a := range v.inn.Answers {
		known := slices.ContainsFunc(v.models, func(o *score.Model) bool { return v.knows(o, a.Key) })
		if a.Key = v.named(m, a.Key); !known || v.knows(m, a.Key) {
			as.Answers = append(as.Answers, a)
		}
	}
	return &as
}

// named is a full name by the id that the rubric has in one version.
func (v *versions) named(m *score.Model, name string) string {
	owner, rest, full := strings.Cut(name, "/")
	if _, there := m.Lookup(owner); full && !there && v.has(owner) {
		return m.Rubric.ID + "/" + rest
	}
	return name
}

// knows reports whether a version has a criterion of a name: a full one, or if that is meant a short one.
func (v *versions) knows(m *score.Model, name string) bool {
	if _, full := m.Lookup(name); full {
		return true
	}
	return v.meant && slices.ContainsFunc(m.Nodes, func(n score.Node) bool { return n.ID == name })
}

// answersOne reports whether the record answers a criterion of one of the versions.
func (v *versions) answersOne() bool {
	return slices.ContainsFunc(v.inn.Answers, func(a source.Entry[string, innovation.Answer]) bool {
		return slices.ContainsFunc(v.models, func(m *score.Model) bool { return v.knows(m, a.Key) })
	})
}
