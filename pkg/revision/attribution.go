package revision

import (
	"cmp"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Attribution says what moves a score. The points of the causes, of the shares and what is left over add up to the whole
// difference, exactly.
type Attribution struct {
	// Basis is which of the three scores is told of: the first that moves.
	Basis score.Basis
	// Points is the difference, in the displayed units of the root; nil if one of the two has no score to show.
	Points *exact.Number
	// Causes are criteria that were changed, those that move the score most first.
	Causes []Cause
	// Shares is how far those move it in which nothing was changed: their share of the whole is another, because another
	// criterion came, went or weighs otherwise. Sharing is how many they are.
	Shares  exact.Number
	Sharing int
	// Left is what no criterion contributes: the display follows a policy for what is not known.
	Left exact.Number
}

// Cause is a criterion, or a group, that moves a score because it was changed.
type Cause struct {
	Name, Title string // Name is full, as the new version has it
	// Points are those that it brings more than before, with all below it; in the displayed units of the root.
	Points exact.Number
	// Changes are those of the criterion, or of what its group is made of.
	Changes []*Change
	// Old and New are the levels that are supported, of a leaf of which that is another; "" otherwise.
	Old, New string
}

// attribute compares what each criterion contributes to the score, which adds up. Where a group does not add, the group
// contributes as one.
func (d *Diff) attribute(m *Move, b score.Basis) *Attribution {
	a := &Attribution{Basis: b}
	was, gone := d.from.contributions(m.Old, b)
	now, order := d.to.contributions(m.New, b)
	for _, name := range gone {
		if _, still := now[name]; !still {
			order = append(order, name)
		}
	}
	sum := exact.Zero
	for _, name := range order {
		points := now[name].Sub(was[name])
		sum = sum.Add(points)
		if at, changes := d.causeOf(m, b, name); len(changes) > 0 { // also without points: it may move the shares of others
			a.add(Cause{Name: at, Title: d.node(at).Title, Points: points, Changes: changes})
		} else if !points.IsZero() {
			a.Shares, a.Sharing = a.Shares.Add(points), a.Sharing+1
		}
	}
	for i := range a.Causes {
		if c := &a.Causes[i]; b == score.Evidenced {
			c.Old, c.New = d.levels(m, c.Name)
		}
	}
	slices.SortFunc(a.Causes, func(x, y Cause) int {
		return cmp.Or(size(y.Points).Cmp(size(x.Points)), cmp.Compare(x.Name, y.Name))
	})
	if move := m.Scores[slices.Index(Bases, b)]; move.Old != nil && move.New != nil {
		points := move.New.Sub(*move.Old)
		a.Points, a.Left = &points, points.Sub(sum)
	}
	return a
}

// add adds a cause, or its points to those of the same one.
func (a *Attribution) add(c Cause) {
	i := slices.IndexFunc(a.Causes, func(other Cause) bool { return other.Name == c.Name })
	if i < 0 {
		a.Causes = append(a.Causes, c)
		return
	}
	a.Causes[i].Points = a.Causes[i].Points.Add(c.Points)
}

func size(x exact.Number) exact.Number {
	if x.Sign() < 0 {
		return x.Neg()
	}
	return x
}

// Aspects that decide only on the value of a criterion, or only on its share of the whole. The others can do both.
var (
	decidesValue = []string{"evidence", "measure", "met", "price", "respondents", "rule", "scale", "unknown"}
	decidesShare = []string{"in", "weight"}
)

// causeOf is the nearest of a criterion and the groups above it in which something was changed that tells in this record,
// with the changes; of a group that contributes as one, also those of what is in it.
func (d *Diff) causeOf(m *Move, b score.Basis, name string) (at string, changes []*Change) {
	inside := map[string]bool{}
	for _, s := range []*side{d.from, d.to} {
		if i, there := s.at[name]; there {
			s.below([]int{i}, inside)
		}
	}
	changes = d.about(func(c *Change) bool {
		tells := func(touched string) bool { return inside[touched] && d.tells(m, b, c, touched) }
		return slices.ContainsFunc(c.Touches, tells) || c.relabels() && slices.ContainsFunc(c.reaches.own.order, tells)
	})
	if len(changes) > 0 {
		return d.cameWith(name, changes), changes
	}
	for _, s := range []*side{d.to, d.from} {
		i, there := s.at[name]
		for there && s.m.Nodes[i].Parent >= 0 {
			i = s.m.Nodes[i].Parent
			above := s.name(s.m.Nodes[i].Name)
			if changes := d.about(func(c *Change) bool { return slices.Contains(c.Touches, above) }); len(changes) > 0 {
				return above, changes
			}
		}
	}
	return name, nil
}

// cameWith is the group, or the rubric in use, with which a criterion was added or removed; else the criterion itself.
func (d *Diff) cameWith(name string, changes []*Change) string {
	at, depth := name, d.depth(name)
	for _, c := range changes {
		for _, touched := range c.Touches {
			if whole := c.Key == "" && (c.Kind == Added || c.Kind == Removed); whole && d.depth(touched) < depth {
				at, depth = touched, d.depth(touched)
			}
		}
	}
	return at
}

// depth is how far below the root a criterion stands.
func (d *Diff) depth(name string) int { return d.node(name).Depth }

// node is what has a name, in the new version if it is there.
func (d *Diff) node(name string) *score.Node {
	if i, there := d.to.at[name]; there {
		return &d.New.Nodes[i]
	}
	return &d.Old.Nodes[d.from.at[name]]
}

// tells reports whether a change of a criterion shows in this record: one that decides on its value if that is another,
// one that decides on its share if that is.
func (d *Diff) tells(m *Move, b score.Basis, c *Change, name string) bool {
	was, now := d.from.result(m.Old, name), d.to.result(m.New, name)
	if was == nil || now == nil {
		return true
	}
	value := was.Scored() != now.Scored() || !was.Value(b).Equal(now.Value(b))
	share := was.Counts() != now.Counts() || !equal(was.Share, now.Share) || !equal(was.Weight, now.Weight)
	return value && c.relabels() || slices.ContainsFunc(c.touched[name], func(aspect string) bool {
		return (value || !slices.Contains(decidesValue, aspect)) && (share || !slices.Contains(decidesShare, aspect))
	})
}

// relabels reports whether a change gives levels other labels: an answer that is given by its label then means another.
func (c *Change) relabels() bool {
	return strings.HasSuffix(c.Key, "label") || c.Key == "scale"
}

func equal(x, y *exact.Number) bool {
	if x == nil || y == nil {
		return x == y
	}
	return x.Equal(*y)
}

// levels are those that are supported of a leaf under the two versions, if they differ.
func (d *Diff) levels(m *Move, name string) (was, now string) {
	level := func(s *side, r *score.Result) string {
		i, there := s.at[name]
		if !there || s.m.Nodes[i].Scale == nil || r.Criteria[i].State != score.Answered {
			return ""
		}
		return s.m.Nodes[i].Scale.Levels[r.Criteria[i].Level].Label
	}
	was, now = level(d.from, m.Old), level(d.to, m.New)
	if was == now || was == "" || now == "" {
		return "", ""
	}
	return was, now
}
