//go:build !js

package opfs

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// begin makes a person with n records, one a change, of 300 bytes each.
func begin(t *testing.T, d *disk, n int) (person port.PersonID, records []port.Sealed) {
	t.Helper()
	rand.Read(person[:])
	s := Open(d)
	if err := s.CreatePerson(t.Context(), person, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		r := port.Sealed{Ciphertext: bytes.Repeat([]byte{byte(i + 1)}, 300)}
		rand.Read(r.ID[:])
		records = append(records, r)
		if _, err := s.Append(t.Context(), person, int64(i), []port.Sealed{r}, []byte("head")); err != nil {
			t.Fatal(err)
		}
	}
	return person, records
}

// readAll reads by a tab that was just opened.
func readAll(t *testing.T, d *disk, p port.PersonID) (got []port.Record, head port.Head, err error) {
	t.Helper()
	head, err = Open(d).ReadAfter(t.Context(), p, 0, func(r port.Record) error {
		r.Ciphertext = bytes.Clone(r.Ciphertext)
		got = append(got, r)
		return nil
	})
	return got, head, err
}

func same(got []port.Record, want []port.Sealed) bool {
	if len(got) != len(want) {
		return false
	}
	for i, r := range got {
		if r.Seq != int64(i+1) || r.ID != want[i].ID || !bytes.Equal(r.Ciphertext, want[i].Ciphertext) {
			return false
		}
	}
	return true
}

// killed cuts every write off after some bytes and then fails, as a tab that is
// killed does.
type killed struct {
	File
	left *int
}

var errKilled = errors.New("killed")

func (k killed) WriteAt(b []byte, at int64) (int, error) {
	n := min(len(b), *k.left)
	*k.left -= n
	if n > 0 {
		if _, err := k.File.WriteAt(b[:n], at); err != nil {
			return 0, err
		}
	}
	if n < len(b) {
		return n, errKilled
	}
	return n, nil
}

func (k killed) Truncate(size int64) error {
	if *k.left == 0 {
		return errKilled
	}
	return k.File.Truncate(size)
}

func (k killed) Sync() error {
	if *k.left == 0 {
		return errKilled
	}
	return k.File.Sync()
}

// A tab that is killed after any byte of a change leaves what was there before,
// or all of the change, and the next tab goes on from there.
func TestKilledAfterEveryByte(t *testing.T) {
	changes := map[string]func(*Store, port.PersonID, []port.Sealed, port.Sealed) error{
		"append": func(s *Store, p port.PersonID, _ []port.Sealed, more port.Sealed) error {
			_, err := s.Append(t.Context(), p, 3, []port.Sealed{more}, []byte("head"))
			return err
		},
		"forget": func(s *Store, p port.PersonID, old []port.Sealed, _ port.Sealed) error {
			_, err := s.Forget(t.Context(), p, 3, []port.RecordID{old[1].ID}, []byte("head"))
			return err
		},
		"settle": func(s *Store, p port.PersonID, _ []port.Sealed, _ port.Sealed) error {
			_, err := s.Settle(t.Context(), p, 3)
			return err
		},
		"keyring": func(s *Store, p port.PersonID, _ []port.Sealed, _ port.Sealed) error {
			return s.PutKeyring(t.Context(), p, []byte("another ring"), 1)
		},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			for allowed := 0; ; allowed += step(allowed) {
				d := newDisk(t)
				p, records := begin(t, d, 3)
				more := port.Sealed{Ciphertext: bytes.Repeat([]byte{9}, 300)}
				rand.Read(more.ID[:])
				left := allowed
				d.wrap = func(f File) File { return killed{f, &left} }
				err := change(Open(d), p, records, more)
				d.wrap = nil
				survived(t, d, p, name, err == nil, records, more)
				if err == nil && left > 0 {
					return // it was not cut off any more
				}
			}
		})
	}
}

// step tries every place where something may end, and a few of those where only
// zeros are written.
func step(allowed int) int {
	if allowed < 1800 {
		return 11
	}
	return 1999
}

func survived(t *testing.T, d *disk, p port.PersonID, change string, acknowledged bool, records []port.Sealed, more port.Sealed) {
	t.Helper()
	got, head, err := readAll(t, d, p)
	if err != nil {
		t.Fatalf("%v", err)
	}
	done := head.Version == 4
	expected := append([]port.Sealed(nil), records...)
	if done && change == "append" {
		expected = append(expected, more)
	}
	if done && change == "forget" {
		expected[1].Ciphertext = nil
	}
	if !same(got, expected) {
		t.Fatalf("version %d with %d records", head.Version, len(got))
	}
	if acknowledged && !done && change != "keyring" {
		t.Fatal("what was acknowledged is gone")
	}
	s := Open(d)
	ring, version, err := s.Keyring(t.Context(), p)
	if err != nil || !(version == 1 && string(ring) == "ring" || version == 2 && string(ring) == "another ring") || acknowledged && change == "keyring" && version != 2 {
		t.Fatalf("ring %q version %d, %v", ring, version, err)
	}
	// The next tab finishes what was begun, and can write.
	if _, err := s.Append(t.Context(), p, head.Version, []port.Sealed{{ID: port.RecordID{1}, Ciphertext: []byte("next")}}, nil); err != nil {
		t.Fatal(err)
	}
	all := d.bytes(t)
	if done && change == "forget" && bytes.Contains(all, records[1].Ciphertext) {
		t.Fatal("forgotten bytes are still there")
	}
	if done && change == "settle" && bytes.Count(all, records[1].Ciphertext) != 1 {
		t.Fatal("the old log is still there")
	}
	if version == 2 && bytes.Contains(all, slot{1, []byte("ring")}.encode()) {
		t.Fatal("the old keyring is still there")
	}
	if r, err := s.Check(t.Context()); err != nil || len(r.Problems) > 0 {
		t.Fatal(r.Problems, err)
	}
}

// Any one byte that changes is noticed, or changes nothing; no record is
// yielded under another id, and nothing that was whole is lost.
func TestEveryChangedByte(t *testing.T) {
	d := newDisk(t)
	p, records := begin(t, d, 4)
	if _, err := Open(d).Forget(t.Context(), p, 4, []port.RecordID{records[2].ID}, []byte("head")); err != nil {
		t.Fatal(err)
	}
	records[2].Ciphertext = nil
	path := filepath.Join(d.path, fileName(p))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at++ {
		if at == slotsAt+64 {
			at = framesAt // what lies between is zero and is not read
		}
		b := bytes.Clone(whole)
		b[at] ^= 0x10
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		got, head, err := readAll(t, d, p)
		report, bad := Open(d).Check(t.Context())
		if bad != nil {
			t.Fatalf("byte %d: %v", at, bad)
		}
		if err == nil && head.Version == 5 && same(got, records) {
			continue
		}
		if len(report.Problems) == 0 && report.Persons == 1 {
			t.Fatalf("byte %d: nobody noticed; %d records, version %d, %v", at, len(got), head.Version, err)
		}
		right := 0
		for _, r := range got {
			for _, w := range records {
				if r.ID == w.ID && bytes.Equal(r.Ciphertext, w.Ciphertext) {
					right++
				}
			}
		}
		if at >= framesAt && right < 2 {
			t.Fatalf("byte %d: only %d records came through", at, right)
		}
	}
}

// A log that was cut behind the store's back is noticed, and what is left of it
// stays where it is.
func TestCutLogIsNoticed(t *testing.T) {
	d := newDisk(t)
	p, records := begin(t, d, 3)
	path := filepath.Join(d.path, fileName(p))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()-1); err != nil {
		t.Fatal(err)
	}
	got, head, err := readAll(t, d, p)
	if !errors.Is(err, port.ErrIncomplete) || !same(got, records[:2]) || head.Version != 2 {
		t.Fatalf("%d records, version %d, %v", len(got), head.Version, err)
	}
	s := Open(d)
	if _, err := s.Append(t.Context(), p, 2, []port.Sealed{{ID: port.RecordID{1}, Ciphertext: []byte("next")}}, nil); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(d.bytes(t), records[2].Ciphertext[:299]) {
		t.Error("the rest of the lost record was written over")
	}
	if got, _, err = readAll(t, d, p); !errors.Is(err, port.ErrIncomplete) || len(got) != 3 {
		t.Errorf("%d records, %v", len(got), err)
	}
	if _, err := s.Settle(t.Context(), p, 3); err != nil {
		t.Fatal(err)
	}
	if got, _, err = readAll(t, d, p); err != nil || len(got) != 3 {
		t.Errorf("%d records, %v", len(got), err)
	}
}

func TestNewerFileIsLeftAlone(t *testing.T) {
	d := newDisk(t)
	p, _ := begin(t, d, 1)
	path := filepath.Join(d.path, fileName(p))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[16] = schema + 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s := Open(d)
	_, err = s.Append(t.Context(), p, 1, []port.Sealed{{ID: port.RecordID{1}, Ciphertext: []byte("x")}}, nil)
	if !fault.Is(err, fault.NewerVersion) {
		t.Error(err)
	}
	if err := s.CreatePerson(t.Context(), p, []byte("ring")); !fault.Is(err, fault.NewerVersion) {
		t.Error(err)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, b) {
		t.Error("it was changed")
	}
}
