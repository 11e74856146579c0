package main

import (
	"encoding/xml"
	"os"
	"strconv"
	"strings"
	"testing"
)

// shownCell is a cell as somebody sees it, and its number if it has one.
type shownCell struct {
	text, formula string
	number        float64
	isNumber      bool
}

// shownSheets are the sheets of a book by their names, row by row.
type shownSheets map[string][][]shownCell

// readSheets takes the cells out of a flat document.
func readSheets(t *testing.T, file string) shownSheets {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var document struct {
		Tables []struct {
			Name string `xml:"name,attr"`
			Rows []struct {
				Repeated int `xml:"number-rows-repeated,attr"`
				Cells    []struct {
					XMLName  xml.Name
					Repeated int      `xml:"number-columns-repeated,attr"`
					Formula  string   `xml:"formula,attr"`
					Type     string   `xml:"value-type,attr"`
					Value    string   `xml:"value,attr"`
					Text     []string `xml:"p"`
				} `xml:",any"`
			} `xml:"table-row"`
			Head []struct {
				Cells []struct {
					Text []string `xml:"p"`
				} `xml:"table-row>table-cell"`
			} `xml:"table-header-rows"`
		} `xml:"body>spreadsheet>table"`
	}
	if err := xml.NewDecoder(f).Decode(&document); err != nil {
		t.Fatal(err)
	}
	sheets := shownSheets{}
	for _, table := range document.Tables {
		var rows [][]shownCell
		for _, head := range table.Head {
			var row []shownCell
			for _, c := range head.Cells {
				row = append(row, shownCell{text: strings.Join(c.Text, " ")})
			}
			rows = append(rows, row)
		}
		for _, r := range table.Rows {
			var row []shownCell
			for _, c := range r.Cells {
				one := shownCell{text: strings.Join(c.Text, " "), formula: c.Formula}
				if c.Type == "float" || c.Type == "percentage" {
					one.number, err = strconv.ParseFloat(c.Value, 64)
					one.isNumber = err == nil
				}
				for range max(min(c.Repeated, 100), 1) {
					row = append(row, one)
				}
			}
			for range max(min(r.Repeated, 100), 1) {
				rows = append(rows, row)
			}
		}
		sheets[table.Name] = rows
	}
	return sheets
}

// rows finds the cells of a sheet by their row and the head of their column.
func (s shownSheets) rows(t *testing.T, sheet string) func(row int, column string) shownCell {
	t.Helper()
	if len(s[sheet]) == 0 {
		t.Fatalf("no sheet %q", sheet)
	}
	columns := map[string]int{}
	for i, c := range s[sheet][0] {
		columns[c.text] = i
	}
	return func(row int, column string) shownCell {
		at, there := columns[column]
		if !there {
			t.Fatalf("the sheet %s has no column %q", sheet, column)
		}
		if row >= len(s[sheet]) || at >= len(s[sheet][row]) {
			return shownCell{}
		}
		return s[sheet][row][at]
	}
}
