package postgres

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/fault"
)

var readCommitted = pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}

// change runs f in a transaction until it is committed, again and again from its
// beginning while the server refuses it or cannot be reached, for as long as the
// store is patient. Again tells f that a change of its own may stand already, since
// the answer to a COMMIT was lost.
//
// A change that has begun is finished or given up here and not by the end of ctx,
// which would leave its outcome open.
func (s *Store) change(ctx context.Context, f func(ctx context.Context, tx pgx.Tx, again bool) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience)
	defer cancel()
	again := false
	for try := 0; ; try++ {
		open, err := s.once(ctx, again, f)
		again = again || open
		if err == nil {
			return nil
		}
		if own := (*fault.Error)(nil); errors.As(err, &own) || !refused(stateOf(err)) && !lost(err) {
			return faultOf(err)
		}
		if !pause(ctx, try) {
			if again {
				return fault.Wrap(err, fault.Internal, "store.server_outcome")
			}
			return tired(err)
		}
	}
}

// touchSQL gives a transaction something to write. One that only finds what an
// earlier try left would not wait for a standby at its COMMIT, and would acknowledge
// what a failover can still take away.
const touchSQL = `UPDATE schema_version SET version = version WHERE id = 1`

// once runs f in one transaction. Open tells that its outcome is not known.
func (s *Store) once(ctx context.Context, again bool, f func(context.Context, pgx.Tx, bool) error) (open bool, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Release()
	tx, err := conn.BeginTx(ctx, readCommitted)
	if err != nil {
		return false, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	if err := f(ctx, tx, again); err != nil {
		return false, err
	}
	if again {
		if _, err := tx.Exec(ctx, touchSQL); err != nil {
			return false, err
		}
	}
	line := lineOf(conn.Conn())
	line.committing.Store(true)
	err = tx.Commit(ctx)
	if !conn.Conn().IsClosed() {
		line.committing.Store(false)
	}
	if err != nil {
		return stateOf(err) == "" || lost(err), err
	}
	return false, nil
}

// pause waits a little longer each time, and unevenly, so that writers who met do
// not meet again. It is false once there is no time left.
func pause(ctx context.Context, try int) bool {
	most := min(time.Millisecond<<min(try, 10), 500*time.Millisecond)
	select {
	case <-ctx.Done():
		return false
	case <-time.After(most/2 + rand.N(most/2+1)):
		return true
	}
}
