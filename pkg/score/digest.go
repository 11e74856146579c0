package score

import (
	"crypto/sha256"
	"encoding/json"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// ScoringDigest is the SHA-256 of everything that a score is computed from: the tree, weights, scales, evidence rules
// and conditions, and the facts that those read. Words, bands, gates and flags are not in it. Results are comparable only
// under the same digest.
func (m *Model) ScoringDigest() string {
	parts := scoringParts{Stages: m.Stages, Facts: map[string]factPart{}}
	m.factsScored(func(name string) {
		f := m.facts[name]
		parts.Facts[name] = factPart{Type: f.Type, Of: f.Of, Rules: ruleParts(m.factRules[name])}
	})
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

// factsScored gives the facts that a condition or rule of a criterion reads. Others may be asked for, and read by gates
// and flags: a fact that is added to a shared vocabulary makes no score of yesterday another.
func (m *Model) factsScored(note func(name string)) {
	test := func(t *expr.Test, _ bool) {
		if readings[t.Read].target == aFact {
			note(t.Name)
		}
	}
	for i := range m.Nodes {
		n := &m.Nodes[i]
		if n.when != nil {
			n.when.Tests(test)
		}
		if n.ruling == nil {
			continue
		}
		if n.ruling.condition != nil {
			n.ruling.condition.Tests(test)
		}
		if n.ruling.reading != nil {
			test(n.ruling.reading, false)
		}
	}
}

// Digests stand in locks and reports, and must outlive this version of the program. So what is not there is left out: a
// field for what the language gains later changes the digest of no rubric that does without. And no field changes its
// name or its place.

type scoringParts struct {
	Stages []string            `json:",omitempty"`
	Facts  map[string]factPart `json:",omitempty"`
	Nodes  []nodePart          `json:",omitempty"`
}

type factPart struct {
	Type  string     `json:",omitempty"`
	Of    []string   `json:",omitempty"`
	Rules []rulePart `json:",omitempty"`
}

type nodePart struct {
	Name        string      `json:",omitempty"`
	Combine     string      `json:",omitempty"`
	When        string      `json:",omitempty"`
	Rule        string      `json:",omitempty"`
	Parent      int         // -1 of the root
	Weight      string      `json:",omitempty"` // as From, To and Met an exact fraction
	From        string      `json:",omitempty"`
	To          string      `json:",omitempty"`
	Levels      []string    `json:",omitempty"`
	Reverse     bool        `json:",omitempty"`
	Points      [][2]string `json:",omitempty"`
	Limits      []string    `json:",omitempty"`
	Price       *pricePart  `json:",omitempty"`
	Stages      []string    `json:",omitempty"`
	Met         string      `json:",omitempty"`
	FromStage   int         // -1 if expected from the start
	Respondents int         `json:",omitempty"`
	Rules       []rulePart  `json:",omitempty"`
	Gated       bool        `json:",omitempty"`
	Never       bool        `json:",omitempty"`
	Reasons     []string    `json:",omitempty"`
	NACounts    string      `json:",omitempty"`
	Unknown     string      `json:",omitempty"`
	MinAnswered string      `json:",omitempty"`
}

type pricePart struct {
	Model    string `json:",omitempty"`
	Cap      string `json:",omitempty"`
	Floor    string `json:",omitempty"`
	Decimals int    `json:",omitempty"`
}

type rulePart struct {
	From        int // -1 if the rule says none
	Min         int
	Kinds       []string `json:",omitempty"`
	MaxAge      string   `json:",omitempty"`
	Version     string   `json:",omitempty"`
	Check       string   `json:",omitempty"`
	ValidUntil  string   `json:",omitempty"`
	Independent bool     `json:",omitempty"`
	Checked     bool     `json:",omitempty"`
}

func (n *Node) scoringPart() nodePart {
	p := nodePart{
		Name: n.Name, Combine: n.combine, Parent: n.Parent,
		Weight: n.Weight.Fraction(), From: n.show.from.Fraction(), To: n.show.to.Fraction(),
		Met: n.met.Fraction(), FromStage: n.fromStage, Gated: n.gated && n.takesAnyReason(), Rules: ruleParts(n.rules),
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

// takesAnyReason reports whether an answer of the leaf may be left out for any reason that is stated, unless a gate
// depends on it: a score knows nothing else of gates.
func (n *Node) takesAnyReason() bool {
	return n.IsLeaf() && !n.IsRule() && (n.Source.NA == nil || !n.Source.NA.Never && len(n.Source.NA.Reasons) == 0)
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
