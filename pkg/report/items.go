package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/rubric"
	"github.com/touchstone-health/touchstone/pkg/score"
)

// Item is one item of the register of evidence.
type Item struct {
	ID, Kind, Title string
	Issuer, Locator string
	// About is what it covers: `version 4.0`; may be empty.
	About string
	// Independent and Checked are what the record says; Checked is by whom and when, or "".
	Independent bool
	Checked     string
	// Dated is its day; LastDay is the first on which something that rests on it runs out, or it ended. Either may be zero:
	// not known, or nothing says that it ends.
	Dated, LastDay calendar.Date
	// Gone is set if that day has passed.
	Gone bool
	// CitedBy are the criteria and questions that cite it.
	CitedBy []string
	// Refused says where it is not accepted and why; empty if it is accepted wherever it is cited.
	Refused []string
}

// items are the whole register in its order, also what nothing cites.
func (b *builder) items() []Item {
	items := make([]Item, len(b.res.Record.Innovation.Evidence))
	at := map[*innovation.Evidence]*Item{}
	for k := range b.res.Record.Innovation.Evidence {
		e := &b.res.Record.Innovation.Evidence[k]
		items[k] = b.item(e)
		at[e] = &items[k]
	}
	for i := range b.m.Nodes {
		c := &b.res.Criteria[i]
		for _, e := range c.Evidence {
			at[e].cited(b.m.Nodes[i].Title)
		}
		if b.m.Nodes[i].IsLeaf() {
			b.noted(at, b.m.Nodes[i].Title, b.res.Refusals(i))
		}
		for e, last := range b.res.LastDays(i) {
			at[e].ends(last)
		}
	}
	for _, name := range b.m.FactNames() {
		for _, e := range b.res.Record.FactEvidence(name) {
			at[e].cited(b.w.fact(name))
		}
		for _, u := range b.res.Facts[name] {
			b.noted(at, b.w.fact(name), u.Items)
		}
		for e, last := range b.res.FactLastDays(name) {
			at[e].ends(last)
		}
	}
	for k := range items {
		items[k].Gone = !items[k].LastDay.IsZero() && b.res.AsOf.After(items[k].LastDay)
	}
	return items
}

func (b *builder) item(e *innovation.Evidence) Item {
	item := Item{
		ID: e.ID, Kind: b.m.KindTitle(e.Kind), Title: e.Title, Issuer: e.Issuer, Locator: e.Locator, Independent: e.Independent,
		Dated: e.Dated, LastDay: e.ValidUntil,
	}
	if v := e.Covers.Version; v != "" {
		item.About = "version " + v
	}
	if c := e.Checked; c != nil && !c.Date.IsZero() && !c.Date.After(b.res.AsOf) {
		item.Checked = strings.TrimSpace(fmt.Sprintf("%s, %s", c.By, c.Date))
	}
	return item
}

// noted keeps why items are not accepted. One that is of another kind than a rule asks for may serve another rule.
func (b *builder) noted(at map[*innovation.Evidence]*Item, where string, refused []score.Refused) {
	for _, r := range refused {
		if r.Reason != score.WrongKind {
			at[r.Item].ends(r.Expired)
			at[r.Item].refused(fmt.Sprintf("%s: %s", where, b.w.refused(r)))
		}
	}
}

func (i *Item) cited(by string) {
	if !slices.Contains(i.CitedBy, by) {
		i.CitedBy = append(i.CitedBy, by)
	}
}

func (i *Item) refused(why string) {
	if !slices.Contains(i.Refused, why) {
		i.Refused = append(i.Refused, why)
	}
}

// ends takes a day on which something that rests on the item runs out.
func (i *Item) ends(last calendar.Date) {
	if !last.IsZero() && (i.LastDay.IsZero() || i.LastDay.After(last)) {
		i.LastDay = last
	}
}

// sources name what a criterion traces to, in the words of the references that are at hand.
func (b *builder) sources(maps []rubric.Map) []Source {
	var all []Source
	for _, m := range maps {
		s := Source{To: m.To, How: m.How}
		if b.trace != nil {
			s.Title, s.Says = b.trace(m.To)
		}
		all = append(all, s)
	}
	return all
}
