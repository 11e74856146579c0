package score

import (
	"crypto/sha256"
	"encoding/json"

	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// ScoringDigest is the SHA-256 of everything that a score is computed from: the tree, weights, scales, evidence rules
// and conditions. Words, bands, gates and flags are not in it. Results are comparable only under the same digest.
func (m *Model) ScoringDigest() string {
	parts := scoringParts{Stages: m.Stages, Facts: map[string]factPart{}}
	for name, f := range m.facts {
		parts.Facts[name] = factPart{Type: f.Type, Of: f.Of, Rules: ruleParts(m.factRules[name])}
	}
	for i := range m.Nodes {
		parts.Nodes = append(parts.Nodes, m.Nodes[i].scoringPart())
	}
	canonical, err := json.Marshal(parts) // maps are written in order of their keys
	if err != nil {                       // these types marshal
		panic(err)
	}
	sum := sha256.Sum256(canonical)
	return rubric.Digest(sum[:])
}

type scoringParts struct {
	Stages []string
	Facts  map[string]factPart
	Nodes  []nodePart
}

type factPart struct {
	Type  string
	Of    []string
	Rules []rulePart
}

type nodePart struct {
	Name, Combine, When, Rule string
	Parent                    int
	Weight, From, To          string // exact fractions
	Levels                    []string
	Reverse                   bool
	Points                    [][2]string
	Limits                    []string
	Price                     *pricePart
	Stages                    []string
	Met                       string
	FromStage, Respondents    int
	Rules                     []rulePart
	Gated, Never              bool
	Reasons                   []string
	NACounts                  string
	Unknown, MinAnswered      string
}

type pricePart struct {
	Model, Cap, Floor string
	Decimals          int
}

type rulePart struct {
	From, Min              int
	Kinds                  []string
	MaxAge, Version, Check string
	ValidUntil             string
	Independent, Checked   bool
}

func (n *Node) scoringPart() nodePart {
	p := nodePart{
		Name: n.Name, Combine: n.combine, Parent: n.Parent,
		Weight: n.Weight.Fraction(), From: n.show.from.Fraction(), To: n.show.to.Fraction(),
		Met: n.met.Fraction(), FromStage: n.fromStage, Gated: n.gated, Rules: ruleParts(n.rules),
	}
	switch {
	case n.Scale != nil:
		p.Reverse = n.Scale.reverse
		for _, l := range n.Scale.Levels {
			p.Levels = append(p.Levels, l.Value.Fraction())
		}
	case n.Measure != nil:
		for _, at := range n.Measure.points {
			p.Points = append(p.Points, [2]string{at.at.Fraction(), at.worth.Fraction()})
		}
		if l := n.Measure.limits; l != nil {
			p.Limits = []string{l[0].Fraction(), l[1].Fraction()}
		}
	case n.Price != nil:
		p.Price = &pricePart{n.Price.Model, n.Price.cap.Fraction(), n.Price.floor.Fraction(), n.Price.decimals}
	default:
		policy, least := n.policy()
		p.Unknown, p.MinAnswered = policy, least.Fraction()
	}
	if n.Root {
		p.Stages = n.stages
	}
	if n.Source != nil {
		p.When, p.Rule = n.Source.When, n.Source.Rule
		if na := n.Source.NA; na != nil {
			p.Never, p.Reasons, p.NACounts = na.Never, na.Reasons, na.Counts
		}
		if r := n.Source.Respondents; r != nil {
			p.Respondents = r.Min
		}
	}
	return p
}

func ruleParts(rules []rule) []rulePart {
	var parts []rulePart
	for _, r := range rules {
		parts = append(parts, rulePart{
			From: r.from, Min: max(r.Min, 1), Kinds: r.Kinds, MaxAge: r.MaxAge.String(), Version: r.Version,
			ValidUntil: r.ValidUntil, Check: r.Check, Independent: r.Independent, Checked: r.Checked,
		})
	}
	return parts
}
