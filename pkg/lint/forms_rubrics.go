package lint

import "github.com/touchstone-health/touchstone/pkg/rubric"

// rubricForms are about what a rubric means, in the order of its keys. Some are about records and cases too, which speak
// of the same things.
func rubricForms() []Rule {
	return []Rule{
		outsidePath, vocabularyMismatch, repeatedName,
		answerForm, badScale, offScale, badWeight, badWeightRule,
		unknownKind, unknownStage, unknownRole, unknownFact, unknownCriterion, unknownSource,
		badExpression, badPolarity, circle, badBand,
		unknownRubric, rubricVersion, ambiguousRubric, misnamedRubric,
	}
}

var outsidePath = Rule{
	ID: "import", Form: true, Kind: rubric.Kind,
	Summary: "a path leads out of the folder of the file that names it, or to words that cannot be read",
	Why:     "A rubric or a record that comes from elsewhere must not choose which files of yours are opened; and a folder that holds all it needs can be handed on.",
	Ground:  language,
	Bad: `import: [../words.yaml]
`,
	Good: `import: [./words.yaml]
`,
}

var vocabularyMismatch = Rule{
	ID: "vocabulary", Form: true, Kind: rubric.Kind,
	Summary: "two rubrics mean different things by one word, or what a fact declares does not fit its type",
	Why:     "One answer would be read in two ways. A fact, a stage, a kind or a scale of one name has to be the same in all that are scored together.",
	Ground:  language,
	Bad: `criteria:
  - {use: ./staged.yaml}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {use: ./staged.yaml, stages: {idea: alpha, pilot: beta, service: live}}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var repeatedName = Rule{
	ID: "repeated-name", Form: true, Kind: rubric.Kind,
	Summary: "two things of one kind have the same name: criteria, gates, bands, evidence, answers, cases and so on",
	Why:     "What is said of the name would hold for one of the two, and nobody could tell for which.",
	Ground:  language,
	Bad: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: owner, title: Deputy, ask: "Is a deputy named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: deputy, title: Deputy, ask: "Is a deputy named?", scale: yes-no, evidence: none}
`,
}

var answerForm = Rule{
	ID: "answer-form", Form: true, Kind: rubric.Kind,
	Summary: "a criterion does not say how it is answered, or a key or an answer does not fit how it is",
	Why:     "A key of another form would be read and change nothing, without a word. An answer of another form is no answer to this question.",
	Ground:  language,
	Bad: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?"}
`,
	Good: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var badScale = Rule{
	ID: "scale", Form: true, Kind: rubric.Kind,
	Summary: "a scale, measure, price or display is not there, or cannot be used as it is written",
	Why:     "The value of an answer is how far it lies from the worst to the best. Without the two, or with a label that could mean either, there is nothing to compute.",
	Ground:  language,
	Bad: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-or-no, evidence: none}
`,
	Good: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var offScale = Rule{
	ID: "off-scale", Form: true, Kind: rubric.Kind,
	Summary: "a level or a number lies off its scale or its limits, or a threshold is one that all or none reach",
	Why:     "A score off the scale is one that nobody published. A threshold off it decides always, or never.",
	Ground:  law("Bromcom v United Learning Trust [2022] EWHC 3262 (TCC): scores that were not on the published scale were among the faults that the court found."),
	Bad: `criteria:
  - id: owner
    title: Owner
    ask: Does one named manager answer for it?
    scale: steps
    levels: {0: Nobody is named., 1: A post is named that is still empty., 3: The board minuted a name.}
    evidence: none
`,
	Good: `criteria:
  - id: owner
    title: Owner
    ask: Does one named manager answer for it?
    scale: steps
    levels: {0: Nobody is named., 1: A post is named that is still empty., 2: The board minuted a name.}
    evidence: none
`,
}

var badWeight = Rule{
	ID: "weight", Form: true, Kind: rubric.Kind,
	Summary: "a weight cannot be used: it is negative, of what has no score or is left out, or not in simple proportion",
	Why:     "With a negative weight a better answer would lower the score. What has no score can have no share in one.",
	Ground:  language,
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: complaints, title: Complaints, ask: "Are there complaints?", scale: yes-no, evidence: none, weight: -1}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: complaints, title: Complaints, ask: "Are there complaints?", scale: yes-no, evidence: none, reverse: yes}
`,
}

var badWeightRule = Rule{
	ID: "weight-rule", Form: true, Kind: rubric.Kind,
	Summary: "the weights break a bound that the rubric sets, or the bound itself cannot be kept",
	Why:     "Results would be quoted under a rubric whose own conditions they do not keep.",
	Ground:  law("The value-based procurement standard for medical technology (June 2026) binds shares: whole-life cost at most 40 %, social value at least 10 %."),
	Bad: `weight_rules:
  - {of: [training], max: 30, because: No one thing is to decide.}
`,
	Good: `weight_rules:
  - {of: [training], max: 40, because: No one thing is to decide.}
`,
}

var unknownKind = Rule{
	ID: "unknown-kind", Form: true, Kind: rubric.Kind,
	Summary: "a kind of evidence is named that is not declared",
	Why:     "No paper would ever be of that kind, so the level could not be shown, or a paper would count for nothing, without a word.",
	Ground:  language,
	Bad: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minutes]}}
`,
	Good: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: {kinds: [minute]}}
`,
}

var unknownStage = Rule{
	ID: "unknown-stage", Form: true, Kind: rubric.Kind,
	Summary: "a stage is named that is not among the rubric's stages, or stages change their order",
	Why:     "What is expected from a stage that never comes is never expected.",
	Ground:  language,
	Bad: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: support, title: Support, ask: "Is there a help line?", scale: yes-no, evidence: none, from_stage: live}
`,
	Good: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: support, title: Support, ask: "Is there a help line?", scale: yes-no, evidence: none, from_stage: service}
`,
}

var unknownRole = Rule{
	ID: "unknown-role", Form: true, Kind: rubric.Kind,
	Summary: "a role is named that is not declared",
	Why:     "The report could not say who can help or where to find them, and nobody could own a waiver.",
	Ground:  language,
	Bad: `roles:
  matron: {title: Matron, find: Ask the ward's office.}
criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none,
     improve: {1: {advice: Ask for a name., help: [matrons]}}}
`,
	Good: `roles:
  matron: {title: Matron, find: Ask the ward's office.}
criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none,
     improve: {1: {advice: Ask for a name., help: [matron]}}}
`,
}

var unknownFact = Rule{
	ID: "unknown-fact", Form: true, Kind: rubric.Kind,
	Summary: "a fact is named that no rubric at hand declares",
	Why:     "It would be unknown for ever, and what hangs on it undecided; stated in a record, it would be read by nobody.",
	Ground:  language,
	Bad: `criteria:
  - {id: dpia, title: DPIA, ask: "Is the DPIA signed?", scale: yes-no, evidence: none, when: facts.patient_data}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: dpia, title: DPIA, ask: "Is the DPIA signed?", scale: yes-no, evidence: none, when: facts.uses_patient_data}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var unknownCriterion = Rule{
	ID: "unknown-criterion", Form: true, Kind: rubric.Kind,
	Summary: "a name means no criterion, gate or flag, or several of them; or nothing is left of a rubric in use",
	Why:     "An answer would be read by nobody, or taken for another question's; a gate would watch nothing.",
	Ground:  language,
	Bad: `gates:
  - {id: trained, needs: 'level("traning") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
}

var unknownSource = Rule{
	ID: ruleSource, Form: true, Kind: rubric.Kind,
	Summary: "`maps` points at a reference, or an item of one, that is not there",
	Why:     "The rubric would claim to rest on something that nobody can look up.",
	Ground:  language,
	Bad: `criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none, maps: ["guide:2"]}
`,
	Good: `criteria:
  - {id: end-date, title: End date, ask: "Has the pilot an end date?", scale: yes-no, evidence: none, maps: ["guide:1"]}
`,
}

var badExpression = Rule{
	ID: "expression", Form: true, Kind: rubric.Kind,
	Summary: "a condition cannot be read, or compares what cannot be compared",
	Why:     "It would be undecided for every record, so that a gate could never pass, or a question would never be sure to apply.",
	Ground:  language,
	Bad: `gates:
  - {id: trained, needs: level(training) >= 2, otherwise: fail, because: Untrained staff make mistakes.}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
}

var badPolarity = Rule{
	ID: "polarity", Form: true, Kind: rubric.Kind,
	Summary: "a worse level could turn a condition in the innovation's favour",
	Why:     "Evidence would then be a reason to hide it: who shows less would pass.",
	Ground:  language,
	Bad: `gates:
  - {id: trained, needs: 'level("training") < 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
	Good: `gates:
  - {id: trained, needs: 'level("training") >= 2', otherwise: fail, because: Untrained staff make mistakes.}
`,
}

var circle = Rule{
	ID: "cycle", Form: true, Kind: rubric.Kind,
	Summary: "criteria depend on themselves, or rubrics use one another in a circle",
	Why:     "None of them could be decided first.",
	Ground:  language,
	Bad: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none, when: 'claimed("deputy") >= 1'}
  - {id: deputy, title: Deputy, ask: "Is a deputy named?", scale: yes-no, evidence: none, when: 'claimed("owner") >= 1'}
`,
	Good: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
  - {id: deputy, title: Deputy, ask: "Is a deputy named?", scale: yes-no, evidence: none, when: 'claimed("owner") >= 1'}
`,
}

var badBand = Rule{
	ID: "band", Form: true, Kind: rubric.Kind,
	Summary: "a band is named that is not there, or bands do not rise from the worst score to what can be reached",
	Why:     "A score would fall in two bands or in none, and a cap at a band that is not there would hold nothing back.",
	Ground:  language,
	Bad: `bands:
  - {id: not-ready, label: Not ready, from: 0}
  - {id: ready, label: Ready, from: 75}
  - {id: nearly-ready, label: Nearly ready, from: 50}
`,
	Good: `bands:
  - {id: not-ready, label: Not ready, from: 0}
  - {id: nearly-ready, label: Nearly ready, from: 50}
  - {id: ready, label: Ready, from: 75}
`,
}

var unknownRubric = Rule{
	ID: "unknown-rubric", Form: true, Kind: rubric.Kind,
	Summary: "no rubric of that id ships or lies in the folders of --rubric-path",
	Why:     "Nothing can be scored with it, and scored without it the result would be that of another rubric.",
	Ground:  language,
	Bad: `criteria:
  - {use: wards}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {use: ward}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var rubricVersion = Rule{
	ID: "rubric-version", Form: true, Kind: rubric.Kind,
	Summary: "a rubric is there, but not in the version that is asked for",
	Why:     "Another version may weigh, ask or hold back otherwise, so that the result would not be the one that was asked for.",
	Ground:  language,
	Bad: `criteria:
  - {use: ward@2}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {use: ward@1}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var ambiguousRubric = Rule{
	ID: "ambiguous-rubric", Form: true, Kind: rubric.Kind,
	Summary: "two files say that they are the same rubric in the same version, and differ",
	Why:     "What an id and a version mean would hang on the order of folders.",
	Ground:  language,
	Bad: `criteria:
  - {use: twin}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {use: ./shelf/twin.yaml}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var misnamedRubric = Rule{
	ID: "misnamed-rubric", Form: true, Kind: rubric.Kind,
	Summary: "a rubric in a folder of --rubric-path has another id or version than its file is named after",
	Why:     "Rubrics are found by the names of their files, so who asks for the one would get the other.",
	Ground:  language,
	Bad: `criteria:
  - {use: renamed}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {use: ward}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}
