package lint

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

var gateCannotFail = Rule{
	ID: "gate-cannot-fail", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a gate passes whatever the answers are",
	Why:     "It stands in the rubric as if something were held back on, and nothing ever is.",
	Ground:  law("Procurement Act 2023, section 23: award criteria must be measurable, and the documents must say whether failing one disqualifies. One that nobody can fail does neither."),
	Bad: `gates:
  - {id: trained, needs: 'level("training") >= 0', otherwise: fail, because: Untrained staff make mistakes.}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
	rubric: func(v *rubricView) {
		v.gates(func(g *score.Gate) {
			if ends := v.ends(g); ends != nil && !ends[expr.False] {
				what := "gate %q passes whatever the answers are"
				if !ends[expr.True] {
					what = "gate %q never applies: what it reads is not asked where it holds"
				}
				v.at(g.Source.At("needs"), "ask for a level that can be missed, or take the gate out", what, g.Source.ID)
			}
		})
	},
}

var gateCannotPass = Rule{
	ID: "gate-cannot-pass", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a gate fails whatever the answers are",
	Why:     "Every innovation is held back by it, however good, and the reason will look like a fault of the innovation.",
	Ground:  law("Procurement Act 2023, section 23: award criteria must be proportionate. One that nobody can meet is not."),
	Bad: `gates:
  - {id: trained, needs: 'score("training") >= 120', otherwise: fail, because: Untrained staff make mistakes.}
`,
	Good: `gates:
  - {id: trained, needs: 'score("training") >= 100', otherwise: fail, because: Untrained staff make mistakes.}
`,
	rubric: func(v *rubricView) {
		v.gates(func(g *score.Gate) {
			if ends := v.ends(g); ends != nil && ends[expr.False] && !ends[expr.True] {
				v.at(g.Source.At("needs"), "ask for what can be reached", "gate %q fails whatever the answers are", g.Source.ID)
			}
		})
	},
}

// ends are what a gate can come to where it applies and all that it reads is known; nil if there are too many ways.
func (v *rubricView) ends(g *score.Gate) map[expr.Truth]bool {
	w := newWorlds(v.Model, g.Needs(), g.When())
	if w.many {
		return nil
	}
	ends := map[expr.Truth]bool{}
	w.each(func() bool {
		if w.come(g.FromStage()) && w.holds(g.When()) == expr.True {
			ends[w.holds(g.Needs())] = true
		}
		return true
	})
	return ends
}

var gateImplied = Rule{
	ID: "gate-implied", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a gate can only fail where another fails too, which does as much",
	Why:     "The report names two reasons for one gap, and the second hides what else there is to do.",
	Ground:  measurement("Redundancy is one of the checks that the government's manual on multi-criteria analysis (2009) asks for: what says the same twice is counted twice."),
	Bad: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
  - {id: trained-or-owned, needs: 'level("training") >= 2 || level("owner") >= 2', otherwise: fail, because: Somebody must know it.}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', from_stage: service, otherwise: fail, because: Untrained staff make mistakes.}
  - {id: trained-or-owned, needs: 'level("training") >= 2 || level("owner") >= 2', otherwise: fail, because: Somebody must know it.}
`,
	rubric: func(v *rubricView) {
		var all []*score.Gate
		v.gates(func(g *score.Gate) {
			if ends := v.ends(g); ends[expr.True] && ends[expr.False] { // else there is more to say of it
				all = append(all, g)
			}
		})
		for i, weaker := range all {
			j := slices.IndexFunc(all, func(g *score.Gate) bool {
				return g != weaker && v.implies(g, weaker) && (!v.implies(weaker, g) || slices.Index(all, g) < i)
			})
			if j >= 0 {
				v.at(weaker.Source.At("needs"), "take it out, or let it hold back where the other does not",
					"gate %q can only fail where %q fails too", weaker.Source.ID, all[j].Source.ID)
			}
		}
	},
}

// implies reports whether one gate holds back at least as hard as another wherever the other does.
func (v *rubricView) implies(stronger, weaker *score.Gate) bool {
	if !overlap(stronger.Reads, weaker.Reads) || force(v, stronger) < force(v, weaker) || stronger.Waivable != nil && weaker.Waivable == nil {
		return false
	}
	w := newWorlds(v.Model, stronger.Needs(), stronger.When(), weaker.Needs(), weaker.When())
	implied, fails := !w.many, false
	w.each(func() bool {
		if !w.come(weaker.FromStage()) || w.holds(weaker.When()) != expr.True || w.holds(weaker.Needs()) != expr.False {
			return true
		}
		fails = true
		implied = w.come(stronger.FromStage()) && w.holds(stronger.When()) == expr.True && w.holds(stronger.Needs()) == expr.False
		return implied
	})
	return implied && fails
}

func overlap(a, b []int) bool {
	return slices.ContainsFunc(a, func(i int) bool { return slices.Contains(b, i) })
}

// force is how hard a gate holds back: `fail` most, then a cap by its band, `conditional` least.
func force(v *rubricView, g *score.Gate) int {
	bands := v.Nodes[0].Bands
	switch {
	case g.Cap != nil:
		return len(bands) - slices.IndexFunc(bands, func(b score.Band) bool { return b.ID == g.Cap.ID })
	case g.Otherwise.Word == "conditional":
		return 0
	}
	return len(bands) + 1
}

var gateWithoutOtherwise = Rule{
	ID: "gate-without-otherwise", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a gate does not say what failing it leads to",
	Why:     "A gate without `otherwise` fails the innovation. Who reads the rubric cannot see whether its author meant that.",
	Ground:  law("Procurement Act 2023, section 23: the documents must say whether failing to meet a criterion disqualifies a tender."),
	Bad: `gates:
  - {id: trained, needs: 'level("training") >= 2', because: Untrained staff make mistakes.}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: conditional, because: Untrained staff make mistakes.}
`,
	rubric: func(v *rubricView) {
		v.gates(func(g *score.Gate) {
			if !g.Source.Has("otherwise") {
				v.at(g.Source.At("id"), "write `otherwise: fail`, `otherwise: conditional` or `otherwise: {cap: BAND}`", "gate %q does not say what failing it leads to", g.Source.ID)
			}
		})
	},
}

var weightAndGate = Rule{
	ID: "weight-and-gate", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion has a weight and decides a gate too, without saying so",
	Why:     "It then counts twice in two ways. That can be right, but who answers has to be able to see it, and why.",
	Ground:  law("Procurement Act 2023, section 23: how tenders are assessed must be described, and whether failing a criterion disqualifies."),
	Bad: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
	rubric: func(v *rubricView) {
		v.gates(func(g *score.Gate) {
			if g.Source.Because != "" {
				return
			}
			for _, i := range g.Reads {
				if share := v.shares[i]; v.Nodes[i].IsLeaf() && (share == nil || share.Sign() > 0) {
					v.at(g.Source.At("id"), "say with `because:` why it must not be traded off, or give the criterion `weight: 0`",
						"criterion %q has a weight, and gate %q holds back on it too without a reason", v.Nodes[i].ID, g.Source.ID)
				}
			}
		})
	},
}

var gateOnClaim = Rule{
	ID: "gate-on-claim", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a gate asks for a level that needs no evidence",
	Why:     "Whoever claims the level passes, so that the gate holds back only the honest.",
	Ground:  complaint("Buyers burned by systems that were bought on what was claimed ask for what can be shown; a gate is where it matters most."),
	Bad: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: A date for each role that opens it.
      2: Nine in ten users are on a signed record.
    evidence: {from: 2, kinds: [training-record]}
gates:
  - {id: trained, needs: 'level("training") >= 1', otherwise: fail, because: Untrained staff make mistakes.}
`,
	Good: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: A date for each role that opens it.
      2: Nine in ten users are on a signed record.
    evidence: {from: 1, kinds: [training-record]}
gates:
  - {id: trained, needs: 'level("training") >= 1', otherwise: fail, because: Untrained staff make mistakes.}
`,
	rubric: func(v *rubricView) {
		v.gates(func(g *score.Gate) {
			for _, want := range g.Wants {
				n := &v.Nodes[want.Node]
				if n.IsRule() || want.Level == 0 || n.Source.Evidence != nil && n.Source.Evidence.None || v.shown(n, want.Level) {
					continue
				}
				v.at(g.Source.At("needs"), "give the criterion an evidence rule from that level, or `evidence: none` if a claim is enough",
					"gate %q asks for level %s of %q, which needs no evidence", g.Source.ID, n.Scale.Levels[want.Level].Value, n.ID)
			}
		})
	},
}

// shown reports whether an evidence rule holds for a level.
func (v *rubricView) shown(n *score.Node, level int) bool {
	for k := range n.EvidenceRules() {
		if n.Reaches(k, n.Scale.Levels[level].Value) {
			return true
		}
	}
	return false
}

var thresholdBetweenLevels = Rule{
	ID: "threshold-between-levels", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a condition compares a level with a number between two levels",
	Why:     "Nothing is ever answered there. It means the same as the next level, or its author took the scale for another one.",
	Ground:  law("Bromcom v United Learning Trust [2022] EWHC 3262 (TCC): marks that are not on the published scale helped to undo the award."),
	Bad: `gates:
  - {id: trained, needs: 'level("training") >= 1.5', otherwise: fail, because: Untrained staff make mistakes.}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
	rubric: func(v *rubricView) {
		v.conditions(func(e *expr.Expr, at diag.Place) {
			e.Tests(func(t *expr.Test, _ bool) {
				if t.Read != "level" && t.Read != "claimed" || v.Nodes[t.Target].Scale == nil || v.Nodes[t.Target].Source.Respondents != nil {
					return
				}
				for _, l := range t.Against {
					if l.Number != nil && v.Nodes[t.Target].Scale.At(*l.Number) < 0 {
						v.at(at, "the levels are: "+v.Nodes[t.Target].Scale.String(), "%s lies between two levels of %q", *l.Number, v.Nodes[t.Target].ID)
					}
				}
			})
		})
	},
}

var capWithoutEffect = Rule{
	ID: "cap-without-effect", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "something caps at the highest band, which limits nothing",
	Why:     "The report says that the result is limited, and it is not.",
	Ground:  law("Procurement Act 2023, section 23: the documents must describe how tenders are assessed. A limit that limits nothing describes something else."),
	Bad: `flags:
  - {id: no-owner, when: 'level("owner") < 2', severity: high, effect: {cap: ready}, say: Nobody answers for it., clears: A name in a minute.}
`,
	Good: `flags:
  - {id: no-owner, when: 'level("owner") < 2', severity: high, effect: {cap: not-ready}, say: Nobody answers for it., clears: A name in a minute.}
`,
	rubric: func(v *rubricView) {
		bands := v.Nodes[0].Bands
		if len(bands) == 0 {
			return
		}
		highest := bands[len(bands)-1].ID
		const hint = "cap at a lower band, or let it inform only"
		v.gates(func(g *score.Gate) {
			if g.Source.Otherwise.Cap == highest {
				v.at(g.Source.At("otherwise"), hint, "gate %q caps at %q, the highest band", g.Source.ID, highest)
			}
		})
		v.flags(func(f *score.Flag) {
			if f.Source.Effect.Cap == highest {
				v.at(f.Source.At("effect"), hint, "flag %q caps at %q, the highest band", f.Source.ID, highest)
			}
		})
	},
}

var bandAtTheTop = Rule{
	ID: "band-at-the-top", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "the highest band begins at the best score there is",
	Why:     "Only an innovation with every criterion at its best ever reaches it; a single mark lost anywhere loses the band.",
	Ground:  measurement("In procurement cases a single mark has been worth 2.5 points of the whole (Braceurself v NHS England [2022] EWHC 1532 (TCC)); a band without room below it turns on one reading."),
	Bad: `bands:
  - {id: not-ready, label: Not ready, from: 0}
  - {id: ready, label: Ready, from: 100}
`,
	Good: `bands:
  - {id: not-ready, label: Not ready, from: 0}
  - {id: ready, label: Ready, from: 80}
`,
	rubric: func(v *rubricView) {
		root := &v.Nodes[0]
		if last := len(root.Bands) - 1; last > 0 && root.Shown(exact.One).Equal(root.Bands[last].From) && !steps(root.Combine()) {
			v.at(v.Rubric.Bands[last].At("from"), "let it begin lower", "band %q begins at %s, the best score", root.Bands[last].ID, root.Bands[last].From)
		}
	},
}

var deadBand = Rule{
	ID: "dead-band", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "no result can fall into a band",
	Why:     "Readers take the band for a step on the way, and nobody is ever on it.",
	Ground:  law("Procurement Act 2023, section 23: the documents must describe how tenders are assessed. A band that nobody can be in describes nothing."),
	Bad: `combine: all
bands:
  - {id: not-ready, label: Not ready, from: 0}
  - {id: nearly, label: Nearly there, from: 60}
  - {id: ready, label: Ready, from: 100}
`,
	Good: `combine: all
bands:
  - {id: not-ready, label: Not ready, from: 0}
  - {id: ready, label: Ready, from: 100}
`,
	rubric: func(v *rubricView) {
		root := &v.Nodes[0]
		values := v.valuesOf(root)
		for i := range root.Bands {
			reached := slices.ContainsFunc(values, func(x exact.Number) bool {
				shown := root.Shown(x)
				return !shown.Less(root.Bands[i].From) && (i+1 == len(root.Bands) || shown.Less(root.Bands[i+1].From))
			})
			if len(values) > 0 && !reached && i < len(v.Rubric.Bands) {
				v.at(v.Rubric.Bands[i].At("from"), "take it out, or begin it at a score that there is",
					"no score falls into band %q: combined by `%s` there are only a few", root.Bands[i].ID, root.Combine())
			}
		}
	},
}

// valuesOf are all that a group can come to, from 0 to 1, if they are few and easily told; else none. Criteria may drop out.
func (v *rubricView) valuesOf(group *score.Node) []exact.Number {
	n := int64(len(group.Children))
	var values []exact.Number
	switch group.Combine() {
	case "all", "any":
		return []exact.Number{exact.Zero, exact.One}
	case "count", "ladder":
		for of := int64(1); of <= n; of++ {
			for met := range of + 1 {
				values = append(values, exact.Ratio(met, of))
			}
		}
	case "min", "max":
		for _, i := range group.Children {
			child := &v.Nodes[i]
			if child.Scale == nil {
				return nil
			}
			for _, l := range child.Scale.Levels {
				values = append(values, l.Worth)
			}
		}
	}
	return values
}

// steps reports whether a group comes to few values, so that the best one is nothing out of the ordinary.
func steps(combine string) bool {
	return slices.Contains([]string{"all", "any", "count", "ladder", "min", "max"}, combine)
}
