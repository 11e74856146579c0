package report

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// gates are those that do not pass, the gravest first.
func (b *builder) gates() Section {
	s := Section{
		ID: "gates", Title: "What holds it back",
		Columns: []Column{{Title: "What", Share: 4}, {Title: "Why it matters", Share: 6}, {Title: "To act", Share: 2}},
	}
	for _, o := range []score.Outcome{score.Fail, score.Undecided, score.Conditional} {
		for _, r := range b.gatesThat(o) {
			s.Rows = append(s.Rows, b.gate(r))
		}
	}
	for _, r := range b.res.Flags {
		if r.Flag.Caps() && !b.early() && (r.Raised == expr.True || r.Raised == expr.Unknown) {
			s.Rows = append(s.Rows, b.capping(r))
		}
	}
	return s
}

// capping is a warning sign that limits the band as a gate does.
func (b *builder) capping(r score.FlagResult) []Cell {
	now := "raised"
	if r.Raised == expr.Unknown {
		now = "not ruled out"
	}
	row := cells("Warning sign "+now+": "+lower(r.Flag.Title), sentence(r.Flag.Source.Say)+limit(r.Flag.Cap), b.actors(r.Flag.Reads))
	row[0].Tone, row[0].About = Caution, row[0].Text
	return row
}

// gatesThat are the gates with an outcome: those that hold everything back before those that cap.
func (b *builder) gatesThat(o score.Outcome) []score.GateResult {
	var whole, capping []score.GateResult
	for _, r := range b.res.Gates {
		switch {
		case r.Outcome != o:
		case r.Gate.Otherwise.Cap == "":
			whole = append(whole, r)
		default:
			capping = append(capping, r)
		}
	}
	return append(whole, capping...)
}

// actors are those who must act on any of the criteria.
func (b *builder) actors(nodes []int) string {
	sides := map[string]bool{}
	for _, i := range nodes {
		d := duty(b.m.Nodes[i].Duty)
		sides[d] = true
		if d == "shared" && b.w.duties {
			sides["supplier"], sides["buyer"] = true, true
		}
	}
	var all []string
	for _, d := range []string{"supplier", "buyer", "adopter"} {
		if sides[d] {
			all = append(all, b.w.actor(d))
		}
	}
	return joined(all, "and")
}

func (b *builder) gate(r score.GateResult) []Cell {
	row := cells(r.Gate.Title+": "+b.gateNow(r), strings.TrimSpace(sentence(r.Gate.Because)+b.gateEffect(r)), b.w.actor(r.Gate.Duty))
	row[0].Tone, row[0].About = Caution, r.Gate.Title
	if r.Outcome == score.Fail && r.Gate.Otherwise.Cap == "" {
		row[0].Tone = b.bad()
	}
	return row
}

// gateNow says why a gate does not pass.
func (b *builder) gateNow(r score.GateResult) string {
	switch w := r.Waiver; {
	case w != nil:
		return fmt.Sprintf("waived until %s by the %s: %s", w.Expires, lower(b.m.Role(w.Owner).Title), w.Reason)
	case r.Outcome == score.Undecided && len(r.Missing) == 1 && b.w.title(r.Missing[0]) == r.Gate.Title:
		return "not known"
	case r.Outcome == score.Undecided:
		return "not known: " + b.w.missing(r.Missing)
	case len(r.Gate.Wants) == 0:
		return b.notMet(r.Gate)
	}
	var short []string
	for _, want := range r.Gate.Wants {
		if c := &b.res.Criteria[want.Node]; c.State == score.Answered && c.Level >= want.Level {
			continue
		}
		title := ""
		if len(r.Gate.Wants) > 1 {
			title = b.m.Nodes[want.Node].Title + ": "
		}
		short = append(short, fmt.Sprintf("%s%s, needs %s", title, b.standing(want.Node), quote(b.w.level(want.Node, want.Level))))
	}
	if len(short) == 0 { // something besides levels is missing
		return b.notMet(r.Gate)
	}
	if needs := r.Gate.Source; needs != nil && strings.Contains(needs.Needs, "||") {
		return strings.Join(short, "; or ")
	}
	return strings.Join(short, "; ")
}

// notMet says what a gate asks for that is not a level: the answer to a question, or what the rubric has.
func (b *builder) notMet(g *score.Gate) string {
	if g.Source == nil {
		return "below its minimum, " + b.score(g.Reads[0], score.Evidenced)
	}
	needs := onOneLine(g.Source.Needs)
	if t, not := bare(g.Needs(), false); t != nil && t.Read == "facts" && t.Compare == "" {
		answer := "no"
		if not {
			answer = "yes"
		}
		return fmt.Sprintf("%s is answered %s", b.w.missing([]string{t.Name}), answer)
	}
	if text := b.counted(needs, g.Reads); text != "" {
		return text
	}
	if len(g.Reads) == 1 && metTest().MatchString(needs) {
		return "not met: " + strings.Join(b.lacking(g.Reads[0]), "; ")
	}
	return "not met, asks that " + conditions{b.m}.words(g.Needs())
}

var countTest = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^count_(below|from)\("[a-z0-9/-]+", (-?[0-9.]+)\) (<=?|>=?) ([0-9]+)$`)
})

// counted says, of a gate that counts criteria on one side of a level, which they are.
func (b *builder) counted(needs string, reads []int) string {
	match := countTest().FindStringSubmatch(needs)
	if match == nil || len(reads) != 1 {
		return ""
	}
	level, err := exact.Parse(match[2])
	if err != nil {
		return ""
	}
	var titles []string
	label := match[2]
	for j := reads[0]; j < b.m.Nodes[reads[0]].End; j++ {
		n, c := &b.m.Nodes[j], &b.res.Criteria[j]
		number, known := c.Number(score.Evidenced)
		if n.Scale == nil || !known || !c.Counts() || !b.m.Weighs(j, reads[0]) || n.Scale.At(level) < 0 {
			continue
		}
		label = quote(n.Scale.Levels[n.Scale.At(level)].Label)
		if below := n.Scale.Reached(number) < n.Scale.At(level); below == (match[1] == "below") {
			titles = append(titles, n.Title)
		}
	}
	side := map[string]string{"below": "below ", "from": "at or above "}[match[1]]
	wanted := map[string]string{"<": "fewer than ", "<=": "at most ", ">": "more than ", ">=": "at least "}[match[3]] + match[4]
	text := fmt.Sprintf("%d %s%s, needs %s", len(titles), side, label, wanted)
	if len(titles) > 0 {
		text += ": " + strings.Join(titles, ", ")
	}
	return text
}

var metTest = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^met\("[a-z0-9/-]+"\)$`) })

// lacking names what a node lacks to be met: of a group whose parts must all be met, those that are not.
func (b *builder) lacking(i int) []string {
	n := &b.m.Nodes[i]
	var names []string
	switch n.Combine() {
	case "all":
		for _, j := range n.Children {
			if c := &b.res.Criteria[j]; c.Counts() && b.m.Nodes[j].Weight.Sign() > 0 && !b.res.Met(j) {
				names = append(names, b.lacking(j)...)
			}
		}
	case "": // a leaf
		return []string{n.Title + ", " + lower(b.w.stands(i))}
	default:
		return []string{n.Title + ", at " + b.score(i, score.Evidenced)}
	}
	return names
}

// standing is the level that counts; what is claimed beyond it stands in a table of its own.
func (b *builder) standing(i int) string {
	if c := &b.res.Criteria[i]; c.State == score.Answered {
		return quote(b.w.counts(i))
	}
	return b.w.stands(i)
}

// gateEffect says what the gate does, where that is not to hold everything back.
func (b *builder) gateEffect(r score.GateResult) string {
	switch {
	case r.Outcome == score.Conditional:
		return ""
	case r.Gate.Otherwise.Cap == "" && r.Gate.Otherwise.Word != "conditional":
		return " This holds the whole result back."
	}
	return limit(r.Gate.Cap)
}

// limit says at which band something caps; nil is none.
func limit(band *score.Band) string {
	if band == nil {
		return ""
	}
	return fmt.Sprintf(" Until then no further than %s, whatever the score.", quote(band.Label))
}
