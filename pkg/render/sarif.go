package render

import (
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// The Static Analysis Results Interchange Format, as far as it is used here. Section numbers are those of SARIF 2.1.0.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool      `json:"tool"`
		Automation sarifID        `json:"automationDetails"`
		Columns    string         `json:"columnKind"`
		Results    []*sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifID struct {
		ID string `json:"id"`
	}
	sarifRule struct {
		ID      string     `json:"id"`
		Name    string     `json:"name,omitempty"`
		Short   sarifText  `json:"shortDescription"`
		Full    sarifText  `json:"fullDescription"`
		Help    sarifText  `json:"help"`
		Default sarifLevel `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifResult struct {
		Rule         string            `json:"ruleId"`
		Index        int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints sarifFingerprints `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		File   sarifFile    `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	}
	sarifFile struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"` // the one after the last character
	}
	// sarifFingerprints are named so that an upload to GitHub can add its own, primaryLocationLineHash: under that name it
	// expects what it computes itself, and warns of anything else.
	sarifFingerprints struct {
		Touchstone string `json:"touchstone/v1"`
	}
)

const (
	sarifSchema  = "https://json.schemastore.org/sarif-2.1.0.json"
	sarifVersion = "2.1.0"
	sarifName    = "touchstone"
	sarifHead    = `{"$schema": "` + sarifSchema + `", "version": "` + sarifVersion + `", "runs": [{"tool": {"driver": {"name": "` + sarifName + `"`
	// sarifRoot stands for the folder in which the program was started. GitHub and editors take it for the root of the
	// repository, and the specification leaves it to them (3.14.14).
	sarifRoot = "%SRCROOT%"
)

// SARIF writes the findings as one run of SARIF 2.1.0. Text from files is shown by other programs, so what cannot be seen
// in it is written out, and nothing in it is a link.
func SARIF(w io.Writer, f *report.Findings, _ Options) error {
	driver := sarifDriver{Name: sarifName, Version: f.Tool, Rules: []sarifRule{}}
	for _, r := range f.Rules {
		driver.Rules = append(driver.Rules, sarifRuleOf(r))
	}
	run := sarifRun{
		Tool: sarifTool{Driver: driver},
		// The name up to the last slash keeps what lint found apart from what test found, where both are uploaded.
		Automation: sarifID{ID: "touchstone/" + f.Command + "/"},
		Columns:    "unicodeCodePoints", Results: []*sarifResult{},
	}
	for i := range f.List {
		run.Results = append(run.Results, sarifResultOf(&f.List[i], f.Rules))
	}
	return encode(w, sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{run}})
}

func sarifRuleOf(r report.RuleText) sarifRule {
	noHTML := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	return sarifRule{
		ID: r.ID, Name: sarifRuleName(r.ID), Short: sarifText{Text: r.Summary}, Full: sarifText{Text: r.Why},
		Help: sarifText{
			Text:     r.Why + "\nThe rule comes from " + r.Ground,
			Markdown: noHTML.Replace(r.Why + "\n\nThe rule comes from " + r.Ground),
		},
		Default: sarifLevel{Level: r.Severity.String()},
	}
}

// sarifRuleName is an id in the letters that names have here: NoQuestion. Of one word it would be the id again, and is none.
func sarifRuleName(id string) string {
	words := strings.Split(id, "-")
	if len(words) == 1 {
		return ""
	}
	for i, word := range words {
		words[i] = strings.ToUpper(word[:min(1, len(word))]) + word[min(1, len(word)):]
	}
	return strings.Join(words, "")
}

func sarifResultOf(f *report.Finding, rules []report.RuleText) *sarifResult {
	return &sarifResult{
		Rule: f.Rule, Index: slices.IndexFunc(rules, func(r report.RuleText) bool { return r.ID == f.Rule }),
		Level: f.Severity.String(), Message: sarifText{Text: sarifMessage(f)},
		Locations:    []sarifLocation{{Physical: sarifPlace{File: sarifFileOf(f.File), Region: sarifRegionOf(f.Place)}}},
		Fingerprints: sarifFingerprints{Touchstone: f.Fingerprint},
	}
}

// sarifMessage is plain text, in which `[here](https://…)` would be a link (3.11.6): a space makes it none, where viewers
// do not know the escapes. Nor do they know that braces are to be doubled (3.11.5), and a hint with YAML in it has to be
// fit to copy, so braces stay as they are: there are no arguments that could stand for `{0}`.
func sarifMessage(f *report.Finding) string {
	return strings.ReplaceAll(visibleLines(f), "](", "] (")
}

// visibleLines are what a finding says, safe to show, each in a line.
func visibleLines(f *report.Finding) string {
	lines := f.Lines()
	for i := range lines {
		lines[i] = text.Visible(lines[i])
	}
	return strings.Join(lines, "\n")
}

// sarifFileOf is a file as a reference of a URI. One that is named from the root of the file system has no base.
func sarifFileOf(file string) sarifFile {
	drive, _, _ := strings.Cut(file, "/")
	switch {
	case path.IsAbs(file):
		return sarifFile{URI: (&url.URL{Scheme: "file", Path: file}).String()}
	case len(drive) == len("C:") && drive[1] == ':':
		return sarifFile{URI: (&url.URL{Scheme: "file", Path: "/" + file}).String()}
	}
	return sarifFile{URI: (&url.URL{Path: file}).String(), Base: sarifRoot}
}

// sarifRegionOf is a part of a line, or a line; of the file as a whole there is none.
func sarifRegionOf(p diag.Place) *sarifRegion {
	if p.Line == 0 {
		return nil
	}
	r := &sarifRegion{StartLine: p.Line}
	if p.Column > 0 {
		r.StartColumn, r.EndColumn = p.Column, p.Column+max(p.Width, 1)
	}
	return r
}
