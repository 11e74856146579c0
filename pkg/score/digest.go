package score

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// ScoringDigest is the SHA-256 of everything that a score is computed from, which is what [Model.ScoringParts] gives.
// Words, bands, gates and flags are not in it, nor what is written otherwise and means the same. Results are comparable
// only under the same digest.
func (m *Model) ScoringDigest() string { return m.digest() }

func (m *Model) scoringDigest() string {
	canonical, err := json.Marshal(m.ScoringParts())
	if err != nil { // texts marshal
		panic(err)
	}
	sum := sha256.Sum256(canonical)
	return rubric.Digest(sum[:])
}

// Sorts of [ScoringPart].
const (
	ScoringStages    = "stages"
	ScoringFact      = "fact"
	ScoringCriterion = "criterion"
)

// ScoringPart is a criterion, or a fact or the stages if a criterion reads them, with what scores are computed from of it.
type ScoringPart struct {
	Sort string
	Name string // full; "" of the stages
	// Aspects are in order of their keys. What is as it is if nothing is said is not there.
	Aspects []Aspect
}

// Aspect is one thing that scores are computed from, in a text that is equal where it means the same. Its key is that
// of the rubric language which says it, as near as can be; `in` is the criterion above, `order` that of a ladder's rungs.
type Aspect struct{ Key, Text string }

// ScoringParts are all that scores are computed from, in order of sort and name.
func (m *Model) ScoringParts() []ScoringPart {
	var parts []ScoringPart
	if m.readsStages() {
		p := ScoringPart{Sort: ScoringStages}
		p.say("stages", joined(m.Stages))
		parts = append(parts, p)
	}
	for _, name := range m.factsScored() {
		parts = append(parts, m.factPart(name))
	}
	for i := range m.Nodes {
		parts = append(parts, m.nodePart(i))
	}
	slices.SortFunc(parts, func(a, b ScoringPart) int {
		return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.Name, b.Name))
	})
	return parts
}

// say adds an aspect, unless it is as if nothing were said.
func (p *ScoringPart) say(key, text string) {
	if text != "" {
		p.Aspects = append(p.Aspects, Aspect{Key: key, Text: text})
	}
}

func (m *Model) factPart(name string) ScoringPart {
	f := m.facts[name]
	p := ScoringPart{Sort: ScoringFact, Name: name}
	p.say("evidence", m.rulesText(nil, m.factRules[name]))
	if f.Type == "choice" {
		p.say("of", joined(sorted(f.Of)))
	}
	p.say("type", f.Type)
	return p
}

// nodePart is what is said of one criterion. The range of points of a sum is not in it: that follows from its children.
func (m *Model) nodePart(i int) ScoringPart {
	n := &m.Nodes[i]
	p := ScoringPart{Sort: ScoringCriterion, Name: n.Name}
	p.say("combine", unless(n.combine, "mean"))
	p.say("evidence", m.rulesText(n, n.rules))
	p.say("from_stage", m.stageText(n.fromStage))
	if n.Parent >= 0 {
		p.say("in", m.Nodes[n.Parent].Name)
	}
	p.say("measure", n.measureText())
	p.say("met", n.metText())
	p.say("na", n.naText())
	p.say("order", m.orderText(n))
	p.say("price", n.priceText())
	if n.Source != nil && n.Source.Respondents != nil {
		p.say("respondents", strconv.Itoa(n.Source.Respondents.Min))
	}
	p.say("rule", m.rulingText(n.ruling))
	p.say("scale", n.scaleText())
	p.say("show", n.showText())
	if n.Root && i > 0 && m.readsStageWords(i) && !slices.Equal(n.stages, m.Stages) {
		p.say("stages", joined(n.stages))
	}
	p.say("unknown", n.unknownText())
	p.say("weight", unless(n.Weight.Fraction(), "1"))
	p.say("when", m.conditionText(n.when))
	return p
}
