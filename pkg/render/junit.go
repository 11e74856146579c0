package render

import (
	"bytes"
	"encoding/xml"
	"io"
)

// The form that JUnit's reports have come to have; there is no standard. It keeps to what the strictest reader, the xUnit
// plugin of Jenkins, takes. Times are 0: the same files give the same bytes, and readers want a number.
//
// Text from files is shown by other programs, and XML has no place for control characters, so they are written out.
type (
	junitSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		junitCounts
		Suites []*junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name string `xml:"name,attr"`
		junitCounts
		Skipped int         `xml:"skipped,attr"`
		Cases   []junitCase `xml:"testcase"`
		Out     string      `xml:"system-out,omitempty"`
	}
	junitCounts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Time     int `xml:"time,attr"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		ClassName string        `xml:"classname,attr"`
		Time      int           `xml:"time,attr"`
		Failure   *junitProblem `xml:"failure"`
		Error     *junitProblem `xml:"error"`
		Skipped   *junitProblem `xml:"skipped"`
	}
	junitProblem struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// junitOf is whether a file holds suites that a command wrote.
func junitOf(command string) func(file []byte) bool {
	return begins(xml.Header + `<testsuites name="` + junitName(command) + `"`)
}

func junitName(command string) string { return "touchstone " + command }

func junitWrite(w io.Writer, command string, suites []*junitSuite) error {
	all := junitSuites{Name: junitName(command), Suites: suites}
	for _, s := range suites {
		s.count()
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Errors += s.Errors
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	b.WriteByte('\n')
	// The encoder writes line breaks so that they would also last in attributes, where there are none.
	_, err := w.Write(bytes.ReplaceAll(b.Bytes(), []byte("&#xA;"), []byte("\n")))
	return err
}

// count says how many cases there are of each kind.
func (s *junitSuite) count() {
	for i := range s.Cases {
		s.Tests++
		switch c := &s.Cases[i]; {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
}
