package diag

import (
	"fmt"
	"slices"
	"strings"
)

// DidYouMean is a hint for a word that is none of the known ones: the nearest of them, or all if they are few, or "".
func DidYouMean(word string, known []string) string {
	known = slices.DeleteFunc(slices.Clone(known), func(k string) bool { return k == "" })
	if near := Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	const few = 12
	if len(known) == 0 || len(known) > few {
		return ""
	}
	return "expected " + OneOf(known)
}

// OneOf lists words in order: `"a"`, `one of "a", "b"`.
func OneOf(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return "one of " + strings.Join(quoted, ", ")
}

// Nearest returns the known word that is nearest to the given one, or "" if none is near: within a third of its
// length, at least one edit of words that are longer than a letter, whatever the case of letters. Of two equally near, the first.
func Nearest(word string, known []string) string {
	best, least := "", max(1, len([]rune(word))/3)+1
	if len([]rune(word)) < 2 { // of one letter, another is as far as can be
		least = 1
	}
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
func distance(s, t string) int {
	a, b := []rune(s), []rune(t)
	var before []int
	above := make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}

// Plural writes a count with its noun: `1 error`, `2 errors`.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	// A y after a vowel stays: days, keys, surveys.
	if before, ok := strings.CutSuffix(noun, "y"); ok && strings.TrimRight(before, "aeiou") == before {
		return fmt.Sprintf("%d %sies", n, before)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
