package caseload

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/insight/drift"
	"github.com/evenkeel/evenkeel/journal"
)

// RoughLook is how rough the last known days were against those before.
type RoughLook struct {
	Shared bool `json:"shared"`
	// Recent is the mean of the last known days, 0 to 10, Before that of the four
	// weeks before them; nil where too few are known.
	Recent *float64 `json:"recent"`
	Before *float64 `json:"before"`
	// RecentKnown of RecentDays were known, and BeforeKnown of BeforeDays.
	RecentKnown int `json:"recent_known"`
	RecentDays  int `json:"recent_days"`
	BeforeKnown int `json:"before_known"`
	BeforeDays  int `json:"before_days"`
	// Low and High are the range of the difference; Shows that it is more than
	// chance and a point and a half at least.
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Shows bool    `json:"shows"`
}

type rated struct {
	day   journal.Date
	rough float64
}

// rough looks for a change against the person's own weeks before.
func (l *look) rough() {
	if l.p.Trends == nil {
		l.unknown("trends")
		return
	}
	c := theLines().Rough
	look := &l.Rough
	look.Shared, look.RecentDays, look.BeforeDays = true, c.Within, c.Before
	recent, before := halves(l.p.Trends, l.today)
	look.RecentKnown, look.BeforeKnown = len(recent), len(before)
	if len(recent) < c.RecentKnown || len(before) < c.BeforeKnown {
		l.unknown("rough", "known", len(recent), "days", c.Within, "need", c.RecentKnown, "before", len(before), "before_days", c.Before, "before_need", c.BeforeKnown)
		return
	}
	r, b := figures(recent), figures(before)
	mr, mb := mean(r), mean(b)
	look.Recent, look.Before = &mr, &mb
	size, low, high, ok := drift.Difference(b, r)
	look.Low, look.High = low, high
	look.Shows = ok && math.Abs(size) >= c.Least && (low > 0 || high < 0)
	if !look.Shows {
		return
	}
	kind := Rougher
	if size < 0 {
		kind = Lighter
	}
	first, last := recent[0].day, recent[len(recent)-1].day
	l.add(kind, strconv.Itoa(int(math.Round(math.Abs(size)))), -int(math.Round(100*math.Abs(size))), string(kind),
		"recent", tenth(mr), "before", tenth(mb), "n", len(recent), "first", first, "last", last, "known", len(before), "days", c.Before)
}

// halves are the last known days, within two weeks, and the known ones of the four
// weeks before the first of them, both by date.
func halves(trends []care.Day, today journal.Date) (recent, before []rated) {
	c := theLines().Rough
	from := today.Add(-c.Within)
	oldest := from.Add(-c.Before)
	days := make([]rated, 0, c.Within+c.Before)
	for i := range trends {
		d := &trends[i]
		if d.Rough != nil && d.Date > oldest && d.Date <= today && valid(d.Date) && 0 <= *d.Rough && *d.Rough <= 10 {
			days = append(days, rated{d.Date, *d.Rough})
		}
	}
	slices.SortStableFunc(days, func(a, b rated) int { return cmp.Compare(a.day, b.day) })
	at := len(days)
	for at > 0 && len(days)-at < c.RecentKnown && days[at-1].day > from {
		at--
	}
	recent = days[at:]
	if len(recent) == 0 {
		return nil, nil
	}
	since := recent[0].day.Add(-c.Before)
	for _, d := range days[:at] {
		if d.day >= since {
			before = append(before, d)
		}
	}
	return recent, before
}

func figures(days []rated) []float64 {
	list := make([]float64, len(days))
	for i, d := range days {
		list[i] = d.rough
	}
	return list
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func tenth(f float64) float64 { return math.Round(10*f) / 10 }
