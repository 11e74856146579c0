// Package lock remembers what was published: for each edition of a rubric the digests of its words and of what its scores
// are computed from. It says how a rubric differs from what is remembered, and writes locks.
//
// It opens no file.
package lock

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// FileName is what the lock of a folder is called. It lies beside the rubrics that it lists.
const FileName = "rubrics.lock.yaml"

// Lock is what a folder remembers of the rubrics that were published in it. The zero value remembers none.
type Lock struct {
	source.Origin
	Rubrics []Entry // in the order of the file
}

// Entry is an edition, `id@version`, with its digests.
type Entry = source.Entry[string, Digests]

// Digests are what a rubric came to when it was published, with all that it uses: each is `sha256:` and 64 digits.
type Digests struct {
	Content string // of its words, as [rubric.Rubric.ContentDigest] gives it
	Scoring string // of what its scores are computed from, as [score.Model.ScoringDigest] gives it
}

// Of computes the digests of a compiled rubric.
func Of(m *score.Model) Digests {
	return Digests{Content: m.Rubric.ContentDigest(), Scoring: m.ScoringDigest()}
}

// Find returns what is remembered of an edition, or nil.
func (l *Lock) Find(edition string) *Entry {
	for i := range l.Rubrics {
		if l.Rubrics[i].Key == edition {
			return &l.Rubrics[i]
		}
	}
	return nil
}

// with is a lock that remembers one edition more, in order.
func (l *Lock) with(edition string, d Digests) *Lock {
	all := append(slices.Clone(l.Rubrics), Entry{Key: edition, Value: d})
	slices.SortStableFunc(all, func(a, b Entry) int { return rubric.CompareEditions(a.Key, b.Key) })
	return &Lock{Origin: l.Origin, Rubrics: all}
}

// rival is an edition that is remembered with another scoring, and that whoever asks for the first number of this one's
// version may be given in its place, or nil: `ward@1` is the newest of 1.x.y. Versions that begin with 0, and those that
// lead to a release, promise nothing.
func (l *Lock) rival(edition string, d Digests) *Entry {
	for i := range l.Rubrics {
		e := &l.Rubrics[i]
		if promise(edition) != "" && promise(e.Key) == promise(edition) && e.Value.Scoring != d.Scoring {
			return e
		}
	}
	return nil
}

// promise is what all editions share that must score alike, `ward@1`, or "" if the edition makes none.
func promise(edition string) string {
	id, version, _ := strings.Cut(edition, "@")
	first, _, _ := strings.Cut(version, ".")
	if first == "0" || strings.Contains(version, "-") {
		return ""
	}
	return id + "@" + first
}
