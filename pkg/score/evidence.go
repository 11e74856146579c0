package score

import (
	"iter"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/innovation"
)

// supported is the claimed level if all rules that it reaches are met, else the best level short of the first rule
// that is not; and the rules that are not.
func (e *evaluation) supported(n *Node, a *answer) (int, []Unmet) {
	level := a.level
	var unmet []Unmet
	for _, r := range n.rules {
		if r.from > a.level {
			continue
		}
		u := e.against(r, a.evidence)
		if u.Found >= max(r.Min, 1) {
			continue
		}
		unmet = append(unmet, u)
		level = min(level, max(r.from-1, 0))
	}
	return level, unmet
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
	case item.Covers.Version != "" && item.Covers.Version != j.version:
		return OtherVersion, none
	case r.Version == "stated" && item.Covers.Version == "":
		return VersionNotCovered, none
	case r.Independent && !item.Independent:
		return NotIndependent, none
	case r.Checked && (item.Checked == nil || item.Checked.Date.IsZero() || item.Checked.Date.After(j.asOf)):
		return NotChecked, none
	}
	return Accepted, none
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

// LastDays gives, for the items that carry the level of a leaf, the first day that will be the last for one of the
// rules that the level rests on. An item that a rule refuses already carries nothing of it.
func (r *Result) LastDays(i int) iter.Seq2[*innovation.Evidence, calendar.Date] {
	return func(yield func(*innovation.Evidence, calendar.Date) bool) {
		n, c := &r.Model.Nodes[i], &r.Criteria[i]
		if !n.IsLeaf() || c.State != Answered {
			return
		}
		j := judge{asOf: r.AsOf, version: r.Record.Innovation.Version}
		for _, item := range c.Evidence {
			first := calendar.Date{}
			for _, rule := range n.rules {
				if reason, _ := j.accepts(rule, item); rule.from > c.Level || reason != Accepted {
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
