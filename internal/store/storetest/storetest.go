// Package storetest is the one suite that every store passes, so that a journal
// behaves the same wherever it is kept.
package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// Run puts an empty store, fresh from open for each test, through the contract of
// port.Store. Open closes what it opened when the test ends.
func Run(t *testing.T, open func(t *testing.T) port.Store) {
	for name, test := range map[string]func(*testing.T, port.Store){
		"append and read":      appendAndRead,
		"append twice":         appendTwice,
		"stale version":        staleVersion,
		"settle":               settle,
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

func appendAndRead(t *testing.T, s port.Store) {
	p := person(t, s)
	wantHead(t, s, p, port.Head{})
	if got := read(t, s, p, 0); len(got) != 0 {
		t.Fatalf("a new log has %d records", len(got))
	}
	batch := sealed(5)
	for i, part := range [][]port.Sealed{batch[:1], batch[1:4], nil, batch[4:]} {
		want := port.Head{Version: int64(i + 1), Last: []int64{1, 4, 4, 5}[i], Sealed: []byte{'h', byte(i)}}
		got, err := s.Append(t.Context(), p, int64(i), part, want.Sealed)
		if err != nil || !same(got, want) {
			t.Fatalf("append %d: head %v, %v; want %v", i, got, err, want)
		}
		wantHead(t, s, p, want)
	}
	all := read(t, s, p, 0)
	wantSame(t, all, batch)
	for after := range int64(7) {
		if got := read(t, s, p, after); len(got) != max(0, 5-int(after)) {
			t.Errorf("after %d: %d records", after, len(got))
		}
	}
}

// An id that is there already, alone, in a batch, with other bytes or twice within
// a batch, adds nothing: the writer reads on and leaves it out.
func appendTwice(t *testing.T, s port.Store) {
	p := person(t, s)
	batch := sealed(3)
	mustAppend(t, s, p, batch[:2]...)
	before := head(t, s, p)
	other := port.Sealed{ID: batch[0].ID, Ciphertext: []byte("other bytes")}
	for _, again := range [][]port.Sealed{batch[:1], {other}, {batch[2], batch[1]}, {batch[2], batch[2]}} {
		_, err := s.Append(t.Context(), p, before.Version, again, []byte("h"))
		wantCode(t, err, fault.Conflict)
	}
	wantSame(t, read(t, s, p, 0), batch[:2])
	wantHead(t, s, p, before)
}

// What was made for an earlier state of the log changes nothing.
func staleVersion(t *testing.T, s port.Store) {
	p := person(t, s)
	batch := sealed(2)
	mustAppend(t, s, p, batch...)
	now := head(t, s, p)
	for _, version := range []int64{now.Version - 1, now.Version + 1, -1} {
		_, err := s.Append(t.Context(), p, version, sealed(1), []byte("stale"))
		wantCode(t, err, fault.Conflict)
		_, err = s.Append(t.Context(), p, version, nil, []byte("stale"))
		wantCode(t, err, fault.Conflict)
		_, err = s.Forget(t.Context(), p, version, []port.RecordID{batch[0].ID}, []byte("stale"))
		wantCode(t, err, fault.Conflict)
		_, err = s.Settle(t.Context(), p, version)
		wantCode(t, err, fault.Conflict)
	}
	wantSame(t, read(t, s, p, 0), batch)
	wantHead(t, s, p, now)
}

// Settling a whole log empties its head and keeps everything else.
func settle(t *testing.T, s port.Store) {
	p, q := person(t, s), person(t, s)
	batch, theirs := sealed(4), sealed(2)
	mustAppend(t, s, p, batch...)
	mustAppend(t, s, q, theirs...)
	mustForget(t, s, p, batch[1].ID)
	batch[1].Ciphertext = nil
	before := head(t, s, p)
	got, err := s.Settle(t.Context(), p, before.Version)
	want := port.Head{Version: before.Version + 1, Last: 4}
	if err != nil || !same(got, want) {
		t.Errorf("settled: %v, %v; want %v", got, err, want)
	}
	wantHead(t, s, p, want)
	wantSame(t, read(t, s, p, 0), batch)
	wantSame(t, read(t, s, q, 0), theirs)
	_, err = s.Settle(t.Context(), newPersonID(), 0)
	wantCode(t, err, fault.NotFound)
}

func appendAllOrNone(t *testing.T, s port.Store) {
	p := person(t, s)
	mustAppend(t, s, p, sealed(1)...)
	batch := sealed(3)
	batch[2].Ciphertext = nil
	before := head(t, s, p)
	_, err := s.Append(t.Context(), p, before.Version, batch, []byte("h"))
	wantCode(t, err, fault.Invalid)
	_, err = s.Append(t.Context(), p, before.Version, batch[2:], []byte("h"))
	wantCode(t, err, fault.Invalid)
	wantHead(t, s, p, before)
}

func forget(t *testing.T, s port.Store) {
	p := person(t, s)
	batch := sealed(6)
	mustAppend(t, s, p, batch...)
	ids := []port.RecordID{batch[1].ID, batch[4].ID, newRecordID(), batch[1].ID}
	for range 2 { // forgetting again is fine
		mustForget(t, s, p, ids...)
	}
	mustForget(t, s, p)
	before := head(t, s, p)
	want := slices.Clone(batch)
	want[1].Ciphertext, want[4].Ciphertext = nil, nil
	wantSame(t, read(t, s, p, 0), want)

	// A forgotten id never comes back, alone or in a batch; an id that was never
	// there was not touched by Forget.
	fresh := port.Sealed{ID: ids[2], Ciphertext: []byte("fresh")}
	for _, again := range [][]port.Sealed{{batch[1]}, {fresh, batch[4]}} {
		_, err := s.Append(t.Context(), p, before.Version, again, []byte("h"))
		wantCode(t, err, fault.Conflict)
	}
	mustAppend(t, s, p, fresh)
	wantSame(t, read(t, s, p, 0), append(want, fresh))
}

// concurrentAppenders all read on and try again until their batch is in.
func concurrentAppenders(t *testing.T, s port.Store) {
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
				batch := sealed(1 + (i+j)%3)
				for {
					h, err := s.ReadAfter(t.Context(), who, 1<<40, func(port.Record) error { return nil })
					if err == nil {
						_, err = s.Append(t.Context(), who, h.Version, batch, []byte("h"))
					}
					if err == nil {
						break
					}
					if !fault.Is(err, fault.Conflict) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	group.Wait()
	for _, who := range []port.PersonID{p, q} {
		got := read(t, s, who, 0)
		ids := map[port.RecordID]bool{}
		for i, r := range got {
			ids[r.ID] = true
			if r.Seq != int64(i+1) {
				t.Fatalf("record %d has seq %d", i, r.Seq)
			}
		}
		if len(ids) != len(got) {
			t.Errorf("%d ids in %d records", len(ids), len(got))
		}
		if h := head(t, s, who); h.Last != int64(len(got)) {
			t.Errorf("head %v of %d records", h, len(got))
		}
	}
	if n, want := len(read(t, s, p, 0))+len(read(t, s, q, 0)), appenders*rounds*2; n != want {
		t.Errorf("%d records, want %d", n, want)
	}
}

func bigRecords(t *testing.T, s port.Store) {
	p := person(t, s)
	batch := sealed(4)
	batch[1].Ciphertext = random(1 << 20)
	batch[3].Ciphertext = random(1<<20 + 41)
	mustAppend(t, s, p, batch...)
	wantSame(t, read(t, s, p, 0), batch)
	mustForget(t, s, p, batch[1].ID)
	batch[1].Ciphertext = nil
	wantSame(t, read(t, s, p, 0), batch)
}

func cancelled(t *testing.T, s port.Store) {
	p := person(t, s)
	batch := sealed(600)
	mustAppend(t, s, p, batch...)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	before := head(t, s, p)
	_, err := s.ReadAfter(ctx, p, 0, func(port.Record) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n == len(batch) {
		t.Errorf("reading on a cancelled context: %v after %d records", err, n)
	}
	for _, size := range []int{1, 3} {
		if _, err := s.Append(ctx, p, before.Version, sealed(size), []byte("h")); !errors.Is(err, context.Canceled) {
			t.Errorf("appending on a cancelled context: %v", err)
		}
	}
	if _, err := s.Forget(ctx, p, before.Version, []port.RecordID{batch[0].ID}, []byte("h")); !errors.Is(err, context.Canceled) {
		t.Errorf("forgetting on a cancelled context: %v", err)
	}
	wantSame(t, read(t, s, p, 0), batch)
	mustAppend(t, s, p, sealed(1)...) // the store still works
}

func yieldStops(t *testing.T, s port.Store) {
	p := person(t, s)
	mustAppend(t, s, p, sealed(5)...)
	stop := errors.New("stop")
	n := 0
	_, err := s.ReadAfter(t.Context(), p, 1, func(port.Record) error {
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
func readWhileAppending(t *testing.T, s port.Store) {
	p := person(t, s)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for version := range int64(30) {
			if _, err := s.Append(t.Context(), p, version, sealed(4), []byte("h")); err != nil {
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
	wantHead(t, s, p, port.Head{Version: 30, Last: 120, Sealed: []byte("h")})
}

func check(t *testing.T, s port.Store) {
	p := person(t, s)
	batch := sealed(3)
	mustAppend(t, s, p, batch...)
	mustForget(t, s, p, batch[2].ID)
	got, err := s.Check(t.Context())
	if err != nil || len(got.Problems) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if got.Persons != 1 || got.Records != 3 || got.Forgotten != 1 || got.SchemaVersion < 1 || got.Kind == "" {
		t.Errorf("%+v", got)
	}
}
