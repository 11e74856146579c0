package lint

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/crosswalk"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Shares of the whole, in hundredths, below and above which a criterion stands out.
const (
	tinyShare  = 1
	heavyShare = 40
)

var tinyWeight = Rule{
	ID: "tiny-weight", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion counts for less than 1 % of the whole",
	Why:     "It costs everybody an answer and its evidence, and no answer to it can change a result that anybody acts on.",
	Ground:  complaint("Suppliers and clinicians say that answering the same forms again and again is what wears them out; a question that cannot matter is the first to leave out."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, weight: 70}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 70}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none, weight: 70}
  - {id: logo, title: Logo, ask: "Does it carry our logo?", scale: yes-no, evidence: none, weight: 1}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		for i, share := range v.shares {
			if share != nil && v.Nodes[i].IsLeaf() && share.Sign() > 0 && share.Less(exact.Ratio(tinyShare, 100)) {
				v.at(v.weightPlace(i), "give it more weight, join it with another, or let it stand beside the score with `weight: 0`",
					"criterion %q counts for %s %% of the whole, expected at least %d %%", v.Nodes[i].ID, percent(*share), tinyShare)
			}
		}
	},
}

var heavyWeight = Rule{
	ID: "heavy-weight", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion counts for more than 40 % of the whole",
	Why:     "One answer then decides the result, and the other criteria only look as if they counted. What must not be traded off is a gate.",
	Ground:  law("The value-based procurement standard for medical technology (June 2026) keeps whole-life cost to at most 40 %."),
	Bad: `criteria:
  - {id: price-list, title: Price list, ask: "Is the price list complete?", scale: yes-no, evidence: none, weight: 6}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 2}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none, weight: 2}
`,
	Good: `criteria:
  - {id: price-list, title: Price list, ask: "Is the price list complete?", scale: yes-no, evidence: none, weight: 4}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 3}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none, weight: 3}
`,
	rubric: func(v *rubricView) {
		weighing := 0
		for i, share := range v.shares {
			if share != nil && v.Nodes[i].IsLeaf() && share.Sign() > 0 {
				weighing++
			}
		}
		const few = 3 // of two, one has half or more
		for i, share := range v.shares {
			if weighing >= few && share != nil && v.Nodes[i].IsLeaf() && exact.Ratio(heavyShare, 100).Less(*share) {
				v.at(v.weightPlace(i), "give it less weight, or make what must not be traded off a gate",
					"criterion %q counts for %s %% of the whole, expected at most %d %%", v.Nodes[i].ID, percent(*share), heavyShare)
			}
		}
	},
}

var weightsOffHundred = Rule{
	ID: "weights-off-100", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "weights look like per cent, and do not add up to 100",
	Why:     "Weights are relative, so the scores are right for the weights as written; but one of them is probably not the one that was agreed.",
	Ground:  law("Procurement Act 2023, section 23: relative importance is given as percentages, a ranking or a description. Percentages that do not add up give it wrongly."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, weight: 35}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 35}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none, weight: 25}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, weight: 35}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 35}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none, weight: 30}
`,
	rubric: func(v *rubricView) {
		for i := range v.Nodes {
			if n := &v.Nodes[i]; n.Rubric == v.Rubric && !n.IsLeaf() {
				v.offHundred(n)
			}
		}
	},
}

// offHundred looks at the weights of siblings that are all written, and come near to 100.
func (v *rubricView) offHundred(group *score.Node) {
	const few, near = 2, 10
	if len(group.Children) < few {
		return
	}
	total := exact.Zero
	for _, i := range group.Children {
		of := v.Nodes[i].Source
		if of.Weight == nil {
			return
		}
		total = total.Add(*of.Weight)
	}
	off := total.Sub(exact.Hundred)
	if off.IsZero() || exact.Int(near).Less(off) || off.Less(exact.Int(-near)) {
		return
	}
	last := v.Nodes[group.Children[len(group.Children)-1]].Source
	v.at(last.At("weight"), "correct the weight that is wrong, or write weights that do not look like per cent",
		"the weights of these %d criteria add up to %s, expected 100", len(group.Children), total)
}

var doubledTarget = Rule{
	ID: "doubled-target", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "two criteria that count both meet the same item of a source",
	Why:     "What the item asks then counts twice, and nobody chose that weight.",
	Ground:  measurement("Double counting is one of the checks that the government's manual on multi-criteria analysis (2009) asks for before criteria are weighted."),
	Bad: `criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none, maps: ["guide:1"]}
  - {id: decision, title: Decision, ask: "Is the day of the decision minuted?", scale: yes-no, evidence: none, maps: ["guide:1"]}
`,
	Good: `criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none, maps: ["guide:1"]}
  - id: decision
    title: Decision
    ask: Is the day of the decision minuted?
    scale: yes-no
    evidence: none
    maps: [{to: "guide:1", how: supports}]
`,
	rubric: func(v *rubricView) {
		first := map[crosswalk.Link]string{}
		for _, p := range crosswalk.Parts(v.Model) {
			for _, link := range p.Links {
				if p.What != crosswalk.Criterion || !p.Scored || link.How != crosswalk.Meets {
					continue
				}
				if other, again := first[link]; again {
					v.at(v.mapPlace(p.Name, link), "say of one of them how it covers the item: `{to: "+link.Reference+":"+link.Item+", how: supports}`",
						"%s and %s both meet item %q of %q, so that it counts twice", other, p.Name, link.Item, link.Reference)
				} else {
					first[link] = p.Name
				}
			}
		}
	},
}

// mapPlace is where a criterion maps to an item, or where the rubric that it belongs to is used.
func (v *rubricView) mapPlace(name string, link crosswalk.Link) diag.Place {
	i, _ := v.Lookup(name)
	n := &v.Nodes[i]
	if !v.own(i) {
		return v.usePlace(i)
	}
	at := slices.IndexFunc(n.Source.Maps, func(m rubric.Map) bool { return m.To == link.Reference+":"+link.Item })
	return n.Source.Item("maps", at)
}

// weightPlace is where the weight of a node is written, or where the rubric that it belongs to is used.
func (v *rubricView) weightPlace(i int) diag.Place {
	if !v.own(i) {
		return v.usePlace(i)
	}
	if of := v.Nodes[i].Source; of.Has("weight") {
		return of.At("weight")
	}
	return v.Nodes[i].Source.At("id")
}

// usePlace is where the rubric itself uses the one that a node belongs to.
func (v *rubricView) usePlace(i int) diag.Place {
	for !v.own(i) {
		i = v.Nodes[i].Parent
	}
	return v.Nodes[i].Source.At("use")
}

// shares are what the nodes count for in the whole if nothing drops out; nil where that is not a share.
func shares(m *score.Model) []*exact.Number {
	all := make([]*exact.Number, len(m.Nodes))
	if one := exact.One; !m.Nodes[0].Profile() {
		all[0] = &one
	}
	for i := range m.Nodes {
		n := &m.Nodes[i]
		if all[i] == nil || !n.Adds() {
			continue
		}
		total := exact.Zero
		for _, child := range n.Children {
			total = total.Add(m.Nodes[child].Counts())
		}
		if total.IsZero() {
			continue
		}
		for _, child := range n.Children {
			share := all[i].Mul(m.Nodes[child].Counts()).Div(total)
			all[child] = &share
		}
	}
	return all
}

// percent writes a share with one decimal, or none if it is whole.
func percent(share exact.Number) string {
	return strings.TrimSuffix(share.Mul(exact.Hundred).Fixed(1), ".0")
}

// wrote reports whether something is written in the rubric itself, by its full name.
func (v *rubricView) wrote(name string) bool {
	rest, found := strings.CutPrefix(name, v.Rubric.ID+"/")
	return found && !strings.Contains(rest, "/")
}
