package pkpd

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
			rep := p.reportingOf(s.theta[i*s.dim : (i+1)*s.dim])
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

func (p *problem) reportingOf(theta []float64) (r [nScores]Reporting) {
	rest := theta[int(NEffects)+2*len(p.product)+len(p.latent):]
	for k := range r {
		r[k] = reportingAt(ScoreKind(k), rest[3*k:])
	}
	return r
}
