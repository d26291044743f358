package main

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/pkpd"
)

// interval is an estimate with its 95 % interval. It holds the chance of who
// was drawn, and nothing of whether the people are like any.
type interval struct{ at, low, high float64 }

const z95 = 1.959964

// median of values, with the interval of order statistics, which needs no form
// of the distribution (the binomial is taken as normal).
func median(values []float64) interval {
	if len(values) == 0 {
		return interval{math.NaN(), math.NaN(), math.NaN()}
	}
	v := slices.Clone(values)
	slices.Sort(v)
	n := float64(len(v))
	off := z95 * math.Sqrt(n) / 2
	low, high := int(math.Floor(n/2-off)), int(math.Ceil(n/2+off))
	return interval{v[(len(v)-1)/2], v[max(0, low-1)], v[min(len(v)-1, high)]}
}

// part is a share of n in percent, with Wilson's interval (1927,
// doi:10.1080/01621459.1927.10502953).
func part(k, n int) interval {
	if n == 0 {
		return interval{math.NaN(), math.NaN(), math.NaN()}
	}
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z95*z95/(2*m)) / (1 + z95*z95/m)
	half := z95 / (1 + z95*z95/m) * math.Sqrt(p*(1-p)/m+z95*z95/(4*m*m))
	return interval{100 * p, 100 * max(0, min(p, middle-half)), 100 * min(1, max(p, middle+half))}
}

// resamples of a bootstrap.
const resamples = 1000

// fewer is by how many percent the mean of a is under that of b, over the same
// people, with the bootstrap's interval of percentiles.
func fewer(a, b []float64) interval {
	n := len(a)
	if n == 0 {
		return interval{math.NaN(), math.NaN(), math.NaN()}
	}
	gain := func(pick func(int) int) float64 {
		x, y := 0.0, 0.0
		for i := range n {
			j := pick(i)
			x, y = x+a[j], y+b[j]
		}
		if x == y {
			return 0
		}
		return 100 * (1 - x/y)
	}
	st := pkpd.NewStream(uint64(n), 0)
	again := make([]float64, resamples)
	for k := range again {
		again[k] = gain(func(int) int { return min(n-1, int(st.Uniform()*float64(n))) })
	}
	slices.Sort(again)
	at := gain(func(i int) int { return i })
	return interval{at, min(at, again[resamples*25/1000]), max(at, again[resamples*975/1000-1])}
}

// average is a mean, with the bootstrap's interval.
func average(v []float64) interval {
	ones := slices.Repeat([]float64{1}, len(v))
	g := fewer(v, ones) // 100 (1 - mean)
	return interval{1 - g.at/100, 1 - g.high/100, 1 - g.low/100}
}
