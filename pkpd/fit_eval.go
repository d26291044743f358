package pkpd

import "math"

// fittedPerson is what a point in coordinate space stands for.
type fittedPerson struct {
	params    Params
	reporting Reporting
}

// at writes the person at theta, and the factors of the dose groups.
func (p *problem) at(theta []float64, q *fittedPerson, factorM, factor7 []float64) {
	eta := p.effects(theta)
	q.params = p.pop.Typical.With(&eta)
	nProd := len(p.product)
	latents := theta[contentAt+2*nProd:]
	for i, g := range p.groups {
		m := exp(p.product[g.product].MitragynineLogSD * theta[contentAt+2*g.product])
		s := exp(p.product[g.product].SevenOHLogSD * theta[contentAt+2*g.product+1])
		if g.latent >= 0 {
			f := 1.0
			switch u := latents[g.latent]; p.latent[g.latent] {
			case latentUnknown:
				f = unknownFactor(u)
			case latentRecall:
				f = exp(recallLogSD * u)
			}
			m, s = m*f, s*f
		}
		factorM[i], factor7[i] = m, s
	}
	q.reporting = reportingAt(latents[len(p.latent):])
}

// effects are those of the body at theta.
func (p *problem) effects(theta []float64) (eta Effects) {
	for e := range eta {
		for c, l := range p.root[e][:e+1] {
			eta[e] += float64(l * theta[c])
		}
	}
	return eta
}

// reportingOf is the reporting part of a point.
func (p *problem) reportingOf(theta []float64) Reporting {
	return reportingAt(theta[contentAt+2*len(p.product)+len(p.latent):])
}

// evaluator computes what the model says of one point after another. Not safe
// for several goroutines.
type evaluator struct {
	p      *problem
	body   body
	person fittedPerson
	rows   []imbalance
	filter *filter
	w      []float64 // withdrawal at each observation
	away   []float64 // departure from balance at each
	flat   bool      // take the body for one that feels no withdrawal
	early  float64   // log likelihood of what was written before the last days
	recent expected
}

// expected is what the doses and earlier scores had made of the recent scores:
// the mean of what would be felt at them and its standard deviation, and the
// mean of what was written, all on 0..10.
type expected struct{ mean, sd, wrote float64 }

func newEvaluator(p *problem) *evaluator {
	e := &evaluator{p: p, rows: make([]imbalance, p.record.rows), filter: newFilter(p.obs), w: make([]float64, len(p.obs)), away: make([]float64, len(p.obs))}
	e.body.factorM, e.body.factor7 = make([]float64, len(p.groups)), make([]float64, len(p.groups))
	return e
}

// run computes the whole history at theta into e.rows, e.w and e.body.state.
func (e *evaluator) run(theta []float64) {
	p := e.p
	if e.flat {
		e.person.reporting = p.reportingOf(theta)
		return
	}
	p.at(theta, &e.person, e.body.factorM, e.body.factor7)
	e.runBody()
	for j := range p.obs {
		excess := e.rows[p.obs[j].row].excess
		e.w[j], e.away[j] = withdrawal(e.person.params.Gain, excess), departure(e.person.params.Threshold, excess)
	}
}

// runBody computes e.rows and e.body.state for e.person and the factors set.
func (e *evaluator) runBody() {
	p, b := e.p, &e.body
	b.set(&e.person.params, p.forms, p.used)
	b.naive()
	if p.day != nil {
		b.habit(p.day, p.nDays)
	}
	b.run(p.record, e.rows, nil)
}

// logPosterior is of e's last run; theta as then, or with other reporting in
// e.person.
func (e *evaluator) logPosterior(theta []float64) float64 {
	return e.logLikelihood() - 0.5*squares(theta, e.p.active)
}

func (e *evaluator) logLikelihood() float64 {
	var s feltState
	r, f := &e.person.reporting, e.filter
	f.decays(r)
	s.begin(r)
	e.early = f.run(&s, r, e.w, e.away, 0, e.p.recent)
	e.expect(&s)
	return e.early + f.run(&s, r, e.w, e.away, e.p.recent, e.p.scored)
}

// expect fills e.recent from the state before the recent scores.
func (e *evaluator) expect(s *feltState) {
	p, r := e.p, &e.person.reporting
	list := p.obs[p.recent:]
	if len(list) == 0 {
		return
	}
	x, slow := expected{}, s.mean[feltSlow]
	fade, fadeLaw, away, n := 1.0, 1.0, 0.0, float64(len(list))
	for j := range list {
		o := &list[j]
		if p.recent+j > 0 {
			fade *= e.filter.slow[p.recent+j]
			fadeLaw *= o.discrepancy
		}
		offset, per, _ := r.form(o.kind)
		x.mean += Rough10(r.Baseline+float64(r.Slope*e.w[p.recent+j])+float64(fade*slow)+float64(fadeLaw*s.mean[feltDiscrepancy]*e.away[p.recent+j])+float64(s.mean[feltCos]*o.cos)+float64(s.mean[feltSin]*o.sin)) / n
		away += e.away[p.recent+j] / n
		x.wrote += Rough10((o.y/o.scale-offset)/per) / n
	}
	known := fade * fade
	variance := float64(known*s.cov[feltSlow][feltSlow]) + (1-known)*float64(r.SlowSD*r.SlowSD) +
		(float64(r.QuickSD*r.QuickSD)+askSD*askSD)/n + s.cov[feltCos][feltCos] +
		float64(away*away)*(float64(fadeLaw*fadeLaw)*s.cov[feltDiscrepancy][feltDiscrepancy]+(1-float64(fadeLaw*fadeLaw))*discrepancySD*discrepancySD)
	x.sd = math.Sqrt(variance)
	e.recent = x
}

func squares(theta []float64, active []int) float64 {
	sum := 0.0
	for _, i := range active {
		sum += float64(theta[i] * theta[i])
	}
	return sum
}
