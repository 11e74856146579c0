package main

import "strings"

// schemaHeads begin the small files of [schemaCorpus], with what must be there.
var schemaHeads = map[string]string{
	"rubric":     "touchstone: rubric/v1\nid: r\nversion: 1.0.0\ntitle: R\n",
	"vocabulary": "touchstone: vocabulary/v1\n",
	"reference":  "touchstone: reference/v1\nid: a\ntitle: A\n",
	"innovation": "touchstone: innovation/v1\nid: a\nname: A\n",
	"cases":      "touchstone: cases/v1\nrubric: r\n",
	"assessment": "touchstone: assessment/v1\ninnovation: a\n",
	"lock":       "touchstone: lock/v1\n",
}

// schemaCase is a small file, and whether its form is right.
type schemaCase struct {
	kind  string
	valid bool
	text  string // after the head of its kind
	whole bool   // without that head
}

func (c schemaCase) data() []byte {
	if c.whole {
		return []byte(c.text)
	}
	return []byte(schemaHeads[c.kind] + c.text)
}

const good, bad = true, false

// schemaCorpus leaves out what a schema cannot see: keys that are repeated, a header that is not the first key, numbers
// in a spelling that an editor takes for another number (012, 0x10), too many digits, locators with a wrong scheme, and
// names that refer to something.
var schemaCorpus = []schemaCase{
	// The header and what must be there.
	{"rubric", good, "", false},
	{"rubric", bad, "id: r\nversion: 1.0.0\ntitle: R\n", true},
	{"rubric", bad, "touchstone: rubric/v2\nid: r\nversion: 1.0.0\ntitle: R\n", true},
	{"rubric", bad, "touchstone: innovation/v1\nid: r\nversion: 1.0.0\ntitle: R\n", true},
	{"rubric", bad, "touchstone: [rubric/v1]\nid: r\nversion: 1.0.0\ntitle: R\n", true},
	{"rubric", bad, "touchstone:\nid: r\nversion: 1.0.0\ntitle: R\n", true},
	{"rubric", bad, "- touchstone: rubric/v1\n", true},
	{"rubric", good, "touchstone: 'rubric/v1'\nid: r\nversion: 1.0.0\ntitle: R\n", true},
	{"rubric", bad, "touchstone: rubric/v1\nid: r\ntitle: R\n", true},
	{"rubric", bad, "touchstone: rubric/v1\nid: r\nversion: 1.0.0\ntitle:\n", true},
	{"rubric", good, `{"touchstone": "rubric/v1", "id": "r", "version": "1.0.0", "title": "R", "show": {"from": 0, "to": 5}}`, true},

	// Keys.
	{"rubric", bad, "titel: R\n", false},
	{"rubric", bad, "criteria: [{id: a, wieght: 3}]\n", false},
	{"rubric", bad, "waivers: []\n", false},

	// Nothing after the colon is a mistake in a rubric, and no answer in a record.
	{"rubric", bad, "purpose:\n", false},
	{"rubric", bad, "purpose: null\n", false},
	{"rubric", bad, "purpose: ~\n", false},
	{"rubric", good, "purpose: 'null'\n", false},
	{"rubric", bad, "criteria: [{id: a, when: }]\n", false},
	{"rubric", bad, "criteria: [{id: a, levels: {0: }}]\n", false},
	{"rubric", bad, "jurisdictions: [GB, null]\n", false},
	{"innovation", good, "summary:\nanswers:\nfacts: {a: , b: ~}\n", false},
	{"innovation", good, "answers: {a: , b: {level: , because: }}\n", false},
	{"innovation", bad, "for: [~]\n", false},
	{"innovation", bad, "touchstone: innovation/v1\nid: a\nname:\n", true},
	{"innovation", bad, "supplier: {name: }\n", false},
	{"innovation", good, "supplier: {name: A, role: }\n", false},

	// Text, whatever a reader of YAML takes it for.
	{"rubric", good, "purpose: 2.30\nissuer: yes\nlicence: true\n", false},
	{"rubric", bad, "purpose: ' '\n", false},
	{"rubric", bad, "purpose: ''\n", false},
	{"rubric", bad, "purpose: [a]\n", false},
	{"rubric", bad, "purpose: {a: b}\n", false},
	{"innovation", good, "version: 2.30\nfacts: {a: yes, b: 12, c: '', d: 2026-01-02}\n", false},

	// Ids.
	{"rubric", bad, "criteria: [{id: Net Burden}]\n", false},
	{"rubric", bad, "criteria: [{id: 1a}]\n", false},
	{"rubric", bad, "criteria: [{id: 7}]\n", false},
	{"rubric", bad, "criteria: [{id: yes}]\n", false},
	{"rubric", bad, "criteria: [{id: 'on'}]\n", false},
	{"rubric", bad, "criteria: [{id: 'null'}]\n", false},
	{"rubric", bad, "criteria: [{id: true}]\n", false},
	{"rubric", good, "criteria: [{id: 'a'}, {id: c1-2-1}, {id: yes-no}]\n", false},
	{"rubric", bad, "stages: [idea, off]\n", false},
	{"rubric", bad, "scales: {Practice: [A, B]}\n", false},
	{"rubric", bad, "facts: {a-b: {type: text}}\n", false},
	{"rubric", bad, "facts: {in: {type: text}}\n", false},
	{"rubric", bad, "facts: {y: {type: text}}\n", false},
	{"innovation", good, "evidence: [{id: a, kind: k, title: T, results: {n: 36, cvss_max: 6.5, note: low}}]\n", false},
	{"innovation", bad, "evidence: [{id: a, kind: k, title: T, results: {for: 36}}]\n", false},
	{"innovation", bad, "evidence: [{id: a, kind: k, title: T, results: {cvss-max: 6}}]\n", false},

	// Enums.
	{"rubric", good, "status: 'draft'\ncombine: geometric\n", false},
	{"rubric", bad, "status: Draft\n", false},
	{"rubric", bad, "combine: average\n", false},
	{"rubric", bad, "combine: 1\n", false},
	{"rubric", bad, "flags: [{id: a, when: x, severity: urgent, say: S}]\n", false},
	{"rubric", bad, "criteria: [{id: a, evidence: {version: other}}]\n", false},
	{"reference", bad, "items: {'1': {says: S, kind: note}}\n", false},

	// Numbers, in quotes or not, by JSON's grammar.
	{"rubric", good, "criteria: [{id: a, weight: 3}, {id: b, weight: '0.5'}, {id: c, weight: -1e2}]\n", false},
	{"rubric", bad, "criteria: [{id: a, weight: heavy}]\n", false},
	{"rubric", bad, "criteria: [{id: a, weight: '012'}]\n", false},
	{"rubric", bad, "criteria: [{id: a, weight: '0,33'}]\n", false},
	{"rubric", bad, "criteria: [{id: a, weight: 1 000}]\n", false},
	{"rubric", bad, "criteria: [{id: a, weight: true}]\n", false},
	{"rubric", bad, "criteria: [{id: a, weight: [1]}]\n", false},
	{"rubric", good, "criteria: [{id: a, levels: {0: None, '1': Some, 2.5: All}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, levels: {low: None}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, levels: [None, All]}]\n", false},
	{"rubric", good, "criteria: [{id: a, respondents: {min: 10}}, {id: b, respondents: {min: '3'}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, respondents: {min: 0}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, respondents: {min: 2.5}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, respondents: {min: '0'}}]\n", false},
	{"rubric", good, "criteria: [{id: a, improve: {2: {advice: A, effort: 5}}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, improve: {2: {advice: A, effort: 6}}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, improve: {2: {advice: A, effort: high}}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, improve: {best: {advice: A}}}]\n", false},
	{"rubric", good, "criteria: [{id: a, measure: {worst: 30, best: 0, points: [[0, 0], [68, 50]]}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, measure: {points: [0, 1]}}]\n", false},

	// Yes-no.
	{"rubric", good, "criteria: [{id: a, reverse: yes}, {id: b, reverse: NO}, {id: c, reverse: 'True'}, {id: d, reverse: false}]\n", false},
	{"rubric", bad, "criteria: [{id: a, reverse: 'on'}]\n", false},
	{"rubric", bad, "criteria: [{id: a, reverse: 1}]\n", false},
	{"rubric", bad, "criteria: [{id: a, reverse: perhaps}]\n", false},
	{"reference", good, "items: {'06': {says: S, kind: red-flag, inferred: yEs}}\n", false},

	// Dates, durations, versions.
	{"rubric", good, "review_by: 2027-06-30\nin_force: {from: '2026-04-06'}\n", false},
	{"rubric", bad, "review_by: 2026-02-30\n", false},
	{"rubric", bad, "review_by: 30.06.2027\n", false},
	{"rubric", bad, "review_by: 2027-6-30\n", false},
	{"rubric", bad, "review_by: 2027\n", false},
	{"rubric", good, "criteria: [{id: a, evidence: {max_age: 12 months}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, evidence: {max_age: 1m}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, evidence: {max_age: 0 days}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, evidence: {max_age: 12}}]\n", false},
	{"rubric", bad, "touchstone: rubric/v1\nid: r\nversion: 1.0\ntitle: R\n", true},
	{"rubric", bad, "touchstone: rubric/v1\nid: r\nversion: v1.0.0\ntitle: R\n", true},
	{"rubric", good, "touchstone: rubric/v1\nid: r\nversion: 0.1.0-draft.2\ntitle: R\n", true},

	// Lists and maps.
	{"rubric", bad, "jurisdictions: GB-ENG\n", false},
	{"rubric", bad, "criteria: {id: a}\n", false},
	{"rubric", bad, "criteria: [a]\n", false},
	{"rubric", bad, "gates: {id: a, needs: x}\n", false},
	{"rubric", bad, "facts: [a]\n", false},
	{"rubric", bad, "facts: {a: yes-no}\n", false},
	{"rubric", good, "criteria: []\nfacts: {}\n", false},

	// Short and long forms.
	{"rubric", good, "scales: {s: [A, {value: 1, label: B}, 3]}\n", false},
	{"rubric", bad, "scales: {s: [{value: 1}]}\n", false},
	{"rubric", bad, "scales: {s: [[A]]}\n", false},
	{"rubric", good, "criteria: [{id: a, scale: s}, {id: b, scale: [A, B]}]\n", false},
	{"rubric", bad, "criteria: [{id: a, scale: {value: 1, label: B}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, scale: My Scale}]\n", false},
	{"rubric", good, "criteria: [{id: a, evidence: none}, {id: b, evidence: {min: 2}}, {id: c, evidence: [{from: 2}, {from: 4}]}]\n", false},
	{"rubric", bad, "criteria: [{id: a, evidence: some}]\n", false},
	{"rubric", bad, "criteria: [{id: a, evidence: [none]}]\n", false},
	{"rubric", bad, "criteria: [{id: a, evidence: [{kind: k}]}]\n", false},
	{"rubric", good, "criteria: [{id: a, na: never}, {id: b, na: {reasons: [R], counts: best}}]\n", false},
	{"rubric", bad, "criteria: [{id: a, na: always}]\n", false},
	{"rubric", bad, "criteria: [{id: a, na: [R]}]\n", false},
	{"rubric", good, "criteria: [{id: a, maps: ['r:1', {to: 'r:2', how: partly}]}]\n", false},
	{"rubric", bad, "criteria: [{id: a, maps: [{how: partly}]}]\n", false},
	{"rubric", bad, "criteria: [{id: a, maps: 'r:1'}]\n", false},
	{"rubric", good, "gates: [{id: a, needs: x, otherwise: fail}, {id: b, needs: x, otherwise: {cap: low}}]\n", false},
	{"rubric", bad, "gates: [{id: a, needs: x, otherwise: inform}]\n", false},
	{"rubric", bad, "gates: [{id: a, needs: x, otherwise: {cap: Low}}]\n", false},
	{"rubric", bad, "gates: [{id: a}]\n", false},
	{"rubric", good, "facts: {a: {type: choice, of: [none, '2a', 3]}}\n", false},
	{"rubric", bad, "facts: {a: {type: choice, of: [none, yes]}}\n", false},
	{"rubric", bad, "facts: {a: {type: choice, of: [none, 'NULL']}}\n", false},
	{"rubric", bad, "facts: {a: {type: choice, of: ['~']}}\n", false},
	{"rubric", bad, "facts: {a: {of: [b]}}\n", false},

	// Criteria in criteria.
	{"rubric", good, "criteria: [{id: a, criteria: [{id: b, criteria: [{id: c, criteria: [{id: d, weight: 2}]}]}]}]\n", false},
	{"rubric", bad, "criteria: [{id: a, criteria: [{id: b, criteria: [{id: c, criteria: [{id: d, weigth: 2}]}]}]}]\n", false},
	{"rubric", bad, "criteria: [{id: a, criteria: [{id: b, criteria: [{id: c, criteria: {id: d}}]}]}]\n", false},
	{"rubric", good, "criteria: [{use: ./other.yaml, as: b, only: [c], weights: {c: 2}, without: {gates: [g], because: B}}]\n", false},
	{"rubric", bad, "criteria: [{use: ./other.yaml, without: {gates: [g]}}]\n", false},
	{"rubric", bad, "criteria: [{use: ./other.yaml, except: [c]}]\n", false},

	// Vocabularies and references.
	{"vocabulary", good, "stages: [idea, pilot]\nscales: {s: [A, B]}\nkinds: {k: {title: K}}\nroles: {r: {title: R, find: F}}\n", false},
	{"vocabulary", bad, "kinds: {k: {}}\n", false},
	{"vocabulary", bad, "kinds: {k: }\n", false},
	{"vocabulary", bad, "criteria: []\n", false},
	{"reference", good, "year: 2025\nitems: {06: {says: S, kind: context}}\n", false},
	{"reference", bad, "year: 2025\n", false},
	{"reference", bad, "items: {'06': {kind: context}}\n", false},

	// Records and assessments.
	{"innovation", good, "waivers: [{gate: g, reason: R, owner: o, granted: 2026-01-01, expires: 2026-02-01}]\n", false},
	{"innovation", bad, "waivers: [{gate: g}]\n", false},
	{"innovation", good, "answers: {a: 3, b: Planned, c: unknown, r/d: {na: R}, e: {level: [2, 3]}, f: {value: 12.5}, g: yes}\n", false},
	{"innovation", bad, "answers: {a: n/a}\n", false},
	{"innovation", bad, "answers: {a: NA}\n", false},
	{"innovation", bad, "answers: {a: [2, 3]}\n", false},
	{"innovation", bad, "answers: {a: {level: [1, 2, 3]}}\n", false},
	{"innovation", bad, "answers: {a: {level: {one: 2}}}\n", false},
	{"innovation", bad, "answers: {a: {levl: 2}}\n", false},
	{"innovation", good, "answers: {a: {responses: {1: 0, 2: 4}}}\n", false},
	{"innovation", bad, "answers: {a: {responses: {1: none}}}\n", false},
	{"innovation", good, "price: {amount: 120000.00, currency: GBP, vat: excluded, parts: {purchase: '90000', training: 30000}}\n", false},
	{"innovation", bad, "price: 120000\n", false},
	{"innovation", bad, "price: {amount: 1, currency: GBP, vat: none}\n", false},
	{"innovation", bad, "evidence: [{id: a, kind: k, title: T, checked: {by: B}}]\n", false},
	{"innovation", bad, "evidence: {a: {kind: k, title: T}}\n", false},
	{"innovation", bad, "facts: {a: {value: met, because: B}}\n", false},
	{"assessment", good, "assessor: {name: A}\ninterests: [none known]\nanswers: {a: 2}\nwaivers: []\n", false},
	{"assessment", bad, "assessor: A\n", false},
	{"assessment", bad, "evidence: []\n", false},
	{"assessment", bad, "touchstone: assessment/v1\nrubric: r\n", true},

	// Locks.
	{"lock", good, "rubrics: {}\n", false},
	{"lock", bad, "", false},
	{"lock", bad, "rubrics:\n", false},
	{"lock", bad, "rubrics: [a@1.0.0]\n", false},
	{"lock", good, "rubrics: {a@1.0.0: " + digests + ", \"a@2.0.0-rc.1\": " + digests + "}\n", false},
	{"lock", bad, "rubrics: {a: " + digests + "}\n", false},
	{"lock", bad, "rubrics: {a@1: " + digests + "}\n", false},
	{"lock", bad, "rubrics: {A@1.0.0: " + digests + "}\n", false},
	{"lock", bad, "rubrics: {a@1.0.0@2.0.0: " + digests + "}\n", false},
	{"lock", bad, "rubrics: {a@1.0.0: }\n", false},
	{"lock", bad, "rubrics: {a@1.0.0: {content: " + digest + "}}\n", false},
	{"lock", bad, "rubrics: {a@1.0.0: {content: " + digest + ", scoring: }}\n", false},
	{"lock", bad, "rubrics: {a@1.0.0: {content: " + digest + ", scoring: " + digest[:70] + "}}\n", false},
	{"lock", bad, "rubrics: {a@1.0.0: {content: " + digest + ", scoring: " + digest + "0}}\n", false},
	{"lock", bad, "rubrics: {a@1.0.0: {content: " + digest + ", scoring: " + strings.ToUpper(digest) + "}}\n", false},
	{"lock", bad, "rubrics: {a@1.0.0: {content: " + digest + ", scoring: " + digest + ", words: " + digest + "}}\n", false},
}

// digest and digests stand in the locks of the corpus.
const (
	digest  = "sha256:9b48b7a1a30708e5f6f220c26c2135bba0459a3f0d0d4235e1da218e9bb8cd7b"
	digests = "{content: " + digest + ", scoring: '" + digest + "'}"
)

// schemaFull use every key between them. They are short, since each slip in one reads the whole of it.
var schemaFull = []schemaCase{
	{"rubric", good, `status: draft
guidance: G
purpose: P
issuer: I
licence: L
source: S
unverified: [U]
jurisdictions: [GB-ENG]
in_force: {from: 2026-04-06, to: 2028-03-31}
review_by: 2027-06-30
import: [./vocabulary.yaml]
stages: [idea, pilot]
combine: mean
show: {from: 0, to: 100, decimals: 0}
unknown: midpoint
min_answered: 0.5
criteria: []
`, false},
	{"rubric", good, `weight_rules: [{of: [a], min: 10, max: 40, because: B}]
gates:
  - {id: g, needs: N, when: W, from_stage: pilot, otherwise: {cap: low}, because: B, waivable: {max: 6 months, by: [r]}, duty: buyer, maps: [m]}
flags: [{id: f, title: T, when: W, from_stage: pilot, severity: high, effect: inform, say: S, clears: C, maps: [m]}]
bands: [{id: low, label: L, from: 0, from_stage: idea}]
allow: [{rule: r, because: B}]
`, false},
	{"rubric", good, `criteria:
  - id: a
    title: A
    ask: A
    why: W
    guidance: G
    weight: 3
    scale: s
    reverse: no
    rule: facts.f
    levels: {0: L, 1: M}
    met: 1
    minimum: 1
    evidence: [{from: 1, kinds: [k], min: 1, max_age: 24 months, independent: yes, checked: yes, version: stated, valid_until: stated, check: c}]
    when: facts.f
    from_stage: pilot
    duty: shared
    na: {reasons: [R], counts: best}
    respondents: {min: 10}
    maps: [a, {to: b, how: cites}]
    improve: {1: {advice: A, effort: 2, help: [r]}}
    allow: [{rule: r, because: B, until: 2027-01-01}]
`, false},
	{"rubric", good, `criteria:
  - id: a
    measure: {unit: minutes, worst: 30, best: 0, limits: [0, 60], points: [[0, 0], [60, 100]]}
    price: {model: benchmark, decimals: 2, cap: 9, floor: 1}
    combine: sum
    show: {decimals: 1}
    unknown: exclude
    min_answered: 1
    criteria: [{id: c, criteria: [{id: d}]}]
`, false},
	{"rubric", good, `criteria:
  - use: u
    as: v
    only: [o]
    except: {e: E}
    weights: {w: 1}
    stages: {idea: pilot}
    bands: {low: high}
    without: {gates: [g], flags: [f], because: B}
`, false},
	{"vocabulary", good, `id: words
title: Words
stages: [idea]
scales: {s: [A, {value: 1, label: B}]}
facts: {f: {type: choice, of: [a, b], ask: A, why: W, part: accountable, evidence: {kinds: [k]}}, g: {type: yes-no, evidence: none}}
kinds: {k: {title: K, note: N}}
roles: {r: {title: R, find: F}}
`, false},
	{"reference", good, `publisher: P
year: 2025
version: 2
source: S
licence: L
read_on: 2026-11-21
unverified: [U]
items: {"06": {says: S, kind: red-flag, inferred: no, unverified: yes, answered_by: report:answered}}
`, false},
	{"innovation", good, `for: [r]
summary: S
stage: pilot
supplier: {name: N, role: R}
owner: {name: N}
version: 2.3
facts: {f: yes, g: {value: met, evidence: [e]}}
price: {amount: 12.50, currency: GBP, vat: excluded, parts: {p: 1}}
`, false},
	{"innovation", good, `evidence:
  - id: e
    kind: k
    title: T
    locator: docs/t.pdf
    issuer: I
    independent: yes
    dated: 2026-03-01
    valid_until: 2028-03-01
    covers: {version: 2.3, still: {for: "2.4", because: B}}
    checked: {by: B, date: 2026-05-02}
    results: {n: 36}
`, false},
	{"innovation", good, `answers:
  a: 3
  b: {level: [2, 3], because: B, evidence: [e]}
  c: {value: 12.5}
  d: {na: R}
  e: {responses: {1: 0, 2: 3}}
waivers: [{gate: g, reason: R, owner: o, granted: 2026-01-01, expires: 2026-02-01}]
`, false},
	{"assessment", good, `rubric: r
assessor: {name: N, role: R}
interests: [I]
answers: {a: 2, b: {level: 1, because: B}}
waivers: [{gate: g, reason: R, owner: o, granted: 2026-01-01, expires: 2026-02-01}]
`, false},
	{"lock", good, "rubrics: {a@1.0.0: " + digests + ", b@1.0.0: " + digests + "}\n", false},
	{"cases", good, `as_of: 2026-06-01
cases:
  - name: C
    for: [r]
    summary: S
    stage: pilot
    version: 2.3
    supplier: {name: N}
    facts: {f: yes}
    evidence: [{id: e, kind: k, title: T, dated: 2026-03-01}]
    answers: {a: 3}
    waivers: [{gate: g, reason: R, owner: o, granted: 2026-01-01, expires: 2026-02-01}]
    as_of: 2026-06-02
    cites: W
    expect:
      score: 62.50
      claimed: none
      potential: -3
      band: none
      headline: band
      answered: {answered: 0, expected: 4, may_apply: 1}
      criteria:
        a: {state: answered, level: 3, claimed_level: Planned, score: 1, claimed: 2, potential: none, met: yes, missing: [f]}
        g: {rung: b, ahead: [c], counts: {Simple: 0, unknown: 2}}
      gates: {g: pass}
      flags: {f: yes, h: not-applicable}
      by_duty: {supplier: 50}
`, false},
}
