package main

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/pkpd"
)

// centreOf places the centres of the priors in the file and returns what the
// bodies are drawn around.
func centreOf(l *pkpd.Library) (pkpd.Population, error) {
	coords, err := priors()
	if err != nil {
		return pkpd.Population{}, err
	}
	x := make([]float64, len(coords))
	for i, c := range coords {
		x[i] = c.mean
	}
	place(l, coords, x)
	pop := l.Population()
	return pop.Central(), nil
}

// settle writes the family into the file: its mean becomes the central body, its
// covariance the doubt. The kinetics keep the centre that blood gave them; the
// spread of the gain is its mean.
func (d *draws) settle(l *pkpd.Library) {
	w, _ := d.weights(1, -1)
	mean, cov := d.moments(w)
	place(l, d.coords, mean)
	of := func(e pkpd.Effect) int {
		return slices.IndexFunc(d.coords, func(c coordinate) bool { return c.effect == int(e) })
	}
	var whole [][]float64
	l.Family = pkpd.Family{Method: familyMethod}
	for e := range pkpd.NEffects {
		l.Family.Effects = append(l.Family.Effects, pkpd.EffectNames[e])
		line := make([]float64, pkpd.NEffects)
		for f := range pkpd.NEffects {
			line[f] = cov[of(e)][of(f)]
		}
		whole = append(whole, line)
	}
	for i, line := range cholesky(whole) {
		short := make([]float64, i+1)
		for j := range short {
			short[j] = roundTo(line[j])
		}
		l.Family.Cholesky = append(l.Family.Cholesky, short)
	}
}

// roundTo keeps four decimals: on a log scale a hundredth of a per cent.
func roundTo(x float64) float64 { return math.Round(x*1e4) / 1e4 }

const familyMethod = "Adaptive multiple importance sampling over the priors and anchors of tools/calibrate/data, then the normal distribution with the mean and covariance of the weighted draws. See docs/science.md."

// spread is three quantiles of a weighted sample.
type spread struct{ P5, P50, P95 float64 }

// spreadOf returns the quantiles of values under weights.
func spreadOf(v, w []float64) spread {
	order := make([]int, len(v))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case v[a] < v[b]:
			return -1
		case v[a] > v[b]:
			return 1
		}
		return 0
	})
	at := func(p float64) float64 {
		sum := 0.0
		for _, i := range order {
			if sum += w[i]; sum >= p {
				return round(v[i])
			}
		}
		return round(v[order[len(order)-1]])
	}
	return spread{at(0.05), at(0.5), at(0.95)}
}

// predict draws bodies of a population and returns the quantiles of each
// summary over them, and the mean: of a share, the share of all people.
func predict(pop *pkpd.Population, design map[string][]float64, n int) ([]spread, []float64, error) {
	l, err := newLooker(&pop.Typical, design)
	if err != nil {
		return nil, nil, err
	}
	columns := make([][]float64, len(summaries))
	mean := make([]float64, len(summaries))
	w := make([]float64, n)
	for i := range n {
		s := pkpd.NewStream(seed+1, uint64(i))
		eta := pop.DrawBody(&s)
		typical := pop.Typical.With(&eta)
		for k, v := range l.look(&typical, &pop.Omega) {
			columns[k] = append(columns[k], v)
			mean[k] += v / float64(n)
		}
		w[i] = 1 / float64(n)
	}
	out := make([]spread, len(summaries))
	for k := range out {
		out[k] = spreadOf(columns[k], w)
		mean[k] = round(mean[k])
	}
	return out, mean, nil
}
