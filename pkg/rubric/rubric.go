// Package rubric holds what good looks like: the files that say which criteria count, how they are answered, what is
// evidence for an answer, and what holds an innovation back. It reads rubrics, vocabularies and references, and links
// a rubric with what it imports and uses.
//
// It says what is written, not what follows from it: that is package score.
package rubric

import (
	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Rubric is one rubric file. Its fields are in the order in which a file has them.
type Rubric struct {
	source.Origin
	ID, Version, Status string
	Title, Purpose      string
	Guidance            string // how to read its levels
	Issuer, Licence     string
	Source              string   // where it comes from
	Unverified          []string // what in it was not checked against its source
	Jurisdictions       []string
	InForce             Period
	ReviewBy            calendar.Date
	Imports             []string
	Vocabulary          // its own and, once linked, what it imports
	Group               // the root of its tree
	WeightRules         []WeightRule
	Gates               []Gate
	Flags               []Flag
	Bands               []Band // lowest first
	Allow               []source.Allowance
	// Incomplete marks a rubric that could not be linked whole: words may be missing that its author wrote.
	Incomplete bool
	imported   []*Vocabulary // as linked
	home       home
}

// Published reports whether others may rely on the rubric, and it so must not change: a retired one was published too.
func (r *Rubric) Published() bool { return r.Status == "published" || r.Status == "retired" }

// Edition names the rubric as results quote it: `id@version`.
func (r *Rubric) Edition() string { return r.ID + "@" + r.Version }

// Vocabulary is what several rubrics share: words for stages, scales, facts, kinds of evidence and roles.
type Vocabulary struct {
	source.Origin
	ID, Title string
	Stages    []string // in order
	Scales    []source.Entry[string, []Point]
	Facts     []source.Entry[string, Fact]
	Kinds     []source.Entry[string, EvidenceKind]
	Roles     []source.Entry[string, Role]
	Allow     []source.Allowance // of a file of its own
}

// Period is a span of days; either end may be open. Both ends count.
type Period struct{ From, To calendar.Date }

// Point is one level of a scale.
type Point struct {
	Value *exact.Number // nil in the short form: the position, from 0
	Label string
}

// Fact is something that a record states once.
type Fact struct {
	source.Origin
	Type     string // yes-no, choice, integer, number, text or date
	Of       []string
	Ask, Why string
	// Part is the part of the report that leads with it; "" if it is only listed.
	Part     string
	Evidence *EvidenceRules
}

// Parts of the report that facts can lead.
const (
	PartBenefitTimeline = "benefit-timeline"
	PartAccountable     = "accountable"
)

// EvidenceKind is a sort of evidence.
type EvidenceKind struct {
	Title, Note string
	Expires     string // yes or no: whether it goes out of date; "" is not said
}

// Role is somebody who can help, and where to find them.
type Role struct{ Title, Find string }

// Group is what a rubric's root and a criterion with criteria of its own have in common.
type Group struct {
	Combine     string // "" is mean
	Show        *Show
	Unknown     string
	MinAnswered *exact.Number
	Criteria    []Criterion
}

// Show is how a group's score is displayed.
type Show struct {
	From, To *exact.Number
	Decimals *exact.Number
}

// Criterion is a leaf, a group, or another rubric in use.
type Criterion struct {
	source.Origin
	ID                        string
	Title, Ask, Why, Guidance string
	Weight                    *exact.Number // nil is 1
	Scale                     *ScaleRef
	Reverse                   bool
	Measure                   *Measure
	Price                     *Price
	Rule                      string
	Levels                    []source.Entry[exact.Number, string]
	Met, Minimum              string // a level or a number, as written
	Evidence                  *EvidenceRules
	When, FromStage           string
	Duty                      string // "" is shared
	NA                        *NA
	Respondents               *Respondents
	Maps                      []Map
	Improve                   []source.Entry[exact.Number, Step]
	Allow                     []source.Allowance

	Group // of a group

	Use     string // of a rubric in use
	As      string
	Only    []string
	Except  []source.Entry[string, string]
	Weights []source.Entry[string, exact.Number]
	Stages  []source.Entry[string, string]
	Bands   []source.Entry[string, string]
	Without *Without
	// Used is the rubric that Use names, once linked.
	Used *Rubric
}

// ScaleRef is a scale by name, or written out.
type ScaleRef struct {
	Name   string
	Points []Point
}

// Measure is how a number becomes a value.
type Measure struct {
	source.Origin
	Unit        string
	Worst, Best *exact.Number
	Limits      []exact.Number
	Points      [][]exact.Number
}

// Price is how a bid's price becomes a value.
type Price struct {
	source.Origin
	Model      string
	Decimals   *exact.Number
	Cap, Floor *exact.Number
}

// Respondents is how many must have answered a survey.
type Respondents struct{ Min int }

// EvidenceRules are what a leaf, a group or a fact asks for.
type EvidenceRules struct {
	None  bool // `evidence: none`
	Rules []EvidenceRule
}

// EvidenceRule is what an answer needs from a level on.
type EvidenceRule struct {
	source.Origin
	From                 string // a level, as written; "" is the level next above the worst
	Kinds                []string
	Min                  int // 0 is 1
	MaxAge               calendar.Span
	Independent, Checked bool
	Version              string // "", stated or any
	ValidUntil           string // "" or stated
	Check                string
}

// NA is when a criterion may be answered as not applicable.
type NA struct {
	source.Origin
	Never   bool
	Reasons []string
	Counts  string
}

// Map points to an item of a reference.
type Map struct {
	source.Origin
	To  string
	How string // "" is meets
}

// Step is how to reach a level.
type Step struct {
	source.Origin
	Advice string
	Effort int // 1 to 5; 0 is not said
	Help   []string
}

// Without is what a used rubric is used without.
type Without struct {
	source.Origin
	Gates, Flags []string
	Because      string
}

// WeightRule bounds the share of some criteria in the whole.
type WeightRule struct {
	source.Origin
	Of       []string
	Min, Max *exact.Number
	Because  string
}

// Gate is a condition that no mean can buy back.
type Gate struct {
	source.Origin
	ID, Needs, When, FromStage string
	Otherwise                  Effect
	Because                    string
	Waivable                   *Waivable
	Duty                       string
	Maps                       []Map
	Allow                      []source.Allowance
}

// Effect is what a gate or flag does to the verdict: a word, or a band that it caps at.
type Effect struct{ Word, Cap string }

// Waivable is who may waive a gate, and for how long.
type Waivable struct {
	source.Origin
	Max calendar.Span
	By  []string
}

// Flag is a warning sign.
type Flag struct {
	source.Origin
	ID, Title, When, FromStage, Severity string
	Effect                               Effect
	Say, Clears                          string
	Maps                                 []Map
	Allow                                []source.Allowance
}

// Band is a range of scores with a name.
type Band struct {
	source.Origin
	ID, Label string
	From      exact.Number
	FromStage string
}

// home is where a file was read from, for the paths in it.
type home struct {
	builtIn bool
	mount   string // the prefix of a tree of files that lies on no disk; "" is the disk
	folder  string // in that
	loose   bool   // it came in by standard input: paths are meant from the folder, in which it does not lie
}

// in is another folder of the same disk or tree, and what lies there lies in it.
func (h home) in(folder string) home {
	h.folder, h.loose = folder, false
	return h
}
