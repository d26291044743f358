package pkpd

import "math"

// A score is a whole number cut to the range of its form, so its probability is
// that of an interval, open at the ends of the form. Noise is Student's t with
// 4 degrees of freedom, whose distribution function needs no more than a square
// root; its tails leave room for a bad day.

// t4 returns the distribution function and the density at x.
func t4(x float64) (cdf, pdf float64) {
	a := 1 / (1 + 0.25*float64(x*x))
	r := math.Sqrt(a)
	s := float64(x * r)
	pdf = 0.375 * a * a * r
	if x < -150 { // the exact form would lose its digits
		i := 1 / float64(x*x)
		return 3 * i * i * (1 - 20.0/3*i), pdf
	}
	return 0.5 + 0.375*s*(1-float64(s*s)/12), pdf
}

const leastProbability = 1e-12

// bounds of the noise that gives the score, in units of sigma.
func (o *observation) bounds(r *Reporting, w float64) (lo, hi, sigma float64) {
	sigma = r.Sigma * o.scale
	mean := (r.Baseline + float64(r.Slope*w)) * o.scale
	return (o.y - 0.5 - mean) / sigma, (o.y + 0.5 - mean) / sigma, sigma
}

func (o *observation) probability(r *Reporting, w float64) float64 {
	lo, hi, _ := o.bounds(r, w)
	return max(o.between(lo, hi), leastProbability)
}

func (o *observation) between(lo, hi float64) float64 {
	if lo > 0 { // the lower tail keeps its digits, the upper does not
		lo, hi = -hi, -lo
		a, b := 0.0, 1.0
		if !o.last {
			a, _ = t4(lo)
		}
		if !o.first {
			b, _ = t4(hi)
		}
		return b - a
	}
	a, b := 0.0, 1.0
	if !o.first {
		a, _ = t4(lo)
	}
	if !o.last {
		b, _ = t4(hi)
	}
	return b - a
}

// slopes returns the derivatives of the log probability by the mean (on the
// scale of the form, before o.scale) and by log sigma, and the curvature by the
// mean, kept positive.
func (o *observation) slopes(r *Reporting, w float64) (byMean, byLogSigma, curvature float64) {
	lo, hi, sigma := o.bounds(r, w)
	prob := max(o.between(lo, hi), leastProbability)
	var fa, fb, ga, gb, ta, tb float64
	if !o.first {
		_, fa = t4(lo)
		ga, ta = -5*lo/(4+float64(lo*lo))*fa, lo*fa
	}
	if !o.last {
		_, fb = t4(hi)
		gb, tb = -5*hi/(4+float64(hi*hi))*fb, hi*fb
	}
	d := -(fb - fa) / (sigma * prob)
	second := (gb-ga)/(sigma*sigma*prob) - d*d
	expected := 5.0 / 7 / (sigma * sigma) // of an uncut score
	c := min(max(-second, 0.02*expected), expected)
	if !o.first && !o.last {
		c = max(c, 0.2*expected)
	}
	return d * o.scale, -(tb - ta) / prob, c * o.scale * o.scale
}
