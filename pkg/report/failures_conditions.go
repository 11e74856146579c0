package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// state says what decides whether a criterion applies, from the root down, and what the case answers.
func (x *explainer) state(i int) {
	for _, above := range x.path(i) {
		x.conditions(above, above == i)
	}
	if c := &x.res.Criteria[i]; len(c.Missing) > 0 {
		x.say("not known: %s", strings.Join(c.Missing, ", "))
	}
	if x.isGroup(i) {
		x.say("it holds:")
		for _, child := range x.m.Nodes[i].Children {
			x.say("  %s: %s", x.m.Nodes[child].ID, x.res.Criteria[child].State)
		}
		return
	}
	if n := &x.m.Nodes[i]; n.Price != nil {
		x.price(n)
		return
	}
	if n := &x.m.Nodes[i]; n.IsRule() {
		x.condition("rule", n.Source.Rule, x.rubricOf(i))
		return
	}
	x.say("%s", x.answer(i))
	x.findings(x.m.Nodes[i].Name)
}

// price says how the price that the case states is scored.
func (x *explainer) price(n *score.Node) {
	switch p := x.res.Record.Innovation.Price; {
	case p == nil:
		x.say("the case states no price")
	case n.Price.Relative():
		x.say("the case states a price of %s; the model %s needs other bids", p.Amount, n.Price.Model)
	default:
		ceiling, floor := n.Price.Ends()
		x.say("the case states a price of %s; (%s - price) / (%s - %s), from 0 to 1", p.Amount, ceiling, ceiling, floor)
	}
}

func (x *explainer) path(i int) []int {
	var up []int
	for ; i >= 0; i = x.m.Nodes[i].Parent {
		up = append(up, i)
	}
	slices.Reverse(up)
	return up
}

// conditions are the `when` and the `from_stage` of a node; those of a group above it say whose they are.
func (x *explainer) conditions(i int, itself bool) {
	n := &x.m.Nodes[i]
	if n.Source == nil {
		return
	}
	of := ""
	if !itself {
		of = " of " + n.ID
	}
	owner := i
	if n.Root {
		owner = n.Parent // what stands beside `use` is in the words of the rubric that uses
	}
	x.condition("when"+of, n.Source.When, x.rubricOf(owner))
	x.fromStage("from_stage"+of, n.Source.FromStage)
}

// condition writes a condition with what it read.
func (x *explainer) condition(key, text, owner string) {
	if text == "" {
		return
	}
	x.say("%s: %s", key, strings.Join(strings.Fields(text), " "))
	parsed, _ := expr.Parse(text, diag.Place{})
	if parsed == nil {
		return
	}
	var told []string
	parsed.Tests(func(t *expr.Test, _ bool) {
		defer func() { told = append(told, x.lacking(t, owner)...) }()
		if line := "  " + x.read(t, owner); !slices.Contains(told, line) {
			told = append(told, line)
		}
	})
	x.lines = append(x.lines, told...)
}

// lacking names, where a test asks whether a group is met, the criteria in it that are not.
func (x *explainer) lacking(t *expr.Test, owner string) []string {
	i, ok := x.m.Lookup(owner + "/" + t.Name)
	if t.Read != "met" || !ok || x.m.Nodes[i].IsLeaf() || x.res.Met(i) {
		return nil
	}
	var lines []string
	for j := i + 1; j < x.m.Nodes[i].End; j++ {
		n, c := &x.m.Nodes[j], &x.res.Criteria[j]
		if !n.IsLeaf() || !c.Counts() || x.res.Met(j) {
			continue
		}
		lines = append(lines, fmt.Sprintf("    %s is %s", n.ID, x.standing(j)))
		for _, u := range c.Unmet {
			lines = append(lines, fmt.Sprintf("      evidence rule %d: %s", u.Number, x.w.unmet(j, u)))
		}
	}
	return lines
}

func (x *explainer) fromStage(key, stage string) {
	if stage != "" {
		x.say("%s: %s; %s", key, stage, x.stage())
	}
}

func (x *explainer) stage() string {
	if s := x.res.Record.Innovation.Stage; s != "" {
		return "the stage is " + s
	}
	return "the stage is not stated"
}

// read says what a test of a condition read.
func (x *explainer) read(t *expr.Test, owner string) string {
	switch t.Read {
	case "facts":
		return x.fact(t.Name)
	case "stage", "stage_at_least":
		return x.stage()
	case "as_of":
		return "the day is " + x.res.AsOf.String()
	}
	i, ok := x.m.Lookup(owner + "/" + t.Name)
	if !ok {
		i, ok = x.m.Lookup(t.Name)
	}
	if !ok {
		return t.Text
	}
	return x.m.Nodes[i].ID + " is " + x.standing(i)
}

func (x *explainer) fact(name string) string {
	for _, e := range x.res.Record.Innovation.Facts {
		if e.Key == name && !e.Empty {
			text := "facts." + name + " is " + e.Value.Value
			if len(x.res.Facts[name]) > 0 {
				text += ", and not shown: " + x.w.unmetFact(name)
			}
			return text
		}
	}
	return "facts." + name + " is not stated"
}

// standing says in few words how a criterion stands.
func (x *explainer) standing(i int) string {
	n, c := &x.m.Nodes[i], &x.res.Criteria[i]
	carried, known := c.Number(score.Evidenced)
	claimed, _ := c.Number(score.Claimed)
	switch {
	case known && !claimed.Equal(carried):
		return fmt.Sprintf("at %s, claimed %s", x.number(i, carried), x.number(i, claimed))
	case known:
		return "at " + x.number(i, carried)
	case n.IsLeaf(), !c.Scored():
		return c.State.String()
	}
	got, _ := x.res.Counted(i, score.Evidenced)
	best, _ := x.res.Counted(i, score.AtBest)
	return fmt.Sprintf("%s, with a score of %s, at best %s", c.State, got, best)
}

// rubricOf is the full name of the rubric that node i is written in.
func (x *explainer) rubricOf(i int) string {
	for ; i > 0 && !x.m.Nodes[i].Root; i = x.m.Nodes[i].Parent {
	}
	return x.m.Nodes[max(i, 0)].Name
}

// answer is what the case says of a leaf.
func (x *explainer) answer(i int) string {
	n := &x.m.Nodes[i]
	for _, e := range x.res.Record.Innovation.Answers {
		if e.Key != n.Name && e.Key != n.ID || e.Empty {
			continue
		}
		switch a := e.Value; {
		case a.Unknown:
			return "the case answers: unknown"
		case a.NA != "":
			return "the case answers: not applicable, " + a.NA
		case a.Level.One != "":
			return "the case answers: " + a.Level.One
		}
		return "the case answers it"
	}
	return "the case does not answer it"
}

// findings are what the case says without effect about something of a name.
func (x *explainer) findings(name string) {
	short := name[strings.LastIndex(name, "/")+1:]
	for _, d := range x.res.Findings {
		if strings.Contains(d.Message, fmt.Sprintf("%q", name)) || strings.Contains(d.Message, fmt.Sprintf("%q", short)) {
			x.say("%s", d.Message)
		}
	}
}
