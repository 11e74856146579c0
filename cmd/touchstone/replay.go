package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/touchstone-health/touchstone/pkg/diag"
	"github.com/touchstone-health/touchstone/pkg/innovation"
	"github.com/touchstone-health/touchstone/pkg/lint"
	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/revision"
	"github.com/touchstone-health/touchstone/pkg/score"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// replay scores records under both versions. One that cannot be read does not stop the others; what is wrong with it is
// told besides.
func (s *session) replay(d *revision.Diff, paths []string) (*report.Replay, diag.List, error) {
	day, err := s.asOf()
	if err != nil {
		return nil, nil, err
	}
	files, err := s.records(paths)
	if err != nil {
		return nil, nil, err
	}
	r := &report.Replay{AsOf: day}
	var unfit diag.List
	for _, name := range files {
		inn, list := s.record(name)
		if list.HasErrors() {
			r.Unread = append(r.Unread, report.Unread{File: name, Old: list, New: list})
			unfit = append(unfit, list...)
			continue
		}
		records, problems, concerned := s.library.Versions(inn, d.Old, d.New)
		switch {
		case !concerned:
			r.Passed++
		case problems[0].HasErrors() || problems[1].HasErrors():
			r.Unread = append(r.Unread, report.Unread{File: name, Old: problems[0], New: problems[1]})
			unfit = append(unfit, append(problems[0], problems[1]...)...)
		default:
			if m := d.Moved(d.Old.Evaluate(records[0], score.Conditions{AsOf: day}), d.New.Evaluate(records[1], score.Conditions{AsOf: day})); m != nil {
				r.Moves = append(r.Moves, m)
			} else {
				r.Stay++
			}
		}
	}
	return r, unfit, nil
}

func (s *session) record(name string) (*innovation.Innovation, diag.List) {
	node, list := s.store.Open(name)
	inn, structure := innovation.Parse(node)
	return inn, append(list, structure...)
}

// records finds the files that are named, and in folders those that are records, or look like one that does not parse.
func (s *session) records(paths []string) ([]string, error) {
	found, err := lint.Find(paths)
	if err != nil {
		return nil, usagef("", "%s", err.Error())
	}
	var files []string
	for _, name := range found {
		clean := filepath.ToSlash(filepath.Clean(name))
		if !slices.Contains(files, clean) && (slices.Contains(paths, name) || s.isRecord(name)) {
			files = append(files, clean)
		}
	}
	if len(files) == 0 {
		return nil, usagef("name a record, or a folder that holds some", "no file below %s begins with `touchstone: %s`", strings.Join(paths, ", "), innovation.Kind)
	}
	return files, nil
}

func (s *session) isRecord(name string) bool {
	node, _ := s.store.Open(name)
	if node != nil {
		return source.KindOf(node) == innovation.Kind
	}
	return bytes.Contains(s.store.Sources()[filepath.ToSlash(filepath.Clean(name))], []byte(innovation.Kind))
}
