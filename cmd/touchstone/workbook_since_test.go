package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The workbook says what moved since an earlier report, of one record and of several, each text as the other formats have it;
// without an earlier report it has no sheet for that.
func TestWorkbookSince(t *testing.T) {
	t.Chdir("../..")
	scribe, rostering := "examples/ai-scribe/innovation.yaml", "examples/rostering/innovation.yaml"
	for _, records := range [][]string{{scribe}, {scribe, rostering}} {
		folder := t.TempDir()
		before, book := filepath.Join(folder, "before.json"), filepath.Join(folder, "book.xlsx")
		writes(t, append([]string{"score", "--as-of", "2026-11-21", "-o", "json=" + before}, records...)...)
		writes(t, append([]string{"score", "--as-of", "2028-02-01", "--since", before, "-o", "xlsx=" + book}, records...)...)
		rows := rowsOf(t, book, "Since")
		for _, want := range [][]string{{"Since 2026-11-21"}, {"What", "Then", "Now", "Change"}, {"What moved since 2026-11-21, and why"}} {
			whole := slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row[min(len(row), len(records)-1):], want) })
			if !whole {
				t.Errorf("%d records: no row %q in %q", len(records), want, rows)
			}
		}
		why := slices.ContainsFunc(rows, func(row []string) bool {
			return len(row) == 4+len(records) && strings.HasPrefix(row[len(row)-1], "Evidence ran out: ")
		})
		if !why {
			t.Errorf("%d records: no reason in the last column of %q", len(records), rows)
		}
		writes(t, append([]string{"score", "--as-of", "2028-02-01", "-o", "xlsx=" + book}, records...)...)
		if rows := rowsOf(t, book, "Since"); rows != nil {
			t.Errorf("without an earlier report: %q", rows)
		}
	}
}

func writes(t *testing.T, args ...string) {
	t.Helper()
	if _, stderr, code := call(t, args...); code != exitYes || stderr != "" {
		t.Fatalf("%v: exit code %d\n%s", args, code, stderr)
	}
}

// rowsOf are those of a sheet; nil without one.
func rowsOf(t *testing.T, file, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if !slices.Contains(f.GetSheetList(), sheet) {
		return nil
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
