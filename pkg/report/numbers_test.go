package report

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/exact"
)

func TestShown(t *testing.T) {
	thresholds := []exact.Number{exact.Zero, exact.Int(50), exact.Int(65), exact.Hundred}
	for _, c := range []struct {
		x        exact.Number
		decimals int
		want     string
	}{
		{exact.Ratio(6496, 100), 0, "64.96"}, // not 65, where a band begins
		{exact.Ratio(6449, 100), 0, "64"},
		{exact.Int(65), 0, "65"},
		{exact.Ratio(6504, 100), 0, "65.04"}, // nor is what lies above the edge shown as the edge
		{exact.Ratio(1, 3), 0, "0.3"},        // not 0, which would be nothing at all
		{exact.Ratio(9999, 100), 0, "99.99"},
		{exact.Ratio(125, 10), 1, "12.5"},
		{exact.Ratio(5, 2), 0, "3"},
	} {
		if got := shown(c.x, c.decimals, thresholds); got != c.want {
			t.Errorf("%s: got %s, want %s", c.x, got, c.want)
		}
	}
}

// What is shown stands on the same side of every threshold as the number itself.
func TestShownNeverCrosses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := exact.Ratio(rapid.Int64Range(0, 1_000_000).Draw(t, "x"), rapid.Int64Range(10_000, 10_100).Draw(t, "over"))
		edge := exact.Int(rapid.Int64Range(0, 100).Draw(t, "edge"))
		written, err := exact.Parse(shown(x, 0, []exact.Number{edge}))
		if err == nil && written.Cmp(edge) != x.Cmp(edge) {
			t.Fatalf("%s is shown as %s beside %s", x, written, edge)
		}
	})
}

func TestGain(t *testing.T) {
	for x, want := range map[exact.Number]string{exact.Zero: "0", exact.Ratio(1, 100): "+<0.1", exact.Ratio(25, 4): "+6.3", exact.Int(-1): "0"} {
		if got := gain(x); got != want {
			t.Errorf("%s: got %s, want %s", x, got, want)
		}
	}
}
