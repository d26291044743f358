package sqlite

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// copied copies the journal's files as they are at this moment, as a copy made by
// hand while Evenkeel runs.
func copied(t *testing.T, path string, endings ...string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "journal.db")
	for _, ending := range endings {
		if err := os.WriteFile(to+ending, read(t, path+ending), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// A write-ahead log that was cut at any place, or is not there, is noticed on reading
// and by Check, and still noticed after another start.
func TestLogCutOrMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	s := open(t, path)
	p := newPerson(t, s)
	s.emptyLogSoon() // the person stands in the file itself
	for range 6 {
		if _, err := add(t.Context(), s, p, sealed(1)); err != nil {
			t.Fatal(err)
		}
	}
	whole := copied(t, path, "", "-wal", "-mark")
	if n, err := count(t, whole, p); err != nil || n != 6 {
		t.Fatalf("a copy with its log: %d records, %v", n, err)
	}
	size := len(read(t, path+"-wal"))
	for _, left := range []int{0, 20, 32, size / 3, size / 2, size - 5000, size - 1} {
		cut := copied(t, path, "", "-wal", "-mark")
		if err := os.Truncate(cut+"-wal", int64(left)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if n, err := count(t, cut, p); !fault.Is(err, fault.Corrupt) || n > 5 {
				t.Errorf("cut to %d of %d bytes: %d records, %v", left, size, n, err)
			}
		}
	}
	missing := copied(t, path, "", "-mark")
	if n, err := count(t, missing, p); !fault.Is(err, fault.Corrupt) || n != 0 {
		t.Errorf("without its log: %d records, %v", n, err)
	}
	late := open(t, missing)
	if report, err := late.Check(t.Context()); err != nil || len(report.Problems) != 1 {
		t.Errorf("check: %v, %v", report.Problems, err)
	}
	head, err := late.ReadAfter(t.Context(), p, 0, func(port.Record) error { return nil })
	if !fault.Is(err, fault.Corrupt) {
		t.Error(err)
	}
	if _, err := late.Settle(t.Context(), p, head.Version); err != nil {
		t.Fatal(err)
	}
	late.Close()
	if n, err := count(t, missing, p); err != nil || n != 0 {
		t.Errorf("after settling: %d records, %v", n, err)
	}
}

func count(t *testing.T, path string, p port.PersonID) (n int, err error) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	_, err = s.ReadAfter(t.Context(), p, 0, func(port.Record) error { n++; return nil })
	return n, err
}

// After some rest everything stands in the file itself, so that a copy of it alone
// has all of it.
func TestRest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	s := open(t, path)
	p := newPerson(t, s)
	if _, err := add(t.Context(), s, p, sealed(5)); err != nil {
		t.Fatal(err)
	}
	alone := func() int {
		n, err := count(t, copied(t, path, ""), p)
		if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Corrupt) {
			t.Fatal(err)
		}
		return n
	}
	if n := alone(); n != 0 {
		t.Fatalf("%d records in the file at once; this test needs another way to look", n)
	}
	for deadline := time.Now().Add(time.Minute); alone() != 5; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the log never moved into the file")
		}
	}
}

// What does not belong into the file is named.
func TestPlanted(t *testing.T) {
	for _, sql := range []string{
		"CREATE TRIGGER t AFTER INSERT ON record BEGIN UPDATE purge SET done = 0; END",
		"CREATE TRIGGER person AFTER INSERT ON record BEGIN UPDATE purge SET done = 0; END",
		"CREATE INDEX i ON record (ciphertext)",
		"CREATE VIEW v AS SELECT * FROM record",
		"CREATE TABLE copies (ciphertext BLOB)",
	} {
		s := open(t, filepath.Join(t.TempDir(), "journal.db"))
		p := newPerson(t, s)
		if _, err := s.w.Exec(sql); err != nil {
			t.Fatal(err)
		}
		report, err := s.Check(t.Context())
		if err != nil || len(report.Problems) != 1 {
			t.Errorf("%s: %v, %v", sql, report.Problems, err)
			continue
		}
		if key, _ := fault.KeyOf(report.Problems[0]); key != "store.check_planted" {
			t.Errorf("%s: %s", sql, key)
		}
		if _, err := add(t.Context(), s, p, sealed(1)); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// Every bit of a record's row is flipped in turn, in the table. Whatever hides,
// moves or empties a row is noticed on reading; what only changes an id or
// ciphertext is the vault's to notice, and is read as it is.
func TestFlippedBits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	s := open(t, path)
	p := newPerson(t, s)
	batch := sealed(3)
	for i := range batch {
		batch[i].Ciphertext = bytes.Repeat([]byte{byte(0xa0 + i)}, 40)
	}
	if _, err := add(t.Context(), s, p, batch); err != nil {
		t.Fatal(err)
	}
	s.Close()
	good := read(t, path)
	end := bytes.Index(good, batch[1].Ciphertext)
	start := end - (5 + 16 + 1 + 16 + 2) // header, person, seq, id, and room for the cell's own
	noticed, other := 0, 0
	for bit := start * 8; bit < end*8; bit++ {
		bad := bytes.Clone(good)
		bad[bit/8] ^= 1 << (bit % 8)
		to := filepath.Join(t.TempDir(), "journal.db")
		if err := os.WriteFile(to, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		err := func() error {
			s, err := Open(t.Context(), to)
			if err != nil {
				return err
			}
			defer s.Close()
			_, err = s.ReadAfter(t.Context(), p, 0, func(r port.Record) error {
				got[fmt.Sprintf("%s %x", r.ID, r.Ciphertext)] = true
				return nil
			})
			return err
		}()
		whole := len(got) == 3
		for _, r := range batch {
			whole = whole && got[fmt.Sprintf("%s %x", r.ID, r.Ciphertext)]
		}
		switch {
		case fault.Is(err, fault.Corrupt):
			noticed++
		case err != nil:
			t.Errorf("bit %d: %v", bit, err)
		case len(got) != 3:
			t.Errorf("bit %d: %d records were read and nothing was said", bit, len(got))
		case !whole:
			other++ // an id or ciphertext that no key opens
		}
	}
	t.Logf("%d of %d flips were noticed on reading, %d are the vault's to notice", noticed, (end-start)*8, other)
	if noticed == 0 || other == 0 {
		t.Error("the flips did not meet the row")
	}
}
