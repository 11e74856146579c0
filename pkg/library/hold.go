package library

import (
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// kept is the lock of a folder; nil if there is none, or if it is not valid.
type kept struct {
	lock     *lock.Lock
	problems diag.List
}

// holding is how a rubric differs from what was published under its name, and what there is to tell of it and of all
// that it uses.
type holding struct {
	difference lock.Difference
	problems   diag.List
}

// Lock reads the lock of a folder, once. It is nil if there is none, and if there are problems, which everybody who asks
// is given: a damaged lock must not let everything pass.
func (l *Library) Lock(folder string) (*lock.Lock, diag.List) {
	if k, again := l.locks[folder]; again {
		return k.lock, k.problems
	}
	node, list := l.catalogue.Beside(folder, lock.FileName)
	found, problems := lock.Parse(node)
	if list = append(list, problems...); list.HasErrors() {
		list.Add(lock.Damaged(folder))
		found = nil
	}
	l.locks[folder] = kept{found, list}
	return found, list
}

// hold compares a rubric, and first each that it uses, with the lock of its folder. Whatever its status says now: if a
// lock lists it, it was published. One that is built in lies in no folder, and is what the program was built with.
// m is the rubric compiled by itself; if it is nil, that is done if it is needed.
func (l *Library) hold(r *rubric.Rubric, m *score.Model) holding {
	if h, again := l.holdings[r]; again {
		return h
	}
	var h holding
	for _, used := range r.Uses() {
		h.problems = append(h.problems, l.hold(used, nil).problems...)
	}
	difference, list := l.compare(r, m)
	h.difference, h.problems = difference, append(h.problems, list...)
	if difference != lock.None {
		remembered, _ := l.Lock(r.Folder())
		h.problems.Add(remembered.Refuse(r, difference, l.through(r, difference)))
	}
	l.holdings[r] = h
	return h
}

func (l *Library) compare(r *rubric.Rubric, m *score.Model) (lock.Difference, diag.List) {
	if r.Folder() == "" {
		return lock.None, nil
	}
	remembered, list := l.Lock(r.Folder())
	if remembered == nil {
		return lock.None, list
	}
	entry := remembered.Find(r.Edition())
	if entry == nil {
		return lock.None, nil
	}
	if m == nil {
		if m, list = score.Compile(r); m == nil {
			return lock.None, list
		}
	}
	return entry.Value.Compare(lock.Of(m)), nil
}

// through are the rubrics in use that a difference comes from. Words of a whole change with anything in a part.
func (l *Library) through(r *rubric.Rubric, how lock.Difference) []*rubric.Rubric {
	var found []*rubric.Rubric
	for _, used := range r.Uses() {
		if d := l.holdings[used].difference; d == how || d != lock.None && how == lock.Words {
			found = append(found, used)
		}
	}
	return found
}
