package vault

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// vectors were made by testdata/vectors.py on other libraries.
type vectors struct {
	Key, Person hexBytes
	Records     []recordVector
	BadRecords  []recordVector `json:"bad_records"`
	Rings       []ringVector
	BadRings    []ringVector `json:"bad_rings"`
	MovedWraps  []ringVector `json:"moved_wraps"`
}

type recordVector struct {
	Name                           string
	Key, Person, ID, Sealed, Plain hexBytes
	Code                           fault.Code
}

type ringVector struct {
	Name, Ring, Passphrase, Recovery string
	Device, Passkey                  hexBytes
	Code                             fault.Code
}

type hexBytes []byte

func (h *hexBytes) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(string(text))
	return err
}

// vectorFile is embedded, as there are no files where a browser runs this.
//
//go:embed testdata/vectors.json
var vectorFile []byte

func load(t testing.TB) (v vectors) {
	t.Helper()
	if err := json.Unmarshal(vectorFile, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func keyOf(b []byte) *Key { return &Key{random: rand.Reader, data: [keySize]byte(b)} }

func TestRecordVectors(t *testing.T) {
	v := load(t)
	for _, c := range v.Records {
		person, id := [16]byte(c.Person), [16]byte(c.ID)
		got, err := keyOf(c.Key).Open([]byte("before"), person, id, c.Sealed)
		if err != nil || !bytes.Equal(got, append([]byte("before"), c.Plain...)) {
			t.Errorf("%s: opened %d bytes, %v", c.Name, len(got), err)
		}
		// With the vector's nonce for random bytes, sealing gives the vector.
		k := &Key{random: bytes.NewReader(c.Sealed[1 : 1+nonceSize]), data: [keySize]byte(c.Key)}
		sealed, err := k.sealAs(c.Sealed[0], []byte("before"), person, id, c.Plain)
		if err != nil || !bytes.Equal(sealed, append([]byte("before"), c.Sealed...)) {
			t.Errorf("%s: sealed %x, %v", c.Name, sealed, err)
		}
	}
	for _, c := range v.BadRecords {
		got, err := keyOf(c.Key).Open(nil, [16]byte(c.Person), [16]byte(c.ID), c.Sealed)
		if fault.CodeOf(err) != c.Code || got != nil {
			t.Errorf("%s: %x, %v, want %s", c.Name, got, err, c.Code)
		}
	}
}

func TestRingVectors(t *testing.T) {
	v := load(t)
	person := [16]byte(v.Person)
	for _, c := range v.Rings {
		ring, err := ParseRing(person, []byte(c.Ring))
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		check := func(kind string, key *Key, err error) {
			if err != nil || !bytes.Equal(key.data[:], v.Key) {
				t.Errorf("%s: %s opened to another key, %v", c.Name, kind, err)
			}
		}
		if c.Passphrase != "" {
			key, err := ring.OpenPassphrase(rand.Reader, c.Passphrase)
			check("passphrase", key, err)
		}
		if c.Recovery != "" {
			key, err := ring.OpenRecovery(rand.Reader, c.Recovery)
			check("recovery", key, err)
		}
		if c.Device != nil {
			key, err := ring.OpenDevice(rand.Reader, [32]byte(c.Device))
			check("device", key, err)
		}
		if c.Passkey != nil {
			key, err := ring.OpenPasskey(rand.Reader, [32]byte(c.Passkey))
			check("passkey", key, err)
		}
		if again, err := ring.Marshal(); err != nil || string(again) != c.Ring {
			t.Errorf("%s: marshalled to %s, %v", c.Name, again, err)
		}
	}
	for _, c := range v.BadRings {
		if _, err := ParseRing(person, []byte(c.Ring)); fault.CodeOf(err) != c.Code {
			t.Errorf("%s: %v, want %s", c.Name, err, c.Code)
		}
	}
	for _, c := range v.MovedWraps {
		ring, err := ParseRing(person, []byte(c.Ring))
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if c.Device != nil {
			_, err = ring.OpenDevice(rand.Reader, [32]byte(c.Device))
		} else if c.Passkey != nil {
			_, err = ring.OpenPasskey(rand.Reader, [32]byte(c.Passkey))
		} else {
			_, err = ring.OpenPassphrase(rand.Reader, c.Passphrase)
		}
		if !fault.Is(err, fault.WrongPassphrase) {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}
