package exposure

import (
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Reach is how far back a record looks; the model itself uses the last part.
const Reach = 60 * 24 * time.Hour

// Record is the last weeks of the journal in the model's terms, in hours
// before now.
func Record(j *journal.Journal, now time.Time) pkpd.History { return recorded(j, now).h }

func recorded(j *journal.Journal, now time.Time) *historian {
	b := &historian{j: j, now: now, index: map[source]int{}}
	from := now.Add(-Reach)
	entries := j.Between(from, now.Add(time.Second))
	b.h.FromH, b.h.NowH = -Reach.Hours(), 0
	if len(entries) > 0 {
		first := entries[0].At
		if all := j.All(); all[0].At.After(from) {
			b.h.FromH = b.hour(journal.StartOfDay(first, 0))
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
	b.fewer()
	b.unknownDays(now.Add(time.Duration(b.h.FromH * float64(time.Hour))))
	return b
}

// historian gathers a History.
type historian struct {
	j     *journal.Journal
	now   time.Time
	h     pkpd.History
	index map[source]int
	uses  []int // of each product
}

func (b *historian) hour(t time.Time) float64 { return math.Min(t.Sub(b.now).Hours(), 0) }

// product is the index of a product by how sure its content is.
func (b *historian) product(d *taken) int {
	i, ok := b.index[d.source]
	if !ok {
		i = len(b.h.Products)
		b.index[d.source] = i
		b.h.Products = append(b.h.Products, pkpd.Content{
			MitragynineLogSD: logSD(d.mitragynine), SevenOHLogSD: logSD(d.sevenOH), ContentGuessed: d.source.guessed,
		})
		b.uses = append(b.uses, 0)
	}
	b.uses[i]++
	return i
}

func (b *historian) intake(e *journal.Entry) {
	d := take(b.j, e.Dose())
	d.AtH = b.hour(e.At)
	b.h.Intakes = append(b.h.Intakes, pkpd.Intake{Dose: d.Dose, Product: b.product(&d)})
}

func (b *historian) checkIn(e *journal.Entry) {
	c := e.CheckIn()
	if c.Rough != nil {
		b.h.CheckIns = append(b.h.CheckIns, pkpd.Rating{AtH: b.hour(e.At), Kind: pkpd.Rough, Score: float64(*c.Rough)})
	}
	if len(c.Symptoms) > 0 {
		sum := 0
		for _, v := range c.Symptoms {
			sum += v
		}
		b.h.CheckIns = append(b.h.CheckIns, pkpd.Rating{AtH: b.hour(e.At), Kind: pkpd.Symptoms, Score: float64(sum), Answered: len(c.Symptoms)})
	}
}

// before takes in use from before the record. What is longer or more often
// than the model can hold is taken as the most it can.
func (b *historian) before(e *journal.Entry) {
	use := e.PriorUse()
	times := math.Min(use.TimesPerDay, mostTimes)
	each := use.PerDay / math.Max(times, 1)
	d := take(b.j, &journal.Dose{Product: use.Product, ProductName: use.ProductName, Amount: each, Unit: use.Unit})
	per := math.Max(times, 1)
	b.h.Before = append(b.h.Before, pkpd.PriorUse{
		Form: d.Form, MitragynineMgDay: d.MitragynineMg * per, SevenOHMgDay: d.SevenOHMg * per,
		TimesPerDay: times, Days: math.Min(use.Days, mostDays), Product: b.product(&d),
	})
}

const (
	// mostTimes is how often a day a habit can be told, mostDays for how long
	// it can have gone on: beyond some months of use the model has long settled.
	mostTimes = 48
	mostDays  = 3650
	// mostProducts is how many products a fit tells apart.
	mostProducts = 64
	// otherLogSD is the doubt about the content of products that are not told
	// apart: a factor of five each way holds nine of ten. Assumed.
	otherLogSD = 1
)

// fewer keeps the products that were taken most and puts the others together.
func (b *historian) fewer() {
	n := len(b.h.Products)
	if n <= mostProducts {
		return
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return b.uses[y] - b.uses[x] })
	to := make([]int, n)
	products := make([]pkpd.Content, mostProducts)
	for rank, i := range order {
		to[i] = min(rank, mostProducts-1)
		if rank < mostProducts-1 {
			products[rank] = b.h.Products[i]
		}
	}
	products[mostProducts-1] = pkpd.Content{MitragynineLogSD: otherLogSD, SevenOHLogSD: otherLogSD}
	b.h.Products = products
	for i := range b.h.Intakes {
		b.h.Intakes[i].Product = to[b.h.Intakes[i].Product]
	}
	for i := range b.h.Before {
		b.h.Before[i].Product = to[b.h.Before[i].Product]
	}
	for s, i := range b.index {
		b.index[s] = to[i]
	}
}

// unknownDays marks the days with neither a dose nor a "none today": missing
// is not zero.
func (b *historian) unknownDays(from time.Time) {
	for day := journal.StartOfDay(from, 0); !day.After(b.now); day = journal.StartOfDay(day, 1) {
		if b.j.Day(journal.DateOf(day)).State != journal.DayUnknown {
			continue
		}
		next := journal.StartOfDay(day, 1)
		start, end := b.hour(day), b.hour(next)
		if start < end {
			b.h.Unknown = append(b.h.Unknown, pkpd.Interval{FromH: start, ToH: end})
		}
	}
}
