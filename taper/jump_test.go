package taper

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/journal"
)

func stepTotals(p *journal.Plan) []float64 {
	var list []float64
	for _, s := range p.Steps {
		list = append(list, Total(s.Doses))
	}
	return list
}

// From 12 g, with 8, 4 and none each five days; the 20th is day 6, of 8 g.
func TestJumpsByHand(t *testing.T) {
	for _, c := range []struct {
		name   string
		to     float64
		lived  bool
		days   []int
		totals []float64
	}{
		{"between two steps", 6, false, []int{0, 5, 6, 11, 16}, []float64{12, 8, 6, 4, 0}},
		{"to the next step", 4, false, []int{0, 5, 6, 11}, []float64{12, 8, 4, 0}},
		{"to none", 0, false, []int{0, 5, 6}, []float64{12, 8, 0}},
		{"back up", 10, false, []int{0, 5, 6, 11, 16, 21}, []float64{12, 8, 10, 8, 4, 0}},
		{"more was taken than it began with", 14.04, true, []int{0, 5, 6, 11, 16, 21, 26}, []float64{12, 8, 14, 12, 8, 4, 0}},
	} {
		_, p := lived(t)
		got, err := Jumped(&p, c.to, "2026-11-20")
		if c.lived {
			got, err = Replanned(&p, c.to, "2026-11-20")
		}
		if err != nil || !slices.Equal(stepDays(&got), c.days) || !slices.Equal(stepTotals(&got), c.totals) {
			t.Errorf("%s: %v %v %v", c.name, stepDays(&got), stepTotals(&got), err)
		}
		if !slices.Equal(stepTotals(&p), []float64{12, 8, 4, 0}) {
			t.Fatal("the plan before was changed")
		}
	}
	_, p := lived(t)
	for _, n := range []float64{8, 8.04, 13, -1, math.NaN(), 6.05} {
		if _, err := Jumped(&p, n, "2026-11-20"); err == nil {
			t.Errorf("a jump to %v is taken", n)
		}
	}
	if _, err := Jumped(&p, 6, "2026-11-13"); err == nil {
		t.Error("a jump before the first day")
	}
	// On hold since the 20th, four days: it goes on from the 24th.
	held, _ := Changed(&p, "held", "2026-11-20", 0)
	got, err := Jumped(&held, 6, "2026-11-24")
	if err != nil || got.Held != "" || !slices.Equal(stepDays(&got), []int{0, 5, 10, 15, 20}) || Amount(&got, "2026-11-24") != 6 {
		t.Errorf("from a hold: %v %v %v", stepDays(&got), stepTotals(&got), err)
	}
}

// A jump on the plan's first day leaves what the plan began with: from there it is
// counted, up to there it goes back, and what goes within a month is seen.
func TestAJumpOnTheFirstDayKeepsWhatThePlanBeganWith(t *testing.T) {
	b, p := lived(t)
	day := p.Begins
	less, err := Jumped(&p, 9, day)
	if err != nil || Amount(&less, day) != 9 || Amount(&less, day.Add(5)) != 8 || Amount(&less, day.Add(10)) != 4 {
		t.Fatalf("%v %v %v", stepDays(&less), stepTotals(&less), err)
	}
	if got := ProgressOf(b.fold.Journal(), &less, day); got.From != 12 || got.To != 9 {
		t.Errorf("from %v to %v", got.From, got.To)
	}
	if share, on := FastestOf(&less, day); math.Abs(share-1) > 1e-9 || on != day.Add(15) {
		t.Errorf("%v on %s", share, on)
	}
	if _, ok := Doses(&less, day.Add(-1)); ok {
		t.Error("the plan holds before it begins")
	}
	back, err := Jumped(&less, 12, day)
	if err != nil || Amount(&back, day) != 12 || Amount(&back, day.Add(5)) != 9 {
		t.Errorf("back up: %v %v %v", stepDays(&back), stepTotals(&back), err)
	}
	if _, err := Jumped(&less, 12.1, day); err == nil {
		t.Error("above what it began with")
	}
	// To none at once, which is regretted three days later.
	none, err := Jumped(&less, 0, day)
	if err != nil || !slices.Equal(stepTotals(&none), []float64{12, 0}) {
		t.Fatalf("%v %v", stepTotals(&none), err)
	}
	if share, on := FastestOf(&none, day); share != 1 || on != day {
		t.Errorf("none at once is %v on %s", share, on)
	}
	if back, err = Jumped(&none, 12, day.Add(3)); err != nil || Amount(&back, day.Add(2)) != 0 || Amount(&back, day.Add(3)) != 12 || Amount(&back, day.Add(7)) != 12 || Amount(&back, day.Add(8)) != 0 {
		t.Errorf("%v %v %v", stepDays(&back), stepTotals(&back), err)
	}
}

// A plan whose first day is a step already began with the day before it: it goes
// back up to there, and what goes within a month is counted from there.
func TestAPlanThatBeginsWithAStep(t *testing.T) {
	s, err := Lay(leaf(), 0, Pace{Strategy: Table, Rows: []Row{{0, 9}, {7, 8}, {40, 0}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := Chosen(&s, "2026-11-14")
	b := new(book)
	b.add(10, 9, &p)
	if got := ProgressOf(b.fold.Journal(), &p, p.Begins); got.From != 12 || got.To != 9 {
		t.Errorf("from %v to %v", got.From, got.To)
	}
	if share, on := FastestOf(&p, p.Begins.Add(1)); math.Abs(share-4./12) > 1e-9 || on != p.Begins.Add(7) {
		t.Errorf("%v on %s", share, on)
	}
	back, err := Jumped(&p, 12, p.Begins.Add(1))
	if err != nil || !slices.Equal(stepTotals(&back)[1:], []float64{9, 12, 9, 8, 0}) || !slices.Equal(stepDays(&back)[1:], []int{0, 1, 8, 15, 48}) {
		t.Errorf("%v %v %v", stepDays(&back), stepTotals(&back), err)
	}
}

// Who goes back up after a month without, to come down again the day after, is
// counted from the most that the month has.
func TestTheFastestStepAfterARise(t *testing.T) {
	day := func(n int, amount float64) journal.PlanStep {
		return journal.PlanStep{Day: n, Doses: []journal.PlanDose{{Minute: 480, Amount: amount}}}
	}
	p := journal.Plan{Begins: "2026-11-14", Grain: 1, Steps: []journal.PlanStep{day(0, 12), {Day: 6}, day(50, 8), day(57, 4)}}
	if share, on := FastestOf(&p, p.Begins.Add(50)); math.Abs(share-0.5) > 1e-9 || on != p.Begins.Add(57) {
		t.Errorf("%v on %s", share, on)
	}
}

// A jump holds what it was asked for today, comes down from there and ends where
// the plan ended; no dose rises later; the days before keep what they had; and
// asked for twice it is there.
func TestJumps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, goal, pace, half := draw(t)
		s, err := Lay(start, goal, pace, half)
		if err != nil {
			return
		}
		p := Chosen(&s, "2026-11-14")
		today, began := p.Begins, Total(p.Steps[0].Doses)
		for range rapid.IntRange(1, 4).Draw(t, "jumps") {
			today = today.Add(rapid.IntRange(0, 40).Draw(t, "later"))
			end := math.Min(Total(p.Steps[len(p.Steps)-1].Doses), Amount(&p, today))
			grains := rapid.IntRange(0, start.Day.Grains()).Draw(t, "grains")
			to := start.Amount(grains)
			next, err := Jumped(&p, to, today)
			if err != nil {
				if Amount(&p, today) != to && to <= began {
					t.Fatalf("%v refused: %v", to, err)
				}
				continue
			}
			if Amount(&next, today) != to {
				t.Fatalf("today has %v, not %v", Amount(&next, today), to)
			}
			last := next.Steps[len(next.Steps)-1]
			if Total(last.Doses) != math.Min(end, to) {
				t.Fatalf("it ends at %v, not %v", Total(last.Doses), end)
			}
			for i := 1; i < len(next.Steps); i++ {
				if next.Steps[i].Day <= next.Steps[i-1].Day {
					t.Fatal("days go back")
				}
				if next.Steps[i-1].Day >= next.Begins.DaysUntil(today) && Total(next.Steps[i].Doses) >= Total(next.Steps[i-1].Doses) {
					t.Fatal("a step rises, or stays")
				}
			}
			for day := next.Begins; day < today; day = day.Add(1) {
				if Amount(&next, day) != Amount(&p, day) {
					t.Fatal("a day that is past was changed")
				}
			}
			for _, d := range next.Steps[stepOn(&next, today)].Doses {
				if n := math.Round(d.Amount / start.Grain); math.Abs(n*start.Grain-d.Amount) > 1e-6 {
					t.Fatal("it cannot be measured")
				}
			}
			if _, err := Jumped(&next, to, today); err == nil {
				t.Fatal("a second jump to the same place is another plan")
			}
			if again, err := Replanned(&next, to, today); err == nil {
				t.Fatalf("replanned again: %v", again.Steps)
			}
			p = next
		}
	})
}

// Three grains three times a day, a dose less each week: between 9 and 6 no dose
// is cut that the next step keeps.
func TestAJumpKeepsTheDosesOfTheNextStep(t *testing.T) {
	s, err := Lay(Start{ProductName: "x", Unit: "capsule", Grain: 1, Day: Pattern{{480, 3}, {600, 3}, {1200, 3}}}, 0, Pace{Strategy: Fewer, Every: 7}, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := Chosen(&s, "2026-11-14")
	got, err := Jumped(&p, 7, "2026-11-15")
	if err != nil {
		t.Fatal(err)
	}
	// The first drops the dose at ten, two hours after another one.
	want := []journal.PlanDose{{Minute: 480, Amount: 3}, {Minute: 600, Amount: 3}, {Minute: 1200, Amount: 1}}
	if now, _ := Doses(&got, "2026-11-15"); !slices.Equal(now, want) {
		t.Errorf("%v", now)
	}
}

func TestAPlanGoesOnWithAnotherProduct(t *testing.T) {
	_, p := lived(t) // today, day 10, has 4 g and from day 15 none; on day 6, 8 g, 4, none
	tablets := Start{ProductName: "tablet", Unit: "tablet", Grain: 0.25, Day: Pattern{{480, 3}, {1200, 2}}}
	got, err := Switched(&p, &tablets, "2026-11-20")
	// Half of five quarters is two and a half of them: two.
	if err != nil || got.Unit != "tablet" || got.Begins != "2026-11-20" || !slices.Equal(stepDays(&got), []int{0, 4, 9}) || !slices.Equal(stepTotals(&got), []float64{1.25, 0.5, 0}) {
		t.Errorf("%v %v %v", stepDays(&got), stepTotals(&got), err)
	}
	if _, err := Switched(&p, &tablets, "2026-12-20"); err == nil {
		t.Error("a plan that has none is given another product")
	}
	if _, err := Switched(&p, &Start{Grain: 1}, "2026-11-20"); err == nil {
		t.Error("an empty day is taken")
	}
	held, _ := Changed(&p, "held", "2026-11-20", 0)
	if got, err := Switched(&held, &tablets, "2026-11-24"); err != nil || got.Held != "2026-11-24" || !slices.Equal(stepDays(&got), []int{0, 4, 9}) {
		t.Errorf("on hold: %+v %v", got, err)
	}
}

func TestWhatWasLived(t *testing.T) {
	b, p := lived(t)
	for i, n := range []float64{9, 7, 8} {
		b.add(i+1, 8, dose(n, "leaf"))
	}
	b.add(5, 8, &journal.Dose{ProductName: "leaf", Amount: 2, Unit: "spoon"})
	if _, days, ok := Lived(b.fold.Journal(), &p, "2026-11-24"); ok || days != 3 {
		t.Errorf("three days and spoons are enough: %d", days)
	}
	b.add(6, 8, &journal.None{})
	if n, days, ok := Lived(b.fold.Journal(), &p, "2026-11-24"); !ok || days != 4 || n != 7 {
		t.Errorf("of 9, 7, 8 and none the middle is %v (%d, %v)", n, days, ok)
	}
}

// Days before the plan, such as of another product, are none of it.
func TestWhatWasTakenBeforeAPlanIsNotLivedWithIt(t *testing.T) {
	b, p := lived(t)
	for ago := 11; ago <= 15; ago++ {
		b.add(ago, 8, dose(9, "leaf"))
	}
	if _, days, ok := Lived(b.fold.Journal(), &p, "2026-11-14"); ok || days != 0 {
		t.Errorf("%d days", days)
	}
}

func TestProgressWithoutStreaks(t *testing.T) {
	b, p := lived(t) // 12 g until the 18th, then 8, from the 24th 4
	b.add(9, 8, dose(13, "leaf"))
	b.add(8, 8, dose(5, "leaf"))
	b.add(7, 20, dose(5, "leaf")) // 36 h later
	// The 18th is unknown; the 19th to the 21st have 9, 8 and 8.5 of 8.
	for i, n := range []float64{9, 8, 8.5} {
		b.add(5-i, 8, dose(n, "leaf"))
	}
	got := ProgressOf(b.fold.Journal(), &p, "2026-11-22")
	want := Progress{AtOrUnder: 3, Known: 6, Over: 2, From: 12, To: 8, OverDays: 3, LastOver: "2026-11-21", Between: 3, Gap: 36 * time.Hour, Less: -1 + 7 + 7 + 3 + 4 + 3.5}
	if got != want {
		t.Errorf("%+v", got)
	}
}

// What is left of a plan has on each day what the plan has.
func TestWhatIsLeftOfAPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, goal, pace, half := draw(t)
		s, err := Lay(start, goal, pace, half)
		if err != nil {
			return
		}
		p := Chosen(&s, "2026-11-14")
		today := p.Begins.Add(rapid.IntRange(0, 60).Draw(t, "day"))
		if rapid.Bool().Draw(t, "held") {
			if p, err = Changed(&p, "held", p.Begins.Add(rapid.IntRange(0, 60).Draw(t, "since")), 0); err != nil {
				t.Fatal(err)
			}
			today = max(today, p.Held)
		}
		left, ok := Ahead(&p, today)
		if ok != (Amount(&p, today) > 0) {
			t.Fatalf("%v with %v", ok, Amount(&p, today))
		}
		for n := 0; ok && n < 80; n++ {
			if got, want := left.Start.Amount(left.On(n).Grains()), Amount(&p, today.Add(n)); math.Abs(got-want) > 1e-6 {
				t.Fatalf("%v instead of %v on day %d", got, want, n)
			}
		}
	})
	_, p := lived(t)
	if _, ok := Ahead(&p, "2026-11-13"); ok {
		t.Error("before its first day")
	}
}

// What was missed on one day is on no other: the plan of a day does not look at what
// was taken.
func TestNothingIsMadeUpFor(t *testing.T) {
	b, _ := lived(t)
	b.add(6, 8, dose(2, "leaf")) // 10 g less than planned
	b.add(5, 8, dose(20, "leaf"))
	j := b.fold.Journal()
	for day, want := range map[journal.Date]float64{"2026-11-19": 8, "2026-11-20": 8, "2026-11-24": 4} {
		if d, _ := DayOf(j, day); d.Planned != want {
			t.Errorf("%s has %v", day, d.Planned)
		}
	}
}

func TestHowFastAPlanGoes(t *testing.T) {
	_, p := lived(t)
	if share, day := FastestOf(&p, "2026-11-20"); share != 1 || day != "2026-11-29" {
		t.Errorf("%v on %s", share, day)
	}
	slow := journal.Plan{Begins: "2026-11-14", Grain: 1, Steps: []journal.PlanStep{
		{Day: 0, Doses: []journal.PlanDose{{Minute: 0, Amount: 10}}}, {Day: 30, Doses: []journal.PlanDose{{Minute: 0, Amount: 8}}}, {Day: 60, Doses: []journal.PlanDose{{Minute: 0, Amount: 6}}}}}
	if share, day := FastestOf(&slow, "2026-11-14"); math.Abs(share-0.2) > 1e-9 || day != "2026-12-14" {
		t.Errorf("a step in two months counts for this one: %v on %s", share, day)
	}
	if share, day := FastestOf(&slow, "2026-12-20"); math.Abs(share-0.25) > 1e-9 || day != "2027-01-13" {
		t.Errorf("%v on %s", share, day)
	}
}
