package score_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// features are what random worlds must make use of, so that the laws are held on the whole language.
var features = []string{
	"combine all", "combine any", "combine count", "combine geometric", "combine ladder", "combine max", "combine mean", "combine min", "combine sum",
	"root all", "root any", "root count", "root geometric", "root ladder", "root max", "root mean", "root min", "root profile", "root sum",
	"profile weighs nothing", "profile counts", "ahead of stage", "geometric that is no fraction",
	"scale", "reverse scale", "rising measure", "falling measure", "rising points", "falling points", "beyond the ends", "within limits",
	"level", "range of levels", "range of values", "survey", "survey with respondents", "too few respondents", "said to be unknown",
	"not applicable", "not applicable counts as best", "not applicable refused",
	"evidence carries", "evidence caps", "evidence rule of a group", "check holds", "check fails", "refused for its version", "refused as too old",
	"refused as expired", "refused as not independent", "refused as not checked", "fact carried", "fact not carried",
	"rule of a condition", "rule of a condition in reverse", "rule of a fact", "rule of a level", "rule of a claim", "rule of a value", "rule of a count",
	"rule of a score", "rule unknown", "rule drops out", "rule supported and claimed differ",
	"price", "rounded price", "relative price", "price not stated",
	"state answered", "state unknown", "state not-applicable", "state may-apply", "state not-yet-expected", "state does-not-apply",
	"when reads a claim", "exclude", "midpoint", "withheld", "shown from elsewhere",
	"needs level", "needs value", "needs met", "needs score", "needs count_from", "needs count_below", "needs claimed",
	"gate pass", "gate fail", "gate conditional", "gate unknown", "gate not-applicable", "minimum of a leaf", "minimum of a group",
	"flag raised", "flag not raised", "flag unknown", "flag not applicable", "flag reads gap", "flag reads answered", "flag reads applies",
	"band 0", "band 1", "band 2", "a band capped",
	"used whole", "used as another", "used twice", "used only", "used except", "used weights", "used stages", "used bands", "used without", "used with weight 0",
	"gate of a rubric in use", "read across rubrics",
}

// TestWorldsUseTheLanguage counts what the first thousand worlds make use of in their results.
func TestWorldsUseTheLanguage(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for seed := range uint64(1000) {
		x, err := trialOf(seed, newWorld(seed))
		if err != nil {
			continue // which is a law of its own
		}
		found := census{}
		found.nodes(x)
		found.verdicts(x)
		found.uses(x)
		for name := range found {
			seen[name]++
		}
	}
	for _, name := range features {
		if seen[name] < 5 {
			t.Errorf("%q is in %d of 1000 worlds", name, seen[name])
		}
	}
	for name := range maps.Keys(seen) {
		if !slices.Contains(features, name) {
			t.Errorf("%q is not listed", name)
		}
	}
}

// census is what a world makes use of.
type census map[string]bool

func (f census) add(name string, is bool) {
	if is {
		f[name] = true
	}
}

func (f census) nodes(x *trial) {
	f.add("root "+or(x.t.combine, "mean"), x.r.Criteria[0].Counts())
	for i := range x.m.Nodes {
		n, c := &x.m.Nodes[i], &x.r.Criteria[i]
		f["state "+c.State.String()] = true
		if n.Source == nil || n.Root {
			continue
		}
		of := x.leaf(n.Name)
		f.add("when reads a claim", of.when != nil && of.when.tests != nil && c.State != score.Answered)
		switch {
		case !n.IsLeaf():
			f.ofGroup(x.r, i, of)
		case of.rule != nil:
			f.ofRule(c, of)
		case of.price != "":
			f.add("price", c.State == score.Answered)
			f.add("rounded price", c.State == score.Answered && strings.Contains(of.price, "decimals") && c.Share != nil)
			f.add("relative price", c.State == score.Unanswered && slices.Contains(c.Missing, score.NeedsOtherBids))
			f.add("price not stated", c.State == score.Unanswered && slices.Contains(c.Missing, score.NeedsPrice))
		default:
			f.ofLeaf(n, c, of)
			f.ofAnswer(c, of, x.rec.answers[n.Name])
		}
	}
	for _, name := range []string{"b", "d", "staff"} {
		_, stated := x.rec.facts[name]
		f.add("fact carried", stated && x.r.Facts[name] == nil)
		f.add("fact not carried", stated && x.r.Facts[name] != nil)
	}
}

func (f census) ofGroup(r *score.Result, i int, of *criterion) {
	c := &r.Criteria[i]
	v := c.Value(score.Evidenced)
	between := v.Sign() > 0 && (v.Less(exact.One) || of.combine == "all" || of.combine == "any")
	f.add("combine "+of.combine, c.Scored() && between && of.combine != "profile")
	f.add("geometric that is no fraction", of.combine == "geometric" && c.Scored() && len(v.Fraction()) > 40)
	_, ahead := r.Rung(i)
	f.add("ahead of stage", len(ahead) > 0)
	levels, _, _ := r.Counts(i)
	f.add("profile counts", of.combine == "profile" && len(levels) > 0)
	f.add("profile weighs nothing", of.combine == "profile" && of.weight == "0" && c.Counts())
	shown, some := r.Score(i, score.Evidenced)
	counted, _ := r.Counted(i, score.Evidenced)
	f.add(of.policy, of.policy != "" && some && !shown.Equal(counted))
	f.add("withheld", c.Withheld != nil)
	f.add("shown from elsewhere", of.from != "" && some)
}

func (f census) ofRule(c *score.Criterion, of *criterion) {
	known := c.State == score.Answered
	read, _, _ := strings.Cut(of.rule.form, "(")
	bare := len(of.rule.tests) == 1 && of.rule.tests[0].bare
	switch {
	case bare:
		f.add("rule of a "+map[string]string{"level": "level", "claimed": "claim", "value": "value"}[of.rule.tests[0].read], known)
	case of.gauge == counts[0] || of.gauge == counts[1]:
		f.add("rule of a count", known)
	case read == "score" && !strings.Contains(of.rule.form, ">"):
		f.add("rule of a score", known)
	case strings.HasPrefix(of.rule.form, "facts.c") || of.rule.form == "facts.size" || of.rule.form == "facts.staff":
		f.add("rule of a fact", known)
	default:
		f.add("rule of a condition", known && c.Value(score.Evidenced).Equal(exact.One))
		f.add("rule of a condition in reverse", known && of.gauge.falls)
	}
	f.add("rule unknown", c.State == score.Unanswered)
	f.add("rule drops out", c.State == score.DoesNotApply && of.when == nil)
	f.add("rule supported and claimed differ", c.Scored() && c.Value(score.Evidenced).Less(c.Value(score.Claimed)))
}

func (f census) ofLeaf(n *score.Node, c *score.Criterion, of *criterion) {
	if c.State != score.Answered {
		return
	}
	g := of.gauge
	points := strings.Contains(g.text, "points")
	f.add("scale", n.Scale != nil && !g.falls)
	f.add("reverse scale", n.Scale != nil && g.falls)
	f.add("rising measure", g.measure && !g.falls && !points)
	f.add("falling measure", g.measure && g.falls && !points)
	f.add("rising points", !g.falls && points)
	f.add("falling points", g.falls && points)
	f.add("within limits", strings.Contains(g.text, "limits"))
	if x, _ := c.Number(score.Claimed); g.measure {
		f.add("beyond the ends", x.Less(number(g.ends[0])) || number(g.ends[1]).Less(x))
	}
	f.add("evidence carries", len(of.evidence) > 0 && len(c.Unmet) == 0 && len(c.Evidence) > 0)
	f.add("evidence caps", len(c.Unmet) > 0 && c.Value(score.Evidenced).Less(c.Value(score.Claimed)))
	f.add("evidence rule of a group", len(n.EvidenceRules()) > 0 && len(of.evidence) == 0)
	for _, r := range n.EvidenceRules() {
		f.add("check holds", r.Check != "" && len(c.Unmet) == 0 && len(c.Evidence) > 0)
	}
	for _, u := range c.Unmet {
		for _, item := range u.Items {
			name := map[score.Reason]string{
				score.OtherVersion: "refused for its version", score.VersionNotCovered: "refused for its version", score.TooOld: "refused as too old",
				score.Expired: "refused as expired", score.NotIndependent: "refused as not independent", score.NotChecked: "refused as not checked",
				score.CheckFails: "check fails",
			}[item.Reason]
			f.add(name, name != "")
		}
	}
}

func (f census) ofAnswer(c *score.Criterion, of *criterion, a *answer) {
	if a == nil {
		return
	}
	said := c.State == score.Answered
	na := strings.HasPrefix(a.words, "{na")
	f.add("level", said && a.isStep() && !of.gauge.measure)
	f.add("range of levels", said && a.isRange() && !of.gauge.measure)
	f.add("range of values", said && a.isRange() && of.gauge.measure)
	f.add("survey", said && a.survey != nil && of.respondents == 0)
	f.add("survey with respondents", said && a.survey != nil && of.respondents > 0)
	f.add("too few respondents", c.TooFew)
	f.add("said to be unknown", c.State == score.Unanswered && a.words == "unknown")
	f.add("not applicable", c.State == score.NotApplicable && !c.Counts() && na)
	f.add("not applicable counts as best", c.State == score.NotApplicable && c.Counts())
	f.add("not applicable refused", c.State == score.Unanswered && na)
}

func (f census) verdicts(x *trial) {
	for _, g := range x.r.Gates {
		f["gate "+g.Outcome.String()] = true
		decided := g.Outcome == score.Pass || g.Outcome == score.Fail || g.Outcome == score.Conditional
		owner, _, _ := strings.Cut(g.Gate.Name, "/")
		f.add("gate of a rubric in use", decided && owner != "t")
		if g.Gate.Source == nil {
			leaf := x.m.Nodes[g.Gate.Reads[0]].IsLeaf()
			f.add("minimum of a leaf", decided && leaf)
			f.add("minimum of a group", decided && !leaf)
			continue
		}
		for _, read := range []string{"level", "value", "met", "score", "count_from", "count_below", "claimed"} {
			f.add("needs "+read, decided && strings.Contains(g.Gate.Source.Needs, read+"("))
		}
		f.add("read across rubrics", decided && strings.Contains(g.Gate.Source.Needs, "/"))
	}
	for _, r := range x.r.Flags {
		f[map[expr.Truth]string{expr.True: "flag raised", expr.False: "flag not raised", expr.Unknown: "flag unknown", expr.Absent: "flag not applicable"}[r.Raised]] = true
		for _, read := range []string{"gap", "answered", "applies"} {
			f.add("flag reads "+read, strings.Contains(r.Flag.Source.When, read+"(") && r.Raised != expr.Absent)
		}
	}
	if v := x.r.Verdict; v.Band != nil {
		f[fmt.Sprint("band ", v.Index)] = true
		f.add("a band capped", v.Band != v.ScoreBand)
	}
}

func (f census) uses(x *trial) {
	uses := x.uses()
	f.add("used twice", len(uses) > 1)
	for _, c := range uses {
		i, _ := x.m.Lookup(c.use.name())
		if !x.r.Criteria[i].Counts() {
			continue
		}
		f.add("used whole", c.use.whole())
		f.add("used as another", c.use.as != "")
		f.add("used only", c.use.only != nil)
		f.add("used except", c.use.except != nil)
		f.add("used weights", c.use.weights != nil)
		f.add("used stages", c.use.stages != "" && x.rec.stage != "")
		f.add("used bands", c.use.bands != "" && x.r.Criteria[i].Band != nil || c.use.bands != "" && !c.use.whole())
		f.add("used without", len(x.m.NotChecked) > 0)
		f.add("used with weight 0", c.weight == "0")
	}
}
