package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"sync"
	"testing"

	"golang.org/x/crypto/chacha20poly1305"
	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// What is sealed opens to the same, in the fewest powers of two, never twice alike.
func TestSealOpen(t *testing.T) {
	key := fresh(t)
	rapid.Check(t, func(r *rapid.T) {
		plain := plaintext(r)
		person, id := ids(r)
		sealed, err := key.Seal(nil, person, id, plain)
		if err != nil {
			r.Fatal(err)
		}
		again, err := key.Seal(nil, person, id, plain)
		if err != nil || bytes.Equal(sealed[:32], again[:32]) {
			r.Fatal("the same bytes twice", err)
		}
		if n := len(sealed) - Overhead; n < 256 || n&(n-1) != 0 || n <= len(plain) || n > 256 && n/2 > len(plain) {
			r.Fatalf("%d bytes are padded to %d", len(plain), n)
		}
		if got, err := key.Open(nil, person, id, sealed); err != nil || !bytes.Equal(got, plain) {
			r.Fatalf("opened to %x, %v", got, err)
		}
	})
}

// Any one bit, any cut, any other person, id or key: corrupt, and no plaintext.
func TestOpenRefuses(t *testing.T) {
	key, other := fresh(t), fresh(t)
	rapid.Check(t, func(r *rapid.T) {
		person, id := ids(r)
		sealed, err := key.Seal(nil, person, id, plaintext(r))
		if err != nil {
			r.Fatal(err)
		}
		k, p, i := key, person, id
		bit := rapid.IntRange(8, 8*len(sealed)-1).Draw(r, "bit") // the first byte is the version
		switch rapid.IntRange(0, 5).Draw(r, "what") {
		case 0:
			sealed[bit/8] ^= 1 << (bit % 8)
		case 1:
			sealed = sealed[:bit/8]
		case 2:
			p[bit%16] ^= 0x10
		case 3:
			i[bit%16] ^= 0x10
		case 4:
			k = other
		case 5:
			sealed = append(sealed, sealed[bit/8])
		}
		if got, err := k.Open(nil, p, i, sealed); !fault.Is(err, fault.Corrupt) || got != nil {
			r.Fatalf("opened to %x, %v", got, err)
		}
	})
}

// The hand-made XChaCha20-Poly1305 is the library's.
func TestSameAsLibrary(t *testing.T) {
	key := fresh(t)
	theirs, err := chacha20poly1305.NewX(key.data[:])
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		plain, aad := plaintext(r), rapid.SliceOf(rapid.Byte()).Draw(r, "aad")
		box, err := key.seal(nil, plain, aad)
		if err != nil {
			r.Fatal(err)
		}
		if got, err := theirs.Open(nil, box[:nonceSize], box[nonceSize:], aad); err != nil || !bytes.Equal(got, plain) {
			r.Fatalf("the library opens it to %x, %v", got, err)
		}
		box = theirs.Seal(box[:nonceSize], box[:nonceSize], plain, aad)
		if got, ok, err := key.open(nil, box, aad); !ok || err != nil || !bytes.Equal(got, plain) {
			r.Fatalf("the library's opens to %x, %v, %v", got, ok, err)
		}
	})
}

func TestWipe(t *testing.T) {
	key := fresh(t)
	sealed, err := key.Seal(nil, [16]byte{}, [16]byte{}, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 { // pages may be reading while the lock falls
		group.Go(func() {
			for range 200 {
				if _, err := key.Open(nil, [16]byte{}, [16]byte{}, sealed); err != nil && !fault.Is(err, fault.Locked) {
					t.Error(err)
				}
			}
		})
	}
	group.Go(key.Wipe)
	group.Wait()
	if key.data != [keySize]byte{} {
		t.Error("the key is still in memory")
	}
	if _, err := key.Open(nil, [16]byte{}, [16]byte{}, sealed); !fault.Is(err, fault.Locked) {
		t.Errorf("opened after wiping: %v", err)
	}
	if _, err := key.Seal(nil, [16]byte{}, [16]byte{}, nil); !fault.Is(err, fault.Locked) {
		t.Errorf("sealed after wiping: %v", err)
	}
	if err := NewRing([16]byte{}).SetDevice(key, [32]byte{}); !fault.Is(err, fault.Locked) {
		t.Errorf("wrapped after wiping: %v", err)
	}
}

func TestTooLong(t *testing.T) {
	key := fresh(t)
	sealed, err := key.Seal(nil, [16]byte{}, [16]byte{}, make([]byte, MaxPlain))
	if err != nil || len(sealed) != 16<<20+Overhead {
		t.Errorf("the longest: %d bytes, %v", len(sealed), err)
	}
	if _, err := key.Seal(nil, [16]byte{}, [16]byte{}, make([]byte, MaxPlain+1)); !fault.Is(err, fault.Invalid) {
		t.Errorf("one more: %v", err)
	}
}

// Without random bytes nothing is made, rather than something weak.
func TestNoRandomness(t *testing.T) {
	if _, err := NewKey(io.LimitReader(rand.Reader, 31)); err == nil {
		t.Error("a key of 31 random bytes")
	}
	dry := &Key{random: iotestErr{}}
	if sealed, err := dry.Seal(nil, [16]byte{}, [16]byte{}, nil); err == nil || sealed != nil {
		t.Error("a record without a nonce")
	}
	ring := NewRing([16]byte{})
	if _, err := ring.SetRecovery(dry); err == nil || ring.HasRecovery() {
		t.Error("a recovery code without random bytes")
	}
	if err := ring.SetDevice(dry, [32]byte{}); err == nil || ring.HasDevice() {
		t.Error("a wrap without random bytes")
	}
}

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, errors.New("no entropy") }

func FuzzOpen(f *testing.F) {
	v := load(f)
	for _, c := range append(v.Records, v.BadRecords...) {
		f.Add([]byte(c.Sealed))
	}
	key, person := keyOf(v.Key), [16]byte(v.Person)
	id := [16]byte(v.Records[0].ID)
	made := map[string]bool{}
	for _, c := range v.Records {
		made[string(c.Sealed)] = true
	}
	f.Fuzz(func(t *testing.T, sealed []byte) {
		_, err := key.Open(nil, person, id, sealed)
		switch fault.CodeOf(err) {
		case "":
			if !made[string(sealed)] {
				t.Error("something that was never sealed opened")
			}
		case fault.Corrupt, fault.NewerVersion:
		default:
			t.Error(err)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	key, plain := fresh(b), make([]byte, 200)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := key.Seal(nil, [16]byte{}, [16]byte{}, plain); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen20k(b *testing.B) {
	key := fresh(b)
	var sealed [20_000][]byte
	for i := range sealed {
		var err error
		if sealed[i], err = key.Seal(nil, [16]byte{}, [16]byte{}, make([]byte, 200)); err != nil {
			b.Fatal(err)
		}
	}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range sealed {
			var err error
			if buf, err = key.Open(buf[:0], [16]byte{}, [16]byte{}, s); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func fresh(t testing.TB) *Key {
	t.Helper()
	key, err := NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func plaintext(r *rapid.T) []byte {
	return rapid.OneOf(
		rapid.SliceOfN(rapid.Byte(), 0, 3000),
		rapid.Map(rapid.IntRange(0, 2100), func(n int) []byte { return bytes.Repeat([]byte{0x80}, n) }),
	).Draw(r, "plain")
}

func ids(r *rapid.T) (person, id [16]byte) {
	b := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(r, "ids")
	return [16]byte(b[:16]), [16]byte(b[16:])
}
