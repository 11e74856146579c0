package rubrics_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/touchstone-health/touchstone/pkg/source"
	"github.com/touchstone-health/touchstone/rubrics"
)

// The pack is what the files say. An old one is no fault of the program's, which then reads the files, but costs time.
func TestPackIsCurrent(t *testing.T) {
	got, err := source.Pack(rubrics.FS)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("TOUCHSTONE_UPDATE") == "1" {
		if err := os.WriteFile(source.PackName, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := rubrics.FS.ReadFile(source.PackName)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale; TOUCHSTONE_UPDATE=1 go test ./... rewrites it", source.PackName)
	}
}
