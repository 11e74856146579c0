package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// words turns what the engine found into sentences.
type words struct {
	res *score.Result
	// duties is whether the rubric says anywhere who must act; where it does not, nobody is named.
	duties bool
}

func newWords(res *score.Result) words {
	named := func(n score.Node) bool { return n.Duty != "" }
	return words{res: res, duties: slices.ContainsFunc(res.Model.Nodes, named) || slices.ContainsFunc(res.Model.Gates, func(g score.Gate) bool { return g.Duty != "" })}
}

// needs says what an evidence rule asks for, on the day of scoring and of the version that the record states.
func (w words) needs(r *rubric.EvidenceRule) string {
	since := ""
	if !r.MaxAge.IsZero() {
		since = fmt.Sprintf(" (dated %s or later)", w.res.AsOf.Subtract(r.MaxAge))
	}
	return conditions{w.res.Model}.evidence(r, since, w.version())
}

func (w words) version() string {
	if v := w.res.Record.Innovation.Version; v != "" {
		return "version " + v
	}
	return "the version in use, which the record must state"
}

// refused says why an item is not accepted.
func (w words) refused(r score.Refused) string {
	item := r.Item
	switch r.Reason {
	case score.WrongKind:
		return fmt.Sprintf("%s is of another kind (%s)", item.ID, lower(w.res.Model.KindTitle(item.Kind)))
	case score.Undated:
		return item.ID + " has no date"
	case score.FutureDated:
		return fmt.Sprintf("%s is dated in the future, %s", item.ID, item.Dated)
	case score.Expired:
		return fmt.Sprintf("%s ran out on %s", item.ID, r.Expired)
	case score.TooOld:
		return fmt.Sprintf("%s is too old: dated %s, good until %s", item.ID, item.Dated, r.Expired)
	case score.NoLastDay:
		return item.ID + " does not say on which day it ends"
	case score.OtherVersion:
		return fmt.Sprintf("%s is about version %s", item.ID, item.Covers.Version)
	case score.VersionNotCovered:
		return item.ID + " does not say which version it is about"
	case score.NotIndependent:
		return item.ID + " is not independent"
	case score.NotChecked:
		return item.ID + " has not been checked by a reader"
	case score.CheckFails:
		return fmt.Sprintf("%s does not show what is asked (%s)", item.ID, w.results(item))
	case score.Accepted:
	}
	return item.ID
}

// results are what an item says that it found.
func (w words) results(item *innovation.Evidence) string {
	var texts []string
	for _, e := range item.Results {
		texts = append(texts, e.Key+" "+e.Value)
	}
	if len(texts) == 0 {
		return "it states no results"
	}
	return "its results: " + strings.Join(texts, ", ")
}

// unmet says what a rule asks for from its level on, and why what is cited does not do.
func (w words) unmet(i int, u score.Unmet) string {
	subject := "A number"
	if u.From >= 0 {
		subject = quote(w.level(i, u.From))
	}
	return fmt.Sprintf("%s needs: %s. Cited: %s.", subject, w.wanted(u), w.cited(i, u))
}

// wanted is what an unmet rule asks for, with the version if that is what a cited item lacks.
func (w words) wanted(u score.Unmet) string {
	other := slices.ContainsFunc(u.Items, func(r score.Refused) bool { return r.Reason == score.OtherVersion })
	if other && u.Rule.Version == "" {
		return w.needs(u.Rule) + ", for " + w.version()
	}
	return w.needs(u.Rule)
}

func (w words) cited(i int, u score.Unmet) string {
	var reasons []string
	if u.Found > 0 {
		reasons = append(reasons, fmt.Sprintf("%d of the %d wanted", u.Found, max(u.Rule.Min, 1)))
	}
	for _, r := range u.Items {
		if r.Reason != score.WrongKind || !w.servesAnother(i, u, r) {
			reasons = append(reasons, w.refused(r))
		}
	}
	switch {
	case len(reasons) > 0:
		return strings.Join(reasons, "; ")
	case len(u.Items) > 0:
		return "nothing of that kind"
	}
	return "nothing"
}

// servesAnother reports whether an item of a kind that this rule does not ask for is one that another rule of the same
// criterion does: it is then no mistake to cite it.
func (w words) servesAnother(i int, u score.Unmet, r score.Refused) bool {
	return slices.ContainsFunc(w.res.Model.Nodes[i].EvidenceRules(), func(other *rubric.EvidenceRule) bool {
		return other != u.Rule && slices.Contains(other.Kinds, r.Item.Kind)
	})
}

// lowestUnmet are the rules that cap first: the others matter only once these are met.
func lowestUnmet(unmet []score.Unmet) []score.Unmet {
	if len(unmet) == 0 {
		return nil
	}
	lowest := unmet[0].From
	for _, u := range unmet {
		lowest = min(lowest, u.From)
	}
	return slices.DeleteFunc(slices.Clone(unmet), func(u score.Unmet) bool { return u.From != lowest })
}

// level is the label of a leaf's level.
func (w words) level(i, level int) string { return w.res.Model.Nodes[i].Scale.Levels[level].Label }

// at writes a number of a leaf: the label of a level, else the number with its unit.
func (w words) at(i int, x exact.Number) string {
	n := &w.res.Model.Nodes[i]
	switch {
	case n.Scale != nil && n.Scale.At(x) >= 0:
		return w.level(i, n.Scale.At(x))
	case n.Measure != nil:
		return strings.TrimSpace(x.String() + " " + n.Measure.Unit)
	case n.Scale != nil: // a mean between two levels
		return x.Fixed(means)
	}
	return x.String()
}

// means is how many decimals the mean of a survey is written with.
const means = 2

// claimed writes what a leaf is said to be: a level, a number, the mean of a survey, or a range.
func (w words) claimed(i int) string {
	c := &w.res.Criteria[i]
	x, _ := c.Number(score.Claimed)
	best, _ := c.Number(score.AtBest)
	text := w.at(i, x)
	if !x.Equal(best) {
		text = fmt.Sprintf("%s to %s", text, w.at(i, best))
	}
	if c.Respondents > 0 {
		text = fmt.Sprintf("%s (mean of %d)", text, c.Respondents)
	}
	return text
}

// counts writes what of it is supported.
func (w words) counts(i int) string {
	x, known := w.res.Criteria[i].Number(score.Evidenced)
	if !known {
		return notKnown
	}
	return w.at(i, x)
}

// stands says how a leaf stands, in few words.
func (w words) stands(i int) string {
	c := &w.res.Criteria[i]
	switch c.State {
	case score.Answered:
		if len(c.Unmet) == 0 {
			return w.claimed(i)
		}
		return fmt.Sprintf("Counts as %s (%s is claimed)", quote(w.counts(i)), quote(w.claimed(i)))
	case score.Unanswered:
		return notKnown
	case score.MayApply:
		return "may apply: " + w.missing(c.Missing)
	case score.NotApplicable:
		return "not applicable: " + c.NA
	case score.NotYetExpected:
		return "not expected yet"
	case score.DoesNotApply:
		return "does not apply"
	}
	return ""
}

// missing names what is not known, as sentences: facts by their question, criteria by their title.
func (w words) missing(names []string) string {
	var texts []string
	for _, name := range names {
		switch f := w.res.Model.Fact(name); {
		case name == "stage":
			texts = append(texts, "the stage is not stated")
		case name == score.NeedsPrice:
			texts = append(texts, "the price is not stated")
		case name == score.NeedsOtherBids:
			texts = append(texts, "the prices of the other bids")
		case len(w.res.Facts[name]) > 0:
			texts = append(texts, w.fact(name)+" (stated, and not shown: "+w.unmetFact(name)+")")
		case f != nil:
			texts = append(texts, w.fact(name))
		default:
			texts = append(texts, quote(w.title(name)))
		}
	}
	return joined(texts, "and")
}

// fact names a fact by its question.
func (w words) fact(name string) string {
	if f := w.res.Model.Fact(name); f.Ask != "" {
		return quote(f.Ask)
	}
	return "fact " + quote(name)
}

// unmetFact says what a fact needs to be shown by, and why what is cited does not do.
func (w words) unmetFact(name string) string {
	var why []string
	for _, u := range w.res.Facts[name] {
		reasons := []string{}
		for _, r := range u.Items {
			reasons = append(reasons, w.refused(r))
		}
		if len(reasons) == 0 {
			reasons = []string{"nothing is cited"}
		}
		why = append(why, fmt.Sprintf("needs %s; %s", w.wanted(u), strings.Join(reasons, "; ")))
	}
	return strings.Join(why, ". ")
}

func (w words) title(name string) string {
	if i, ok := w.res.Model.Lookup(name); ok {
		return w.res.Model.Nodes[i].Title
	}
	return name
}

// duty is who must act, as a word of the language.
func duty(d string) string {
	if d == "" {
		return "shared"
	}
	return d
}

// actor names who must act, apart: a buyer's gap is the buyer's. An idea has an owner where a product has a supplier.
func (w words) actor(d string) string {
	if d == "" && !w.duties {
		return ""
	}
	if w.res.Record.Innovation.Supplier == nil && w.res.Record.Innovation.Owner != nil {
		return actor(d, "owner")
	}
	return actor(d, "supplier")
}

func actor(d, supplier string) string {
	switch duty(d) {
	case "supplier":
		return supplier
	case "shared":
		return supplier + " and buyer"
	}
	return d
}

func inDays(from, to calendar.Date) string {
	switch days := from.DaysUntil(to); {
	case days == 0:
		return "today is the last day"
	case days < 0:
		return "ran out " + diag.Plural(-days, "day") + " ago"
	default:
		return "in " + diag.Plural(days, "day")
	}
}

func quote(s string) string { return "‘" + s + "’" }

func joined(items []string, word string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + word + " " + items[len(items)-1]
}

// lower writes a title for use inside a sentence, unless it begins with an abbreviation or is a name, whose second word
// is capital too.
func lower(title string) string {
	runes := []rune(title)
	if len(runes) == 0 || len(runes) > 1 && strings.ToUpper(string(runes[1])) == string(runes[1]) {
		return title
	}
	if words := strings.Fields(title); len(words) > 1 && unicode.IsUpper([]rune(words[1])[0]) {
		return title
	}
	return strings.ToLower(string(runes[:1])) + string(runes[1:])
}

// sentence ends a text with a full stop, if it has no end of its own.
func sentence(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// sentences writes several texts one after the other, each with an end.
func sentences(texts []string) string {
	ended := make([]string, len(texts))
	for i, t := range texts {
		ended[i] = sentence(strings.TrimSpace(t))
	}
	return strings.Join(ended, " ")
}

func capital(s string) string {
	if s == "" {
		return s
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
