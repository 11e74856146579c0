package lock

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// Rules of this package's diagnostics.
const (
	ruleWords   = "lock-words"
	ruleScoring = "lock-scoring"
	ruleStep    = "lock-step"
	ruleTwice   = "lock-twice"
	ruleMissing = "lock-missing"
	ruleDamaged = "lock-damaged"
)

// IsRefusal reports whether a diagnostic is about a rubric that could be read, and is not what the lock says.
func IsRefusal(d diag.Diagnostic) bool {
	return slices.Contains([]string{ruleWords, ruleScoring, ruleStep, ruleTwice, ruleMissing}, d.Rule)
}

// Difference is how a rubric differs from what was published under its name.
type Difference uint8

// Differences.
const (
	None    Difference = iota // it is what was published
	Words                     // its words changed; it scores as before
	Scoring                   // what its scores are computed from changed
	Engine                    // every word is the same; this program computes scores from them in another way
)

// Compare says how digests differ from those that are remembered.
func (d Digests) Compare(now Digests) Difference {
	switch {
	case d == now:
		return None
	case d.Scoring == now.Scoring:
		return Words
	case d.Content == now.Content:
		return Engine
	}
	return Scoring
}

// Refuse tells that a rubric differs from what this lock remembers of it. through are those of the rubrics it uses that
// differ in the same way themselves; if there are none, it is not known in which of several files the change is.
func (l *Lock) Refuse(r *rubric.Rubric, how Difference, through []*rubric.Rubric) diag.Diagnostic {
	at := l.Find(r.Edition()).KeyPlace
	published := fmt.Sprintf("rubric %q %s was published (%s:%d), and ", r.ID, r.Version, at.File, at.Line)
	d := diag.Diagnostic{Rule: ruleScoring, Place: r.At("version")}
	switch how {
	case Words:
		d.Rule = ruleWords
		d.Message = published + "its words have changed since" + in(r, through) + "; its scores stay comparable"
		d.Hint = "take the change back, or give the rubric a new version: the last number rises, or the middle one (`touchstone diff` says which)"
	case Engine:
		d.Message = published + "not a word has changed since, but its scoring digest has: this version of touchstone computes scores otherwise, or the lock was edited"
		d.Hint = "bring the lock back, or use the version of touchstone that wrote it, or give the rubric a new version whose first number rises (the second, below 1.0.0)"
	case Scoring, None:
		d.Message = published + "what its scores are computed from has changed since" + in(r, through) + "; results before and after are not comparable"
		d.Hint = "take the change back, or give the rubric a new version whose first number rises (the second, below 1.0.0)"
	}
	return d
}

// in says in which files the change is: `, in vocabulary.yaml`, or "" if that goes without saying.
func in(r *rubric.Rubric, through []*rubric.Rubric) string {
	if len(through) > 0 {
		return ", in " + join(editions(through), " and ") + ", which it uses"
	}
	files := []string{"this file"}
	for _, v := range r.Imported() {
		files = append(files, v.Place().File)
	}
	files = append(files, editions(r.Uses())...)
	const few = 4
	switch {
	case len(files) == 1:
		return ""
	case len(files) > few:
		return ", in this file or in what it imports and uses"
	}
	return ", in " + join(files, " or ")
}

func editions(rubrics []*rubric.Rubric) []string {
	names := make([]string, len(rubrics))
	for i, r := range rubrics {
		names[i] = fmt.Sprintf("rubric %q %s", r.ID, r.Version)
	}
	return names
}

// join puts a word before the last of several.
func join(all []string, last string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + last + all[len(all)-1]
}

// step tells that a rubric which is to be locked scores otherwise than another edition that may be taken for it.
func step(r *rubric.Rubric, rival *Entry) diag.Diagnostic {
	_, version, _ := strings.Cut(rival.Key, "@")
	return diag.Diagnostic{
		Rule: ruleStep, Place: r.At("version"), Hint: "give it a new version whose first number rises, so that results under the two are not compared",
		Message: fmt.Sprintf("rubric %q %s computes scores otherwise than %s, and whoever asks for %s may get either", r.ID, r.Version, version, promise(rival.Key)),
	}
}

// twice tells that two rubrics of one folder and name differ.
func twice(r, other *rubric.Rubric) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: ruleTwice, Place: r.At("version"), Hint: "keep one of the two, or give one another version",
		Message: fmt.Sprintf("rubric %q %s is in %q too, and they differ", r.ID, r.Version, path.Base(other.Place().File)),
	}
}

// Missing tells that a published rubric is not in the lock of its folder.
func Missing(r *rubric.Rubric) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: ruleMissing, Place: r.At("version"), Hint: "run `touchstone lock`, and keep what it writes with the rubric",
		Message: fmt.Sprintf("rubric %q %s is %s, and not in %s", r.ID, r.Version, r.Status, path.Join(r.Folder(), FileName)),
	}
}

// Damaged tells what follows from a lock with errors.
func Damaged(folder string) diag.Diagnostic {
	return diag.Diagnostic{
		Severity: diag.Note, Rule: ruleDamaged, Place: diag.Place{File: path.Join(folder, FileName)},
		Message: "no rubric beside this lock can be used, since it might be listed here",
		Hint:    "bring back the file as `touchstone lock` wrote it; after a merge, keep the lines of both sides",
	}
}
