package score_test

import (
	"slices"
	"strings"
)

// smallest cuts away what a law does not need to be broken, one thing at a time, until nothing more can go.
func smallest(w *world, broken func(w *world) error) *world {
	panics := strings.HasPrefix(broken(w).Error(), "panic") // which is another fault
	for k := 0; ; k++ {
		c := w.clone()
		if !c.cut(k) {
			return w
		}
		if err := broken(c); err != nil && strings.HasPrefix(err.Error(), "panic") == panics {
			w, k = c, -1
		}
	}
}

// cutter counts the things that can go, and takes away the one that it comes to.
type cutter struct {
	left int
	done bool
}

func (c *cutter) hit() bool {
	c.left--
	c.done = c.done || c.left == -1
	return c.left == -1
}

func drop[T any](c *cutter, list *[]T) {
	for i := range *list {
		if c.hit() {
			*list = slices.Delete(slices.Clone(*list), i, i+1)
			return
		}
	}
}

// empty takes away a value that is not empty.
func empty[T comparable](c *cutter, value *T) {
	var none T
	if *value != none && c.hit() {
		*value = none
	}
}

// cut takes the k-th thing away, and reports whether there is one.
func (w *world) cut(k int) bool {
	c := &cutter{left: k}
	if w.b != nil && len(w.uses()) == 0 && c.hit() {
		w.b = nil
	}
	for _, s := range w.sheets() {
		drop(c, &s.gates)
		drop(c, &s.flags)
		c.group(&s.group)
		if len(s.bands) > 0 && c.hit() {
			s.bands = nil
		}
		for _, g := range slices.Concat(s.gates, s.flags) {
			empty(c, &g.when)
			empty(c, &g.fromStage)
		}
	}
	c.record(w.rec)
	return c.done
}

func (c *cutter) group(g *group) {
	if len(g.criteria) > 1 {
		drop(c, &g.criteria)
	}
	empty(c, &g.policy)
	empty(c, &g.least)
	empty(c, &g.from)
	if g.from == "" {
		g.to = ""
	}
	if g.combine != "" && g.combine != "mean" && g.combine != "profile" && c.hit() {
		g.combine = "mean"
	}
	for _, of := range g.criteria {
		if of.combine == "profile" && of.weight == "0" {
			of.when = nil
		} else {
			empty(c, &of.weight)
		}
		empty(c, &of.when)
		empty(c, &of.rule)
		for _, text := range []*string{&of.fromStage, &of.metAt, &of.minimumAt, &of.na} {
			empty(c, text)
		}
		for _, n := range []*int{&of.met, &of.minimum, &of.respondents} {
			empty(c, n)
		}
		empty(c, &of.lifted)
		drop(c, &of.evidence)
		if of.criteria != nil {
			c.group(&of.group)
		}
		if of.use != nil {
			empty(c, &of.use.as)
			drop(c, &of.use.only)
			drop(c, &of.use.except)
			drop(c, &of.use.without)
			drop(c, &of.use.weights)
		}
	}
}

func (c *cutter) record(r *record) {
	empty(c, &r.stage)
	empty(c, &r.version)
	empty(c, &r.price)
	for _, name := range factNames {
		if f, ok := r.facts[name]; ok && c.hit() {
			delete(r.facts, name)
		} else if ok {
			drop(c, &f.evidence)
			r.facts[name] = f
		}
	}
	drop(c, &r.items)
	for _, name := range r.order {
		if a := r.answers[name]; a != nil && c.hit() {
			delete(r.answers, name)
		} else if a != nil {
			drop(c, &a.evidence)
		}
	}
}
