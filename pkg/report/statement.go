package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// statement says what a rubric asks and how it is scored, to those who are to answer it.
type statement struct {
	m *score.Model
	c conditions
	// shares are the parts of the whole when nothing drops out; nil of what has none.
	shares []*exact.Number
	// silent is the result of a record that says nothing, in which everything that can have points has them.
	silent *score.Result
	// numbers are what criteria are called by, in the rubric's order: 1, 1.1, 1.2, 2.
	numbers []string
	// full is for those who hold others to it: with expressions as they are written beside the words.
	full bool
	// it is what is scored: a bid, if it has a price.
	it string
}

func newStatement(m *score.Model, full bool) statement {
	s := statement{m: m, c: conditions{m}, shares: fullShares(m), numbers: numbered(m), it: innovated, full: full}
	nothing, _ := m.Bind(&innovation.Innovation{})
	s.silent = m.Evaluate(nothing, score.Conditions{})
	if len(s.prices()) > 0 {
		s.it = bid
	}
	return s
}

// What is scored: a bid has a price.
const bid, innovated = "bid", "innovation"

// numbered gives criteria numbers, unless their titles have numbers of their own.
func numbered(m *score.Model) []string {
	numbers := make([]string, len(m.Nodes))
	own := true
	for i := range m.Nodes {
		own = own && (!m.Nodes[i].IsLeaf() || numberIn(m.Nodes[i].Title) != "")
	}
	if own {
		return numbers
	}
	for i := range m.Nodes {
		for k, j := range m.Nodes[i].Children {
			numbers[j] = strconv.Itoa(k + 1)
			if i > 0 {
				numbers[j] = numbers[i] + "." + numbers[j]
			}
		}
	}
	return numbers
}

// numberIn is what a title begins with up to a word with a digit: `C1.2`, `TRL 3`; "" if the first two words have none.
func numberIn(title string) string {
	words := strings.Fields(title)
	for k := range words[:min(len(words), 2)] {
		if strings.ContainsAny(words[k], "0123456789") {
			return strings.Join(words[:k+1], " ")
		}
	}
	return ""
}

// scores reports whether anything is scored at all: profiles are read, and never added up.
func (s statement) scores() bool {
	return slices.ContainsFunc(s.m.Nodes, func(n score.Node) bool { return !n.IsLeaf() && !n.Profile() })
}

// called is how a criterion is pointed at.
func (s statement) called(i int) string { return cmp.Or(s.numbers[i], numberIn(s.m.Nodes[i].Title)) }

// compact takes out the columns in which nothing stands.
func compact(sec Section) Section {
	for k := range slices.Backward(sec.Columns) {
		if slices.ContainsFunc(sec.Rows, func(row []Cell) bool { return row[k].Code != "" || strings.Trim(row[k].Text, "–") != "" }) {
			continue
		}
		sec.Columns = slices.Delete(sec.Columns, k, k+1)
		for j := range sec.Rows {
			sec.Rows[j] = slices.Delete(sec.Rows[j], k, k+1)
		}
	}
	return sec
}

// Rubric shows a rubric in short: what is asked and how it weighs, what is seen at each level, and what holds back.
func Rubric(m *score.Model) Page {
	s := newStatement(m, false)
	p := Page{Title: m.Rubric.Title + " " + m.Rubric.Version, Lines: s.head()}
	p.Lines = append(p.Lines, "Content "+m.Rubric.ContentDigest(), "Scoring "+m.ScoringDigest())
	p.Sections = filled(s.criteria(), s.allLevels(), s.gates(), s.cappingFlags(), s.informingFlags(), s.price(), s.bands(), s.inShort())
	p.Sections = append(p.Sections, Section{ID: "more", Title: "More", Blocks: []Block{{Text: fmt.Sprintf(
		"`touchstone rubrics show %[1]s -o markdown` has all of it, each criterion in one place, with the evidence wanted and the whole method: for a tender pack. "+
			"`touchstone rubrics show %[1]s --form` is a blank form to answer it by.", m.Rubric.Name())}}})
	return p
}

// Statement is the statement of criteria and method: all that somebody who is judged by a rubric must be told beforehand.
// A section whose ID begins with `criterion.` holds one criterion, and one with `group.` a group of them.
func Statement(m *score.Model) Page {
	s := newStatement(m, true)
	p := Page{Title: m.Rubric.Title + " " + m.Rubric.Version, Lines: append([]string{"Statement of criteria and method."}, s.head()...)}
	p.Sections = filled(
		s.glance(), s.overview(), s.gates(), s.cappingFlags(), s.price(), s.bands(), s.method(), s.facts(), s.inFull(), s.kinds(),
		s.informingFlags(), s.notChecked(), s.about(),
	)
	return p
}

// filled are the sections in which something stands.
func filled(sections ...Section) []Section {
	return slices.DeleteFunc(sections, func(s Section) bool { return len(s.Rows)+len(s.Blocks)+len(s.Sections) == 0 })
}

// head is what the rubric is, in a few lines.
func (s statement) head() []string {
	r := s.m.Rubric
	lines := []string{r.Purpose}
	lines = append(lines, fmt.Sprintf("Rubric %s · %s · issued by %s · licence %s",
		r.ID, cmp.Or(r.Status, "draft"), cmp.Or(r.Issuer, "nobody named"), cmp.Or(r.Licence, "not stated")))
	if standing := s.standing(); len(standing) > 0 {
		lines = append(lines, strings.Join(standing, " · "))
	}
	if s.full && r.Status != "published" {
		lines = append(lines, "It is "+map[bool]string{true: "retired: another one may have taken its place.", false: "a draft: it may still change."}[r.Status == "retired"])
	}
	if r.Source != "" {
		lines = append(lines, "Source: "+r.Source)
	}
	if len(r.Unverified) > 0 {
		lines = append(lines, "Not checked, or not tried: "+sentences(r.Unverified))
	}
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" })
}

// standing is where and when the rubric holds.
func (s statement) standing() []string {
	r := s.m.Rubric
	var parts []string
	if len(r.Jurisdictions) > 0 {
		parts = append(parts, "for "+strings.Join(r.Jurisdictions, ", "))
	}
	if from, to := r.InForce.From, r.InForce.To; !from.IsZero() || !to.IsZero() {
		parts = append(parts, "in force "+period(from.String(), to.String()))
	}
	if !r.ReviewBy.IsZero() {
		parts = append(parts, "due for review on "+r.ReviewBy.String())
	}
	return parts
}

// about is what an answer and a result can be tied to, and how to see that the rubric is the one that was published.
func (s statement) about() Section {
	r := s.m.Rubric
	sec := Section{ID: "about", Title: "Which rubric this is"}
	sec.Blocks = []Block{
		{Lead: "Rubric", Text: fmt.Sprintf("`%s@%s`", r.ID, r.Version)},
		{Lead: "Content", Text: "`" + r.ContentDigest() + "`"},
		{Lead: "Scoring", Text: "`" + s.m.ScoringDigest() + "`"},
		{Lead: "To check it", Text: fmt.Sprintf(
			"The first digest is made of every word of the rubric but its status, and of what it uses, the second of all that scores are computed from. "+
				"`touchstone rubrics show FILE` prints both for the file that was published: if they are the same as here, nothing was changed since. "+
				"Every result names `%s@%s` and the scoring digest that it was computed under; results are comparable only under the same one.", r.ID, r.Version)},
	}
	var used []string
	for i := range s.m.Nodes {
		if n := &s.m.Nodes[i]; n.Root && i > 0 {
			used = append(used, fmt.Sprintf("%s, version %s", n.Title, n.Rubric.Version))
		}
	}
	if len(used) > 0 {
		sec.Blocks = append(sec.Blocks, Block{Lead: "It uses", Plain: "these rubrics, in these versions.", List: used})
	}
	return sec
}

// glance is what a reader with two minutes must know.
func (s statement) glance() Section {
	return Section{ID: "glance", Title: "In short", Blocks: slices.DeleteFunc([]Block{
		{Lead: "Asked", Plain: s.asked()},
		{Lead: "Counts", Plain: s.counts()},
		{Lead: "Can hold it back", Plain: s.holdsBack()},
		{Lead: "To be shown", Plain: s.shownBy()},
		{Lead: "Left open", Plain: s.leftOpen()},
		{Lead: "To answer", Text: fmt.Sprintf("Use the form that goes with this statement (`touchstone rubrics show %s --form`). It is tied to this version by its id and digest.", s.m.Rubric.Name())},
	}, func(b Block) bool { return b.Text+b.Plain == "" })}
}

func (s statement) leftOpen() string {
	switch {
	case !s.scores():
		return "What is not answered is reported as not known."
	case s.m.Nodes[0].Policy() != "":
		return "The score that is shown " + policyWords(&s.m.Nodes[0])
	}
	return "What is not answered counts as the worst: it is never left out, and never passes."
}

func (s statement) asked() string {
	answered, ruled, price := 0, 0, ""
	for i := range s.m.Nodes {
		switch n := &s.m.Nodes[i]; {
		case !n.IsLeaf():
		case n.Price != nil:
			price = "the price"
		case n.IsRule():
			ruled++
		default:
			answered++
		}
	}
	parts := []string{several(answered, "criterion", "criteria")}
	if n := len(s.m.FactNames()); n > 0 {
		parts = append(parts, several(n, "question of fact", "questions of fact"))
	}
	if price != "" {
		parts = append(parts, price)
	}
	text := capital(joined(parts, "and")) + "."
	if ruled > 0 {
		text += fmt.Sprintf(" %s follow from other answers.", capital(several(ruled, "more criterion", "more criteria")))
	}
	return text
}

// counts names the parts right below the whole with their shares.
func (s statement) counts() string {
	root := &s.m.Nodes[0]
	if !root.Adds() {
		return "The whole is " + combined(root, s.m) + "."
	}
	const few = 12
	var parts []string
	for _, j := range root.Children {
		if s.shares[j] != nil {
			parts = append(parts, s.m.Nodes[j].Title+" "+s.share(j))
		}
	}
	if len(parts) > few {
		return fmt.Sprintf("%d parts make up the whole; the table below has the share of each.", len(parts))
	}
	return strings.Join(parts, ", ") + "."
}

// holdsBack names what limits the result, the gravest first.
func (s statement) holdsBack() string {
	var whole, capped, conditional []string
	for i := range s.m.Gates {
		title := []string{lower(s.m.Gates[i].Title)}
		switch g := &s.m.Gates[i]; {
		case g.Cap != nil:
			capped = appendNew(capped, title)
		case g.Otherwise.Word == "conditional":
			conditional = appendNew(conditional, title)
		default:
			whole = appendNew(whole, title)
		}
	}
	for i := range s.m.Flags {
		if f := &s.m.Flags[i]; f.Cap != nil {
			capped = appendNew(capped, []string{lower(f.Title)})
		}
	}
	var parts []string
	for _, p := range []struct {
		what   string
		titles []string
	}{{"the whole result: ", whole}, {"to a lower band: ", capped}, {"to a condition: ", conditional}} {
		if len(p.titles) > 0 {
			parts = append(parts, p.what+strings.Join(p.titles, "; "))
		}
	}
	if len(parts) == 0 {
		return "Nothing by itself: there is no gate."
	}
	return "Whatever the score, " + strings.Join(parts, ". And ") + "."
}

func (s statement) shownBy() string {
	leaves, shown := 0, 0
	for i := range s.m.Nodes {
		if n := &s.m.Nodes[i]; n.IsLeaf() && n.Price == nil && !n.IsRule() {
			leaves++
			if len(n.EvidenceRules()) > 0 {
				shown++
			}
		}
	}
	if shown == 0 {
		return "No evidence is asked for by itself: an answer counts as it stands."
	}
	return fmt.Sprintf("Evidence is asked for in %d of %s. A level that is not shown counts as the best one that is.", shown, several(leaves, "criterion", "criteria"))
}

func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
