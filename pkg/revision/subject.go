package revision

// subject is what a change is about: where its keys stand in the table, and which criteria they can reach.
type subject struct {
	what, name string
	path       string // of its keys in the table
	key, item  string // within it, so far
	reach      reach
	aside      string
}

// at is a key of the subject, or a key of that.
func (s subject) at(key string) subject {
	s.key = joinPath(s.key, key)
	return s
}

// the is one of several things under a key: a level, a rule.
func (s subject) the(item string) subject {
	s.item = item
	return s
}

func (s subject) tablePath() string { return joinPath(s.path, s.key) }

func joinPath(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "/" + b
}
