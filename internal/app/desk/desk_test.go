package desk_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/vault"
)

var clinic = desk.Program{Name: "Riverside", Kind: "program"}

// on is a desk's program on a store, as one more process would have it.
func on(store port.Store, clock port.Clock) *desk.Desk {
	return desk.New(desk.Config{Store: store, Clock: clock, Random: rand.Reader, Stretch: quickly})
}

// quickly stretches a passphrase by what anybody could undo: the time that it is to
// take is package vault's to test.
func quickly(passphrase, salt []byte, _ vault.Cost) ([]byte, error) {
	sum := sha256.Sum256(slices.Concat(salt, passphrase))
	return sum[:], nil
}

func begun(t testing.TB, store port.Store) *desk.Desk {
	t.Helper()
	d := on(store, &place.Clock{Time: place.Evening})
	if err := d.Begin(t.Context(), clinic, "Ana", "ana's words"); err != nil {
		t.Fatal(err)
	}
	return d
}

func want(t testing.TB, what string, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("%s: %v, want %q", what, err, code)
	}
}

// Each member opens the desk with a passphrase of their own, and one who was removed
// opens it no more.
func TestMembers(t *testing.T) {
	ctx, store := t.Context(), memory.Open()
	d := begun(t, store)
	ben, err := d.AddMember(ctx, "Ben", "ben's words")
	want(t, "add", err, "")
	_, err = d.AddMember(ctx, "Ben", "other")
	want(t, "the same name", err, fault.Conflict)

	other := on(store, d.Clock)
	_, err = other.Members(ctx)
	want(t, "locked", err, fault.Locked)
	want(t, "another's passphrase", other.Unlock(ctx, "Ben", "ana's words"), fault.WrongPassphrase)
	want(t, "nobody", other.Unlock(ctx, "Carl", "ben's words"), fault.NotFound)
	want(t, "own", other.Unlock(ctx, "Ben", "ben's words"), "")
	want(t, "new words", other.SetPassphrase(ctx, "ben's words", "ben's new words"), "")
	other.Lock()
	want(t, "the old ones", other.Unlock(ctx, "Ben", "ben's words"), fault.WrongPassphrase)
	want(t, "the new ones", other.Unlock(ctx, "Ben", "ben's new words"), "")
	if p, err := other.Program(ctx); err != nil || p != clinic || other.Me() != ben.ID {
		t.Fatal(p, other.Me(), err)
	}

	want(t, "remove", d.RemoveMember(ctx, ben.ID), "")
	_, err = other.Audit(ctx)
	if key, _ := fault.KeyOf(err); key != "desk.removed" || other.IsOpen() {
		t.Fatal("who is removed reads on", err)
	}
	want(t, "removed", other.Unlock(ctx, "Ben", "ben's new words"), fault.NotFound)
	me := d.Me()
	want(t, "the last", d.RemoveMember(ctx, me), fault.Invalid)
	list, err := d.Members(ctx)
	if err != nil || len(list) != 2 || !list[0].Removed.IsZero() || list[1].Removed.IsZero() {
		t.Fatal(list, err)
	}
	if err := d.Problem(); err != nil {
		t.Fatal(err)
	}
}

// A new key seals everything anew; who is there finds it, who was removed does not.
func TestRekey(t *testing.T) {
	ctx, store := t.Context(), memory.Open()
	d := begun(t, store)
	_, err := d.AddMember(ctx, "Ben", "ben's words")
	want(t, "add", err, "")
	other := on(store, d.Clock)
	want(t, "unlock", other.Unlock(ctx, "Ben", "ben's words"), "")
	for range 2 {
		want(t, "rekey", d.Rekey(ctx), "")
	}
	_, err = other.Members(ctx)
	want(t, "another process", err, fault.Locked)
	if other.IsOpen() {
		t.Error("it has the old key still")
	}
	want(t, "unlock after two new keys", other.Unlock(ctx, "Ben", "ben's words"), "")
	other.Lock()
	want(t, "and again", other.Unlock(ctx, "Ben", "ben's words"), "")
	if list, err := other.Members(ctx); err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	if end, err := other.VerifyAudit(ctx); err != nil || end.Lines != 4 { // begin, member, two keys
		t.Fatal(end, err)
	}
	if persons, err := store.Persons(ctx); err != nil || len(persons) != 1 {
		t.Fatal(persons, err)
	}
}

// Two that begin a desk at once leave one, or none and a second try makes one.
func TestBegunOnce(t *testing.T) {
	ctx, store := context.Background(), memory.Open()
	begun(t, store)
	want(t, "a second", on(store, &place.Clock{Time: place.Evening}).Begin(ctx, clinic, "Eve", "words"), fault.Conflict)
}
