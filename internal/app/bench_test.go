package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/evenkeel/evenkeel/internal/demo"
)

// years fills a place with exactly n made-up records, some five years of use.
func years(tb testing.TB, p *place, n int) {
	tb.Helper()
	var file bytes.Buffer
	if err := demo.Write(&file, 1, p.clock.now, n/6); err != nil {
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
	if _, err := p.open(tb).ImportJSON(context.Background(), bytes.NewReader(body)); err != nil {
		tb.Fatal(err)
	}
}

const fiveYears = 20000

// BenchmarkOpen is a new process on a five-year journal: open the store,
// unwrap the key, open, decode and fold every record.
func BenchmarkOpen(b *testing.B) {
	p := newPlace(b)
	years(b, p, fiveYears)
	for b.Loop() {
		a := p.open(b)
		if _, err := a.Settings(context.Background()); err != nil {
			b.Fatal(err)
		}
		_ = a.Close()
	}
}

// BenchmarkTodayCold is BenchmarkOpen and the home page's data: the curve with
// its band, and the model fitted to the person.
func BenchmarkTodayCold(b *testing.B) {
	p := newPlace(b)
	years(b, p, fiveYears)
	for b.Loop() {
		a := p.open(b)
		if _, err := a.Today(context.Background()); err != nil {
			b.Fatal(err)
		}
		_ = a.Close()
	}
}

// BenchmarkToday is the home page's data from a journal that is open.
func BenchmarkToday(b *testing.B) {
	p := newPlace(b)
	years(b, p, fiveYears)
	a := p.open(b)
	if _, err := a.Today(context.Background()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := a.Today(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecord is one entry saved for good through the use case. Compare
// it with BenchmarkBareInsert of internal/store/sqlite in the same run.
func BenchmarkRecord(b *testing.B) {
	a := newPlace(b).open(b)
	for b.Loop() {
		if _, err := a.Record(context.Background(), note("saved for good")); err != nil {
			b.Fatal(err)
		}
	}
}
