package score

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// gauge is what the number of an answer is read on: a scale or a measure. Better and worse follow its direction.
type gauge interface {
	// worth is the value of a number, from 0, the worst, to 1, the best.
	worth(x exact.Number) exact.Number
	// ends are the numbers worth 0 and 1.
	ends() (worst, best exact.Number)
	// falls reports whether a lower number is better.
	falls() bool
}

// gauge is nil for a price and a group.
func (n *Node) gauge() gauge {
	switch {
	case n.Scale != nil:
		return n.Scale
	case n.Measure != nil:
		return n.Measure
	}
	return nil
}

// atLeast reports whether x is at least as good as y.
func atLeast(g gauge, x, y exact.Number) bool {
	if g.falls() {
		return !y.Less(x)
	}
	return !x.Less(y)
}

// poorer is the worse of two numbers.
func poorer(g gauge, x, y exact.Number) exact.Number {
	if atLeast(g, x, y) {
		return y
	}
	return x
}

// richer is the better of two numbers.
func richer(g gauge, x, y exact.Number) exact.Number {
	if atLeast(g, x, y) {
		return x
	}
	return y
}

// Scale is the levels of a leaf, worst first.
type Scale struct {
	Levels  []Level
	reverse bool
}

// Level is one level of a scale.
type Level struct {
	Value  exact.Number // as written in the rubric
	Label  string
	Seen   string       // what is seen at this level; may be empty
	Worth  exact.Number // from 0, the worst, to 1, the best
	Advice *rubric.Step // how to reach it; may be nil
}

// Best is the index of the best level.
func (s *Scale) Best() int { return len(s.Levels) - 1 }

// Reached is the index of the best level that a number is at least as good as: that of the number itself, unless it is
// a mean between two.
func (s *Scale) Reached(x exact.Number) int {
	for i := s.Best(); i > 0; i-- {
		if atLeast(s, x, s.Levels[i].Value) {
			return i
		}
	}
	return 0
}

// Reversed reports whether the lowest level is the best.
func (s *Scale) Reversed() bool { return s.reverse }

// At returns the index of the level with a value, or -1.
func (s *Scale) At(value exact.Number) int {
	return slices.IndexFunc(s.Levels, func(l Level) bool { return l.Value.Equal(value) })
}

// String lists the levels for a message.
func (s *Scale) String() string {
	texts := make([]string, len(s.Levels))
	for i, l := range s.Levels {
		texts[i] = l.Value.String() + " " + l.Label
	}
	return strings.Join(texts, ", ")
}

// find returns the index of a level by its value or label, or -1.
func (s *Scale) find(written string) int {
	if x, err := exact.Parse(written); err == nil {
		return s.At(x)
	}
	return slices.IndexFunc(s.Levels, func(l Level) bool { return l.Label == written })
}

// worth is (x - lowest) / (highest - lowest) of the scale's values, and 1 less that in reverse.
func (s *Scale) worth(x exact.Number) exact.Number {
	worst, best := s.ends()
	return x.Sub(worst).Div(best.Sub(worst))
}

func (s *Scale) ends() (worst, best exact.Number) { return s.Levels[0].Value, s.Levels[s.Best()].Value }

func (s *Scale) falls() bool { return s.reverse }

// Measure is how a number becomes a value.
type Measure struct {
	Unit string
	// points are numbers with their worth, lowest number first.
	points []point
	// limits are the lowest and highest number that can be; nil if there are none.
	limits *[2]exact.Number
}

type point struct{ at, worth exact.Number }

// Ends are the numbers that give nothing and all.
func (m *Measure) Ends() (worst, best exact.Number) { return m.ends() }

// worth is linear between the points, and that of the nearest beyond them.
func (m *Measure) worth(x exact.Number) exact.Number {
	after := slices.IndexFunc(m.points, func(p point) bool { return x.Less(p.at) })
	switch after {
	case 0:
		return m.points[0].worth
	case -1:
		return m.points[len(m.points)-1].worth
	}
	p, q := m.points[after-1], m.points[after]
	return p.worth.Add(q.worth.Sub(p.worth).Mul(x.Sub(p.at)).Div(q.at.Sub(p.at)))
}

// ends are, of several points worth nothing or all, those nearest to one another.
func (m *Measure) ends() (worst, best exact.Number) {
	rising := m.points
	if m.falls() {
		rising = slices.Clone(m.points)
		slices.Reverse(rising)
	}
	for _, p := range rising {
		if p.worth.IsZero() {
			worst = p.at
		}
		if p.worth.Equal(exact.One) {
			return worst, p.at
		}
	}
	panic("score: a measure without a best end")
}

func (m *Measure) falls() bool { return m.points[len(m.points)-1].worth.IsZero() }

// Next is the number of a leaf that comes next after one: the next better level of a scale; of a measure the number from
// which it is met, and after that its best. There is none after the best. Without a number it is that after the worst.
func (n *Node) Next(x exact.Number, known bool) (exact.Number, bool) {
	worst, best := n.gauge().ends()
	if !known {
		x = worst
	}
	switch {
	case known && atLeast(n.gauge(), x, best):
		return x, false
	case n.Scale != nil:
		return n.Scale.Levels[n.Scale.Reached(x)+1].Value, true
	case !atLeast(n.gauge(), x, n.met):
		return n.met, true
	}
	return best, true
}
