package app_test

import (
	"slices"
	"testing"
	"time"
	"unsafe"

	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/place"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
)

func TestARequestThatComesLateIsWrittenForItsTime(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	asked := p.Clock.Time
	p.Clock.Time = asked.Add(9 * time.Minute)
	ctx := app.WithRequest(t.Context(), app.Request{At: asked})
	ids, err := record.New(ctx, a, place.Note("tapped while it was locked"))
	if err != nil {
		t.Fatal(err)
	}
	added, err := record.Add(ctx, a, record.Line{Text: "2 g green leaf 20 min ago"})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[journal.ID]time.Time{ids.IDs[0]: asked, added.IDs[0]: asked.Add(-20 * time.Minute)} {
		e, ok := place.Read(t, a).Entry(id)
		if !ok || !e.At.Equal(want) || e.Recorded.Sub(asked) > time.Second {
			t.Errorf("stands at %v, written down at %v, want %v: %v", e.At, e.Recorded, want, err)
		}
	}
}

// everything is what the log holds, by what the export says.
func everything(t *testing.T, a *app.App) []journal.ID {
	t.Helper()
	var ids []journal.ID
	j := place.Read(t, a)
	for _, e := range j.All() {
		ids = append(ids, e.ID)
	}
	for _, e := range j.Products() {
		ids = append(ids, e.ID)
	}
	slices.SortFunc(ids, func(x, y journal.ID) int { return slices.Compare(x[:], y[:]) })
	return ids
}

// What a request wrote is there once, in this process and in the next.
func TestARequestThatComesTwiceChangesNothing(t *testing.T) {
	p := place.New(t)
	gone := place.Record(t, p.Open(t), place.Note("to delete"))
	ask := func(n byte, f func(app.Request)) {
		t.Helper()
		r := app.Request{Once: [32]byte{n}}
		f(r)
		first := everything(t, p.Open(t))
		p.Clock.Time = p.Clock.Time.Add(time.Minute)
		f(r)
		if second := everything(t, p.Open(t)); !slices.Equal(first, second) {
			t.Errorf("request %d: %v became %v", n, first, second)
		}
	}
	ask(1, func(r app.Request) {
		if _, err := record.New(app.WithRequest(t.Context(), r), p.Open(t), place.Note("one"), place.Note("two")); err != nil {
			t.Fatal(err)
		}
	})
	ask(2, func(r app.Request) { // begins two products
		added, err := record.Add(app.WithRequest(t.Context(), r), p.Open(t), record.Line{Text: "2 g green leaf and 3 g red leaf"})
		if err != nil || len(added.IDs) != 2 {
			t.Fatalf("%+v %v", added, err)
		}
	})
	ask(3, func(r app.Request) {
		if err := record.Delete(app.WithRequest(t.Context(), r), p.Open(t), gone...); err != nil {
			t.Fatal(err)
		}
	})
	ask(4, func(r app.Request) {
		if _, err := record.Undelete(app.WithRequest(t.Context(), r), p.Open(t), gone...); err != nil {
			t.Fatal(err)
		}
	})
	// Another request with the same words is another entry.
	before := len(everything(t, p.Open(t)))
	for n := range byte(2) {
		if _, err := record.Add(app.WithRequest(t.Context(), app.Request{Once: [32]byte{10 + n}}), p.Open(t), record.Line{Text: "1 g green leaf"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(everything(t, p.Open(t))); n != before+2 {
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
	p := place.New(t)
	p.Clock.Time = time.Now()
	if then := asleep(p.Clock.Time, time.Hour); then.Sub(p.Clock.Time) != 0 || then.Round(0).Sub(p.Clock.Time.Round(0)) != time.Hour {
		t.Skip("this release of Go keeps times in another way")
	}
	a := p.Open(t)
	if err := keys.SetPassphrase(t.Context(), a, "", "a long quiet river"); err != nil {
		t.Fatal(err)
	}
	a.Touch()
	if locked, err := a.LockIfIdle(t.Context()); locked || err != nil {
		t.Fatalf("locked at once: %v %v", locked, err)
	}
	p.Clock.Time = asleep(p.Clock.Time, time.Hour)
	if locked, err := a.LockIfIdle(t.Context()); !locked || err != nil {
		t.Errorf("an hour with the lid closed did not lock: %v", err)
	}
}
