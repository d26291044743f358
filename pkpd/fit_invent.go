package pkpd

import "context"

// Invent draws a person from the prior and returns the history with the scores
// this person would have written at its check-ins, and the person itself, known
// exactly. It is what simulation-based calibration starts from: to a fit of the
// returned history the truth is one draw among its own.
func Invent(h History, o FitOptions) (History, *Person, error) {
	if err := o.fill(); err != nil {
		return h, nil, err
	}
	if err := h.Check(); err != nil {
		return h, nil, err
	}
	s, leftOut := h.sorted()
	p := newProblem(&s, o.Population)
	truth := &Person{Basis: Fitted, NowH: h.NowH, problem: p, sample: newSample(p, 1), copies: []int{1}, seed: o.Seed ^ streamTruth}
	truth.Quality.LeftOut = leftOut
	if err := truth.sample.prior(context.Background(), p, o.Seed^streamTruth, 1); err != nil {
		return h, nil, err
	}
	truth.count()
	rep := p.reportingOf(truth.sample.theta)
	st := NewStream(o.Seed, streamTruth)
	x := rep.feltFirst(&st)
	for i := range s.CheckIns {
		ob := &p.obs[i]
		if i > 0 {
			rep.feltAfter(&x, ob.gapH, &st)
		}
		felt := rep.Baseline + rep.Slope*float64(truth.sample.fitted[i]) + feltAlong(&x, ob.cos, ob.sin, float64(truth.sample.away[i]))
		s.CheckIns[i].Score = rep.Write(ob.kind, s.CheckIns[i].Answered, felt, &st)
	}
	if n := len(p.obs); n > 0 {
		rep.feltAfter(&x, -p.obs[n-1].atH, &st)
	}
	truth.felt = [][nFelt]float64{x}
	h.CheckIns = s.CheckIns
	return h, truth, nil
}
