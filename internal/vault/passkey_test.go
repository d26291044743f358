package vault

import (
	"crypto/rand"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// A passkey opens beside the passphrase, never without one, and goes with it.
func TestPasskeyLife(t *testing.T) {
	key := fresh(t)
	ring := NewRing(me)
	secret, other := [32]byte{5}, [32]byte{6}
	credential := []byte("one")
	must(t, ring.SetDevice(key, [32]byte{7}))
	if err := ring.SetPasskey(key, credential, secret); !fault.Is(err, fault.Invalid) || ring.Passkey() != nil {
		t.Errorf("without a passphrase: %v", err)
	}
	must(t, ring.SetPassphrase(key, "spring tide", MinCost()))
	if text := marshalled(t, ring); text[:13] != `{"version":1,` {
		t.Errorf("without a passkey older programs read it: %.20s", text)
	}
	if _, err := ring.OpenPasskey(rand.Reader, secret); !fault.Is(err, fault.NotFound) {
		t.Errorf("there is none: %v", err)
	}
	for _, c := range []struct {
		credential []byte
		secret     [32]byte
	}{{nil, secret}, {make([]byte, 1024), secret}, {credential, [32]byte{}}} {
		if err := ring.SetPasskey(key, c.credential, c.secret); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d bytes: %v", len(c.credential), err)
		}
	}
	must(t, ring.SetPasskey(key, credential, secret))
	ring = again(t, ring)
	passkeyOpens(t, ring, key, secret, other)
	if !slices.Equal(ring.Passkey(), credential) {
		t.Errorf("named %q", ring.Passkey())
	}
	if text := marshalled(t, ring); text[:13] != `{"version":2,` {
		t.Errorf("older programs would call it damaged: %.20s", text)
	}
	// Another takes its place; another passphrase does not touch it.
	must(t, ring.SetPasskey(key, []byte("two"), other))
	must(t, ring.SetPassphrase(key, "neap tide", MinCost()))
	passkeyOpens(t, again(t, ring), key, other, secret)
	ring.RemovePasskey()
	if again(t, ring).Passkey() != nil {
		t.Error("it was removed")
	}
	must(t, ring.SetPasskey(key, credential, secret))
	must(t, ring.SetDevice(key, [32]byte{7}))
	if again(t, ring).Passkey() != nil {
		t.Error("a journal that opens by itself keeps a passkey")
	}
}

func marshalled(t *testing.T, r *Ring) string {
	t.Helper()
	text, err := r.Marshal()
	must(t, err)
	return string(text)
}

func again(t *testing.T, r *Ring) *Ring {
	t.Helper()
	r, err := ParseRing(me, []byte(marshalled(t, r)))
	must(t, err)
	return r
}

func passkeyOpens(t *testing.T, ring *Ring, key *Key, secret, not [32]byte) {
	t.Helper()
	got, err := ring.OpenPasskey(rand.Reader, secret)
	if err != nil || got.data != key.data {
		t.Errorf("opened to another key, %v", err)
	}
	if _, err := ring.OpenPasskey(rand.Reader, not); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("another answer: %v", err)
	}
}
