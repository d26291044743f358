package sqlite

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
)

func TestFile(t *testing.T) {
	storetest.Run(t, func(t *testing.T) port.Store { return open(t, filepath.Join(t.TempDir(), "data", "journal.db")) })
}

func TestDamaged(t *testing.T) {
	storetest.RunDamaged(t, func(t *testing.T) (port.Store, storetest.Harm) {
		s := open(t, filepath.Join(t.TempDir(), "journal.db"))
		return s, harm{s}
	})
}

// harm writes past the store, on its own connection.
type harm struct{ s *Store }

func (h harm) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	if res, err := h.s.w.Exec(text, args...); err != nil {
		t.Fatal(err)
	} else if n, err := res.RowsAffected(); err != nil || n != 1 {
		t.Fatal(n, err)
	}
}

func (h harm) Drop(t *testing.T, p port.PersonID, seq int64) {
	h.exec(t, "DELETE FROM record WHERE person = ? AND seq = ?", p[:], seq)
}

func (h harm) Renumber(t *testing.T, p port.PersonID, from, to int64) {
	h.exec(t, "UPDATE record SET seq = ? WHERE person = ? AND seq = ?", to, p[:], from)
}

func (h harm) Empty(t *testing.T, p port.PersonID, seq int64) {
	h.exec(t, "UPDATE record SET ciphertext = x'' WHERE person = ? AND seq = ?", p[:], seq)
}

func TestSettings(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "journal.db"))
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1",
		"temp_store": "2", "busy_timeout": "10000", "application_id": fmt.Sprint(applicationID),
		"user_version": fmt.Sprint(schemaVersion), "trusted_schema": "0",
	} {
		var got string
		if err := s.w.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", pragma, got, err, want)
		}
	}
	if _, err := s.r.Exec("DELETE FROM record"); err == nil {
		t.Error("a reading connection can write")
	}
}

// Names that mean something in a URI are plain names of folders here.
func TestOddPlaces(t *testing.T) {
	for _, name := range []string{"a b", "a?mode=ro", "a#b", "100%25", "ключ", "a&b=c;d"} {
		path := filepath.Join(t.TempDir(), name, "journal.db")
		newPerson(t, open(t, path))
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps rights in another way")
	}
	dir := filepath.Join(t.TempDir(), "data")
	path := filepath.Join(dir, "journal.db")
	s := open(t, path)
	newPerson(t, s)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v %v", info, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Fatalf("expected the file, its log and its index: %v %v", entries, err)
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", entry.Name(), info.Mode(), err)
		}
	}
	s.Close()
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	open(t, path)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a file that others could read stayed so: %v %v", info.Mode(), err)
	}
}

// Many that start at once on an empty folder end up with one journal.
func TestOpenTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	if err := os.Mkdir(filepath.Join(filepath.Dir(path), ".new-journal-killed"), 0o700); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			newPerson(t, s)
		})
	}
	group.Wait()
	persons, err := open(t, path).Persons(t.Context())
	if err != nil || len(persons) != 6 {
		t.Errorf("%d persons, %v", len(persons), err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) > 4 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// From every older version, a journal with entries in it comes to the same schema as
// a fresh one, and keeps its entries; also when two processes upgrade it at once. The
// files were written by the releases that had these versions, which kept the version
// in a table of a migration library as well.
func TestUpgrade(t *testing.T) {
	fresh := schema(t, open(t, filepath.Join(t.TempDir(), "journal.db")))
	for version := 1; version <= 4; version++ {
		old, err := os.ReadFile(fmt.Sprintf("testdata/version%d.db", version))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "journal.db")
		if err := os.WriteFile(path, old, 0o600); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				s, err := Open(t.Context(), path)
				if err != nil {
					t.Errorf("from version %d: %v", version, err)
					return
				}
				s.Close()
			})
		}
		group.Wait()
		s := open(t, path)
		if upgraded := schema(t, s); !slices.Equal(upgraded, fresh) {
			t.Errorf("from version %d:\n%v\nfresh:\n%v", version, upgraded, fresh)
		}
		p := port.PersonID([]byte("golden person 16"))
		if ring, v, err := s.Keyring(t.Context(), p); err != nil || string(ring) != "golden ring" || v != 1 {
			t.Errorf("from version %d: keyring %q version %d, %v", version, ring, v, err)
		}
		var want, got []string
		if version >= 2 {
			want = []string{"sealed record 1", "sealed record 2", "", "sealed record 4", "sealed record 5", "sealed record 6", "sealed record 7"}
		}
		head, err := s.ReadAfter(t.Context(), p, 0, func(r port.Record) error {
			got = append(got, string(r.Ciphertext))
			return nil
		})
		if err != nil || !slices.Equal(got, want) || head.Last != int64(len(want)) || head.Version != 0 || len(head.Sealed) != 0 {
			t.Errorf("from version %d: %q, head %v, %v", version, got, head, err)
		}
		if _, err := add(t.Context(), s, p, sealed(1)); err != nil {
			t.Errorf("from version %d: %v", version, err)
		}
		if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
			t.Errorf("from version %d: %v, %v", version, report.Problems, err)
		}
	}
}

func schema(t *testing.T, s *Store) (lines []string) {
	t.Helper()
	rows, err := s.w.Query("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE name <> 'sqlite_sequence' ORDER BY type, name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

// The constant, the files and their numbers agree, and each file makes one change to
// the schema.
func TestMigrations(t *testing.T) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil || len(entries) != schemaVersion {
		t.Fatalf("%d files for version %d, %v", len(entries), schemaVersion, err)
	}
	for i, entry := range entries {
		b, err := migrations.ReadFile("migrations/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if want := fmt.Sprintf("%05d_", i+1); !strings.HasPrefix(entry.Name(), want) {
			t.Errorf("%s: its number is not %s", entry.Name(), want)
		}
		if n := strings.Count(text, "CREATE ") + strings.Count(text, "ALTER ") + strings.Count(text, "DROP "); n != 1 {
			t.Errorf("%s changes the schema %d times", entry.Name(), n)
		}
	}
}

func TestCheckBuild(t *testing.T) {
	good := []*debug.Module{{Path: driverPath, Version: driverVersion}, {Path: libcPath, Version: libcVersion}, {Path: "x", Version: "v1.0.0"}}
	for name, c := range map[string]struct {
		deps []*debug.Module
		ok   bool
	}{
		"as tested":       {good, true},
		"no list":         {nil, true},
		"other libc":      {[]*debug.Module{good[0], {Path: libcPath, Version: "v1.79.0"}}, false},
		"other driver":    {[]*debug.Module{{Path: driverPath, Version: "v1.61.1"}, good[1]}, false},
		"replaced libc":   {[]*debug.Module{good[0], {Path: libcPath, Version: libcVersion, Replace: &debug.Module{Path: "../libc"}}}, false},
		"replaced by one": {[]*debug.Module{good[0], {Path: libcPath, Version: "v1.1.1", Replace: good[1]}}, true},
	} {
		err := checkBuild(&debug.BuildInfo{Deps: c.deps})
		if (err == nil) != c.ok || err != nil && !fault.Is(err, fault.Internal) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The versions in code are those in go.mod; an upgrade has to change both.
func TestBuildVersionsMatchGoMod(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{driverPath + " " + driverVersion, libcPath + " " + libcVersion} {
		if !strings.Contains(string(b), line) {
			t.Errorf("go.mod does not name %s", line)
		}
	}
}

// add appends to the log as it is now, reading on and trying again while others write.
func add(ctx context.Context, s *Store, p port.PersonID, records []port.Sealed) (last int64, err error) {
	for {
		head, err := s.ReadAfter(ctx, p, math.MaxInt64, func(port.Record) error { return nil })
		if err != nil {
			return 0, err
		}
		if head, err = s.Append(ctx, p, head.Version, records, []byte("head")); !fault.Is(err, fault.Conflict) {
			return head.Last, err
		}
	}
}

func forget(ctx context.Context, s *Store, p port.PersonID, ids []port.RecordID) error {
	head, err := s.ReadAfter(ctx, p, math.MaxInt64, func(port.Record) error { return nil })
	if err != nil {
		return err
	}
	_, err = s.Forget(ctx, p, head.Version, ids, []byte("head"))
	return err
}

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
