// Package config knows the settings of the program, and where the value of each came from. Of several places the
// first wins: flag, environment, project file, user file, default.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/touchstone-health/touchstone/pkg/calendar"
	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// ProjectFile is the name of the file in the working directory.
const ProjectFile = ".touchstone.yaml"

// prefix begins the names of environment variables: TOUCHSTONE_AS_OF.
const prefix = "TOUCHSTONE"

// Settings are the effective values. Their zero values are the defaults.
type Settings struct {
	Rubric     string   `mapstructure:"rubric"`
	RubricPath []string `mapstructure:"rubric-path"`
	AsOf       string   `mapstructure:"as-of"`
	Output     []string `mapstructure:"output"`
	FailOn     []string `mapstructure:"fail-on"`
	Detail     bool     `mapstructure:"detail"`
	Colour     string   `mapstructure:"color"`
	Width      int      `mapstructure:"width"`
	// Severity is how much rules of lint matter that are not to matter as usual, by id.
	Severity map[string]string `mapstructure:"severity"`

	// Origins says where each setting came from, by name.
	Origins map[string]string `mapstructure:"-"`
}

// Setting is one of them, for people.
type Setting struct{ Name, About string }

// All are the settings, in the order in which people read them.
var All = []Setting{
	{"rubric", "rubric to score with: id, id@version or path"},
	{"rubric-path", "folders in which rubrics are looked for by id"},
	{"as-of", "day on which evidence is judged, such as 2026-11-21"},
	{"output", "formats, each as FORMAT or FORMAT=PATH"},
	{"fail-on", "results that give exit code 1"},
	{"detail", "show every criterion"},
	{"color", "auto, always or never"},
	{"width", "columns of the terminal; 0 is what it has"},
	{"severity", "how much rules of lint matter, by rule"},
}

// Names are the names of all settings.
func Names() []string {
	names := make([]string, len(All))
	for i, s := range All {
		names[i] = s.Name
	}
	return names
}

// Files are where settings are read from; a name may be "" for none. A file that is not there is no problem.
type Files struct{ Project, User string }

// DefaultFiles are the file in the working directory and the user's own.
func DefaultFiles() Files {
	f := Files{Project: ProjectFile}
	if dir, err := os.UserConfigDir(); err == nil {
		f.User = filepath.Join(dir, "touchstone", "config.yaml")
	}
	return f
}

// Load merges what all places say. The settings mean something only if there is no error.
func Load(files Files, flags *pflag.FlagSet, store *source.Store) (*Settings, diag.List) {
	v := viper.New()
	v.SetEnvPrefix(prefix)
	v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	v.AutomaticEnv()
	v.SetDefault("color", "auto")
	for _, name := range Names() {
		v.SetDefault(name, v.Get(name))
	}
	origins := map[string]string{}
	var list diag.List
	for _, name := range []string{files.User, files.Project} {
		values, problems := read(name, store)
		list = append(list, problems...)
		for key := range values {
			origins[key] = filepath.ToSlash(name)
		}
		if err := v.MergeConfigMap(values); err != nil { // a map of texts merges
			panic(err)
		}
	}
	bind(v, flags, origins)
	variables(v, origins, &list)
	s := &Settings{}
	if err := v.UnmarshalExact(s); err != nil {
		list.Errorf(diag.Place{File: "settings"}, "bad-value", "%s", plain(err))
	}
	s.Origins = origins
	s.check(&list)
	return s, list
}

// bind lets flags and the environment override, and notes that they did.
func bind(v *viper.Viper, flags *pflag.FlagSet, origins map[string]string) {
	for _, name := range Names() {
		variable := prefix + "_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if value, _ := os.LookupEnv(variable); value != "" {
			origins[name] = variable
		}
		flag := flags.Lookup(name)
		if flag == nil {
			continue
		}
		if flag.Changed {
			origins[name] = "--" + name
		}
		if err := v.BindPFlag(name, flag); err != nil { // the flag is there
			panic(err)
		}
	}
}

// variables reads what the environment says of settings that are no text.
func variables(v *viper.Viper, origins map[string]string, list *diag.List) {
	unfit := func(name, message string, instead any) {
		list.Errorf(diag.Place{File: origins[name]}, "bad-value", "%s", message)
		v.Set(name, instead)
	}
	if strings.HasPrefix(origins["width"], prefix) {
		if text := v.GetString("width"); !isWhole(text) {
			unfit("width", fmt.Sprintf("expected a whole number, got %q", text), 0)
		}
	}
	if strings.HasPrefix(origins["detail"], prefix) {
		yes, err := source.ParseYesNo(v.GetString("detail"))
		if err != nil {
			unfit("detail", err.Error(), false)
			return
		}
		v.Set("detail", yes)
	}
	if strings.HasPrefix(origins["severity"], prefix) {
		unfit("severity", "a variable cannot say how much each rule matters; expected `severity:` in "+ProjectFile, map[string]string{})
	}
}

func isWhole(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// colours are when colours are used.
var colours = []string{"auto", "always", "never"}

// check holds settings to what they can be. Their places are the names of where they came from.
func (s *Settings) check(list *diag.List) {
	if !slices.Contains(colours, s.Colour) {
		list.Add(diag.Diagnostic{
			Rule: "bad-value", Place: diag.Place{File: s.origin("color")},
			Message: fmt.Sprintf("%q is no colour setting", s.Colour), Hint: diag.DidYouMean(s.Colour, colours),
		})
	}
	if s.Width < 0 {
		list.Errorf(diag.Place{File: s.origin("width")}, "bad-value", "a width cannot be negative, got %d", s.Width)
	}
	for _, folder := range s.RubricPath {
		if wrong := notFolder(folder); wrong != "" {
			list.Add(diag.Diagnostic{
				Rule: "bad-value", Place: diag.Place{File: s.origin("rubric-path")}, Message: fmt.Sprintf("rubric-path %q: %s", folder, wrong),
				Hint: "give a folder that holds rubrics as ID.yaml or ID@VERSION.yaml",
			})
		}
	}
}

// notFolder says what is wrong with a path that should be a folder's, or "".
func notFolder(name string) string {
	info, err := os.Stat(name)
	inPath, _ := errors.AsType[*fs.PathError](err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such folder"
	case inPath != nil:
		return inPath.Err.Error()
	case err != nil:
		return err.Error()
	case !info.IsDir():
		return "that is not a folder"
	}
	return ""
}

func (s *Settings) origin(name string) string {
	if o, ok := s.Origins[name]; ok {
		return o
	}
	return "default"
}

// Origin says where a setting came from.
func (s *Settings) Origin(name string) string { return s.origin(name) }

// Value writes a setting as a person would.
func (s *Settings) Value(name string) string {
	values := map[string]string{
		"rubric": s.Rubric, "rubric-path": strings.Join(s.RubricPath, ", "), "as-of": s.AsOf,
		"output": strings.Join(s.Output, ", "), "fail-on": strings.Join(s.FailOn, ", "),
		"detail": strconv.FormatBool(s.Detail), "color": s.Colour, "width": strconv.Itoa(s.Width), "severity": s.severities(),
	}
	return values[name]
}

func (s *Settings) severities() string {
	var all []string
	for _, rule := range slices.Sorted(maps.Keys(s.Severity)) {
		all = append(all, rule+": "+s.Severity[rule])
	}
	return strings.Join(all, ", ")
}

func plain(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// file is what a settings file may hold; nil is not said.
type file struct {
	rubric, asOf, colour       *string
	rubricPath, output, failOn *[]string
	detail                     *bool
	width                      *int
	severity                   *[]source.Entry[string, string]
}

// severities are how much a rule of lint can matter.
var severities = []string{"off", "note", "warning", "error"}

var fileType = source.Object("settings",
	source.Field("rubric", source.Maybe(source.Word), func(f *file) **string { return &f.rubric }, "the rubric to score with"),
	source.Field("rubric-path", source.Maybe(source.OneOrMore(source.Word)), func(f *file) **[]string { return &f.rubricPath }, "folders in which rubrics are looked for by id"),
	source.Field("as-of", source.Maybe(source.As(source.Date, dateText)), func(f *file) **string { return &f.asOf }, "the day on which evidence is judged"),
	source.Field("output", source.Maybe(source.OneOrMore(source.Word)), func(f *file) **[]string { return &f.output }, "formats"),
	source.Field("fail-on", source.Maybe(source.OneOrMore(source.Word)), func(f *file) **[]string { return &f.failOn }, "results that give exit code 1"),
	source.Field("detail", source.Maybe(source.YesNo), func(f *file) **bool { return &f.detail }, "show every criterion"),
	source.Field("color", source.Maybe(source.Enum(colours...)), func(f *file) **string { return &f.colour }, "auto, always or never"),
	source.Field("width", source.Maybe(source.As(source.Number, columns)), func(f *file) **int { return &f.width }, "columns of the terminal"),
	source.Field("severity", source.Maybe(source.MapOf(source.Ident, source.Enum(severities...))), func(f *file) **[]source.Entry[string, string] { return &f.severity }, "how much each rule of lint matters: off, note, warning or error"))

func dateText(d calendar.Date) (string, error) { return d.String(), nil }

// columns is a width; 0 is what the terminal has.
func columns(x exact.Number) (int, error) {
	n, err := strconv.Atoi(x.String())
	if err != nil || n < 0 {
		return 0, fmt.Errorf("expected a whole number from 0, got %q", x)
	}
	return n, nil
}

// from makes folders that are meant from the file's own into ones that can be opened from here: the user's file means
// the same wherever the program is started.
func (f *file) from(folder string) {
	if f.rubricPath == nil {
		return
	}
	for i, name := range *f.rubricPath {
		if !filepath.IsAbs(name) {
			(*f.rubricPath)[i] = filepath.ToSlash(filepath.Join(folder, name))
		}
	}
}

// values are those that the file says, by name.
func (f *file) values() map[string]any {
	said := map[string]any{}
	put(said, "rubric", f.rubric)
	put(said, "rubric-path", f.rubricPath)
	put(said, "as-of", f.asOf)
	put(said, "output", f.output)
	put(said, "fail-on", f.failOn)
	put(said, "detail", f.detail)
	put(said, "color", f.colour)
	put(said, "width", f.width)
	if f.severity != nil {
		rules := map[string]any{}
		for _, e := range *f.severity {
			rules[e.Key] = e.Value
		}
		said["severity"] = rules
	}
	return said
}

func put[V any](said map[string]any, name string, value *V) {
	if value != nil {
		said[name] = *value
	}
}

func read(name string, store *source.Store) (map[string]any, diag.List) {
	if name == "" {
		return nil, nil
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	node, problems := store.Open(name)
	if node == nil {
		// a file of comments only says nothing, and that is no problem here
		return nil, slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Rule == "empty-file" })
	}
	f, more := source.ReadPlain(node, fileType)
	f.from(filepath.Dir(name))
	return f.values(), append(problems, more...)
}
