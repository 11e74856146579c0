package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// turn is a gate or a warning sign that comes out otherwise, in words.
type turn struct {
	title, then, now, change string
	tone                     Tone
	apart                    bool // worth a line of its own
}

// What became of a gate or a warning sign.
const (
	appliesNow    = "applies now"
	appliesNoMore = "applies no more"
	notKnownNow   = "not known now"
)

// fewTurns is how many gates or signs with which the same has happened are named one by one.
const fewTurns = 2

// turnRows name those that matter, and count the others by what has happened to them: at another stage most of them begin
// or cease to apply.
func (b *builder) turnRows(turns []turn, what string) [][]Cell {
	apart := func(t turn) int { return map[bool]int{true: 0, false: 1}[t.apart] }
	slices.SortStableFunc(turns, func(t, u turn) int { return apart(t) - apart(u) })
	var rows [][]Cell
	for i, t := range turns {
		alike := func(other turn) bool { return !other.apart && other.change == t.change }
		first := slices.IndexFunc(turns, alike)
		same := keep(turns, alike)
		switch {
		case t.apart || b.detailed || len(same) <= fewTurns:
			row := cells(capital(what)+": "+t.title, t.then, t.now, t.change)
			row[3].Tone = t.tone
			rows = append(rows, row)
		case i == first:
			rows = append(rows, cells(diag.Plural(len(same), what), counted(same, func(t turn) string { return t.then }), counted(same, func(t turn) string { return t.now }), t.change))
		}
	}
	return rows
}

func keep(turns []turn, is func(turn) bool) []turn {
	return slices.DeleteFunc(slices.Clone(turns), func(t turn) bool { return !is(t) })
}

// counted says how many turns have which word: `2 not passed, 8 not known`, or the word if all have it.
func counted(turns []turn, word func(turn) string) string {
	var words, texts []string
	for _, t := range turns {
		words = appendNew(words, []string{word(t)})
	}
	if len(words) == 1 {
		return words[0]
	}
	for _, w := range words {
		texts = append(texts, fmt.Sprintf("%d %s", len(keep(turns, func(t turn) bool { return word(t) == w })), w))
	}
	return strings.Join(texts, ", ")
}

func (b *builder) gatesSince() []turn {
	var turns []turn
	for _, g := range b.p.Gates {
		title, now := g.Name, ""
		if g.Now != nil {
			title, now = g.Now.Gate.Title, g.Now.Outcome.String()
		}
		none := score.NotRelevant.String()
		t := turn{title: title, then: gateStands(g.Then), now: gateStands(now), change: gateChange(g.Then, now), apart: g.Then != none && now != none}
		if !b.early() {
			t.tone = map[string]Tone{"pass": Good, "fail": Caution, "unknown": Caution}[now]
		}
		turns = append(turns, t)
	}
	return turns
}

// gateStands is how a gate came out, in words; "" is a gate that the rubric did not have.
func gateStands(outcome string) string {
	switch outcome {
	case score.Pass.String():
		return "passed"
	case score.Fail.String():
		return "not passed"
	case score.Conditional.String():
		return "passed on condition"
	case score.Undecided.String():
		return notKnown
	case score.NotRelevant.String():
		return "does not apply"
	}
	return "not in the rubric"
}

// gateChange says in a word what became of a gate; nothing where the rubric is what changed.
func gateChange(then, now string) string {
	switch {
	case then == "" || now == "":
		return ""
	case then == score.NotRelevant.String():
		return appliesNow
	case now == score.NotRelevant.String():
		return appliesNoMore
	case now == score.Undecided.String():
		return notKnownNow
	case now == score.Pass.String():
		return "opened"
	case now == score.Conditional.String():
		return "on condition"
	case then == score.Undecided.String():
		return "known now"
	}
	return "closed"
}

func (b *builder) flagsSince() []turn {
	var turns []turn
	for _, f := range b.p.Flags {
		title, now, caps := f.Name, "", false
		if f.Now != nil {
			title, now, caps = f.Now.Flag.Title, raised[f.Now.Raised], f.Now.Flag.Caps()
		}
		yes, none := raised[expr.True], raised[expr.Absent]
		t := turn{title: title, then: flagStands(f.Then), now: flagStands(now), change: flagChange(f, now)}
		t.apart = f.Then == yes || now == yes || caps && f.Then != none && now != none
		if !b.early() {
			t.tone = map[string]Tone{"no": Good, "yes": Caution}[now]
		}
		turns = append(turns, t)
	}
	return turns
}

// flagStands is whether a flag is raised, in words; "" is a flag that the rubric did not have.
func flagStands(is string) string {
	switch is {
	case raised[expr.True]:
		return "raised"
	case raised[expr.False]:
		return "not raised"
	case raised[expr.Unknown]:
		return notKnown
	case raised[expr.Absent]:
		return "does not apply"
	}
	return "not in the rubric"
}

func flagChange(f progress.FlagMove, now string) string {
	switch {
	case f.Then == "" || now == "":
		return ""
	case now == raised[expr.True]:
		return "new"
	case f.Then == raised[expr.Absent]:
		return appliesNow
	case now == raised[expr.Absent]:
		return appliesNoMore
	case now == raised[expr.Unknown]:
		return notKnownNow
	case f.Then == raised[expr.True]:
		return "cleared"
	}
	return "ruled out"
}
