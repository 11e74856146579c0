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
		parts.Facts[name] = factPart{Type: f.Type, Of: f.Of}
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
	Type string
	Of   []string
}

type nodePart struct {
	Name, Combine, When string
	Parent              int
	Weight, From, To    string // exact fractions
	Levels              []string
	Met, FromStage      int
	MetValue            string
	Rules               []rulePart
	Gated, Never        bool
	Reasons             []string
}

type rulePart struct {
	From, Min            int
	Kinds                []string
	MaxAge, Version      string
	Independent, Checked bool
}

func (n *Node) scoringPart() nodePart {
	p := nodePart{
		Name: n.Name, Combine: n.combine, Parent: n.Parent,
		Weight: n.Weight.Fraction(), From: n.show.from.Fraction(), To: n.show.to.Fraction(),
		Met: n.met, FromStage: n.fromStage, MetValue: n.metValue.Fraction(), Gated: n.gated,
	}
	if n.Scale != nil {
		for _, l := range n.Scale.Levels {
			p.Levels = append(p.Levels, l.Value.Fraction())
		}
	}
	if n.Source != nil {
		p.When = n.Source.When
		if na := n.Source.NA; na != nil {
			p.Never, p.Reasons = na.Never, na.Reasons
		}
	}
	for _, r := range n.rules {
		p.Rules = append(p.Rules, rulePart{
			From: r.from, Min: max(r.Min, 1), Kinds: r.Kinds, MaxAge: r.MaxAge.String(), Version: r.Version,
			Independent: r.Independent, Checked: r.Checked,
		})
	}
	return p
}
