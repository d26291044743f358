package pkpd

import (
	"context"
	"math"
	"slices"
	"testing"
)

func TestDeparture(t *testing.T) {
	cases := []struct {
		name                    string
		threshold, excess, want float64
	}{
		{"in balance", 0.2, -0.2, 0},
		{"more drive than it is used to", 0.2, -0.5, 0},
		{"half of what is felt", 0.2, -0.1, 1.0 / 3},
		{"just felt", 0.2, 0, 0.5},
		{"as much again", 0.2, 0.2, 2.0 / 3},
		{"no threshold, in balance", 0, 0, 0},
		{"no threshold, out of it", 0, 0.1, 1},
	}
	for _, c := range cases {
		if got := departure(c.threshold, c.excess); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// The doubt about the law shows where balance is lost: it widens stopping
// against going on, for the same person at the same hour, far more than what the
// doses alone leave open.
func TestDiscrepancyWidensStopping(t *testing.T) {
	h := leafTwiceADay(21)
	for d := range 21 {
		h.CheckIns = append(h.CheckIns, Rating{AtH: 24*float64(d) + 13, Score: 2}, Rating{AtH: 24*float64(d) + 21, Score: 2})
	}
	p := fitted(t, h, 3)
	at := []float64{h.NowH + 101} // 13:00, when going on is in balance
	stop, same := spanAt(t, p, StopNow(), at), spanAt(t, p, SameAsNow(), at)
	if stop < 3*same {
		t.Errorf("stopping spans %.1f points, going on %.1f", stop, same)
	}
}

// What lasts two days beyond what the doses explain is not ended by them: the
// day after is forecast near what was written.
func TestCheckInsAfterStoppingTakeOver(t *testing.T) {
	h := leafTwiceADay(21)
	h.Intakes = slices.DeleteFunc(h.Intakes, func(d Intake) bool { return d.AtH > h.NowH-96 })
	for d := range 17 {
		h.CheckIns = append(h.CheckIns, Rating{AtH: 24*float64(d) + 13, Score: 1}, Rating{AtH: 24*float64(d) + 21, Score: 2})
	}
	for k := range 9 {
		h.CheckIns = append(h.CheckIns, Rating{AtH: h.NowH - 72 + 9*float64(k), Score: 7})
	}
	f, err := fitted(t, h, 3).Forecast(context.Background(), StopNow(), []float64{h.NowH + 24})
	if err != nil {
		t.Fatal(err)
	}
	if b := f.Rough[0]; b.Median < 5.5 || b.High80 < 7 {
		t.Errorf("seven for three days, and tomorrow %+v", b)
	}
}

// leafTwiceADay is leaf twice a day for some days, without check-ins.
func leafTwiceADay(days int) History {
	h := History{NowH: 24*float64(days) + 8, Products: []Content{{MitragynineLogSD: 0.2}}}
	for k := range 2 * days {
		h.Intakes = append(h.Intakes, Intake{Dose{AtH: 12*float64(k) + 8, Form: Leaf, MitragynineMg: 40}, 0})
	}
	return h
}

func spanAt(t *testing.T, p *Person, r Regimen, at []float64) float64 {
	t.Helper()
	f, err := p.Forecast(context.Background(), r, at)
	if err != nil {
		t.Fatal(err)
	}
	return f.Rough[0].High80 - f.Rough[0].Low80
}
