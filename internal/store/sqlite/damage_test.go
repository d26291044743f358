package sqlite

import (
	"bytes"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// A file that cannot be a journal is refused with its code, and no byte of it changes.
func TestRefusedUntouched(t *testing.T) {
	whole, _ := journal(t, 400)
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	with := func(offset int, number uint32) []byte {
		b := bytes.Clone(good)
		binary.BigEndian.PutUint32(b[offset:], number)
		return b
	}
	for name, c := range map[string]struct {
		bytes []byte
		code  fault.Code
	}{
		"newer version":           {with(60, schemaVersion+1), fault.NewerVersion},
		"much newer version":      {with(60, 1<<31), fault.NewerVersion},
		"another program's":       {with(68, 0), fault.Invalid},
		"empty":                   {nil, fault.Corrupt},
		"a few bytes":             {good[:60], fault.Corrupt},
		"first page only":         {good[:4096], fault.Corrupt},
		"cut in a page":           {good[:len(good)-1000], fault.Corrupt},
		"last page gone":          {good[:len(good)-4096], fault.Corrupt},
		"half":                    {good[:len(good)/2], fault.Corrupt},
		"not a database":          {bytes.Repeat([]byte("dear diary "), 1000), fault.Corrupt},
		"zeros":                   {make([]byte, len(good)), fault.Corrupt},
		"schema page overwritten": {append(bytes.Clone(good[:100]), append(bytes.Repeat([]byte{0xff}, 3996), good[4096:]...)...), fault.Corrupt},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "journal.db")
			if err := os.WriteFile(path, c.bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Open(t.Context(), path)
			if err == nil {
				s.Close()
			}
			if key, _ := fault.KeyOf(err); fault.CodeOf(err) != c.code || key == "" {
				t.Errorf("opening gave %v, want code %q", err, c.code)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, c.bytes) {
				t.Errorf("the file changed (%v)", err)
			}
			entries, err := os.ReadDir(filepath.Dir(path))
			if err != nil || len(entries) != 1 {
				t.Errorf("files were left beside it: %v %v", entries, err)
			}
		})
	}
}

// A newer version that stands in the write-ahead log alone, as after a crash, is
// refused as well.
func TestNewerVersionInLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	held := open(t, path)
	if _, err := held.w.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	before := read(t, path, path+"-wal")
	_, err := Open(t.Context(), path)
	if !fault.Is(err, fault.NewerVersion) {
		t.Errorf("opening gave %v", err)
	}
	if !bytes.Equal(before, read(t, path, path+"-wal")) {
		t.Error("the files changed")
	}
}

func TestOtherProgramsDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "places.sqlite")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE person (id INTEGER)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	if _, err := Open(t.Context(), path); !fault.Is(err, fault.Invalid) {
		t.Errorf("opening gave %v", err)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the file changed")
	}
}

// Every page of a journal is overwritten in turn. Whatever comes of it, nothing
// panics, an error is a fault with a sentence, and Check or a reader notices unless
// the page only held ciphertext, which is the vault's to notice.
func TestCorruptedPage(t *testing.T) {
	whole, person := journal(t, 300)
	good := read(t, whole)
	noticed := 0
	for page := 1; page < len(good)/4096; page++ {
		path := filepath.Join(t.TempDir(), "journal.db")
		bad := bytes.Clone(good)
		for i := range 200 { // the head of a page holds its structure
			bad[page*4096+i] ^= 0xa5
		}
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), path)
		if err != nil {
			if !fault.Is(err, fault.Corrupt) {
				t.Errorf("page %d: opening gave %v", page, err)
			}
			noticed++
			continue
		}
		_, readErr := s.ReadAfter(t.Context(), person, 0, func(port.Record) error { return nil })
		if readErr != nil && !fault.Is(readErr, fault.Corrupt) && !fault.Is(readErr, fault.NotFound) {
			t.Errorf("page %d: reading gave %v", page, readErr)
		}
		report, err := s.Check(t.Context())
		if err != nil {
			t.Errorf("page %d: check gave %v", page, err)
		}
		if readErr != nil && len(report.Problems) == 0 {
			t.Errorf("page %d: reading gave %v but check found nothing", page, readErr)
		}
		if len(report.Problems) > 0 {
			noticed++
		}
		if err := s.Close(); err != nil {
			t.Errorf("page %d: closing gave %v", page, err)
		}
		if !bytes.Equal(bad, read(t, path)) {
			t.Errorf("page %d: looking changed the file", page)
		}
	}
	if pages := len(good)/4096 - 1; noticed < pages {
		t.Errorf("damage was noticed in %d of %d pages", noticed, pages)
	}
}

// journal writes a closed journal of n records and gives its file.
func journal(t *testing.T, n int) (path string, person port.PersonID) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "journal.db")
	s := open(t, path)
	person = newPerson(t, s)
	for range 2 {
		if _, err := add(t.Context(), s, person, sealed(n/2)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, person
}

func newPerson(t testing.TB, s *Store) (person port.PersonID) {
	t.Helper()
	rand.Read(person[:])
	if err := s.CreatePerson(t.Context(), person, random(900)); err != nil {
		t.Fatal(err)
	}
	return person
}

func sealed(n int) []port.Sealed {
	batch := make([]port.Sealed, n)
	for i := range batch {
		rand.Read(batch[i].ID[:])
		batch[i].Ciphertext = random(297)
	}
	return batch
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func read(t testing.TB, paths ...string) (all []byte) {
	t.Helper()
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}
