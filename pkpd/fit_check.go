package pkpd

import "math"

// check compares the scores with scores that the fitted person would give:
// agreement is the share of draws in which invented scores are no more likely
// than the real ones, drift the share in which the residuals of invented scores
// hang together at least as much as the real ones.
func (person *Person) check(seed uint64) (agreement, drift float64) {
	const most = 200
	p, s := person.problem, person.sample
	n := len(p.obs)
	residual := make([]float64, n)
	together := func() float64 {
		a, b := 0.0, 1e-9
		for j, r := range residual {
			b += r * r
			if j > 0 {
				a += r * residual[j-1]
			}
		}
		return a / b
	}
	seen, worse, looser, at := 0, 0, 0, 0
	stride := max(1, len(person.copies)/most)
	for i, c := range person.copies {
		for range c {
			at++
			if at%stride != 0 {
				continue
			}
			st := NewStream(seed, streamCheck+uint64(at))
			rep := p.reportingOf(s.point(i))
			real, invented, hang := 0.0, 0.0, 0.0
			for turn := range 2 {
				sum := 0.0
				for j := range p.obs {
					o := p.obs[j]
					w, r := float64(s.fitted[i*n+j]), &rep[o.kind]
					if turn == 1 {
						o.y = r.draw(&o, w, &st)
						o.first, o.last = o.y == 0, o.y == o.top
					}
					sum += log(o.probability(r, w))
					residual[j] = min(max((o.y/o.scale-r.Baseline-r.Slope*w)/r.Sigma, -3), 3)
				}
				if turn == 0 {
					real, hang = sum, together()
				} else {
					invented = sum
				}
			}
			seen++
			if invented <= real {
				worse++
			}
			if together() >= hang {
				looser++
			}
		}
	}
	return (float64(worse) + 0.5) / (float64(seen) + 1), (float64(looser) + 0.5) / (float64(seen) + 1)
}

// strain is the largest posterior mean of a coordinate, all of which are
// standard normal a priori.
func (s *sample) strain(p *problem, w []float64) float64 {
	most := 0.0
	for _, a := range p.active {
		m := 0.0
		for i := range s.n {
			m += w[i] * s.theta[i*s.dim+a]
		}
		most = max(most, math.Abs(m))
	}
	return most
}

func (p *problem) reportingOf(theta []float64) (r [nScores]Reporting) {
	rest := theta[contentAt+2*len(p.product)+len(p.latent):]
	for k := range r {
		r[k] = reportingAt(ScoreKind(k), rest[3*k:])
	}
	return r
}

// patience is what each score counts when the residuals of neighbouring scores
// hang together: moods and nights last, so that ten scores of one bad week are
// not ten separate facts. It is (1-r)/(1+r), the share of independent scores
// that a series with lag correlation r is worth (Bayley and Hammersley 1946,
// doi:10.2307/2983560), where r stands out from chance.
func (e *evaluator) patience(theta []float64) float64 {
	e.run(theta)
	p := e.p
	var product, square, last float64
	n := 0
	for j := range p.obs {
		o := &p.obs[j]
		r := &e.person.reporting[o.kind]
		res := min(max((o.y/o.scale-r.Baseline-r.Slope*e.withdrawal(o.row))/r.Sigma, -3), 3)
		square += res * res
		if j > 0 {
			product += res * last
			n++
		}
		last = res
	}
	if n < 8 || square == 0 {
		return 1
	}
	lag, chance := product/square, 1/math.Sqrt(float64(n))
	if lag < 1.645*chance { // one in twenty without any hanging together
		return 1
	}
	lag -= 0.5 * chance
	return max((1-lag)/(1+lag), 0.2)
}
