package lint

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Whole reports whether the examples are whole files, not parts.
func (r Rule) Whole() bool { return Example(r.Kind, r.Bad) == r.Bad }

// Example makes a whole file of an example: what the example does not say is taken from a small file of its kind in
// which nothing is wrong. One that says what it is, is whole already. The small rubric imports the small vocabulary, as
// words.yaml.
func Example(kind, part string) string {
	if strings.HasPrefix(part, source.Header) || bases[kind] == "" {
		return part
	}
	said := map[string]bool{}
	for _, block := range blocks(part) {
		said[keyOf(block)] = true
	}
	var whole strings.Builder
	for _, block := range blocks(bases[kind]) {
		if !said[keyOf(block)] {
			whole.WriteString(block)
		}
	}
	whole.WriteString(part)
	return whole.String()
}

// blocks are the keys at the top of a file, each with all its lines.
func blocks(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if len(all) == 0 || !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\n") {
			all = append(all, "")
		}
		all[len(all)-1] += line
	}
	return all
}

func keyOf(block string) string {
	key, _, _ := strings.Cut(block, ":")
	return key
}

var bases = map[string]string{
	rubric.Kind: `touchstone: rubric/v1
id: example
version: 1.0.0
title: Example
source: Made up to show a rule.
import: [./words.yaml]
criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: A date for each role that opens it.
      2: Nine in ten users are on a signed record.
    evidence: {from: 2, kinds: [training-record], max_age: 24 months}
  - id: exit-plan
    title: Way out
    ask: Is it written down how to stop using it?
    scale: steps
    levels:
      0: Nothing in writing.
      1: A named person writes the plan by a stated day.
      2: The plan names who takes the data back, and in which form.
    evidence: {from: 2, kinds: [minute]}
  - id: owner
    title: Owner
    ask: Does one named manager answer for it?
    scale: steps
    levels:
      0: Nobody is named.
      1: A post is named that is still empty.
      2: The board minuted a name.
    evidence: {from: 2, kinds: [minute]}
bands:
  - {id: not-ready, label: Not ready, from: 0}
  - {id: ready, label: Ready, from: 50}
`,
	innovation.Kind: `touchstone: innovation/v1
id: example-record
for: [./example.yaml]
name: Example record
stage: pilot
evidence:
  - {id: roster, kind: training-record, title: Training roster, dated: 2026-05-04, locator: papers/roster.pdf}
answers:
  training: {level: 2, because: All eleven nurses of the ward are on the roster., evidence: [roster]}
`,
	cases.Kind: `touchstone: cases/v1
rubric: ./example.yaml
as_of: 2026-06-01
cases:
  - name: a plan is half of the way
    stage: pilot
    answers: {training: 1, exit-plan: 1, owner: 1}
    expect: {score: 50, band: ready}
`,
	rubric.ReferenceKind: `touchstone: reference/v1
id: guide
title: A guide to pilots
publisher: Example body
year: 2025
source: Read in full.
licence: all rights reserved; cited, not reproduced
read_on: 2026-01-10
items:
  "1": {says: A pilot has an end., kind: criterion}
`,
	rubric.VocabularyKind: `touchstone: vocabulary/v1
id: words
title: Shared words
stages: [idea, pilot, service]
scales:
  steps: [Not started, Planned, Done]
facts:
  uses_patient_data: {type: yes-no, ask: "Does it process data about patients?"}
kinds:
  training-record: {title: Training record}
  minute: {title: Signed minute}
`,
}
