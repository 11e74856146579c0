package innovation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Rules of this package's diagnostics.
const (
	ruleRepeated = "repeated-name"
	ruleEvidence = "unknown-evidence"
	ruleAnswer   = "unclear-answer"
	ruleNoReason = "na-without-reason"
	rulePrice    = "price"
)

// Parse reads a record. It holds whatever could be understood, and is nil only if the file is no innovation.
func Parse(n *source.Node) (*Innovation, diag.List) {
	inn, list := source.ReadKind(n, Kind, innovationType())
	if inn == nil {
		return nil, list
	}
	return inn, append(list, inn.Check()...)
}

// Check looks for what one value of the record says about another, once its keys are read. An answer that says two
// things is marked as broken.
func (i *Innovation) Check() diag.List {
	c := checker{ids: map[string]int{}, unread: i.Broken("evidence")}
	c.evidence(i.Evidence)
	for _, f := range i.Facts {
		c.cited(f.Value.Evidence, i.Node("facts").Get(f.Key).Get("evidence"))
	}
	c.price(i.Price)
	for a := range i.Answers {
		c.answer(&i.Answers[a])
	}
	return c.list
}

// ParseAssessment reads one assessor's file.
func ParseAssessment(n *source.Node) (*Assessment, diag.List) {
	return source.ReadKind(n, AssessmentKind, assessmentType())
}

// Declaration is the form of a record's file.
func Declaration() source.Declaration { return source.Declare(Kind, innovationType()) }

// AssessmentDeclaration is the form of one assessor's file.
func AssessmentDeclaration() source.Declaration {
	return source.Declare(AssessmentKind, assessmentType())
}

// checker looks for what one value of a record says about another.
type checker struct {
	list diag.List
	ids  map[string]int // evidence by id, with its line
	// unread marks that the evidence as a whole was no list, which was reported.
	unread bool
}

func (c *checker) evidence(items []Evidence) {
	for _, e := range items {
		if e.ID == "" {
			continue
		}
		if line, again := c.ids[e.ID]; again {
			c.list.Errorf(e.At("id"), ruleRepeated, "evidence %q is already at line %d", e.ID, line)
			continue
		}
		c.ids[e.ID] = e.At("id").Line
	}
}

func (c *checker) cited(ids []string, at *source.Node) {
	for i, id := range ids {
		if _, known := c.ids[id]; known || id == "" || c.unread {
			continue
		}
		d := diag.Diagnostic{
			Rule: ruleEvidence, Place: at.Place(), Message: fmt.Sprintf("no evidence has the id %q", id),
			Hint: fmt.Sprintf("add it under `evidence:` with `id: %s`", id),
		}
		if at != nil && i < len(at.Values) {
			d.Place = at.Values[i].Place()
		}
		if near := diag.Nearest(id, slices.Sorted(maps.Keys(c.ids))); near != "" {
			d.Hint = fmt.Sprintf("did you mean %q?", near)
		}
		c.list.Add(d)
	}
}

// price checks that what is paid is something, and that its parts make up the whole.
func (c *checker) price(p *Price) {
	if p == nil || p.Broken("amount") || !p.Has("amount") {
		return
	}
	if p.Amount.Sign() <= 0 {
		c.list.Errorf(p.At("amount"), rulePrice, "a price is above 0, got %s", p.Amount)
		return
	}
	sum, broken := exact.Zero, p.Broken("parts")
	for _, part := range p.Parts {
		if part.Value.Sign() < 0 {
			c.list.Errorf(part.ValuePlace, rulePrice, "a part of a price is not negative, got %s", part.Value)
		}
		sum, broken = sum.Add(part.Value), broken || part.Broken || part.Empty
	}
	if len(p.Parts) > 0 && !broken && !sum.Equal(p.Amount) {
		c.list.Add(diag.Diagnostic{
			Rule: rulePrice, Place: p.AtKey("parts"), Message: fmt.Sprintf("the parts add up to %s, and the amount is %s", sum, p.Amount),
			Hint: "make the two equal",
		})
	}
}

// answer checks that an answer says one thing, and gives its reason where it must.
func (c *checker) answer(e *source.Entry[string, Answer]) {
	a := e.Value
	c.cited(a.Evidence, a.Node("evidence"))
	if a.Empty("na") || a.Has("na") && strings.TrimSpace(a.NA) == "" && !a.Broken("na") {
		e.Broken = true
		c.list.Add(diag.Diagnostic{
			Rule: ruleNoReason, Place: a.AtKey("na"), Message: fmt.Sprintf("%q is not applicable without a reason", e.Key),
			Hint: "write the reason: {na: no interfaces in this product}",
		})
		return
	}
	var said []string
	for _, key := range []string{"level", "value", "na", "responses"} {
		if a.Has(key) {
			said = append(said, key)
		}
	}
	if len(said) > 1 {
		e.Broken = true
		c.list.Add(diag.Diagnostic{
			Rule: ruleAnswer, Place: a.AtKey(said[1]), Message: fmt.Sprintf("the answer to %q has both %q and %q, expected one", e.Key, said[0], said[1]),
			Hint: "keep the one that is meant",
		})
	}
}
