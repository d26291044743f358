package pkpd

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestQuantileByHand(t *testing.T) {
	for _, c := range []struct{ q, want float64 }{{0, 1}, {0.5, 2.5}, {0.25, 1.75}, {1, 10}, {0.95, 8.95}} {
		if got := Quantile([]float64{10, 2, math.NaN(), 3, 1, math.Inf(1)}, c.q); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("quantile %g: %g, want %g", c.q, got, c.want)
		}
	}
	if !math.IsNaN(Quantile(nil, 0.5)) {
		t.Error("nothing has a median")
	}
}

// The summaries of a simulation, which never hold all values, agree with it.
func TestSketchAgreesWithQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.Float64Range(0, 1e4), 1, 200).Draw(t, "values")
		var s sketch
		for _, x := range v {
			s.add(x)
		}
		for _, q := range []float64{0, 0.05, 0.5, 0.95, 1} {
			got, want := s.quantiles(q)[0], Quantile(v, q)
			if math.Abs(got-want) > 1e-3*want+1e-9 {
				t.Fatalf("quantile %g: %g, want %g", q, got, want)
			}
		}
	})
}

func TestRoundByHand(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   float64
	}{{0, 4, 0}, {123456, 4, 123500}, {-0.00012344, 4, -0.0001234}, {99.995, 4, 100}, {9.9, 1, 10}} {
		if got := Round(c.v, c.digits); got != c.want {
			t.Errorf("%g to %d digits: %g, want %g", c.v, c.digits, got, c.want)
		}
	}
}
