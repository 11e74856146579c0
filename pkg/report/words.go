package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// words turns what the engine found into sentences.
type words struct{ res *score.Result }

// needs says what an evidence rule asks for: `2 of: time and motion study, from the last 24 months, independent`.
func (w words) needs(r *rubric.EvidenceRule) string {
	titles := make([]string, len(r.Kinds))
	for i, k := range r.Kinds {
		titles[i] = lower(w.res.Model.KindTitle(k))
	}
	what := "an item of evidence"
	if len(titles) > 0 {
		what = joined(titles, "or")
	}
	switch {
	case r.Min > 1 && len(titles) > 0:
		what = fmt.Sprintf("%d items (%s)", r.Min, what)
	case r.Min > 1:
		what = fmt.Sprintf("%d items of evidence", r.Min)
	}
	parts := []string{what}
	if !r.MaxAge.IsZero() {
		parts = append(parts, fmt.Sprintf("from the last %s (dated %s or later)", r.MaxAge, w.res.AsOf.Subtract(r.MaxAge)))
	}
	if r.Independent {
		parts = append(parts, "from somebody independent")
	}
	if r.Checked {
		parts = append(parts, "checked by a reader")
	}
	if r.Version != "" {
		parts = append(parts, "for "+w.version())
	}
	return strings.Join(parts, ", ")
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
	case score.OtherVersion:
		return fmt.Sprintf("%s is about version %s", item.ID, item.Covers.Version)
	case score.VersionNotCovered:
		return item.ID + " does not say which version it is about"
	case score.NotIndependent:
		return item.ID + " is not independent"
	case score.NotChecked:
		return item.ID + " has not been checked by a reader"
	case score.Accepted:
	}
	return item.ID
}

// unmet says what a rule asks for from its level on, and why what is cited does not do.
func (w words) unmet(i int, u score.Unmet) string {
	level := w.res.Model.Nodes[i].Scale.Levels[u.From].Label
	return fmt.Sprintf("%s needs: %s. Cited: %s.", quote(level), w.wanted(u), w.cited(i, u))
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
		reasons = append(reasons, fmt.Sprintf("%d that counts, of %d", u.Found, max(u.Rule.Min, 1)))
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

// level is the label of a leaf's level, or what stands for it.
func (w words) level(i, level int) string { return w.res.Model.Nodes[i].Scale.Levels[level].Label }

// stands says how a leaf stands, in few words.
func (w words) stands(i int) string {
	c := &w.res.Criteria[i]
	switch c.State {
	case score.Answered:
		if c.ClaimedLevel == c.Level {
			return w.level(i, c.Level)
		}
		return fmt.Sprintf("Counts as %s (%s is claimed)", quote(w.level(i, c.Level)), quote(w.level(i, c.ClaimedLevel)))
	case score.Unanswered:
		return "not known"
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
		case f != nil && f.Ask != "":
			texts = append(texts, quote(f.Ask))
		case f != nil:
			texts = append(texts, "fact "+quote(name))
		default:
			texts = append(texts, quote(w.title(name)))
		}
	}
	return joined(texts, "and")
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

// lower writes a title for use inside a sentence, unless it begins with an abbreviation.
func lower(title string) string {
	runes := []rune(title)
	if len(runes) > 1 && strings.ToUpper(string(runes[1])) == string(runes[1]) {
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

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
