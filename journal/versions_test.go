package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Every version of every kind that was ever written stays readable: the files
// are never changed and never deleted, only added to.
func TestEveryVersionEverWrittenIsRead(t *testing.T) {
	for _, d := range kinds {
		if d.Kind == kindMadeUp {
			continue
		}
		for v := 1; v <= d.Version(); v++ {
			name := filepath.Join("testdata", "events", fmt.Sprintf("%s-%d*.json", d.Kind, v))
			names, err := filepath.Glob(name)
			if err != nil || len(names) == 0 {
				t.Errorf("%s has no file of version %d: %v", d.Kind, v, err)
			}
			for _, name := range names {
				readsAsWritten(t, name, v == d.Version())
			}
		}
	}
}

// readsAsWritten checks a golden file; one of the present version is written
// again byte for byte.
func readsAsWritten(t *testing.T, name string, present bool) {
	t.Helper()
	plain, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	e, err := Decode(plain)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	again, err := e.Encode()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if present && string(again) != string(plain) {
		t.Errorf("%s\nbecame\n%s", plain, again)
	}
}

// kindMadeUp had a figure in minutes in its first version, and has hours now.
const kindMadeUp Kind = "made_up"

type madeUp struct {
	Hours float64 `json:"hours"`
}

func (*madeUp) Kind() Kind { return kindMadeUp }

var _ = register(Descriptor{
	Kind: kindMadeUp, New: func() Payload { return new(madeUp) },
	Fields: []Field{numberField("hours", func(m *madeUp) *float64 { return &m.Hours }, func(f string, v float64) error { return between(f, v, 0, 24) })},
	Upgrades: []func(json.RawMessage) (json.RawMessage, error){
		func(raw json.RawMessage) (json.RawMessage, error) {
			var old struct {
				Minutes float64 `json:"minutes"`
			}
			if err := json.Unmarshal(raw, &old); err != nil {
				return nil, err
			}
			return json.Marshal(madeUp{old.Minutes / 60})
		},
	},
})

const madeUpHead = `"kind":"made_up","at":"2026-11-22T08:00:00Z","recorded":"2026-11-22T08:00:00Z",`

func TestAnOlderVersionIsUpgraded(t *testing.T) {
	e, err := Decode([]byte(`{"v":1,` + madeUpHead + `"made_up":{"minutes":90}}`))
	if err != nil {
		t.Fatal(err)
	}
	if m := of[madeUp](&e); m == nil || m.Hours != 1.5 {
		t.Errorf("read as %+v", m)
	}
	plain, err := e.Encode()
	if want := `{"v":2,` + madeUpHead + `"made_up":{"hours":1.5}}`; err != nil || string(plain) != want {
		t.Errorf("written as %s (%v), want %s", plain, err, want)
	}
	for _, broken := range []string{`{"v":1,` + madeUpHead + `"made_up":{"minutes":9000}}`, `{"v":1,` + madeUpHead + `"made_up":[]}`, `{"v":0,` + madeUpHead + `"made_up":{"hours":1}}`} {
		_, err := Decode([]byte(broken))
		var u *UnreadableError
		if !errors.As(err, &u) || u.Newer {
			t.Errorf("%s: %v", broken, err)
		}
	}
}

// What a later release wrote is kept and named as such, never guessed at and
// never called damaged: a later version of a kind, or a kind that is not known
// here.
func TestDecodeKnowsANewerRelease(t *testing.T) {
	entry := ID{15: 7}
	for _, c := range []struct {
		plain string
		of    ID
	}{
		{`{"v":2,"kind":"dose","at":"2026-11-22T08:00:00Z","recorded":"2026-11-22T08:00:00Z","dose":{"amount":1,"unit":"g"}}`, ID{}},
		{`{"v":2,"kind":"dose","dose":"in another shape"}`, ID{}},
		{`{"v":1,"kind":"moon_phase","at":"2026-11-22T08:00:00Z","recorded":"2026-11-22T08:00:00Z","moon_phase":{"full":true}}`, ID{}},
		{`{"v":3,` + madeUpHead + `"replaces":"` + entry.String() + `","rev":1,"made_up":{"seconds":1}}`, entry},
	} {
		_, err := Decode([]byte(c.plain))
		var u *UnreadableError
		if !errors.As(err, &u) || !u.Newer || u.Of != c.of {
			t.Errorf("%s: %v", c.plain, err)
		}
	}
}

// A newer record and a damaged one are counted apart, once each, and no more
// once the entry they belong to was deleted.
func TestNewerAndDamagedAreCountedApart(t *testing.T) {
	var f Fold
	newer := &UnreadableError{Newer: true, Of: id(1)}
	f.Unreadable(id(2), newer)
	f.Unreadable(id(2), newer)
	f.Unreadable(id(3), &UnreadableError{})
	f.Unreadable(id(4), errors.New("the seal is broken"))
	if j := f.Journal(); j.Newer() != 1 || j.Damaged() != 2 {
		t.Errorf("%d newer, %d damaged", j.Newer(), j.Damaged())
	}
	f.Apply(id(5), deletion(id(1), false))
	if j := f.Journal(); j.Newer() != 0 || j.Damaged() != 2 {
		t.Errorf("after the deletion: %d newer, %d damaged", j.Newer(), j.Damaged())
	}
}

// An event that a file brought says which, read the fast way and the slow, and
// one without its batch is refused.
func TestAnOriginIsReadBothWays(t *testing.T) {
	const plain = `{"v":1,"kind":"dose","at":"2026-11-22T08:00:00-05:00","recorded":"2026-11-22T08:00:04.5-05:00",` +
		`"origin":{"batch":"0000000000000000000000000000000b","row":"0000000000000000000000000000000c","read":"0000000000000000000000000000000d","instead":"0000000000000000000000000000000e"},"dose":{"amount":1,"unit":"g"}}`
	fast, ok := decodeFast([]byte(plain))
	if !ok {
		t.Fatal("the fast way leaves it to the slow")
	}
	if want := (Origin{Batch: id(11), Row: id(12), Read: id(13), Instead: id(14)}); *fast.Origin != want {
		t.Errorf("read as %+v", fast.Origin)
	}
	agree(t, []byte(plain))
	again, err := fast.Encode()
	if err != nil || string(again) != plain {
		t.Errorf("written as %s (%v)", again, err)
	}
	fast.Origin = &Origin{Row: id(12)}
	if _, err := fast.Encode(); err == nil {
		t.Error("an origin without a batch was written")
	}
}
