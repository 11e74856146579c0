package lint

import (
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// conditions calls yield for every condition that is written in the rubric itself, with its place.
func (v *rubricView) conditions(yield func(e *expr.Expr, at diag.Place)) {
	for i := range v.Nodes {
		if n := &v.Nodes[i]; v.own(i) && n.When() != nil {
			yield(n.When(), n.Source.At("when"))
		}
	}
	v.gates(func(g *score.Gate) {
		yield(g.Needs(), g.Source.At("needs"))
		if g.When() != nil {
			yield(g.When(), g.Source.At("when"))
		}
	})
	v.flags(func(f *score.Flag) { yield(f.When(), f.Source.At("when")) })
}

var constantCondition = Rule{
	ID: "constant-condition", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a `when` always holds, or never does",
	Why:     "What never applies is never asked, and nobody notices. What always applies needs no condition.",
	Ground:  law("DTAC 2.0 asks many of its questions under a condition only. One that contradicts itself hides its question from everybody."),
	Bad: `facts:
  device: {type: choice, of: [none, class-1, class-2], ask: "Which class of medical device is it?"}
criteria:
  - id: approval
    title: Approval
    ask: Is its approval on the public register?
    scale: yes-no
    evidence: none
    when: facts.device == "none" && facts.device == "class-1"
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `facts:
  device: {type: choice, of: [none, class-1, class-2], ask: "Which class of medical device is it?"}
criteria:
  - id: approval
    title: Approval
    ask: Is its approval on the public register?
    scale: yes-no
    evidence: none
    when: facts.device != "none"
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		for i := range v.Nodes {
			if n := &v.Nodes[i]; v.own(i) && n.When() != nil {
				v.constant(n.When(), n.FromStage(), n.Parent, n.Source.At("when"), "applies")
			}
		}
		v.gates(func(g *score.Gate) {
			if g.When() != nil {
				v.constant(g.When(), g.FromStage(), 0, g.Source.At("when"), "applies")
			}
		})
		v.flags(func(f *score.Flag) {
			v.constant(f.When(), f.FromStage(), 0, f.Source.At("when"), "is raised")
		})
	},
}

// constant looks at a condition where what it belongs to can matter: from a stage on, and where the node above applies.
func (v *rubricView) constant(e *expr.Expr, from, above int, at diag.Place, does string) {
	all := []*expr.Expr{e}
	for i := above; i >= 0; i = v.Nodes[i].Parent {
		all = append(all, v.Nodes[i].When())
	}
	w := newWorlds(v.Model, all...)
	holds, fails, tried := false, false, false
	w.each(func() bool {
		if w.come(from) && w.applies(above) {
			tried = true
			switch w.holds(e) {
			case expr.True:
				holds = true
			case expr.False:
				fails = true
			case expr.Unknown, expr.Absent:
			}
		}
		return !holds || !fails
	})
	switch {
	case !tried:
	case !holds:
		v.at(at, "compare with what can be so", "this condition never holds, so that what it stands with never %s", does)
	case !fails:
		v.at(at, "take it out, or compare with what can be otherwise", "this condition always holds")
	}
}

var unaskedFact = Rule{
	ID: "unasked-fact", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a condition reads a fact that has no question",
	Why:     "Nobody is asked for it, so it stays unknown, and what hangs on it may apply for ever.",
	Ground:  measurement("An open rules engine for procurement law answers that it does not know, and names the facts it lacks; one that nobody is asked for stays lacking."),
	Bad: `facts:
  holds_photos: {type: yes-no}
criteria:
  - {id: dpia, title: DPIA, ask: "Is the DPIA signed?", scale: yes-no, evidence: none, when: facts.holds_photos}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `facts:
  holds_photos: {type: yes-no, ask: "Does it hold photos of patients?"}
criteria:
  - {id: dpia, title: DPIA, ask: "Is the DPIA signed?", scale: yes-no, evidence: none, when: facts.holds_photos}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		for _, name := range v.FactsRead() {
			for i := range v.Rubric.Facts {
				if e := &v.Rubric.Facts[i]; e.Key == name && e.Value.Ask == "" && v.inFile(e.KeyPlace) {
					v.at(e.KeyPlace, "write its question with `ask:`", "fact %q is read by a condition, and nobody is asked for it", name)
				}
			}
		}
	},
}

// inFile reports whether something is written in the rubric's own file, not in one that it imports.
func (v *rubricView) inFile(at diag.Place) bool { return at.File == v.Rubric.Place().File }

var vanishingGroup = Rule{
	ID: "vanishing-group", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "all criteria of a group can drop out together",
	Why:     "The group then has no score, and its weight goes to its neighbours. An innovation can lose a whole dimension that way.",
	Ground:  measurement("A helper of a widely used scorecard returns the best score when all weights are zero: a mean over nothing has to be seen before it is computed."),
	Bad: `criteria:
  - id: data
    title: Data
    criteria:
      - {id: dpia, title: DPIA, ask: "Is the DPIA signed?", scale: yes-no, evidence: none, when: facts.uses_patient_data}
      - {id: dspt, title: DSPT, ask: "Is the DSPT status current?", scale: yes-no, evidence: none, when: facts.uses_patient_data}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - id: data
    title: Data
    when: facts.uses_patient_data
    criteria:
      - {id: dpia, title: DPIA, ask: "Is the DPIA signed?", scale: yes-no, evidence: none}
      - {id: dspt, title: DSPT, ask: "Is the DSPT status current?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		for i := range v.Nodes {
			n := &v.Nodes[i]
			if n.IsLeaf() || n.Rubric != v.Rubric || len(n.Children) == 0 || !v.canVanish(i) {
				continue
			}
			at := v.Rubric.AtKey("criteria")
			if n.Source != nil {
				at = n.Source.At("id")
			}
			v.at(at, "give the group the condition itself, so that it can be seen, or add a criterion that always applies",
				"every criterion of %q can drop out at once, and nothing would be left to score", n.Title)
		}
	},
}

// canVanish reports whether no child applies in a world in which the group itself does. Stages are left out: what is
// not expected yet will be.
func (v *rubricView) canVanish(group int) bool {
	var all []*expr.Expr
	for i := group; i >= 0; i = v.Nodes[i].Parent {
		all = append(all, v.Nodes[i].When())
	}
	for _, child := range v.Nodes[group].Children {
		n := &v.Nodes[child]
		if n.Weight.Sign() > 0 && n.When() == nil {
			return false
		}
		all = append(all, n.When())
	}
	w := newWorlds(v.Model, all...)
	vanishes := false
	w.each(func() bool {
		if !w.applies(group) {
			return true
		}
		vanishes = true
		for _, child := range v.Nodes[group].Children {
			vanishes = vanishes && (v.Nodes[child].Weight.Sign() == 0 || w.holds(v.Nodes[child].When()) == expr.False)
		}
		return !vanishes
	})
	return vanishes
}

var unusedWord = Rule{
	ID: "unused-word", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a scale, kind of evidence or role is defined and not used",
	Why:     "Either it is left over, or a criterion that should use it names another.",
	Ground:  measurement("In the rubrics that ship with this program the rule found a kind of evidence that nothing used."),
	Bad: `kinds:
  rota: {title: Rota}
`,
	Good: `kinds:
  rota: {title: Rota}
criteria:
  - {id: hours, title: Hours, ask: "Is time set aside for it?", scale: yes-no, evidence: {kinds: [rota]}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
	rubric: func(v *rubricView) {
		used := v.wordsUsed()
		say := func(what, name string, at diag.Place) {
			if v.inFile(at) && !used[what+" "+name] {
				v.at(at, "take it out, or use it", "%s %q is not used", what, name)
			}
		}
		for _, e := range v.Rubric.Scales {
			say("scale", e.Key, e.KeyPlace)
		}
		for _, e := range v.Rubric.Kinds {
			say("kind", e.Key, e.KeyPlace)
		}
		for _, e := range v.Rubric.Roles {
			say("role", e.Key, e.KeyPlace)
		}
	},
}

// wordsUsed are the scales, kinds and roles that the rubric uses, each after what it is.
func (v *rubricView) wordsUsed() map[string]bool {
	used := map[string]bool{}
	rules := func(r *rubric.EvidenceRules) {
		if r == nil {
			return
		}
		for i := range r.Rules {
			for _, kind := range r.Rules[i].Kinds {
				used["kind "+kind] = true
			}
			if len(r.Rules[i].Kinds) == 0 { // any kind counts
				for _, e := range v.Rubric.Kinds {
					used["kind "+e.Key] = true
				}
			}
		}
	}
	var criteria func(all []rubric.Criterion)
	criteria = func(all []rubric.Criterion) {
		for i := range all {
			c := &all[i]
			if c.Scale != nil {
				used["scale "+c.Scale.Name] = true
			}
			rules(c.Evidence)
			for _, step := range c.Improve {
				for _, role := range step.Value.Help {
					used["role "+role] = true
				}
			}
			criteria(c.Criteria)
		}
	}
	criteria(v.Rubric.Criteria)
	for _, e := range v.Rubric.Facts {
		rules(e.Value.Evidence)
	}
	for i := range v.Rubric.Gates {
		if w := v.Rubric.Gates[i].Waivable; w != nil {
			for _, role := range w.By {
				used["role "+role] = true
			}
		}
	}
	return used
}
