package sqlite

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
)

// BenchmarkAppendDurable saves one record at a time through the store and, in turn
// with it, the same bytes with a bare INSERT through the same driver at the same
// settings (a table with the id as its key, one prepared statement, no checks). The
// two take turns within one run, so that a busy disk is busy for both. It reports the
// median of each and their ratio.
func BenchmarkAppendDurable(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "journal.db"))
	p := newPerson(b, s)
	insert := bare(b)
	head, sealedHead := port.Head{}, random(297)
	var ours, theirs []time.Duration
	for b.Loop() {
		batch := sealed(1)
		start := time.Now()
		var err error
		if head, err = s.Append(b.Context(), p, head.Version, batch, sealedHead); err != nil {
			b.Fatal(err)
		}
		half := time.Now()
		if _, err := insert.ExecContext(b.Context(), batch[0].ID[:], batch[0].Ciphertext); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, half.Sub(start))
		theirs = append(theirs, time.Since(half))
	}
	mine, bare := median(ours), median(theirs)
	b.ReportMetric(float64(mine.Microseconds()), "µs/append")
	b.ReportMetric(float64(bare.Microseconds()), "µs/bare")
	b.ReportMetric(float64(mine)/float64(bare), "median-ratio")
	b.ReportMetric(float64(sum(ours))/float64(sum(theirs)), "mean-ratio")
}

func BenchmarkBareInsert(b *testing.B) {
	insert := bare(b)
	for b.Loop() {
		batch := sealed(1)
		if _, err := insert.ExecContext(b.Context(), batch[0].ID[:], batch[0].Ciphertext); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendBatch1000(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "journal.db"))
	p := newPerson(b, s)
	for b.Loop() {
		if _, err := add(b.Context(), s, p, sealed(1000)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkReadAfter20k(b *testing.B) {
	path, p := fiveYears(b)
	read := func(b *testing.B, s *Store) {
		n := 0
		if _, err := s.ReadAfter(b.Context(), p, 0, func(port.Record) error { n++; return nil }); err != nil || n != 20_000 {
			b.Fatal(n, err)
		}
	}
	b.Run("warm", func(b *testing.B) {
		s := open(b, path)
		for b.Loop() {
			read(b, s)
		}
	})
	b.Run("open+read", func(b *testing.B) {
		for b.Loop() {
			s, err := Open(b.Context(), path)
			if err != nil {
				b.Fatal(err)
			}
			read(b, s)
			s.Close()
		}
	})
	b.Run("nothing-new", func(b *testing.B) {
		s := open(b, path)
		for b.Loop() {
			if _, err := s.ReadAfter(b.Context(), p, 20_000, func(port.Record) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	path, _ := fiveYears(b)
	b.Run("there", func(b *testing.B) {
		for b.Loop() {
			s, err := Open(b.Context(), path)
			if err != nil {
				b.Fatal(err)
			}
			s.Close()
		}
	})
	b.Run("fresh", func(b *testing.B) {
		for b.Loop() {
			s, err := Open(b.Context(), filepath.Join(b.TempDir(), "journal.db"))
			if err != nil {
				b.Fatal(err)
			}
			s.Close()
		}
	})
}

func BenchmarkForget20k(b *testing.B) {
	path, p := fiveYears(b)
	s := open(b, path)
	for b.Loop() {
		if err := forget(b.Context(), s, p, []port.RecordID{{}}); err != nil {
			b.Fatal(err)
		}
	}
}

// fiveYears is a closed journal of 20,000 entries.
func fiveYears(b *testing.B) (path string, p port.PersonID) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "journal.db")
	s := open(b, path)
	p = newPerson(b, s)
	for range 20 {
		if _, err := add(b.Context(), s, p, sealed(1000)); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return path, p
}

func bare(b *testing.B) *sql.Stmt {
	b.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "bare.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE bare (id BLOB PRIMARY KEY, ciphertext BLOB)"); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO bare (id, ciphertext) VALUES (?, ?)")
	if err != nil {
		b.Fatal(err)
	}
	return insert
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func sum(d []time.Duration) (s time.Duration) {
	for _, x := range d {
		s += x
	}
	return s
}
