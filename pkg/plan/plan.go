// Package plan finds what would help most: the next steps, what is one change away, and what runs out soon. It asks
// the engine what would be if one thing were otherwise; it computes no score itself.
package plan

import (
	"cmp"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Soon is how many days ahead evidence is listed as running out.
const Soon = 90

// Analysis is what follows from a result for those who must act.
type Analysis struct {
	Steps      []Step
	NearMisses []NearMiss
	Expiring   []Expiry
}

// Step is the next thing to do about one criterion.
type Step struct {
	Node int
	// From and To are levels by their value, or numbers; without Known the criterion is not answered, and there is no From.
	Known    bool
	From, To exact.Number
	// Gain is in evidenced points of the root, if only this criterion rose.
	Gain exact.Number
	// Advice is how to reach the level; nil where the rubric gives none, or where the level is claimed and evidence is
	// what is missing.
	Advice *rubric.Step
	// Show are the evidence rules to be met, where evidence is what is missing.
	Show []score.Unmet
	// Towards are the gates, not passed today, that read this criterion.
	Towards []*score.Gate
	// Opens reports whether this step alone lets one of them pass.
	Opens bool
	// Profiled reports whether the criterion is part of a profile, to which nothing can be gained in points.
	Profiled bool
	// Clears reports whether the criterion is read by a sign that caps today.
	Clears bool
}

// NearMiss is one change that alone gives a better headline.
type NearMiss struct {
	Change  score.Change
	Verdict score.Verdict
}

// Expiry is an item of evidence that runs out soon.
type Expiry struct {
	Item    *innovation.Evidence
	Expires calendar.Date
	// Nodes and Facts are what it carries.
	Nodes []int
	Facts []string
	// Last and Then are what the same record comes to until the last day and from the day after, if nothing is renewed.
	Last, Then score.Hypothesis
}

// Analyse looks at a result.
func Analyse(res *score.Result) Analysis {
	a := analyst{res: res}
	a.tried = a.candidates()
	a.before, _ = res.Counted(0, score.Evidenced)
	return Analysis{Steps: a.steps(), NearMisses: a.nearMisses(), Expiring: a.expiring()}
}

type analyst struct {
	res    *score.Result
	tried  map[int]bool // the criteria that are taken to be otherwise
	before exact.Number // the evidenced score of the root, with what is not known as the worst
}

// maxTried bounds how many criteria are taken to be otherwise, each at the cost of an evaluation.
const maxTried = 200

// candidates are the criteria that somebody can answer better: of very many, those with most to gain.
func (a *analyst) candidates() map[int]bool {
	var open []int
	for i := range a.res.Criteria {
		if a.open(i) {
			open = append(open, i)
		}
	}
	room := func(i int) exact.Number {
		c := &a.res.Criteria[i]
		if c.Share == nil {
			return exact.Zero
		}
		return c.Share.Mul(exact.One.Sub(c.Value(score.Evidenced)))
	}
	if len(open) > maxTried {
		slices.SortStableFunc(open, func(i, j int) int { return room(j).Cmp(room(i)) })
		open = open[:maxTried]
	}
	tried := map[int]bool{}
	for _, i := range open {
		tried[i] = true
	}
	return tried
}

// steps puts gates first, since no other gain helps while one is closed, then the greatest gain for the effort.
func (a *analyst) steps() []Step {
	var steps []Step
	for i := range a.res.Criteria {
		if s, ok := a.step(i); ok {
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(steps, func(s, t Step) int {
		return cmp.Or(cmp.Compare(s.rank(), t.rank()), t.yield().Cmp(s.yield()))
	})
	return steps
}

// rank puts gates that hold everything back before those that cap, what alone opens one before what only leads there,
// then what clears a sign that caps, then the rest.
func (s Step) rank() int {
	const whole, capping, sign, rest = 0, 2, 4, 5
	rank := rest
	switch {
	case slices.ContainsFunc(s.Towards, func(g *score.Gate) bool { return g.Otherwise.Cap == "" }):
		rank = whole
	case len(s.Towards) > 0:
		rank = capping
	case s.Clears:
		return sign
	}
	if rank != rest && !s.Opens {
		rank++
	}
	return rank
}

// yield is the gain for each unit of effort. What is claimed already should only need to be shown.
func (s Step) yield() exact.Number {
	const shown, usual = 1, 3
	effort := int64(usual)
	switch {
	case len(s.Show) > 0:
		effort = shown
	case s.Advice != nil && s.Advice.Effort > 0:
		effort = int64(s.Advice.Effort)
	}
	return s.Gain.Div(exact.Int(effort))
}

// step is the next thing to do about a criterion that somebody answers.
func (a *analyst) step(i int) (Step, bool) {
	n, c := &a.res.Model.Nodes[i], &a.res.Criteria[i]
	if !a.tried[i] {
		return Step{}, false
	}
	s := Step{Node: i}
	s.From, s.Known = c.Number(score.Evidenced)
	switch next, some := n.Next(s.From, s.Known); {
	case len(c.Unmet) > 0:
		s.To, s.Show = afterFirst(n, c)
	case !some:
		return Step{}, false
	case n.Scale != nil:
		s.To, s.Advice = nextAdvice(n.Scale, next)
	default:
		s.To = next
	}
	after := a.res.If(raise(i, s.To))
	s.Gain = after.Score.Sub(a.before)
	s.Towards, s.Opens = a.towards(i, after)
	s.Clears = a.clears(i)
	s.Profiled = a.profiled(i)
	worth := s.Gain.Sign() > 0 || s.Profiled && (s.Advice != nil || len(s.Show) > 0)
	return s, len(s.Towards) > 0 || worth && s.says(n)
}

func (a *analyst) profiled(i int) bool {
	for i = a.res.Model.Nodes[i].Parent; i >= 0; i = a.res.Model.Nodes[i].Parent {
		if a.res.Model.Nodes[i].Profile() {
			return true
		}
	}
	return false
}

// says reports whether there is something to tell: only the name of a level, as on a questionnaire, tells nobody what
// to do.
func (s Step) says(n *score.Node) bool {
	if s.Advice != nil || len(s.Show) > 0 {
		return true
	}
	if !s.Known { // the question is listed among what is not known
		return false
	}
	if n.Scale == nil {
		return true
	}
	at := n.Scale.At(s.To)
	return at >= 0 && n.Scale.Levels[at].Seen != ""
}

// open reports whether a better answer to a node is possible, and is somebody's to give.
func (a *analyst) open(i int) bool {
	n, c := &a.res.Model.Nodes[i], &a.res.Criteria[i]
	return n.IsLeaf() && !n.IsRule() && n.Price == nil && (c.State == score.Answered || c.State == score.Unanswered)
}

// afterFirst is the level or number that is reached when the lowest rules that are not met are met, and those rules.
func afterFirst(n *score.Node, c *score.Criterion) (exact.Number, []score.Unmet) {
	lowest := slices.MinFunc(c.Unmet, func(u, v score.Unmet) int { return cmp.Compare(u.From, v.From) }).From
	to, _ := c.Number(score.Claimed)
	level := c.ClaimedLevel
	var show []score.Unmet
	for _, u := range c.Unmet {
		if u.From == lowest {
			show = append(show, u)
		} else if u.From <= level {
			level = u.From - 1
			to = n.Scale.Levels[level].Value
		}
	}
	return to, show
}

// nextAdvice is the next level that has advice, or without any the next level.
func nextAdvice(s *score.Scale, next exact.Number) (exact.Number, *rubric.Step) {
	for to := s.At(next); to <= s.Best(); to++ {
		if s.Levels[to].Advice != nil {
			return s.Levels[to].Value, s.Levels[to].Advice
		}
	}
	return next, nil
}

func raise(node int, to exact.Number) score.Change {
	return score.Change{Raise: true, Node: node, To: to}
}

// towards are the gates that do not pass and read the node, and whether the step alone lets one pass.
func (a *analyst) towards(i int, after score.Hypothesis) (gates []*score.Gate, opens bool) {
	for j, r := range a.res.Gates {
		if r.Outcome == score.Pass || r.Outcome == score.NotRelevant || !a.below(r.Gate.Depends, i) {
			continue
		}
		gates = append(gates, r.Gate)
		opens = opens || after.Gates[j].Outcome == score.Pass
	}
	return gates, opens
}

// clears reports whether a sign that caps, raised or not known, reads the node.
func (a *analyst) clears(i int) bool {
	return slices.ContainsFunc(a.res.Flags, func(r score.FlagResult) bool {
		return r.Flag.Caps() && (r.Raised == expr.True || r.Raised == expr.Unknown) && a.below(r.Flag.Reads, i)
	})
}

func (a *analyst) below(nodes []int, i int) bool {
	return slices.ContainsFunc(nodes, func(read int) bool { return a.res.Model.Weighs(i, read) })
}

// nearMisses tries one supported level better, one missing fact with a value, and one expired item renewed.
func (a *analyst) nearMisses() []NearMiss {
	var misses []NearMiss
	try := func(change score.Change) {
		if v := a.res.If(change).Verdict; v.Better(a.res.Verdict) {
			misses = append(misses, NearMiss{Change: change, Verdict: v})
		}
	}
	for i := range a.res.Criteria {
		if !a.tried[i] {
			continue
		}
		from, known := a.res.Criteria[i].Number(score.Evidenced)
		if to, some := a.res.Model.Nodes[i].Next(from, known); some {
			try(raise(i, to))
		}
	}
	for _, name := range a.missingFacts() {
		for _, value := range values(a.res.Model.Fact(name)) {
			try(score.Change{Fact: name, Value: value})
		}
	}
	for _, item := range a.expired() {
		try(score.Change{Renewed: item})
	}
	return misses
}

func values(f *rubric.Fact) []string {
	switch {
	case f == nil:
		return nil
	case f.Type == "yes-no":
		return []string{"yes", "no"}
	case f.Type == "choice":
		return f.Of
	}
	return nil
}

// missingFacts are those that decide something and are not stated.
func (a *analyst) missingFacts() []string {
	missing := map[string]bool{}
	for i := range a.res.Criteria {
		note(missing, a.res.Criteria[i].Missing)
	}
	for _, r := range a.res.Gates {
		note(missing, r.Missing)
	}
	for _, r := range a.res.Flags {
		if r.Raised == expr.Unknown && r.Flag.Caps() {
			note(missing, r.Missing)
		}
	}
	return slices.DeleteFunc(slices.Clone(a.res.Model.FactNames()), func(name string) bool { return !missing[name] })
}

func note(missing map[string]bool, names []string) {
	for _, name := range names {
		missing[name] = true
	}
}

// expired are the items that a rule refuses for their age alone, as far as is known.
func (a *analyst) expired() []*innovation.Evidence {
	var items []*innovation.Evidence
	refused := func(unmet []score.Unmet) {
		for _, u := range unmet {
			for _, r := range u.Items {
				old := r.Reason == score.Expired || r.Reason == score.TooOld
				if old && !slices.Contains(items, r.Item) {
					items = append(items, r.Item)
				}
			}
		}
	}
	for i := range a.res.Criteria {
		refused(a.res.Criteria[i].Unmet)
	}
	for _, name := range a.res.Model.FactNames() {
		refused(a.res.Facts[name])
	}
	return items
}

// expiring are the items in use that run out within the next days, the first to run out first.
func (a *analyst) expiring() []Expiry {
	var list []Expiry
	of := func(item *innovation.Evidence, last calendar.Date) *Expiry {
		if days := a.res.AsOf.DaysUntil(last); days < 0 || days > Soon {
			return nil
		}
		j := slices.IndexFunc(list, func(e Expiry) bool { return e.Item == item && e.Expires == last })
		if j < 0 {
			list, j = append(list, Expiry{Item: item, Expires: last}), len(list)
		}
		return &list[j]
	}
	for i := range a.res.Criteria {
		for item, last := range a.res.LastDays(i) {
			if e := of(item, last); e != nil {
				e.Nodes = append(e.Nodes, i)
			}
		}
	}
	for _, name := range a.res.Model.FactNames() {
		for item, last := range a.res.FactLastDays(name) {
			if e := of(item, last); e != nil {
				e.Facts = append(e.Facts, name)
			}
		}
	}
	slices.SortFunc(list, func(e, f Expiry) int {
		return cmp.Or(e.Expires.Compare(f.Expires), cmp.Compare(e.Item.ID, f.Item.ID))
	})
	until := score.Hypothesis{Verdict: a.res.Verdict, Score: a.before, Gates: a.res.Gates}
	for i := range list {
		if i > 0 && list[i].Expires == list[i-1].Expires {
			list[i].Last, list[i].Then = list[i-1].Last, list[i-1].Then
			continue
		}
		list[i].Last, list[i].Then = until, a.res.On(list[i].Expires.Next()) // nothing that is cited ends in between
		until = list[i].Then
	}
	return list
}
