package report

import (
	"strings"

	"github.com/touchstone-health/touchstone/pkg/exact"
)

// shown writes a number with the given decimals, and with as many more as tell it from a threshold that it does not
// reach: 64.96 is not shown as 65 if 65 is where a band begins.
func shown(x exact.Number, decimals int, thresholds []exact.Number) string {
	const most = 12
	for d := decimals; d < most; d++ {
		s := x.Fixed(d)
		if tells(x, s, thresholds) {
			return s
		}
	}
	return x.Fixed(most)
}

// tells reports whether what is written stands on the same side of every threshold as the number itself.
func tells(x exact.Number, written string, thresholds []exact.Number) bool {
	rounded, err := exact.Parse(written)
	if err != nil {
		return true // more digits than a file may have are precise enough
	}
	for _, t := range thresholds {
		if x.Cmp(t) != rounded.Cmp(t) {
			return false
		}
	}
	return true
}

// gain writes points gained with a sign.
func gain(x exact.Number) string {
	switch s := x.Fixed(1); {
	case x.Sign() <= 0:
		return "0"
	case strings.Trim(s, "0.") == "":
		return "+<0.1"
	default:
		return "+" + s
	}
}

// percent writes a share.
func percent(x exact.Number) string { return x.Mul(exact.Hundred).Fixed(0) + "%" }
