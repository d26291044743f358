package wire

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
)

var key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))

// Whatever of a request is changed, its proof no longer holds.
func TestProof(t *testing.T) {
	r := Request{"POST", "/v1/records?version=3", []byte("body")}
	p := Sign(key, Address{1}, r, time.Unix(1_800_000_000, 0), [16]byte{9})
	back, err := ParseProof(p.Header())
	if err != nil || back != p || !back.Proves(r) {
		t.Fatalf("%+v, %v", back, err)
	}
	for name, change := range map[string]func(*Proof, *Request){
		"method":      func(_ *Proof, r *Request) { r.Method = "GET" },
		"target":      func(_ *Proof, r *Request) { r.Target = "/v1/records?version=4" },
		"body":        func(_ *Proof, r *Request) { r.Body = []byte("bodY") },
		"no body":     func(_ *Proof, r *Request) { r.Body = nil },
		"log":         func(p *Proof, _ *Request) { p.Log[31] ^= 1 },
		"time":        func(p *Proof, _ *Request) { p.Time++ },
		"nonce":       func(p *Proof, _ *Request) { p.Nonce[0] ^= 1 },
		"device":      func(p *Proof, _ *Request) { p.Device[0] ^= 1 },
		"signature":   func(p *Proof, _ *Request) { p.Signature[0] ^= 1 },
		"moved split": func(_ *Proof, r *Request) { r.Method, r.Target = "POST\x00/v1/records?version=3", "" },
	} {
		p, r := p, r
		change(&p, &r)
		if p.Proves(r) {
			t.Errorf("%s was changed and nobody noticed", name)
		}
	}
	for _, header := range []string{"", "Evenkeel-1 ", "Bearer x", p.Header() + "A", p.Header()[1:], strings.Replace(p.Header(), "Evenkeel-1", "Evenkeel-2", 1)} {
		if _, err := ParseProof(header); err == nil {
			t.Errorf("%q was read", header)
		}
	}
}

func TestAddress(t *testing.T) {
	text := strings.Repeat("0a", 32)
	a, err := ParseAddress(text)
	if err != nil || a.String() != text {
		t.Fatal(a, err)
	}
	for _, bad := range []string{"", text[1:], strings.ToUpper(text), text + "00", strings.Repeat("g", 64)} {
		if _, err := ParseAddress(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
	if other := (Address{1}); other.Person() == a.Person() {
		t.Error("two places share a name")
	}
}

func TestSizes(t *testing.T) {
	for n, want := range map[int]bool{0: false, 1: false, 255 + vault.Overhead: false, 256 + vault.Overhead: true, 257 + vault.Overhead: false, 512 + vault.Overhead: true, MaxRecord: true, 2<<20 + vault.Overhead: false} {
		if got := InClass(make([]byte, n)); got != want {
			t.Errorf("%d bytes: %v", n, got)
		}
	}
}

// The chain of the ids 01 and 02 with fifteen zero bytes each, computed with
// Python's hashlib.
func TestChain(t *testing.T) {
	var c Chain
	for i, want := range []string{
		"d7e9312aec58e7d22f7ff21ecca282c5b1cbd64763526652b5543fa0b103e765",
		"76f15451ae64ee58417c4c072655e031d012e6bedb21d9d327d1ec4a61b9dbaa",
	} {
		if c = c.Next(port.RecordID{byte(i + 1)}); hex.EncodeToString(c[:]) != want {
			t.Errorf("after %d: %x", i+1, c)
		}
	}
}

func FuzzBatch(f *testing.F) {
	f.Add(AppendRecord(nil, port.Sealed{ID: port.RecordID{1}, Ciphertext: []byte("x")}))
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{255}, 40))
	f.Fuzz(func(t *testing.T, b []byte) {
		records, err := ParseBatch(b)
		if err == nil {
			var back []byte
			for _, r := range records {
				back = AppendRecord(back, r)
			}
			if !bytes.Equal(back, b) {
				t.Errorf("%x came back as %x", b, back)
			}
		}
		if ids, err := ParseIDs(b); err == nil && !bytes.Equal(AppendIDs(nil, ids...), b) {
			t.Errorf("%x came back as other ids", b)
		}
		if h, rest, err := ParseHead(b); err == nil && !bytes.Equal(slices.Concat(h.Append(nil), rest), b) {
			t.Errorf("%x came back as another head", b)
		}
	})
}

func FuzzProof(f *testing.F) {
	f.Add(Sign(key, Address{1}, Request{}, time.Unix(0, 0), [16]byte{}).Header())
	f.Fuzz(func(t *testing.T, header string) {
		if p, err := ParseProof(header); err == nil && p.Header() != header {
			t.Errorf("%q came back as %q", header, p.Header())
		}
	})
}
