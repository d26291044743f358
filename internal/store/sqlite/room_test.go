package sqlite

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// SQLite's own page limit stands in for a full disk here; the real thing is tried
// where a small file system can be mounted.
func TestNoRoom(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "journal.db"))
	fillUp(t, s, func() {
		var pages int
		if err := s.w.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
			t.Fatal(err)
		}
		if _, err := s.w.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+30)); err != nil {
			t.Fatal(err)
		}
	})
	if _, err := s.w.Exec("PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	p := newPerson(t, s)
	if last, err := add(t.Context(), s, p, sealed(50)); err != nil || last != 50 {
		t.Errorf("with room again: %d, %v", last, err)
	}
}

// fillUp appends until there is no room, and checks that each refusal is a full disk,
// that refused batches left nothing, and that all that was acknowledged is there.
func fillUp(t *testing.T, s *Store, limit func()) {
	t.Helper()
	p := newPerson(t, s)
	want, err := add(t.Context(), s, p, sealed(10))
	if err != nil {
		t.Fatal(err)
	}
	limit()
	refused := 0
	for i := 0; i < 100_000 && refused < 12; i++ {
		n := []int{1, 40}[i%2]
		last, err := add(t.Context(), s, p, sealed(n))
		switch fault.CodeOf(err) {
		case "":
			if want += int64(n); last != want {
				t.Fatalf("last seq %d, want %d", last, want)
			}
		case fault.FullDisk:
			refused++
		default:
			t.Fatalf("append %d: %v", i, err)
		}
	}
	if refused < 12 {
		t.Fatal("there was always room")
	}
	var n int64
	if _, err := s.ReadAfter(t.Context(), p, 0, func(r port.Record) error {
		if n++; r.Seq != n || len(r.Ciphertext) != 297 {
			return fmt.Errorf("record %d has seq %d and %d bytes", n, r.Seq, len(r.Ciphertext))
		}
		return nil
	}); err != nil || n != want {
		t.Errorf("%d of %d acknowledged records are there, %v", n, want, err)
	}
	if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}
