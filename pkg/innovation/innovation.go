// Package innovation reads what is scored: the record of an innovation, with its facts, evidence and answers, and the
// waivers that an assessing side grants.
//
// It says what is written. Whether a level is on its scale, or an answer is to a question that was asked, depends on a
// rubric, and is for package score to say.
package innovation

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Innovation is one record, which many rubrics can read.
type Innovation struct {
	source.Origin
	ID, Name, Summary string
	For               []string // rubrics whose short names the answers use
	Stage             string   // "" is not stated
	Supplier, Owner   *Party
	Version           string // of the product; "" is not stated
	Facts             []source.Entry[string, Fact]
	Price             *Price
	Evidence          []Evidence
	Answers           []source.Entry[string, Answer]
	Waivers           []Waiver // without effect here: a bid cannot waive
	Allow             []source.Allowance
}

// Party is a supplier, or the owner of an idea.
type Party struct{ Name, Role string }

// Fact is the stated value of a fact, as written.
type Fact struct {
	Value    string
	Evidence []string
}

// Price is what a bid asks for.
type Price struct {
	source.Origin
	Amount        exact.Number
	Currency, VAT string
	Parts         []source.Entry[string, exact.Number]
}

// Evidence is one item that answers can point to.
type Evidence struct {
	source.Origin
	ID, Kind, Title   string
	Locator, Issuer   string
	Independent       bool
	Dated, ValidUntil calendar.Date // ValidUntil is the last good day
	Covers            Covers
	Checked           *Checked
	Results           []source.Entry[string, string]
	Allow             []source.Allowance
}

// Covers is what an item of evidence is about.
type Covers struct {
	Version string
	// Still says that it holds for a later version; nil if it does not.
	Still *Still
}

// Still is why something about one version holds for a later one.
type Still struct{ For, Because string }

// Checked says that a reader opened an item and that it says what it is cited for.
type Checked struct {
	By   string
	Date calendar.Date
}

// Amount is a level or a number as written, or a range of two.
type Amount struct {
	One   string
	Range []string
}

// IsZero reports whether nothing is written.
func (a Amount) IsZero() bool { return a.One == "" && a.Range == nil }

// Answer is what the record says of one criterion. At most one of Level, Value, NA, Unknown and Responses
// is there; none if the question is not answered.
type Answer struct {
	source.Origin
	Level     Amount // of the scale, by value or label
	Value     Amount // a number
	NA        string // the reason
	Unknown   bool
	Responses []source.Entry[string, exact.Number]
	Because   string
	Evidence  []string
	Allow     []source.Allowance
}

// Waiver lets a failed gate pass for a time, on somebody's responsibility.
type Waiver struct {
	source.Origin
	Gate, Reason, Owner string
	Granted, Expires    calendar.Date
}

// Assessment is what one assessor says about one innovation under one rubric. It may hold waivers only.
type Assessment struct {
	source.Origin
	Innovation, Rubric string
	Assessor           *Party
	Interests          []string
	Answers            []source.Entry[string, Answer]
	Waivers            []Waiver
}

// Digest is the SHA-256 of the record as written: every key and every word, but no comment or order of keys.
func (i *Innovation) Digest() string {
	sum := sha256.Sum256(i.Canonical())
	return "sha256:" + hex.EncodeToString(sum[:])
}
