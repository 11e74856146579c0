package exact

import "math/big"

// RootDigits is how many digits after the point a root that is not rational is rounded to.
const RootDigits = 34

// GeometricMean is (product of v^w)^(1 / sum of w): exact if that is rational, else rounded to [RootDigits] digits, half
// away from zero. Values are not negative; weights are positive, and as many as the values. It panics without any.
func GeometricMean(values []Number, weights []int64) Number {
	if len(values) == 0 {
		panic("exact: mean of nothing")
	}
	product, degree := big.NewRat(1, 1), int64(0)
	for i, v := range values {
		product.Mul(product, power(v.rat(), weights[i]))
		degree += weights[i]
	}
	num, whole := root(product.Num(), degree)
	den, exactly := root(product.Denom(), degree)
	if whole && exactly {
		return narrow(new(big.Rat).SetFrac(num, den))
	}
	return rounded(product, degree)
}

func power(r *big.Rat, n int64) *big.Rat {
	exponent := big.NewInt(n)
	return new(big.Rat).SetFrac(new(big.Int).Exp(r.Num(), exponent, nil), new(big.Int).Exp(r.Denom(), exponent, nil))
}

// rounded is the root of a rational, to the nearest multiple of 10^-RootDigits: with x = 2 * 10^RootDigits * root, that
// multiple is (floor(x) + 1) / 2, rounded down.
func rounded(r *big.Rat, degree int64) Number {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(RootDigits), nil)
	scale := new(big.Int).Exp(new(big.Int).Lsh(unit, 1), big.NewInt(degree), nil)
	scaled := new(big.Int).Mul(r.Num(), scale)
	x, _ := root(scaled.Quo(scaled, r.Denom()), degree)
	x.Add(x, big.NewInt(1)).Rsh(x, 1)
	return narrow(new(big.Rat).SetFrac(x, unit))
}

// root is the largest whole number whose power is not above n, and whether it is exactly the root. It is Newton's
// method, from above.
func root(n *big.Int, degree int64) (*big.Int, bool) {
	if n.Sign() == 0 || degree == 1 {
		return new(big.Int).Set(n), true
	}
	less, d := big.NewInt(degree-1), big.NewInt(degree)
	bits := (int64(n.BitLen()) + degree - 1) / degree
	x := new(big.Int).Lsh(big.NewInt(1), uint(bits)) //nolint:gosec // a length is not negative
	for {
		next := new(big.Int).Exp(x, less, nil)
		next.Quo(n, next)
		next.Add(next, new(big.Int).Mul(x, less)).Quo(next, d)
		if next.Cmp(x) >= 0 {
			return x, new(big.Int).Exp(x, d, nil).Cmp(n) == 0
		}
		x = next
	}
}

// Round returns x rounded to the given decimals, half away from zero.
func (x Number) Round(decimals int) Number {
	rounded, ok := new(big.Rat).SetString(x.Fixed(decimals))
	if !ok { // Fixed writes numbers
		panic("exact: not a number")
	}
	return narrow(rounded)
}

// GCD is the greatest number of which x and y, not negative, are whole multiples; of 0 and y it is y.
func GCD(x, y Number) Number {
	a, b := x.rat(), y.rat()
	num := new(big.Int).GCD(nil, nil, new(big.Int).Mul(a.Num(), b.Denom()), new(big.Int).Mul(b.Num(), a.Denom()))
	return narrow(new(big.Rat).SetFrac(num, new(big.Int).Mul(a.Denom(), b.Denom())))
}

// Whole returns x as a whole number, and whether it is one that fits.
func (x Number) Whole() (int64, bool) { return x.num, x.wide == nil && x.over == 0 }
