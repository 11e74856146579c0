package source_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/rubrics"
)

// same reports whether two trees of nodes say the same at the same places.
func same(a, b *source.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind && a.Text == b.Text && a.Quoted == b.Quoted && a.Flow == b.Flow && a.Place() == b.Place() &&
		slices.EqualFunc(a.Keys, b.Keys, same) && slices.EqualFunc(a.Values, b.Values, same)
}

func pack(t testing.TB, files fstest.MapFS) fstest.MapFS {
	t.Helper()
	data, err := source.Pack(files)
	if err != nil {
		t.Fatal(err)
	}
	files[source.PackName] = &fstest.MapFile{Data: data}
	return files
}

const everyForm = "a: 1\n'quoted': \"esc\\taped\"\nflow: {x: [1, two, \"3\"], y: {}}\nnone:\nlist:\n- - nested\n- >-\n  folded\n  text é\n" +
	"- |\n  kept\n  lines\nsame: same\nsame again: same\nempty: ''\n"

// What is packed is what the file says, at the same places, and the same message shows the same line.
func TestPackedIsAsParsed(t *testing.T) {
	for name, files := range map[string]fs.FS{"shipped": rubrics.FS, "every form": pack(t, fstest.MapFS{"f.yaml": {Data: []byte(everyForm)}})} {
		n := 0
		err := fs.WalkDir(files, ".", func(file string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(file, ".yaml") {
				return err
			}
			n++
			data, err := fs.ReadFile(files, file)
			if err != nil {
				return err
			}
			want, list := source.Read("built-in:"+file, data)
			store := source.NewStore(files, nil)
			got, more := store.OpenBuiltIn(file)
			if len(list)+len(more) > 0 || !same(got, want) {
				t.Errorf("%s: %s is not packed as it is parsed: %v %v", name, file, list, more)
			}
			if string(store.Sources()["built-in:"+file]) != string(data) {
				t.Errorf("%s: the bytes of %s are not kept", name, file)
			}
			return nil
		})
		if err != nil || n == 0 {
			t.Fatal(n, err)
		}
	}
}

// A pack that is old, cut short or wrong costs time and nothing else: the file is read.
func TestPackIsNeverTrusted(t *testing.T) {
	whole := pack(t, fstest.MapFS{"f.yaml": {Data: []byte(everyForm)}})
	data := whole[source.PackName].Data
	changed := strings.Replace(everyForm, "a: 1", "a: 2", 1)
	want := map[string]*source.Node{}
	for _, text := range []string{everyForm, changed} {
		want[text], _ = source.Read("built-in:f.yaml", []byte(text))
	}
	check := func(what string, text string, pack []byte) {
		t.Helper()
		store := source.NewStore(fstest.MapFS{"f.yaml": {Data: []byte(text)}, source.PackName: {Data: pack}}, nil)
		if got, list := store.OpenBuiltIn("f.yaml"); len(list) > 0 || !same(got, want[text]) {
			t.Errorf("%s: not read as the file says: %v", what, list)
		}
	}
	check("old", changed, data)
	check("none", everyForm, nil)
	for cut := range data {
		check("cut short", everyForm, data[:cut])
	}
	for at := range data {
		for bit := range 8 {
			flipped := slices.Clone(data)
			flipped[at] ^= 1 << bit
			check("a bit flipped", everyForm, flipped)
		}
	}
}

// A file with a problem is not packed, and tells it every time.
func TestProblemsAreNotPacked(t *testing.T) {
	store := source.NewStore(pack(t, fstest.MapFS{"f.yaml": {Data: []byte("a: 1\na: 2\n")}}), nil)
	for range 2 {
		if _, list := store.OpenBuiltIn("f.yaml"); !list.HasErrors() {
			t.Error("the problem is not told")
		}
	}
	if _, list := store.OpenBuiltIn("none.yaml"); !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Rule == source.Unopened }) {
		t.Error("a file that is not there is not told")
	}
}

// FuzzPack holds that whatever parses is packed as it is parsed, and that no damage to a pack stops the program.
func FuzzPack(f *testing.F) {
	f.Add([]byte(everyForm), 3, byte(1))
	f.Fuzz(func(t *testing.T, data []byte, at int, with byte) {
		files := pack(t, fstest.MapFS{"f.yaml": {Data: data}})
		want, list := source.Read("built-in:f.yaml", data)
		if got, more := source.NewStore(files, nil).OpenBuiltIn("f.yaml"); len(list) != len(more) || !same(got, want) {
			t.Fatalf("not packed as it is parsed: %v %v", list, more)
		}
		damaged := slices.Clone(files[source.PackName].Data)
		damaged[uint(at)%uint(len(damaged))] ^= with
		files[source.PackName] = &fstest.MapFile{Data: damaged}
		source.NewStore(files, nil).OpenBuiltIn("f.yaml")
	})
}
