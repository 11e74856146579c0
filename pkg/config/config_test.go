package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/pflag"

	"github.com/touchstone-health/touchstone/pkg/config"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// load works in a folder of its own with the given files, environment and flags.
func load(t *testing.T, project, user string, env map[string]string, args ...string) (*config.Settings, []string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range config.Names() { // whatever the machine has set
		t.Setenv("TOUCHSTONE_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_")), "")
	}
	for name, value := range env {
		t.Setenv(name, value)
	}
	write(t, config.ProjectFile, project)
	write(t, "user.yaml", user)
	flags := pflag.NewFlagSet("touchstone", pflag.ContinueOnError)
	flags.String("rubric", "", "")
	flags.StringArray("rubric-path", nil, "")
	flags.StringArray("output", nil, "")
	flags.Bool("detail", false, "")
	flags.String("color", "auto", "")
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	files := config.Files{Project: config.ProjectFile, User: "user.yaml"}
	s, list := config.Load(files, flags, source.NewStore(fstest.MapFS{}, strings.NewReader("")))
	return s, told(list)
}

func told(list diag.List) []string {
	var lines []string
	for _, d := range list.Sorted() {
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s %s: %s | %s", d.Place, d.Rule, d.Message, d.Hint), " | "))
	}
	return lines
}

func write(t *testing.T, name, data string) {
	t.Helper()
	if data == "" {
		return
	}
	if err := os.WriteFile(filepath.FromSlash(name), []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Of several places the first wins: flag, environment, project file, user file, default.
func TestPrecedence(t *testing.T) {
	const project, user = "rubric: from-project\n", "rubric: from-user\n"
	env := map[string]string{"TOUCHSTONE_RUBRIC": "from-env"}
	for _, c := range []struct {
		project, user string
		env           map[string]string
		args          []string
		want, origin  string
	}{
		{project, user, env, []string{"--rubric=from-flag"}, "from-flag", "--rubric"},
		{project, user, env, nil, "from-env", "TOUCHSTONE_RUBRIC"},
		{project, user, map[string]string{"TOUCHSTONE_RUBRIC": ""}, nil, "from-project", config.ProjectFile},
		{"detail: yes\n", user, nil, nil, "from-user", "user.yaml"},
		{"", "", nil, nil, "", "default"},
	} {
		s, problems := load(t, c.project, c.user, c.env, c.args...)
		if s.Rubric != c.want || s.Origin("rubric") != c.origin || problems != nil {
			t.Errorf("%v: got %q from %q, %q; want %q from %q", c, s.Rubric, s.Origin("rubric"), problems, c.want, c.origin)
		}
	}
}

// Every setting can be told in every place, and says where it came from.
func TestAllSettings(t *testing.T) {
	const file = "rubric: r\nrubric-path: [., ..]\nas-of: 2026-11-21\noutput: [table, json=a.json]\nfail-on: cap\ndetail: YES\ncolor: never\nwidth: 90\n"
	want := map[string]string{
		"rubric": "r", "rubric-path": "., ..", "as-of": "2026-11-21", "output": "table, json=a.json", "fail-on": "cap", "detail": "true", "color": "never", "width": "90",
	}
	env := map[string]string{
		"TOUCHSTONE_RUBRIC": "r", "TOUCHSTONE_RUBRIC_PATH": ".,..", "TOUCHSTONE_AS_OF": "2026-11-21",
		"TOUCHSTONE_OUTPUT": "table,json=a.json", "TOUCHSTONE_FAIL_ON": "cap",
		"TOUCHSTONE_DETAIL": "yes", "TOUCHSTONE_COLOR": "never", "TOUCHSTONE_WIDTH": "90",
	}
	inFile, problemsOfFile := load(t, file, "", nil)
	inEnv, problemsOfEnv := load(t, "", "", env)
	if problemsOfFile != nil || problemsOfEnv != nil {
		t.Fatalf("got %q, %q", problemsOfFile, problemsOfEnv)
	}
	for _, name := range config.Names() {
		if name == "severity" { // is told in files only
			continue
		}
		if inFile.Value(name) != want[name] || inFile.Origin(name) != config.ProjectFile {
			t.Errorf("%s: got %q from %s", name, inFile.Value(name), inFile.Origin(name))
		}
		if inEnv.Value(name) != want[name] || !strings.HasPrefix(inEnv.Origin(name), "TOUCHSTONE_") {
			t.Errorf("%s: got %q from %s", name, inEnv.Value(name), inEnv.Origin(name))
		}
	}
}

func TestDefaults(t *testing.T) {
	s, problems := load(t, "# width: 3\n", "", nil)
	if problems != nil {
		t.Errorf("a file of comments: got %q", problems)
	}
	for name, want := range map[string]string{"rubric": "", "rubric-path": "", "as-of": "", "output": "", "fail-on": "", "detail": "false", "color": "auto", "width": "0"} {
		if s.Value(name) != want || s.Origin(name) != "default" {
			t.Errorf("%s: got %q from %s, want %q", name, s.Value(name), s.Origin(name), want)
		}
	}
}

// A flag that was not given does not hide a file, whatever its default is.
func TestFlagsThatWereNotGiven(t *testing.T) {
	s, _ := load(t, "color: always\noutput: [json]\ndetail: yes\n", "", nil, "--output=csv=a,b.csv")
	if s.Colour != "always" || !s.Detail || len(s.Output) != 1 || s.Output[0] != "csv=a,b.csv" {
		t.Errorf("got %+v", s)
	}
}

const folderHint = " | give a folder that holds rubrics as ID.yaml or ID@VERSION.yaml"

// A folder in a settings file is meant from there, any other from the working directory.
func TestFolders(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("TOUCHSTONE_RUBRIC_PATH", "")
	for _, folder := range []string{"settings/shared", "a,b"} {
		if err := os.MkdirAll(filepath.FromSlash(folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(t, "settings/user.yaml", "rubric-path: [./shared, ..]\n")
	for flag, want := range map[string][]string{"": {"settings/shared", "."}, "--rubric-path=a,b": {"a,b"}} {
		flags := pflag.NewFlagSet("touchstone", pflag.ContinueOnError)
		flags.StringArray("rubric-path", nil, "")
		if err := flags.Parse(strings.Fields(flag)); err != nil {
			t.Fatal(err)
		}
		s, list := config.Load(config.Files{User: "settings/user.yaml"}, flags, source.NewStore(fstest.MapFS{}, strings.NewReader("")))
		if !slices.Equal(s.RubricPath, want) || list != nil {
			t.Errorf("%q: got %q, %v; want %q", flag, s.RubricPath, told(list), want)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		project string
		env     map[string]string
		want    []string
	}{
		{"width: 0\n", nil, nil},
		{"rubric: x\ncolour: never\nfoo: 1\n", nil, []string{
			`.touchstone.yaml:2:1 unknown-key: unknown key "colour" in settings | did you mean "color"?`,
			`.touchstone.yaml:3:1 unknown-key: unknown key "foo" in settings | expected one of "rubric-path", "as-of", "output", "fail-on", "detail", "color", "width", "severity"`,
		}},
		{"color: purple\nwidth: -3\ndetail: perhaps\nas-of: today\nrubric: [a]\n", nil, []string{
			`.touchstone.yaml:1:8 bad-value: color: expected one of "auto", "always", "never", got "purple"`,
			`.touchstone.yaml:2:8 bad-value: width: expected a whole number from 0, got "-3"`,
			`.touchstone.yaml:3:9 bad-value: detail: expected yes or no, got "perhaps"`,
			`.touchstone.yaml:4:8 bad-value: as-of: expected a date such as 2026-11-21, got "today"`,
			`.touchstone.yaml:5:9 wrong-type: rubric: expected text, got a list`,
		}},
		{"", map[string]string{"TOUCHSTONE_COLOR": "purple", "TOUCHSTONE_WIDTH": "wide", "TOUCHSTONE_DETAIL": "perhaps"}, []string{
			`TOUCHSTONE_COLOR bad-value: "purple" is no colour setting | expected one of "auto", "always", "never"`,
			`TOUCHSTONE_DETAIL bad-value: expected yes or no, got "perhaps"`,
			`TOUCHSTONE_WIDTH bad-value: expected a whole number, got "wide"`,
		}},
		{"severity: {tiny-weight: fatal}\n", nil, []string{`.touchstone.yaml:1:25 bad-value: tiny-weight: expected one of "off", "note", "warning", "error", got "fatal"`}},
		{"", map[string]string{"TOUCHSTONE_SEVERITY": "tiny-weight=off"}, []string{
			"TOUCHSTONE_SEVERITY bad-value: a variable cannot say how much each rule matters; expected `severity:` in .touchstone.yaml",
		}},
		{"", map[string]string{"TOUCHSTONE_WIDTH": "-1"}, []string{`TOUCHSTONE_WIDTH bad-value: a width cannot be negative, got -1`}},
		{"rubric-path: [., none, .touchstone.yaml]\n", nil, []string{
			`.touchstone.yaml bad-value: rubric-path ".touchstone.yaml": that is not a folder` + folderHint,
			`.touchstone.yaml bad-value: rubric-path "none": there is no such folder` + folderHint,
		}},
		{"", map[string]string{"TOUCHSTONE_RUBRIC_PATH": "none,."}, []string{`TOUCHSTONE_RUBRIC_PATH bad-value: rubric-path "none": there is no such folder` + folderHint}},
		{"width: 1\n\tx: 2\n", nil, []string{".touchstone.yaml:2 syntax: not valid YAML here: a tab in the indentation | use spaces"}},
	} {
		if _, got := load(t, c.project, "", c.env); !slices.Equal(got, c.want) {
			t.Errorf("%q %v: got\n\t%s", c.project, c.env, strings.Join(got, "\n\t"))
		}
	}
}

func TestDefaultFiles(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", "/home/of/settings")
	t.Setenv("HOME", "/home/of")
	if f := config.DefaultFiles(); f.Project != ".touchstone.yaml" || !strings.HasSuffix(filepath.ToSlash(f.User), "/touchstone/config.yaml") {
		t.Errorf("got %+v", f)
	}
}
