package exposure

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Reach is how far back a record looks; the model itself uses the last part.
const Reach = 60 * 24 * time.Hour

// Record is the last weeks of the journal in the model's terms, in hours
// before now.
func Record(j *journal.Journal, now time.Time) pkpd.History {
	b := historian{j: j, now: now, index: map[journal.ID]int{}}
	from := now.Add(-Reach)
	entries := j.Between(from, now.Add(time.Second))
	b.h.FromH, b.h.NowH = -Reach.Hours(), 0
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

func (b *historian) intake(e *journal.Entry) {
	held := Held(b.j, e.Dose())
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
