package lint

import "github.com/touchstone-health/touchstone/pkg/cases"

// caseForms are about what a case expects.
func caseForms() []Rule {
	return []Rule{expectsNothing, badExpectation, unknownGate, unknownFlag, caseFails}
}

var expectsNothing = Rule{
	ID: "expects-nothing", Form: true, Kind: cases.Kind,
	Summary: "a file has no cases, or one of them expects nothing, in all or of something",
	Why:     "A case that expects nothing cannot fail, and would be counted among those that pass.",
	Ground:  language,
	Bad: `cases:
  - name: a plan is half of the way
    answers: {training: 1, exit-plan: 1, owner: 1}
    expect: {}
`,
	Good: `cases:
  - name: a plan is half of the way
    answers: {training: 1, exit-plan: 1, owner: 1}
    expect: {score: 50}
`,
}

var badExpectation = Rule{
	ID: "expectation", Form: true, Kind: cases.Kind,
	Summary: "a case expects what cannot come true, such as the level of a group, or takes its rubric from standard input",
	Why:     "It could never come true, whatever the rubric says.",
	Ground:  language,
	Bad: `cases:
  - name: a plan is half of the way
    answers: {training: 1}
    expect: {criteria: {training: {rung: owner}}}
`,
	Good: `cases:
  - name: a plan is half of the way
    answers: {training: 1}
    expect: {criteria: {training: {level: 1}}}
`,
}

var unknownGate = Rule{
	ID: "unknown-gate", Form: true, Kind: cases.Kind,
	Summary: "a case, or a waiver in one, names a gate that its rubric does not have",
	Why:     "Nothing would be tested, and a waiver would lift nothing.",
	Ground:  language,
	Bad: `rubric: ./gated.yaml
cases:
  - name: nobody is trained
    answers: {training: 0}
    expect: {score: 0, gates: {training: fail}}
`,
	Good: `rubric: ./gated.yaml
cases:
  - name: nobody is trained
    answers: {training: 0}
    expect: {score: 0, gates: {trained: fail}}
`,
}

var unknownFlag = Rule{
	ID: "unknown-flag", Form: true, Kind: cases.Kind,
	Summary: "a case names a flag that its rubric does not have",
	Why:     "Nothing would be tested.",
	Ground:  language,
	Bad: `rubric: ./gated.yaml
cases:
  - name: nobody answers for it
    answers: {owner: 0}
    expect: {score: 0, flags: {unowned: yes}}
`,
	Good: `rubric: ./gated.yaml
cases:
  - name: nobody answers for it
    answers: {owner: 0}
    expect: {score: 0, flags: {no-owner: yes}}
`,
}

var caseFails = Rule{
	ID: "case-fails", Form: true, By: "touchstone test", Kind: cases.Kind,
	Summary: "what a case expects does not hold",
	Why:     "The case is wrong, or the rubric is: they do not say the same. What a case expects is worked out by its author, and never by this program.",
	Ground:  law("The Bid Evaluation Guidance Note (May 2021) asks that the model is tested before it is published."),
	Bad: `cases:
  - name: a plan is half of the way
    answers: {training: 1, exit-plan: 1, owner: 1}
    expect: {score: 60}
`,
	Good: `cases:
  - name: a plan is half of the way
    answers: {training: 1, exit-plan: 1, owner: 1}
    expect: {score: 50}
`,
}
