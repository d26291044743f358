package exposure

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// TolerancePoint is how far a body that took these doses has adjusted, as a
// share of the most it could: 0 is not at all. Fast follows within days, Slow
// within weeks.
type TolerancePoint struct {
	At         time.Time
	Fast, Slow float64
}

// HalfLives are in hours, over the people that the person may be.
type HalfLives struct {
	// Mitragynine has two: most of a dose leaves with the first, the rest,
	// stored in tissue, with the last.
	MitragynineFirst, MitragynineLast, SevenOH Level
}

const (
	// toleranceDays and toleranceStep draw the way here.
	toleranceDays = 30
	toleranceStep = 6 * time.Hour
)

// Tolerance runs the typical person through the doses; empty when the doses
// hold nobody knows what.
func Tolerance(j *journal.Journal, now time.Time) []TolerancePoint {
	doses, _ := dosesWithin(j, now, Reach)
	if len(doses) == 0 {
		return nil
	}
	n := int(toleranceDays*24*time.Hour/toleranceStep) + 1
	points := make([]TolerancePoint, n)
	times := make([]float64, n)
	for i := range n {
		points[i].At = now.Add(-time.Duration(n-1-i) * toleranceStep)
		times[i] = points[i].At.Sub(now).Hours()
	}
	typical := pkpd.Typical()
	_, adapted, err := pkpd.Curve(&typical, amounts(doses, nil), times)
	if err != nil {
		return nil
	}
	for i, s := range adapted {
		points[i].Fast, points[i].Slow = s.Fast, s.Slow
	}
	return points
}

// HalfLivesOf works them out for every person that this one may be.
func HalfLivesOf(person *pkpd.Person) (HalfLives, error) {
	var first, last, sevenOH []float64
	err := person.Each(pkpd.StopNow(), []float64{person.NowH}, func(d *pkpd.Draw) {
		alpha, beta := phases(&d.Params)
		for range d.Copies {
			first = append(first, math.Ln2/alpha)
			last = append(last, math.Ln2/beta)
			sevenOH = append(sevenOH, math.Ln2*d.Params.V7/(d.Params.CL7*d.Params.Inhibition))
		}
	})
	if err != nil {
		return HalfLives{}, err
	}
	return HalfLives{Middle(first), Middle(last), Middle(sevenOH)}, nil
}

// phases are the two rate constants (1/h) of a two-compartment model with
// elimination from the central one: the roots of x² - (k10+k12+k21)x + k10 k21.
func phases(p *pkpd.Params) (alpha, beta float64) {
	k10, k12, k21 := p.CL*p.Inhibition/p.V1, p.Q/p.V1, p.Q/p.V2
	sum := k10 + k12 + k21
	root := math.Sqrt(sum*sum - 4*k10*k21)
	alpha = (sum + root) / 2
	return alpha, k10 * k21 / alpha
}
