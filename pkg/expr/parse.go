package expr

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/parser"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Rule is the rule of this package's diagnostics.
const Rule = "expression"

// Bounds on one expression.
const (
	maxLength = 2000
	maxNodes  = 400
	maxDepth  = 50
)

// celParser reads CEL without macros, so that `has` and the like are unknown functions.
var celParser = sync.OnceValues(func() (*parser.Parser, error) {
	return parser.NewParser(parser.MaxRecursionDepth(maxDepth), parser.ExpressionSizeCodePointLimit(maxLength),
		parser.MaxExpressionNodeCount(maxNodes), parser.EnablePrattParser(true))
})

// Parse reads a condition. The expression is nil if there is a problem. at is where the text stands in its file.
func Parse(text string, at diag.Place) (*Expr, diag.List) {
	if at, found := comment(text, at); found {
		return nil, diag.List{{
			Rule: Rule, Place: at, Message: "`//` begins a comment, so the rest of the expression would be lost",
			Hint: "write the comment behind a #, outside the expression",
		}}
	}
	p, err := celParser()
	if err != nil { // the options are right
		panic(err)
	}
	tree, problems := p.Parse(common.NewTextSource(text))
	if found := problems.GetErrors(); len(found) > 0 {
		place := at
		if loc := found[0].Location; loc != nil {
			place = within(at, text, loc.Column(), 1)
		}
		return nil, diag.List{{
			Rule: Rule, Place: place, Message: "cannot read this expression: " + plain(found[0].Message),
			Hint: notHint(text) + `an expression compares: facts.uses_ai, stage == "pilot", level("net-burden") >= 2; join with && || !`,
		}}
	}
	c := converter{text: text, at: at, info: tree.SourceInfo()}
	e, err := c.expr(tree.Expr())
	if bad, ok := errors.AsType[*problem](err); ok {
		return nil, diag.List{{Rule: Rule, Place: bad.place, Message: bad.message, Hint: bad.hint}}
	}
	return e, nil
}

// notHint is for those who write words, or quotes of a word processor.
func notHint(text string) string {
	if strings.ContainsAny(text, "“”‘’„") {
		return "write straight quotes; "
	}
	if strings.Contains(text, "=>") || strings.Contains(text, "=<") {
		return "write >= or <=; "
	}
	if strings.HasPrefix(text, "not ") || strings.Contains(text, " not ") || strings.Contains(text, " and ") || strings.Contains(text, " or ") {
		return "write ! for not, && for and, || for or; "
	}
	return ""
}

// comment finds CEL's `//` outside of quotes.
func comment(text string, at diag.Place) (diag.Place, bool) {
	var quote rune
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && r == '/' && i+1 < len(runes) && runes[i+1] == '/':
			return within(at, text, i, len(runes)-i), true
		}
	}
	return at, false
}

// plain cuts the parser's message to its first line.
func plain(message string) string {
	message, _, _ = strings.Cut(message, "\n")
	return strings.TrimPrefix(message, "Syntax error: ")
}

// within is the place of a part of a text, if the text stands on one line as it is read.
func within(at diag.Place, text string, offset, width int) diag.Place {
	length := len([]rune(text))
	switch at.Width {
	case length:
	case length + 2: // in quotes
		offset++
	default: // a block, or a text with escapes
		return at
	}
	at.Column += offset
	at.Width = max(width, 1)
	return at
}

// problem is why an expression that is CEL is not one of ours.
type problem struct {
	place         diag.Place
	message, hint string
}

func (p *problem) Error() string { return p.message }

type converter struct {
	text string
	at   diag.Place
	info *ast.SourceInfo
}

func (c *converter) expr(e ast.Expr) (*Expr, error) {
	if e.Kind() == ast.CallKind {
		switch call := e.AsCall(); call.FunctionName() {
		case operators.LogicalAnd:
			return c.logic(And, call.Args())
		case operators.LogicalOr:
			return c.logic(Or, call.Args())
		case operators.LogicalNot:
			return c.logic(Not, call.Args())
		}
	}
	t, err := c.test(e)
	if err != nil {
		return nil, err
	}
	return &Expr{Op: Leaf, Test: t}, nil
}

// logic joins the parts, and chains of the same operator into one.
func (c *converter) logic(op Op, args []ast.Expr) (*Expr, error) {
	joined := &Expr{Op: op}
	for _, arg := range args {
		part, err := c.expr(arg)
		if err != nil {
			return nil, err
		}
		if part.Op == op && op != Not {
			joined.Args = append(joined.Args, part.Args...)
		} else {
			joined.Args = append(joined.Args, part)
		}
	}
	return joined, nil
}

var comparisons = map[string]string{
	operators.Equals: "==", operators.NotEquals: "!=", operators.Less: "<", operators.LessEquals: "<=",
	operators.Greater: ">", operators.GreaterEquals: ">=", operators.In: "in",
}

// turned is the operator with its sides exchanged.
var turned = map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func (c *converter) test(e ast.Expr) (*Test, error) {
	if e.Kind() != ast.CallKind || comparisons[e.AsCall().FunctionName()] == "" {
		t, err := c.read(e)
		if err != nil {
			return nil, err
		}
		return t, nil
	}
	call := e.AsCall()
	left, right, op := call.Args()[0], call.Args()[1], comparisons[call.FunctionName()]
	if left.Kind() == ast.LiteralKind && right.Kind() != ast.LiteralKind && turned[op] != "" {
		return nil, c.problem(e, "the value stands on the right of a comparison",
			fmt.Sprintf("write %s %s %s", c.source(right), turned[op], c.source(left)))
	}
	t, err := c.read(left)
	if err != nil {
		return nil, err
	}
	t.Compare = op
	if t.Against, err = c.literals(op, right); err != nil {
		return nil, err
	}
	t.Text = fmt.Sprintf("%s %s %s", t.Text, op, c.source(right))
	t.Place = within(c.at, c.text, c.start(left), len([]rune(t.Text)))
	return t, nil
}

// read takes `facts.x`, `stage`, `item.results.n` or a function of literals.
func (c *converter) read(e ast.Expr) (*Test, error) {
	t := &Test{Text: c.source(e)}
	t.Place = within(c.at, c.text, c.start(e), len([]rune(t.Text)))
	switch e.Kind() {
	case ast.IdentKind:
		t.Read = e.AsIdent()
		return t, nil
	case ast.SelectKind:
		path := strings.SplitN(t.Text, ".", 2)
		t.Read, t.Name = path[0], path[1]
		return t, nil
	case ast.CallKind:
		return t, c.function(e, t)
	case ast.LiteralKind:
		return nil, c.problem(e, "expected something to compare, got the value "+t.Text, "")
	default:
		return nil, c.problem(e, t.Text+" is not part of the language", "")
	}
}

func (c *converter) function(e ast.Expr, t *Test) error {
	call := e.AsCall()
	t.Read = call.FunctionName()
	if t.Read == operators.Subtract {
		return c.problem(e, "expressions compare, they do not calculate", "if a name is meant: facts have underscores (facts.personal_data), ids stand in quotes")
	}
	if call.IsMemberFunction() || !isWord(t.Read) {
		return c.problem(e, "expressions compare, they do not calculate", `compare a value with a number: level("net-burden") >= 2`)
	}
	for i, arg := range call.Args() {
		literal, err := c.literal(arg)
		switch {
		case arg.Kind() == ast.IdentKind || isSubtraction(arg): // an id without quotes, which may have hyphens
			id := strings.ReplaceAll(c.source(arg), " ", "")
			return c.problem(arg, "expected an id in quotes, got "+id, fmt.Sprintf("write %s(%q)", t.Read, id))
		case err != nil:
			return err
		case i == 0 && literal.Number == nil:
			t.Name = literal.Word
		case i == 1 && literal.Number != nil:
			t.At, t.HasAt = *literal.Number, true
		default:
			return c.problem(arg, t.Read+" takes the id of a criterion in quotes, and for a count the level", "")
		}
	}
	return nil
}

func isSubtraction(e ast.Expr) bool {
	return e.Kind() == ast.CallKind && e.AsCall().FunctionName() == operators.Subtract
}

func isWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}

func (c *converter) literals(op string, e ast.Expr) ([]Literal, error) {
	if op != "in" {
		literal, err := c.literal(e)
		return []Literal{literal}, err
	}
	if e.Kind() != ast.ListKind || e.AsList().Size() == 0 {
		return nil, c.problem(e, "expected a list after `in`", `write it like stage in ["idea", "pilot"]`)
	}
	var all []Literal
	for _, item := range e.AsList().Elements() {
		literal, err := c.literal(item)
		if err != nil {
			return nil, err
		}
		all = append(all, literal)
	}
	return all, nil
}

// literal reads a number as the decimals that were written, not as the binary fraction nearest to them.
func (c *converter) literal(e ast.Expr) (Literal, error) {
	if e.Kind() != ast.LiteralKind {
		hint := "compare with a number, or a word in quotes"
		if word := strings.ToLower(c.source(e)); word == "yes" || word == "no" {
			hint = "for a yes-no write facts.x or !facts.x"
		}
		return Literal{}, c.problem(e, "expected a value, got "+c.source(e), hint)
	}
	var decimal string
	switch v := e.AsLiteral().(type) {
	case types.String:
		return Literal{Word: string(v)}, nil
	case types.Int:
		decimal = strconv.FormatInt(int64(v), 10)
	case types.Double:
		decimal = strconv.FormatFloat(float64(v), 'f', -1, 64)
	default:
		return Literal{}, c.problem(e, "expected a number or a word in quotes, got "+c.source(e), "for a yes-no write facts.x or !facts.x")
	}
	number, err := exact.Parse(decimal)
	if err != nil {
		return Literal{}, c.problem(e, err.Error(), "")
	}
	return Literal{Number: &number}, nil
}

func (c *converter) problem(e ast.Expr, message, hint string) *problem {
	return &problem{place: within(c.at, c.text, c.start(e), len([]rune(c.source(e)))), message: message, hint: hint}
}

// start is the offset at which an expression begins. The parser gives that of its operator.
func (c *converter) start(e ast.Expr) int {
	first := c.info.GetStartLocation(e.ID()).Column()
	switch e.Kind() {
	case ast.SelectKind:
		first = min(first, c.start(e.AsSelect().Operand()))
	case ast.CallKind:
		call := e.AsCall()
		if isWord(call.FunctionName()) {
			first = max(strings.LastIndex(string([]rune(c.text)[:first]), call.FunctionName()), 0)
		}
		for _, arg := range call.Args() {
			first = min(first, c.start(arg))
		}
	default: // the whole of it is its operator
	}
	return first
}

// source writes an expression out as CEL.
func (c *converter) source(e ast.Expr) string {
	written, err := parser.Unparse(e, c.info)
	if err != nil {
		return c.text
	}
	return written
}
