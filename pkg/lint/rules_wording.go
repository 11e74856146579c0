package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

var levelWithoutDescriptor = Rule{
	ID: "level-without-descriptor", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a level does not say what is seen at it",
	Why:     "Each assessor then makes up where it begins, and two who read the same papers differ.",
	Ground:  complaint("Two answers that were the same word for word were marked once as a pass and once as a fail, because nothing said what a pass looks like."),
	Bad: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      2: Nine in ten users are on a signed record.
    evidence: none
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: A date for each role that opens it.
      2: Nine in ten users are on a signed record.
    evidence: none
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		v.leaves(func(n *score.Node, _ int) {
			if n.Scale == nil || n.IsRule() || n.Source.Scale.Name == "yes-no" && len(n.Source.Levels) == 0 || n.Source.Respondents != nil {
				return
			}
			var missing []string
			for _, l := range n.Scale.Levels {
				if l.Seen == "" {
					missing = append(missing, l.Value.String())
				}
			}
			if len(missing) > 0 {
				v.at(n.Source.AtKey("levels"), "write under `levels:` what is seen at it, so that two readers choose alike",
					"criterion %q does not say what is seen at %s", n.ID, levelsIn(missing))
			}
		})
	},
}

// levelsIn names levels: `level 2`, `levels 1, 2`.
func levelsIn(values []string) string {
	if len(values) == 1 {
		return "level " + values[0]
	}
	return "levels " + strings.Join(values, ", ")
}

var levelsAlike = Rule{
	ID: "levels-alike", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "two levels of a criterion say nearly the same",
	Why:     "They differ by words of praise only, so that the choice between them is a matter of taste.",
	Ground:  law("Procurement Act 2023, section 23: award criteria must be clear, measurable and specific."),
	Bad: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: There is a record of training.
      2: There is a clear record of the training.
    evidence: none
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: There is a record of training for one role.
      2: There is a record of training for every role.
    evidence: none
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		v.leaves(func(n *score.Node, _ int) {
			levels := n.Source.Levels
			for i := range levels {
				for j := range i {
					if a, b := bare(levels[i].Value), bare(levels[j].Value); len(a) > 0 && sameWords(a, b) {
						v.at(levels[i].ValuePlace, "say what is seen at one and not at the other: a number, a date, who signed",
							"levels %s and %s of %q say nearly the same", levels[j].Key, levels[i].Key, n.ID)
					}
				}
			}
		})
	},
}

// sameWords reports whether two texts have the same words, in whatever order.
func sameWords(a, b []string) bool {
	return slices.Equal(slices.Compact(slices.Sorted(slices.Values(a))), slices.Compact(slices.Sorted(slices.Values(b))))
}

var vagueLevel = Rule{
	ID: "vague-level", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a level is described by how it is valued, not by what is seen",
	Why:     "One reader's robust is another's adequate. What can be counted, dated, signed or named is the same for both.",
	Ground:  law("Procurement Act 2023, section 23: award criteria must be clear, measurable and specific."),
	Bad: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: Adequate training of some users.
      2: Robust and comprehensive training of most.
    evidence: none
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels:
      0: No list of who needs training.
      1: A date for each role that opens it.
      2: Nine in ten users are on a signed record.
    evidence: none
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		v.leaves(func(n *score.Node, _ int) {
			for _, e := range n.Source.Levels {
				if found := praiseIn(e.Value); len(found) > 0 && !observable(e.Value) {
					v.at(e.ValuePlace, "write what is seen: a number, a date, a name, a signature", "level %s of %q is described by %s", e.Key, n.ID, quoted(found))
				}
			}
		})
	},
}

func quoted(words []string) string {
	words = slices.Compact(slices.Sorted(slices.Values(words)))
	return `"` + strings.Join(words, `", "`) + `"`
}

var copiedLevel = Rule{
	ID: "copied-level", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a level of one criterion stands word for word in another",
	Why:     "It was probably copied to start from, and describes something else than its own question asks about.",
	Ground:  measurement("A vendor of evaluation software reports an error of some kind in 99 % of the evaluation spreadsheets that it sampled."),
	Bad: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels: {0: No list of names., 1: A date for each role that opens it., 2: Nine in ten users are on a signed record.}
    evidence: none
  - id: owner
    title: Owner
    ask: Does one named manager answer for it?
    scale: steps
    levels: {0: Nobody is named., 1: A post is named that is still empty., 2: Nine in ten users are on a signed record.}
    evidence: none
`,
	Good: `criteria:
  - id: training
    title: Training
    ask: Have the staff who use it been trained?
    scale: steps
    levels: {0: No list of names., 1: A date for each role that opens it., 2: Nine in ten users are on a signed record.}
    evidence: none
  - id: owner
    title: Owner
    ask: Does one named manager answer for it?
    scale: steps
    levels: {0: Nobody is named., 1: A post is named that is still empty., 2: The board minuted a name.}
    evidence: none
`,
	rubric: func(v *rubricView) {
		const few = 5 // words; of fewer, two can be the same by chance
		first := map[string]string{}
		v.leaves(func(n *score.Node, _ int) {
			for _, e := range n.Source.Levels {
				words := wordsOf(e.Value)
				text := strings.Join(words, " ")
				if other, again := first[text]; again && other != n.ID && len(words) >= few {
					v.at(e.ValuePlace, "write what is seen here", "level %s of %q says what a level of %q says", e.Key, n.ID, other)
				} else if !again {
					first[text] = n.ID
				}
			}
		})
	},
}

var noQuestion = Rule{
	ID: "no-question", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a criterion does not say what it asks",
	Why:     "Who answers it has only its title to go by, and answers something else.",
	Ground:  law("Procurement Act 2023, section 23: award criteria must be clear and specific."),
	Bad: `criteria:
  - {id: training, title: Training, scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		v.leaves(func(n *score.Node, _ int) {
			if n.Source.Ask == "" && !n.IsRule() && n.Price == nil {
				v.at(n.Source.At("id"), "write its question with `ask:`", "criterion %q has no question", n.ID)
			}
		})
	},
}

var twoQuestions = Rule{
	ID: "two-questions", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a question asks two things",
	Why:     "Who can say yes to one and no to the other has no right answer.",
	Ground:  measurement("Survey research calls it double-barrelled: answers to such questions cannot be told apart."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained and is the owner named?", scale: yes-no, evidence: none}
  - {id: way-out, title: Way out, ask: "Is a way out agreed?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is the owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		ask := func(name, text string, at diag.Place) {
			if by := secondQuestion(text); by != "" {
				v.at(at, "make two of it, or ask for the one that matters", "%s asks two things (%q)", name, by)
			}
		}
		v.leaves(func(n *score.Node, _ int) {
			ask(fmt.Sprintf("criterion %q", n.ID), n.Source.Ask, n.Source.At("ask"))
		})
		for _, e := range v.Rubric.Facts {
			answered := e.Value.Type != "text" && e.Value.Type != "choice" // in words of one's own, or with a list to choose from
			if v.inFile(e.KeyPlace) && answered {
				ask(fmt.Sprintf("fact %q", e.Key), e.Value.Ask, e.Value.At("ask"))
			}
		}
	},
}

var leadingQuestion = Rule{
	ID: "leading-question", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a question praises what it asks about, or names a product",
	Why:     "It tells the reader which answer is wanted, or lets one supplier only give it.",
	Ground:  law("Procurement Act 2023, sections 12 and 23: suppliers are to be treated alike, and criteria must not be written for one."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Is its excellent training taken by every user?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Has every user taken its training?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		v.leaves(func(n *score.Node, _ int) {
			found := praiseIn(n.Source.Ask)
			for _, mark := range []string{"®", "™"} {
				if strings.Contains(n.Source.Ask, mark) {
					found = append(found, mark)
				}
			}
			if len(found) > 0 && n.Source.Respondents == nil {
				v.at(n.Source.At("ask"), "ask what is so, and leave the judgement to the levels", "the question of %q leads with %s", n.ID, quoted(found))
			}
		})
	},
}

var repeatedText = Rule{
	ID: "repeated-text", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "two criteria have the same title or ask the same question",
	Why:     "Reports name criteria by their titles; of two alike, nobody knows which is meant, and one of them may be a copy.",
	Ground:  complaint("Being asked the same thing twice in one form is what suppliers name first."),
	Bad: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: trained, title: Trained, ask: "Are the users trained?", scale: yes-no, evidence: none}
`,
	Good: `criteria:
  - {id: training, title: Training, ask: "Are the users trained?", scale: yes-no, evidence: none}
  - {id: owner, title: Owner, ask: "Is an owner named?", scale: yes-no, evidence: none}
`,
	rubric: func(v *rubricView) {
		asked, titled := map[string]string{}, map[string]string{}
		again := func(first map[string]string, text, id string) string {
			text = strings.Join(wordsOf(text), " ")
			other := first[text]
			if other == "" && text != "" {
				first[text] = id
			}
			return other
		}
		v.leaves(func(n *score.Node, _ int) {
			if other := again(asked, n.Source.Ask, n.ID); other != "" {
				v.at(n.Source.At("ask"), "ask what this one is about, or leave one of them out", "criteria %q and %q ask the same", other, n.ID)
			}
			if other := again(titled, n.Source.Title, n.ID); other != "" {
				v.at(n.Source.At("title"), "give each a title of its own", "criteria %q and %q have the same title", other, n.ID)
			}
		})
	},
}

var unfinishedText = Rule{
	ID: "unfinished-text", Severity: diag.Warning, Kind: rubric.Kind,
	Summary: "a text still holds a note to its author, such as TBC",
	Why:     "It will be read by suppliers or printed in a report as it is.",
	Ground:  law("Procurement Act 2023, section 24: published criteria may be refined in few cases only, so that a gap cannot be filled later."),
	Bad: `purpose: TBC
`,
	Good: `purpose: Is it used, and can we stop using it?
`,
	rubric: func(v *rubricView) {
		v.unfinished(v.Rubric.Origin)
	},
}

// unfinished looks at every text of a file.
func (f *findings) unfinished(o source.Origin) {
	o.Texts(func(text string, at diag.Place) {
		if mark := unfinished(text); mark != "" {
			f.at(at, "finish it, or take it out", "%q is not finished (%s)", short(text), mark)
		}
	})
}
