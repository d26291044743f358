package app_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/testkit/place"

	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/journal"
)

// years fills a place with exactly n made-up records, some five years of use.
func years(tb testing.TB, p *place.Place, n int) {
	tb.Helper()
	var file bytes.Buffer
	if err := demo.Write(&file, 1, p.Clock.Time, n/6); err != nil {
		tb.Fatal(err)
	}
	var f struct {
		Format  string            `json:"format"`
		Version int               `json:"version"`
		Records []json.RawMessage `json:"records"`
	}
	if err := json.Unmarshal(file.Bytes(), &f); err != nil {
		tb.Fatal(err)
	}
	if len(f.Records) < n {
		tb.Fatalf("only %d records", len(f.Records))
	}
	// The products and settings come first; the latest entries come last.
	f.Records = append(f.Records[:8:8], f.Records[len(f.Records)-n+8:]...)
	body, err := json.Marshal(f)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := transfer.ImportJSON(context.Background(), p.Open(tb), bytes.NewReader(body)); err != nil {
		tb.Fatal(err)
	}
}

const fiveYears = 20000

// BenchmarkOpen is a new process on a five-year journal: open the store,
// unwrap the key, open, decode and fold every record.
func BenchmarkOpen(b *testing.B) {
	p := place.New(b)
	years(b, p, fiveYears)
	for b.Loop() {
		a := p.Open(b)
		if _, err := a.Read(context.Background()); err != nil {
			b.Fatal(err)
		}
		_ = a.Close()
	}
}

// BenchmarkTodayCold is BenchmarkOpen and the home page's data: the curve with
// its band. The fit to the person runs aside.
func BenchmarkTodayCold(b *testing.B) {
	p := place.New(b)
	years(b, p, fiveYears)
	for b.Loop() {
		a := p.Open(b)
		j, err := a.Read(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		outlook.New(a).Today(j, a.Now(b.Context()))
		_ = a.Close()
	}
}

// BenchmarkToday is the home page's data from a journal that is open.
func BenchmarkToday(b *testing.B) {
	p := place.New(b)
	years(b, p, fiveYears)
	a := p.Open(b)
	look := outlook.New(a)
	look.Today(place.Read(b, a), a.Now(b.Context()))
	for b.Loop() {
		look.Today(place.Read(b, a), a.Now(b.Context()))
	}
}

// BenchmarkRecord is one entry saved for good through the use case, in turn
// with a bare insert of as many bytes into a table of its own at
// synchronous=FULL, and the ratio of the two.
func BenchmarkRecord(b *testing.B) {
	ctx := context.Background()
	p := place.New(b)
	a := p.Open(b)
	insert := bareInsert(b)
	bytes := make([]byte, vault.Overhead+256) // an entry of common length
	var saved, bare []time.Duration
	for b.Loop() {
		var id journal.ID
		_, _ = rand.Read(id[:])
		start := time.Now()
		if _, err := record.New(ctx, a, place.Note("saved for good")); err != nil {
			b.Fatal(err)
		}
		half := time.Now()
		if _, err := insert.ExecContext(ctx, id[:], bytes); err != nil {
			b.Fatal(err)
		}
		saved, bare = append(saved, half.Sub(start)), append(bare, time.Since(half))
	}
	slices.Sort(saved)
	slices.Sort(bare)
	s, r := saved[len(saved)/2], bare[len(bare)/2]
	b.ReportMetric(float64(s.Microseconds()), "µs/saved")
	b.ReportMetric(float64(r.Microseconds()), "µs/bare")
	b.ReportMetric(float64(s)/float64(r), "median-ratio")
}

// bareInsert is the least that SQLite can do for a durable row.
func bareInsert(b *testing.B) *sql.Stmt {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+b.TempDir()+"/bare.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE row (id BLOB PRIMARY KEY, body BLOB)"); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO row VALUES (?, ?)")
	if err != nil {
		b.Fatal(err)
	}
	return insert
}
