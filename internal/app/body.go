package app

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Body is what the model says is in the body over the hours around now, for a
// typical person: nobody's blood was measured.
type Body struct {
	// Points from bodyBack before now to bodyAhead after, in order; empty when
	// no dose of the last days has a known content.
	Points []BodyPoint
	// Now is the index in Points of the present moment.
	Now int
	// Unknown counts the doses of the last days that could not be included,
	// because what they hold is not known.
	Unknown int
	// Direct is true when 7-OH was taken as such: no study has measured how
	// that is absorbed in people, so the curve is far less sure.
	Direct bool
}

// BodyPoint is one moment of the curve.
type BodyPoint struct {
	At                   time.Time
	Mitragynine, SevenOH Level
}

// Level is a plasma concentration in nM: the median person and the middle
// 80 % of people, with the spread of the products' contents.
type Level struct{ Low, Mid, High float64 }

// Known reports that there is a curve at all.
func (b *Body) Known() bool { return len(b.Points) > 0 }

const (
	// bodyReach is how far back doses still matter: over four half-lives of
	// the slow phase of mitragynine (Huestis 2024, 43-68 h).
	bodyReach = 14 * 24 * time.Hour
	bodyBack  = 24 * time.Hour
	bodyAhead = 12 * time.Hour
	bodyStep  = 20 * time.Minute
	// bodyPeople is how many people make the band. Its edges, the 10th and 90th
	// percentile, then move by a few per cent with another draw.
	bodyPeople = 60
	bodySeed   = 20261122
)

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
		held := heldBy(j, e.Dose())
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

// body is bodyNow, kept for as long as neither the journal nor the minute
// changes: pages ask for it far more often than that.
func (a *App) body(j *journal.Journal, now time.Time) Body {
	now = now.Truncate(time.Minute)
	if a.curve.seq != a.seq || !a.curve.at.Equal(now) || a.curve.of != j {
		a.curve = curve{of: j, seq: a.seq, at: now, body: bodyNow(j, now)}
	}
	return a.curve.body
}

// curve is a Body with what it was computed from.
type curve struct {
	of   *journal.Journal
	seq  int64
	at   time.Time
	body Body
}

// bodyNow computes the curve and its band. A curve that the model refuses is
// shown as no curve, never as zero.
func bodyNow(j *journal.Journal, now time.Time) Body {
	doses, unknown := dosesWithin(j, now, bodyReach)
	b := Body{Unknown: unknown}
	if len(doses) == 0 {
		return b
	}
	n := int((bodyBack+bodyAhead)/bodyStep) + 1
	times := make([]float64, n)
	points := make([]BodyPoint, n)
	for i := range n {
		at := now.Add(-bodyBack + time.Duration(i)*bodyStep)
		points[i].At, times[i] = at, at.Sub(now).Hours()
		if !at.After(now) {
			b.Now = i
		}
	}
	for _, d := range doses {
		b.Direct = b.Direct || d.Form == pkpd.SevenOH && d.SevenOHMg > 0
	}
	typical := pkpd.Typical()
	rows, _, err := pkpd.Curve(&typical, amounts(doses, nil), times)
	if err != nil {
		return Body{Unknown: unknown + len(doses)}
	}
	for i, r := range rows {
		points[i].Mitragynine.Mid, points[i].SevenOH.Mid = r.MitragynineNM, r.SevenOHNM
	}
	if !band(points, doses, times) {
		return Body{Unknown: unknown + len(doses)}
	}
	b.Points = points
	return b
}

// band widens the points to the middle 80 % of people who took these doses.
func band(points []BodyPoint, doses []taken, times []float64) bool {
	prior := pkpd.Prior()
	mitragynine := make([][]float64, len(times))
	sevenOH := make([][]float64, len(times))
	for k := range bodyPeople {
		stream := pkpd.NewStream(bodySeed, uint64(k))
		eta := prior.Draw(&stream)
		person := prior.Typical.With(&eta)
		rows, _, err := pkpd.Curve(&person, amounts(doses, &stream), times)
		if err != nil {
			return false
		}
		for i, r := range rows {
			mitragynine[i] = append(mitragynine[i], r.MitragynineNM)
			sevenOH[i] = append(sevenOH[i], r.SevenOHNM)
		}
	}
	for i := range points {
		points[i].Mitragynine.spread(mitragynine[i])
		points[i].SevenOH.spread(sevenOH[i])
	}
	return true
}

// spread sets Low and High to the 10th and 90th percentile; the typical line
// stays inside.
func (l *Level) spread(values []float64) {
	m := middle(values)
	l.Low, l.High = math.Min(m.Low, l.Mid), math.Max(m.High, l.Mid)
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
