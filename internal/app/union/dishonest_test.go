package union_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"maps"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// dishonest changes what a host answers.
type dishonest struct {
	union.Line
	pull func(wire.Head, []port.Sealed) (wire.Head, []port.Sealed)
}

func (l dishonest) Pull(ctx context.Context, after int64) (wire.Head, []port.Sealed, error) {
	head, records, err := l.Line.Pull(ctx, after)
	if err == nil {
		head, records = l.pull(head, records)
	}
	return head, records, err
}

func TestDishonestHost(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	a.write("first")
	a.sync()
	b.sync()
	a.write("one", "two", "three")
	a.sync()
	before := b.plain()
	for name, c := range map[string]struct {
		pull func(wire.Head, []port.Sealed) (wire.Head, []port.Sealed)
		key  string
	}{
		"all withheld": {func(h wire.Head, r []port.Sealed) (wire.Head, []port.Sealed) { return h, nil }, "union.withheld"},
		"last withheld": {func(h wire.Head, r []port.Sealed) (wire.Head, []port.Sealed) {
			return wire.Head{Version: h.Version, Last: h.Last - 1, Chain: h.Chain}, r[:len(r)-1]
		}, "union.forked"},
		"one withheld": {func(h wire.Head, r []port.Sealed) (wire.Head, []port.Sealed) {
			return wire.Head{Version: h.Version, Last: h.Last - 1, Chain: h.Chain}, slices.Delete(slices.Clone(r), 0, 1)
		}, "union.forked"},
		"in another order": {func(h wire.Head, r []port.Sealed) (wire.Head, []port.Sealed) {
			r = slices.Clone(r)
			slices.Reverse(r)
			return h, r
		}, "union.forked"},
		"one twice": {func(h wire.Head, r []port.Sealed) (wire.Head, []port.Sealed) {
			return h, append(r[:1:1], r...)[:len(r)]
		}, "union.forked"},
		"more than there is": {func(h wire.Head, r []port.Sealed) (wire.Head, []port.Sealed) {
			return h, append(slices.Clone(r), port.Sealed{ID: port.RecordID{9}})
		}, "union.forked"},
		"fewer than was seen": {func(h wire.Head, r []port.Sealed) (wire.Head, []port.Sealed) { return wire.Head{}, nil }, "union.rolled_back"},
	} {
		dial := b.Dial
		b.Dial = func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
			l, err := dial(base, log, key)
			return dishonest{l, c.pull}, err
		}
		_, err := b.Sync(t.Context())
		wantKey(t, name, err, c.key)
		b.Dial = dial
	}
	if !maps.Equal(b.plain(), before) {
		t.Error("something of it was kept")
	}
	b.sync()
	if !maps.Equal(b.plain(), a.plain()) {
		t.Error("and honestly it does not agree")
	}
}

// endless is a host that goes on giving empty records.
type endless struct {
	union.Line
	last    int64
	each    int // records in an answer
	answers int
}

func (l *endless) Pull(_ context.Context, after int64) (wire.Head, []port.Sealed, error) {
	l.answers++
	records := make([]port.Sealed, l.each)
	for i := range records {
		rand.Read(records[i].ID[:])
	}
	return wire.Head{Version: 1, Last: l.last}, records, nil
}

// A host that gives without end, or so little at once that it comes to that, fills
// neither memory nor time.
func TestEndlessHost(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	a.write("one")
	a.sync()
	before := b.plain()
	dial := b.Dial
	for key, l := range map[string]*endless{
		"union.too_much": {last: wire.MostRecords + 1, each: 1000},
		"union.dribbled": {last: wire.MostRecords, each: 1},
	} {
		b.Dial = func(string, wire.Address, ed25519.PrivateKey) (union.Line, error) { return l, nil }
		_, err := b.Sync(t.Context())
		wantKey(t, "an endless host", err, key)
		if l.answers > 100 {
			t.Errorf("%s only after %d answers", key, l.answers)
		}
	}
	if !maps.Equal(b.plain(), before) {
		t.Error("something of it was kept")
	}
	b.Dial = dial
	if b.sync(); !maps.Equal(a.plain(), b.plain()) {
		t.Error("and honestly it does not agree")
	}
}

// thin is a line that brings so many bytes in time and no more.
type thin struct {
	union.Line
	most, lost int
}

func (l *thin) Push(ctx context.Context, version int64, records []port.Sealed) (wire.Head, error) {
	size := 0
	for _, r := range records {
		size += wire.RecordSize(r)
	}
	if size > l.most && len(records) > 1 {
		l.lost++
		return wire.Head{}, fault.New(fault.Internal, "host.slow")
	}
	return l.Line.Push(ctx, version, records)
}

// What a thin line cannot bring at once goes in smaller batches; what it cannot bring
// at all is said.
func TestThinLine(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	for range 800 { // some 270 KiB sealed
		a.write("entry")
	}
	dial := a.Dial
	l := &thin{most: wire.LeastPage / 2}
	a.Dial = func(base string, log wire.Address, key ed25519.PrivateKey) (line union.Line, err error) {
		l.Line, err = dial(base, log, key)
		return l, err
	}
	_, err := a.Sync(t.Context())
	wantKey(t, "too thin", err, "host.slow")
	l.most, l.lost = wire.LeastPage+10_000, 0
	if a.sync(); l.lost != 2 { // 256 KiB, 128 KiB
		t.Errorf("%d batches were lost", l.lost)
	}
	if b.sync(); !maps.Equal(a.plain(), b.plain()) {
		t.Error("not all of it came")
	}
}

// Records that are emptied, changed or swapped behind everybody's back are counted
// in one sentence, and brought again by whoever has them.
func TestHarmedRecords(t *testing.T) {
	w := newWorld(t)
	a := w.device()
	if _, err := a.Start(t.Context(), base, ""); err != nil {
		t.Fatal(err)
	}
	a.write("one", "two", "three", "four", "forgotten")
	a.sync()
	ids := w.kept().records
	if err := record.Forget(t.Context(), a.App, journal.ID(ids[4].ID)); err != nil {
		t.Fatal(err)
	}
	a.sync()
	k := w.kept()
	n := len(k.records)
	if n < 6 {
		t.Fatal(n)
	}
	k.records[0].Ciphertext = nil
	k.records[1].Ciphertext[40] ^= 1
	k.records[2].Ciphertext, k.records[3].Ciphertext = k.records[3].Ciphertext, k.records[2].Ciphertext
	w.show(k)
	code, _, _, err := a.Invite(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := w.device()
	own := len(b.plain()) // a journal begins with settings of its own, or without
	done, err := b.Join(t.Context(), code)
	if err != nil || done.Harmed != 4 || done.Mended != 0 || done.Problem() == nil {
		t.Errorf("%+v, %v", done, err)
	}
	dial := a.Dial
	a.Dial = func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
		l, err := dial(base, log, key)
		return &lostPush{Line: l}, err
	}
	if done, err = a.Again(t.Context()); err != nil || done.Harmed != 4 || done.Mended != 4 {
		t.Errorf("%+v, %v", done, err)
	}
	b.sync()
	a.sync()
	if mine, theirs := a.plain(), b.plain(); !maps.Equal(mine, theirs) || len(mine) < own+4 {
		t.Errorf("%d records here, %d there", len(mine), len(theirs))
	}
	// What was brought again is forgotten with its entry.
	if err := record.Forget(t.Context(), a.App, journal.ID(ids[0].ID)); err != nil {
		t.Fatal(err)
	}
	if done := a.sync(); done.Forgotten < 1 {
		t.Errorf("%+v", done)
	}
	b.sync()
	if !maps.Equal(a.plain(), b.plain()) {
		t.Error("after forgetting they are not the same")
	}
}

// A new device is not shown less than the one that invited it saw.
func TestNewDeviceIsShownAll(t *testing.T) {
	w := newWorld(t)
	a := w.device()
	if _, err := a.Start(t.Context(), base, ""); err != nil {
		t.Fatal(err)
	}
	a.write("one")
	a.sync()
	old := w.kept()
	a.write("two")
	code, _, _, err := a.Invite(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	old.ring = w.kept().ring // the guest is known to the older copy as well
	w.show(old)
	_, err = w.device().Join(t.Context(), code)
	wantKey(t, "an older copy", err, "union.rolled_back")
}

// lostPush loses the first answer to Push: asked again, the host says that the log
// moved on.
type lostPush struct {
	union.Line
	lost bool
}

func (l *lostPush) Push(ctx context.Context, version int64, records []port.Sealed) (wire.Head, error) {
	head, err := l.Line.Push(ctx, version, records)
	if err == nil && !l.lost {
		l.lost = true
		return l.Line.Push(ctx, version, records)
	}
	return head, err
}
