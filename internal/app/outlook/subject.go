package outlook

import (
	"context"
	"reflect"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// midnightH is hours until the next midnight, more than 0.
func midnightH(at time.Time) float64 { return max(untilMidnight(at).Hours(), 1./60) }

// subject is what plans are followed with.
type subject struct {
	j       *journal.Journal
	at      time.Time
	start   *taper.Start
	others  []exposure.Intended // of the last week, which go on
	left    int                 // of the last week, left out
	general bool
	day     []exposure.Intended
}

// bodyFor is the person fitted to the journal, where the start's product is in
// it; else people in general who lived the start's day for long.
func (r *Reader) bodyFor(ctx context.Context, j *journal.Journal, now time.Time, start *taper.Start) (*pkpd.Person, *subject, error) {
	b := &subject{j: j, at: now, start: start}
	if start.Kind != nil && wrote(j, now, start.ProductName) {
		b.start = new(taper.Start) // what the journal says of it counts
		*b.start = *start
		b.start.Kind = nil
	}
	b.day = b.doses(start.Day, journal.DateOf(now))
	if _, ok := exposure.Intakes(j, now, b.day); ok && b.start.Kind == nil {
		f, err := r.fit(ctx, j, now)
		if err != nil {
			return nil, nil, err
		}
		b.at = f.at
		b.others = othersOf(j, f.at, start)
		return f.person, b, nil
	}
	// To the minute, so that a change of one pace finds the others as they were.
	b.at = now.Truncate(time.Minute)
	b.general, b.left = true, len(othersOf(j, now, start))
	h, _ := exposure.Habit(j, b.at, b.day, nil)
	person, err := r.inGeneral(ctx, h)
	return person, b, err
}

// general is people in general who lived a day for long, kept while a person
// changes the numbers of the paces from it.
type general struct {
	lived  pkpd.History
	person *pkpd.Person
}

func (r *Reader) inGeneral(ctx context.Context, h pkpd.History) (*pkpd.Person, error) {
	r.mu.Lock()
	last := r.general
	r.mu.Unlock()
	if last.person != nil && reflect.DeepEqual(last.lived, h) {
		return last.person, nil
	}
	person, err := pkpd.Fit(ctx, h, pkpd.FitOptions{Seed: fitSeed, Draws: leastDraws})
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "outlook.cannot_use")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open() {
		r.general = general{h, person}
	}
	return person, nil
}

// wrote tells that a journal has doses of that name and of no product on the
// list, in what a fit looks at.
func wrote(j *journal.Journal, now time.Time, name string) bool {
	for _, e := range j.Between(now.Add(-exposure.Reach), now.Add(time.Second)) {
		if d := e.Dose(); d != nil && d.Product.IsZero() && strings.EqualFold(d.ProductName, name) {
			return true
		}
	}
	return false
}

// othersOf are the doses of the last week of something else than a start's
// product, such as of a second one.
func othersOf(j *journal.Journal, at time.Time, start *taper.Start) []exposure.Intended {
	var list []exposure.Intended
	for _, e := range j.Between(at.AddDate(0, 0, -7), at) {
		if d := e.Dose(); d != nil && (d.Product != start.Product || d.ProductName != start.ProductName) {
			list = append(list, exposure.Intended{At: e.At, Dose: *d})
		}
	}
	return list
}

// doses are those of a pattern on a day.
func (b *subject) doses(p taper.Pattern, day journal.Date) []exposure.Intended {
	list := make([]exposure.Intended, len(p))
	for i, d := range p {
		list[i] = exposure.Intended{At: d.At(day, b.at.Location()), Dose: journal.Dose{Product: b.start.Product, ProductName: b.start.ProductName,
			Unit: b.start.Unit, Amount: b.start.Amount(d.Grains)}, Kind: b.start.Kind}
	}
	return list
}

// regimen is a schedule whose first day is tomorrow; what is left of today is
// as it is now. Other doses go on as in the last week.
func (b *subject) regimen(s *taper.Schedule, days int) pkpd.Regimen {
	today := journal.DateOf(b.at)
	list := b.doses(b.start.Day, today)
	for n := range days {
		list = append(list, b.doses(s.On(n), today.Add(n+1))...)
	}
	for _, o := range b.others {
		for n := 1; 7*n <= days+7; n++ {
			d := o
			d.At = o.At.AddDate(0, 0, 7*n)
			list = append(list, d)
		}
	}
	return pkpd.Given(b.intakes(list))
}

// half is the amount a day at which half of the receptors would be taken at the
// height of a day, for the middle of the draws. At that moment levels go with
// the amount, so the share taken is x/(x+half).
func (b *subject) half(ctx context.Context, person *pkpd.Person) (float64, error) {
	from := person.NowH + midnightH(b.at)
	var times []float64
	for h := range 25 {
		times = append(times, from+float64(h))
	}
	f, err := person.Forecast(ctx, b.regimen(&taper.Schedule{Start: *b.start, Steps: []taper.Step{{Day: 0, Pattern: b.start.Day}}}, 1), times)
	if err != nil {
		return 0, err
	}
	peak := 0.0
	for _, o := range f.Occupancy {
		peak = max(peak, o.Median)
	}
	if !(peak > 0 && peak < 1) {
		return 0, nil
	}
	return b.start.Amount(b.start.Day.Grains()) * (1 - peak) / peak, nil
}

// costOf is what an amount costs at the price of a whole package; zero where it
// is not known, or the amount is in another unit than the package.
func costOf(j *journal.Journal, s *taper.Start, amount float64) journal.Money {
	p, ok := j.Product(s.Product)
	if !ok || !(p.Price > 0 && p.UnitsPerPack > 0) || len(p.Units) == 0 || p.Units[0].Name != s.Unit {
		return journal.Money{}
	}
	return journal.Money{N: amount / p.UnitsPerPack * p.Price, Currency: p.Currency}
}
