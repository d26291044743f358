package keyring

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// quickly stretches by what anybody could undo; package vault tests the rest.
func quickly(passphrase, salt []byte, _ vault.Cost) ([]byte, error) {
	sum := sha256.Sum256(slices.Concat(salt, passphrase))
	return sum[:], nil
}

func ring(t testing.TB, names ...string) (*Ring, [32]byte) {
	t.Helper()
	r := New([16]byte{7})
	r.StretchBy(quickly)
	data := [32]byte{1, 2, 3}
	for _, name := range names {
		if _, err := r.Add(rand.Reader, data, name, name+"'s words", vault.MinCost()); err != nil {
			t.Fatal(err)
		}
	}
	return r, data
}

func open(t testing.TB, r *Ring, i int) *Opened {
	t.Helper()
	m := r.Members()[i]
	o, err := r.Open(rand.Reader, m.ID, m.Name+"'s words")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Three new keys later a member who was away finds the last; one who was removed before
// them, or put in from outside, does not.
func TestRekeyed(t *testing.T) {
	r, _ := ring(t, "Ana", "Ben", "Carl", "Eve")
	ana := open(t, r, 0)
	trusted := r.Members()[:3] // Eve is not in the log
	if err := r.Remove(r.Members()[2].ID); err != nil {
		t.Fatal(err)
	}
	var last [32]byte
	for i := range byte(3) {
		last = [32]byte{9, i}
		next, err := r.Rekeyed(rand.Reader, ana, port.PersonID{i}, trusted, last)
		if err != nil {
			t.Fatal(err)
		}
		next.StretchBy(quickly)
		ana.Data = last
		if err := next.Catch(ana); err != nil {
			t.Fatal(err)
		}
		r = next
	}
	if list := r.Members(); len(list) != 2 || list[1].Name != "Ben" || *r.From() != (port.PersonID{2}) {
		t.Fatal(list, r.From())
	}
	for i, behind := range []bool{false, true} {
		if o := open(t, r, i); o.Data != last || o.Behind != behind {
			t.Errorf("%s has %x, behind %v", o.Member.Name, o.Data[:2], o.Behind)
		}
	}
}

// Who writes to the file without a key can hand nobody another data key.
func TestHandedFromOutside(t *testing.T) {
	r, data := ring(t, "Ana", "Ben")
	mallory, _ := ring(t, "Mallory")
	mallory.program = r.program
	m := open(t, mallory, 0)
	m.Data = [32]byte{66} // does not know the desk's
	forged, err := r.Rekeyed(rand.Reader, m, port.PersonID{}, r.Members(), [32]byte{66})
	if err != nil {
		t.Fatal(err)
	}
	forged.StretchBy(quickly)
	ben := forged.Members()[1]
	if o, err := forged.Open(rand.Reader, ben.ID, "Ben's words"); !fault.Is(err, fault.Corrupt) {
		t.Errorf("Ben opens %v, %v", o, err)
	}
	// Nor can places be swapped.
	r.slots[0].Own, r.slots[1].Own = r.slots[1].Own, r.slots[0].Own
	if _, err := r.Open(rand.Reader, r.Members()[0].ID, "Ana's words"); !fault.Is(err, fault.Corrupt) {
		t.Errorf("with another's keys: %v (data %x)", err, data[0])
	}
}

// One ring has one text; whatever is changed in it is damage and no wrong passphrase.
func TestDamagedFile(t *testing.T) {
	r, _ := ring(t, "Ana & Ben", "Carl")
	body, err := r.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Parse(body)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := back.Marshal(); err != nil || !bytes.Equal(again, body) {
		t.Fatal(err)
	}
	rapid.Check(t, func(c *rapid.T) {
		bad := bytes.Clone(body)
		bad[rapid.IntRange(0, len(bad)-1).Draw(c, "at")] ^= byte(rapid.IntRange(1, 255).Draw(c, "by"))
		if _, err := Parse(bad); !fault.Is(err, fault.Corrupt) && !fault.Is(err, fault.NewerVersion) {
			c.Fatal(err)
		}
	})
}

func FuzzParse(f *testing.F) {
	r, _ := ring(f, "Ana")
	body, err := r.Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte(`{"version":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := Parse(b); err == nil {
			if again, err := r.Marshal(); err != nil || !bytes.Equal(again, b) {
				t.Error("read what it does not write")
			}
		}
	})
}
