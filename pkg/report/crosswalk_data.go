package report

import (
	"github.com/touchstone-health/touchstone/pkg/crosswalk"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// CrosswalkKind is what a crosswalk for machines says that it is.
const CrosswalkKind = "crosswalk/v1"

// The crosswalk for machines.
type (
	// CrosswalkData is a rubric beside its references, both ways.
	CrosswalkData struct {
		Touchstone string             `json:"touchstone"`
		Rubric     CrosswalkRubric    `json:"rubric"`
		References []CrosswalkSource  `json:"references"`
		Parts      []CrosswalkPart    `json:"parts"`
		Twice      []CrosswalkCounted `json:"counted_twice"`
	}
	// CrosswalkRubric is the rubric.
	CrosswalkRubric struct {
		ID      string `json:"id"`
		Version string `json:"version"`
	}
	// CrosswalkSource is a reference, item by item.
	CrosswalkSource struct {
		ID         string                     `json:"id"`
		Title      string                     `json:"title"`
		Publisher  string                     `json:"publisher"`
		Year       string                     `json:"year"`
		Version    string                     `json:"version"`
		Source     string                     `json:"source"`
		Licence    string                     `json:"licence"`
		ReadOn     string                     `json:"read_on"`
		Unverified []string                   `json:"unverified"`
		Counts     map[crosswalk.Standing]int `json:"counts"`
		Items      []CrosswalkItem            `json:"items"`
	}
	// CrosswalkItem is an item and what covers it, the closest first.
	CrosswalkItem struct {
		ID         string             `json:"id"`
		Says       string             `json:"says"`
		Kind       string             `json:"kind"`
		Inferred   bool               `json:"inferred"`
		Unverified bool               `json:"unverified"`
		Standing   crosswalk.Standing `json:"standing"`
		CoveredBy  []CrosswalkCover   `json:"covered_by"`
		AnsweredBy string             `json:"answered_by,omitempty"`
	}
	// CrosswalkCover is a criterion, gate or flag that covers an item.
	CrosswalkCover struct {
		What   string `json:"what"`
		Name   string `json:"name"`
		How    string `json:"how"`
		Scored bool   `json:"scored"`
	}
	// CrosswalkPart is a criterion, gate or flag with the items that it covers.
	CrosswalkPart struct {
		What   string          `json:"what"`
		Name   string          `json:"name"`
		Title  string          `json:"title"`
		Scored bool            `json:"scored"`
		Covers []CrosswalkLink `json:"covers"`
	}
	// CrosswalkLink is an item that is covered, and how.
	CrosswalkLink struct {
		Reference string `json:"reference"`
		Item      string `json:"item"`
		How       string `json:"how"`
	}
	// CrosswalkCounted is an item that two scored criteria meet.
	CrosswalkCounted struct {
		Reference string   `json:"reference"`
		Item      string   `json:"item"`
		Criteria  []string `json:"criteria"`
	}
)

func crosswalkData(m *score.Model, parts []*crosswalk.Part, sources []*crosswalk.Source) CrosswalkData {
	d := CrosswalkData{
		Touchstone: CrosswalkKind, Rubric: CrosswalkRubric{m.Rubric.ID, m.Rubric.Version},
		References: []CrosswalkSource{}, Parts: []CrosswalkPart{}, Twice: []CrosswalkCounted{},
	}
	for _, x := range sources {
		d.References = append(d.References, crosswalkSource(x))
		d.Twice = append(d.Twice, countedTwice(x)...)
	}
	for _, p := range parts {
		part := CrosswalkPart{What: p.What, Name: p.Name, Title: p.Title, Scored: p.Scored, Covers: []CrosswalkLink{}}
		for _, l := range p.Links {
			for _, x := range sources {
				if l.Reference == x.ID {
					part.Covers = append(part.Covers, CrosswalkLink(l))
				}
			}
		}
		d.Parts = append(d.Parts, part)
	}
	return d
}

func crosswalkSource(x *crosswalk.Source) CrosswalkSource {
	d := CrosswalkSource{
		ID: x.ID, Title: x.Title, Publisher: x.Publisher, Year: x.Year, Version: x.Version, Source: x.Source, Licence: x.Licence, Unverified: list(x.Unverified),
		Counts: map[crosswalk.Standing]int{}, Items: []CrosswalkItem{},
	}
	if !x.ReadOn.IsZero() {
		d.ReadOn = x.ReadOn.String()
	}
	for i := range x.Rows {
		row := &x.Rows[i]
		d.Counts[row.Standing]++
		item := CrosswalkItem{
			ID: row.ID, Says: row.Says, Kind: row.Kind, Inferred: row.Inferred, Unverified: row.Unverified, Standing: row.Standing,
			AnsweredBy: row.AnsweredBy, CoveredBy: []CrosswalkCover{},
		}
		for _, c := range row.Covers {
			item.CoveredBy = append(item.CoveredBy, CrosswalkCover{What: c.What, Name: c.Name, How: c.How, Scored: c.Scored})
		}
		d.Items = append(d.Items, item)
	}
	return d
}

func countedTwice(x *crosswalk.Source) (counted []CrosswalkCounted) {
	for i := range x.Rows {
		row := &x.Rows[i]
		if row.Twice() {
			counted = append(counted, CrosswalkCounted{Reference: x.ID, Item: row.ID, Criteria: row.CountedBy()})
		}
	}
	return counted
}
