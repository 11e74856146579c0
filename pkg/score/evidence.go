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
		reason, until := e.accepts(r, item)
		if reason == Accepted {
			u.Found++
			continue
		}
		u.Items = append(u.Items, Refused{Item: item, Reason: reason, Expired: until})
	}
	return u
}

// accepts is why a rule does not accept an item. Both ends of a period count: an item is good on its last day.
func (e *evaluation) accepts(r rule, item *innovation.Evidence) (Reason, calendar.Date) {
	none := calendar.Date{}
	switch {
	case len(r.Kinds) > 0 && !slices.Contains(r.Kinds, item.Kind):
		return WrongKind, none
	case item.Dated.IsZero():
		return Undated, none
	case item.Dated.After(e.c.AsOf):
		return FutureDated, none
	}
	if reason, until := e.expired(r, item); reason != Accepted && e.c.Change.Renewed != item {
		return reason, until
	}
	stated := e.rec.Innovation.Version
	switch {
	case item.Covers.Version != "" && item.Covers.Version != stated:
		return OtherVersion, none
	case r.Version == "stated" && item.Covers.Version == "":
		return VersionNotCovered, none
	case r.Independent && !item.Independent:
		return NotIndependent, none
	case r.Checked && (item.Checked == nil || item.Checked.Date.IsZero() || item.Checked.Date.After(e.c.AsOf)):
		return NotChecked, none
	}
	return Accepted, none
}

func (e *evaluation) expired(r rule, item *innovation.Evidence) (Reason, calendar.Date) {
	if !item.ValidUntil.IsZero() && e.c.AsOf.After(item.ValidUntil) {
		return Expired, item.ValidUntil
	}
	if !r.MaxAge.IsZero() {
		if last := item.Dated.Add(r.MaxAge); e.c.AsOf.After(last) {
			return TooOld, last
		}
	}
	return Accepted, calendar.Date{}
}

// LastDays gives, for the items that support the level of a leaf, the last day on which each does: the earlier of
// `valid_until` and dated + `max_age`, over the rules that the claim reaches.
func (r *Result) LastDays(i int) iter.Seq2[*innovation.Evidence, calendar.Date] {
	return func(yield func(*innovation.Evidence, calendar.Date) bool) {
		n, c := &r.Model.Nodes[i], &r.Criteria[i]
		if !n.IsLeaf() || c.State != Answered {
			return
		}
		for _, item := range c.Evidence {
			last := item.ValidUntil
			for _, rule := range n.rules {
				if rule.from > c.Level || rule.MaxAge.IsZero() || !slices.Contains(rule.Kinds, item.Kind) {
					continue
				}
				if end := item.Dated.Add(rule.MaxAge); !item.Dated.IsZero() && (last.IsZero() || last.After(end)) {
					last = end
				}
			}
			if !last.IsZero() && !yield(item, last) {
				return
			}
		}
	}
}
