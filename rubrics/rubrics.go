// Package rubrics holds the rubrics that ship with the program, as data.
package rubrics

import "embed"

// FS are the rubrics, each in a file of its id, the vocabulary that they share, and the references that they cite; and
// in nodes.pack all of them again, parsed.
//
//go:embed *.yaml references/*.yaml nodes.pack
var FS embed.FS
