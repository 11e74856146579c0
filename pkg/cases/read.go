package cases

import (
	"fmt"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Rules of this package's diagnostics.
const (
	ruleRepeated = "repeated-name"
	ruleEmpty    = "expects-nothing"
	ruleDay      = "missing-key"
)

// Parse reads a file of cases. It holds whatever could be understood, and is nil only if the file is none of cases.
func Parse(n *source.Node) (*File, diag.List) {
	f, list := source.ReadKind(n, Kind, fileType())
	if f == nil {
		return nil, list
	}
	c := checker{list: list, names: map[string]int{}}
	if f.Has("cases") && len(f.Cases) == 0 && !f.Broken("cases") {
		c.list.Errorf(f.At("cases"), ruleEmpty, "the file has no cases")
	}
	for i := range f.Cases {
		c.list = append(c.list, f.Cases[i].Check()...)
		c.named(&f.Cases[i])
		c.expects(f.Cases[i].Node("expect"))
	}
	c.day(f)
	return f, c.list
}

// Declaration is the form of a file of cases.
func Declaration() source.Declaration { return source.Declare(Kind, fileType()) }

// checker looks for what one value of a file says about another.
type checker struct {
	list  diag.List
	names map[string]int // cases by name, with their line
}

// named holds names apart: a failure is found, and a case chosen, by its name.
func (c *checker) named(k *Case) {
	if k.Name == "" {
		return
	}
	at := k.At("name")
	if line, again := c.names[k.Name]; again {
		c.list.Add(diag.Diagnostic{
			Rule: ruleRepeated, Place: at, Message: fmt.Sprintf("a case named %q is already at line %d", k.Name, line),
			Hint: "say what this one shows that the other does not",
		})
		return
	}
	c.names[k.Name] = at.Line
}

// day demands a day: what a case comes to must not depend on when it is run.
func (c *checker) day(f *File) {
	if !f.AsOf.IsZero() || f.Broken("as_of") {
		return
	}
	for i := range f.Cases {
		if k := &f.Cases[i]; k.Name != "" && k.AsOf.IsZero() && !k.Broken("as_of") {
			c.list.Add(diag.Diagnostic{
				Rule: ruleDay, Place: k.At("name"), Message: fmt.Sprintf(`neither case %q nor the file has "as_of"`, k.Name),
				Hint: "add `as_of: 2026-06-01` above `cases:`, so that a case gives the same result on every day",
			})
			return
		}
	}
}

// expects finds what expects nothing, and so could never fail.
func (c *checker) expects(n *source.Node) {
	if n == nil || n.Kind != source.Mapping {
		return
	}
	if len(n.Keys) == 0 {
		c.list.Add(diag.Diagnostic{Rule: ruleEmpty, Place: n.Place(), Message: "nothing is expected here", Hint: "write what is expected, such as {score: 50}: a case that expects nothing cannot fail"})
	}
	for i, key := range n.Keys {
		if n.Values[i].Empty() {
			c.nothing(key.Place(), fmt.Sprintf("nothing is expected of %q", key.Text))
		}
		c.expects(n.Values[i])
	}
}

func (c *checker) nothing(at diag.Place, message string) {
	c.list.Add(diag.Diagnostic{Rule: ruleEmpty, Place: at, Message: message, Hint: "write what is expected, or leave the key out: a case that expects nothing cannot fail"})
}
