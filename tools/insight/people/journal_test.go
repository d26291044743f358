package people

import (
	"math"
	"testing"

	"github.com/evenkeel/evenkeel/insight/diary"
)

// What a person lived reads the same from the journal that they wrote.
func TestJournalHoldsWhatWasLived(t *testing.T) {
	p := New(NullB, 5, 1)
	var w Diarist
	var lived []diary.Day
	for range 60 {
		d := p.Live()
		w.Write(&d, p)
		lived = append(lived, d)
	}
	read := diary.Read(w.Journal(), Midnight(60))
	from := 0
	for lived[from].Date != read[0].Date {
		from++
	}
	same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) < 1e-3 }
	for i, r := range read {
		l := lived[from+i]
		if r.Date != l.Date || r.Known != l.Known || len(r.Doses) != len(l.Doses) || len(r.Checks) != len(l.Checks) || r.Alcohol != l.Alcohol || len(l.Checks) > 0 && !same(r.Sleep, l.Sleep) {
			t.Fatalf("%s: read %+v, lived %+v", l.Date, r, l)
		}
		for k := range r.Checks {
			a, b := r.Checks[k], l.Checks[k]
			if math.Abs(a.Hour-b.Hour) > 0.02 || a.Score != b.Score || i > 0 && (!same(a.Since, b.Since) || a.Exact != b.Exact || !same(a.Until, b.Until)) {
				t.Errorf("%s: read %+v, lived %+v", l.Date, a, b)
			}
		}
	}
}
