package lint

import (
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/rubric"
)

// TestConditions holds the rules that look at what conditions can come to: what they find, and what they must not.
func TestConditions(t *testing.T) {
	const facts = `facts:
  beds: {type: integer, ask: "How many beds?"}
  live: {type: date, ask: "Since when is it used?"}
  device: {type: choice, of: [none, class-1, class-2], ask: "Which class?"}
  staff_only: {type: yes-no, ask: "Do only staff use it?"}
`
	gate := func(needs string, more ...string) string {
		keys := append([]string{"id: g", "otherwise: fail", "because: It must.", "needs: '" + needs + "'"}, more...)
		return facts + "gates:\n  - {" + strings.Join(keys, ", ") + "}\n"
	}
	leaf := func(when string) string {
		return facts + `criteria:
  - {id: a, title: A, ask: "Is it?", scale: yes-no, evidence: none, when: '` + when + `'}
  - {id: b, title: B, ask: "Was it?", scale: yes-no, evidence: none}
`
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a number can be anything", gate(`facts.beds > 10`), nil},
		{"every number is above or not", gate(`facts.beds > 10 || facts.beds <= 10`), []string{"gate-cannot-fail"}},
		{"no number is above and below", gate(`facts.beds > 10 && facts.beds < 5`), []string{"gate-cannot-pass"}},
		{"one number lies between", gate(`facts.beds > 10 && facts.beds < 12`), nil},
		{"a day lies between", gate(`facts.live > "2026-01-01" && facts.live < "2026-01-03"`), nil},
		{"no day is before and after", gate(`facts.live > "2026-01-02" && facts.live < "2026-01-01"`), []string{"gate-cannot-pass"}},
		{"the day of the report counts", gate(`as_of > "2026-01-01"`), nil},
		{"all choices are named", gate(`facts.device in ["none", "class-1", "class-2"]`), []string{"gate-cannot-fail"}},
		{"all choices but one are named", gate(`facts.device in ["none", "class-1"]`), nil},
		{"the condition of a gate narrows it", gate(`facts.device != "none"`, `when: 'facts.device == "class-1"'`), []string{"gate-cannot-fail"}},
		{"a level that is met at the best", gate(`met("training")`), nil},
		{"a level and its score say the same", gate(`level("training") >= 2 && score("training") >= 100`), nil},
		{"the stage of a gate narrows it", gate(`stage_at_least("pilot") && facts.staff_only`, `from_stage: service`), nil},
		{"and can leave nothing", gate(`stage_at_least("pilot") || facts.staff_only`, `from_stage: service`), []string{"gate-cannot-fail"}},
		{"a criterion's condition never holds", leaf(`facts.device == "none" && facts.device != "none"`), []string{"constant-condition"}},
		{"or always does", leaf(`facts.staff_only || !facts.staff_only`), []string{"constant-condition"}},
		{"or hangs on the answer to another", leaf(`claimed("b") < 1`), nil},
		{"a stage that has passed by then", facts + `criteria:
  - {id: a, title: A, ask: "Is it?", scale: yes-no, evidence: none, from_stage: pilot, when: 'stage == "idea"'}
  - {id: b, title: B, ask: "Was it?", scale: yes-no, evidence: none}
`, []string{"constant-condition"}},
		{"a group's condition rules out its part's", facts + `criteria:
  - id: g
    title: G
    when: facts.staff_only
    criteria:
      - {id: a, title: A, ask: "Is it?", scale: yes-no, evidence: none, when: '!facts.staff_only'}
      - {id: c, title: C, ask: "Does it?", scale: yes-no, evidence: none}
  - {id: b, title: B, ask: "Was it?", scale: yes-no, evidence: none}
  - {id: d, title: D, ask: "Can it?", scale: yes-no, evidence: none}
`, []string{"constant-condition"}},
		{"one of two parts always applies", facts + `criteria:
  - {id: a, title: A, ask: "Is it?", scale: yes-no, evidence: none, when: 'facts.beds > 10'}
  - {id: b, title: B, ask: "Was it?", scale: yes-no, evidence: none, when: 'facts.beds <= 10'}
`, nil},
		{"neither part may apply", facts + `criteria:
  - {id: a, title: A, ask: "Is it?", scale: yes-no, evidence: none, when: 'facts.beds > 10'}
  - {id: b, title: B, ask: "Was it?", scale: yes-no, evidence: none, when: 'facts.beds < 10'}
`, []string{"vanishing-group"}},
		{"the mean of a survey lies between levels", `criteria:
  - {id: a, title: A, ask: "Is it?", scale: yes-no, evidence: none, respondents: {min: 3}, why: Staff know.}
  - {id: b, title: B, ask: "Was it?", scale: yes-no, evidence: none}
gates:
  - {id: g, needs: 'level("a") >= 0.5', otherwise: fail, because: It must.}
`, nil},
		{"a gate asks where its criterion does not apply", facts + `criteria:
  - {id: a, title: A, ask: "Is it?", scale: yes-no, evidence: none, when: facts.staff_only}
  - {id: b, title: B, ask: "Was it?", scale: yes-no, evidence: none}
gates:
  - {id: g, needs: 'level("a") >= 1', when: '!facts.staff_only', otherwise: fail, because: It must.}
`, []string{"gate-cannot-fail"}},
		{"a gate that holds back less hard implies nothing", facts + `gates:
  - {id: g, needs: 'level("training") >= 2', otherwise: conditional, because: It must.}
  - {id: h, needs: 'level("training") >= 2 || level("owner") >= 2', otherwise: fail, because: It must.}
`, nil},
		{"nor does one that comes later", facts + `gates:
  - {id: g, needs: 'level("training") >= 2', from_stage: service, otherwise: fail, because: It must.}
  - {id: h, needs: 'level("training") >= 2 || level("owner") >= 2', otherwise: fail, because: It must.}
`, nil},
		{"of two that are the same the second is found", facts + `gates:
  - {id: g, needs: 'level("training") >= 2', otherwise: fail, because: It must.}
  - {id: h, needs: 'level("training") >= 2', otherwise: fail, because: It must.}
`, []string{"gate-implied"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if list := checked(t, Example(rubric.Kind, c.text), Options{}); !slices.Equal(found(list), c.want) {
				t.Errorf("found %v, want %v:\n%v", found(list), c.want, list)
			}
		})
	}
}

// TestManyWorlds makes sure that conditions with too many ways to come out are left alone, and soon.
func TestManyWorlds(t *testing.T) {
	var text, needs strings.Builder
	text.WriteString("facts:\n")
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "o", "p", "q"} {
		text.WriteString("  " + name + `: {type: choice, of: [u, v, w, x], ask: "Which?"}` + "\n")
		needs.WriteString("facts." + name + ` == "u" || `)
	}
	text.WriteString("gates:\n  - {id: g, otherwise: fail, because: It must., needs: '" + needs.String() + "facts.a != \"u\"'}\n")
	if list := checked(t, Example(rubric.Kind, text.String()), Options{}); len(list) > 0 {
		t.Errorf("found %v", list)
	}
}
