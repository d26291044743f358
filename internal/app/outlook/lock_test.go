package outlook_test

import (
	"context"
	"runtime"
	"sync"
	"testing"
	"weak"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// lookedAt is a reading that a page had in hand when the journal was locked, and
// looked at once more after it.
func lookedAt(t *testing.T, a *app.App, look *outlook.Reader) weak.Pointer[journal.Journal] {
	j := place.Read(t, a)
	look.Today(j, a.Now(t.Context()))
	look.Month(j, a.Now(t.Context()))
	ways := func() {
		if w, err := look.Paces(t.Context(), j, a.Now(t.Context()), sevenOH(), 0, []taper.Pace{under(4, 7)}); err != nil || w.List[0].Err != nil {
			t.Error(err, w.List)
		}
	}
	ways()
	a.Lock()
	look.Today(j, a.Now(t.Context()))
	look.Month(j, a.Now(t.Context()))
	ways()
	if _, err := look.Ahead(context.Background(), j, a.Now(t.Context()), 1); !fault.Is(err, fault.Locked) {
		t.Errorf("a forecast from a locked journal: %v", err)
	}
	return weak.Make(j)
}

// After the lock nothing that was computed, and no reading, stays in memory, also
// not for a page that was on its way.
func TestALockedJournalIsLetGo(t *testing.T) {
	a := place.InMemory(t)
	look := outlook.New(a)
	if err := demo.Fill(t.Context(), a, 1, demo.Days); err != nil {
		t.Fatal(err)
	}
	left := lookedAt(t, a, look)
	for range 3 {
		runtime.GC()
	}
	if left.Value() != nil {
		t.Error("the journal is still in memory")
	}
	runtime.KeepAlive(a)
	runtime.KeepAlive(look)
}

// Locking while pages look neither hangs nor races.
func TestLockingWhilePagesLook(t *testing.T) {
	a := place.InMemory(t)
	look := outlook.New(a)
	if err := demo.Fill(t.Context(), a, 1, 20); err != nil {
		t.Fatal(err)
	}
	j := place.Read(t, a)
	var pages sync.WaitGroup
	for range 2 {
		pages.Go(func() {
			for range 4 {
				if _, err := look.Ahead(context.Background(), j, a.Now(t.Context()), 1); err != nil && !fault.Is(err, fault.Locked) {
					t.Error(err)
				}
			}
		})
	}
	for range 20 {
		a.Lock()
		if err := a.Open(t.Context()); err != nil {
			t.Error(err)
		}
	}
	pages.Wait()
}
