package app_test

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// fullOnce is a real store that has no room to forget for a while; appending goes on.
type fullOnce struct {
	port.Store
	full bool
}

func (s *fullOnce) Forget(ctx context.Context, person port.PersonID, version int64, ids []port.RecordID, head []byte) (port.Head, error) {
	if s.full {
		return port.Head{}, fault.New(fault.FullDisk, "store.full_disk")
	}
	return s.Store.Forget(ctx, person, version, ids, head)
}

func onStore(t *testing.T, store port.Store) *app.App {
	t.Helper()
	a := app.New(app.Config{Store: store, Device: new(memory.Keys), Clock: &place.Clock{Time: place.Evening}, IDs: place.IDs{}, Random: rand.Reader})
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

func forgotten(t *testing.T, a *app.App) int64 {
	t.Helper()
	r, err := doctor.Examine(t.Context(), a)
	if err != nil || !r.OK {
		t.Fatalf("%+v %v", r, err)
	}
	return r.Store.Forgotten
}

// Whoever asks to forget is told when it was held up. Entries can be saved all
// the same, and the bytes go at the first read that the store lets through,
// without being asked again.
func TestForgettingThatWasHeldUpIsMadeUpFor(t *testing.T) {
	ctx := t.Context()
	store := &fullOnce{Store: memory.Open(), full: true}
	a := onStore(t, store)
	id := place.Record(t, a, place.Note("to be forgotten"))[0]
	if _, err := record.Correct(ctx, a, id, place.Note("its second version")); err != nil {
		t.Fatal(err)
	}
	if err := record.Forget(ctx, a, id); !fault.Is(err, fault.FullDisk) {
		t.Fatalf("held up, and said %v", err)
	}
	if n := forgotten(t, a); n != 0 {
		t.Fatalf("%d records are empty", n)
	}
	if got := place.Notes(t, a); len(got) != 0 {
		t.Errorf("still shown: %q", got)
	}
	if _, err := record.New(ctx, a, place.Note("meanwhile")); err != nil {
		t.Errorf("an entry that was saved is said to have failed: %v", err)
	}
	if _, err := record.Add(ctx, a, record.Line{Text: "2 g green leaf"}); err != nil {
		t.Errorf("a line that was saved is said to have failed: %v", err)
	}
	if err := record.Forget(ctx, a, id); !fault.Is(err, fault.FullDisk) {
		t.Errorf("asked again, and said %v", err)
	}
	store.full = false
	if got := place.Notes(t, a); !slices.Equal(got, []string{"meanwhile"}) {
		t.Errorf("notes %q", got)
	}
	if n := forgotten(t, a); n != 2 {
		t.Errorf("%d records are empty, want both versions", n)
	}
}

// What a newer release wrote about an entry is forgotten with it.
func TestForgettingTakesTheNewerVersionAlong(t *testing.T) {
	a := onStore(t, memory.Open())
	id := place.Record(t, a, place.Note("to be forgotten"))[0]
	file := `{"format":"evenkeel-journal","version":1,"records":[{"id":"` + strings.Repeat("7", 32) + `","event":{"v":9,"kind":"note","replaces":"` + id.String() + `","rev":1,"note":["in", "other", "words"]}}]}`
	if _, err := transfer.ImportJSON(t.Context(), a, strings.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	if n := place.Read(t, a).Newer(); n != 1 {
		t.Fatalf("%d newer", n)
	}
	if err := record.Forget(t.Context(), a, id); err != nil {
		t.Fatal(err)
	}
	if n := forgotten(t, a); n != 2 {
		t.Errorf("%d records are empty, want 2", n)
	}
}
