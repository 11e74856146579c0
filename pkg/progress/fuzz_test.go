package progress_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/touchstone-health/touchstone/pkg/progress"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// Whatever a file holds, it is read and compared without a panic, every problem lies inside the file, every criterion that
// moved has a reason, and the points of the criteria and of the shares come to the whole.
func FuzzParse(f *testing.F) {
	m := made(f, ward)
	now := result(f, m, "stage: pilot\nevidence: ["+test+"]\nanswers: {secure: {level: 2, evidence: [test]}, plain: {level: [1, 2]}, one: 2}", "2026-12-21")
	whole := written(f, now, result(f, m, "answers: {secure: 2, minutes: 5}", "2026-11-21"))
	f.Add(whole)
	for _, small := range []string{
		"", "{", "[]", `{"touchstone": "report/v1"}`, `{"touchstone": "findings/v1"}`, `{"touchstone": "report/v1", "as_of": "2026-11-21", "results": [{}]}`,
	} {
		f.Add([]byte(small))
	}
	for _, edit := range [][2]string{
		{`"level": 2`, `"level": 99999`},
		{`"level": 2`, `"level": -1e-40`},
		{`"state": "answered"`, `"state": "unknown"`},
		{`"state": "answered"`, `"state": "done"`},
		{`"evidenced": `, `"evidenced": 0.`},
		{`"id": "ward/plain"`, `"id": "ward/secure"`},
		{`"as_of": "2026-12-21"`, `"as_of": "2027-12-21"`},
		{`"criteria": [`, `"criteria": [null, `},
	} {
		f.Add(bytes.Replace(whole, []byte(edit[0]), []byte(edit[1]), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		node, list := source.ReadJSON("f.json", data)
		e, structure := progress.Parse(node)
		list = append(list, structure...)
		if node == nil && !list.HasErrors() {
			t.Error("nothing was read, and nothing said")
		}
		if !list.HasErrors() {
			p, apart := e.Compare(now)
			if p == nil && !apart.HasErrors() {
				t.Error("nothing was compared, and nothing said")
			}
			if list = append(list, apart...); p != nil {
				comes(t, p)
			}
		}
		lines := strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
		for _, d := range list {
			at := d.Place
			switch {
			case at.File != "f.json", at.Line < 0, at.Line > len(lines):
				t.Errorf("%s: %s lies outside %d lines", at, d.Message, len(lines))
			case at.Column > 0 && at.Column > utf8.RuneCountInString(lines[at.Line-1])+1:
				t.Errorf("%s: %s lies outside its line %q", at, d.Message, lines[at.Line-1])
			}
		}
	})
}
