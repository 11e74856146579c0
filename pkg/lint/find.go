package lint

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/touchstone-health/touchstone/pkg/source"
)

// Find lists the files to check: a file as named, and of a folder all below it that are YAML or JSON and begin with
// the word that every file of ours begins with. Hidden folders are passed over.
func Find(paths []string) ([]string, error) {
	var found []string
	for _, p := range paths {
		if info, err := os.Stat(p); p == source.Stdin || err != nil || !info.IsDir() {
			found = append(found, p) // one that is not there is reported when it is opened
			continue
		}
		below, err := walk(p)
		if err != nil {
			return nil, err
		}
		found = append(found, below...)
	}
	return found, nil
}

func walk(folder string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("look through %q: %w", folder, err)
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != folder:
			return filepath.SkipDir
		case !d.IsDir() && slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(name)) && isOurs(name):
			found = append(found, name)
		}
		return nil
	})
	return found, err
}

// written are the kinds that the program writes as JSON, for other programs. They lie beside what they are about, and
// there is nothing in them to check.
var written = []string{"report", "crosswalk", "findings"}

// isOurs looks for the header at the beginning of a line, so that a file which does not parse is found too.
func isOurs(name string) bool {
	data, err := os.ReadFile(name)
	if err != nil {
		return true // to be reported when it is opened
	}
	if filepath.Ext(name) == ".json" { // other JSON may well have a key of this name somewhere
		first := strings.TrimLeft(strings.TrimPrefix(string(data), "\ufeff"), " \t\r\n{")
		kind, ours := strings.CutPrefix(first, `"`+source.Header+`"`)
		kind = strings.TrimLeft(kind, " \t\r\n:\"")
		return ours && !slices.ContainsFunc(written, func(w string) bool { return strings.HasPrefix(kind, w+"/") })
	}
	for line := range strings.Lines(string(data)) {
		trimmed := strings.TrimLeft(line, " {\"")
		if strings.HasPrefix(trimmed, source.Header+":") || strings.HasPrefix(trimmed, source.Header+`":`) {
			return true
		}
	}
	return meant().Match(data)
}

// meant finds a file whose author misspelt the word: what the first key says is one of our kinds.
var meant = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\x{feff}?(?:\s*(?:#[^\n]*)?\n)*["\s]*\w+"?\s*:\s*["']?(?:rubric|vocabulary|reference|innovation|assessment|exercise|moderation|cases|lock)/v\d`)
})
