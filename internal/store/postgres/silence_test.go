package postgres

import (
	"math"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// A line on which nothing comes any more, and no end either, holds nobody: what looks
// asks on another line, and says that the server is away when the patience is over.
// Whoever takes a record slowly is not taken for such a line.
func TestSilentLine(t *testing.T) {
	address, line := server.Through(t, server.Address(t)+"&connect_timeout=1", 0)
	s := open(t, address)
	patience, after := s.patience, s.silence
	// A line that is being made when all fall silent takes its place until it is
	// given up, so that whoever comes then has to wait.
	silence := func(on bool) {
		line.Silence(on)
		if s.patience, s.silence = patience, after; on {
			s.patience, s.silence = 300*time.Millisecond, 200*time.Millisecond
		}
	}
	p := port.PersonID(random16())
	if err := s.CreatePerson(t.Context(), p, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	records := make([]port.Sealed, page+1)
	for i := range records {
		records[i] = port.Sealed{ID: random16(), Ciphertext: []byte("x")}
	}
	if _, err := s.Append(t.Context(), p, 0, records, nil); err != nil {
		t.Fatal(err)
	}
	looks := map[string]func() error{
		"keyring": func() error { _, _, err := s.Keyring(t.Context(), p); return err },
		"look":    func() error { _, err := s.Look(t.Context(), p); return err },
		"persons": func() error { _, err := s.Persons(t.Context()); return err },
		"log": func() error {
			_, err := s.ReadAfter(t.Context(), p, 0, func(port.Record) error { return nil })
			return err
		},
	}
	for name, look := range looks {
		silence(true)
		began := time.Now()
		err := look()
		if key, _ := fault.KeyOf(err); key != "store.server_away" {
			t.Errorf("%s after %v: %v", name, time.Since(began), err)
		}
		silence(false)
		if err := look(); err != nil {
			t.Errorf("%s when the line is back: %v", name, err)
		}
	}
	s.silence = time.Second
	n := 0
	if _, err := s.ReadAfter(t.Context(), p, 0, func(port.Record) error {
		if n++; n == 1 {
			time.Sleep(s.silence + 100*time.Millisecond)
		}
		return nil
	}); err != nil || n != len(records) {
		t.Errorf("a slow reader: %d records, %v", n, err)
	}
	silence(true)
	if _, err := s.Append(t.Context(), p, 1, records[:1], nil); err == nil {
		t.Error("appended without an answer")
	}
	silence(false)
	if head, err := s.ReadAfter(t.Context(), p, math.MaxInt64, func(port.Record) error { return nil }); err != nil || head.Version != 1 {
		t.Errorf("%+v, %v", head, err)
	}
}
