package pkpd

import "math"

// Given a body, what the doses do not explain is a linear Gaussian state seen
// through whole numbers: a Kalman filter integrates it out. A score is an
// interval, open at the ends of its form, so the state is matched by its first
// two moments after each (assumed density filtering; Minka 2001); against a
// grid that knows no such shortcut the likelihood agrees to a few hundredths (a
// test), and where scores are fine and uncut it is the dense Gaussian's.

// The state: slow, quick, the two amplitudes of a daily swing, and discrepancy.
const (
	feltSlow = iota
	feltQuick
	feltCos
	feltSin
	feltDiscrepancy
	nFelt
)

// feltState is a Gaussian over the state.
type feltState struct {
	mean [nFelt]float64
	cov  [nFelt][nFelt]float64
}

func (s *feltState) begin(r *Reporting) {
	*s = feltState{}
	s.cov[feltSlow][feltSlow] = float64(r.SlowSD * r.SlowSD)
	s.cov[feltQuick][feltQuick] = float64(r.QuickSD * r.QuickSD)
	s.cov[feltCos][feltCos] = dailySD * dailySD
	s.cov[feltSin][feltSin] = dailySD * dailySD
	s.cov[feltDiscrepancy][feltDiscrepancy] = discrepancySD * discrepancySD
}

// pass lets time go by: slow keeps a share of itself, quick and discrepancy
// others.
func (s *feltState) pass(r *Reporting, slow, quick, discrepancy float64) {
	s.mean[feltSlow] *= slow
	s.mean[feltQuick] *= quick
	s.mean[feltDiscrepancy] *= discrepancy
	for i := range nFelt {
		s.cov[feltSlow][i] *= slow
		s.cov[i][feltSlow] *= slow
		s.cov[feltQuick][i] *= quick
		s.cov[i][feltQuick] *= quick
		s.cov[feltDiscrepancy][i] *= discrepancy
		s.cov[i][feltDiscrepancy] *= discrepancy
	}
	s.cov[feltSlow][feltSlow] += float64(r.SlowSD*r.SlowSD) * (1 - float64(slow*slow))
	s.cov[feltQuick][feltQuick] += float64(r.QuickSD*r.QuickSD) * (1 - float64(quick*quick))
	s.cov[feltDiscrepancy][feltDiscrepancy] += discrepancySD * discrepancySD * (1 - float64(discrepancy*discrepancy))
}

// along returns the covariance with what is felt, and the mean and variance of
// that, at an hour of the day given as cosine and sine and at a departure from
// balance.
func (s *feltState) along(c, d, away float64) (with [nFelt]float64, mean, variance float64) {
	for i := range with {
		q := &s.cov[i]
		with[i] = q[0] + q[1] + float64(q[2]*c) + float64(q[3]*d) + float64(q[4]*away)
	}
	mean = s.mean[0] + s.mean[1] + float64(s.mean[2]*c) + float64(s.mean[3]*d) + float64(s.mean[4]*away)
	variance = with[0] + with[1] + float64(with[2]*c) + float64(with[3]*d) + float64(with[4]*away)
	return
}

// filter runs over the observations of a problem. Not safe for several
// goroutines. Its columns are of the last run, one entry an observation.
type filter struct {
	obs   []observation
	slow  []float64        // what slow keeps of itself since the observation before
	mean  []float64        // predicted, on the scale of the form
	vari  []float64        // its variance, rounding included
	slope []float64        // derivative of the log probability by the mean
	curve []float64        // minus the second derivative
	gain  [][nFelt]float64 // how the state moves with it
}

func newFilter(obs []observation) *filter {
	n := len(obs)
	return &filter{obs: obs, slow: make([]float64, n), mean: make([]float64, n), vari: make([]float64, n),
		slope: make([]float64, n), curve: make([]float64, n), gain: make([][nFelt]float64, n)}
}

// decays prepares for a person's time constant.
func (f *filter) decays(r *Reporting) {
	for j := range f.obs {
		f.slow[j] = exp(-f.obs[j].gapH / r.SlowTauH)
	}
}

// run takes the state through observations from..to-1 and returns the log of
// their probability. w is the withdrawal at each, away the departure.
func (f *filter) run(s *feltState, r *Reporting, w, away []float64, from, to int) float64 {
	sum, product := 0.0, 1.0
	for j := from; j < to; j++ {
		o := &f.obs[j]
		if j > 0 {
			s.pass(r, f.slow[j], o.quick, o.discrepancy)
		}
		with, felt, variance := s.along(o.cos, o.sin, away[j])
		offset, per, sd := r.form(o.kind)
		mean := offset + float64(per*(r.Baseline+float64(r.Slope*w[j])+felt))
		variance = float64(per*per*variance) + float64(sd*sd)
		z, logZ, slope, curve := o.interval(mean, variance)
		f.mean[j], f.vari[j] = mean, variance+1/(12*o.scale*o.scale)
		f.slope[j], f.curve[j] = slope, curve
		for i := range with {
			with[i] *= per
			s.mean[i] += float64(with[i] * slope)
		}
		f.gain[j] = with
		for i := range with {
			q, v := &s.cov[i], float64(with[i]*curve)
			for k := range q {
				q[k] -= float64(v * with[k])
			}
		}
		if z < 1e-20 {
			sum += logZ
		} else if product *= z; product < 1e-200 {
			sum, product = sum+log(product), 1
		}
	}
	return sum + log(product)
}

// interval is the probability of the score under a normal mean and variance on
// the scale of its form, the log of it (where it is tiny), and its slope and
// curvature by the mean.
func (o *observation) interval(mean, variance float64) (z, logZ, slope, curve float64) {
	s := math.Sqrt(variance)
	a, b := (o.low-mean)/s, (o.high-mean)/s
	sign, first, last := 1.0, o.first, o.last
	if !first && a > 0 { // the lower tail keeps its digits, the upper does not
		a, b, first, last, sign = -b, -a, last, first, -1
	}
	var ca, cb, fa, fb float64
	cb = 1
	if !first {
		ca, fa = normalTail(a)
	}
	if !last {
		cb, fb = normalTail(b)
	}
	z = cb - ca
	if z < 1e-280 { // further than 35 standard deviations
		return 0, -0.5*float64(b*b) - log(-2.5066282746310002*b), sign * b / s, 1 / variance
	}
	if z < 1e-20 {
		logZ = log(z)
	}
	d := (fa - fb) / z
	c := float64(d*d) - (float64(a*fa)-float64(b*fb))/z
	return z, logZ, sign * d / s, min(max(c, 0), 1) / variance
}

// tangent turns the derivatives of the observations' means by a coordinate,
// the state held, into those with the state following. It works in place.
func (f *filter) tangent(r *Reporting, away, column []float64) {
	var t [nFelt]float64
	for j := range f.obs {
		o := &f.obs[j]
		t[feltSlow] *= f.slow[j]
		t[feltQuick] *= o.quick
		t[feltDiscrepancy] *= o.discrepancy
		_, per, _ := r.form(o.kind)
		column[j] += per * (t[0] + t[1] + t[2]*o.cos + t[3]*o.sin + t[4]*away[j])
		for i := range t {
			t[i] -= f.gain[j][i] * f.curve[j] * column[j]
		}
	}
}
