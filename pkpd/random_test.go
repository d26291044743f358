package pkpd

import (
	"math"
	"testing"
)

// Vectors published with the generator (Random123, kat_vectors, philox4x32 10).
func TestPhiloxPublishedVectors(t *testing.T) {
	for _, c := range []struct {
		ctr  [4]uint32
		key  [2]uint32
		want [4]uint32
	}{
		{[4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, [2]uint32{0xffffffff, 0xffffffff},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := philox(c.ctr, c.key); got != c.want {
			t.Errorf("philox(%x, %x) = %x, want %x", c.ctr, c.key, got, c.want)
		}
	}
}

func TestNormalQuantileAgainstErf(t *testing.T) {
	for _, p := range []float64{1e-15, 1e-9, 1e-4, 0.01, 0.074, 0.076, 0.3, 0.5, 0.6, 0.93, 0.999, 1 - 1e-10} {
		x := normalQuantile(p)
		if back := 0.5 * math.Erfc(-x/math.Sqrt2); math.Abs(back-p) > 1e-13*math.Min(p, 1-p)+1e-16 {
			t.Errorf("quantile of %g is %g, which has probability %g", p, x, back)
		}
	}
}

func TestExpLogAgainstStandardLibrary(t *testing.T) {
	s := NewStream(1, 1)
	for range 200000 {
		x := 1400*s.Uniform() - 700
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 1e-15*want {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
		y := math.Exp(x)
		if got, want := log(y), math.Log(y); math.Abs(got-want) > 4e-16*math.Max(1, math.Abs(want)) {
			t.Fatalf("log(%v) = %v, want %v", y, got, want)
		}
	}
	if exp(-800) != 0 || !math.IsInf(exp(800), 1) || !math.IsNaN(exp(math.NaN())) {
		t.Error("exp at its ends")
	}
}

func TestNormalMoments(t *testing.T) {
	var n, s1, s2, s4 float64
	for i := range uint64(100000) {
		s := NewStream(42, i)
		x := s.Normal()
		n++
		s1 += x
		s2 += x * x
		s4 += x * x * x * x
	}
	if m := s1 / n; math.Abs(m) > 0.01 {
		t.Errorf("mean %v", m)
	}
	if v := s2 / n; math.Abs(v-1) > 0.015 {
		t.Errorf("variance %v", v)
	}
	if k := s4 / n; math.Abs(k-3) > 0.1 {
		t.Errorf("fourth moment %v", k)
	}
}
