package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-health/touchstone/pkg/report"
)

const changeRubric = `touchstone: rubric/v1
id: garden
version: 1.0.0
title: Garden
scales: {steps: [none, some, most, all]}
show: {from: 0, to: 100, decimals: 2}
criteria:
  - id: ground
    title: Ground
    weight: %d
    criteria:
      - {id: soil, title: Soil, weight: 3, scale: steps}
      - {id: water, title: Water, scale: steps}
      - id: light
        title: Light
        combine: sum
        weight: 2
        criteria:
          - {id: morning, title: Morning, weight: 2, scale: [{value: -1, label: dark}, {value: 0, label: dim}, {value: 3, label: bright}]}
          - {id: evening, title: Evening, scale: steps}
  - id: tools
    title: Tools
    combine: min
    criteria:
      - {id: spade, title: Spade, scale: steps}
      - {id: rake, title: Rake, scale: steps}
  - {id: help, title: Help, scale: steps}
`

const changeRecord = `touchstone: innovation/v1
id: plot
name: Plot
answers: {soil: some, water: most, morning: %s, evening: some, spade: most, rake: all}
`

// alteration is a book in which a weight and what a leaf is worth were changed, and the report of a rubric and a record that
// were changed as much.
type alteration struct {
	book []byte
	now  []*report.Report
}

func changedBook(t *testing.T) alteration {
	t.Helper()
	before := gardenOf(t, 2, "dim")
	after := gardenOf(t, 5, "bright")
	f, err := excelize.OpenReader(bytes.NewReader(workbookOf(t, before)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Criteria")
	if err != nil {
		t.Fatal(err)
	}
	set := func(column string, row int, value float64) {
		for i, title := range rows[0] {
			if title != column {
				continue
			}
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula("Criteria", at); err != nil || formula != "" {
				t.Fatalf("%s is there to be changed, and is a formula: %s (%v)", at, formula, err)
			}
			if err := f.SetCellValue("Criteria", at, value); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Fatalf("no column %q", column)
	}
	changes := 0
	for i := range after[0].Full().Criteria {
		e := &after[0].Full().Criteria[i]
		const head = 2
		switch e.Name {
		case "garden/ground":
			set("Weight", i+head, e.Weight.Float())
			changes++
		case "garden/morning":
			for basis, column := range []string{"Value evidenced, 0 to 1", "Value claimed, 0 to 1", "Value at best, 0 to 1"} {
				set(column, i+head, e.Worth[basis].Float())
			}
			changes++
		}
	}
	if changes != 2 {
		t.Fatalf("%d changes, want 2", changes)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return alteration{book: b.Bytes(), now: after}
}

func gardenOf(t *testing.T, weight int, morning string) []*report.Report {
	t.Helper()
	folder := t.TempDir()
	for name, content := range map[string]string{
		"garden.yaml": fmt.Sprintf(changeRubric, weight), "plot.yaml": fmt.Sprintf(changeRecord, morning),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return reportsOf(t, filepath.Join(folder, "plot.yaml"), "--rubric", filepath.Join(folder, "garden.yaml"))
}
