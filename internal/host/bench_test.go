package host_test

import (
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// writers are devices that write at once, each to its own log.
const writers = 16

// busy is a host that refuses nobody for being quick.
func busy(b *testing.B, s port.Store) *place {
	return start(b, func(c *host.Config) {
		c.Store = s
		c.Limits.PerLog, c.Limits.PerNetwork, c.Limits.Beginnings, c.Limits.AtOncePerNetwork = 1e6, 1e6, 1e6, 128
		c.Limits.Puts, c.Limits.Posts, c.Limits.Letters = 1e9, 1e9, 1e9
		c.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
	})
}

// split has many do their part of n at once.
func split(n int, f func(worker, from, to int)) {
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() { f(w, n*w/writers, n*(w+1)/writers) })
	}
	group.Wait()
}

// BenchmarkRenew puts a share in the place of the one before, over HTTP and signed:
// one device after the other, and 16 at once. The store lets go of the bytes before,
// for which SQLite rewrites its file: the sizes are those of the file.
//
//	go test ./internal/host -run '^$' -bench Renew
func BenchmarkRenew(b *testing.B) {
	for _, size := range []int{1 << 20, 64 << 20, 256 << 20} {
		file := filepath.Join(b.TempDir(), "host.db")
		s, err := sqlite.Open(b.Context(), file)
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		renew(b, fmt.Sprintf("sqlite-%dMB", size>>20), s, size)
	}
	s, err := postgres.Open(b.Context(), server.Address(b)+"&pool_max_conns=16")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	renew(b, "postgres", s, 1<<20)
}

func renew(b *testing.B, name string, s port.Store, size int) {
	p := busy(b, s)
	f := p.begun(b)
	for version, left := int64(0), size; left > 0; left -= 1 << 20 { // journals that lie beside
		records := sealed(1 << 20 / 512)
		for i := range records {
			records[i].Ciphertext = envelopeOf(512)
		}
		head, err := f.Push(b.Context(), version, records)
		if err != nil {
			b.Fatal(err)
		}
		if version = head.Version; version%200 == 0 {
			f, version = p.begun(b), 0
		}
	}
	var phones [writers]phone
	var at [writers]wire.Address
	for i := range phones {
		phones[i], at[i] = p.begun(b), anywhere()
		p.put(b, phones[i], at[i], envelopeOf(64<<10))
	}
	b.Run(name+"/one", func(b *testing.B) {
		for b.Loop() {
			p.put(b, phones[0], at[0], envelopeOf(64<<10))
		}
	})
	b.Run(name+"/sixteen", func(b *testing.B) {
		for b.Loop() {
			split(writers, func(w, _, _ int) { p.put(b, phones[w], at[w], envelopeOf(64<<10)) })
		}
		b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*writers), "ms/renewal")
	})
}

// BenchmarkFetch fetches shares of 64 KiB, each counted and committed, and
// BenchmarkPost posts letters of 4 KiB into one inbox, from 16 at once.
//
//	go test ./internal/host -run '^$' -bench 'Fetch|Post'
func BenchmarkFetch(b *testing.B) { visit(b, fetches) }

// BenchmarkPost: see BenchmarkFetch.
func BenchmarkPost(b *testing.B) { visit(b, posts) }

func visit(b *testing.B, what func(b *testing.B, p *place) func(i int) error) {
	for _, engine := range []string{"postgres", "sqlite"} {
		b.Run(engine, func(b *testing.B) {
			var s port.Store
			var err error
			if engine == "postgres" {
				s, err = postgres.Open(b.Context(), server.Address(b)+"&pool_max_conns=16")
			} else {
				s, err = sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "host.db"))
			}
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			do := what(b, busy(b, s))
			took := make([]time.Duration, b.N)
			b.ResetTimer()
			split(b.N, func(_, from, to int) {
				for i := from; i < to; i++ {
					began := time.Now()
					if err := do(i); err != nil {
						b.Error(err)
						return
					}
					took[i] = time.Since(began)
				}
			})
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(float64(took[b.N*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

func fetches(b *testing.B, p *place) func(int) error {
	v := p.visitor(b)
	var at [256]wire.Address
	for i := range at {
		at[i] = anywhere()
		p.put(b, p.begun(b), at[i], envelopeOf(64<<10))
	}
	return func(i int) error {
		_, _, err := v.Fetch(b.Context(), at[i%len(at)], "x")
		return err
	}
}

func posts(b *testing.B, p *place) func(int) error {
	v, f := p.visitor(b), p.begun(b)
	if err := f.PutCard(b.Context(), []byte("card")); err != nil {
		b.Fatal(err)
	}
	return func(int) error { return v.Post(b.Context(), f.at, envelopeOf(4<<10)) }
}
