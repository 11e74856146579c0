package main

import (
	"io"
	"testing"
	"time"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/plan"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/rubrics"
)

// The five steps of `touchstone score`, each alone, on the largest rubric that ships and a full record.

const benchRecord = "../../examples/ai-scribe/innovation.yaml"

func benchModel(b *testing.B) *score.Model {
	b.Helper()
	r, list := rubric.NewCatalogue(source.NewStore(rubrics.FS, nil)).Open(defaultRubric, diag.Place{})
	if list.HasErrors() {
		b.Fatal(list)
	}
	m, list := score.Compile(r)
	if list.HasErrors() {
		b.Fatal(list)
	}
	return m
}

func benchBind(b *testing.B, m *score.Model) *score.Record {
	b.Helper()
	node, list := source.NewStore(rubrics.FS, nil).Open(benchRecord)
	inn, more := innovation.Parse(node)
	if list = append(list, more...); list.HasErrors() {
		b.Fatal(list)
	}
	rec, list := m.Bind(inn)
	if list.HasErrors() {
		b.Fatal(list)
	}
	return rec
}

func benchConditions() score.Conditions {
	return score.Conditions{AsOf: calendar.On(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))}
}

func BenchmarkOpenRubric(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, list := rubric.NewCatalogue(source.NewStore(rubrics.FS, nil)).Open(defaultRubric, diag.Place{}); list.HasErrors() {
			b.Fatal(list)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	r, _ := rubric.NewCatalogue(source.NewStore(rubrics.FS, nil)).Open(defaultRubric, diag.Place{})
	b.ReportAllocs()
	for b.Loop() {
		if _, list := score.Compile(r); list.HasErrors() {
			b.Fatal(list)
		}
	}
}

func BenchmarkLoadRecord(b *testing.B) {
	m := benchModel(b)
	b.ReportAllocs()
	for b.Loop() {
		benchBind(b, m)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	m := benchModel(b)
	rec, c := benchBind(b, m), benchConditions()
	b.ReportAllocs()
	for b.Loop() {
		m.Evaluate(rec, c)
	}
}

func BenchmarkAnalyse(b *testing.B) {
	m := benchModel(b)
	rec, c := benchBind(b, m), benchConditions()
	res := m.Evaluate(rec, c)
	b.ReportAllocs()
	for b.Loop() {
		plan.Analyse(res)
	}
}

func BenchmarkReport(b *testing.B) {
	m := benchModel(b)
	rec, c := benchBind(b, m), benchConditions()
	res := m.Evaluate(rec, c)
	analysis := plan.Analyse(res)
	for _, format := range render.Formats {
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := report.Build(res, analysis, report.Options{Detail: true})
				if err := format.Write(io.Discard, []*report.Report{r}, render.Options{Width: 80}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCheckEverything is what a pipeline runs on this repository: lint, the cases, and the form of all files.
func BenchmarkCheckEverything(b *testing.B) {
	b.Chdir("../..")
	everything := process{out: io.Discard, err: io.Discard, now: time.Now, getenv: func(string) string { return "" }}
	for _, args := range [][]string{
		{"lint", "rubrics", "examples", "testdata/guide", "testdata/instruments"},
		{"test", "testdata/instruments", "testdata/guide"},
		{"fmt", "--check", "rubrics", "examples", "testdata/guide", "testdata/instruments"},
	} {
		b.Run(args[0], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if code := run(args, everything); code > exitNo {
					b.Fatalf("%v: exit code %d", args, code)
				}
			}
		})
	}
}
