package report

import (
	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/diag"
)

// FindingsData is findings for machines: stable, versioned, described by findings-v1.schema.json.
type FindingsData struct {
	Touchstone string        `json:"touchstone"`
	Tool       Tool          `json:"tool"`
	Command    string        `json:"command"`
	Files      []string      `json:"files"`
	Counts     SeverityData  `json:"counts"`
	Findings   []FoundData   `json:"findings"`
	Tally      *TallyData    `json:"tally,omitempty"`
	Cases      []CaseData    `json:"cases,omitzero"`
	Coverage   []CoveredData `json:"coverage,omitzero"`
}

// The parts of it. A line or column that is not known is left out.
type (
	// SeverityData counts findings.
	SeverityData struct {
		Errors   int `json:"errors"`
		Warnings int `json:"warnings"`
		Notes    int `json:"notes"`
	}
	// PlaceData is where something stands. EndColumn is the one after its last character.
	PlaceData struct {
		File      string `json:"file"`
		Line      int    `json:"line,omitempty"`
		Column    int    `json:"column,omitempty"`
		EndColumn int    `json:"end_column,omitempty"`
	}
	// FoundData is one finding.
	FoundData struct {
		Rule     string `json:"rule"`
		Severity string `json:"severity"`
		PlaceData
		Message     string `json:"message"`
		Hint        string `json:"hint"`
		Fingerprint string `json:"fingerprint"`
	}
	// TallyData counts cases.
	TallyData struct {
		Passed int `json:"passed"`
		Failed int `json:"failed"`
		NotRun int `json:"not_run"`
	}
	// CaseData is a case that was chosen.
	CaseData struct {
		PlaceData
		Name     string        `json:"name"`
		Outcome  Outcome       `json:"outcome"`
		Failures []FailureData `json:"failures"`
	}
	// FailureData is an expectation that does not hold. It is a finding too, of the same fingerprint.
	FailureData struct {
		Aspect string `json:"aspect"`
		Name   string `json:"name"`
		PlaceData
		Want        string   `json:"want"`
		Got         string   `json:"got"`
		Because     []string `json:"because"`
		Cites       string   `json:"cites"`
		Fingerprint string   `json:"fingerprint"`
	}
	// CoveredData is what the cases of one rubric look at.
	CoveredData struct {
		Rubric     string        `json:"rubric"`
		Sorts      []SortData    `json:"sorts"`
		NotCovered []NotSeenData `json:"not_covered"`
	}
	// SortData counts what there is of one sort to look at.
	SortData struct {
		Sort    string `json:"sort"`
		Covered int    `json:"covered"`
		Of      int    `json:"of"`
	}
	// NotSeenData is something that no case looks at.
	NotSeenData struct {
		Sort string `json:"sort"`
		Name string `json:"name"`
		Is   string `json:"is"`
	}
)

// Data is the findings for machines.
func (f *Findings) Data() FindingsData {
	found := f.Diagnostics()
	d := FindingsData{
		Touchstone: FindingsKind, Tool: Tool{Version: f.Tool}, Command: f.Command, Files: list(f.Files), Findings: []FoundData{},
		Counts: SeverityData{Errors: found.Count(diag.Error), Warnings: found.Count(diag.Warning), Notes: found.Count(diag.Note)},
	}
	names := map[diag.Diagnostic]string{}
	for i := range f.List {
		one := &f.List[i]
		names[one.Diagnostic] = one.Fingerprint
		d.Findings = append(d.Findings, FoundData{
			Rule: one.Rule, Severity: one.Severity.String(), PlaceData: placeData(one.Place), Message: one.Message, Hint: one.Hint,
			Fingerprint: one.Fingerprint,
		})
	}
	if f.Cases != nil {
		t := f.Tally()
		d.Tally, d.Cases = &TallyData{Passed: t.Passed, Failed: t.Failed, NotRun: t.NotRun}, []CaseData{}
	}
	for i := range f.Cases {
		d.Cases = append(d.Cases, caseData(&f.Cases[i], names))
	}
	for _, c := range f.Coverage {
		d.Coverage = append(d.Coverage, coveredData(c))
	}
	return d
}

func placeData(p diag.Place) PlaceData {
	d := PlaceData{File: p.File, Line: p.Line, Column: p.Column}
	if p.Column > 0 {
		d.EndColumn = p.Column + max(p.Width, 1)
	}
	return d
}

func caseData(run *CaseRun, names map[diag.Diagnostic]string) CaseData {
	d := CaseData{PlaceData: placeData(run.Place), Name: run.Name, Outcome: run.Outcome, Failures: []FailureData{}}
	for i := range run.Failures {
		f := &run.Failures[i]
		d.Failures = append(d.Failures, FailureData{
			Aspect: f.Aspect, Name: f.Name, PlaceData: placeData(f.Place), Want: f.Want, Got: f.Got, Because: list(f.Why), Cites: f.Cite,
			Fingerprint: names[f.diagnostic()],
		})
	}
	return d
}

func coveredData(c *cases.Coverage) CoveredData {
	d := CoveredData{Rubric: c.Model.Rubric.ID, NotCovered: []NotSeenData{}}
	for _, sort := range cases.Sorts() {
		covered, of := c.Of(sort)
		d.Sorts = append(d.Sorts, SortData{Sort: sort, Covered: covered, Of: of})
	}
	for _, u := range c.Units {
		if !u.Covered {
			d.NotCovered = append(d.NotCovered, NotSeenData{Sort: u.Sort, Name: u.Name, Is: u.Is})
		}
	}
	return d
}
