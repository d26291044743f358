package app_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// Several people share one store: each opens their own journal and no other,
// and nobody is shown the first that comes.
func TestSeveralPeopleOnOneStore(t *testing.T) {
	ctx := context.Background()
	store := memory.Open()
	clock := &place.Clock{Time: place.Evening}
	open := func(keys *memory.Keys, person port.PersonID) (*app.App, error) {
		a := app.New(app.Config{Store: store, Device: keys, Clock: clock, IDs: place.IDs{}, Random: rand.Reader, Person: person})
		return a, a.Open(ctx)
	}
	first, second := new(memory.Keys), new(memory.Keys)
	a, err := open(first, port.PersonID{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.New(ctx, a, place.Note("of the first")); err != nil {
		t.Fatal(err)
	}
	// The second comes from another machine: the host gives them a place.
	other, err := app.Begin(ctx, app.Config{Store: store, Device: second, Clock: clock, IDs: place.IDs{}, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	persons, err := store.Persons(ctx)
	if err != nil || len(persons) != 2 {
		t.Fatalf("%v %v", persons, err)
	}
	if _, err := open(first, port.PersonID{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("nobody was chosen: %v", err)
	}
	b, err := open(second, other)
	if err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, b); len(got) != 0 {
		t.Errorf("the second sees %q", got)
	}
	if _, err := record.New(ctx, b, place.Note("of the second")); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, a); len(got) != 1 || got[0] != "of the first" {
		t.Errorf("the first sees %q", got)
	}
	if _, err := open(second, port.PersonID{1}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a person who is not there: %v", err)
	}
	// The wrong key opens nothing.
	if _, err := open(first, other); err == nil {
		t.Error("the first person's key opens the second's journal")
	}
	report, err := doctor.Examine(ctx, a)
	if err != nil || report.OK {
		t.Fatalf("doctor does not tell of two: %v %v", report.OK, err)
	}
	told := false
	for _, f := range report.Findings {
		for _, arg := range f.Says.Args {
			if s, ok := arg.(string); ok && strings.Contains(s, other.String()) {
				told = true
			}
		}
	}
	if !told {
		t.Error("doctor does not list them")
	}
}
