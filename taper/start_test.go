package taper

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// book collects entries and folds them.
type book struct {
	fold journal.Fold
	n    int
}

func (b *book) add(ago int, hour float64, body journal.Payload) {
	at := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -ago).Add(time.Duration(hour * float64(time.Hour)))
	e := journal.Event{At: at, Body: body}
	e.Stamp(at)
	b.n++
	var id journal.ID
	copy(id[:], fmt.Sprintf("%016d", b.n))
	b.fold.Apply(id, e)
}

func dose(n float64, name string) *journal.Dose {
	return &journal.Dose{ProductName: name, Amount: n, Unit: "g"}
}

func TestAStartFromTheJournal(t *testing.T) {
	var b book
	for ago := 1; ago <= 5; ago++ {
		b.add(ago, 8.1, dose(3, "leaf"))
		b.add(ago, 12.5, dose(2+float64(ago)/10, "leaf"))
	}
	b.add(2, 20, dose(1, "tea"))
	b.add(6, 20, &journal.None{}) // no habit, and no day of one
	b.add(0, 8, dose(9, "leaf"))  // today is not over
	s, ok := Begin(b.fold.Journal(), "2026-11-24", 0.1)
	// The middle of 5.1 to 5.5 is 5.3 g: 3 g at 8:00 and 2.3 g at half past twelve.
	if !ok || s.ProductName != "leaf" || s.From.Days != 5 || s.From.Middle != 5.3 || s.From.Others != 1 || !s.From.Break ||
		!slices.Equal(s.Day, Pattern{{480, 30}, {750, 23}}) {
		t.Errorf("%+v, from %+v, %v", s, s.From, ok)
	}
}

// Somebody who took none on the newest known day has no start above that; a day
// without a word changes nothing, and a dose since does.
func TestNoStartAboveNone(t *testing.T) {
	var b book
	for ago := 4; ago <= 9; ago++ {
		b.add(ago, 8, dose(4, "leaf"))
	}
	start := func() bool { _, ok := Begin(b.fold.Journal(), "2026-11-24", 0.5); return ok }
	if !start() {
		t.Error("no start after days without a word")
	}
	b.add(2, 20, &journal.None{})
	if start() || !Off(b.fold.Journal(), "2026-11-24") {
		t.Error("a start above a day without any")
	}
	b.add(1, 8, dose(1, "leaf"))
	if !start() {
		t.Error("no start after a dose")
	}
	b.add(0, 8, &journal.None{})
	if start() {
		t.Error("today without any, and a start")
	}
}

// A day keeps its shape: no dose of the start is larger than what is taken then.
func TestAStartKeepsTheShapeOfTheDay(t *testing.T) {
	for _, c := range []struct {
		amounts []float64
		want    []int
	}{
		{[]float64{4, 3, 3}, []int{8, 6, 6}},
		{[]float64{1, 5}, []int{2, 10}},
		{[]float64{3, 3, 3}, []int{6, 6, 6}},
		{[]float64{2.3, 2.3}, []int{5, 4}}, // 4.6 g in halves of a gram is 4.5 g
		{[]float64{0.1, 4}, []int{8}},      // 4.1 g is 4 g, and a tenth cannot be measured
	} {
		var b book
		for ago := 1; ago <= 4; ago++ {
			for i, n := range c.amounts {
				b.add(ago, float64(8+5*i), dose(n, "leaf"))
			}
		}
		s, ok := Begin(b.fold.Journal(), "2026-11-24", 0.5)
		var got []int
		for _, d := range s.Day {
			got = append(got, d.Grains)
		}
		if !ok || !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.amounts, got, c.want)
		}
	}
}

// A day that cannot be measured exactly begins below what was taken, not above.
func TestAStartHoldsNoMoreThanWasTaken(t *testing.T) {
	var b book
	for ago := 1; ago <= 4; ago++ {
		b.add(ago, 8, dose(2.8, "leaf"))
	}
	if s, ok := Begin(b.fold.Journal(), "2026-11-24", 0.5); !ok || s.Amount(s.Day.Grains()) != 2.5 || s.From.Break {
		t.Errorf("2.8 g in halves of a gram: %+v", s)
	}
	if s, ok := Begin(b.fold.Journal(), "2026-11-24", 3); ok {
		t.Errorf("2.8 g that can be measured by threes: %+v", s)
	}
}

func TestNotEnoughYet(t *testing.T) {
	var empty, few, unnamed book
	for ago := 1; ago <= 3; ago++ {
		few.add(ago, 8, dose(3, "leaf"))
	}
	for ago := 1; ago <= 8; ago++ {
		unnamed.add(ago, 8, dose(3, ""))
	}
	var none book
	for ago := 1; ago <= 10; ago++ {
		none.add(ago, 8, &journal.None{})
	}
	for name, b := range map[string]*book{"empty": &empty, "three days": &few, "no product": &unnamed, "nothing taken": &none} {
		if s, ok := Begin(b.fold.Journal(), "2026-11-24", 0.1); ok {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestFlagsOfAJournal(t *testing.T) {
	daily := func(days int, class journal.SubstanceClass) func(*book) {
		return func(b *book) {
			for ago := 1; ago <= days; ago++ {
				b.add(ago, 20, &journal.Substance{Class: class})
			}
		}
	}
	for _, c := range []struct {
		name string
		fill func(*book)
		want []Flag
	}{
		{"nothing", func(*book) {}, nil},
		{"a beer now and then", daily(9, "alcohol"), nil},
		{"alcohol", daily(10, "alcohol"), []Flag{"alcohol"}},
		{"calming", daily(4, "benzodiazepine"), []Flag{"benzodiazepines"}},
		{"an opioid", daily(1, "opioid"), []Flag{"opioids"}},
		{"on the list", func(b *book) { b.add(200, 9, &journal.Medicine{Name: "x", Class: "benzodiazepine"}) }, []Flag{"benzodiazepines"}},
		{"in treatment", func(b *book) { b.add(200, 9, &journal.Medicine{Name: "x", Class: "methadone"}) }, []Flag{"opioids"}},
		{"a seizure", func(b *book) { b.add(40, 9, &journal.BodyChange{Change: "seizure"}) }, []Flag{"seizures"}},
		{"yellow eyes", func(b *book) { b.add(3, 9, &journal.BodyChange{Change: "yellow_eyes_skin"}) }, []Flag{"liver"}},
		{"a seizure long ago", func(b *book) { b.add(900, 9, &journal.BodyChange{Change: "seizure"}) }, []Flag{"seizures"}},
		{"yellow eyes long ago", func(b *book) { b.add(61, 9, &journal.BodyChange{Change: "yellow_eyes_skin", Ongoing: true}) }, nil},
		{"words", func(b *book) { b.add(3, 9, &journal.Note{Text: "I am pregnant."}) }, []Flag{"pregnancy"}},
		{"a pregnancy lasts", func(b *book) { b.add(270, 9, &journal.Note{Text: "I am pregnant."}) }, []Flag{"pregnancy"}},
		{"and ends", func(b *book) { b.add(400, 9, &journal.Note{Text: "I am pregnant."}) }, nil},
		{"words of a seizure long ago", func(b *book) { b.add(700, 9, &journal.Note{Text: "I had a seizure last night."}) }, []Flag{"seizures"}},
	} {
		var b book
		c.fill(&b)
		if got := FlagsOf(b.fold.Journal(), now); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestHardDays(t *testing.T) {
	seven, eight := 7, 8
	for _, c := range []struct {
		name string
		ago  int
		body journal.Payload
		want bool
	}{
		{"seven", 1, &journal.CheckIn{Rough: &seven}, false},
		{"eight", 1, &journal.CheckIn{Rough: &eight}, true},
		{"eight last week", 7, &journal.CheckIn{Rough: &eight}, false},
		{"words", 1, &journal.Note{Text: "I want to die"}, true},
		{"an answer", 1, &journal.Screening{Instrument: "phq9", Version: 1, Answers: map[string]int{"9": 1}}, true},
		{"no such answer", 1, &journal.Screening{Instrument: "phq9", Version: 1, Answers: map[string]int{"9": 0}}, false},
	} {
		var b book
		b.add(c.ago, 10, c.body)
		if got := Hard(b.fold.Journal(), now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestReadADay(t *testing.T) {
	s := leaf()
	for _, c := range []struct {
		text string
		want Pattern
		key  string
	}{
		{"8:00 3; 12:30 2.5", Pattern{{480, 30}, {750, 25}}, ""},
		{"08:00 3\n9 pm 1\n", Pattern{{480, 30}, {1260, 10}}, ""},
		{"12 am 1; 12pm 1", Pattern{{0, 10}, {720, 10}}, ""},
		{"8 3", nil, "way.line_day"},
		{"8:00", nil, "way.line_day"},
		{"25:00 1", nil, "way.line_day"},
		{"8:00 0", nil, "way.line_day"},
		{"8:00 3.05", nil, "way.day_finer"},
		{"9:00 3; 8:00 3", nil, "way.times_order"},
		{"", nil, "way.no_day"},
	} {
		got, err := ReadDay(c.text, &s, number.Point)
		var in *InputError
		if errors.As(err, &in) != (c.key != "") || c.key != "" && in.Key != c.key || c.key == "" && !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, %v", c.text, got, err)
		}
	}
	rows, err := ReadTable("1 12\n8 10,5", number.Comma)
	if err != nil || !slices.Equal(rows, []Row{{0, 12}, {7, 10.5}}) {
		t.Errorf("%v, %v", rows, err)
	}
	for _, text := range []string{"0 3", "1", "1 2 3", "1.5 3", "1 -3", "1 x"} {
		if _, err := ReadTable(text, number.Point); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("8:00 3; 9 pm 1.5")
	f.Add("1 12\n8 10,5")
	f.Fuzz(func(t *testing.T, text string) {
		s := leaf()
		if p, err := ReadDay(text, &s, number.Either); err == nil {
			s.Day = p
			if err := s.Check(); err != nil {
				t.Errorf("%q was read as %v: %v", text, p, err)
			}
		}
		_, _ = ReadTable(text, number.Either)
	})
}

func TestPublishedGuidanceHasItsSource(t *testing.T) {
	if len(Published()) != 4 {
		t.Fatalf("%d", len(Published()))
	}
	for _, g := range Published() {
		if g.Source == "" || !slices.Contains([]string{"guideline", "cohort", "community"}, g.Grade) || !slices.Contains([]string{"source", "secondary"}, g.Read) {
			t.Errorf("%+v", g)
		}
	}
}
