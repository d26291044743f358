package journal

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// DayState says what is known about the doses of a day.
type DayState int

// What a day can be. Missing is not zero.
const (
	// DayUnknown has no dose and no "none today".
	DayUnknown DayState = iota
	// DayNone has a "none today" and no dose.
	DayNone
	// DayDoses has at least one dose.
	DayDoses
)

// Day is a calendar day of the journal.
type Day struct {
	Date    Date
	State   DayState
	Entries []*Entry
}

// Day gathers the entries of one calendar day.
func (j *Journal) Day(date Date) Day {
	d := Day{Date: date, Entries: j.On(date)}
	for _, e := range d.Entries {
		switch e.Kind {
		case KindDose:
			d.State = DayDoses
		case KindNone:
			if d.State == DayUnknown {
				d.State = DayNone
			}
		}
	}
	return d
}

// Usual is a dose that can be logged with one tap.
type Usual struct {
	Product     ID
	ProductName string
	Amount      float64
	Unit        string
	// Times it was taken in the window looked at; 0 when it comes from the
	// product's own usual amount.
	Times int
}

// usualWindow is how far back "the usual" looks: habits of the last month,
// not of last year.
const usualWindow = 30 * 24 * time.Hour

// Usuals are the doses taken most often in the last 30 days, the most
// frequent first, at most n; the usual amounts set on products fill up.
func (j *Journal) Usuals(now time.Time, n int) []Usual {
	type key struct {
		product ID
		name    string
		amount  float64
		unit    string
	}
	index := map[key]int{}
	var list []Usual
	recent := j.Between(now.Add(-usualWindow), now.Add(time.Second))
	for i := len(recent) - 1; i >= 0; i-- {
		d := recent[i].Dose()
		if d == nil {
			continue
		}
		name := d.ProductName
		if !d.Product.IsZero() {
			p, ok := j.Product(d.Product)
			if !ok || p.PutAway {
				continue
			}
			name = p.Name
		}
		k := key{d.Product, name, d.Amount, d.Unit}
		at, seen := index[k]
		if !seen {
			at = len(list)
			index[k] = at
			list = append(list, Usual{Product: d.Product, ProductName: name, Amount: d.Amount, Unit: d.Unit})
		}
		list[at].Times++
	}
	for _, e := range j.Products() {
		p := e.Product()
		if p.PutAway || p.UsualAmount == 0 || len(p.Units) == 0 {
			continue
		}
		k := key{e.ID, p.Name, p.UsualAmount, p.Units[0].Name}
		if _, seen := index[k]; !seen {
			list = append(list, Usual{Product: e.ID, ProductName: p.Name, Amount: p.UsualAmount, Unit: p.Units[0].Name})
		}
	}
	sortUsuals(list)
	return list[:min(n, len(list))]
}

// sortUsuals puts the most frequent first; among equals the latest stays
// first, because the list was gathered backwards in time.
func sortUsuals(list []Usual) {
	slices.SortStableFunc(list, func(a, b Usual) int { return b.Times - a.Times })
}

// DayFilter chooses what Days lists.
type DayFilter struct {
	// Kinds to list; all when empty.
	Kinds []Kind
	// Text that an entry must contain, letter case aside; any when empty.
	Text string
	// Before lists earlier days only; no limit when empty.
	Before Date
	// Limit on the number of days; 14 when 0.
	Limit int
}

const daysPerPage = 14

// Days lists the days that have entries which pass the filter, the latest
// first. More is the date to go on before, empty when none are left.
func (j *Journal) Days(f DayFilter) (days []Day, more Date) {
	limit := f.Limit
	if limit == 0 {
		limit = daysPerPage
	}
	byDate := map[Date][]*Entry{}
	for _, e := range j.All() {
		d := DateOf(e.At)
		if f.Before != "" && d >= f.Before || len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Kind) || !e.mentions(f.Text) {
			continue
		}
		byDate[d] = append(byDate[d], e)
	}
	dates := slices.Sorted(maps.Keys(byDate))
	slices.Reverse(dates)
	if len(dates) > limit {
		dates = dates[:limit]
		more = dates[limit-1]
	}
	for _, d := range dates {
		day := j.Day(d)
		day.Entries = byDate[d]
		days = append(days, day)
	}
	return days, more
}

// mentions reports whether some words of the entry hold text.
func (e *Entry) mentions(text string) bool {
	if text == "" {
		return true
	}
	text = strings.ToLower(text)
	d := Describe(e.Kind)
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Searched() && strings.Contains(strings.ToLower(strings.ReplaceAll(f.Get(e.Body), "_", " ")), text) {
			return true
		}
	}
	return false
}
