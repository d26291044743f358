package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
)

var me = [16]byte{1, 2, 3}

// A journal's life: device key, recovery code, passphrase, another passphrase, a new
// recovery code, and back to the device key. At each point exactly the right secrets
// open it, after the ring went through its text form.
func TestRingLife(t *testing.T) {
	key := fresh(t)
	ring := NewRing(me)
	if _, err := ring.Marshal(); err == nil {
		t.Error("a ring that nothing opens was marshalled")
	}
	device, other := [32]byte{7}, [32]byte{8}
	must(t, ring.SetDevice(key, device))
	opens(t, ring, key, device, nil, nil, "")
	wrong(t, ring, other, nil, nil)

	first, err := ring.SetRecovery(key)
	must(t, err)
	opens(t, ring, key, device, nil, []string{first}, "")

	must(t, ring.SetPassphrase(key, "spring tide", MinCost()))
	if ring.HasDevice() || !ring.HasPassphrase() || !ring.HasRecovery() {
		t.Error("a passphrase takes the device key's place and leaves the recovery code")
	}
	opens(t, ring, key, [32]byte{}, []string{"spring tide"}, []string{first}, "device")
	wrong(t, ring, [32]byte{}, []string{"Spring tide"}, nil)

	must(t, ring.SetPassphrase(key, "neap tide", MinCost()))
	second, err := ring.SetRecovery(key)
	must(t, err)
	opens(t, ring, key, [32]byte{}, []string{"neap tide"}, []string{second}, "device")
	wrong(t, ring, [32]byte{}, []string{"spring tide"}, []string{first})

	must(t, ring.SetDevice(key, other))
	if !ring.HasDevice() || ring.HasPassphrase() || !ring.HasRecovery() {
		t.Error("the device key takes the passphrase's place")
	}
	opens(t, ring, key, other, nil, []string{second}, "passphrase")
	wrong(t, ring, device, nil, []string{first})
}

func opens(t *testing.T, ring *Ring, key *Key, device [32]byte, passphrases, codes []string, missing string) {
	t.Helper()
	text, err := ring.Marshal()
	must(t, err)
	if bytes.Contains(text, device[:]) || bytes.Contains(text, key.data[:]) {
		t.Error("a secret stands in the ring")
	}
	ring, err = ParseRing(me, text)
	must(t, err)
	check := func(got *Key, err error) {
		t.Helper()
		if err != nil || got.data != key.data {
			t.Errorf("did not open to the data key: %v", err)
		}
	}
	for _, p := range passphrases {
		check(ring.OpenPassphrase(rand.Reader, p))
	}
	for _, c := range codes {
		check(ring.OpenRecovery(rand.Reader, c))
	}
	if missing == "device" {
		if _, err := ring.OpenDevice(rand.Reader, device); !fault.Is(err, fault.NotFound) {
			t.Errorf("device key that is gone: %v", err)
		}
	} else {
		check(ring.OpenDevice(rand.Reader, device))
	}
	if missing == "passphrase" {
		if _, err := ring.OpenPassphrase(rand.Reader, "neap tide"); !fault.Is(err, fault.NotFound) {
			t.Errorf("passphrase that is gone: %v", err)
		}
	}
}

func wrong(t *testing.T, ring *Ring, device [32]byte, passphrases, codes []string) {
	t.Helper()
	for _, p := range passphrases {
		if _, err := ring.OpenPassphrase(rand.Reader, p); !fault.Is(err, fault.WrongPassphrase) {
			t.Errorf("passphrase: %v", err)
		}
	}
	for _, c := range codes {
		if _, err := ring.OpenRecovery(rand.Reader, c); !fault.Is(err, fault.WrongPassphrase) {
			t.Errorf("code: %v", err)
		}
	}
	if device != ([32]byte{}) {
		if _, err := ring.OpenDevice(rand.Reader, device); !fault.Is(err, fault.WrongPassphrase) {
			t.Errorf("device: %v", err)
		}
	}
}

// Every bit of the text counts: a changed one is corrupt, or reads as newer where it
// hits the version, and never opens.
func TestEveryBitOfTheRing(t *testing.T) {
	key, ring := fresh(t), NewRing(me)
	must(t, ring.SetDevice(key, [32]byte{7}))
	_, err := ring.SetRecovery(key)
	must(t, err)
	text, err := ring.Marshal()
	must(t, err)
	for bit := range 8 * len(text) {
		bad := bytes.Clone(text)
		bad[bit/8] ^= 1 << (bit % 8)
		_, err := ParseRing(me, bad)
		if !fault.Is(err, fault.Corrupt) && !fault.Is(err, fault.NewerVersion) {
			t.Fatalf("bit %d: %v", bit, err)
		}
	}
	if _, err := ParseRing([16]byte{9}, text); !fault.Is(err, fault.Corrupt) {
		t.Errorf("another person's ring: %v", err)
	}
}

// A failed change leaves the ring as it was.
func TestRingKeptOnError(t *testing.T) {
	key, ring := fresh(t), NewRing(me)
	must(t, ring.SetDevice(key, [32]byte{7}))
	before, err := ring.Marshal()
	must(t, err)
	for _, c := range []struct {
		passphrase string
		cost       Cost
		code       fault.Code
	}{
		{"", MinCost(), fault.Invalid},
		{strings.Repeat("x", maxPassphrase+1), MinCost(), fault.Invalid},
		{"\xff\xfe", MinCost(), fault.Invalid},
		{"fine", Cost{}, fault.Internal},
		{"fine", Cost{1 << 30, 2, 1}, fault.Internal},
	} {
		if err := ring.SetPassphrase(key, c.passphrase, c.cost); !fault.Is(err, c.code) {
			t.Errorf("%.10q %v: %v", c.passphrase, c.cost, err)
		}
	}
	if after, err := ring.Marshal(); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the ring changed: %v", err)
	}
}

func TestNormalise(t *testing.T) {
	same := [][]string{
		{"Ünder 3 waves", "U\u0308nder 3 waves", "Ünder\u00a03\u2003waves"},
		{"한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"},
		{"Å", "\u212b", "A\u030a"},
	}
	for _, group := range same {
		want, err := normalise(group[0])
		must(t, err)
		for _, s := range group[1:] {
			if got, err := normalise(s); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%+q became %+q, want %+q, %v", s, got, want, err)
			}
		}
	}
	different := map[string]bool{}
	for _, s := range []string{"a b", "a  b", " a b", "A b", "ab", "ﬁ", "fi", "1", "①"} {
		got, err := normalise(s)
		must(t, err)
		if different[string(got)] {
			t.Errorf("%q became the same as another", s)
		}
		different[string(got)] = true
	}
}

func TestCost(t *testing.T) {
	ms := time.Millisecond
	for _, c := range []struct {
		fresh, pass, target time.Duration // over 64 MiB
		memory              uint32        // MiB
		time                uint32
	}{
		{0, 60 * ms, 500 * ms, 256, 2},
		{0, 100 * ms, 500 * ms, 128, 2},
		{0, 25 * ms, 500 * ms, 256, 5},
		{30 * ms, 35 * ms, 500 * ms, 256, 2},
		{220 * ms, 35 * ms, 500 * ms, 64, 8},
		{0, 500 * ms, 500 * ms, 64, 2},
		{0, 5000 * ms, 500 * ms, 64, 2},
		{600 * ms, 5 * ms, 500 * ms, 64, 2},
		{0, 1, 500 * ms, 256, 32},
		{0, 0, 500 * ms, 64, 2},
		{0, -5, 500 * ms, 64, 2}, // the clock jumped back
		{-5, 5, 500 * ms, 64, 2},
		{0, 130 * ms, 500 * ms, 64, 3},
	} {
		got := MinCost().within(c.fresh, c.pass, c.target, MaxMemoryKiB)
		if got.MemoryKiB != c.memory<<10 || got.Time != c.time || !got.allowed() {
			t.Errorf("fresh %v, pass %v, target %v: %+v", c.fresh, c.pass, c.target, got)
		}
	}
	if got := Calibrate(time.Now, 100*ms, MaxMemoryKiB); !got.allowed() {
		t.Errorf("%+v", got)
	}
}

func FuzzParseRing(f *testing.F) {
	v := load(f)
	for _, c := range append(v.Rings, v.BadRings...) {
		f.Add([]byte(c.Ring))
	}
	person := [16]byte(v.Person)
	f.Fuzz(func(t *testing.T, text []byte) {
		ring, err := ParseRing(person, text)
		switch fault.CodeOf(err) {
		case "":
			if again, err := ring.Marshal(); err != nil || !bytes.Equal(again, text) || !json.Valid(text) {
				t.Errorf("%s marshals to %s, %v", text, again, err)
			}
			for _, w := range ring.wraps {
				if w.Argon2 != nil && !w.Argon2.allowed() {
					t.Errorf("cost %+v was let in", *w.Argon2)
				}
			}
		case fault.Corrupt, fault.NewerVersion:
		default:
			t.Error(err)
		}
	})
}

// BenchmarkOpenPassphrase is what unlocking costs at the calibrated half second.
func BenchmarkOpenPassphrase(b *testing.B) {
	key, ring := fresh(b), NewRing(me)
	cost := Calibrate(time.Now, 500*time.Millisecond, MaxMemoryKiB)
	if err := ring.SetPassphrase(key, "spring tide", cost); err != nil {
		b.Fatal(err)
	}
	b.Logf("%+v", cost)
	for b.Loop() {
		if _, err := ring.OpenPassphrase(rand.Reader, "spring tide"); err != nil {
			b.Fatal(err)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
