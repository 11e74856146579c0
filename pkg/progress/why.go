package progress

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Cause is a reason why a criterion moved.
type Cause uint8

// Causes.
const (
	// Answered: it was not known.
	Answered Cause = iota
	// Unanswered: it was answered.
	Unanswered
	// NotAnswered: it is asked for now, and there is no answer.
	NotAnswered
	// Claimed: the answer is another one.
	Claimed
	// WorkedOut: what a rule or a price makes of other answers is another.
	WorkedOut
	// Added: evidence is cited that was not. Items are which.
	Added
	// Accepted: evidence is accepted that was not. Caps are which, and why it was not.
	Accepted
	// Carried: the evidence carries more than it did, and the earlier report does not say what it lacked.
	Carried
	// RanOut: evidence is no longer good. Refused are which, with their last days.
	RanOut
	// Refused: evidence is no longer accepted for another reason. Refused are which.
	Refused
	// Dropped: evidence is no longer cited. Items are which.
	Dropped
	// Uncarried: the evidence carries less than it did, and the earlier report does not say what it had.
	Uncarried
	// Capped: the evidence does not carry all that is claimed.
	Capped
	// Expected: the stage has come from which it is asked for.
	Expected
	// NotExpected: the stage is one at which it is not asked for.
	NotExpected
	// Applies: it did not, or nobody could say. Names are the facts that decide.
	Applies
	// Inapplicable: it applied, or nobody could say. Names are the facts that decide.
	Inapplicable
	// Undecided: nobody can say whether it applies. Names are what is missing.
	Undecided
	// SaidNotApplicable: the record says so now.
	SaidNotApplicable
	// NotSaid: the record no longer says that it is not applicable.
	NotSaid
	// Through: what is below it moved. Nodes are which.
	Through
	// Otherwise: nothing in the two reports says why.
	Otherwise
)

// String writes the cause as in the JSON report.
func (c Cause) String() string {
	return [...]string{
		"answered", "unanswered", "not-answered", "claimed", "worked-out", "evidence-added", "evidence-accepted", "evidence-carries",
		"evidence-ran-out", "evidence-refused", "evidence-dropped", "evidence-lacks", "capped", "expected", "not-expected", "applies",
		"does-not-apply", "may-apply", "not-applicable", "no-longer-not-applicable", "below", "otherwise",
	}[c]
}

// Reason is a cause with what it is about.
type Reason struct {
	Cause   Cause
	Items   []string
	Caps    []Cap
	Refused []score.Refused
	Names   []string
	Nodes   []int
}

// why says why a criterion moved: at least one reason.
func (c *comparison) why(m *Move) []Reason {
	w := witness{c: c, i: m.Node, n: &c.res.Model.Nodes[m.Node], was: m.Then, now: &c.res.Criteria[m.Node]}
	reasons := w.answer
	switch {
	case !w.n.IsLeaf():
		reasons = w.below
	case w.was.State != w.now.State.String():
		reasons = w.state
	}
	if why := reasons(); len(why) > 0 {
		return why
	}
	return []Reason{{Cause: Otherwise}}
}

// witness looks at one criterion.
type witness struct {
	c   *comparison
	i   int
	n   *score.Node
	was *Criterion
	now *score.Criterion
}

// below names what moved below a group.
func (w *witness) below() []Reason {
	var nodes []int
	for _, m := range w.c.p.Criteria {
		if m.Node > w.i && m.Node < w.n.End && w.c.res.Model.Nodes[m.Node].IsLeaf() {
			nodes = append(nodes, m.Node)
		}
	}
	if len(nodes) == 0 {
		return nil
	}
	return []Reason{{Cause: Through, Nodes: nodes}}
}

// state says why the criterion stands in another state.
func (w *witness) state() []Reason {
	switch w.now.State {
	case score.NotApplicable:
		return []Reason{{Cause: SaidNotApplicable}}
	case score.MayApply:
		return []Reason{{Cause: Undecided, Names: w.now.Missing}}
	case score.NotYetExpected:
		return []Reason{{Cause: NotExpected}}
	case score.DoesNotApply:
		return []Reason{{Cause: Inapplicable, Names: w.deciding()}}
	case score.Answered, score.Unanswered:
	}
	return append(w.counted(), w.carried()...)
}

// counted says why the criterion is asked for now, and whether it is answered.
func (w *witness) counted() []Reason {
	var reasons []Reason
	switch w.was.State {
	case score.Answered.String():
		return []Reason{{Cause: Unanswered, Names: w.now.Missing}}
	case score.Unanswered.String():
		return []Reason{{Cause: Answered}}
	case score.NotYetExpected.String():
		reasons = append(reasons, Reason{Cause: Expected})
	case score.NotApplicable.String():
		reasons = append(reasons, Reason{Cause: NotSaid})
	default:
		reasons = append(reasons, Reason{Cause: Applies, Names: w.deciding()})
	}
	if w.now.State == score.Unanswered {
		reasons = append(reasons, Reason{Cause: NotAnswered})
	}
	return reasons
}

// deciding are the facts that decide whether the criterion applies, its own or those of the groups above it.
func (w *witness) deciding() []string {
	var names []string
	nodes := w.c.res.Model.Nodes
	for i := w.i; i >= 0; i = nodes[i].Parent {
		if nodes[i].When() == nil {
			continue
		}
		for _, name := range nodes[i].Facts() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// answer says why what is answered, or what is supported of it, is another.
func (w *witness) answer() []Reason {
	claimed := !same(w.was.Claimed, number(w.now, score.Claimed)) || !same(w.was.Best(), number(w.now, score.AtBest))
	if w.n.IsRule() || w.n.Price != nil {
		return []Reason{{Cause: WorkedOut}}
	}
	evidence := w.evidence()
	if claimed {
		return append(append([]Reason{{Cause: Claimed}}, evidence...), w.capped()...)
	}
	return evidence
}

// carried is what there is to say of the evidence for an answer that was not there, or did not count.
func (w *witness) carried() []Reason {
	if w.now.State != score.Answered {
		return nil
	}
	return w.capped()
}

func (w *witness) capped() []Reason {
	if len(w.now.Unmet) == 0 {
		return nil
	}
	return []Reason{{Cause: Capped}}
}

// evidence says why the evidence carries more or less than it did; nothing if it carries the same.
func (w *witness) evidence() []Reason {
	level, known := w.now.Number(score.Evidenced)
	if !known || w.was.Level == nil || w.was.Level.Equal(written(level)) {
		return nil
	}
	claimed := !same(w.was.Claimed, number(w.now, score.Claimed))
	if w.worth(*w.was.Level).Less(w.worth(level)) {
		reasons := w.gained()
		if len(reasons) == 0 && !claimed {
			return []Reason{{Cause: Carried}}
		}
		return reasons
	}
	reasons := w.lost()
	if len(reasons) == 0 && !claimed {
		return []Reason{{Cause: Uncarried}}
	}
	return reasons
}

// worth is the value of an answer: a higher number may be the worse one.
func (w *witness) worth(x exact.Number) exact.Number { return w.n.Worth(x) }

// gained is what the rules that are met now accept and did not then: evidence that was not cited, else evidence that they
// refused.
func (w *witness) gained() []Reason {
	claim, _ := w.now.Number(score.Claimed)
	added, accepted := Reason{Cause: Added}, Reason{Cause: Accepted}
	for k, rule := range w.n.EvidenceRules() {
		unmet := slices.ContainsFunc(w.now.Unmet, func(u score.Unmet) bool { return u.Rule == rule })
		if unmet || !w.n.Reaches(k, claim) {
			continue
		}
		for _, item := range w.c.res.Accepted(w.i, k) {
			if was, refused := w.refusedThen(k+1, item.ID); refused {
				accepted.addCap(was)
			} else if !slices.Contains(w.was.Evidence, item.ID) && !slices.Contains(added.Items, item.ID) {
				added.Items = append(added.Items, item.ID)
			}
		}
	}
	switch {
	case len(added.Items) > 0:
		return []Reason{added}
	case len(accepted.Caps) > 0:
		return []Reason{accepted}
	}
	return nil
}

// lost is evidence that was cited then and carries nothing now: because it ran out since, because it is no longer cited, or,
// if neither is so, for another reason. What such an item is refused for may have been so then: the earlier report names
// what rules refuse only where they are not met.
func (w *witness) lost() []Reason {
	ranOut, refused, dropped := Reason{Cause: RanOut}, Reason{Cause: Refused}, Reason{Cause: Dropped}
	for _, u := range w.now.Unmet {
		for _, r := range u.Items {
			_, then := w.refusedThen(u.Number, r.Item.ID)
			switch {
			case then || !slices.Contains(w.was.Evidence, r.Item.ID) || r.Reason == score.WrongKind:
			case r.Reason != score.Expired && r.Reason != score.TooOld:
				refused.add(r)
			case !w.c.p.AsOf.After(r.Expired): // what had run out by then carried nothing then
				ranOut.add(r)
			}
		}
	}
	if len(w.now.Unmet) > 0 {
		dropped.Items = w.dropped()
	}
	var reasons []Reason
	if len(ranOut.Refused) > 0 {
		reasons = append(reasons, ranOut)
	}
	if len(dropped.Items) > 0 {
		reasons = append(reasons, dropped)
	}
	if len(reasons) == 0 && len(refused.Refused) > 0 {
		reasons = append(reasons, refused)
	}
	return reasons
}

// addCap adds an item that was refused, once.
func (r *Reason) addCap(c Cap) {
	if !slices.ContainsFunc(r.Caps, func(other Cap) bool { return other.Evidence == c.Evidence }) {
		r.Caps = append(r.Caps, c)
	}
}

// add adds an item, once.
func (r *Reason) add(item score.Refused) {
	if !slices.ContainsFunc(r.Refused, func(other score.Refused) bool { return other.Item == item.Item }) {
		r.Refused = append(r.Refused, item)
	}
}

// refusedThen is what the earlier report says of an item that a rule did not accept, and whether it does.
func (w *witness) refusedThen(rule int, item string) (Cap, bool) {
	i := slices.IndexFunc(w.was.Capped, func(c Cap) bool { return c.Rule == rule && c.Evidence == item })
	if i < 0 {
		return Cap{}, false
	}
	return w.was.Capped[i], true
}

// dropped are the items that were cited and are not.
func (w *witness) dropped() []string {
	var items []string
	for _, id := range w.was.Evidence {
		if !slices.ContainsFunc(w.now.Evidence, func(e *innovation.Evidence) bool { return e.ID == id }) {
			items = append(items, id)
		}
	}
	return items
}

// Evidence are the ids of the items that the reason is about.
func (r *Reason) Evidence() []string {
	items := slices.Clone(r.Items)
	for _, c := range r.Caps {
		items = append(items, c.Evidence)
	}
	for _, item := range r.Refused {
		items = append(items, item.Item.ID)
	}
	return items
}
