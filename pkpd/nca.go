package pkpd

import "math"

// Exposure is a non-compartmental summary of one concentration curve, as
// studies report it. Times in h, concentrations in the caller's unit. What
// cannot be computed is NaN.
type Exposure struct {
	Cmax, Tmax      float64
	AUCLast, AUCInf float64
	THalf           float64
}

// NCA summarises one curve (times ascending) as a laboratory would: values
// below lloq are unseen, the area is linear up and logarithmic down, and the
// terminal slope is the regression over the last points after the peak (three
// or more) with the best adjusted R2, more points winning ties.
func NCA(times, conc []float64, lloq float64) Exposure {
	x := Exposure{THalf: math.NaN(), AUCInf: math.NaN()}
	peak, last := -1, -1
	for i, c := range conc {
		if c < lloq || c <= 0 {
			continue
		}
		last = i
		if peak < 0 || c > conc[peak] {
			peak = i
		}
	}
	if peak < 0 {
		return Exposure{Tmax: math.NaN(), AUCInf: math.NaN(), THalf: math.NaN()}
	}
	x.Cmax, x.Tmax = conc[peak], times[peak]
	seen := func(i int) float64 {
		if conc[i] < lloq {
			return 0
		}
		return conc[i]
	}
	for i := 1; i <= last; i++ {
		dt, a, b := times[i]-times[i-1], seen(i-1), seen(i)
		if b > 0 && b < a && a-b > 1e-9*a {
			x.AUCLast += float64(dt*(a-b)) / log(a/b)
		} else {
			x.AUCLast += float64(dt * 0.5 * (a + b))
		}
	}
	var n, st, sy, stt, sty, syy float64
	best, slope := -math.MaxFloat64, 0.0
	origin := times[last]
	for i := last; i > peak; i-- {
		if conc[i] < lloq || conc[i] <= 0 {
			continue
		}
		t, y := times[i]-origin, log(conc[i])
		n++
		st += t
		sy += y
		stt += float64(t * t)
		sty += float64(t * y)
		syy += float64(y * y)
		if n < 3 {
			continue
		}
		vt := stt - float64(st*st)/n
		vy := syy - float64(sy*sy)/n
		cov := sty - float64(st*sy)/n
		if !(vt > 0 && vy > 0) {
			continue
		}
		r2 := float64(cov*cov) / float64(vt*vy)
		adjusted := 1 - float64((1-r2)*(n-1))/(n-2)
		if b := cov / vt; b < 0 && adjusted >= best-1e-4 {
			best, slope = max(best, adjusted), -b
		}
	}
	if slope > 0 {
		x.THalf = math.Ln2 / slope
		x.AUCInf = x.AUCLast + conc[last]/slope
	}
	return x
}
