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

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// writers are devices that write at once, each to its own log.
const writers = 16

// BenchmarkPush brings one record a request, over HTTP and signed, to a host whose
// store commits to disk, from many devices at once. Bare is the same bytes inserted
// into a table of the same server by as many connections, without a host.
//
//	go test ./internal/host -run '^$' -bench 'Push|Bare|Pull'
func BenchmarkPush(b *testing.B) {
	b.Run("postgres", func(b *testing.B) {
		s, err := postgres.Open(b.Context(), server.Address(b)+"&pool_max_conns=16")
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		push(b, s)
	})
	b.Run("sqlite", func(b *testing.B) {
		s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "host.db"))
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		push(b, s)
	})
}

func push(b *testing.B, s port.Store) {
	p := busy(b, s)
	var phones [writers]phone
	for i := range phones {
		phones[i] = p.begun(b)
	}
	records := sealed(b.N)
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	split(b.N, func(w, from, to int) {
		for i := from; i < to; i++ {
			began := time.Now()
			if _, err := phones[w].Push(b.Context(), int64(i-from), records[i:i+1]); err != nil {
				b.Error(err)
				return
			}
			took[i] = time.Since(began)
		}
	})
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[b.N*99/100].Microseconds())/1000, "p99-ms")
}

// busy is a host that refuses nobody for being quick.
func busy(b *testing.B, s port.Store) *place {
	return start(b, func(c *host.Config) {
		c.Store = s
		c.Limits.PerLog, c.Limits.PerNetwork, c.Limits.Beginnings, c.Limits.AtOncePerNetwork = 1e6, 1e6, 1e6, 128
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

func BenchmarkBare(b *testing.B) {
	pool, err := pgxpool.New(b.Context(), server.Address(b)+"&pool_max_conns=16")
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(b.Context(), "CREATE TABLE bare (person UUID, seq BIGINT, id UUID, ciphertext BYTEA, PRIMARY KEY (person, seq))"); err != nil {
		b.Fatal(err)
	}
	records := sealed(b.N)
	b.ResetTimer()
	split(b.N, func(w, from, to int) {
		for i := from; i < to; i++ {
			if _, err := pool.Exec(b.Context(), "INSERT INTO bare VALUES ($1, $2, $3, $4)", pgx.QueryExecModeCacheStatement,
				[16]byte{byte(w)}, i, [16]byte(records[i].ID), records[i].Ciphertext); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// BenchmarkPull asks for the last record of a log, over HTTP and signed, at a host
// that keeps ten thousand logs.
func BenchmarkPull(b *testing.B) {
	s, err := postgres.Open(b.Context(), server.Address(b)+"&pool_max_conns=16")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	p := busy(b, s)
	const logs = 10_000
	phones := make([]phone, logs)
	split(logs, func(_, from, to int) {
		for i := from; i < to; i++ {
			phones[i] = p.begun(b)
			if _, err := phones[i].Push(b.Context(), 0, sealed(20)); err != nil {
				panic(fmt.Sprint(err))
			}
		}
	})
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	split(b.N, func(_, from, to int) {
		for i := from; i < to; i++ {
			began := time.Now()
			if _, _, err := phones[i*7919%logs].Pull(b.Context(), 19); err != nil {
				b.Error(err)
				return
			}
			took[i] = time.Since(began)
		}
	})
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[b.N*99/100].Microseconds())/1000, "p99-ms")
}
