package contrast

import (
	"math"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

// The hours after a dose that are soon and long after, our choice round the peak
// of leaf at 1.0 to 1.3 h (Huestis 2024, 10.3390/molecules29050984, median of
// mitragynine). Between the two nothing is compared.
const (
	soonFrom, soonTo = 0.5, 3
	longFrom         = 4.5
	gapFrom          = 6
	beforeTo         = 1
)

// seen is one thing seen on a day: a score, on which side it stands, and when.
type seen struct {
	y, x float64
	bin  int
}

func soon(c *diary.Check) bool { return c.Exact && c.Since >= soonFrom && c.Since <= soonTo }

// side places a check-in on one side or the other; false where it is on none.
func (q *Question) side(c *diary.Check) (x float64, ok bool) {
	if math.IsNaN(c.Since) {
		return 0, false
	}
	switch q.Kind {
	case Lift:
		return flag(soon(c)), soon(c) || c.Since >= longFrom
	case Gap:
		return flag(!soon(c)), soon(c) || c.Since >= gapFrom
	case Before:
		return flag(c.Until <= beforeTo), true
	case After:
		return flag(soon(c)), true
	}
	return 0, false
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// checks are what a day shows about a question over check-ins.
func (q *Question) checks(d *diary.Day, main journal.ID, into []seen) []seen {
	for i := range d.Checks {
		c := &d.Checks[i]
		y := c.Score[q.Score]
		if math.IsNaN(y) {
			continue
		}
		x, ok := q.side(c)
		if q.Kind == Felt {
			x, ok = flag(c.After == main), soon(c) && !c.After.IsZero() && !main.IsZero()
		}
		if ok {
			into = append(into, seen{q.sign() * y, x, int(c.Hour/2) % bins})
		}
	}
	return into
}

// doses are what a day shows about a question over rated doses.
func (q *Question) doses(d *diary.Day, main journal.ID, into []seen) []seen {
	for i := range d.Doses {
		o := &d.Doses[i]
		if o.Helped < 0 {
			continue
		}
		x, ok := 0.0, true
		switch q.Factor {
		case Product:
			x, ok = flag(o.Product == main), !o.Product.IsZero() && !main.IsZero()
		case Morning:
			x = flag(o.Hour < 12)
		case Evening:
			x = flag(o.Hour >= 18)
		default:
			// A dose without a reason says nothing about reasons.
			x, ok = flag(gives(o, q.Factor)), len(o.Reasons) > 0
		}
		if ok {
			into = append(into, seen{float64(o.Helped), x, int(o.Hour/2) % bins})
		}
	}
	return into
}
