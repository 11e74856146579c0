package cases

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// look counts what one expectation of a case that came true exercises; result is what the case came to.
func (c *Coverage) look(e Expectation, result *score.Result) {
	switch {
	case (e.Aspect == Level || e.Aspect == State) && c.own[e.Index]:
		c.lookAtCriterion(e, result)
	case e.Aspect == Gate:
		g, is := result.Gates[e.Index].Gate, gateComesTo(e.Index, result)
		c.hit("gate", g.Name, is)
		if is != byWhen && is != byStage && is != "" {
			c.lookAtFacts(g.Facts(), result)
		}
	case e.Aspect == Flag:
		f, is := result.Flags[e.Index].Flag, flagComesTo(e.Index, result)
		c.hit("flag", f.Name, is)
		if is != byStage && is != "" {
			c.lookAtFacts(f.Facts(), result)
		}
	case e.Aspect == Band && result.Verdict.Band != nil:
		c.hit("band", c.Model.Rubric.ID, result.Verdict.Band.ID)
	}
}

func (c *Coverage) hit(sort, name, is string) {
	if u := c.find[Unit{Sort: sort, Name: name, Is: is}]; u != nil {
		u.Covered = true
	}
}

// lookAtCriterion counts the branch that a criterion's own conditions took, if its state shows it, and its level.
func (c *Coverage) lookAtCriterion(e Expectation, result *score.Result) {
	n, k := &c.Model.Nodes[e.Index], &result.Criteria[e.Index]
	own, shown := result.Applying(e.Index)
	if !shown {
		return
	}
	switch k.State {
	case score.DoesNotApply, score.NotYetExpected:
		c.hit("when", n.Name, k.State.String())
	case score.MayApply:
		if own.When == expr.Unknown {
			c.hit("when", n.Name, k.State.String())
		}
	case score.Answered, score.Unanswered, score.NotApplicable:
		c.hit("when", n.Name, applies)
	}
	if e.Aspect == Level {
		c.lookAtLevel(n, k)
	}
	c.lookAtFacts(n.Facts(), result)
}

// lookAtLevel counts the level of a leaf, and the evidence rules that its answer reaches. A rule is seen to be met only
// if the level that is carried rests on it.
func (c *Coverage) lookAtLevel(n *score.Node, k *score.Criterion) {
	if k.State != score.Answered {
		return
	}
	if n.Scale != nil {
		c.hit("level", n.Name, levelText(n.Scale, k.Level))
	}
	claimed, _ := k.Number(score.Claimed)
	carried, _ := k.Number(score.Evidenced)
	for rule := range n.EvidenceRules() {
		switch {
		case !n.Reaches(rule, claimed):
		case slices.ContainsFunc(k.Unmet, isRule(rule)):
			c.unmet(n.Name, rule, k.Unmet)
		case n.Reaches(rule, carried):
			c.hit("evidence", n.Name, ruleIs(rule, met))
		}
	}
}

func isRule(rule int) func(score.Unmet) bool {
	return func(u score.Unmet) bool { return u.Number == rule+1 }
}

// unmet counts a rule that is not met, and why it refuses what is cited, if it alone decides how far the answer is carried.
func (c *Coverage) unmet(name string, rule int, all []score.Unmet) {
	at := slices.IndexFunc(all, isRule(rule))
	for i, u := range all {
		if i != at && u.From <= all[at].From {
			return
		}
	}
	c.hit("evidence", name, ruleIs(rule, notMet))
	for _, item := range all[at].Items {
		for _, r := range refusals {
			if slices.Contains(r.reasons, item.Reason) {
				c.hit("evidence", name, ruleIs(rule, r.is))
			}
		}
	}
}

// lookAtFacts counts the evidence rules of facts that decide what a case expects. A case that leaves a fact open says
// nothing of them.
func (c *Coverage) lookAtFacts(names []string, result *score.Result) {
	for _, name := range names {
		unmet := result.Facts[name]
		for rule := range c.Model.FactRules(name) {
			switch {
			case slices.ContainsFunc(unmet, isRule(rule)):
				c.unmet(factName(name), rule, unmet)
			case len(unmet) == 0 && len(result.Record.FactEvidence(name)) > 0:
				c.hit("evidence", factName(name), ruleIs(rule, met))
			}
		}
	}
}

// gateComesTo is how a gate came out, as a unit says it. One that does not pass may fail or be conditional by its rubric.
// Where two conditions keep it from applying, neither is seen to; nor if all that it reads has dropped out.
func gateComesTo(i int, result *score.Result) string {
	g, a := &result.Gates[i], result.GateApplying(i)
	byItsWhen, early := a.When == expr.False || a.When == expr.Absent, a.Stage == expr.False
	switch {
	case g.Waiver != nil:
		return waived
	case g.Outcome == score.Fail || g.Outcome == score.Conditional:
		return notPassed
	case g.Outcome != score.NotRelevant:
		return g.Outcome.String()
	case byItsWhen && !early:
		return byWhen
	case early && !byItsWhen:
		return byStage
	}
	return ""
}

// flagComesTo is whether a flag is raised, as a unit says it.
func flagComesTo(i int, result *score.Result) string {
	switch result.Flags[i].Raised {
	case expr.True:
		return yesNo(true)
	case expr.False:
		return yesNo(false)
	case expr.Unknown:
		return notKnown
	case expr.Absent:
		if result.FlagApplying(i).Stage == expr.False {
			return byStage
		}
	}
	return ""
}
