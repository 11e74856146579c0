package rubric

import (
	"cmp"
	"slices"
	"strings"
)

// Versions are texts such as 1.2.3 or 1.2.3-rc.1, with the order that semver.org gives them.

// satisfies reports whether a version is what is asked for: `1.2.3` is that one only, `1.2` and `1` are all that begin
// so, "" is all.
func satisfies(version, asked string) bool {
	core, _ := splitVersion(version) // 1.0.0-rc.1 is no part of 1.0.0, nor of 1.0.0-rc
	return asked == "" || version == asked || strings.HasPrefix(core, asked+".")
}

// newest is the version to take of those that satisfy what is asked for, or "" if none does. A pre-release is taken only
// if it is asked for exactly, or if there is no release.
func newest(versions []string, asked string) string {
	fit := slices.DeleteFunc(slices.Clone(versions), func(v string) bool { return !satisfies(v, asked) })
	if releases := slices.DeleteFunc(slices.Clone(fit), isPreRelease); len(releases) > 0 {
		fit = releases
	}
	if len(fit) == 0 {
		return ""
	}
	return slices.MaxFunc(fit, compareVersions)
}

// splitVersion is a version's three numbers, and what follows the hyphen.
func splitVersion(version string) (core, pre string) {
	core, pre, _ = strings.Cut(version, "-")
	return core, pre
}

func isPreRelease(version string) bool {
	_, pre := splitVersion(version)
	return pre != ""
}

// isVersion reports whether a text has the form of a version, as far as one needs to put it in order.
func isVersion(text string) bool {
	core, _ := splitVersion(text)
	numbers := strings.Split(core, ".")
	return len(numbers) == 3 && !slices.ContainsFunc(numbers, func(n string) bool { return !isDigits(n) })
}

// CompareEditions orders texts such as ward@1.2.3: by id, then by version from the oldest to the newest.
func CompareEditions(a, b string) int {
	idA, versionA, _ := strings.Cut(a, "@")
	idB, versionB, _ := strings.Cut(b, "@")
	return cmp.Or(strings.Compare(idA, idB), compareVersions(versionA, versionB))
}

// CompareVersions returns -1, 0 or 1 as version a comes before, is or comes after version b, in the order of semver.org.
func CompareVersions(a, b string) int { return compareVersions(a, b) }

func compareVersions(a, b string) int {
	coreA, preA := splitVersion(a)
	coreB, preB := splitVersion(b)
	order := compareParts(coreA, coreB)
	switch {
	case order != 0 || preA == preB:
		return order
	case preA == "": // the release comes after all that led to it
		return 1
	case preB == "":
		return -1
	}
	return compareParts(preA, preB)
}

// compareParts compares part by part; of two that begin alike the shorter comes first.
func compareParts(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), comparePart)
}

// comparePart puts numbers before words. A number may be longer than any integer, and has no zeros before it.
func comparePart(a, b string) int {
	switch numberA, numberB := isDigits(a), isDigits(b); {
	case numberA && numberB:
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	case numberA:
		return -1
	case numberB:
		return 1
	}
	return strings.Compare(a, b)
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
