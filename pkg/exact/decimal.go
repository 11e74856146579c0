package exact

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// MaxDigits is how many digits a number in a file may have.
const MaxDigits = 15

// Parse reads a decimal number in JSON's grammar, of at most [MaxDigits] digits and without an exponent beyond two
// places: `65`, `-2`, `12.50`, `1e3`. Its errors say what was expected.
func Parse(s string) (Number, error) {
	if !isNumber(s) {
		return Number{}, fmt.Errorf("expected a number such as 12 or 0.5, got %q", s)
	}
	mantissa, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa = s[:i]
		exponent, _ = strconv.Atoi(strings.TrimLeft(s[i+1:], "+-"))
	}
	if digits(mantissa) > MaxDigits || exponent > MaxDigits || len(s) > 2*MaxDigits {
		return Number{}, fmt.Errorf("expected at most %d digits, got %q", MaxDigits, s)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Number{}, fmt.Errorf("expected a number, got %q", s)
	}
	return narrow(r), nil
}

// ParseWritten reads a number as [Number.String] writes it, and as other programs write that again: a decimal number in
// JSON's grammar, of at most 64 characters and with an exponent of at most 40. Nobody typed it, so that it may have more
// digits than [Parse] takes.
func ParseWritten(s string) (Number, error) {
	const longest, furthest = 64, 40
	exponent := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		exponent, _ = strconv.Atoi(strings.TrimLeft(s[i+1:], "+-"))
	}
	r, ok := new(big.Rat), isNumber(s) && len(s) <= longest && exponent <= furthest
	if ok {
		_, ok = r.SetString(s)
	}
	if !ok {
		return Number{}, fmt.Errorf("expected a number, got %q", s)
	}
	return narrow(r), nil
}

// isNumber is JSON's grammar for numbers, less the rule that a minus stands alone.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, rest := span(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	if strings.HasPrefix(rest, ".") {
		n, after := span(rest[1:])
		if n == 0 {
			return false
		}
		rest = after
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	rest = rest[1:]
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	n, after := span(rest)
	return n > 0 && after == ""
}

// span returns how many digits s begins with, and what follows them.
func span(s string) (int, string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i, s[i:]
}

func digits(s string) int {
	n := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// Fixed writes x with the given number of decimals, rounded half away from zero.
func (x Number) Fixed(decimals int) string { return unsigned(x.rat().FloatString(decimals)) }

// unsigned drops the sign of a zero.
func unsigned(s string) string {
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// String writes x as the shortest decimal to 12 significant digits, in JSON's grammar and without an exponent.
func (x Number) String() string {
	if x.wide == nil && x.over == 0 {
		return strconv.FormatInt(x.num, 10)
	}
	const significant = 12
	decimals := significant - integerDigits(x)
	s := x.Fixed(max(decimals, 0))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return unsigned(s)
}

// MarshalJSON writes x as String does.
func (x Number) MarshalJSON() ([]byte, error) { return []byte(x.String()), nil }

// integerDigits is the number of digits before the point; for a number below 0.1 it is minus the leading zeros.
func integerDigits(x Number) int {
	abs := new(big.Rat).Abs(x.rat())
	if abs.Sign() == 0 {
		return 1
	}
	n := len(new(big.Int).Quo(abs.Num(), abs.Denom()).String())
	if abs.Cmp(big.NewRat(1, 1)) >= 0 {
		return n
	}
	n = 0
	for ten := big.NewRat(10, 1); abs.Cmp(big.NewRat(1, 10)) < 0; n-- {
		abs.Mul(abs, ten)
	}
	return n
}

// Fraction writes x exactly, in lowest terms: `65`, `1/3`.
func (x Number) Fraction() string { return x.rat().RatString() }

// Float returns the nearest binary fraction, for drawing and sampling only.
func (x Number) Float() float64 {
	f, _ := x.rat().Float64()
	return f
}
