package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
)

func TestFile(t *testing.T) {
	storetest.Run(t, func(t *testing.T) app.Store { return open(t, filepath.Join(t.TempDir(), "data", "journal.db")) })
}

func TestMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T) app.Store {
		s, err := OpenMemory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	})
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
	s.LastSeq(t.Context(), app.PersonID{})
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
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) > 3 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// From every older version, a journal with entries in it comes to the same schema as
// a fresh one, and keeps its entries; also when two processes upgrade it at once.
func TestUpgrade(t *testing.T) {
	fresh := schema(t, open(t, filepath.Join(t.TempDir(), "journal.db")))
	for version := int64(1); version < schemaVersion; version++ {
		path := filepath.Join(t.TempDir(), "journal.db")
		s := open(t, path)
		p := newPerson(t, s)
		if _, err := s.Append(t.Context(), p, sealed(7)); err != nil {
			t.Fatal(err)
		}
		down(t, s, version)
		s.Close()

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
		s = open(t, path)
		if upgraded := schema(t, s); !slices.Equal(upgraded, fresh) {
			t.Errorf("from version %d:\n%v\nfresh:\n%v", version, upgraded, fresh)
		}
		wantRecords := int64(7)
		if version < 2 {
			wantRecords = 0
		}
		if last, err := s.LastSeq(t.Context(), p); err != nil || last != wantRecords {
			t.Errorf("from version %d: %d records are left, %v", version, last, err)
		}
	}
}

// down makes the database what the given version had made of it. Going down exists
// in this test alone.
func down(t *testing.T, s *Store, version int64) {
	t.Helper()
	steps := []string{2: "DROP TABLE record", 3: "DROP INDEX record_id", 4: "DROP TABLE purge"}
	for v := int64(schemaVersion); v > version; v-- {
		for _, text := range []string{steps[v], fmt.Sprintf("PRAGMA user_version = %d", v-1),
			fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id = %d", v)} {
			if _, err := s.w.Exec(text); err != nil {
				t.Fatal(v, text, err)
			}
		}
	}
}

func schema(t *testing.T, s *Store) (lines []string) {
	t.Helper()
	rows, err := s.w.Query("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
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

// The constant, the files and the numbers written in them agree, and each file makes
// one change to the schema.
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
		if v, err := goose.NumericComponent(entry.Name()); err != nil || v != int64(i+1) {
			t.Errorf("%s: number %d, %v", entry.Name(), v, err)
		}
		if !strings.Contains(text, fmt.Sprintf("\nPRAGMA user_version = %d;", i+1)) {
			t.Errorf("%s does not write its number", entry.Name())
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
		if (err == nil) != c.ok || err != nil && !strings.Contains(fault.MessageOf(err), "go.mod") {
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

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
