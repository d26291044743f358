package screen_test

import (
	"maps"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

func find(t *testing.T, name string) *instrument.Instrument {
	t.Helper()
	in, ok := instrument.Find(name)
	if !ok {
		t.Fatal(name)
	}
	return in
}

func answer(t *testing.T, a *app.App, c screen.Change) (journal.ID, app.Saved) {
	t.Helper()
	id, saved, err := screen.Answer(t.Context(), a, c)
	if err != nil {
		t.Fatal(err)
	}
	return id, saved
}

func read(t *testing.T, a *app.App) *journal.Journal {
	t.Helper()
	j, err := a.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// One question at a time, stopped and gone on with after a restart, back and
// skipped, then finished: one entry, and what was answered last counts.
func TestASittingIsGoneOnWith(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	gad7 := find(t, "gad7")
	id, _ := answer(t, a, screen.Change{Instrument: gad7, Answers: instrument.Answers{"1": 2}})
	answer(t, a, screen.Change{Instrument: gad7, Sitting: id, Answers: instrument.Answers{"2": 3}})
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = p.Open(t)
	s, ok := screen.Open(read(t, a), gad7, p.Clock.Time)
	if !ok || s.ID != id {
		t.Fatal("what was begun cannot be gone on with")
	}
	if next, _ := s.Resume(); next.ID != "3" {
		t.Errorf("goes on with %q, want 3", next.ID)
	}
	answer(t, a, screen.Change{Instrument: gad7, Sitting: id, Answers: instrument.Answers{"1": 0}})
	answer(t, a, screen.Change{Instrument: gad7, Sitting: id, Skip: []string{"2"}, Finish: true})
	j := read(t, a)
	s, _ = screen.Find(j, id)
	if !s.Finished || !maps.Equal(s.Answers, instrument.Answers{"1": 0}) || j.Len() != 1 {
		t.Errorf("%+v, %d entries", s, j.Len())
	}
	if _, ok := screen.Open(j, gad7, p.Clock.Time); ok {
		t.Error("a finished one is still to be gone on with")
	}
}

// The ninth question of PHQ-9 is answered at once, also when the answers could
// not be kept.
func TestDangerIsFoundWithOrWithoutSaving(t *testing.T) {
	a := place.New(t).Open(t)
	phq9 := find(t, "phq9")
	_, saved := answer(t, a, screen.Change{Instrument: phq9, Answers: instrument.Answers{"9": 1}})
	if len(saved.Found) != 1 || saved.Found[0].Sign != safety.SelfHarm || saved.Found[0].Urgency != safety.Now {
		t.Errorf("found %+v", saved.Found)
	}
	_, saved, err := screen.Answer(t.Context(), a, screen.Change{Instrument: phq9, Answers: instrument.Answers{"9": 3, "1": 7}})
	if !fault.Is(err, fault.Invalid) || len(saved.Found) != 1 {
		t.Errorf("%v, found %+v", err, saved.Found)
	}
}

// The withdrawal list is a check-in: what else it said stays.
func TestTheWithdrawalListIsACheckIn(t *testing.T) {
	a := place.New(t).Open(t)
	rough := 7
	saved, err := record.New(t.Context(), a, journal.Event{Kind: journal.KindCheckIn, Body: &journal.CheckIn{Rough: &rough, Symptoms: map[journal.Symptom]int{"yawning": 1}}})
	if err != nil {
		t.Fatal(err)
	}
	list := find(t, "withdrawal")
	answer(t, a, screen.Change{Instrument: list, Sitting: saved.IDs[0], Answers: instrument.Answers{"anxiety": 3}})
	e, _ := read(t, a).Entry(saved.IDs[0])
	if c := e.CheckIn(); c.Rough == nil || *c.Rough != 7 || c.Symptoms["yawning"] != 1 || c.Symptoms["anxiety"] != 3 {
		t.Errorf("%+v", c)
	}
	_, _, err = screen.Answer(t.Context(), a, screen.Change{Instrument: list, Sitting: saved.IDs[0], Answers: instrument.Answers{"nose": 1}})
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("a question that is not there: %v", err)
	}
}

// Nothing is asked for more often than its window, and what stays the same
// comes half as often. GAD-7 asks about 14 days and comes after 28, or 56.
func TestWhenItComesAgain(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	gad7 := find(t, "gad7")
	all := func(v int) instrument.Answers {
		list := instrument.Answers{}
		for _, i := range gad7.Items {
			list[i.ID] = v
		}
		return list
	}
	due := func() bool {
		for _, st := range screen.Standings(read(t, a), p.Clock.Time, false) {
			if st.Instrument == gad7 {
				return st.Due
			}
		}
		t.Fatal("no standing")
		return false
	}
	day := func(n int) { p.Clock.Time = p.Clock.Time.Add(time.Duration(n) * 24 * time.Hour) }
	if due() {
		t.Error("due though it was never asked")
	}
	answer(t, a, screen.Change{Instrument: gad7, Answers: all(1), Finish: true})
	if day(27); due() {
		t.Error("due after 27 days")
	}
	if day(1); !due() {
		t.Error("not due after 28 days")
	}
	answer(t, a, screen.Change{Instrument: gad7, Answers: all(1), Finish: true})
	if day(55); due() {
		t.Error("stable, and due after 55 days")
	}
	if day(1); !due() {
		t.Error("stable, and not due after 56 days")
	}
	id, _ := answer(t, a, screen.Change{Instrument: gad7, Answers: all(2), Finish: true})
	j := read(t, a)
	s, _ := screen.Find(j, id)
	r := screen.Results(j, &s)[0]
	if r.Before == nil || r.Before.Value != 7 || r.Value != 14 || r.Changed != instrument.Heavier {
		t.Errorf("%+v", r)
	}
}

// Every sign that an answer may bring up has an answer of its own.
func TestTheSignsOfAnswersAreSignsOfSafety(t *testing.T) {
	for _, in := range instrument.All() {
		for _, i := range in.Items {
			if i.Danger != "" && !safety.Sign(i.Danger).Known() {
				t.Errorf("%s %s: %q is no sign", in.ID, i.ID, i.Danger)
			}
		}
	}
}
