package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/revision"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// Replay is what records come to under two versions of a rubric.
type Replay struct {
	AsOf   calendar.Date
	Moves  []*revision.Move
	Stay   int
	Passed int // records for other rubrics, which answer nothing of this one
	Unread []Unread
}

// Unread is a record that cannot be read under one of the versions, or under both.
type Unread struct {
	File     string
	Old, New diag.List
}

// Diff shows what changed between two versions of a rubric: first what it comes to, then the changes, gravest first, and
// then which records move, if some were replayed.
func Diff(d *revision.Diff, replay *Replay) Page {
	from, to := d.Old.Rubric, d.New.Rubric
	p := Page{
		Title: fmt.Sprintf("%s %s → %s", to.Title, from.Version, to.Version),
		Data:  func() any { return diffData(d, replay) },
	}
	if d.Renamed() {
		p.Title = fmt.Sprintf("%s %s → %s %s", from.ID, from.Version, to.ID, to.Version)
		p.Lines = append(p.Lines, fmt.Sprintf("Another rubric: the id was %s and is %s.", from.ID, to.ID))
	}
	p.Lines = append(p.Lines, stepText(d), countText(d))
	if !d.SameContent() {
		p.Lines = append(p.Lines, "old: "+edition(from), "new: "+edition(to))
	}
	if replay != nil {
		p.Lines = append(p.Lines, replayText(replay))
	}
	for _, class := range revision.Classes {
		p.add(changes(d, class))
	}
	if replay != nil {
		p.add(verdictMoves(d, replay))
		p.add(scoreMoves(d, replay))
		p.add(unread(replay))
	}
	return p
}

func edition(r *rubric.Rubric) string {
	return fmt.Sprintf("%s (%s, %s)", r.Place().File, r.Version, cmp.Or(r.Status, "draft"))
}

// stepText says what the changes ask of the version, and whether it does that.
func stepText(d *revision.Diff) string {
	s := d.Step()
	grave := capital(s.Class.String()) + ": "
	switch {
	case s.Down:
		return fmt.Sprintf("The version goes down: it was %s and is %s, expected %s.", s.Old, s.New, s.Expected())
	case d.SameContent():
		return "No change: both say the same, to the letter."
	case s.Class == revision.None:
		return "Nothing was changed that asks for a new version."
	case s.Fine && s.After:
		return fmt.Sprintf("%sthe version must come after %s; it is %s.", grave, s.Old, s.New)
	case s.Fine:
		return fmt.Sprintf("%sthe version must go to at least %s; it is %s.", grave, s.Least, s.New)
	case s.Draft:
		return fmt.Sprintf("%sof a published rubric, the version would have to go to %s; it says %s. A draft may change freely.", grave, strings.TrimPrefix(s.Expected(), "a "), s.New)
	case s.After:
		return fmt.Sprintf("%sthe version must come after %s; it says %s.", grave, s.Old, s.New)
	}
	return fmt.Sprintf("%sthe version must go to at least %s; it says %s.", grave, s.Least, s.New)
}

// countText counts the changes, and says whether results can still be compared.
func countText(d *revision.Diff) string {
	results := "Results stay comparable: the scoring digest is the same."
	if d.Old.ScoringDigest() != d.New.ScoringDigest() {
		results = "Results under the two are not comparable: the scoring digest is another."
	}
	if len(d.Changes) == 0 {
		return results
	}
	var counts []string
	for _, class := range revision.Classes {
		if n := d.Count(class); n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, classWord(class)))
		}
	}
	return fmt.Sprintf("%s: %s. %s", diag.Plural(len(d.Changes), "change"), strings.Join(counts, ", "), results)
}

func classWord(c revision.Class) string {
	if c == revision.None {
		return "without a step"
	}
	return c.String()
}

var classTitles = map[revision.Class]string{
	revision.Major: "Major: what a score is computed from",
	revision.Minor: "Minor: verdicts, and the words that decide answers",
	revision.Patch: "Patch: other wording, order, what is known about the rubric",
	revision.None:  "Asks for no step",
}

// changes are those of a class.
func changes(d *revision.Diff, class revision.Class) Section {
	s := Section{
		ID: "changes-" + class.String(), Title: classTitles[class],
		Columns: []Column{{Title: "What", Share: 4}, {Title: "Was", Share: 4}, {Title: "Is", Share: 4}, {Title: "Where"}},
	}
	for i := range d.Changes {
		if c := &d.Changes[i]; c.Class == class {
			was, is := shortened(c.Old, c.New)
			s.Rows = append(s.Rows, cells(subject(c)+becauseOf(c), was, is, where(d, c)))
		}
	}
	return s
}

// subject says what was changed: `criterion net-burden: evidence 2 max_age`.
func subject(c *revision.Change) string {
	name := c.Name
	switch {
	case c.Rubric != "" && name == "":
		name = c.Rubric
	case c.Rubric != "":
		name += " of " + c.Rubric
	}
	what := strings.TrimSpace(whatWord(c.What) + " " + name)
	key := keyText(c)
	switch {
	case c.Kind == revision.Follows && key == "":
		return what
	case key == "":
		return what + ": " + string(c.Kind)
	case c.What == revision.TheRubric && c.Rubric == "":
		what = key
	default:
		what += ": " + key
	}
	switch c.Kind {
	case revision.Added, revision.Removed, revision.Reordered:
		return what + " " + string(c.Kind)
	case revision.Changed, revision.Moved, revision.Follows:
	}
	return what
}

func whatWord(what string) string {
	if what == revision.AKind {
		return "kind of evidence"
	}
	return what
}

// keyText is the key with which of several is meant after its first word: `evidence 2 max_age`, `levels 3`.
func keyText(c *revision.Change) string {
	first, rest, _ := strings.Cut(c.Key, "/")
	return strings.Join(nonEmpty(first, c.Item, strings.ReplaceAll(rest, "/", " ")), " ")
}

func becauseOf(c *revision.Change) string {
	if c.Why == "" {
		return ""
	}
	return " (" + c.Why + ")"
}

// where is the place of a change: in one of the two files, which stand above, or in another from the folder of that.
func where(d *revision.Diff, c *revision.Change) string {
	from, to := d.Old.Rubric.Place().File, d.New.Rubric.Place().File
	at := c.Place
	switch {
	case at.File == to:
		at.File = "new"
	case at.File == from:
		at.File = "old"
	case c.Kind == revision.Removed:
		at.File = "old/" + strings.TrimPrefix(at.File, folderOf(from))
	default:
		at.File = strings.TrimPrefix(at.File, folderOf(to))
	}
	return at.String()
}

// folderOf is what the name of a file begins with, up to the name that it has in its folder.
func folderOf(file string) string { return file[:strings.LastIndexAny(file, "/:")+1] }

// shortened writes two texts so that one sees where they differ: what they begin with is left out as far as it is long, and
// so is what comes long after.
func shortened(was, is string) (string, string) {
	const whole, before, after = 60, 24, 60
	a, b := []rune(was), []rune(is)
	if len(a) <= whole && len(b) <= whole {
		return was, is
	}
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	from := 0
	if same > before && was != "" && is != "" {
		from = same - before
		for from < same && a[from-1] != ' ' { // begin with a word
			from++
		}
	}
	cut := func(text []rune) string {
		if len(text) == 0 {
			return ""
		}
		part := text[min(from, len(text)):]
		s := string(part)
		if limit := same - from + after; len(part) > limit {
			for limit > same-from+before && part[limit] != ' ' { // end with a word
				limit--
			}
			s = strings.TrimRight(string(part[:limit]), " ,;") + "…"
		}
		if from > 0 {
			s = "…" + s
		}
		return s
	}
	return cut(a), cut(b)
}
