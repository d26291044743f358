package taper

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/journal"
)

// tablets is a day of four doses of half a tablet, measured in quarters.
func tablets() Start {
	return Start{ProductName: "tablet", Unit: "tablet", Grain: 0.25, Day: Pattern{{480, 2}, {720, 2}, {960, 2}, {1200, 2}}}
}

// leaf is twelve grams in four doses, measured in tenths.
func leaf() Start {
	return Start{ProductName: "leaf", Unit: "g", Grain: 0.1, Day: Pattern{{480, 30}, {720, 30}, {960, 30}, {1200, 30}}}
}

func totals(s *Schedule) (days, grains []int) {
	for _, st := range s.Steps {
		days, grains = append(days, st.Day), append(grains, st.Pattern.Grains())
	}
	return days, grains
}

func TestPacesByHand(t *testing.T) {
	for _, c := range []struct {
		name         string
		start        Start
		goal         float64
		pace         Pace
		half         float64
		days, grains []int
		finer        int
	}{
		// 8 quarters, half of what is left each week: 8, 4, 2, 1, then half a grain
		// rounds up to 1 (not measurable), then a quarter of one is none.
		{"percent", tablets(), 0, Pace{Strategy: Percent, Size: 50, Every: 7}, 0, []int{0, 7, 14, 21, 35}, []int{8, 4, 2, 1, 0}, 1},
		{"fixed", leaf(), 0, Pace{Strategy: Fixed, Size: 4, Every: 5}, 0, []int{0, 5, 10, 15}, []int{120, 80, 40, 0}, 0},
		{"fixed to a goal", leaf(), 5, Pace{Strategy: Fixed, Size: 4, Every: 5}, 0, []int{0, 5, 10}, []int{120, 80, 50}, 0},
		// Half of the receptors at 12 g: 12 g is 1/2, three equal steps are 1/3 (6 g)
		// and 1/6 (2.4 g).
		{"occupancy", leaf(), 0, Pace{Strategy: Occupancy, Size: 3, Every: 7}, 12, []int{0, 7, 14, 21}, []int{120, 60, 24, 0}, 0},
		{"fewer", leaf(), 0, Pace{Strategy: Fewer, Every: 3}, 0, []int{0, 3, 6, 9, 12}, []int{120, 90, 60, 30, 0}, 0},
		// Doses at 8, 12, 16 and 20 o'clock, two hours more each step: 6 h apart
		// leaves 8, 14, 20; 8 h leaves 8, 16; 10 h 8, 18; 12 h 8, 20; then one alone.
		{"gaps", leaf(), 0, Pace{Strategy: Gaps, Size: 120, Every: 4}, 0, []int{0, 4, 8, 12, 16, 20, 24}, []int{120, 90, 60, 60, 60, 30, 0}, 0},
		{"table", leaf(), 0, Pace{Strategy: Table, Rows: []Row{{0, 12}, {7, 10.5}, {14, 0}}}, 0, []int{0, 7, 14}, []int{120, 105, 0}, 0},
	} {
		s, err := Lay(c.start, c.goal, c.pace, c.half)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		days, grains := totals(&s)
		if !slices.Equal(days, c.days) || !slices.Equal(grains, c.grains) || s.Finer != c.finer {
			t.Errorf("%s: days %v, grains %v, finer %d", c.name, days, grains, s.Finer)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		start Start
		goal  float64
		pace  Pace
		key   string
	}{
		{"no grain", Start{Day: leaf().Day}, 0, Pace{Strategy: Fewer, Every: 1}, "way.grain_range"},
		{"no day", Start{Grain: 1}, 0, Pace{Strategy: Fewer, Every: 1}, "way.no_day"},
		{"a goal above", leaf(), 13, Pace{Strategy: Fewer, Every: 1}, "way.goal_range"},
		{"no days a step", leaf(), 0, Pace{Strategy: Percent, Size: 10}, "way.every_range"},
		{"no percent", leaf(), 0, Pace{Strategy: Percent, Every: 7}, "way.percent_range"},
		{"never ends", leaf(), 0, Pace{Strategy: Percent, Size: 0.1, Every: 30}, "way.too_long"},
		{"no receptor", leaf(), 0, Pace{Strategy: Occupancy, Size: 5, Every: 7}, "way.no_receptor"},
		{"rises", leaf(), 0, Pace{Strategy: Table, Rows: []Row{{0, 10}, {7, 11}}}, "way.row_rises"},
		{"above now", leaf(), 0, Pace{Strategy: Table, Rows: []Row{{0, 13}}}, "way.row_rises"},
		{"finer", leaf(), 0, Pace{Strategy: Table, Rows: []Row{{0, 10.55}}}, "way.row_finer"},
		{"back in time", leaf(), 0, Pace{Strategy: Table, Rows: []Row{{7, 10}, {7, 9}}}, "way.rows_order"},
		{"none", leaf(), 0, Pace{Every: 7}, "way.no_strategy"},
	} {
		_, err := Lay(c.start, c.goal, c.pace, 0)
		var in *InputError
		if !errors.As(err, &in) || in.Key != c.key {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestFastestMonth(t *testing.T) {
	s, _ := Lay(leaf(), 0, Pace{Strategy: Table, Rows: []Row{{10, 9}, {35, 8}, {90, 4}}}, 0)
	if f, day := s.Fastest(); f != 0.5 || day != 90 {
		t.Errorf("%v on day %d", f, day)
	}
	// 12 to 9 is a quarter; from day 35 the month before began at 12: a third.
	s, _ = Lay(leaf(), 0, Pace{Strategy: Table, Rows: []Row{{10, 9}, {35, 8}}}, 0)
	if f, day := s.Fastest(); math.Abs(f-1./3) > 1e-9 || day != 35 {
		t.Errorf("%v on day %d", f, day)
	}
}

// draw makes any start and pace.
func draw(t *rapid.T) (Start, float64, Pace, float64) {
	s := Start{ProductName: "x", Unit: "g", Grain: rapid.SampledFrom([]float64{0.05, 0.1, 0.25, 0.5, 1}).Draw(t, "grain")}
	minute := 0
	for range rapid.IntRange(1, 8).Draw(t, "doses") {
		minute += rapid.IntRange(1, 170).Draw(t, "gap")
		s.Day = append(s.Day, Dose{minute, rapid.IntRange(1, 60).Draw(t, "grains")})
	}
	p := Pace{Strategy: rapid.SampledFrom(Strategies).Draw(t, "strategy"), Every: rapid.IntRange(1, 30).Draw(t, "every")}
	now := s.Amount(s.Day.Grains())
	switch p.Strategy {
	case Percent:
		p.Size = rapid.Float64Range(3, 100).Draw(t, "percent")
	case Fixed:
		p.Size = rapid.Float64Range(0.03, 1).Draw(t, "part") * now
	case Occupancy:
		p.Size = float64(rapid.IntRange(1, 30).Draw(t, "steps"))
	case Gaps:
		p.Size = float64(rapid.IntRange(15, 600).Draw(t, "minutes"))
	case Table:
		left, day := s.Day.Grains(), 0
		for range rapid.IntRange(1, 10).Draw(t, "rows") {
			left -= rapid.IntRange(0, left).Draw(t, "less")
			p.Rows = append(p.Rows, Row{day, s.Amount(left)})
			day += rapid.IntRange(1, 20).Draw(t, "days")
		}
	}
	goal := s.Amount(rapid.IntRange(0, s.Day.Grains()).Draw(t, "goal"))
	return s, goal, p, now * rapid.Float64Range(0.1, 10).Draw(t, "half")
}

// No step ever rises, in all or in one of its doses; every amount can be
// measured; a step's day follows the one before; the plan ends at its goal.
func TestNoPlanRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, goal, pace, half := draw(t)
		s, err := Lay(start, goal, pace, half)
		if err != nil {
			var in *InputError
			if errors.As(err, &in) && in.Key == "way.too_long" {
				return
			}
			t.Fatal(err)
		}
		before := Step{-1, start.Day}
		for i, st := range s.Steps {
			if !st.Pattern.Within(before.Pattern) {
				t.Fatalf("step %d rises: %v after %v", i, st.Pattern, before.Pattern)
			}
			if st.Day <= before.Day || i > 0 && st.Pattern.Grains() > before.Pattern.Grains() {
				t.Fatalf("step %d on day %d after %d", i, st.Day, before.Day)
			}
			for _, d := range st.Pattern {
				if d.Grains < 1 || d.Minute < 0 || d.Minute >= 1440 {
					t.Fatalf("a dose of %v", d)
				}
			}
			before = st
		}
		if pace.Strategy != Table && (s.Reached < 0 || before.Pattern.Grains() != s.Goal) {
			t.Fatalf("it ends at %d, not at %d", before.Pattern.Grains(), s.Goal)
		}
		// The sum of the parts is the whole.
		sum := 0
		for day := range s.Length() {
			sum += s.On(day).Grains()
		}
		if start.Amount(sum) != s.Needs() {
			t.Fatalf("needs %v, days add up to %v", s.Needs(), start.Amount(sum))
		}
	})
}

// A dose stays on its day, and no two change places, when clocks change.
func TestClocksDoNotShiftADose(t *testing.T) {
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no time zones here")
	}
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom([]journal.Date{"2026-03-08", "2026-11-01", "2026-03-07", "2026-10-31", "2026-12-31"}).Draw(t, "day")
		minute := rapid.IntRange(0, 1439).Draw(t, "minute")
		at := Dose{minute, 1}.At(day, ny)
		if journal.DateOf(at) != day {
			t.Fatalf("%v is not on %s", at, day)
		}
		if got := at.Hour()*60 + at.Minute(); got != minute && !(day == "2026-03-08" && minute >= 120 && minute < 180) {
			t.Fatalf("minute %d became %d", minute, got)
		}
	})
}
