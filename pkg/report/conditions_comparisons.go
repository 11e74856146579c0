package report

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/expr"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// opposite is the comparison that holds where another does not.
func opposite(compare string) string {
	switch compare {
	case "==":
		return "!="
	case "!=":
		return "=="
	case "<":
		return ">="
	case "<=":
		return ">"
	case ">":
		return "<="
	case ">=":
		return "<"
	case "in":
		return notIn
	}
	return compare
}

// notIn is what `in` under a `!` asks, which the language writes as two parts.
const notIn = "not in"

func unless(not bool) string {
	if not {
		return "not "
	}
	return ""
}

// otherThan goes before what a word is compared with.
func otherThan(compare string) string { return unless(compare == "!=" || compare == notIn) }

// differing is [otherThan] for answers: one that is not given is no other answer.
func differing(compare string) string {
	if compare == "!=" || compare == notIn {
		return "with something other than "
	}
	return ""
}

func quoted(against []expr.Literal) []string {
	texts := make([]string, len(against))
	for i, l := range against {
		texts[i] = quote(l.Word)
	}
	return texts
}

// numbers says how a number compares, with its unit: `50 points or more`.
func numbers(compare string, against []expr.Literal, unit string) string {
	var texts []string
	for _, l := range against {
		texts = append(texts, strings.TrimSpace(l.Number.String()+" "+unit))
	}
	number := joined(texts, "or")
	switch compare {
	case "<":
		return "less than " + number
	case "<=":
		return number + " or less"
	case ">":
		return "more than " + number
	case ">=":
		return number + " or more"
	case "!=", notIn:
		return "not " + number
	}
	return number
}

// dates says how a day compares.
func dates(compare string, against []expr.Literal) string {
	var days []string
	for _, l := range against {
		days = append(days, l.Word)
	}
	day := joined(days, "or")
	switch compare {
	case "<":
		return "before " + day
	case "<=":
		return "on " + day + " or earlier"
	case ">":
		return "after " + day
	case ">=":
		return "on " + day + " or later"
	case "!=", notIn:
		return "not on " + day
	}
	return "on " + day
}

// levels says on which side of a level an answer stands, by its label. The mean of a survey may stand between two levels.
func levels(s *score.Scale, compare string, against []expr.Literal) string {
	at := s.At(*against[0].Number)
	if at < 0 {
		return "at " + numbers(compare, against, "")
	}
	rises := strings.HasPrefix(compare, ">") != s.Reversed() // better levels are asked for
	switch inclusive := strings.HasSuffix(compare, "="); {
	case compare == "!=" || compare == notIn:
		return "at another level than " + joined(labels(s, against), "or")
	case !strings.ContainsAny(compare, "<>"):
		return "at " + joined(labels(s, against), "or")
	case rises && inclusive:
		return upwards(s, at)
	case rises:
		return "better than " + quote(s.Levels[at].Label)
	case inclusive && at > 0:
		return "at " + quote(s.Levels[at].Label) + " or worse"
	case inclusive:
		return "at " + quote(s.Levels[at].Label)
	}
	return downwards(s, at)
}

func labels(s *score.Scale, against []expr.Literal) []string {
	var texts []string
	for _, l := range against {
		if at := s.At(*l.Number); at >= 0 {
			texts = append(texts, quote(s.Levels[at].Label))
		}
	}
	return texts
}

// upwards is a level and all that are better.
func upwards(s *score.Scale, level int) string {
	if level == s.Best() {
		return "at " + quote(s.Levels[level].Label)
	}
	return "at " + quote(s.Levels[level].Label) + " or better"
}

// downwards is all that is worse than a level.
func downwards(s *score.Scale, level int) string {
	switch {
	case len(s.Levels) == 2:
		return "at " + quote(s.Levels[0].Label)
	case s.Reversed():
		return "worse than " + quote(s.Levels[level].Label)
	}
	return "below " + quote(s.Levels[level].Label)
}
