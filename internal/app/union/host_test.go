package union_test

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/wire"
)

func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	if got, _ := fault.KeyOf(err); got != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// kept is what the host has, as a host that plays foul would take it in hand.
type kept struct {
	log     port.PersonID
	ring    []byte
	records []port.Sealed
}

func (w *world) kept() (k kept) {
	w.t.Helper()
	persons, err := w.store.Persons(w.t.Context())
	if err != nil || len(persons) != 1 {
		w.t.Fatal(persons, err)
	}
	k.log = persons[0]
	if k.ring, _, err = w.store.Keyring(w.t.Context(), k.log); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.ReadAfter(w.t.Context(), k.log, 0, func(r port.Record) error {
		k.records = append(k.records, port.Sealed{ID: r.ID, Ciphertext: bytes.Clone(r.Ciphertext)})
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
	return k
}

// show makes the host have these records, with a chain that fits and a version that
// tells nothing.
func (w *world) show(k kept) {
	w.t.Helper()
	ctx := w.t.Context()
	w.store = memory.Open()
	var chain wire.Chain
	var forgotten []port.RecordID
	full := slices.Clone(k.records)
	for i, r := range full {
		chain = chain.Next(r.ID)
		if len(r.Ciphertext) == 0 {
			forgotten = append(forgotten, r.ID)
			full[i].Ciphertext = []byte("gone in a moment")
		}
	}
	state := binary.BigEndian.AppendUint64(chain[:], 0)
	if err := w.store.CreatePerson(ctx, k.log, k.ring); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.Append(ctx, k.log, 0, full, state); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.Forget(ctx, k.log, 1, forgotten, state); err != nil {
		w.t.Fatal(err)
	}
	c := w.host.Config
	c.Store = w.store
	w.host = host.New(c)
}

func (d *device) write(texts ...string) {
	d.w.t.Helper()
	d.w.minutes(1)
	for _, text := range texts {
		place.Record(d.w.t, d.App, place.Note(text))
	}
}

// A host that was restored from an older copy: both devices say so, keep what they
// have, and bring what is missing when they are told to.
func TestRestoredHost(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	a.write("one", "two")
	a.sync()
	b.sync()
	old := w.kept()
	a.write("three")
	a.sync()
	b.write("four")
	b.sync()
	a.sync()
	before := a.plain()
	w.show(old)
	for _, d := range []*device{a, b} {
		d.write("five, by " + string(rune('a'+len(before)%2)))
		_, err := d.Sync(t.Context())
		wantKey(t, "restored", err, "union.rolled_back")
	}
	for range 2 {
		for _, d := range []*device{a, b} {
			if _, err := d.Again(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	a.sync()
	b.sync()
	if mine, theirs := a.plain(), b.plain(); !maps.Equal(mine, theirs) || len(mine) != len(before)+2 {
		t.Errorf("%d records here, %d there, %d before", len(mine), len(theirs), len(before))
	}
}

// A host that was restored and written to before a device looks has as many records
// as that device saw, and others.
func TestRestoredHostThatGrew(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	b.sync()
	old := w.kept()
	a.write("one", "two")
	a.sync()
	w.show(old)
	b.write("three", "four", "five")
	b.sync()
	_, err := a.Sync(t.Context())
	wantKey(t, "another history", err, "union.forked")
	if _, err := a.Again(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.sync()
	if mine, theirs := a.plain(), b.plain(); !maps.Equal(mine, theirs) || len(mine) < 5 {
		t.Errorf("%d records here, %d there", len(mine), len(theirs))
	}
}

// Two devices are shown two histories. As soon as one is shown a later record of the
// other, it says so: also when the host makes the chain fit.
func TestTwoHistories(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	a.sync()
	b.sync()
	fork := w.kept()
	a.write("only here")
	a.sync()
	one := w.kept()
	w.show(fork)
	b.write("only there")
	b.sync()
	two := w.kept()
	mixed := one
	mixed.records = append(slices.Clone(one.records), two.records[len(two.records)-1])
	w.show(mixed)
	_, err := a.Sync(t.Context())
	wantKey(t, "a record of the other history", err, "union.forked")
}
