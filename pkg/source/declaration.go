package source

// Declaration is what a kind of file declares: what its first key says, and which keys it has, in which order. The schema
// for editors and the canonical form are made from it.
type Declaration struct {
	kind     string
	root     shape
	complete bool // a key with nothing after its colon is a mistake
}

// Declare returns the declaration of a file that [ReadKind] reads.
func Declare[T any](kind string, typ *Type[T]) Declaration {
	return Declaration{kind: kind, root: typ.shape}
}

// DeclareComplete returns the declaration of a file that [ReadComplete] reads.
func DeclareComplete[T any](kind string, typ *Type[T]) Declaration {
	return Declaration{kind: kind, root: typ.shape, complete: true}
}

// Undeclared returns the declaration of a kind of file whose keys nobody has declared yet: they keep their order. It has no
// schema.
func Undeclared(kind string) Declaration { return Declaration{kind: kind} }

// Kind is what the first key of such a file says: `rubric/v1`.
func (d Declaration) Kind() string { return d.kind }

// Schema is the JSON Schema (draft-07) of such a file, made from the declared keys. It is for editors, and says what the
// form of a file is. What it cannot say is left to the reader: that keys are not repeated, that the header is the first
// key, how a number is spelt, and all that one value says of another.
func (d Declaration) Schema() []byte {
	return (&schemaWriter{complete: d.complete, names: map[shape]string{}}).document(d.kind, d.root)
}
