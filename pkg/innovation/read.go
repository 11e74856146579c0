package innovation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Rules of this package's diagnostics.
const (
	ruleRepeated = "repeated-name"
	ruleEvidence = "unknown-evidence"
	ruleAnswer   = "unclear-answer"
	ruleNoReason = "na-without-reason"
)

// Parse reads a record. It holds whatever could be understood, and is nil only if the file is no innovation.
func Parse(n *source.Node) (*Innovation, diag.List) {
	inn, list := source.ReadKind(n, Kind, innovationType())
	if inn == nil {
		return nil, list
	}
	c := checker{list: list, ids: map[string]int{}, unread: inn.Broken("evidence")}
	c.evidence(inn.Evidence)
	for _, f := range inn.Facts {
		c.cited(f.Value.Evidence, n.Get("facts").Get(f.Key).Get("evidence"))
	}
	for i := range inn.Answers {
		c.answer(&inn.Answers[i])
	}
	return inn, c.list
}

// ParseAssessment reads one assessor's file.
func ParseAssessment(n *source.Node) (*Assessment, diag.List) {
	return source.ReadKind(n, AssessmentKind, assessmentType())
}

// Schema is the JSON Schema of a record's file.
func Schema() []byte { return source.Schema(Kind, innovationType()) }

// AssessmentSchema is the JSON Schema of one assessor's file.
func AssessmentSchema() []byte { return source.Schema(AssessmentKind, assessmentType()) }

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
