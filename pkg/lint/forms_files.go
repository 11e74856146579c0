package lint

import (
	"slices"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// The rules of form are looked at where files are read, linked, compiled and bound. Here they are told, in the order in
// which people meet them.

// formRules are those without which a file cannot be read or a rubric does not compile.
func formRules() []Rule {
	return slices.Concat(fileForms(), rubricForms(), recordForms(), caseForms())
}

// fileForms are about files of every kind.
func fileForms() []Rule {
	return []Rule{
		unreadableFile, emptyFile, wrongKind, unknownFileKind, notSupportedYet,
		syntax, encoding, severalDocuments, tooLarge, duplicateKey, yamlTag, mergeKey,
		unknownKey, missingKey, wrongType, badValue,
		cannotFormat, notComparable,
	}
}

// wholeFile is the kind of examples that are no part of any kind of file.
const wholeFile = "any"

// aRecord is a small file in which nothing is wrong.
const aRecord = `touchstone: innovation/v1
id: ward-handover
for: [./example.yaml]
name: Ward Handover
`

var unreadableFile = Rule{
	ID: source.Unopened, Form: true, Kind: rubric.Kind,
	Summary: "a file or a folder cannot be opened",
	Why:     "Nobody can say what is in it, so nothing that rests on it could be checked or scored.",
	Ground:  language,
	Bad: `import: [./word.yaml]
`,
	Good: `import: [./words.yaml]
`,
}

var emptyFile = Rule{
	ID: "empty-file", Form: true, Kind: wholeFile,
	Summary: "nothing stands in a file, or only notes",
	Why:     "An empty record would be scored as one in which everything is unknown, and nobody would see that its text was lost.",
	Ground:  language,
	Bad: `# To be written by Friday.
`,
	Good: aRecord,
}

var wrongKind = Rule{
	ID: "wrong-kind", Form: true, Kind: wholeFile,
	Summary: "a file does not begin with what it is, or is something else than was asked for",
	Why:     "The first key decides which other keys there are. A guess would call half of them mistakes, or read a rubric as a record.",
	Ground:  language,
	Bad: `id: ward-handover
name: Ward Handover
`,
	Good: aRecord,
}

var unknownFileKind = Rule{
	ID: ruleKind, Form: true, Kind: wholeFile,
	Summary: "a file says that it is of a kind that there is not",
	Why:     "Taken for no file of ours, it would be passed over in a folder without a word, and count as checked.",
	Ground:  language,
	Bad: `touchstone: inovation/v1
id: ward-handover
name: Ward Handover
`,
	Good: aRecord,
}

var notSupportedYet = Rule{
	ID: ruleNotYet, Severity: diag.Note, Form: true, Kind: wholeFile,
	Summary: "a part of the language that this version does not follow yet",
	Why:     "What is in it is not looked at. Silence would read as if it were right.",
	Ground:  language,
	Bad: `touchstone: exercise/v1
id: handover-tender
`,
	Good: `touchstone: assessment/v1
innovation: ward-handover
`,
}

var syntax = Rule{
	ID: "syntax", Form: true, Kind: rubric.Kind,
	Summary: "a file is not YAML, or not JSON",
	Why:     "What comes after the slip can be read in more than one way, so nothing of the file is read.",
	Ground:  language,
	Bad: `criteria:
  - {id: owner, title: Owner, ask: Is an owner named?, scale: yes-no}
`,
	Good: `criteria:
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var encoding = Rule{
	ID: "encoding", Form: true, Kind: innovation.Kind,
	Summary: "a file is not saved as UTF-8 text with the usual line ends, or holds a control character",
	Why:     "Names would come out mangled, lines would be counted otherwise than in your editor, and hidden characters could change what a terminal shows.",
	Ground:  language,
	Bad:     "name: Caf\xe9 board\n",
	Good: `name: Café board
`,
}

var severalDocuments = Rule{
	ID: "several-documents", Form: true, Kind: wholeFile,
	Summary: "a second document begins in a file",
	Why:     "Only the first would be read, and what stands below the line would be lost without a word.",
	Ground:  language,
	Bad: aRecord + `---
touchstone: innovation/v1
id: ward-board
name: Ward Board
`,
	Good: aRecord,
}

var tooLarge = Rule{
	ID: "too-large", Form: true, Kind: innovation.Kind,
	Summary: "a file has too many bytes, values or levels, or a rubric too many criteria with all that it uses",
	Why:     "Records come from strangers. The bounds hold reading to a second and to 200 MB, whatever is in them.",
	Ground:  measurement("A chain of nine lists, each of which names the one before, was read without complaint, and writing it out did not end."),
	Bad: `facts:
  a: &a [x, x, x, x, x, x, x, x, x, x]
  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
  d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
  e: [*d, *d]
`,
	Good: `facts:
  uses_patient_data: yes
`,
}

var duplicateKey = Rule{
	ID: "duplicate-key", Form: true, Kind: wholeFile,
	Summary: "a key stands twice in the same place",
	Why:     "One of the two would win without a word, and nobody could say which was meant.",
	Ground:  measurement("Of the two ways in which the library that is used here reads YAML, one refuses a repeated key and the other takes it without a word."),
	Bad: aRecord + `stage: idea
stage: pilot
`,
	Good: aRecord + `stage: pilot
`,
}

var yamlTag = Rule{
	ID: "yaml-tag", Form: true, Kind: rubric.Kind,
	Summary: "a value begins with `!` and is not in quotes",
	Why:     "YAML takes the word for a tag and the value for empty. A condition would vanish, and its question would be asked of everybody.",
	Ground:  measurement("Tried on the library that is used here: `when: !facts.x` is read without an error, and its value is empty."),
	Bad: `criteria:
  - id: reason
    title: Reason for no safety case
    ask: Is it written down why none is needed?
    scale: yes-no
    evidence: none
    when: !facts.uses_patient_data
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - id: reason
    title: Reason for no safety case
    ask: Is it written down why none is needed?
    scale: yes-no
    evidence: none
    when: "!facts.uses_patient_data"
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
}

var mergeKey = Rule{
	ID: "merge-key", Form: true, Kind: innovation.Kind,
	Summary: "a file takes over keys from elsewhere with `<<`",
	Why:     "Whoever reads the lines would not see what they say, and a change at one place would change answers at others.",
	Ground:  language,
	Bad: `answers:
  training: &done {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
  owner: {<<: *done}
`,
	Good: `answers:
  training: {level: 2, because: All eleven nurses are on the roster., evidence: [roster]}
  owner: {level: 1, because: The post is advertised until June.}
`,
}

var unknownKey = Rule{
	ID: "unknown-key", Form: true, Kind: innovation.Kind,
	Summary: "a key is not one of those that there are at this place",
	Why:     "What stands behind it would count for nothing: a misspelt `weight` would be a weight of 1.",
	Ground:  language,
	Bad: `summry: A list on a phone for the jobs of the night.
`,
	Good: `summary: A list on a phone for the jobs of the night.
`,
}

var missingKey = Rule{
	ID: "missing-key", Form: true, Kind: wholeFile,
	Summary: "a key that must be there is not, or nothing stands behind it",
	Why:     "Something would have to be made up in its place: a name, a threshold, the day on which evidence is judged.",
	Ground:  language,
	Bad: `touchstone: innovation/v1
id: ward-handover
for: [./example.yaml]
`,
	Good: aRecord,
}

var wrongType = Rule{
	ID: "wrong-type", Form: true, Kind: innovation.Kind,
	Summary: "a list, a text, keys with values or nothing stands where another of these is expected",
	Why:     "It could be read in more than one way, and one of them is not what was meant.",
	Ground:  language,
	Bad: `supplier: Riverside Digital Ltd
`,
	Good: `supplier: {name: Riverside Digital Ltd}
`,
}

var badValue = Rule{
	ID: "bad-value", Form: true, Kind: innovation.Kind,
	Summary: "a value is none that its key, its fact or its setting can have",
	Why:     "What is guessed right by one reader is guessed wrong by the next: 4.5.2026 is a day in April or in May.",
	Ground:  measurement("Tried on the library that is used here: 08 becomes 8, 1_000 becomes 1000, and neither is an error."),
	Bad: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 4.5.2026, locator: papers/roster.pdf}
`,
	Good: `evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
`,
}

var cannotFormat = Rule{
	ID: "cannot-format", Form: true, By: "touchstone fmt", Kind: wholeFile,
	Summary: "a file cannot be put in canonical form without a change to what it says",
	Why:     "YAML can be written in ways that cannot be moved line by line. Such a file is left as it is, rather than guessed at.",
	Ground:  language,
	Bad: `touchstone: vocabulary/v1
? id
: words
`,
	Good: `touchstone: vocabulary/v1
id: words
`,
}

var notComparable = Rule{
	ID: "not-comparable", Form: true, By: "touchstone score --since", Kind: wholeFile,
	Summary: "an earlier report is one with which a result cannot be compared",
	Why:     "Under other weights, levels or questions two numbers mean different things, and their difference would be taken for progress.",
	Ground:  language,
	Bad: `{"touchstone": "report/v1", "as_of": "2026-05-01", "results": [
  {"rubric": {"id": "ward", "scoring": "sha256:other"}}
]}
`,
	Good: `{"touchstone": "report/v1", "as_of": "2026-05-01", "results": [
  {"rubric": {"id": "ward", "scoring": "sha256:same"}}
]}
`,
}
