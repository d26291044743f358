package app

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Outlook is the Body page: what is in the body, how far it has adjusted, and
// what the days to come may bring.
type Outlook struct {
	Now      time.Time
	Settings journal.Settings
	// Body is the curve around now, as on Today.
	Body Body
	// Reading is how now compares with the usual for this hour, and when most
	// of a withdrawal would be over if nothing more were taken.
	Reading pkpd.Outlook
	// Ahead is the forecast for the regimen asked for.
	Ahead Ahead
	// Tolerance is the typical person's adaptation over the last weeks.
	Tolerance []TolerancePoint
	HalfLives HalfLives
}

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

// Ahead is a forecast under one what-if regimen.
type Ahead struct {
	// Share of the usual doses that the regimen supposes: 0 is stopping now, 1
	// is going on as in the last days.
	Share float64
	// Basis says whether the person's own check-ins shaped it; if not, why.
	Basis   pkpd.Basis
	Quality pkpd.Quality
	Times   []time.Time
	// Forecast holds the bands at Times.
	Forecast *pkpd.Forecast
}

const (
	// aheadDays is how far a forecast goes: in the adaptation literature most
	// recovery takes two to three weeks; beyond two the bands say little.
	aheadDays = 14
	aheadStep = 2 * time.Hour
	// toleranceDays and toleranceStep draw the way here.
	toleranceDays = 30
	toleranceStep = 6 * time.Hour
)

// Ahead forecasts the next two weeks if the person took share of their usual
// doses. It changes nothing, and says nothing about what anyone should do.
func (a *App) Ahead(ctx context.Context, share float64) (Ahead, error) {
	var ahead Ahead
	err := a.with(ctx, func(j *journal.Journal) error {
		var err error
		ahead, err = a.ahead(ctx, j, share)
		return err
	})
	return ahead, err
}

func (a *App) ahead(ctx context.Context, j *journal.Journal, share float64) (Ahead, error) {
	if !(share >= 0 && share <= 2) {
		return Ahead{}, fault.New(fault.Invalid, "A what-if is from 0 (none) to 200 percent of the usual doses. Choose a share in between.")
	}
	person, at, err := a.fit(ctx, j, a.clock.Now())
	if err != nil {
		return Ahead{}, err
	}
	n := int(aheadDays*24*time.Hour/aheadStep) + 1
	out := Ahead{Share: share, Basis: person.Basis, Quality: person.Quality, Times: make([]time.Time, n)}
	hours := make([]float64, n)
	for i := range n {
		out.Times[i] = at.Add(time.Duration(i) * aheadStep)
		hours[i] = person.NowH + out.Times[i].Sub(at).Hours()
	}
	out.Forecast, err = person.Forecast(ctx, pkpd.Scaled(share), hours)
	if err != nil {
		return Ahead{}, fault.Wrap(err, fault.Internal, "The forecast could not be computed. Your entries are safe.")
	}
	return out, nil
}

// Outlook gathers the Body page under a what-if regimen.
func (a *App) Outlook(ctx context.Context, share float64) (Outlook, error) {
	var o Outlook
	err := a.with(ctx, func(j *journal.Journal) error {
		now := a.clock.Now()
		o = Outlook{Now: now, Settings: j.Settings(), Body: a.body(j, now), Tolerance: tolerance(j, now)}
		var err error
		if o.Ahead, err = a.ahead(ctx, j, share); err != nil {
			return err
		}
		if o.Reading, err = a.reading(ctx, j, now); err != nil {
			return err
		}
		o.HalfLives, err = halfLives(a.fitted.person)
		return err
	})
	return o, err
}

// tolerance runs the typical person through the doses; empty when the doses
// hold nobody knows what.
func tolerance(j *journal.Journal, now time.Time) []TolerancePoint {
	doses, _ := dosesWithin(j, now, fitReach)
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

// halfLives are worked out for every person that this one may be.
func halfLives(person *pkpd.Person) (HalfLives, error) {
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
		return HalfLives{}, fault.Wrap(err, fault.Internal, "The forecast could not be computed. Your entries are safe.")
	}
	return HalfLives{middle(first), middle(last), middle(sevenOH)}, nil
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

// middle is the median and the middle 80 % of values.
func middle(values []float64) Level {
	if len(values) == 0 {
		return Level{}
	}
	slices.Sort(values)
	n := len(values)
	return Level{Low: values[n/10], Mid: values[n/2], High: values[n-1-n/10]}
}
