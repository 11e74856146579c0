package rubric

import (
	"crypto/sha256"
	"encoding/hex"
)

// ContentDigest is the SHA-256 of the rubric as written, with all that it imports and uses: every key and every word
// of it, but no comment, blank line, quoting or order of keys. The rubric must be linked.
func (r *Rubric) ContentDigest() string {
	h := sha256.New()
	h.Write(r.Canonical())
	for _, v := range r.imported {
		h.Write(v.Canonical())
	}
	for _, used := range uses(r.Criteria) {
		h.Write([]byte(used.ContentDigest()))
	}
	return Digest(h.Sum(nil))
}

// Digest writes a SHA-256 as reports and locks quote it.
func Digest(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }

// Imported are the vocabularies that the rubric imports itself, in its order. The rubric must be linked.
func (r *Rubric) Imported() []*Vocabulary { return r.imported }

func uses(criteria []Criterion) []*Rubric {
	var used []*Rubric
	for i := range criteria {
		if criteria[i].Used != nil {
			used = append(used, criteria[i].Used)
		}
		used = append(used, uses(criteria[i].Criteria)...)
	}
	return used
}
