package pkpd

import "math"

// mode is a maximum of the posterior and its curvature.
type mode struct {
	theta  []float64 // all coordinates; those not active are 0
	value  float64   // log posterior without constants
	info   []float64 // the information, active coordinates, by rows
	lower  []float64 // its Cholesky factor
	logDet float64   // of the information
}

// difference is the step of the finite differences, in prior standard
// deviations: large against the rounding, small against any curvature.
const difference = 1e-3

// climber finds modes by Levenberg and Marquardt's method on the expected
// information: the log probability of the scores is no square, but its curvature
// by each predicted mean is known, so the same steps apply.
type climber struct {
	e       *evaluator
	jac     [][]float64 // per active coordinate: d predicted mean / d theta at every observation
	spread  [][]float64 // likewise of the log of the predicted variance; nil where it stays
	base    []float64   // withdrawal, departure, predicted mean, log variance, slope, curvature
	away    []float64
	mean    []float64
	logVar  []float64
	slope   []float64
	curve   []float64
	grad    []float64
	info    []float64
	damped  []float64
	step    []float64
	trial   []float64
	touched []float64
}

func newClimber(p *problem) *climber {
	d, n := len(p.active), len(p.obs)
	column := func() []float64 { return make([]float64, n) }
	c := &climber{e: newEvaluator(p), base: column(), away: column(), mean: column(), logVar: column(), slope: column(), curve: column(),
		grad: make([]float64, d), info: make([]float64, d*d), damped: make([]float64, d*d), step: make([]float64, d),
		trial: make([]float64, len(p.coords)), touched: make([]float64, len(p.coords))}
	c.jac, c.spread = make([][]float64, d), make([][]float64, d)
	for a, i := range p.active {
		c.jac[a] = column()
		if q := p.coords[i]; q.kind == coordReporting {
			switch reportingCoord(q.index) {
			case repSlowSD, repSlowTau, repQuick, repPerPoint, repSpread:
				c.spread[a] = column()
			}
		}
	}
	return c
}

// linearise fills gradient and information at theta. Bodies and the spread of
// what is felt are moved by differences; the rest is known.
func (c *climber) linearise(theta []float64) {
	e, p, f := c.e, c.e.p, c.e.filter
	e.run(theta)
	value := e.logLikelihood()
	rep := e.person.reporting
	copy(c.base, e.w)
	copy(c.away, e.away)
	copy(c.mean, f.mean)
	copy(c.slope, f.slope)
	copy(c.curve, f.curve)
	for j, v := range f.vari {
		c.logVar[j] = log(v)
	}
	for a, i := range p.active { // known, with the filter as it is here
		q, col := p.coords[i], c.jac[a]
		if q.kind != coordReporting || c.spread[a] != nil {
			continue
		}
		for j := range p.obs {
			_, per, _ := rep.form(p.obs[j].kind)
			switch reportingCoord(q.index) {
			case repBaseline:
				col[j] = per * reportingPrior[repBaseline].sd
			case repSlope:
				col[j] = per * rep.Slope * c.base[j] * reportingPrior[repSlope].sd
			case repOffset:
				col[j] = 0
				if p.obs[j].kind == Symptoms {
					col[j] = reportingPrior[repOffset].sd
				}
			}
		}
		f.tangent(&rep, c.away, col)
	}
	copy(c.touched, theta)
	for a, i := range p.active {
		q, col := p.coords[i], c.jac[a]
		if q.kind == coordReporting {
			continue
		}
		c.touched[i] += difference
		e.run(c.touched)
		c.touched[i] = theta[i]
		for j := range p.obs {
			_, per, _ := rep.form(p.obs[j].kind)
			col[j] = per * rep.Slope * (e.w[j] - c.base[j]) / difference
		}
		f.tangent(&rep, c.away, col)
	}
	for a, i := range p.active {
		g := -theta[i]
		if s := c.spread[a]; s == nil {
			for j, v := range c.jac[a] {
				g += v * c.slope[j]
			}
		} else {
			c.touched[i] += difference
			e.person.reporting = p.reportingOf(c.touched)
			c.touched[i] = theta[i]
			copy(e.w, c.base)
			copy(e.away, c.away)
			g += (e.logLikelihood() - value) / difference
			for j := range s {
				s[j] = (log(f.vari[j]) - c.logVar[j]) / difference
				c.jac[a][j] = (f.mean[j] - c.mean[j]) / difference
			}
		}
		c.grad[a] = g
	}
	d := len(p.active)
	for a := range d {
		for b := range a + 1 {
			sum := 0.0
			for j, v := range c.jac[a] {
				sum += v * c.jac[b][j] * c.curve[j]
			}
			if s, t := c.spread[a], c.spread[b]; s != nil && t != nil {
				for j := range s {
					if o := &p.obs[j]; o.first || o.last { // a cut score says little of the spread
						sum += 0.1 * s[j] * t[j]
					} else {
						sum += 0.5 * s[j] * t[j]
					}
				}
			}
			c.info[a*d+b], c.info[b*d+a] = sum, sum
		}
		c.info[a*d+a]++
	}
}

// climb moves theta uphill and returns the mode. It changes theta.
func (c *climber) climb(theta []float64, rounds int) mode {
	e, p := c.e, c.e.p
	d := len(p.active)
	e.run(theta)
	value := e.logPosterior(theta)
	damp := 0.01
	for range rounds {
		c.linearise(theta)
		gained := 0.0
		for range 6 {
			copy(c.damped, c.info)
			for a := range d {
				c.damped[a*d+a] *= 1 + damp
			}
			if !cholesky(c.damped, d) {
				damp *= 10
				continue
			}
			copy(c.step, c.grad)
			solveLower(c.damped, d, c.step)
			solveUpper(c.damped, d, c.step)
			copy(c.trial, theta)
			for a, i := range p.active {
				c.trial[i] = min(max(theta[i]+min(max(c.step[a], -1.5), 1.5), -6), 6)
			}
			e.run(c.trial)
			if v := e.logPosterior(c.trial); v > value {
				gained = v - value
				value = v
				copy(theta, c.trial)
				damp = max(damp/10, 1e-4)
				break
			}
			damp *= 8
		}
		if gained < 0.01 {
			break
		}
	}
	return c.settle(theta, value)
}

// settle computes the curvature at theta.
func (c *climber) settle(theta []float64, value float64) mode {
	d := len(c.e.p.active)
	c.linearise(theta)
	m := mode{theta: append([]float64(nil), theta...), value: value, info: append([]float64(nil), c.info...)}
	m.factor(d)
	return m
}

// factor fills lower and logDet from info.
func (m *mode) factor(d int) {
	m.lower = append(m.lower[:0], m.info...)
	if !cholesky(m.lower, d) { // cannot be: the prior alone makes the information positive
		clear(m.lower)
		for a := range d {
			m.lower[a*d+a] = 1
		}
	}
	m.logDet = 0
	for a := range d {
		m.logDet += 2 * log(m.lower[a*d+a])
	}
}

// cholesky replaces the lower half of a by its factor; false when a is not
// positive definite.
func cholesky(a []float64, d int) bool {
	for i := range d {
		for j := range i + 1 {
			sum := a[i*d+j]
			for k := range j {
				sum -= float64(a[i*d+k] * a[j*d+k])
			}
			if i != j {
				a[i*d+j] = sum / a[j*d+j]
				continue
			}
			if !(sum > 1e-12) {
				return false
			}
			a[i*d+i] = math.Sqrt(sum)
		}
	}
	return true
}

func solveLower(l []float64, d int, x []float64) {
	for i := range d {
		for k := range i {
			x[i] -= float64(l[i*d+k] * x[k])
		}
		x[i] /= l[i*d+i]
	}
}

func solveUpper(l []float64, d int, x []float64) {
	for i := d - 1; i >= 0; i-- {
		for k := i + 1; k < d; k++ {
			x[i] -= float64(l[k*d+i] * x[k])
		}
		x[i] /= l[i*d+i]
	}
}
