// Package exposure leads from the journal to the body: what was taken, of what
// content, with what doubt, and what is not known. Pages, plans and insights
// build on it; it knows no person's fit and no screen.
package exposure

import (
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Held estimates what a dose held; unknown when its product is not known.
func Held(j *journal.Journal, d *journal.Dose) journal.Alkaloids {
	p, ok := j.Product(d.Product)
	if !ok {
		return journal.Alkaloids{}
	}
	return p.Alkaloids(d.Amount, d.Unit)
}

// Total is a sum over doses of which some may have unknown content.
type Total struct {
	journal.Range
	// Bases are all that the sum rests on; Basis is the weakest of them.
	Bases []journal.Basis
	// Unknown counts the doses whose content is not known.
	Unknown int
}

// Add counts in what one more dose held.
func (t *Total) Add(r journal.Range) {
	if !r.Known() {
		t.Unknown++
		return
	}
	t.Low, t.Mid, t.High = t.Low+r.Low, t.Mid+r.Mid, t.High+r.High
	if !slices.Contains(t.Bases, r.Basis) {
		t.Bases = append(t.Bases, r.Basis)
	}
	if !t.Known() || r.Basis == journal.Assumed || r.Basis == journal.Label && t.Basis == journal.Laboratory {
		t.Basis, t.Source = r.Basis, r.Source
	}
}

// taken is a dose with the spread of what it held.
type taken struct {
	pkpd.Dose
	mitragynine, sevenOH journal.Range
	product              journal.ID
}

// dosesWithin lists the doses that lie at most reach back and have a known
// content, in hours from now, and counts the others.
func dosesWithin(j *journal.Journal, now time.Time, reach time.Duration) (list []taken, unknown int) {
	// Now is a whole minute; a dose of this very minute counts.
	for _, e := range j.Between(now.Add(-reach), now.Add(time.Minute)) {
		if e.Dose() == nil {
			continue
		}
		held := Held(j, e.Dose())
		if !held.Mitragynine.Known() && !held.SevenOH.Known() {
			unknown++
			continue
		}
		p, _ := j.Product(e.Dose().Product)
		list = append(list, taken{
			Dose:        pkpd.Dose{AtH: e.At.Sub(now).Hours(), Form: absorbedAs(p.Form), MitragynineMg: held.Mitragynine.Mid, SevenOHMg: held.SevenOH.Mid},
			mitragynine: held.Mitragynine, sevenOH: held.SevenOH, product: e.Dose().Product,
		})
	}
	return list, unknown
}

// absorbedAs is the model's form for a product as people buy it. Drinks are
// liquid like tea; what is of no known form is taken as swallowed leaf.
func absorbedAs(f journal.Form) pkpd.Form {
	switch f {
	case journal.Tea, journal.Drink:
		return pkpd.Tea
	case journal.ExtractLiquid, journal.ExtractTablet:
		return pkpd.Extract
	case journal.SevenOH:
		return pkpd.SevenOH
	}
	return pkpd.Leaf
}

// amounts are the doses as taken; with a stream, each product's content is
// drawn anew from its spread, the same for every dose of that product.
func amounts(doses []taken, s *pkpd.Stream) []pkpd.Dose {
	out := make([]pkpd.Dose, len(doses))
	drawn := map[journal.ID]float64{}
	for i, d := range doses {
		out[i] = d.Dose
		if s == nil {
			continue
		}
		z, ok := drawn[d.product]
		if !ok {
			z = s.Normal()
			drawn[d.product] = z
		}
		out[i].MitragynineMg *= factor(d.mitragynine, z)
		out[i].SevenOHMg *= factor(d.sevenOH, z)
	}
	return out
}

// ninety is the standard normal deviate that leaves nine of ten in the middle.
const ninety = 1.645

// factor is how much more or less than its mid a range holds, z standard
// deviations of the logarithm away; Low and High hold nine of ten.
func factor(r journal.Range, z float64) float64 {
	return math.Exp(z * logSD(r))
}

// logSD is the spread of a range on the log scale: Low and High hold nine of
// ten cases.
func logSD(r journal.Range) float64 {
	if !r.Known() || r.Low <= 0 || r.High <= r.Low {
		return 0
	}
	return math.Min(math.Log(r.High/r.Low)/(2*ninety), 2)
}
