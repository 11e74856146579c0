package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// duty lists the leaves of one duty.
func (x *explainer) duty(name string) {
	for i := range x.m.Nodes {
		if n, c := &x.m.Nodes[i], &x.res.Criteria[i]; n.IsLeaf() && n.Duty == name && c.Counts() {
			x.say("  %s: %s", n.ID, x.standing(i))
		}
	}
	if len(x.lines) == 0 {
		x.say("nothing that counts is the part of the %s", name)
	}
}

func (x *explainer) gate(r *score.GateResult) {
	g := r.Gate
	owner := g.Name[:max(strings.LastIndex(g.Name, "/"), 0)]
	x.belongs(owner)
	switch {
	case g.Source != nil:
		x.condition("needs", g.Source.Needs, owner)
		x.condition("when", g.Source.When, owner)
		x.fromStage("from_stage", g.Source.FromStage)
		if g.Otherwise.Word == "conditional" {
			x.say("otherwise: conditional")
		}
	case len(g.Reads) > 0:
		i := g.Reads[0]
		x.say("minimum of %s: %s", x.m.Nodes[i].ID, x.m.Nodes[i].Source.Minimum)
		x.say("  %s is %s", x.m.Nodes[i].ID, x.standing(i))
	}
	if len(r.Missing) > 0 {
		x.say("not known: %s", strings.Join(r.Missing, ", "))
	}
	if w := r.Waiver; w != nil {
		x.say("waived by %s until %s", w.Owner, w.Expires)
	}
	x.findings(g.Name)
}

// belongs tells of a rubric in use that does not apply: neither do its gates and flags.
func (x *explainer) belongs(owner string) {
	if i, ok := x.m.Lookup(owner); ok && i > 0 && x.res.Criteria[i].State != score.Answered {
		x.say("it belongs to %s, which is %s", owner, x.res.Criteria[i].State)
	}
}

func (x *explainer) flag(r *score.FlagResult) {
	owner := r.Flag.Name[:max(strings.LastIndex(r.Flag.Name, "/"), 0)]
	x.belongs(owner)
	x.condition("when", r.Flag.Source.When, owner)
	x.fromStage("from_stage", r.Flag.Source.FromStage)
	if len(r.Missing) > 0 {
		x.say("not known: %s", strings.Join(r.Missing, ", "))
	}
}

// band says what the score alone gives, and what lowers it.
func (x *explainer) band() {
	v, root := x.res.Verdict, &x.m.Nodes[0]
	if v.Band == nil {
		x.say("the rubric has no bands")
		return
	}
	got, ok := x.res.Counted(0, score.Evidenced)
	if ok {
		x.say("the score alone, %s, gives %s:", got, v.ScoreBand.ID)
	} else {
		x.say("there is no score, which gives %s:", v.ScoreBand.ID)
	}
	for _, b := range root.Bands {
		line := fmt.Sprintf("  %s from %s", b.ID, b.From)
		if b.FromStage >= 0 {
			line += fmt.Sprintf(", not before stage %s; %s", x.m.Stages[b.FromStage], x.stage())
		}
		x.lines = append(x.lines, line)
	}
	x.caps()
}

// caps are the gates and flags that limit the band, each with the band that it leaves.
func (x *explainer) caps() {
	before := len(x.lines)
	lowest := x.m.Nodes[0].Bands[0].ID
	for _, r := range x.res.Gates {
		stands := r.Outcome == score.Fail || r.Outcome == score.Undecided && r.Gate.Otherwise.Word != "conditional"
		if to := r.Gate.Cap; stands && to != nil {
			x.say("gate %s is %s: at most %s", r.Gate.Name, r.Outcome, to.ID)
		} else if stands {
			x.say("gate %s is %s: %s", r.Gate.Name, r.Outcome, lowest)
		}
	}
	for _, r := range x.res.Flags {
		if raised := r.Raised == expr.True; r.Flag.Caps() && (raised || r.Raised == expr.Unknown) {
			x.say("flag %s is %s: at most %s", r.Flag.Name, map[bool]string{true: "raised", false: "unknown"}[raised], r.Flag.Cap.ID)
		}
	}
	if len(x.lines) == before {
		x.say("no gate or flag limits it")
	}
}

// headline lists what would come before the band.
func (x *explainer) headline() {
	for _, r := range x.res.Gates {
		if r.Outcome != score.Pass && r.Outcome != score.NotRelevant {
			line := fmt.Sprintf("gate %s is %s", r.Gate.Name, r.Outcome)
			if len(r.Missing) > 0 {
				line += ", not known: " + strings.Join(r.Missing, ", ")
			}
			x.lines = append(x.lines, line)
		}
	}
	if len(x.lines) == 0 {
		x.say("every gate that applies passes")
	}
	least := "0.5"
	if given := x.m.Rubric.MinAnswered; given != nil {
		least = given.String()
	}
	if root := &x.m.Nodes[0]; !x.res.Criteria[0].Scored() && !root.Profile() {
		x.say("there is no score, so that it is incomplete")
	}
	t := x.res.Answered
	x.say("%d of %d answered; below a share of %s it is incomplete", t.Answered, t.Expected, least)
	if v := x.res.Verdict; v.Band != nil {
		x.say("the band is %s", v.Band.ID)
	}
}

// answered lists the leaves with weight, by how they stand.
func (x *explainer) answered() {
	by := map[score.State][]string{}
	var visit func(i int)
	visit = func(i int) {
		if !x.isGroup(i) {
			state := x.res.Criteria[i].State
			by[state] = append(by[state], x.m.Nodes[i].ID)
		}
		for _, child := range x.m.Nodes[i].Children {
			if x.m.Nodes[child].Weight.Sign() > 0 {
				visit(child)
			}
		}
	}
	visit(0)
	for state := score.Answered; state <= score.DoesNotApply; state++ {
		if ids := by[state]; len(ids) > 0 {
			part := ""
			if !state.Counts() {
				part = ", not expected"
			}
			x.say("%s%s: %s", state, part, strings.Join(ids, ", "))
		}
	}
}
