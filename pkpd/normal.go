package pkpd

// normalTail returns the standard normal distribution function and its density
// at x, in the same bits on every machine. The function keeps its relative
// precision in the lower tail, so that interval probabilities far from the
// middle keep their digits when both ends are put there. Rational approximation
// of Hart et al. 1968 in the form of West 2005 (Better approximations to
// cumulative normal functions, Wilmott Magazine); 1e-8 relative there.
func normalTail(x float64) (cdf, pdf float64) {
	const root2Pi = 2.506628274631000502
	a := x
	if a < 0 {
		a = -a
	}
	e := exp(-0.5 * float64(a*a))
	pdf = e / root2Pi
	var tail float64
	if a < 7.07106781186547 {
		n := 3.52624965998911e-02
		for _, c := range hartN {
			n = float64(n*a) + c
		}
		d := 8.83883476483184e-02
		for _, c := range hartD {
			d = float64(d*a) + c
		}
		tail = float64(e*n) / d
	} else {
		b := a + 0.65
		for k := 4.0; k >= 1; k-- {
			b = a + k/b
		}
		tail = e / b / root2Pi
	}
	if x > 0 {
		return 1 - tail, pdf
	}
	return tail, pdf
}

var (
	hartN = [...]float64{0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376}
	hartD = [...]float64{1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752}
)
