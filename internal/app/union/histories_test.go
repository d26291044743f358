package union_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	rnd "math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
	"github.com/evenkeel/evenkeel/journal"
)

func TestMain(m *testing.M) { os.Exit(server.Main(m)) }

// All thousand, or one that failed:
//
//	go test ./internal/app/union -run Histories -histories 1000
//	go test ./internal/app/union -run Histories -history 42
var (
	histories = flag.Int("histories", 60, "how many random histories of two devices are lived through")
	oneOnly   = flag.Uint64("history", 0, "the only one to live through")
)

// Two devices write, correct, delete, forget and synchronise at random, while
// requests and answers are lost, sent twice, and programs die in the middle. In the
// end U1 to U5 of docs/together.md hold.
func TestHistories(t *testing.T) {
	count := map[string]int{}
	for n := uint64(1); n <= uint64(*histories); n++ {
		if *oneOnly != 0 {
			n = *oneOnly
		}
		if !t.Run(fmt.Sprint(n), func(t *testing.T) { live(newWorld(t), n, count) }) || *oneOnly != 0 {
			break
		}
	}
	t.Log(count)
}

// The same where the host keeps its logs on a database server, over a line that
// refuses transactions, loses answers to COMMIT and is cut.
func TestHistoriesOnAServer(t *testing.T) {
	count := map[string]int{}
	for n := uint64(1); n <= max(3, uint64(*histories)/20); n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			address, _ := server.Through(t, server.Address(t), 12)
			store, err := postgres.Open(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			live(newWorldOn(t, store), n, count)
		})
	}
	t.Log(count)
}

// life is what a history did and was told.
type life struct {
	*world
	*rnd.Rand
	devices   [2]*device
	added     []journal.ID        // acknowledged by some device
	removed   map[journal.ID]bool // deleted or forgotten by some device
	forgotten map[journal.ID]bool
}

func live(w *world, n uint64, count map[string]int) {
	l := &life{world: w, Rand: rnd.New(rnd.NewPCG(n, 14)), removed: map[journal.ID]bool{}, forgotten: map[journal.ID]bool{}}
	l.devices[0], l.devices[1] = w.pair()
	f := &fate{Rand: l.Rand, oneIn: 2 + l.IntN(6), count: count}
	for _, d := range l.devices {
		d.fate = f
		d.restart()
	}
	for range 10 + l.IntN(30) {
		w.minutes(1 + l.IntN(600))
		l.step(l.devices[l.IntN(2)])
	}
	for _, d := range l.devices {
		d.fate = nil
		d.restart()
	}
	for range 2 {
		for _, d := range l.devices {
			d.sync()
		}
	}
	l.holds()
}

// step is one thing that happens to one device.
func (l *life) step(d *device) {
	ctx := l.t.Context()
	switch l.IntN(10) {
	case 0, 1, 2:
		saved, err := record.New(ctx, d.App, place.Note(fmt.Sprintf("note %d", l.IntN(1000))), place.Note("and another"))
		if err != nil {
			l.t.Fatal(err)
		}
		l.added = append(l.added, saved.IDs...)
	case 3:
		if id, ok := l.some(d); ok {
			if _, err := record.Correct(ctx, d.App, id, place.Note(fmt.Sprintf("corrected %d", l.IntN(1000)))); err != nil {
				l.t.Fatal(err)
			}
		}
	case 4:
		if id, ok := l.some(d); ok {
			l.removed[id] = true
			if err := record.Delete(ctx, d.App, id); err != nil {
				l.t.Fatal(err)
			}
		}
	case 5:
		if id, ok := l.some(d); ok {
			l.removed[id], l.forgotten[id] = true, true
			if err := record.Forget(ctx, d.App, id); err != nil {
				l.t.Fatal(err)
			}
		}
	case 6:
		d.restart()
	default:
		done, err := d.Sync(ctx)
		switch {
		case errors.Is(err, errKilled):
			d.restart()
		case fault.Is(err, fault.Corrupt), done.Problem() != nil:
			l.t.Fatalf("U5: a host that keeps everything is accused: %v, %v", err, done.Problem())
		}
	}
}

// some is an entry that stands in the device's journal.
func (l *life) some(d *device) (id journal.ID, ok bool) {
	j := place.Read(l.t, d.App)
	var there []journal.ID
	for _, id := range l.added {
		if _, ok := j.Entry(id); ok {
			there = append(there, id)
		}
	}
	if len(there) == 0 {
		return id, false
	}
	return there[l.IntN(len(there))], true
}

func (l *life) holds() {
	a, b := l.devices[0], l.devices[1]
	if mine, theirs := a.plain(), b.plain(); !maps.Equal(mine, theirs) {
		l.t.Errorf("U1: %d records here and %d there are not the same", len(mine), len(theirs))
	}
	for _, d := range l.devices {
		j := place.Read(l.t, d.App)
		for _, id := range l.added {
			if _, there := j.Entry(id); !there && !l.removed[id] {
				l.t.Errorf("U2: %s was acknowledged and is lost", id)
			}
		}
		plain := d.plain()
		for id := range l.forgotten {
			if _, there := plain[id]; there {
				l.t.Errorf("U3: %s was forgotten and is still there", id)
			}
		}
	}
	persons, err := l.store.Persons(l.t.Context())
	if err != nil || len(persons) != 1 {
		l.t.Fatal(persons, err)
	}
	kept := 0
	if _, err := l.store.ReadAfter(l.t.Context(), persons[0], 0, func(r port.Record) error {
		if len(r.Ciphertext) > 0 && l.forgotten[journal.ID(r.ID)] {
			l.t.Errorf("U3: the host still has the bytes of %s", r.ID)
		}
		if len(r.Ciphertext) > 0 {
			kept++
		}
		return nil
	}); err != nil {
		l.t.Fatal(err)
	}
	if want := len(a.plain()); kept < want {
		l.t.Errorf("U1: the host keeps %d records of %d", kept, want)
	}
	for _, d := range l.devices {
		if done := d.sync(); !slices.Equal([]int{done.Fetched, done.Brought, done.Forgotten, done.Mended}, make([]int, 4)) {
			l.t.Errorf("U4: once more did something: %+v", done)
		}
	}
	fresh := l.device()
	code, _, _, err := a.Invite(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	if done, err := fresh.Join(l.t.Context(), code); err != nil || done.Problem() != nil {
		l.t.Fatalf("U5: a new device is told of harm: %v, %v", err, done.Problem())
	}
	if got, want := fresh.plain(), a.plain(); !maps.Equal(got, want) {
		l.t.Errorf("U1: a new device has %d records of %d", len(got), len(want))
	}
}
