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
// information: the log probability of a score is no square, but its curvature
// by the mean is known, so the same steps apply.
type climber struct {
	e       *evaluator
	jac     [][]float64 // per active coordinate: d withdrawal / d theta at every observation
	base    []float64
	grad    []float64
	info    []float64
	damped  []float64
	step    []float64
	trial   []float64
	dMean   []float64
	dSigma  []float64
	curve   []float64
	touched []float64
}

func newClimber(p *problem) *climber {
	d, n := len(p.active), len(p.obs)
	c := &climber{e: newEvaluator(p), base: make([]float64, n), grad: make([]float64, d), info: make([]float64, d*d),
		damped: make([]float64, d*d), step: make([]float64, d), trial: make([]float64, len(p.coords)),
		dMean: make([]float64, n), dSigma: make([]float64, n), curve: make([]float64, n), touched: make([]float64, len(p.coords))}
	c.jac = make([][]float64, d)
	for i := range c.jac {
		c.jac[i] = make([]float64, n)
	}
	return c
}

// linearise fills gradient and information at theta.
func (c *climber) linearise(theta []float64) {
	e, p := c.e, c.e.p
	e.run(theta)
	rep := e.person.reporting
	gain := e.person.params.Gain
	for i := range p.obs {
		o := &p.obs[i]
		c.base[i] = e.withdrawal(o.row)
		c.dMean[i], c.dSigma[i], c.curve[i] = o.slopes(&rep[o.kind], c.base[i])
	}
	copy(c.touched, theta)
	for a, i := range p.active {
		q, col := p.coords[i], c.jac[a]
		switch {
		case q.kind == coordBaseline || q.kind == coordSlope || q.kind == coordSigma:
			r := &reportingPrior[q.index]
			for j := range p.obs {
				col[j] = 0
				if p.obs[j].kind != ScoreKind(q.index) {
					continue
				}
				switch q.kind {
				case coordBaseline:
					col[j] = r.baseSD
				case coordSlope:
					col[j] = rep[q.index].Slope * c.base[j] * r.slopeSD
				}
			}
		case q.kind == coordEffect && Effect(q.index) == EffGain:
			for j := range p.obs {
				o := &p.obs[j]
				col[j] = 0
				if w := gain * e.rows[o.row].excess; w > 0 && w < WithdrawalMax {
					col[j] = w * p.pop.Omega[EffGain] * rep[o.kind].Slope
				}
			}
		}
	}
	for a, i := range p.active {
		q, col := p.coords[i], c.jac[a]
		if q.kind >= coordBaseline || q.kind == coordEffect && Effect(q.index) == EffGain {
			continue
		}
		c.touched[i] += difference
		e.run(c.touched)
		c.touched[i] = theta[i]
		for j := range p.obs {
			o := &p.obs[j]
			col[j] = (e.withdrawal(o.row) - c.base[j]) / difference * rep[o.kind].Slope
		}
	}
	d := len(p.active)
	for a, i := range p.active {
		g := -theta[i]
		q := p.coords[i]
		for j := range p.obs {
			g += c.jac[a][j] * c.dMean[j]
		}
		if q.kind == coordSigma {
			for j := range p.obs {
				if p.obs[j].kind == ScoreKind(q.index) {
					g += c.dSigma[j] * reportingPrior[q.index].sigmaSD
				}
			}
		}
		c.grad[a] = g
		for b := range a + 1 {
			sum := 0.0
			for j := range p.obs {
				sum += c.jac[a][j] * c.jac[b][j] * c.curve[j]
			}
			c.info[a*d+b], c.info[b*d+a] = sum, sum
		}
		if q.kind == coordSigma {
			sd := reportingPrior[q.index].sigmaSD
			for j := range p.obs {
				if o := &p.obs[j]; o.kind == ScoreKind(q.index) {
					if o.first || o.last { // a cut score says little of the noise
						c.info[a*d+a] += 0.2 * sd * sd
					} else {
						c.info[a*d+a] += 8.0 / 7 * sd * sd
					}
				}
			}
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

// temper makes the mode one of the posterior in which scores count power.
func (m *mode) temper(power float64, active []int) {
	d := len(active)
	prior := -0.5 * squares(m.theta, active)
	m.value = prior + power*(m.value-prior)
	for i := range m.info {
		m.info[i] *= power
	}
	for a := range d {
		m.info[a*d+a] += 1 - power // the prior's own share of it is 1
	}
	m.factor(d)
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
