package taper

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/journal"
)

// lived is a plan from 12 g down by 4 g each five days, begun ten days ago, and
// with it what was taken.
func lived(t *testing.T) (*book, journal.Plan) {
	t.Helper()
	s, err := Lay(leaf(), 0, Pace{Strategy: Fixed, Size: 4, Every: 5}, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := Chosen(&s, "2026-11-14")
	b := new(book)
	b.add(11, 9, &p)
	return b, p
}

// Who chooses a plan at noon is not over it for the morning, and no such day counts
// as on plan; the day after does as any other.
func TestAMorningBeforeThePlan(t *testing.T) {
	s, err := Lay(leaf(), 0, Pace{Strategy: Fixed, Size: 4, Every: 5}, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := Chosen(&s, "2026-11-20")
	b := new(book)
	b.add(4, 8, dose(13, "leaf")) // the 20th: 12 g planned from noon on
	b.add(4, 12, &p)
	b.add(3, 8, dose(13, "leaf"))
	j := b.fold.Journal()
	if d, ok := DayOf(j, "2026-11-20"); !ok || d != (Day{Known: true, Planned: 12, Taken: 13, Before: true}) {
		t.Errorf("the day it was chosen: %+v", d)
	}
	if d, ok := DayOf(j, "2026-11-21"); !ok || d.Over != 1 || d.Before {
		t.Errorf("the day after: %+v", d)
	}
	if got := ProgressOf(j, &p, "2026-11-22"); got.Known != 1 || got.OverDays != 1 || got.AtOrUnder != 0 {
		t.Errorf("%+v", got)
	}
}

func TestDaysAgainstAPlan(t *testing.T) {
	b, p := lived(t)
	b.add(6, 8, dose(8, "leaf"))      // the 18th, day 4: 12 g planned
	b.add(5, 8, dose(9, "leaf"))      // the 19th, day 5: 8 g planned
	b.add(4, 8, &journal.None{})      // at plan
	b.add(0, 8, dose(1.5, "leaf"))    // today, day 10: 4 g planned
	b.add(0, 8.5, dose(20, "coffee")) // something else
	j := b.fold.Journal()
	for _, c := range []struct {
		day  journal.Date
		want Day
	}{
		{"2026-11-18", Day{Known: true, Planned: 12, Taken: 8, Left: 4}},
		{"2026-11-19", Day{Known: true, Planned: 8, Taken: 9, Over: 1, OverSince: time.Date(2026, 11, 19, 8, 0, 0, 0, time.UTC)}},
		{"2026-11-21", Day{Planned: 8, Left: 8}},
		{"2026-11-24", Day{Known: true, Planned: 4, Taken: 1.5, Left: 2.5}},
	} {
		if got, ok := DayOf(j, c.day); !ok || got != c.want {
			t.Errorf("%s: %+v", c.day, got)
		}
	}
	if _, ok := DayOf(j, "2026-11-13"); ok {
		t.Error("a plan before its first day")
	}
	// Unknown days count neither way.
	if got := ProgressOf(j, &p, "2026-11-24"); got != (Progress{AtOrUnder: 2, Known: 3, Over: 1, From: 12, To: 4,
		OverDays: 1, LastOver: "2026-11-19", Gap: 24 * time.Hour, Less: 4 + 3 + 12}) {
		t.Errorf("%+v", got)
	}
	if on, n, ok := Next(&p, "2026-11-24"); !ok || on != "2026-11-29" || n != 0 {
		t.Errorf("next %s %v", on, n)
	}
}

// What is of the plan's product counts in whatever unit leads to the plan's, and
// under whichever place of the list; what cannot be counted makes no day one at
// plan.
func TestDosesOfAPlanInOtherUnits(t *testing.T) {
	b, p := lived(t)
	var listed journal.ID
	copy(listed[:], "a leaf on a list")
	stamped := journal.Event{At: now, Body: &journal.Product{Name: "Leaf", Form: "leaf", Units: []journal.Unit{{Name: "capsule", Grams: 0.5}}}}
	stamped.Stamp(now)
	b.fold.Apply(listed, stamped)
	b.add(6, 8, &journal.Dose{Product: listed, ProductName: "Leaf", Amount: 26, Unit: "capsule"}) // 13 g, 12 planned
	b.add(5, 8, &journal.Dose{Product: listed, ProductName: "Leaf", Amount: 3000, Unit: "mg"})    // 3 g, 8 planned
	b.add(4, 8, &journal.Dose{ProductName: "leaf", Amount: 2, Unit: "spoon"})
	j := b.fold.Journal()
	if d, _ := DayOf(j, "2026-11-18"); d.Taken != 13 || d.Over != 1 {
		t.Errorf("26 capsules of half a gram are %+v", d)
	}
	if d, _ := DayOf(j, "2026-11-20"); d.Other != 1 || d.Taken != 0 {
		t.Errorf("spoons are %+v", d)
	}
	if got := ProgressOf(j, &p, "2026-11-22"); got.Known != 2 || got.AtOrUnder != 1 {
		t.Errorf("a day with spoons is at plan: %+v", got)
	}
}

func TestAfterABreak(t *testing.T) {
	for _, c := range []struct {
		name string
		ago  int
		body journal.Payload
		want bool
	}{
		{"nothing is known", 20, &journal.None{}, false},
		{"it was taken", 2, dose(8, "leaf"), false},
		{"none", 2, &journal.None{}, true},
		{"something else", 2, dose(8, "tea"), true},
		{"none long ago", 8, &journal.None{}, false},
	} {
		b, p := lived(t)
		b.add(c.ago, 8, c.body)
		if got := AfterBreak(b.fold.Journal(), &p, "2026-11-24"); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
		if AfterBreak(b.fold.Journal(), &p, "2026-12-24") {
			t.Errorf("%s: a plan that has none offers no old amount", c.name)
		}
	}
}

func stepDays(p *journal.Plan) []int {
	var days []int
	for _, s := range p.Steps {
		days = append(days, s.Day)
	}
	return days
}

func TestChangesByHand(t *testing.T) {
	_, p := lived(t) // steps on days 0, 5, 10, 15; the 20th is day 6
	for _, c := range []struct {
		what string
		days int
		want []int
	}{
		{"returned", 0, []int{0, 5, 10, 15}},
		{"gentle", 0, []int{0, 5, 11, 16}},
		{"stretched", 3, []int{0, 5, 13, 21}},
		{"held", 0, []int{0, 5, 10, 15}},
	} {
		got, err := Changed(&p, c.what, "2026-11-20", c.days)
		if err != nil || !slices.Equal(stepDays(&got), c.want) || got.Change != c.what {
			t.Errorf("%s: %v, %v", c.what, stepDays(&got), err)
		}
	}
	held, _ := Changed(&p, "held", "2026-11-20", 0)
	if a := Amount(&held, "2026-12-20"); a != 8 {
		t.Errorf("held for a month it has %v g", a)
	}
	if _, _, ok := Next(&held, "2026-12-20"); ok {
		t.Error("a held plan has a next step")
	}
	// Four days on hold: the steps that are left come four days later.
	back, err := Changed(&held, "resumed", "2026-11-24", 0)
	if err != nil || !slices.Equal(stepDays(&back), []int{0, 5, 14, 19}) || back.Held != "" {
		t.Errorf("resumed: %v, %v", stepDays(&back), err)
	}
	for _, c := range []struct {
		what string
		days int
	}{{"resumed", 0}, {"stretched", 0}, {"faster", 0}, {"", 0}} {
		if _, err := Changed(&p, c.what, "2026-11-20", c.days); err == nil {
			t.Errorf("%q is taken", c.what)
		}
	}
	if p.Change != "begun" || !slices.Equal(stepDays(&p), []int{0, 5, 10, 15}) {
		t.Error("the plan before was changed")
	}
}

// Whatever is asked of a plan, on no day from then on is there less than there
// was before: nothing ever tightens. And no step rises above the one before.
func TestNoChangeTightensAPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, goal, pace, half := draw(t)
		s, err := Lay(start, goal, pace, half)
		if err != nil {
			return
		}
		p := Chosen(&s, "2026-11-14")
		today := journal.Date("2026-11-14").Add(rapid.IntRange(-3, 60).Draw(t, "day"))
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			what := rapid.SampledFrom(planChanges()).Draw(t, "what")
			next, err := Changed(&p, what, today, rapid.IntRange(1, 10).Draw(t, "days"))
			if err != nil {
				continue
			}
			for ahead := range 80 {
				day := today.Add(ahead)
				if day < p.Begins {
					continue
				}
				// A plan that goes on after a hold comes down again; it is compared with
				// what it was before the hold.
				if was, is := Amount(&p, day), Amount(&next, day); is < was && what != "resumed" {
					t.Fatalf("%s: %v instead of %v on %s", what, is, was, day)
				}
			}
			for i := 1; i < len(next.Steps); i++ {
				if next.Steps[i].Day <= next.Steps[i-1].Day || Total(next.Steps[i].Doses) > Total(next.Steps[i-1].Doses) {
					t.Fatalf("%s: step %d", what, i)
				}
			}
			p, today = next, today.Add(rapid.IntRange(0, 9).Draw(t, "then"))
		}
	})
}

// planChanges are those that a living plan can be asked for.
func planChanges() []string {
	return slices.DeleteFunc(slices.Clone(journal.PlanChanges), func(s string) bool { return s == "begun" })
}

// Days looked at together are those looked at one by one.
func TestDaysOfIsDayOf(t *testing.T) {
	var f journal.Fold
	for i, body := range []journal.Payload{
		&journal.Plan{Change: "begun", ProductName: "leaf", Unit: "g", Grain: 1, Begins: "2026-11-03", Steps: []journal.PlanStep{{Doses: []journal.PlanDose{{Minute: 60, Amount: 3}}}}},
		&journal.Dose{ProductName: "leaf", Amount: 5, Unit: "g"}, &journal.None{}, &journal.Dose{ProductName: "leaf", Amount: 2, Unit: "g"},
	} {
		e := journal.Event{At: time.Date(2026, 11, 2+i, 12, 0, 0, 0, time.UTC), Body: body}
		e.Stamp(e.At)
		f.Apply(journal.ID{byte(i + 1)}, e)
	}
	j := f.Journal()
	got := DaysOf(j, "2026-10-30", "2026-11-08")
	n := 0
	for day := journal.Date("2026-10-30"); day <= "2026-11-08"; day = day.Add(1) {
		want, ok := DayOf(j, day)
		d, there := got[day]
		if ok != there || d != want {
			t.Errorf("%s: %+v (%v), alone %+v (%v)", day, d, there, want, ok)
		}
		if ok {
			n++
		}
	}
	// From the day of the first, the 3rd, to the 8th.
	if n != 6 || got["2026-11-03"].Over != 2 {
		t.Errorf("%d days, %+v", n, got["2026-11-03"])
	}
}
