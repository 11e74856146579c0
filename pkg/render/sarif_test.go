package render_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"net/url"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/render"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// sarifSchema is the schema of OASIS, sarif-schema-2.1.0.json with the errata of 2023. It comes from the module go-sarif,
// which holds it as a constant that it does not export, and is in the public domain.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	const module = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	found, err := build.Import(module, ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(found.Dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	value, ok := file.Scope.Lookup("schema").Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit)
	if !ok {
		t.Fatal("the schema is not where it was")
	}
	data, err := strconv.Unquote(value.Value)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	const name = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	if id := document.(map[string]any)["id"]; id != name {
		t.Fatalf("the schema is %v, expected %s", id, name)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validSARIF(t *testing.T, schema *jsonschema.Schema, data string) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
}

// What is written is SARIF by the official schema, and a library that is not ours reads the same findings from it.
func TestSARIF(t *testing.T) {
	schema := sarifSchema(t)
	for _, f := range []*report.Findings{hostileFindings(), hostileTests(), report.NewFindings("lint", "test", nil, nil, nil)} {
		data := rendered(t, render.SARIF, f, render.Options{})
		validSARIF(t, schema, data)
		if strings.Contains(data, "](") {
			t.Error("a viewer would find a link")
		}
		log, err := sarif.FromString(data)
		if err != nil {
			t.Fatal(err)
		}
		if len(log.Runs) != 1 || *log.Runs[0].ColumnKind != "unicodeCodePoints" || len(log.Runs[0].Results) != len(f.List) {
			t.Fatalf("%d runs, the first with columns in %q and %d results", len(log.Runs), *log.Runs[0].ColumnKind, len(log.Runs[0].Results))
		}
		for i, got := range log.Runs[0].Results {
			same(t, log.Runs[0].Tool.Driver.Rules, got, &f.List[i])
		}
	}
}

// same compares a result with the finding that it was made from.
func same(t *testing.T, rules []*sarif.ReportingDescriptor, got *sarif.Result, want *report.Finding) {
	t.Helper()
	if *got.RuleID != want.Rule || *rules[got.RuleIndex].ID != want.Rule || got.Level != want.Severity.String() {
		t.Errorf("%s of rule %s, which is %s in the list; want %s of %s", got.Level, *got.RuleID, *rules[got.RuleIndex].ID, want.Severity, want.Rule)
	}
	if message := *got.Message.Text; strings.ReplaceAll(message, "] (", "](") != strings.ReplaceAll(visible(want), "] (", "](") {
		t.Errorf("message %q, want %q", message, visible(want))
	}
	if got.PartialFingerprints["touchstone/v1"] != want.Fingerprint {
		t.Errorf("fingerprints %v, want %s", got.PartialFingerprints, want.Fingerprint)
	}
	place := got.Locations[0].PhysicalLocation
	if file := fileOf(t, place.ArtifactLocation); file != want.Place.File {
		t.Errorf("file %q, want %q", file, want.Place.File)
	}
	switch r := place.Region; {
	case (r == nil) != (want.Place.Line == 0):
		t.Errorf("region %+v for %v", r, want.Place)
	case r == nil:
	case *r.StartLine != want.Place.Line:
		t.Errorf("line %d, want %d", *r.StartLine, want.Place.Line)
	case want.Place.Column > 0 && (*r.StartColumn != want.Place.Column || *r.EndColumn != want.Place.Column+want.Place.Width):
		t.Errorf("columns %d to %d, want those of %+v", *r.StartColumn, *r.EndColumn, want.Place)
	}
}

// fileOf reads a URI back as a path.
func fileOf(t *testing.T, at *sarif.ArtifactLocation) string {
	t.Helper()
	u, err := url.Parse(*at.URI)
	if err != nil {
		t.Fatal(err)
	}
	if u.Host != "" || u.RawQuery != "" || u.Fragment != "" || u.IsAbs() != (at.URIBaseID == nil) {
		t.Errorf("%q is read as more than a file", *at.URI)
	}
	file := strings.TrimPrefix(u.Path, "./")
	if drive := strings.TrimPrefix(file, "/"); u.IsAbs() && strings.HasPrefix(drive, "C:") {
		file = drive
	}
	if u.IsAbs() != (path.IsAbs(file) || strings.HasPrefix(file, "C:")) {
		t.Errorf("%q: only a file named from the root has no base", *at.URI)
	}
	return file
}

// Every rule that lint has can be said in SARIF, with texts that code scanning asks for; so can one that nobody described.
func TestSARIFRules(t *testing.T) {
	var problems diag.List
	for _, rule := range append(lint.IDs(), "never-heard-of", "word") {
		problems.Add(diag.Diagnostic{Rule: rule, Place: diag.Place{File: "ward.yaml"}, Message: "found"})
	}
	data := rendered(t, render.SARIF, report.NewFindings("lint", "test", nil, problems, nil), render.Options{})
	validSARIF(t, sarifSchema(t), data)
	log, err := sarif.FromString(data)
	if err != nil {
		t.Fatal(err)
	}
	rules := log.Runs[0].Tool.Driver.Rules
	if len(rules) != len(problems) {
		t.Fatalf("%d rules, want %d", len(rules), len(problems))
	}
	const most = 1024 // of GitHub
	for _, r := range rules {
		for what, said := range map[string]*string{"short": r.ShortDescription.Text, "full": r.FullDescription.Text, "help": r.Help.Text, "markdown": r.Help.Markdown} {
			if said == nil || *said == "" || what != "help" && what != "markdown" && len(*said) > most || strings.ContainsAny(*r.Help.Markdown, "<>") {
				t.Errorf("rule %s: %s is missing, too long or HTML", *r.ID, what)
			}
		}
		if r.Name != nil && strings.EqualFold(*r.Name, *r.ID) {
			t.Errorf("rule %s has a name that says no more", *r.ID)
		}
		if text.Visible(*r.Help.Text) == "" {
			t.Errorf("rule %s has no help", *r.ID)
		}
	}
}
