package score

import "github.com/touchstone-health/touchstone/pkg/exact"

// Rung is the child of a ladder that has been reached, -1 if the first is not met, and those beyond it that are met
// though one before them is not: ahead of stage. Both are empty of any other group.
func (r *Result) Rung(i int) (rung int, ahead []int) {
	n := &r.Model.Nodes[i]
	rung = -1
	climbing := true
	for _, j := range n.Children {
		if !r.Criteria[j].present || r.Model.Nodes[j].Weight.Sign() <= 0 || n.combine != "ladder" {
			continue
		}
		switch met := r.Met(j); {
		case met && climbing:
			rung = j
		case met:
			ahead = append(ahead, j)
		default:
			climbing = false
		}
	}
	return rung, ahead
}

// LevelCount is how many leaves are at a level.
type LevelCount struct {
	Value exact.Number
	Label string
	Count int
}

// Counts are how many leaves of a profile are at each level, worst first, by what is supported; how many are answered
// with a number or the mean of a survey, which is at no level; and how many are not known. Leaves on different scales are
// counted by the label of their level, in the order in which the labels come.
func (r *Result) Counts(i int) (levels []LevelCount, numbers, unknown int) {
	r.Model.counted(i, func(j int) {
		n, c := &r.Model.Nodes[j], &r.Criteria[j]
		if !c.present {
			return
		}
		if n.Scale != nil {
			for _, l := range n.Scale.Levels {
				levels = withLevel(levels, l)
			}
		}
		switch {
		case !c.known[Evidenced]:
			unknown++
		case n.Scale == nil || c.Respondents > 0:
			numbers++
		default:
			for k := range levels {
				if levels[k].Label == n.Scale.Levels[c.Level].Label {
					levels[k].Count++
				}
			}
		}
	})
	return levels, numbers, unknown
}

func withLevel(levels []LevelCount, l Level) []LevelCount {
	for _, known := range levels {
		if known.Label == l.Label {
			return levels
		}
	}
	return append(levels, LevelCount{Value: l.Value, Label: l.Label})
}
