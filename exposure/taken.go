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
func Held(j *journal.Journal, d *journal.Dose) journal.Alkaloids { return heldAs(j, d, nil) }

func heldAs(j *journal.Journal, d *journal.Dose, kind *journal.Product) journal.Alkaloids {
	p, ok := productOf(j, d, kind)
	if !ok {
		return journal.Alkaloids{}
	}
	return p.Alkaloids(d.Amount, d.Unit)
}

// productOf is the product of a dose. One that is on no list can still say what
// it is: milligrams of 7-OH are their own content; or be taken for a kind, where
// that is not nil.
func productOf(j *journal.Journal, d *journal.Dose, kind *journal.Product) (*journal.Product, bool) {
	if p, ok := j.Product(d.Product); ok {
		return p, true
	}
	if d.Unit == "mg" && journal.NamesSevenOH(d.ProductName) {
		return &journal.Product{Name: d.ProductName, Form: journal.SevenOH}, true
	}
	return kind, kind != nil
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

// source is what the content of doses hangs on: doses of one source hold more
// or less together.
type source struct {
	product journal.ID
	form    pkpd.Form
	// guessed is true where nobody knows how strong it is.
	guessed bool
}

// taken is a dose with the spread of what it held.
type taken struct {
	pkpd.Dose
	at                   time.Time
	mitragynine, sevenOH journal.Range
	source               source
}

// mostInDose is the most of an alkaloid that a dose can hold, in mg. People in
// treatment took 92 g of leaf a day (Broyan 2022, a mean), some 2.5 g of
// mitragynine; ten grams at once is a slip of the pen, and its amount says
// nothing.
const mostInDose = 10_000

// take reads a dose. One whose content nobody knows is neither nothing nor left
// out: it gets the spread of its kind.
func take(j *journal.Journal, d *journal.Dose) taken { return takeAs(j, d, nil) }

// takeAs is take where a dose of no product on the list is taken for a kind.
func takeAs(j *journal.Journal, d *journal.Dose, kind *journal.Product) taken {
	held := heldAs(j, d, kind)
	form := journal.OtherForm
	if p, ok := productOf(j, d, kind); ok {
		form = p.Form
	}
	t := taken{source: source{product: d.Product, form: absorbedAs(form)}}
	known := held.Mitragynine.Known() || held.SevenOH.Known()
	if !known || held.Mitragynine.Mid > mostInDose || held.SevenOH.Mid > mostInDose {
		amount := d.Amount
		if known {
			amount = 1 // the amount is what cannot be
		}
		held, _ = journal.UnknownStrength(form, math.Min(amount, mostPieces))
		t.source.guessed = true
	}
	t.mitragynine, t.sevenOH = held.Mitragynine, held.SevenOH
	t.Dose = pkpd.Dose{Form: t.source.form, MitragynineMg: held.Mitragynine.Mid, SevenOHMg: held.SevenOH.Mid}
	return t
}

// mostPieces is how many tablets or shots one dose of unknown strength can be:
// more is a count of something else.
const mostPieces = 20

// dosesWithin lists the doses that lie at most reach back, in hours from now,
// and counts those of unknown strength among them.
func dosesWithin(j *journal.Journal, now time.Time, reach time.Duration) (list []taken, guessed int) {
	// Now is a whole minute; a dose of this very minute counts.
	for _, e := range j.Between(now.Add(-reach), now.Add(time.Minute)) {
		if e.Dose() == nil {
			continue
		}
		t := take(j, e.Dose())
		t.at, t.AtH = e.At, e.At.Sub(now).Hours()
		if t.source.guessed {
			guessed++
		}
		list = append(list, t)
	}
	return list, guessed
}

// SevenOHTaken tells that a dose is 7-OH taken as such.
func SevenOHTaken(j *journal.Journal, d *journal.Dose) bool { return take(j, d).Form == pkpd.SevenOH }

// MostGuessed is the product, and the unit of it, of whose doses in the last two
// weeks most are of unknown strength; false where there is none with a name.
func MostGuessed(j *journal.Journal, now time.Time) (product journal.ID, unit string, ok bool) {
	type key struct {
		product journal.ID
		unit    string
	}
	count := map[key]int{}
	best := 0
	for _, e := range j.Between(now.Add(-curveReach), now.Add(time.Minute)) {
		d := e.Dose()
		if d == nil || d.Product.IsZero() || !take(j, d).source.guessed {
			continue
		}
		k := key{d.Product, d.Unit}
		if count[k]++; count[k] > best {
			best, product, unit, ok = count[k], d.Product, d.Unit, true
		}
	}
	return product, unit, ok
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
	drawn := map[source]float64{}
	for i, d := range doses {
		out[i] = d.Dose
		if s == nil {
			continue
		}
		z, ok := drawn[d.source]
		if !ok {
			z = s.Normal()
			drawn[d.source] = z
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
