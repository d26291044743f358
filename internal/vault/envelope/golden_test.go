package envelope

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write another envelope of version 1")

const goldenFile = "testdata/version1.hex"

const goldenContent = `{"version":1,"host":"https://host.example","patient":"Sam"}`

// golden are the keys of testdata/version1.hex: nothing that anybody uses.
func golden(t testing.TB) (*Recipient, ed25519.PrivateKey) {
	t.Helper()
	secret := sha256.Sum256([]byte("recipient of the golden envelope"))
	r, err := ParseRecipient(secret[:])
	if err != nil {
		t.Fatal(err)
	}
	seed := sha256.Sum256([]byte("sender of the golden envelope"))
	return r, ed25519.NewKeyFromSeed(seed[:])
}

func goldenEnvelope(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	e, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// An envelope that an earlier release sealed opens in this one. The file is written
// once a version and never again.
func TestVersion1StaysReadable(t *testing.T) {
	to, from := golden(t)
	if *update {
		if err := os.WriteFile(goldenFile, []byte(hex.EncodeToString(sealed(t, to, from, here, []byte(goldenContent)))+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	content, sender, err := to.Open(here, goldenEnvelope(t))
	if err != nil || string(content) != goldenContent || !sender.Equal(from.Public()) {
		t.Errorf("%q, %x, %v", content, sender, err)
	}
	// The public key of a secret does not change either.
	if sum := sha256.Sum256(to.Public()); hex.EncodeToString(sum[:8]) != "2eb2d87b3d798138" {
		t.Errorf("public key %x", sum[:8])
	}
}

// Whatever bytes come, opening answers and does not panic; only what was sealed opens.
func FuzzOpen(f *testing.F) {
	to, from := golden(f)
	whole := goldenEnvelope(f)
	f.Add(whole)
	f.Add([]byte{})
	f.Add([]byte{1})
	f.Add([]byte{2})
	f.Add(whole[:1300])
	f.Fuzz(func(t *testing.T, e []byte) {
		content, sender, err := to.Open(here, e)
		if err == nil && (!bytes.Equal(e, whole) || string(content) != goldenContent || !sender.Equal(from.Public())) {
			t.Errorf("%d bytes open: %q", len(e), content)
		}
		if err != nil && (content != nil || sender != nil) {
			t.Error("something came out beside the error")
		}
	})
}
