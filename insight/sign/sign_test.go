package sign

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// book collects entries and folds them.
type book struct {
	fold *journal.Fold
	n    int
}

func newBook() *book { return &book{fold: new(journal.Fold)} }

func (b *book) add(at time.Time, body journal.Payload) {
	e := journal.Event{At: at, Body: body}
	e.Stamp(at)
	b.n++
	var id journal.ID
	copy(id[:], fmt.Sprintf("%016d", b.n))
	b.fold.Apply(id, e)
}

// day is so many days before today, at an hour.
func day(ago int, hour float64) time.Time {
	return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -ago).Add(time.Duration(hour * float64(time.Hour)))
}

func find(t *testing.T, list []Sign, k Kind) Sign {
	t.Helper()
	at := slices.IndexFunc(list, func(s Sign) bool { return s.Kind == k })
	return list[at]
}

// Four weeks with three doses a day at 8, 12 and 16 o'clock, then two weeks in
// which the last three days have five, from 6 o'clock, two hours apart: by
// hand, nine in ten earlier days had 3 doses and began at 8, nine in ten gaps
// were 4 hours.
func TestSigns(t *testing.T) {
	b := newBook()
	for ago := 42; ago >= 1; ago-- {
		hours := []float64{8, 12, 16}
		if ago <= 3 {
			hours = []float64{6, 8, 10, 12, 14}
		}
		for _, h := range hours {
			b.add(day(ago, h), &journal.Dose{Amount: 3, Unit: "g"})
		}
	}
	b.add(day(2, 13), &journal.Substance{Class: "alcohol"})
	b.add(day(0, 8), &journal.Dose{Amount: 3, Unit: "g"}) // today is not over
	list := Of(b.fold.Journal(), now)
	last := []journal.Date{"2026-11-21", "2026-11-22", "2026-11-23"}
	if s := find(t, list, Doses); !s.Known || s.Count != 3 || s.Of != 14 || s.Line != 3 || !slices.Equal(s.On, last) {
		t.Errorf("doses: %+v", s)
	}
	if s := find(t, list, Early); !s.Known || s.Count != 3 || s.Of != 14 || s.Line != 8 || !slices.Equal(s.On, last) {
		t.Errorf("early: %+v", s)
	}
	// 11 days have 2 gaps by day, 3 days have 4.
	if s := find(t, list, Gaps); !s.Known || s.Count != 12 || s.Of != 34 || s.Line != 4 {
		t.Errorf("gaps: %+v", s)
	}
	if s := find(t, list, Mixing); !s.Known || s.Count != 1 || s.Of != 14 || !slices.Equal(s.On, []journal.Date{"2026-11-22"}) {
		t.Errorf("mixing: %+v", s)
	}
}

// Nothing is said of a person of whom too little is known, and a day without
// entries is no day of zero.
func TestTooLittle(t *testing.T) {
	for name, days := range map[string][]int{"nothing": nil, "three days": {1, 2, 3}, "only lately": {1, 2, 3, 4, 5, 6, 7, 8, 9}, "only before": {20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31}} {
		b := newBook()
		for _, ago := range days {
			b.add(day(ago, 8), &journal.Dose{Amount: 3, Unit: "g"})
			b.add(day(ago, 12), &journal.Dose{Amount: 3, Unit: "g"})
		}
		for _, s := range Of(b.fold.Journal(), now) {
			if s.Known && !(s.Kind == Mixing && len(days) >= recentKnown && days[0] < recentDays) {
				t.Errorf("%s: %+v", name, s)
			}
			if !s.Known && s.Days == 0 && s.More == 0 {
				t.Errorf("%s: %s lacks nothing and says nothing", name, s.Kind)
			}
		}
	}
}

// One day of mixing is told of, also where nothing else is known, and today's
// is not waited for.
func TestMixingIsNotWaitedFor(t *testing.T) {
	b := newBook()
	b.add(day(0, 1), &journal.Dose{Amount: 3, Unit: "g"})
	b.add(day(0, 2), &journal.Substance{Class: "alcohol"})
	s := find(t, Of(b.fold.Journal(), now), Mixing)
	if !s.Known || s.Count != 1 || s.Of != 1 || !slices.Equal(s.On, []journal.Date{"2026-11-24"}) {
		t.Errorf("%+v", s)
	}
}

// A plan of 4 g a day from the 20th: on the 21st 4 g, on the 22nd 5 g, of the
// 23rd nothing is known. Without a plan the sign is not there.
func TestDaysOverThePlan(t *testing.T) {
	b := newBook()
	b.add(day(3, 8), &journal.Dose{Amount: 4, Unit: "g"})
	b.add(day(2, 8), &journal.Dose{Amount: 5, Unit: "g"})
	if has := slices.ContainsFunc(Of(b.fold.Journal(), now), func(s Sign) bool { return s.Kind == Plan }); has {
		t.Error("a sign against a plan that there is not")
	}
	b.add(day(5, 8), &journal.Plan{Change: "begun", Unit: "g", Grain: 0.5, Begins: "2026-11-20", Steps: []journal.PlanStep{{Doses: []journal.PlanDose{{Minute: 480, Amount: 4}}}}})
	s := find(t, Of(b.fold.Journal(), now), Plan)
	if !s.Known || s.Count != 1 || s.Of != 2 || !slices.Equal(s.On, []journal.Date{"2026-11-22"}) {
		t.Errorf("%+v", s)
	}
}
