package sqlite

import (
	"bytes"
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// What is forgotten is searched for in the raw bytes of every file of the folder, in
// pieces of 16 bytes, while the store is still open.
func TestForgottenBytesAreGone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.db")
	s := open(t, path)
	other := open(t, path) // another process's connections look on
	dice := rand.New(rand.NewPCG(1, 2))

	// Several people in turn, so that pages split in the middle and leave copies.
	var people []port.PersonID
	kept, gone := map[port.PersonID][]port.Sealed{}, [][]byte{}
	for range 5 {
		people = append(people, newPerson(t, s))
	}
	for range 400 {
		p := people[dice.IntN(len(people))]
		batch := sealed(1 + dice.IntN(3))
		if dice.IntN(20) == 0 {
			batch[0].Ciphertext = random(500 << dice.IntN(8))
		}
		if _, err := add(t.Context(), s, p, batch); err != nil {
			t.Fatal(err)
		}
		kept[p] = append(kept[p], batch...)
	}
	if found := pieces(t, dir, [][]byte{kept[people[0]][0].Ciphertext}); found == 0 {
		t.Fatal("the search finds nothing even of what is kept")
	}
	for round := range 4 {
		p := people[round]
		var ids []port.RecordID
		for range 10 {
			i := dice.IntN(len(kept[p]))
			ids = append(ids, kept[p][i].ID)
			gone = append(gone, kept[p][i].Ciphertext)
			kept[p] = append(kept[p][:i:i], kept[p][i+1:]...)
		}
		if err := forget(t.Context(), s, p, ids); err != nil {
			t.Fatal(err)
		}
		if found := pieces(t, dir, gone); found > 0 {
			t.Fatalf("round %d: %d pieces of forgotten records are still in the files", round, found)
		}
		if _, err := add(t.Context(), other, p, sealed(2)); err != nil {
			t.Fatal(err)
		}
	}

	ring, version, err := s.Keyring(t.Context(), people[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutKeyring(t.Context(), people[0], random(900), version); err != nil {
		t.Fatal(err)
	}
	if found := pieces(t, dir, [][]byte{ring}); found > 0 {
		t.Errorf("%d pieces of the old keyring are still in the files", found)
	}

	if ring, _, err = s.Keyring(t.Context(), people[1]); err != nil {
		t.Fatal(err)
	}
	gone = append(gone, ring)
	for _, r := range kept[people[1]] {
		gone = append(gone, r.Ciphertext)
	}
	if err := s.DeletePerson(t.Context(), people[1]); err != nil {
		t.Fatal(err)
	}
	if found := pieces(t, dir, gone); found > 0 {
		t.Errorf("%d pieces of a deleted person are still in the files", found)
	}
	if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// Removals that wait for each other are cleared by one rewriting of the file, and each
// returns only when its own bytes are gone.
func TestPurgeServesAllWhoWait(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "journal.db"))
	const people = 8
	var gone [][]byte
	var group sync.WaitGroup
	s.purging.Lock()
	rewritten := number(t, s, "PRAGMA schema_version") // each rewriting raises it
	for range people {
		p, batch := newPerson(t, s), sealed(3)
		if _, err := add(t.Context(), s, p, batch); err != nil {
			t.Fatal(err)
		}
		gone = append(gone, batch[1].Ciphertext)
		group.Go(func() {
			if err := forget(t.Context(), s, p, []port.RecordID{batch[1].ID}); err != nil {
				t.Error(err)
			}
			if found := pieces(t, dir, [][]byte{batch[1].Ciphertext}); found > 0 {
				t.Errorf("%d pieces are still in the files", found)
			}
		})
	}
	for deadline := time.Now().Add(10 * time.Second); number(t, s, "SELECT wanted FROM purge") < people; {
		if time.Now().After(deadline) {
			t.Fatal("not all have removed their own")
		}
	}
	if pieces(t, dir, gone) == 0 {
		t.Fatal("the files should still hold the records")
	}
	s.purging.Unlock()
	group.Wait()
	if n := number(t, s, "PRAGMA schema_version") - rewritten; n != 1 {
		t.Errorf("the file was rewritten %d times", n)
	}
	if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func number(t *testing.T, s *Store, query string) (n int) {
	t.Helper()
	if err := s.w.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A process that is killed after it removed a record and before it cleared the traces
// leaves the rest to whoever opens the file next.
func TestPurgeIsFinishedAtOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.db")
	s := open(t, path)
	p := newPerson(t, s)
	batch := sealed(50)
	if _, err := add(t.Context(), s, p, batch); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"UPDATE record SET ciphertext = x'' WHERE seq = 20",
		"UPDATE head SET forgotten = 1",
		"UPDATE purge SET wanted = wanted + 1",
	} {
		if _, err := s.w.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	gone := [][]byte{batch[19].Ciphertext}
	if pieces(t, dir, gone) == 0 {
		t.Fatal("the log should still hold the record")
	}
	if report, err := s.Check(t.Context()); err != nil || len(report.Problems) != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	next := open(t, path)
	if found := pieces(t, dir, gone); found > 0 {
		t.Errorf("%d pieces are still in the files", found)
	}
	if report, err := next.Check(t.Context()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// While somebody reads an older state, traces cannot be cleared. Forget says so, and
// works when it is repeated.
func TestForgetWhileSomebodyReads(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.db")
	s, reader := open(t, path), open(t, path)
	p := newPerson(t, s)
	batch := sealed(20)
	if _, err := add(t.Context(), s, p, batch); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Exec("PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	ids := []port.RecordID{batch[3].ID}
	_, err := reader.ReadAfter(t.Context(), p, 0, func(r port.Record) error {
		if r.Seq == 1 {
			if err := forget(t.Context(), s, p, ids); !fault.Is(err, fault.Conflict) {
				t.Errorf("forgetting while somebody reads gave %v", err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
			defer cancel()
			if err := forget(ctx, s, p, ids); err == nil {
				t.Error("forgetting on a context that ran out gave no error")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := forget(t.Context(), s, p, ids); err != nil {
		t.Fatal(err)
	}
	if found := pieces(t, dir, [][]byte{batch[3].Ciphertext}); found > 0 {
		t.Errorf("%d pieces are still in the files", found)
	}
}

// pieces counts the 16-byte pieces of secrets that stand in any file under dir.
func pieces(t *testing.T, dir string, secrets [][]byte) (found int) {
	t.Helper()
	wanted := map[[16]byte]bool{}
	for _, secret := range secrets {
		for i := 0; i+16 <= len(secret); i += 16 {
			wanted[[16]byte(secret[i:])] = true
		}
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for i := 0; i+16 <= len(b); i++ {
			if wanted[[16]byte(b[i:])] {
				found++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Bytes of one record at most a page apart prove that pieces looks across pages.
func TestPiecesFindsAcrossFiles(t *testing.T) {
	dir := t.TempDir()
	secret := random(64)
	if err := os.WriteFile(filepath.Join(dir, "x-wal"), append(bytes.Repeat([]byte{7}, 4090), secret...), 0o600); err != nil {
		t.Fatal(err)
	}
	if found := pieces(t, dir, [][]byte{secret}); found != 4 {
		t.Errorf("found %d of 4 pieces", found)
	}
}
