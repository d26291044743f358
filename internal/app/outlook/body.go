package outlook

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
)

// Body is the Body page: what is in the body, how far it has adjusted, and
// what the days to come may bring.
type Body struct {
	Now time.Time
	// Curve is what is in the body around now, as on Today.
	Curve exposure.Curve
	// Reading is how now compares with the usual for this hour, and when most
	// of a withdrawal would be over if nothing more were taken.
	Reading pkpd.Outlook
	// Ahead is the forecast for the regimen asked for.
	Ahead Ahead
	// Tolerance is the typical person's adaptation over the last weeks.
	Tolerance []exposure.TolerancePoint
	HalfLives exposure.HalfLives
}

// Ahead is a forecast under one what-if regimen.
type Ahead struct {
	// Share of the usual doses that the regimen supposes: 0 is stopping now, 1
	// is going on as in the last days.
	Share float64
	// Basis says whether the person's own check-ins shaped it; if not, why.
	Basis   pkpd.Grounds
	Quality pkpd.Quality
	Times   []time.Time
	// Forecast holds the bands at Times, Same those of going on as now, to compare
	// with.
	Forecast, Same *pkpd.Forecast
	// Guessed says that most of what acts on the body comes from doses of unknown
	// strength: no level is shown then, it would be made up.
	Guessed bool
	// Said is what may be said of what lies ahead, in order.
	Said []say.Said
}

const (
	// aheadDays is how far a forecast goes: in the adaptation literature most
	// recovery takes two to three weeks; beyond two the bands say little.
	aheadDays = 14
	aheadStep = 2 * time.Hour
	// mostShare is the largest what-if, as a share of the usual doses.
	mostShare = 2
)

// Ahead forecasts the next two weeks if the person took share of their usual
// doses. It says nothing about what anyone should do.
func (r *Reader) Ahead(ctx context.Context, j *journal.Journal, now time.Time, share float64) (Ahead, error) {
	if !(share >= 0 && share <= mostShare) {
		return Ahead{}, fault.New(fault.Invalid, "outlook.share_range")
	}
	f, err := r.fit(ctx, j, now)
	if err != nil {
		return Ahead{}, err
	}
	return f.whatIf(ctx, share)
}

// whatIf is the forecast under a share, kept as long as the fit holds.
func (f *fit) whatIf(ctx context.Context, share float64) (Ahead, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if kept, ok := f.ahead[share]; ok {
		return kept, nil
	}
	n := int(aheadDays*24*time.Hour/aheadStep) + 1
	out := Ahead{Share: share, Basis: f.person.Basis, Quality: f.person.Quality, Guessed: f.person.Guess.Most(), Times: make([]time.Time, n)}
	hours := make([]float64, n)
	for i := range n {
		out.Times[i] = f.at.Add(time.Duration(i) * aheadStep)
		hours[i] = f.person.NowH + out.Times[i].Sub(f.at).Hours()
	}
	var err error
	if out.Forecast, err = f.person.Forecast(ctx, pkpd.Scaled(share), hours); err != nil {
		return Ahead{}, failed(ctx, err)
	}
	if f.same == nil {
		if f.same, err = f.person.Forecast(ctx, pkpd.SameAsNow(), hours); err != nil {
			return Ahead{}, failed(ctx, err)
		}
	}
	out.Same = f.same
	if out.Said, err = f.onBody(ctx, share); err != nil {
		return Ahead{}, err
	}
	if f.ahead == nil {
		f.ahead = map[float64]Ahead{}
	}
	if len(f.ahead) < mostKept {
		f.ahead[share] = out
	}
	return out, nil
}

// mostKept is how many what-ifs are kept: the positions of the slider and some.
const mostKept = 32

// Body gathers the Body page under a what-if regimen.
func (r *Reader) Body(ctx context.Context, j *journal.Journal, now time.Time, share float64) (Body, error) {
	b := Body{Now: now, Curve: r.Curve(j, now), Tolerance: exposure.Tolerance(j, now)}
	var err error
	if b.Ahead, err = r.Ahead(ctx, j, now, share); err != nil {
		return Body{}, err
	}
	f, err := r.fit(ctx, j, now)
	if err != nil {
		return Body{}, err
	}
	b.Reading = *f.reading
	if b.HalfLives, err = exposure.HalfLivesOf(f.person); err != nil {
		return Body{}, failed(ctx, err)
	}
	return b, nil
}
