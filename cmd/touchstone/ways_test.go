package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3" //nolint:depguard // what other programs read has no kind of ours
)

const waysPath = ".github/CI.md"

// What the text on CI tells a user to write names inputs, variables and hooks that are there, and the same pinned actions
// that the project uses itself.
func TestWaysIn(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile(filepath.FromSlash(waysPath))
	if err != nil {
		t.Fatal(err)
	}
	var github struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses string
				With map[string]string
			}
		}
	}
	var gitlab map[string]any
	var preCommit struct {
		Repos []struct{ Hooks []struct{ ID string } }
	}
	for name, into := range map[string]any{".github/workflows/rubrics.yaml": &github, ".gitlab-ci.yml": &gitlab, ".pre-commit-config.yaml": &preCommit} {
		_, block, ok := strings.Cut(string(text), "```yaml\n# "+name+"\n")
		block, _, _ = strings.Cut(block, "```")
		if err := yaml.Unmarshal([]byte(block), into); err != nil || !ok {
			t.Fatalf("%s in %s: %v", name, waysPath, err)
		}
	}

	var action struct{ Inputs map[string]any }
	readYAML(t, ".github/actions/touchstone/action.yaml", &action)
	used := 0
	for _, step := range github.Jobs["rubrics"].Steps {
		if !strings.HasSuffix(step.Uses, "/.github/actions/touchstone") {
			continue
		}
		used++
		for input := range step.With {
			if action.Inputs[input] == nil {
				t.Errorf("%s: the action has no input %q", waysPath, input)
			}
		}
	}

	var job map[string]struct{ Variables map[string]any }
	readYAML(t, ".gitlab/touchstone.yml", &job)
	variables, _ := gitlab["touchstone"].(map[string]any)["variables"].(map[string]any)
	for name := range variables {
		if _, ok := job["touchstone"].Variables[name]; !ok {
			t.Errorf("%s: the job reads no variable %q", waysPath, name)
		}
	}

	var hooks []struct{ ID string }
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	ids := map[string]bool{}
	for _, h := range hooks {
		ids[h.ID] = true
	}
	for _, h := range preCommit.Repos[0].Hooks {
		if !ids[h.ID] {
			t.Errorf("%s: there is no hook %q", waysPath, h.ID)
		}
	}
	if used != 1 || len(variables) == 0 || len(preCommit.Repos[0].Hooks) != len(hooks) {
		t.Errorf("%s: the action is used %d times, with %d variables for GitLab and %d hooks", waysPath, used, len(variables), len(preCommit.Repos[0].Hooks))
	}
	samePins(t, waysPath, ".github/actions/touchstone/action.yaml", ".github/workflows/ci.yaml")
}

func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatal(name, err)
	}
}

// pin is an action of others by its commit, with the version that the commit is of.
var pin = regexp.MustCompile(`uses: ([a-z-]+/[a-z-]+)@(.*)`)

// samePins holds actions of others to one commit each, in all files.
func samePins(t *testing.T, names ...string) {
	t.Helper()
	commits := map[string]string{}
	for _, name := range names {
		data, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range pin.FindAllStringSubmatch(string(data), -1) {
			if other, again := commits[found[1]]; again && other != found[2] || !regexp.MustCompile(`^[0-9a-f]{40} # v`).MatchString(found[2]) {
				t.Errorf("%s: %s is at %s, elsewhere at %q", name, found[1], found[2], other)
			}
			commits[found[1]] = found[2]
		}
	}
	if len(commits) != 2 {
		t.Errorf("pinned are %v, want checkout and setup-go", commits)
	}
}
