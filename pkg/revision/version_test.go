package revision_test

import (
	"strings"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/revision"
)

// What a change asks of the version, by semver.org.
func TestStep(t *testing.T) {
	edits := map[revision.Class][2]string{
		revision.Major: {"weight: 3", "weight: 2"},
		revision.Minor: {"less work", "less to do"},
		revision.Patch: {"title: Ward\n", "title: Wards\n"},
		revision.None:  {"\n", "\n"},
	}
	const major, minor, patch, none = revision.Major, revision.Minor, revision.Patch, revision.None
	for _, c := range []struct {
		old, new string
		class    revision.Class
		want     string // of what will do; "" if the step is enough
	}{
		{"1.0.0", "2.0.0", major, ""},
		{"1.0.0", "1.9.9", major, "at least 2.0.0"},
		{"1.2.3", "2.0.0-rc.1", major, ""}, // the step to 2.0.0 is made
		{"1.2.3", "1.2.3", major, "at least 2.0.0"},
		{"1.2.3", "3.0.0", major, ""},
		{"1.2.3", "1.2.4", minor, "at least 1.3.0"},
		{"1.2.3", "1.3.0", minor, ""},
		{"1.2.3", "1.3.0-rc.1", minor, ""},
		{"1.2.3", "2.0.0", minor, ""},
		{"1.2.3", "1.2.3", patch, "at least 1.2.4"},
		{"1.2.3", "1.2.4-rc.1", patch, ""},
		{"1.2.3", "1.2.3-rc.1", patch, "at least 1.2.4"}, // that goes down
		{"1.2.3", "1.2.4", patch, ""},
		{"1.2.3", "1.2.3", none, ""},
		{"1.2.3", "1.2.4", none, ""},
		{"1.2.3", "1.2.2", none, "at least 1.2.3"},
		{"0.3.1", "0.4.0", major, ""}, // below 1.0.0 a minor step is enough
		{"0.3.1", "0.3.2", major, "at least 0.4.0"},
		{"0.3.1", "1.0.0", major, ""},
		{"0.3.1", "0.3.2", minor, "at least 0.4.0"},
		{"0.3.1", "0.3.2", patch, ""},
		{"2.0.0-rc.1", "2.0.0-rc.2", major, ""}, // 2.0.0 leaves room for it
		{"2.0.0-rc.1", "2.0.0", major, ""},
		{"2.0.0-rc.1", "2.0.0-rc.1", major, "a version after 2.0.0-rc.1, such as 2.0.0"},
		{"1.1.0-rc.1", "1.1.0", major, "at least 2.0.0"},
		{"1.1.0-rc.1", "1.1.0", minor, ""},
		{"1.1.1-rc.1", "1.1.1", minor, "at least 1.2.0"},
		{"0.2.0-rc.1", "0.2.0", major, ""},
		{"0.2.1-rc.1", "0.2.1", major, "at least 0.3.0"},
		{"1.0.0", "1.0.0-rc.1", none, "at least 1.0.0"},
		{"99999999999999999999.0.0", "99999999999999999999.0.1", major, "at least 100000000000000000000.0.0"},
		{"1.9.0", "1.10.0", minor, ""},
	} {
		version := func(v string) func(file, text string) string {
			return func(file, text string) string {
				if file != "ward.yaml" {
					return text
				}
				return strings.Replace(text, "version: 1.0.0", "version: "+v, 1)
			}
		}
		before, list := wards(version(c.old)).compile("ward")
		if before == nil {
			t.Fatal(list)
		}
		after, list := wards(func(file, text string) string {
			text = version(c.new)(file, text)
			if file != "ward.yaml" {
				return text
			}
			return strings.Replace(text, edits[c.class][0], edits[c.class][1], 1)
		}).compile("ward")
		if after == nil {
			t.Fatal(list)
		}
		d := revision.Compare(before, after)
		problem, wrong := d.Problem()
		switch s := d.Step(); {
		case s.Class != c.class:
			t.Errorf("%s to %s: class %s, want %s", c.old, c.new, s.Class, c.class)
		case s.Fine != (c.want == "") || wrong == s.Fine || !s.Fine && s.Expected() != c.want:
			t.Errorf("%s to %s with a %s change: fine %v, expected %q; want %q", c.old, c.new, c.class, s.Fine, s.Expected(), c.want)
		case wrong && (problem.Severity != diag.Error || problem.Place.Line != 3 || !strings.HasSuffix(problem.Message, "expected "+c.want)):
			t.Errorf("%s to %s: %v", c.old, c.new, problem)
		}
	}
}

// A draft may change freely, and its version may not go down; what was published may not.
func TestStepOfADraft(t *testing.T) {
	wardOf := func(status, version, weight string) library {
		return wards(func(file, text string) string {
			if file != "ward.yaml" {
				return text
			}
			return strings.NewReplacer("status: published\n", status, "version: 1.0.0", "version: "+version, "weight: 3", "weight: "+weight).Replace(text)
		})
	}
	for _, c := range []struct {
		old, new, version string
		want              diag.Severity
	}{
		{"status: draft\n", "status: draft\n", "1.0.0", diag.Note},
		{"", "status: draft\n", "1.0.0", diag.Note}, // what does not say is a draft
		{"status: draft\n", "status: published\n", "1.0.0", diag.Note},
		{"status: published\n", "status: draft\n", "1.0.0", diag.Error},
		{"status: retired\n", "status: published\n", "1.0.0", diag.Error},
		{"status: draft\n", "status: draft\n", "0.9.0", diag.Error},
	} {
		before, _ := wardOf(c.old, "1.0.0", "3").compile("ward")
		after, _ := wardOf(c.new, c.version, "2").compile("ward")
		if problem, wrong := revision.Compare(before, after).Problem(); !wrong || problem.Severity != c.want {
			t.Errorf("%q to %q %s: %v %v, want %s", c.old, c.new, c.version, wrong, problem, c.want)
		}
	}
}
