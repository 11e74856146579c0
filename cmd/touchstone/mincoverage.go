package main

import (
	"errors"
	"slices"

	"github.com/touchstone-health/touchstone/pkg/cases"
	"github.com/touchstone-health/touchstone/pkg/exact"
)

// minCoverage is the per cent of each rubric that its cases must cover, from 0 to 100. It is the value of a flag.
type minCoverage struct{ percent *exact.Number } // nil if nothing is asked for

// percentValue is what the value of a flag is called, in help and when another is given.
const percentValue = "percent"

func (m *minCoverage) Type() string { return percentValue }

func (m *minCoverage) String() string {
	if m.percent == nil {
		return ""
	}
	return m.percent.String()
}

func (m *minCoverage) Set(written string) error {
	percent, err := exact.Parse(written)
	if err == nil && (percent.Sign() < 0 || exact.Hundred.Less(percent)) {
		err = errors.New("out of range")
	}
	m.percent = &percent
	return err
}

// missed reports whether the cases of some rubric cover less of it than is asked for. The share is never rounded.
func (m *minCoverage) missed(all []*cases.Coverage) bool {
	return m.percent != nil && slices.ContainsFunc(all, func(c *cases.Coverage) bool { return !c.Reaches(*m.percent) })
}
