package pkpd

import (
	"context"
	"math"
	"testing"
)

// daysPerson is somebody with weeks of leaf, and the doses of a day at a share
// of what they take.
func daysPerson(t testing.TB, draws int) (*Person, func(day int, share float64) []Intake) {
	t.Helper()
	h, _ := invented(typicalHistory(), 4)
	p, err := Fit(context.Background(), h, FitOptions{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return p.Fewer(draws), func(day int, share float64) []Intake {
		var list []Intake
		for k := range 4 {
			at := math.Floor(h.NowH/24)*24 + 24*float64(day+1) + 8 + 4.25*float64(k)
			list = append(list, Intake{Dose{at, Leaf, 50 * share, 0.2 * share}, 0})
		}
		return list
	}
}

// What Days says of a plan is what the forecast says of the same doses; and the
// first hours of a day are no worse than the night before, or next to it.
func TestDaysAgreeWithTheForecast(t *testing.T) {
	p, of := daysPerson(t, 40)
	shares := []float64{0, 0.3, 0.6, 1}
	plan := []int{3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0}
	var levels [][]Intake
	for _, s := range shares {
		levels = append(levels, of(0, s))
	}
	first := levels[3][0].AtH - p.NowH
	days, err := p.Days(context.Background(), first, nil, levels, nil)
	if err != nil {
		t.Fatal(err)
	}
	var given []Intake
	for d, l := range plan {
		given = append(given, of(d, shares[l])...)
	}
	var times []float64
	lag := Typical().Tlag[Leaf]
	for d := range plan {
		for m := range 24 * 20 {
			times = append(times, p.NowH+first+lag+24*float64(d)+float64(m+1)/20)
		}
	}
	each := len(times) / len(plan)
	u, compared, felt, missed := 0, 0, 0, 0.0
	err = p.Each(Given(given), times, func(d *Draw) {
		before := 0.0
		for n, l := range plan {
			want, early := 0.0, 0.0
			for m, r := range d.Rows[n*each : (n+1)*each] {
				if adds := min(10, d.Reporting.Slope*r.Withdrawal); m < 3*20-1 {
					early = max(early, adds)
				} else {
					want = max(want, adds)
				}
			}
			if n > 0 {
				missed = max(missed, early-max(before, want))
			}
			before = want
			var peak [1]float32
			days.Follow(u, n, l, n, n+1, -1, peak[:])
			if got := float64(peak[0]); math.Abs(got-want) > 0.05 {
				t.Errorf("draw %d, day %d: %.3f, by the forecast %.3f", u, n, got, want)
			}
			if want > 0.1 {
				felt++
			}
			compared++
		}
		u++
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d days, %d felt; at most %.3f points only in the first hours of a day", compared, felt, missed)
	if missed > 0.1 {
		t.Errorf("%.2f points are felt only in the first hours of a day", missed)
	}
	if u != len(days.Copies()) || felt < compared/20 {
		t.Errorf("%d draws, %d days felt of %d", u, felt, compared)
	}
}

// With the drug of who goes on, nobody is worse off than with their own.
func TestTheDrugOfElsewhereNeverHarms(t *testing.T) {
	p, of := daysPerson(t, 60)
	levels := [][]Intake{of(0, 0), of(0, 0.5), of(0, 1)}
	days, err := p.Days(context.Background(), levels[2][0].AtH-p.NowH, nil, levels, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range days.Copies() {
		var own, other [6]float32
		days.Follow(i, 0, 2, 0, 9, -1, own[:4]) // who goes on, at mark 9
		days.Follow(i, 0, 1, 0, 1, -1, own[:4])
		days.Follow(i, 4, 0, 1, -1, -1, own[:])
		days.Follow(i, 4, 0, 1, -1, 9, other[:])
		for d := range own {
			if other[d] > own[d]+1e-5 {
				t.Errorf("draw %d, day %d: %v with more drug, %v without", i, d, other[d], own[d])
			}
		}
		days.Follow(i, 4, 0, 1, -1, 1, other[:]) // the drug of its own mark is its own
		if other != own {
			t.Errorf("draw %d: %v, %v", i, own, other)
		}
	}
}

// BenchmarkDays is what a planner pays for: 500 draws through 180 days of one
// level.
func BenchmarkDays(b *testing.B) {
	p, of := daysPerson(b, 500)
	levels := [][]Intake{of(0, 1)}
	days, err := p.Days(context.Background(), levels[0][0].AtH-p.NowH, nil, levels, nil)
	if err != nil {
		b.Fatal(err)
	}
	var peaks [180]float32
	for b.Loop() {
		for i := range days.Copies() {
			days.Follow(i, 0, 0, 0, 1, -1, peaks[:])
		}
	}
}
