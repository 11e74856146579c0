package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// notOfFiles are rules of diagnostics that are never about a file: findings of a result, which a report tells in words.
var notOfFiles = []string{"na-not-accepted", "too-few-respondents", "waiver-without-effect"}

// TestRulesAreTold holds every rule that the program writes into a diagnostic to being documented, and every rule that is
// documented to being one that the program writes.
func TestRulesAreTold(t *testing.T) {
	written := rulesWritten(t)
	if len(written) < 40 {
		t.Fatalf("found %d rules in the code: %v", len(written), written)
	}
	for id, where := range written {
		if _, told := Named(id); !told && !slices.Contains(notOfFiles, id) {
			t.Errorf("%s: rule %q is not told: write it in forms_….go", where, id)
		}
	}
	for _, r := range Rules() {
		if written[r.ID] == "" {
			t.Errorf("no diagnostic has the rule %q", r.ID)
		}
	}
	for _, id := range notOfFiles {
		if written[id] == "" {
			t.Errorf("no diagnostic has the rule %q", id)
		}
	}
}

// rulesWritten are the ids of rules that stand in the code of the program, each with a place: constants that are named
// after a rule, what is given to a field `Rule`, the ids of the rules of this package, and what is given as the rule to
// those functions that make a diagnostic.
func rulesWritten(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, room := range []string{"../../pkg", "../../cmd"} {
		err := filepath.WalkDir(room, func(name string, d fs.DirEntry, err error) error {
			told := strings.HasPrefix(d.Name(), "forms_") // what is told is not what is written
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || told {
				return err
			}
			files := token.NewFileSet()
			f, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				for _, e := range rulesIn(n) {
					if id, ok := ruleText(e); ok {
						found[id] = files.Position(e.Pos()).String()
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

var (
	ruleConstant = regexp.MustCompile(`^(rule[A-Z]\w*|Rule|Unopened)$`)
	ruleTakers   = []string{"Errorf", "problem", "finding", "fail"} // the rule is their second argument
	ruleID       = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
)

// rulesIn are the expressions of a piece of code that may be the id of a rule.
func rulesIn(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.ValueSpec:
		if ruleConstant.MatchString(n.Names[0].Name) {
			return n.Values
		}
	case *ast.CompositeLit:
		key := "Rule"
		if of, ok := n.Type.(*ast.Ident); ok && of.Name == "Rule" {
			key = "ID"
		}
		for _, field := range n.Elts {
			pair, ok := field.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			if name, ok := pair.Key.(*ast.Ident); ok && name.Name == key {
				return []ast.Expr{pair.Value}
			}
		}
	case *ast.CallExpr:
		if called, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) > 1 && slices.Contains(ruleTakers, called.Sel.Name) {
			return n.Args[1:2]
		}
	}
	return nil
}

// ruleText is the id that a literal is; constants are found where they are declared.
func ruleText(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil && ruleID.MatchString(text)
}
