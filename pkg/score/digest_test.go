package score_test

import (
	"strings"
	"testing"
)

// The scoring digest follows what a score is computed from, and nothing else: words, bands, gates, flags, and facts that
// only those read.
func TestScoringDigest(t *testing.T) {
	const text = `touchstone: rubric/v1
id: t
version: 1.0.0
title: T
stages: [idea, pilot, service]
facts:
  data: {type: yes-no, ask: "Data?"}
  size: {type: integer, evidence: {kinds: [study]}}
  seen: {type: yes-no, evidence: {kinds: [study]}}
  spare: {type: choice, of: [one, two]}
kinds: {study: {title: Study}, test: {title: Test}}
scales: {practice: [none, planned, once]}
criteria:
  - {id: burden, title: Burden, scale: practice, weight: 3, evidence: {from: 2, kinds: [study], max_age: 12 months}}
  - {id: safety, title: Safety, scale: practice, when: facts.data, na: {reasons: [no data]}}
  - {id: large, title: Large, scale: yes-no, rule: facts.size > 10}
  - {id: free, title: Free, scale: practice}
gates:
  - {id: signed, needs: level("safety") >= 2, when: facts.seen}
bands:
  - {id: low, label: Low, from: 0}
  - {id: high, label: High, from: 80}
`
	first := compile(t, text).ScoringDigest()
	for _, c := range []struct {
		was, is string
		same    bool
	}{
		{"title: Burden", "title: Load", true},
		{"version: 1.0.0", "version: 1.0.1", true},
		{"[none, planned, once]", "[none, meant, once]", true},
		{"label: High", "label: Top", true},
		{"from: 80", "from: 70", true},
		{`level("safety") >= 2`, `level("safety") >= 1`, true},
		{"gates:", "flags:\n  - {id: slow, when: level(\"burden\") < 1, severity: low, say: S}\ngates:", true},
		{"gates:", "gates:\n  - {id: again, needs: level(\"safety\") >= 1}", true},
		{"  spare:", "  more: {type: text}\n  spare:", true},
		{"of: [one, two]", "of: [one, three]", true},
		{"seen: {type: yes-no, evidence: {kinds: [study]}}", "seen: {type: yes-no}", true},
		{"test: {title: Test}", "test: {title: Try}, more: {title: More}", true},

		{"weight: 3", "weight: 4", false},
		{"planned, once]", "planned, once, often]", false},
		{"12 months", "6 months", false},
		{"when: facts.data", "when: '!facts.data'", false},
		{"facts.size > 10", "facts.size > 11", false},
		{"size: {type: integer, evidence: {kinds: [study]}}", "size: {type: integer}", false},
		{"size: {type: integer", "size: {type: number", false},
		{"reasons: [no data]", "reasons: [no data, no patients]", false},
		{"pilot, service]", "pilot, trial, service]", false},
		{"criteria:", "combine: min\ncriteria:", false},
		// A gate that depends on a leaf takes away that any reason will do for leaving it out.
		{"gates:", "gates:\n  - {id: again, needs: level(\"free\") >= 1}", false},
	} {
		changed := strings.Replace(text, c.was, c.is, 1)
		if changed == text {
			t.Fatalf("%q is not there", c.was)
		}
		if got := compile(t, changed).ScoringDigest() == first; got != c.same {
			t.Errorf("%q for %q: the same is %v", c.is, c.was, got)
		}
	}
}
