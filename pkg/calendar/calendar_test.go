package calendar_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/calendar"
)

func date(t interface{ Fatal(args ...any) }, s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func span(t interface{ Fatal(args ...any) }, s string) calendar.Span {
	d, err := calendar.ParseSpan(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2026-02-29": "not a day", "2100-02-29": "not a day", "2026-13-01": "not a day", "2026-04-31": "not a day", "2026-00-10": "not a day",
		"2026-01-00": "not a day", "0000-01-01": "not a day", "21.11.2026": "expected a date such as 2026-11-21", "2026-1-2": "expected", "26-11-21": "expected",
		"2026-11-21T00:00:00Z": "expected", "2026/11/21": "expected", "": "expected", "２０２６-11-21": "expected",
	} {
		if d, err := calendar.ParseDate(in); err == nil || !strings.Contains(err.Error(), want) || !d.IsZero() {
			t.Errorf("%q: got %v, %v", in, d, err)
		}
	}
	for _, in := range []string{"0001-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2024-02-29", "9999-12-31"} {
		if d := date(t, in); d.String() != in || d.IsZero() {
			t.Errorf("%s: got %q", in, d)
		}
	}
}

func TestParseSpan(t *testing.T) {
	for _, in := range []string{"1m", "12", "0 days", "-1 days", "1.5 years", "1  day", "2 weeks", "01 days", "99999 days", "12 Months", ""} {
		if s, err := calendar.ParseSpan(in); err == nil || !strings.Contains(err.Error(), "expected a duration such as 90 days, 12 months or 2 years") {
			t.Errorf("%q: got %v, %v", in, s, err)
		}
	}
	for in, single := range map[string]string{"1 day": "1-day", "90 days": "90-day", "12 months": "12-month", "2 years": "2-year"} {
		if s := span(t, in); s.String() != in || s.Single() != single || s.IsZero() {
			t.Errorf("%s: got %q and %q", in, s, s.Single())
		}
	}
}

// Months end on their own last day.
func TestAdd(t *testing.T) {
	for _, c := range [][3]string{
		{"2026-01-31", "1 month", "2026-02-28"},
		{"2024-01-31", "1 month", "2024-02-29"},
		{"2026-01-30", "1 month", "2026-02-28"},
		{"2026-03-31", "1 month", "2026-04-30"},
		{"2026-12-31", "2 months", "2027-02-28"},
		{"2024-02-29", "1 year", "2025-02-28"},
		{"2024-02-29", "4 years", "2028-02-29"},
		{"2096-02-29", "4 years", "2100-02-28"},
		{"2026-02-28", "1 month", "2026-03-28"},
		{"2026-11-30", "3 months", "2027-02-28"},
		{"2026-12-31", "1 day", "2027-01-01"},
		{"2024-02-28", "2 days", "2024-03-01"},
		{"1969-12-31", "1 day", "1970-01-01"},
	} {
		if got := date(t, c[0]).Add(span(t, c[1])).String(); got != c[2] {
			t.Errorf("%s + %s: got %s, want %s", c[0], c[1], got, c[2])
		}
	}
	if none := (calendar.Date{}).Add(span(t, "1 day")); !none.IsZero() {
		t.Errorf("no day plus a day is %s", none)
	}
}

func TestSubtract(t *testing.T) {
	for _, c := range [][3]string{
		{"2026-03-31", "1 month", "2026-03-01"},
		{"2026-02-28", "1 month", "2026-01-28"},
		{"2026-03-28", "1 month", "2026-02-28"},
		{"2025-02-28", "1 year", "2024-02-28"},
		{"2025-03-01", "1 year", "2024-03-01"},
		{"2026-01-01", "1 day", "2025-12-31"},
	} {
		if got := date(t, c[0]).Subtract(span(t, c[1])).String(); got != c[2] {
			t.Errorf("%s - %s: got %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

// A period that began on day e still reaches day d, both ends counted, if and only if e is not before d.Subtract.
func TestSubtractIsTheEarliestDayThatReaches(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) calendar.Date {
		return calendar.On(time.Date(2023, 1, 1+rapid.IntRange(0, 6*366).Draw(t, "day"), 0, 0, 0, 0, time.UTC))
	})
	spans := rapid.Custom(func(t *rapid.T) calendar.Span {
		unit := rapid.SampledFrom([]string{"days", "months", "years"}).Draw(t, "unit")
		return span(t, fmt.Sprint(rapid.IntRange(1, 30).Draw(t, "n"), " ", unit))
	})
	rapid.Check(t, func(t *rapid.T) {
		d, s := day.Draw(t, "day"), spans.Draw(t, "span")
		first := d.Subtract(s)
		if first.Add(s).Compare(d) < 0 {
			t.Errorf("from %s, %s reaches only %s", first, s, first.Add(s))
		}
		one := span(t, "1 day")
		e := first
		for range 4 {
			if e = e.Subtract(one); !d.After(e.Add(s)) {
				t.Errorf("from %s already, %s reaches %s", e, s, e.Add(s))
			}
		}
	})
}

// Days are those of the standard library's calendar, in order and without gaps.
func TestDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(rapid.IntRange(1, 9998).Draw(t, "year"), 1, rapid.IntRange(1, 400).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		n := rapid.IntRange(0, 1000).Draw(t, "later")
		d, e := calendar.On(start), calendar.On(start.AddDate(0, 0, n))
		if d.DaysUntil(e) != n || e.DaysUntil(d) != -n || e.After(d) != (n > 0) || d.Compare(e) != -min(n, 1) || e.Compare(d) != min(n, 1) {
			t.Errorf("%s and %s are %d days apart, want %d", d, e, d.DaysUntil(e), n)
		}
		if d.String() != start.Format(time.DateOnly) || date(t, d.String()) != d {
			t.Errorf("got %s, want %s", d, start)
		}
	})
}

func TestOnIsTheDayThere(t *testing.T) {
	moment := time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC)
	for zone, want := range map[*time.Location]string{
		time.UTC: "2026-11-21", time.FixedZone("east", 3600): "2026-11-22", time.FixedZone("west", -24*3600+1): "2026-11-20",
	} {
		if got := calendar.On(moment.In(zone)).String(); got != want {
			t.Errorf("%s: got %s, want %s", zone, got, want)
		}
	}
}

// A text has the form of a date exactly if the pattern that schemas give says so.
func TestDatesHaveTheirForm(t *testing.T) {
	form := regexp.MustCompile(calendar.DatePattern)
	texts := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("0129-/ é")), 8, 11, -1), rapid.StringMatching(calendar.DatePattern))
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		_, err := calendar.ParseDate(s)
		if refused := err != nil && strings.HasPrefix(err.Error(), "expected a date"); refused == form.MatchString(s) {
			t.Fatalf("%q: %v", s, err)
		}
	})
}
