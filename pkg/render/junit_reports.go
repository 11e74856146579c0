package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// JUnit writes a suite for each report, with a case for each gate, each warning sign that caps and each criterion. One that
// is not satisfied is a failure; one that is not known is an error, as it could not be decided; one that the rubric does not
// judge, or not yet, is skipped.
func JUnit(w io.Writer, reports []*report.Report, _ Options) error {
	var suites []*junitSuite
	named := map[string]int{}
	for _, r := range reports {
		s := r.Standings()
		name := text.Visible(s.Innovation + " · " + s.Rubric)
		if named[name]++; named[name] > 1 { // readers take suites of one name for one
			name = fmt.Sprintf("%s (%d)", name, named[name])
		}
		suites = append(suites, junitStandings(name, s))
	}
	return junitWrite(w, "score", suites)
}

func junitStandings(name string, s report.Standings) *junitSuite {
	suite := &junitSuite{Name: name, Out: junitLines(s.Said)}
	for _, one := range s.List {
		c := junitCase{Name: text.Visible(fmt.Sprintf("%s (%s %s)", one.Title, one.Kind, one.ID)), ClassName: name}
		problem := &junitProblem{Message: text.Visible(one.Message), Text: junitLines(one.Why)}
		switch one.Judgement {
		case report.Satisfied:
		case report.NotSatisfied:
			c.Failure = problem
		case report.Undecided:
			c.Error = problem
		case report.NotJudged:
			c.Skipped = problem
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}

func junitLines(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&b, "\n%s", text.Visible(line))
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}
