package wire

import (
	"bytes"
	"slices"
	"testing"
	"time"
)

func TestShareStates(t *testing.T) {
	want := []ShareState{
		{At: Address{1}, Until: time.Unix(1_800_000_000, 0), Put: time.Unix(1_700_000_000, 0)},
		{At: Address{2, 31: 9}, Until: time.Unix(1_900_000_000, 0), Put: time.Unix(1_700_000_001, 0), Fetched: 1 << 40, LastFetched: time.Unix(1_750_000_000, 0)},
	}
	var b []byte
	for _, s := range want {
		b = AppendShareState(b, s)
	}
	if len(b) != 2*64 {
		t.Errorf("%d bytes", len(b))
	}
	if got, err := ParseShareStates(b); err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := ParseShareStates(nil); err != nil || len(got) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	before := slices.Clone(b[:64])
	before[32] = 0x80 // a time before all times
	for name, bad := range map[string][]byte{"cut": b[:127], "too long": append(slices.Clone(b), 0), "negative": before} {
		if got, err := ParseShareStates(bad); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestShareKinds(t *testing.T) {
	for k, c := range map[ShareKind]struct{ text, contentType string }{
		ShareSealed: {"sealed", "application/octet-stream"},
		ShareLink:   {"link", "application/jose"},
	} {
		got, err := ParseShareKind(k.String())
		if err != nil || got != k || k.String() != c.text || k.ContentType() != c.contentType {
			t.Errorf("%d: %s, %s, %v", k, k, k.ContentType(), err)
		}
	}
	for _, bad := range []string{"", "Sealed", "link ", "1"} {
		if got, err := ParseShareKind(bad); err == nil {
			t.Errorf("%q: %d", bad, got)
		}
	}
}

func FuzzShareStates(f *testing.F) {
	f.Add(AppendShareState(nil, ShareState{At: Address{1}, Until: time.Unix(5, 0), Put: time.Unix(4, 0), Fetched: 3, LastFetched: time.Unix(2, 0)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		states, err := ParseShareStates(b)
		if err != nil {
			return
		}
		var again []byte
		for _, s := range states {
			again = AppendShareState(again, s)
		}
		if !bytes.Equal(again, b) {
			t.Errorf("%x is read as what is written %x", b, again)
		}
	})
}
