package report

import (
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/progress"
)

// Kind is what a report says that it is.
const Kind = progress.ReportKind

// Document is the report for machines: stable, versioned, described by report-v1.schema.json.
type Document struct {
	Touchstone string  `json:"touchstone"`
	AsOf       string  `json:"as_of"`
	Tool       Tool    `json:"tool"`
	Results    []*Data `json:"results"`
}

// Tool is what made the document.
type Tool struct {
	Version string `json:"version"`
}

// Data is one result. A score that is withheld or not there is null with a reason, never 0.
type Data struct {
	Innovation InnovationData `json:"innovation"`
	Rubric     RubricData     `json:"rubric"`
	Basis      BasisData      `json:"basis"`
	Headline   HeadlineData   `json:"headline"`
	Band       *BandData      `json:"band"`
	Score      *ScoreData     `json:"score"`
	NoScore    string         `json:"no_score,omitempty"`
	GroupData
	Answered   AnsweredData         `json:"answered"`
	Progress   *ProgressData        `json:"progress,omitempty"`
	ByDuty     map[string]ScoreData `json:"by_duty"`
	Gates      []GateData           `json:"gates"`
	Flags      []FlagData           `json:"flags"`
	Criteria   []CriterionData      `json:"criteria"`
	NearMisses []NearMissData       `json:"near_misses"`
	NextSteps  []StepData           `json:"next_steps"`
	Expiring   []ExpiringData       `json:"expiring"`
	HeldOver   []HeldOverData       `json:"held_over"`
	NotChecked []NotCheckedData     `json:"not_checked"`
	Skipped    []string             `json:"skipped"`
	Findings   []FindingData        `json:"findings"`
}

// The parts of a result, as in the language's section on the JSON report. Their fields are what report-v1.schema.json
// describes.
type (
	// InnovationData is what was scored.
	InnovationData struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Version string `json:"version"`
		Stage   string `json:"stage"`
		Digest  string `json:"digest"`
	}
	// RubricData is what it was scored with.
	RubricData struct {
		ID      string `json:"id"`
		Version string `json:"version"`
		Content string `json:"content"`
		Scoring string `json:"scoring"`
	}
	// BasisData is what the result stands on.
	BasisData struct {
		Kind    string `json:"kind"`
		Listed  int    `json:"evidence_listed"`
		Checked int    `json:"evidence_checked"`
	}
	// HeadlineData is the first thing that the report says.
	HeadlineData struct {
		ID   string   `json:"id"`
		Text string   `json:"text"`
		Also []string `json:"also"`
	}
	// BandData is a range of scores with a name.
	BandData struct {
		ID             string `json:"id"`
		Label          string `json:"label"`
		FromScoreAlone string `json:"from_score_alone,omitempty"`
	}
	// ScoreData is the three scores.
	ScoreData struct {
		Evidenced exact.Number `json:"evidenced"`
		Claimed   exact.Number `json:"claimed"`
		Potential exact.Number `json:"potential"`
	}
	// AnsweredData counts the questions.
	AnsweredData struct {
		Answered int `json:"answered"`
		Expected int `json:"expected"`
		MayApply int `json:"may_apply"`
	}
	// GateData is the outcome of one gate.
	GateData struct {
		ID      string      `json:"id"`
		Outcome string      `json:"outcome"`
		Because string      `json:"because"`
		Duty    string      `json:"duty"`
		Missing []string    `json:"missing"`
		Waiver  *WaiverData `json:"waiver"`
	}
	// WaiverData is the waiver that made a gate conditional.
	WaiverData struct {
		Owner   string `json:"owner"`
		Reason  string `json:"reason"`
		Expires string `json:"expires"`
	}
	// FlagData is whether a warning sign is raised.
	FlagData struct {
		ID       string   `json:"id"`
		Raised   string   `json:"raised"`
		Severity string   `json:"severity"`
		Effect   string   `json:"effect"`
		Say      string   `json:"say"`
		Missing  []string `json:"missing"`
	}
	// CriterionData is one criterion, with those below it.
	CriterionData struct {
		ID           string        `json:"id"`
		Title        string        `json:"title"`
		State        string        `json:"state"`
		Weight       *exact.Number `json:"weight"`
		Share        *exact.Number `json:"share"`
		Duty         string        `json:"duty"`
		ClaimedLevel *exact.Number `json:"claimed_level,omitempty"`
		Level        *exact.Number `json:"level,omitempty"`
		Met          *bool         `json:"met,omitempty"`
		Capped       []CapData     `json:"capped,omitempty"`
		Missing      []string      `json:"missing,omitempty"`
		NA           string        `json:"na,omitempty"`
		Because      string        `json:"because,omitempty"`
		Evidence     []string      `json:"evidence,omitempty"`
		Sources      []string      `json:"sources,omitempty"`
		Score        *ScoreData    `json:"score"`
		NoScore      string        `json:"no_score,omitempty"`
		Contribution *ScoreData    `json:"contribution"`
		GroupData
		Respondents int             `json:"respondents,omitempty"`
		Range       []exact.Number  `json:"range,omitempty"`
		Band        *BandData       `json:"band,omitempty"`
		Criteria    []CriterionData `json:"criteria,omitempty"`
	}
	// GroupData is what a group, or the whole, has besides its scores.
	GroupData struct {
		Combine  string        `json:"combine,omitempty"`
		UsedAs   string        `json:"used_as,omitempty"`
		Gap      *exact.Number `json:"gap,omitempty"`
		Counts   []CountData   `json:"counts,omitempty"`
		NotKnown *int          `json:"not_known,omitempty"`
		Numbers  int           `json:"numbers,omitempty"`
		Rung     *RungData     `json:"rung,omitempty"`
		Ahead    []string      `json:"ahead,omitempty"`
	}
	// CapData is why a level is capped.
	CapData struct {
		Rule     int    `json:"rule"`
		Evidence string `json:"evidence"`
		Why      string `json:"why"`
	}
	// NearMissData is one change that gives a better headline.
	NearMissData struct {
		Change   string `json:"change"`
		Headline string `json:"headline"`
	}
	// StepData is one next step.
	StepData struct {
		Criterion string        `json:"criterion"`
		From      *exact.Number `json:"from"`
		To        exact.Number  `json:"to"`
		Gain      *exact.Number `json:"gain"`
		Advice    string        `json:"advice"`
		Effort    int           `json:"effort,omitempty"`
		Help      []string      `json:"help"`
	}
	// ExpiringData is evidence that runs out soon.
	ExpiringData struct {
		Evidence string   `json:"evidence"`
		Expires  string   `json:"expires"`
		Criteria []string `json:"criteria"`
		// Then is what the same record comes to on the day after.
		Then ThenData `json:"then"`
	}
	// HeldOverData is evidence about another version that is said to hold for the one that is scored.
	HeldOverData struct {
		Evidence string `json:"evidence"`
		Version  string `json:"version"`
		For      string `json:"for"`
		Because  string `json:"because"`
	}
	// ThenData is a verdict on another day.
	ThenData struct {
		Headline string    `json:"headline"`
		Band     *BandData `json:"band"`
	}
	// NotCheckedData is a gate or a flag of a rubric in use that is not checked here.
	NotCheckedData struct {
		Gate    string `json:"gate,omitempty"`
		Flag    string `json:"flag,omitempty"`
		Because string `json:"because"`
	}
	// RungData is how far a ladder is climbed.
	RungData struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	// CountData is how many criteria of a profile are at a level.
	CountData struct {
		Level exact.Number `json:"level"`
		Label string       `json:"label"`
		Count int          `json:"count"`
	}
	// FindingData is what was said without effect.
	FindingData struct {
		Rule    string `json:"rule"`
		Place   string `json:"place"`
		Message string `json:"message"`
	}
)
