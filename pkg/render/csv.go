package render

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// csvRow is what a column is made from.
type csvRow struct {
	data *report.Data
	full *report.Full
	e    *report.Entry
}

// csvColumns are the columns in their order. Where the JSON report has the same thing, it has the same name and the same
// number there. A number that is not known, or not there, is an empty field.
func csvColumns() []csvColumn {
	columns := []csvColumn{
		{"innovation", func(r csvRow) string { return field(r.data.Innovation.ID) }},
		{"name", func(r csvRow) string { return field(r.data.Innovation.Name) }},
		{"version", func(r csvRow) string { return field(r.data.Innovation.Version) }},
		{"stage", func(r csvRow) string { return field(r.data.Innovation.Stage) }},
		{"as_of", func(r csvRow) string { return r.full.AsOf.String() }},
		{"rubric", func(r csvRow) string { return field(r.data.Rubric.ID) }},
		{"rubric_version", func(r csvRow) string { return field(r.data.Rubric.Version) }},
		{"rubric_scoring", func(r csvRow) string { return field(r.data.Rubric.Scoring) }},
		{"headline", func(r csvRow) string { return field(r.data.Headline.ID) }},
		{"id", func(r csvRow) string { return field(r.e.Name) }},
		{"parent", func(r csvRow) string { return field(r.parent()) }},
		{"title", func(r csvRow) string { return field(r.e.Title) }},
		{"combine", func(r csvRow) string { return field(r.e.Combine) }},
		{"state", func(r csvRow) string { return field(r.e.State) }},
		{"counts", func(r csvRow) string { return yesNo(r.e.Counts) }},
		{"claimed_answer", func(r csvRow) string { return field(r.e.Claimed) }},
		{"supported_answer", func(r csvRow) string { return field(r.e.Supported) }},
		{"claimed_level", func(r csvRow) string { return plainNumber(r.e.ClaimedLevel) }},
		{"level", func(r csvRow) string { return plainNumber(r.e.Level) }},
	}
	columns = append(columns, csvThree("", func(r csvRow) *[3]exact.Number { return r.e.Scores })...)
	columns = append(columns,
		csvColumn{"weight", func(r csvRow) string { return plainNumber(r.e.Among) }},
		csvColumn{"share", func(r csvRow) string { return plainNumber(r.e.Share) }},
	)
	columns = append(columns, csvThree("points_", func(r csvRow) *[3]exact.Number { return r.e.Points })...)
	return append(
		columns,
		csvColumn{"capped", func(r csvRow) string { return field(strings.Join(r.e.Capped, " ")) }},
		csvColumn{"missing", func(r csvRow) string { return field(r.e.Missing) }},
		csvColumn{"because", func(r csvRow) string { return field(r.e.Reason) }},
		csvColumn{"na", func(r csvRow) string { return field(r.e.NA) }},
		csvColumn{"evidence", func(r csvRow) string { return field(strings.Join(r.e.Evidence, " ")) }},
		csvColumn{"sources", func(r csvRow) string { return field(strings.Join(sourceNames(r.e), " ")) }},
		csvColumn{"duty", func(r csvRow) string { return field(r.e.Duty) }},
	)
}

type csvColumn struct {
	name  string
	write func(csvRow) string
}

// csvThree are the three scores. Of what is not known, the two that take it as the worst are empty: a nought would be read
// as a judgement.
func csvThree(before string, of func(csvRow) *[3]exact.Number) []csvColumn {
	var columns []csvColumn
	for basis, name := range []string{"evidenced", "claimed", "potential"} {
		columns = append(columns, csvColumn{before + name, func(r csvRow) string {
			numbers := of(r)
			if numbers == nil || r.e.Unknown(basis) {
				return ""
			}
			return plainNumber(&numbers[basis])
		}})
	}
	return columns
}

func (r csvRow) parent() string {
	if r.e.Parent < 0 {
		return ""
	}
	return r.full.Criteria[r.e.Parent].Name
}

func sourceNames(e *report.Entry) []string {
	names := make([]string, len(e.Sources))
	for i, s := range e.Sources {
		names[i] = s.To
	}
	return names
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func plainNumber(x *exact.Number) string {
	if x == nil {
		return ""
	}
	return x.String()
}

// CSV writes a row for each criterion of each report, groups and the whole among them. A file begins with a byte order
// mark, without which spreadsheet programs take it to be in the encoding of another century.
func CSV(w io.Writer, reports []*report.Report, o Options) error {
	out := &sticky{w: w}
	if o.File {
		_, _ = io.WriteString(out, byteOrderMark) // the error is kept
	}
	columns := csvColumns()
	lines := csv.NewWriter(out)
	if err := lines.Write(csvHead(columns)); err != nil {
		return err
	}
	for _, r := range reports {
		full := r.Full()
		for i := range full.Criteria {
			fields := make([]string, len(columns))
			for k, c := range columns {
				fields[k] = c.write(csvRow{data: r.Data(), full: full, e: &full.Criteria[i]})
			}
			if err := lines.Write(fields); err != nil {
				return err
			}
		}
	}
	lines.Flush()
	return lines.Error()
}

const byteOrderMark = "\ufeff"

func csvHead(columns []csvColumn) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

// csvOurs knows a file by the names of its columns.
func csvOurs(file []byte) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(string(file), byteOrderMark), "\n")
	return strings.TrimSuffix(first, "\r") == strings.Join(csvHead(csvColumns()), ",")
}

// field is a text as a field that no spreadsheet program takes for a formula: not where it begins, and not after a
// semicolon, at which such programs part fields in many countries.
func field(s string) string {
	parts := strings.Split(text.Visible(s), ";")
	for i, part := range parts {
		if formula(part) {
			parts[i] = "'" + part
		}
	}
	return strings.Join(parts, ";")
}

// formula reports whether a text begins like one, but for what is passed over: spaces, quotes, and what is not seen.
func formula(s string) bool {
	const unseen, begins = " \u00a0\u3000\u200c\u200d\"'", "=+-@＝＋－＠"
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, unseen))
	return strings.ContainsRune(begins, first)
}
