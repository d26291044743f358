// Package storetest is the one suite that every store passes, so that a journal
// behaves the same wherever it is kept.
package storetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Run puts an empty store, fresh from open for each test, through the contract of
// app.Store. Open closes what it opened when the test ends.
func Run(t *testing.T, open func(t *testing.T) app.Store) {
	for name, test := range map[string]func(*testing.T, app.Store){
		"append and read":      appendAndRead,
		"append twice":         appendTwice,
		"append all or none":   appendAllOrNone,
		"forget":               forget,
		"concurrent appenders": concurrentAppenders,
		"keyring":              keyring,
		"keyring race":         keyringRace,
		"people apart":         peopleApart,
		"delete person":        deletePerson,
		"nobody":               nobody,
		"big records":          bigRecords,
		"cancelled":            cancelled,
		"yield stops":          yieldStops,
		"read while appending": readWhileAppending,
		"check":                check,
		"model":                model,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func appendAndRead(t *testing.T, s app.Store) {
	p := person(t, s)
	wantLast(t, s, p, 0)
	if got := read(t, s, p, 0); len(got) != 0 {
		t.Fatalf("a new log has %d records", len(got))
	}
	batch := sealed(5)
	for i, part := range [][]app.Sealed{batch[:1], batch[1:4], nil, batch[4:]} {
		want := []int64{1, 4, 4, 5}[i]
		if got, err := s.Append(t.Context(), p, part); err != nil || got != want {
			t.Fatalf("append %d: last seq %d, %v; want %d", i, got, err, want)
		}
		wantLast(t, s, p, want)
	}
	all := read(t, s, p, 0)
	wantSame(t, all, batch)
	for after := range int64(7) {
		if got := read(t, s, p, after); len(got) != max(0, 5-int(after)) {
			t.Errorf("after %d: %d records", after, len(got))
		}
	}
}

func appendTwice(t *testing.T, s app.Store) {
	p := person(t, s)
	batch := sealed(3)
	mustAppend(t, s, p, batch[:2]...)
	// Again alone, again in a batch with a new one, twice within a batch, and with
	// other bytes under the same id: the first stays.
	other := app.Sealed{ID: batch[0].ID, Ciphertext: []byte("other bytes")}
	for _, again := range [][]app.Sealed{batch[:1], {other}, {batch[1], batch[2], batch[2], other}} {
		mustAppend(t, s, p, again...)
	}
	wantSame(t, read(t, s, p, 0), batch)
	wantLast(t, s, p, 3)
}

func appendAllOrNone(t *testing.T, s app.Store) {
	p := person(t, s)
	mustAppend(t, s, p, sealed(1)...)
	batch := sealed(3)
	batch[2].Ciphertext = nil
	_, err := s.Append(t.Context(), p, batch)
	wantCode(t, err, fault.Invalid)
	_, err = s.Append(t.Context(), p, batch[2:])
	wantCode(t, err, fault.Invalid)
	wantLast(t, s, p, 1)
}

func forget(t *testing.T, s app.Store) {
	p := person(t, s)
	batch := sealed(6)
	mustAppend(t, s, p, batch...)
	ids := []app.RecordID{batch[1].ID, batch[4].ID, newRecordID(), batch[1].ID}
	for range 2 { // forgetting again is fine
		if err := s.Forget(t.Context(), p, ids); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Forget(t.Context(), p, nil); err != nil {
		t.Fatal(err)
	}
	want := slices.Clone(batch)
	want[1].Ciphertext, want[4].Ciphertext = nil, nil
	wantSame(t, read(t, s, p, 0), want)

	// A forgotten id never comes back, alone or in a batch; an id that was never
	// there was not touched by Forget.
	mustAppend(t, s, p, batch[1])
	fresh := app.Sealed{ID: ids[2], Ciphertext: []byte("fresh")}
	mustAppend(t, s, p, batch[4], fresh)
	wantSame(t, read(t, s, p, 0), append(want, fresh))
}

func concurrentAppenders(t *testing.T, s app.Store) {
	p, q := person(t, s), person(t, s)
	const appenders, rounds = 8, 12
	var group sync.WaitGroup
	for i := range appenders {
		group.Go(func() {
			for j := range rounds {
				who := p
				if i%4 == 3 {
					who = q
				}
				if _, err := s.Append(t.Context(), who, sealed(1+(i+j)%3)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for _, who := range []app.PersonID{p, q} {
		got := read(t, s, who, 0)
		ids := map[app.RecordID]bool{}
		for i, r := range got {
			ids[r.ID] = true
			if r.Seq != int64(i+1) {
				t.Fatalf("record %d has seq %d", i, r.Seq)
			}
		}
		if len(ids) != len(got) {
			t.Errorf("%d ids in %d records", len(ids), len(got))
		}
		wantLast(t, s, who, int64(len(got)))
	}
	if n, want := len(read(t, s, p, 0))+len(read(t, s, q, 0)), appenders*rounds*2; n != want {
		t.Errorf("%d records, want %d", n, want)
	}
}

func keyring(t *testing.T, s app.Store) {
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

func keyringRace(t *testing.T, s app.Store) {
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

func peopleApart(t *testing.T, s app.Store) {
	p, q := person(t, s), person(t, s)
	mine, theirs := sealed(3), sealed(2)
	theirs[0].ID = mine[0].ID // two people may have drawn the same id
	mustAppend(t, s, p, mine[:2]...)
	mustAppend(t, s, q, theirs...)
	mustAppend(t, s, p, mine[2])
	if err := s.Forget(t.Context(), q, []app.RecordID{mine[0].ID, mine[1].ID}); err != nil {
		t.Fatal(err)
	}
	wantSame(t, read(t, s, p, 0), mine)
	theirs[0].Ciphertext = nil
	wantSame(t, read(t, s, q, 0), theirs)
	want := []app.PersonID{p, q}
	slices.SortFunc(want, func(a, b app.PersonID) int { return bytes.Compare(a[:], b[:]) })
	if got, err := s.Persons(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Errorf("persons %v, %v; want %v", got, err, want)
	}
}

func deletePerson(t *testing.T, s app.Store) {
	p, q := person(t, s), person(t, s)
	batch := sealed(2)
	mustAppend(t, s, p, sealed(3)...)
	mustAppend(t, s, q, batch...)
	for range 2 { // deleting again is fine
		if err := s.DeletePerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.LastSeq(t.Context(), p)
	wantCode(t, err, fault.NotFound)
	wantSame(t, read(t, s, q, 0), batch)
	if got, err := s.Persons(t.Context()); err != nil || !slices.Equal(got, []app.PersonID{q}) {
		t.Errorf("persons %v, %v", got, err)
	}
}

func nobody(t *testing.T, s app.Store) {
	ctx, p := t.Context(), newPersonID()
	if got, err := s.Persons(ctx); err != nil || len(got) != 0 {
		t.Errorf("persons %v, %v", got, err)
	}
	for _, n := range []int{0, 1, 2} {
		_, err := s.Append(ctx, p, sealed(n))
		wantCode(t, err, fault.NotFound)
	}
	_, err := s.LastSeq(ctx, p)
	wantCode(t, err, fault.NotFound)
	_, _, err = s.Keyring(ctx, p)
	wantCode(t, err, fault.NotFound)
	wantCode(t, s.PutKeyring(ctx, p, []byte("ring"), 1), fault.NotFound)
	wantCode(t, s.Forget(ctx, p, []app.RecordID{newRecordID()}), fault.NotFound)
	wantCode(t, s.ReadAfter(ctx, p, 0, func(app.Record) error { return nil }), fault.NotFound)
}

func bigRecords(t *testing.T, s app.Store) {
	p := person(t, s)
	batch := sealed(4)
	batch[1].Ciphertext = random(1 << 20)
	batch[3].Ciphertext = random(1<<20 + 41)
	mustAppend(t, s, p, batch...)
	wantSame(t, read(t, s, p, 0), batch)
	if err := s.Forget(t.Context(), p, []app.RecordID{batch[1].ID}); err != nil {
		t.Fatal(err)
	}
	batch[1].Ciphertext = nil
	wantSame(t, read(t, s, p, 0), batch)
}

func cancelled(t *testing.T, s app.Store) {
	p := person(t, s)
	batch := sealed(600)
	mustAppend(t, s, p, batch...)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err := s.ReadAfter(ctx, p, 0, func(app.Record) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n == len(batch) {
		t.Errorf("reading on a cancelled context: %v after %d records", err, n)
	}
	for _, size := range []int{1, 3} {
		if _, err := s.Append(ctx, p, sealed(size)); !errors.Is(err, context.Canceled) {
			t.Errorf("appending on a cancelled context: %v", err)
		}
	}
	if err := s.Forget(ctx, p, []app.RecordID{batch[0].ID}); !errors.Is(err, context.Canceled) {
		t.Errorf("forgetting on a cancelled context: %v", err)
	}
	wantSame(t, read(t, s, p, 0), batch)
	mustAppend(t, s, p, sealed(1)...) // the store still works
}

func yieldStops(t *testing.T, s app.Store) {
	p := person(t, s)
	mustAppend(t, s, p, sealed(5)...)
	stop := errors.New("stop")
	n := 0
	err := s.ReadAfter(t.Context(), p, 1, func(app.Record) error {
		if n++; n == 2 {
			return stop
		}
		return nil
	})
	if err != stop || n != 2 {
		t.Errorf("yield's error came back as %v after %d records", err, n)
	}
	mustAppend(t, s, p, sealed(1)...) // the store still works
}

// readWhileAppending reads whole batches or none of them, however often it looks.
func readWhileAppending(t *testing.T, s app.Store) {
	p := person(t, s)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 30 {
			if _, err := s.Append(t.Context(), p, sealed(4)); err != nil {
				t.Error(err)
			}
		}
	}()
	for reading := true; reading; {
		select {
		case <-done:
			reading = false
		default:
		}
		if n := len(read(t, s, p, 0)); n%4 != 0 {
			t.Fatalf("saw %d records of batches of 4", n)
		}
	}
	wantLast(t, s, p, 120)
}

func check(t *testing.T, s app.Store) {
	p := person(t, s)
	batch := sealed(3)
	mustAppend(t, s, p, batch...)
	if err := s.Forget(t.Context(), p, []app.RecordID{batch[2].ID}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Check(t.Context())
	if err != nil || len(got.Problems) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if got.Persons != 1 || got.Records != 3 || got.Forgotten != 1 || got.SchemaVersion < 1 || got.Kind == "" {
		t.Errorf("%+v", got)
	}
}

func person(t *testing.T, s app.Store) app.PersonID {
	t.Helper()
	p := newPersonID()
	if err := s.CreatePerson(t.Context(), p, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	return p
}

func sealed(n int) []app.Sealed {
	batch := make([]app.Sealed, n)
	for i := range batch {
		batch[i] = app.Sealed{ID: newRecordID(), Ciphertext: random(297)}
	}
	return batch
}

func mustAppend(t *testing.T, s app.Store, p app.PersonID, records ...app.Sealed) {
	t.Helper()
	if _, err := s.Append(t.Context(), p, records); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, s app.Store, p app.PersonID, after int64) (records []app.Record) {
	t.Helper()
	err := s.ReadAfter(t.Context(), p, after, func(r app.Record) error {
		r.Ciphertext = bytes.Clone(r.Ciphertext)
		records = append(records, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func wantSame(t *testing.T, got []app.Record, want []app.Sealed) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i, r := range got {
		if r.Seq != int64(i+1) || r.ID != want[i].ID || !bytes.Equal(r.Ciphertext, want[i].Ciphertext) {
			t.Fatalf("record %d: seq %d, id %v, %d bytes; want id %v, %d bytes",
				i, r.Seq, r.ID, len(r.Ciphertext), want[i].ID, len(want[i].Ciphertext))
		}
	}
}

func wantLast(t *testing.T, s app.Store, p app.PersonID, want int64) {
	t.Helper()
	if got, err := s.LastSeq(t.Context(), p); err != nil || got != want {
		t.Fatalf("last seq %d, %v; want %d", got, err, want)
	}
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}

func newPersonID() (p app.PersonID) { rand.Read(p[:]); return p }
func newRecordID() (r app.RecordID) { rand.Read(r[:]); return r }

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
