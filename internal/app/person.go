package app

import (
	"context"
	"math"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// fitSeed makes a fit reproducible: the same journal gives the same numbers.
const fitSeed = 20261122

// fitReach is how far back a fit looks; the model itself uses the last part.
const fitReach = 60 * 24 * time.Hour

// fitEvery is how long a fit of an unchanged journal stays good. The state now
// moves on with time, slowly against this.
const fitEvery = 10 * time.Minute

// fitted is a person with what the fit was made from.
type fitted struct {
	of     *journal.Journal
	seq    int64
	at     time.Time
	person *pkpd.Person
	// reading is the person in plain terms; nil until asked for.
	reading *pkpd.Outlook
}

// reading says in plain terms how now compares with the usual, and what
// stopping would bring.
func (a *App) reading(ctx context.Context, j *journal.Journal, now time.Time) (pkpd.Outlook, error) {
	person, _, err := a.fit(ctx, j, now)
	if err != nil {
		return pkpd.Outlook{}, err
	}
	if a.fitted.reading == nil {
		r, err := person.Outlook(ctx)
		if err != nil {
			return pkpd.Outlook{}, fault.Wrap(err, fault.Internal, "The forecast could not be computed. Your entries are safe.")
		}
		a.fitted.reading = &r
	}
	return *a.fitted.reading, nil
}

// readingIfReady is reading when the fit is there already. If not it is begun
// aside, so that the page after a tap does not wait for it; the next page has
// it.
func (a *App) readingIfReady(j *journal.Journal, now time.Time) (Reading, bool) {
	if a.fitted.good(j, a.seq, now) && a.fitted.reading != nil {
		return Reading{a.fitted.person.Basis, *a.fitted.reading}, true
	}
	if a.fitting {
		return Reading{}, false
	}
	a.fitting = true
	h, seq := history(j, now), a.seq
	ctx, cancel := context.WithCancel(context.Background())
	a.stopFitting = cancel
	a.background.Go(func() {
		defer cancel()
		f := fitted{of: j, seq: seq, at: now}
		var err error
		if f.person, err = pkpd.Fit(ctx, h, pkpd.FitOptions{Seed: fitSeed}); err == nil {
			var r pkpd.Outlook
			r, err = f.person.Outlook(ctx)
			f.reading = &r
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.fitting = false
		// Silence over a weak insight: what the model cannot use shows as no
		// reading, and the Body page says why.
		if err == nil && a.fold != nil {
			a.fitted = f
		}
	})
	return Reading{}, false
}

// Reading is the plain-terms outlook and what it stands on.
type Reading struct {
	Basis pkpd.Basis
	pkpd.Outlook
}

// good tells that the fit still holds for a journal and a time.
func (f *fitted) good(j *journal.Journal, seq int64, now time.Time) bool {
	return f.of == j && f.seq == seq && !now.Before(f.at) && now.Sub(f.at) < fitEvery
}

// fit fits the model to the person's doses and check-ins. With too little
// to go by, the answer is people in general who took these doses, and says so.
func (a *App) fit(ctx context.Context, j *journal.Journal, now time.Time) (*pkpd.Person, time.Time, error) {
	f := &a.fitted
	if f.good(j, a.seq, now) {
		return f.person, f.at, nil
	}
	h := history(j, now)
	p, err := pkpd.Fit(ctx, h, pkpd.FitOptions{Seed: fitSeed})
	if err != nil {
		if ctx.Err() != nil {
			return nil, now, ctx.Err()
		}
		return nil, now, fault.Wrap(err, fault.Invalid, "The model cannot use these entries, so there is no forecast. Your entries are safe.")
	}
	*f = fitted{of: j, seq: a.seq, at: now, person: p}
	return p, now, nil
}

// history is the last weeks of the journal in the model's terms, in hours
// before now.
func history(j *journal.Journal, now time.Time) pkpd.History {
	b := historian{j: j, now: now, index: map[journal.ID]int{}}
	from := now.Add(-fitReach)
	entries := j.Between(from, now.Add(time.Second))
	b.h.FromH, b.h.NowH = -fitReach.Hours(), 0
	if len(entries) > 0 {
		first := entries[0].At
		if all := j.All(); all[0].At.After(from) {
			b.h.FromH = b.hour(startOfDay(first))
		}
	} else {
		b.h.FromH = 0
	}
	for _, e := range entries {
		switch {
		case e.Dose() != nil:
			b.intake(e)
		case e.CheckIn() != nil:
			b.checkIn(e)
		}
	}
	for _, e := range j.All() {
		if e.PriorUse() != nil {
			b.before(e)
		}
	}
	b.unknownDays(now.Add(time.Duration(b.h.FromH * float64(time.Hour))))
	return b.h
}

func startOfDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// historian gathers a History.
type historian struct {
	j     *journal.Journal
	now   time.Time
	h     pkpd.History
	index map[journal.ID]int
}

func (b *historian) hour(t time.Time) float64 { return math.Min(t.Sub(b.now).Hours(), 0) }

// product is the index of a product by how sure its content is. Doses without
// a product share one of unknown content.
func (b *historian) product(id journal.ID, held journal.Alkaloids) int {
	if i, ok := b.index[id]; ok {
		return i
	}
	i := len(b.h.Products)
	b.index[id] = i
	b.h.Products = append(b.h.Products, pkpd.Product{
		MitragynineLogSD: logSD(held.Mitragynine),
		SevenOHLogSD:     logSD(held.SevenOH),
		ContentUnknown:   !held.Mitragynine.Known() && !held.SevenOH.Known(),
	})
	return i
}

// logSD is the spread of a range on the log scale: Low and High hold nine of
// ten cases.
func logSD(r journal.Range) float64 {
	if !r.Known() || r.Low <= 0 || r.High <= r.Low {
		return 0
	}
	return math.Min(math.Log(r.High/r.Low)/(2*ninety), 2)
}

func (b *historian) intake(e *journal.Entry) {
	held := heldBy(b.j, e.Dose())
	key := e.Dose().Product
	if !held.Mitragynine.Known() && !held.SevenOH.Known() {
		key = journal.ID{} // this unit of the product holds nobody knows what
	}
	form := pkpd.Leaf
	if p, ok := b.j.Product(e.Dose().Product); ok {
		form = absorbedAs(p.Form)
	}
	b.h.Intakes = append(b.h.Intakes, pkpd.Intake{
		Dose:    pkpd.Dose{AtH: b.hour(e.At), Form: form, MitragynineMg: held.Mitragynine.Mid, SevenOHMg: held.SevenOH.Mid},
		Product: b.product(key, held),
	})
}

func (b *historian) checkIn(e *journal.Entry) {
	c := e.CheckIn()
	if c.Rough != nil {
		b.h.CheckIns = append(b.h.CheckIns, pkpd.CheckIn{AtH: b.hour(e.At), Kind: pkpd.Rough, Score: float64(*c.Rough)})
	}
	if len(c.Symptoms) > 0 {
		sum := 0
		for _, v := range c.Symptoms {
			sum += v
		}
		b.h.CheckIns = append(b.h.CheckIns, pkpd.CheckIn{AtH: b.hour(e.At), Kind: pkpd.Symptoms, Score: float64(sum), Answered: len(c.Symptoms)})
	}
}

// before takes in use from before the record, where what it held is known.
func (b *historian) before(e *journal.Entry) {
	use := e.PriorUse()
	p, ok := b.j.Product(use.Product)
	if !ok {
		return
	}
	held := p.Alkaloids(use.PerDay, use.Unit)
	if !held.Mitragynine.Known() && !held.SevenOH.Known() {
		return
	}
	b.h.Before = append(b.h.Before, pkpd.PriorUse{
		Form: absorbedAs(p.Form), MitragynineMgDay: held.Mitragynine.Mid, SevenOHMgDay: held.SevenOH.Mid,
		TimesPerDay: use.TimesPerDay, Days: use.Days, Product: b.product(use.Product, held),
	})
}

// unknownDays marks the days with neither a dose nor a "none today": missing
// is not zero.
func (b *historian) unknownDays(from time.Time) {
	for day := startOfDay(from); !day.After(b.now); day = startOfDay(day.Add(36 * time.Hour)) {
		if b.j.Day(journal.DateOf(day)).State != journal.DayUnknown {
			continue
		}
		next := startOfDay(day.Add(36 * time.Hour))
		start, end := b.hour(day), b.hour(next)
		if start < end {
			b.h.Unknown = append(b.h.Unknown, pkpd.Interval{FromH: start, ToH: end})
		}
	}
}
