package desk

import (
	"crypto/ed25519"
	"encoding/json"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/desk/keyring"
	"github.com/evenkeel/evenkeel/internal/port"
)

// A record counts for nothing unless a member signed it, under that very id, who was
// there at that point of the log; whoever has the data key alone can write none.
func TestForgedRecords(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	key := func(b byte) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(append(make([]byte, 31), b)) }
	member := func(b byte) *keyring.Member {
		return &keyring.Member{ID: MemberID{b}, Name: string(rune('A' + b)), Sign: key(b).Public().(ed25519.PublicKey)}
	}
	s := newState()
	n := byte(0)
	add := func(e event, by byte, with ed25519.PrivateKey, moved bool) {
		n++
		e.At = at
		plain, err := encode(port.RecordID{n}, e, MemberID{by}, with)
		if err != nil {
			t.Fatal(err)
		}
		id := port.RecordID{n}
		if moved {
			id[1] = 1
		}
		w := decode(id, plain)
		s.apply(&w)
	}
	share := func(id string) event {
		return event{Kind: kindLetter, Share: id, Letter: &letterEvent{Host: "https://a.example", Patient: id}}
	}
	add(event{Kind: kindProgram, Program: &Program{"Clinic", "program"}, Member: member(1)}, 1, key(1), false)
	add(share("good"), 1, key(1), false)
	add(share("no member"), 2, key(2), false)
	add(share("as another"), 1, key(2), false)
	add(share("under another id"), 1, key(1), true)
	add(event{Kind: kindProgram, Program: &Program{"Other", "program"}, Member: member(2)}, 2, key(2), false) // a second beginning
	add(event{Kind: kindMember, Member: member(2)}, 2, key(2), false)                                         // lets themself in
	add(event{Kind: kindMember, Member: member(3)}, 1, key(1), false)
	add(share("by three"), 3, key(3), false)
	add(event{Kind: kindMember, Member: &keyring.Member{ID: MemberID{3}, Sign: member(2).Sign}}, 1, key(1), false) // changes no keys
	add(share("by three with two's key"), 3, key(2), false)
	three := MemberID{3}
	add(event{Kind: kindRemoved, Removed: &three}, 1, key(1), false)
	add(share("after they left"), 3, key(3), false)
	add(event{Kind: "of a newer release"}, 1, key(1), false)
	if len(s.order) != 2 || s.order[0] != "good" || s.order[1] != "by three" || s.bad != 7 || s.program.Name != "Clinic" {
		t.Errorf("%v, %d bad, %+v", s.order, s.bad, s.program)
	}
}

func FuzzRecord(f *testing.F) {
	plain, err := encode(port.RecordID{1}, event{Kind: kindVersion, Share: "x", Shown: json.RawMessage(`{"version":1}`)}, MemberID{1}, ed25519.NewKeyFromSeed(make([]byte, 32)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, b []byte) {
		w := decode(port.RecordID{1}, b)
		s := newState()
		s.apply(&w) // nothing that is read makes it fail
		if len(s.order) != 0 {
			t.Error("a share out of nothing")
		}
	})
}

func FuzzLetter(f *testing.F) {
	f.Add([]byte(`{"version":1,"host":"https://a.example","address":"` + string(make([]byte, 0)) + `","patient":"Mia"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if l, ok := readLetter(b); ok && (len(l.Address) != 64 || checkName(l.Patient) != nil) {
			t.Errorf("%+v", l)
		}
		if p, why := readProjection(b); why == "" && (p.Number < 1 || parts(p) > partsAtMost) {
			t.Errorf("%+v", p)
		}
	})
}
