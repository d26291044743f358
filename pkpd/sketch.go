package pkpd

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
)

// sketch counts values in buckets that share the leading bits of the floating
// point number: 1,024 to each doubling, so that a quantile is within 0.05 % of
// the true one however many values there were, and memory follows the spread of
// the values and not their number. Choosing the bucket is integer arithmetic
// and merging is adding counts, so the result does not depend on the machine,
// the threads or the order, which the logarithm in the published sketches does
// not promise.
type sketch struct {
	counts   map[uint32]int64
	n, zeros int64
	low, top float64
}

const sketchShift = 52 - 10

// add counts a finite value >= 0.
func (s *sketch) add(v float64) {
	if s.n == 0 {
		s.low, s.top = v, v
	}
	s.low, s.top = min(s.low, v), max(s.top, v)
	s.n++
	if v <= 0 {
		s.zeros++
		return
	}
	if s.counts == nil {
		s.counts = map[uint32]int64{}
	}
	s.counts[uint32(math.Float64bits(v)>>sketchShift)]++
}

func (s *sketch) merge(o *sketch) {
	if o.n == 0 {
		return
	}
	if s.n == 0 {
		s.low, s.top = o.low, o.top
	}
	s.low, s.top = min(s.low, o.low), max(s.top, o.top)
	s.n += o.n
	s.zeros += o.zeros
	if s.counts == nil {
		s.counts = map[uint32]int64{}
	}
	for k, c := range o.counts {
		s.counts[k] += c
	}
}

// quantiles returns the values at ranks q (ascending, 0..1), interpolated
// between order statistics.
func (s *sketch) quantiles(q ...float64) []float64 {
	out := make([]float64, len(q))
	if s.n == 0 {
		for i := range out {
			out[i] = math.NaN()
		}
		return out
	}
	keys := slices.Sorted(maps.Keys(s.counts))
	at := func(rank int64) float64 { // the value of this rank, from 0
		rank -= s.zeros
		if rank < 0 {
			return 0
		}
		for _, k := range keys {
			c := s.counts[k]
			if rank < c {
				a := math.Float64frombits(uint64(k) << sketchShift)
				b := math.Float64frombits(uint64(k+1) << sketchShift)
				// spread the bucket's values evenly over it
				v := a + float64((b-a)*((float64(rank)+0.5)/float64(c)))
				return min(max(v, s.low), s.top)
			}
			rank -= c
		}
		return s.top
	}
	for i, x := range q {
		r := float64(x * float64(s.n-1))
		f := math.Floor(r)
		a := at(int64(f))
		out[i] = a
		if r > f {
			out[i] = a + float64((r-f)*(at(int64(f)+1)-a))
		}
	}
	return out
}

// moments accumulates mean and variance (Chan, Golub and LeVeque 1983,
// doi:10.1080/00031305.1983.10483115); merging in a fixed order gives the same
// bits however the work was shared out.
type moments struct{ n, mean, m2 float64 }

func (m *moments) add(v float64) {
	m.n++
	d := v - m.mean
	m.mean += d / m.n
	m.m2 += float64(d * (v - m.mean))
}

func (m *moments) merge(o moments) {
	if o.n == 0 {
		return
	}
	n := m.n + o.n
	d := o.mean - m.mean
	m.mean += float64(d * (o.n / n))
	m.m2 += o.m2 + float64(float64(d*d)*float64(m.n*(o.n/n)))
	m.n = n
}

// Number is a float64 that JSON shows as null when it is not known (NaN).
type Number float64

// MarshalJSON writes null for NaN.
func (n Number) MarshalJSON() ([]byte, error) {
	if f := float64(n); math.IsNaN(f) || math.IsInf(f, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}
