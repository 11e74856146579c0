// Package calendar knows calendar days and the spans between them. It has no clock and no time of day.
package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Date is a calendar day. The zero value is no day.
type Date struct {
	// day counts from 0001-01-01, which is 1, so that the zero value is none.
	day int
}

const (
	secondsPerDay = 24 * 60 * 60
	// unixEpoch is the day of 1970-01-01.
	unixEpoch = 719_163
)

// On returns the day of a moment, in the moment's own place.
func On(t time.Time) Date { return day(t.Year(), t.Month(), t.Day()) }

func day(year int, month time.Month, d int) Date {
	midnight := time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix()
	return Date{day: int(floor(midnight, secondsPerDay)) + unixEpoch}
}

func floor(a, b int64) int64 {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

// DatePattern is how a date is written. Whether it is a day of the calendar is for [ParseDate] to say.
const DatePattern = `^\d{4}-\d{2}-\d{2}$`

// ParseDate reads `2026-11-21`. Its errors say what was expected.
func ParseDate(s string) (Date, error) {
	if !dateForm(s) {
		return Date{}, fmt.Errorf("expected a date such as 2026-11-21, got %q", s)
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("%q is not a day of the calendar", s)
	}
	return On(t), nil
}

// dateForm is whether a text is written as [DatePattern] says. Every run asks it of every date, so it compiles nothing.
func dateForm(s string) bool {
	const form = "0000-00-00"
	if len(s) != len(form) {
		return false
	}
	for i := range len(s) {
		if digit := s[i] >= '0' && s[i] <= '9'; digit != (form[i] == '0') || !digit && s[i] != form[i] {
			return false
		}
	}
	return true
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d.day == 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.day > e.day }

// Next is the day after.
func (d Date) Next() Date { return Date{d.day + 1} }

// DaysUntil is the number of days from d to e; 0 if they are the same day.
func (d Date) DaysUntil(e Date) int { return e.day - d.day }

// String writes `2026-11-21`, or nothing for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

func (d Date) time() time.Time { return time.Unix(int64(d.day-unixEpoch)*secondsPerDay, 0).UTC() }

// Compare returns -1, 0 or 1 as d is before, equal to or after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.day < e.day:
		return -1
	case d.day > e.day:
		return 1
	}
	return 0
}

// Span is a length of time in whole months or days. The zero value is no span.
type Span struct {
	Months, Days int
	text         string
}

// SpanPattern is how a span is written.
const SpanPattern = `^([1-9]\d{0,3}) (day|month|year)s?$`

var spanPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(SpanPattern) })

// ParseSpan reads `12 months`, `90 days` or `2 years`. Its errors say what was expected.
func ParseSpan(s string) (Span, error) {
	m := spanPattern().FindStringSubmatch(s)
	if m == nil {
		return Span{}, fmt.Errorf("expected a duration such as 90 days, 12 months or 2 years, got %q", s)
	}
	n, _ := strconv.Atoi(m[1])
	switch m[2] {
	case "day":
		return Span{Days: n, text: s}, nil
	case "month":
		return Span{Months: n, text: s}, nil
	}
	return Span{Months: 12 * n, text: s}, nil
}

// IsZero reports whether s is no span.
func (s Span) IsZero() bool { return s.Months == 0 && s.Days == 0 }

// String writes the span as it was written.
func (s Span) String() string { return s.text }

// Single writes the span for use before a noun: `12-month`.
func (s Span) Single() string { return strings.TrimSuffix(strings.ReplaceAll(s.text, " ", "-"), "s") }

// Add returns the last day of a period that begins on d. A month without that day ends on its own last day, so one
// month from 31 January is 28 or 29 February.
func (d Date) Add(s Span) Date { return d.shift(s, 1) }

// Subtract returns the first day from which a period still reaches d: the earliest e with e.Add(s) not before d.
func (d Date) Subtract(s Span) Date {
	e := d.shift(s, -1)
	for e.Add(s).Compare(d) < 0 {
		e.day++
	}
	return e
}

func (d Date) shift(s Span, sign int) Date {
	if d.IsZero() {
		return d
	}
	t := d.time()
	first := time.Date(t.Year(), t.Month()+time.Month(sign*s.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	moved := day(first.Year(), first.Month(), min(t.Day(), last))
	moved.day += sign * s.Days
	return moved
}
