package revision

import (
	"cmp"
	"fmt"
	"math/big"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// Rule is the rule of the diagnostic for a version that does not step far enough.
const Rule = "version-step"

// Step is how far the version steps, beside how far it must.
type Step struct {
	Old, New string
	// Class is that of the gravest change.
	Class Class
	// Least is the least release that will do. Of a pre-release that leaves room for the change, a later one will do too.
	Least string
	// After reports that any version after the old one will do.
	After bool
	// Fine reports whether the new version is far enough, Down whether it comes before the old one.
	Fine, Down bool
	// Draft reports whether the old version was a draft, on which nobody relies: it may change freely.
	Draft bool
}

// Step finds the least version, by semver.org. Below 1.0.0 a major change needs only a minor step. A pre-release asks for
// no more than its own release makes: after 2.0.0-rc.1 a major change needs only what comes after that.
func (d *Diff) Step() Step {
	s := Step{Old: d.Old.Rubric.Version, New: d.New.Rubric.Version, Class: d.Class(), Draft: isDraft(d.Old.Rubric)}
	s.Least, s.After = least(s.Old, s.Class)
	order := rubric.CompareVersions(s.New, s.Old)
	switch {
	case order < 0:
		s.Down = true
	case s.Class == None:
		s.Fine = true
	default: // a pre-release of a version makes the same step
		s.Fine = order > 0 && rubric.CompareVersions(coreOf(s.New), s.Least) >= 0
	}
	return s
}

// least is the least release for a change of a class, and whether all that comes after the old version will do.
func least(old string, class Class) (release string, after bool) {
	core := coreOf(old)
	numbers := strings.Split(core, ".")
	if numbers[0] == "0" {
		class = min(class, Minor)
	}
	if class == None || old != core && class <= stepOf(numbers) {
		return core, true
	}
	at := map[Class]int{Major: 0, Minor: 1, Patch: 2}[class]
	numbers[at] = next(numbers[at])
	for i := at + 1; i < len(numbers); i++ {
		numbers[i] = "0"
	}
	return strings.Join(numbers, "."), false
}

// coreOf is a version without what makes it a pre-release.
func coreOf(version string) string {
	core, _, _ := strings.Cut(version, "-")
	return core
}

// stepOf is the step that a release of these numbers makes.
func stepOf(numbers []string) Class {
	switch {
	case numbers[2] != "0":
		return Patch
	case numbers[1] != "0":
		return Minor
	}
	return Major
}

// next is the whole number after one, which may be longer than any integer.
func next(number string) string {
	n, _ := new(big.Int).SetString(number, 10) // a version is digits, as it was read
	return n.Add(n, big.NewInt(1)).String()
}

// Problem is what is wrong with the new version, and whether anything is: an error, or for what was a draft a note. A
// version that comes before the old one is an error always.
func (d *Diff) Problem() (diag.Diagnostic, bool) {
	s := d.Step()
	if s.Fine {
		return diag.Diagnostic{}, false
	}
	p := diag.Diagnostic{Rule: Rule, Place: d.New.Rubric.At("version")}
	what := fmt.Sprintf("the step from version %s to %s is too small for a %s change", s.Old, s.New, s.Class)
	switch {
	case s.Down:
		what = fmt.Sprintf("the version goes down from %s to %s", s.Old, s.New)
	case s.New == s.Old:
		what = fmt.Sprintf("version %s is as it was, and the gravest change is %s", s.New, s.Class)
	}
	p.Message = what + ", expected " + s.Expected()
	p.Hint = fmt.Sprintf("write `version: %s`", s.Least)
	if s.Draft && !s.Down {
		p.Severity, p.Hint = diag.Note, "what was a draft may keep its version; once it is published, that is what a change like this needs"
	} else if d.Renamed() {
		p.Hint += fmt.Sprintf(", or compare it with an earlier version of %q", d.New.Rubric.ID)
	}
	return p, true
}

// Expected says which versions will do.
func (s Step) Expected() string {
	switch {
	case s.After && s.Class == None && !strings.Contains(s.Old, "-"):
		return "at least " + s.Old
	case s.After:
		return fmt.Sprintf("a version after %s, such as %s", s.Old, cmp.Or(s.Least, s.Old))
	}
	return "at least " + s.Least
}
