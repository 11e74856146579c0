package lock

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Addition is what becomes of a lock when the rubrics that are published in its folder are added.
type Addition struct {
	Lock      *Lock
	Added     []*rubric.Rubric // that the lock did not list, older editions first
	Unchanged int              // how many editions it listed
	Refused   diag.List
}

// Add adds rubrics, of which those that the lock lists are what it says. The lock itself stays as it is.
func (l *Lock) Add(models []*score.Model) Addition {
	a := Addition{Lock: l}
	// The older edition comes first, so that it is the newer one that takes a wrong step.
	inOrder := slices.SortedStableFunc(slices.Values(models), func(a, b *score.Model) int {
		return rubric.CompareEditions(a.Rubric.Edition(), b.Rubric.Edition())
	})
	var before *score.Model
	for _, m := range inOrder {
		if before == nil || before.Rubric.Edition() != m.Rubric.Edition() {
			a.add(m)
			before = m
		} else if Of(before) != Of(m) {
			a.Refused.Add(twice(m.Rubric, before.Rubric))
		}
	}
	return a
}

func (a *Addition) add(m *score.Model) {
	edition, digests := m.Rubric.Edition(), Of(m)
	if a.Lock.Find(edition) != nil {
		a.Unchanged++
		return
	}
	if rival := a.Lock.rival(edition, digests); rival != nil {
		a.Refused.Add(step(m.Rubric, rival))
		return
	}
	a.Lock = a.Lock.with(edition, digests)
	a.Added = append(a.Added, m.Rubric)
}
