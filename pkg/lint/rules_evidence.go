package lint

import (
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

var agelessEvidence = Rule{
	ID: "ageless-evidence", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "evidence of a kind that runs out is accepted at any age",
	Why:     "A certificate of years ago then carries a level today.",
	Ground:  law("DTAC asks for a penetration test of the last 12 months, and Cyber Essentials certificates and DSPT submissions hold for a year."),
	Bad: `kinds:
  pentest: {title: External penetration test, expires: yes}
criteria:
  - {id: security, title: Security, ask: "Was it tested from outside?", scale: yes-no, evidence: {kinds: [pentest]}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
	Good: `kinds:
  pentest: {title: External penetration test, expires: yes}
criteria:
  - {id: security, title: Security, ask: "Was it tested from outside?", scale: yes-no, evidence: {kinds: [pentest], max_age: 12 months}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
	rubric: func(v *rubricView) {
		v.evidence(func(of string, r *rubric.EvidenceRule) {
			if !r.MaxAge.IsZero() || r.ValidUntil != "" {
				return
			}
			if len(r.Kinds) == 0 { // any will do
				for _, e := range v.Rubric.Kinds {
					if v.expires(e.Key) {
						v.at(r.Place(), "add `max_age: 12 months` or `valid_until: stated`, or name the kinds that count", "%s accepts evidence of any kind at any age, and kind %q runs out", of, e.Key)
						return
					}
				}
			}
			for i, kind := range r.Kinds {
				if v.expires(kind) {
					v.at(r.Item("kinds", i), "add `max_age: 12 months` or `valid_until: stated`, or say of the kind `expires: no`",
						"%s accepts evidence of kind %q at any age", of, kind)
				}
			}
		})
	},
}

// evidence calls yield for every evidence rule of the rubric, with what it belongs to.
func (v *rubricView) evidence(yield func(of string, r *rubric.EvidenceRule)) {
	each := func(of string, rules *rubric.EvidenceRules) {
		if rules != nil {
			for i := range rules.Rules {
				yield(of, &rules.Rules[i])
			}
		}
	}
	for i := range v.Nodes {
		if n := &v.Nodes[i]; v.own(i) {
			each("criterion \""+n.ID+"\"", n.Source.Evidence)
		}
	}
	for _, e := range v.Rubric.Facts {
		if v.inFile(e.KeyPlace) {
			each("fact \""+e.Key+"\"", e.Value.Evidence)
		}
	}
}

var longAge = Rule{
	ID: "long-age", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "evidence is accepted for more than ten years",
	Why:     "Nothing in this field holds so long; most likely a unit or a nought is wrong.",
	Ground:  law("What DTAC, Cyber Essentials and the DSPT ask for holds for a year."),
	Bad: `criteria:
  - {id: security, title: Security, ask: "Was it tested from outside?", scale: yes-no, evidence: {kinds: [minute], max_age: 24 years}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
	Good: `criteria:
  - {id: security, title: Security, ask: "Was it tested from outside?", scale: yes-no, evidence: {kinds: [minute], max_age: 24 months}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
	rubric: func(v *rubricView) {
		const months, days = 120, 3660
		v.evidence(func(of string, r *rubric.EvidenceRule) {
			if r.MaxAge.Months > months || r.MaxAge.Days > days {
				v.at(r.At("max_age"), "correct the number or its unit", "%s accepts evidence for %s, expected at most ten years", of, r.MaxAge)
			}
		})
	},
}

// passing are words in the title of a kind of evidence that holds for a time, where the kind does not say.
var passing = []string{"accreditation", "certificate", "certification", "insurance", "licence", "penetration", "pentest", "registration", "status"}

// expires reports whether a kind of evidence goes out of date: as it says, or as its title sounds.
func (v *rubricView) expires(kind string) bool {
	i := slices.IndexFunc(v.Rubric.Kinds, func(e source.Entry[string, rubric.EvidenceKind]) bool { return e.Key == kind })
	if i < 0 {
		return false
	}
	k := v.Rubric.Kinds[i].Value
	if k.Expires != "" {
		return k.Expires == "yes"
	}
	return slices.ContainsFunc(wordsOf(strings.ReplaceAll(kind, "-", " ")+" "+k.Title), func(w string) bool { return slices.Contains(passing, w) })
}

var unshownBest = Rule{
	ID: "unshown-best", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "the best level of a criterion needs no evidence",
	Why:     "Evidenced and claimed are then the same, and the report cannot tell who has shown it from who says so.",
	Ground:  complaint("Systems bought on what was claimed are what the buyers of this field were burned by."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
	rubric: func(v *rubricView) {
		v.leaves(func(n *score.Node, _ int) {
			said := n.Source.Evidence != nil && n.Source.Evidence.None
			if n.Scale == nil || n.IsRule() || said || n.Source.Respondents != nil || v.shown(n, n.Scale.Best()) {
				return
			}
			v.at(n.Source.At("id"), "add an evidence rule, or `evidence: none` if a claim is enough", "the best level of criterion %q needs no evidence", n.ID)
		})
	},
}

// unlikeOthers are the leaves that do not say something which others of the rubric say, of those that it is asked of.
func (v *rubricView) unlikeOthers(says, asked func(*score.Node) bool) []*score.Node {
	var without []*score.Node
	others := false
	v.leaves(func(n *score.Node, _ int) {
		switch {
		case says(n):
			others = true
		case asked(n):
			without = append(without, n)
		}
	})
	if !others {
		return nil
	}
	return without
}

func everyone(*score.Node) bool { return true }

var missingAdvice = Rule{
	ID: "missing-advice", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion has no advice where others have",
	Why:     "The report then has no next step for it, and what it lacks is never on the list of what to do.",
	Ground:  complaint("Clinicians with an idea ask what to do next and whom to ask; a mark alone tells them neither."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, improve: {1: {advice: Train the night staff.}}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, improve: {1: {advice: Train the night staff.}}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, improve: {1: {advice: Ask the matron.}}}
`,
	rubric: func(v *rubricView) {
		says := func(n *score.Node) bool { return len(n.Source.Improve) > 0 }
		asked := func(n *score.Node) bool { return n.Scale != nil && !n.IsRule() }
		for _, n := range v.unlikeOthers(says, asked) {
			v.at(n.Source.At("id"), "say with `improve:` how to reach a level", "criterion %q has no advice, and others have", n.ID)
		}
	},
}

var missingDuty = Rule{
	ID: "missing-duty", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion does not say who must act, where others do",
	Why:     "The gap then counts as shared, and a buyer's gap is put down to the supplier.",
	Ground:  law("DCB0129 binds the maker and DCB0160 the organisation that deploys; a rubric that splits duties has to say whose each one is."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, duty: adopter}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, duty: adopter}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, duty: shared}
`,
	rubric: func(v *rubricView) {
		says := func(n *score.Node) bool { return n.Duty != "" }
		for _, n := range v.unlikeOthers(says, everyone) {
			v.at(n.Source.At("id"), "add `duty:` supplier, buyer, adopter or shared", "criterion %q does not say who must act, and others do", n.ID)
		}
	},
}

var openNA = Rule{
	ID: "open-na", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion does not say for which reasons it may be left out, where others do",
	Why:     "Any reason will do then, and what is inconvenient is not applicable.",
	Ground:  measurement("Instruments treat \"not applicable\" in four ways: dropped, counted as met, forbidden, or its section dropped; a rubric that does not say leaves it to who answers."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, na: never}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none, na: never}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, na: {reasons: [it is for one person's own use]}}
`,
	rubric: func(v *rubricView) {
		says := func(n *score.Node) bool { return n.Source.NA != nil }
		answered := func(n *score.Node) bool { return !n.IsRule() && n.Price == nil }
		for _, n := range v.unlikeOthers(says, answered) {
			v.at(n.Source.At("id"), "add `na: never`, or `na: {reasons: […]}`", "criterion %q does not say for which reasons it may be left out, and others do", n.ID)
		}
	},
}

var flagWithoutClears = Rule{
	ID: "flag-without-clears", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a warning sign does not say what takes it away",
	Why:     "Who is warned is left with a reproach and no next step.",
	Ground:  complaint("Clinicians with an idea ask not to be met by a red wall: every sign has to say what would clear it."),
	Bad: `flags:
  - {id: no-owner, when: 'level("owner") < 2', severity: high, effect: inform, say: Nobody answers for it.}
`,
	Good: `flags:
  - {id: no-owner, when: 'level("owner") < 2', severity: high, effect: inform, say: Nobody answers for it., clears: A name in a minute.}
`,
	rubric: func(v *rubricView) {
		v.flags(func(f *score.Flag) {
			if f.Source.Clears == "" {
				v.at(f.Source.At("id"), "say it with `clears:`", "flag %q does not say what takes it away", f.Source.ID)
			}
		})
	},
}

var relativePrice = Rule{
	ID: "relative-price", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a price is scored against the other bids",
	Why:     "A bid that cannot win then decides which of the others does, and the bid in the middle is marked down.",
	Ground:  measurement("With half the marks on price relative to the lowest, bids of (80, £100) and (90, £125) change places when a third of (10, £40) joins; Portugal and France ban such formulas or advise against them."),
	Bad: `criteria:
  - {id: price, title: Price, price: {model: lowest-ratio}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: price, title: Price, price: {model: benchmark, cap: 200000, floor: 0}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		v.leaves(func(n *score.Node, _ int) {
			if n.Price != nil && n.Price.Relative() {
				v.at(n.Source.Price.At("model"), "use `benchmark`, or allow this with the reason why other bids should decide",
					"price model %q scores a bid against the other bids", n.Source.Price.Model)
			}
		})
	},
}
