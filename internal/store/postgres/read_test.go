package postgres

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/evenkeel/evenkeel/internal/port"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// sent counts the rows that the server sends.
type sent struct{ atomic.Int64 }

func (*sent) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}

func (s *sent) TraceQueryEnd(_ context.Context, _ *pgx.Conn, d pgx.TraceQueryEndData) {
	if d.CommandTag.Select() {
		s.Add(d.CommandTag.RowsAffected())
	}
}

// Who ends early is not sent the rest of a long log; who does not gets all of it,
// whether it ends with a page or within one.
func TestReadsInPages(t *testing.T) {
	s := open(t, server.Address(t))
	config, count := s.pool.Config(), new(sent)
	config.ConnConfig.Tracer = count
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	counted := &Store{pool: pool, patience: s.patience, silence: s.silence}
	t.Cleanup(func() { counted.Close() })
	p := port.PersonID(random16())
	if err := s.CreatePerson(t.Context(), p, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	records := make([]port.Sealed, 4*page)
	for i := range records {
		records[i] = port.Sealed{ID: random16(), Ciphertext: []byte("x")}
	}
	if _, err := s.Append(t.Context(), p, 0, records, nil); err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	if _, err := counted.ReadAfter(t.Context(), p, 0, func(port.Record) error { return enough }); err != enough {
		t.Fatal(err)
	}
	if n := count.Load(); n > page+10 { // the head's rows besides
		t.Errorf("%d rows were sent to who wanted one", n)
	}
	for _, after := range []int64{0, 1, page - 1, 4*page - 1, 4 * page} {
		next := after
		if _, err := counted.ReadAfter(t.Context(), p, after, func(r port.Record) error {
			if next++; r.Seq != next || r.ID != records[next-1].ID {
				t.Errorf("after %d: %d, want %d", after, r.Seq, next)
			}
			return nil
		}); err != nil || next != 4*page {
			t.Errorf("after %d: ended at %d, %v", after, next, err)
		}
	}
}
