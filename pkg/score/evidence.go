package score

import (
	"iter"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// rule is an evidence rule with its level resolved.
type rule struct {
	*rubric.EvidenceRule
	number int // 1-based, in the order of the file
	from   int // index of the level from which it holds; -1 if it always does
	check  *expr.Expr
}

// supported is the claim itself if all rules that it reaches are met, else the best short of the first rule that is not;
// and the rules that are not.
func (e *evaluation) supported(n *Node, claim exact.Number, cited []*innovation.Evidence) (exact.Number, []Unmet) {
	carried := claim
	worst, _ := n.gauge().ends()
	var unmet []Unmet
	for _, r := range n.rules {
		if !n.reaches(r, claim) {
			continue
		}
		u := e.against(r, cited)
		if u.Found >= max(r.Min, 1) {
			continue
		}
		unmet = append(unmet, u)
		short := worst
		if r.from > 0 {
			short = n.Scale.Levels[r.from-1].Value
		}
		carried = poorer(n.gauge(), carried, short)
	}
	return carried, unmet
}

// reaches reports whether an answer is one that a rule holds for: better than the level short of the rule's, so that
// the mean of a survey that goes beyond that has to be shown too.
func (n *Node) reaches(r rule, x exact.Number) bool {
	return r.from < 1 || !atLeast(n.gauge(), n.Scale.Levels[r.from-1].Value, x)
}

// unmetOf are the rules of a fact that its evidence does not meet.
func (e *evaluation) unmetOf(name string, cited []*innovation.Evidence) []Unmet {
	var unmet []Unmet
	for _, r := range e.m.factRules[name] {
		if u := e.against(r, cited); u.Found < max(r.Min, 1) {
			unmet = append(unmet, u)
		}
	}
	return unmet
}

func (e *evaluation) against(r rule, cited []*innovation.Evidence) Unmet {
	u := Unmet{Rule: r.EvidenceRule, Number: r.number, From: r.from}
	for _, item := range cited {
		reason, until := e.judge().accepts(r, item)
		if reason == Accepted {
			u.Found++
			continue
		}
		u.Items = append(u.Items, Refused{Item: item, Reason: reason, Expired: until})
	}
	return u
}

func (e *evaluation) judge() judge {
	return judge{asOf: e.c.AsOf, version: e.rec.Innovation.Version, renewed: e.c.Change.Renewed}
}

// judge holds items of evidence against rules on one day.
type judge struct {
	asOf    calendar.Date
	version string               // that the record states
	renewed *innovation.Evidence // taken not to have expired; may be nil
}

// accepts is why a rule does not accept an item.
func (j judge) accepts(r rule, item *innovation.Evidence) (Reason, calendar.Date) {
	none := calendar.Date{}
	switch {
	case len(r.Kinds) > 0 && !slices.Contains(r.Kinds, item.Kind):
		return WrongKind, none
	case item.Dated.IsZero():
		return Undated, none
	case item.Dated.After(j.asOf):
		return FutureDated, none
	}
	if reason, last := lastDay(r, item); !last.IsZero() && j.asOf.After(last) && j.renewed != item {
		return reason, last
	}
	switch {
	case !j.covered(r, item):
		return OtherVersion, none
	case r.ValidUntil == "stated" && item.ValidUntil.IsZero():
		return NoLastDay, none
	case r.Version == "stated" && item.Covers.Version == "":
		return VersionNotCovered, none
	case r.Independent && !item.Independent:
		return NotIndependent, none
	case r.Checked && (item.Checked == nil || item.Checked.Date.IsZero() || item.Checked.Date.After(j.asOf)):
		return NotChecked, none
	case j.checked(r, item).Truth != expr.True:
		return CheckFails, none
	}
	return Accepted, none
}

// covered reports whether an item that covers a version covers the one that the record states. What is said to hold for it
// still is enough, unless the rule asks for an item on that version itself; and a rule may take an item on any.
func (j judge) covered(r rule, item *innovation.Evidence) bool {
	c := item.Covers
	still := c.Still != nil && c.Still.For == j.version && r.Version != "stated"
	return c.Version == "" || c.Version == j.version || still || r.Version == "any"
}

// lastDay is the last day on which an item is good for a rule, and what ends it: the earlier of `valid_until` and
// dated + `max_age`. Both ends of a period count, so it is still good on that day. Without either there is none.
func lastDay(r rule, item *innovation.Evidence) (Reason, calendar.Date) {
	reason, last := Expired, item.ValidUntil
	if r.MaxAge.IsZero() || item.Dated.IsZero() {
		return reason, last
	}
	if end := item.Dated.Add(r.MaxAge); last.IsZero() || last.After(end) {
		return TooOld, end
	}
	return reason, last
}

// Accepted are the items that an evidence rule of a leaf, by its index in [Node.EvidenceRules], accepts of those cited.
func (r *Result) Accepted(i, rule int) []*innovation.Evidence {
	j := judge{asOf: r.AsOf, version: r.Record.Innovation.Version}
	return slices.DeleteFunc(slices.Clone(r.Criteria[i].Evidence), func(item *innovation.Evidence) bool {
		reason, _ := j.accepts(r.Model.Nodes[i].rules[rule], item)
		return reason != Accepted
	})
}

// LastDays gives, for the items that carry the level of a leaf, the first day that will be the last for one of the
// rules that the level rests on. An item that a rule refuses already carries nothing of it.
func (r *Result) LastDays(i int) iter.Seq2[*innovation.Evidence, calendar.Date] {
	n, c := &r.Model.Nodes[i], &r.Criteria[i]
	var rests []rule
	if supported, known := c.Number(Evidenced); known && c.State == Answered {
		for _, rule := range n.rules {
			if n.reaches(rule, supported) {
				rests = append(rests, rule)
			}
		}
	}
	return r.lastDays(c.Evidence, rests)
}

// Refusals are the items cited for a leaf that none of its rules accepts, each with the first reason that is not its kind. One
// that is of the kind of no rule is not among them: it may be there for people.
func (r *Result) Refusals(i int) []Refused {
	j := judge{asOf: r.AsOf, version: r.Record.Innovation.Version}
	var all []Refused
	for _, item := range r.Criteria[i].Evidence {
		var first *Refused
		accepted := false
		for _, rule := range r.Model.Nodes[i].rules {
			reason, until := j.accepts(rule, item)
			if accepted = accepted || reason == Accepted; first == nil && reason != Accepted && reason != WrongKind {
				first = &Refused{Item: item, Reason: reason, Expired: until}
			}
		}
		if !accepted && first != nil {
			all = append(all, *first)
		}
	}
	return all
}

// FactLastDays is [Result.LastDays] for a fact that is stated.
func (r *Result) FactLastDays(name string) iter.Seq2[*innovation.Evidence, calendar.Date] {
	return r.lastDays(r.Record.facts[name].evidence, r.Model.factRules[name])
}

func (r *Result) lastDays(cited []*innovation.Evidence, rules []rule) iter.Seq2[*innovation.Evidence, calendar.Date] {
	return func(yield func(*innovation.Evidence, calendar.Date) bool) {
		j := judge{asOf: r.AsOf, version: r.Record.Innovation.Version}
		for _, item := range cited {
			first := calendar.Date{}
			for _, rule := range rules {
				if reason, _ := j.accepts(rule, item); reason != Accepted {
					continue
				}
				if _, last := lastDay(rule, item); first.IsZero() || !last.IsZero() && first.After(last) {
					first = last
				}
			}
			if !first.IsZero() && !yield(item, first) {
				return
			}
		}
	}
}
