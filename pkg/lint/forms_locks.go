package lint

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/lock"
	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// lockRules are about what was published, and whether it is still that.
func lockRules() []Rule {
	return []Rule{lockWords, lockScoring, lockDamaged, lockName, lockMissing, lockStep, lockTwice, versionStep}
}

// byLock is the command that finds what only it looks for.
const byLock = "touchstone lock"

// lockedRubric is a rubric that was published and locked.
const lockedRubric = `touchstone: rubric/v1
id: locked
version: 1.0.0
status: published
title: Locked
issuer: Example trust
licence: CC-BY-4.0
source: Ours.
review_by: 2099-01-31
criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?",
     scale: yes-no, evidence: none, weight: 2}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?",
     scale: yes-no, evidence: none}
`

var lockWords = Rule{
	ID: "lock-words", Form: true, Kind: rubric.Kind,
	Summary: "the words of a rubric differ from what was published under this version",
	Why:     "Somebody answered other words than those that stand here now. Scores stay comparable; what was asked does not.",
	Ground:  law("Procurement Act 2023, section 24: published criteria may be refined in few cases only. Awards have fallen where the criteria used were not those that bidders saw."),
	Bad:     strings.Replace(lockedRubric, "an owner", "a manager", 1),
	Good:    lockedRubric,
}

var lockScoring = Rule{
	ID: "lock-scoring", Form: true, Kind: rubric.Kind,
	Summary: "what the scores of a rubric are computed from differs from what was published under this version",
	Why:     "Two results that quote this version are then not comparable, and nobody can tell which rules gave which.",
	Ground:  law("Procurement Act 2023, section 23: the relative importance of criteria is published. Weights that bidders never saw have undone awards."),
	Bad:     strings.Replace(lockedRubric, "weight: 2", "weight: 3", 1),
	Good:    lockedRubric,
}

var lockDamaged = Rule{
	ID: "lock-damaged", Form: true, By: "every command that opens a rubric beside it", Kind: lock.Kind,
	Summary: "a lock cannot be read, so no rubric beside it can be used",
	Why:     "What is listed in the part that cannot be read would pass unseen.",
	Ground:  language,
	Bad: `touchstone: lock/v1
rubrics:
  ward@1.0.0: {content: "sha256:12", scoring: "sha256:34"}
`,
	Good: `touchstone: lock/v1
rubrics: {}
`,
}

var lockName = Rule{
	ID: "lock-name", Form: true, Kind: lock.Kind,
	Summary: "a lock lies under a name by which no command finds it",
	Why:     "Whoever put it there believes that its rubrics are held to it, and they are not. It is called " + lock.FileName + ".",
	Ground:  language,
	Bad: `touchstone: lock/v1
rubrics: {}
`,
	Good: `# rubrics.lock.yaml
touchstone: lock/v1
rubrics: {}
`,
}

var lockMissing = Rule{
	ID: "lock-missing", Form: true, By: byLock + " --check, and by lint where the folder has a lock", Kind: rubric.Kind,
	Summary: "a published rubric is not in the lock of its folder",
	Why:     "Nothing would notice if it changed.",
	Ground:  law("Awards have fallen where the criteria used were not those that bidders saw; a digest taken at publication is how one shows that they were."),
	Bad: `status: published
`,
	Good: `status: draft
`,
}

var lockStep = Rule{
	ID: "lock-step", Form: true, By: byLock + ", and by lint where the folder has one", Kind: rubric.Kind,
	Summary: "a new version scores otherwise than a locked one with the same first number",
	Why:     "Whoever asks for `ward@1` is given the newest version that begins with 1, and would get other scores without having asked.",
	Ground:  law("Semantic versions (semver.org): what breaks those who rely on it raises the first number."),
	Bad: `version: 1.1.0
criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 3}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none}
`,
	Good: `version: 2.0.0
criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 3}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none}
`,
}

var lockTwice = Rule{
	ID: "lock-twice", Form: true, By: byLock, Kind: rubric.Kind,
	Summary: "two files of a folder hold one rubric in one version, and differ",
	Why:     "The lock has one line for a version, and it would be the line of one of the two.",
	Ground:  language,
	Bad: `# ward.yaml and ward@1.0.0.yaml, which differ
version: 1.0.0
`,
	Good: `# ward.yaml
version: 1.1.0
`,
}

var versionStep = Rule{
	ID: "version-step", Form: true, By: "touchstone diff", Kind: rubric.Kind,
	Summary: "the version of a rubric steps less far than its changes ask for",
	Why:     "Who relies on the version takes results under the two for comparable, or the same words for still asked.",
	Ground:  law("Semantic versions (semver.org): what breaks those who rely on it raises the first number, what they can see the second."),
	Bad: `# before: version 1.0.0, weight 2
version: 1.0.1
criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 3}
`,
	Good: `# before: version 1.0.0, weight 2
version: 2.0.0
criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, weight: 3}
`,
}
