package diag_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
)

// names are the fingerprints of problems with the weights in a file, and with one of its lines as a whole.
func names(text string) []string {
	var list diag.List
	for i, line := range strings.Split(text, "\n") {
		at := diag.Place{File: "ward.yaml", Line: i + 1}
		if before, _, found := strings.Cut(line, "weight"); found {
			at.Column, at.Width = len([]rune(before))+1, len("weight")
			list.Add(diag.Diagnostic{Rule: "weight", Place: at})
		}
		if strings.Contains(line, "whole") {
			list.Add(diag.Diagnostic{Rule: "syntax", Place: at})
		}
	}
	return list.Sorted().Fingerprints(diag.Sources{"ward.yaml": []byte(text)})
}

const ward = `criteria:
  - {id: training, weight: 1}
  - {id: Gebäude, weight: 2}
  - {id: training, weight: 1}
  - this line as a whole
`

// A fingerprint stays the same while its line does, whatever becomes of the lines above and of the spaces.
func TestFingerprintsStay(t *testing.T) {
	before := names(ward)
	for what, text := range map[string]string{
		"lines above":   "# one\n\n# two\n" + ward,
		"lines between": strings.ReplaceAll(ward, "\n  -", "\n\n  # between\n  -"),
		"spaces":        strings.NewReplacer("  - {", "\t-   {", "weight: ", "weight:   ").Replace(ward),
		"line ends":     strings.ReplaceAll(ward, "\n", "\r\n"),
	} {
		if after := names(text); !slices.Equal(before, after) {
			t.Errorf("%s: %v, want %v", what, after, before)
		}
	}
}

// A fingerprint changes with its line, its file and its rule, and with nothing else.
func TestFingerprintsChange(t *testing.T) {
	before := names(ward)
	after := names(strings.Replace(ward, "weight: 2", "weight: 3", 1))
	for i := range before {
		if same := before[i] == after[i]; same != (i != 1) {
			t.Errorf("problem %d: the same is %t", i, same)
		}
	}
	at := diag.Place{File: "a.yaml", Line: 1, Column: 1, Width: 3}
	sources := diag.Sources{"a.yaml": []byte("abc"), "b.yaml": []byte("abc")}
	seen := map[string]bool{}
	for _, d := range []diag.Diagnostic{
		{Rule: "one", Place: at},
		{Rule: "two", Place: at},
		{Rule: "one", Place: diag.Place{File: "b.yaml", Line: 1, Column: 1, Width: 3}},
		{Rule: "one", Place: diag.Place{File: "a.yaml", Line: 1, Column: 1, Width: 2}},
		{Rule: "one", Place: diag.Place{File: "a.yaml"}},
		{Rule: "one", Place: diag.Place{File: "none.yaml", Line: 7, Column: 9, Width: 1}},
	} {
		name := diag.List{d}.Fingerprints(sources)[0]
		if len(name) != 32 || seen[name] {
			t.Errorf("%+v: %q is short, or known", d, name)
		}
		seen[name] = true
	}
}

// Problems that are alike have fingerprints of their own, and keep them when another is added below.
func TestFingerprintsAreDistinct(t *testing.T) {
	before := names(ward)
	if len(before) != 4 || before[0] == before[2] {
		t.Fatalf("%v: equal lines have equal names", before)
	}
	after := names(ward + "  - {id: training, weight: 1}\n")
	if !slices.Equal(after[:4], before) || slices.Contains(before, after[4]) {
		t.Errorf("%v, want %v and one more", after, before)
	}
	twice := diag.List{{Rule: "file", Place: diag.Place{File: "ward.yaml"}, Message: "a"}, {Rule: "file", Place: diag.Place{File: "ward.yaml"}, Message: "b"}}
	if named := twice.Fingerprints(nil); named[0] == named[1] {
		t.Errorf("two problems of a file as a whole are both %q", named[0])
	}
}

// Many problems of one long line have names of their own. If each read the line anew, this would take minutes.
func TestFingerprintsOfALongLine(t *testing.T) {
	const many, long = 20_000, 1 << 20
	list := make(diag.List, many)
	for i := range list {
		list[i] = diag.Diagnostic{Rule: "long", Place: diag.Place{File: "long.json", Line: 1, Column: i + 1, Width: 1}}
	}
	named := list.Fingerprints(diag.Sources{"long.json": []byte(strings.Repeat("x", long))})
	slices.Sort(named)
	if len(slices.Compact(named)) != many {
		t.Error("some names are the same")
	}
}
