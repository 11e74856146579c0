package revision_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"
)

// editor changes one thing in a document.
type editor struct {
	t   *rapid.T
	doc map[string]any
	// pool are the values that stand under each path, so that one can be put where another stood.
	pool  map[string][]any
	sites map[string][]site
}

// site is a value that can be changed: under a key of a map, or in a list.
type site struct {
	path string
	in   map[string]any
	key  string
	list *[]any // of which it is item i, if it is one
	i    int
	set  func(any)
}

func (s site) value() any {
	if s.in != nil {
		return s.in[s.key]
	}
	return (*s.list)[s.i]
}

// chosen are the keys below which the author chooses the keys.
var chosen = map[string]bool{
	"levels": true, "improve": true, "facts": true, "scales": true, "kinds": true, "roles": true, "weights": true, "except": true,
}

// kept are what an edit leaves alone: what the file is, and what it is called.
var kept = []string{"touchstone", "id", "version", "status", "import"}

// edit makes one edit and says which; "" if there was nothing to do.
func (e *editor) edit() string {
	e.mapping("", e.doc)
	path := rapid.SampledFrom(slices.Sorted(maps.Keys(e.pool))).Draw(e.t, "path") // the longest texts are not the most interesting
	s := e.sites[path][rapid.IntRange(0, len(e.sites[path])-1).Draw(e.t, "site")]
	var edits []func(site) string
	switch s.value().(type) {
	case string:
		edits = append(edits, e.reword, e.reword, e.exchange, e.drop)
	case []any:
		edits = append(edits, e.drop, e.swap, e.double, e.exchange, e.without, e.move)
	case map[string]any:
		edits = append(edits, e.drop, e.exchange, e.lend, e.lend)
	}
	return rapid.SampledFrom(edits).Draw(e.t, "edit")(s)
}

func (e *editor) mapping(path string, m map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if path == "" && slices.Contains(kept, key) {
			continue
		}
		below := strings.TrimPrefix(path+"/"+key, "/")
		if chosen[path[strings.LastIndex(path, "/")+1:]] {
			below = path + "/*"
		}
		e.add(site{path: below, in: m, key: key, set: func(v any) { m[key] = v }}, below)
	}
}

func (e *editor) add(s site, path string) {
	v := s.value()
	e.pool[path] = append(e.pool[path], v)
	e.sites[path] = append(e.sites[path], s)
	switch v := v.(type) {
	case map[string]any:
		e.mapping(path, v)
	case []any:
		for i := range v {
			if strings.HasSuffix(path, "criteria/criteria") {
				path = strings.TrimSuffix(path, "/criteria")
			}
			e.add(site{path: path + "[]", list: &v, i: i, set: func(x any) { v[i] = x }}, path+"[]")
		}
	}
}

// reword writes a text otherwise: sometimes so that it means the same.
func (e *editor) reword(s site) string {
	text := s.value().(string)
	options := []string{text + " indeed", "  " + text}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		options = []string{text + ".0", strconv.FormatFloat(n+1, 'f', -1, 64), strconv.FormatFloat(n/2, 'f', -1, 64), "0", "1"}
	}
	switch text {
	case "yes", "true":
		options = []string{"no", "true", "Yes"}
	case "no", "false":
		options = []string{"yes", "false", "No"}
	}
	options = append(options, strings.ReplaceAll(text, ">=", ">"), strings.ReplaceAll(text, " >= ", ">="), strings.ReplaceAll(text, "12 months", "1 year"))
	s.set(rapid.SampledFrom(options).Draw(e.t, "text"))
	return "reword " + s.path
}

// exchange puts what stands elsewhere under the same path.
func (e *editor) exchange(s site) string {
	s.set(clone(rapid.SampledFrom(e.pool[s.path]).Draw(e.t, "other")))
	return "exchange " + s.path
}

func (e *editor) drop(s site) string {
	if s.in == nil {
		return ""
	}
	delete(s.in, s.key)
	return "drop " + s.path
}

func (e *editor) swap(s site) string {
	list := s.value().([]any)
	if len(list) < 2 {
		return ""
	}
	i, j := rapid.IntRange(0, len(list)-1).Draw(e.t, "i"), rapid.IntRange(0, len(list)-1).Draw(e.t, "j")
	list[i], list[j] = list[j], list[i]
	return "swap in " + s.path
}

// double adds a copy of an item, under an id of its own.
func (e *editor) double(s site) string {
	list := s.value().([]any)
	if len(list) == 0 {
		return ""
	}
	copied := clone(rapid.SampledFrom(list).Draw(e.t, "item"))
	rename(copied)
	s.set(append(slices.Clone(list), copied))
	return "double in " + s.path
}

func rename(v any) {
	if m, is := v.(map[string]any); is {
		if id, has := m["id"].(string); has {
			m["id"] = id + "-too"
		}
		if below, has := m["criteria"].([]any); has {
			for _, c := range below {
				rename(c)
			}
		}
	}
}

func (e *editor) without(s site) string {
	list := s.value().([]any)
	if len(list) == 0 {
		return ""
	}
	i := rapid.IntRange(0, len(list)-1).Draw(e.t, "item")
	s.set(slices.Delete(slices.Clone(list), i, i+1))
	return "one less in " + s.path
}

// move takes a criterion into another group.
func (e *editor) move(s site) string {
	var groups []site
	for _, path := range slices.Sorted(maps.Keys(e.sites)) {
		if strings.HasSuffix(path, "criteria") {
			groups = append(groups, e.sites[path]...)
		}
	}
	from := s.value().([]any)
	if !strings.HasSuffix(s.path, "criteria") || len(from) < 2 || len(groups) < 2 {
		return ""
	}
	to := rapid.SampledFrom(groups).Draw(e.t, "group")
	i := rapid.IntRange(0, len(from)-1).Draw(e.t, "item")
	moved := from[i]
	if fmt.Sprint(to.value()) == fmt.Sprint(from) || strings.Contains(fmt.Sprint(moved), fmt.Sprint(to.value())) {
		return ""
	}
	s.set(slices.Delete(slices.Clone(from), i, i+1))
	to.set(append(slices.Clone(to.value().([]any)), moved))
	return "move from " + s.path
}

// lend gives a map a key that another under the same path has.
func (e *editor) lend(s site) string {
	to := s.value().(map[string]any)
	lender, is := rapid.SampledFrom(e.pool[s.path]).Draw(e.t, "lender").(map[string]any)
	if !is || len(lender) == 0 {
		return ""
	}
	key := rapid.SampledFrom(slices.Sorted(maps.Keys(lender))).Draw(e.t, "key")
	if key == "id" {
		return ""
	}
	to[key] = clone(lender[key])
	return "lend " + s.path + " the key " + key
}

func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for key, value := range v {
			m[key] = clone(value)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i := range v {
			l[i] = clone(v[i])
		}
		return l
	}
	return v
}
