package crosswalk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/crosswalk"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

const ward = `touchstone: rubric/v1
id: ward
version: 1.0.0
title: Ward
scales: {practice: [none, some, all]}
criteria:
  - {id: a, title: A, scale: practice, maps: [s:1, "s:2"]}
  - {id: b, title: B, scale: practice, maps: [s:1, {to: "s:3", how: partly}, {to: "s:4", how: supports}, {to: "s:5", how: cites}]}
  - id: told
    title: Told
    weight: 0
    maps: ["s:7"]
    criteria:
      - {id: c, title: C, scale: practice, maps: [s:2]}
gates:
  - {id: g, needs: level("a") >= 1, maps: [s:2, {to: "s:3", how: cites}]}
flags:
  - {id: f, when: level("a") < 1, severity: low, say: Low., maps: [s:6]}
`

func parts(t *testing.T) []*crosswalk.Part {
	t.Helper()
	r, list := rubric.NewCatalogue(source.NewStore(nil, strings.NewReader(ward))).Open(source.Stdin, diag.Place{})
	m, more := score.Compile(r)
	if list = append(list, more...); list.HasErrors() {
		t.Fatal(list)
	}
	return crosswalk.Parts(m)
}

func item(id, kind, answeredBy string) source.Entry[string, rubric.Item] {
	return source.Entry[string, rubric.Item]{Key: id, Value: rubric.Item{Says: id, Kind: kind, AnsweredBy: answeredBy}}
}

func TestItems(t *testing.T) {
	ref := &rubric.Reference{ID: "s", Items: []source.Entry[string, rubric.Item]{
		item("1", "criterion", ""), item("2", "criterion", ""), item("3", "red-flag", ""), item("4", "criterion", ""),
		item("5", "prerequisite", ""), item("6", "red-flag", ""), item("7", "context", ""),
		item("8", "context", ""), item("9", rubric.KindReportFeature, "report:in-place"), item("10", rubric.KindReportFeature, ""),
	}}
	x := crosswalk.Of(ref, parts(t))
	for i, want := range []struct {
		standing crosswalk.Standing
		covers   string // names, the closest first
		twice    bool
	}{
		{crosswalk.Met, "ward/a ward/b", true},
		{crosswalk.Met, "ward/a ward/c ward/g", false}, // weight 0 and gates count nothing
		{crosswalk.PartlyMet, "ward/b ward/g", false},
		{crosswalk.Supported, "ward/b", false},
		{crosswalk.Uncovered, "ward/b", false}, // naming an item covers nothing of it
		{crosswalk.Met, "ward/f", false},
		{crosswalk.Met, "ward/told", false}, // a group's own maps; context may be covered too
		{crosswalk.Context, "", false},
		{crosswalk.Reported, "", false},
		{crosswalk.Uncovered, "", false},
	} {
		row := &x.Rows[i]
		var names []string
		for _, c := range row.Covers {
			names = append(names, c.Name)
		}
		if got := strings.Join(names, " "); row.Standing != want.standing || got != want.covers || row.Twice() != want.twice {
			t.Errorf("item %s: got %s, %q, twice %v, want %v", row.ID, row.Standing, got, row.Twice(), want)
		}
	}
	if n := x.Count(crosswalk.Met); n != 4 {
		t.Errorf("%d items are met, want 4", n)
	}
}

func TestParts(t *testing.T) {
	all := parts(t)
	var told []string
	for _, p := range all {
		line := p.What + " " + p.Name
		if p.Scored {
			line += " scored"
		}
		told = append(told, line)
	}
	want := []string{"criterion ward/a scored", "criterion ward/b scored", "criterion ward/told", "criterion ward/c", "gate ward/g", "flag ward/f"}
	if !slices.Equal(told, want) {
		t.Errorf("got %q, want %q", told, want)
	}
	if ids := crosswalk.References(all); !slices.Equal(ids, []string{"s"}) {
		t.Errorf("references %q", ids)
	}
}
