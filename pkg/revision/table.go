package revision

import "sync"

// effect says what a change of a key comes to.
type effect struct {
	// class is that of every change of the key. Major is meant if what scores are computed from differs; else the change
	// is of the class otherwise.
	class, otherwise Class
	// on are the criteria whose score the key can change, and aspects what of it: all if none is named.
	on      extent
	aspects []string
}

// extent is which criteria a change can reach.
type extent uint8

const (
	own        extent = iota // that it stands in; of a scale or a fact those that read it
	below                    // that, and all below it
	everywhere               // all, and the stages
)

// is the effect of a key that no score is computed from.
func is(c Class) effect { return effect{class: c, otherwise: c} }

// scored is the effect of a key that scores are computed from: major, if one is computed otherwise.
func scored(otherwise Class, on extent, aspects ...string) effect {
	return effect{class: Major, otherwise: otherwise, on: on, aspects: aspects}
}

// Aspects of scores besides those of package score: whether a criterion is part of the whole at all.
const there = "there"

// What changes together with the levels of a scale or the form of an answer.
var answered = []string{"scale", "measure", "price", "met", "evidence", "rule", "respondents"}

// effects are what a change of each key comes to, by its path: those of criteria are the same at every depth. Every key that
// a rubric or a vocabulary can have is here, and a test says so.
var effects = sync.OnceValue(func() map[string]effect {
	return map[string]effect{
		"touchstone":    is(Patch),
		"id":            is(Patch), // of a rubric in use; of the rubric itself it is major
		"version":       is(None),
		"status":        is(None),
		"title":         is(Patch),
		"purpose":       is(Patch),
		"guidance":      is(Minor), // how to read its levels
		"issuer":        is(Patch),
		"licence":       is(Patch),
		"source":        is(Patch),
		"unverified":    is(Patch),
		"jurisdictions": is(Patch),
		"in_force":      is(Patch),
		"in_force/from": is(Patch),
		"in_force/to":   is(Patch),
		"review_by":     is(Patch),
		"import":        is(Patch), // what is imported is compared word by word

		"vocabulary/touchstone": is(Patch),
		"vocabulary/id":         is(Patch),
		"vocabulary/title":      is(Patch),

		"stages":        scored(Minor, everywhere, "stages", "from_stage", "when", "rule"),
		"scales":        scored(Patch, own, answered...),
		"scales/value":  scored(Patch, own, answered...),
		"scales/label":  scored(Minor, own, answered...),
		"kinds":         is(Minor),
		"kinds/title":   is(Minor),
		"kinds/expires": is(Patch), // tells lint, and nobody else
		"kinds/note":    is(Minor),
		"roles":         is(Patch),
		"roles/title":   is(Patch),
		"roles/find":    is(Patch),

		"facts":                      scored(Minor, own),
		"facts/type":                 scored(Minor, own),
		"facts/of":                   scored(Minor, own),
		"facts/ask":                  is(Minor),
		"facts/why":                  is(Patch),
		"facts/part":                 is(Patch),
		"facts/evidence":             scored(Minor, own),
		"facts/evidence/from":        scored(Minor, own),
		"facts/evidence/kinds":       scored(Minor, own),
		"facts/evidence/min":         scored(Minor, own),
		"facts/evidence/max_age":     scored(Minor, own),
		"facts/evidence/independent": scored(Minor, own),
		"facts/evidence/checked":     scored(Minor, own),
		"facts/evidence/version":     scored(Minor, own),
		"facts/evidence/valid_until": scored(Minor, own),
		"facts/evidence/check":       scored(Minor, own),

		"combine":       scored(Patch, own, "combine", "order", "show", "met", "unknown"),
		"show":          scored(Patch, own, "show", "met"),
		"show/from":     scored(Patch, own, "show", "met"),
		"show/to":       scored(Patch, own, "show", "met"),
		"show/decimals": is(Patch),
		"unknown":       scored(Patch, own, "unknown"),
		"min_answered":  scored(Minor, own, "unknown"), // of the root also of the headline

		"weight_rules":         is(Minor),
		"weight_rules/of":      is(Minor),
		"weight_rules/min":     is(Minor),
		"weight_rules/max":     is(Minor),
		"weight_rules/because": is(Patch),

		"gates":               is(Minor),
		"gates/id":            is(Minor),
		"gates/needs":         is(Minor),
		"gates/when":          is(Minor),
		"gates/from_stage":    is(Minor),
		"gates/otherwise":     is(Minor),
		"gates/otherwise/cap": is(Minor),
		"gates/because":       is(Patch),
		"gates/waivable":      is(Minor),
		"gates/waivable/max":  is(Minor),
		"gates/waivable/by":   is(Minor),
		"gates/duty":          is(Minor),
		"gates/maps":          is(Patch),
		"gates/maps/to":       is(Patch),
		"gates/allow":         is(Patch),
		"gates/allow/rule":    is(Patch),
		"gates/allow/because": is(Patch),
		"gates/allow/until":   is(Patch),
		"gates/maps/how":      is(Patch),

		"flags":               is(Minor),
		"flags/id":            is(Minor),
		"flags/title":         is(Patch),
		"flags/when":          is(Minor),
		"flags/from_stage":    is(Minor),
		"flags/severity":      is(Minor),
		"flags/effect":        is(Minor),
		"flags/effect/cap":    is(Minor),
		"flags/say":           is(Patch),
		"flags/clears":        is(Patch),
		"flags/maps":          is(Patch),
		"flags/maps/to":       is(Patch),
		"flags/allow":         is(Patch),
		"flags/allow/rule":    is(Patch),
		"flags/allow/because": is(Patch),
		"flags/allow/until":   is(Patch),
		"flags/maps/how":      is(Patch),

		"bands":            is(Minor),
		"bands/id":         is(Minor),
		"bands/label":      is(Minor),
		"bands/from":       is(Minor),
		"bands/from_stage": is(Minor),

		"allow":         is(Patch),
		"allow/rule":    is(Patch),
		"allow/because": is(Patch),
		"allow/until":   is(Patch),

		"criteria":                      scored(Patch, below),
		"criteria/id":                   is(Patch), // another id is another criterion
		"criteria/title":                is(Patch),
		"criteria/ask":                  is(Minor),
		"criteria/why":                  is(Patch),
		"criteria/guidance":             is(Minor), // it stands beside the question
		"criteria/weight":               scored(Patch, own, "weight"),
		"criteria/scale":                scored(Patch, own, answered...),
		"criteria/scale/value":          scored(Patch, own, answered...),
		"criteria/scale/label":          scored(Minor, own, answered...),
		"criteria/reverse":              scored(Patch, own, answered...),
		"criteria/measure":              scored(Patch, own, answered...),
		"criteria/measure/unit":         is(Minor), // it is part of the question
		"criteria/measure/worst":        scored(Patch, own, answered...),
		"criteria/measure/best":         scored(Patch, own, answered...),
		"criteria/measure/limits":       scored(Patch, own, answered...),
		"criteria/measure/points":       scored(Patch, own, answered...),
		"criteria/price":                scored(Patch, own, answered...),
		"criteria/price/model":          scored(Patch, own, answered...),
		"criteria/price/decimals":       scored(Patch, own, answered...),
		"criteria/price/cap":            scored(Patch, own, answered...),
		"criteria/price/floor":          scored(Patch, own, answered...),
		"criteria/rule":                 scored(Patch, own), // also whether it can be not applicable
		"criteria/levels":               is(Minor),
		"criteria/met":                  scored(Patch, own, "met"),
		"criteria/minimum":              is(Minor), // a gate in short
		"criteria/evidence":             scored(Patch, below, "evidence"),
		"criteria/evidence/from":        scored(Patch, below, "evidence"),
		"criteria/evidence/kinds":       scored(Patch, below, "evidence"),
		"criteria/evidence/min":         scored(Patch, below, "evidence"),
		"criteria/evidence/max_age":     scored(Patch, below, "evidence"),
		"criteria/evidence/independent": scored(Patch, below, "evidence"),
		"criteria/evidence/checked":     scored(Patch, below, "evidence"),
		"criteria/evidence/version":     scored(Patch, below, "evidence"),
		"criteria/evidence/valid_until": scored(Patch, below, "evidence"),
		"criteria/evidence/check":       scored(Patch, below, "evidence"),
		"criteria/when":                 scored(Patch, own, "when"),
		"criteria/from_stage":           scored(Patch, own, "from_stage"),
		"criteria/duty":                 is(Minor), // whose gap it is called
		"criteria/na":                   scored(Minor, own, "na"),
		"criteria/na/reasons":           scored(Minor, own, "na"),
		"criteria/na/counts":            scored(Minor, own, "na"),
		"criteria/respondents":          scored(Patch, own, "respondents"),
		"criteria/respondents/min":      scored(Patch, own, "respondents"),
		"criteria/maps":                 is(Patch),
		"criteria/maps/to":              is(Patch),
		"criteria/maps/how":             is(Patch),
		"criteria/improve":              is(Patch),
		"criteria/improve/advice":       is(Patch),
		"criteria/improve/effort":       is(Patch),
		"criteria/improve/help":         is(Patch),
		"criteria/allow":                is(Patch),
		"criteria/allow/rule":           is(Patch),
		"criteria/allow/because":        is(Patch),
		"criteria/allow/until":          is(Patch),
		"criteria/combine":              scored(Patch, own, "combine", "order", "show", "met", "unknown"),
		"criteria/show":                 scored(Patch, own, "show", "met"),
		"criteria/show/from":            scored(Patch, own, "show", "met"),
		"criteria/show/to":              scored(Patch, own, "show", "met"),
		"criteria/show/decimals":        is(Patch),
		"criteria/unknown":              scored(Patch, own, "unknown"),
		"criteria/min_answered":         scored(Patch, own, "unknown"),

		"criteria/use":             is(Patch), // what is used is compared itself
		"criteria/as":              is(Patch), // another name is another criterion
		"criteria/only":            scored(Patch, below, there, "weight"),
		"criteria/except":          scored(Patch, below, there, "weight"),
		"criteria/weights":         scored(Patch, below, "weight"),
		"criteria/stages":          scored(Minor, below, "stages", "from_stage", "when", "rule"),
		"criteria/bands":           is(Minor),
		"criteria/without":         scored(Minor, below, there),
		"criteria/without/gates":   scored(Minor, below, there),
		"criteria/without/flags":   scored(Minor, below, there),
		"criteria/without/because": is(Patch),
	}
})

// named are the keys of criteria whose own keys are chosen by the author.
var named = map[string]bool{
	"criteria/levels": true, "criteria/improve": true, "criteria/except": true, "criteria/weights": true,
	"criteria/stages": true, "criteria/bands": true,
}
