package source_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// reporter is a test, or a check at random.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// checkLaws checks that a file in canonical form says what it said, has the comments that it had, and stays as it is. It
// returns what the formatter refused.
func checkLaws(t reporter, name string, data []byte) diag.List {
	t.Helper()
	said, ok := saysOf(name, string(data))
	if !ok {
		return nil
	}
	once, list := source.Format(name, data, declared)
	if list.HasErrors() {
		return list
	}
	if again, _ := saysOf(name, string(once)); again != said {
		t.Errorf("%s: says another thing\n--- before\n%s\n--- after\n%s", name, data, once)
	}
	if before, after := commentsIn(name, string(data)), commentsIn(name, string(once)); !slices.Equal(before, after) {
		t.Errorf("%s: comments %q\n became %q\n--- before\n%s\n--- after\n%s", name, before, after, data, once)
	}
	twice, list := source.Format(name, once, declared)
	if list.HasErrors() || string(twice) != string(once) {
		t.Errorf("%s: %v\n--- before\n%s\n--- once\n%s\n--- twice\n%s", name, list, data, once, twice)
	}
	return nil
}

// saysOf is all that a file says, without its form.
func saysOf(name, file string) (canonical string, ok bool) {
	type document struct{ source.Origin }
	n, list := source.Read(name, []byte(file))
	if list.HasErrors() {
		return "", false
	}
	v, _ := source.ReadPlain(n, source.Object[document]("document"))
	return string(v.Canonical()), true
}

// commentsIn finds the comments of a file, sorted, with nothing but the reader: what stands behind a `#` is one if the
// file says the same without it. It takes all the first ones of their lines away at once, and halves them until it knows.
func commentsIn(name, file string) []string {
	if strings.HasSuffix(name, ".json") {
		return nil
	}
	said, _ := saysOf(name, file)
	lines := strings.Split(strings.TrimPrefix(strings.ReplaceAll(file, "\r\n", "\n"), "\ufeff"), "\n")
	at := make([]int, len(lines))
	var rows []int
	for i, line := range lines {
		if at[i] = nextHash(line, 0); at[i] >= 0 {
			rows = append(rows, i)
		}
	}
	var found []string
	var look func(rows []int)
	look = func(rows []int) {
		if len(rows) == 0 {
			return
		}
		cut := slices.Clone(lines)
		for _, i := range rows {
			cut[i] = lines[i][:at[i]+1]
		}
		switch again, ok := saysOf(name, strings.Join(cut, "\n")); {
		case ok && again == said:
			for _, i := range rows {
				found = append(found, strings.TrimRight(lines[i][at[i]:], " \t"))
			}
		case len(rows) > 1:
			look(rows[:len(rows)/2])
			look(rows[len(rows)/2:])
		default:
			i := rows[0]
			if at[i] = nextHash(lines[i], at[i]+1); at[i] >= 0 {
				look(rows)
			}
		}
	}
	look(rows)
	slices.Sort(found)
	return found
}

// nextHash is where the next `#` stands that could begin a comment, or -1.
func nextHash(line string, from int) int {
	for at := from; at < len(line); at++ {
		if line[at] == '#' && (at == 0 || line[at-1] == ' ' || line[at-1] == '\t') {
			return at
		}
	}
	return -1
}

// everyFile are the files of this repository that the program might be given, those inside scripts among them. The scripts
// of fmt are left out: they hold what it refuses.
func everyFile(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, folder := range []string{"rubrics", "examples", "testdata"} {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "fmt") {
				return err
			}
			data, err := os.ReadFile(name)
			switch filepath.Ext(name) {
			case ".yaml", ".yml", ".json":
				all[name] = data
			case ".txtar":
				for _, f := range txtar.Parse(data).Files {
					all[name+"/"+f.Name] = f.Data
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// The laws hold for every file there is, and none is refused: the formatter looks at what it made before it hands it out,
// and no file needs that.
func TestFormatLaws(t *testing.T) {
	formatted := 0
	for name, data := range everyFile(t) {
		n, list := source.Read(name, data)
		if list.HasErrors() || !slices.ContainsFunc(declared, func(d source.Declaration) bool { return d.Kind() == source.KindOf(n) }) {
			continue
		}
		formatted++
		if refused := checkLaws(t, name, data); len(refused) > 0 {
			t.Errorf("%s: refused: %v", name, refused)
		}
	}
	if formatted < 250 {
		t.Errorf("only %d files were looked at", formatted)
	}
}

// The laws hold whatever a file holds.
func FuzzFormat(f *testing.F) {
	for _, c := range forms {
		f.Add([]byte(c.file))
	}
	seed(f, filepath.Join("..", "..", "testdata", "guide"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkLaws(t, "f.yaml", data)
		checkLaws(t, "f.yaml", append([]byte("touchstone: rubric/v1\n"), data...))
	})
}
