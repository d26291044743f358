package pkpd

import (
	"math"
	"testing"
)

// Against the standard library's complementary error function.
func TestNormalTail(t *testing.T) {
	for x := -37.0; x <= 8; x += 0.01 {
		got, pdf := normalTail(x)
		want := 0.5 * math.Erfc(-x/math.Sqrt2)
		tolerance := 1e-12
		if x < -3 {
			tolerance = 2e-8
		}
		if math.Abs(got-want) > tolerance*want {
			t.Fatalf("at %g: %g, want %g", x, got, want)
		}
		if want := math.Exp(-x*x/2) / math.Sqrt(2*math.Pi); math.Abs(pdf-want) > 1e-12*want {
			t.Fatalf("density at %g: %g, want %g", x, pdf, want)
		}
	}
}
