package exact_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-health/touchstone/pkg/exact"
)

// Any chain of operations gives what math/big gives, whether or not it leaves 64 bits on the way.
func TestAgreesWithBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (exact.Number, *big.Rat) {
			num := rapid.OneOf(rapid.Int64Range(-50, 50), rapid.Int64(), rapid.Just(int64(math.MinInt64))).Draw(t, name)
			den := rapid.OneOf(rapid.Int64Range(1, 50), rapid.Int64Range(1, math.MaxInt64)).Draw(t, name+" over")
			return exact.Ratio(num, den), big.NewRat(num, den)
		}
		x, bx := draw("x")
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			y, by := draw("y")
			if got, want := x.Cmp(y), bx.Cmp(by); got != want {
				t.Fatalf("Cmp: got %d, want %d", got, want)
			}
			switch op := rapid.SampledFrom([]string{"+", "-", "*", "/"}).Draw(t, "op"); {
			case op == "+":
				x, bx = x.Add(y), bx.Add(bx, by)
			case op == "-":
				x, bx = x.Sub(y), bx.Sub(bx, by)
			case op == "*":
				x, bx = x.Mul(y), bx.Mul(bx, by)
			case !y.IsZero():
				x, bx = x.Div(y), bx.Quo(bx, by)
			}
			if got, want := x.Fixed(30), bx.FloatString(30); got != want && "-"+got != want {
				t.Fatalf("got %s, want %s", got, want)
			}
			if x.Sign() != bx.Sign() {
				t.Fatalf("sign: got %d, want %d", x.Sign(), bx.Sign())
			}
		}
	})
}

func TestParseAndWrite(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "65": "65", "-2": "-2", "12.50": "12.5", "1e3": "1000", "0.1": "0.1", "-0": "0", "1E-2": "0.01",
	} {
		x, err := exact.Parse(in)
		if err != nil || x.String() != want {
			t.Errorf("%s: got %s, %v; want %s", in, x, err, want)
		}
	}
	for _, in := range []string{"", "012", "0x10", "1_000", "1e400", ".inf", "0,33", "1.", ".5", "+1", "1e", "--1", "NaN", "1234567890123456"} {
		if x, err := exact.Parse(in); err == nil {
			t.Errorf("%q: read as %s", in, x)
		}
	}
}

func TestShortestDecimal(t *testing.T) {
	for _, c := range []struct {
		x    exact.Number
		want string
	}{
		{exact.Ratio(1, 3), "0.333333333333"},
		{exact.Ratio(200, 3), "66.6666666667"},
		{exact.Ratio(-1, 3000), "-0.000333333333333"},
		{exact.Ratio(1, 8), "0.125"},
		{exact.Ratio(1, 10).Add(exact.Ratio(2, 10)), "0.3"},
		{exact.Ratio(25, 2), "12.5"},
	} {
		if got := c.x.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestFixedRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		x        exact.Number
		decimals int
		want     string
	}{
		{exact.Ratio(1, 2), 0, "1"},
		{exact.Ratio(-1, 2), 0, "-1"},
		{exact.Ratio(-1, 3), 0, "0"},
		{exact.Ratio(6496, 100), 1, "65.0"},
		{exact.Ratio(125, 1000), 2, "0.13"},
	} {
		if got := c.x.Fixed(c.decimals); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestSmallNumbersDoNotAllocate(t *testing.T) {
	a, b := exact.Ratio(3, 7), exact.Ratio(5, 11)
	if n := testing.AllocsPerRun(100, func() { _ = a.Add(b).Mul(b).Div(a).Sub(b).Cmp(a) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

// The geometric mean is exact where it is rational, and otherwise the nearest number of 34 digits.
func TestGeometricMean(t *testing.T) {
	half, quarter := exact.Ratio(1, 2), exact.Ratio(1, 4)
	for _, c := range []struct {
		values  []exact.Number
		weights []int64
		want    string
	}{
		{[]exact.Number{quarter, exact.One}, []int64{1, 1}, "0.5"},
		{[]exact.Number{exact.Zero, exact.One}, []int64{1, 3}, "0"},
		{[]exact.Number{exact.Ratio(8, 27), exact.One}, []int64{1, 2}, "0.666666666667"},
		{[]exact.Number{half, half, exact.One}, []int64{1, 1, 1}, "0.629960524947"},
		{[]exact.Number{half}, []int64{7}, "0.5"},
	} {
		if got := exact.GeometricMean(c.values, c.weights); got.String() != c.want {
			t.Errorf("%v ^ %v: got %s, want %s", c.values, c.weights, got, c.want)
		}
	}
	// The square root of one half, from OEIS A010503.
	if got, want := exact.GeometricMean([]exact.Number{half, exact.One}, []int64{1, 1}).Fixed(34), "0.7071067811865475244008443621048490"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Rounded to the nearest: no neighbour is nearer, which the powers show.
	for n := int64(2); n < 60; n++ {
		x := exact.GeometricMean([]exact.Number{exact.Ratio(1, n), exact.Ratio(n-1, n)}, []int64{2, 1})
		step := exact.Ratio(1, 1_000_000_000_000_000_000).Mul(exact.Ratio(1, 20_000_000_000_000_000)) // half of 10^-34
		cube := func(y exact.Number) exact.Number { return y.Mul(y).Mul(y) }
		product := exact.Ratio(n-1, n).Mul(exact.Ratio(1, n)).Mul(exact.Ratio(1, n))
		if product.Less(cube(x.Sub(step))) || cube(x.Add(step)).Less(product) {
			t.Errorf("the root of %s is not nearest to %s", product, x)
		}
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		x    exact.Number
		want string
	}{{exact.Ratio(5, 1000), "0.01"}, {exact.Ratio(-5, 1000), "-0.01"}, {exact.Ratio(2, 3), "0.67"}, {exact.Int(7), "7"}} {
		if got := c.x.Round(2); got.String() != c.want {
			t.Errorf("%s: got %s, want %s", c.x, got, c.want)
		}
	}
}

// What is written is read as the same number, however small; what other programs make of it is too, and nothing that is no
// number.
func TestParseWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := exact.Ratio(rapid.Int64Range(-1e15, 1e15).Draw(t, "over"), rapid.Int64Range(1, 1e17).Draw(t, "under"))
		got, err := exact.ParseWritten(x.String())
		if err != nil || got.String() != x.String() {
			t.Fatalf("%s: got %s, %v", x, got, err)
		}
	})
	for text, want := range map[string]string{
		"0.000123456789012": "0.000123456789012", "1e-05": "0.00001", "1.5E+3": "1500", "-0": "0",
		"1e41": "", "1e-41": "", "1e99999999999999999999": "", "01": "", "0x1": "", "1/3": "", "NaN": "", "\t1": "", "": "", "1" + strings.Repeat("0", 64): "",
	} {
		got, err := exact.ParseWritten(text)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%q: got %s, %v, want %q", text, got, err, want)
		}
	}
}
