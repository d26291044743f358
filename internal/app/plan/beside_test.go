package plan

import (
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// log is a journal by hand, from noon to noon.
type log struct {
	fold journal.Fold
	n    byte
}

func (l *log) add(day journal.Date, hour int, body journal.Payload) {
	l.n++
	y, m, d := day.Time().Date()
	e := journal.Event{At: time.Date(y, m, d, hour, 0, 0, 0, time.UTC), Body: body}
	e.Stamp(e.At)
	l.fold.Apply(journal.ID{l.n}, e)
}

func (l *log) rough(day journal.Date, hour, n int) {
	l.add(day, hour, &journal.CheckIn{Rough: &n})
}

func planned(change string, held journal.Date, days int) *journal.Plan {
	p := &journal.Plan{Change: change, ProductName: "leaf", Unit: "g", Grain: 0.5, Begins: "2026-11-02", Held: held,
		Steps: []journal.PlanStep{{Day: 0, Doses: []journal.PlanDose{{Minute: 480, Amount: 4}}}, {Day: 7}}}
	if days > 0 {
		f := &journal.PlanForecast{Basis: "fitted", First: "2026-11-02"}
		for range days {
			f.Low80, f.Low50, f.Median, f.High50, f.High80 = append(f.Low80, 2), append(f.Low50, 3), append(f.Median, 4), append(f.High50, 5), append(f.High80, 6)
		}
		p.Shown = f
	}
	return p
}

// 2 to 6 was shown for ten days. A day's answers are taken together, and count to
// half a point.
func TestForecastBesideLived(t *testing.T) {
	var l log
	l.add("2026-11-01", 20, planned("begun", "", 10))
	l.rough("2026-11-01", 21, 9) // before it began
	l.rough("2026-11-02", 9, 5)  // with the next, 6.5: half a point above
	l.rough("2026-11-02", 21, 8)
	l.rough("2026-11-03", 9, 7)
	l.rough("2026-11-04", 9, 1)
	l.rough("2026-11-05", 9, 4)
	l.add("2026-11-05", 10, planned("returned", "", 0)) // changes nothing
	l.add("2026-11-06", 8, planned("held", "2026-11-06", 0))
	l.rough("2026-11-07", 9, 2)
	l.rough("2026-11-12", 9, 2) // the forecast ended with the 11th
	b := BesideOf(l.fold.Journal(), "2026-11-13")
	if b == nil {
		t.Fatal("no forecast")
	}
	var in []bool
	for _, d := range b.Days {
		in = append(in, d.In)
	}
	if !slices.Equal(in, []bool{true, false, false, true, true}) || b.Within != 3 || b.Above != 1 || b.Below != 1 {
		t.Errorf("%v: %d within, %d above, %d below", in, b.Within, b.Above, b.Below)
	}
	if b.Days[0].Mean != 6.5 || b.Days[0].N != 2 {
		t.Errorf("the first day is %+v", b.Days[0])
	}
	if b.Changed != "2026-11-06" || b.Since != 1 || b.WithinSince != 1 {
		t.Errorf("changed %s: %d of %d", b.Changed, b.WithinSince, b.Since)
	}
	want := []string{"way.beside.count", "way.beside.above", "way.beside.below", "way.beside.changed", "way.beside.since", "way.beside.kept", "way.beside.on", "way.beside.honest", "way.rests.model"}
	if got := keys(SayBeside(b)); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if early := BesideOf(l.fold.Journal(), "2026-11-03"); len(early.Days) != 2 || keys(SayBeside(early))[0] != "way.beside.few" || early.Changed != "" {
		t.Errorf("on the second day: %+v", early)
	}
	var other log
	other.add("2026-11-01", 20, planned("begun", "", 10))
	other.add("2026-11-06", 8, planned("switched", "", 0))
	if BesideOf(other.fold.Journal(), "2026-11-07") != nil || BesideOf(other.fold.Journal(), "2026-11-05") == nil {
		t.Error("what was lived with another product is held against the forecast of the first")
	}
	// Another plan without a forecast, and an ended one, have nothing beside them.
	l.add("2026-11-14", 8, planned("begun", "", 0))
	if BesideOf(l.fold.Journal(), "2026-11-14") != nil || BesideOf(l.fold.Journal(), "2026-11-13") == nil {
		t.Error("a plan without a forecast is held against one")
	}
	l.add("2026-11-15", 8, planned("ended", "", 0))
	if BesideOf(l.fold.Journal(), "2026-11-15") != nil {
		t.Error("an ended plan")
	}
}

func TestSleepAndMoodStandBeside(t *testing.T) {
	var l log
	p := planned("begun", "", 0)
	mood := func(day journal.Date, hour, n int, slept float64) {
		l.add(day, hour, &journal.CheckIn{Mood: &n, SleepHours: &slept})
	}
	mood("2026-11-02", 8, 2, 5)
	mood("2026-11-02", 20, 4, 5) // a day is one day
	mood("2026-11-04", 8, 4, 6)
	mood("2026-11-08", 8, 5, 7)
	mood("2026-11-09", 8, 0, 0) // in neither week
	for _, day := range []journal.Date{"2026-11-10", "2026-11-12", "2026-11-16"} {
		mood(day, 8, 6, 7.5)
	}
	got := feltOf(l.fold.Journal(), p, "2026-11-16")
	if got.Mood != (Pair{4, 6, 3, 3}) || got.Sleep != (Pair{6, 7.5, 3, 3}) || !got.Mood.Known() {
		t.Errorf("%+v", got)
	}
	if got := feltOf(l.fold.Journal(), p, "2026-11-14"); got != (Felt{}) {
		t.Errorf("two weeks that overlap: %+v", got)
	}
}

func TestMoneyNotSpent(t *testing.T) {
	var l log
	l.add("2026-11-01", 8, &journal.Product{Name: "leaf", Form: journal.LeafPowder, Units: []journal.Unit{{Name: "pouch", Grams: 250}}, UnitsPerPack: 1, Price: 50, Currency: "USD"})
	l.add("2026-11-01", 8, &journal.Product{Name: "tablet", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}, UnitsPerPack: 5, Price: 35, Currency: "USD"})
	l.add("2026-11-01", 8, &journal.Product{Name: "gift", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}})
	for _, c := range []struct {
		id   byte
		unit string
		less float64
		want float64
	}{{1, "g", 25, 5}, {2, "tablet", 4, 28}, {2, "tablet", -1, -7}, {2, "spoon", 4, 0}, {3, "tablet", 4, 0}, {9, "tablet", 4, 0}} {
		p := planned("begun", "", 0)
		p.Product, p.Unit = journal.ID{c.id}, c.unit
		if got := kept(l.fold.Journal(), p, c.less); got.N != c.want {
			t.Errorf("%v %s of %d: %v", c.less, c.unit, c.id, got)
		}
	}
}

// Going to none at once asks what was read of it, also where the plan would come
// there within the month; a step down that the month has held already does not.
func TestWhatMakesAPlanFaster(t *testing.T) {
	step := func(day int, amount float64) journal.PlanStep {
		s := journal.PlanStep{Day: day}
		if amount > 0 {
			s.Doses = []journal.PlanDose{{Minute: 480, Amount: amount}}
		}
		return s
	}
	for _, c := range []struct {
		name  string
		steps []journal.PlanStep
		to    float64
		want  bool
	}{
		{"to none at once, of a plan that is fast", []journal.PlanStep{step(0, 10), step(14, 5), step(21, 0)}, 0, true},
		{"a little lower, of a plan that is fast", []journal.PlanStep{step(0, 10), step(14, 5), step(21, 0)}, 8, false},
		{"a little lower, of a slow plan", []journal.PlanStep{step(0, 10), step(40, 9), step(80, 8)}, 9, false},
		{"much lower, of a slow plan", []journal.PlanStep{step(0, 10), step(40, 9), step(80, 8), step(120, 6)}, 6, true},
		{"lower so that the next steps come too fast", []journal.PlanStep{step(0, 10), step(40, 8), step(45, 6.5), step(50, 5)}, 8, true},
	} {
		p := &journal.Plan{Change: "begun", ProductName: "leaf", Unit: "g", Grain: 0.5, Begins: "2026-11-02", Steps: c.steps}
		next, err := taper.Jumped(p, c.to, "2026-11-03")
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := faster(p, &next, "2026-11-03"); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
