package exposure

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Dataset is the whole journal up to now for pharmacometric programs: doses with
// what they held and how sure that is, use from before the journal as repeated
// doses, ratings, and the days that are not known. It holds no dates.
func Dataset(j *journal.Journal, now time.Time) pkpd.Dataset {
	b := dataset{j: j, now: now}
	for _, e := range j.All() {
		switch {
		case e.At.After(now):
		case e.Dose() != nil:
			b.dose(e.At, take(j, e.Dose()), 0, 0)
		case e.PriorUse() != nil:
			b.before(e)
		case e.CheckIn() != nil:
			b.ratings(e)
		}
	}
	b.days()
	b.Sort()
	return b.Dataset
}

type dataset struct {
	pkpd.Dataset
	j   *journal.Journal
	now time.Time
}

func (b *dataset) hour(t time.Time) float64 { return t.Sub(b.now).Hours() }

// dose adds a row for each alkaloid that a dose held, and its repeats.
func (b *dataset) dose(at time.Time, d taken, ii float64, addl int) {
	for _, x := range []struct {
		to   int
		mg   float64
		held journal.Range
	}{{pkpd.DepotMitragynine, d.MitragynineMg, d.mitragynine}, {pkpd.DepotSevenOH, d.SevenOHMg, d.sevenOH}} {
		if x.mg <= 0 {
			continue
		}
		b.Rows = append(b.Rows, pkpd.DataRow{TimeH: b.hour(at), Event: pkpd.DataDose, Compartment: x.to, Amt: x.mg, IIH: ii, Addl: addl,
			Form: d.Form, Basis: basisOf(d, x.held), LogSD: logSD(x.held)})
	}
}

func basisOf(d taken, r journal.Range) pkpd.DataBasis {
	switch {
	case d.source.guessed:
		return pkpd.BasisGuessed
	case r.Basis == journal.Laboratory:
		return pkpd.BasisLaboratory
	case r.Basis == journal.Label:
		return pkpd.BasisLabel
	}
	return pkpd.BasisAssumed
}

// before adds use from before the journal: evenly over the day, the last dose an
// interval before the use was told to end.
func (b *dataset) before(e *journal.Entry) {
	use := e.PriorUse()
	times := math.Max(math.Round(math.Min(use.TimesPerDay, mostTimes)), 1)
	n := int(times * math.Min(use.Days, mostDays))
	if n < 1 {
		return
	}
	ii := 24 / times
	each := take(b.j, &journal.Dose{Product: use.Product, ProductName: use.ProductName, Amount: use.PerDay / times, Unit: use.Unit})
	b.dose(e.At.Add(-time.Duration(float64(n)*ii*float64(time.Hour))), each, ii, n-1)
}

func (b *dataset) ratings(e *journal.Entry) {
	c := e.CheckIn()
	row := pkpd.DataRow{TimeH: b.hour(e.At), Event: pkpd.DataRating, Unknown: b.unknown(journal.DateOf(e.At))}
	if c.Rough != nil {
		row.Compartment, row.DV = pkpd.RatedRough, float64(*c.Rough)
		b.Rows = append(b.Rows, row)
	}
	if len(c.Symptoms) > 0 {
		row.Compartment, row.DV = pkpd.RatedSymptoms, 0
		for _, v := range c.Symptoms {
			row.DV += float64(v)
		}
		b.Rows = append(b.Rows, row)
	}
}

func (b *dataset) unknown(d journal.Date) bool { return b.j.Day(d).State == journal.DayUnknown }

// days marks where days begin of which nobody knows what was taken, and where
// they end.
func (b *dataset) days() {
	var first *journal.Entry
	for _, e := range b.j.All() {
		if e.PriorUse() == nil {
			first = e
			break
		}
	}
	if first == nil {
		return
	}
	was := false
	for day := journal.StartOfDay(first.At, 0); !day.After(b.now); day = journal.StartOfDay(day, 1) {
		is := b.unknown(journal.DateOf(day))
		if is != was {
			b.Rows = append(b.Rows, pkpd.DataRow{TimeH: b.hour(day), Event: pkpd.DataOther, Unknown: is})
		}
		was = is
	}
}
