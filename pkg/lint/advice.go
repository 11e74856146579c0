package lint

import (
	"fmt"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// advice is what rules of advice look at in one file: a compiled rubric, a record or a reference. Files with errors of
// form are not looked at: half a file would only give wrong advice.
type advice struct {
	model     *score.Model
	record    *innovation.Innovation
	reference *rubric.Reference
	scopes    []scope // where the file allows findings
}

// advise adds what the rules find in a file, less what it allows.
func (c *Checker) advise(f *file, a advice) {
	if f.list.HasErrors() {
		return
	}
	found := findings{asOf: c.options.AsOf, looked: map[string]bool{}}
	for i := range c.rules {
		found.rule = &c.rules[i]
		found.look(c, a)
	}
	f.list = append(f.list, c.allowed(a.scopes, &found)...)
}

// findings gathers what rules find in a file.
type findings struct {
	rule *Rule
	asOf calendar.Date
	list diag.List
	// looked are the rules that could say something about the file.
	looked map[string]bool
	shares []*exact.Number // of the model's nodes, made once
}

func (f *findings) look(c *Checker, a advice) {
	switch r := f.rule; {
	case r.rubric != nil && a.model != nil:
		f.looked[r.ID] = true
		if f.shares == nil {
			f.shares = shares(a.model)
		}
		r.rubric(&rubricView{findings: f, Model: a.model, checker: c})
	case r.record != nil && a.record != nil:
		f.looked[r.ID] = true
		r.record(&recordView{findings: f, Innovation: a.record})
	case r.reference != nil && a.reference != nil:
		f.looked[r.ID] = true
		r.reference(&referenceView{findings: f, Reference: a.reference})
	}
}

// at adds a finding of the rule at hand.
func (f *findings) at(place diag.Place, hint, format string, args ...any) {
	f.list.Add(diag.Diagnostic{Severity: f.rule.Severity, Rule: f.rule.ID, Place: place, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// rubricView is a compiled rubric under the eyes of a rule. What it uses is checked where that is written.
type rubricView struct {
	*findings
	*score.Model

	checker *Checker
}

// recordView is a record under the eyes of a rule.
type recordView struct {
	*findings
	*innovation.Innovation
}

// referenceView is a reference under the eyes of a rule.
type referenceView struct {
	*findings
	*rubric.Reference
}

// own reports whether a node is written in the rubric itself: a criterion, a group, or the use of another rubric.
func (v *rubricView) own(i int) bool {
	n := &v.Nodes[i]
	return n.Source != nil && (n.Rubric == v.Rubric || n.Root && v.Nodes[n.Parent].Rubric == v.Rubric)
}

// leaves calls yield for every leaf that is written in the rubric itself.
func (v *rubricView) leaves(yield func(n *score.Node, i int)) {
	for i := range v.Nodes {
		if n := &v.Nodes[i]; n.IsLeaf() && v.own(i) {
			yield(n, i)
		}
	}
}

// gates calls yield for every gate that is written in the rubric itself, but not for those of a `minimum`.
func (v *rubricView) gates(yield func(g *score.Gate)) {
	for i := range v.Gates {
		if g := &v.Gates[i]; g.Source != nil && v.wrote(g.Name) {
			yield(g)
		}
	}
}

// flags calls yield for every flag that is written in the rubric itself.
func (v *rubricView) flags(yield func(f *score.Flag)) {
	for i := range v.Flags {
		if f := &v.Flags[i]; v.wrote(f.Name) {
			yield(f)
		}
	}
}
