package storetest

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func keyring(t *testing.T, s port.Store) {
	p := person(t, s)
	ring, version, err := s.Keyring(t.Context(), p)
	if err != nil || string(ring) != "ring" || version != 1 {
		t.Fatalf("keyring %q version %d, %v", ring, version, err)
	}
	wantCode(t, s.CreatePerson(t.Context(), p, []byte("another")), fault.Conflict)
	if err := s.PutKeyring(t.Context(), p, []byte("ring two"), 1); err != nil {
		t.Fatal(err)
	}
	for _, stale := range []int64{1, 0, 3, -1} {
		wantCode(t, s.PutKeyring(t.Context(), p, []byte("stale"), stale), fault.Conflict)
	}
	wantCode(t, s.PutKeyring(t.Context(), p, nil, 2), fault.Invalid)
	wantCode(t, s.CreatePerson(t.Context(), newPersonID(), nil), fault.Invalid)
	if ring, version, err = s.Keyring(t.Context(), p); err != nil || string(ring) != "ring two" || version != 2 {
		t.Fatalf("keyring %q version %d, %v", ring, version, err)
	}
}

func keyringRace(t *testing.T, s port.Store) {
	p := person(t, s)
	var group sync.WaitGroup
	won := make(chan byte, 8)
	for i := range byte(8) {
		group.Go(func() {
			switch err := s.PutKeyring(t.Context(), p, []byte{'r', i}, 1); fault.CodeOf(err) {
			case "":
				won <- i
			case fault.Conflict:
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	if len(won) != 1 {
		t.Fatalf("%d writers replaced version 1", len(won))
	}
	ring, version, err := s.Keyring(t.Context(), p)
	if winner := <-won; err != nil || version != 2 || !bytes.Equal(ring, []byte{'r', winner}) {
		t.Errorf("keyring %q version %d, %v; winner %d", ring, version, err, winner)
	}
}

func peopleApart(t *testing.T, s port.Store) {
	p, q := person(t, s), person(t, s)
	mine, theirs := sealed(3), sealed(2)
	theirs[0].ID = mine[0].ID // two people may have drawn the same id
	mustAppend(t, s, p, mine[:2]...)
	mustAppend(t, s, q, theirs...)
	mustAppend(t, s, p, mine[2])
	mustForget(t, s, q, mine[0].ID, mine[1].ID)
	wantSame(t, read(t, s, p, 0), mine)
	theirs[0].Ciphertext = nil
	wantSame(t, read(t, s, q, 0), theirs)
	want := []port.PersonID{p, q}
	slices.SortFunc(want, func(a, b port.PersonID) int { return bytes.Compare(a[:], b[:]) })
	if got, err := s.Persons(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Errorf("persons %v, %v; want %v", got, err, want)
	}
}

func deletePerson(t *testing.T, s port.Store) {
	p, q := person(t, s), person(t, s)
	batch := sealed(2)
	mustAppend(t, s, p, sealed(3)...)
	mustAppend(t, s, q, batch...)
	for range 2 { // deleting again is fine
		if err := s.DeletePerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.ReadAfter(t.Context(), p, 0, func(port.Record) error { return nil })
	wantCode(t, err, fault.NotFound)
	wantSame(t, read(t, s, q, 0), batch)
	if got, err := s.Persons(t.Context()); err != nil || !slices.Equal(got, []port.PersonID{q}) {
		t.Errorf("persons %v, %v", got, err)
	}
}

func nobody(t *testing.T, s port.Store) {
	ctx, p := t.Context(), newPersonID()
	if got, err := s.Persons(ctx); err != nil || len(got) != 0 {
		t.Errorf("persons %v, %v", got, err)
	}
	for _, n := range []int{0, 1, 2} {
		_, err := s.Append(ctx, p, 0, sealed(n), []byte("h"))
		wantCode(t, err, fault.NotFound)
	}
	_, _, err := s.Keyring(ctx, p)
	wantCode(t, err, fault.NotFound)
	wantCode(t, s.PutKeyring(ctx, p, []byte("ring"), 1), fault.NotFound)
	_, err = s.Forget(ctx, p, 0, []port.RecordID{newRecordID()}, []byte("h"))
	wantCode(t, err, fault.NotFound)
	_, err = s.ReadAfter(ctx, p, 0, func(port.Record) error { return nil })
	wantCode(t, err, fault.NotFound)
}
