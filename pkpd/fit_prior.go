package pkpd

import "math"

// unsure is how far a typical value itself may be off, as the standard
// deviation of its log, by the grade of its evidence. A population's omega says
// how people differ around the typical person; someone who is fitted also meets
// the doubt about the typical person. Values for which people's own answers or
// blood were measured carry theirs in omega already; assumed.
var unsure = map[string]float64{"AN": 0.4, "IV": 0.4, "EX": 0.4, "COM": 0.5}

// FitPrior is the built-in population, widened by what is not known of the
// typical person. It is what Fit starts from.
func FitPrior() Population {
	pop := Prior()
	for _, q := range Standard().Parameters {
		for i, name := range effectSymbols {
			if q.Symbol == name && pop.Omega[i] > 0 {
				pop.Omega[i] = math.Hypot(pop.Omega[i], unsure[q.Grade])
			}
		}
	}
	return pop
}

// What the model takes as the same for everyone, on evidence too weak to take it
// as known: the standard deviations of the log odds of the fast adaptation's
// share (community reports) and of the log of the threshold. Assumed.
const (
	shareLogSD     = 0.5
	thresholdLogSD = 0.3
)

// Reporting is how one person turns withdrawal into a score. On the scale of
// the form (0..10, or 0..64 for symptoms) a check-in is
// Baseline + Slope x withdrawal + Sigma x noise, noise being Student's t with 4
// degrees of freedom, rounded and cut to what the form can hold. The baseline
// is everything else a person may feel rough from.
type Reporting struct{ Baseline, Slope, Sigma float64 }

// reportingPrior is what is expected of a person before their first check-in:
// mean and sd of the baseline, median and log-sd of slope and noise. Nobody has
// measured these for our forms: assumed. A slope of 0.156 makes the top of one
// scale the top of the other (10/64); 1 is the identity. Baselines are wide because many who use kratom
// live with pain or low mood.
var reportingPrior = [nScores]struct{ base, baseSD, slope, slopeSD, sigma, sigmaSD float64 }{
	Rough:    {2, 2, 0.156, 0.4, 1.2, 0.4},
	Symptoms: {8, 8, 1, 0.3, 4.5, 0.4},
}

// Draw returns one score for a withdrawal, as the person would report it.
// answered is as in CheckIn.
func (r *Reporting) Draw(kind ScoreKind, answered int, withdrawal float64, s *Stream) float64 {
	c := CheckIn{Kind: kind, Answered: answered}
	return r.draw(&observation{scale: c.scale(), top: c.top()}, withdrawal, s)
}

func (r *Reporting) draw(o *observation, withdrawal float64, s *Stream) float64 {
	chi2 := -2 * log(s.Uniform()*s.Uniform()) // with 4 degrees of freedom
	t := s.Normal() / math.Sqrt(chi2/4)
	return min(o.top, max(0, math.Floor((r.Baseline+r.Slope*withdrawal+r.Sigma*t)*o.scale+0.5)))
}

// scale turns the 0..64 scale of symptoms into their sum.
func (c *CheckIn) scale() float64 {
	if c.Kind == Rough {
		return 1
	}
	return c.top() / WithdrawalMax
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
