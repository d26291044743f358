package app_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/testkit/place"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// Two processes that start at once on an empty directory begin one journal.
func TestTwoFirstStarts(t *testing.T) {
	p := place.New(t)
	a, b := p.Open(t), p.Open(t)
	place.Record(t, a, place.Note("a"))
	if got := place.Notes(t, b); len(got) != 1 {
		t.Errorf("b sees %q", got)
	}
}

func TestNoPlaintextInAnyFile(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("zanzibar-quokka"), journal.Event{Body: &journal.Dose{ProductName: "zanzibar-quokka", Amount: 3, Unit: "g"}})
	for path, data := range place.Files(t, p.Dir) {
		for _, word := range []string{"zanzibar", "quokka", `"dose"`, `"note"`, "recorded"} {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%s holds %q in clear", path, word)
			}
		}
	}
}

// A process whose journal was deleted by another begins anew.
func TestDeletedElsewhere(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a, b := p.Open(t), p.Open(t)
	place.Record(t, a, place.Note("mine"))
	if got := place.Notes(t, b); len(got) != 1 {
		t.Fatalf("b sees %q", got)
	}
	if err := keys.DeleteEverything(ctx, a, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Read(ctx); !fault.Is(err, fault.Locked) {
		t.Errorf("b: %v", err)
	}
	if _, err := b.Status(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Open(ctx); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, b); len(got) != 0 {
		t.Errorf("b still sees %q", got)
	}
}
