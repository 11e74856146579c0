package lint

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

var staleRubric = Rule{
	ID: "stale-rubric", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "the day by which a rubric was to be reviewed has passed",
	Why:     "Laws and frameworks change; what was right when it was written may ask for what no longer holds.",
	Ground:  measurement("DTAC changed its version within five years, and its scored part went."),
	Bad: `review_by: 2020-01-31
`,
	Good: `review_by: 2099-01-31
`,
	rubric: func(v *rubricView) {
		if by := v.Rubric.ReviewBy; !by.IsZero() && !by.After(v.asOf) {
			v.at(v.Rubric.At("review_by"), "review it, and give the next day", "it was to be reviewed by %s", by)
		}
	},
}

var outOfForce = Rule{
	ID: "out-of-force", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a rubric is no longer in force, or is retired",
	Why:     "What is scored with it is scored by rules that no longer hold.",
	Ground:  law("Which rules apply to a procurement is decided by the day on which it started; a rubric whose time is over is for old ones only."),
	Bad: `in_force: {to: 2020-01-31}
`,
	Good: `in_force: {from: 2020-02-01}
`,
	rubric: func(v *rubricView) {
		r := v.Rubric
		switch to := r.InForce.To; {
		case !to.IsZero() && v.asOf.After(to):
			v.at(r.At("in_force"), "use the rubric that follows it, or retire this one", "it was in force until %s", to)
		case !to.IsZero() && r.InForce.From.After(to):
			v.at(r.At("in_force"), "correct one of the days", "it is in force from %s, after its end on %s", r.InForce.From, to)
		}
	},
}

var retiredRubric = Rule{
	ID: "retired-rubric", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a rubric uses one that is retired",
	Why:     "Its owner no longer stands behind what is scored.",
	Ground:  law("NHS bodies may no longer ask for the version of DTAC that version 2.0 replaced; a rubric built on the old one goes on asking."),
	Bad: `criteria:
  - {use: ./retired.yaml, weight: 2}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {use: ./current.yaml, weight: 2}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		for i := range v.Nodes {
			if n := &v.Nodes[i]; n.Root && v.own(i) && n.Rubric.Status == "retired" {
				v.at(n.Source.At("use"), "use the rubric that follows it", "rubric %q %s is retired", n.Rubric.ID, n.Rubric.Version)
			}
		}
	},
}

var retiredReference = Rule{
	ID: "retired-reference", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion traces to an edition of a source that no longer holds",
	Why:     "What the criterion is said to rest on has been withdrawn, or asks for something else now.",
	Ground:  law("DTAC 2.0 replaced version 1, whose scored parts went; rubrics that trace to version 1 trace to nothing."),
	Bad: `criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none, maps: ["old-guide:1"]}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none, maps: ["guide:1"]}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		v.maps(func(to string, at diag.Place) {
			id, _, _ := strings.Cut(to, ":")
			ref, _ := v.checker.catalogue.Reference(v.Rubric, id)
			if ref == nil || ref.Retired.IsZero() || ref.Retired.After(v.asOf) {
				return
			}
			hint := "trace it to what holds now"
			if ref.ReplacedBy != "" {
				hint += ": " + ref.ReplacedBy
			}
			v.at(at, hint, "reference %q no longer holds since %s", id, ref.Retired)
		})
	},
}

// maps calls yield for every item of a source that something in the rubric itself traces to.
func (v *rubricView) maps(yield func(to string, at diag.Place)) {
	for i := range v.Nodes {
		if n := &v.Nodes[i]; v.own(i) {
			for k, m := range n.Source.Maps {
				yield(m.To, n.Source.Item("maps", k))
			}
		}
	}
	v.gates(func(g *score.Gate) {
		for k, m := range g.Source.Maps {
			yield(m.To, g.Source.Item("maps", k))
		}
	})
	v.flags(func(f *score.Flag) {
		for k, m := range f.Source.Maps {
			yield(m.To, f.Source.Item("maps", k))
		}
	})
}

var untracedCriterion = Rule{
	ID: "untraced-criterion", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion traces to no source, and its rubric names none",
	Why:     "Nobody can say why it is asked, or check that it still should be.",
	Ground:  law("Procurement Act 2023, section 23: award criteria must relate to the contract and be proportionate; who sets one has to say what for."),
	Bad: `touchstone: rubric/v1
id: example
version: 1.0.0
title: Example
criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, maps: ["guide:1"]}
`,
	Good: `touchstone: rubric/v1
id: example
version: 1.0.0
title: Example
source: Ours, from three pilots that never ended.
criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, maps: ["guide:1"]}
`,
	rubric: func(v *rubricView) {
		if v.Rubric.Source != "" {
			return
		}
		var untraced []*score.Node
		asked := 0
		v.leaves(func(n *score.Node, i int) {
			share := v.shares[i]
			asked++
			if len(n.Source.Maps) == 0 && n.Source.Why == "" && (share == nil || share.Sign() > 0) {
				untraced = append(untraced, n)
			}
		})
		if asked > 1 && len(untraced) == asked {
			v.at(v.Rubric.At("id"), "say with `source:` where it comes from, or with `maps:` or `why:` what each criterion rests on", "neither the rubric nor a criterion says what it rests on")
			return
		}
		for _, n := range untraced {
			v.at(n.Source.At("id"), "say with `maps:` or `why:` what it rests on, or with `source:` where the rubric comes from", "criterion %q traces to no source", n.ID)
		}
	},
}

var unsignedRubric = Rule{
	ID: "unsigned-rubric", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a published rubric does not say who stands behind it, what others may do with it, or when it is reviewed",
	Why:     "Others cannot use it, quote it, or know whom to ask.",
	Ground:  law("Text without a licence may not be passed on, and records of a procurement are kept for three years (Procurement Act 2023, section 98)."),
	Bad: `status: published
`,
	Good: `status: published
issuer: Example trust
licence: CC-BY-4.0
review_by: 2099-01-31
`,
	rubric: func(v *rubricView) {
		r := v.Rubric
		if r.Status != "published" {
			return
		}
		said := []struct {
			key string
			is  bool
		}{{"issuer", r.Issuer != ""}, {"licence", r.Licence != ""}, {"review_by", !r.ReviewBy.IsZero()}}
		for _, s := range said {
			if !s.is {
				v.at(r.At("status"), "add `"+s.key+":`", "a published rubric has no %q", s.key)
			}
		}
	},
}

var untestedCriterion = Rule{
	ID: "untested-criterion", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "no case of the rubric touches a criterion, or a published rubric has none",
	Why:     "A slip in its levels, its weight or its evidence changes results, and nothing says so.",
	Ground:  law("The Bid Evaluation Guidance Note (May 2021) asks that the model is tested before it is published."),
	Bad: `id: half-tested
criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `id: half-tested
criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		mine := v.cases()
		if len(mine) == 0 {
			v.untested()
			return
		}
		v.leaves(func(n *score.Node, _ int) {
			if !slices.ContainsFunc(mine, func(touches func(name string) bool) bool { return touches(n.Name) }) {
				v.at(n.Source.At("id"), "write a case that answers it and says what that comes to", "no case touches criterion %q", n.ID)
			}
		})
	},
}

// untested tells of a rubric without any case, if that is sure: its cases may lie elsewhere, unless a folder is checked with
// all that is in it. A draft may still get some.
func (v *rubricView) untested() {
	if v.Rubric.Status == "published" && v.checker.options.Folder {
		v.at(v.Rubric.At("id"), "write cases for it: `touchstone test --coverage` says what they do not look at yet", "no case touches rubric %q, which is published", v.Rubric.ID)
		return
	}
	delete(v.looked, v.rule.ID)
}

// cases are those of the rubric among the files that are checked, each as what it touches.
func (v *rubricView) cases() (mine []func(name string) bool) {
	for i := range v.checker.cases {
		b := &v.checker.cases[i]
		m := b.Model()
		if m.Rubric.ID != v.Rubric.ID || m.Rubric.Version != v.Rubric.Version {
			continue
		}
		mine = append(mine, func(name string) bool {
			node, there := m.Lookup(name)
			return there && b.Touches(node)
		})
	}
	return mine
}
