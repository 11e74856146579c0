//go:build ignore

// Steps runs the scripts of a composite action or of a GitLab job as they stand in their files, in the way that GitHub and
// GitLab do, so that what is tested is the file and not a copy.
//
//	go run .ci/steps.go action FOLDER [INPUT=VALUE...]
//	go run .ci/steps.go gitlab FILE JOB [VARIABLE=VALUE...]
//
// It works in the current folder and exits with the code of the first script that fails. RUNNER_TEMP names a folder for what
// the action builds.
package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

func main() {
	if len(os.Args) < 3 {
		stop(errors.New("usage: steps action FOLDER [INPUT=VALUE...] or steps gitlab FILE JOB [VARIABLE=VALUE...]"))
	}
	switch rest := os.Args[2:]; os.Args[1] {
	case "action":
		stop(action(rest[0], rest[1:]))
	case "gitlab":
		stop(gitlab(rest[0], rest[1], rest[2:]))
	default:
		stop(fmt.Errorf("there is no %q; expected action or gitlab", os.Args[1]))
	}
}

// stop exits with the code of the script that failed. A fault of the file or of this program is 125.
func stop(err error) {
	var script *exec.ExitError
	switch {
	case err == nil:
		os.Exit(0)
	case errors.As(err, &script):
		os.Exit(script.ExitCode())
	}
	fmt.Fprintf(os.Stderr, "steps: %v\n", err)
	os.Exit(125)
}

func read(name string, into any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return yaml.Unmarshal(data, into)
}

// set are the values with which a user calls: the defaults, and what is given instead. No other name is taken.
func set(defaults map[string]string, given []string) (map[string]string, error) {
	values := maps.Clone(defaults)
	for _, g := range given {
		name, value, ok := strings.Cut(g, "=")
		if _, known := defaults[name]; !known || !ok {
			return nil, fmt.Errorf("%q sets none of %v", g, slices.Sorted(maps.Keys(defaults)))
		}
		values[name] = value
	}
	return values, nil
}

var expression = regexp.MustCompile(`\$\{\{\s*inputs\.([a-z-]+)\s*\}\}`)

func action(folder string, given []string) error {
	var file struct {
		Inputs map[string]struct{ Default, Description string }
		Runs   struct {
			Using string
			Steps []struct {
				Name, Uses, Run, Shell string
				Folder                 string `yaml:"working-directory"`
				Env                    map[string]string
			}
		}
	}
	if err := read(filepath.Join(folder, "action.yaml"), &file); err != nil {
		return err
	}
	defaults := map[string]string{}
	for name, input := range file.Inputs {
		defaults[name] = input.Default
	}
	inputs, err := set(defaults, given)
	if err != nil {
		return err
	}
	here, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	for _, step := range file.Runs.Steps {
		if step.Uses != "" {
			fmt.Printf("-- not run: %s\n", step.Uses)
			continue
		}
		if strings.Contains(step.Run, "${{") || step.Shell != "bash" {
			return fmt.Errorf("step %q: what the user writes must not become part of a script, and its shell must be bash", step.Name)
		}
		env := []string{"GITHUB_ACTIONS=true", "GITHUB_ACTION_PATH=" + here}
		for name, value := range step.Env {
			env = append(env, name+"="+resolve(value, inputs))
		}
		if err := bash(step.Name, step.Run, resolve(step.Folder, inputs), env); err != nil {
			return err
		}
	}
	return nil
}

func resolve(text string, inputs map[string]string) string {
	return expression.ReplaceAllStringFunc(text, func(found string) string {
		return inputs[expression.FindStringSubmatch(found)[1]]
	})
}

func gitlab(name, job string, given []string) error {
	var file map[string]struct {
		Variables map[string]string
		Before    []string `yaml:"before_script"`
		Script    []string
		Artifacts struct {
			Reports struct {
				CodeQuality string
				JUnit       []string
			}
		}
	}
	if err := read(name, &file); err != nil {
		return err
	}
	j, ok := file[job]
	if !ok {
		return fmt.Errorf("%s has no job %q", name, job)
	}
	variables, err := set(j.Variables, given)
	if err != nil {
		return err
	}
	var env []string
	for name, value := range variables {
		env = append(env, name+"="+value)
	}
	err = bash(job, strings.Join(slices.Concat(j.Before, j.Script), "\n"), "", env) // GitLab makes one script of them
	var script *exec.ExitError
	if err != nil && (!errors.As(err, &script) || script.ExitCode() != 1) {
		return err
	}
	if wrong := reports(j.Artifacts.Reports.CodeQuality, j.Artifacts.Reports.JUnit); wrong != nil {
		return wrong
	}
	return err
}

// reports reads those that the job promises, whether all is well or the answer is no.
func reports(quality string, junit []string) error {
	data, err := os.ReadFile(quality)
	if err != nil {
		return err
	}
	var findings []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(data, &findings); err != nil {
		return fmt.Errorf("%s: %w", quality, err)
	}
	for _, f := range findings {
		if f.Description == "" || f.Fingerprint == "" || f.Severity == "" || f.Check == "" || f.Location.Path == "" {
			return fmt.Errorf("%s: something is missing in %+v", quality, f)
		}
	}
	fmt.Printf("-- %s: %d findings\n", quality, len(findings))
	for _, name := range junit {
		if err := wellFormed(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func wellFormed(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	cases := 0
	for d := xml.NewDecoder(strings.NewReader(string(data))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			fmt.Printf("-- %s: %d test cases\n", name, cases)
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "testcase" {
			cases++
		}
	}
}

// bash runs a script as the runners do: without the user's own start files, and stopping at the first command that fails.
func bash(name, script, folder string, env []string) error {
	f, err := os.CreateTemp("", "step-*.sh")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.WriteString(script); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	fmt.Printf("-- %s\n", name)
	c := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", f.Name())
	c.Dir, c.Env, c.Stdout, c.Stderr = folder, append(os.Environ(), env...), os.Stdout, os.Stderr
	return c.Run()
}
