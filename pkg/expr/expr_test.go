package expr_test

import (
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		`facts.uses_ai`:                               `facts uses_ai`,
		`!facts.uses_ai && level("x") >= 2`:           `and(not(facts uses_ai), level x >= 2)`,
		`stage == "pilot" || stage_at_least("pilot")`: `or(stage == pilot, stage_at_least pilot)`,
		`a.b && c.d && e.f`:                           `and(a b, c d, e f)`,
		`stage in ["idea", "pilot"]`:                  `stage in idea pilot`,
		`count_below("group", 2) <= 1`:                `count_below group@2 <= 1`,
		`score("g") >= 64.96`:                         `score g >= 64.96`,
		`value("v") > -0.1`:                           `value v > -0.1`,
		`item.results.cvss_max < 7.0`:                 `item results.cvss_max < 7`,
		`facts.x && level("a") < 2 || level("b") < 1`: `or(and(facts x, level a < 2), level b < 1)`,
	} {
		e, list := expr.Parse(in, diag.Place{})
		if len(list) > 0 {
			t.Errorf("%s: %v", in, list)
			continue
		}
		if got := show(e); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for in, want := range map[string]string{
		`2 <= level("x")`:                `write level("x") >= 2`,
		`level("x") + 1 > 2`:             `do not calculate`,
		`has(facts.x)`:                   `in quotes`,
		`level(facts.x) > 2`:             `expected a value`,
		`level("x") > level("y")`:        `expected a value`,
		`facts.x ? true : false`:         `do not calculate`,
		`[1, 2].exists(x, x > 1)`:        `do not calculate`,
		`facts.x ==`:                     `cannot read`,
		`"yes"`:                          `expected something to compare`,
		`facts.x == true`:                `for a yes-no write`,
		`level("x") > 1e400`:             ``,
		`level("x") > 12345678901234567`: `at most 15 digits`,
	} {
		_, list := expr.Parse(in, diag.Place{})
		if len(list) != 1 {
			t.Errorf("%s: got %d problems, want 1", in, len(list))
			continue
		}
		if text := list[0].Message + " " + list[0].Hint; !strings.Contains(text, want) {
			t.Errorf("%s: got %q, want %q in it", in, text, want)
		}
	}
}

// The place of a test is where its text begins and ends, in plain and in quoted values.
func TestPlaces(t *testing.T) {
	text := `facts.a && level("x") >= 2 || !met("y")`
	for _, quotes := range []int{0, 1} {
		e, _ := expr.Parse(text, diag.Place{Line: 3, Column: 10, Width: len(text) + 2*quotes})
		var got []string
		e.Tests(func(test *expr.Test, _ bool) {
			from := test.Place.Column - 10 - quotes
			got = append(got, text[from:from+test.Place.Width])
		})
		if want := `facts.a|level("x") >= 2|met("y")`; strings.Join(got, "|") != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

// The four values, in every pair.
func TestLogic(t *testing.T) {
	F, T, U, A := expr.False, expr.True, expr.Unknown, expr.Absent
	all := []expr.Truth{F, T, U, A}
	and := [][]expr.Truth{{F, F, F, F}, {F, T, U, T}, {F, U, U, U}, {F, T, U, A}}
	or := [][]expr.Truth{{F, T, U, F}, {T, T, T, T}, {U, T, U, U}, {F, T, U, A}}
	e, _ := expr.Parse("a && b", diag.Place{})
	o, _ := expr.Parse("a || b", diag.Place{})
	n, _ := expr.Parse("!a", diag.Place{})
	for i, a := range all {
		for j, b := range all {
			test := func(t *expr.Test) expr.Outcome {
				if t.Read == "a" {
					return expr.Outcome{Truth: a}
				}
				return expr.Outcome{Truth: b}
			}
			if got := e.Eval(test).Truth; got != and[i][j] {
				t.Errorf("%d && %d: got %d, want %d", a, b, got, and[i][j])
			}
			if got := o.Eval(test).Truth; got != or[i][j] {
				t.Errorf("%d || %d: got %d, want %d", a, b, got, or[i][j])
			}
		}
		want := []expr.Truth{T, F, U, A}[i]
		if got := n.Eval(func(*expr.Test) expr.Outcome { return expr.Outcome{Truth: a} }).Truth; got != want {
			t.Errorf("!%d: got %d, want %d", a, got, want)
		}
	}
}

func TestMissingIsNamedOnce(t *testing.T) {
	e, _ := expr.Parse("facts.x && facts.y && !facts.x", diag.Place{})
	o := e.Eval(func(t *expr.Test) expr.Outcome {
		return expr.Outcome{Truth: expr.Unknown, Missing: []string{t.Name}}
	})
	if strings.Join(o.Missing, " ") != "x y" {
		t.Errorf("got %v", o.Missing)
	}
}

func show(e *expr.Expr) string {
	if e.Op != expr.Leaf {
		var parts []string
		for _, arg := range e.Args {
			parts = append(parts, show(arg))
		}
		return map[expr.Op]string{expr.And: "and", expr.Or: "or", expr.Not: "not"}[e.Op] + "(" + strings.Join(parts, ", ") + ")"
	}
	t := e.Test
	parts := []string{t.Read}
	if t.Name != "" {
		parts = append(parts, t.Name)
	}
	if t.HasAt {
		parts[len(parts)-1] += "@" + t.At.String()
	}
	if t.Compare != "" {
		parts = append(parts, t.Compare)
	}
	for _, l := range t.Against {
		if l.Number != nil {
			parts = append(parts, l.Number.String())
		} else {
			parts = append(parts, l.Word)
		}
	}
	return strings.Join(parts, " ")
}

// Conditions that say the same are written alike, and no others.
func TestCanonical(t *testing.T) {
	for want, alike := range map[string][]string{
		`facts("x") && level("a") >= 2`:            {`facts.x && level("a") >= 2`, `level('a')>=2.0 && facts.x`, `facts.x && facts.x && level("a") >= 2`},
		`facts("x") || level("a") >= 2`:            {`level("a") >= 2 || facts.x`},
		`(facts("x") || facts("z")) && facts("y")`: {`facts.y && (facts.z || facts.x)`},
		`!(facts("x") && facts("y"))`:              {`!(facts.y && facts.x)`},
		`stage in "idea", "pilot"`:                 {`stage in ["pilot", "idea", "pilot"]`},
		`stage == "idea"`:                          {`stage in ["idea"]`, `stage == 'idea'`},
		`count_below("g", 1/2) <= 1`:               {`count_below("g", 0.5) <= 1`},
	} {
		for _, in := range alike {
			e, list := expr.Parse(in, diag.Place{})
			if len(list) > 0 {
				t.Fatal(in, list)
			}
			if got := e.Canonical(func(t *expr.Test) string { return t.Name }); got != want {
				t.Errorf("%s: got %s, want %s", in, got, want)
			}
		}
	}
	e, _ := expr.Parse(`level("a") >= 2`, diag.Place{})
	if got := e.Canonical(func(*expr.Test) string { return "t/a" }); got != `level("t/a") >= 2` {
		t.Errorf("by another name: %s", got)
	}
}
