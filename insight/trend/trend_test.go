package trend

import (
	"math"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// diary folds events into a reading; each line is a time with its own offset.
type diary struct {
	t *testing.T
	f journal.Fold
	n byte
}

func (d *diary) add(at string, p journal.Payload) journal.ID {
	d.t.Helper()
	when, err := time.Parse("2006-01-02 15:04 -0700", at)
	if err != nil {
		d.t.Fatal(err)
	}
	d.n++
	id := journal.ID{14: 1, 15: d.n}
	e := journal.Event{At: when, Body: p}
	e.Stamp(when)
	d.f.Apply(id, e)
	return id
}

// delete takes an entry out again.
func (d *diary) delete(id journal.ID) {
	d.n++
	e := journal.Event{Replaces: id, Rev: 1, Body: &journal.Deletion{}}
	e.Stamp(time.Date(2026, 11, 22, 8, 5, 0, 0, time.UTC))
	d.f.Apply(journal.ID{14: 1, 15: d.n}, e)
}

func (d *diary) doses(of func() *journal.Dose, at ...string) {
	d.t.Helper()
	for _, a := range at {
		d.add(a, of())
	}
}

func leafDose() *journal.Dose { return &journal.Dose{Amount: 3, Unit: "g"} }

func (d *diary) trend(now string, days int) Trend {
	d.t.Helper()
	at, err := time.Parse("2006-01-02 15:04 -0700", now)
	if err != nil {
		d.t.Fatal(err)
	}
	return Of(d.f.Journal(), at, days)
}

var states = map[journal.DayState]string{journal.DayUnknown: "?", journal.DayNone: "0", journal.DayDoses: "x"}

// line writes the days as one letter each.
func line(t Trend) string {
	s := ""
	for _, d := range t.Days {
		s += states[d.State]
	}
	return s
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		name    string
		write   func(*diary)
		now     string
		days    int
		want    string
		doses   []int // of each day
		gaps    []float64
		unknown []bool
	}{
		{"nothing", func(*diary) {}, "2026-11-22 19:40 -0500", 7, "", nil, nil, nil},
		{"unknown days are no zeros", func(d *diary) {
			d.doses(leafDose, "2026-11-18 08:00 -0500", "2026-11-18 14:00 -0500", "2026-11-21 09:00 -0500")
			d.add("2026-11-20 21:00 -0500", &journal.None{})
		}, "2026-11-22 19:40 -0500", 0, "x?0x?", []int{2, 0, 0, 1, 0}, []float64{6, 67}, []bool{false, true}},
		{"days before the first entry are no part of it", func(d *diary) {
			d.doses(leafDose, "2026-11-21 08:00 -0500")
		}, "2026-11-22 19:40 -0500", 28, "x?", []int{1, 0}, nil, nil},
		{"the last days alone, with the gap that leads into them", func(d *diary) {
			d.doses(leafDose, "2026-11-19 08:00 -0500", "2026-11-20 08:00 -0500", "2026-11-21 08:00 -0500", "2026-11-22 08:00 -0500")
		}, "2026-11-22 19:40 -0500", 2, "xx", []int{1, 1}, []float64{24, 24}, []bool{false, false}},
		// On 1 November 2026 New York went from -4 to -5 at 2 in the night: that
		// day has 25 hours, and is one day.
		{"a clock that is set back", func(d *diary) {
			d.doses(leafDose, "2026-10-31 22:00 -0400", "2026-11-01 01:30 -0400", "2026-11-01 01:30 -0500", "2026-11-01 22:00 -0500")
		}, "2026-11-01 23:00 -0500", 0, "xx", []int{1, 3}, []float64{3.5, 1, 20.5}, []bool{false, false, false}},
		// On 8 March 2026 it went from -5 to -4: 23 hours.
		{"a clock that is set forward", func(d *diary) {
			d.doses(leafDose, "2026-03-07 08:00 -0500", "2026-03-08 08:00 -0400", "2026-03-09 08:00 -0400")
		}, "2026-03-09 09:00 -0400", 0, "xxx", []int{1, 1, 1}, []float64{23, 24}, []bool{false, false}},
		// Flying west over the date line the 20th is lived twice, flying east the
		// 23rd not at all: nobody logged on it, so it stays unknown.
		{"travel west", func(d *diary) {
			d.doses(leafDose, "2026-11-20 08:00 +1300", "2026-11-20 08:00 -1000", "2026-11-21 08:00 -1000")
		}, "2026-11-21 09:00 -1000", 0, "xx", []int{2, 1}, []float64{23, 24}, []bool{false, false}},
		{"travel east", func(d *diary) {
			d.doses(leafDose, "2026-11-22 08:00 -1000", "2026-11-24 08:00 +1300")
		}, "2026-11-24 09:00 +1300", 0, "x?x", []int{1, 0, 1}, []float64{25}, []bool{true}},
		{"a deleted dose leaves an unknown day", func(d *diary) {
			d.doses(leafDose, "2026-11-20 08:00 -0500")
			id := d.add("2026-11-21 08:00 -0500", leafDose())
			d.doses(leafDose, "2026-11-22 08:00 -0500")
			d.delete(id)
		}, "2026-11-22 19:40 -0500", 0, "x?x", []int{1, 0, 1}, []float64{48}, []bool{true}},
		{"a dose of later is none yet", func(d *diary) {
			d.doses(leafDose, "2026-11-22 08:00 -0500", "2026-11-22 22:00 -0500")
		}, "2026-11-22 19:40 -0500", 0, "x", []int{1}, nil, nil},
		{"none, and then one after all", func(d *diary) {
			d.add("2026-11-21 08:00 -0500", &journal.None{})
			d.doses(leafDose, "2026-11-21 20:00 -0500")
		}, "2026-11-22 19:40 -0500", 0, "x?", []int{1, 0}, nil, nil},
		{"use before the journal is no entry of a day", func(d *diary) {
			d.add("2026-11-01 08:00 -0500", &journal.PriorUse{PerDay: 9, Unit: "g", TimesPerDay: 3, Days: 100})
			d.doses(leafDose, "2026-11-21 08:00 -0500")
		}, "2026-11-22 19:40 -0500", 0, "x?", []int{1, 0}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := diary{t: t}
			c.write(&d)
			got := d.trend(c.now, c.days)
			if line(got) != c.want {
				t.Fatalf("days %q, want %q", line(got), c.want)
			}
			for i, day := range got.Days {
				if day.Doses != c.doses[i] || day.Partial != (i == len(got.Days)-1) {
					t.Errorf("%s: %d doses, partial %v; want %d", day.Date, day.Doses, day.Partial, c.doses[i])
				}
			}
			if len(got.Gaps) != len(c.gaps) {
				t.Fatalf("gaps %+v, want %v", got.Gaps, c.gaps)
			}
			for i, g := range got.Gaps {
				if math.Abs(g.Hours-c.gaps[i]) > 1e-9 || g.Unknown != c.unknown[i] {
					t.Errorf("gap %d: %+v, want %v h, unknown %v", i, g, c.gaps[i], c.unknown[i])
				}
			}
		})
	}
}

// What the days held, by hand: 15 mg tablets of a laboratory's figure, a leaf of
// 20 mg/g likewise, and a tablet of which nobody knows.
func TestContents(t *testing.T) {
	d := diary{t: t}
	tablet := d.add("2026-11-01 08:00 -0500", &journal.Product{Name: "white", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet", SevenOH: journal.Content{Basis: journal.Laboratory, Mg: 15}}}})
	blue := d.add("2026-11-01 08:00 -0500", &journal.Product{Name: "blue", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}})
	green := d.add("2026-11-01 08:00 -0500", &journal.Product{Name: "green", Form: journal.LeafPowder, Units: []journal.Unit{{Name: "g", Mitragynine: journal.Content{Basis: journal.Laboratory, Mg: 20}}, {Name: "scoop", Grams: 2.5}, {Name: "pinch"}}})
	d.add("2026-11-18 08:00 -0500", &journal.Dose{Product: tablet, Amount: 2, Unit: "tablet"})
	d.add("2026-11-18 18:00 -0500", &journal.Dose{Product: tablet, Amount: 0.5, Unit: "tablet"})
	d.add("2026-11-19 08:00 -0500", &journal.Dose{Product: tablet, Amount: 1, Unit: "tablet"})
	d.add("2026-11-19 09:00 -0500", &journal.Dose{Product: blue, Amount: 1, Unit: "tablet"})
	d.add("2026-11-20 08:00 -0500", &journal.Dose{Product: green, Amount: 3, Unit: "g"})
	d.add("2026-11-20 12:00 -0500", &journal.Dose{Product: green, Amount: 2, Unit: "scoop"})
	d.add("2026-11-20 13:00 -0500", &journal.Dose{Product: green, Amount: 1, Unit: "pinch"})
	d.add("2026-11-21 08:00 -0500", &journal.None{})
	got := d.trend("2026-11-22 19:40 -0500", 0)
	for i, want := range []struct {
		sevenOH, grams            float64
		unknownSevenOH, unweighed int
	}{{37.5, 0, 0, 0}, {15, 0, 1, 0}, {0, 8, 3, 1}, {}, {}} {
		day := got.Days[i]
		if math.Abs(day.SevenOH.Mid-want.sevenOH) > 1e-9 && want.unknownSevenOH < 3 || day.Grams.Sum != want.grams || day.Grams.Unknown != want.unweighed {
			t.Errorf("%s: %v mg (%d unknown), %+v g; want %+v", day.Date, day.SevenOH.Mid, day.SevenOH.Unknown, day.Grams, want)
		}
	}
	if got.Days[1].SevenOH.Unknown != 1 {
		t.Errorf("%d doses of unknown strength, want 1", got.Days[1].SevenOH.Unknown)
	}
	// 37.5 and 0: the day with an unknown tablet has no figure, and the days with
	// leaf have the little that leaf holds only where that is known.
	s := got.Over("2026-11-18", "2026-11-19")
	if s.SevenOHMg.N != 1 || s.SevenOHMg.Mid != 37.5 || s.Doses.N != 2 || s.Doses.Mid != 2 {
		t.Errorf("%+v", s)
	}
}

// Quartiles of days 1, 2, 3, 4, 5 are 2, 3 and 4; unknown days and today take no
// part, "none" does.
func TestOver(t *testing.T) {
	d := diary{t: t}
	rough, sleep := 4, 6.5
	add := func(day string, n int) {
		for i := range n {
			d.add(day+" "+[]string{"08", "10", "12", "14", "16"}[i]+":00 -0500", leafDose())
		}
	}
	add("2026-11-14", 1)
	add("2026-11-15", 2)
	add("2026-11-17", 3) // the 16th is unknown
	add("2026-11-18", 4)
	add("2026-11-19", 5)
	d.add("2026-11-18 09:00 -0500", &journal.CheckIn{Rough: &rough, SleepHours: &sleep})
	d.add("2026-11-19 09:00 -0500", &journal.Spending{Amount: 20, Currency: "USD"})
	d.add("2026-11-19 10:00 -0500", &journal.Spending{Amount: 5.5, Currency: "USD"})
	d.add("2026-11-19 11:00 -0500", &journal.Spending{Amount: 3, Currency: "EUR"})
	add("2026-11-20", 5) // today
	got := d.trend("2026-11-20 19:40 -0500", 0)
	s := got.Over("2026-11-14", "2026-11-20")
	if s.Days != 6 || s.WithDoses != 5 || s.Unknown != 1 || s.None != 0 {
		t.Errorf("%+v", s)
	}
	if s.Doses != (Spread{N: 5, Least: 1, Low: 2, Mid: 3, High: 4, Most: 5}) {
		t.Errorf("doses %+v", s.Doses)
	}
	if s.Grams.Mid != 9 || s.Rough.Mid != 4 || s.SleepHours.Mid != 6.5 || s.Rough.N != 1 {
		t.Errorf("%+v %+v %+v", s.Grams, s.Rough, s.SleepHours)
	}
	if len(s.Spent) != 2 || s.Spent[0] != (journal.Money{N: 25.5, Currency: "USD"}) || s.Spent[1] != (journal.Money{N: 3, Currency: "EUR"}) {
		t.Errorf("spent %+v", s.Spent)
	}
	// 20 doses have 19 gaps, one of them across the unknown day; 14 are 2 h.
	if s.Gaps.N != 18 || s.Gaps.Mid != 2 || s.Gaps.Least != 2 {
		t.Errorf("gaps %+v", s.Gaps)
	}
	// Monday was the 16th.
	weeks := got.Weeks()
	if len(weeks) != 2 || weeks[0].To != "2026-11-15" || weeks[1].From != "2026-11-16" || weeks[0].Doses.N != 2 || weeks[1].Doses.Mid != 4 || weeks[1].Unknown != 1 {
		t.Errorf("weeks %+v", weeks)
	}
	if months := got.Months(); len(months) != 1 || months[0].Doses != s.Doses || months[0].Gaps != s.Gaps {
		t.Errorf("months %+v", months)
	}
}

// BenchmarkFiveYears is five doses and two check-ins a day for five years.
func BenchmarkFiveYears(b *testing.B) {
	var f journal.Fold
	var n uint32
	zone := time.FixedZone("", -5*3600)
	now := time.Date(2026, 11, 22, 19, 40, 0, 0, zone)
	add := func(at time.Time, p journal.Payload) journal.ID {
		n++
		id := journal.ID{12: byte(n >> 16), 13: byte(n >> 8), 14: byte(n), 15: 1}
		e := journal.Event{At: at, Body: p}
		e.Stamp(at)
		f.Apply(id, e)
		return id
	}
	p := add(now.AddDate(-5, 0, 0), &journal.Product{Name: "blue", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}})
	rough, sleep := 3, 6.5
	for day := range 5 * 365 {
		for i := range 5 {
			add(now.AddDate(0, 0, -day).Add(-time.Duration(i)*3*time.Hour), &journal.Dose{Product: p, ProductName: "blue", Amount: 1, Unit: "tablet"})
		}
		for i := range 2 {
			add(now.AddDate(0, 0, -day).Add(-time.Duration(i)*5*time.Hour), &journal.CheckIn{Rough: &rough, SleepHours: &sleep})
		}
	}
	j := f.Journal()
	b.ReportAllocs()
	for b.Loop() {
		t := Of(j, now, 0)
		if len(t.Weeks()) < 260 || len(t.Months()) < 60 {
			b.Fatal("weeks are missing")
		}
	}
}
