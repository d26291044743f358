package exposure

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

var evening = time.Date(2026, 11, 22, 19, 40, 0, 0, time.FixedZone("", -5*3600))

// diary folds events into a reading, each under an id of its own.
type diary struct {
	f journal.Fold
	n uint16
}

func (d *diary) add(ago time.Duration, p journal.Payload) journal.ID {
	d.n++
	id := journal.ID{13: 1, 14: byte(d.n >> 8), 15: byte(d.n)}
	e := journal.Event{At: evening.Add(-ago), Body: p}
	e.Stamp(evening.Add(-ago))
	d.f.Apply(id, e)
	return id
}

func tablet(name string, mg float64) *journal.Product {
	p := &journal.Product{Name: name, Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}}
	if mg > 0 {
		p.Units[0].SevenOH = journal.Content{Basis: journal.Laboratory, Mg: mg}
	}
	return p
}

// A dose of unknown strength is neither nothing nor left out. 7-OH tablets hold
// 5 to 25 mg (community accounts; Smith 2025), so two of them hold 11.2 x 2 in
// the middle, with a log-sd of log(25/5)/3.29 = 0.489.
func TestUnknownStrengthGetsTheSpreadOfItsKind(t *testing.T) {
	var d diary
	p := d.add(100*time.Hour, tablet("blue", 0))
	d.add(3*time.Hour, &journal.Dose{Product: p, Amount: 2, Unit: "tablet"})
	h := Record(d.f.Journal(), evening)
	if len(h.Intakes) != 1 || len(h.Products) != 1 {
		t.Fatalf("%+v", h)
	}
	if got := h.Intakes[0].SevenOHMg; math.Abs(got-22.4) > 1e-9 {
		t.Errorf("%v mg of 7-OH, want 22.4", got)
	}
	if q := h.Products[0]; !q.ContentGuessed || q.ContentUnknown || math.Abs(q.SevenOHLogSD-0.489) > 0.001 {
		t.Errorf("%+v", q)
	}
	if err := h.Check(); err != nil {
		t.Error(err)
	}
}

// What nobody wrote down for three days is not read as nothing taken.
func TestCurveSaysThatEntriesAreMissing(t *testing.T) {
	var d diary
	p := d.add(200*time.Hour, tablet("white", 15))
	d.add(75*time.Hour, &journal.Dose{Product: p, Amount: 1, Unit: "tablet"})
	if c := Around(d.f.Journal(), evening); !c.Missing() {
		t.Error("three days without an entry are not missing")
	}
	for day := range 4 {
		d.add(time.Duration(24*day)*time.Hour+time.Minute, &journal.None{})
	}
	if c := Around(d.f.Journal(), evening); !c.Known() || c.Missing() {
		t.Errorf("three days of none today: known %v, missing %v", c.Known(), c.Missing())
	}
	if c := (&Curve{}); c.Missing() {
		t.Error("no curve has nothing missing")
	}
}

// Where most doses are guesses there is no curve of a level, and it says of how
// many doses the strength is missing.
func TestNoCurveOutOfGuesses(t *testing.T) {
	var d diary
	known, unknown := d.add(100*time.Hour, tablet("white", 15)), d.add(100*time.Hour, tablet("blue", 0))
	for i := range 4 {
		d.add(time.Duration(i)*5*time.Hour+time.Minute, &journal.Dose{Product: known, Amount: 1, Unit: "tablet"})
	}
	d.add(3*time.Hour, &journal.Dose{Product: unknown, Amount: 1, Unit: "tablet"})
	if c := Around(d.f.Journal(), evening); !c.Known() || c.Unknown != 1 || c.Doses != 5 {
		t.Errorf("one guess of five: known %v, %d of %d", c.Known(), c.Unknown, c.Doses)
	}
	for i := range 4 {
		d.add(time.Duration(i)*5*time.Hour+2*time.Minute, &journal.Dose{Product: unknown, Amount: 1, Unit: "tablet"})
	}
	if c := Around(d.f.Journal(), evening); c.Known() || c.Unknown != 5 || c.Doses != 9 {
		t.Errorf("five guesses of nine: known %v, %d of %d", c.Known(), c.Unknown, c.Doses)
	}
}

// Entries that are valid give a record that the model can use, however far
// they are from what anyone would write.
func TestEveryValidJournalGivesARecord(t *testing.T) {
	for name, fill := range map[string]func(*diary){
		"45 years of use": func(d *diary) {
			p := d.add(time.Hour, &journal.Product{Name: "leaf", Form: journal.LeafPowder})
			d.add(time.Hour, &journal.PriorUse{Product: p, PerDay: 20, Unit: "g", Days: 45 * 365, TimesPerDay: 900})
		},
		"65 products": func(d *diary) {
			for i := range 65 {
				p := d.add(time.Duration(200-i)*time.Hour, tablet(fmt.Sprint("p", i), 10))
				d.add(time.Duration(100-i)*time.Hour, &journal.Dose{Product: p, Amount: 1, Unit: "tablet"})
			}
		},
		"a slip of the pen": func(d *diary) {
			p := d.add(time.Hour, &journal.Product{Name: "leaf", Form: journal.LeafPowder})
			d.add(time.Hour, &journal.Dose{Product: p, Amount: 300000, Unit: "g"})
		},
		"a million of a word of one's own": func(d *diary) {
			d.add(time.Hour, &journal.Dose{Amount: 1e6, Unit: "heap"})
			d.add(time.Hour, &journal.PriorUse{PerDay: 1e6, Unit: "heap", Days: 36525})
		},
	} {
		t.Run(name, func(t *testing.T) {
			var d diary
			rough := 4
			d.add(2*time.Hour, &journal.CheckIn{Rough: &rough})
			fill(&d)
			h := Record(d.f.Journal(), evening)
			if err := h.Check(); err != nil {
				t.Fatal(err)
			}
			if _, err := pkpd.Fit(t.Context(), h, pkpd.FitOptions{Seed: 1, Draws: 100}); err != nil {
				t.Error(err)
			}
			_ = Around(d.f.Journal(), evening)
		})
	}
}

// A day without entries is unknown, one with "none today" is a zero.
func TestMissingDaysAreUnknown(t *testing.T) {
	var d diary
	p := d.add(30*24*time.Hour, tablet("white", 15))
	d.add(4*24*time.Hour, &journal.Dose{Product: p, Amount: 1, Unit: "tablet"})
	d.add(3*24*time.Hour, &journal.None{})
	d.add(time.Hour, &journal.Dose{Product: p, Amount: 1, Unit: "tablet"})
	h := Record(d.f.Journal(), evening)
	total := 0.0
	for _, u := range h.Unknown {
		total += u.ToH - u.FromH
	}
	if total != 48 { // two days ago and one day ago
		t.Errorf("%v hours are unknown, want 48: %+v", total, h.Unknown)
	}
}

// Milligrams of 7-OH are their own content, on the list or not; what such labels
// are off by is a factor of 1.16 in the middle (Brown 2026).
func TestMilligramsOfSevenOHAreTheirOwnContent(t *testing.T) {
	var d diary
	other := d.add(100*time.Hour, &journal.Product{Name: "7oh", Form: journal.OtherForm})
	for _, c := range []struct {
		dose journal.Dose
		want float64 // mg of 7-OH; 0 where it is not known
	}{
		{journal.Dose{ProductName: "7-OH", Amount: 15, Unit: "mg"}, 17.4},
		{journal.Dose{ProductName: "blue 7 OH", Amount: 10, Unit: "mg"}, 11.6},
		{journal.Dose{ProductName: "7-hidroximitraginina", Amount: 10, Unit: "mg"}, 11.6},
		{journal.Dose{Product: other, ProductName: "7oh", Amount: 10, Unit: "mg"}, 11.6},
		{journal.Dose{ProductName: "7-OH", Amount: 1, Unit: "tablet"}, 0},
		{journal.Dose{ProductName: "leaf", Amount: 500, Unit: "mg"}, 0},
		{journal.Dose{Amount: 15, Unit: "mg"}, 0},
	} {
		held := Held(d.f.Journal(), &c.dose)
		if got := held.SevenOH.Mid; math.Abs(got-c.want) > 1e-9 || held.SevenOH.Known() != (c.want > 0) {
			t.Errorf("%+v: %v mg, want %v", c.dose, got, c.want)
		}
	}
}

// Chile puts its clocks forward at midnight, so 6 September 2026 begins at one
// o'clock: the day before keeps its doses, the day itself is unknown, and what is
// asked about it comes to an end.
func TestADayWithoutMidnight(t *testing.T) {
	zone, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 9, 6, 20, 0, 0, 0, zone)
	var d diary
	p := d.add(0, tablet("white", 15))
	for _, day := range []int{3, 5} {
		d.n++
		e := journal.Event{At: time.Date(2026, 9, day, 12, 0, 0, 0, zone), Body: &journal.Dose{Product: p, Amount: 1, Unit: "tablet"}}
		e.Stamp(e.At)
		d.f.Apply(journal.ID{15: byte(d.n)}, e)
	}
	j := d.f.Journal()
	// Hours before 23:00 UTC: the 4th from 04:00 to 04:00, the 6th from 04:00 until
	// now.
	want := []pkpd.Interval{{FromH: -67, ToH: -43}, {FromH: -19, ToH: 0}}
	if got := Record(j, now).Unknown; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("unknown %v, want %v", got, want)
	}
	if c := Around(j, now); !c.Known() || !c.Missing() {
		t.Errorf("known %v, missing %v", c.Known(), c.Missing())
	}
}
