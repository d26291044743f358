package pkpd

import "math"

// FitPrior is what a fit starts from: the built-in population, with its family
// of bodies.
func FitPrior() Population { return Prior() }

// root is the lower triangle R of the covariance R R' of one person's effects:
// how people differ, and what is not known of any of them. An effect without
// spread of its own has a row of what it shares with those before it.
func (pop *Population) root() (r [NEffects][NEffects]float64) {
	var cov [NEffects][NEffects]float64
	for i := range cov {
		for j := range i + 1 {
			for k := range j + 1 {
				cov[i][j] += float64(pop.Doubt[i][k] * pop.Doubt[j][k])
			}
		}
		cov[i][i] += float64(pop.Omega[i] * pop.Omega[i])
	}
	for i := range r {
		for j := range i + 1 {
			sum := cov[i][j]
			for k := range j {
				sum -= float64(r[i][k] * r[j][k])
			}
			switch {
			case i == j:
				r[i][i] = math.Sqrt(max(sum, 0))
			case r[j][j] > 1e-9:
				r[i][j] = sum / r[j][j]
			}
		}
	}
	return r
}

// What unknown amounts are taken to be: the person's usual, times a factor with
// a latent normal number u behind it. Assumed, and wide on purpose.
const (
	unknownLogSD = 0.6 // of the amount on days without entries
	recallLogSD  = 0.3 // of a habit that the person described
)

// unknownFactor is about lognormal with the share of nothing that some unknown
// days surely are: one in ten is a third of the usual or less.
func unknownFactor(u float64) float64 {
	return exp(unknownLogSD*u) / (1 + exp(-(u+1.3)/0.2))
}
