package app_test

import (
	"slices"
	"testing"
	"time"
	"unsafe"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
)

func TestARequestThatComesLateIsWrittenForItsTime(t *testing.T) {
	p := newPlace(t)
	a := p.open(t)
	asked := p.clock.now
	p.clock.now = asked.Add(9 * time.Minute)
	ctx := app.WithRequest(t.Context(), app.Request{At: asked})
	ids, err := a.Record(ctx, note("tapped while it was locked"))
	if err != nil {
		t.Fatal(err)
	}
	added, err := a.Add(ctx, "2 g green leaf 20 min ago")
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[journal.ID]time.Time{ids[0]: asked, added.IDs[0]: asked.Add(-20 * time.Minute)} {
		e, err := a.Entry(t.Context(), id)
		if err != nil || !e.At.Equal(want) || e.Recorded.Sub(asked) > time.Second {
			t.Errorf("stands at %v, written down at %v, want %v: %v", e.At, e.Recorded, want, err)
		}
	}
}

// everything is what the log holds, by what the export says.
func everything(t *testing.T, a *app.App) []journal.ID {
	t.Helper()
	var ids []journal.ID
	days, _, err := a.Days(t.Context(), app.Filter{Days: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range days {
		for _, e := range d.Entries {
			ids = append(ids, e.ID)
		}
	}
	products, err := a.Products(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range products {
		ids = append(ids, e.ID)
	}
	slices.SortFunc(ids, func(x, y journal.ID) int { return slices.Compare(x[:], y[:]) })
	return ids
}

// What a request wrote is there once, in this process and in the next.
func TestARequestThatComesTwiceChangesNothing(t *testing.T) {
	p := newPlace(t)
	gone := record(t, p.open(t), note("to delete"))
	ask := func(n byte, f func(app.Request)) {
		t.Helper()
		r := app.Request{Once: [32]byte{n}}
		f(r)
		first := everything(t, p.open(t))
		p.clock.now = p.clock.now.Add(time.Minute)
		f(r)
		if second := everything(t, p.open(t)); !slices.Equal(first, second) {
			t.Errorf("request %d: %v became %v", n, first, second)
		}
	}
	ask(1, func(r app.Request) {
		if _, err := p.open(t).Record(app.WithRequest(t.Context(), r), note("one"), note("two")); err != nil {
			t.Fatal(err)
		}
	})
	ask(2, func(r app.Request) { // begins two products
		added, err := p.open(t).Add(app.WithRequest(t.Context(), r), "2 g green leaf and 3 g red leaf")
		if err != nil || len(added.IDs) != 2 {
			t.Fatalf("%+v %v", added, err)
		}
	})
	ask(3, func(r app.Request) {
		if err := p.open(t).Delete(app.WithRequest(t.Context(), r), gone...); err != nil {
			t.Fatal(err)
		}
	})
	ask(4, func(r app.Request) {
		if _, err := p.open(t).Undelete(app.WithRequest(t.Context(), r), gone...); err != nil {
			t.Fatal(err)
		}
	})
	// Another request with the same words is another entry.
	before := len(everything(t, p.open(t)))
	for n := range byte(2) {
		if _, err := p.open(t).Add(app.WithRequest(t.Context(), app.Request{Once: [32]byte{10 + n}}), "1 g green leaf"); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(everything(t, p.open(t))); n != before+2 {
		t.Errorf("%d entries became %d", before, n)
	}
}

// asleep is t after the machine slept for d: the wall clock went on, the
// monotonic one stood still. There is no other way to make such a time.
func asleep(t time.Time, d time.Duration) time.Time {
	wall := (*uint64)(unsafe.Pointer(&t)) // Go keeps the seconds above 30 bits of nanoseconds
	*wall += uint64(d/time.Second) << 30
	return t
}

func TestALidThatWasClosedLocks(t *testing.T) {
	p := newPlace(t)
	p.clock.now = time.Now()
	if then := asleep(p.clock.now, time.Hour); then.Sub(p.clock.now) != 0 || then.Round(0).Sub(p.clock.now.Round(0)) != time.Hour {
		t.Skip("this release of Go keeps times in another way")
	}
	a := p.open(t)
	if err := a.SetPassphrase(t.Context(), "", "a long quiet river"); err != nil {
		t.Fatal(err)
	}
	a.Touch()
	if locked, err := a.LockIfIdle(t.Context()); locked || err != nil {
		t.Fatalf("locked at once: %v %v", locked, err)
	}
	p.clock.now = asleep(p.clock.now, time.Hour)
	if locked, err := a.LockIfIdle(t.Context()); !locked || err != nil {
		t.Errorf("an hour with the lid closed did not lock: %v", err)
	}
}
