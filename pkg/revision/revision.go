// Package revision says what changed between two versions of a rubric, how grave each change is, and how far the version
// must step; and of records, which results move and which change moves them.
//
// What is written is compared by id and by key. Whether a change alters what scores are computed from is not guessed from
// its key: the compiled models are compared part by part, so that the scoring digests differ if and only if a change is
// major.
package revision

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Class is how grave a change is, and so how far the version must step.
type Class uint8

// Classes, lightest first.
const (
	None  Class = iota // asks for no step: the version itself, and the status
	Patch              // wording that decides nothing, order, what is known about the rubric
	Minor              // verdicts, and the words that decide answers
	Major              // what a score is computed from
)

// Classes are all classes, gravest first.
var Classes = []Class{Major, Minor, Patch, None}

// String writes the class as the JSON form does.
func (c Class) String() string { return [...]string{"none", "patch", "minor", "major"}[c] }

// Kind is what happened.
type Kind string

// Kinds.
const (
	Added     Kind = "added"
	Removed   Kind = "removed"
	Changed   Kind = "changed"
	Moved     Kind = "moved"     // to another group
	Reordered Kind = "reordered" // the same, in another order
	// Follows marks a criterion in which nothing was changed, and whose score is computed otherwise because of another
	// change.
	Follows Kind = "follows"
)

// What changes are about.
const (
	TheRubric   = "rubric"
	ACriterion  = "criterion"
	AGate       = "gate"
	AFlag       = "flag"
	ABand       = "band"
	AFact       = "fact"
	AScale      = "scale"
	AKind       = "kind"
	ARole       = "role"
	AVocabulary = "vocabulary"
)

// Change is one thing that is otherwise in the new rubric.
type Change struct {
	Class Class
	Kind  Kind
	// Rubric is the rubric in use that was changed, by its name here; "" for the rubric itself.
	Rubric string
	// What and Name say what was changed: criterion `net-burden`. The rubric itself has no name.
	What, Name string
	// Key is that which was changed, with those above it: `weight`, `evidence/max_age`. It is "" if the whole was added,
	// removed or moved. Item says which of several: the rule, level or name, as written.
	Key, Item string
	// Old and New are the values as written, in one line; "" where there is none. Of a whole they say what it is.
	Old, New string
	// Why says why the class is another than that of the key; else "".
	Why string
	// Place is where the new value stands; of what was removed, where the old one did.
	Place diag.Place
	// Touches are the full names of the criteria whose score is computed otherwise for it, in alphabetical order.
	Touches []string

	bears   effect
	reaches reach
	touched map[string][]string // the aspects, by name
	// aside is why the change decides nothing here, whatever its key is; else "".
	aside string
}

// Diff is what changed between two versions of a rubric.
type Diff struct {
	Old, New *score.Model
	// Changes are gravest first, and then as they stand in the rubric and in those that it uses.
	Changes []Change

	from, to *side
}

// Compare compares two versions of a rubric, whole and with all that they import and use.
func Compare(from, to *score.Model) *Diff {
	root := to.Nodes[0].Name
	d := &Diff{Old: from, New: to, from: newSide(from, root), to: newSide(to, root)}
	if d.SameContent() {
		return d
	}
	c := &comparer{old: d.from, new: d.to}
	c.rubrics()
	d.Changes = c.classify()
	slices.SortStableFunc(d.Changes, func(a, b Change) int { return int(b.Class) - int(a.Class) })
	return d
}

// SameContent reports whether both say the same, to the letter.
func (d *Diff) SameContent() bool {
	return d.Old.Rubric.ContentDigest() == d.New.Rubric.ContentDigest() && d.Old.Rubric.Status == d.New.Rubric.Status
}

// Class is the gravest of the changes.
func (d *Diff) Class() Class {
	gravest := None
	for i := range d.Changes {
		gravest = max(gravest, d.Changes[i].Class)
	}
	return gravest
}

// Renamed reports whether the two are rubrics of different ids.
func (d *Diff) Renamed() bool { return d.Old.Rubric.ID != d.New.Rubric.ID }

// Count is how many changes there are of a class.
func (d *Diff) Count(class Class) int {
	n := 0
	for i := range d.Changes {
		if d.Changes[i].Class == class {
			n++
		}
	}
	return n
}

// isDraft reports whether nobody relies on a rubric yet.
func isDraft(r *rubric.Rubric) bool { return r.Status == "" || r.Status == "draft" }
