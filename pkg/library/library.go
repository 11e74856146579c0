// Package library keeps rubrics ready for use: it opens and compiles each once, holds it to what was published, and
// finds those that a record is for.
package library

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Library opens rubrics by the names that people and records give them.
type Library struct {
	catalogue *rubric.Catalogue
	usual     string
	models    map[string]opened
	locks     map[string]kept            // by folder
	holdings  map[*rubric.Rubric]holding // by rubric
}

// opened is a rubric that was asked for; the model is nil if there is an error.
type opened struct {
	model    *score.Model
	problems diag.List
}

// New returns a library over a catalogue. usual is the rubric of a record that names none.
func New(catalogue *rubric.Catalogue, usual string) *Library {
	return &Library{catalogue: catalogue, usual: usual, models: map[string]opened{}, locks: map[string]kept{}, holdings: map[*rubric.Rubric]holding{}}
}

// Model opens and compiles a rubric, and holds it to the lock of its folder. The model is nil if there are problems, which
// everybody who asks is given: one who asks may have no use for them, and the next one may. from is the place that asks.
func (l *Library) Model(name string, from diag.Place) (*score.Model, diag.List) {
	if o, again := l.models[name]; again {
		return o.model, o.problems
	}
	m, list := l.Compile(name, from)
	if m != nil {
		list = append(list, l.hold(m.Rubric, m).problems...)
	}
	if list.HasErrors() {
		m = nil
	}
	l.models[name] = opened{m, list}
	return m, list
}

// Compile is [Library.Model] for who asks what was changed since a rubric was published: it is held to no lock.
func (l *Library) Compile(name string, from diag.Place) (*score.Model, diag.List) {
	r, list := l.catalogue.Open(name, from)
	if r == nil {
		return nil, list
	}
	m, problems := score.Compile(r)
	if list = append(list, problems...); list.HasErrors() {
		return nil, list
	}
	return m, list
}

// Read reads a record with the eyes of the rubric given, or if that is "" of the first that the record is for. The
// record is nil if that could not be opened. from is the place that gives the rubric.
func (l *Library) Read(inn *innovation.Innovation, given string, from diag.Place) (*score.Model, *score.Record, diag.List) {
	named, first := l.named(inn)
	var model *score.Model
	var list diag.List
	switch {
	case given != "":
		model, list = l.Model(given, from)
	case len(inn.For) > 0:
		model, list = named[0], first
	default:
		model, list = l.Model(l.usual, inn.Place())
	}
	if model == nil {
		return nil, nil, list
	}
	others := slices.DeleteFunc(named, func(m *score.Model) bool { return m == model })
	record, problems := model.Bind(inn, others...)
	return model, record, append(list, problems...)
}

// named are the rubrics that a record is for, nil where one could not be opened: that is a problem only of the first,
// since a record may be for rubrics that are not at hand.
func (l *Library) named(inn *innovation.Innovation) (models []*score.Model, first diag.List) {
	models = make([]*score.Model, len(inn.For))
	for i, written := range inn.For {
		if written == "" { // reported when the record was read
			continue
		}
		from := inn.Item("for", i)
		name, list := rubric.From(written, from)
		if name != "" {
			models[i], list = l.Model(name, from)
		}
		if i == 0 {
			first = list
		}
	}
	return models, first
}
