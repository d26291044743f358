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

// Paces are ways down side by side, followed by the same draws and the same
// chance.
type Paces struct {
	Start taper.Start
	// Basis says what the forecasts stand on; General that the product is in no
	// record of this person, so that they are of people in general who took it.
	Basis   pkpd.Grounds
	General bool
	// Kind is what a typed product was taken for by its name; nil where it was not.
	Kind *journal.Product
	// Guessed says that most of what acts on the body comes from doses of unknown
	// strength.
	Guessed bool
	// Others counts the doses a week of something else, which the forecasts
	// suppose to go on; LeftOut those that they leave out, where General.
	Others, LeftOut int
	// First is the day that the forecasts take for the first of each pace, and
	// Days how many they cover from it on.
	First journal.Date
	Days  int
	// Same is going on as it is.
	Same pkpd.Course
	List []Way
}

// Way is one pace, looked at.
type Way struct {
	taper.Schedule
	// Half is the amount a day at which half of the receptors are taken at the
	// height of the day, as the model has it; 0 where no pace asked.
	Half float64
	// Err says why it cannot be laid out; the rest is empty then.
	Err error
	// Course counts today as its day 0: the first day of the plan is its day 1.
	Course pkpd.Course
	// Cost is of what it needs, where the price is known.
	Cost journal.Money
	// Least is what is known of a least plan; nil for any other way.
	Least *taper.Certificate
	// Finer is the day on which a least plan would come to its goal if half as much
	// could be measured; -1 where not sooner.
	Finer int
	// Keeps are the days on which it would come there if another dose kept its
	// amount longest; -1 where not sooner, nil where it was not asked.
	Keeps map[taper.Keep]int
}

const (
	// paceDraws are enough for bands of 8 in 10 while somebody waits.
	paceDraws = 250
	// MostPaces are compared at once.
	MostPaces = 6
	paceDays  = 90
	paceAfter = 14 // days after the last step
)

// Paces looks at paces from a start down to a goal. It proposes none.
func (r *Reader) Paces(ctx context.Context, j *journal.Journal, now time.Time, start taper.Start, goal float64, paces []taper.Pace) (Paces, error) {
	if len(paces) > MostPaces {
		return Paces{}, fault.New(fault.Invalid, "way.too_many_paces", "n", MostPaces)
	}
	if err := start.Check(); err != nil {
		return Paces{}, err
	}
	out := Paces{Start: start, First: journal.DateOf(now).Add(1)}
	whole, b, err := r.bodyFor(ctx, j, now, &start)
	if err != nil {
		return Paces{}, err
	}
	out.Basis, out.General, out.Guessed = whole.Basis, b.general, whole.Guess.Most()
	out.Others, out.LeftOut, out.Kind = len(b.others), b.left, b.start.Kind
	half := 0.0
	for _, p := range paces {
		if p.Strategy == taper.Occupancy && half == 0 {
			if half, err = b.half(ctx, whole.Fewer(paceDraws)); err != nil {
				return Paces{}, failed(ctx, err)
			}
		}
		w := Way{Half: half}
		if p.Strategy == taper.Lowest {
			least := r.leastOf(ctx, whole, b, goal, p.Limits)
			if ctx.Err() != nil {
				return Paces{}, ctx.Err()
			}
			w.Schedule, w.Err, w.Least, w.Finer, w.Keeps, w.Pace = least.schedule, least.err, &least.certificate, least.finer, least.keeps, p
		} else {
			w.Schedule, w.Err = taper.Lay(start, goal, p, half)
		}
		if w.Err == nil {
			out.Days = max(out.Days, w.Length()+paceAfter)
			w.Cost = costOf(j, &start, w.Needs())
		}
		out.List = append(out.List, w)
	}
	out.Days = rounded(out.Days)
	looked := []*taper.Schedule{{Start: start, Steps: []taper.Step{{Day: 0, Pattern: start.Day}}}}
	for i := range out.List {
		if out.List[i].Err == nil {
			looked = append(looked, &out.List[i].Schedule)
		}
	}
	all, err := r.courses(ctx, whole, b, out.Days, looked)
	if err != nil {
		return Paces{}, err
	}
	out.Same = all[0]
	next := 1
	for i := range out.List {
		if out.List[i].Err == nil {
			out.List[i].Course = all[next]
			next++
		}
	}
	return out, nil
}

// rounded is how many days are drawn where so many are asked for: a few lengths,
// so that a pace that changes a little leaves the others as they were.
func rounded(days int) int {
	for _, n := range []int{2 * paceAfter, 4 * paceAfter} {
		if days <= n {
			return n
		}
	}
	return paceDays
}

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
