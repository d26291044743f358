package exposure

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Curve is what the model says is in the body over the hours around now, for a
// typical person: nobody's blood was measured.
type Curve struct {
	// Points from curveBack before now to curveAhead after, in order, closer
	// where a dose was taken; empty when there is no dose, or most are of unknown
	// strength.
	Points []Point
	// Taken are the times of the doses that lie within the points.
	Taken []time.Time
	// UsualDays is how many days of use the usual peak is the median of; 0 where
	// they are too few, and Acting is a share of the highest of these hours.
	UsualDays int
	// Now is the index in Points of the present moment.
	Now int
	// Doses counts those of the last days; Unknown those among them of unknown
	// strength. They are in the curve with the spread of their kind, unless they
	// are most of it: then there is no curve.
	Doses, Unknown int
	// Opioid is true when another opioid was logged in the last week: what acts
	// on the body is then more than this.
	Opioid bool
	// Direct is true when 7-OH was taken as such: no study has measured how
	// that is absorbed in people, so the curve is far less sure.
	Direct bool
}

// Point is one moment of the curve.
type Point struct {
	At                   time.Time
	Mitragynine, SevenOH Level
	// Acting is what acts at the receptor, as a share of each body's own peak on
	// a usual day of use, so that it may be compared where a level may not.
	Acting Level
	// Gap says that most of the day before this moment has no entry: what may be
	// missing then is unknown, not zero.
	Gap bool
}

// Level is a plasma concentration in nM, or a share: the median person and the
// middle 80 % of people, with the spread of the products' contents.
type Level struct{ Low, Mid, High float64 }

// Missing reports that for most of the last day nothing is written about doses:
// the curve has none there, and if there were any there is more than it shows.
func (b *Curve) Missing() bool { return b.Known() && b.Points[b.Now].Gap }

// Known reports that there is a curve at all.
func (b *Curve) Known() bool { return len(b.Points) > 0 }

const (
	// curveReach is how far back doses still matter: over four half-lives of
	// the slow phase of mitragynine (Huestis 2024, 43-68 h).
	curveReach = 14 * 24 * time.Hour
	curveBack  = 24 * time.Hour
	// opioidReach is for how long another opioid puts every comparison in doubt.
	opioidReach = 7 * 24 * time.Hour
	curveAhead  = 12 * time.Hour
	curveStep   = 20 * time.Minute
	// curvePeople is how many people make the band. Its edges, the 10th and 90th
	// percentile, then move by a few per cent with another draw.
	curvePeople = 60
	curveSeed   = 20261122
)

// Around computes the curve and its band. A curve that the model refuses is
// shown as no curve, never as zero.
func Around(j *journal.Journal, now time.Time) Curve {
	doses, unknown := dosesWithin(j, now, curveReach)
	none := Curve{Unknown: unknown, Doses: len(doses)}
	if len(doses) == 0 || mostlyGuessed(doses) {
		return none
	}
	b := none
	for _, d := range doses {
		b.Direct = b.Direct || d.Form == pkpd.SevenOH && d.SevenOHMg > 0
		if d.AtH >= -curveBack.Hours() {
			b.Taken = append(b.Taken, now.Add(hours(d.AtH)))
		}
	}
	for _, e := range j.Between(now.Add(-opioidReach), now) {
		b.Opioid = b.Opioid || e.Substance() != nil && e.Substance().Class == "opioid"
	}
	g := gridOf(now, doses, daysOfUse(j, now))
	b.UsualDays = g.days
	b.Points = make([]Point, len(g.shown))
	gap := gapsOf(j, now)
	for i, k := range g.shown {
		at := now.Add(hours(g.times[k]))
		b.Points[i] = Point{At: at, Gap: gap(at)}
		if !at.After(now) {
			b.Now = i
		}
	}
	typical := pkpd.Typical()
	if !g.run(&typical, doses, nil, func(i int, r pkpd.Row, acting float64) {
		p := &b.Points[i]
		p.Mitragynine.Mid, p.SevenOH.Mid, p.Acting.Mid = r.MitragynineNM, r.SevenOHNM, acting
	}) || !band(b.Points, doses, &g) {
		return none
	}
	return b
}

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }

// mostlyGuessed tells that more than half of the doses are of unknown strength,
// of all or of the last two days: then a level would be made up.
func mostlyGuessed(doses []taken) bool {
	all, late, lateGuessed, guessed := len(doses), 0, 0, 0
	for _, d := range doses {
		recent := d.AtH > -recentHours
		if recent {
			late++
		}
		if d.source.guessed {
			guessed++
			if recent {
				lateGuessed++
			}
		}
	}
	return 2*guessed > all || 2*lateGuessed > late
}

const recentHours = 48

// band widens the points to the middle 80 % of people who took these doses.
func band(points []Point, doses []taken, g *grid) bool {
	prior := pkpd.Prior()
	mitragynine := make([][]float64, len(points))
	sevenOH := make([][]float64, len(points))
	acting := make([][]float64, len(points))
	for k := range curvePeople {
		stream := pkpd.NewStream(curveSeed, uint64(k))
		eta := prior.Draw(&stream)
		person := prior.Typical.With(&eta)
		if !g.run(&person, doses, &stream, func(i int, r pkpd.Row, share float64) {
			mitragynine[i] = append(mitragynine[i], r.MitragynineNM)
			sevenOH[i] = append(sevenOH[i], r.SevenOHNM)
			acting[i] = append(acting[i], share)
		}) {
			return false
		}
	}
	for i := range points {
		points[i].Mitragynine.spread(mitragynine[i])
		points[i].SevenOH.spread(sevenOH[i])
		points[i].Acting.spread(acting[i])
	}
	return true
}

// spread sets Low and High to the 10th and 90th percentile; the typical line
// stays inside.
func (l *Level) spread(values []float64) {
	m := Middle(values)
	l.Low, l.High = math.Min(m.Low, l.Mid), math.Max(m.High, l.Mid)
}

// Middle is the median and the middle 80 % of values.
func Middle(values []float64) Level {
	if len(values) == 0 {
		return Level{}
	}
	return Level{Low: pkpd.Quantile(values, 0.1), Mid: pkpd.Quantile(values, 0.5), High: pkpd.Quantile(values, 0.9)}
}
