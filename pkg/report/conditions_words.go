package report

import (
	"fmt"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// test says what one comparison asks, or under a `!` what it asks to be otherwise.
func (c conditions) test(t *expr.Test, not bool) phrase {
	compare := t.Compare
	if not {
		compare = opposite(compare)
	}
	switch t.Read {
	case "facts":
		return c.fact(t, compare, not)
	case "stage":
		return phrase{"the stage", "is " + otherThan(compare) + joined(c.stages(t), "or")}
	case "stage_at_least":
		if not {
			return phrase{"the stage", "is before " + c.m.Stages[t.Target]}
		}
		return phrase{"the stage", "is " + c.m.Stages[t.Target] + " or later"}
	case "as_of":
		return phrase{"the day of scoring", "is " + dates(compare, t.Against)}
	case "item":
		return c.item(t, compare, not)
	case "count_below", "count_from":
		return c.count(t, compare)
	case "gap":
		return phrase{"", fmt.Sprintf("the strongest and the weakest part of %s are %s points apart", c.group(t.Target), numbers(compare, t.Against, ""))}
	}
	return phrase{quote(c.m.Nodes[t.Target].Title), c.criterion(t, compare, not)}
}

// criterion is what a comparison asks of one criterion.
func (c conditions) criterion(t *expr.Test, compare string, not bool) string {
	n := &c.m.Nodes[t.Target]
	switch t.Read {
	case "answered":
		return "is " + unless(not) + "answered"
	case "applies":
		if not {
			return "does not apply"
		}
		return "applies"
	case "met":
		return "is " + unless(not) + "met (" + metWords(n) + ")"
	case "score":
		return "has a score of " + numbers(compare, t.Against, "")
	}
	is := "is "
	if t.Read == "claimed" {
		is = "is claimed "
	}
	switch {
	case n.Scale != nil:
		return is + levels(n.Scale, compare, t.Against)
	case n.Measure != nil:
		return is + numbers(compare, t.Against, n.Measure.Unit)
	}
	return is + numbers(compare, t.Against, "") // a price
}

func (c conditions) fact(t *expr.Test, compare string, not bool) phrase {
	f := c.m.Fact(t.Name)
	subject := "the fact " + quote(t.Name)
	if f.Ask != "" {
		subject = quote(inBrief(f.Ask))
	}
	switch f.Type {
	case "yes-no":
		if not {
			return phrase{subject, "is answered no"}
		}
		return phrase{subject, "is answered yes"}
	case "date":
		return phrase{subject, "is answered with a day " + dates(compare, t.Against)}
	case "choice", "text":
		return phrase{subject, "is answered " + differing(compare) + joined(quoted(t.Against), "or")}
	}
	return phrase{subject, "is answered with " + numbers(compare, t.Against, "")}
}

// inBrief is a question that is too long to be said again and again. It stands in full where it is asked.
func inBrief(question string) string {
	const longest, enough = 100, 60
	if len([]rune(question)) <= longest {
		return question
	}
	text := ""
	for word := range strings.FieldsSeq(question) {
		if len([]rune(text))+1+len([]rune(word)) > enough {
			break
		}
		text += " " + word
	}
	return strings.TrimRight(strings.TrimSpace(text), ",;:") + " …"
}

// item is what a `check` asks of an item of evidence.
func (c conditions) item(t *expr.Test, compare string, not bool) phrase {
	result, isResult := strings.CutPrefix(t.Name, "results.")
	switch {
	case isResult && t.Against[0].Number != nil:
		return phrase{"its result " + quote(result), "is " + numbers(compare, t.Against, "")}
	case isResult:
		return phrase{"its result " + quote(result), "is " + otherThan(compare) + joined(quoted(t.Against), "or")}
	case t.Name == "independent":
		return phrase{"it", "is " + unless(not) + "independent"}
	case t.Name == "dated":
		return phrase{"it", "is dated " + dates(compare, t.Against)}
	case t.Name == "valid_until":
		return phrase{"its last day", "is " + dates(compare, t.Against)}
	case t.Name == "kind":
		var titles []string
		for _, l := range t.Against {
			titles = append(titles, lower(c.m.KindTitle(l.Word)))
		}
		return phrase{"it", "is of the kind " + otherThan(compare) + joined(titles, "or")}
	}
	return phrase{"its " + t.Name, "is " + otherThan(compare) + joined(quoted(t.Against), "or")}
}

// count says how many criteria stand on one side of a level.
func (c conditions) count(t *expr.Test, compare string) phrase {
	side := "at " + t.At.String() + " or better"
	for i := t.Target; i < c.m.Nodes[t.Target].End; i++ {
		if scale := c.m.Nodes[i].Scale; scale != nil && scale.At(t.At) >= 0 {
			side = upwards(scale, scale.At(t.At))
			if t.Read == "count_below" {
				side = downwards(scale, scale.At(t.At))
			}
			break
		}
	}
	how := numbers(compare, t.Against, "")
	if compare == "<=" {
		how = "at most " + t.Against[0].Number.String()
	}
	of := ""
	if t.Target > 0 {
		of = " of " + c.group(t.Target)
	}
	return phrase{"", fmt.Sprintf("%s of the criteria%s stand %s", how, of, side)}
}

func (c conditions) group(i int) string {
	if i == 0 {
		return "the whole"
	}
	return quote(c.m.Nodes[i].Title)
}

// stages are the stages of a comparison, in the words of the whole.
func (c conditions) stages(t *expr.Test) []string {
	theirs := c.m.Nodes[t.Target].StageWords()
	var ours []string
	for _, l := range t.Against {
		for k, word := range theirs {
			if word == l.Word && k < len(c.m.Stages) {
				ours = append(ours, c.m.Stages[k])
			}
		}
	}
	return ours
}

// ruled says what a rule answers in place of the record.
func (c conditions) ruled(n *score.Node) string {
	condition, reading := n.Ruling()
	if condition != nil {
		yes, no := n.Scale.Levels[1].Label, n.Scale.Levels[0].Label
		if n.Scale.Reversed() {
			yes, no = no, yes
		}
		return fmt.Sprintf("it is %s if %s, and else %s", quote(yes), c.words(condition), quote(no))
	}
	switch reading.Read {
	case "facts":
		if f := c.m.Fact(reading.Name); f.Ask != "" {
			return "it is the answer to " + quote(f.Ask)
		}
		return "it is the fact " + quote(reading.Name)
	case "score":
		return "it is the score of " + c.group(reading.Target)
	case "gap":
		return "it is how many points the strongest and the weakest part of " + c.group(reading.Target) + " are apart"
	case "count_below", "count_from":
		counted := c.count(reading, "").predicate
		return "it is how many" + counted
	case "claimed":
		return "it is what is claimed for " + quote(c.m.Nodes[reading.Target].Title)
	}
	return "it is the answer to " + quote(c.m.Nodes[reading.Target].Title)
}

// metWords say from where on a criterion counts as met.
func metWords(n *score.Node) string {
	switch {
	case n.Scale != nil:
		for k, l := range n.Scale.Levels {
			if n.Meets(l.Value) {
				return upwards(n.Scale, k)
			}
		}
	case n.Measure != nil:
		_, best := n.Measure.Ends()
		from := best.String()
		if n.Source.Met != "" {
			from = n.Source.Met
		}
		return "at " + strings.TrimSpace(from+" "+n.Measure.Unit) + " or better"
	case n.Combine() == "all":
		return "when all of its parts that count are"
	case n.Combine() == "any":
		return "when one of its parts is"
	}
	from, _ := n.MetFrom()
	return "at a score of " + from.String() + " or more"
}
