package lint

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

var shortReason = Rule{
	ID: "short-reason", Severity: diag.Warning, Kind: innovation.Kind,
	Summary: "a reason is too short to say anything",
	Why:     "Who reads it later cannot tell what the answer rests on, and will ask again.",
	Ground:  law("Assessment summaries (Procurement Act 2023, section 50) explain each score by what stands in the tender; a word is no explanation."),
	Bad: `answers:
  training: {level: 2, because: Done., evidence: [roster]}
`,
	Good: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
`,
	record: func(v *recordView) {
		const few = 3
		for i := range v.Answers {
			a := &v.Answers[i].Value
			for _, reason := range []struct{ key, text string }{{"because", a.Because}, {"na", a.NA}} {
				if n := len(wordsOf(reason.text)); reason.text != "" && n < few {
					v.at(a.At(reason.key), "write in a sentence what is so", "the reason for %q has %s", v.Answers[i].Key, diag.Plural(n, "word"))
				}
			}
		}
	},
}

var uncitedEvidence = Rule{
	ID: "uncited-evidence", Severity: diag.Warning, Kind: innovation.Kind,
	Summary: "a piece of evidence is cited by no answer",
	Why:     "It counts for nothing, though somebody took the trouble to list it; or the answer that should cite it does not.",
	Ground:  complaint("Records that cannot be defended are the main complaint of buyers about the tools they use; a paper that no answer cites defends none."),
	Bad: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
  - {id: minute-3, kind: minute, title: Minute of 3 March, dated: 2026-03-03, locator: papers/minute.pdf}
`,
	Good: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
`,
	record: func(v *recordView) {
		cited := map[string]bool{}
		for i := range v.Answers {
			for _, id := range v.Answers[i].Value.Evidence {
				cited[id] = true
			}
		}
		for _, f := range v.Facts {
			for _, id := range f.Value.Evidence {
				cited[id] = true
			}
		}
		for i := range v.Evidence {
			if e := &v.Evidence[i]; !cited[e.ID] {
				v.at(e.At("id"), "add it to the `evidence:` of the answer that it shows, or take it out", "no answer cites %q", e.ID)
			}
		}
	},
}

var futureEvidence = Rule{
	ID: "future-evidence", Severity: diag.Warning, Kind: innovation.Kind,
	Summary: "a piece of evidence is dated in the future",
	Why:     "It counts for nothing until that day; most likely the year is wrong.",
	Ground:  law("DTAC, Cyber Essentials and the DSPT ask for evidence of a stated period; what is dated after the day of the report lies in none."),
	Bad: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2099-05-04, locator: papers/roster.pdf}
`,
	Good: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
`,
	record: func(v *recordView) {
		for i := range v.Evidence {
			e := &v.Evidence[i]
			if e.Dated.After(v.asOf) {
				v.at(e.At("dated"), "correct the date, or add the item when it is there", "%q is dated %s, after %s", e.ID, e.Dated, v.asOf)
			}
			if c := e.Checked; c != nil && c.Date.After(v.asOf) {
				v.at(e.At("checked"), "correct the date", "%q is said to have been checked on %s, after %s", e.ID, c.Date, v.asOf)
			}
		}
	},
}

var noLocator = Rule{
	ID: "no-locator", Severity: diag.Warning, Kind: innovation.Kind,
	Summary: "a piece of evidence does not say where it is",
	Why:     "Nobody can open it, so nobody can check it.",
	Ground:  law("EnergySolutions v NDA [2016] EWHC 1988 (TCC): scores were changed, and what they rested on was not kept."),
	Bad: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04}
`,
	Good: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
`,
	record: func(v *recordView) {
		for i := range v.Evidence {
			if e := &v.Evidence[i]; e.Locator == "" {
				v.at(e.At("id"), "add `locator:` with its path, page or address", "%q does not say where it is", e.ID)
			}
		}
	},
}

var undatedEvidence = Rule{
	ID: "undated-evidence", Severity: diag.Warning, Kind: innovation.Kind,
	Summary: "a piece of evidence has no date",
	Why:     "No rule accepts it: what has no date may be of any age.",
	Ground:  law("DTAC asks for evidence of the last 12 months in several places; without a date that cannot be told."),
	Bad: `evidence:
  - {id: roster, kind: training-record, title: Training roster, locator: papers/roster.pdf}
`,
	Good: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
`,
	record: func(v *recordView) {
		for i := range v.Evidence {
			if e := &v.Evidence[i]; e.Dated.IsZero() {
				v.at(e.At("id"), "add `dated:` with the day it was made", "%q has no date", e.ID)
			}
		}
	},
}

var repeatedEvidence = Rule{
	ID: "repeated-evidence", Severity: diag.Warning, Kind: innovation.Kind,
	Summary: "two pieces of evidence are the same paper",
	Why:     "A rule that asks for two items would take one paper for both.",
	Ground:  law("Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC): the award fell because the records did not show what each mark rested on."),
	Bad: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
  - {id: roster-2, kind: training-record, title: Roster of training, dated: 2026-05-04, locator: papers/roster.pdf}
answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster, roster-2]}
`,
	Good: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf#page=1}
  - {id: roster-2, kind: training-record, title: Roster of training, dated: 2026-05-04, locator: papers/roster.pdf#page=2}
answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster, roster-2]}
`,
	record: func(v *recordView) {
		type paper struct{ locator, kind string }
		first := map[paper]string{}
		for i := range v.Evidence {
			e := &v.Evidence[i]
			p := paper{e.Locator, e.Kind}
			if other := first[p]; other != "" && e.Locator != "" {
				v.at(e.At("locator"), "list it once, or say with `#page=` which part each one is", "%q and %q are at the same place and of the same kind", other, e.ID)
			} else {
				first[p] = e.ID
			}
		}
	},
}

var bareClaim = Rule{
	ID: "bare-claim", Severity: diag.Note, Kind: innovation.Kind,
	Summary: "a level is claimed with neither a reason nor evidence",
	Why:     "It may be right, and nobody who reads the record can tell.",
	Ground:  complaint("Records that cannot be defended afterwards are the main complaint of buyers about the tools they use."),
	Bad: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
  owner: 2
`,
	Good: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
  owner: {level: 1, because: The post is advertised until June.}
`,
	record: func(v *recordView) {
		var bare []string
		for i := range v.Answers {
			a := &v.Answers[i].Value
			if (a.Level.One != "" || a.Level.Range != nil) && !slices.Contains([]string{"0", "no"}, a.Level.One) && a.Because == "" && len(a.Evidence) == 0 {
				bare = append(bare, v.Answers[i].Key)
			}
		}
		if len(bare) > 0 {
			v.at(v.AtKey("answers"), "add `because:` or `evidence:` to each", "%s with neither a reason nor evidence, the first %q", diag.Plural(len(bare), "level"), bare[0])
		}
	},
}

var unfinishedRecord = Rule{
	ID: "unfinished-record", Severity: diag.Warning, Kind: innovation.Kind,
	Summary: "a text of a record still holds a note to its author, such as TBC",
	Why:     "It is printed in the report as it is.",
	Ground:  law("Assessment summaries (Procurement Act 2023, section 50) quote what stands in the tender."),
	Bad: `summary: TBC
`,
	Good: `summary: A list on a phone for the jobs of the night.
`,
	record: func(v *recordView) {
		v.unfinished(v.Origin)
	},
}

var unsourcedReference = Rule{
	ID: "unsourced-reference", Severity: diag.Warning, Kind: rubric.ReferenceKind,
	Summary: "a reference does not say where it was read, when, or under which licence",
	Why:     "What rests on it cannot be checked, and nobody knows whether its text may be passed on.",
	Ground:  law("Copyright, Designs and Patents Act 1988: text may be passed on only under a licence; facts may, with their source."),
	Bad: `touchstone: reference/v1
id: guide
title: A guide to pilots
items:
  "1": {says: A pilot has an end., kind: criterion}
`,
	Good: `touchstone: reference/v1
id: guide
title: A guide to pilots
licence: all rights reserved; cited, not reproduced
read_on: 2026-01-10
items:
  "1": {says: A pilot has an end., kind: criterion}
`,
	reference: func(v *referenceView) {
		said := []struct {
			key string
			is  bool
		}{{"licence", v.Licence != ""}, {"read_on", !v.ReadOn.IsZero()}}
		for _, s := range said {
			if !s.is {
				v.at(v.At("id"), "add `"+s.key+":`", "reference %q has no %q", v.ID, s.key)
			}
		}
	},
}
