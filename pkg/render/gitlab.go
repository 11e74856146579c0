package render

import (
	"io"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// gitlabIssue is one entry of a code quality report. GitLab takes it from the Code Climate specification, which asks for a
// type and categories beside what GitLab reads.
type gitlabIssue struct {
	Engine      string         `json:"engine_name"`
	Type        string         `json:"type"`
	Check       string         `json:"check_name"`
	Categories  []string       `json:"categories"`
	Description string         `json:"description"`
	Severity    string         `json:"severity"`
	Fingerprint string         `json:"fingerprint"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

const gitlabEngine = "touchstone"

// isGitLab holds for a report that begins with one of our issues, and for one without any: nothing is lost with it.
func isGitLab(file []byte) bool {
	return strings.Join(strings.Fields(string(file[:min(len(file), spacing)])), "") == "[]" || begins(`[{"engine_name": "`+gitlabEngine+`"`)(file)
}

// GitLab writes the findings as a code quality report. What is said of a file as a whole is shown at its first line.
func GitLab(w io.Writer, f *report.Findings, _ Options) error {
	issues := []gitlabIssue{}
	for i := range f.List {
		one := &f.List[i]
		description := text.Visible(one.Message)
		if one.Hint != "" {
			description += "; " + text.Visible(one.Hint)
		}
		issues = append(issues, gitlabIssue{
			Engine: gitlabEngine, Type: "issue", Check: one.Rule, Categories: []string{"Bug Risk"}, Description: description,
			Severity: gitlabSeverity(one.Severity), Fingerprint: one.Fingerprint,
			Location: gitlabLocation{Path: one.File, Lines: gitlabLines{Begin: max(one.Place.Line, 1)}},
		})
	}
	return encode(w, issues)
}

// gitlabSeverity is one of blocker, critical, major, minor and info. Nothing that is found in a file stops more than that
// file, so the first two are left to others.
func gitlabSeverity(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "major"
	case diag.Warning:
		return "minor"
	default:
		return "info"
	}
}
