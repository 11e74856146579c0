// Package exact computes with exact rational numbers, so that 65 is 65 whatever the weights were and 0.1 + 0.2 is 0.3.
//
// It knows nothing of scores. Rounding happens only where a number is written out, and says so by name.
package exact

import (
	"math/big"
	"math/bits"
)

// Number is an exact rational number. The zero value is 0. Numbers are values: no operation changes its operands.
//
// Small numbers are a 64-bit fraction in lowest terms and cost no allocation; whatever does not fit falls back to
// [big.Rat]. A number that fits is always held small, so equal numbers have equal forms.
type Number struct {
	num int64
	// over is the denominator less one, so that the zero value is 0/1.
	over int64
	wide *big.Rat
}

// Useful numbers.
var (
	Zero    = Int(0)
	One     = Int(1)
	Hundred = Int(100)
)

// Int returns n.
func Int(n int64) Number { return Number{num: n} }

// Ratio returns num/den. It panics if den is 0, as integer division does.
func Ratio(num, den int64) Number { return Int(num).Div(Int(den)) }

// Add returns x + y.
func (x Number) Add(y Number) Number {
	if x.wide == nil && y.wide == nil {
		a, ok1 := mul(x.num, y.den())
		b, ok2 := mul(y.num, x.den())
		den, ok3 := mul(x.den(), y.den())
		sum, ok4 := add(a, b)
		if ok1 && ok2 && ok3 && ok4 {
			return reduce(sum, den)
		}
	}
	return narrow(new(big.Rat).Add(x.rat(), y.rat()))
}

// Sub returns x - y.
func (x Number) Sub(y Number) Number { return x.Add(y.Neg()) }

// Neg returns -x.
func (x Number) Neg() Number {
	if x.wide == nil && x.num != minInt {
		return Number{num: -x.num, over: x.over}
	}
	return narrow(new(big.Rat).Neg(x.rat()))
}

// Mul returns x times y.
func (x Number) Mul(y Number) Number {
	if x.wide == nil && y.wide == nil {
		num, ok1 := mul(x.num, y.num)
		den, ok2 := mul(x.den(), y.den())
		if ok1 && ok2 {
			return reduce(num, den)
		}
	}
	return narrow(new(big.Rat).Mul(x.rat(), y.rat()))
}

// Div returns x / y. It panics if y is 0, as integer division does.
func (x Number) Div(y Number) Number {
	if y.Sign() == 0 {
		panic("exact: division by zero")
	}
	if x.wide == nil && y.wide == nil && y.num != minInt && x.num != minInt {
		n, d := y.den(), y.num
		if d < 0 {
			n, d = -n, -d
		}
		num, ok1 := mul(x.num, n)
		den, ok2 := mul(x.den(), d)
		if ok1 && ok2 {
			return reduce(num, den)
		}
	}
	return narrow(new(big.Rat).Quo(x.rat(), y.rat()))
}

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x Number) Cmp(y Number) int {
	if x.wide == nil && y.wide == nil {
		a, ok1 := mul(x.num, y.den())
		b, ok2 := mul(y.num, x.den())
		if ok1 && ok2 {
			return compare(a, b)
		}
	}
	return x.rat().Cmp(y.rat())
}

// Less reports whether x < y.
func (x Number) Less(y Number) bool { return x.Cmp(y) < 0 }

// Equal reports whether x = y.
func (x Number) Equal(y Number) bool { return x.Cmp(y) == 0 }

// Sign returns -1, 0 or 1.
func (x Number) Sign() int {
	if x.wide != nil {
		return x.wide.Sign()
	}
	return compare(x.num, 0)
}

// IsZero reports whether x is 0.
func (x Number) IsZero() bool { return x.Sign() == 0 }

// Min returns the smaller of x and y.
func Min(x, y Number) Number {
	if y.Less(x) {
		return y
	}
	return x
}

// Max returns the larger of x and y.
func Max(x, y Number) Number {
	if x.Less(y) {
		return y
	}
	return x
}

const minInt = -1 << 63

func (x Number) den() int64 { return x.over + 1 }

func (x Number) rat() *big.Rat {
	if x.wide != nil {
		return x.wide
	}
	return big.NewRat(x.num, x.den())
}

// narrow takes the small form when it fits; r is not used again by its caller.
func narrow(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return Number{num: r.Num().Int64(), over: r.Denom().Int64() - 1}
	}
	return Number{wide: r}
}

// reduce brings num/den, den > 0, to lowest terms.
func reduce(num, den int64) Number {
	a, b := magnitude(num), magnitude(den)
	for b != 0 {
		a, b = b, a%b
	}
	if a > 1 && a <= 1<<63-1 {
		num, den = num/int64(a), den/int64(a)
	}
	return Number{num: num, over: den - 1}
}

func mul(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > 1<<63-1 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func add(a, b int64) (int64, bool) {
	sum := a + b
	return sum, (sum > a) == (b > 0)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-(n + 1)) + 1 //nolint:gosec // -(n + 1) is not negative
	}
	return uint64(n)
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
