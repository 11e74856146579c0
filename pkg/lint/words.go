package lint

import (
	"slices"
	"strings"
	"unicode"
)

// Rules about wording look at words, in small letters. They advise, since no list of words knows what a sentence means.

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' && r != '%'
	})
}

// praise are words that say how something is valued, not what is seen. Two readers take them differently.
var praise = []string{
	"acceptable", "adequate", "adequately", "ambitious", "appropriate", "appropriately", "compelling", "comprehensive", "comprehensively",
	"convincing", "cutting-edge", "effective", "effectively", "excellent", "exceptional", "exemplary", "fully", "good", "great", "happy", "high-quality",
	"highly", "inadequate", "innovative", "insufficient", "largely", "love", "market-leading", "meaningful", "mostly", "nice", "nicely", "outstanding", "poor", "properly", "reasonable", "relevant", "robust", "robustly",
	"satisfactory", "seamless", "state-of-the-art", "strong", "strongly", "substantial", "sufficient", "sufficiently",
	"suitable", "thorough", "thoroughly", "timely", "unacceptable", "unsatisfactory", "weak", "well-developed", "wonderful", "world-class",
}

// praiseIn are the words of praise in a text, in their order.
func praiseIn(text string) []string {
	return slices.DeleteFunc(wordsOf(text), func(w string) bool { return !slices.Contains(praise, w) })
}

// observable reports whether a text names something that two readers would count, date or find alike: a number, or what
// was put on paper by somebody.
func observable(text string) bool {
	return slices.ContainsFunc(wordsOf(text), func(w string) bool {
		return strings.ContainsAny(w, "0123456789") || slices.Contains(counted, w)
	})
}

var counted = []string{
	"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty", "half", "every", "each", "none", "no", "nobody",
	"dated", "signed", "minuted", "published", "named", "timed", "counted", "recorded", "certified",
}

// smallWords carry no meaning of their own in a comparison of two descriptors.
var smallWords = []string{"a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "has", "have", "in", "is", "it", "its", "of", "on", "or", "that", "the", "there", "this", "to", "was", "were", "which", "with", "very", "some", "clear", "clearly"}

// bare is what is left of a text without small words, praise and plurals, in order.
func bare(text string) []string {
	words := slices.DeleteFunc(wordsOf(text), func(w string) bool {
		return slices.Contains(smallWords, w) || slices.Contains(praise, w)
	})
	for i, w := range words {
		words[i] = strings.TrimSuffix(w, "s")
	}
	return words
}

// secondQuestion is the words with which a text asks a second thing, or "".
func secondQuestion(text string) string {
	if first := strings.Index(text, "?"); first >= 0 && strings.Contains(text[first+1:], "?") {
		return "?"
	}
	words := wordsOf(text)
	for i := 1; i+2 < len(words); i++ {
		if join := words[i]; join != "and" && join != "or" || slices.Contains(asking, words[i-1]) { // when and how is one
			continue
		}
		if begins, next := words[i+1], words[i+2]; slices.Contains(asking, begins) || slices.Contains(auxiliary, begins) && slices.Contains(subjects, next) {
			return words[i] + " " + begins
		}
	}
	return ""
}

// asking are words with which a question begins; after an auxiliary there has to be somebody it is asked of, or it may be
// part of a statement.
var (
	asking    = []string{"who", "what", "when", "where", "which", "why", "how"}
	auxiliary = []string{"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should", "may", "must"}
	subjects  = []string{"a", "all", "an", "any", "anybody", "anyone", "each", "every", "he", "it", "its", "one", "somebody", "staff", "the", "their", "there", "these", "they", "this", "those", "users", "we", "you"}
)

// unfinished is a mark that its author meant to come back, or "".
func unfinished(text string) string {
	for _, mark := range []string{"TODO", "TBC", "TBD", "FIXME", "XXX", "lorem ipsum", "???"} {
		if strings.Contains(text, mark) {
			return mark
		}
	}
	return ""
}

// short writes the beginning of a text, for a message.
func short(text string) string {
	const most = 60
	if runes := []rune(strings.Join(strings.Fields(text), " ")); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return strings.Join(strings.Fields(text), " ")
}
