package record_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/place"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

func TestWhatIsSavedIsThereAfterARestart(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("one"), place.Note("two"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, p.Open(t)); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("got %q", got)
	}
}

func TestTwoProcessesSeeEachOther(t *testing.T) {
	p := place.New(t)
	a, b := p.Open(t), p.Open(t)
	place.Record(t, a, place.Note("from a"))
	p.Clock.Time = p.Clock.Time.Add(time.Minute)
	place.Record(t, b, place.Note("from b"))
	want := []string{"from a", "from b"}
	if got := place.Notes(t, a); !slices.Equal(got, want) {
		t.Errorf("a sees %q", got)
	}
	if got := place.Notes(t, b); !slices.Equal(got, want) {
		t.Errorf("b sees %q", got)
	}
}

func TestCorrectDeleteUndelete(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	id := place.Record(t, a, place.Note("first"))[0]
	if _, err := record.Correct(ctx, a, id, place.Note("second")); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, a); !slices.Equal(got, []string{"second"}) {
		t.Fatalf("after correcting: %q", got)
	}
	if err := record.Delete(ctx, a, id); err != nil {
		t.Fatal(err)
	}
	if err := record.Delete(ctx, a, id); err != nil {
		t.Errorf("deleting twice: %v", err)
	}
	if got := place.Notes(t, a); len(got) != 0 {
		t.Fatalf("after deleting: %q", got)
	}
	if _, err := record.Correct(ctx, a, id, place.Note("third")); !fault.Is(err, fault.NotFound) {
		t.Errorf("correcting what is gone: %v", err)
	}
	if _, err := record.Undelete(ctx, a, id); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, a); !slices.Equal(got, []string{"second"}) {
		t.Errorf("after bringing back: %q", got)
	}
}

// Forgetting removes the bytes of every version from every file. What was
// sealed looks random, so the test looks for the ciphertext itself.
func TestForgetRemovesTheBytes(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	id := place.Record(t, a, place.Note("to be forgotten"))[0]
	if _, err := record.Correct(ctx, a, id, place.Note("its second version")); err != nil {
		t.Fatal(err)
	}
	before := place.Blocks(t, p.Dir)
	place.Record(t, a, place.Note("stays"))
	if err := record.Forget(ctx, a, id); err != nil {
		t.Fatal(err)
	}
	report, err := doctor.Examine(ctx, a)
	if err != nil || report.Store.Forgotten != 2 || !report.OK {
		t.Fatalf("%+v, %v", report, err)
	}
	after := place.Blocks(t, p.Dir)
	if n := place.Common(before, after); n > 0 {
		t.Errorf("%d blocks of forgotten ciphertext are still in the data directory", n)
	}
	if _, err := record.Undelete(ctx, a, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("a forgotten entry came back: %v", err)
	}
	if got := place.Notes(t, p.Open(t)); !slices.Equal(got, []string{"stays"}) {
		t.Errorf("left: %q", got)
	}
}

func TestTheFutureIsRefused(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	e := place.Note("tomorrow")
	e.At = place.Evening.AddDate(0, 0, 1)
	if _, err := record.New(context.Background(), a, e); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	e.At = place.Evening.Add(2 * time.Minute) // a phone's clock may be a little off
	place.Record(t, a, e)
}

// A clock that jumps back changes no order of versions and loses nothing.
func TestAClockThatJumpsBack(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	id := place.Record(t, a, place.Note("written in the evening"))[0]
	p.Clock.Time = place.Evening.AddDate(-1, 0, 0)
	if _, err := record.Correct(ctx, a, id, place.Note("corrected, a year back")); err != nil {
		t.Fatal(err)
	}
	place.Record(t, a, place.Note("new, a year back"))
	want := []string{"new, a year back", "corrected, a year back"}
	if got := place.Notes(t, p.Open(t)); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	report, err := doctor.Examine(ctx, a)
	if err != nil || report.OK {
		t.Errorf("doctor does not see the clock: %+v %v", report, err)
	}
}

func TestOneBadEventSavesNone(t *testing.T) {
	a := place.New(t).Open(t)
	_, err := record.New(context.Background(), a, place.Note("fine"), journal.Event{Body: &journal.Dose{Amount: -1, Unit: "g"}})
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	if got := place.Notes(t, a); len(got) != 0 {
		t.Errorf("saved %q", got)
	}
}
