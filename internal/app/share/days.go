package share

import (
	"slices"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// states are the days of a journal as a projection names them.
var states = map[journal.DayState]string{journal.DayUnknown: "unknown", journal.DayNone: "none", journal.DayDoses: "doses"}

// trends are the days of the consent, the earliest first. A day without entries is
// unknown, and what nobody was asked is not there.
func (v *view) trends() []care.Day {
	list := []care.Day{}
	craving, amounts := v.byDay()
	var planned map[journal.Date]taper.Day
	if v.has("plan") {
		planned = taper.DaysOf(v.j, v.from(), v.today())
	}
	for _, d := range trend.Of(v.j, v.now, v.consent.Days).Days {
		day := care.Day{Date: d.Date, State: states[d.State], Doses: d.Doses, Amounts: amounts[d.Date], Rough: middle(d.Rough), Craving: middle(craving[d.Date]), SleepHours: d.SleepHours}
		if d.Doses > 0 {
			day.Mitragynine, day.SevenOH = known(d.Mitragynine), known(d.SevenOH)
		}
		if p, ok := planned[d.Date]; ok {
			day.Planned = &p.Planned
		}
		list = append(list, day)
	}
	return list
}

// known is a day's estimate in mg, to two figures: it is no better than that. It is
// nil where a dose is of unknown strength.
func known(t exposure.Total) *float64 {
	if t.Unknown > 0 {
		return nil
	}
	mid := locale.Two(t.Mid)
	return &mid
}

// byDay gathers what trends do not: cravings, and how much of which product.
func (v *view) byDay() (craving map[journal.Date][]float64, amounts map[journal.Date][]care.Amount) {
	craving, amounts = map[journal.Date][]float64{}, map[journal.Date][]care.Amount{}
	for _, e := range v.j.All() {
		day := journal.DateOf(e.At)
		if day < v.from() || e.At.After(v.now.Add(ahead)) {
			continue
		}
		if c := e.CheckIn(); c != nil && c.Craving != nil {
			craving[day] = append(craving[day], float64(*c.Craving))
		}
		if d := e.Dose(); d != nil {
			amounts[day] = add(amounts[day], v.amount(d))
		}
	}
	return craving, amounts
}

func (v *view) amount(d *journal.Dose) care.Amount {
	a := care.Amount{Product: clean(d.ProductName), Amount: d.Amount, Unit: clean(d.Unit)}
	if p, ok := v.j.Product(d.Product); ok {
		a.Product, a.Form = clean(p.Name), string(p.Form)
	}
	return a
}

// add counts in what was taken of the same product in the same unit.
func add(list []care.Amount, a care.Amount) []care.Amount {
	i := slices.IndexFunc(list, func(o care.Amount) bool { return o.Product == a.Product && o.Form == a.Form && o.Unit == a.Unit })
	if i < 0 {
		return append(list, a)
	}
	list[i].Amount += a.Amount
	return list
}

// middle is the median; nil where there is nothing.
func middle(list []float64) *float64 {
	if len(list) == 0 {
		return nil
	}
	list = slices.Sorted(slices.Values(list))
	m := (list[(len(list)-1)/2] + list[len(list)/2]) / 2
	return &m
}
