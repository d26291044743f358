package storetest

import (
	"bytes"
	"crypto/rand"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func person(t *testing.T, s port.Store) port.PersonID {
	t.Helper()
	p := newPersonID()
	if err := s.CreatePerson(t.Context(), p, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	return p
}

func sealed(n int) []port.Sealed {
	batch := make([]port.Sealed, n)
	for i := range batch {
		batch[i] = port.Sealed{ID: newRecordID(), Ciphertext: random(297)}
	}
	return batch
}

func mustAppend(t *testing.T, s port.Store, p port.PersonID, records ...port.Sealed) {
	t.Helper()
	before := head(t, s, p)
	if _, err := s.Append(t.Context(), p, before.Version, records, []byte("head")); err != nil {
		t.Fatal(err)
	}
}

func mustForget(t *testing.T, s port.Store, p port.PersonID, ids ...port.RecordID) {
	t.Helper()
	before := head(t, s, p)
	want := port.Head{Version: before.Version + 1, Last: before.Last, Sealed: []byte("forgotten")}
	if got, err := s.Forget(t.Context(), p, before.Version, ids, want.Sealed); err != nil || !same(got, want) {
		t.Fatalf("head %v, %v; want %v", got, err, want)
	}
}

func head(t *testing.T, s port.Store, p port.PersonID) port.Head {
	t.Helper()
	h, err := s.ReadAfter(t.Context(), p, 1<<40, func(port.Record) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func same(a, b port.Head) bool {
	return a.Version == b.Version && a.Last == b.Last && bytes.Equal(a.Sealed, b.Sealed)
}

func read(t *testing.T, s port.Store, p port.PersonID, after int64) (records []port.Record) {
	t.Helper()
	_, err := s.ReadAfter(t.Context(), p, after, func(r port.Record) error {
		r.Ciphertext = bytes.Clone(r.Ciphertext)
		records = append(records, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func wantSame(t *testing.T, got []port.Record, want []port.Sealed) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i, r := range got {
		if r.Seq != int64(i+1) || r.ID != want[i].ID || !bytes.Equal(r.Ciphertext, want[i].Ciphertext) {
			t.Fatalf("record %d: seq %d, id %v, %d bytes; want id %v, %d bytes",
				i, r.Seq, r.ID, len(r.Ciphertext), want[i].ID, len(want[i].Ciphertext))
		}
	}
}

func wantHead(t *testing.T, s port.Store, p port.PersonID, want port.Head) {
	t.Helper()
	if got := head(t, s, p); !same(got, want) {
		t.Fatalf("head %v, want %v", got, want)
	}
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}

func newPersonID() (p port.PersonID) { rand.Read(p[:]); return p }

func newRecordID() (r port.RecordID) { rand.Read(r[:]); return r }

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
