package desk_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
)

func file(t testing.TB, path string) port.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	want(t, "open", err, "")
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// Two processes on one desk.db, each with a member, lose nothing of what either wrote,
// while shares are polled and replaced beneath them.
func TestTwoProcesses(t *testing.T) {
	w, ctx, path := newWorld(t), t.Context(), filepath.Join(t.TempDir(), "desk.db")
	one := w.on(file(t, path))
	want(t, "begin", one.Begin(ctx, clinic, "Ana", "ana's words"), "")
	want(t, "start", one.Start(ctx, home, ""), "")
	_, err := one.AddMember(ctx, "Ben", "ben's words")
	want(t, "add", err, "")
	mia := w.sharer(one, "Mia").share()
	w.poll(one)
	two := w.on(file(t, path))
	want(t, "unlock", two.Unlock(ctx, "Ben", "ben's words"), "")

	const each = 15
	var group sync.WaitGroup
	for n, d := range []*desk.Desk{one, two} {
		group.Go(func() {
			for i := range each {
				if _, err := d.Note(ctx, mia.id, fmt.Sprintf("%d of %d", i, n)); err != nil {
					t.Error(err)
				}
			}
		})
		group.Go(func() {
			for range 3 {
				if _, err := d.Poll(ctx); err != nil {
					t.Error(err)
				}
				w.mu.Lock()
				p := mia.projection(int64(len(w.asked) + int(w.version)*100))
				p.Made = p.Made.Add(time.Duration(w.asked[home]) * time.Second)
				mia.put(p)
				w.mu.Unlock()
			}
		})
	}
	group.Wait()
	third := w.on(file(t, path))
	want(t, "unlock", third.Unlock(ctx, "Ana", "ana's words"), "")
	for name, d := range map[string]*desk.Desk{"one": one, "two": two, "a new one": third} {
		p, err := d.Open(ctx, mia.id)
		want(t, "open", err, "")
		seen := map[string]string{}
		for _, n := range p.Notes {
			seen[n.Text] = n.Name
		}
		if len(p.Notes) != 2*each || len(seen) != 2*each || seen["3 of 0"] != "Ana" || seen["3 of 1"] != "Ben" {
			t.Errorf("%s has %d notes, %d of them different", name, len(p.Notes), len(seen))
		}
		if _, err := d.VerifyAudit(ctx); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A new key while another process writes: what it had acknowledged is there, and it
// is told to unlock again.
func TestRekeyBesideAWriter(t *testing.T) {
	w, ctx, path := newWorld(t), t.Context(), filepath.Join(t.TempDir(), "desk.db")
	one := w.on(file(t, path))
	want(t, "begin", one.Begin(ctx, clinic, "Ana", "ana's words"), "")
	want(t, "start", one.Start(ctx, home, ""), "")
	mia := w.sharer(one, "Mia").share()
	w.poll(one)
	two := w.on(file(t, path))
	want(t, "unlock", two.Unlock(ctx, "Ana", "ana's words"), "")
	var group sync.WaitGroup
	written := 0
	group.Go(func() {
		for range 40 {
			_, err := two.Note(ctx, mia.id, "a note")
			if fault.Is(err, fault.Locked) {
				if err := two.Unlock(ctx, "Ana", "ana's words"); err != nil {
					t.Error(err)
					return
				}
				continue
			}
			if err != nil {
				t.Error(err)
				return
			}
			written++
		}
	})
	group.Go(func() {
		for range 3 {
			if err := one.Rekey(ctx); err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
	})
	group.Wait()
	one.Lock()
	want(t, "unlock", one.Unlock(ctx, "Ana", "ana's words"), "")
	if p := w.person(one, mia); len(p.Notes) != written || p.Shown == nil {
		t.Errorf("%d notes of %d", len(p.Notes), written)
	}
	if _, err := one.VerifyAudit(ctx); err != nil {
		t.Error(err)
	}
}

// stopping is a store whose program is killed at the nth call that changes something:
// before it, or after it with the answer lost.
type stopping struct {
	port.Store
	left  int
	after bool
}

var errKilled = errors.New("killed")

func (s *stopping) do(f func() error) error {
	if s.left--; s.left < 0 || s.left == 0 && !s.after {
		return errKilled
	}
	err := f()
	if s.left == 0 {
		return errKilled
	}
	return err
}

func (s *stopping) Append(ctx context.Context, p port.PersonID, v int64, r []port.Sealed, h []byte) (now port.Head, err error) {
	err = s.do(func() (err error) { now, err = s.Store.Append(ctx, p, v, r, h); return err })
	return now, err
}

func (s *stopping) PutKeyring(ctx context.Context, p port.PersonID, ring []byte, v int64) error {
	return s.do(func() error { return s.Store.PutKeyring(ctx, p, ring, v) })
}

func (s *stopping) CreatePerson(ctx context.Context, p port.PersonID, ring []byte) error {
	return s.do(func() error { return s.Store.CreatePerson(ctx, p, ring) })
}

func (s *stopping) DeletePerson(ctx context.Context, p port.PersonID) error {
	return s.do(func() error { return s.Store.DeletePerson(ctx, p) })
}

// Killed at any point of a change of keys, of members or of a passphrase, the desk
// opens again with everything in it.
func TestKilledAnywhere(t *testing.T) {
	for name, change := range map[string]func(context.Context, *desk.Desk) error{
		"rekey": func(ctx context.Context, d *desk.Desk) error { return d.Rekey(ctx) },
		"add": func(ctx context.Context, d *desk.Desk) error {
			_, err := d.AddMember(ctx, "Cleo", "cleo's words")
			return err
		},
		"remove": func(ctx context.Context, d *desk.Desk) error {
			list, err := d.Members(ctx)
			if err != nil {
				return err
			}
			return d.RemoveMember(ctx, list[1].ID)
		},
	} {
		for kill := 1; kill < 12; kill++ {
			for _, after := range []bool{false, true} {
				w, ctx, store := newWorld(t), t.Context(), memory.Open()
				d := w.on(store)
				want(t, "begin", d.Begin(ctx, clinic, "Ana", "ana's words"), "")
				want(t, "start", d.Start(ctx, home, ""), "")
				_, err := d.AddMember(ctx, "Ben", "ben's words")
				want(t, "add", err, "")
				mia := w.sharer(d, "Mia").share()
				w.poll(d)
				_, err = d.Note(ctx, mia.id, "kept")
				want(t, "note", err, "")

				victim := w.on(&stopping{store, kill, after})
				want(t, "unlock", victim.Unlock(ctx, "Ana", "ana's words"), "")
				_ = change(ctx, victim)
				again := w.on(store)
				if err := again.Unlock(ctx, "Ana", "ana's words"); err != nil {
					t.Fatalf("%s killed at %d, %v: %v", name, kill, after, err)
				}
				if p := w.person(again, mia); p.Shown == nil || len(p.Notes) != 1 {
					t.Fatalf("%s killed at %d, %v: %+v", name, kill, after, p)
				}
				if _, err := again.VerifyAudit(ctx); err != nil {
					t.Fatalf("%s killed at %d, %v: %v", name, kill, after, err)
				}
				again.Lock()
				want(t, "and once more", again.Unlock(ctx, "Ana", "ana's words"), "")
				if persons, err := store.Persons(ctx); err != nil || len(persons) != 1 {
					t.Fatalf("%s killed at %d, %v: %d logs, %v", name, kill, after, len(persons), err)
				}
				// What was stopped can be done again.
				if err := change(ctx, again); err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) {
					t.Fatalf("%s killed at %d, %v: %v", name, kill, after, err)
				}
				there, status := 0, desk.Status{}
				if status, err = again.Look(ctx); err != nil {
					t.Fatal(err)
				}
				list, err := again.Members(ctx)
				want(t, "members", err, "")
				for _, m := range list {
					if m.Removed.IsZero() {
						there++
					}
				}
				if there != len(status.Members) || there != map[string]int{"rekey": 2, "add": 3, "remove": 1}[name] {
					t.Fatalf("%s killed at %d, %v: the log has %d members, the ring %d", name, kill, after, there, len(status.Members))
				}
			}
		}
	}
}
