package lock

import (
	"sync"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Kind is what the first key of a lock says that it is.
const Kind = "lock/v1"

var lockType = sync.OnceValue(func() *source.Type[Lock] {
	digest := source.Written("a digest: sha256: and 64 digits or letters a to f", `^sha256:[0-9a-f]{64}$`, "", func(s string) (string, error) { return s, nil })
	digests := source.Object("digests",
		source.Field("content", digest, func(d *Digests) *string { return &d.Content }, "the digest of its words").Required(),
		source.Field("scoring", digest, func(d *Digests) *string { return &d.Scoring }, "the digest of what its scores are computed from").Required())
	return source.Object("lock",
		source.KindKey[Lock](Kind),
		source.Field("rubrics", source.MapOf(source.Edition, digests), func(l *Lock) *[]Entry { return &l.Rubrics }, "the rubrics that were published, by id@version").Required())
})

// Parse reads a lock. It holds whatever could be understood, and is nil only if the file is none. A lock with an error is
// not to be relied on: what it does not say might be what was changed.
func Parse(n *source.Node) (*Lock, diag.List) { return source.ReadComplete(n, Kind, lockType()) }

// Declaration is the form of a lock.
func Declaration() source.Declaration { return source.DeclareComplete(Kind, lockType()) }
