package score

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// What the `check` of an evidence rule may read of an item besides its results, which are numbers or words.
var itemWords = map[string]func(*innovation.Evidence) string{
	"kind":   func(e *innovation.Evidence) string { return e.Kind },
	"title":  func(e *innovation.Evidence) string { return e.Title },
	"issuer": func(e *innovation.Evidence) string { return e.Issuer },
}

var itemDates = map[string]func(*innovation.Evidence) calendar.Date{
	"dated":       func(e *innovation.Evidence) calendar.Date { return e.Dated },
	"valid_until": func(e *innovation.Evidence) calendar.Date { return e.ValidUntil },
}

const results = "results."

// check reports what is wrong with the check of an evidence rule.
func (c *compiler) check(written rubric.EvidenceRule) {
	if written.Check == "" {
		return
	}
	e, list := expr.Parse(written.Check, written.At("check"))
	c.list = append(c.list, list...)
	if e == nil {
		return
	}
	e.Tests(func(t *expr.Test, _ bool) { c.checkTest(t) })
}

// checks is the check of a rule, nil if it has none or a wrong one, which is reported once where the rule stands.
func (c *compiler) checks(written rubric.EvidenceRule) *expr.Expr {
	if written.Check == "" {
		return nil
	}
	e, _ := expr.Parse(written.Check, written.At("check"))
	return e
}

func (c *compiler) checkTest(t *expr.Test) {
	result, isResult := strings.CutPrefix(t.Name, results)
	switch known := []string{"independent", "kind", "title", "issuer", "dated", "valid_until"}; {
	case t.Read == "as_of" && t.Name == "":
		c.dateTest(t)
	case t.Read != "item":
		c.problem(t.Place, ruleExpression, "read the item: item.results.n >= 20", "`check` reads the item of evidence and the day, not %q", t.Read)
	case isResult:
		c.resultTest(t, result)
	case t.Name == "independent":
		if t.Compare != "" {
			c.problem(t.Place, ruleExpression, "write item.independent alone, or with ! before it", "`%s` is a yes-no", t.Text)
		}
	case t.Name == "":
		c.problem(t.Place, ruleExpression, "write item.results.n, or one of "+diag.OneOf(known)+" after item.", "`%s` reads nothing of the item", t.Text)
	case itemWords[t.Name] != nil:
		c.equality(t)
		c.literals(t, true)
		c.mustCompare(t)
		c.kindTest(t)
	case itemDates[t.Name] != nil:
		c.dateTest(t)
	default:
		hint := diag.DidYouMean(t.Name, known)
		if diag.Nearest(t.Name, known) == "" {
			hint = fmt.Sprintf("for a result of the item write item.results.%s; else %s", t.Name, hint)
		}
		c.problem(t.Place, ruleExpression, hint, "an item of evidence has no %q", t.Name)
	}
}

func (c *compiler) dateTest(t *expr.Test) {
	c.literals(t, true)
	c.dates(t)
	c.mustCompare(t)
}

// kindTest holds the kinds that a check names to those that there are: another would never match.
func (c *compiler) kindTest(t *expr.Test) {
	for _, l := range t.Against {
		if _, known := c.m.kinds[l.Word]; t.Name == "kind" && l.Number == nil && !known {
			c.problem(t.Place, ruleKind, kindHint(l.Word, c.m.kindNames), "there is no kind of evidence %q", l.Word)
		}
	}
}

var resultName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_]*$`) })

// resultTest allows a number to be compared in every way, and a word to be the same or not.
func (c *compiler) resultTest(t *expr.Test, name string) {
	if !resultName().MatchString(name) {
		c.problem(t.Place, ruleExpression, "write it like item.results.cvss_max", "no result is called %q: expected small letters, digits and underscores", name)
		return
	}
	c.mustCompare(t)
	if slices.ContainsFunc(t.Against, func(l expr.Literal) bool { return l.Number == nil }) {
		c.equality(t)
		c.literals(t, true)
	}
}

func (c *compiler) mustCompare(t *expr.Test) {
	if t.Compare == "" {
		c.problem(t.Place, ruleExpression, "write like >= 20 after it", "`%s` is compared with nothing", t.Text)
	}
}

// checked holds an item against the check of a rule. What the item does not say is unknown, and so is a word where a
// number is asked for.
func (j judge) checked(r rule, item *innovation.Evidence) expr.Outcome {
	if r.check == nil {
		return expr.Of(true)
	}
	return r.check.Eval(func(t *expr.Test) expr.Outcome {
		result, isResult := strings.CutPrefix(t.Name, results)
		switch {
		case t.Read == "as_of":
			return t.Dates(j.asOf)
		case isResult:
			return resultOf(t, item, result)
		case t.Name == "independent":
			return expr.Of(item.Independent)
		case itemWords[t.Name] != nil:
			if word := itemWords[t.Name](item); word != "" {
				return t.Words(word)
			}
		default:
			if date := itemDates[t.Name](item); !date.IsZero() {
				return t.Dates(date)
			}
		}
		return missing(t.Name)
	})
}

func resultOf(t *expr.Test, item *innovation.Evidence, name string) expr.Outcome {
	for _, e := range item.Results {
		switch x, err := exact.Parse(e.Value); {
		case e.Key != name || e.Empty || e.Broken:
		case t.Against[0].Number == nil:
			return t.Words(e.Value)
		case err == nil:
			return t.Numbers(x)
		}
	}
	return missing(name)
}
