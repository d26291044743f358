package pkpd

import (
	"context"
	"math"
	"slices"
)

// Contradiction says that the scores of the last two days are not what the
// doses in the journal, and the scores before, had led the model to expect. The
// forecast then follows the person's own words; this is what a page needs to
// say so.
type Contradiction struct {
	More     bool      // the person wrote more than the doses explain; else less
	Scores   []float64 // the last scores of 0 to 10, oldest first, at most four; empty if only symptoms were answered
	Wrote    float64   // mean of all scores of the last two days, on 0..10
	Expected Band      // of that mean, 0..10
	P        float64   // of a mean as far off, one-sided
}

const (
	surprising   = 0.025 // one-sided; assumed
	slightZ      = 0.7   // standard deviations
	leastGap     = 1.0   // in points of 0..10: a smaller surprise is none
	earlyESS     = 60.0  // effective draws of a full fit below which it takes a fit of its own
	earlyDraws   = 300   // of which
	leastESS     = 10.0  // must be effective, or nothing is said
	shownScores  = 4
	driftScores  = 3
	driftWindowH = 36.0 // scores further apart are no neighbours
)

// contradict compares the recent scores with what the model makes of them by
// everything but those scores: from the draws at hand where enough of them
// stand for that, from a small fit of its own otherwise.
func (person *Person) contradict(ctx context.Context, o FitOptions, modes []mode) error {
	p, s := person.problem, person.sample
	if p.recent == len(p.obs) {
		return nil
	}
	logW := make([]float64, s.n)
	for i := range logW {
		logW[i] = s.logEarly[i] - s.mixture[i]
	}
	w, ess, _ := weigh(logW)
	if ess < earlyESS {
		// Not worth a fit where even draws that know the recent scores, by the
		// state before them, are not surprised.
		all, _, _ := weigh(s.logW)
		z := 0.0
		for i, v := range all {
			z += v * (s.recent[i].wrote - s.recent[i].mean) / s.recent[i].sd
		}
		if math.Abs(z) < slightZ {
			return nil
		}
		early := *p
		early.scored = p.recent
		c := newClimber(&early)
		from := []mode{c.climb(slices.Clone(modes[0].theta), rounds), modes[len(modes)-1]}
		o.Draws = earlyDraws
		s = newSample(&early, o.Draws)
		var err error
		if w, ess, _, err = s.adapt(ctx, &early, from, o, 1); err != nil {
			return err
		}
		if ess < leastESS {
			return nil // no telling
		}
	}
	person.Contradiction = p.contradiction(s, w)
	return nil
}

// contradiction is that of the recent scores by a weighted sample.
func (p *problem) contradiction(s *sample, w []float64) *Contradiction {
	c := Contradiction{}
	below, gap := 0.0, 0.0
	values, copies := make([]float32, 0, s.n), make([]int32, 0, s.n)
	total := 0
	for i, v := range w {
		x := &s.recent[i]
		cdf, _ := normalTail((x.mean - x.wrote) / x.sd)
		below += v * cdf
		gap += v * (x.wrote - x.mean)
		c.Wrote += v * x.wrote
		if n := int32(v*1e6 + 0.5); n > 0 {
			// The doubt within a draw as nine points of equal weight.
			for k := range 9 {
				values = append(values, float32(Rough10(x.mean+x.sd*normalQuantile((float64(k)+0.5)/9))))
				copies = append(copies, n)
				total += int(n)
			}
		}
	}
	var t ranker
	c.Expected = t.band(values, copies, total)
	switch {
	case below < surprising && gap > leastGap:
		c.More, c.P = true, below
	case below > 1-surprising && gap < -leastGap:
		c.P = 1 - below
	default:
		return nil
	}
	for j := len(p.obs) - 1; j >= p.recent && len(c.Scores) < shownScores; j-- {
		if p.obs[j].kind == Rough {
			c.Scores = append([]float64{p.obs[j].y}, c.Scores...)
		}
	}
	return &c
}

// drift is how far one surprise tells the next: the correlation of neighbouring
// innovations of the filter's last run.
func (f *filter) drift() (product, square float64, n int) {
	last, lastAt := math.NaN(), math.Inf(-1)
	for j := range f.obs {
		o := &f.obs[j]
		r := (o.y/o.scale - f.mean[j]) / math.Sqrt(f.vari[j])
		r = min(max(r, -3), 3)
		if o.first && r > 0 || o.last && r < 0 {
			r = 0 // cut there: no surprise
		}
		if o.atH-lastAt < driftWindowH {
			product += r * last
			n++
		}
		square += r * r
		last, lastAt = r, o.atH
	}
	return product, square, n
}
