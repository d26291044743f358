package keys_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// A passkey is added by who knows the passphrase, opens the journal, and opens
// nothing once it is removed, nor once the passphrase is.
func TestPasskey(t *testing.T) {
	ctx := t.Context()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	finger, thumb := [32]byte{1}, [32]byte{2}
	if err := keys.SetPasskey(ctx, a, "", []byte("id"), finger); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a passphrase: %v", err)
	}
	must(t, keys.SetPassphrase(ctx, a, "", "correct horse"))
	if err := keys.SetPasskey(ctx, a, "wrong horse", []byte("id"), finger); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("with a wrong passphrase: %v", err)
	}
	must(t, keys.SetPasskey(ctx, a, "correct horse", []byte("id"), finger))

	b := p.Open(t)
	if s, err := b.Status(ctx); err != nil || s.Open || !bytes.Equal(s.Passkey, []byte("id")) {
		t.Fatalf("status %+v, %v", s, err)
	}
	if err := keys.UnlockPasskey(ctx, b, thumb); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("another answer: %v", err)
	}
	must(t, keys.UnlockPasskey(ctx, b, finger))
	if got := place.Notes(t, b); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("got %q", got)
	}
	// A new passphrase leaves it; removing it asks for the passphrase.
	must(t, keys.SetPassphrase(ctx, b, "correct horse", "another horse"))
	if err := keys.RemovePasskey(ctx, b, "correct horse"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("removed with an old passphrase: %v", err)
	}
	must(t, keys.RemovePasskey(ctx, b, "another horse"))
	if err := keys.UnlockPasskey(ctx, p.Open(t), finger); !fault.Is(err, fault.NotFound) {
		t.Errorf("a removed one: %v", err)
	}
	must(t, keys.SetPasskey(ctx, b, "another horse", []byte("id"), thumb))
	must(t, keys.RemovePassphrase(ctx, b, "another horse"))
	if s, err := b.Status(ctx); err != nil || s.Passkey != nil {
		t.Errorf("without a passphrase there is %q, %v", s.Passkey, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
