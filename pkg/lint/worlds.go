package lint

import (
	"fmt"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// maxWorlds bounds how many are tried; of conditions that need more, nothing is said.
const maxWorlds = 20_000

// worlds are all that some conditions can meet in a record in which everything they read is known: one value for each
// thing that is read, of those between which a comparison can change. Things that hang together, such as the scores of
// a group and of its parts, are taken to vary freely. So there are more worlds than can come about, and what holds in
// every one of them holds.
type worlds struct {
	m         *score.Model
	variables []variable
	places    map[string]int // of the variables, by key
	many      bool
	at        []int // which value each variable has in the world at hand
}

// variable is one thing that conditions read.
type variable struct {
	key    string
	sort   sort
	values []value
	ends   []exact.Number // the lowest and the highest that it can be; nil if nobody knows
}

// sort is how the values of a variable are found.
type sort uint8

const (
	given   sort = iota // by the rubric
	between             // a number from the first to the last of the values
	open                // any number
	day
)

// value is one that a thing can have: a word, a number, or a yes-no.
type value struct {
	word   string // of a day as written, beside the day itself
	day    calendar.Date
	number exact.Number
	yes    bool
}

func (v value) same(o value) bool {
	return v.word == o.word && v.yes == o.yes && v.number.Equal(o.number)
}

// newWorlds are those in which some conditions can differ. A nil condition always holds.
func newWorlds(m *score.Model, conditions ...*expr.Expr) *worlds {
	w := &worlds{m: m, places: map[string]int{}}
	w.variables = append(w.variables, stageOf(m)) // the first: `from_stage` reads it without a test
	w.places[w.variables[0].key] = 0
	for _, e := range conditions {
		w.reads(e)
	}
	count := 1
	for i := range w.variables {
		w.variables[i].spread()
		if count *= max(1, len(w.variables[i].values)); count > maxWorlds {
			w.many = true
			return w
		}
	}
	w.at = make([]int, len(w.variables))
	return w
}

func stageOf(m *score.Model) variable {
	v := variable{key: "stage"}
	for i := range max(1, len(m.Stages)) {
		v.values = append(v.values, value{number: exact.Int(int64(i))})
	}
	return v
}

// reads adds what a condition reads, and what decides whether a criterion that it reads applies.
func (w *worlds) reads(e *expr.Expr) {
	if e == nil {
		return
	}
	e.Tests(func(t *expr.Test, _ bool) {
		v := w.variableOf(t)
		i, again := w.places[v.key]
		if !again {
			i = len(w.variables)
			w.places[v.key] = i
			w.variables = append(w.variables, v)
		}
		if w.variables[i].sort != given || v.key == "text "+t.Name {
			w.variables[i].compared(t)
		}
		if !again && ofCriterion(t) {
			for j := t.Target; j >= 0; j = w.m.Nodes[j].Parent {
				w.reads(w.m.Nodes[j].When())
			}
		}
	})
}

// compared adds the values that a test compares with.
func (v *variable) compared(t *expr.Test) {
	for _, l := range t.Against {
		at := value{word: l.Word}
		if l.Number != nil {
			at.number = *l.Number
		}
		if v.beyond(at.number) {
			continue
		}
		if !slices.ContainsFunc(v.values, at.same) {
			v.values = append(v.values, at)
		}
	}
}

// beyond reports whether a number is out of reach.
func (v *variable) beyond(x exact.Number) bool {
	return v.ends != nil && (x.Less(v.ends[0]) || v.ends[1].Less(x))
}

// ofCriterion reports whether a test reads a criterion, rather than a fact, the stage or the day.
func ofCriterion(t *expr.Test) bool {
	return !slices.Contains([]string{"facts", "stage", "stage_at_least", "as_of"}, t.Read)
}

// leaf reports whether a test reads the level of a leaf, or what follows from that alone.
func (w *worlds) leaf(t *expr.Test) bool {
	return ofCriterion(t) && t.Read != "answered" && t.Read != "applies" && w.m.Nodes[t.Target].Scale != nil
}

// variableOf is what a test reads, with the values that the rubric gives it.
func (w *worlds) variableOf(t *expr.Test) variable {
	switch {
	case t.Read == "stage" || t.Read == "stage_at_least":
		return variable{key: "stage"}
	case t.Read == "facts":
		return factOf(t.Name, w.m.Fact(t.Name).Type, w.m.Fact(t.Name).Of)
	case t.Read == "as_of":
		return variable{key: "day", sort: day}
	case w.leaf(t):
		return levelOf(&w.m.Nodes[t.Target], t.Read == "claimed")
	}
	v := variable{key: fmt.Sprintf("%s %s %s", t.Read, w.m.Nodes[t.Target].Name, t.At), sort: open}
	switch t.Read {
	case "met", "answered", "applies":
		v.sort, v.values = given, []value{{yes: true}, {}}
	case "count_below", "count_from":
		v.sort = given
		for i := range w.m.Nodes[t.Target].End - t.Target {
			v.values = append(v.values, value{number: exact.Int(int64(i))})
		}
	case "score":
		low, high := w.m.Nodes[t.Target].Range()
		v.within(low, high)
	case "gap":
		v.within(exact.Zero, exact.Hundred)
	case "value":
		if m := w.m.Nodes[t.Target].Measure; m != nil {
			if low, high, known := m.Bounds(); known {
				v.within(low, high)
			}
		}
	}
	return v
}

// within bounds what is read.
func (v *variable) within(low, high exact.Number) {
	v.sort, v.values, v.ends = between, []value{{number: low}, {number: high}}, []exact.Number{low, high}
}

func factOf(name, typ string, of []string) variable {
	v := variable{key: "fact " + name, sort: open}
	switch typ {
	case "yes-no":
		v.sort, v.values = given, []value{{yes: true}, {}}
	case "choice":
		v.sort = given
		for _, word := range of {
			v.values = append(v.values, value{word: word})
		}
	case "text":
		v.key, v.sort, v.values = "text "+name, given, []value{{word: "something else"}}
	case "date":
		v.sort = day
	}
	return v
}

// levelOf is the level of a leaf. That of a survey is a mean, which can lie between two levels.
func levelOf(n *score.Node, claimed bool) variable {
	v := variable{key: "level " + n.Name}
	if claimed {
		v.key = "claimed " + n.Name
	}
	for _, l := range n.Scale.Levels {
		v.values = append(v.values, value{number: l.Value})
	}
	if n.Source.Respondents != nil {
		worst, best := n.Scale.Levels[0].Value, n.Scale.Levels[n.Scale.Best()].Value
		v.sort, v.ends = between, []exact.Number{exact.Min(worst, best), exact.Max(worst, best)}
	}
	return v
}

// spread adds to numbers and days those between, below and above them.
func (v *variable) spread() {
	switch v.sort {
	case given:
	case day:
		v.values = daysAround(v.values)
	case between, open:
		v.values = numbersAround(v.values, v.sort == open)
	}
}

// numbersAround are numbers with those between them, and one below and one above them all if they are not its ends.
func numbersAround(values []value, beyond bool) []value {
	if len(values) == 0 {
		return nil
	}
	sorted := slices.SortedFunc(slices.Values(values), func(a, b value) int { return a.number.Cmp(b.number) })
	first, last := sorted[0].number, sorted[len(sorted)-1].number
	var all []value
	for i, at := range sorted {
		if i > 0 {
			all = append(all, value{number: sorted[i-1].number.Add(at.number).Div(exact.Int(2))})
		}
		all = append(all, at)
	}
	if beyond {
		all = append(all, value{number: first.Sub(exact.One)}, value{number: last.Add(exact.One)})
	}
	return all
}

// daysAround are days with the days before and after them.
func daysAround(values []value) []value {
	one, err := calendar.ParseSpan("1 day")
	if err != nil { // it is one
		panic(err)
	}
	var all []value
	for _, v := range values {
		if at, wrong := calendar.ParseDate(v.word); wrong == nil { // or the rubric would not have compiled
			for _, d := range []calendar.Date{at.Subtract(one), at, at.Next()} {
				all = append(all, value{word: d.String(), day: d})
			}
		}
	}
	return all
}

// each calls yield for every world, until it says no.
func (w *worlds) each(yield func() bool) {
	if w.many {
		return
	}
	clear(w.at)
	for yield() {
		i := 0
		for ; i < len(w.at); i++ {
			if w.at[i]++; w.at[i] < len(w.variables[i].values) {
				break
			}
			w.at[i] = 0
		}
		if i == len(w.at) {
			return
		}
	}
}

// holds is what a condition comes to in the world at hand.
func (w *worlds) holds(e *expr.Expr) expr.Truth {
	if e == nil {
		return expr.True
	}
	return e.Eval(w.test).Truth
}

// come reports whether the stage in the world at hand is at least one, by its index.
func (w *worlds) come(stage int) bool { return w.at[0] >= stage }

// applies reports whether a node applies in the world at hand: it, and all above it.
func (w *worlds) applies(i int) bool {
	for ; i >= 0; i = w.m.Nodes[i].Parent {
		if n := &w.m.Nodes[i]; !w.come(n.FromStage()) || w.holds(n.When()) == expr.False {
			return false
		}
	}
	return true
}

func (w *worlds) test(t *expr.Test) expr.Outcome {
	if ofCriterion(t) && t.Read != "applies" && t.Read != "answered" && !w.applies(t.Target) {
		return expr.Outcome{Truth: expr.Absent}
	}
	switch have := w.value(t); {
	case t.Read == "stage":
		return t.Words(w.m.Nodes[t.Target].StageWords()[w.at[0]])
	case t.Read == "stage_at_least":
		return expr.Of(w.come(t.Target))
	case w.leaf(t) && (t.Read == "met" || t.Read == "score"):
		return follows(t, &w.m.Nodes[t.Target], have.number)
	case t.Compare == "":
		return expr.Of(have.yes)
	case t.Read == "as_of" || t.Read == "facts" && w.m.Fact(t.Name).Type == "date":
		return t.Dates(have.day)
	case t.Against[0].Number == nil:
		return t.Words(have.word)
	default:
		return t.Numbers(have.number)
	}
}

func (w *worlds) value(t *expr.Test) value {
	i := w.places[w.variableOf(t).key]
	if len(w.variables[i].values) == 0 { // compared with nothing
		return value{}
	}
	return w.variables[i].values[w.at[i]]
}

// follows is what a leaf's score, or whether it is met, comes to at a level.
func follows(t *expr.Test, n *score.Node, level exact.Number) expr.Outcome {
	if t.Read == "met" {
		return expr.Of(n.Meets(level))
	}
	return t.Numbers(n.Shown(n.Worth(level)))
}
