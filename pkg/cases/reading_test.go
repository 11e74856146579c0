package cases

import (
	"testing"

	"github.com/touchstone-health/touchstone/pkg/exact"
)

// A figure is compared at the decimals that are written, with halves rounded away from zero.
func TestFigures(t *testing.T) {
	for _, c := range []struct {
		got   exact.Number
		want  string
		holds bool
	}{
		{exact.Ratio(125, 2), "62.5", true},
		{exact.Ratio(125, 2), "63", true},
		{exact.Ratio(125, 2), "62", false},
		{exact.Ratio(125, 2), "62.50", true},
		{exact.Ratio(6245, 100), "62.5", true},
		{exact.Ratio(62449, 1000), "62.5", false},
		{exact.Ratio(62449, 1000), "62.4", true},
		{exact.Ratio(-25, 2), "-13", true},
		{exact.Ratio(-25, 2), "-12", false},
		{exact.Ratio(-1, 3), "0", true},
		{exact.Ratio(-1, 3), "-0", true},
		{exact.Ratio(200, 3), "66.67", true},
		{exact.Ratio(200, 3), "66.666666666667", true},
		{exact.Ratio(200, 3), "66.66", false},
		{exact.Zero, "none", false},
	} {
		want, err := figure(c.want)
		if err != nil {
			t.Fatal(err)
		}
		if _, holds := figureIs(c.got, true, want); holds != c.holds {
			t.Errorf("%s as %s: got %v", c.got, c.want, holds)
		}
	}
	if got, holds := figureIs(exact.Zero, false, Figure{None: true}); got != "none" || !holds {
		t.Errorf("got %s, %v", got, holds)
	}
	if got, holds := figureIs(exact.Zero, false, Figure{}); got != "none" || holds {
		t.Errorf("no score is taken for 0: got %s, %v", got, holds)
	}
}
