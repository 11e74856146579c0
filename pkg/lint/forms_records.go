package lint

import "github.com/touchstone-health/touchstone/pkg/innovation"

// recordForms are about what one value of a record says of another.
func recordForms() []Rule { return []Rule{unknownEvidence, unclearAnswer, naWithoutReason, badPrice} }

var unknownEvidence = Rule{
	ID: "unknown-evidence", Form: true, Kind: innovation.Kind,
	Summary: "an answer or a fact cites a piece of evidence that the record does not list",
	Why:     "The level would count as not shown, though there is a paper for it.",
	Ground:  language,
	Bad: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [rooster]}
`,
	Good: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
`,
}

var unclearAnswer = Rule{
	ID: "unclear-answer", Form: true, Kind: innovation.Kind,
	Summary: "an answer says two things at once, such as a level and that the question does not apply",
	Why:     "One of the two would have to be dropped, and the score hangs on which.",
	Ground:  language,
	Bad: `answers:
  training: {level: 2, na: No staff use it themselves., evidence: [roster]}
`,
	Good: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
`,
}

var naWithoutReason = Rule{
	ID: "na-without-reason", Form: true, Kind: innovation.Kind,
	Summary: "a question is said not to apply, and not why",
	Why:     "What does not apply drops out, and its weight goes to the others. Without a reason that would be the easiest way to a better score.",
	Ground:  measurement("The uMARS sheet leaves what does not apply out of the mean: 4, 4, 2 and 2 beside one such question give 3, and 2.4 if it counts as 0."),
	Bad: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
  owner: {na: }
`,
	Good: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
  owner: {na: The ward that tries it is to be closed in May.}
`,
}

var badPrice = Rule{
	ID: "price", Form: true, Kind: innovation.Kind,
	Summary: "a price is not above 0, has a negative part, or its parts do not add up to it",
	Why:     "Formulas divide by the price; and of a sum that does not add up, one figure is not the one that was offered.",
	Ground:  measurement("A vendor of evaluation software reports an error of some kind in 99 % of the evaluation spreadsheets that it sampled, most of them in prices and formulas."),
	Bad: `price: {amount: 120000, currency: GBP, vat: excluded, parts: {purchase: 90000, training: 20000}}
`,
	Good: `price: {amount: 110000, currency: GBP, vat: excluded, parts: {purchase: 90000, training: 20000}}
`,
}
